"""Headline numbers of a route: provinces with evidence, and how far each test is evidenced."""

from __future__ import annotations

import streamlit as st

from dashboard.border_routes.coverage import (
    EVIDENCED,
    IN_PART,
    RouteUnit,
    count_states,
    kept_for_day,
    load_coverage,
)
from dashboard.filters import Run
from dashboard.words import escape_markdown, word
from domain.indicators import MIXED, ROUTE_TESTS

_NAMED = 4  # provinces named on a card


def render_headline(run: Run, route: str) -> None:
    """Four cards in one row (two or one on small screens)."""
    told = kept_for_day(run, f"route headline {route}", lambda: _tell(run, route))
    for number, (column, (label, value, note)) in enumerate(zip(st.columns(4, gap="small"), told)):
        with (
            column,
            st.container(border=True, key=f"border_routes_card_{number}", height="stretch"),
        ):
            st.markdown(f"**{label}**")
            st.metric(label, value, label_visibility="collapsed")
            st.caption(note)


def _tell(run: Run, route: str) -> list[tuple[str, str, str]]:
    lang, units = run.view.lang, load_coverage(run, route)
    counts = {
        name: sum(u.class_name == name for u in units) for name in {u.class_name for u in units}
    }
    known = len(units) - counts.get("no_evidence", 0)
    note = word(
        "page.border_routes.card_classes",
        lang,
        complete=counts.get("complete", 0),
        partial=counts.get("partial", 0),
        no_evidence=counts.get("no_evidence", 0),
    )
    if counts.get(MIXED):
        note += " · " + word("page.border_routes.card_mixed", lang, count=counts[MIXED])
    cards = [(word("page.border_routes.card_any", lang), f"{known}/{len(units)}", note)]
    return cards + [_test_card(units, test, lang) for test in ROUTE_TESTS]


def _test_card(units: tuple[RouteUnit, ...], test: str, lang: str) -> tuple[str, str, str]:
    found, applicable = count_states(units, test)
    names = [u.name for u in units if u.cell(test).state in (EVIDENCED, IN_PART)]
    if names:
        some = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
        note = word("page.border_routes.card_names", lang, names=escape_markdown(some))
    else:
        note = word("page.border_routes.card_no_names", lang)
    if applicable < len(units):
        off = len(units) - applicable
        note += " " + word("page.border_routes.card_not_applicable", lang, count=off)
    return word(f"page.border_routes.card.{test}", lang), f"{found}/{applicable}", note

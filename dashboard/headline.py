"""The headline numbers of the overview, each with what it rests on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries import query_announced_totals, query_route_counts, query_statuses
from dashboard.statuses import load_statuses
from dashboard.words import format_date, format_number, word
from domain.indicators import ANNUAL_PLAN, HUMAN_RIGHTS_PLAN, REGULATION

LAGGING = "human_rights_plan_not_made"


def announced(run: Run, indicator: str) -> dict[Any, Any] | None:
    """The newest announced total of an indicator up to the as-of date, None where there is none."""
    return kept_for(run, f"announced {indicator}", lambda: _announced(run, indicator))


def _announced(run: Run, indicator: str) -> dict[Any, Any] | None:
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    rows = totals[totals["indicator"] == indicator].to_dict("records")
    return rows[0] if rows else None


def adopted_at(run: Run, day: Any) -> int:
    """How many of the 63 had a human-rights plan on a day of the 2008 vintage, by evidence."""
    rows = query_statuses(run.snapshot, 2008, HUMAN_RIGHTS_PLAN, "", pd.Timestamp(day).date())
    return int((rows["class"] == "adopted").sum())


def headline_texts(run: Run) -> list[tuple[str, str, str]]:
    """Label, value and what it rests on, for each of the four numbers."""
    return kept_for(run, "headline", lambda: [make(run) for make in _CARDS])


def render_headline(run: Run) -> None:
    """Four cards in one row (two or one on small screens)."""
    texts = headline_texts(run)
    for column, make, told in zip(st.columns(len(texts), gap="small"), _CARDS, texts, strict=True):
        with column:
            _card(make.__name__, *told)


def _card(key: str, label: str, value: str, note: str) -> None:
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.markdown(f"**{label}**")
        st.metric(label, value, label_visibility="collapsed")
        st.caption(note)


def _human_rights(run: Run) -> tuple[str, str, str]:
    lang, total = run.view.lang, announced(run, LAGGING)
    now = load_statuses(run, HUMAN_RIGHTS_PLAN)
    if total is None:
        value = f"{now.count('adopted')}/{len(now.shown)}"
        note = word("page.overview.card_human_rights_no_letter", lang, count=now.count("adopted"))
        return word("page.overview.card_human_rights_adopted", lang), value, note
    note = word(
        "page.overview.card_human_rights_note",
        lang,
        document=total["document_number"],
        date=format_date(total["as_of_date"], lang),
        section=total["section"],
        named=adopted_at(run, total["as_of_date"]),
        implied=int(total["out_of"]) - int(total["announced_count"]),
    )
    value = f"{total['announced_count']}/{total['out_of']}"
    return word("page.overview.card_human_rights", lang), value, note


def _regulation(run: Run) -> tuple[str, str, str]:
    lang, now = run.view.lang, load_statuses(run, REGULATION)
    shown = now.shown
    value = " · ".join(str(now.count(c)) for c in ("current", "outdated", "general_only"))
    note = word(
        "page.overview.card_regulation_note",
        lang,
        contradictions=int(shown["has_contradiction"].sum()),
        unverified=now.unknown_count(),
        implied=int((shown["strength"] == "implied").sum()),
    )
    return word("page.overview.card_regulation", lang), value, note


def _annual_plan(run: Run) -> tuple[str, str, str]:
    lang, now = run.view.lang, load_statuses(run, ANNUAL_PLAN)
    known = len(now.shown) - now.unknown_count()
    return (
        word("page.overview.card_annual_plan", lang, year=now.scope),
        f"{known}/{len(now.shown)}",
        word("page.overview.card_annual_plan_note", lang),
    )


def _border_route(run: Run) -> tuple[str, str, str]:
    lang = run.view.lang
    counts = query_route_counts(run.snapshot, run.view.vintage, run.view.as_of)
    if run.view.route:
        counts = counts[counts["border_route"] == run.view.route]
    by_class = counts.groupby("class")["province_count"].sum()
    total, blank = int(by_class.sum()), int(by_class.get("no_evidence", 0))
    note = word(
        "page.overview.card_border_route_note",
        lang,
        complete=int(by_class.get("complete", 0)),
        partial=int(by_class.get("partial", 0)),
        no_evidence=blank,
    )
    value = f"{format_number(total - blank, lang)}/{format_number(total, lang)}"
    return word("page.overview.card_border_route", lang), value, note


_CARDS = (_human_rights, _regulation, _annual_plan, _border_route)

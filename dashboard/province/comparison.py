"""The unit beside the others of its route: every indicator in one table."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.province.neighbours import compared_units, shown_route, surroundings
from dashboard.province.sheet import Sheet
from dashboard.province.status_lines import (
    shown_scopes,
    state_text,
    unit_line,
)
from dashboard.words import word

SOURCES: Final = (
    "regulations", "human_rights_plans", "annual_plans", "letter_findings", "programme_5115",
    "information_clusters", "border_provinces",
)  # fmt: skip


def render_comparison(run: Run, sheet: Sheet) -> None:
    """The table; a row opens that unit's profile."""
    lang, route = run.view.lang, shown_route(run, sheet.code)
    if route is None:
        caption = word("province.comparison.caption_inland", lang)
    else:
        name = word(f"route.{route}", lang)
        caption = word("province.comparison.caption", lang, route=name)
    if not sheet.printed:
        caption += " " + word("province.comparison.pick", lang)
    st.caption(caption)
    sheet.table(
        partial(comparison_table, run, sheet.code),
        name="comparison",
        title=word("province.comparison.title", lang, province=sheet.name),
        sources=SOURCES,
        selects_province=True,
    )


def comparison_table(run: Run, code: str) -> pd.DataFrame:
    """One row per unit: itself, its neighbours, the rest of the route; signs and words."""
    view, lang = run.view, run.view.lang
    route, units = shown_route(run, code), run.facts.provinces[view.vintage]
    near = frozenset(surroundings(run, code))
    codes = compared_units(run, code)
    table = pd.DataFrame(
        {
            word("column.province", lang): [units[c].name for c in codes],
            word("province.column.nearness", lang): [
                word(f"province.comparison.{_nearness(c, code, near)}", lang) for c in codes
            ],
        }
    )
    for indicator, scope in shown_scopes(run, [route] if route else []):
        table[_heading(indicator, scope, lang)] = [
            state_text(unit_line(run, c, indicator, scope), view.as_of, lang) for c in codes
        ]
    return table.set_index(pd.Index(codes))


def _heading(indicator: str, scope: str, lang: str) -> str:
    """The indicator in few words: a column has no room for more."""
    year = scope if scope.isdigit() else ""
    return f"{word(f'province.short.{indicator}', lang)} {year}".rstrip()


def _nearness(code: str, own: str, near: frozenset[str]) -> str:
    if code == own:
        return "self"
    return "neighbour" if code in near else "same_route"

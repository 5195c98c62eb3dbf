"""What the unit became on 2025-07-01, or was made of: both vintages side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.province.sheet import Sheet
from dashboard.province.status_lines import (
    indicator_text,
    line_of,
    shown_scopes,
    state_text,
    statuses_on,
)
from dashboard.view import ProvinceFact, translate_province, view_link
from dashboard.words import escape_markdown, format_date, word
from domain.indicators import MIXED, RESULT_REPORT
from domain.vintages import VINTAGES

OLD, NEW = min(VINTAGES), max(VINTAGES)
FIRST_DAY: Final = VINTAGES[NEW].first_day
SOURCES: Final = ("units_2025", "provinces63")


def last_day() -> date:
    """The last day of the 63."""
    day = VINTAGES[OLD].last_day
    assert day is not None
    return day


def unit_of(run: Run, code: str) -> ProvinceFact:
    """The unit of 2025 that holds a unit of the view's vintage (itself in that vintage)."""
    new = translate_province(code, run.view.vintage, NEW, run.facts)
    assert new is not None, f"no unit of {NEW} holds {code}"
    return run.facts.provinces[NEW][new]


def render_succession(run: Run, sheet: Sheet) -> None:
    """In words, as links, and the statuses before and after."""
    lang, unit = run.view.lang, unit_of(run, sheet.code)
    old = run.facts.provinces[OLD]
    parts = ", ".join(old[part].name for part in unit.parts)
    key = "kept" if len(unit.parts) == 1 else "merged"
    is_new = run.view.vintage == NEW
    st.markdown(
        escape_markdown(
            word(
                f"province.succession.{key}_{'new' if is_new else 'old'}",
                lang,
                province=sheet.name,
                unit=unit.name,
                parts=parts,
                first_day=format_date(FIRST_DAY, lang),
            )
        )
    )
    if not sheet.printed:
        links = profile_links(run, unit)
        st.markdown("  \n".join(f"[{escape_markdown(x.text)}]({x.address})" for x in links))
    table = succession_table(run, unit)
    if any(word(f"class.regulation.{MIXED}", lang) in str(cell) for cell in table.iloc[:, -1]):
        st.caption(word("province.succession.mixed", lang))
    sheet.table(
        partial(succession_table, run, unit),
        name="succession",
        title=word("province.succession.title", lang, province=sheet.name),
        sources=SOURCES,
    )


@dataclass(frozen=True)
class ProfileLink:
    """The way to a profile of the other vintage, at a day of its own life."""

    text: str
    address: str


def profile_links(run: Run, unit: ProvinceFact) -> list[ProfileLink]:
    """From one of the 63 to its unit of 2025, from a unit to all its parts."""
    lang, is_new = run.view.lang, run.view.vintage == NEW
    others = [run.facts.provinces[OLD][part] for part in unit.parts] if is_new else [unit]
    day = last_day() if is_new else FIRST_DAY
    return [
        ProfileLink(
            word("province.succession.link", lang, name=other.name, date=format_date(day, lang)),
            view_link("province", run.view, run.facts, as_of=day, province=other.code, route=None),
        )
        for other in others
    ]


def succession_table(run: Run, unit: ProvinceFact) -> pd.DataFrame:
    """One row per indicator: each part on its last day, the unit on its first or the as-of date."""
    lang, view = run.view.lang, run.view
    day = view.as_of if view.vintage == NEW else FIRST_DAY
    before, after = statuses_on(run, OLD, last_day()), statuses_on(run, NEW, day)
    scopes = [s for s in shown_scopes(run, unit.routes) if s[0] != RESULT_REPORT]
    columns: dict[str, Any] = {
        word("column.indicator", lang): [indicator_text(*scope, lang) for scope in scopes]
    }
    for part in unit.parts:
        name = run.facts.provinces[OLD][part].name
        columns[f"{name} ({format_date(last_day(), lang)})"] = [
            state_text(line_of(before.get(part, {}), *scope), last_day(), lang) for scope in scopes
        ]
    header = word("province.succession.after", lang, unit=unit.name, date=format_date(day, lang))
    columns[header] = [
        state_text(line_of(after.get(unit.code, {}), *scope), day, lang) for scope in scopes
    ]
    return pd.DataFrame(columns, index=pd.Index([""] * len(scopes)))

"""The printed amounts of one unit: as printed, never added up, conflicts side by side."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.province.contradictions import load_contradictions, render_versions
from dashboard.province.sheet import Sheet
from dashboard.queries.province import query_province_budget
from dashboard.tables import dates_or_none, first_address, flag_text, text_or_blank
from dashboard.words import format_number, word

SOURCES: Final = ("budgets",)
# Said by a column or a sign of their own.
_TOLD_OTHERWISE: Final = frozenset({"rounded", "several_years", "funding_source_not_printed"})


def load_budget(run: Run, code: str) -> pd.DataFrame:
    """The lines of one unit of the view's vintage; see query_province_budget."""
    return query_province_budget(run.snapshot, run.view.vintage, code)


def render_budget(run: Run, sheet: Sheet) -> None:
    """Amounts that contradict each other, then all lines."""
    lang, lines = run.view.lang, load_budget(run, sheet.code)
    if lines.empty:
        st.info(word("province.budget.none", lang), icon=":material/search_off:")
        return
    st.caption(word("province.budget.caption", lang))
    if not sheet.printed:  # paper has them in a section of their own
        found = load_contradictions(run, sheet.code)
        render_versions(run, found[found["indicator"] == "budget"])
    sheet.table(
        partial(budget_table, lines, lang),
        name="budget",
        title=word("province.budget.title", lang, province=sheet.name),
        sources=SOURCES,
        export=kept_for(
            run, f"province budget file {sheet.code}", lambda: partial(budget_file, lines, lang)
        ),
    )


def budget_table(lines: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per printed amount, in words; a rounded one is marked ≈."""
    rows = lines.to_dict("records")
    table = _worded(lines, rows, lang)
    amounts = [
        ("≈\u00a0" if r["is_rounded"] else "") + format_number(r["amount_million_vnd"], lang)
        for r in rows
    ]
    table.insert(_place_of_amount(table, lang), word("province.column.amount", lang), amounts)
    return table


def budget_file(lines: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The same for files: amounts are numbers, the mark of a rounded one has its own column."""
    rows = lines.to_dict("records")
    table = _worded(lines, rows, lang)
    place = _place_of_amount(table, lang)
    rounded = [word("download.yes" if r["is_rounded"] else "download.no", lang) for r in rows]
    table.insert(place, word("flag.rounded", lang), rounded)
    amounts = lines["amount_million_vnd"].to_numpy()
    table.insert(place, word("province.column.amount", lang), amounts)
    return table


def _place_of_amount(table: pd.DataFrame, lang: str) -> int:
    return list(table.columns).index(word("province.column.printed", lang))


def _worded(lines: pd.DataFrame, rows: list[dict[Any, Any]], lang: str) -> pd.DataFrame:
    columns: dict[str, Any] = {
        word("province.column.scope", lang): [_scope(r, lang) for r in rows],
        word("province.column.programme", lang): [
            word(f"province.programme.{r['programme']}", lang) for r in rows
        ],
        word("province.column.period", lang): [period_text(r, lang) for r in rows],
        word("province.column.funding", lang): [
            word(f"province.funding.{text_or_blank(r['funding_source']) or 'none'}", lang)
            for r in rows
        ],
        word("province.column.stage", lang): [
            word(f"province.stage.{r['stage']}", lang) for r in rows
        ],
        word("province.column.printed", lang): [f"“{r['as_printed']}”" for r in rows],
        word("province.column.role", lang): [_role(r, lang) for r in rows],
        word("column.number", lang): [text_or_blank(r["document_number"]) for r in rows],
        word("column.issued", lang): dates_or_none(lines["document_date"]),
        word("column.flags", lang): [_remarks(r, lang) for r in rows],
        word("column.source", lang): [first_address(r["source_url"]) for r in rows],
    }
    if lines["is_of_part"].any():
        columns = {word("province.column.part", lang): list(lines["province_name"]), **columns}
    return pd.DataFrame(columns, index=pd.Index([""] * len(rows)))


def period_text(row: dict[Any, Any], lang: str) -> str:
    """A year, a period (2021–2025), or that none is printed."""
    if pd.isna(row["first_year"]):
        return word("province.budget.no_year", lang)
    first, last = int(row["first_year"]), int(row["last_year"])
    return str(first) if first == last else f"{first}–{last}"


def _scope(row: dict[Any, Any], lang: str) -> str:
    text = word(f"province.scope.{row['scope']}", lang)
    level = row["level"]
    return text if level == "province" else f"{text} ({word(f'province.level.{level}', lang)})"


def _role(row: dict[Any, Any], lang: str) -> str:
    """Whether a line is a total or a part of one: the reason why lines are never added."""
    parent = text_or_blank(row["parent_as_printed"])
    if parent:
        return word("province.budget.part_of", lang, total=parent)
    return word("province.budget.total", lang) if row["is_total"] else ""


def _remarks(row: dict[Any, Any], lang: str) -> str:
    parts = [f"⚠ {word('evidence.contradiction', lang)}"] if row["has_contradiction"] else []
    parts.append(flag_text([f for f in row["flags"] if f not in _TOLD_OTHERWISE], lang))
    return "; ".join(part for part in parts if part)

"""Rows of the page of plans → tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.plan_years import PlanYear
from dashboard.colours import CLASS_ORDER, UNKNOWN_CLASSES
from dashboard.plans.rows import KNOWN, ON_FILE, STATES, UnitState, state_text, unit_name
from dashboard.tables import (
    class_text,
    date_or_blank,
    dates_or_none,
    first_address,
    flag_text,
    text_or_blank,
)
from dashboard.words import sort_key, word
from domain.evidence import STRENGTH_OF_CONFIDENCE
from domain.indicators import ANNUAL_PLAN


def plan_table(plans: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per annual plan: year, province, number, date, class, letter cited, how known."""
    rows = plans.assign(unit=[unit_name(r, "own_name") for r in plans.to_dict("records")])
    rows = rows.sort_values("unit", key=lambda names: names.map(sort_key), kind="stable")
    rows = rows.sort_values("plan_year", ascending=False, kind="stable")
    table = pd.DataFrame(
        {
            word("filter.year", lang): [str(year) for year in rows["plan_year"]],
            word("column.province", lang): rows["unit"],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issued", lang): dates_or_none(rows["issued_date"]),
            word("column.class", lang): [class_text(ANNUAL_PLAN, c, lang) for c in rows["class"]],
            word("page.plans.column.letter", lang): [
                cited_text(letters, lang) for letters in rows["cited_letters"]
            ],
            word("page.plans.column.state", lang): [
                state_text(ON_FILE if kept else KNOWN, lang) for kept in rows["is_on_file"]
            ],
            **_origin(rows, lang),
        }
    )
    return table.set_index(rows["province_code_gso"])


def undated_table(plans: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per plan without a date of issue: number, date of the report that mentions it."""
    rows = plans.assign(unit=[unit_name(r, "own_name") for r in plans.to_dict("records")])
    rows = rows.sort_values("unit", key=lambda names: names.map(sort_key), kind="stable")
    table = pd.DataFrame(
        {
            word("column.province", lang): rows["unit"],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("page.plans.column.reported", lang): [
                date_or_blank(d, lang) or word("evidence.undated", lang)
                for d in rows["counts_from_date"]
            ],
        }
    )
    return table.set_index(rows["province_code_gso"])


def cited_text(letters: Iterable[str], lang: str) -> str:
    """The ministry's letters that a plan was seen to cite; that none was seen is said."""
    return ", ".join(letters) or word("page.plans.letter_unseen", lang)


def year_table(years: Sequence[PlanYear], lang: str) -> pd.DataFrame:
    """One row per plan year: letter, provinces by class."""
    names = [c for c in CLASS_ORDER[ANNUAL_PLAN] if any(year.counts.get(c) for year in years)]
    names.sort(key=lambda name: name in UNKNOWN_CLASSES)
    columns: dict[str, Any] = {
        word("filter.year", lang): [str(year.year) for year in years],
        word("page.plans.column.letter_of_year", lang): [
            "; ".join(year.letters) or word("page.plans.chart.no_letter", lang) for year in years
        ],
    }
    for name in names:
        columns[class_text(ANNUAL_PLAN, name, lang)] = [y.counts.get(name, 0) for y in years]
    columns[word("page.plans.column.without_day", lang)] = [y.without_day for y in years]
    return pd.DataFrame(columns)


def state_table(states: Sequence[UnitState], lang: str) -> pd.DataFrame:
    """One row per unit: how well its plan of the year is known; of merged units the parts too."""
    ordered = sorted(states, key=lambda s: STATES.index(s.state))
    columns: dict[str, Any] = {
        word("column.province", lang): [s.province_name for s in ordered],
        word("page.plans.column.state", lang): [state_text(s.state, lang) for s in ordered],
    }
    if any(s.parts for s in states):
        columns[word("column.part_classes", lang)] = [
            "; ".join(f"{name}: {state_text(state, lang)}" for name, state in s.parts)
            for s in ordered
        ]
    index = pd.Index([s.province_code_gso for s in ordered])
    return pd.DataFrame(columns, index=index)


def related_table(plans: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per other plan: kind in words, province, number, date, years."""
    rows = plans.assign(unit=[unit_name(r, "own_name") for r in plans.to_dict("records")])
    rows = rows.sort_values("unit", key=lambda names: names.map(sort_key), kind="stable")
    kinds = {kind: word(f"page.plans.kind.{kind}", lang) for kind in set(rows["plan_kind"])}
    rows = rows.assign(kind_text=[kinds[kind] for kind in rows["plan_kind"]])
    rows = rows.sort_values("kind_text", key=lambda names: names.map(sort_key), kind="stable")
    table = pd.DataFrame(
        {
            word("column.kind", lang): rows["kind_text"],
            word("column.province", lang): rows["unit"],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issued", lang): dates_or_none(rows["issued_date"]),
            word("column.period", lang): [
                years_text(first, last)
                for first, last in zip(rows["first_year"], rows["last_year"], strict=True)
            ],
            word("page.plans.column.state", lang): [
                state_text(ON_FILE if kept else KNOWN, lang) for kept in rows["is_on_file"]
            ],
            **_origin(rows, lang),
        }
    )
    return table.set_index(rows["province_code_gso"])


def years_text(first: Any, last: Any) -> str:
    """`2021–2025`, one year alone, or nothing."""
    if pd.isna(first) or pd.isna(last):
        return ""
    return str(int(first)) if first == last else f"{int(first)}–{int(last)}"


def letter_table(letters: Mapping[int, Sequence[Mapping[Any, Any]]], lang: str) -> pd.DataFrame:
    """One row per annual guidance letter, newest year first."""
    rows = [row for year in sorted(letters, reverse=True) for row in letters[year]]
    frame = pd.DataFrame(rows, columns=list(_LETTER_COLUMNS))
    return pd.DataFrame(
        {
            word("filter.year", lang): [str(int(year)) for year in frame["guides_year"]],
            word("column.number", lang): frame["document_number"],
            word("column.issued", lang): dates_or_none(frame["issued_date"]),
            word("column.issuer", lang): [text_or_blank(b) for b in frame["issuing_body"]],
            word("page.plans.column.state", lang): [
                state_text(ON_FILE if kept else KNOWN, lang) for kept in frame["is_on_file"]
            ],
            word("column.source", lang): [first_address(u) for u in frame["source_url"]],
        }
    )


_LETTER_COLUMNS = (
    "guides_year", "document_number", "issued_date", "issuing_body", "is_on_file", "source_url",
)  # fmt: skip


def _origin(rows: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Who issued it, how strong that is, what to know of it, where it was read."""
    return {
        word("column.issuer", lang): [text_or_blank(b) for b in rows["issuing_body"]],
        word("column.strength", lang): [
            word(f"strength.{STRENGTH_OF_CONFIDENCE[c]}", lang) for c in rows["confidence"]
        ],
        word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
        word("column.source", lang): [first_address(u) for u in rows["source_url"]],
    }

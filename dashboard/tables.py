"""Query results → tables for people: worded columns, dates as dates, flags as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from dashboard.colours import class_style
from dashboard.words import format_date, format_number, sort_key, word
from domain.evidence import STRENGTH_OF_CONFIDENCE


def class_text(indicator: str, class_name: Any, lang: str) -> str:
    """Sign and name of a class, '' where there is none."""
    if pd.isna(class_name) or not class_name:
        return ""
    glyph = class_style(indicator, class_name).glyph
    return f"{glyph} {word(f'class.{indicator}.{class_name}', lang)}"


def flag_text(flags: Iterable[str] | None, lang: str) -> str:
    """All flags of a row in words."""
    return "; ".join(word(f"flag.{flag}", lang) for flag in (() if flags is None else flags))


def sort_by_name(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """The table in the order of the Vietnamese alphabet."""
    return table.sort_values(column, key=lambda names: names.map(sort_key), kind="stable")


def text_or_blank(value: Any) -> str:
    """'' for what is missing."""
    return "" if value is None or pd.isna(value) else str(value)


def date_or_blank(value: Any, lang: str) -> str:
    """The date as people write it, '' for what is missing."""
    return "" if pd.isna(value) else format_date(value, lang)


def status_table(statuses: pd.DataFrame, indicator: str, lang: str) -> pd.DataFrame:
    """One row per province: status, since when, deciding document, date, body, strength, source.

    With class_before, also the class on `compared_on`; with mixed units, their parts.
    """
    rows = sort_by_name(statuses, "province_name")
    compared: dict[str, Any] = {}
    if "class_before" in rows and len(rows):
        header = word("column.class_on", lang, date=format_date(rows["compared_on"].iloc[0], lang))
        compared[header] = [class_text(indicator, c, lang) for c in rows["class_before"]]
    if "parts" in rows and rows["parts"].any():
        compared[word("column.part_classes", lang)] = rows["parts"]
    table = pd.DataFrame(
        {
            word("column.province", lang): rows["province_name"],
            word("column.class", lang): [class_text(indicator, c, lang) for c in rows["class"]],
            **compared,
            word("column.since", lang): dates_or_none(
                rows["class_since"], blank=rows["strength"].isna()
            ),
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issued", lang): dates_or_none(rows["issued_date"]),
            word("column.issuer", lang): [text_or_blank(b) for b in rows["issuing_body"]],
            word("column.strength", lang): [strength_text(s, lang) for s in rows["strength"]],
            word("column.flags", lang): [_remarks(r, lang) for r in rows.itertuples()],
            word("column.source", lang): [first_address(u) for u in rows["source_url"]],
        }
    )
    return table.set_index(rows["province_code_gso"])


def evidence_table(evidence: pd.DataFrame, indicator: str, lang: str) -> pd.DataFrame:
    """One row per piece of evidence: province, role, what it says, document, place, strength."""
    rows = evidence
    names = [
        str(r.province_name)
        if r.province_name == r.evidence_province_name
        else f"{r.province_name} ({r.evidence_province_name})"
        for r in rows.itertuples()
    ]
    table = pd.DataFrame(
        {
            word("column.province", lang): names,
            word("column.role", lang): [word(f"role.{r}", lang) for r in rows["role"]],
            word("column.class", lang): [
                _says(c, t, indicator, lang) for c, t in zip(rows["class"], rows["test"])
            ],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.counts_from", lang): dates_or_none(rows["evidence_date"]),
            word("column.issuer", lang): [text_or_blank(b) for b in rows["issuing_body"]],
            word("column.section", lang): [text_or_blank(s) for s in rows["section"]],
            word("column.strength", lang): [strength_text(s, lang) for s in rows["strength"]],
            word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
            word("column.source", lang): [first_address(u) for u in rows["source_url"]],
        }
    )
    if rows["quote"].notna().any():
        quotes = [" ".join(text_or_blank(quote).split()) for quote in rows["quote"]]
        table.insert(7, word("column.passage", lang), quotes)
    return table.set_index(rows["province_code_gso"])


def adoption_table(adoptions: pd.DataFrame, indicator: str, lang: str) -> pd.DataFrame:
    """One row per known document: number, date, base or period, issuing body, how it is known."""
    rows = adoptions
    is_plan = indicator == "human_rights_plan"
    columns: dict[str, Any] = {
        word("column.province", lang): rows["province_name"],
        word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
        word("column.issued", lang): dates_or_none(rows["issued_date"]),
        word("column.kind" if is_plan else "column.base", lang): [
            word(f"legal_base.{b}", lang) for b in rows["basis"]
        ],
    }
    if is_plan:
        columns[word("column.period", lang)] = [_period(r) for r in rows.itertuples()]
    columns |= {
        word("column.issuer", lang): [text_or_blank(b) for b in rows["issuing_body"]],
        word("column.strength", lang): [
            word(f"strength.{STRENGTH_OF_CONFIDENCE[c]}", lang) for c in rows["confidence"]
        ],
        word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
        word("column.source", lang): [first_address(u) for u in rows["source_url"]],
    }
    return pd.DataFrame(columns).set_index(rows["province_code_gso"])


def contradiction_table(contradictions: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per contradiction with both versions."""
    rows = list(contradictions.itertuples())
    table = pd.DataFrame(
        {
            word("column.province", lang): contradictions["province_name"],
            word("column.indicator", lang): [word(f"indicator.{r.indicator}", lang) for r in rows],
            word("column.as_of", lang): dates_or_none(contradictions["as_of_date"]),
            word("column.stated", lang): [_version(r, "stated", lang) for r in rows],
            word("column.contradicted_by", lang): [
                _version(r, "contradicted_by", lang) for r in rows
            ],
            word("column.source", lang): [first_address(r.stated_url) for r in rows],
            word("column.second_source", lang): [
                first_address(r.contradicted_by_url) for r in rows
            ],
        }
    )
    return table.set_index(contradictions["province_code_gso"])


def _version(row: Any, side: str, lang: str) -> str:
    said = getattr(row, side)
    if row.indicator == "budget":
        amount = format_number(int(said), lang)
        said = word(
            "evidence.amount", lang, amount=amount, printed=getattr(row, f"{side}_as_printed")
        )
    elif row.indicator != "document":
        said = word(f"class.{row.indicator}.{said}", lang)
    number = text_or_blank(getattr(row, f"{side}_number"))
    day = date_or_blank(getattr(row, f"{side}_date"), lang)
    where = ", ".join(p for p in (number, day) if p)
    return f"{said} ({where})" if where else str(said)


def first_address(addresses: Any) -> str | None:
    """The first of the addresses in a cell ("a | b"), None where there is none."""
    text = text_or_blank(addresses).split(" | ")[0].strip()
    return text or None


def dates_or_none(values: pd.Series, blank: pd.Series | None = None) -> list[Any]:
    """Dates for a date column; None for what is missing or `blank`."""
    days = pd.to_datetime(values)
    if blank is not None:
        days = days.mask(blank)
    return [None if pd.isna(d) else d.date() for d in days]


def strength_text(strength: Any, lang: str) -> str:
    """How strong the evidence is, or that there is none."""
    return word(f"strength.{'none' if pd.isna(strength) else strength}", lang)


def _remarks(row: Any, lang: str) -> str:
    parts = [word("evidence.contradiction", lang)] if row.has_contradiction else []
    return "; ".join(p for p in [*parts, flag_text(row.flags, lang)] if p)


def _says(class_name: Any, test: Any, indicator: str, lang: str) -> str:
    if text_or_blank(test):
        return word(f"test.{test}", lang)
    return class_text(indicator, class_name, lang)


def _period(row: Any) -> str:
    if pd.isna(row.period_end):
        return ""
    first = pd.Timestamp(row.period_start).year if not pd.isna(row.period_start) else None
    last = pd.Timestamp(row.period_end).year
    return str(last) if first in (None, last) else f"{first}–{last}"

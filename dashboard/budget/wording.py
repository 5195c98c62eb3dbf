"""Amounts, periods, sources of money and components in words."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from dashboard.words import day_of, format_date, format_month, format_number, has_word, word
from domain.budgets import UNKNOWN_PERIOD, BudgetLine, rounding_of

MILLIONS_IN_BILLION = 1000


def money(amount_million_vnd: int, lang: str) -> str:
    """Million VND as people write it, nothing rounded: "850 triệu đồng", "3.145,515 tỷ đồng"."""
    if amount_million_vnd < MILLIONS_IN_BILLION:
        return word("budget.million", lang, amount=format_number(amount_million_vnd, lang))
    thousandths = amount_million_vnd % MILLIONS_IN_BILLION
    decimals = len(f"{thousandths:03d}".rstrip("0"))
    amount = format_number(amount_million_vnd / MILLIONS_IN_BILLION, lang, decimals)
    return word("budget.billion", lang, amount=amount)


def printed_money(row: dict[str, Any], lang: str) -> str:
    """The amount of a line with hơn, gần or khoảng where the source rounds it."""
    amount = money(int(row["amount_million_vnd"]), lang)
    rounding = rounding_of(str(row["as_printed"]), bool(row["is_rounded"]))
    return word(f"budget.rounding.{rounding}", lang, amount=amount) if rounding else amount


def period_text(period: str | None, lang: str) -> str:
    """ "Năm 2023", "Giai đoạn 2021–2025", "Không in năm"."""
    if period is None or period == UNKNOWN_PERIOD:
        return word("budget.period.unknown", lang)
    if "-" in period:
        return word("budget.period.years", lang, years=period.replace("-", "–"))
    return word("budget.period.year", lang, year=period)


def bare_period(period: str, lang: str) -> str:
    """ "2023", "2021–2025", "Không in năm": for a cell of a table."""
    if period == UNKNOWN_PERIOD:
        return word("budget.period.unknown", lang)
    return period.replace("-", "–")


def component_key(component: str) -> str:
    """The key of a component in the catalogues: its letters without marks, joined by "_"."""
    bare = unicodedata.normalize("NFD", component.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", bare)).strip("_")


def component_text(component: str | None, lang: str) -> str:
    """What an amount is for. The default data say it in English; other texts stand as they are."""
    if not component:
        return ""
    key = f"budget.component.{component_key(component)}"
    return word(key, lang) if has_word(key, lang) else component


def source_text(funding_source: str | None, lang: str) -> str:
    """The source of money, or that none is printed."""
    return word(f"budget.source.{funding_source or 'not_printed'}", lang)


def cover_text(line: BudgetLine, lang: str) -> str:
    """What an amount is of: component and source of money."""
    source = source_text(line.funding_source, lang)
    component = component_text(line.component, lang)
    return f"{component} · {source}" if component else source


def share_text(percent: float, rounding: str | None, lang: str) -> str:
    """A share in percent with hơn or khoảng, as many decimals as it has (two at most)."""
    decimals = min(len(f"{percent:g}".partition(".")[2]), 2)
    share = f"{format_number(percent, lang, decimals)}%"
    return word(f"budget.rounding.{rounding}", lang, amount=share) if rounding else share


def until_text(row: dict[str, Any], lang: str) -> str:
    """Up to when money was counted, as exactly as printed; else by a document of which day."""
    day, precision = day_of(row["counted_until"]), row["counted_until_precision"]
    if day is None:
        day, precision = day_of(row["document_date"]), "document"
    if day is None:
        return word("budget.until.unknown", lang)
    is_month = precision in ("month_end", "month_middle")
    text = format_month(day, lang) if is_month else format_date(day, lang)
    return word(f"budget.until.{precision}", lang, day=text)

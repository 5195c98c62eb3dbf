"""A document in words: its number, its date, where it is from, how it is known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.tables import date_or_blank, text_or_blank
from dashboard.words import word


def number_text(document: Any, lang: str) -> str:
    """The number, or the kind of a document whose number is not known."""
    number = text_or_blank(document.document_number)
    if number:
        return number
    kind = word(f"document.kind.{document.kind}", lang)
    return word("document.no_number", lang, kind=kind)


def day_text(document: Any, lang: str) -> str:
    """The date it counts from, or that none is known."""
    return date_or_blank(document.counts_from_date, lang) or word("evidence.undated", lang)


def dated_text(document: Any, lang: str) -> str:
    """The date it counts from, marked where that is not the date of issue."""
    if document.date_basis in ("effective", "reported"):
        return f"{day_text(document, lang)} ({word(f'document.basis.{document.date_basis}', lang)})"
    return day_text(document, lang)


def province_text(document: Any, lang: str) -> str:
    """The province; a national document says so."""
    return text_or_blank(document.province_name) or word("document.national", lang)


def issuer_text(document: Any) -> str:
    """The issuing body, else the province."""
    return text_or_blank(document.issuing_body) or text_or_blank(document.province_name)


def strength_text(document: Any, lang: str) -> str:
    """How a document is known: the strength, or that it is not recorded."""
    if pd.isna(document.strength):
        return word("document.strength_not_recorded", lang)
    return word(f"strength.{document.strength}", lang)


def state_text(document: Any, lang: str) -> str:
    """Whether it has expired or was replaced, as far as known; '' where nothing says so."""
    states = []
    if document.is_expired:
        states.append(word("document.expired", lang))
    if document.is_replaced:
        states.append(word("document.replaced", lang))
    return "; ".join(states)


def source_ids_of(documents: pd.DataFrame) -> tuple[str, ...]:
    """The sources that documents come from, for the downloads."""
    return tuple(sorted(set(documents["source_id"])))

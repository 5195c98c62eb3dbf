"""How letters name documents, days and units: in the form that official writing prescribes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dashboard.filters import Run
from dashboard.queries.letters import query_national_documents, query_unit_kinds
from dashboard.tables import text_or_blank
from dashboard.words import day_of, has_word, word
from domain.documents import document_kind

# Known only by what others write: said beside the document. The rest was read or named by a letter.
_SECOND_HAND: Final = frozenset({"cited", "news"})
_COMMITTEE: Final = "UBND "  # as sources abbreviate it; a letter writes it in full


def official_date(day: date, lang: str) -> str:
    """31/7/2023, 05/02/2024: a zero before days below 10 and months below 3 (Decree 30/2020)."""
    if lang == "en":
        return f"{day.day} {word(f'letters.month.{day.month}', lang)} {day.year}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def unit_title(run: Run, code: str, lang: str, vintage: int | None = None) -> str:
    """tỉnh Nghệ An, thành phố Đà Nẵng; `vintage` that of the view unless another is given."""
    asked = run.view.vintage if vintage is None else vintage
    rows = query_unit_kinds(run.snapshot)
    here = rows[(rows["vintage"] == asked) & (rows["province_code_gso"] == code)]
    kind, name = str(here["unit_kind"].iloc[0]), str(here["province_name"].iloc[0])
    return word(f"letters.unit.{kind}", lang, name=name)


def document_text(row: Mapping[Any, Any], lang: str) -> str:
    """Kind, number, day and issuing body of a document, and what is not known of it.

    Of `row`: document_number, issued_date, issuing_body, and where there are any document_kind,
    evidence_date, flags, strength (columns of mart.evidence).
    """
    number = text_or_blank(row["document_number"])
    kind = text_or_blank(row.get("document_kind")) or document_kind(number)
    name = word(f"letters.kind.{kind if has_word(f'letters.kind.{kind}', lang) else 'other'}", lang)
    key = "numbered" if number else "unnumbered"
    text = word(f"letters.document.{key}", lang, kind=name, number=number)
    issued, seen = day_of(row["issued_date"]), day_of(row.get("evidence_date"))
    doubts = []
    if issued is not None:
        text += word("letters.document.issued", lang, date=official_date(issued, lang))
    elif seen is not None:
        doubts.append(word("letters.document.seen", lang, date=official_date(seen, lang)))
    if body := text_or_blank(row["issuing_body"]):
        if body.startswith(_COMMITTEE):
            body = f"{word('letters.committee', 'vi')} {body.removeprefix(_COMMITTEE)}"
        text += word("letters.document.body", lang, body=body)
    flags = row.get("flags")
    if number and (number.isdigit() or "number_incomplete" in (() if flags is None else flags)):
        doubts.append(word("letters.document.incomplete", lang))
    if (strength := row.get("strength")) in _SECOND_HAND:
        doubts.append(word(f"letters.document.{strength}", lang))
    return f"{text} ({'; '.join(doubts)})" if doubts else text


@dataclass(frozen=True)
class NationalBase:
    """The documents of the state that a letter may rest on: those of the warehouse, by number."""

    rows: Mapping[str, Mapping[Any, Any]]
    as_of: date
    lang: str

    @classmethod
    def of(cls, run: Run) -> NationalBase:
        """Those issued up to the view's day."""
        found = query_national_documents(run.snapshot, run.view.as_of).to_dict("records")
        rows = {str(row["document_number"]): row for row in found}
        return cls(rows, run.view.as_of, run.view.lang)

    def text(self, number: str) -> str:
        """The document with date and issuing body; its bare number where it is not known."""
        if number not in self.rows:
            return number
        row = self.rows[number]
        return document_text({**row, "document_kind": row["kind"]}, self.lang)

    def short(self, number: str) -> str:
        """Kind and number only, for what the letter has named in full before."""
        kind = word(f"letters.kind.{document_kind(number)}", self.lang)
        return word("letters.document.numbered", self.lang, kind=kind, number=number)

    def has(self, number: str) -> bool:
        """Whether it was issued up to the day, and in force by then where that is known."""
        if number not in self.rows:
            return False
        effective = day_of(self.rows[number]["effective_date"])
        return effective is None or effective <= self.as_of

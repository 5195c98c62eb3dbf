"""Evidence: one fact of one source that bears on one status, with its date and strength."""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from dataclasses import dataclass


class Nature(enum.StrEnum):
    """An act changes the state from its date; a report states it on its date (design.md 4)."""

    ACT = "act"
    REPORT = "report"
    REFERENCE = "reference"


class Strength(enum.StrEnum):
    """How strong evidence is, strongest first (design.md section 4)."""

    OWN_DOCUMENT = "own_document"
    PERSON = "person"
    NAMED_IN_LETTER = "named_in_letter"
    CITED = "cited"
    NEWS = "news"
    IMPLIED = "implied"

    @property
    def rank(self) -> int:
        """0 for the weakest; higher is stronger."""
        return len(Strength) - 1 - list(Strength).index(self)


# The `confidence` of a row of facts says how its document was seen (data/README.md).
STRENGTH_OF_CONFIDENCE = {
    "seen_text": Strength.OWN_DOCUMENT,
    "person": Strength.PERSON,
    "cited_by_other_document": Strength.CITED,
    "news": Strength.NEWS,
}


class DateBasis(enum.StrEnum):
    """Which date a document counts from, in this order; with none of them it gives no status.

    An observation of a year counts from its end, a report on results from the day it came in.
    """

    ISSUED = "issued"
    EFFECTIVE = "effective"
    REPORTED = "reported"
    YEAR_END = "year_end"
    RECEIVED = "received"


@dataclass(frozen=True)
class Evidence:
    """One dated fact about (vintage, province, indicator, scope).

    `status_class` is None where the fact ends an earlier act but shows no class itself (a
    regulation whose base was not seen). `until` is the last day of a printed period. `test` names
    the test of a border route that the fact passes.
    """

    evidence_id: str
    vintage: int
    province_code_gso: str
    indicator: str
    scope: str
    nature: Nature
    status_class: str | None
    date: dt.date
    date_basis: DateBasis
    strength: Strength
    until: dt.date | None = None
    test: str = ""

    @property
    def order(self) -> tuple[dt.date, int, bool, str]:
        """Sort key: the greatest decides: later, then stronger, then act, then id (arbitrary)."""
        return (self.date, self.strength.rank, self.nature is Nature.ACT, self.evidence_id)


def decide_date(
    issued: dt.date | None, effective: dt.date | None, reported: dt.date | None
) -> tuple[dt.date, DateBasis] | None:
    """The date a document counts from and why, or None where it is undated (design.md 4)."""
    for day, basis in (
        (issued, DateBasis.ISSUED),
        (effective, DateBasis.EFFECTIVE),
        (reported, DateBasis.REPORTED),
    ):
        if day is not None:
            return day, basis
    return None


def stable_id(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but the named parts, so that it survives rebuilds."""
    text = "\x1f".join("" if p is None else str(p) for p in parts)
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

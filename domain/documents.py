"""Document numbers, kinds and dates as Vietnamese offices write them (Decree 30/2020/NĐ-CP)."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from domain.errors import BadValue

# Years in which a document of this field can have been issued; 1017 or 2203 is a slip.
FIRST_YEAR, LAST_YEAR = 1945, 2045

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_CITED = re.compile(r"^(?P<number>.+?)\s*\((?P<date>\d{4}-\d{2}-\d{2})\)$", re.ASCII)
_BLANKS = re.compile(r"\s+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")

# The abbreviation behind the number tells the kind (Decree 30/2020/NĐ-CP, annex III).
_KIND_OF_ABBREVIATION = (
    ("NQLT", "resolution"), ("TTLT", "circular"), ("QĐ", "decision"), ("KH", "plan"),
    ("TT", "circular"), ("NĐ", "decree"), ("KL", "conclusion"), ("NQ", "resolution"),
    ("CT", "directive"), ("BC", "report"), ("HD", "guideline"), ("CTr", "programme"),
    ("QH", "law"),
)  # fmt: skip


def parse_date(text: str) -> dt.date:
    """ISO (2023-07-31) or Vietnamese (31/7/2023) text → date; raises BadValue.

    Impossible days (31/02) and years outside 1945-2045 are errors, never corrected.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _VIETNAMESE.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        raise BadValue(
            "not a date", expected="YYYY-MM-DD or DD/MM/YYYY", got=repr(text), fix="correct it"
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue(
            "impossible year",
            expected=f"{FIRST_YEAR}-{LAST_YEAR}",
            got=repr(text),
            fix="correct it",
        )
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadValue(
            "impossible date", expected="a day of the calendar", got=repr(text), fix="correct it"
        ) from None


def normalize_number(text: str) -> str:
    """A document number as printed, NFC, without blanks: `57- KL/TW` → `57-KL/TW`.

    Dashes of all kinds become the hyphen, the look-alike eth of `QÐ` becomes Đ.
    """
    composed = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ")
    return _DASHES.sub("-", _BLANKS.sub("", composed))


def split_citation(text: str) -> tuple[str, dt.date | None]:
    """`04/2013/QĐ-UBND (2013-01-21)` → (number, date); without a date → (text, None).

    Raises BadValue for a date that is none.
    """
    if match := _CITED.match(text.strip()):
        return match["number"].strip(), parse_date(match["date"])
    return text.strip(), None


def document_kind(number: str) -> str:
    """Kind told by the abbreviation in a number: plan, decision, …; `other` where none is.

    A number such as `3089/BTTTT-TTĐN` has the issuer only: that is an official letter.
    """
    symbol = re.sub(r"^\d+[a-zA-Z]?", "", normalize_number(number)).lstrip("/-")
    parts = [p for p in re.split(r"[/.-]", symbol) if p and not p.isdigit()]
    for abbreviation, kind in _KIND_OF_ABBREVIATION:
        if parts and (parts[0] == abbreviation or parts[0].rstrip("0123456789") == abbreviation):
            return kind
    return "official_letter" if parts else "other"

"""Document numbers and dates as printed in running text, with their places.

Decree 30/2020/NĐ-CP (annex I, II.3) writes `60/KH-UBND`, legal acts `72/2015/NĐ-CP`, the party
(Instruction 36-HD/VPTW) `57-KL/TW`; offices and OCR put blanks, line breaks and odd dashes inside.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.documents import FIRST_YEAR, LAST_YEAR, normalize_number
from etl.extract.text import DocumentText, fold_text

# Kind told by the first part of a symbol, folded (Decree 30/2020, annex III).
SYMBOL_KINDS: Final = {
    "qd": "decision", "kh": "plan", "khph": "plan", "tt": "circular", "ttlt": "circular",
    "nd": "decree", "kl": "conclusion", "nq": "resolution", "nqlt": "resolution",
    "ct": "directive", "bc": "report", "hd": "guideline", "ctr": "programme",
    "ctrph": "programme", "ctph": "programme", "cthd": "programme", "ctrhd": "programme",
    "cv": "official_letter", "tb": "other", "ttr": "other", "qc": "other", "qyd": "other",
    "cd": "other", "gp": "other", "da": "other", "l": "other", "pl": "other", "tt-lt": "circular",
}  # fmt: skip
_LEGISLATURE = re.compile(r"(?:ubtv)?qh\d{0,2}")
# Authorities whose letters carry their own abbreviation first: 3089/BTTTT-TTĐN, 12/VPCP-KGVX.
_AUTHORITY = re.compile(r"[bs][a-z&]+|ub(?:nd|tv|dt)?|hdnd|vp[a-z]+|ttg|tu|ban[a-z]*|c[a-z]{2,}")
# Documents that two bodies sign name both in the symbol.
_JOINT_KINDS: Final = frozenset({"ctr", "ctrph", "ctph", "khph", "ttlt", "nqlt"})
# A number has a number, perhaps a year, and a symbol. It starts where no other word or number runs
# on, except the word "số" itself ("số72/2015"); "09:2016/BTTTT" is a technical standard.
_NUMBER = re.compile(
    r"[0-9](?:(?<![a-z0-9/-].)|(?<=\bso.))(?<![0-9][.:,].)[0-9]{0,5}[a-z]?\s{0,2}"
    r"(?:/\s{0,2}(?P<year>[0-9]{4})\s{0,2})?(?P<sep>[/-])\s{0,2}"
    r"(?P<symbol>[a-z][a-z0-9&]{0,20}(?:[-/.][a-z][a-z0-9&]{0,20}){0,5})"
)
# No document cites as many; a file made to keep the program busy is read this far.
MOST_NUMBERS: Final = 3000
# The rest of a symbol that blanks or a line break part from its beginning.
_REST = re.compile(
    r"(?:[-/]\s{1,3}|\s{1,2}[-/]\s{0,2})([a-z][a-z0-9&]{0,20}(?:[-/.][a-z][a-z0-9&]{0,20}){0,4})"
)
_WORD_AFTER = re.compile(r"(?:ngay|cua|tai|ve)[a-z]{0,6}$")
_UPPER = re.compile(r"[A-ZÀ-ÝĂĐĨŨƠƯ]")
_CALLED = re.compile(
    r"(?:\bs[o0]?[\s:.]*|\b(?:luan|quyet|thi|dinh|tu|hoach|trinh|van|luat|cao|dan)\s+)$"
)
# "ngày 07/9/2015", "ngày07.9.2015", "07 tháng 9 năm 2015"; OCR may drop letters of the words.
_DATE = re.compile(
    r"(?:[ng][a-z]{1,4}\s{0,3})?[0-9]{1,2}(?:"
    r"\s?[/.-]\s?(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>[0-9]{4})"
    r"|\s{0,3}t?h[a-z]{1,4}\s{0,3}(?P<month2>[0-9]{1,2})\s{0,3}(?:,\s{0,2})?"
    r"(?:(?:n[a-z]{1,3}|am)\s{0,3}|/\s?)(?P<year2>[0-9]{4}))(?![0-9])"
)
# Any full date: the same beginning at a digit, which is quick to search for.
_FULL_DATE = re.compile(
    r"[0-9](?<![0-9/.-].)(?:[0-9](?![0-9]))?(?:"
    r"\s?[/.-]\s?(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>[0-9]{4})"
    r"|\s{0,3}t?h[a-z]{1,4}\s{0,3}(?P<month2>[0-9]{1,2})\s{0,3}(?:,\s{0,2})?"
    r"(?:(?:n[a-z]{1,3}|am)\s{0,3}|/\s?)(?P<year2>[0-9]{4}))(?![0-9])(?!/[a-z])"
)
_FIRST_DIGITS = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class PrintedNumber:
    """A document number as printed: `number` without blanks, `key` to compare, `kind` by symbol."""

    number: str
    key: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class PrintedDate:
    """A date as printed; `day` is None where the calendar or the field has no such day."""

    day: dt.date | None
    year: int
    start: int
    end: int


@lru_cache(maxsize=8192)
def number_key(number: str) -> str:
    """Form of a number in which case, marks, leading zeros and Đ/D do not count."""
    return fold_text(normalize_number(number)).lstrip("0")


def symbol_parts(key: str) -> list[str]:
    """Folded parts of a symbol: `5115/ctr-btttt-btlbdbp` → ctr, btttt, btlbdbp."""
    return [p for p in re.split(r"[-/.]", key)[1:] if p and not p.isdigit()]


def symbol_kind(key: str) -> str:
    """Kind told by the symbol of a folded number; an authority alone means an official letter."""
    parts = symbol_parts(key)
    if not parts:
        return "other"
    if _LEGISLATURE.fullmatch(parts[0]):
        return "other"
    kind = SYMBOL_KINDS.get(parts[0], "official_letter")
    # A department of the province signs KH-SKHCN, KH-SNgV (Sở …).
    if kind == "plan" and len(parts) > 1 and parts[1][0] == "s":
        return "department_plan"
    return kind


def number_year(key: str) -> int | None:
    """Year inside a folded number (72/2015/nd-cp → 2015), or None."""
    parts = key.split("/")
    return int(parts[1]) if len(parts) > 2 and parts[1].isdigit() else None


def iter_numbers(
    doc: DocumentText, start: int = 0, end: int | None = None
) -> Iterator[PrintedNumber]:
    """Document numbers in a part of the text, in its order; fractions, dates, phones are none."""
    folded, text = doc.folded, doc.text
    count = 0
    for match in _NUMBER.finditer(folded, start, len(folded) if end is None else end):
        stop = _symbol_end(folded, text, match)
        if not stop:
            continue
        count += 1
        if count > MOST_NUMBERS:
            return
        number = normalize_number(text[match.start() : stop])
        key = number_key(number)
        yield PrintedNumber(number, key, symbol_kind(key), match.start(), stop)


def _symbol_end(folded: str, text: str, match: re.Match[str]) -> int:
    """Where the symbol ends, or 0 where this is no document number."""
    start, end = match.start("symbol"), match.end("symbol")
    parts: list[str] = []
    stop = start
    is_lower = text[start:end].islower()
    for part in re.split(r"(?<=[-/.])", folded[start:end]):
        length = len(part.rstrip("-/."))
        cut = _WORD_AFTER.search(part[:length])
        if cut and text[stop + cut.start()].islower() and cut.start():
            length = cut.start()
        # A part with small letters is the next word, unless the whole symbol is in small letters.
        if parts and not _is_symbol(text[stop : stop + length]) and not is_lower:
            break
        parts.append(part[:length])
        stop_of_part = stop + length
        if length < len(part.rstrip("-/.")):
            break
        stop += len(part)
    if not parts:
        return 0
    stop = stop_of_part
    known = parts[0] in SYMBOL_KINDS
    if len(parts) < 3 and (rest := _REST.match(folded, stop)):
        printed = text[rest.start(1) : rest.end(1)]
        joined = folded[stop] in "-/" and not folded[stop - 1].isspace()
        joined = joined or (parts[0] in _JOINT_KINDS and bool(_AUTHORITY.match(rest[1])))
        if _is_symbol(printed.split("-")[0]) and (len(parts) == 1 or joined):
            parts += re.split(r"[-/.]", rest[1])
            stop = rest.end(1)
    first = text[start : start + len(parts[0])]
    if match["sep"] == "-" and not (known and len(parts) > 1):
        return 0
    if _LEGISLATURE.fullmatch(parts[0]) and match["year"]:
        return stop
    if known and len(parts) > 1 and (match["sep"] == "/" or _is_symbol(first) or first.islower()):
        return stop
    if not _is_symbol(first):
        return 0
    called = bool(_CALLED.search(folded, max(0, match.start() - 12), match.start()))
    if len(parts) == 1:
        # "1/ Sở 2/ UBND" is a list, not a number.
        printed = text[match.start() : stop]
        return stop if called and not any(c.isspace() for c in printed) else 0
    return stop if called or _AUTHORITY.fullmatch(parts[0]) else 0


def _is_symbol(printed: str) -> bool:
    """Whether a part is written as an abbreviation: UBND, TTg, CTr, SNgV."""
    upper = len(_UPPER.findall(printed))
    return (upper >= 2 and upper * 2 >= len(printed) - 1) or printed in {"Tg", "CP"}


def date_at(folded: str, position: int) -> PrintedDate | None:
    """The date that begins at a position (with or without the word "ngày"), or None."""
    match = _DATE.match(folded, position)
    return _printed(match) if match else None


def iter_dates(folded: str) -> Iterator[PrintedDate]:
    """All full dates of a text in its order, impossible ones too."""
    return (_printed(match) for match in _FULL_DATE.finditer(folded))


def _printed(match: re.Match[str]) -> PrintedDate:
    fields = match.groupdict()
    digits = _FIRST_DIGITS.search(match[0])
    day = int(digits[0]) if digits else 0
    month = int(fields["month"] or fields["month2"])
    year = int(fields["year"] or fields["year2"])
    try:
        date = dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        date = None
    return PrintedDate(date, year, match.start(), match.end())

"""Slips in citations: each becomes a warning with its passage, none is corrected.

Offices print a year 1017, cite one document under two symbols or with two dates, and rest on acts
that have expired (field notes). Citations are compared with each other and with
the registered documents; dates and symbols are read in the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

from domain.documents import FIRST_YEAR, LAST_YEAR
from etl.extract.citation_numbers import (
    PrintedNumber,
    iter_dates,
    number_key,
    number_year,
    symbol_parts,
)  # fmt: skip
from etl.extract.citations import expired_from
from etl.extract.text import DocumentText, Item, fold_text, squeeze

# Dates of history stand in texts too (treaties of 1885, the party's founding in 1930, goals of
# 2045): years outside these are slips anywhere, years outside 1945-2045 where an act is dated.
_HISTORY: Final = (1850, 2100)
_ACT_DATED = re.compile(
    r"hieu\s{1,3}luc[^.;]{0,25}$|[/-][a-z]{2,}[a-z/-]{0,20}[\s,(]{0,4}(?:ngay\s*)?$"
)
_DAY_WORD = re.compile(r"\bn[a-z]{2,3}y?\s{0,3}$")
_RESTS_ON: Final = frozenset({"basis", "carries_out", "guided_by"})
_DIGITS = re.compile(r"\d+")


def _warning(code: str, message: str, evidence: Item | None) -> Item:
    return {"code": code, "message": message, "evidence": evidence}


def check_citations(
    doc: DocumentText,
    header: Mapping[str, Any],
    citations: Sequence[Mapping[str, Any]],
    known: Iterable[Mapping[str, Any]],
) -> list[Item]:
    """Warnings of citations against each other, the own date, registered documents and the text.

    `known`: number, issued_date, issuing_body, kind, is_expired, expired_from of each document.
    """
    own = str(header["issued_date"]) if header.get("issued_date") else None
    by_digits: dict[str, list[Mapping[str, Any]]] = {}
    for row in known:
        by_digits.setdefault(_digits(number_key(str(row["number"]))), []).append(row)
    warnings = [*_within(citations)]
    for citation in citations:
        key, evidence = number_key(citation["number"]), citation["evidence"]
        rows = by_digits.get(_digits(key), ())
        warnings += _against_register(citation, key, rows)
        day = citation["issued_date"]
        if own and day and day > own:
            warnings.append(_warning(
                "cited_later_than_document",
                f"{citation['number']} is dated {day}, later than this document ({own})", evidence,
            ))  # fmt: skip
        if citation["relation"] in _RESTS_ON and _had_expired(citation, key, rows, own):
            warnings.append(_warning(
                "base_expired", f"{citation['number']} had expired when it was cited", evidence
            ))  # fmt: skip
    return [*warnings, *_impossible_dates(doc), *_two_spellings(doc)]


def _digits(key: str) -> str:
    match = _DIGITS.match(key)
    return match[0] if match else ""


def _is_national(key: str) -> bool:
    """Whether no other province can have the number: none of a place signs it."""
    return not any(
        p.startswith(("ubnd", "hdnd", "tu", "hu", "s")) or p in {"btv", "bcd"}
        for p in symbol_parts(key)[1:] or symbol_parts(key)
    )


def _same_body(one: object, other: object) -> bool:
    return not one or not other or fold_text(str(one)) == fold_text(str(other))


def _within(citations: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    """Same number with another date; same date with another symbol."""
    keyed = [(number_key(c["number"]), c) for c in citations if c["issued_date"]]
    for (key, first), (other, second) in combinations(keyed, 2):
        days = first["issued_date"], second["issued_date"]
        if not _same_body(first["issuing_body"], second["issuing_body"]):
            continue
        if key == other and days[0] != days[1]:
            # Numbers without a year begin anew each year: of a province's that is no slip.
            repeats = number_year(key) is None and not _is_national(key)
            if not repeats or days[0][:4] == days[1][:4]:
                yield _warning(
                    "number_with_two_dates",
                    f"{second['number']} is cited with {days[0]} and with {days[1]}",
                    second["evidence"],
                )
        elif days[0] == days[1] and _is_slip(key, other, first["kind"] == second["kind"]):
            yield _warning(
                "date_with_two_symbols",
                f"{first['number']} and {second['number']} are cited with one date, {days[0]}",
                second["evidence"],
            )


def _is_slip(key: str, other: str, same_kind: bool) -> bool:
    """Whether two numbers of one day look like one document: year left out, digits turned."""
    if key == other or not same_kind:
        return False
    digits, others = _digits(key), _digits(other)
    if digits == others:
        return True
    same_symbol = symbol_parts(key) == symbol_parts(other)
    return same_symbol and len(digits) > 1 and sorted(digits) == sorted(others)


def _against_register(
    citation: Mapping[str, Any], key: str, rows: Iterable[Mapping[str, Any]]
) -> Iterator[Item]:
    day = citation["issued_date"]
    same = [
        r for r in rows if number_key(str(r["number"])) == key and _comparable(citation, key, r)
    ]
    spellings = {str(r["number"]) for r in same}
    if same and not any(_plain(s) == _plain(citation["number"]) for s in spellings):
        yield _warning(
            "symbol_differs_from_register",
            f"{citation['number']} is registered as {sorted(spellings)[0]}", citation["evidence"],
        )  # fmt: skip
    days = {str(r["issued_date"]) for r in same if r.get("issued_date")}
    if day and days and day not in days:
        yield _warning(
            "date_differs_from_register",
            f"{citation['number']} is cited with {day}, registered with {sorted(days)[0]}",
            citation["evidence"],
        )
    if same or not day:
        return
    for row in rows:
        other = number_key(str(row["number"]))
        if str(row.get("issued_date")) == day and _is_slip(
            key, other, row["kind"] == citation["kind"]
        ):
            if _same_body(citation["issuing_body"], row.get("issuing_body")):
                yield _warning(
                    "symbol_differs_from_register",
                    f"{citation['number']} of {day} is registered as {row['number']}",
                    citation["evidence"],
                )
                return


def _plain(number: str) -> str:
    return number.upper().lstrip("0")


def _comparable(citation: Mapping[str, Any], key: str, row: Mapping[str, Any]) -> bool:
    """Whether a registered number can only be this document: national, or of the same body."""
    if _is_national(key):
        return True
    body, other = citation["issuing_body"], row.get("issuing_body")
    if not body or not other or not _same_body(body, other):
        return False
    if number_year(key) is not None:
        return True
    # A province's numbers begin anew each year: only within one year it is the same document.
    day = citation["issued_date"]
    return bool(day) and str(row.get("issued_date"))[:4] == day[:4]


def _had_expired(
    citation: Mapping[str, Any], key: str, rows: Iterable[Mapping[str, Any]], own: str | None
) -> bool:
    if citation["expired"]:
        return True
    if own is None:
        return False
    ends = [expired_from()[key].isoformat()] if key in expired_from() else []
    ends += [
        str(r["expired_from"]) for r in rows
        if r.get("is_expired") and r.get("expired_from") and number_key(str(r["number"])) == key
        and _comparable(citation, key, r)
    ]  # fmt: skip
    return any(end <= own for end in ends)


def _impossible_dates(doc: DocumentText) -> Iterator[Item]:
    seen: set[str] = set()
    for date in iter_dates(doc.folded):
        if date.day is not None:
            continue
        before = doc.folded[max(0, date.start - 45) : date.start]
        printed = squeeze(doc.text[date.start : date.end])
        has_year = FIRST_YEAR <= date.year <= LAST_YEAR
        if printed in seen or not ("/" in printed or " " in printed or _DAY_WORD.search(before)):
            continue
        if (
            not has_year
            and _HISTORY[0] <= date.year <= _HISTORY[1]
            and not _ACT_DATED.search(before)
        ):
            continue
        seen.add(printed)
        code = "impossible_day" if has_year else "impossible_year"
        what = "no such day" if has_year else f"the year {date.year} cannot be"
        yield _warning(
            code, f"{printed}: {what}", doc.evidence(_line_start(doc, date.start), date.end)
        )


def _line_start(doc: DocumentText, position: int) -> int:
    """Start of the words before a date that say what is dated, at most 80 characters."""
    low = max(0, position - 80)
    cut = max(doc.text.rfind(mark, low, position) for mark in ("\n", ". ", "; ", "("))
    if cut >= 0:
        return cut + 1
    blank = doc.text.find(" ", low, position)
    return blank + 1 if low and blank >= 0 else low


def _two_spellings(doc: DocumentText) -> Iterator[Item]:
    spelled: dict[str, PrintedNumber] = {}
    warned: set[str] = set()
    for printed in doc.numbers:
        first = spelled.setdefault(printed.key, printed)
        if _plain(first.number) != _plain(printed.number) and printed.key not in warned:
            warned.add(printed.key)
            yield _warning(
                "symbol_spelled_two_ways",
                f"{first.number} is also printed {printed.number}",
                doc.evidence(printed.start, printed.end),
            )

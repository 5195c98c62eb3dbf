"""One text cell → a typed value, or the reason why it cannot be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from domain.documents import (
    FIRST_YEAR,
    LAST_YEAR,
    normalize_number,
    parse_date,
    split_citation,
)
from domain.errors import BadValue
from etl.tables import Column

MAX_CELL_CHARACTERS = 10_000
# The day on which the default data were made: a clock that shows an earlier day is wrong.
DAY_OF_THE_DATA = dt.date(2026, 11, 22)
# Control characters, the mark of a character that could not be decoded, direction overrides.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u202a-\u202e\u2066-\u2069]")


def _whole_number(digits: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]+", text) or len(text) > digits:
            expected = f"a whole number, 0 or more, of at most {digits} digits"
            raise BadValue("not_a_number", expected=expected)
        return int(text)

    return parse


def _decimal_between(low: float, high: float, expected: str) -> Callable[[str], float]:
    def parse(text: str) -> float:
        number = float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else -1.0
        if not low <= number <= high:
            raise BadValue("not_a_number", expected=expected)
        return number

    return parse


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise BadValue("impossible_year", expected=f"a year {FIRST_YEAR}-{LAST_YEAR}")
    return int(text)


def _period(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    period = (_year(first), _year(last or first))
    if period[0] > period[1]:
        raise BadValue("impossible_year", expected="first year before last year")
    return period


def _boolean(text: str) -> bool:
    # Spreadsheets write TRUE and FALSE.
    if text.lower() not in ("true", "false"):
        raise BadValue("not_a_boolean", expected="true or false")
    return text.lower() == "true"


def _citations(text: str) -> str:
    for cited in text.split(";"):
        try:
            split_citation(cited)
        except BadValue as error:
            raise BadValue("impossible_date", expected=error.expected) from None
    return " ".join(text.split())


def _code(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}", text):
        raise BadValue("not_a_code", expected="a two-digit GSO code such as 01")
    return text


def _date(text: str) -> dt.date:
    try:
        return parse_date(text)
    except BadValue as error:
        raise BadValue("impossible_date", expected=error.expected) from None


def _past_date(text: str) -> dt.date:
    day = _date(text)
    if day > (latest := max(dt.date.today(), DAY_OF_THE_DATA)):
        raise BadValue("impossible_date", expected=f"a day until {latest}")
    return day


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": lambda text: " ".join(text.split()),
    "number": normalize_number,
    "date": _date,
    "past": _past_date,
    "year": _year,
    "period": _period,
    "citations": _citations,
    "count": _whole_number(9),
    "amount": _whole_number(15),
    "length": _decimal_between(0.000_000_001, 99_999, "a length in km such as 12.5, more than 0"),
    "latitude": _decimal_between(5, 25, "decimal degrees north such as 21.5, 5-25"),
    "longitude": _decimal_between(101, 118, "decimal degrees east such as 105.8, 101-118"),
    "boolean": _boolean,
    "code": _code,
}


def parse_cell(text: str, column: Column) -> Any:
    """Typed value of a cell, None where it is blank; raises BadValue (what = reason code)."""
    if not text:
        if column.required:
            raise BadValue("missing_value", expected="a value")
        return None
    if len(text) > MAX_CELL_CHARACTERS:
        raise BadValue("cell_too_long", expected=f"at most {MAX_CELL_CHARACTERS} characters")
    if _UNREADABLE.search(text):
        raise BadValue("bad_value", expected="readable text without control characters")
    if column.type == "choice":
        if text not in column.choices:
            raise BadValue("unknown_choice", expected=" | ".join(column.choices))
        return text
    return _PARSERS[column.type](text)

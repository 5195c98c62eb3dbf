"""What the default data's wording says of a disbursement: the printed share and its day.

Notes are for maintainers and never shown; the share that a source prints and the day up to which
money was counted are facts of the source, so they become typed columns here. The phrases are fixed
ones, listed once, with their expected values in tests/test_budget.py.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final, NamedTuple

_MONTHS: Final = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH: Final = "|".join(_MONTHS)
_SHARE: Final = re.compile(
    r"(?:\b(over|about) )?\b(\d{1,3}(?:\.\d+)?)% (?:of plan|disbursed|as printed)\b"
)
_DAY: Final = re.compile(r"\bdisbursed to (\d{4}-\d{2}-\d{2})\b")
_MONTH_END: Final = re.compile(rf"\bdisbursed to end of ({_MONTH}) (\d{{4}})\b")
_MONTH_MIDDLE: Final = re.compile(rf"\bdisbursed to mid-({_MONTH}) (\d{{4}})\b")
_DAY_OF_YEAR: Final = re.compile(rf"\bdisbursed by (\d{{1,2}}) ({_MONTH})\b")


class PrintedShare(NamedTuple):
    """The share disbursed in percent; `rounding` is "over", "about" or None."""

    percent: float
    rounding: str | None


class CountedUntil(NamedTuple):
    """The day up to which money was counted as disbursed, and how exactly that is printed."""

    day: dt.date
    precision: str  # day, month_end, month_middle


def parse_share_disbursed(note: str | None) -> PrintedShare | None:
    """The share disbursed as the source prints it; None where it prints none up to 100 %."""
    found = _SHARE.search(note or "")
    if found is None or float(found[2]) > 100:
        return None
    return PrintedShare(float(found[2]), found[1])


def parse_counted_until(
    component: str | None, note: str | None, period: tuple[int, int] | None
) -> CountedUntil | None:
    """Up to which day the money was counted; a day without a year is of the line's one year.

    `period`: first and last year of the line. None where no such day is printed or it is no day.
    """
    text = component or ""
    try:
        if found := _DAY.search(text):
            return CountedUntil(dt.date.fromisoformat(found[1]), "day")
        if found := _MONTH_END.search(text):
            return CountedUntil(_last_day(int(found[2]), _MONTHS[found[1]]), "month_end")
        if found := _MONTH_MIDDLE.search(text):
            return CountedUntil(dt.date(int(found[2]), _MONTHS[found[1]], 15), "month_middle")
        found = _DAY_OF_YEAR.search(note or "")
        if found and period and period[0] == period[1]:
            return CountedUntil(dt.date(period[0], _MONTHS[found[2]], int(found[1])), "day")
    except ValueError:
        return None
    return None


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])

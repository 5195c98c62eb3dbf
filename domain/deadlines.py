"""Deadlines for reports: the days of a year on which one is due, and whether a report came in time.

A deadline is stored as its document prints it (issue C of the project, key `report_deadlines`): a
whole date, or day and month; once, yearly, quarterly or monthly; for one year or for every year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

PERIODS = ("once", "yearly", "quarterly", "monthly")
_MONTHS_BETWEEN = {"yearly": 12, "quarterly": 3, "monthly": 1}
_LEAP_YEAR = 2024  # has every day that a month can have
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Deadline:
    """One deadline that a document sets.

    `due_date` is a date printed with its year, `month_day` "MM-DD" one printed without; with
    neither no day can be told. `set_on` is the date of the document where it is known.
    """

    period: str
    due_date: dt.date | None
    month_day: str | None
    is_every_year: bool
    set_on: dt.date | None


def due_dates(deadline: Deadline, year: int) -> tuple[dt.date, ...]:
    """The days of a year on which a report is due, in order; none where no day was printed.

    A quarterly or monthly deadline falls on the same day of each third or each month; a day that
    a month does not have becomes its last one, and the last day of a month (28 February is not)
    stands for the last day of every month. 29 February is the 28th in other years. A deadline
    that is not for every year belongs to the year of its date, one printed without a year to
    the first such day after its document. No repeated deadline binds before its document's date.
    Raises ValueError for an unknown period or a month_day that is none.
    """
    if deadline.period not in PERIODS:
        raise ValueError(f"period {deadline.period!r}: expected one of {PERIODS}")
    anchor = _anchor(deadline)
    if anchor is None:
        return ()
    if deadline.due_date is not None and deadline.period == "once":
        return (deadline.due_date,) if deadline.due_date.year == year else ()
    days = [d for d in _days_of_year(deadline.period, anchor, year) if _binds(deadline, d)]
    if deadline.is_every_year:
        return tuple(days)
    if deadline.due_date is not None:
        return tuple(days) if deadline.due_date.year == year else ()
    return tuple(days) if _first_year(deadline, anchor) == year else ()


def _anchor(deadline: Deadline) -> tuple[int, int] | None:
    """Month and day of the deadline."""
    if deadline.due_date is not None:
        return deadline.due_date.month, deadline.due_date.day
    if deadline.month_day is None:
        return None
    match = _MONTH_DAY.fullmatch(deadline.month_day)
    if match is None:
        raise ValueError(f"month_day {deadline.month_day!r}: expected MM-DD")
    day = dt.date(_LEAP_YEAR, int(match[1]), int(match[2]))  # ValueError for 13-01 or 02-30
    return day.month, day.day


def _days_of_year(period: str, anchor: tuple[int, int], year: int) -> list[dt.date]:
    step = _MONTHS_BETWEEN.get(period, 12)
    month, day = anchor
    if step < 12 and day == calendar.monthrange(_LEAP_YEAR, month)[1]:
        day = 31
    months = range((month - 1) % step + 1, 13, step)
    return [dt.date(year, m, min(day, calendar.monthrange(year, m)[1])) for m in months]


def _binds(deadline: Deadline, day: dt.date) -> bool:
    return deadline.set_on is None or day >= deadline.set_on


def _first_year(deadline: Deadline, anchor: tuple[int, int]) -> int | None:
    """The one year that a deadline without a year can mean, None where the document is undated."""
    set_on = deadline.set_on
    if set_on is None:
        return None
    this_year = _days_of_year(deadline.period, anchor, set_on.year)
    return set_on.year if this_year[-1] >= set_on else set_on.year + 1


def result_report_class(due: dt.date | None, received: dt.date | None, as_of: dt.date) -> str:
    """Class of the indicator `result_report` on a day (docs/decisions/0010-result-reports.md).

    A report received on the due day is in time: a printed "before the 15th" does not say whether
    the 15th itself still counts, and nobody is called late on a doubt. Where no deadline is known
    nothing can be overdue: a report received is then `not_due`, never `on_time` or `late`.
    Without a report: `not_due` until the due day has passed, after it, and where no deadline is
    known, `none_known`.
    """
    if received is not None and received <= as_of:
        if due is None:
            return "not_due"
        return "on_time" if received <= due else "late"
    return "not_due" if due is not None and as_of <= due else "none_known"

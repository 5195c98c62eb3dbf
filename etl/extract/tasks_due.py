"""Printed times of a task ("Quý III/2023", "trước ngày 30/6/2024") → first and last day.

A time without a year is of the plan's own year; what names no day ("thường xuyên", "hằng tháng")
has none. A deadline ("trước ngày …") has a last day only.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from etl.extract.text import fold_text

Due = tuple[str | None, str | None]

_NONE: Final[Due] = (None, None)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    r"(?<!\d)(?<!thang )(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*(?P<year>\d{4}))?(?!\d)"
    r"|(?<!\d)(?P<day2>\d{1,2})\s+thang\s+(?P<month2>\d{1,2})(?:\s+nam\s+(?P<year2>\d{4}))?"
)
_QUARTERS = re.compile(
    rf"\bquy\s+(?P<first>iv|i{{1,3}}|[1-4])\b(?P<more>(?:\s*(?:,|-|va|den|/)\s*(?:quy\s+)?"
    rf"(?:iv|i{{1,3}}|[1-4])\b(?!\d))*)(?:\s*(?:/|nam|-)?\s*(?P<year>{_YEAR}))?"
)
_MONTHS = re.compile(
    rf"\bthang\s+(?P<first>\d{{1,2}})(?:\s*[/-]\s*(?P<year1>{_YEAR})|\s+nam\s+(?P<year2>{_YEAR}))?"
    rf"(?:\s*(?:-|,|va|den|den\s+het|toi)\s*(?:thang\s+)?(?P<last>\d{{1,2}})(?![\d])"
    rf"(?:\s*/\s*(?P<year3>{_YEAR})|\s+nam\s+(?P<year4>{_YEAR}))?)?"
)
_HALF = re.compile(rf"\b0?6\s+thang\s+(?P<half>dau|cuoi)\s+nam(?:\s+(?P<year>{_YEAR}))?")
_YEARS = re.compile(rf"\b(?P<first>{_YEAR})\s*(?:-|den|toi)\s*(?:nam\s+)?(?P<last>{_YEAR})\b")
_ONE_YEAR = re.compile(rf"\bnam\s+(?P<year>{_YEAR})\b|^(?P<alone>{_YEAR})$|\b(?:trong nam|ca nam)$")
_BEFORE = re.compile(r"\b(?:truoc|cham nhat|muon nhat|han cuoi|khong qua|den het|het)\b")
_UNTIL = re.compile(r"^(?:den|toi|hoan thanh)\b")
# Every year or several times a year: no single pair of days.
_RECURS = re.compile(r"\b(?:hang|moi)\s+(?:nam|thang|quy|tuan|ngay)\b|dinh ky|hang nam|hang thang")
_ABOUT = re.compile(r"^(?:dau|cuoi|giua|dip|nhan dip|ky niem)\b")


def parse_due(printed: str, plan_year: int | None) -> Due:
    """First and last day (ISO) of a printed time; None where it gives none or no day of a year."""
    folded = " ".join(fold_text(printed).split()).strip(" .;,")
    if _RECURS.search(folded) or _ABOUT.match(folded):
        return _NONE
    is_deadline = bool(_BEFORE.search(folded) or _UNTIL.match(folded))
    span = _span(folded, plan_year)
    if span is None:
        return _NONE
    first, last, is_month = span
    if not is_deadline:
        return first.isoformat(), last.isoformat()
    if is_month and re.search(r"\btruoc\s+(?:thang|quy|nam)\b", folded):
        return None, (first - dt.timedelta(days=1)).isoformat()
    return None, last.isoformat()


def _span(folded: str, plan_year: int | None) -> tuple[dt.date, dt.date, bool] | None:
    try:
        if match := _HALF.search(folded):
            year = _year(match["year"], plan_year)
            first, last = (1, 6) if match["half"] == "dau" else (7, 12)
            return _months(year, first, year, last)
        days = list(_DAY.finditer(folded))
        if days:
            return _days(days, plan_year)
        if match := _QUARTERS.search(folded):
            more = re.findall(r"iv|i{1,3}|[1-4]", match["more"])
            quarters = [_ROMAN[match["first"]], *(_ROMAN[q] for q in more)]
            year = _year(match["year"] or _any_year(folded), plan_year)
            return _months(year, min(quarters) * 3 - 2, year, max(quarters) * 3)
        if match := _MONTHS.search(folded):
            return _month_range(match, folded, plan_year)
        if match := _YEARS.search(folded):
            return _months(int(match["first"]), 1, int(match["last"]), 12)
        if match := _ONE_YEAR.search(folded):
            year = _year(match["year"] or match["alone"], plan_year)
            return _months(year, 1, year, 12)
    except (ValueError, KeyError):
        return None
    return None


def _any_year(folded: str) -> str | None:
    years = set(re.findall(rf"\b{_YEAR}\b", folded))
    return years.pop() if len(years) == 1 else None


def _year(printed: str | None, plan_year: int | None) -> int:
    if printed:
        return int(printed)
    if plan_year is None:
        raise ValueError("no year")
    return plan_year


def _days(days: list[re.Match[str]], plan_year: int | None) -> tuple[dt.date, dt.date, bool] | None:
    if len(days) > 2:
        return None
    known = [d["year"] or d["year2"] for d in days]
    found = []
    for day, year in zip(days, known):
        number, month = int(day["day"] or day["day2"]), int(day["month"] or day["month2"])
        # "từ 15/3 đến 20/4/2024": the year behind the last day is that of both.
        found.append(dt.date(_year(year or known[-1], plan_year), month, number))
    if found[0] > found[-1]:
        return None
    return found[0], found[-1], False


def _month_range(
    match: re.Match[str], folded: str, plan_year: int | None
) -> tuple[dt.date, dt.date, bool]:
    end_year = match["year3"] or match["year4"]
    own = match["year1"] or match["year2"]
    first_year = _year(own or end_year or _any_year(folded), plan_year)
    last = int(match["last"] or match["first"])
    last_year = _year(end_year or own or _any_year(folded), plan_year)
    return _months(first_year, int(match["first"]), last_year, last)


def _months(
    first_year: int, first: int, last_year: int, last: int
) -> tuple[dt.date, dt.date, bool]:
    start = dt.date(first_year, first, 1)
    end = dt.date(last_year, last, calendar.monthrange(last_year, last)[1])
    if start > end:
        raise ValueError("ends before it begins")
    return start, end, True

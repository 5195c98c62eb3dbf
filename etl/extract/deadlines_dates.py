"""The printed day of a deadline: "trước ngày 15 tháng 11 năm 2023", "trước 10/11 hàng năm"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents import FIRST_YEAR, LAST_YEAR
from etl.extract.text import DocumentText

_BEFORE = (
    r"\b(?:truoc|cham\s+nhat(?:\s+(?:la|vao|den|truoc|trong))*|muon\s+nhat(?:\s+(?:la|vao|den))*"
    r"|han\s+cuoi(?:\s+cung)?(?:\s+la)?|khong\s+(?:qua|muon\s+hon)|han\s+(?:gui|bao\s+cao|nop)"
    r"(?:\s+bao\s+cao)?(?:\s+la)?|thoi\s+(?:han|gian)\s+(?:gui|bao\s+cao|nop)"
    r"(?:\s+bao\s+cao)?(?:\s+la)?)"
)
_DAY = (
    r"(?P<day>\d{1,2})\s*"
    r"(?:thang\s*(?P<month>\d{1,2})(?!\d)(?:\s*,?\s*(?:nam|/)\s*(?P<year>\d{4})(?!\d))?"
    r"|(?P<sign>[/.-])\s*(?P<month2>\d{1,2})(?![\d%])"
    r"(?:\s*(?:(?P=sign)\s*|,?\s*nam\s+)(?P<year2>\d{4})(?!\d))?)"
)
_DATED = re.compile(
    rf"(?P<word>{_BEFORE})\W{{0,6}}(?:truoc\s+)?(?:het\s+)?(?:ngay|mung)?\W{{0,4}}{_DAY}"
)
_ONLY_DAY = re.compile(
    rf"(?P<word>{_BEFORE})\W{{0,6}}(?:het\s+)?(?:ngay|mung)\W{{0,4}}(?P<day>\d{{1,2}})(?![\d/.-])"
    r"\s*(?:(?:cua\s+)?(?:thang|quy|ky)\b(?!\s*\d)|(?:hang|moi)\s+(?:thang|quy)\b)"
)
_NEXT = re.compile(rf"\s*(?:,|va|;|,\s*va)\s*(?:truoc\s+)?(?:ngay\s*)?{_DAY}")
_END_OF = re.compile(rf"{_BEFORE}\s+(?:(?:het\s+)?ngay\s+(?:lam\s+viec\s+)?)?cuoi\b")


@dataclass(frozen=True)
class PrintedDay:
    """Where a deadline is printed and its day; year None where none is printed, day and month None
    where only a day of each month or quarter is.
    """

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None

    @property
    def iso(self) -> str | None:
        """The date where the year is printed."""
        if self.day is None or self.month is None or self.year is None:
            return None
        return dt.date(self.year, self.month, self.day).isoformat()

    @property
    def month_day(self) -> str | None:
        """MM-DD where no year is printed."""
        if self.day is None or self.month is None or self.year is not None:
            return None
        return f"{self.month:02d}-{self.day:02d}"


def _printed(match: re.Match[str]) -> PrintedDay | None:
    """The day of a match; None for one that no calendar has."""
    groups = match.groupdict()
    day, month = int(groups["day"]), int(groups["month"] or groups["month2"])
    printed_year = groups["year"] or groups["year2"]
    year = int(printed_year) if printed_year else None
    try:
        dt.date(2024 if year is None else year, month, day)
    except ValueError:
        return None
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return PrintedDay(match.start(), match.end(), day, month, year)


def printed_deadlines(doc: DocumentText, start: int, end: int) -> Iterator[PrintedDay]:
    """Days behind a word such as "trước" or "chậm nhất", and those joined to them by "và"."""
    at = start
    while match := _DATED.search(doc.folded, at, end):
        first = _printed(match)
        at = match.end()
        if first is None:
            continue
        days = [first]
        while following := _NEXT.match(doc.folded, at, end):
            another = _printed(following)
            if another is None:
                break
            days.append(another)
            at = following.end()
        # "trước ngày 15/6 và 15/12/2024" prints the year once.
        years = {day.year for day in days if day.year is not None}
        for day in days:
            year = years.copy().pop() if day.year is None and len(years) == 1 else day.year
            yield PrintedDay(day.start, day.end, day.day, day.month, year)
    for only in _ONLY_DAY.finditer(doc.folded, start, end):
        yield PrintedDay(only.start(), only.end(), None, None, None)
    for last in _END_OF.finditer(doc.folded, start, end):
        yield PrintedDay(last.start(), last.end(), None, None, None)

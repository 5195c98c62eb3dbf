"""How deadlines and reports received decide the indicator `result_report` of one province and year.

Pure functions in the manner of domain.indicators (docs/decisions/0010-result-reports.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from domain.deadlines import result_report_class
from domain.evidence import Evidence, Nature
from domain.indicators import Interval, close_intervals, days_of_change


def is_deadline(item: Evidence) -> bool:
    """Whether the evidence is a deadline: a letter that states until when a report is due."""
    return item.nature is Nature.REPORT and item.until is not None


def result_report_timeline(
    evidence: Iterable[Evidence], first_day: dt.date, last_day: dt.date | None
) -> list[Interval]:
    """On each day the deadline set last and the report received first decide.

    A deadline is evidence of nature `report` whose `until` is the due day, a report received one of
    nature `act`. A deadline counts from the date of its document: a later letter may extend an
    earlier one, and then judges anew what came in before. Of several reports the first decides,
    since what is added later makes nobody late.
    """
    items = sorted(evidence, key=lambda e: e.order)
    intervals = []
    for day in days_of_change(items, first_day, last_day):
        deadlines = [e for e in items if is_deadline(e) and e.date <= day]
        deadlines.sort(key=lambda e: (e.date, e.until or e.date, e.evidence_id), reverse=True)
        reports = [e for e in items if e.nature is Nature.ACT and e.date <= day]
        reports.sort(key=lambda e: (e.date, -e.strength.rank, e.evidence_id))
        due = deadlines[0].until if deadlines else None
        found = result_report_class(due, reports[0].date if reports else None, day)
        intervals.append(_interval(found, day, reports, deadlines))
    return close_intervals(intervals, last_day)


def _interval(
    status_class: str, day: dt.date, reports: Sequence[Evidence], deadlines: Sequence[Evidence]
) -> Interval:
    """The report comes before the deadline that judges it; the unknown class has no evidence."""
    if not reports and status_class != "not_due":
        return Interval(status_class, day, None)
    return Interval(status_class, day, None, (*reports, *deadlines[:1]), tuple(deadlines[1:]))

"""Core rows → evidence of the indicator result_report: common deadlines, reports received.

The rules are in docs/decisions/0010-result-reports.md; `domain.result_reports` decides.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from domain.deadlines import Deadline, due_dates, result_report_class
from domain.evidence import STRENGTH_OF_CONFIDENCE, DateBasis, Nature, Strength
from domain.indicators import RESULT_REPORT
from domain.vintages import vintage_at
from etl.core_rows import CoreRows, Row
from etl.evidence_rows import EvidenceCollector

# A report on a year's results is owed once for the year; quarterly and monthly ones are others.
REPORT_PERIODS = ("once", "yearly")


class YearDeadline(NamedTuple):
    """A deadline of all provinces for the report of one year; `row` is that of report_deadline."""

    report_year: int
    set_on: dt.date
    due: dt.date
    is_once: bool
    row: Row


class ReportEvidence:
    """Adds the evidence of reports on results to a collector."""

    def __init__(self, core: CoreRows, collector: EvidenceCollector) -> None:
        self._core = core
        self._collector = collector
        self._deadlines: defaultdict[int, list[YearDeadline]] = defaultdict(list)
        for deadline in year_deadlines(core):
            self._deadlines[deadline.report_year].append(deadline)

    def collect(self) -> None:
        """All of it."""
        for year in sorted(self._deadlines):
            for deadline in self._deadlines[year]:
                self._add_deadline(deadline)
        for row in self._core["result_report"]:
            self._add_report(row)

    def _add_deadline(self, deadline: YearDeadline) -> None:
        """It binds every province of the vintage in which it was set; units inherit it."""
        letter = self._collector.document(deadline.row["document_id"])
        for code in self._collector.codes(vintage_at(deadline.set_on).key):
            self._collector.add(
                letter,
                indicator=RESULT_REPORT,
                scope=str(deadline.report_year),
                status_class="not_due",
                nature=Nature.REPORT,
                date=deadline.set_on,
                basis=DateBasis(letter["date_basis"]),
                strength=Strength.OWN_DOCUMENT,  # a deadline is only ever read in its own letter
                code=code,
                document_id=letter["document_id"],
                section=deadline.row.get("section"),
                passage_id=deadline.row.get("passage_id"),
                until=deadline.due,
            )

    def _add_report(self, row: Row) -> None:
        document = self._collector.document(row["document_id"])
        known = self._deadlines.get(row["report_year"], [])
        due = max(known, key=lambda d: (d.set_on, d.due)).due if known else None
        self._collector.add(
            document,
            indicator=RESULT_REPORT,
            scope=str(row["report_year"]),
            status_class=result_report_class(due, row["received_date"], row["received_date"]),
            nature=Nature.ACT,
            date=row["received_date"],
            basis=DateBasis.RECEIVED,
            strength=STRENGTH_OF_CONFIDENCE.get(document["confidence"], Strength.NEWS),
            code=row["province_code_gso"],
            # The report of an old province can come in when the province is no more.
            vintage=row["vintage"],
            document_id=row["document_id"],
        )


def year_deadlines(core: CoreRows) -> list[YearDeadline]:
    """The deadlines by which all provinces owe their report, by year; the last set one decides.

    Only those of a dated document above the provinces count. One for a year alone goes before a
    standing yearly one, so a yearly one that is set after it for the same year is left out.
    """
    documents = {d["document_id"]: d for d in core["document"]}
    guided = {g["document_id"]: g["guides_year"] for g in core["guidance_letter"]}
    best: dict[tuple[int, str], YearDeadline] = {}
    for row in core["report_deadline"]:
        document = documents[row["document_id"]]
        set_on = document["counts_from_date"]
        if document["province_code_gso"] is not None or set_on is None:
            continue
        if row["period"] not in REPORT_PERIODS:
            continue
        for found in _of_row(row, set_on, guided.get(row["document_id"]), _last_year(core, set_on)):
            key = (found.report_year, row["document_id"])
            best[key] = max(best.get(key, found), found, key=lambda d: (d.is_once, d.due))
    first_once: dict[int, dt.date] = {}
    for found in best.values():
        if found.is_once:
            known = first_once.get(found.report_year, found.set_on)
            first_once[found.report_year] = min(known, found.set_on)
    return sorted(
        (
            d
            for d in best.values()
            if d.is_once or d.set_on < first_once.get(d.report_year, dt.date.max)
        ),
        key=lambda d: (d.report_year, d.set_on, d.due, d.row["report_deadline_id"]),
    )


def _of_row(
    row: Row, set_on: dt.date, guides_year: int | None, last_year: int
) -> list[YearDeadline]:
    deadline = Deadline(
        row["period"], row["due_date"], row["month_day"], row["is_every_year"], set_on
    )
    years = range(set_on.year, max(last_year, set_on.year + 1) + 1)
    if row["due_date"] is not None and not row["is_every_year"]:
        years = range(row["due_date"].year, row["due_date"].year + 1)
    is_once = not row["is_every_year"]
    return [
        YearDeadline(_report_year(days[-1], guides_year, is_once), set_on, days[-1], is_once, row)
        for days in (due_dates(deadline, year) for year in years)
        if days
    ]


def _report_year(due: dt.date, guides_year: int | None, is_once: bool) -> int:
    """The year reported on: that of the due day, unless the letter guides the year before it."""
    return guides_year if is_once and guides_year == due.year - 1 and guides_year else due.year


def _last_year(core: CoreRows, set_on: dt.date) -> int:
    """A standing deadline is shown for the years of which plans, letters or reports are known."""
    years = {set_on.year}
    years |= {p["plan_year"] for p in core["annual_plan"]}
    years |= {g["guides_year"] for g in core["guidance_letter"] if g["guides_year"]}
    years |= {r["report_year"] for r in core["result_report"]}
    return max(years)


def report_years(core: CoreRows) -> list[int]:
    """Years of which a report or a deadline is known, sorted."""
    years = {d.report_year for d in year_deadlines(core)}
    return sorted(years | {r["report_year"] for r in core["result_report"]})

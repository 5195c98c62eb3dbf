"""The result report of one unit and year, as the page on plans shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.deadline_rows import report_due, report_rows
from domain.indicators import RESULT_REPORT


def report_status(run: Run, code: str, year: int) -> dict[str, Any]:
    """class (of the indicator, or "received" where no deadline is known), parts, received, number.

    Also `due`: the day on which all provinces owe the report, None where none is known; and the
    columns of a row of statuses, empty.
    """
    # One result for all provinces and routes of a day.
    everywhere = replace(run, view=replace(run.view, province=None, route=None))
    found, due = kept_for(
        everywhere, f"province reports {year}", lambda: _by_code(everywhere, year)
    )
    row = found[code]
    return {
        "province_code_gso": code,
        "indicator": RESULT_REPORT,
        "scope": str(year),
        "class": row["class"],
        "class_since": None,
        "strength": None,
        "evidence_date": None,
        "date_basis": None,
        "nature": None,
        "document_number": row["number"] or None,
        "issuing_body": None,
        "section": None,
        "source_url": row["source_url"],
        "part_classes": None,
        "has_contradiction": False,
        "parts": row["parts"],
        "received": row["received"],
        "due": due,
    }


def _by_code(run: Run, year: int) -> tuple[dict[str, dict[Any, Any]], date | None]:
    rows = report_rows(run, year).to_dict("records")
    return {r["province_code_gso"]: r for r in rows}, report_due(run, year)

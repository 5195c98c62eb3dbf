"""What the page on border routes shows on a day, as rows; `python -m tests.golden.border_routes`.

One row per (route, unit): class, state of each test, evidence as document and date, facts known
without counting.
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from dashboard import warehouse
from dashboard.border_routes.coverage import load_coverage
from dashboard.border_routes.coverage_tables import fact_name
from dashboard.facts import load_view_facts
from dashboard.filters import Run
from dashboard.queries.border_routes import query_route_uncounted
from dashboard.tables import text_or_blank
from dashboard.view import ROUTES, read_view
from domain.indicators import ROUTE_TESTS
from etl.build import build

PROJECT = Path(__file__).resolve().parent.parent.parent
DAYS = (date(2023, 7, 31), date(2024, 12, 31))
COLUMNS = (
    "route", "code", "province", "class", *ROUTE_TESTS, "evidence", "known_not_counted",
)  # fmt: skip


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"border_routes_{day.isoformat()}.csv")


def run_of(**params: str) -> Run:
    """A run of the current warehouse for an address."""
    snapshot = warehouse.current_snapshot()
    facts = load_view_facts(snapshot)
    return Run(read_view(params, facts), facts, snapshot)


def golden_rows(day: date) -> list[list[str]]:
    """The rows of a day from the current warehouse, by route and code."""
    rows = []
    for route in ROUTES:
        run = run_of(as_of=day.isoformat(), route=route)
        uncounted = query_route_uncounted(run.snapshot, run.view.vintage, route, day)
        for unit in sorted(load_coverage(run, route), key=lambda u: u.code):
            evidence = sorted(
                _evidence_text(cell.test, e) for cell in unit.cells for e in cell.evidence
            )
            facts = [
                f"{r.test} {fact_name(r, 'vi')} ({r.reason})"
                for r in uncounted[uncounted["province_code_gso"] == unit.code].itertuples()
            ]
            states = [unit.cell(test).state for test in ROUTE_TESTS]
            rows.append(
                [route, unit.code, unit.name, unit.class_name, *states,
                 "; ".join(evidence), "; ".join(facts)]
            )  # fmt: skip
    return rows


def _evidence_text(test: str, record: dict[Any, Any]) -> str:
    number = text_or_blank(record["document_number"]) or "–"
    return f"{test} {number} {record['evidence_date'].date()}"


def main() -> None:
    """Build, read, write."""
    with tempfile.TemporaryDirectory() as folder:
        build(PROJECT / "data", Path(folder))
        os.environ["TTDN_WAREHOUSE"] = folder
        for day in DAYS:
            with golden_path(day).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(COLUMNS)
                writer.writerows(golden_rows(day))
            print(f"{golden_path(day)}; look at `git diff` before you commit")


if __name__ == "__main__":
    main()

"""Who moved since another day, as the pages list it; `python -m tests.golden.comparison`.

One row per indicator, plan year or route and unit that moved.
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

from dashboard import warehouse
from dashboard.comparison.moves import load_moves, moves_table
from domain.indicators import ANNUAL_PLAN, BORDER_ROUTE, HUMAN_RIGHTS_PLAN, REGULATION
from etl.build import build
from tests.golden.border_routes import DAYS, run_of

PROJECT = Path(__file__).resolve().parent.parent.parent
COLUMNS = ("indicator", "scope", "province", "before", "after", "changed_on", "number", "strength")
SINCE = {date(2023, 7, 31): date(2022, 12, 31), date(2024, 12, 31): date(2023, 7, 31)}
SCOPES = (
    (REGULATION, ""),
    (HUMAN_RIGHTS_PLAN, ""),
    (ANNUAL_PLAN, "2023"),
    (ANNUAL_PLAN, "2024"),
    (BORDER_ROUTE, "china"),
    (BORDER_ROUTE, "laos"),
    (BORDER_ROUTE, "cambodia"),
    (BORDER_ROUTE, "sea"),
)


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"comparison_{day.isoformat()}.csv")


def golden_rows(day: date) -> list[list[str]]:
    """The moves up to a day from the current warehouse, in the order of the tables."""
    since = SINCE[day]
    run = run_of(as_of=day.isoformat(), since=since.isoformat())
    rows = []
    for indicator, scope in SCOPES:
        moved = load_moves(run, indicator, scope, since).moved
        for cells in moves_table(moved, indicator, "vi").itertuples(index=False):
            name, before, after, changed_on, number, _, _, _, strength, *_ = cells
            rows.append([indicator, scope, name, before, after, str(changed_on), number, strength])
    return rows


def main() -> None:
    """Build the project's own data in a folder of its own and write both files."""
    with tempfile.TemporaryDirectory() as folder:
        build(PROJECT / "data", Path(folder))
        os.environ["TTDN_WAREHOUSE"] = folder
        for day in DAYS:
            with golden_path(day).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(COLUMNS)
                writer.writerows(golden_rows(day))
        warehouse.close_all()


if __name__ == "__main__":
    main()

"""What the page of plans shows on a day, as rows; `python -m tests.golden.plans`.

One row per annual plan, other plan, plan year and deadline (column `part`).
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

from dashboard import warehouse
from dashboard.plans.deadline_rows import deadline_table, report_rows, year_deadlines
from dashboard.plans.rows import known_plans, plan_years, related_plans, undated_names, unit_states
from dashboard.plans.tables import plan_table, related_table
from etl.build import build
from tests.golden.border_routes import DAYS, run_of

PROJECT = Path(__file__).resolve().parent.parent.parent
COLUMNS = ("part", "year", "subject", "number", "date", "says", "more")


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"plans_{day.isoformat()}.csv")


def golden_rows(day: date) -> list[list[str]]:
    """The rows of a day from the current warehouse, in the order of the page."""
    run = run_of(as_of=day.isoformat())
    rows: list[list[str]] = []
    for year in plan_years(run):
        states = [unit.state for unit in unit_states(run, year.year)]
        counts = "; ".join(f"{name} {count}" for name, count in sorted(year.counts.items()))
        known = "; ".join(f"{name} {states.count(name)}" for name in sorted(set(states)))
        rows.append(["year", str(year.year), "; ".join(year.letters), "", "", counts, known])
    for cells in plan_table(known_plans(run), "vi").itertuples(index=False):
        plan_year, unit, number, issued, said, letter, state, *_ = cells
        rows.append(
            ["plan", plan_year, unit, number, str(issued or ""), said, f"{letter}; {state}"]
        )
    for year in plan_years(run):
        for name in undated_names(run, year.year):
            rows.append(["undated", str(year.year), name, "", "", "", ""])
    for cells in related_table(related_plans(run), "vi").itertuples(index=False):
        kind, unit, number, issued, years, *_ = cells
        rows.append(["related", years, unit, number, str(issued or ""), kind, ""])
    for year in plan_years(run):
        deadlines = [d for d in year_deadlines(run, year.year) if d.days]
        for cells in deadline_table(deadlines, year.year, "vi").itertuples(index=False):
            due, repeat, who, to, document, section, *_ = cells
            rows.append(
                ["deadline", str(year.year), document, "", due, repeat, f"{who}; {to}; {section}"]
            )
        classes = report_rows(run, year.year)["class"].value_counts()
        counts = "; ".join(f"{name} {count}" for name, count in sorted(classes.items()))
        rows.append(["reports", str(year.year), "", "", "", counts, ""])
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

"""What the budget page shows on a day, as rows; `python -m tests.golden.budget`.

One row per (view, programme, period, stage, unit) that has a figure: the amount that stands for
the unit, its line, the lines that contradict it, the lines also printed.
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

from dashboard import warehouse
from dashboard.budget.amounts import read_amounts
from dashboard.budget.choice import load_offers
from dashboard.facts import load_view_facts
from dashboard.filters import Run
from dashboard.view import read_view
from domain.budgets import ProvinceFigure
from etl.build import build

PROJECT = Path(__file__).resolve().parent.parent.parent
DAYS = (date(2023, 7, 31), date(2024, 12, 31))
COLUMNS = (
    "view", "programme", "period", "stage", "code", "amount_million_vnd", "is_rounded", "line",
    "contradicted_by", "also_printed",
)  # fmt: skip


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"budget_{day.isoformat()}.csv")


def run_of(**params: str) -> Run:
    """A run of the current warehouse for an address."""
    snapshot = warehouse.current_snapshot()
    facts = load_view_facts(snapshot)
    return Run(read_view(params, facts), facts, snapshot)


def golden_rows(day: date) -> list[list[str]]:
    """The rows of a day from the current warehouse, in the order of their first five columns."""
    run = run_of(as_of=day.isoformat())
    rows = []
    for offer in load_offers(run):
        amounts = read_amounts(
            run, offer.scope, programme=offer.programme, period=offer.period, stage=offer.stage,
            level="province",
        )  # fmt: skip
        assert {figure.unit_code for figure in amounts.figures} == offer.units
        for figure in amounts.figures:
            [part] = figure.parts  # no merged unit among the 63
            rows.append(
                [offer.scope, offer.programme, offer.period, offer.stage, figure.unit_code,
                 str(figure.amount_million_vnd), str(figure.is_rounded), *_lines(part)]
            )  # fmt: skip
    return sorted(rows)


def _lines(part: ProvinceFigure) -> list[str]:
    disputes = sorted(line.line_id for line in part.disputes)
    also = sorted(line.line_id for line in part.also)
    return [part.line.line_id, " ".join(disputes), " ".join(also)]


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

"""What the data-quality page shows on a day; `python -m tests.golden.quality`.

The matrix (one row per province, a word per column), the announced totals and the sources' ages.
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

from dashboard.quality.announced import announced_table
from dashboard.quality.matrix import column_name, knowledge_cells, ordered_cells
from dashboard.quality.sources import source_table
from etl.build import build
from tests.golden.documents import DAYS, PROJECT, run_of

COLUMNS = ("part", "name", "value")


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"quality_{day.isoformat()}.csv")


def golden_rows(day: date) -> list[list[str]]:
    """All rows of a day from the current warehouse."""
    run = run_of(as_of=day.isoformat())
    cells = knowledge_cells(run)
    names = [column_name(column, "vi") for column in cells.attrs["columns"]]
    rows = [["columns", "", " | ".join(names)]]
    for r in ordered_cells(cells, "unknown").itertuples():
        marks = [s + ("!" if c else "") for s, c in zip(r.states, r.contradicted, strict=True)]
        rows.append(["matrix", f"{r.province_name} {r.unknown_count}", " | ".join(marks)])
    for r in announced_table(run).itertuples(index=False):
        rows.append(["announced", str(r[0]), " | ".join(str(cell) for cell in r[1:])])
    for r in source_table(run).fillna("").itertuples(index=False):
        rows.append(["source", str(r[0]), " | ".join(str(cell) for cell in r[1:5])])
    return rows


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

"""python -m tests.golden.update: write row_counts.csv anew from the project's own data."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from etl.build import build

PROJECT = Path(__file__).resolve().parent.parent.parent
ROW_COUNTS = Path(__file__).with_name("row_counts.csv")


def main() -> None:
    """Build, count, write."""
    with tempfile.TemporaryDirectory() as folder:
        counts = build(PROJECT / "data", Path(folder)).row_counts
    with ROW_COUNTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", "count"))
        writer.writerows(sorted(counts.items()))
    print(f"{ROW_COUNTS}: {len(counts)} tables; look at `git diff` before you commit")


if __name__ == "__main__":
    main()

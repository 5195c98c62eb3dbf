"""A warehouse as a first script would build it: every CSV by pandas into one DuckDB file.

    python -m benchmarks.naive_build FOLDER

No types, keys, rules, checks or safe publication: the least that reading the same files costs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pandas as pd

DATA = Path(__file__).resolve().parent.parent / "data"


def build(folder: Path) -> int:
    """One table per file of data/facts and data/reference; returns the number of rows."""
    rows = 0
    with duckdb.connect(str(folder / "naive.duckdb")) as connection:
        for path in sorted([*DATA.glob("facts/*.csv"), *DATA.glob("reference/*.csv")]):
            frame = pd.read_csv(path)
            connection.from_df(frame).create(path.stem)
            rows += len(frame)
    return rows


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))

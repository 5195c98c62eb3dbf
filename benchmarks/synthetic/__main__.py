"""python -m benchmarks.synthetic DIR: a complete, made-up data folder for python -m etl build."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.synthetic.folder import invent_tables, write_folder


def main(arguments: list[str] | None = None) -> int:
    """Write the folder and say how it is built; 2 when it cannot be."""
    options = _parser().parse_args(arguments)
    try:
        tables = invent_tables(options.seed, options.documents, options.budget_lines, options.years)
        write_folder(options.folder, tables, options.seed)
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(", ".join(f"{name} {len(rows)}" for name, rows in tables.items()))
    print(f"python -m etl build --data {options.folder} --warehouse FOLDER")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds give equal files")
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--budget-lines", type=int, default=60_000)
    parser.add_argument("--years", type=int, default=10, help="up to 2026")
    return parser


if __name__ == "__main__":
    sys.exit(main())

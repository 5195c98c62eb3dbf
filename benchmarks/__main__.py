"""python -m benchmarks: every budget of the design beside a baseline of the same minutes."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter
from typing import Final

from playwright import sync_api as playwright

from benchmarks.briefing import measure_briefing
from benchmarks.extraction import measure_extraction
from benchmarks.ingest import measure_ingest
from benchmarks.machine import describe_machine, load_average
from benchmarks.measures import MEASURES as MEASURES_IN_BROWSER
from benchmarks.pages import measure_pages
from benchmarks.results import Figure, format_table
from benchmarks.setting import open_setting

MEASURES: Final = MEASURES_IN_BROWSER | {
    "pages": measure_pages,
    "extraction": measure_extraction,
    "briefing": measure_briefing,
    "ingest": measure_ingest,
}


def main(arguments: list[str] | None = None) -> int:
    """Print one table of all measures; 2 when one failed, 1 when a budget is missed, else 0."""
    options = _parser().parse_args(arguments)
    print("\n".join(describe_machine()), flush=True)
    figures: list[Figure] = []
    failed: list[str] = []
    began = perf_counter()
    with open_setting(options.quick, options.explain) as setting:
        for name in options.only or MEASURES:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            try:
                figures += MEASURES[name](setting)
            except (RuntimeError, TimeoutError, playwright.Error) as error:
                failed.append(name)
                print(f"{name} failed: {error}", file=sys.stderr, flush=True)
    failed += [figure.name for figure in figures if not figure.values]
    print(f"\n{format_table(figures)}\n")
    missed = [figure.name for figure in figures if figure.verdict == "MISSED"]
    print(f"{perf_counter() - began:.0f} s; load at the end {load_average():.2f}")
    print(f"budgets missed: {len(missed)}" if missed else "all budgets kept")
    if failed:
        print(f"not measured: {', '.join(failed)}")
    return 2 if failed else 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats")
    parser.add_argument(
        "--only", action="append", choices=list(MEASURES), metavar="NAME",
        help=f"one of {', '.join(MEASURES)}; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--explain", action="store_true", help="also what the bytes of a change consist of"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

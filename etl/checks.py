"""Checks of a warehouse: each file of sql/checks returns offending rows; any row fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from domain.errors import CheckFailed

CHECKS = Path(__file__).parent / "sql" / "checks"
SHOWN_ROWS = 5


def run_checks(
    con: duckdb.DuckDBPyConnection, each: Callable[[str], None] | None = None
) -> list[CheckFailed]:
    """Run all checks; returns one error per failing check, with its first offending rows."""
    failures = []
    for path in sorted(CHECKS.glob("*.sql")):
        if each:
            each(path.stem)
        text = path.read_text(encoding="utf-8")
        rows = con.execute(text).fetchall()
        if rows:
            rule = text.split("\n", 1)[0].lstrip("- ")
            shown = "; ".join(str(row) for row in rows[:SHOWN_ROWS])
            failures.append(
                CheckFailed(
                    f"check {path.stem}: {rule}",
                    where=str(path),
                    expected="no offending row",
                    got=f"{len(rows)} rows, first: {shown}",
                )
            )
    return failures

"""Which rows of a declared file have changed since it was last published or committed."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from pathlib import Path

import duckdb

from domain.errors import BrokenInput
from etl.publish import open_read_only, read_pointer, snapshot_path
from etl.readers.csv_table import read_csv
from etl.tables import INPUT_TABLES, InputTable

SHOWN_LINES = 200
UNKNOWN = "! the former rows are neither in the published snapshot nor under version control"


def row_changes(path: Path, warehouse: Path) -> str:
    """The rows that a file has lost (-) and gained (+), as text for a person to look at.

    The former rows come from the published snapshot, else from git; where neither has them, the
    text says so.
    """
    table = INPUT_TABLES.get(path.stem)
    former = _published_rows(table, path.name, warehouse) if table else None
    if table is None or former is None:
        return _git_changes(path) or UNKNOWN
    try:
        present = _present_rows(table, path)
    except BrokenInput as error:
        return f"! {error}"
    lines = [
        line.rstrip()
        for line in difflib.unified_diff(former, present, n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    return _shortened(lines) or "the rows are the same in every known column"


def _published_rows(table: InputTable, file: str, warehouse: Path) -> list[str] | None:
    pointer = read_pointer(warehouse)
    if pointer is None:
        return None
    try:
        with open_read_only(snapshot_path(warehouse, pointer.snapshot)) as con:
            relation = con.table(f"raw.{table.name}")
            is_of_file = duckdb.ColumnExpression("_file") == duckdb.ConstantExpression(file)
            found = relation.filter(is_of_file)
            rows = found.order("_row").project(*(c.name for c in table.columns)).fetchall()
    except duckdb.Error:
        return None
    return [_line(row) for row in rows] if rows else None


def _present_rows(table: InputTable, path: Path) -> list[str]:
    content = read_csv(path)
    named = (dict(zip(content.header, cells)) for _, cells in content.rows)
    return [_line(tuple(row.get(c.name) for c in table.columns)) for row in named]


def _line(cells: tuple[str | None, ...]) -> str:
    return " | ".join(cell or "" for cell in cells)


def _git_changes(path: Path) -> str:
    if not shutil.which("git"):
        return ""
    command = ["git", "--no-pager", "diff", "--no-color", "--unified=0", "HEAD", "--", path.name]
    done = subprocess.run(
        command, cwd=path.resolve().parent, capture_output=True, text=True, check=False
    )
    return _shortened(done.stdout.splitlines()) if done.returncode == 0 else ""


def _shortened(lines: list[str]) -> str:
    more = len(lines) - SHOWN_LINES
    shown = lines[:SHOWN_LINES] + ([f"… and {more} lines more"] if more > 0 else [])
    return "\n".join(shown)

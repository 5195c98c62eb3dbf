"""Rows → the schemas raw, core and mart of one DuckDB file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from domain.searching import SEARCHED_AS, SEARCHED_LETTERS
from etl.core_rows import Row
from etl.readers.csv_table import CsvTable
from etl.tables import INPUT_TABLES

SQL = Path(__file__).parent / "sql"
SCHEMA_VERSION = 2


def create_schemas(con: duckdb.DuckDBPyConnection) -> None:
    """The three schemas and every core table with its comment, keys and checks."""
    con.execute("CREATE SCHEMA raw; CREATE SCHEMA core; CREATE SCHEMA mart;")
    for path in sorted((SQL / "core").glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))


def load_raw(
    con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[tuple[str, CsvTable]]]
) -> None:
    """raw.<table>: every readable row as text, with its file and line.

    `files`: table name → (file name, content). The columns are those of the table; what stands in
    unknown or surplus columns is kept in `_other` as JSON, so that no header can harm.
    """
    for name, contents in files.items():
        known = [c.name for c in INPUT_TABLES[name].columns]
        rows = [
            {"_file": file, "_row": line, **_raw_cells(content.header, cells, known)}
            for file, content in contents
            for line, cells in content.rows
        ]
        schema = pa.schema(
            [("_file", pa.string()), ("_row", pa.int64())]
            + [(column, pa.string()) for column in (*known, "_other")]
        )
        con.from_arrow(pa.Table.from_pylist(rows, schema)).create(f"raw.{name}")


def _raw_cells(header: Sequence[str], cells: Sequence[str], known: Sequence[str]) -> Row:
    row: Row = dict.fromkeys(known)
    other = []
    for column, cell in zip_longest(header, cells[: len(header)], fillvalue=""):
        if row.get(column, "") is None:
            row[column] = cell
        else:
            other.append([column, cell])
    other += [["", cell] for cell in cells[len(header) :]]
    return {**row, "_other": json.dumps(other, ensure_ascii=False) if other else None}


def insert_rows(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows into a core table by column name; columns that a row lacks stay null.

    Raises ValueError for a column that the table does not have.
    """
    if not rows:
        return
    columns = con.table(f"core.{table}").columns
    unknown = {column for row in rows for column in row} - set(columns)
    if unknown:
        raise ValueError(f"core.{table} has no column {', '.join(sorted(unknown))}")
    arrays = [pa.array([row.get(column) for row in rows]) for column in columns]
    con.from_arrow(pa.table(arrays, names=columns)).insert_into(f"core.{table}")


def table_order() -> list[str]:
    """Core tables in the order in which references allow them to be filled."""
    return [path.stem.split("_", 1)[1] for path in sorted((SQL / "core").glob("*.sql"))]


def load_core(con: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[Row]]) -> None:
    """All core rows, referenced tables first."""
    for table in table_order():
        insert_rows(con, table, tables.get(table, ()))


def build_marts(con: duckdb.DuckDBPyConnection, each: Callable[[str], None] | None = None) -> None:
    """mart.*: one file of SQL per table, in the order of the file names."""
    con.execute("SET VARIABLE searched_letters = ?", [SEARCHED_LETTERS])
    con.execute("SET VARIABLE searched_as = ?", [SEARCHED_AS])
    for path in sorted((SQL / "mart").glob("*.sql")):
        if each:
            each(path.stem)
        con.execute(path.read_text(encoding="utf-8"))


def count_rows(con: duckdb.DuckDBPyConnection, schemas: Iterable[str]) -> dict[str, int]:
    """Rows per table, `schema.table` → count, sorted."""
    names = con.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() "
        "WHERE schema_name IN (SELECT unnest(?)) ORDER BY ALL",
        [list(schemas)],
    ).fetchall()
    return {
        f"{schema}.{table}": con.table(f'{schema}."{table}"').count("*").fetchall()[0][0]
        for schema, table in names
    }

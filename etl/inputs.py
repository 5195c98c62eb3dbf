"""A data folder → typed rows, raw tables and rejections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import BrokenInput
from domain.provinces import ProvinceRegister
from etl.harmonize import TypedRow, harmonize_file
from etl.readers.csv_table import CsvTable, parse_csv
from etl.reference import load_register
from etl.rejections import Rejection
from etl.sources import WORKBOOK_ENDING, Source, find_sources
from etl.tables import INPUT_TABLES, InputTable, Reference, table_of_file
from etl.templates import SheetContent, read_sheets


@dataclass
class Inputs:
    """Everything read from a data folder: typed rows, raw tables, rejections."""

    sources: list[Source]
    rejections: list[Rejection]
    rows: defaultdict[str, list[TypedRow]] = field(default_factory=lambda: defaultdict(list))
    raw: defaultdict[str, list[tuple[str, CsvTable]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    # Keys of the rows loaded, by table → the place of each.
    seen: defaultdict[str, dict[tuple[object, ...], str]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def row_counts(self) -> dict[str, int]:
        """Loaded rows by source id."""
        counts = {source.source_id: 0 for source in self.sources}
        for rows in self.rows.values():
            for row in rows:
                counts[row.source_id] += 1
        return counts

    def add_sheets(
        self, source: Source, sheets: Iterable[SheetContent], register: ProvinceRegister
    ) -> None:
        """Add a filled-in template: each of its sheets is one more file of its table."""
        for sheet in sheets:
            seen = self.seen[sheet.table_name]
            rows, rejections = sheet.harmonized(register, source.source_id, seen)
            self.raw[sheet.table_name].append((sheet.file, sheet.given))
            self.rows[sheet.table_name].extend(rows)
            self.rejections.extend(rejections)

    def reject(self, refused: list[tuple[TypedRow, Rejection]]) -> None:
        """Take rows out again for the reasons given; a row may have several."""
        gone = {id(row) for row, _ in refused}
        for name in {row.table for row, _ in refused}:
            self.rows[name] = [row for row in self.rows[name] if id(row) not in gone]
        self.rejections.extend(rejection for _, rejection in refused)


def read_inputs(data: Path) -> Inputs:
    """Read and harmonize every input file.

    Raises SourceChanged for a changed declared source, BrokenInput where the reference (provinces,
    units, spellings) cannot be read.
    """
    inputs = Inputs(*find_sources(data))
    register = load_register(data)
    for source in inputs.sources:
        try:
            if source.is_workbook:
                _read_workbook(inputs, source, register)
                continue
            table = _table_of(source)
            _read_source(inputs, source, table, register, inputs.seen[table.name])
        except BrokenInput as error:
            inputs.rejections.append(
                Rejection(source.file, _line(error), "", error.got, error.expected, error.what)
            )
    reject_dangling(inputs)
    return inputs


def _table_of(source: Source) -> InputTable:
    table = table_of_file(source.stem.lower())
    if table is None:
        expected = "a name such as " + ", ".join(sorted(INPUT_TABLES))
        raise BrokenInput("unknown_kind_of_table", expected=expected, got=source.file)
    if table.is_reference and source.file != f"{table.name}.csv":
        expected = f"only facts/{table.name}.csv itself"
        raise BrokenInput("reference_table", expected=expected, got=source.file)
    return table


def _line(error: BrokenInput) -> int | None:
    line = error.where.rpartition(":")[2]
    return int(line) if error.what == "broken_csv" and line.isdecimal() else None


def _read_source(
    inputs: Inputs,
    source: Source,
    table: InputTable,
    register: ProvinceRegister,
    seen: dict[tuple[object, ...], str],
) -> None:
    content = parse_csv(source.content, source.file)
    found = harmonize_file(content, table, register, source.source_id, source.file, seen)
    inputs.raw[table.name].append((source.file, content))
    inputs.rows[table.name].extend(found.rows)
    inputs.rejections.extend(found.rejections)


def _read_workbook(inputs: Inputs, source: Source, register: ProvinceRegister) -> None:
    try:
        sheets = read_sheets(source.content, register, file=source.file)
    except BrokenInput as error:
        if error.what not in ("unreadable_file", "other_kind"):
            raise
        expected = f"a CSV text file or a filled-in template ({error.got})"
        raise BrokenInput("other_kind", expected=expected, got=WORKBOOK_ENDING) from None
    inputs.add_sheets(source, sheets, register)


def reject_dangling(inputs: Inputs) -> None:
    """Reject rows that name a row of another table which is not there, until none is left."""
    while refused := [
        (row, row.reject(reference.column, row[reference.column], expected, "unknown_reference"))
        for name in INPUT_TABLES
        for reference in INPUT_TABLES[name].references
        for row, expected in _dangling(inputs, name, reference)
    ]:
        inputs.reject(refused)


def _dangling(inputs: Inputs, name: str, reference: Reference) -> list[tuple[TypedRow, str]]:
    """(row, what was expected) of the rows of a table whose reference leads nowhere."""

    def province(row: TypedRow) -> tuple[int, str] | None:
        return (row.vintage, row["gso_code"]) if reference.is_same_province else None

    others = inputs.rows.get(reference.table, ())
    known = {(other[reference.other_column], province(other)) for other in others}
    expected = f"a {reference.other_column} of {reference.table}"
    if reference.is_same_province:
        expected += " of the same province"
    return [
        (row, expected)
        for row in inputs.rows.get(name, ())
        if row[reference.column] is not None and (row[reference.column], province(row)) not in known
    ]

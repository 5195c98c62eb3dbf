"""Text rows → typed rows with province codes; what cannot be is rejected with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from domain.errors import BadValue, UnknownProvince
from domain.provinces import ProvinceRegister
from domain.vintages import VINTAGES, vintage_at
from etl.cells import parse_cell
from etl.readers.csv_table import CsvTable
from etl.rejections import Rejection
from etl.row_rules import check_row
from etl.tables import InputTable

SHOWN_CHARACTERS = 200


@dataclass(frozen=True)
class TypedRow:
    """One loaded row: typed values by column, where it came from, and its vintage."""

    table: str
    source_id: str
    file: str
    row: int
    values: dict[str, Any]
    vintage: int

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def key(self, table: InputTable) -> tuple[Any, ...]:
        """The values that no other row of the table may share."""
        return tuple(self.values.get(c) for c in table.key)

    def reject(self, column: str, value: Any, expected: str, reason: str) -> Rejection:
        """A rejection of this row because of one of its columns."""
        text = "" if value is None else str(value)
        return Rejection(self.file, self.row, column, text[:SHOWN_CHARACTERS], expected, reason)


@dataclass
class Harmonized:
    """Result for one file: the rows that load and the rejections."""

    rows: list[TypedRow] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def harmonize_file(
    csv_table: CsvTable,
    table: InputTable,
    register: ProvinceRegister,
    source_id: str,
    file: str,
    seen: dict[tuple[Any, ...], str],
) -> Harmonized:
    """All rows of one file, typed, with provinces checked; each bad row is rejected once per fault.

    An unknown column is listed and left out; a missing required column rejects the whole file, a
    missing other one is listed and read as blank. A second row with the key of an earlier one is
    rejected; `seen` holds the keys of all files of this table and is added to.
    """
    result = Harmonized()
    for line, reason in csv_table.broken:
        result.rejections.append(Rejection(file, line, "", reason, "well-formed CSV", "broken_csv"))
    positions = _positions(csv_table, table, file, result.rejections)
    if positions is None:
        return result
    for line, cells in csv_table.rows:
        if len(cells) != len(csv_table.header):
            expected = f"{len(csv_table.header)} cells"
            result.rejections.append(
                Rejection(file, line, "", f"{len(cells)} cells", expected, "wrong_cell_count")
            )
            continue
        values, faults = _typed(cells, positions, table, file, line)
        row = TypedRow(table.name, source_id, file, line, values, row_vintage(values, table))
        if faults:
            faults += _unknown_names(row, table, register)
        else:
            faults = _row_faults(row, table, register, seen)
        if faults:
            result.rejections.extend(faults)
            continue
        seen[row.key(table)] = f"{file}:{line}"
        result.rows.append(row)
    return result


def _positions(
    csv_table: CsvTable, table: InputTable, file: str, rejections: list[Rejection]
) -> dict[str, int] | None:
    """Where each known column is; None where the file cannot be loaded with this header."""
    header = csv_table.header
    known = {c.name for c in table.columns}
    expected = ", ".join(c.name for c in table.columns)

    def reject(column: str, value: str, expected: str, reason: str) -> None:
        shown = column[:SHOWN_CHARACTERS], value[:SHOWN_CHARACTERS]
        rejections.append(Rejection(file, 1, *shown, expected, reason))

    if not known & set(header):
        reject("", ", ".join(header), expected, "other_table")
        return None
    twice = sorted({n for n in header if header.count(n) > 1})
    for name in twice:
        reject(name, name, "each column once", "duplicate_column")
    for name in dict.fromkeys(header):
        if name not in known:
            reject(name, name, expected, "unknown_column")
    missing = [c for c in table.columns if c.name not in header and not c.is_later]
    for column in missing:
        reject(column.name, "", column.name, "missing_column")
    if known & set(twice) or any(c.required for c in missing):
        return None
    return {name: at for at, name in enumerate(header) if name in known}


def _typed(
    cells: tuple[str, ...], positions: dict[str, int], table: InputTable, file: str, line: int
) -> tuple[dict[str, Any], list[Rejection]]:
    values: dict[str, Any] = {}
    faults = []
    for column in table.columns:
        text = cells[positions[column.name]] if column.name in positions else ""
        try:
            values[column.name] = parse_cell(text, column)
        except BadValue as error:
            faults.append(
                Rejection(
                    file, line, column.name, text[:SHOWN_CHARACTERS], error.expected, error.what
                )
            )
    return values, faults


def row_vintage(values: dict[str, Any], table: InputTable) -> int:
    """The vintage in force on the day from which the row counts.

    Without a date the year tells: an observation counts from its last day, money of a period from
    its first.
    """
    for column in table.date_columns:
        if isinstance(values.get(column), dt.date):
            return vintage_at(values[column]).key
    year = values.get(table.year_column)
    if isinstance(year, tuple):
        return vintage_at(dt.date(year[0], 1, 1)).key
    return vintage_at(dt.date(year, 12, 31)).key if year else 2008


def _row_faults(
    row: TypedRow, table: InputTable, register: ProvinceRegister, seen: dict[tuple[Any, ...], str]
) -> list[Rejection]:
    """What is wrong with a row whose cells are all well-formed: provinces, rules, then its key."""
    faults = _province_faults(row, table, register)
    try:
        check_row(table.name, row.values)
    except BadValue as error:
        faults.append(row.reject(error.where, row[error.where], error.expected, error.what))
    key = row.key(table)
    if not faults and key in seen:
        text = ", ".join("" if v is None else str(v) for v in key)
        expected = f"a key not used before ({seen[key]} has it): {', '.join(table.key)}"
        faults.append(row.reject(table.key[0], text, expected, "duplicate_key"))
    return faults


def _unknown_names(row: TypedRow, table: InputTable, register: ProvinceRegister) -> list[Rejection]:
    """Names that no vintage has, of a row that has other faults: all spellings are listed at once.

    Its date may be among the faults, so the vintage of the row cannot be relied on here.
    """
    faults = []
    for _, name_column, _ in table.provinces:
        name = row[name_column]
        if name and not any(_has_spelling(register, name, vintage) for vintage in VINTAGES):
            expected = "an accepted spelling of a province"
            faults.append(row.reject(name_column, name, expected, "unknown_province"))
    return faults


def _has_spelling(register: ProvinceRegister, name: str, vintage: int) -> bool:
    try:
        register.by_spelling(name, vintage)
    except UnknownProvince:
        return False
    return True


def _province_faults(
    row: TypedRow, table: InputTable, register: ProvinceRegister
) -> list[Rejection]:
    faults = []
    for code_column, name_column, fixed_vintage in table.provinces:
        vintage = fixed_vintage or row.vintage
        code, name = row[code_column], row[name_column]
        try:
            by_name = register.by_spelling(name, vintage)
        except UnknownProvince as error:
            faults.append(row.reject(name_column, name, error.expected, "unknown_province"))
            continue
        if by_name.code_gso != code:
            expected = f"{by_name.code_gso} for {by_name.name} ({vintage})"
            faults.append(row.reject(code_column, code, expected, "code_of_other_name"))
    return faults

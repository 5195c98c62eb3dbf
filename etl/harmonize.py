"""Text rows → typed rows with province codes; what cannot be is rejected with its reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.documents import (
    FIRST_YEAR,
    LAST_YEAR,
    normalize_number,
    parse_date,
    split_citation,
)
from domain.errors import BadValue, UnknownProvince
from domain.provinces import ProvinceRegister
from domain.vintages import vintage_at
from etl.readers.csv_table import CsvTable
from etl.rejections import Rejection
from etl.row_rules import check_row
from etl.tables import Column, InputTable

MAX_CELL_CHARACTERS = 10_000
SHOWN_CHARACTERS = 200
# Control characters, the mark of a character that could not be decoded, direction overrides.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u202a-\u202e\u2066-\u2069]")


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


def _whole_number(digits: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]+", text) or len(text) > digits:
            expected = f"a whole number, 0 or more, of at most {digits} digits"
            raise BadValue("not_a_number", expected=expected)
        return int(text)

    return parse


def _decimal_between(low: float, high: float, expected: str) -> Callable[[str], float]:
    def parse(text: str) -> float:
        number = float(text) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else -1.0
        if not low <= number <= high:
            raise BadValue("not_a_number", expected=expected)
        return number

    return parse


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise BadValue("impossible_year", expected=f"a year {FIRST_YEAR}-{LAST_YEAR}")
    return int(text)


def _period(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    period = (_year(first), _year(last or first))
    if period[0] > period[1]:
        raise BadValue("impossible_year", expected="first year before last year")
    return period


def _boolean(text: str) -> bool:
    # Spreadsheets write TRUE and FALSE.
    if text.lower() not in ("true", "false"):
        raise BadValue("not_a_boolean", expected="true or false")
    return text.lower() == "true"


def _citations(text: str) -> str:
    for cited in text.split(";"):
        try:
            split_citation(cited)
        except BadValue as error:
            raise BadValue("impossible_date", expected=error.expected) from None
    return " ".join(text.split())


def _code(text: str) -> str:
    if not re.fullmatch(r"[0-9]{2}", text):
        raise BadValue("not_a_code", expected="a two-digit GSO code such as 01")
    return text


def _date(text: str) -> dt.date:
    try:
        return parse_date(text)
    except BadValue as error:
        raise BadValue("impossible_date", expected=error.expected) from None


_PARSERS: dict[str, Callable[[str], Any]] = {
    "text": lambda text: " ".join(text.split()),
    "number": normalize_number,
    "date": _date,
    "year": _year,
    "period": _period,
    "citations": _citations,
    "count": _whole_number(9),
    "amount": _whole_number(15),
    "length": _decimal_between(0.000_000_001, 99_999, "a length in km such as 12.5, more than 0"),
    "latitude": _decimal_between(5, 25, "decimal degrees north such as 21.5, 5-25"),
    "longitude": _decimal_between(101, 118, "decimal degrees east such as 105.8, 101-118"),
    "boolean": _boolean,
    "code": _code,
}


def parse_cell(text: str, column: Column) -> Any:
    """Typed value of a cell, None where it is blank; raises BadValue (what = reason code)."""
    if not text:
        if column.required:
            raise BadValue("missing_value", expected="a value")
        return None
    if len(text) > MAX_CELL_CHARACTERS:
        raise BadValue("cell_too_long", expected=f"at most {MAX_CELL_CHARACTERS} characters")
    if _UNREADABLE.search(text):
        raise BadValue("bad_value", expected="readable text without control characters")
    if column.type == "choice":
        if text not in column.choices:
            raise BadValue("unknown_choice", expected=" | ".join(column.choices))
        return text
    return _PARSERS[column.type](text)


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
        row = TypedRow(table.name, source_id, file, line, values, _row_vintage(values, table))
        if not faults:
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
    missing = [c for c in table.columns if c.name not in header]
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


def _row_vintage(values: dict[str, Any], table: InputTable) -> int:
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

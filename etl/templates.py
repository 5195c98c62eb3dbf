"""XLSX templates: written for people, read back as typed rows, errors marked in the file itself.

`python -m etl template` writes them; a filled-in one in data/submitted/ is loaded by every build
like a submitted CSV, and the page for uploads reads it with `read_template`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from domain.documents import normalize_number
from domain.errors import BadValue, BrokenInput, UnknownProvince
from domain.evidence import stable_id
from domain.provinces import ProvinceRegister, fold, spelling_key
from etl.cells import parse_cell
from etl.harmonize import TypedRow, harmonize_file, row_vintage
from etl.readers.csv_table import CsvTable
from etl.rejections import Rejection
from etl.template_marks import mark_errors
from etl.template_sheets import TEMPLATES, Field, Template
from etl.template_workbook import (
    MAX_ROWS,
    FilledSheet,
    cell_text,
    find_sheets,
    open_workbook,
)
from etl.template_writer import EXAMPLE, write_template

__all__ = [
    "TEMPLATES",
    "SheetContent",
    "mark_errors",
    "read_sheets",
    "read_template",
    "write_template",
]

# Well-formed, but the code of no province: the name, which is checked too, tells what is wrong.
UNKNOWN_CODE: Final = "00"
Cells = dict[str, str]
Seen = Mapping[str, dict[tuple[Any, ...], str]]


@dataclass(frozen=True)
class SheetContent:
    """A filled-in sheet: `given` is what stands in it, `coded` what etl.harmonize reads.

    `file` names workbook and sheet: "regulations.xlsx#Quy chế".
    """

    table_name: str
    template: Template
    file: str
    given: CsvTable
    coded: CsvTable
    rejections: tuple[Rejection, ...]

    def harmonized(
        self, register: ProvinceRegister, source_id: str, seen: dict[tuple[Any, ...], str]
    ) -> tuple[list[TypedRow], list[Rejection]]:
        """Typed rows and rejections; those name the columns and show the cells of the sheet."""
        sheet = self.template.sheet_of(self.table_name)
        assert sheet is not None
        found = harmonize_file(self.coded, sheet.table, register, source_id, self.file, seen)
        given = {line: dict(zip(self.given.header, cells)) for line, cells in self.given.rows}
        rejections = list(self.rejections)
        for fault in found.rejections:
            column = "province" if fault.column == "gso_code" else fault.column
            value = fault.value
            if fault.row in given and column in given[fault.row]:
                value = given[fault.row][column] if fault.reason != "duplicate_key" else value
            rejections.append(replace(fault, column=column, value=value))
        return found.rows, rejections


def read_template(
    content: bytes,
    name: str | None,
    register: ProvinceRegister,
    *,
    file: str = "template.xlsx",
    source_id: str = "template",
    seen: Seen | None = None,
) -> tuple[dict[str, list[TypedRow]], list[Rejection]]:
    """Rows by input table and all rejections of a filled-in template; None: whichever it is.

    `seen` are the keys of rows loaded before, by table, which are duplicates here; it is not added
    to. Raises BrokenInput: unreadable_file, file_too_large, other_kind (no template), other_table
    (another template).
    """
    known = {table: dict(keys) for table, keys in (seen or {}).items()}
    rows: dict[str, list[TypedRow]] = {}
    rejections: list[Rejection] = []
    for sheet in read_sheets(content, register, file=file, name=name):
        keys = known.setdefault(sheet.table_name, {})
        found, faults = sheet.harmonized(register, source_id, keys)
        rows.setdefault(sheet.table_name, []).extend(found)
        rejections += faults
    rejections += _without_parent(rows)
    return rows, rejections


def _without_parent(rows: dict[str, list[TypedRow]]) -> list[Rejection]:
    """Rejections of budget lines that are part of a line which is not there; their rows go."""
    faults: list[Rejection] = []
    while True:
        lines = {r["line_id"]: (r.vintage, r["gso_code"]) for r in rows.get("budgets", ())}
        lost = [
            r
            for r in rows.get("budgets", ())
            if r["parent_line_id"] and lines.get(r["parent_line_id"]) != (r.vintage, r["gso_code"])
        ]
        if not lost:
            return faults
        expected = "the number of a line of the same plan"
        faults += [r.reject("parent_line_id", "", expected, "unknown_reference") for r in lost]
        rows["budgets"] = [r for r in rows["budgets"] if r not in lost]


def read_sheets(
    content: bytes, register: ProvinceRegister, *, file: str, name: str | None = None
) -> list[SheetContent]:
    """The sheets of a filled-in template as tables; raises BrokenInput as `read_template`."""
    book = open_workbook(content, file)
    filled = find_sheets(book)
    if not filled:
        expected = "a filled-in template (python -m etl template --list)"
        raise BrokenInput("other_kind", where=file, expected=expected, got="another workbook")
    names = sorted({sheet.template.name for sheet in filled})
    if name is not None and names != [name]:
        raise BrokenInput("other_table", where=file, expected=name, got=", ".join(names))
    tables = [_Table(sheet, f"{file}#{sheet.page.title}") for sheet in filled]
    plans = _plans(tables)
    return [table.content(register, plans) for table in tables]


class _Table:
    """One filled-in sheet while it is read."""

    def __init__(self, filled: FilledSheet, file: str) -> None:
        self.filled, self.file = filled, file
        self.given: dict[int, Cells] = {}
        self.rejections: list[Rejection] = []
        page = filled.page
        last = min(int(page.max_row or 1), MAX_ROWS)
        if page.max_row and page.max_row > MAX_ROWS:
            self.rejections.append(
                Rejection(file, None, "", f"{page.max_row} rows", f"at most {MAX_ROWS} rows",
                          "file_too_large")
            )  # fmt: skip
        width = max([*filled.columns, filled.mark_column, 1])
        for row in page.iter_rows(min_row=filled.first_row, max_row=last, max_col=width):
            if not row or (filled.mark_column and self._is_example(row)):
                continue
            texts = [cell_text(row[at - 1].value) for at in filled.columns]
            if any(texts):
                self.given[row[0].row] = dict(zip(filled.columns.values(), texts))
        if len(set(filled.columns.values())) < len(filled.columns):
            self._reject_twice()

    def _is_example(self, row: Sequence[Any]) -> bool:
        mark = cell_text(row[self.filled.mark_column - 1].value)
        return fold(mark).startswith(fold(EXAMPLE))

    def _reject_twice(self) -> None:
        """Two columns of one name: which of them is meant cannot be told, so no row is read."""
        names = list(self.filled.columns.values())
        for name in sorted({n for n in names if names.count(n) > 1}):
            self.rejections.append(
                Rejection(self.file, 1, name, name, "each column once", "duplicate_column")
            )
        self.given = {}

    def content(
        self, register: ProvinceRegister, plans: dict[tuple[str, ...], Cells]
    ) -> SheetContent:
        """Both tables of the sheet."""
        sheet = self.filled.sheet
        header = tuple(dict.fromkeys(self.filled.columns.values()))
        added = [c.name for c in sheet.table.columns if c.name not in sheet.by_name]
        added += [f.name for f in sheet.fields if f.default and f.name not in header]
        added += ["as_printed"] if sheet.table_name == "budgets" else []
        coded_header = tuple(dict.fromkeys((*header, *added)))
        coded = []
        for line, cells in self.given.items():
            row = {**dict.fromkeys(coded_header, ""), **cells, **sheet.fixed}
            for f in sheet.fields:
                row[f.name] = _code_of_label(row.get(f.name, ""), f)
            _link(row, sheet.table_name, plans)
            row["gso_code"] = self._gso_code(row, register)
            coded.append((line, tuple(row[name] for name in coded_header)))
        given = CsvTable(
            header, tuple((n, tuple(cells[h] for h in header)) for n, cells in self.given.items())
        )
        return SheetContent(
            sheet.table_name, self.filled.template, self.file, given,
            CsvTable(coded_header, tuple(coded)), tuple(self.rejections),
        )  # fmt: skip

    def _gso_code(self, row: Cells, register: ProvinceRegister) -> str:
        """The code of the province named, in the vintage in force at the row's date."""
        table = self.filled.sheet.table
        dates: dict[str, Any] = {}
        for column in table.columns:
            if column.name in (*table.date_columns, table.year_column) and row.get(column.name):
                try:
                    dates[column.name] = parse_cell(row[column.name], column)
                except BadValue:
                    continue
        try:
            vintage = row_vintage(dates, table)
            return register.by_spelling(row["province"], vintage).code_gso
        except (UnknownProvince, KeyError):
            return UNKNOWN_CODE


def _code_of_label(text: str, f: Field) -> str:
    """The code behind the words of a drop-down list; what is none of them stays as it is."""
    if not text:
        return f.default
    return next((code for code, label in f.labels if fold(label) == fold(text)), text)


def _plans(tables: Sequence[_Table]) -> dict[tuple[str, ...], Cells]:
    """(province, year, number) → cells of the workbook's plan; a blank matches if only one does.

    A task or budget line names its plan by them; date and issuing body stand only with the plan.
    """
    plans: defaultdict[tuple[str, ...], list[Cells]] = defaultdict(list)
    for table in tables:
        if table.filled.sheet.table_name == "annual_plans":
            for cells in table.given.values():
                province, number = _place(cells), _number(cells)
                year = cells.get("plan_year", "")
                for key in {(province, year, number), (province, "", number), (province, year, "")}:
                    plans[key].append(cells)
    return {key: found[0] for key, found in plans.items() if len(found) == 1}


def _place(cells: Cells) -> str:
    return spelling_key(cells.get("province", ""))


def _number(cells: Cells) -> str:
    return normalize_number(cells.get("document_number", ""))


def _link(row: Cells, table: str, plans: dict[tuple[str, ...], Cells]) -> None:
    """Give a task or a budget line what stands with its plan, and the line its id."""
    if table == "plan_tasks":
        plan = plans.get((_place(row), row["plan_year"], _number(row)), {})
        for name in ("document_number", "issued_on", "reported_on", "issuer"):
            row[name] = row[name] or plan.get(name, "")
    if table == "budgets":
        year = "" if _number(row) else row["year"]
        plan = plans.get((_place(row), year, _number(row)), {})
        row["document_number"] = row["document_number"] or plan.get("document_number", "")
        row["document_date"] = plan.get("issued_on", "") or plan.get("reported_on", "")
        for name in ("line_id", "parent_line_id"):
            if row[name]:
                row[name] = stable_id("X", _place(row), _number(row) or row["year"], row[name])
        if row["amount_million_vnd"] and not row["as_printed"]:
            row["as_printed"] = f"{row['amount_million_vnd']} triệu đồng"

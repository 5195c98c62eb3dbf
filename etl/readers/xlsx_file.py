"""XLSX → stored text: each visible sheet its name and a table of values; formulas do not run."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from etl.extract.text import Table
from etl.readers.refusals import refusal
from etl.readers.stored_text import MAX_CELLS, TextBuilder

MAX_ROWS: Final = 200_000
MAX_SHEETS: Final = 200
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_WITH_VALUE = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?: [^<>]*)?/>)\s*<(?:\w+:)?v>[^<]")


def read_xlsx(content: bytes) -> tuple[str, tuple[Table, ...], tuple[str, ...]]:
    """(stored text, tables, notes) of a workbook that etl.readers.packages found harmless.

    Raises UnreadableDocument (too_many_cells, too_much_text, no_text).
    """
    import openpyxl  # type: ignore[import-untyped]

    builder = TextBuilder()
    notes: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of drop-down lists and styles that are not read
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        if len(book.sheetnames) > MAX_SHEETS:
            raise refusal("too_many_cells", got=f"{len(book.sheetnames)} sheets")
        counted = 0
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                notes.append(f"hidden_sheet:{sheet.title}")
                continue
            sheet.reset_dimensions()  # what the file says of its size may be anything
            rows = []
            for number, cells in enumerate(sheet.iter_rows()):
                counted += len(cells) + 1
                if number >= MAX_ROWS or counted > MAX_CELLS:
                    raise refusal("too_many_cells", got=f"sheet {sheet.title}")
                rows.append([_printed(cell) for cell in cells])
            if table := list(_without_blank_ends(rows)):
                builder.add_lines(sheet.title)
                builder.add_table(table)
        book.close()
    missing = _formulas_without_value(content)
    if missing:
        notes.append(f"formulas_without_value:{missing}")
    text, tables = builder.finish()
    if builder.legacy:
        notes.append(f"legacy_encoding:{builder.legacy}")
    return text, tables, tuple(notes)


def _printed(cell: Any) -> str:
    """A value as a Vietnamese office prints it: 05/8/2023 as 05/08/2023, 1.5 as 1,5."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime():
            is_day = value.time() == dt.time()
            return value.strftime("%d/%m/%Y" if is_day else "%d/%m/%Y %H:%M")
        case dt.date():
            return value.strftime("%d/%m/%Y")
        case int() | float():
            percent = "%" in str(cell.number_format or "")
            return _number(value * 100) + "%" if percent else _number(value)
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.12g}".replace(".", ",")


def _without_blank_ends(rows: list[list[str]]) -> Iterator[list[str]]:
    """Rows that say something, without the empty columns at the right."""
    width = max((i + 1 for row in rows for i, cell in enumerate(row) if cell), default=0)
    for row in rows:
        if any(row):
            yield (row + [""] * width)[:width]


def _formulas_without_value(content: bytes) -> int:
    """How many formula cells the program that wrote the file left without a value."""
    missing = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                data = archive.read(name)
                missing += len(_FORMULA.findall(data)) - len(_WITH_VALUE.findall(data))
    return max(0, missing)

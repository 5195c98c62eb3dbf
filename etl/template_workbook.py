"""A filled-in template opened safely: its sheets, where their columns are, and cells as text."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from typing import Any, Final

from domain.errors import BrokenInput, UnreadableDocument
from domain.provinces import fold
from etl.template_sheets import TEMPLATES, Sheet, Template
from etl.template_writer import MARK_HEAD

MAX_UNPACKED: Final = 16 * 2**20  # a sheet of 10,000 full rows unpacks to about 10 MB
MAX_ROWS: Final = 20_000
_MAX_COLUMNS: Final = 64
_HEAD_WITHIN: Final = 10
_MARK: Final = "ttdn:"


@dataclass(frozen=True)
class FilledSheet:
    """A sheet of a workbook that is one of a template.

    `columns`: column number from 1 → name in the input table, or the head of a column that the
    template does not have. `mark_column` is that of "VÍ DỤ", 0 where there is none.
    """

    page: Any
    template: Template
    sheet: Sheet
    columns: dict[int, str]
    first_row: int
    mark_column: int


def open_workbook(content: bytes, file: str) -> Any:
    """The workbook, formulas kept as their text; nothing in it is run or fetched.

    Raises BrokenInput (unreadable_file, file_too_large) for what is no sound workbook.
    """
    # Only where a workbook is read: a build without any starts without them.
    import openpyxl  # type: ignore[import-untyped]

    from etl.readers.packages import Package
    from etl.readers.safety import check_kind

    expected = "a workbook (.xlsx) without macros or a password"
    try:
        check_kind(content, "template.xlsx")
        Package(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(part.file_size for part in package.infolist())
    except UnreadableDocument as error:
        got = f"{error.reason}: {error.got}" if error.got else error.reason
        raise BrokenInput("unreadable_file", where=file, expected=expected, got=got) from None
    if size > MAX_UNPACKED:
        raise BrokenInput(
            "file_too_large", where=file, expected=f"at most {MAX_UNPACKED} bytes unpacked",
            got=str(size),
        )  # fmt: skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are left out
            return openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as error:  # a broken workbook makes openpyxl raise nearly anything
        got = f"{type(error).__name__}: {error}"[:200]
        raise BrokenInput("unreadable_file", where=file, expected=expected, got=got) from None


def find_sheets(book: Any) -> list[FilledSheet]:
    """The sheets of templates in a workbook, told by their hidden row, else by title and heads."""
    found = []
    for page in book.worksheets:
        filled = _by_marker(page) or _by_heads(page)
        if filled is not None:
            found.append(filled)
    return found


def _by_marker(page: Any) -> FilledSheet | None:
    for row in page.iter_rows(max_row=_HEAD_WITHIN, max_col=_width(page)):
        for cell in row:
            text = cell_text(cell.value)
            if not text.startswith(_MARK):
                continue
            name, _, table = text.removeprefix(_MARK).partition("/")
            sheet = TEMPLATES[name].sheet_of(table) if name in TEMPLATES else None
            if sheet is None:
                return None
            heads = _texts(page, cell.row - 1) if cell.row > 1 else {}
            columns = {**heads, **_texts(page, cell.row)}
            del columns[cell.column]
            return FilledSheet(page, TEMPLATES[name], sheet, columns, cell.row + 1, cell.column)
    return None


def _by_heads(page: Any) -> FilledSheet | None:
    """Somebody deleted the hidden row, or typed the table anew: all required heads are there."""
    for template in TEMPLATES.values():
        for sheet in template.sheets:
            if fold(sheet.title) != fold(page.title):
                continue
            names = {_head(f.head): f.name for f in sheet.fields}
            required = {f.name for f in sheet.fields if sheet.is_required(f)}
            for number in range(1, _HEAD_WITHIN + 1):
                heads = _texts(page, number)
                columns = {at: names.get(_head(head), head) for at, head in heads.items()}
                if not required <= set(columns.values()):
                    continue
                marks = [at for at, head in heads.items() if _head(head) == _head(MARK_HEAD)]
                for at in marks:
                    del columns[at]
                return FilledSheet(
                    page, template, sheet, columns, number + 1, marks[0] if marks else 0
                )
    return None


def _head(text: str) -> str:
    return fold(text.rstrip(" *"))


def _width(page: Any) -> int:
    return min(int(page.max_column or 1), _MAX_COLUMNS)


def _texts(page: Any, number: int) -> dict[int, str]:
    """Column number → text of the filled cells of a row."""
    [row] = page.iter_rows(min_row=number, max_row=number, max_col=_width(page))
    texts = {at: cell_text(cell.value) for at, cell in enumerate(row, 1)}
    return {at: text for at, text in texts.items() if text}


def cell_text(value: Any) -> str:
    """A cell's value as the text that etl.cells reads; a formula is its own text, not a result."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.datetime():
            is_day = value.time() == dt.time()
            return value.date().isoformat() if is_day else value.isoformat(" ")
        case dt.date():
            return value.isoformat()
        case int():
            return str(value)
        case float():
            is_whole = value.is_integer() and abs(value) < 1e15
            return str(int(value)) if is_whole else repr(value)
        case str():
            return _unescaped(value)
    # Array formulas and tables of data carry their text.
    text = getattr(value, "text", None)
    return _unescaped(str(text if text is not None else value))


# How Excel writes the line breaks and tabs that came with pasted text.
_ESCAPED_BLANK = re.compile("_x000[9AaDd]_")


def _unescaped(text: str) -> str:
    return unicodedata.normalize("NFC", _ESCAPED_BLANK.sub(" ", text)).strip()

"""The table under a figure as CSV and XLSX, with its filters, date, snapshot and sources inside."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from dashboard.download.context import FigureContext
from dashboard.watermark import MARK_COLOUR
from dashboard.words import word

# Vietnamese Excel writes 1.234,5: its list separator cannot be the comma, so it is the semicolon.
DELIMITER: Final = ";"
COMMENT: Final = "# "
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL: Final = 32_767  # characters, Excel's own limit
WIDEST: Final = 60  # characters of a column before its text wraps

Value = str | int | float | date | None


def plain_value(cell: Any, lang: str) -> Value:
    """A cell as text, number, date or None; lists are joined, true and false become words.

    Codes stay text ("01"), whatever they look like; numbers stay numbers, negative ones too.
    """
    if isinstance(cell, (list, tuple, set, frozenset)) or hasattr(cell, "tolist"):
        inner = cell.tolist() if hasattr(cell, "tolist") else cell
        if isinstance(inner, (list, tuple, set, frozenset)):
            return "; ".join(str(part) for part in inner) or None
        cell = inner
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return None
    if isinstance(cell, bool):
        return word("download.yes" if cell else "download.no", lang)
    if isinstance(cell, datetime):
        return cell.date() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else str(cell)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        return cell if math.isfinite(cell) else None
    return str(cell)[:LONGEST_CELL]


def plain_rows(table: pd.DataFrame, lang: str) -> list[list[Value]]:
    """The rows of a table as plain_value of each cell."""
    columns = [table.iloc[:, place].tolist() for place in range(table.shape[1])]
    return [[plain_value(cell, lang) for cell in row] for row in zip(*columns, strict=True)]


# --- CSV -------------------------------------------------------------------------------------


def neutral(text: str) -> str:
    """Text that a spreadsheet would run as a formula, made data with a leading apostrophe."""
    return f"'{text}" if text.startswith(RISKY) else text


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)


def build_csv(table: pd.DataFrame, context: FigureContext) -> bytes:
    """UTF-8 with BOM, semicolons, decimal comma, ISO dates, CRLF; `# label: text` lines on top.

    The first line says how many lines to skip to the header. Cells that begin with = + - @, TAB or
    a line break get an apostrophe unless they are numbers.
    """
    facts = [f"{label}: {text}" for label, text in context.facts()]
    intro = word("download.csv_intro", context.lang, lines=len(facts) + 1)
    out = io.StringIO(newline="")
    for line in (intro, *facts):
        out.write(COMMENT + " ".join(line.split()) + "\r\n")
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in table.columns])
    for row in plain_rows(table, context.lang):
        writer.writerow([_csv_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


# --- XLSX ------------------------------------------------------------------------------------


def build_xlsx(table: pd.DataFrame, context: FigureContext) -> bytes:
    """Two sheets: the data under its title, and everything else the reader must know.

    Dates are dates (dd/mm/yyyy), numbers numbers, all else text; there is no formula and no link.
    Equal input gives equal bytes.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False, "default_format_properties": {"font_name": "Arial"}}
    )  # fmt: skip
    made = datetime.combine(context.as_of, datetime.min.time())
    book.set_properties(
        {
            "title": context.title,
            "created": made,
            "comments": "\n".join([*context.mark_lines(), context.snapshot_line()]),
        }
    )
    formats = cell_formats(book)
    _write_data(
        book.add_worksheet(word("download.sheet_data", context.lang)), table, context, formats
    )
    _write_facts(book.add_worksheet(word("download.sheet_facts", context.lang)), context, formats)
    book.close()
    return out.getvalue()


def cell_formats(book: xlsxwriter.Workbook) -> dict[str, CellFormat]:
    """The looks of a workbook's cells: title, mark, line, header, text, quoted, label, date, …"""
    cell = {"valign": "top", "font_size": 11, "font_name": "Arial",
            "bottom": 1, "bottom_color": "#DDE3E8"}  # fmt: skip
    text = cell | {"num_format": "@", "text_wrap": True}
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14, "font_name": "Arial"},
        "mark": {"bold": True, "font_size": 14, "font_color": MARK_COLOUR, "font_name": "Arial"},
        "line": {"font_size": 10, "font_color": "#55606A", "font_name": "Arial"},
        "header": cell | {"bold": True, "text_wrap": True, "bg_color": "#DCE8F2", "border": 1,
                          "valign": "vcenter"},
        "text": text,
        "quoted": text | {"quote_prefix": True},
        "label": text | {"bold": True},
        "date": cell | {"num_format": "dd/mm/yyyy", "align": "left"},
        "whole": cell | {"num_format": "#,##0"},
        "decimal": cell | {"num_format": "#,##0.00"},
        "year": cell | {"num_format": "0", "align": "left"},
    }  # fmt: skip
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_data(
    sheet: Worksheet, table: pd.DataFrame, context: FigureContext, formats: dict[str, CellFormat]
) -> None:
    lang = context.lang
    see_facts = word("download.see_facts", lang, sheet=word("download.sheet_facts", lang))
    lines = [(text, "line" if place else "mark") for place, text in enumerate(context.mark_lines())]
    lines.append((context.title, "title"))
    texts = (context.as_of_line(), context.filter_line(), *context.notices, see_facts)
    lines += [(text, "line") for text in texts]
    for place, (text, look) in enumerate(lines):
        sheet.write_string(place, 0, text, formats[look])
    top, rows = len(lines) + 1, plain_rows(table, lang)
    bottom, right = top + len(rows), max(table.shape[1] - 1, 0)
    widths = []
    for column, name in enumerate(table.columns):
        values = [row[column] for row in rows]
        sheet.write_string(top, column, str(name), formats["header"])
        number = number_format(values)
        for place, value in enumerate(values, start=top + 1):
            write_cell(sheet, place, column, value, formats, number)
        widths.append(column_width(str(name), values))
        sheet.set_column(column, column, widths[-1])
    for place, row in enumerate(rows, start=top + 1):
        sheet.set_row(place, row_height(row, widths))
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, max(bottom, top + 1), right)
    sheet.ignore_errors({"number_stored_as_text": f"A{top + 2}:XFD{max(bottom, top + 1) + 1}"})
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if mark := context.mark():
        sheet.set_header(f"&C&14&B{print_text(mark)}")
    sheet.set_footer(f"&L&9{print_text(context.snapshot_line())}&R&9&P/&N")


def print_text(text: str) -> str:
    """Text of a page footer: & begins a code there; at most 200 characters fit."""
    return text[:200].replace("&", "&&")


def write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Value,
    formats: dict[str, CellFormat],
    number: str,
) -> None:
    """A cell in its type; `number` is the name of the format for numbers (number_format)."""
    if value is None:
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(value, str):
        look = "quoted" if value.startswith(RISKY) else "text"
        sheet.write_string(row, column, value, formats[look])
    elif isinstance(value, date):
        if value.year < 1900:  # before Excel's calendar
            sheet.write_string(row, column, value.isoformat(), formats["text"])
        else:
            midnight = datetime.combine(value, datetime.min.time())
            sheet.write_datetime(row, column, midnight, formats["date"])
    else:
        sheet.write_number(row, column, value, formats[number])


def number_format(values: Iterable[Value]) -> str:
    """One format per column: years without a thousands mark, decimals only where there are any."""
    numbers = [value for value in values if isinstance(value, (int, float))]
    if any(float(value) != int(value) for value in numbers):
        return "decimal"
    return "year" if numbers and all(1900 <= value <= 2100 for value in numbers) else "whole"


def column_width(name: str, values: list[Value]) -> float:
    """Characters: the longest line, dates ten, between 8 and WIDEST."""
    lengths = [
        max((len(line) for line in value.splitlines()), default=0) if isinstance(value, str) else 10
        for value in values
        if value is not None
    ]
    return min(max([*lengths, min(len(name), 24), 8]) + 2, WIDEST)


def row_height(row: Sequence[Value], widths: Sequence[float]) -> float:
    """Points: as many lines as the fullest cell wraps into (not every program finds out itself)."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            parts = value.splitlines()
            lines = max(lines, sum(max(math.ceil(len(part) * 1.08 / width), 1) for part in parts))
    return min(15.0 * lines, 400.0)


def _write_facts(sheet: Worksheet, context: FigureContext, formats: dict[str, CellFormat]) -> None:
    for place, (label, text) in enumerate(context.facts()):
        sheet.write_string(place, 0, label, formats["label"])
        look = "quoted" if text.startswith(RISKY) else "text"
        sheet.write_string(place, 1, text[:LONGEST_CELL], formats[look])
        sheet.set_row(place, row_height([text], [100]))
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)

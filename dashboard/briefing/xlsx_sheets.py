"""Sheets of a briefing's workbook: names, the overview, one table each, set for print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.briefing.content import Briefing, Table
from dashboard.briefing.flow import foot_line
from dashboard.download.table import (
    LONGEST_CELL,
    RISKY,
    Value,
    cell_formats,
    column_width,
    number_format,
    plain_rows,
    print_text,
    row_height,
    write_cell,
)
from dashboard.words import word

LONGEST_NAME: Final = 31  # Excel's own limit of a sheet's name
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4: Final = 9
_WIDEST: Final = 60  # characters of a column
_NARROWEST: Final = 14
_PAGE: Final = 135.0  # characters of all columns that stay readable on A4 across
_OVERVIEW: Final = (30.0, 90.0, 14.0)
_FALLBACK: Final = "-"
_RESERVED: Final = "history"  # Excel keeps this name for itself


class SheetNames:
    """Names of sheets: at most 31 characters, none that Excel refuses, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = {_RESERVED}

    def take(self, wanted: str) -> str:
        """A free name as near to the wanted one as can be."""
        name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'") or _FALLBACK
        short, number = _shortened(name, ""), 1
        while short.casefold() in self._taken:
            number += 1
            short = _shortened(name, f" ({number})")
        self._taken.add(short.casefold())
        return short


def _shortened(name: str, end: str) -> str:
    room = LONGEST_NAME - len(end)
    if len(name) <= room:
        return name + end
    return name[: room - 1].rstrip(" '") + "…" + end


def _widths(frame: pd.DataFrame, rows: Sequence[Sequence[Value]]) -> list[float]:
    """Characters of each column: the widest give way until the table can be read on paper."""
    widths = [
        column_width(str(head), [row[column] for row in rows])
        for column, head in enumerate(frame.columns)
    ]
    most = _WIDEST
    while most > _NARROWEST and sum(min(width, most) for width in widths) > _PAGE:
        most -= 1
    return [min(width, float(most)) for width in widths]


class Sheets:
    """The sheets of one workbook while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, briefing: Briefing) -> None:
        self.book, self.briefing = book, briefing
        self.formats: dict[str, Any] = cell_formats(book)
        section = {"bold": True, "font_size": 12, "font_name": "Arial", "font_color": "#123F66"}
        self.formats["section"] = book.add_format(section)

    def begin(self, name: str, title: str, is_wide: bool = True) -> tuple[Worksheet, int]:
        """A new sheet with the mark of made-up data, its title and the line of facts; next row."""
        sheet, briefing = self.book.add_worksheet(name), self.briefing
        lines = [(title, "title"), (foot_line(briefing), "line")]
        if briefing.mark:
            lines.insert(0, (f"{briefing.mark}. {briefing.mark_note}".strip(), "mark"))
            sheet.set_header(f"&C&14&B{print_text(briefing.mark)}")
        for row, (text, look) in enumerate(lines):
            sheet.write_string(row, 0, text[:LONGEST_CELL], self.formats[look])
        if is_wide:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.set_footer(f"&L&9{print_text(foot_line(briefing))}&R&9&P/&N")
        return sheet, len(lines) + 1

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: str = "text") -> None:
        """Text that no program takes for a formula."""
        is_risky = look == "text" and text.startswith(RISKY)
        sheet.write_string(
            row, column, text[:LONGEST_CELL], self.formats["quoted" if is_risky else look]
        )

    def overview(self, name: str, listed: Sequence[tuple[str, str, int]]) -> None:
        """Title, facts, all findings (edited ones say so), the list of the other sheets."""
        briefing, lang = self.briefing, self.briefing.lang
        sheet, row = self.begin(name, briefing.title)
        for column, width in enumerate(_OVERVIEW):
            sheet.set_column(column, column, width)
        for label, text in briefing.facts:
            row = self._line(sheet, row, (label, text), label_look="label")
        row += 1
        self.text(sheet, row, 0, word("briefing.xlsx.findings", lang), "section")
        row = self._head(sheet, row + 1, ("section", "finding", "edited"))
        told = {f.key for s in briefing.sections if s.key != "summary" for f in s.findings}
        for section in briefing.sections:
            for finding in section.findings:
                if section.key == "summary" and finding.key in told:
                    continue  # word for word the same, further down
                edited = word("download.yes", lang) if finding.is_edited else ""
                row = self._line(sheet, row, (section.heading, finding.text, edited))
        row += 1
        self.text(sheet, row, 0, word("briefing.xlsx.sheets", lang), "section")
        row = self._head(sheet, row + 1, ("sheet", "what", "rows"))
        for name_, title, count in listed:
            sheet.write_number(row, 2, count, self.formats["whole"])
            row = self._line(sheet, row, (name_, title))

    def table(self, name: str, table: Table) -> None:
        """One table: title, header that stays in view and on paper, filters, typed cells."""
        sheet, top = self.begin(name, table.title)
        if table.note:
            self.text(sheet, top - 1, 0, table.note, "line")
            top += 1
        lang, frame = self.briefing.lang, table.rows
        rows = plain_rows(frame, lang)
        widths = _widths(frame, rows)
        for column, head in enumerate(frame.columns):
            values = [row[column] for row in rows]
            sheet.write_string(top, column, str(head), self.formats["header"])
            number = number_format(values)
            for place, value in enumerate(values, start=top + 1):
                write_cell(sheet, place, column, value, self.formats, number)
            sheet.set_column(column, column, widths[column])
        sheet.set_row(top, row_height([str(head) for head in frame.columns], widths) + 4)
        for place, row in enumerate(rows, start=top + 1):
            sheet.set_row(place, row_height(row, widths))
        if not rows and table.empty:
            self.text(sheet, top + 1, 0, table.empty)
        bottom, right = max(top + len(rows), top + 1), max(len(frame.columns) - 1, 0)
        sheet.freeze_panes(top + 1, 1 if len(frame.columns) > 3 else 0)
        sheet.autofilter(top, 0, bottom, right)
        sheet.ignore_errors({"number_stored_as_text": f"A{top + 2}:XFD{bottom + 1}"})
        sheet.repeat_rows(top)

    def _head(self, sheet: Worksheet, row: int, keys: Sequence[str]) -> int:
        for column, key in enumerate(keys):
            text = word(f"briefing.xlsx.{key}", self.briefing.lang)
            self.text(sheet, row, column, text, "header")
        return row + 1

    def _line(
        self, sheet: Worksheet, row: int, texts: Sequence[str], label_look: str = "text"
    ) -> int:
        for column, text in enumerate(texts):
            self.text(sheet, row, column, text, "text" if column else label_look)
        sheet.set_row(row, row_height(texts, _OVERVIEW[: len(texts)]))
        return row + 1

"""Errors of a filled-in template, back in the file: cells coloured, with notes in Vietnamese."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from etl.rejections import Rejection
from etl.template_workbook import FilledSheet, cell_text, find_sheets, open_workbook

AUTHOR: Final = "Kiểm tra dữ liệu"
SUMMARY_TITLE: Final = "Kết quả kiểm tra"
_COLOUR: Final = "FFF4B183"
# What to do about each reason code; what a column expects stands in its hint.
ADVICE: Final[Mapping[str, str]] = {
    "missing_value": "Ô này bắt buộc phải có giá trị.",
    "unknown_choice": "Chọn một giá trị trong danh sách của cột.",
    "not_a_number": "Ghi số nguyên không âm, không kèm chữ hay dấu khác.",
    "not_a_boolean": "Chọn Có hoặc Không.",
    "impossible_date": "Ghi một ngày có thật, dạng ngày/tháng/năm, không ở tương lai nếu là ngày "
    "đã ban hành hoặc đã nhận.",
    "impossible_year": "Ghi năm bốn chữ số, giai đoạn thì năm đầu trước năm cuối.",
    "unknown_province": "Chọn tên trong danh sách: tỉnh, thành phố có vào ngày của dòng này "
    "(63 đơn vị trước 01/7/2025, 34 đơn vị từ ngày đó).",
    "duplicate_key": "Dòng này trùng với một dòng khác đã có; xóa một trong hai.",
    "unknown_reference": "Dòng này dẫn tới một kế hoạch hoặc một STT không có.",
    "cell_too_long": "Nội dung quá dài; hãy rút gọn.",
    "bad_value": "Giá trị không hợp lệ hoặc không khớp với các ô khác của dòng.",
    "missing_column": "Thiếu một cột của mẫu; hãy tải lại mẫu và chép dữ liệu sang.",
    "duplicate_column": "Hai cột cùng tên; hãy xóa một cột.",
    "unknown_column": "Cột này không có trong mẫu nên không được đọc.",
    "file_too_large": "Trang có quá nhiều dòng; hãy chia thành nhiều tệp.",
}
_OTHERWISE: Final = "Dòng này không đọc được; hãy xem lại các ô."


@dataclass(frozen=True)
class Fault:
    """One error, in the words of those who fill in the template; `cell` such as "C5"."""

    sheet: str
    cell: str
    head: str
    value: str
    advice: str


def mark_errors(content: bytes, rejections: Iterable[Rejection]) -> bytes:
    """The marked workbook of `mark_and_list`."""
    return mark_and_list(content, rejections)[0]


def mark_and_list(content: bytes, rejections: Iterable[Rejection]) -> tuple[bytes, list[Fault]]:
    """The same workbook with every rejected cell coloured and a note in it that says what to do.

    Rejections name the sheet behind the last "#" of their file, as `read_template` gives them.
    Marks of an earlier check go first. A last sheet lists all of them. Formulas become text.
    Raises BrokenInput as `open_workbook` does.
    """
    book = open_workbook(content, "template.xlsx")
    faults = list(rejections)
    sheets = {filled.page.title: filled for filled in find_sheets(book)}
    for filled in sheets.values():
        _clear(filled.page)
    notes: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for fault in faults:
        faulty = sheets.get(fault.file.rpartition("#")[2])
        if faulty is not None:
            place = _place(faulty, fault)
            notes[(faulty.page.title, *place)].append(_note(faulty, fault))
    for (title, row, column), texts in notes.items():
        _mark(sheets[title].page.cell(row, column), "\n".join(dict.fromkeys(texts)))
    listed = [_fault(sheets, fault) for fault in faults]
    _add_summary(book, listed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), listed


def _fault(sheets: Mapping[str, FilledSheet], fault: Rejection) -> Fault:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    title = fault.file.rpartition("#")[2]
    filled = sheets.get(title)
    if filled is None:
        advice = ADVICE.get(fault.reason, _OTHERWISE)
        return Fault(title, "", fault.column, fault.value, advice)
    row, column = _place(filled, fault)
    f = filled.sheet.by_name.get(fault.column)
    head = f.head if f else fault.column
    cell = f"{get_column_letter(column)}{row}"
    return Fault(title, cell, head, fault.value, _note(filled, fault))


def _place(filled: FilledSheet, fault: Rejection) -> tuple[int, int]:
    """Row and column to mark: the cell itself, else the first cell of its row or of the heads."""
    names = {name: at for at, name in filled.columns.items()}
    first = min(filled.columns, default=1)
    row = fault.row or 1
    # The name row is hidden, so what concerns a column as such is marked at its head.
    if row < filled.first_row:
        row = 1
    return row, names.get(fault.column, first)


def _note(filled: FilledSheet, fault: Rejection) -> str:
    advice = ADVICE.get(fault.reason, _OTHERWISE)
    f = filled.sheet.by_name.get(fault.column)
    return f"{f.head}: {advice} {f.hint}" if f else advice


def _mark(cell: Any, text: str) -> None:
    from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]
    from openpyxl.comments import Comment  # type: ignore[import-untyped]
    from openpyxl.styles import PatternFill  # type: ignore[import-untyped]

    if isinstance(cell, MergedCell):
        return  # only the first cell of a merged range can hold a note; the last sheet has all
    cell.fill = PatternFill("solid", fgColor=_COLOUR)
    note = Comment(text, AUTHOR)
    note.width, note.height = 320, 40 + 20 * (len(text) // 45 + text.count("\n") + 1)
    cell.comment = note


def _clear(page: Any) -> None:
    """Take off the marks of an earlier check, and make text of every formula."""
    from openpyxl.styles import PatternFill

    # Only the cells that are there: walking over rows would make those between them.
    for cell in list(page._cells.values()):
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()
        if cell.data_type == "f":
            cell.value = cell_text(cell.value)
            cell.data_type = "s"
            cell.quotePrefix = True


def _add_summary(book: Any, faults: list[Fault]) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.properties import (  # type: ignore[import-untyped]
        PageSetupProperties,
    )

    if SUMMARY_TITLE in book.sheetnames:
        del book[SUMMARY_TITLE]
    page = book.create_sheet(SUMMARY_TITLE)
    page.append([f"{len(faults)} lỗi" if faults else "Không có lỗi"])
    page.append(["Trang", "Ô", "Cột", "Giá trị", "Cần sửa"])
    for fault in faults:
        texts = (fault.sheet, fault.cell, fault.head, fault.value, fault.advice)
        for column, text in enumerate(texts, 1):
            cell = page.cell(page.max_row + (column == 1), column)
            cell.value = _printable(text)
            cell.data_type = "s"  # a value that begins like a formula stays text
    for cell in (*page[1], *page[2]):
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (22, 8, 24, 30, 90)):
        page.column_dimensions[letter].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0


def _printable(text: str) -> str:
    """Text without the control characters that no workbook may hold."""
    return "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text)

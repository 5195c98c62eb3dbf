"""Templates as workbooks to fill in: heads, drop-down lists, checks, an example, a help sheet."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import xlsxwriter

from domain.documents import FIRST_YEAR, LAST_YEAR, parse_date
from domain.provinces import ProvinceRegister
from domain.vintages import VINTAGES
from etl.template_sheets import TEMPLATES, Field, Sheet, Template

EXAMPLE: Final = "VÍ DỤ"
MARK_HEAD: Final = "Đánh dấu"
LISTS_TITLE: Final = "Danh mục"
HELP_TITLE: Final = "Hướng dẫn"
HEAD_ROW, NAME_ROW, EXAMPLE_ROW = 0, 1, 2
ROWS_TO_FILL: Final = 1_000
# The same input gives the same bytes, so no file carries the time at which it was made.
CREATED: Final = dt.datetime(2026, 1, 1)
_FIRST_LISTED_YEAR: Final = 2008
_A4: Final = 9
_WIDEST: Final = 230  # characters on one page that are still readable
_DAY: Final = "dd/mm/yyyy"
Rows = Sequence[Mapping[str, Any]]


def write_template(
    name: str,
    register: ProvinceRegister,
    gates: Iterable[str] = (),
    rows: Mapping[str, Rows] | None = None,
) -> bytes:
    """The workbook of a template (KeyError for an unknown name), filled with typed rows if given.

    `gates` fills the drop-down list of border gates. `rows`: input table → its rows by column, as
    etl.harmonize types them. The same input gives the same bytes.
    """
    template = TEMPLATES[name]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": _DAY})
    book.set_properties({"title": template.title, "created": CREATED})
    writer = _Writer(book, template)
    writer.add_help()
    for sheet in template.sheets:
        writer.add_sheet(sheet, (rows or {}).get(sheet.table_name, ()))
    names = {p.name: None for v in VINTAGES for p in register.of_vintage(v)}
    writer.add_lists(
        {
            "provinces": list(names),
            "years": list(range(_FIRST_LISTED_YEAR, LAST_YEAR + 1)),
            "gates": list(dict.fromkeys(gates)) or [""],
        }
    )
    book.close()
    return out.getvalue()


class _Writer:
    """One workbook while it is written."""

    def __init__(self, book: Any, template: Template) -> None:
        self._book, self._template = book, template
        plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#B8C4CE"}
        head = {**plain, "bold": True, "font_color": "#FFFFFF", "valign": "vcenter"}
        example = {**plain, "italic": True, "font_color": "#555555", "bg_color": "#EEF1F4"}
        kinds = {"text": "@", "date": _DAY, "number": "#,##0", "year": "0"}
        self._heads = {
            True: book.add_format({**head, "bg_color": "#7A1F1F"}),
            False: book.add_format({**head, "bg_color": "#1F4E79"}),
        }
        self._cells = {k: book.add_format({**plain, "num_format": f}) for k, f in kinds.items()}
        self._examples = {
            k: book.add_format({**example, "num_format": f}) for k, f in kinds.items()
        }
        self._plain = book.add_format(plain)
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._lists: dict[str, list[str]] = {}

    def add_sheet(self, sheet: Sheet, rows: Rows) -> None:
        """A sheet to fill in: visible heads, hidden names, the example, then the given rows."""
        page = self._book.add_worksheet(sheet.title)
        page.set_row(HEAD_ROW, 48)
        page.set_row(NAME_ROW, None, None, {"hidden": True})
        page.set_row(EXAMPLE_ROW, 45)
        page.write_string(HEAD_ROW, 0, MARK_HEAD, self._heads[False])
        page.write_string(NAME_ROW, 0, marker(self._template, sheet))
        page.write_string(EXAMPLE_ROW, 0, EXAMPLE, self._examples["text"])
        page.set_column(0, 0, 10)
        for column, f in enumerate(sheet.fields, 1):
            required = sheet.is_required(f)
            head = f"{f.head} *" if required else f.head
            page.write_string(HEAD_ROW, column, head, self._heads[required])
            page.write_string(NAME_ROW, column, f.name)
            kind = _kind(sheet, f)
            page.set_column(column, column, f.width, self._cells[kind])
            self._write(page, EXAMPLE_ROW, column, sheet, f, _example(sheet, f), self._examples)
            for number, row in enumerate(rows, EXAMPLE_ROW + 1):
                self._write(page, number, column, sheet, f, row.get(f.name), self._cells)
            last = EXAMPLE_ROW + max(len(rows), ROWS_TO_FILL)
            page.data_validation(
                EXAMPLE_ROW + 1, column, last, column, self._check(sheet, f, required)
            )
        page.freeze_panes(NAME_ROW + 1, 2)
        # A table wider than a page gets two, with the province on each.
        width = 10 + sum(f.width for f in sheet.fields)
        self._set_up_print(page, 1 + width // _WIDEST)
        page.repeat_rows(HEAD_ROW)
        page.repeat_columns(0, 1)
        if sheet is self._template.sheets[0]:
            page.activate()

    def _set_up_print(self, page: Any, pages_wide: int = 1) -> None:
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(pages_wide, 0)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        page.set_header(f"&L{self._template.title}&R&A")
        page.set_footer("&RTrang &P/&N")

    def _write(
        self, page: Any, row: int, column: int, sheet: Sheet, f: Field, value: Any, formats: Any
    ) -> None:
        style = formats[_kind(sheet, f)]
        if f.labels and value is not None:
            value = dict(f.labels)[str(value).lower() if isinstance(value, bool) else value]
        match value:
            case None | "":
                page.write_blank(row, column, None, style)
            case dt.date():
                page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
            case int():
                page.write_number(row, column, value, style)
            case (first, last):
                text = str(first) if first == last else f"{first}-{last}"
                page.write_string(row, column, text, style)
            case _:
                # Never as a formula, a number or a link, whatever it looks like.
                page.write_string(row, column, str(value), style)

    def _check(self, sheet: Sheet, f: Field, required: bool) -> dict[str, Any]:
        """The data validation of a column, with what to enter as its message."""
        says = f"{f.hint}{' Bắt buộc.' if required else ''}"
        check: dict[str, Any] = {
            "input_title": f.head[:32],
            "input_message": says[:255],
            "error_title": "Chưa đúng",
            "error_message": says[:255],
        }
        kind, column = _kind(sheet, f), sheet.column(f.name)
        if f.labels or f.choices:
            if f.labels:
                self._lists[f"{sheet.table_name}_{f.name}"] = [text for _, text in f.labels]
            source = f.choices or f"{sheet.table_name}_{f.name}"
            check |= {"validate": "list", "source": f"=ds_{source}"}
            if f.choices == "gates":
                check["error_type"] = "warning"  # a gate that the list lacks
        elif kind == "date":
            latest = "=TODAY()" if column.type == "past" else dt.date(LAST_YEAR, 12, 31)
            check |= {"validate": "date", "criteria": "between",
                      "minimum": dt.date(FIRST_YEAR, 1, 1), "maximum": latest}  # fmt: skip
        elif kind == "number":
            check |= {"validate": "integer", "criteria": ">=", "value": 0}
        else:
            check |= {"validate": "any"}
        return check

    def add_lists(self, lists: Mapping[str, Sequence[Any]]) -> None:
        """The hidden sheet with what stands in the drop-down lists, each under a defined name."""
        page = self._book.add_worksheet(LISTS_TITLE)
        for column, (name, values) in enumerate({**lists, **self._lists}.items()):
            page.write_string(0, column, name)
            page.write_column(1, column, values)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            area = f"='{LISTS_TITLE}'!${letter}$2:${letter}${len(values) + 1}"
            self._book.define_name(f"ds_{name}", area)
        page.very_hidden()

    def add_help(self) -> None:
        """How to fill the template in, and every column with what belongs in it."""
        page = self._book.add_worksheet(HELP_TITLE)
        page.write_string(0, 0, self._template.title, self._title)
        lines = [*_ADVICE, *self._template.advice]
        for number, line in enumerate(lines, 2):
            page.write_string(number, 0, f"{number - 1}. {line}")
        heads = ("Trang", "Cột", "Bắt buộc", "Cần ghi", "Giá trị trong danh sách")
        first = len(lines) + 3
        for column, (head, width) in enumerate(zip(heads, (22, 26, 10, 60, 60))):
            page.set_column(column, column, width)
            page.write_string(first, column, head, self._heads[False])
        row = first
        for sheet in self._template.sheets:
            for f in sheet.fields:
                row += 1
                required = "Có" if sheet.is_required(f) else ""
                listed = "; ".join(text for _, text in f.labels)
                page.set_row(row, 15 * (1 + max(len(f.hint), len(listed)) // 55))
                for column, text in enumerate((sheet.title, f.head, required, f.hint, listed)):
                    page.write_string(row, column, text, self._plain)
        self._set_up_print(page)


_ADVICE: Final = (
    "Mỗi dòng một văn bản hoặc một sự việc. Cột có dấu * là bắt buộc.",
    f"Dòng có chữ “{EXAMPLE}” ở cột “{MARK_HEAD}” chỉ để xem và không được đọc; để trống cột ấy ở "
    "các dòng của mình.",
    "Không đổi tên trang, không xóa dòng ẩn thứ hai; có thể đổi thứ tự cột hoặc bỏ cột không bắt "
    "buộc.",
    "Ghi giá trị, không ghi công thức: công thức được đọc như chữ và không được tính.",
    "Không biết thì để trống; không ghi số liệu phỏng đoán.",
    "Khi nộp, ô sai được tô màu kèm ghi chú ngay trong tệp trả lại; sửa rồi nộp lại tệp đó.",
)


def marker(template: Template, sheet: Sheet) -> str:
    """What stands in the hidden row before the names: which template and table this is."""
    return f"ttdn:{template.name}/{sheet.table_name}"


def _kind(sheet: Sheet, f: Field) -> str:
    types = {"date": "date", "past": "date", "count": "number", "amount": "number", "year": "year"}
    return types.get(sheet.column(f.name).type, "text")


def _example(sheet: Sheet, f: Field) -> Any:
    kind = _kind(sheet, f)
    if not f.example or f.labels or kind == "text":
        return f.example or None
    return parse_date(f.example) if kind == "date" else int(f.example)

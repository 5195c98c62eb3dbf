"""XLSX and CSV: values as printed, one table a sheet, formulas and hidden sheets noted."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.errors import UnreadableDocument
from etl.readers.document import ReadDocument, read_document
from etl.readers.stored_text import TextBuilder
from tests.test_readers_fuzz import assert_sound
from tests.written_documents import BUDGET, csv_file, save_xlsx, xlsx


def rows_of(found: ReadDocument) -> list[list[tuple[str, ...]]]:
    return [
        [tuple(found.text[c.start : c.end] for c in row) for row in table.rows]
        for table in found.tables
    ]


def test_sheet_is_a_table_under_its_name() -> None:
    found = read_document(xlsx(), "a.xlsx")
    assert rows_of(found) == [list(BUDGET)]
    assert found.text.split("\n")[0] == "Phụ lục"


def test_values_are_printed_as_offices_print_them() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append([1500000, 1.5, 0.25, dt.date(2025, 8, 5), dt.datetime(2025, 8, 5, 7, 30), True])
    sheet["C1"].number_format = "0%"
    sheet.append([None, " hai\ndòng\t\u00a0 ", None, None, None, None])
    book.create_sheet("trống")
    hidden = book.create_sheet("Danh mục")
    hidden.append(["ẩn"])
    hidden.sheet_state = "hidden"
    found = read_document(save_xlsx(book), "a.xlsx")
    assert rows_of(found) == [
        [("1500000", "1,5", "25%", "05/08/2025", "05/08/2025 07:30", "TRUE"),
         ("", "hai dòng", "", "", "", "")]
    ]  # fmt: skip
    assert found.notes == ("hidden_sheet:Danh mục",)


def test_formulas_do_not_run() -> None:
    book = Workbook()
    book.active.append(["Tổng", "=SUM(1,2)", '=HYPERLINK("http://example.org")'])
    found = read_document(save_xlsx(book), "a.xlsx")
    assert found.text == "Sheet\nTổng"
    assert found.notes == ("formulas_without_value:2",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_one_table(delimiter: str) -> None:
    content = csv_file().decode().replace(",", delimiter).encode()
    found = read_document(content, "a.csv")
    assert rows_of(found) == [list(BUDGET)]
    assert found.encoding == "UTF-8"


def test_csv_in_old_letters_and_with_broken_quotes() -> None:
    found = read_document("TØnh,KÕ ho¹ch\nYªn B¸i,1\n".encode("latin-1"), "a.csv")
    assert found.text == "Tỉnh\tKế hoạch\nYên Bái\t1"
    broken = read_document(b'a,b\n"x"y,2\nc,"d\ne"\n', "a.csv")
    assert broken.text == 'a\tb\n"x"y,2\nc\td e'
    assert broken.notes == ("broken_record:2",)


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=200)
@given(st.lists(letters | st.lists(st.lists(letters, max_size=4), max_size=4), max_size=6))
def test_places_of_cells_are_right_whatever_is_in_them(
    blocks: list[str | list[list[str]]],
) -> None:
    builder = TextBuilder()
    for block in blocks:
        if isinstance(block, str):
            builder.add_lines(block)
        else:
            builder.add_table(block)
    try:
        text, tables = builder.finish()
    except UnreadableDocument as error:
        assert error.reason == "no_text"
        return
    assert_sound(ReadDocument(text, tables, "text/plain"))

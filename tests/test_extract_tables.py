"""Tables drawn in text and the columns of annexes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.tables import cell_text, find_columns, find_tables
from etl.extract.text import Cell, DocumentText, Table

TABS = """Phụ lục
Đơn vị tính: triệu đồng
STT\tNội dung\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian\tKinh phí\tNguồn kinh phí\tGhi chú
1\tMở lớp\tSở Nội vụ\t\tQuý I\t50\tNgân sách tỉnh\t
"""
PIPES = """| TT | **Nhiệm vụ** | Cơ quan thực hiện | Kinh phí (đồng) | | |
|----|:---|---|---|---|---|
| | | | Tổng số | NSTW | Ngân sách tỉnh |
| (1) | (2) | (3) | (4) | (5) | (6) |
| 1 | In sách | Sở A | 30.000.000 | 20.000.000 | 10.000.000 |
"""
ALIGNED = """STT    Nội dung công việc        Chủ trì              Kinh phí (đồng)
1      Tổ chức hội thảo          Sở Ngoại vụ          20.000.000
2      In tờ rơi                                      5.000.000
"""


def rows_of(doc: DocumentText) -> list[list[str]]:
    (table,) = find_tables(doc)
    return [[cell_text(doc, row, i) for i in range(len(row))] for row in table.rows]


def test_tabs_keep_empty_cells() -> None:
    doc = DocumentText(TABS)
    assert rows_of(doc)[1] == ["1", "Mở lớp", "Sở Nội vụ", "", "Quý I", "50", "Ngân sách tỉnh", ""]
    columns = find_columns(find_tables(doc)[0], doc)
    assert columns is not None
    assert columns.index == {
        "ordinal": 0, "task": 1, "lead": 2, "partner": 3, "due": 4, "amount": 5, "source": 6,
        "note": 7,
    }  # fmt: skip
    assert columns.total is not None
    assert columns.total.dong_per_unit == 1_000_000


def test_head_of_two_rows_parts_the_money_by_source() -> None:
    doc = DocumentText(PIPES)
    columns = find_columns(find_tables(doc)[0], doc)
    assert columns is not None
    assert columns.index["lead"] == 2
    assert columns.total is not None
    assert (columns.total.index, columns.total.dong_per_unit) == (3, 1)
    assert [(c.index, c.funding_source) for c in columns.amounts] == [
        (4, "NSTW"),
        (5, "Ngân sách tỉnh"),
    ]
    assert columns.first_row == 3


def test_aligned_columns_keep_their_place() -> None:
    assert rows_of(DocumentText(ALIGNED))[2] == ["2", "In tờ rơi", "", "5.000.000"]


def test_tables_of_the_reader_are_not_drawn_again() -> None:
    text = "STT\tNội dung\tKinh phí\n1\tIn sách\t5\n"
    table = Table(((Cell(0, 3), Cell(4, 12), Cell(13, 21)), (Cell(22, 23), Cell(24, 31))))
    assert find_tables(DocumentText(text, (table,))) == [table]


def test_other_tables_have_no_columns() -> None:
    doc = DocumentText("BỘ CÔNG AN\tCỘNG HÒA XÃ HỘI\nSố: 5/KH\tHà Nội, ngày 5\n")
    assert all(find_columns(table, doc) is None for table in find_tables(doc))


@given(st.text(alphabet="ab|\t \nđ1.", max_size=300))
def test_cells_lie_in_the_text_in_order(text: str) -> None:
    doc = DocumentText(text)
    for table in find_tables(doc):
        find_columns(table, doc)
        for row in table.rows:
            assert all(0 <= cell.start <= cell.end <= len(text) for cell in row)

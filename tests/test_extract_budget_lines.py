"""Budget lines of annexes and sentences, totals and their parts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.budget_lines import find_budget_lines
from etl.extract.tasks import find_tasks
from etl.extract.text import DocumentText, Item

PLAN: Item = {"kind": "plan", "plan_year": 2026}
FIELDS = {
    "task", "amount_million_vnd", "as_printed", "funding_source", "year", "stage", "is_total",
    "parent", "evidence",
}  # fmt: skip


def read(text: str, header: Item = PLAN) -> tuple[list[Item], list[str]]:
    doc = DocumentText(text)
    lines, warnings = find_budget_lines(doc, header, find_tasks(doc, header))
    assert all(set(line) == FIELDS for line in lines)
    return lines, [warning["code"] for warning in warnings]


SENTENCES = """I. NỘI DUNG
1. Mở lớp tập huấn
- Kinh phí: 150 triệu đồng (từ ngân sách tỉnh).
2. Làm phim

II. KINH PHÍ
Tổng kinh phí thực hiện: 1.250.000.000 đồng (Một tỷ hai trăm năm mươi triệu đồng), trong đó:
- Ngân sách trung ương: 500 triệu đồng;
- Ngân sách tỉnh: 750 triệu đồng.
"""


def test_sentences_with_a_total_and_its_parts() -> None:
    lines, codes = read(SENTENCES)
    said = [
        (x["task"], x["amount_million_vnd"], x["funding_source"], x["is_total"], x["parent"])
        for x in lines
    ]
    assert said == [
        ("I.1", 150, "ngân sách tỉnh", False, None),
        (None, 1250, None, True, None),
        (None, 500, "Ngân sách trung ương", False, 1),
        (None, 750, "Ngân sách tỉnh", False, 1),
    ]
    assert codes == []
    assert lines[1]["as_printed"] == "1.250.000.000 đồng"
    assert {line["stage"] for line in lines} == {"planned"}
    assert {line["year"] for line in lines} == {2026}


def test_parts_in_one_sentence_that_do_not_add_up() -> None:
    lines, codes = read(
        "II. KINH PHÍ\nKinh phí 850 triệu đồng, trong đó: ngân sách trung ương 500 triệu đồng, "
        "ngân sách tỉnh 300 triệu đồng.\n"
    )
    assert [line["parent"] for line in lines] == [None, 0, 0]
    assert codes == ["total_differs_from_parts"]


def test_stage_and_year_by_the_words() -> None:
    lines, _ = read(
        "Năm 2025 tỉnh được phân bổ kinh phí 2 tỷ đồng. Đến nay đã giải ngân 1,5 tỷ đồng. "
        "Công ty A tài trợ 200 triệu đồng. Kinh phí giai đoạn 2021 - 2025 là 9 tỷ đồng.",
        {"kind": "report", "plan_year": None},
    )
    assert [(x["amount_million_vnd"], x["stage"], x["year"]) for x in lines] == [
        (2000, "allocated", 2025),
        (1500, "disbursed", None),
        (200, "donated", None),
        (9000, None, None),
    ]


def test_other_money_is_no_budget() -> None:
    lines, _ = read(
        "Phạt tiền từ 10 triệu đồng. Kim ngạch xuất khẩu đạt 5 tỷ đồng. GRDP đạt 60 nghìn tỷ đồng. "
        "Hỗ trợ 150.000 đồng/người. Có 05 đồng chí."
    )
    assert lines == []


ANNEX = """PHỤ LỤC
(Đơn vị tính: triệu đồng)
STT\tNhiệm vụ\tĐơn vị chủ trì\tKinh phí\tNguồn kinh phí
I\tTuyên truyền\t\t300\t
1\tLàm phim\tSở Y tế\t200\tNgân sách tỉnh
2\tIn sách\tSở Ngoại vụ\t100\tXã hội hóa
II\tTập huấn\t\t1.150,5\t
1\tMở lớp\tSở Nội vụ\t1.150,5\tNgân sách tỉnh
Tổng cộng\t\t\t1.450,5\t
"""


def test_an_annex_with_groups_and_a_total() -> None:
    lines, codes = read(ANNEX)
    said = [(x["task"], x["amount_million_vnd"], x["is_total"], x["parent"]) for x in lines]
    assert said == [
        ("I", 300, True, 5),
        ("I.1", 200, False, 0),
        ("I.2", 100, False, 0),
        ("II", 1150.5, True, 5),
        ("II.1", 1150.5, False, 3),
        (None, 1450.5, True, None),
    ]
    assert [line["funding_source"] for line in lines][1:3] == ["Ngân sách tỉnh", "Xã hội hóa"]
    assert codes == []


def test_a_wrong_total_is_told() -> None:
    _, codes = read(ANNEX.replace("1.450,5", "1.540,5"))
    assert codes == ["total_differs_from_parts"]


def test_sums_without_a_unit_are_left_out_and_told() -> None:
    lines, codes = read(ANNEX.replace("(Đơn vị tính: triệu đồng)", ""))
    assert lines == []
    assert codes == ["amount_without_unit"]


def test_columns_of_sources_are_parts_of_their_row() -> None:
    lines, codes = read(
        "| TT | Nội dung | Chủ trì | Kinh phí (đồng) | | |\n|---|---|---|---|---|---|\n"
        "| | | | Tổng số | NSTW | NS tỉnh |\n"
        "| 1 | In sách | Sở A | 30.000.000 | 20.000.000 | 10.000.000 |\n"
        "| 2 | Làm phim | Sở B | 5,000,000 | | 5,000,000 |\n"
        "| | **Cộng** | | **35.000.000** | | |\n"
    )
    said = [(x["amount_million_vnd"], x["funding_source"], x["parent"]) for x in lines]
    assert said == [
        (30, None, 5),
        (20, "NSTW", 0),
        (10, "NS tỉnh", 0),
        (5, None, 5),
        (5, "NS tỉnh", 3),
        (35, None, None),
    ]
    assert codes == []


def test_a_number_with_two_readings_is_told() -> None:
    lines, codes = read("Kinh phí thực hiện: 1,250 triệu đồng.")
    assert (lines, codes) == ([], ["amount_unclear"])


PIECES = [*SENTENCES.split("\n"), *ANNEX.split("\n"), "kinh phí 5 tỷ đồng, trong đó", "\t"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_quotes_hold_the_sum_and_parents_are_totals(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    lines, _ = read(text)
    for index, line in enumerate(lines):
        evidence = line["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
        assert line["as_printed"].strip() in " ".join(evidence["quote"].split())
        if line["parent"] is not None:
            assert line["parent"] != index
            assert lines[line["parent"]]["is_total"]

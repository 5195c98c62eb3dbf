"""Numbers of sections in every usual form; documents and expected paths by hand."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.section_marks import roman_digits, roman_number
from etl.extract.sections import Section, find_sections
from etl.extract.text import Cell, DocumentText, Table

SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"


def sections(text: str) -> list[Section]:
    return find_sections(DocumentText(text))


def paths(text: str) -> list[str]:
    return [s.path for s in sections(text)]


PLAN = """\
KẾ HOẠCH

I. MỤC TIÊU

1. Mục tiêu chung

Nâng cao nhận thức.

2. Mục tiêu cụ thể

a) Đến năm 2025;

b) Đến năm 2030.

II. NHIỆM VỤ

1. Tuyên truyền

1.1. Trong nước

- Báo in;

+ Báo tỉnh.

1.2. Ngoài nước

2. Tập huấn

III. TỔ CHỨC THỰC HIỆN

1. Sở Ngoại vụ

Trên đây là Kế hoạch của tỉnh./.

Nơi nhận:
- Như trên;
"""
PLAN_PATHS = [
    "I", "I.1", "I.2", "I.2.a", "I.2.b", "II", "II.1", "II.1.1", "II.1.2", "II.2", "III", "III.1",
]  # fmt: skip


def test_plan_and_the_ends_of_its_sections() -> None:
    found = {s.path: s for s in sections(PLAN)}
    assert list(found) == PLAN_PATHS
    assert [found[p].level for p in ("I", "I.2", "I.2.b", "II.1.1")] == [1, 2, 3, 3]
    assert found["I"].end == found["II"].start and found["II.1"].end == found["II.2"].start
    assert PLAN[: found["III.1"].end].rstrip().endswith("1. Sở Ngoại vụ")
    first = found["I.1"]
    assert first.label == "1." and PLAN[first.title_start : first.title_end] == "Mục tiêu chung"
    assert PLAN[first.body_start : first.end].strip() == "Nâng cao nhận thức."
    doc = DocumentText(PLAN)
    where = {"Báo tỉnh": "II.1.1", "Đến năm 2030": "I.2.b", "Trên đây": None, "KẾ HOẠCH": None}
    assert {w: doc.section_at(PLAN.index(w)) for w in where} == where


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1. Mục tiêu chung", "1 . Mục tiêu chung"),
        ("1. Mục tiêu chung", "l. Mục tiêu chung"),
        ("1. Mục tiêu chung", "1.Mục tiêu chung"),
        ("1. Mục tiêu chung", "**1. Mục tiêu chung**"),
        ("1. Mục tiêu chung", "##### **1.** Mục tiêu chung"),
        ("1. Mục tiêu chung", "1\\. Mục tiêu chung"),
        ("1. Mục tiêu chung", "1.\nMục tiêu chung"),
        ("1. Mục tiêu chung", "1/ Mục tiêu chung"),
        ("1. Mục tiêu chung", "1- Mục tiêu chung"),
        ("II. NHIỆM VỤ", "II.NHIỆM VỤ"),
        ("II. NHIỆM VỤ", "Il. NHIỆM VỤ"),
        ("II. NHIỆM VỤ", "## II. NHIỆM\nVỤ"),
        ("II. NHIỆM VỤ", "II- NHIỆM VỤ"),
        ("II. NHIỆM VỤ", "II/ NHIỆM VỤ"),
        ("1.1. Trong nước", "1.1 Trong nước"),
        ("1.1. Trong nước", "1. 1. Trong nước"),
        ("1.1. Trong nước", "II.1.1. Trong nước"),
        ("a) Đến", "a. Đến"),
        ("a) Đến", "(a) Đến"),
        ("\n\n2. Tập huấn", "; 2. Tập huấn"),
        ("\n\n1.2. Ngoài", " 1.2. Ngoài"),
        ("Nâng cao nhận thức.\n\n2. Mục", "Nâng cao nhận thức. 2. Mục"),
        ("\n\n", "\n"),
        ("\n\n", "\n \n\n"),
        ("- Báo in;", "- Báo in, ngày\n15.11.2023 và\n5. tiếp"),
        ("- Báo in;", "- Báo in;\n\n3\n\n"),
        ("- Báo in;", "- Báo in 1.234.567 đồng, số\n16. và\n2.5 tỷ đồng"),
        ("- Báo in;", "| 1. | Báo in |\n| 2. | Báo nói |"),
        ("- Báo in;", "gồm: (1) Báo in; (2) Báo nói; trong giai đoạn 2. Tiếp tục"),
    ],
)
def test_numbers_stay_whatever_ocr_and_converters_do(old: str, new: str) -> None:
    assert paths(PLAN.replace(old, new)) == PLAN_PATHS


def test_a_lost_number_does_not_stop_the_others() -> None:
    assert paths(PLAN.replace("1. Tuyên truyền\n\n", "")) == [p for p in PLAN_PATHS if p != "II.1"]
    without_roman = PLAN.replace("II. NHIỆM VỤ", "NHIỆM VỤ")
    assert paths(without_roman)[-2:] == ["III", "III.1"]


def test_a_number_out_of_its_sequence_is_none() -> None:
    text = "1. Một.\n\n2. Hai của tháng\n9. Sau đó.\n\n3. Ba.\n\n5. Năm.\n"
    assert paths(text) == ["1", "2", "3", "5"]
    # The false 3 stands in a broken line, the true one comes behind it.
    broken = (
        "1. Một.\n\n2. Thực hiện theo Công văn liên quan đến Bộ Thông tin và Truyền thông khóa\n"
    )
    text = broken + "3. nhiệm vụ.\n\n3. Ba.\n\n4. Bốn.\n"
    found = sections(text)
    assert [s.path for s in found] == ["1", "2", "3", "4"]
    assert text[found[2].start :].startswith("3. Ba")


def test_vietnamese_letters() -> None:
    text = "1. Việc:\n" + "".join(f"{c}) Làm {c};\n" for c in "abcdđeghiklm") + "2. Khác\n"
    assert paths(text) == ["1", *(f"1.{c}" for c in "abcdđeghiklm"), "2"]
    # OCR has lost the bar of đ.
    assert paths(text.replace("đ) Làm đ", "d) Làm đ")) == [
        "1",
        *(f"1.{c}" for c in "abcdđeghiklm"),
        "2",
    ]
    assert paths("1. Việc:\na) Một\na.1) Nhỏ\na.2) Nhỏ\nb) Hai\n") == [
        "1",
        "1.a",
        "1.a.1",
        "1.a.2",
        "1.b",
    ]


def test_bracketed_numbers_only_at_the_start_of_lines() -> None:
    text = "6. Việc\n\n6.1. Biển:\n\n(1) Vị trí;\n\n(2) Quyền;\n\n6.2. Bộ\n"
    whole = "".join(f"{n}. Việc\n\n" for n in range(1, 6)) + text
    assert paths(whole)[5:] == ["6", "6.1", "6.1.(1)", "6.1.(2)", "6.2"]
    inline = whole.replace(":\n\n(1)", ": (1)").replace("\n\n(2)", " (2)")
    assert paths(inline)[5:] == ["6", "6.1", "6.2"]
    broken = whole.replace(":\n\n(1)", ": (1)").replace(";\n\n(2)", ";\n(2)")
    assert paths(broken)[5:] == ["6", "6.1", "6.2"]
    assert paths("1. Việc\n1) Một;\n2) Hai.\n2. Khác\n") == ["1", "1.(1)", "1.(2)", "2"]
    assert paths("I. A\n1) Một\n2) Hai\n") == ["I", "I.1", "I.2"]


def test_regulation_with_chapters_and_articles() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n\n1. Một;\n\n2. Hai theo\n"
        "Điều 5 Nghị định này.\n\n"
        "Điều 2. Đối tượng\n\na) Sở;\n\nChương II\nQUẢN LÝ\n\nMục 1. NỘI DUNG\n\n"
        "Điều 3. Nội dung\n\n1. Một\n"
    )
    assert paths(text) == [
        "Chương I", "Điều 1", "Điều 1.1", "Điều 1.2", "Điều 2", "Điều 2.a", "Chương II",
        "Chương II.Mục 1", "Điều 3", "Điều 3.1",
    ]  # fmt: skip


def test_an_extract_leaves_articles_out() -> None:
    text = (
        "Chương II\nQUẢN LÝ\n\nĐiều 8. Sở Ngoại vụ\n1. Chủ trì.\n2. Phối hợp.\n\nĐiều 15. Báo cáo\n"
    )
    assert paths(text) == ["Chương II", "Điều 8", "Điều 8.1", "Điều 8.2", "Điều 15"]


def test_parts_and_annexes() -> None:
    text = "Phần thứ nhất\nKẾT QUẢ\n\nI. Chung\n\n1. Một\n\nPhần thứ hai\nNHIỆM VỤ\n\nI. Chung\n"
    assert paths(text) == [
        "Phần thứ nhất", "Phần thứ nhất.I", "Phần thứ nhất.I.1", "Phần thứ hai", "Phần thứ hai.I",
    ]  # fmt: skip
    annexed = PLAN + "\nPhụ lục I\nDANH MỤC\n\n1. Một\n\n2. Hai\n\nPHỤ LỤC 2: KINH PHÍ\n\n1. Một\n"
    assert paths(annexed) == [
        *PLAN_PATHS, "Phụ lục I", "Phụ lục I.1", "Phụ lục I.2", "Phụ lục 2", "Phụ lục 2.1",
    ]  # fmt: skip
    assert paths(PLAN.replace("Nâng cao", "Phụ lục kèm theo. Nâng cao")) == PLAN_PATHS


def test_capital_letters_above_roman_numbers() -> None:
    text = "A. KẾT QUẢ\n\nI. Chung\n\n1. Một\n\nB. NHIỆM VỤ\n\nI. Chung\n"
    assert paths(text) == ["A", "A.I", "A.I.1", "B", "B.I"]


def test_numbering_that_goes_on_through_the_roman_sections() -> None:
    assert paths("I. A\n\n1. Một\n\n2. Hai\n\nII. B\n\n3. Ba\n\n4. Bốn\n") == [
        "I", "I.1", "I.2", "II", "II.3", "II.4",
    ]  # fmt: skip
    assert paths("I. A\n\n1.1. Một\n\n1.2. Hai\n\nII. B\n\n2.1. Ba\n") == [
        "I", "I.1.1", "I.1.2", "II", "II.2.1",
    ]  # fmt: skip


def test_numbers_in_cells_of_tables_are_no_sections() -> None:
    text = "1. Một\n\n1. Báo in\n2. Báo nói\n\n2. Hai\n"
    first = text.index("1. Báo")
    second = text.index("2. Báo")
    table = Table(((Cell(first, second - 1),), (Cell(second, second + 10),)))
    assert [s.start for s in find_sections(DocumentText(text, (table,)))] == [
        0,
        text.index("2. Hai"),
    ]


def test_headings_broken_over_lines() -> None:
    text = (
        "I. MỤC ĐÍCH,\nYÊU CẦU\n\n1. Phối hợp khảo sát tại cửa khẩu\n\nquốc tế.\n\n- Chủ trì: Sở.\n"
    )
    found = sections(text)
    assert [text[s.title_start : s.title_end] for s in found] == [
        "MỤC ĐÍCH,\nYÊU CẦU", "Phối hợp khảo sát tại cửa khẩu\n\nquốc tế.",
    ]  # fmt: skip
    assert text[found[1].body_start :].startswith("- Chủ trì")


@given(st.integers(1, 49))
def test_roman_numbers_read_back(number: int) -> None:
    assert roman_number(roman_digits(number).lower()) == number


@given(st.text(alphabet="I1l.2) a(b\nđĐiều-ViệcA*#Nơi nhận:", max_size=200))
def test_sections_are_in_order_nested_and_in_the_text(text: str) -> None:
    found = sections(text)
    open_ends: list[int] = []
    for section in found:
        assert 0 <= section.start <= section.title_start <= section.title_end <= section.body_start
        assert section.body_start <= section.end <= len(text)
        while open_ends and open_ends[-1] <= section.start:
            open_ends.pop()
        assert all(section.end <= end for end in open_ends)
        open_ends.append(section.end)
    assert [s.start for s in found] == sorted(s.start for s in found)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_generated_numbering_is_read_back(counts: list[int]) -> None:
    lines, expected = [], []
    for outer, count in enumerate(counts, 1):
        lines.append(f"{outer}. Nội dung")
        expected.append(f"{outer}")
        for inner in range(1, count + 1):
            lines.append(f"{outer}.{inner}. Việc nhỏ;")
            expected.append(f"{outer}.{inner}")
    assert paths("\n\n".join(lines)) == expected


@pytest.mark.parametrize(
    "unit", ["a", "1.", "1.\n", " ", "\n", "7", "I.", "(1)\n", "* ", "a)\n", "Điều "]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    doc = DocumentText(unit * (1_000_000 // len(unit)))
    began = time.process_time()
    find_sections(doc)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    ("name", "words", "path"),
    [
        ("3089_btttt_ttdn_2023", "Hiện có 39/63", "4"),
        ("3089_btttt_ttdn_2023", "thành quả 84%", "6.2.c"),
        ("3089_btttt_ttdn_2023", "Nơi nhận", None),
        ("4110_btttt_ttdn_2018", "05/9/1017", "8"),
        ("4110_btttt_ttdn_2018", "phong trào thi đua", "9"),
        ("binh_thuan_417_kh_skhcn_2024", "953/KH-UBND", "II.4"),
        ("binh_thuan_417_kh_skhcn_2024", "trước ngày 10/11", "III.2"),
        ("cao_bang_kh_2023", "cửa khẩu Trà Lĩnh", "II.3.1"),
        ("cao_bang_kh_2023", "31/2020/QĐ-UBND", "II.1"),
        ("cao_bang_kh_2023", "Chủ động xây dựng dự toán", "IV.7"),
        ("cao_bang_kh_2023", "trước ngày 15 tháng 11", None),
    ],
)
def test_real_documents(name: str, words: str, path: str | None) -> None:
    file = SHARED / f"{name}.txt"
    if not file.is_file() and os.environ.get("CI") != "true":
        pytest.skip(f"{file} is missing")
    doc = DocumentText(file.read_text(encoding="utf-8"))
    assert doc.section_at(doc.text.index(words)) == path

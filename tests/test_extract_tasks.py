"""Tasks of plans, annexes and guidance letters."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.tasks import find_tasks
from etl.extract.tasks_due import parse_due
from etl.extract.text import DocumentText, Item

SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
PLAN: Item = {"kind": "plan", "plan_year": 2026}

TEXT = """KẾ HOẠCH
Thông tin đối ngoại tỉnh Phú Yên năm 2026

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Giới thiệu tiềm năng của tỉnh.
2. Yêu cầu
- Đúng tiến độ.

II. NỘI DUNG
1. Mở lớp tập huấn cho cán bộ xã
- Nội dung: Kỹ năng viết tin.
- Cơ quan chủ trì: Sở Nội vụ;
- Cơ quan phối hợp: Sở Văn hóa, Thể thao và Du lịch, UBND các huyện, thị xã, thành phố.
- Thời gian thực hiện: Quý II/2026.
- Kinh phí: 150 triệu đồng (từ ngân sách tỉnh).
2. Xuất bản ấn phẩm
2.1. In sách ảnh
Giao Sở Ngoại vụ chủ trì, phối hợp với Báo Phú Yên và các cơ quan liên quan biên soạn 500 cuốn.
2.2. Làm phim; đơn vị thực hiện: Đài Phát thanh và Truyền hình Phú Yên; thời gian: tháng 8/2026
3. Theo dõi dư luận
a) Nội dung: Tổng hợp tin bài.
b) Đơn vị tham mưu: Sở Tài chính
c) Đơn vị chủ trì thực hiện: Công an tỉnh, Báo
Phú Yên
4. Viết tin bài thường xuyên về biển, đảo.

III. KINH PHÍ THỰC HIỆN
1. Kinh phí do ngân sách bảo đảm.

IV. TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ
- Chủ trì, phối hợp với các sở theo dõi.

Nơi nhận:
- Như trên.
"""


def by_ordinal(text: str, header: Item) -> dict[str, Item]:
    return {task["ordinal"]: task for task in find_tasks(DocumentText(text), header)}


def test_items_of_the_content_are_the_tasks() -> None:
    tasks = find_tasks(DocumentText(TEXT), PLAN)
    assert [(t["ordinal"], t["title"]) for t in tasks] == [
        ("II.1", "Mở lớp tập huấn cho cán bộ xã"),
        ("II.2.1", "In sách ảnh"),
        ("II.2.2", "Làm phim"),
        ("II.3", "Theo dõi dư luận"),
        ("II.4", "Viết tin bài thường xuyên về biển, đảo"),
    ]


def test_labels_give_roles_time_and_money() -> None:
    task = by_ordinal(TEXT, PLAN)["II.1"]
    assert task["lead_bodies"] == ["Sở Nội vụ"]
    assert task["partner_bodies"] == [
        "Sở Văn hóa, Thể thao và Du lịch",
        "UBND các huyện, thị xã, thành phố",
    ]
    assert task["due"] == {"from": "2026-04-01", "to": "2026-06-30", "printed": "Quý II/2026"}
    assert task["amount_million_vnd"] == 150
    assert task["funding_source"] == "ngân sách tỉnh"
    assert set(task) == {
        "ordinal", "title", "lead_bodies", "partner_bodies", "due", "amount_million_vnd",
        "funding_source", "evidence",
    }  # fmt: skip


def test_a_sentence_gives_the_lead_and_partners() -> None:
    task = by_ordinal(TEXT, PLAN)["II.2.1"]
    assert task["lead_bodies"] == ["Sở Ngoại vụ"]
    assert task["partner_bodies"] == ["Báo Phú Yên", "các cơ quan liên quan"]


def test_labels_inside_a_line() -> None:
    task = by_ordinal(TEXT, PLAN)["II.2.2"]
    assert task["lead_bodies"] == ["Đài Phát thanh và Truyền hình Phú Yên"]
    assert task["due"] == {"from": "2026-08-01", "to": "2026-08-31", "printed": "tháng 8/2026"}


def test_who_leads_goes_before_who_advises() -> None:
    assert by_ordinal(TEXT, PLAN)["II.3"]["lead_bodies"] == ["Công an tỉnh", "Báo Phú Yên"]


def test_nothing_printed_is_nothing_found() -> None:
    task = by_ordinal(TEXT, PLAN)["II.4"]
    assert (task["lead_bodies"], task["partner_bodies"], task["due"]) == ([], [], None)
    assert (task["amount_million_vnd"], task["funding_source"]) == (None, None)


MORE = """I. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với Công an tỉnh, UBND các huyện, thành phố tham mưu UBND tỉnh ban \
hành quy chế. Hoàn thành trong quý II/2026.
2. Quảng bá
2.1. Nội dung: Quảng bá du lịch.
2.2. Đơn vị thực hiện: Sở Du lịch chủ trì, phối hợp với Báo Phú Yên.
2.3. Thời gian: Cả năm.
3. Làm phim (chủ trì: Sở Ngoại vụ; phối hợp: Sở Y tế; thời gian: Tháng 8/2026)
4. Truyền thông
Đơn vị chủ trì:
+ Sở Khoa học và Công nghệ;
+ Đài PT-TH tỉnh.
"""


def test_other_ways_to_name_lead_and_time() -> None:
    tasks = by_ordinal(MORE, PLAN)
    said = [(t["ordinal"], t["lead_bodies"], t["partner_bodies"]) for t in tasks.values()]
    assert said == [
        ("I.1", ["Sở Y tế"], ["Công an tỉnh", "UBND các huyện, thành phố"]),
        ("I.2", ["Sở Du lịch"], ["Báo Phú Yên"]),
        ("I.3", ["Sở Ngoại vụ"], ["Sở Y tế"]),
        ("I.4", ["Sở Khoa học và Công nghệ", "Đài PT-TH tỉnh"], []),
    ]
    printed = [t["due"] and t["due"]["printed"] for t in tasks.values()]
    assert printed == ["trong quý II/2026", "Cả năm", "Tháng 8/2026", None]
    assert tasks["I.1"]["title"].endswith("ban hành quy chế")
    assert tasks["I.3"]["title"] == "Làm phim"


def test_marks_lost_and_markdown_change_nothing() -> None:
    plain = unicodedata.normalize("NFD", TEXT).replace("đ", "d").replace("Đ", "D")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found = find_tasks(DocumentText(plain), PLAN)
    assert [t["ordinal"] for t in found] == ["II.1", "II.2.1", "II.2.2", "II.3", "II.4"]
    assert found[0]["lead_bodies"] == ["So Noi vu"]
    marked = TEXT.replace("II. NỘI DUNG", "## **II. NỘI DUNG**").replace("- Cơ quan", "- **Cơ quan")
    marked = marked.replace("chủ trì: Sở", "chủ trì:** Sở")
    assert by_ordinal(marked, PLAN)["II.1"]["lead_bodies"] == ["Sở Nội vụ"]


ANNEX = """KẾ HOẠCH
I. NỘI DUNG
Theo phụ lục.

PHỤ LỤC
(Đơn vị tính: triệu đồng)
STT\tNhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian\tKinh phí\tNguồn kinh phí
I\tTuyên truyền\t\t\t\t300\t
1\tLàm phim\tĐài Phát thanh - Truyền hình\tSở Y tế, Sở Nội vụ\ttrước 30/6/2026\t200\tNgân sách tỉnh
2\tIn sách\tSở Ngoại vụ\t\tThường xuyên\t100\t
Tổng cộng\t\t\t\t\t300\t
"""


def test_rows_of_an_annex_are_tasks() -> None:
    tasks = by_ordinal(ANNEX, PLAN)
    assert list(tasks) == ["I.1", "I.2"]
    film = tasks["I.1"]
    assert film["lead_bodies"] == ["Đài Phát thanh - Truyền hình"]
    assert film["partner_bodies"] == ["Sở Y tế", "Sở Nội vụ"]
    assert film["due"] == {"from": None, "to": "2026-06-30", "printed": "trước 30/6/2026"}
    assert (film["amount_million_vnd"], film["funding_source"]) == (200, "Ngân sách tỉnh")


LETTER = """Kính gửi: UBND các tỉnh

Đề nghị tập trung các nhiệm vụ sau:

1. Hoàn thiện quy chế

Đề nghị các tỉnh rà soát.

2. Giao Sở Ngoại vụ phối hợp với Công an tỉnh và các sở, ngành liên quan theo dõi báo chí.

3. Tuyên truyền biên giới

a) Tuyến thứ nhất

- Đăng tin.

b) Tuyến thứ hai

- Đăng bài.

Trân trọng./.

Nơi nhận:
- Như trên.
"""


def test_items_of_a_guidance_letter_down_to_its_letters() -> None:
    header = {"kind": "official_letter", "plan_year": 2027, "title": "hướng dẫn"}
    tasks = by_ordinal(LETTER, header)
    assert list(tasks) == ["1", "2", "3.a", "3.b"]
    assert tasks["2"]["lead_bodies"] == ["Sở Ngoại vụ"]
    assert tasks["2"]["partner_bodies"] == ["Công an tỉnh", "các sở, ngành liên quan"]


def test_another_letter_has_tasks_only_where_somebody_leads() -> None:
    header = {"kind": "official_letter", "plan_year": None, "title": "về việc mời họp"}
    assert find_tasks(DocumentText(LETTER), header) == []


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Quý III/2023", "2023-07-01", "2023-09-30"),
        ("Quý II, III/2024", "2024-04-01", "2024-09-30"),
        ("Tháng 02", "2024-02-01", "2024-02-29"),
        ("từ tháng 3 đến tháng 9/2024", "2024-03-01", "2024-09-30"),
        ("từ tháng 11/2023 đến tháng 01/2024", "2023-11-01", "2024-01-31"),
        ("trước ngày 30/6/2024", None, "2024-06-30"),
        ("Hoàn thành trước tháng 6/2024", None, "2024-05-31"),
        ("6 tháng đầu năm 2024", "2024-01-01", "2024-06-30"),
        ("Năm 2024", "2024-01-01", "2024-12-31"),
        ("giai đoạn 2024 - 2026", "2024-01-01", "2026-12-31"),
        ("từ 15/3 đến 20/4/2024", "2024-03-15", "2024-04-20"),
        ("Thường xuyên", None, None),
        ("hằng tháng", None, None),
        ("trước 15/11 hằng năm", None, None),
        ("31/02/2024", None, None),
        ("tháng 13/2024", None, None),
    ],
)
def test_printed_time(printed: str, first: str | None, last: str | None) -> None:
    assert parse_due(printed, 2024) == (first, last)


def test_a_time_without_any_year_gives_no_day() -> None:
    assert parse_due("Quý II", None) == (None, None)


@given(st.text(max_size=60), st.none() | st.integers(1990, 2040))
def test_any_printed_time_gives_a_range_or_nothing(printed: str, year: int | None) -> None:
    first, last = parse_due(printed, year)
    assert first is None or last is None or first <= last


@given(st.lists(st.sampled_from(TEXT.split("\n")), max_size=40))
def test_quotes_are_slices_in_the_order_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    tasks = find_tasks(DocumentText(text), PLAN)
    starts = [task["evidence"]["start"] for task in tasks]
    assert starts == sorted(starts)
    for task in tasks:
        evidence = task["evidence"]
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"] != ""
        assert task["title"]


def shared_text(name: str) -> str:
    if not SHARED.is_dir():
        assert os.environ.get("CI") != "true", f"{SHARED} is missing"
        pytest.skip(f"{SHARED} is not on this machine")
    text = (SHARED / name).read_text(encoding="utf-8")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def test_leads_of_a_real_plan() -> None:
    header = {"kind": "plan", "plan_year": 2023}
    tasks = by_ordinal(shared_text("cao_bang_kh_2023.txt"), header)
    culture = "Sở Văn hóa, Thể thao và Du lịch"
    information, border = "Sở Thông tin và Truyền thông", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"
    press = ["Báo Cao Bằng", "Đài Phát thanh - Truyền hình tỉnh"]
    assert {ordinal: task["lead_bodies"] for ordinal, task in tasks.items()} == {
        "II.1": [information], "II.2": [information], "II.3.1": [information], "II.3.2": [border],
        "II.3.3": [culture], "II.4": ["Báo Cao Bằng", "Đài Phát thanh - Truyền hình"],
        "II.5.1": [information], "II.5.2": press, "II.6": [information],
        "II.7.1": ["Sở Kế hoạch và Đầu tư"], "II.7.2": [culture], "II.7.3": ["Sở Ngoại vụ"],
        "II.8": ["Công an tỉnh Cao Bằng", *press], "II.9": [information],
    }  # fmt: skip


def test_tasks_of_a_real_letter() -> None:
    header = {"kind": "official_letter", "plan_year": 2024, "title": "hướng dẫn"}
    tasks = by_ordinal(shared_text("3089_btttt_ttdn_2023.txt"), header)
    assert list(tasks) == [
        "1", "2", "3.1", "3.2", "4", "5", "6.1", "6.2.a", "6.2.b", "6.2.c", "7",
    ]  # fmt: skip
    assert [o for o, t in tasks.items() if t["lead_bodies"] == ["Sở TTTT"]] == [
        "3.1",
        "3.2",
        "4",
        "7",
    ]

"""Provinces that a letter names with the state of their regulations; nothing may be invented."""

from __future__ import annotations

from typing import Any

import pytest

from domain.provinces import ProvinceRegister
from etl.extract.announced_totals import find_announced_totals
from etl.extract.statuses import find_regulation_statuses
from etl.extract.statuses_wording import is_left_out
from etl.extract.text import Cell, DocumentText, Table
from etl.reference import PROJECT_DATA, load_register

MINISTRY = {
    "kind": "official_letter", "issuer_level": "ministry", "issued_date": "2024-05-10",
    "province_code_gso": None, "plan_year": 2025,
}  # fmt: skip
DECREE = "Nghị định số 72/2015/NĐ-CP"
DECISION = "Quyết định số 79/2010/QĐ-TTg"
ISSUED = f"đã ban hành Quy chế quản lý hoạt động thông tin đối ngoại theo {DECREE}"


@pytest.fixture(scope="module")
def register() -> ProvinceRegister:
    return load_register(PROJECT_DATA)


def statuses(text: str, register: ProvinceRegister, **header: Any) -> list[tuple[str, str]]:
    """(code, class) of the items of a text; each quote is its slice and names the province."""
    doc = DocumentText(f"Về Quy chế:\n\n{text}\n\nNơi nhận:\n- Như trên.\n")
    items, _ = find_regulation_statuses(doc, {**MINISTRY, **header}, register)
    for item in items:
        proof = item["evidence"]
        assert doc.text[proof["start"] : proof["end"]] == proof["quote"]
    return [(item["province_code_gso"], item["class"]) for item in items]


# Phú Yên 54, Gia Lai 64
BOTH_CURRENT = [("54", "current"), ("64", "current")]


@pytest.mark.parametrize(
    "text",
    [
        "Các tỉnh đã ban hành Quy chế thông tin đối ngoại theo quy định hiện hành, trừ {names}.",
        f"Các tỉnh {ISSUED}, trừ {{names}}.",
        f"Các tỉnh {ISSUED}, ngoại trừ các tỉnh sau: {{names}}.",
        f"Các tỉnh {ISSUED}, không kể {{names}}.",
        f"Các tỉnh {ISSUED}, không tính 02 tỉnh {{names}}.",
        f"Các tỉnh {ISSUED} (không bao gồm {{names}}).",
        f"Các tỉnh {ISSUED} (chưa kể {{names}}).",
        f"Trừ {{names}}, các tỉnh {ISSUED}.",
        f"Ngoài {{names}}, các tỉnh khác {ISSUED}.",
        f"Không kể các tỉnh {{names}}, cả nước {ISSUED}.",
        f"Cả nước {ISSUED}, ngoại trừ:\n- {{names}}.",
        f"{{names}} không thuộc các tỉnh {ISSUED}.",
        f"{{names}} không phải là các tỉnh {ISSUED}.",
        f"{{names}} chưa ban hành Quy chế thông tin đối ngoại theo {DECREE}.",
        f"{{names}} không có Quy chế thông tin đối ngoại theo {DECREE}.",
        f"Đề nghị bổ sung {{names}} vào danh sách các tỉnh {ISSUED}.",
        f"{{names}} đề nghị bổ sung vào danh sách các tỉnh {ISSUED}.",
        f"Đề nghị {{names}} bổ sung Quy chế thông tin đối ngoại theo {DECREE}.",
        f"Nếu {{names}} {ISSUED} thì gửi về Bộ.",
        f"{{names}} đã xây dựng dự thảo Quy chế thông tin đối ngoại theo {DECREE}.",
        f"Các tỉnh chưa sửa đổi Quy chế theo {DECISION}, trừ {{names}}.",
        f"{{names}} không phải áp dụng Quy chế theo {DECISION}.",
        f"{{names}} không còn áp dụng Quy chế theo {DECISION}.",
        "Các tỉnh chỉ có Quy chế quản lý thống nhất các hoạt động đối ngoại, không kể {names}.",
    ],
)
@pytest.mark.parametrize("names", ["Phú Yên, Gia Lai", "tỉnh Phú Yên và tỉnh Gia Lai"])
def test_who_is_left_out_or_denied_gets_no_class(
    text: str, names: str, register: ProvinceRegister
) -> None:
    assert statuses(text.format(names=names), register) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Phú Yên, Gia Lai {ISSUED}.", BOTH_CURRENT),
        (f"Ngoài ra, Phú Yên, Gia Lai {ISSUED}.", BOTH_CURRENT),
        (f"Các tỉnh {ISSUED}, gồm: Phú Yên, Gia Lai; trừ Hà Nội, Hải Phòng.", BOTH_CURRENT),
        (
            "Phú Yên, Gia Lai đã ban hành Quy chế thông tin đối ngoại theo quy định hiện hành.",
            BOTH_CURRENT,
        ),
        (
            f"Có 5 tỉnh, trừ Phú Yên, chưa thay thế Quy chế theo {DECISION}, gồm: "
            "Hải Dương, Long An.",
            [("30", "outdated"), ("80", "outdated")],
        ),
        (
            f"Không có tỉnh nào ở Tây Nguyên áp dụng {DECISION}; Phú Yên, Gia Lai {ISSUED}.",
            BOTH_CURRENT,
        ),
    ],
)
def test_an_exception_leaves_the_others_their_class(
    text: str, expected: list[tuple[str, str]], register: ProvinceRegister
) -> None:
    assert statuses(text, register) == expected


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Bà Rịa-Vũng Tàu", "77"), ("Bà Rịa – Vũng Tàu", "77"), ("BÀ RỊA-VŨNG TÀU", "77"),
        ("TP. HCM", "79"), ("TP HCM", "79"), ("TP. Hồ Chí Minh", "79"), ("Thừa Thiên-Huế", "46"),
        ("TP Đà Nẵng", "48"), ("THÀNH PHỐ ĐÀ NẴNG", "48"), ("Đăk Lăk", "66"),
        ("Ba Ria - Vung Tau", "77"),
    ],
)  # fmt: skip
def test_spellings_of_one_province(printed: str, code: str, register: ProvinceRegister) -> None:
    assert statuses(f"Còn 02 tỉnh, gồm: {printed}, Long An chưa sửa đổi Quy chế theo {DECISION}.",
                    register) == [(code, "outdated"), ("80", "outdated")]  # fmt: skip


def test_the_vintage_is_that_of_the_date(register: ProvinceRegister) -> None:
    text = f"Tây Ninh chưa sửa đổi Quy chế thông tin đối ngoại theo {DECISION}."
    assert statuses(text, register) == [("72", "outdated")]
    assert statuses(text, register, issued_date="2025-08-01") == [("80", "outdated")]


def test_a_cell_that_says_no_gives_no_class(register: ProvinceRegister) -> None:
    rows = [
        ["Tỉnh", "Quy chế theo Quyết định 79/2010/QĐ-TTg", "Quy chế theo Nghị định 72/2015/NĐ-CP"],
        ["Phú Yên", "Không", "Có"], ["Gia Lai", "Không", "Chưa"], ["Long An", "x", "-"],
    ]  # fmt: skip
    text, cells = "Tình trạng Quy chế thông tin đối ngoại\n", []
    for row in rows:
        cells.append([])
        for printed in row:
            cells[-1].append(Cell(len(text), len(text) + len(printed)))
            text += f"{printed}\n"
    doc = DocumentText(text, [Table(tuple(tuple(row) for row in cells))])
    items, _ = find_regulation_statuses(doc, MINISTRY, register)
    assert [(i["province_code_gso"], i["class"]) for i in items] == [
        ("54", "current"), ("80", "outdated"),
    ]  # fmt: skip


def test_a_count_that_is_left_out_is_no_total() -> None:
    text = "Trừ 24 tỉnh, các tỉnh còn lại chưa xây dựng Kế hoạch truyền thông về quyền con người."
    assert find_announced_totals(DocumentText(text), MINISTRY) == []
    text = "Còn 39/63 tỉnh chưa xây dựng Kế hoạch truyền thông về quyền con người."
    (item,) = find_announced_totals(DocumentText(text), MINISTRY)
    assert (item["count"], item["out_of"]) == (39, 63)


def test_a_total_whose_names_are_parted_by_semicolons() -> None:
    text = (
        "Có 03 tỉnh: Vĩnh Phúc; Hòa Bình; Hậu Giang chưa có Quy chế quản lý hoạt động thông tin đối"
        " ngoại mà chỉ có Quy chế quản lý thống nhất các hoạt động đối ngoại."
    )
    (item,) = find_announced_totals(DocumentText(text), MINISTRY)
    assert item["indicator"] == "only_general_foreign_affairs_regulation"
    assert item["count"] == 3


def test_besides_is_no_exception() -> None:
    assert is_left_out("ngoai ") and is_left_out("tru cac tinh sau: ")
    assert not is_left_out("ngoai ra, ") and not is_left_out("quan ly hoat dong doi ngoai ")

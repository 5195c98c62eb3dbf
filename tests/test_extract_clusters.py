"""Information clusters: places and states worked out by hand from one sentence each."""

from __future__ import annotations

from typing import Any

import pytest

from domain.provinces import ProvinceRegister
from etl.extract.clusters import find_clusters
from etl.extract.text import DocumentText
from etl.reference import PROJECT_DATA, load_register

OWN = {"kind": "plan", "province_code_gso": "20", "issued_date": "2023-02-01", "title": "Kế hoạch"}
MINISTRY = {**OWN, "kind": "official_letter", "province_code_gso": None, "issuer_level": "ministry"}


@pytest.fixture(scope="module")
def register() -> ProvinceRegister:
    return load_register(PROJECT_DATA)


def found(text: str, register: ProvinceRegister, header: dict[str, Any] = OWN) -> list[Any]:
    """Clusters of a text, each with a short quote that is its slice."""
    items = find_clusters(DocumentText(text), header, register)
    for item in items:
        proof = item["evidence"]
        assert text[proof["start"] : proof["end"]] == proof["quote"]
        assert len(proof["quote"]) <= 400
    return items


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lắp đặt mới cụm thông tin đối ngoại tại cửa khẩu Tân Thanh.", "planned"),
        ("Đề xuất Bộ đầu tư cụm thông tin điện tử tại cửa khẩu Tân Thanh.", "proposed"),
        ("Khảo sát, kiến nghị đặt cụm thông tin tại cửa khẩu Tân Thanh.", "proposed"),
        ("Duy trì cụm thông tin đối ngoại tại cửa khẩu Tân Thanh.", "operating"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh hoạt động ổn định.", "operating"),
        ("Đã đầu tư xây dựng cụm thông tin tại cửa khẩu Tân Thanh.", "operating"),
        ("Sửa chữa cụm thông tin đối ngoại tại cửa khẩu Tân Thanh.", "needs_repair"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh đã xuống cấp.", "needs_repair"),
        ("Đề xuất sửa chữa cụm thông tin tại cửa khẩu Tân Thanh.", "needs_repair"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh tạm dừng hoạt động do hỏng loa.", "needs_repair"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh đã được sửa chữa xong.", "operating"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh đã ngừng hoạt động.", "closed"),
        ("Tháo dỡ cụm thông tin đối ngoại tại cửa khẩu Tân Thanh.", "closed"),
        ("Xây dựng nội dung phát trên cụm thông tin tại cửa khẩu Tân Thanh.", "operating"),
        ("Cụm thông tin tại cửa khẩu Tân Thanh (đã phê duyệt chủ trương đầu tư).", "planned"),
    ],
)
def test_the_state_is_told_by_the_words_around(
    text: str, expected: str, register: ProvinceRegister
) -> None:
    items = found(text, register)
    assert [(i["place"], i["state"]) for i in items] == [("cửa khẩu Tân Thanh", expected)]
    assert items[0]["province_code_gso"] == "20"


def test_not_yet_built_is_no_state(register: ProvinceRegister) -> None:
    text = (
        "Tại cửa khẩu Chi Ma chưa được đầu tư cụm thông tin; cụm thông tin tại cửa khẩu Bình Nghi"
    )
    assert found(text + " chưa lắp đặt.", register) == []


def test_without_a_named_place_there_is_none(register: ProvinceRegister) -> None:
    assert found("Duy trì cụm thông tin tại các cửa khẩu biên giới của tỉnh.", register) == []
    assert found("Sửa chữa cụm thông tin theo Quyết định số 12/QĐ-UBND.", register) == []


def test_two_clusters_of_a_sentence_have_states_of_their_own(register: ProvinceRegister) -> None:
    text = (
        "Đầu tư mới cụm thông tin tại cửa khẩu Cốc Nam, huyện Văn Lãng và vận hành cụm thông tin"
        " tại cửa khẩu quốc tế Hữu Nghị."
    )
    assert [(i["place"], i["state"]) for i in found(text, register)] == [
        ("cửa khẩu Cốc Nam, huyện Văn Lãng", "planned"),
        ("cửa khẩu quốc tế Hữu Nghị", "operating"),
    ]


def test_places_named_together(register: ProvinceRegister) -> None:
    text = "Đề xuất cụm thông tin tại Cảng hàng không quốc tế Phú Bài và cảng Chân Mây."
    assert [i["place"] for i in found(text, register)] == [
        "Cảng hàng không quốc tế Phú Bài", "cảng Chân Mây",
    ]  # fmt: skip
    text = "Duy trì cụm thông tin tại các cửa khẩu Tân Thanh, Chi Ma và Cốc Nam."
    assert [i["place"] for i in found(text, register)] == [
        "cửa khẩu Tân Thanh", "cửa khẩu Chi Ma", "cửa khẩu Cốc Nam",
    ]  # fmt: skip


def test_a_line_break_in_the_place_and_in_the_words(register: ProvinceRegister) -> None:
    text = "Vận hành cụm\nthông tin đối ngoại tại cửa khẩu quốc tế\nHữu Nghị.\n- Nội dung: mới"
    assert [i["place"] for i in found(text, register)] == ["cửa khẩu quốc tế Hữu Nghị"]


def test_a_heading_names_the_place_and_the_text_below_the_state(
    register: ProvinceRegister,
) -> None:
    text = "1. Cụm thông tin tại cửa khẩu Chi Ma\n\nCụm thông tin hiện hư hỏng màn hình.\n"
    assert [(i["place"], i["state"]) for i in found(text, register)] == [
        ("cửa khẩu Chi Ma", "needs_repair")
    ]


def test_the_regulation_of_operation(register: ProvinceRegister) -> None:
    text = (
        "Duy trì cụm thông tin tại cửa khẩu Chi Ma theo Quyết định số 14/2019/QĐ-UBND"
        " ngày 02/5/2019 ban hành Quy chế quản lý, vận hành cụm thông tin."
    )
    assert [i["operating_regulation"] for i in found(text, register)] == ["14/2019/QĐ-UBND"]


def test_in_a_letter_of_the_ministry_the_province_is_printed(register: ProvinceRegister) -> None:
    text = "Cụm thông tin tại cửa khẩu quốc tế Lao Bảo (Quảng Trị) đã xuống cấp."
    assert [(i["province_code_gso"], i["state"]) for i in found(text, register, MINISTRY)] == [
        ("45", "needs_repair")
    ]
    assert found("Sửa chữa cụm thông tin tại cửa khẩu Lao Bảo.", register, MINISTRY) == []

"""Lists of bodies as offices print them → the bodies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.bodies import split_bodies, starts_with_body
from etl.extract.text import fold_text

LISTS = [
    ("Sở Tài chính, Sở Nội vụ và Sở Tư pháp.", ["Sở Tài chính", "Sở Nội vụ", "Sở Tư pháp"]),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Kế hoạch và Đầu tư",
        ["Sở Văn hóa, Thể thao và Du lịch", "Sở Kế hoạch và Đầu tư"],
    ),
    (
        "Sở Lao động, Thương binh và Xã hội; UBND các huyện, thị xã, thành phố",
        ["Sở Lao động, Thương binh và Xã hội", "UBND các huyện, thị xã, thành phố"],
    ),
    (
        "các sở, ban, ngành, đoàn thể và UBND các huyện, thành phố",
        ["các sở, ban, ngành, đoàn thể", "UBND các huyện, thành phố"],
    ),
    (
        "Các Sở, Ban ngành, Ban Tuyên giáo Tỉnh ủy",
        ["Các Sở, Ban ngành", "Ban Tuyên giáo Tỉnh ủy"],
    ),
    (
        "Báo Gia Lai, Đài Phát thanh - Truyền hình tỉnh; các cơ quan, đơn vị, địa phương liên quan",
        [
            "Báo Gia Lai",
            "Đài Phát thanh - Truyền hình tỉnh",
            "các cơ quan, đơn vị, địa phương liên quan",
        ],
    ),
    (
        "Văn phòng Đoàn ĐBQH và HĐND tỉnh, Tỉnh đoàn, Công an tỉnh",
        ["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Tỉnh đoàn", "Công an tỉnh"],
    ),
    (
        "Trung tâm báo chí và xuất bản (Cục A, Sở B), đơn vị thuộc Bộ Ngoại giao",
        ["Trung tâm báo chí và xuất bản (Cục A, Sở B)", "đơn vị thuộc Bộ Ngoại giao"],
    ),
    (
        "Các Sở: Ngoại vụ, Văn hóa, Thể thao và Du lịch, Tài chính",
        ["Sở Ngoại vụ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Tài chính"],
    ),
    (
        "Sở Ngoại vụ\ncùng với Bộ Chỉ huy Bộ đội\nBiên phòng tỉnh",
        ["Sở Ngoại vụ", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"],
    ),
    ("So Tai chinh, So Noi vu", ["So Tai chinh", "So Noi vu"]),
    ("", []),
    (" ; , .", []),
]


@pytest.mark.parametrize(("printed", "bodies"), LISTS)
def test_list_is_split_where_a_body_begins(printed: str, bodies: list[str]) -> None:
    assert split_bodies(printed) == bodies


def test_a_body_is_given_once() -> None:
    assert split_bodies("Sở Y tế, Công an tỉnh, Sở Y Tế") == ["Sở Y tế", "Công an tỉnh"]


def test_a_plain_word_is_no_body() -> None:
    assert starts_with_body(fold_text("Sở Y tế"))
    assert not starts_with_body(fold_text("Tổng hợp tình hình"))


NAMES = st.sampled_from(
    [
        "Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế", "Công an tỉnh", "Báo Phú Yên",
        "Ban Dân tộc tỉnh", "Đài Phát thanh và Truyền hình", "UBND các huyện, thị xã",
        "Hội Nhà báo tỉnh", "Sở Thông tin và Truyền thông", "Cục Hải quan tỉnh",
    ]
)  # fmt: skip


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), st.sampled_from([", ", "; ", ",\n"]))
def test_what_is_joined_is_parted_again(names: list[str], sign: str) -> None:
    assert split_bodies(sign.join(names) + ".") == names


@given(st.text(max_size=200))
def test_every_body_is_printed_in_the_list(printed: str) -> None:
    squeezed = fold_text(" ".join(printed.split()))
    for body in split_bodies(printed):
        assert body == " ".join(body.split())
        assert fold_text(body).rstrip(")") in squeezed or ":" in squeezed or "**" in printed

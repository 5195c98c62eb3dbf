"""Sums of money in running text, in cells and their sources."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.amounts import (
    column_unit,
    decimal_mark,
    find_amounts,
    has_unclear_amount,
    in_million,
    parse_number,
)
from etl.extract.amounts_sources import source_before, source_behind, source_in
from etl.extract.text import DocumentText, fold_text


def amounts(text: str) -> list[tuple[str, int | float]]:
    folded = fold_text(text)
    found = find_amounts(folded, 0, len(folded), decimal_mark(text))
    return [(text[a.start : a.end], in_million(a.dong)) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.250.000.000 đồng", [("1.250.000.000 đồng", 1250)]),
        ("kinh phí 1,25 tỷ đồng.", [("1,25 tỷ đồng", 1250)]),
        ("350.000.000đ", [("350.000.000đ", 350)]),
        ("1 tỷ 250 triệu đồng", [("1 tỷ 250 triệu đồng", 1250)]),
        ("3 nghìn 145 tỷ 515 triệu đồng", [("3 nghìn 145 tỷ 515 triệu đồng", 3145515)]),
        ("6.154,924 tỷ đồng", [("6.154,924 tỷ đồng", 6154924)]),
        ("150 tr.đ và 20 trđ", [("150 tr.đ", 150), ("20 trđ", 20)]),
        ("khoảng 2,5 tỷ đồng", [("khoảng 2,5 tỷ đồng", 2500)]),
        ("đã giải ngân 3 tỷ đồng", [("3 tỷ đồng", 3000)]),
        ("350,000,000 VNĐ", [("350,000,000 VNĐ", 350)]),
        ("ngân sách tỉnh 350 triệu;", [("350 triệu", 350)]),
        ("150.500 nghìn đồng", [("150.500 nghìn đồng", 150.5)]),
    ],
)
def test_sum_with_unit(text: str, expected: list[tuple[str, float]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "05 đồng chí", "150.000 đồng/người/ngày", "đón 2 triệu lượt khách", "850 ti vi",
        "số 57-KL/TW",
        "ngày 15/6/2023", "3.1 đồng bộ", "1,250 triệu đồng", "kinh phí 500", "0 đồng",
    ],
)  # fmt: skip
def test_no_sum(text: str) -> None:
    assert amounts(text) == []


def test_a_number_with_two_readings_is_told() -> None:
    unclear = fold_text("Kinh phí: 1,250 triệu đồng")
    assert has_unclear_amount(unclear, 0, len(unclear))
    # Elsewhere the document parts decimals by a comma, so the number has one reading.
    assert amounts("1,250 triệu đồng và 2,5 tỷ đồng")[0][1] == 1.25


@pytest.mark.parametrize(
    ("head", "dong"),
    [
        ("Kinh phí (triệu đồng)", 1_000_000), ("ĐVT: Đồng", 1), ("Thành tiền (1.000đ)", 1000),
        ("Đơn vị tính: nghìn đồng", 1000), ("Kinh phí (Tr.đ)", 1_000_000), ("Kinh phí", None),
        ("Hội đồng nhân dân", None), ("Kinh phí (tỷ đồng)", 1_000_000_000),
    ],
)  # fmt: skip
def test_unit_of_a_column(head: str, dong: int | None) -> None:
    assert column_unit(fold_text(head)) == dong


@given(st.integers(1, 10**13), st.integers(0, 99))
def test_a_number_printed_the_vietnamese_way_is_read_exactly(whole: int, cents: int) -> None:
    printed = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert parse_number(printed) == Decimal(f"{whole}.{cents:02d}")


@given(st.text(alphabet="0123456789.,", max_size=20))
def test_any_number_is_read_or_refused(printed: str) -> None:
    value = parse_number(printed)
    assert value is None or value >= 0


def test_sources_as_printed() -> None:
    text = "Ngân sách tỉnh: 5 triệu đồng, từ nguồn xã hội hóa và 3 triệu đồng (từ ngân sách huyện)."
    doc = DocumentText(text)
    first, second = find_amounts(doc.folded, 0, len(text))
    assert source_before(doc, 0, first.start) == "Ngân sách tỉnh"
    assert source_behind(doc, second.end, len(text)) == "ngân sách huyện"
    assert source_in(doc, first.end, len(text)) == "nguồn xã hội hóa"

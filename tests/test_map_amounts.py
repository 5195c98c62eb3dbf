"""Classes of amounts: each amount in exactly one, readable bounds, no figure is not zero."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.colours import contrast, relative_luminance, surface
from dashboard.map_amounts import (
    INK,
    INK_DARK,
    RAMP,
    RAMP_DARK,
    describe_amount_map,
    format_amount,
    plot_amount_map,
)
from dashboard.map_classes import AmountScale, class_bounds, class_of_amount, shortest_between
from tests.test_colours import VISION, lab
from tests.test_maps import areas, legend, names

AMOUNTS = st.lists(st.integers(0, 10**7) | st.floats(0, 1e7, allow_subnormal=False), max_size=63)
SCALES = st.sampled_from(["quantile", "log"])


@given(AMOUNTS, SCALES)
def test_every_amount_is_in_exactly_one_class(amounts: list[float], scale: AmountScale) -> None:
    bounds = class_bounds(amounts, scale)
    assert list(bounds) == sorted(set(bounds)), "ascending"
    edges = [float("-inf"), *bounds, float("inf")]
    for amount in amounts:
        inside = [i for i, (low, high) in enumerate(pairwise(edges)) if low <= amount < high]
        assert inside == [class_of_amount(amount, bounds)]
    used = Counter(class_of_amount(amount, bounds) for amount in amounts)
    if amounts:
        assert set(used) == set(range(len(bounds) + 1)), "no class is empty"
    assert len(used) <= min(5, len(set(amounts)))


@given(st.lists(st.integers(1, 10**6), min_size=25, max_size=63, unique=True))
def test_quantiles_are_about_equal(amounts: list[int]) -> None:
    bounds = class_bounds(amounts, "quantile")
    sizes = Counter(class_of_amount(amount, bounds) for amount in amounts)
    assert len(sizes) == 5
    assert max(sizes.values()) - min(sizes.values()) <= 1


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_bounds_are_as_short_as_they_can_be(low: int, more: int) -> None:
    high = low + more
    found = shortest_between(low, high)
    assert low < found <= high

    def digits(number: float) -> int:
        return len(str(round(number)).rstrip("0"))

    power = 10 ** (len(str(more)) - 1)  # a multiple of it lies in any interval of this length
    assert digits(found) <= digits(high // power * power) or found % power == 0


def test_bounds_worked_out_by_hand() -> None:
    # Ten amounts, two a class: cuts after 20, 95, 310, 1.200.
    amounts = [12, 20, 60, 95, 150, 310, 700, 1200, 4100, 9000]
    assert class_bounds(amounts, "quantile") == (30, 100, 500, 2000)
    assert class_bounds(amounts, "log") == (100, 1000)
    assert class_bounds([1, 30, 500, 7000], "log") == (10, 100, 1000)
    assert class_bounds([500], "log") == class_bounds([500, 500], "quantile") == ()
    assert class_bounds([0, 0, 3], "log") == (1,)
    assert class_bounds([], "log") == ()


@pytest.mark.parametrize("wrong", [[-1.0], [float("nan")], [float("inf")]])
def test_wrong_amounts_are_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        class_bounds(wrong, "quantile")


def table(**rows: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "province_code_gso": code.strip("u"),
            "province_name": names(2008)[code.strip("u")],
            "amount_million_vnd": amount,
        }
        for code, amount in rows.items()
    )


FIVE = table(u01=80, u04=3500, u48=950, u56=12_000, u79=300)


def drawn(amounts: pd.DataFrame, **settings: Any) -> dict[str, Any]:
    figure = plot_amount_map(amounts, vintage=2008, lang="vi", **settings)
    found: dict[str, Any] = json.loads(figure.to_json())
    return found


def test_legend_states_bounds_unit_scale_and_what_is_missing() -> None:
    figure = drawn(FIVE.assign(is_rounded=[True, False, False, False, False]))
    assert legend(figure) == [
        "Dưới 200 triệu đồng: 1",
        "200 đến dưới 500 triệu đồng: 1",
        "500 đến dưới 2.000 triệu đồng: 1",
        "2.000 đến dưới 10.000 triệu đồng: 1",
        "Từ 10.000 triệu đồng trở lên: 1",
        "Chưa có dữ liệu: 58",
        "Ký hiệu rỗng: số làm tròn trong văn bản (1)",
    ]
    title = figure["layout"]["legend"]["title"]["text"]
    assert title == "Các mức chia theo số tỉnh (phân vị)"
    assert "lôgarit" in drawn(FIVE, scale="log")["layout"]["legend"]["title"]["text"]
    billions = legend(drawn(table(u01=2500, u04=40_000)))
    assert billions[:2] == ["Dưới 10 tỷ đồng: 1", "Từ 10 tỷ đồng trở lên: 1"]
    assert legend(drawn(table(u01=500)))[0] == "500 triệu đồng: 1"
    assert legend(drawn(FIVE.iloc[:0])) == ["Chưa có dữ liệu: 63"]


def test_colours_follow_the_amounts_and_the_filter_moves_no_class() -> None:
    colours = areas(drawn(FIVE))
    assert [colours[code] for code in ("01", "79", "48", "04", "56")] == list(RAMP)
    assert colours["02"] not in RAMP, "no figure is not the least"
    some = drawn(FIVE, dimmed={"01", "04"}, dark=True)
    assert areas(some)["56"] == RAMP_DARK[-1]
    assert legend(some)[0] == "Dưới 200 triệu đồng: 0"


def test_a_zero_is_a_figure() -> None:
    assert legend(drawn(table(u01=0, u04=10))) == [
        "Dưới 10 triệu đồng: 1",
        "Từ 10 triệu đồng trở lên: 1",
        "Chưa có dữ liệu: 61",
    ]


def test_signs_grow_with_the_class_and_rounded_ones_are_hollow() -> None:
    rounded = FIVE.assign(is_rounded=[code == "04" for code in FIVE["province_code_gso"]])
    figure = plot_amount_map(rounded, vintage=2008, lang="vi", narrow=False)
    signs = next(t for t in figure.data if t.marker.symbol is not None and len(t.lon) > 9)
    by_code = dict(zip(sorted(names(2008)), signs.marker.size, strict=True))
    sizes = [by_code[code] for code in ("01", "79", "48", "04", "56")]
    assert sizes == sorted(set(sizes))
    symbols = dict(zip(sorted(names(2008)), signs.marker.symbol, strict=True))
    assert symbols["04"] == 100 and symbols["01"] == 0 and symbols["02"] == 300


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ramp", [RAMP, RAMP_DARK])
def test_ramp_keeps_its_order_with_any_vision_and_in_grey(
    ramp: tuple[str, ...], vision: str
) -> None:
    lightness = [lab(colour, vision)[0] for colour in ramp]
    steps = [high - low for low, high in pairwise(lightness)]
    assert all(step > 8 for step in steps) or all(step < -8 for step in steps)
    grey = [relative_luminance(colour) for colour in ramp]
    assert grey == sorted(grey) or grey == sorted(grey, reverse=True)


def test_names_of_the_archipelagos_stand_out() -> None:
    for dark, ink in ((False, INK), (True, INK_DARK)):
        assert contrast(ink, surface(dark).sea) >= 4.5


def test_amounts_in_words() -> None:
    assert format_amount(120, "vi") == "120 triệu đồng"
    assert format_amount(3500, "vi") == "3,5 tỷ đồng"
    assert format_amount(1_234_567, "en") == "1,234.567 billion VND"
    said = describe_amount_map(FIVE, vintage=2008, as_of=dt.date(2024, 1, 31), lang="vi")
    assert said.startswith(
        "Bản đồ số tiền theo tỉnh, thành phố, tính đến ngày 31/01/2024: 5/63 đơn vị có số liệu."
    )
    assert "Cao nhất: Khánh Hòa 12 tỷ đồng, Cao Bằng 3,5 tỷ đồng, Đà Nẵng 950 triệu đồng." in said
    assert "Quần đảo Hoàng Sa (Đà Nẵng): 500 đến dưới 2.000 triệu đồng" in said


def test_unknown_or_repeated_units_are_errors() -> None:
    with pytest.raises(ValueError, match=r"repeated \['01'\]"):
        drawn(pd.concat([FIVE, FIVE.iloc[:1]]))
    with pytest.raises(ValueError, match="unknown"):
        plot_amount_map(table(u02=1), vintage=2025, lang="vi")

"""Maps side by side: one part of the layout each, the same classes, one legend."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from dashboard import boundaries
from dashboard.colours import class_style
from dashboard.map_fit import overlaps
from dashboard.map_multiples import MOST_MAPS, describe_small_maps, plot_small_maps
from tests.test_maps import legend, statuses

LABELS = ("2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026")


def drawn(count: int, **settings: Any) -> dict[str, Any]:
    """Map i has every unit in class i."""
    classes = ("issued_before", "issued_in", "none_known")
    tables = {
        label: statuses("annual_plan", 2008).assign(**{"class": classes[i % 3]})
        for i, label in enumerate(LABELS[:count])
    }
    keywords: dict[str, Any] = {"indicator": "annual_plan", "vintage": 2008, "lang": "vi"}
    found: dict[str, Any] = json.loads(plot_small_maps(tables, **keywords, **settings).to_json())
    return found


def domains(figure: dict[str, Any]) -> dict[str, tuple[float, float, float, float]]:
    layout = figure["layout"]
    return {
        key: (
            part["domain"]["x"][0],
            part["domain"]["y"][0],
            part["domain"]["x"][1],
            part["domain"]["y"][1],
        )
        for key, part in layout.items()
        if key.startswith("geo")
    }


@pytest.mark.parametrize("count", range(1, MOST_MAPS + 1))
@pytest.mark.parametrize("narrow", [None, False, True])
def test_maps_stand_in_reading_order_under_their_labels(count: int, narrow: bool | None) -> None:
    figure = drawn(count, narrow=narrow)
    places = domains(figure)
    assert len(places) == count
    assert not any(overlaps(one, other) for one, other in combinations(places.values(), 2))
    order = sorted(places, key=lambda key: (-places[key][3], places[key][0]))
    assert order == ["geo", *(f"geo{i}" for i in range(2, count + 1))]
    labels = [a for a in figure["layout"]["annotations"] if a["text"] in LABELS]
    for key, label in zip(order, labels, strict=True):
        left, _, right, top = places[key]
        assert left <= label["x"] <= right and top < label["y"] <= 1.001
    if narrow:
        assert len({place[0] for place in places.values()}) <= 2, "two columns on a phone"


def test_each_map_has_its_own_classes_and_the_legend_stands_once() -> None:
    figure = drawn(3)
    for number, kind in enumerate(("issued_before", "issued_in", "none_known")):
        geo = f"geo{number + 1}" if number else "geo"
        fills = {
            location: trace["colorscale"][0][1]
            for trace in figure["data"]
            if trace["type"] == "choropleth" and trace.get("geo", "geo") == geo
            for location in trace["locations"]
        }
        assert {fills[c] for c in boundaries.CODES[2008]} == {
            class_style("annual_plan", kind).fill(False)
        }
    assert legend(figure) == [
        "Ban hành trước năm kế hoạch",
        "Ban hành trong năm kế hoạch",
        "Ban hành sau năm kế hoạch",
        "Có kế hoạch, chưa rõ ngày",
        "Chưa thấy kế hoạch",
    ]


def test_the_maps_in_words() -> None:
    tables = {"2023": statuses("annual_plan", 2008).assign(**{"class": "issued_in"})}
    said = describe_small_maps(tables, "annual_plan", 2008, "vi")
    assert "1 bản đồ" in said and "2023: Ban hành trước năm kế hoạch: 0; " in said
    assert "Ban hành trong năm kế hoạch: 63" in said and "Trường Sa (Khánh Hòa)" in said


@pytest.mark.parametrize("count", [0, 10])
def test_too_many_or_none_is_an_error(count: int) -> None:
    tables = {str(i): statuses("annual_plan", 2008) for i in range(count)}
    with pytest.raises(ValueError, match="1 to 9"):
        plot_small_maps(tables, indicator="annual_plan", vintage=2008, lang="vi")

"""Zoomed maps, the locator, gates and clusters: what is in the frame, named and told apart."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import boundaries, map_fit
from dashboard.colours import AROUND_STYLE, CLASS_ORDER, INDICATORS, class_style, contrast, surface
from dashboard.enlargement import enlarge_point, mercator
from dashboard.map_places import KINDS, Place, place_label, place_legend, place_traces
from dashboard.map_zoom import (
    FLUID_WIDTH,
    describe_locator_map,
    describe_zoom_map,
    plot_locator_map,
    plot_zoom_map,
)
from dashboard.maps import plot_province_map
from dashboard.words import LANGUAGES, word
from tests.test_maps import legend, names, statuses

CHINA = ["02", "04", "10", "11", "12", "20", "22"]
LAOS = ["11", "14", "38", "40", "42", "44", "45", "46", "49", "62"]
UNIT_SETS = st.sets(st.sampled_from(sorted(boundaries.CODES[2008])), min_size=1, max_size=12)


def zoom(codes: list[str], **given_settings: Any) -> dict[str, Any]:
    keywords: dict[str, Any] = {"indicator": "border_route", "vintage": 2008, "lang": "vi"}
    keywords |= given_settings
    table = keywords.pop("table", statuses(keywords["indicator"], keywords["vintage"]))
    found: dict[str, Any] = json.loads(plot_zoom_map(table, codes=codes, **keywords).to_json())
    return found


def frame(figure: dict[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of the main map."""
    geo = figure["layout"]["geo"]
    west, east = geo["lonaxis"]["range"]
    south, north = geo["lataxis"]["range"]
    return west, south, east, north


def names_shown(figure: dict[str, Any]) -> list[str]:
    return [text.replace("<br>", " ") for text in figure["data"][0]["text"]]


@settings(max_examples=25)
@given(UNIT_SETS, st.sampled_from([None, 358, 430, 680, 1100]))
def test_the_units_fill_the_frame_undistorted(codes: set[str], width: int | None) -> None:
    figure = zoom(sorted(codes), width=width)
    west, south, east, north = frame(figure)
    inner = map_fit.bounds(codes, 2008)
    assert west < inner[0] and south < inner[1] and east > inner[2] and north > inner[3]
    layout = figure["layout"]
    domain = layout["geo"]["domain"]
    across = (layout.get("width") or FLUID_WIDTH) - 2
    down = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    wide = (domain["x"][1] - domain["x"][0]) * across
    high = (domain["y"][1] - domain["y"][0]) * down
    assert wide / (east - west) == pytest.approx(
        high / (mercator(north) - mercator(south)), rel=0.02
    )
    # One side is filled, apart from the margin, unless the units are tiny or very long.
    filled = max(
        (inner[2] - inner[0]) / (east - west),
        (mercator(inner[3]) - mercator(inner[1])) / (mercator(north) - mercator(south)),
    )
    assert filled > 0.8 or max(inner[2] - inner[0], inner[3] - inner[1]) < map_fit.LEAST_SPAN


def test_only_the_units_asked_for_have_a_class() -> None:
    figure = zoom(CHINA)
    table = statuses("border_route", 2008).set_index("province_code_gso")
    found = {}
    for trace in figure["data"]:
        if trace["type"] == "choropleth" and "land" not in trace["locations"]:
            fill = trace["colorscale"][0][1]
            found |= dict.fromkeys(trace["locations"], fill)
    for code in boundaries.CODES[2008]:
        kind = table.at[code, "class"]
        wanted = class_style("border_route", kind) if code in CHINA else AROUND_STYLE
        assert found[code] == wanted.fill(False), code
    assert not any(location.startswith("d") and location[1:].isdigit() for location in found)
    counted = sum(int(t.rsplit(": ", 1)[1]) for t in legend(figure) if ": " in t and "(" not in t)
    assert counted == len(CHINA)


def test_names_of_the_units_and_of_the_neighbours() -> None:
    shown = names_shown(zoom(CHINA))
    assert {names(2008)[code] for code in CHINA} <= set(shown)
    assert "Trung Quốc" in shown and "Lào" in shown
    assert {"Lào", "Thái Lan", "Campuchia", "Biển Đông"} <= set(names_shown(zoom(LAOS)))
    assert "China" in names_shown(zoom(CHINA, lang="en"))
    cambodia = ["62", "64", "66", "67", "70", "72", "80", "87", "89", "91"]
    assert "Campuchia" in names_shown(zoom(cambodia, narrow=True))


def test_no_name_covers_another() -> None:
    for width in (358, 680):
        figure = zoom(LAOS, width=width)
        west, south, east, north = frame(figure)
        domain = figure["layout"]["geo"]["domain"]
        px = (domain["x"][1] - domain["x"][0]) * (width - 2) / (east - west)
        trace = figure["data"][0]
        boxes = []
        for text, lon, lat, size in zip(
            trace["text"], trace["lon"], trace["lat"], trace["textfont"]["size"], strict=True
        ):
            lines = text.split("<br>")
            half_w, half_h = 0.25 * size * max(map(len, lines)), 0.55 * size * len(lines)
            x, y = lon * px, mercator(lat) * px
            boxes.append((x - half_w, y - half_h, x + half_w, y + half_h))
            assert west < lon < east and south < lat < north
        for i, one in enumerate(boxes):
            assert not any(map_fit.overlaps(one, other) for other in boxes[:i]), trace["text"][i]


def test_raster_knows_where_cities_are() -> None:
    # Hà Nội and Đồng Đăng by their well-known coordinates; a point of the sea; Viêng Chăn.
    box = (102.0, 17.5, 109.5, 23.5)
    areas = map_fit.raster(box, 60, 2008).areas

    def owners(lon: float, lat: float) -> set[str]:
        column = math.floor((lon - box[0]) * 60 / map_fit.CELL)
        row = math.floor((mercator(box[3]) - mercator(lat)) * 60 / map_fit.CELL)
        return {
            owner
            for owner, (top, left, mask) in areas.items()
            if 0 <= row - top < mask.shape[0]
            and 0 <= column - left < mask.shape[1]
            and mask[row - top, column - left]
        }

    assert owners(105.85, 21.03) == {"01"}
    assert owners(106.70, 21.85) == {"20"}
    assert owners(108.5, 19.0) == {map_fit.SEA, map_fit.FOREIGN}
    assert owners(102.6, 18.1) == {"LA", map_fit.FOREIGN}


def test_places_outside_the_frame_are_neither_drawn_nor_counted() -> None:
    places = [
        Place("Hữu Nghị", "gate_international", 106.71, 21.97),
        Place("Mộc Bài", "gate_international", 106.17, 11.08),
    ]
    figure = zoom(["20"], places=places)
    drawn = [t for t in figure["data"] if t.get("text") == ["Hữu Nghị"]]
    assert len(drawn) == 1
    assert "Mộc Bài" not in json.dumps(figure, ensure_ascii=False)
    assert "Cửa khẩu quốc tế: 1" in legend(figure)


def test_archipelago_of_a_unit_in_the_frame_has_its_class() -> None:
    table = pd.DataFrame({"province_code_gso": ["48", "56"], "class": ["current", "outdated"]})
    figure = zoom(["48", "49"], table=table, indicator="regulation")
    dots = {
        t["customdata"][0]: (t["geo"], t["marker"]["color"])
        for t in figure["data"]
        if t["type"] == "scattergeo" and (t.get("customdata") or [""])[0] in ("48", "56")
    }
    assert dots["48"] == ("geo2", class_style("regulation", "current").fill(False))
    assert dots["56"] == ("geo3", AROUND_STYLE.fill(False)), "Khánh Hòa is not asked for"


def test_wrong_units_are_errors() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        zoom([])
    with pytest.raises(ValueError, match="02"):
        zoom(["02"], vintage=2025)
    with pytest.raises(ValueError, match="02"):
        plot_locator_map(vintage=2025, code="02", lang="vi")


@pytest.mark.parametrize("vintage", [2008, 2025])
def test_locator_marks_one_unit_of_the_country(vintage: int) -> None:
    for code in sorted(boundaries.CODES[vintage]):
        figure = plot_locator_map(vintage=vintage, code=code, lang="vi", width=265)
        areas = [t for t in figure.data if t.type == "choropleth" and len(t.locations[0]) == 2]
        assert sorted(len(t.locations) for t in areas) == [1, 1, len(names(vintage)) - 1]
        (label,) = [t for t in figure.data if t.type == "scattergeo" and t.mode == "markers+text"]
        assert label.text == (f" {names(vintage)[code]} ",)
        point = boundaries.label_points(vintage)[code]
        assert (label.lon[0], label.lat[0]) == point


def test_maps_in_words() -> None:
    table = pd.DataFrame(
        {
            "province_code_gso": ["04", "20", "22"],
            "province_name": ["Cao Bằng", "Lạng Sơn", "Quảng Ninh"],
            "class": ["complete", "partial", "partial"],
        }
    )
    places = [
        Place("Hữu Nghị", "gate_international", 106.71, 21.97, "", True),
        Place("Cụm", "cluster_operating", 106.71, 21.97),
    ]
    said = describe_zoom_map(
        table,
        codes=["04", "20", "22"],
        places=places,
        indicator="border_route",
        vintage=2008,
        as_of=dt.date(2023, 7, 31),
        lang="vi",
    )
    assert "Bản đồ phóng to 3 tỉnh, thành phố" in said and "31/07/2023" in said
    assert "Đủ căn cứ: Cao Bằng. Một phần: Lạng Sơn, Quảng Ninh." in said
    assert "Cửa khẩu quốc tế: 1; Cụm thông tin đang hoạt động: 1; vị trí gần đúng: 1." in said
    assert "Hoàng Sa (Đà Nẵng)" in said and "Trường Sa (Khánh Hòa)" in said
    where = describe_locator_map(vintage=2008, code="04", lang="vi")
    assert where.startswith("Bản đồ cả nước: vị trí của Cao Bằng.") and "Hoàng Sa" in where


def test_kinds_of_places_differ_by_shape_and_from_every_class() -> None:
    places = [Place(kind, kind, 104 + i, 12, "", False) for i, kind in enumerate(KINDS)]
    entries = place_legend(places, "vi", False, 12)
    shapes = [entry["marker"]["symbol"] for entry in entries]
    assert len(set(shapes)) == len(KINDS)
    of_classes = {
        class_style(i, c).symbol.replace("-open", "").replace("-dot", "")
        for i in INDICATORS
        for c in CLASS_ORDER[i]
    }
    assert not of_classes & set(shapes)
    known = go.scattergeo.Marker()._get_validator("symbol").values
    assert set(shapes) <= set(known)


@pytest.mark.parametrize("dark", [False, True])
def test_places_stand_out_on_land_and_sea(dark: bool) -> None:
    places = [Place(kind, kind, 104 + i, 12, "", bool(i % 2)) for i, kind in enumerate(KINDS)]
    look = surface(dark)
    for trace in place_traces(places, "vi", dark, 12, 43):
        inks = {trace["marker"]["color"], trace["marker"]["line"]["color"]} - {look.page}
        (ink,) = inks  # one colour and that of the page
        assert all(contrast(ink, ground) >= 3 for ground in (look.page, look.land, look.sea))


def test_approximate_places_are_hollow_and_said_to_be() -> None:
    places = [
        Place("A", "gate_main", 105, 22, "Lũng Cú", True),
        Place("B", "gate_main", 107, 22, "", False),
    ]
    hollow, filled = sorted(
        place_traces(places, "vi", False, 12, 43), key=lambda t: t["text"] != ["A"]
    )
    page = surface(False).page
    assert hollow["marker"]["color"] == page and filled["marker"]["color"] != page
    assert word("map.approximate", "vi") in hollow["hovertemplate"]
    assert word("map.approximate", "vi") not in filled["hovertemplate"]
    assert hollow["customdata"] == ["<br>Lũng Cú"]
    texts = [entry["name"] for entry in place_legend(places, "vi", False, 12)]
    assert texts == ["Cửa khẩu chính: 2", "Ký hiệu địa điểm để rỗng: vị trí gần đúng (1)"]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(KINDS)), max_size=9)
)
def test_places_that_would_cover_each_other_stand_side_by_side(
    given_places: list[tuple[int, int, Any]],
) -> None:
    places = [Place(str(i), k, 105 + x, 15 + y) for i, (x, y, k) in enumerate(given_places)]
    step = 0.9 * 12 / 100
    drawn = {
        name: (lon, lat)
        for trace in place_traces(places, "vi", False, 12, 100)
        for name, lon, lat in zip(trace["text"], trace["lon"], trace["lat"], strict=True)
    }
    assert len(drawn) == len(places)
    points = list(drawn.values())
    for i, (lon, lat) in enumerate(points):
        for x, y in points[:i]:
            assert abs(lon - x) > 0.9 * step or abs(lat - y) > 0.5
    for place in places:
        lon, lat = drawn[place.name]
        assert lat == place.latitude and abs(lon - place.longitude) <= step * len(places) / 2


def test_a_place_in_the_delta_stands_in_its_enlargement() -> None:
    port = Place("Cảng Hải Phòng", "gate_international", 106.68, 20.87)
    figure = plot_province_map(
        statuses("border_route", 2008),
        indicator="border_route",
        vintage=2008,
        lang="vi",
        places=[port],
    )
    (drawn,) = [t for t in figure.data if t.text == ("Cảng Hải Phòng",)]
    assert (drawn.lon[0], drawn.lat[0]) == enlarge_point(106.68, 20.87)


def test_legend_of_places_is_below_a_wide_map_and_among_the_others_below() -> None:
    place = Place("A", "gate_main", 105, 22)
    table = statuses("border_route", 2008)
    keywords: dict[str, Any] = {"indicator": "border_route", "vintage": 2008, "lang": "vi"}
    wide = plot_province_map(table, **keywords, places=[place], narrow=False)
    assert [t.legend for t in wide.data if t.name == "Cửa khẩu chính: 1"] == ["legend2"]
    assert wide.layout.legend2.y < 0 < wide.layout.legend.y
    phone = plot_province_map(table, **keywords, places=[place], narrow=True)
    assert [t.legend for t in phone.data if t.name == "Cửa khẩu chính: 1"] == [None]
    without = plot_province_map(table, **keywords, narrow=False)
    assert without.layout.height < wide.layout.height


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_a_name(lang: str) -> None:
    assert len({place_label(kind, lang) for kind in KINDS}) == len(KINDS)
    with pytest.raises(ValueError, match="tunnel"):
        Place("A", "tunnel", 105, 22)  # type: ignore[arg-type]

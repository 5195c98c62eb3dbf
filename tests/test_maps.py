"""The map: both archipelagos always, every unit in the colour of its class, small and offline."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import zlib
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import boundaries, enlargement, maps
from dashboard.colours import CLASS_ORDER, INDICATORS, class_style, surface
from dashboard.map_frame import FRAME
from dashboard.map_layers import SYMBOL_NUMBERS
from dashboard.words import LANGUAGES, word

PROJECT = Path(__file__).resolve().parent.parent
VINTAGES = (2008, 2025)
UNIT_COUNTS = {2008: 63, 2025: 34}
# None fits any container; 390 is a phone, 680 the usual column, 1600 for print.
WIDTHS = (None, 390, 680, 1600)


def names(vintage: int) -> dict[str, str]:
    features = boundaries.geojson(boundaries.MAP_FILES[vintage])["features"]
    return {f["id"]: f["properties"]["name"] for f in features if len(f["id"]) == 2}


def statuses(indicator: str, vintage: int) -> pd.DataFrame:
    """Every class in turn; each seventh unit's evidence is old, each ninth is contradicted."""
    classes = CLASS_ORDER[indicator]
    return pd.DataFrame(
        {
            "province_code_gso": code,
            "province_name": name,
            "class": classes[i % len(classes)],
            "hover": f"{i}/2019/QĐ-UBND · 0{i % 9 + 1}/02/2019 · Văn bản gốc",
            "is_old": i % 7 == 0,
            "has_contradiction": i % 9 == 0,
        }
        for i, (code, name) in enumerate(sorted(names(vintage).items()))
    )


def draw(indicator: str, vintage: int, **settings: Any) -> dict[str, Any]:
    """The figure as the browser gets it, decoded."""
    settings = {"lang": "vi"} | settings
    table = settings.pop("table", None)
    table = statuses(indicator, vintage) if table is None else table
    figure = maps.plot_province_map(table, indicator=indicator, vintage=vintage, **settings)
    return json.loads(figure.to_json())


def areas(figure: dict[str, Any]) -> dict[str, str]:
    """Colour by id of every coloured area; fails if one is drawn twice."""
    found: dict[str, str] = {}
    for trace in figure["data"]:
        fixed = {boundaries.LAND, boundaries.SEA, boundaries.FRAMES, boundaries.DELTA_FRAMES}
        if trace["type"] != "choropleth" or fixed & set(trace["locations"]):
            continue
        for location in trace["locations"]:
            if trace["colorscale"][0][1].startswith("rgba"):
                continue  # the outline of the selected unit
            assert location not in found, location
            found[location] = trace["colorscale"][0][1]
    return found


def texts(figure: dict[str, Any]) -> dict[str, tuple[float, float, str]]:
    """(lon, lat, colour) of every text on the map."""
    found = {}
    for trace in figure["data"]:
        if trace.get("mode") == "text":
            columns = (trace["text"], trace["lon"], trace["lat"], trace["textfont"]["color"])
            found |= {t: (x, y, c) for t, x, y, c in zip(*columns, strict=True)}
    return found


def dots(figure: dict[str, Any], code: str) -> tuple[set[tuple[float, float]], str]:
    """Positions and colour of the dots that stand for a unit's archipelago."""
    (trace,) = [
        t
        for t in figure["data"]
        if t["type"] == "scattergeo" and t.get("customdata", [None])[0] == code
    ]
    return set(zip(trace["lon"], trace["lat"], strict=True)), trace["marker"]["color"]


def legend(figure: dict[str, Any]) -> list[str]:
    return [
        t["name"]
        for t in figure["data"]
        if t["type"] == "scattergeo" and t.get("showlegend", True) and t["lon"] == [None]
    ]


def given_points() -> dict[str, set[tuple[float, float]]]:
    """The named features as the declared data have them, not as the boundary file has them."""
    found: dict[str, set[tuple[float, float]]] = {}
    with (PROJECT / "data/facts/archipelago_points.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["archipelago"], set()).add((float(row["lon"]), float(row["lat"])))
    return found


@pytest.mark.parametrize(
    ("vintage", "indicator", "dark", "width"),
    list(product(VINTAGES, INDICATORS, (False, True), WIDTHS)),
)
def test_every_map(vintage: int, indicator: str, dark: bool, width: int | None) -> None:
    figure = draw(indicator, vintage, dark=dark, width=width)
    table = statuses(indicator, vintage).set_index("province_code_gso")

    drawn = areas(figure)
    assert {i for i in drawn if len(i) == 2} == set(table.index)
    assert len(table) == UNIT_COUNTS[vintage]
    for location, colour in drawn.items():
        kind = table.at[location.removeprefix("d"), "class"]
        assert colour == class_style(indicator, kind).fill(dark), location

    assert_archipelagos(figure, indicator, dict(table["class"]), dark)
    assert word("map.notice", "vi") in [a["text"] for a in figure["layout"]["annotations"]]
    assert len(legend(figure)) == len(CLASS_ORDER[indicator]) + 2
    assert_offline(figure)
    assert figure["layout"]["paper_bgcolor"] == surface(dark).page


def assert_archipelagos(
    figure: dict[str, Any], indicator: str, classes: dict[str, str], dark: bool
) -> None:
    west, east, south, north = FRAME
    labels = {
        "48": ("Hoàng Sa", "Quần đảo Hoàng Sa<br>(Đà Nẵng)"),
        "56": ("Trường Sa", "Quần đảo Trường Sa<br>(Khánh Hòa)"),
    }
    for code, (name, label) in labels.items():
        style = class_style(indicator, classes[code])
        places, colour = dots(figure, code)
        assert places == given_points()[name]
        assert colour == style.fill(dark)
        assert all(west < lon < east and south < lat < north for lon, lat in places)
        lon, lat, ink = texts(figure)[label]
        assert ink == style.text(dark)
        assert west < lon < east and south < lat < north
        assert min(abs(lon - x) + abs(lat - y) for x, y in places) < 4, "label near its islands"


def assert_offline(figure: dict[str, Any]) -> None:
    assert "http" not in json.dumps(figure)
    # A first trace without locations keeps plotly.js from asking for a world map at all.
    assert "locations" not in figure["data"][0]
    geo = figure["layout"]["template"]["layout"]["geo"]
    assert geo["visible"] is False and geo["fitbounds"] is False
    assert figure["layout"]["dragmode"] == "zoom", "no pan: a view must not lose an archipelago"
    assert not any(key in figure["layout"]["geo"] for key in ("center", "scope", "resolution"))


def test_nothing_in_the_configuration_leads_out() -> None:
    assert maps.PLOTLY_CONFIG["topojsonURL"] == "/assets/topojson/"
    assert maps.PLOTLY_CONFIG["plotlyServerURL"] == ""
    assert not maps.PLOTLY_CONFIG["showSendToCloud"]
    assert not maps.PLOTLY_CONFIG["scrollZoom"]
    assert "http" not in json.dumps(maps.PLOTLY_CONFIG)


@pytest.mark.parametrize("indicator", INDICATORS)
@pytest.mark.parametrize("narrow", [None, False, True])
def test_plotly_accepts_every_attribute(indicator: str, narrow: bool | None) -> None:
    # The figure is made without plotly's validation, which costs more than all the rest.
    settings: dict[str, Any] = {"narrow": narrow, "selected": "01", "dimmed": {"02"}, "title": "a"}
    go.Figure(draw(indicator, 2008, **settings))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_inline_map_stands_alone(lang: str) -> None:
    figure = draw("regulation", 2025, geojson="inline", lang=lang)
    assert "/assets/" not in json.dumps(figure)
    assert figure["layout"]["width"] == 680, "an export does not depend on a container"
    geojson = figure["layout"]["template"]["data"]["choropleth"][0]["geojson"]
    assert len([f for f in geojson["features"] if len(f["id"]) == 2]) == 34
    assert any("Hoàng Sa" in text for text in texts(figure))
    assert word("map.notice", lang) in json.dumps(figure, ensure_ascii=False)


def test_addresses_are_those_that_are_served() -> None:
    text = json.dumps(draw("regulation", 2008))
    assets = boundaries.boundary_assets()
    for name in ("map_2008.geojson", "context.geojson"):
        assert assets[name].url_path in text
        stem = name.removesuffix(".geojson")
        assert assets[name].url_path.startswith(f"/assets/boundaries/{stem}.")
        assert len(json.loads(assets[name].content)["features"]) >= 3


@pytest.mark.parametrize("vintage", VINTAGES)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_redraw_is_small(indicator: str, vintage: int) -> None:
    table = statuses(indicator, vintage)
    plain = maps.plot_province_map(
        table.drop(columns="hover"), indicator=indicator, vintage=vintage, lang="vi"
    )
    assert len(plain.to_json().encode()) < 7_750
    # The worst case, a different line of evidence for every unit, as the websocket carries it
    # (.streamlit/config.toml has compression on).
    full = maps.plot_province_map(table, indicator=indicator, vintage=vintage, lang="vi")
    assert len(zlib.compress(full.to_json().encode(), 6)) < 3_600


def test_shared_line_of_evidence_is_sent_once() -> None:
    line = "3089/BTTTT-TTĐN · 31/07/2023"
    table = statuses("regulation", 2008).assign(hover=line, **{"class": "current"})
    text = json.dumps(draw("regulation", 2008, table=table), ensure_ascii=False)
    assert text.count(line) == 1


def test_marks_and_their_explanation() -> None:
    table = statuses("regulation", 2008).assign(
        is_old=False, has_contradiction=False, **{"class": "current"}
    )
    assert legend(draw("regulation", 2008, table=table)) == [
        "Theo quy định hiện hành: 63",
        "Căn cứ QĐ 79/2010 đã hết hiệu lực: 0",
        "Chỉ có quy chế đối ngoại chung: 0",
        "Chưa xác minh: 0",
    ]
    table.loc[[0, 1, 2], "is_old"] = True
    table.loc[[0, 1], "has_contradiction"] = True
    table.loc[2, "class"] = "unverified"  # rests on nothing that could be old
    explained = legend(draw("regulation", 2008, table=table))
    assert explained[-2:] == [
        word("map.legend.is_old", "vi", count=2),
        word("map.legend.has_contradiction", "vi", count=2),
    ]


def test_units_outside_the_filter() -> None:
    table = statuses("regulation", 2008).assign(is_old=False, has_contradiction=False)
    outside = set(table["province_code_gso"]) - {"48", "56"}
    figure = draw("regulation", 2008, table=table, dimmed=outside)
    assert sum(int(text.rsplit(" ", 1)[1]) for text in legend(figure)) == 2
    assert len(areas(figure)) > 63
    for trace in figure["data"]:
        if trace["type"] == "choropleth" and "opacity" in trace.get("marker", {}):
            pairs = zip(trace["locations"], trace["marker"]["opacity"], strict=True)
            assert all((c.removeprefix("d") in outside) == (o < 1) for c, o in pairs)
    classes = dict(zip(table["province_code_gso"], table["class"], strict=True))
    assert_archipelagos(figure, "regulation", classes, dark=False)


def test_selected_unit_is_outlined_also_where_enlarged() -> None:
    for code, expected in (("27", ["27", "d27"]), ("96", ["96"])):
        outline = [
            t
            for t in draw("regulation", 2008, selected=code)["data"]
            if t["type"] == "choropleth" and t.get("marker", {}).get("line", {}).get("width") == 2.5
        ]
        assert [t["locations"] for t in outline] == [expected]


def test_unit_without_a_row_is_drawn_as_missing() -> None:
    table = statuses("regulation", 2008).iloc[:-1]
    figure = draw("regulation", 2008, table=table)
    assert len([i for i in areas(figure) if len(i) == 2]) == 63
    assert f"{word('map.missing', 'vi')}: 1" in legend(figure)
    empty = draw("regulation", 2008, table=table.iloc[:0])
    assert {"Quần đảo Hoàng Sa<br>(Đà Nẵng)"} < set(texts(empty))


def test_unknown_code_or_class_is_an_error() -> None:
    table = statuses("regulation", 2008)
    with pytest.raises(ValueError, match=r"unknown \['02'"):
        draw("regulation", 2025, table=table)
    with pytest.raises(ValueError, match=r"repeated \['01'\]"):
        draw("regulation", 2008, table=pd.concat([table, table.iloc[:1]]))
    table.loc[0, "class"] = "adopted"
    with pytest.raises(KeyError, match="adopted"):
        draw("regulation", 2008, table=table)


def test_symbol_numbers_are_plotlys() -> None:
    known = go.scattergeo.Marker()._get_validator("symbol").values
    for number in SYMBOL_NUMBERS.values():
        assert number in known and (number >= 100 or number + 100 in known)
    named = dict(zip(known[2::3], known[0::3], strict=False))  # number, "number", name, ...
    for name, number in SYMBOL_NUMBERS.items():
        assert named[name] in (number, number + 100), name


def test_signs_stand_in_their_areas() -> None:
    figure = maps.plot_province_map(
        statuses("regulation", 2008), indicator="regulation", vintage=2008, lang="vi"
    )
    signs = next(t for t in figure.data if t.mode is None and t.marker.symbol is not None)
    assert len(signs.lon) == 63
    enlarged = np.asarray(signs.lon) > enlargement.CORNER[0]
    # In the enlargement only: Hà Nội, Hòa Bình, Vĩnh Phúc, Bắc Ninh, Hải Dương, Hải Phòng,
    # Hưng Yên, Thái Bình, Hà Nam, Nam Định, Ninh Bình, and Bắc Giang.
    assert enlarged.sum() == 12


def test_click() -> None:
    assert maps.province_of_click([{"location": "27"}]) == "27"
    assert maps.province_of_click([{"location": "d27"}]) == "27"
    assert maps.province_of_click([{"location": None, "customdata": "48"}]) == "48"
    assert maps.province_of_click([{"customdata": ["56"]}]) == "56"
    assert maps.province_of_click([{"location": "land"}, {"location": "99"}]) is None
    assert maps.province_of_click([]) is None


def test_map_in_words() -> None:
    table = pd.DataFrame(
        {
            "province_code_gso": sorted(names(2025)),
            "province_name": [names(2025)[c] for c in sorted(names(2025))],
            "class": "current",
            "is_old": False,
            "has_contradiction": False,
        }
    ).set_index("province_code_gso", drop=False)
    table.loc[["38", "40"], "class"] = "outdated"
    table.loc[["48"], "class"] = "unverified"
    table.loc[["80"], "has_contradiction"] = True
    table.loc[["01", "38", "48"], "is_old"] = True
    day = dt.date(2025, 9, 1)
    assert maps.describe_map(table, "regulation", 2025, day, "vi") == (
        "Bản đồ 34 tỉnh, thành phố: Quy chế quản lý hoạt động thông tin đối ngoại, "
        "tính đến ngày 01/09/2025. "
        "Theo quy định hiện hành: 31; Căn cứ QĐ 79/2010 đã hết hiệu lực: 2; "
        "Chỉ có quy chế đối ngoại chung: 0; Chưa xác minh: 1. "
        "Căn cứ QĐ 79/2010 đã hết hiệu lực: Thanh Hóa, Nghệ An. "
        "Các nguồn mâu thuẫn ở 1 tỉnh, thành phố: Tây Ninh. "
        "Căn cứ đã quá 24 tháng ở 2 tỉnh, thành phố. "
        "Quần đảo Hoàng Sa (Đà Nẵng): Chưa xác minh; "
        "quần đảo Trường Sa (Khánh Hòa): Theo quy định hiện hành."
    )
    border = maps.describe_map(table, "regulation", 2025, day, "en", dimmed=set(table.index[2:]))
    assert "Map of 2 provinces" in border and "Trường Sa archipelago (Khánh Hòa)" in border


def test_enlargement_keeps_shape_and_direction() -> None:
    west, _, east, north = enlargement.DELTA
    assert enlargement.enlarge_point(west, north) == pytest.approx(enlargement.CORNER, abs=1e-3)
    box = enlargement.enlarged_box()
    assert box[2] - box[0] == pytest.approx(2.8 * (east - west), abs=1e-3)
    assert box[2] < FRAME[1] and box[3] < FRAME[3] and box[1] > 17.25, "north of Hoàng Sa"
    # A square half inside: its eastern half remains, clockwise as it was.
    ring = [
        [west - 1, 20.0],
        [west - 1, 21.0],
        [west + 1, 21.0],
        [west + 1, 20.0],
        [west - 1, 20.0],
    ]
    feature = {
        "id": "x",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    part = enlargement.enlarge_feature(feature)
    assert part is not None and part["id"] == "dx"
    (polygon,) = part["geometry"]["coordinates"]
    lons = [lon for lon, _ in polygon[0]]
    assert min(lons) == pytest.approx(box[0], abs=1e-3)
    assert max(lons) - min(lons) == pytest.approx(2.8, abs=1e-2)
    pairs = zip(polygon[0], polygon[0][1:], strict=False)
    assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairs) > 0, "still clockwise"
    far = {"id": "x", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [
        [[108, 12], [108, 13], [109, 13], [108, 12]]]}}  # fmt: skip
    assert enlargement.enlarge_feature(far) is None


@pytest.fixture
def own_boundaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*boundaries.PROVINCE_FILES.values(), *boundaries.POINT_FILES.values(),
                 boundaries.NEIGHBOURS, boundaries.ARCHIPELAGOS):  # fmt: skip
        shutil.copy(PROJECT / "data" / "boundaries" / name, tmp_path)
    monkeypatch.setenv("TTDN_BOUNDARIES", str(tmp_path))
    return tmp_path


def test_boundaries_of_ones_own(own_boundaries: Path) -> None:
    before = boundaries.asset_url("map_2008.geojson")
    path = own_boundaries / "neighbours.geojson"
    assert len(boundaries.boundary_assets()) == 3
    path.unlink()
    assert boundaries.asset_url("map_2008.geojson") == before, "read once"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("neighbours.geojson", None, "cannot be read"),
        ("provinces_2008.geojson", "{", "is not JSON"),
        ("units_2025.geojson", '{"type": "FeatureCollection", "features": []}', "with features"),
        ("points_2025.json", '{"01": [105, 21]}', "a point for each unit of 2025"),
        ("points_2008.json", "[]", "expected {code: "),
    ],
)
def test_broken_boundaries_are_refused(
    own_boundaries: Path, name: str, content: str | None, complaint: str
) -> None:
    path = own_boundaries / name
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(boundaries.BoundaryError, match=name) as error:
        boundaries.boundary_assets()
    assert complaint in str(error.value) and "$TTDN_BOUNDARIES" in str(error.value)


def test_boundaries_without_a_unit_are_refused(own_boundaries: Path) -> None:
    path = own_boundaries / "provinces_2008.geojson"
    whole = json.loads(path.read_bytes())
    path.write_text(json.dumps(whole | {"features": whole["features"][1:]}), encoding="utf-8")
    with pytest.raises(boundaries.BoundaryError, match=r"missing \['01'\]"):
        boundaries.boundary_assets()


def test_boundaries_without_an_archipelago_are_refused(own_boundaries: Path) -> None:
    path = own_boundaries / "archipelagos.geojson"
    text = path.read_text(encoding="utf-8").replace("Hoàng Sa", "Hoang Sa")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(boundaries.BoundaryError, match="Hoàng Sa"):
        boundaries.boundary_assets()

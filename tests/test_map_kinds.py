"""Every kind of map has both archipelagos named, the notice, no way out, and is small."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from functools import cache, partial
from itertools import product
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import boundaries
from dashboard.colours import CLASS_ORDER, surface
from dashboard.map_amounts import plot_amount_map
from dashboard.map_changes import plot_change_map
from dashboard.map_multiples import plot_small_maps
from dashboard.map_places import KINDS, Place
from dashboard.map_zoom import plot_locator_map, plot_zoom_map
from dashboard.maps import plot_province_map
from dashboard.words import LANGUAGES, word
from tests.test_maps import given_points, names, statuses

Plot = Callable[..., go.Figure]
VINTAGES = (2008, 2025)
# How pages and files ask for a map: any container, desktop, phone, a column, paper.
SIZES: dict[str, dict[str, Any]] = {
    "fluid": {},
    "desktop": {"narrow": False},
    "phone": {"narrow": True},
    "column": {"width": 265},
    "paper": {"width": 722, "geojson": "inline"},
}
PLACES = [
    Place("Hữu Nghị", "gate_international", 106.71, 21.97, "Bằng Tường", True),
    *(Place(kind, kind, 103.2 + i, 22.1, "", bool(i % 2)) for i, kind in enumerate(KINDS)),
]


def amounts(vintage: int) -> pd.DataFrame:
    """Each second unit has a figure; every third of those is rounded."""
    return pd.DataFrame(
        {
            "province_code_gso": code,
            "province_name": name,
            "amount_million_vnd": 37 * 3**i % 20_011 + 5,
            "is_rounded": i % 3 == 0,
            "has_contradiction": i % 7 == 0,
            "hover": f"{i} triệu đồng",
        }
        for i, (code, name) in enumerate(sorted(names(vintage).items())[::2])
    )


def changes(vintage: int, indicator: str = "regulation") -> pd.DataFrame:
    """Every fourth unit moved, between all classes in turn."""
    classes = CLASS_ORDER[indicator]
    return pd.DataFrame(
        {
            "province_code_gso": code,
            "province_name": name,
            "class_before": classes[i % len(classes)],
            "class_after": classes[(i + (i % 4 == 0) * (1 + i // 4 % 3)) % len(classes)],
            "hover": f"{i}/QĐ-UBND" if i % 4 == 0 else "",
        }
        for i, (code, name) in enumerate(sorted(names(vintage).items()))
    )


def years(vintage: int, count: int) -> dict[str, pd.DataFrame]:
    return dict.fromkeys(map(str, range(2018, 2018 + count)), statuses("annual_plan", vintage))


@cache
def plots(vintage: int) -> dict[str, Plot]:
    """One of each kind, to be called with size, language and theme."""
    regulation = {"indicator": "regulation", "vintage": vintage}
    route = statuses("border_route", vintage)
    north = ["04", "20", "22"]
    return {
        "places": partial(
            plot_province_map, route, indicator="border_route", vintage=vintage, places=PLACES
        ),
        "chosen": partial(
            plot_province_map,
            statuses("regulation", vintage),
            **regulation,
            selected="48",
            dimmed=boundaries.CODES[vintage] - {"48"},
        ),
        "zoom": partial(
            plot_zoom_map,
            route,
            codes=north,
            places=PLACES,
            indicator="border_route",
            vintage=vintage,
            selected="04",
        ),
        "zoom on islands' units": partial(
            plot_zoom_map, statuses("regulation", vintage), codes=["48", "56"], **regulation
        ),
        "locator": partial(plot_locator_map, vintage=vintage, code="48"),
        "amounts": partial(plot_amount_map, amounts(vintage), vintage=vintage, selected="01"),
        "no amounts": partial(plot_amount_map, amounts(vintage).iloc[:0], vintage=vintage),
        "changes": partial(plot_change_map, changes(vintage), **regulation, dimmed={"48", "56"}),
        "nine": partial(
            plot_small_maps, years(vintage, 9), indicator="annual_plan", vintage=vintage
        ),
        "two": partial(
            plot_small_maps, years(vintage, 2), indicator="annual_plan", vintage=vintage
        ),
    }


KINDS_OF_MAPS = tuple(plots(2008))


@cache
def drawn(kind: str, vintage: int, lang: str, size: str) -> dict[str, Any]:
    """The figure as the browser gets it, decoded; every second size in the dark theme."""
    dark = bool(list(SIZES).index(size) % 2)
    figure = plots(vintage)[kind](lang=lang, dark=dark, **SIZES[size])
    found: dict[str, Any] = json.loads(figure.to_json())
    return found


def parts(figure: dict[str, Any]) -> dict[str, tuple[float, float, float, float]]:
    """West, east, south, north of every geo of the layout."""
    return {
        key: (*part["lonaxis"]["range"], *part["lataxis"]["range"])
        for key, part in figure["layout"].items()
        if key.startswith("geo")
    }


def points_shown(figure: dict[str, Any], code: str) -> list[tuple[str, set[tuple[float, float]]]]:
    """(geo, positions) of every trace of dots of an archipelago."""
    return [
        (t.get("geo", "geo"), set(zip(t["lon"], t["lat"], strict=True)))
        for t in figure["data"]
        if t["type"] == "scattergeo" and (t.get("customdata") or [None])[0] == code
    ]


def texts_shown(figure: dict[str, Any], wanted: set[str]) -> list[tuple[str, float, float, float]]:
    """(geo, lon, lat, type size) of every text on a map that is one of the wanted."""
    found = []
    for trace in figure["data"]:
        if trace.get("mode") != "text":
            continue
        for i, text in enumerate(trace["text"]):
            if text in wanted:
                size = trace["textfont"]["size"][i]
                found.append((trace.get("geo", "geo"), trace["lon"][i], trace["lat"][i], size))
    return found


@pytest.mark.parametrize(
    ("kind", "vintage", "lang"), list(product(KINDS_OF_MAPS, VINTAGES, LANGUAGES))
)
def test_every_map_names_both_archipelagos(kind: str, vintage: int, lang: str) -> None:
    for number, size in enumerate(SIZES):
        figure = drawn(kind, vintage, lang, size)
        maps = int(kind == "nine") * 9 or int(kind == "two") * 2 or 1
        for code, name in (("48", "hoang_sa"), ("56", "truong_sa")):
            where = {"48": "Hoàng Sa", "56": "Trường Sa"}[code]
            dots = points_shown(figure, code)
            assert len(dots) == maps and len({geo for geo, _ in dots}) == maps, (size, where)
            wanted = {word(f"map.{name}", lang), word(f"map.short.{name}", lang)}
            labels = texts_shown(figure, wanted)
            assert {geo for geo, *_ in labels} == {geo for geo, _ in dots}, (size, where)
            for geo, places in dots:
                west, east, south, north = parts(figure)[geo]
                assert places == given_points()[where]
                assert all(west < x < east and south < y < north for x, y in places)
            for geo, lon, lat, type_size in labels:
                west, east, south, north = parts(figure)[geo]
                assert west < lon < east and south < lat < north
                assert type_size >= 9
        notices = [a["text"].replace("<br>", " ") for a in figure["layout"]["annotations"]]
        assert word("map.notice", lang) in notices
        assert figure["layout"]["paper_bgcolor"] == surface(bool(number % 2)).page


@pytest.mark.parametrize("kind", KINDS_OF_MAPS)
@pytest.mark.parametrize("vintage", VINTAGES)
def test_no_map_leads_out(kind: str, vintage: int) -> None:
    for size, settings in SIZES.items():
        figure = drawn(kind, vintage, "vi", size)
        text = json.dumps(figure)
        assert "http" not in text
        assert "locations" not in figure["data"][0], "plotly.js would ask for a world map"
        geo = figure["layout"]["template"]["layout"]["geo"]
        assert geo["visible"] is False and geo["fitbounds"] is False
        assert figure["layout"]["dragmode"] == "zoom"
        is_inline = settings.get("geojson") == "inline"
        assert ("/assets/" in text) is not is_inline
        for trace in figure["data"]:
            own = trace.get("geojson")
            assert own is None or isinstance(own, dict) is is_inline


@pytest.mark.parametrize("kind", KINDS_OF_MAPS)
def test_plotly_accepts_every_attribute(kind: str) -> None:
    # The figures are made without plotly's validation.
    for size in ("fluid", "desktop", "phone"):
        go.Figure(drawn(kind, 2025, "vi", size))


@pytest.mark.parametrize("kind", KINDS_OF_MAPS)
@pytest.mark.parametrize("vintage", VINTAGES)
def test_what_is_sent_is_small(kind: str, vintage: int) -> None:
    # As the websocket carries it (.streamlit/config.toml has compression on).
    sent = plots(vintage)[kind](lang="vi").to_json().encode()
    assert len(zlib.compress(sent, 6)) < (8_000 if kind == "nine" else 4_500)


@pytest.mark.parametrize("kind", KINDS_OF_MAPS)
def test_nothing_is_drawn_outside_the_figure(kind: str) -> None:
    for size in SIZES:
        layout = drawn(kind, 2008, "vi", size)["layout"]
        plot = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
        rows = layout["legend"]["y"]
        assert plot > 200
        assert -rows * plot < layout["margin"]["b"] or kind == "locator", "legend below the figure"
        for key, part in layout.items():
            if key.startswith("geo"):
                for low, high in (part.get("domain") or {"x": [0, 1]}).values():
                    assert 0 <= low < high <= 1

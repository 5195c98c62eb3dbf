"""What every map has whatever it shows: frame, neighbours, sea, both archipelagos.

Nothing here comes from a third-party base map. Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa) are
part of the frame, so no filter, vintage or export can lose them (data/facts/map_rules.csv).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from dashboard import boundaries
from dashboard.colours import ClassStyle, surface
from dashboard.download.lines import text_width
from dashboard.enlargement import PREFIX, enlarge_point, enlarged_box, is_in_delta, mercator
from dashboard.words import word

# West, east, south, north in degrees: mainland and both archipelagos at a readable size.
FRAME: Final = (101.8, 117.5, 6.2, 23.6)
# A unit whose sign would touch the edge of the enlargement keeps it on the main map (degrees).
DELTA_EDGE: Final = 0.07

# Text key -> (lon, lat) of the name on the map.
NAME_PLACES: Final[Mapping[str, tuple[float, float]]] = {
    "map.place.china": (108.0, 23.1),
    "map.place.laos": (102.4, 19.3),
    "map.place.thailand": (102.4, 16.0),
    "map.place.cambodia": (103.9, 12.9),
    "map.place.sea": (108.5, 8.4),
}
ARCHIPELAGO_WORDS: Final = {"Hoàng Sa": "map.hoang_sa", "Trường Sa": "map.truong_sa"}
SHORT_WORDS: Final = {"Hoàng Sa": "map.short.hoang_sa", "Trường Sa": "map.short.truong_sa"}


NO_FILL: Final = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class Canvas:
    """How large things are drawn: pixels of the figure, of words and of signs.

    `columns` are those of the legend below the map, `drawn` the px the map is made for where
    `width` leaves it to its container.
    """

    width: int | None
    height: int
    is_fluid: bool
    has_legend_in_sea: bool
    word: int
    sign: int
    above: int
    below: int
    px_per_degree: float
    columns: int
    drawn: int


def aspect(frame: tuple[float, float, float, float]) -> float:
    """Width divided by height of a (west, east, south, north) frame in Mercator."""
    west, east, south, north = frame
    return (east - west) / (mercator(north) - mercator(south))


def share_of_height(lat: float) -> float:
    """Where a latitude lies in the frame: 0 at its foot, 1 at its top."""
    _, _, south, north = FRAME
    return round((mercator(lat) - mercator(south)) / (mercator(north) - mercator(south)), 3)


def geo_layout() -> dict[str, Any]:
    """The frame; fixed, since no view may lose an archipelago."""
    west, east, south, north = FRAME
    return {"lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]}}


def geo_template(dark: bool) -> dict[str, Any]:
    """No base map of plotly's, no fitting to the traces (plotly.js 4 does it by default)."""
    look = surface(dark)
    return {
        "projection": {"type": "mercator"},
        "fitbounds": False,
        "visible": False,
        "showframe": True,
        "framecolor": look.frame,
        "bgcolor": look.sea,
    }


@cache
def enlarged_units(vintage: int) -> frozenset[str]:
    """Codes of the units of which a part is enlarged."""
    features = boundaries.geojson(boundaries.MAP_FILES[vintage])["features"]
    ids = (str(feature["id"]) for feature in features)
    return frozenset(id.removeprefix(PREFIX) for id in ids if id.startswith(PREFIX))


@cache
def sign_places(vintage: int) -> dict[str, tuple[float, float]]:
    """Where each unit's sign stands, (lon, lat) by code.

    Signs of the delta would cover each other: they stand in the enlargement only.
    """
    return {
        code: enlarge_point(*point) if is_in_delta(*point, DELTA_EDGE) else point
        for code, point in boundaries.label_points(vintage).items()
    }


def ground_trace(source: object, dark: bool, has_delta: bool = True) -> dict[str, Any]:
    """Under everything: neighbouring land without any statement, sea below the enlargement."""
    look = surface(dark)
    locations = [boundaries.LAND, boundaries.SEA][: 1 + has_delta]
    return {
        "type": "choropleth",
        "geojson": source,
        "locations": locations,
        "z": [0, 1][: 1 + has_delta],
        "colorscale": [[0, look.land], [1, look.sea if has_delta else look.land]],
        "marker": {"line": {"color": look.land_line}},
        "hoverinfo": "skip",
        "hovertemplate": "",
    }


def frames_trace(source: object, dark: bool, has_delta: bool = True) -> dict[str, Any]:
    """Over everything: frames of both archipelagos, of the delta and of its enlargement."""
    locations = [boundaries.FRAMES, boundaries.DELTA_FRAMES][: 1 + has_delta]
    return {
        "type": "choropleth",
        "geojson": source,
        "locations": locations,
        "z": [0] * len(locations),
        "colorscale": [[0, NO_FILL], [1, NO_FILL]],
        "marker": {"line": {"color": surface(dark).muted, "width": 1}},
        "hoverinfo": "skip",
        "hovertemplate": "",
    }


def names_trace(
    looks: Mapping[str, ClassStyle],
    lang: str,
    dark: bool,
    canvas: Canvas,
    *,
    has_caption: bool = True,
    without: Collection[str] = (),
    is_short: bool = False,
) -> dict[str, Any]:
    """Names: discreetly the neighbours', Biển Đông's, the enlargement's; both archipelagos' in the
    colour of their class.

    `looks` is keyed by unit code: 48 Đà Nẵng for Hoàng Sa, 56 Khánh Hòa for Trường Sa. With
    `has_caption` the enlarged delta has a name; `without` are keys of NAME_PLACES that would be in
    the way; `is_short` abbreviates the word archipelago. A text begins at its point.
    """
    size, px = canvas.word, canvas.px_per_degree
    words = SHORT_WORDS if is_short else ARCHIPELAGO_WORDS
    keys = [key for key in NAME_PLACES if key not in without]
    places = [NAME_PLACES[key] for key in keys]
    texts = [word(key, lang) for key in keys]
    if has_caption:
        west, south, _, _ = enlarged_box()
        places.append((west, south - 1.4 * (size - 1) / px))
        texts.append(word("map.inset", lang))
    discreet = len(places)
    sizes = [size - 1] * discreet
    colours = [surface(dark).muted] * discreet
    for group in boundaries.archipelagos():
        text = word(words[group.name], lang)
        places.append(_archipelago_place(group, text, canvas, is_short))
        texts.append(text)
        sizes.append(size)
        colours.append(looks[group.code].text(dark))
    return {
        "type": "scattergeo",
        "lon": [round(lon, 2) for lon, _ in places],
        "lat": [round(lat, 2) for _, lat in places],
        "text": texts,
        "mode": "text",
        "textposition": "middle right",
        # Not <b> and <i>: plotly's JSON takes six bytes for each of < > /.
        "textfont": {
            "size": sizes,
            "color": colours,
            "weight": [400] * discreet + [700] * (len(places) - discreet),
            "style": ["italic"] * len(keys) + ["normal"] * (len(places) - len(keys)),
        },
        "showlegend": False,
    }


def _archipelago_place(
    group: boundaries.Archipelago, text: str, canvas: Canvas, is_short: bool
) -> tuple[float, float]:
    """Trường Sa's inside the top of its frame or above it, on the smallest maps inside its foot.

    Hoàng Sa's below its frame; beside it on a wide map, so that the legend has room below.
    """
    size, px = canvas.word, canvas.px_per_degree
    two_lines = 2.6 * size / px
    width = max(text_width(line, size, bold=True) for line in text.split("<br>")) / px
    west, south, east, north = group.extent
    if north - south < 3:
        if canvas.has_legend_in_sea:
            return east + size / px, (south + north) / 2
        return min(west - size / px, FRAME[1] - width), south - two_lines / 2 - 6 / px
    if is_short:
        return min(west + 4 / px, FRAME[1] - 0.9 * width), south + two_lines / 2 - 1 / px
    if 0.9 * width + size / px < east - west:
        return west + size / px, north - two_lines / 2 - 4 / px
    return min(west, FRAME[1] - width), north + two_lines / 2 + 3 / px


def dots_traces(
    looks: Mapping[str, ClassStyle], labels: Mapping[str, str], lang: str, dark: bool, size: int
) -> list[dict[str, Any]]:
    """Named features of each archipelago in the colour of its unit's class; a click gives the unit.

    `looks` and `labels` (class in words) are keyed by unit code.
    """
    return [
        {
            "type": "scattergeo",
            "lon": [lon for lon, _ in group.points],
            "lat": [lat for _, lat in group.points],
            "text": _hover(group, labels[group.code], lang),
            "customdata": [group.code] * len(group.points),
            "marker": {"size": size, "color": looks[group.code].fill(dark)},
            "hoverinfo": "text",
            "showlegend": False,
        }
        for group in boundaries.archipelagos()
    ]


def _hover(group: boundaries.Archipelago, label: str, lang: str) -> str:
    name = word(ARCHIPELAGO_WORDS[group.name], lang).replace("<br>", " ")
    return f"{name}<br>{label}" if label else name

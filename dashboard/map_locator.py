"""A small map of the country in neutral colours on which one unit is marked and named."""

from __future__ import annotations

from typing import NamedTuple

import plotly.graph_objects as go

from dashboard import boundaries, map_frame, map_layout
from dashboard.colours import AROUND_STYLE, HERE_STYLE, surface
from dashboard.download.lines import text_width
from dashboard.enlargement import Box
from dashboard.map_fit import overlaps
from dashboard.map_frame import FRAME, Canvas
from dashboard.map_layers import Group, Subject, Trace, area_traces, outline_trace
from dashboard.map_national import GeojsonBy, Sheet, archipelago_traces
from dashboard.map_subjects import every_unit
from dashboard.words import word

HERE, ELSEWHERE = "here", "elsewhere"


def plot_locator_map(
    *,
    vintage: int,
    code: str,
    lang: str,
    dark: bool = False,
    width: int | None = None,
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
) -> go.Figure:
    """Where the unit `code` lies: the whole country, this unit marked, no legend.

    `width` in pixels, 358 where nothing is said; `narrow` as in plot_province_map. Raises
    ValueError for a code that the vintage does not have.
    """
    if code not in boundaries.CODES[vintage]:
        raise ValueError(f"locator map: expected a unit of {vintage}, got {code!r}")
    subject = _subject(vintage, code, lang, dark)
    sheet = Sheet(width=width or (None if narrow else map_layout.NARROW_WIDTH), geojson=geojson)
    canvas = map_layout.canvas(sheet.width, None, narrow, 0, False)
    context = sheet.source(boundaries.CONTEXT)
    # A first trace without locations keeps plotly.js from asking for a world map.
    label = _label(vintage, code, canvas)
    traces = archipelago_traces(subject, canvas, _covered(label, lang, canvas))
    traces.append(_mark(label, dark))
    traces.append(map_frame.ground_trace(context, dark, has_delta=False))
    traces += area_traces(subject)
    traces.append(outline_trace(subject, code))
    traces.append(map_frame.frames_trace(context, dark, has_delta=False))
    layout = map_layout.layout(lang, dark, canvas, None)
    source = sheet.source(boundaries.MAP_FILES[vintage])
    layout["template"] = map_layout.template(source, dark, canvas)
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def describe_locator_map(*, vintage: int, code: str, lang: str) -> str:
    """The locator in words: which unit it marks, and that both archipelagos are on it."""
    name = boundaries.unit_names(vintage)[code]
    return " ".join(
        (
            word("map.describe.locator", lang, name=name),
            word("map.describe.named_archipelagos", lang),
        )
    )


def _subject(vintage: int, code: str, lang: str, dark: bool) -> Subject:
    units = tuple(
        unit._replace(class_name=HERE if unit.code == code else ELSEWHERE)
        for unit in every_unit([], vintage)
    )
    groups = {HERE: Group(HERE_STYLE, ""), ELSEWHERE: Group(AROUND_STYLE, "")}
    return Subject(vintage, lang, dark, units, frozenset(), groups, has_delta=False)


class _Label(NamedTuple):
    """The name beside the marked unit; `box` is what it takes, with the ring, in degrees."""

    point: tuple[float, float]
    text: str
    size: int
    is_left: bool
    box: Box


def _label(vintage: int, code: str, canvas: Canvas) -> _Label:
    """On the right of the unit, on its left where an archipelago or the edge is in the way."""
    lon, lat = boundaries.label_points(vintage)[code]
    text = boundaries.unit_names(vintage)[code]
    size = canvas.word + 1
    length = (text_width(text, size, bold=True) + 2 * size) / canvas.px_per_degree
    half = 1.2 * size / canvas.px_per_degree
    right = (lon - half, lat - half, lon + length, lat + half)
    is_left = right[2] > FRAME[1] or any(
        overlaps(right, group.extent) for group in boundaries.archipelagos()
    )
    box = (lon - length, right[1], lon + half, right[3]) if is_left else right
    return _Label((lon, lat), text, size, is_left, box)


def _covered(label: _Label, lang: str, canvas: Canvas) -> list[str]:
    """Keys of the neighbours' names that the label would cover."""
    px, size = canvas.px_per_degree, canvas.word
    covered = []
    for key, (lon, lat) in map_frame.NAME_PLACES.items():
        end = lon + text_width(word(key, lang), size) / px
        if overlaps((lon, lat - size / px, end, lat + size / px), label.box):
            covered.append(key)
    return covered


def _mark(label: _Label, dark: bool) -> Trace:
    """A ring around the unit, which may be tiny, and its name."""
    return {
        "type": "scattergeo",
        "lon": [label.point[0]],
        "lat": [label.point[1]],
        "text": [f" {label.text} "],
        "mode": "markers+text",
        "textposition": "middle left" if label.is_left else "middle right",
        "textfont": {"size": label.size, "weight": 700, "color": surface(dark).text},
        "marker": {
            "size": 2 * label.size,
            "color": map_frame.NO_FILL,
            "line": {"width": 1.5, "color": surface(dark).mark},
        },
        "showlegend": False,
    }

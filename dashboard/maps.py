"""The one map of the project: statuses of the units of a vintage on Vietnam with both archipelagos.

On the screen the boundaries travel as an address, so that a redraw sends a few kilobytes; exports
get them inside the figure. Classes differ by colour and by a sign at each unit's label point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard import boundaries, map_frame, map_layout
from dashboard.colours import CLASS_ORDER, UNKNOWN_CLASSES
from dashboard.enlargement import PREFIX
from dashboard.map_layers import (
    MISSING,
    Subject,
    Unit,
    area_traces,
    legend_traces,
    outline_trace,
    parse_units,
    sign_traces,
)
from dashboard.words import format_date, format_number, word

# Nothing may leave the machine: the world map plotly.js asks for is an empty stub of our own, and
# its cloud buttons are off. Zooming is off as well, so that no view can lose an archipelago.
PLOTLY_CONFIG: Final[dict[str, Any]] = {
    "topojsonURL": "/assets/topojson/",
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtonsToRemove": [
        "zoomInGeo", "zoomOutGeo", "resetGeo", "pan2d", "select2d", "lasso2d", "hoverClosestGeo",
    ],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}  # fmt: skip


def plot_province_map(
    statuses: pd.DataFrame,
    *,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool = False,
    selected: str | None = None,
    dimmed: Collection[str] = frozenset(),
    width: int | None = None,
    height: int | None = None,
    geojson: Literal["url", "inline"] = "url",
    narrow: bool | None = None,
    title: str | None = None,
) -> go.Figure:
    """The map of one indicator on one day.

    `statuses`: one row per unit with province_code_gso, class, and optionally province_name, hover
    (one short line of evidence), is_old (evidence older than 24 months), has_contradiction. A unit
    without a row is drawn as missing. `dimmed` units lie outside the current filter. `width` and
    `height` in pixels. With `narrow=False` or a width the map has that width (680) and its legend
    in the open sea, so show it with `width="content"`; with `narrow=True` it is made for a phone;
    without either it fits any width, with the legend below. An inline map is wide unless told
    otherwise. Raises ValueError for a unit code that the vintage does not have, KeyError for a
    class that the indicator does not have.
    """
    units = parse_units(statuses, vintage)
    subject = Subject(indicator, vintage, lang, dark, units, frozenset(dimmed))
    legend = legend_traces(subject)
    if geojson == "inline" and narrow is None:
        narrow = False  # an export has no container to fit
    canvas = map_layout.canvas(width, height, narrow, len(legend), bool(title))
    context = _source(boundaries.CONTEXT, geojson)
    # A first trace without `locationmode`: then plotly.js does not even ask for the world map
    # that the stub of PLOTLY_CONFIG stands in for.
    traces = _frame_traces(subject, canvas)
    traces += sign_traces(subject, canvas.sign)
    traces.append(map_frame.ground_trace(context, dark))
    traces += area_traces(subject)
    if selected in boundaries.CODES[vintage]:
        traces.append(outline_trace(str(selected), vintage, dark))
    traces.append(map_frame.frames_trace(context, dark))
    source = _source(boundaries.MAP_FILES[vintage], geojson)
    layout = map_layout.layout(lang, dark, canvas, title)
    layout["template"] = map_layout.template(source, dark, canvas)
    # Not validated here (five milliseconds); the tests do it for every kind of map.
    return go.Figure({"data": traces + legend, "layout": layout}, _validate=False)


def province_of_click(points: Iterable[Mapping[str, Any]]) -> str | None:
    """Unit code of the first clicked point of Streamlit's `selection.points`, else None.

    Areas report it as `location` (with a prefix where enlarged), the dots of the archipelagos as
    `customdata`.
    """
    known = boundaries.CODES[2008] | boundaries.CODES[2025]
    for point in points:
        given = point.get("customdata")
        first = given[0] if isinstance(given, (list, tuple)) and given else given
        for code in (point.get("location"), first):
            if isinstance(code, str) and code.removeprefix(PREFIX) in known:
                return code.removeprefix(PREFIX)
    return None


def describe_map(
    statuses: pd.DataFrame,
    indicator: str,
    vintage: int,
    as_of: date,
    lang: str,
    dimmed: Collection[str] = frozenset(),
) -> str:
    """The map in words, for screen readers: counts, who is behind, contradictions, archipelagos.

    It speaks of the units inside the current filter, that is, of those not `dimmed`.
    """
    drawn = parse_units(statuses, vintage)
    subject = Subject(indicator, vintage, lang, False, drawn, frozenset(dimmed))
    units = subject.counted
    groups = subject.groups(units)
    name = word(f"indicator.{indicator}", lang)
    day = format_date(as_of, lang)
    counts = [
        word("map.describe.count", lang, label=subject.label(n), count=format_number(len(g), lang))
        for n, g in groups.items()
    ]
    parts = [
        word("map.describe.start", lang, units=len(units), indicator=name, as_of=day),
        "; ".join(counts) + ".",
    ]
    ordinary = {CLASS_ORDER[indicator][0], MISSING, "not_applicable", "not_due", *UNKNOWN_CLASSES}
    parts += [
        word("map.describe.names", lang, label=subject.label(n), names=_names(g))
        for n, g in groups.items()
        if g and n not in ordinary
    ]
    disputed = [unit for unit in units if unit.has_contradiction]
    if disputed:
        values = {"count": len(disputed), "names": _names(disputed)}
        parts.append(word("map.describe.contradiction", lang, **values))
    old = sum(unit.is_old for unit in units)
    if old:
        parts.append(word("map.describe.old", lang, count=old))
    hoang_sa, truong_sa = (
        subject.label(subject.class_of(code)) for code in boundaries.ARCHIPELAGO_CODES.values()
    )
    parts.append(word("map.describe.archipelagos", lang, hoang_sa=hoang_sa, truong_sa=truong_sa))
    return " ".join(parts)


def _names(units: list[Unit]) -> str:
    return ", ".join(unit.name for unit in units)


def _source(name: str, geojson: Literal["url", "inline"]) -> str | dict[str, Any]:
    return boundaries.asset_url(name) if geojson == "url" else boundaries.geojson(name)


def _frame_traces(subject: Subject, canvas: map_frame.Canvas) -> list[dict[str, Any]]:
    """Names of the map and the dots of both archipelagos, coloured as their units."""
    classes = {code: subject.class_of(code) for code in boundaries.ARCHIPELAGO_CODES.values()}
    looks = {code: subject.look(name) for code, name in classes.items()}
    labels = {code: subject.label(name) for code, name in classes.items()}
    return [
        map_frame.names_trace(looks, subject.lang, subject.dark, canvas),
        *map_frame.dots_traces(looks, labels, subject.lang, subject.dark, canvas.word - 3),
    ]

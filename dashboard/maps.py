"""The one map of the project: statuses of the units of a vintage on Vietnam with both archipelagos.

On the screen the boundaries travel as an address, so that a redraw sends a few kilobytes; exports
get them inside the figure. Classes differ by colour and by a sign at each unit's label point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard import boundaries
from dashboard.colours import CLASS_ORDER, UNKNOWN_CLASSES
from dashboard.enlargement import PREFIX
from dashboard.map_layers import MISSING, legend_traces
from dashboard.map_national import (
    GeojsonBy,
    Sheet,
    describe_archipelagos,
    list_counts,
    list_names,
    national_figure,
)
from dashboard.map_places import Place, describe_places
from dashboard.map_subjects import indicator_subject
from dashboard.words import format_date, word

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
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
    title: str | None = None,
    places: Sequence[Place] = (),
) -> go.Figure:
    """The map of one indicator on one day.

    `statuses`: one row per unit with province_code_gso, class, and optionally province_name, hover
    (one short line of evidence), is_old (evidence older than 24 months), has_contradiction. A unit
    without a row is drawn as missing. `dimmed` units lie outside the current filter. `width` and
    `height` in pixels. With `narrow=False` or a width the map has that width (680) and its legend
    in the open sea, so show it with `width="content"`; with `narrow=True` it is made for a phone;
    without either it fits any width, with the legend below. An inline map is wide unless told
    otherwise. `places` are border gates and information clusters. Raises ValueError for a unit
    code that the vintage does not have, KeyError for a class that the indicator does not have.
    """
    subject = indicator_subject(statuses, indicator, vintage, lang, dark, dimmed)
    legend = legend_traces(subject)
    return national_figure(
        subject,
        legend,
        len(legend),
        Sheet(width=width, height=height, narrow=narrow, geojson=geojson, title=title),
        selected=selected,
        places=places,
    )


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
    places: Sequence[Place] = (),
) -> str:
    """The map in words, for screen readers: counts, who is behind, contradictions, archipelagos.

    It speaks of the units inside the current filter, that is, of those not `dimmed`.
    """
    subject = indicator_subject(statuses, indicator, vintage, lang, False, dimmed)
    units = subject.counted
    members = subject.members(units)
    name = word(f"indicator.{indicator}", lang)
    day = format_date(as_of, lang)
    parts = [
        word("map.describe.start", lang, units=len(units), indicator=name, as_of=day),
        list_counts(subject),
    ]
    ordinary = {CLASS_ORDER[indicator][0], MISSING, "not_applicable", "not_due", *UNKNOWN_CLASSES}
    parts += [
        word("map.describe.names", lang, label=subject.groups[n].label, names=list_names(group))
        for n, group in members.items()
        if group and n not in ordinary
    ]
    disputed = [unit for unit in units if unit.is_ringed]
    if disputed:
        values = {"count": len(disputed), "names": list_names(disputed)}
        parts.append(word("map.describe.contradiction", lang, **values))
    old = sum(unit.is_hollow for unit in units)
    if old:
        parts.append(word("map.describe.old", lang, count=old))
    parts += [describe_places(places, lang), describe_archipelagos(subject)]
    return " ".join(part for part in parts if part)

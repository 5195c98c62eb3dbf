"""A map of the whole country from any subject: areas, signs, places, both archipelagos, legend."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from dashboard import boundaries, map_frame, map_layout
from dashboard.map_frame import Canvas
from dashboard.map_layers import (
    Subject,
    Trace,
    Unit,
    area_traces,
    outline_trace,
    sign_traces,
)
from dashboard.map_places import Place, place_legend, place_traces
from dashboard.words import format_number, word

GeojsonBy = Literal["url", "inline"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a map is drawn on; as the keywords of plot_province_map."""

    width: int | None = None
    height: int | None = None
    narrow: bool | None = None
    geojson: GeojsonBy = "url"
    title: str | None = None

    def source(self, name: str) -> str | dict[str, Any]:
        """Boundaries as an address for the screen or as an object for a file."""
        return boundaries.asset_url(name) if self.geojson == "url" else boundaries.geojson(name)

    def is_narrow(self) -> bool | None:
        """A file has no container to fit: it is wide unless told otherwise."""
        return False if self.geojson == "inline" and self.narrow is None else self.narrow


def national_figure(
    subject: Subject,
    legend: list[Trace],
    legend_rows: int,
    sheet: Sheet,
    *,
    selected: str | None = None,
    places: Sequence[Place] = (),
    legend_title: str = "",
) -> go.Figure:
    """The subject on the map of the country, with its legend of so many rows of text."""
    lang, dark = subject.lang, subject.dark
    counted = len({place.kind for place in places}) + any(p.is_approximate for p in places)
    canvas = map_layout.canvas(
        sheet.width, sheet.height, sheet.is_narrow(), legend_rows, bool(sheet.title), counted
    )
    context = sheet.source(boundaries.CONTEXT)
    # A first trace without `locationmode`: then plotly.js does not even ask for the world map
    # that the stub of PLOTLY_CONFIG stands in for.
    traces = archipelago_traces(subject, canvas)
    traces += sign_traces(subject, canvas.sign, map_frame.sign_places(subject.vintage))
    traces += place_traces(places, lang, dark, canvas.word, canvas.px_per_degree, has_delta=True)
    traces.append(map_frame.ground_trace(context, dark))
    traces += area_traces(subject)
    if selected in boundaries.CODES[subject.vintage]:
        traces.append(outline_trace(subject, str(selected)))
    traces.append(map_frame.frames_trace(context, dark))
    below = map_layout.LEGEND_BELOW if canvas.has_legend_in_sea else "legend"
    legend = legend + place_legend(places, lang, dark, canvas.word, below)
    layout = map_layout.layout(lang, dark, canvas, sheet.title)
    if legend_title:
        layout["legend"]["title"] = {
            "text": legend_title,
            "side": "top",
            "font": {"size": map_layout.legend_size(canvas.word)},
        }
    source = sheet.source(boundaries.MAP_FILES[subject.vintage])
    layout["template"] = map_layout.template(source, dark, canvas)
    # Not validated here (five milliseconds); the tests do it for every kind of map.
    return go.Figure({"data": traces + legend, "layout": layout}, _validate=False)


def archipelago_traces(
    subject: Subject, canvas: Canvas, without: Collection[str] = (), is_short: bool = False
) -> list[Trace]:
    """Names of the map and the dots of both archipelagos, coloured as their units.

    `without` are the keys of neighbours' names that something else covers; `is_short` as in
    map_frame.names_trace.
    """
    groups = {code: subject.group_of(code) for code in boundaries.ARCHIPELAGO_CODES.values()}
    looks = {code: group.look for code, group in groups.items()}
    labels = {code: group.label for code, group in groups.items()}
    lang, dark = subject.lang, subject.dark
    names = map_frame.names_trace(
        looks,
        lang,
        dark,
        canvas,
        has_caption=subject.has_delta and not is_short,
        without=without,
        is_short=is_short,
    )
    return [
        names,
        *map_frame.dots_traces(looks, labels, lang, dark, canvas.word - (5 if is_short else 3)),
    ]


def list_counts(subject: Subject) -> str:
    """Every class with its number of units inside the filter, as one sentence."""
    lang = subject.lang
    counts = [
        word(
            "map.describe.count",
            lang,
            label=subject.groups[name].label,
            count=format_number(len(units), lang),
        )
        for name, units in subject.members(subject.counted).items()
    ]
    return "; ".join(counts) + "."


def list_names(units: Iterable[Unit]) -> str:
    """Names of units, with commas."""
    return ", ".join(unit.name for unit in units)


def describe_archipelagos(subject: Subject) -> str:
    """That both archipelagos are on the map and what it says of their units."""
    hoang_sa, truong_sa = (
        subject.group_of(code).label for code in boundaries.ARCHIPELAGO_CODES.values()
    )
    values = {"hoang_sa": hoang_sa, "truong_sa": truong_sa}
    return word("map.describe.archipelagos", subject.lang, **values)

"""A few units fill the frame, with names, gates and clusters; both archipelagos beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard import boundaries, map_fit, map_frame, map_layout
from dashboard.colours import AROUND_STYLE
from dashboard.enlargement import Box
from dashboard.map_frame import Canvas
from dashboard.map_insets import Domain, inset_layout, inset_traces
from dashboard.map_layers import (
    Group,
    Subject,
    Trace,
    area_traces,
    legend_traces,
    outline_trace,
    sign_traces,
)
from dashboard.map_layout import (
    LEGEND_ROW,
    NARROW_BELOW,
    NARROW_WIDTH,
    TWO_COLUMNS_FROM,
    WIDE_WIDTH,
)
from dashboard.map_locator import describe_locator_map, plot_locator_map
from dashboard.map_names import names_on
from dashboard.map_national import GeojsonBy, Sheet, list_names
from dashboard.map_places import Place, describe_places, place_legend, place_traces
from dashboard.map_subjects import indicator_subject
from dashboard.words import format_date, word

__all__ = [
    "describe_locator_map",
    "describe_zoom_map",
    "plot_locator_map",
    "plot_zoom_map",
]

# px: the column of insets beside a wide map, the row of insets below a narrow one, between them.
COLUMN: Final = (150.0, 200.0)
ROW: Final = 168
GAP: Final = 6
# A container of unknown width is about that of half a page on a tablet.
FLUID_WIDTH: Final = 560
WIDE_HEIGHT: Final = (340.0, 600.0)
NARROW_HEIGHT: Final = (240.0, 520.0)
# Units around those that are shown.
AROUND: Final = "around"


@dataclass(frozen=True)
class _Plan:
    """Where everything is: px of the drawing, the map's frame and the insets' parts."""

    canvas: Canvas
    drawing: tuple[float, float]
    box: Box
    main: Domain
    insets: Mapping[str, Domain]


def plot_zoom_map(
    statuses: pd.DataFrame,
    *,
    codes: Collection[str],
    places: Sequence[Place] = (),
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool = False,
    selected: str | None = None,
    width: int | None = None,
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
) -> go.Figure:
    """The units `codes` in the colour of their class, filling the frame; the others in neutral.

    `statuses` as in plot_province_map; rows of other units are not shown. Names stand where they
    fit. Both archipelagos have frames of their own at the side, below on a map narrower than 520
    px. Without a width and `narrow` it fits any container. Raises ValueError for no code or one
    that the vintage does not have, KeyError for an unknown class.
    """
    subject = _subject(statuses, indicator, vintage, lang, dark, frozenset(codes))
    legend = legend_traces(_shown_alone(subject))
    sheet = Sheet(width=width, narrow=narrow, geojson=geojson)
    box = map_fit.padded(map_fit.bounds(codes, vintage))
    kinds = place_legend([p for p in places if _is_in(p, box)], lang, dark, 10)
    plan = _plan(sheet, box, len(legend) + len(kinds))
    canvas = plan.canvas
    near = [place for place in places if _is_in(place, plan.box)]
    spots = place_traces(near, lang, dark, canvas.word, canvas.px_per_degree)
    context = sheet.source(boundaries.CONTEXT)
    inset_points, inset_areas = _insets(subject, plan, context)
    # A first trace without locations keeps plotly.js from asking for a world map.
    traces = [*_names(subject, plan, spots), *inset_points]
    traces += sign_traces(subject, canvas.sign, boundaries.label_points(vintage))
    traces += spots
    traces.append(map_frame.ground_trace(context, dark, has_delta=False))
    traces += area_traces(subject)
    if selected in boundaries.CODES[vintage]:
        traces.append(outline_trace(subject, str(selected)))
    traces += inset_areas
    legend += place_legend(near, lang, dark, canvas.word)
    layout = map_layout.layout(lang, dark, canvas, None) | inset_layout(plan.insets, *plan.drawing)
    layout["geo"] = _geo(plan.box, plan.main)
    source = sheet.source(boundaries.MAP_FILES[vintage])
    layout["template"] = map_layout.template(source, dark, canvas)
    return go.Figure({"data": traces + legend, "layout": layout}, _validate=False)


def describe_zoom_map(
    statuses: pd.DataFrame,
    *,
    codes: Collection[str],
    places: Sequence[Place] = (),
    indicator: str,
    vintage: int,
    as_of: date,
    lang: str,
) -> str:
    """The zoomed map in words: each unit shown with its class, places, archipelagos."""
    subject = _subject(statuses, indicator, vintage, lang, False, frozenset(codes))
    shown = _shown_alone(subject)
    start = word(
        "map.describe.zoom",
        lang,
        units=len(shown.units),
        indicator=word(f"indicator.{indicator}", lang),
        as_of=format_date(as_of, lang),
    )
    named = [
        word("map.describe.names", lang, label=subject.groups[name].label, names=list_names(units))
        for name, units in shown.members().items()
        if units
    ]
    parts = [start, *named, describe_places(places, lang), word("map.describe.insets", lang)]
    return " ".join(part for part in parts if part)


def _subject(
    statuses: pd.DataFrame,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool,
    codes: frozenset[str],
) -> Subject:
    """All units; those that are not asked for are only the surroundings."""
    unknown = sorted(codes - boundaries.CODES[vintage])
    if unknown:
        raise ValueError(f"zoomed map: units of {vintage} expected, got {unknown}")
    subject = indicator_subject(statuses, indicator, vintage, lang, dark)
    units = tuple(
        u
        if u.code in codes
        else u._replace(class_name=AROUND, hover="", is_hollow=False, is_ringed=False)
        for u in subject.units
    )
    around = Group(AROUND_STYLE, word("map.around", lang), sign=0.0, is_always_listed=False)
    groups = {**subject.groups, AROUND: around}
    return replace(subject, units=units, groups=groups, has_delta=False)


def _shown_alone(subject: Subject) -> Subject:
    return replace(subject, units=tuple(u for u in subject.units if u.class_name != AROUND))


def _is_in(place: Place, box: Box) -> bool:
    west, south, east, north = box
    return west <= place.longitude <= east and south <= place.latitude <= north


def _plan(sheet: Sheet, box: Box, legend_rows: int) -> _Plan:
    """The insets beside a wide map, below a narrow one."""
    narrow = sheet.is_narrow()
    is_fluid = sheet.width is None and narrow is None
    is_narrow = bool(narrow) or (sheet.width or WIDE_WIDTH) < NARROW_BELOW
    usual = NARROW_WIDTH if is_narrow else FLUID_WIDTH if is_fluid else WIDE_WIDTH
    drawn = sheet.width or usual
    across = drawn - 2
    if is_narrow:
        least, most = NARROW_HEIGHT
        high = min(max(across / map_fit.proportion(box), least), most) + GAP + ROW
        foot, half = ROW / high, (across - GAP) / 2 / across
        parts = [
            Domain(0, 1, (ROW + GAP) / high, 1),
            Domain(0, half, 0, foot),
            Domain(1 - half, 1, 0, foot),
        ]
    else:
        column = min(max(0.28 * across, COLUMN[0]), COLUMN[1] * max(1, drawn / WIDE_WIDTH))
        least, most = WIDE_HEIGHT
        most *= max(1, drawn / WIDE_WIDTH)
        high = min(max((across - column - GAP) / map_fit.proportion(box), least), most)
        edge, half = (across - column) / across, (high - GAP) / 2 / high
        parts = [
            Domain(0, (across - column - GAP) / across, 0, 1),
            Domain(edge, 1, 1 - half, 1),
            Domain(edge, 1, 0, half),
        ]
    main_width = (parts[0].right - parts[0].left) * across
    main_height = (parts[0].top - parts[0].foot) * high
    framed = map_fit.widened(box, main_width / main_height)
    scale = max(1.0, drawn / WIDE_WIDTH)
    size = 10 if is_narrow else 11 if is_fluid else round(12 * scale)
    columns = 1 if drawn < TWO_COLUMNS_FROM and not is_fluid else 2
    rows = -(-legend_rows // columns)
    below = map_layout.notice_height(size, drawn) + round(LEGEND_ROW * scale * rows) + 10
    canvas = Canvas(
        width=None if is_fluid else sheet.width or (None if is_narrow else WIDE_WIDTH),
        height=round(high) + 1 + below,
        is_fluid=is_fluid,
        has_legend_in_sea=False,
        word=size,
        sign=round(8 * scale) if not is_narrow else 7,
        above=1,
        below=below,
        px_per_degree=main_width / (framed[2] - framed[0]),
        columns=columns,
        drawn=drawn,
    )
    names = list(boundaries.ARCHIPELAGO_CODES)
    return _Plan(
        canvas, (across, round(high)), framed, parts[0], dict(zip(names, parts[1:], strict=True))
    )


def _geo(box: Box, domain: Domain) -> dict[str, Any]:
    west, south, east, north = box
    return {
        "domain": {
            "x": [round(domain.left, 4), round(domain.right, 4)],
            "y": [round(domain.foot, 4), round(domain.top, 4)],
        },
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }


def _insets(subject: Subject, plan: _Plan, context: object) -> tuple[list[Trace], list[Trace]]:
    """Both archipelagos, in the colour of their unit's class where it is shown."""
    groups = {code: subject.group_of(code) for code in boundaries.ARCHIPELAGO_CODES.values()}
    around = subject.groups[AROUND]
    return inset_traces(
        {code: group.look for code, group in groups.items()},
        {code: "" if group is around else group.label for code, group in groups.items()},
        plan.insets,
        plan.drawing,
        subject.lang,
        subject.dark,
        plan.canvas.word,
        context,
    )


def _names(subject: Subject, plan: _Plan, spots: Sequence[Trace]) -> tuple[Trace, Trace]:
    """Names of units, countries and the sea where they cover no sign, and lines to them."""
    canvas = plan.canvas
    cells = map_fit.raster(plan.box, canvas.px_per_degree, subject.vintage)
    points = boundaries.label_points(subject.vintage)
    for unit in subject.marked:
        cells.block(*points[unit.code], 1.8 * canvas.sign, 1.8 * canvas.sign)
    for trace in spots:
        for lon, lat in zip(trace["lon"], trace["lat"], strict=True):
            cells.block(lon, lat, 1.4 * canvas.word, 1.4 * canvas.word)
    around = {unit.code for unit in subject.units if unit.class_name == AROUND}
    return names_on(cells, subject, around, canvas.word)

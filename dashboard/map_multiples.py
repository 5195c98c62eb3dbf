"""Up to nine maps of one indicator side by side with the same classes and one legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard import boundaries, map_frame, map_layout
from dashboard.colours import surface
from dashboard.download.lines import wrap
from dashboard.map_frame import FRAME, Canvas, aspect
from dashboard.map_layers import Subject, Trace, area_traces, legend_entry, sign_traces
from dashboard.map_layout import LEGEND_ROW, NARROW_BELOW, NARROW_WIDTH
from dashboard.map_national import (
    GeojsonBy,
    Sheet,
    archipelago_traces,
    describe_archipelagos,
    list_counts,
)
from dashboard.map_subjects import indicator_subject
from dashboard.words import LANGUAGES, word

MOST_MAPS: Final = 9
# px: the whole on a desktop and on paper, one map at most and at least, between and above maps.
SCREEN_WIDTH: Final = 960
PAPER_WIDTH: Final = 722
WIDEST_MAP: Final = 475
NARROWEST_MAP: Final = 160
GAP: Final = 10
HEADING: Final = 22
# A map narrower than this abbreviates the archipelagos' names and has no other names.
SMALL_MAP: Final = 290


@dataclass(frozen=True)
class _Grid:
    """How many columns and rows of maps, and the px of one map and of the whole drawing."""

    columns: int
    rows: int
    map_width: float
    map_height: float
    is_fluid: bool

    @property
    def width(self) -> float:
        return self.columns * self.map_width + (self.columns - 1) * GAP

    @property
    def height(self) -> float:
        return self.rows * (self.map_height + HEADING)

    def corner(self, number: int) -> tuple[float, float]:
        """px from the left and from the top of the upper left corner of a map's heading."""
        row, column = divmod(number, self.columns)
        return column * (self.map_width + GAP), row * (self.map_height + HEADING)


def plot_small_maps(
    tables: Mapping[str, pd.DataFrame],
    *,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool = False,
    width: int | None = None,
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
) -> go.Figure:
    """Maps of the same indicator under their labels, in reading order.

    `tables`: label → statuses as plot_province_map takes them; hollow signs and rings are left
    out. `width` of the whole in pixels; with `narrow=True` for a phone, with `narrow=False` 960,
    without either it fits any container. Raises ValueError for no map or more than nine and for a
    unit that the vintage does not have, KeyError for a class that the indicator does not have.
    """
    subjects = _subjects(tables, indicator, vintage, lang, dark)
    sheet = Sheet(width=width, narrow=narrow, geojson=geojson)
    grid = _grid(len(subjects), sheet)
    is_small = grid.map_width < SMALL_MAP
    legend = _legend(list(subjects.values()))
    canvas = _canvas(grid, sheet, len(legend))
    context = sheet.source(boundaries.CONTEXT)
    traces: list[Trace] = []
    layout = map_layout.layout(lang, dark, canvas, None)
    del layout["geo"]
    for number, (label, subject) in enumerate(subjects.items()):
        geo = f"geo{number + 1}" if number else "geo"
        layout[geo] = _geo(grid, number)
        layout["annotations"].append(_heading(grid, number, label, canvas, dark))
        drawn = _one_map(subject, canvas, context, is_small)
        traces += [{**trace, "geo": geo} for trace in drawn] if number else drawn
    if is_small:
        layout["annotations"].append(_note(lang, canvas, layout["annotations"][0]))
    layout["legend"]["y"] = round(-_notes_height(grid, canvas.word, canvas.drawn) / grid.height, 4)
    source = sheet.source(boundaries.MAP_FILES[vintage])
    layout["template"] = map_layout.template(source, dark, canvas)
    return go.Figure({"data": traces + legend, "layout": layout}, _validate=False)


def describe_small_maps(
    tables: Mapping[str, pd.DataFrame], indicator: str, vintage: int, lang: str
) -> str:
    """The maps in words: the counts of each, archipelagos of the last."""
    subjects = _subjects(tables, indicator, vintage, lang, False)
    name = word(f"indicator.{indicator}", lang)
    start = word("map.describe.side_by_side", lang, count=len(subjects), indicator=name)
    each = [
        word("map.describe.one_of_many", lang, label=label, counts=list_counts(subject))
        for label, subject in subjects.items()
    ]
    label, last = list(subjects.items())[-1]
    islands = word(
        "map.describe.one_of_many", lang, label=label, counts=describe_archipelagos(last)
    )
    return " ".join([start, *each, islands])


def _subjects(
    tables: Mapping[str, pd.DataFrame], indicator: str, vintage: int, lang: str, dark: bool
) -> dict[str, Subject]:
    if not 1 <= len(tables) <= MOST_MAPS:
        raise ValueError(f"small maps: expected 1 to {MOST_MAPS}, got {len(tables)}")
    columns = ["province_code_gso", "province_name", "class", "hover"]
    return {
        label: indicator_subject(
            table[[c for c in columns if c in table]], indicator, vintage, lang, dark
        )
        for label, table in tables.items()
    }


def _grid(maps: int, sheet: Sheet) -> _Grid:
    narrow = sheet.is_narrow()
    is_fluid = sheet.width is None and narrow is None
    is_narrow = bool(narrow) or (sheet.width is not None and sheet.width < NARROW_BELOW)
    usual = PAPER_WIDTH if sheet.geojson == "inline" else SCREEN_WIDTH
    width = (sheet.width or (NARROW_WIDTH if is_narrow else usual)) - 2
    if is_narrow:
        columns = min(maps, 2 if width >= 2 * NARROWEST_MAP else 1)
    else:
        columns = 4 if maps in (4, 8) and width > PAPER_WIDTH else min(maps, 3)
    map_width = min((width - GAP * (columns - 1)) / columns, WIDEST_MAP)
    return _Grid(columns, -(-maps // columns), map_width, map_width / aspect(FRAME), is_fluid)


def _canvas(grid: _Grid, sheet: Sheet, legend_rows: int) -> Canvas:
    is_narrow = grid.columns * grid.map_width < NARROW_BELOW
    size = 9 if grid.map_width < SMALL_MAP else 10
    columns = 1 if is_narrow else 3
    drawn = round(grid.width) + 2
    below = _notes_height(grid, size, drawn) + LEGEND_ROW * -(-legend_rows // columns) + 10
    return Canvas(
        width=None if grid.is_fluid or (is_narrow and sheet.width is None) else drawn,
        height=round(grid.height) + 1 + below,
        is_fluid=grid.is_fluid,
        has_legend_in_sea=False,
        word=size,
        sign=4 if grid.map_width >= SMALL_MAP else 3,
        above=1,
        below=below,
        px_per_degree=grid.map_width / (FRAME[1] - FRAME[0]),
        columns=columns,
        drawn=drawn,
    )


def _geo(grid: _Grid, number: int) -> dict[str, Any]:
    left, top = grid.corner(number)
    top += HEADING
    x = [left / grid.width, (left + grid.map_width) / grid.width]
    y = [1 - (top + grid.map_height) / grid.height, 1 - top / grid.height]
    domain = {"x": [round(v, 4) for v in x], "y": [round(max(v, 0), 4) for v in y]}
    return {**map_frame.geo_layout(), "domain": domain}


def _heading(grid: _Grid, number: int, label: str, canvas: Canvas, dark: bool) -> dict[str, Any]:
    """The label above a map, over its middle where the map's width is not known."""
    left, top = grid.corner(number)
    middle = left + grid.map_width / 2
    x = {"x": round(left / grid.width, 4), "xanchor": "left"}
    if grid.is_fluid:
        x = {"x": round(middle / grid.width, 4), "xanchor": "center"}
    return {
        "text": label,
        **x,
        "y": round(1 - top / grid.height, 4),
        "yanchor": "top",
        "font": {"size": canvas.word + 4, "weight": 700, "color": surface(dark).text},
    }


def _note(lang: str, canvas: Canvas, notice: dict[str, Any]) -> dict[str, Any]:
    """What the frame at the upper right of each map is, below the notice."""
    lines = wrap(word("map.enlarged", lang), map_layout.note_size(canvas.word), canvas.drawn)
    below = map_layout.notice_height(canvas.word, canvas.drawn) - canvas.word // 2
    return {**notice, "text": "<br>".join(lines), "yshift": -below}


def _notes_height(grid: _Grid, size: int, drawn: int) -> int:
    """px of the notice and, below small maps, of the note on their enlargement."""
    notice = map_layout.notice_height(size, drawn)
    if grid.map_width >= SMALL_MAP:
        return notice
    note = map_layout.note_size(size)
    lines = max(len(wrap(word("map.enlarged", lang), note, drawn)) for lang in LANGUAGES)
    return notice + round(1.4 * note * lines)


def _one_map(subject: Subject, canvas: Canvas, context: object, is_small: bool) -> list[Trace]:
    # A first trace without locations keeps plotly.js from asking for a world map.
    without = map_frame.NAME_PLACES if is_small else ()
    return [
        *archipelago_traces(subject, canvas, without, is_small),
        *sign_traces(subject, canvas.sign, map_frame.sign_places(subject.vintage)),
        map_frame.ground_trace(context, subject.dark),
        *area_traces(subject),
        map_frame.frames_trace(context, subject.dark),
    ]


def _legend(subjects: list[Subject]) -> list[Trace]:
    """One line for each class that some map has, without numbers: they differ from map to map."""
    present = {unit.class_name for subject in subjects for unit in subject.units}
    dark = subjects[0].dark
    return [
        legend_entry(
            group.label, symbol=group.look.symbol.replace("-open", ""), color=group.look.fill(dark)
        )
        for name, group in subjects[0].groups.items()
        if group.is_always_listed or name in present
    ]

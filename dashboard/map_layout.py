"""How a map is laid out: sizes for a screen, a phone or print, legend, notice, shared looks."""

from __future__ import annotations

from typing import Any, Final

from dashboard.colours import NEAR_BLACK, WHITE, surface
from dashboard.download.lines import wrap
from dashboard.map_frame import (
    FRAME,
    NO_FILL,
    Canvas,
    aspect,
    geo_layout,
    geo_template,
    share_of_height,
)
from dashboard.typeface import FONT
from dashboard.words import LANGUAGES, word

WIDE_WIDTH: Final = 680
NARROW_WIDTH: Final = 358
NARROW_BELOW: Final = 520
# Without a known width: height of the map itself, a compromise of large screens and phones.
FLUID_HEIGHT: Final = 660
LEGEND_ROW: Final = 20
# Rows of the legend that fit between the archipelagos of a wide map.
SEA_ROWS: Final = 8
# A map from which on the longest line of the legend fits in half its width (px).
TWO_COLUMNS_FROM: Final = 660
# The legend below a map whose legend in the sea explains the areas alone.
LEGEND_BELOW: Final = "legend2"
# Foot of the legend on a wide map: just above the frame of Trường Sa.
LEGEND_LATITUDE: Final = 12.2
# A line of evidence, where there is one, begins with its own <br>.
HOVER: Final = "<b>%{properties.name}</b><br>%{fullData.name}%{customdata}<extra></extra>"


def canvas(
    width: int | None,
    height: int | None,
    narrow: bool | None,
    legend_rows: int,
    has_title: bool,
    place_rows: int = 0,
) -> Canvas:
    """Sizes of a wide map (legend in the open sea), a narrow one (below) or one for any width.

    `legend_rows` explain the areas, `place_rows` the places; those stand below in every map, as
    all do where the sea has no room.
    """
    is_fluid = width is None and narrow is None
    is_narrow = bool(narrow) or (width is not None and width < NARROW_BELOW)
    is_wide = not is_fluid and not is_narrow
    has_legend_in_sea = is_wide and legend_rows <= SEA_ROWS
    drawn = width or (WIDE_WIDTH if is_wide else NARROW_WIDTH)
    scale = max(1.0, drawn / WIDE_WIDTH)
    size = round(12 * scale) if is_wide else 11 if is_fluid else 10
    above = round(size * 2.5) if has_title else 1
    below = place_rows + (0 if has_legend_in_sea else legend_rows)
    columns = 1 if drawn < TWO_COLUMNS_FROM and not is_fluid else 2
    rows = -(-below // columns)
    space = notice_height(size, drawn) + (round(LEGEND_ROW * scale * rows) + 10 if rows else 0)
    map_height = FLUID_HEIGHT if is_fluid else round(drawn / aspect(FRAME))
    return Canvas(
        width=drawn if is_wide else width,
        height=height or map_height + above + space,
        is_fluid=is_fluid,
        has_legend_in_sea=has_legend_in_sea,
        word=size,
        sign=round(7 * scale) if is_wide else 6 if is_fluid else 4,
        above=above,
        below=space,
        px_per_degree=drawn / (FRAME[1] - FRAME[0]),
        columns=columns,
        drawn=drawn,
    )


def template(source: object, dark: bool, canvas: Canvas) -> dict[str, Any]:
    """What all traces share, said once: the payload of a redraw stays small."""
    look = surface(dark)
    return {
        "data": {
            "choropleth": [
                {
                    "geojson": source,
                    "zmin": 0,
                    "zmax": 1,
                    "showscale": False,
                    "showlegend": False,
                    "marker": {"line": {"color": look.border if dark else WHITE, "width": 0.6}},
                    "unselected": {"marker": {"opacity": 1}},
                    "hovertemplate": HOVER,
                    "hovertemplatefallback": "",
                }
            ],
            "scattergeo": [
                {
                    "mode": "markers",
                    "hoverinfo": "skip",
                    "marker": {
                        "size": canvas.word,
                        "line": {"width": 1, "color": look.text},
                        "colorscale": [[0, NEAR_BLACK], [1, WHITE]],
                        "cauto": False,
                        "cmin": 0,
                        "cmax": 1,
                    },
                    "unselected": {"marker": {"opacity": 1}},
                }
            ],
        },
        "layout": {
            "geo": geo_template(dark),
            "annotationdefaults": {
                "showarrow": False,
                "xref": "paper",
                "yref": "paper",
                "font": {"size": note_size(canvas.word), "color": look.muted},
            },
        },
    }


def layout(lang: str, dark: bool, canvas: Canvas, title: str | None) -> dict[str, Any]:
    """Both geos, legend, notice and the switches that keep every view whole."""
    look = surface(dark)
    layout: dict[str, Any] = {
        "geo": geo_layout(),
        "height": canvas.height,
        "font": {"family": FONT, "size": canvas.word, "color": look.text},
        "paper_bgcolor": look.page,
        "margin": {"l": 1, "r": 1, "t": canvas.above, "b": canvas.below},
        # "zoom" means nothing on a geo: no view can lose an archipelago, and Streamlit, which
        # would replace a missing value by "pan", leaves it alone.
        "dragmode": "zoom",
        "clickmode": "event+select",
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": look.page, "font": {"color": look.text}, "align": "left"},
        "legend": _legend(canvas, is_in_sea=canvas.has_legend_in_sea),
        "annotations": [_notice(lang, canvas)],
    }
    if canvas.has_legend_in_sea:
        layout[LEGEND_BELOW] = _legend(canvas, is_in_sea=False)
    if canvas.width:
        layout["width"] = canvas.width
    if title:
        layout["title"] = {"text": title, "x": 0, "xref": "paper", "yref": "container", "y": 0.98}
    return layout


def _legend(canvas: Canvas, is_in_sea: bool) -> dict[str, Any]:
    """In the open sea between the archipelagos of a wide map, else below in columns."""
    legend: dict[str, Any] = {"itemclick": False, "itemdoubleclick": False, "bgcolor": NO_FILL}
    legend["font"] = {"size": legend_size(canvas.word)}
    if is_in_sea:
        y = share_of_height(LEGEND_LATITUDE)
        return {**legend, "x": 0.995, "xanchor": "right", "y": y, "yanchor": "bottom"}
    plot = canvas.height - canvas.above - canvas.below
    y = round(-notice_height(canvas.word, canvas.drawn) / plot, 3)
    legend |= {**_sides(canvas), "y": y, "yanchor": "top"}
    if canvas.columns > 1:
        legend |= {"orientation": "h"}
        if not canvas.is_fluid:
            legend |= {"entrywidth": 1 / canvas.columns - 0.02, "entrywidthmode": "fraction"}
    return legend


def _notice(lang: str, canvas: Canvas) -> dict[str, Any]:
    """The notice the law asks for, under the frame."""
    lines = wrap(word("map.notice", lang), note_size(canvas.word), canvas.drawn)
    text = {"text": "<br>".join(lines), "align": "left"} if lines[1:] else {"text": lines[0]}
    return {**text, **_sides(canvas), "y": 0, "yanchor": "top"}


def notice_height(size: int, drawn: int) -> int:
    """px for the notice under the frame, which small maps break into lines."""
    note = note_size(size)
    lines = max(len(wrap(word("map.notice", lang), note, drawn)) for lang in LANGUAGES)
    return round(note + size + 1 + 1.3 * note * (lines - 1))


def note_size(size: int) -> int:
    """px of the notice on a map whose words have `size`."""
    return max(10, size - 1)


def legend_size(size: int) -> int:
    """px of the legend on a map whose words have `size`."""
    return max(11, size - 1)


def _sides(canvas: Canvas) -> dict[str, Any]:
    """At the map's left edge, or centred below a map that a wider container centres."""
    centred = {"x": 0.5, "xanchor": "center"}
    return centred if canvas.is_fluid else {"x": 0, "xanchor": "left"}

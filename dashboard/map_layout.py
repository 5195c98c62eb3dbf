"""How a map is laid out: sizes for a screen, a phone or print, legend, notice, shared looks."""

from __future__ import annotations

from typing import Any, Final

from dashboard.colours import NEAR_BLACK, WHITE, surface
from dashboard.map_frame import (
    FRAME,
    NO_FILL,
    Canvas,
    aspect,
    geo_layout,
    geo_template,
    share_of_height,
)
from dashboard.words import word

FONT: Final = "Noto Sans, Liberation Sans, DejaVu Sans, Arial, sans-serif"
WIDE_WIDTH: Final = 680
NARROW_WIDTH: Final = 358
NARROW_BELOW: Final = 520
# Without a known width: height of the map itself, a compromise of large screens and phones.
FLUID_HEIGHT: Final = 660
LEGEND_ROW: Final = 20
# Foot of the legend on a wide map: just above the frame of Trường Sa.
LEGEND_LATITUDE: Final = 12.2
# A line of evidence, where there is one, begins with its own <br>.
HOVER: Final = "<b>%{properties.name}</b><br>%{fullData.name}%{customdata}<extra></extra>"


def canvas(
    width: int | None, height: int | None, narrow: bool | None, legend_rows: int, has_title: bool
) -> Canvas:
    """Sizes of a wide map (legend in the open sea), a narrow one (below) or one for any width."""
    is_fluid = width is None and narrow is None
    is_narrow = bool(narrow) or (width is not None and width < NARROW_BELOW)
    is_wide = not is_fluid and not is_narrow
    drawn = width or (WIDE_WIDTH if is_wide else NARROW_WIDTH)
    scale = max(1.0, drawn / WIDE_WIDTH)
    size = round(12 * scale) if is_wide else 11 if is_fluid else 10
    above = round(size * 2.5) if has_title else 1
    rows = 0 if is_wide else (legend_rows + 1) // 2 if is_fluid else legend_rows
    below = 2 * size + (LEGEND_ROW * rows + 10 if rows else 0)
    map_height = FLUID_HEIGHT if is_fluid else round(drawn / aspect(FRAME))
    return Canvas(
        width=drawn if is_wide else width,
        height=height or map_height + above + below,
        is_fluid=is_fluid,
        has_legend_in_sea=is_wide,
        word=size,
        sign=round(7 * scale) if is_wide else 6 if is_fluid else 4,
        above=above,
        below=below,
        px_per_degree=drawn / (FRAME[1] - FRAME[0]),
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
                "font": {"size": canvas.word - 1, "color": look.muted},
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
        "legend": _legend(canvas),
        "annotations": [_notice(lang, canvas)],
    }
    if canvas.width:
        layout["width"] = canvas.width
    if title:
        layout["title"] = {"text": title, "x": 0, "xref": "paper", "yref": "container", "y": 0.98}
    return layout


def _legend(canvas: Canvas) -> dict[str, Any]:
    """In the open sea between the archipelagos of a wide map, else below in columns."""
    legend: dict[str, Any] = {"itemclick": False, "itemdoubleclick": False, "bgcolor": NO_FILL}
    legend["font"] = {"size": canvas.word - 1}
    if canvas.has_legend_in_sea:
        y = share_of_height(LEGEND_LATITUDE)
        return {**legend, "x": 0.995, "xanchor": "right", "y": y, "yanchor": "bottom"}
    plot = canvas.height - canvas.above - canvas.below
    y = round(-2 * canvas.word / plot, 3)
    return {**legend, **_sides(canvas), "orientation": "h", "y": y, "yanchor": "top"}


def _notice(lang: str, canvas: Canvas) -> dict[str, Any]:
    """The notice the law asks for, under the frame."""
    return {"text": word("map.notice", lang), **_sides(canvas), "y": 0, "yanchor": "top"}


def _sides(canvas: Canvas) -> dict[str, Any]:
    """At the map's left edge, or centred below a map that a wider container centres."""
    centred = {"x": 0.5, "xanchor": "center"}
    return centred if canvas.is_fluid else {"x": 0, "xanchor": "left"}

"""What all charts share: layout of one theme, class labels, the time axis; no width assumed.

A chart is plain dictionaries in plotly's form, made a figure once: objects of plotly cost twenty to
fifty milliseconds a chart. What its elements have in common stands once, in its template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from math import ceil
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.colours import surface
from dashboard.typeface import FONT
from dashboard.words import word

Trace = dict[str, Any]

MARGIN: Final = 8  # px, left and right
NARROW: Final = 330  # px of drawing width on a phone: what must fit there


@dataclass(frozen=True)
class Mark:
    """A vertical line on a time axis: a base document or a ministry letter, already worded."""

    day: date
    label: str


def class_label(indicator: str, class_name: str, lang: str) -> str:
    """The class as it is called on the screen."""
    return word(f"class.{indicator}.{class_name}", lang)


def plain(text: str) -> str:
    """Text for a figure: plotly would read < and & as markup."""
    return escape(text, quote=False)


def unvalidated(traces: list[Trace], layout: dict[str, Any]) -> go.Figure:
    """The figure of plain dictionaries; the tests validate one of every kind of chart."""
    said = {name: value for name, value in layout.items() if value != []}
    return go.Figure({"data": traces, "layout": said}, _validate=False)


def layout(
    dark: bool,
    lang: str,
    height: int,
    top: int,
    bottom: int,
    *,
    data: dict[str, Any] | None = None,
    notes: dict[str, Any] | None = None,
    shapes: dict[str, Any] | None = None,
    has_hover: bool = False,
) -> dict[str, Any]:
    """Layout of all charts; px. `data`, `notes` and `shapes`: what they share, by trace type.

    The template is explicit because Streamlit changes the default. Streamlit also fills in fonts
    and backgrounds that the layout itself lacks: these may not move to the template. The printed
    page adds notes and a line of its own: whatever `notes` and `shapes` say, it says again, but
    for dashes and layers, which therefore stand with each shape.
    """
    colours = surface(dark)
    shared = {"annotationdefaults": {"showarrow": False, "borderpad": 0, **(notes or {})}}
    if shapes:
        shared["shapedefaults"] = shapes
    content: dict[str, Any] = {
        "template": {"layout": shared, **({"data": data} if data else {})},
        "font": {"family": FONT, "size": 13, "color": colours.text},
        "paper_bgcolor": colours.page,
        "plot_bgcolor": colours.page,
        "margin": {"l": MARGIN, "r": MARGIN, "t": top, "b": bottom},
        "height": height,
        "showlegend": False,
        "dragmode": False,
        "separators": ".," if lang == "en" else ",.",
    }
    if has_hover:
        content["hoverlabel"] = {"font": {"family": FONT}, "align": "left"}
    return content


def label_side(day: date, span: tuple[date, date]) -> str:
    """On which side of a line its label has more room."""
    return "left" if day - span[0] < (span[1] - span[0]) / 2 else "right"


def time_axis(first: date, last: date, dark: bool) -> dict[str, Any]:
    """A quiet axis: months when it spans under four years, else years; at most seven labels."""
    colours = surface(dark)
    years = (last - first).days / 365.25
    step = max(6, 12 * ceil(years / 6)) if years > 4 else (6 if years > 1.5 else 3)
    start = date(first.year, 1, 1)
    if years > 4:  # whole decades and half decades read best
        start = date(first.year - first.year % (step // 12), 1, 1)
    span = last - first
    return {
        "type": "date",
        "fixedrange": True,
        "showgrid": False,
        "range": [(first - span * 0.055).isoformat(), (last + span * 0.06).isoformat()],
        "tick0": start.isoformat(),
        "dtick": f"M{step}",
        "tickformat": "%Y" if years > 4 else "%m/%Y",
        "tickfont": {"color": colours.muted, "size": 11},
        "tickangle": 0,
        # Their colours switch ticks and line on.
        "tickcolor": colours.border,
        "linecolor": colours.border,
    }

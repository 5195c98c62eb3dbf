"""What all charts share: layout of one theme, class labels, the time axis; no width assumed."""

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


def layout(dark: bool, lang: str, height: int, top: int, bottom: int) -> dict[str, Any]:
    """Layout of all charts; the template is explicit because Streamlit changes the default."""
    colours = surface(dark)
    return {
        "template": go.layout.Template(),
        "font": {"family": FONT, "size": 13, "color": colours.text},
        "paper_bgcolor": colours.page,
        "plot_bgcolor": colours.page,
        "margin": {"l": MARGIN, "r": MARGIN, "t": top, "b": bottom, "pad": 0},
        "height": height,
        "showlegend": False,
        "dragmode": False,
        "separators": ".," if lang == "en" else ",.",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
    }


def note(text: str, **place: Any) -> dict[str, Any]:
    """An annotation without arrow; `text` is figure markup."""
    return {"text": text, "showarrow": False, "align": "left", "borderpad": 0, **place}


def label_side(day: date, span: tuple[date, date]) -> str:
    """On which side of a line its label has more room."""
    return "left" if day - span[0] < (span[1] - span[0]) / 2 else "right"


def time_axis(figure: go.Figure, first: date, last: date, dark: bool) -> None:
    """A quiet axis: months when it spans under four years, else years; at most seven labels."""
    colours = surface(dark)
    years = (last - first).days / 365.25
    step = max(6, 12 * ceil(years / 6)) if years > 4 else (6 if years > 1.5 else 3)
    start = date(first.year, 1, 1)
    if years > 4:  # whole decades and half decades read best
        start = date(first.year - first.year % (step // 12), 1, 1)
    figure.update_xaxes(
        type="date", fixedrange=True, showgrid=False, zeroline=False,
        range=[(first - (last - first) * 0.055).isoformat(),
               (last + (last - first) * 0.06).isoformat()],
        tick0=start.isoformat(), dtick=f"M{step}", tickformat="%Y" if years > 4 else "%m/%Y",
        tickfont={"color": colours.muted, "size": 11}, tickangle=0, ticks="outside",
        tickcolor=colours.border, showline=True, linecolor=colours.border,
    )  # fmt: skip

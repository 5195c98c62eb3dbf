"""The documents of one province by kind on a time axis, with national milestones behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.layout import NARROW, Trace, layout, plain, time_axis, unvalidated
from dashboard.colours import surface
from dashboard.words import format_date, format_number, word

HEAD_PX: Final = 20  # the line with a band's name
STOREY_PX: Final = 19  # a row of dots with their labels
GAP_PX: Final = 8
_CHAR_PX: Final = 6.4  # of a label, on average
_DOT_PX: Final = 14
# The axis reaches beyond its first and last day, see charts.layout.time_axis.
_BEFORE: Final = 0.055
_WHOLE: Final = 1.115
_DOTS: Final = {
    "mode": "markers+text",
    "cliponaxis": False,
    "textfont": {"size": 11},
    "marker": {"size": 10},
    "hovertemplate": "%{hovertext}<extra></extra>",
}


@dataclass(frozen=True)
class TimelineItem:
    """One dot: its day, the words beside it and those shown on hover; all already worded.

    `is_full`: it supports a status on the as-of date. `is_faint`: a milestone, not a document of
    the province.
    """

    day: date
    label: str
    hover: str
    is_full: bool = False
    is_faint: bool = False


@dataclass(frozen=True)
class TimelineBand:
    """The documents of one kind under one heading."""

    title: str
    items: tuple[TimelineItem, ...]


@dataclass(frozen=True)
class _Placed:
    item: TimelineItem
    y: float
    is_left: bool  # its label stands to the left of the dot


def plot_province_timeline(
    bands: Sequence[TimelineBand], *, first: date, last: date, lang: str, dark: bool = False
) -> go.Figure:
    """A band per kind of document, dots at their dates with their labels, nothing overlapping.

    Milestones (`is_faint`) are also drawn as thin lines through all bands. `first` and `last` are
    the ends of the axis; items outside would not be drawn. The height follows the content.
    """
    placed, heads, height = _place(bands, first, last)
    colours = surface(dark)
    content = layout(
        dark, lang, height + 34, 4, 30, data={"scatter": [_DOTS]},
        notes={"x": 0, "xref": "paper", "xanchor": "left", "yref": "y", "yanchor": "middle",
               "font": {"size": 12, "color": colours.muted}},
        has_hover=True,
    )  # fmt: skip
    content |= {
        "xaxis": time_axis(first, last, dark),
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "annotations": [{"text": f"<b>{plain(title)}</b>", "y": y} for title, y in heads],
    }
    lines = [p.item.day for p in placed if p.item.is_faint]
    if lines:
        path = "".join(f"M{day.isoformat()},0V1" for day in dict.fromkeys(lines))
        content["shapes"] = [
            {"type": "path", "path": path, "yref": "paper", "layer": "below",
             "line": {"color": colours.frame, "width": 1, "dash": "dot"}}
        ]  # fmt: skip
    return unvalidated(_traces(placed, dark), content)


def _place(
    bands: Sequence[TimelineBand], first: date, last: date
) -> tuple[list[_Placed], list[tuple[str, float]], int]:
    """Dots with their height, headings with theirs, and the height of all; px from the top."""
    placed: list[_Placed] = []
    heads: list[tuple[str, float]] = []
    top = 0.0
    for band in bands:
        heads.append((band.title, top + HEAD_PX / 2))
        top += HEAD_PX
        ends: list[float] = []  # of each storey: how far it is taken
        for item in sorted(band.items, key=lambda i: (i.day, i.label)):
            start, end, is_left = _extent(item, first, last)
            storey = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
            ends[storey : storey + 1] = [end]
            placed.append(_Placed(item, top + (storey + 0.5) * STOREY_PX, is_left))
        top += STOREY_PX * max(len(ends), 1) + GAP_PX
    return placed, heads, round(top)


def _extent(item: TimelineItem, first: date, last: date) -> tuple[float, float, bool]:
    """From which to which px of a phone's width a dot and its label reach; whether it is left."""
    share = (item.day - first).days / max((last - first).days, 1)
    x = NARROW * (share + _BEFORE) / _WHOLE
    words = _CHAR_PX * len(item.label) + _DOT_PX
    is_left = x + words > NARROW and x - words > 0
    return (x - words, x + _DOT_PX / 2, True) if is_left else (x - _DOT_PX / 2, x + words, False)


def _traces(placed: Sequence[_Placed], dark: bool) -> list[Trace]:
    """One trace a look: documents in use, other documents, milestones."""
    colours = surface(dark)
    looks: tuple[tuple[Any, dict[str, Any], str], ...] = (
        (
            lambda i: i.is_faint,
            {"symbol": "diamond", "size": 8, "color": colours.frame,
             "line": {"width": 1, "color": colours.muted}},
            colours.muted,
        ),
        (
            lambda i: i.is_full and not i.is_faint,
            {"symbol": "circle", "color": colours.text,
             "line": {"width": 1.5, "color": colours.text}},
            colours.text,
        ),
        (
            lambda i: not i.is_full and not i.is_faint,
            {"symbol": "circle", "color": colours.page,
             "line": {"width": 1.5, "color": colours.text}},
            colours.text,
        ),
    )  # fmt: skip
    traces = []
    for belongs, marker, ink in looks:
        part = [p for p in placed if belongs(p.item)]
        if part:
            traces.append(
                {
                    "type": "scatter",
                    "x": [p.item.day.isoformat() for p in part],
                    "y": [p.y for p in part],
                    "text": [plain(p.item.label) for p in part],
                    "textposition": [f"middle {'left' if p.is_left else 'right'}" for p in part],
                    "textfont": {"color": ink},
                    "hovertext": [plain(p.item.hover).replace("\n", "<br>") for p in part],
                    "marker": marker,
                }
            )
    return traces


def describe_province_timeline(
    bands: Sequence[TimelineBand], province: str, undated: int, lang: str
) -> str:
    """Alt text: how many documents of each kind and from when to when, and how many undated."""
    parts = [
        word(
            "province.timeline.alt_band",
            lang,
            title=band.title,
            count=format_number(len(band.items), lang),
            first=format_date(min(i.day for i in band.items), lang),
            last=format_date(max(i.day for i in band.items), lang),
        )
        for band in bands
        if band.items
    ]
    return word(
        "province.timeline.alt",
        lang,
        province=province,
        parts="; ".join(parts) or word("province.timeline.alt_none", lang),
        undated=format_number(undated, lang),
    )

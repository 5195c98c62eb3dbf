"""Reports due in one year: one line per deadline, a sign on each day on which a report is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.layout import Mark, Trace, label_side, layout, plain, unvalidated
from dashboard.colours import surface
from dashboard.words import format_date, word

ROW_PX: Final = 74
LINE_PX: Final = 17
MOST_DATES: Final = 4  # of one line with day and month; of more the day alone has room
_DOTS: Final = {
    "mode": "markers+text",
    "cliponaxis": False,
    "marker": {"size": 12, "line": {"width": 2}},
    "textfont": {"size": 12},
    "textposition": "bottom center",
    "hoverinfo": "skip",
}
_NOTES: Final = {
    "x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "font": {"size": 12},
}  # fmt: skip


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline of a year, worded: who reports to whom, which document says so, the days."""

    label: str
    document: str
    days: tuple[date, ...]


def plot_deadlines(
    lines: Sequence[DeadlineLine], year: int, as_of: date, lang: str, dark: bool = False
) -> go.Figure:
    """The year from January to December; days up to `as_of` are full, later ones hollow."""
    colours = surface(dark)
    heights = list(range(len(lines) - 1, -1, -1))
    span = (date(year, 1, 1), date(year, 12, 31))
    legend = [
        ("●", word("page.plans.deadlines.passed", lang)),
        ("○", word("page.plans.deadlines.to_come", lang)),
    ]
    is_in_year = span[0] <= as_of <= span[1]
    top = LINE_PX * (len(legend) + is_in_year) + 6
    height = ROW_PX * max(len(lines), 1) + top + 28
    content = layout(dark, lang, height, top, 28, data={"scatter": [_DOTS]}, notes=_NOTES)
    notes: list[dict[str, Any]] = [
        {"text": f"{sign} {plain(text)}", "y": 1, "yref": "paper", "yanchor": "top",
         "yshift": top - LINE_PX * place}
        for place, (sign, text) in enumerate(legend)
    ]  # fmt: skip
    shapes: list[dict[str, Any]] = [
        {"type": "line", "x0": span[0].isoformat(), "x1": span[1].isoformat(), "y0": y, "y1": y,
         "layer": "below", "line": {"color": colours.border, "width": 1}}
        for y in heights
    ]  # fmt: skip
    if is_in_year:
        mark = Mark(as_of, word("download.as_of", lang, date=format_date(as_of, lang)))
        day = as_of.isoformat()
        shapes.append(
            {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
             "layer": "below", "line": {"color": colours.text, "width": 1, "dash": "dash"}}
        )  # fmt: skip
        notes.append(
            {"text": plain(mark.label), "x": day, "xref": "x", "y": 1, "yref": "paper",
             "xanchor": label_side(as_of, span), "yshift": 1, "font": {"size": 11}}
        )  # fmt: skip
    for y, line in zip(heights, lines, strict=True):
        notes.append({"text": plain(line.label), "y": y, "yshift": 27, "font": {"size": 13}})
        muted = {"size": 11, "color": colours.muted}
        notes.append({"text": plain(line.document), "y": y, "yshift": 11, "font": muted})
    content |= {
        "xaxis": {
            "type": "date",
            "fixedrange": True,
            "showgrid": False,
            "range": [f"{year - 1}-12-20", f"{year + 1}-01-12"],  # room for dates at both ends
            "tick0": span[0].isoformat(),
            "dtick": "M1",
            "tickformat": "%m",
            "ticklabelmode": "period",
            "tickfont": {"color": colours.muted, "size": 11},
            "tickcolor": colours.border,
            "linecolor": colours.border,
        },
        "yaxis": {"visible": False, "fixedrange": True, "range": [-0.4, len(lines) - 0.25]},
        "annotations": notes,
        "shapes": shapes,
    }
    return unvalidated(_days(lines, heights, as_of, dark), content)


def _days(
    lines: Sequence[DeadlineLine],
    heights: Sequence[int],
    as_of: date,
    dark: bool,
) -> list[Trace]:
    """Two traces: the days that have passed and those to come, each with its date."""
    colours = surface(dark)
    points = [
        (day, y, f"{day:%d}" if len(line.days) > MOST_DATES else f"{day:%d/%m}")
        for line, y in zip(lines, heights, strict=True)
        for day in line.days
    ]
    traces: list[Trace] = []
    for symbol, part in (
        ("circle", [point for point in points if point[0] <= as_of]),
        ("circle-open", [point for point in points if point[0] > as_of]),
    ):
        if part:
            traces.append(
                {
                    "type": "scatter",
                    "x": [day.isoformat() for day, _, _ in part],
                    "y": [y for _, y, _ in part],
                    "text": [text for _, _, text in part],
                    "marker": {"symbol": symbol, "color": colours.text},
                }
            )
    return traces


def describe_deadlines(lines: Sequence[DeadlineLine], year: int, lang: str) -> str:
    """Alt text: every deadline with its days."""
    items = [
        word(
            "page.plans.deadlines.alt_line",
            lang,
            label=line.label,
            document=line.document,
            days=", ".join(format_date(day, lang) for day in line.days),
        )
        for line in lines
    ]
    return word("page.plans.deadlines.alt", lang, year=year, lines=" ".join(items))

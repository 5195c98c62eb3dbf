"""Provinces of one class by month, with the as-of date and what was only announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    Trace,
    class_label,
    label_side,
    layout,
    plain,
    time_axis,
    unvalidated,
)
from dashboard.colours import class_style, surface
from dashboard.words import day_of, format_date, format_number, word

Steps = list[tuple[date, int]]


class _Month(NamedTuple):
    """Provinces of the class at the end of a month; `implied` by a letter's silence alone."""

    day: date
    provinces: int
    implied: int
    total: int


def _stairs(points: Steps, **style: Any) -> Trace:
    """First, last and every changed point: the same stairs with a tenth of the points."""
    last = len(points) - 1
    steps = [
        point
        for place, point in enumerate(points)
        if place in (0, last) or point[1] != points[place - 1][1]
    ]
    return {
        "type": "scatter",
        "x": [day.isoformat() for day, _ in steps],
        "y": [value for _, value in steps],
        **style,
    }


def _months_of(counts: pd.DataFrame, class_name: str) -> list[_Month]:
    """One class by month; a month in which the class does not occur counts 0."""
    values = [int(value) for value in counts["province_count"].tolist()]
    implied = (
        counts["implied_count"].fillna(0).tolist()
        if "implied_count" in counts
        else [0] * len(counts)
    )
    totals: dict[Any, int] = {}
    found: dict[Any, tuple[int, int]] = {}
    days, names = counts["month_end"].tolist(), counts["class"].tolist()
    for day, name, value, silent in zip(days, names, values, implied, strict=True):
        totals[day] = totals.get(day, 0) + value
        if name == class_name:
            found[day] = (value, int(silent))
    return [
        _Month(day_of(day) or date.min, *found.get(day, (0, 0)), totals[day])
        for day in sorted(totals)
    ]


def plot_month_counts(
    counts: pd.DataFrame,
    highlight_class: str,
    as_of: date,
    indicator: str,
    lang: str,
    dark: bool = False,
    announced: Sequence[tuple[date, int, str]] = (),
) -> go.Figure:
    """Stairs of the provinces in `highlight_class` by month, to `as_of` full, after it dotted.

    counts: month_end, class, province_count and, where known, implied_count: how many of them rest
    on a letter's silence alone (hatched). `announced`: (day, count, worded source), drawn as hollow
    diamonds that belong to no line.
    """
    ink, colours = class_style(indicator, highlight_class).text(dark), surface(dark)
    months = _months_of(counts, highlight_class)
    total = max(month.total for month in months)
    first, last = months[0].day, months[-1].day
    past = [(month.day, month.provinces) for month in months if month.day <= as_of]
    later = [(month.day, month.provinces) for month in months if month.day > as_of]
    now = past[-1][1] if past else 0
    if past and past[-1][0] < as_of:
        past.append((as_of, now))
    traces, notes = _implied(months, as_of, ink, lang, dark)
    if len(later) + bool(past) > 1:
        traces.append(_stairs([*past[-1:], *later], line={"dash": "dot", "width": 1.5}))
    if past:
        traces.append(_stairs(past, line={"width": 2.5}))
    side, day = label_side(as_of, (first, last)), as_of.isoformat()
    traces.append(_as_of_dot(day, now, ink, dark))
    text = word(
        "chart.as_of_count", lang, date=format_date(as_of, lang), count=format_number(now, lang)
    )
    notes.append({"text": plain(text), "x": day, "xanchor": side, "yshift": 3,
                  "xshift": -1 if side == "left" else 1})  # fmt: skip
    for point in announced:
        trace, label = _announced(point, (first, last), lang, dark)
        traces.append(trace)
        notes.append(label)
    shared = {"mode": "lines", "line": {"shape": "hv", "color": ink},
              "hovertemplate": "%{x|%m/%Y}: <b>%{y}</b><extra></extra>"}  # fmt: skip
    above = {"y": 1, "yref": "paper", "yanchor": "bottom"}
    content = layout(
        dark, lang, 310, 46, 30, data={"scatter": [shared]}, notes=above, has_hover=True
    )
    content |= {
        "xaxis": time_axis(first, max(last, as_of), dark),
        "yaxis": {
            "range": [0, round(total * 1.1, 1)],
            "fixedrange": True,
            "ticklabelposition": "inside top",
            "tickvals": [*range(0, total - 9, 20), total],
            "gridcolor": colours.frame,
            "griddash": "dot",
            "tickfont": {"color": colours.muted, "size": 11},
            "zerolinecolor": colours.border,
        },
        "shapes": [{"type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper",
                    "line": {"color": colours.text, "width": 1}}],
        "annotations": notes,
    }  # fmt: skip
    return unvalidated(traces, content)


def _implied(
    months: list[_Month], as_of: date, ink: str, lang: str, dark: bool
) -> tuple[list[Trace], list[dict[str, Any]]]:
    """The part that rests on silence: hatched between the evidenced line and the whole."""
    start = next((place for place, month in enumerate(months) if month.implied > 0), None)
    if start is None:
        return [], []
    # Until then both lines lie under the bold one of the past, which ends on `as_of`.
    passed = sum(month.day <= as_of for month in months)
    shown = months[max(min(start, passed) - 1, 0) :]
    colours = surface(dark)
    hatch = {"shape": "/", "fgcolor": ink, "bgcolor": colours.page, "size": 6, "solidity": 0.18}
    evidenced = _stairs([(m.day, m.provinces - m.implied) for m in shown], line={"width": 1})
    whole = _stairs(
        [(m.day, m.provinces) for m in shown], line={"width": 0}, fill="tonexty", fillpattern=hatch
    )
    text = "▨ " + word("chart.implied_area", lang)
    note = {"text": plain(text), "x": 0, "xref": "paper", "xanchor": "left", "yshift": 22,
            "font": {"size": 12, "color": colours.muted}}  # fmt: skip
    return [evidenced, whole], [note]


def _as_of_dot(day: str, now: int, ink: str, dark: bool) -> Trace:
    line = {"width": 2, "color": surface(dark).page}
    return {"type": "scatter", "x": [day], "y": [now], "mode": "markers", "hoverinfo": "skip",
            "marker": {"size": 10, "color": ink, "line": line}}  # fmt: skip


def _announced(
    point: tuple[date, int, str], span: tuple[date, date], lang: str, dark: bool
) -> tuple[Trace, dict[str, Any]]:
    """A hollow diamond and its label."""
    day, count, source = point
    text = word("chart.announced_point", lang, count=format_number(count, lang), source=source)
    colours, side = surface(dark), label_side(day, span)
    marker = {"symbol": "diamond-open", "size": 11, "color": colours.text, "line": {"width": 2}}
    trace = {"type": "scatter", "x": [day.isoformat()], "y": [count], "mode": "markers",
             "hovertemplate": f"{plain(text)}<extra></extra>", "marker": marker}  # fmt: skip
    label = {"text": plain(text), "x": day.isoformat(), "y": count, "yref": "y", "xanchor": side,
             "font": {"size": 12}, "xshift": 10 if side == "left" else -10, "yanchor": "middle",
             "bgcolor": colours.page, "opacity": 0.9}  # fmt: skip
    return trace, label


def describe_month_counts(
    counts: pd.DataFrame, highlight_class: str, as_of: date, indicator: str, lang: str
) -> str:
    """Alt text: the count on the as-of date, a year before, and at both ends."""
    months = _months_of(counts, highlight_class)

    def count_on(day: date) -> str:
        past = [month.provinces for month in months if month.day <= day]
        return format_number(past[-1] if past else 0, lang)

    is_leap_day = (as_of.month, as_of.day) == (2, 29)
    year_before = as_of.replace(year=as_of.year - 1, day=28 if is_leap_day else as_of.day)
    return word(
        "chart.alt.month_counts",
        lang,
        label=class_label(indicator, highlight_class, lang),
        date=format_date(as_of, lang),
        count=count_on(as_of),
        before=format_date(year_before, lang),
        count_before=count_on(year_before),
        first=format_date(months[0].day, lang),
        last=format_date(months[-1].day, lang),
        count_last=count_on(months[-1].day),
    )

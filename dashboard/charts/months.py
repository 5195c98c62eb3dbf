"""Provinces of one class by month, with the as-of date and what was only announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import class_label, label_side, layout, note, plain, time_axis
from dashboard.colours import class_style, surface
from dashboard.words import format_date, format_number, word


def _steps(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """First, last and every changed row: the same stairs with a tenth of the points."""
    values = frame[column]
    keep = values.ne(values.shift()) | (frame.index == frame.index[-1])
    return frame.loc[keep]


def _stairs(frame: pd.DataFrame, column: str, colour: str, **line: Any) -> go.Scatter:
    steps = _steps(frame, column)
    return go.Scatter(
        x=[day.isoformat() for day in steps["month_end"]],
        y=[int(value) for value in steps[column]],
        mode="lines",
        line={"shape": "hv", "color": colour, "width": 2.5, **line},
    )


def _months_of(counts: pd.DataFrame, class_name: str) -> pd.DataFrame:
    """Rows of one class by month; a month in which the class does not occur counts 0."""
    months = pd.DataFrame({"month_end": sorted(set(counts["month_end"]))})
    rows = counts.loc[counts["class"] == class_name].drop(columns="class")
    merged = months.merge(rows, on="month_end", how="left")
    merged["month_end"] = pd.to_datetime(merged["month_end"]).dt.date
    return merged.fillna(dict.fromkeys(set(merged.columns) - {"month_end"}, 0))


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
    style, colours = class_style(indicator, highlight_class), surface(dark)
    ink = style.text(dark)
    total = int(counts.groupby("month_end")["province_count"].sum().max())
    months = _months_of(counts, highlight_class)
    figure = go.Figure()
    if "implied_count" in months and months["implied_count"].sum() > 0:
        _add_implied(figure, months, ink, lang, dark)
    past = months.loc[months["month_end"] <= as_of]
    now = int(past["province_count"].iloc[-1]) if len(past) else 0
    if len(past) and past["month_end"].iloc[-1] < as_of:
        past = pd.concat([past, past.tail(1).assign(month_end=as_of)], ignore_index=True)
    later = pd.concat([past.tail(1), months.loc[months["month_end"] > as_of]])
    if len(later) > 1:
        figure.add_trace(
            _stairs(later.reset_index(drop=True), "province_count", ink, dash="dot", width=1.5)
        )
    if len(past):
        figure.add_trace(_stairs(past.reset_index(drop=True), "province_count", ink))
    figure.update_traces(hovertemplate="%{x|%m/%Y}: <b>%{y}</b><extra></extra>")
    figure.update_layout(**layout(dark, lang, 310, 46, 30))
    first, last = months["month_end"].iloc[0], months["month_end"].iloc[-1]
    time_axis(figure, first, max(last, as_of), dark)
    figure.update_yaxes(
        range=[0, total * 1.1], fixedrange=True, side="left", ticklabelposition="inside top",
        tickvals=[*range(0, total - 9, 20), total], gridcolor=colours.frame, griddash="dot",
        tickfont={"color": colours.muted, "size": 11}, zeroline=True, zerolinecolor=colours.border,
    )  # fmt: skip
    _add_as_of(figure, as_of, now, (first, last), ink, lang, dark)
    _add_announced(figure, announced, (first, last), lang, dark)
    return figure


def _add_implied(figure: go.Figure, months: pd.DataFrame, ink: str, lang: str, dark: bool) -> None:
    """The part that rests on silence: hatched between the evidenced line and the whole."""
    months = months.assign(evidenced=months["province_count"] - months["implied_count"])
    figure.add_trace(_stairs(months, "evidenced", ink, width=1))
    figure.add_trace(
        _stairs(months, "province_count", ink, width=0).update(
            fill="tonexty",
            fillpattern={"shape": "/", "fgcolor": ink, "bgcolor": surface(dark).page,
                         "size": 6, "solidity": 0.18},
        )
    )  # fmt: skip
    text = "▨ " + word("chart.implied_area", lang)
    figure.add_annotation(
        note(plain(text), x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom",
             yshift=22,
             font={"size": 12, "color": surface(dark).muted})
    )  # fmt: skip


def _add_as_of(
    figure: go.Figure,
    as_of: date,
    now: int,
    span: tuple[date, date],
    ink: str,
    lang: str,
    dark: bool,
) -> None:
    day = as_of.isoformat()
    figure.add_shape(
        type="line", x0=day, x1=day, y0=0, y1=1, yref="paper",
        line={"color": surface(dark).text, "width": 1},
    )  # fmt: skip
    figure.add_scatter(
        x=[day], y=[now], mode="markers", hoverinfo="skip",
        marker={"size": 10, "color": ink, "line": {"width": 2, "color": surface(dark).page}},
    )  # fmt: skip
    text = word(
        "chart.as_of_count", lang, date=format_date(as_of, lang), count=format_number(now, lang)
    )
    side = label_side(as_of, span)
    figure.add_annotation(
        note(plain(text), x=day, xanchor=side, y=1, yref="paper", yanchor="bottom", yshift=3,
             xshift=-1 if side == "left" else 1)
    )  # fmt: skip


def _add_announced(
    figure: go.Figure, points: Sequence[tuple[date, int, str]], span: tuple[date, date],
    lang: str, dark: bool,
) -> None:  # fmt: skip
    for day, count, source in points:
        label = word("chart.announced_point", lang, count=format_number(count, lang), source=source)
        figure.add_scatter(
            x=[day.isoformat()], y=[count], mode="markers",
            hovertemplate=f"{plain(label)}<extra></extra>",
            marker={"symbol": "diamond-open", "size": 11, "color": surface(dark).text,
                    "line": {"width": 2}},
        )  # fmt: skip
        side = label_side(day, span)
        figure.add_annotation(
            note(plain(label), x=day.isoformat(), y=count, xanchor=side, font={"size": 12},
                 xshift=10 if side == "left" else -10, yanchor="middle",
                 bgcolor=surface(dark).page, opacity=0.9)
        )  # fmt: skip


def describe_month_counts(
    counts: pd.DataFrame, highlight_class: str, as_of: date, indicator: str, lang: str
) -> str:
    """Alt text: the count on the as-of date, a year before, and at both ends."""
    months = _months_of(counts, highlight_class)

    def count_on(day: date) -> str:
        past = months.loc[months["month_end"] <= day, "province_count"]
        return format_number(int(past.iloc[-1]) if len(past) else 0, lang)

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
        first=format_date(months["month_end"].iloc[0], lang),
        last=format_date(months["month_end"].iloc[-1], lang),
        count_last=count_on(months["month_end"].iloc[-1]),
    )

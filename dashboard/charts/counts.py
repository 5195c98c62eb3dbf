"""Provinces by class: one bar per class on a track as long as all provinces."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import class_label, layout, note, plain
from dashboard.colours import CLASS_ORDER, class_style, surface
from dashboard.words import format_date, format_number, word


def _ordered(counts: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Rows in the order of the legend; a class without a place in it is an error."""
    order = {name: place for place, name in enumerate(CLASS_ORDER[indicator])}
    unknown = set(counts["class"]) - set(order)
    if unknown:
        raise ValueError(f"classes {sorted(unknown)} of {indicator!r}: expected {list(order)}")
    return counts.sort_values("class", key=lambda names: names.map(order), kind="stable")


def plot_class_counts(
    counts: pd.DataFrame, indicator: str, lang: str, dark: bool = False
) -> go.Figure:
    """One bar per class on a track as long as all provinces; counts: class, province_count."""
    rows = _ordered(counts, indicator)
    total = int(rows["province_count"].sum())
    colours = surface(dark)
    names, values = rows["class"].tolist(), [int(n) for n in rows["province_count"]]
    heights = list(range(len(names) - 1, -1, -1))
    styles = [class_style(indicator, name) for name in names]
    bar = {"orientation": "h", "y": heights, "width": 0.26, "offset": -0.34, "hoverinfo": "skip"}
    figure = go.Figure(
        [
            go.Bar(x=[total] * len(names), marker={"color": colours.sea}, **bar),
            go.Bar(
                x=[value or None for value in values],  # a bar of 0 would still have an outline
                marker={
                    "color": [style.fill(dark) for style in styles],
                    "line": {"color": [style.text(dark) for style in styles], "width": 1},
                },
                **bar,
            ),
        ]
    )
    figure.update_layout(**layout(dark, lang, 46 * max(len(names), 1) + 8, 4, 4), barmode="overlay")
    figure.update_xaxes(visible=False, range=[0, max(total, 1)], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-0.5, len(names) - 0.5], fixedrange=True)
    for y, name, value, style in zip(heights, names, values, styles, strict=True):
        label = plain(class_label(indicator, name, lang))
        glyph = f"<span style='color:{style.text(dark)}'>{style.glyph}</span>"
        line = {"y": y, "yanchor": "bottom", "yshift": -2, "xref": "paper"}
        figure.add_annotation(note(f"{glyph} {label}", x=0, xanchor="left", **line))
        count = (
            f"<b>{format_number(value, lang)}</b>"
            f"<span style='color:{colours.muted}'> / {format_number(total, lang)}</span>"
        )
        figure.add_annotation(note(count, x=1, xanchor="right", **line))
    return figure


def describe_class_counts(counts: pd.DataFrame, indicator: str, as_of: date, lang: str) -> str:
    """Alt text: the largest class first, then all counts."""
    rows = _ordered(counts, indicator)
    parts = [
        word(
            "chart.count_of_class",
            lang,
            count=format_number(int(count), lang),
            label=class_label(indicator, name, lang),
        )
        for name, count in zip(rows["class"], rows["province_count"], strict=True)
    ]
    return word(
        "chart.alt.class_counts",
        lang,
        indicator=word(f"indicator.{indicator}", lang),
        date=format_date(as_of, lang),
        total=format_number(int(rows["province_count"].sum()), lang),
        parts="; ".join(parts),
    )

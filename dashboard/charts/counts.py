"""Provinces by class: one bar per class on a track as long as all provinces."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import class_label, layout, plain, unvalidated
from dashboard.colours import CLASS_ORDER, class_style, surface
from dashboard.words import format_date, format_number, word

_BARS: Final = {"orientation": "h", "width": 0.26, "offset": -0.34, "hoverinfo": "skip"}
_LABELS: Final = {
    "x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": -2,
}  # fmt: skip


def _ordered(counts: pd.DataFrame, indicator: str) -> list[tuple[str, int]]:
    """Classes in the order of the legend; a class without a place in it is an error."""
    order = {name: place for place, name in enumerate(CLASS_ORDER[indicator])}
    names = counts["class"].tolist()
    unknown = set(names) - set(order)
    if unknown:
        raise ValueError(f"classes {sorted(unknown)} of {indicator!r}: expected {list(order)}")
    values = [int(value) for value in counts["province_count"].tolist()]
    return sorted(zip(names, values, strict=True), key=lambda row: order[row[0]])


def plot_class_counts(
    counts: pd.DataFrame, indicator: str, lang: str, dark: bool = False
) -> go.Figure:
    """One bar per class on a track as long as all provinces; counts: class, province_count."""
    rows = _ordered(counts, indicator)
    total = sum(value for _, value in rows)
    heights = list(range(len(rows) - 1, -1, -1))
    styles = [class_style(indicator, name) for name, _ in rows]
    inks = [style.text(dark) for style in styles]
    track = {
        "type": "bar", "x": [total] * len(rows), "y": heights,
        "marker": {"color": surface(dark).sea},
    }  # fmt: skip
    bars = {
        "type": "bar",
        "x": [value or None for _, value in rows],  # a bar of 0 would still have an outline
        "y": heights,
        "marker": {
            "color": [style.fill(dark) for style in styles],
            "line": {"color": inks, "width": 1},
        },
    }
    content = layout(
        dark, lang, 46 * max(len(rows), 1) + 8, 4, 4, data={"bar": [_BARS]}, notes=_LABELS
    )
    notes: list[dict[str, Any]] = []
    for y, (name, value), style, ink in zip(heights, rows, styles, inks, strict=True):
        label = plain(class_label(indicator, name, lang))
        notes.append({"text": f"<span style='color:{ink}'>{style.glyph}</span> {label}", "y": y})
        count = (
            f"<b>{format_number(value, lang)}</b>"
            f"<span style='color:{surface(dark).muted}'> / {format_number(total, lang)}</span>"
        )
        notes.append({"text": count, "x": 1, "xanchor": "right", "y": y})
    content |= {
        "barmode": "overlay",
        "xaxis": {"visible": False, "range": [0, max(total, 1)], "fixedrange": True},
        "yaxis": {"visible": False, "range": [-0.5, len(rows) - 0.5], "fixedrange": True},
        "annotations": notes,
    }
    return unvalidated([track, bars], content)


def describe_class_counts(counts: pd.DataFrame, indicator: str, as_of: date, lang: str) -> str:
    """Alt text: the largest class first, then all counts."""
    rows = _ordered(counts, indicator)
    parts = [
        word(
            "chart.count_of_class",
            lang,
            count=format_number(count, lang),
            label=class_label(indicator, name, lang),
        )
        for name, count in rows
    ]
    return word(
        "chart.alt.class_counts",
        lang,
        indicator=word(f"indicator.{indicator}", lang),
        date=format_date(as_of, lang),
        total=format_number(sum(count for _, count in rows), lang),
        parts="; ".join(parts),
    )

"""Adoption by document date: one dot per document, the provinces reached so far above them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    NARROW,
    Mark,
    class_label,
    label_side,
    layout,
    note,
    plain,
    time_axis,
)
from dashboard.colours import CLASS_ORDER, class_style, surface
from dashboard.words import format_date, format_number, has_word, word


def _levels(days: list[date], gap_days: float) -> list[int]:
    """Lowest free storey for each day (sorted), so that no two dots on one storey touch."""
    last_on: list[date] = []
    levels = []
    for day in days:
        for level, last in enumerate(last_on):
            if (day - last).days >= gap_days:
                last_on[level] = day
                break
        else:
            level = len(last_on)
            last_on.append(day)
        levels.append(level)
    return levels


def _mark_rows(marks: Sequence[Mark], first: date, last: date) -> list[int]:
    """Row for the label of each mark (by day), chosen so that labels fit on a phone."""
    free_from: list[float] = []
    rows = []
    px_per_day = NARROW / max((last - first).days, 1)
    for mark in marks:
        width = 6.2 * len(mark.label) + 8
        at = (mark.day - first).days * px_per_day
        start = at if label_side(mark.day, (first, last)) == "left" else at - width
        row = next((i for i, free in enumerate(free_from) if free <= start), len(free_from))
        free_from[row : row + 1] = [start + width]
        rows.append(row)
    return rows


def _dated(documents: pd.DataFrame) -> pd.DataFrame:
    rows = documents.loc[documents["date"].notna()].copy()
    rows["date"] = pd.to_datetime(rows["date"]).dt.date
    return rows.sort_values(["date", "document_number"], kind="stable")


def plot_adoption_timeline(
    documents: pd.DataFrame,
    indicator: str,
    lang: str,
    dark: bool = False,
    marks: Sequence[Mark] = (),
) -> go.Figure:
    """Each document a dot at its date (storeys where they crowd); above, provinces so far.

    documents: province_name, document_number, date, class, is_deciding (hollow if not). Rows
    without a date are not drawn: the caller says how many there are.
    """
    rows = _dated(documents)
    marks = sorted(marks, key=lambda mark: mark.day)
    days = [*rows["date"], *(mark.day for mark in marks)] or [date.today()]
    first, last = min(days), max(days)
    levels = _levels(list(rows["date"]), max((last - first).days, 1) * 11 / NARROW)
    storeys = max([4, *(level + 1 for level in levels)])
    lines = _legend_lines(rows, indicator, lang, dark)
    mark_rows = _mark_rows(marks, first, last)
    top = 17 * len(lines) + 16 * (max(mark_rows, default=-1) + 1) + 10
    dots_px, steps_px = 13 * storeys + 6, 110
    figure = go.Figure([*_cumulative(rows, dark), *_dots(rows, levels, indicator, dark)])
    figure.update_layout(**layout(dark, lang, top + steps_px + 16 + dots_px + 30, top, 30))
    figure.update_layout(template={"data": {"scatter": [_DOTS]}})
    time_axis(figure, first, last, dark)
    plot_px = steps_px + 16 + dots_px
    colours = surface(dark)
    provinces = max(rows["province_name"].nunique(), 1)
    figure.update_layout(
        xaxis={"anchor": "y2"},
        yaxis={"domain": [(dots_px + 16) / plot_px, 1], "range": [0, provinces * 1.25],
               "fixedrange": True, "gridcolor": colours.frame, "griddash": "dot", "nticks": 4,
               "ticklabelposition": "inside top", "tickfont": {"color": colours.muted, "size": 11},
               "zeroline": False},
        yaxis2={"domain": [0, dots_px / plot_px], "range": [-0.7, storeys - 0.3],
                "visible": False, "fixedrange": True},
    )  # fmt: skip
    for place, line in enumerate(lines):
        figure.add_annotation(
            note(line, x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="top",
                 yshift=top - 17 * place, font={"size": 12})
        )  # fmt: skip
    _add_marks(figure, marks, mark_rows, (first, last), dark)
    _add_total(figure, rows, lang, dark)
    return figure


def _cumulative(rows: pd.DataFrame, dark: bool) -> list[go.Scatter]:
    """Stairs: provinces with at least one document by then."""
    starts = rows.drop_duplicates("province_name")["date"].value_counts().sort_index()
    if starts.empty:
        return []
    counts = [int(value) for value in starts.cumsum()]
    days = [day.isoformat() for day in [*starts.index, max(rows["date"])]]
    return [
        go.Scatter(
            x=days, y=[*counts, counts[-1]], mode="lines",
            line={"shape": "hv", "color": surface(dark).text, "width": 2},
            hovertemplate="%{x|%d/%m/%Y}: <b>%{y}</b><extra></extra>",
        )
    ]  # fmt: skip


def _add_total(figure: go.Figure, rows: pd.DataFrame, lang: str, dark: bool) -> None:
    """The last value of the stairs, written at their end."""
    if rows.empty:
        return
    count = rows["province_name"].nunique()
    if count < 5:  # plotly would count provinces in halves
        figure.update_layout(yaxis={"tickmode": "linear", "dtick": 1})
    text = word("chart.provinces", lang, count=f"<b>{format_number(count, lang)}</b>")
    figure.add_annotation(
        note(text, x=1, xref="paper", xanchor="right", y=count, yanchor="bottom", yshift=3,
             bgcolor=surface(dark).page)
    )  # fmt: skip


def _dots(rows: pd.DataFrame, levels: list[int], indicator: str, dark: bool) -> list[go.Scatter]:
    """Two traces per class: full dots decide a status, hollow ones do not."""
    rows = rows.assign(level=levels, is_deciding=rows["is_deciding"].astype(bool))
    traces = []
    for name in CLASS_ORDER[indicator]:
        style = class_style(indicator, name)
        hollow = style.symbol.removesuffix("-open-dot").removesuffix("-open") + "-open"
        for is_deciding, symbol in ((True, style.symbol), (False, hollow)):
            part = rows.loc[(rows["class"] == name) & (rows["is_deciding"] == is_deciding)]
            if part.empty:
                continue
            names = zip(part["province_name"], part["document_number"], strict=True)
            colour = style.text(dark) if "open" in symbol else style.fill(dark)
            traces.append(
                go.Scatter(
                    x=[day.isoformat() for day in part["date"]], y=part["level"].tolist(),
                    yaxis="y2",
                    hovertext=[plain(f"{unit}: {number}") for unit, number in names],
                    marker={"symbol": symbol, "color": colour,
                            "line": {"color": style.text(dark)}},
                )
            )  # fmt: skip
    return traces


# What all dots share is said once: hundreds of bytes less on the wire.
_DOTS: Final = {
    "mode": "markers",
    "cliponaxis": False,
    "marker": {"size": 10, "line": {"width": 1.5}},
    "hovertemplate": "%{hovertext}<br>%{x|%d/%m/%Y}<extra></extra>",
}


def _legend_lines(rows: pd.DataFrame, indicator: str, lang: str, dark: bool) -> list[str]:
    """What the line and each sign mean, with numbers: the legend, as text above the figure."""
    lines = [f"<b>━</b> {plain(word('chart.timeline_line', lang))}"]
    for name in CLASS_ORDER[indicator]:
        count = int((rows["class"] == name).sum())
        if count:
            style = class_style(indicator, name)
            lines.append(
                f"<span style='color:{style.text(dark)}'>{style.glyph}</span> "
                f"{plain(_document_label(indicator, name, lang))}: "
                f"<b>{format_number(count, lang)}</b>"
            )
    if len(rows) and not rows["is_deciding"].all():
        lines.append("○ " + plain(word("chart.timeline_hollow", lang)))
    return lines


def _document_label(indicator: str, name: str, lang: str) -> str:
    """What the class says of a document; the class of a province where no other wording exists."""
    key = f"chart.document.{indicator}.{name}"
    return word(key, lang) if has_word(key, lang) else class_label(indicator, name, lang)


def _add_marks(
    figure: go.Figure, marks: Sequence[Mark], rows: list[int], span: tuple[date, date], dark: bool
) -> None:
    colours = surface(dark)
    for mark, row in zip(marks, rows, strict=True):
        day = mark.day.isoformat()
        line = {"color": colours.border, "width": 1, "dash": "dash"}
        figure.add_shape(
            type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line, layer="below"
        )
        side = label_side(mark.day, span)
        figure.add_annotation(
            note(plain(mark.label), x=day, xanchor=side, y=1, yref="paper", yanchor="bottom",
                 yshift=2 + 16 * row, font={"size": 11, "color": colours.muted},
                 bgcolor=colours.page)
        )  # fmt: skip


def describe_adoption_timeline(documents: pd.DataFrame, indicator: str, lang: str) -> str:
    """Alt text: how many documents of how many provinces, from when to when, by class."""
    rows = _dated(documents)
    if rows.empty:
        return word("chart.alt.timeline_empty", lang)
    counts = rows["class"].value_counts()
    parts = [
        word("chart.count_of_class", lang, count=format_number(int(counts[name]), lang),
             label=_document_label(indicator, name, lang))
        for name in CLASS_ORDER[indicator] if name in counts
    ]  # fmt: skip
    return word(
        "chart.alt.timeline",
        lang,
        documents=format_number(len(rows), lang),
        provinces=format_number(rows["province_name"].nunique(), lang),
        first=format_date(rows["date"].iloc[0], lang),
        last=format_date(rows["date"].iloc[-1], lang),
        parts="; ".join(parts),
    )

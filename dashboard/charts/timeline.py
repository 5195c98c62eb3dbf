"""Adoption by document date: one dot per document, the provinces reached so far above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    NARROW,
    Mark,
    Trace,
    class_label,
    label_side,
    layout,
    plain,
    time_axis,
    unvalidated,
)
from dashboard.colours import CLASS_ORDER, class_style, surface
from dashboard.words import day_of, format_date, format_number, has_word, word

# What all dots share is said once: hundreds of bytes less on the wire.
_DOTS: Final = {
    "mode": "markers",
    "yaxis": "y2",
    "cliponaxis": False,
    "marker": {"size": 10, "line": {"width": 1.5}},
    "hovertemplate": "%{hovertext}<br>%{x|%d/%m/%Y}<extra></extra>",
}
_LEGEND: Final = {
    "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "top",
    "font": {"size": 12},
}  # fmt: skip
STEPS_PX: Final = 110  # px of the stairs
BETWEEN_PX: Final = 16  # px between stairs and dots


class _Document(NamedTuple):
    """A dated document of a province; `number` is empty where it is not known."""

    day: date
    unit: str
    number: str
    class_name: str
    is_deciding: bool


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


def _dated(documents: pd.DataFrame) -> list[_Document]:
    """Documents with a date, by date and number, those without a number last."""
    days = [day_of(value) for value in documents["date"].tolist()]
    numbers = [n if isinstance(n, str) else "" for n in documents["document_number"].tolist()]
    columns = (documents[name].tolist() for name in ("province_name", "class", "is_deciding"))
    rows = [
        _Document(day, str(unit), number, name, bool(is_deciding))
        for day, number, unit, name, is_deciding in zip(days, numbers, *columns, strict=True)
        if day is not None
    ]
    return sorted(rows, key=lambda row: (row.day, not row.number, row.number))


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
    days = [*(row.day for row in rows), *(mark.day for mark in marks)] or [date.today()]
    span = (min(days), max(days))
    levels = _levels([row.day for row in rows], max((span[1] - span[0]).days, 1) * 11 / NARROW)
    storeys = max([4, *(level + 1 for level in levels)])
    lines = _legend_lines(rows, indicator, lang, dark)
    mark_rows = _mark_rows(marks, *span)
    top = 17 * len(lines) + 16 * (max(mark_rows, default=-1) + 1) + 10
    dots_px = 13 * storeys + 6
    plot_px = STEPS_PX + BETWEEN_PX + dots_px
    content = layout(
        dark, lang, top + plot_px + 30, top, 30,
        data={"scatter": [_DOTS]}, notes=_LEGEND, has_hover=True,
    )  # fmt: skip
    notes: list[dict[str, Any]] = [
        {"text": line, "yshift": top - 17 * place} for place, line in enumerate(lines)
    ]
    if marks:
        content["shapes"] = [_mark_lines(marks, dark)]
        notes += _mark_notes(marks, mark_rows, span, dark)
    provinces = len({row.unit for row in rows})
    if rows:
        notes.append(_total_note(provinces, lang, dark))
    content |= {
        "xaxis": {"anchor": "y2", **time_axis(*span, dark)},
        "yaxis": _steps_axis(provinces, round((dots_px + BETWEEN_PX) / plot_px, 8), dark),
        "yaxis2": {"domain": [0, round(dots_px / plot_px, 8)], "range": [-0.7, storeys - 0.3],
                   "visible": False, "fixedrange": True},
        "annotations": notes,
    }  # fmt: skip
    return unvalidated([*_cumulative(rows, dark), *_dots(rows, levels, indicator, dark)], content)


def _steps_axis(provinces: int, foot: float, dark: bool) -> dict[str, Any]:
    """The axis of the stairs, above the dots; whole provinces only."""
    colours = surface(dark)
    return {
        "domain": [foot, 1],
        "range": [0, max(provinces, 1) * 1.25],
        "fixedrange": True,
        "gridcolor": colours.frame,
        "griddash": "dot",
        "ticklabelposition": "inside top",
        "tickfont": {"color": colours.muted, "size": 11},
        "zeroline": False,
        # Plotly would count a few provinces in halves.
        **({"dtick": 1} if 0 < provinces < 5 else {"nticks": 4}),
    }


def _cumulative(rows: list[_Document], dark: bool) -> list[Trace]:
    """Stairs: provinces with at least one document by then."""
    if not rows:
        return []
    seen: set[str] = set()
    steps: dict[date, int] = {}
    for row in rows:
        if row.unit not in seen:
            seen.add(row.unit)
            steps[row.day] = len(seen)
    steps[rows[-1].day] = len(seen)
    return [
        {
            "type": "scatter",
            "x": [day.isoformat() for day in steps],
            "y": list(steps.values()),
            "yaxis": "y",
            "mode": "lines",
            "line": {"shape": "hv", "color": surface(dark).text},
            "hovertemplate": "%{x|%d/%m/%Y}: <b>%{y}</b><extra></extra>",
        }
    ]


def _total_note(provinces: int, lang: str, dark: bool) -> dict[str, Any]:
    """The last value of the stairs, written at their end."""
    text = word("chart.provinces", lang, count=f"<b>{format_number(provinces, lang)}</b>")
    return {"text": text, "x": 1, "xanchor": "right", "y": provinces, "yref": "y",
            "yanchor": "bottom", "yshift": 3, "bgcolor": surface(dark).page,
            "font": {"size": 13}}  # fmt: skip


def _dots(rows: list[_Document], levels: list[int], indicator: str, dark: bool) -> list[Trace]:
    """Two traces per class: full dots decide a status, hollow ones do not."""
    parts: dict[tuple[str, bool], list[tuple[_Document, int]]] = {}
    for row, level in zip(rows, levels, strict=True):
        parts.setdefault((row.class_name, row.is_deciding), []).append((row, level))
    traces = []
    for name in CLASS_ORDER[indicator]:
        style = class_style(indicator, name)
        hollow = style.symbol.removesuffix("-open-dot").removesuffix("-open") + "-open"
        for is_deciding, symbol in ((True, style.symbol), (False, hollow)):
            part = parts.get((name, is_deciding))
            if not part:
                continue
            marker: dict[str, Any] = {"symbol": symbol, "color": style.text(dark)}
            if "open" not in symbol:  # an open sign is drawn in its one colour
                marker |= {"color": style.fill(dark), "line": {"color": style.text(dark)}}
            texts = [f"{row.unit}: {row.number}" if row.number else row.unit for row, _ in part]
            traces.append(
                {
                    "type": "scatter",
                    "x": [row.day.isoformat() for row, _ in part],
                    "y": [level for _, level in part],
                    "hovertext": [plain(text) for text in texts],
                    "marker": marker,
                }
            )
    return traces


def _legend_lines(rows: list[_Document], indicator: str, lang: str, dark: bool) -> list[str]:
    """What the line and each sign mean, with numbers: the legend, as text above the figure."""
    lines = [f"<b>━</b> {plain(word('chart.timeline_line', lang))}"]
    counts = Counter(row.class_name for row in rows)
    for name in CLASS_ORDER[indicator]:
        if counts[name]:
            style = class_style(indicator, name)
            lines.append(
                f"<span style='color:{style.text(dark)}'>{style.glyph}</span> "
                f"{plain(_document_label(indicator, name, lang))}: "
                f"<b>{format_number(counts[name], lang)}</b>"
            )
    if not all(row.is_deciding for row in rows):
        lines.append("○ " + plain(word("chart.timeline_hollow", lang)))
    return lines


def _document_label(indicator: str, name: str, lang: str) -> str:
    """What the class says of a document; the class of a province where no other wording exists."""
    key = f"chart.document.{indicator}.{name}"
    return word(key, lang) if has_word(key, lang) else class_label(indicator, name, lang)


def _mark_lines(marks: Sequence[Mark], dark: bool) -> dict[str, Any]:
    """All marks as one shape of several lines."""
    path = "".join(f"M{mark.day.isoformat()},0V1" for mark in marks)
    line = {"color": surface(dark).border, "width": 1, "dash": "dash"}
    return {"type": "path", "path": path, "yref": "paper", "line": line, "layer": "below"}


def _mark_notes(
    marks: Sequence[Mark], rows: list[int], span: tuple[date, date], dark: bool
) -> list[dict[str, Any]]:
    colours = surface(dark)
    return [
        {"text": plain(mark.label), "x": mark.day.isoformat(), "xref": "x",
         "xanchor": label_side(mark.day, span), "yanchor": "bottom", "yshift": 2 + 16 * row,
         "font": {"size": 11, "color": colours.muted}, "bgcolor": colours.page}
        for mark, row in zip(marks, rows, strict=True)
    ]  # fmt: skip


def describe_adoption_timeline(documents: pd.DataFrame, indicator: str, lang: str) -> str:
    """Alt text: how many documents of how many provinces, from when to when, by class."""
    rows = _dated(documents)
    if not rows:
        return word("chart.alt.timeline_empty", lang)
    counts = Counter(row.class_name for row in rows)
    parts = [
        word("chart.count_of_class", lang, count=format_number(counts[name], lang),
             label=_document_label(indicator, name, lang))
        for name in CLASS_ORDER[indicator] if counts[name]
    ]  # fmt: skip
    return word(
        "chart.alt.timeline",
        lang,
        documents=format_number(len(rows), lang),
        provinces=format_number(len({row.unit for row in rows}), lang),
        first=format_date(rows[0].day, lang),
        last=format_date(rows[-1].day, lang),
        parts="; ".join(parts),
    )

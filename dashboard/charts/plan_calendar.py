"""Issue dates of one year's plans against the guidance letter and the first day of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

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
from dashboard.words import format_date, format_number, word
from domain.indicators import ANNUAL_PLAN

STOREY_PX: Final = 19
LINE_PX: Final = 17
_LETTER_PX: Final = 6.4  # px a character of 12 px takes
_DOTS: Final = {
    "mode": "markers+text",
    "cliponaxis": False,
    "marker": {"size": 11, "line": {"width": 1.5}},
    "textfont": {"size": 12},
    "hovertemplate": "%{hovertext}<br>%{x|%d/%m/%Y}<extra></extra>",
}
_NOTES: Final = {
    "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "top",
    "font": {"size": 12},
}  # fmt: skip


class IssuedPlan(NamedTuple):
    """A plan with an issue date; `number` is empty where it is not known."""

    day: date
    province_name: str
    number: str
    class_name: str
    is_selected: bool = False


def plot_plan_calendar(
    plans: Sequence[IssuedPlan],
    year: int,
    marks: Sequence[Mark],
    lang: str,
    dark: bool = False,
) -> go.Figure:
    """One sign per plan at its issue date, named; `marks` are vertical lines: the letter, the day.

    The first day of the plan year is always marked.
    """
    rows = sorted(plans)
    first_day = date(year, 1, 1)
    lines = [
        Mark(
            first_day,
            word("page.plans.calendar.year_start", lang, date=format_date(first_day, lang)),
        ),
        *marks,
    ]
    lines.sort(key=lambda mark: mark.day)
    span = calendar_span([row.day for row in rows], year, marks)
    sides = [_side(row, span) for row in rows]
    storeys = _storeys(rows, sides, span)
    tall = max([3, *(storey + 1 for storey in storeys)])
    legend = _legend(rows, lang, dark)
    top = LINE_PX * (len(legend) + len(lines)) + 8
    content = layout(
        dark, lang, top + STOREY_PX * tall + 36, top, 28,
        data={"scatter": [_DOTS]}, notes=_NOTES, has_hover=True,
    )  # fmt: skip
    notes: list[dict[str, Any]] = [
        {"text": text, "yshift": top - LINE_PX * place} for place, text in enumerate(legend)
    ]
    notes += _mark_notes(lines, span, dark)
    content |= {
        "xaxis": time_axis(*span, dark),
        "yaxis": {"visible": False, "fixedrange": True, "range": [-0.7, tall - 0.3]},
        "annotations": notes,
        "shapes": [_mark_line(mark, place, dark) for place, mark in enumerate(lines)],
    }
    return unvalidated(_traces(rows, sides, storeys, dark), content)


def calendar_span(days: Sequence[date], year: int, marks: Sequence[Mark]) -> tuple[date, date]:
    """First and last day drawn: the plan year, and what lies before and after it."""
    known = [*days, *(mark.day for mark in marks)]
    return min([date(year, 1, 1), *known]), max([date(year, 12, 31), *known])


def _side(row: IssuedPlan, span: tuple[date, date]) -> str:
    return "right" if label_side(row.day, span) == "left" else "left"


def _storeys(
    rows: Sequence[IssuedPlan], sides: Sequence[str], span: tuple[date, date]
) -> list[int]:
    """Lowest free storey for each plan (by day), so that no name covers another on a phone."""
    px_per_day = NARROW / max((span[1] - span[0]).days, 1)
    taken: list[list[tuple[float, float]]] = []
    storeys = []
    for row, side in zip(rows, sides, strict=True):
        at, width = (row.day - span[0]).days * px_per_day, _LETTER_PX * len(row.province_name) + 16
        start, end = (at - 8, at + width) if side == "right" else (at - width, at + 8)
        storey = next(
            (i for i, used in enumerate(taken) if all(end <= a or start >= b for a, b in used)),
            len(taken),
        )
        if storey == len(taken):
            taken.append([])
        taken[storey].append((start, end))
        storeys.append(storey)
    return storeys


def _traces(
    rows: Sequence[IssuedPlan], sides: Sequence[str], storeys: Sequence[int], dark: bool
) -> list[Trace]:
    """One trace per class."""
    traces = []
    for name in CLASS_ORDER[ANNUAL_PLAN]:
        part = [
            (row, side, storey)
            for row, side, storey in zip(rows, sides, storeys, strict=True)
            if row.class_name == name
        ]
        if not part:
            continue
        style = class_style(ANNUAL_PLAN, name)
        texts = [plain(row.province_name) for row, _, _ in part]
        traces.append(
            {
                "type": "scatter",
                "x": [row.day.isoformat() for row, _, _ in part],
                "y": [storey for _, _, storey in part],
                "text": [
                    _name(text, row.is_selected, side)
                    for text, (row, side, _) in zip(texts, part, strict=True)
                ],
                "textposition": [f"middle {side}" for _, side, _ in part],
                "hovertext": [
                    f"{text}: {plain(row.number)}" if row.number else text
                    for text, (row, _, _) in zip(texts, part, strict=True)
                ],
                "marker": {
                    "symbol": style.symbol,
                    "color": style.fill(dark),
                    "line": {"color": style.text(dark)},
                },
            }
        )
    return traces


def _name(text: str, is_selected: bool, side: str) -> str:
    """A name with room between it and its sign; the chosen one in bold."""
    name = f"<b>{text}</b>" if is_selected else text
    return f"\u00a0{name}" if side == "right" else f"{name}\u00a0"


def _legend(rows: Sequence[IssuedPlan], lang: str, dark: bool) -> list[str]:
    counts = Counter(row.class_name for row in rows)
    lines = []
    for name in CLASS_ORDER[ANNUAL_PLAN]:
        if counts[name]:
            style = class_style(ANNUAL_PLAN, name)
            lines.append(
                f"<span style='color:{style.text(dark)}'>{style.glyph}</span> "
                f"{plain(class_label(ANNUAL_PLAN, name, lang))}: "
                f"<b>{format_number(counts[name], lang)}</b>"
            )
    return lines


def _mark_notes(lines: Sequence[Mark], span: tuple[date, date], dark: bool) -> list[dict[str, Any]]:
    """Labels above the figure, each on a row of its own."""
    colours = surface(dark)
    return [
        {"text": plain(mark.label), "x": mark.day.isoformat(), "xref": "x",
         "xanchor": label_side(mark.day, span), "yanchor": "bottom",
         "yshift": 2 + LINE_PX * (len(lines) - 1 - place),
         "font": {"size": 11, "color": colours.text}, "bgcolor": colours.page}
        for place, mark in enumerate(lines)
    ]  # fmt: skip


def _mark_line(mark: Mark, place: int, dark: bool) -> dict[str, Any]:
    """The first day of the year is a full line, the others are dashed."""
    is_year_start = (mark.day.month, mark.day.day) == (1, 1)
    line = {"color": surface(dark).border, "width": 1}
    day = mark.day.isoformat()
    return {
        "type": "line", "x0": day, "x1": day, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": line if is_year_start else {**line, "dash": "dash"},
    }  # fmt: skip


def describe_plan_calendar(
    plans: Sequence[IssuedPlan], year: int, marks: Sequence[Mark], lang: str
) -> str:
    """Alt text: when the plans of the year were issued, by whom, and the lines."""
    rows = sorted(plans)
    lines = "; ".join(mark.label for mark in marks)
    if not rows:
        return word("page.plans.calendar.alt_empty", lang, year=year, marks=lines)
    items = [
        word(
            "page.plans.calendar.alt_plan",
            lang,
            province=row.province_name,
            date=format_date(row.day, lang),
            label=class_label(ANNUAL_PLAN, row.class_name, lang),
        )
        for row in rows
    ]
    return word(
        "page.plans.calendar.alt", lang, year=year, count=format_number(len(rows), lang),
        plans="; ".join(items), marks=lines,
    )  # fmt: skip

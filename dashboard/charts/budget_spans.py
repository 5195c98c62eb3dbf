"""Amounts on the axis of years: a year fills its own column, a period is a long hollow bar."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.budget_looks import STAGE_LOOKS
from dashboard.charts.layout import Trace, layout, plain, unvalidated
from dashboard.colours import surface
from dashboard.words import word

MOST_SPANS: Final = 40  # the table under the chart has all
LANE: Final = 34  # px of one amount: its text above its bar
HEADING: Final = 22  # px of a province's name
TOP: Final = 26  # px of the years
FOOT: Final = 44  # px of the legend
WRAP: Final = 60  # characters of a line under the pointer


@dataclass(frozen=True)
class AmountSpan:
    """One printed amount with its first and last year; `label` and `note` are worded."""

    name: str
    first_year: int
    last_year: int
    label: str
    stage: str
    note: str = ""

    @property
    def is_period(self) -> bool:
        """Whether it covers more than one year."""
        return self.first_year != self.last_year


def plot_budget_spans(spans: Sequence[AmountSpan], lang: str, dark: bool = False) -> go.Figure:
    """Amounts by province in the order given; x is years, and nothing is divided among them."""
    shown = list(spans[:MOST_SPANS])
    first = min(span.first_year for span in shown)
    last = max(span.last_year for span in shown)
    headings, lanes, depth = _lanes(shown)
    content = layout(
        dark, lang, TOP + depth + FOOT, TOP, FOOT,
        data={"bar": [{"orientation": "h", "hovertemplate": "%{customdata}<extra></extra>"}]},
        notes={"xanchor": "left", "yanchor": "bottom"}, has_hover=True,
    )  # fmt: skip
    muted = surface(dark).muted
    content |= {
        "barmode": "overlay",
        "xaxis": {
            "range": [first - 0.55, last + 0.55], "dtick": 1, "tick0": first, "tickformat": "d",
            "side": "top", "fixedrange": True, "showgrid": False,
            "tickfont": {"color": muted, "size": 11}, "tickangle": 0,
        },
        "yaxis": {"visible": False, "range": [depth, 0], "fixedrange": True},
        "annotations": [
            *({"text": f"<b>{plain(name)}</b>", "x": 0, "xref": "paper", "y": y}
              for name, y in headings),
            *(_label(span, y, (first, last), dark) for span, y in lanes),
            *_legend(spans, lang, dark),
        ],
        "shapes": _year_lines(first, last, dark),
    }  # fmt: skip
    return unvalidated(_bars(lanes, dark), content)


def _lanes(
    spans: Sequence[AmountSpan],
) -> tuple[list[tuple[str, int]], list[tuple[AmountSpan, int]], int]:
    """Foot of every heading and of every amount in px from the top, and the whole depth."""
    headings, lanes, depth = [], [], 0
    for name, group in groupby(spans, key=lambda span: span.name):
        depth += HEADING
        headings.append((name, depth))
        for span in group:
            depth += LANE
            lanes.append((span, depth - 4))
    return headings, lanes, depth + 4


def _bars(lanes: list[tuple[AmountSpan, int]], dark: bool) -> list[Trace]:
    def look(lane: tuple[AmountSpan, int]) -> tuple[str, bool]:
        return (lane[0].stage, lane[0].is_period)

    traces = []
    for (stage, is_period), group in groupby(sorted(lanes, key=look), key=look):
        some = list(group)
        style = STAGE_LOOKS[stage]
        marker = {
            "color": surface(dark).page if is_period else style.fill(dark),
            "line": {"color": style.ink(dark), "width": 1.5},
        }
        traces.append(
            {
                "type": "bar",
                "base": [span.first_year - 0.44 for span, _ in some],
                "x": [span.last_year - span.first_year + 0.88 for span, _ in some],
                "y": [y - 5 for _, y in some],
                "width": 10,
                "marker": marker,
                "customdata": [_hover(span) for span, _ in some],
            }
        )
    return traces


def _hover(span: AmountSpan) -> str:
    lines = [f"<b>{plain(span.name)}</b>: {plain(span.label)}"]
    return "<br>".join([*lines, *(plain(line) for line in textwrap.wrap(span.note, WRAP))])


def _label(span: AmountSpan, y: int, axis: tuple[int, int], dark: bool) -> dict[str, Any]:
    """The amount above its bar, from the side that has more room."""
    look = STAGE_LOOKS[span.stage]
    text = f"<span style='color:{look.ink(dark)}'>{look.glyph}</span> {plain(span.label)}"
    note: dict[str, Any] = {"text": text, "y": y - 11, "font": {"size": 12}}
    if span.first_year - axis[0] > (axis[1] - axis[0]) / 2:
        return note | {"x": span.last_year + 0.44, "xanchor": "right"}
    return note | {"x": span.first_year - 0.44}


def _year_lines(first: int, last: int, dark: bool) -> list[dict[str, Any]]:
    line = {"color": surface(dark).frame, "width": 0.5}
    return [
        {"type": "line", "layer": "below", "x0": year - 0.5, "x1": year - 0.5, "yref": "paper",
         "y0": 0, "y1": 1, "line": line}
        for year in range(first, last + 2)
    ]  # fmt: skip


def _legend(spans: Sequence[AmountSpan], lang: str, dark: bool) -> list[dict[str, Any]]:
    found = {span.stage for span in spans}
    stages = "   ".join(
        f"<span style='color:{look.ink(dark)}'>{look.glyph}</span> "
        + plain(word(f"budget.stage.{stage}", lang))
        for stage, look in STAGE_LOOKS.items()
        if stage in found
    )
    lines = [stages, plain(word("budget.chart.spans", lang))]
    if len(spans) > MOST_SPANS:
        lines[1] += " " + plain(word("budget.chart.more", lang, count=len(spans) - MOST_SPANS))
    return [
        {"text": line, "x": 0, "xref": "paper", "y": 0, "yref": "paper", "yanchor": "top",
         "yshift": -4 - 19 * place, "font": {"size": 11, "color": surface(dark).muted}}
        for place, line in enumerate(lines)
    ]  # fmt: skip


def describe_budget_spans(spans: Sequence[AmountSpan], lang: str) -> str:
    """Alt text: every amount with its year or period and stage."""
    parts = [
        word("budget.alt.span", lang, name=span.name, amount=span.label,
             stage=word(f"budget.stage.{span.stage}", lang),
             period=f"{span.first_year}–{span.last_year}" if span.is_period else span.first_year)
        for span in spans
    ]  # fmt: skip
    return word("budget.alt.spans", lang, parts="; ".join(parts))

"""Printed amounts, the largest first: one bar each, never added; contradicting ones together."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.budget_looks import STAGE_LOOKS, bar_marker
from dashboard.charts.layout import layout, plain, unvalidated
from dashboard.colours import surface
from dashboard.words import format_number, word

MOST_BARS: Final = 12  # the table under the chart has all
NAME: Final = 20  # px of the line with name and amount
SMALL: Final = 15  # px of a line of small text
BAR: Final = 11  # px
GAP: Final = 13  # px between two amounts
WRAP: Final = 54  # characters of small text that fit a phone
FOOT: Final = 18  # px of a line under the bars


@dataclass(frozen=True)
class AmountBar:
    """One printed amount in million VND; name, amount in words and note are already worded."""

    name: str
    label: str
    note: str
    amount_million_vnd: int
    stage: str
    is_rounded: bool = False
    is_disputed: bool = False


def plot_budget_bars(bars: Sequence[AmountBar], lang: str, dark: bool = False) -> go.Figure:
    """One bar per amount in the order given; hatched where rounded, marked where contradicted."""
    rows, depth = _placed(bars[:MOST_BARS])
    top = max((row.bar.amount_million_vnd for row in rows), default=0) or 1
    foot = _foot(bars, lang)
    content = layout(
        dark, lang, 4 + depth + 4 + FOOT * len(foot), 4, 4 + FOOT * len(foot),
        data={"bar": [{"orientation": "h", "width": BAR, "hoverinfo": "skip"}]},
        notes={"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"},
    )  # fmt: skip
    content |= {
        "barmode": "overlay",
        "xaxis": {"visible": False, "range": [0, top], "fixedrange": True},
        "yaxis": {"visible": False, "range": [max(depth, 1), 0], "fixedrange": True},
        "annotations": [
            *(note for row in rows for note in _texts(row, dark)),
            *_foot_notes(foot, dark),
        ],
    }
    return unvalidated(_traces(rows, dark), content)


@dataclass(frozen=True)
class _Row:
    """One amount with its place: px from the top, and its wrapped note."""

    bar: AmountBar
    top: int
    note: tuple[str, ...]

    @property
    def middle_of_bar(self) -> float:
        return self.top + NAME + SMALL * len(self.note) + 4 + BAR / 2


def _placed(bars: Sequence[AmountBar]) -> tuple[list[_Row], int]:
    """Every amount with its place, and the whole depth in px."""
    rows, depth = [], 0
    for bar in bars:
        note = tuple(textwrap.wrap(bar.note, WRAP, max_lines=2, placeholder="…"))
        rows.append(_Row(bar, depth, note))
        depth += NAME + SMALL * len(note) + 4 + BAR + GAP
    return rows, depth


def _traces(rows: list[_Row], dark: bool) -> list[dict[str, Any]]:
    """Bars of one look share a trace: a hatched one cannot stand with a plain one."""

    def look(row: _Row) -> tuple[str, bool]:
        return (row.bar.stage, row.bar.is_rounded)

    traces = []
    for (stage, is_rounded), group in groupby(sorted(rows, key=look), key=look):
        some = list(group)
        traces.append(
            {
                "type": "bar",
                "x": [row.bar.amount_million_vnd for row in some],
                "y": [row.middle_of_bar for row in some],
                "marker": bar_marker(stage, is_rounded, dark),
            }
        )
    return traces


def _texts(row: _Row, dark: bool) -> list[dict[str, Any]]:
    bar, look = row.bar, STAGE_LOOKS[row.bar.stage]
    glyph = "⚠" if bar.is_disputed else look.glyph
    ink = surface(dark).text if bar.is_disputed else look.ink(dark)
    name = f"<span style='color:{ink}'>{glyph}</span> {plain(bar.name)}"
    notes: list[dict[str, Any]] = [
        {"text": name, "y": row.top},
        {"text": f"<b>{plain(bar.label)}</b>", "x": 1, "xanchor": "right", "y": row.top},
    ]
    if row.note:
        small = "<br>".join(plain(line) for line in row.note)
        font = {"size": 11, "color": surface(dark).muted}
        notes.append({"text": small, "y": row.top + NAME, "font": font})
    return notes


def _foot(bars: Sequence[AmountBar], lang: str) -> list[str]:
    lines = []
    if any(bar.is_rounded for bar in bars[:MOST_BARS]):
        lines.append(word("budget.chart.rounded", lang))
    if any(bar.is_disputed for bar in bars[:MOST_BARS]):
        lines.append(word("budget.chart.disputed", lang))
    if len(bars) > MOST_BARS:
        count = format_number(len(bars) - MOST_BARS, lang)
        lines.append(word("budget.chart.more", lang, count=count))
    return lines


def _foot_notes(lines: list[str], dark: bool) -> list[dict[str, Any]]:
    return [
        {
            "text": plain(line), "y": 0, "yref": "paper", "yanchor": "top",
            "yshift": -2 - FOOT * place, "font": {"size": 11, "color": surface(dark).muted},
        }
        for place, line in enumerate(lines)
    ]  # fmt: skip


def describe_budget_bars(bars: Sequence[AmountBar], title: str, lang: str) -> str:
    """Alt text: every amount with its name, the contradicted ones said to be so."""
    if not bars:
        return word("budget.alt.bars_empty", lang, title=title)
    parts = [
        word("budget.alt.disputed" if bar.is_disputed else "budget.alt.amount", lang,
             name=bar.name, amount=bar.label)
        for bar in bars
    ]  # fmt: skip
    return word("budget.alt.bars", lang, title=title, parts="; ".join(parts))

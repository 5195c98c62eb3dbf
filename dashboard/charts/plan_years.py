"""Annual plans by plan year: one stacked bar of all provinces a year, with its guidance letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.layout import Trace, class_label, layout, plain, unvalidated
from dashboard.colours import CLASS_ORDER, UNKNOWN_CLASSES, class_style, surface
from dashboard.words import format_number, word
from domain.indicators import ANNUAL_PLAN

ROW_PX: Final = 60
LEGEND_PX: Final = 17
_BARS: Final = {"orientation": "h", "width": 0.24, "offset": -0.12, "hoverinfo": "skip"}
_LABELS: Final = {
    "x": 0, "xref": "paper", "xanchor": "left", "yanchor": "bottom", "font": {"size": 12},
}  # fmt: skip


@dataclass(frozen=True)
class PlanYear:
    """One plan year: provinces by class of annual_plan, and its letters, worded; () if none.

    `without_day`: provinces whose plans are known without any date, so that no class counts them.
    """

    year: int
    counts: Mapping[str, int]
    letters: tuple[str, ...]
    without_day: int = 0

    @property
    def total(self) -> int:
        """All provinces in question."""
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        """Provinces with a plan."""
        return sum(count for name, count in self.counts.items() if name not in UNKNOWN_CLASSES)

    def classes(self) -> list[tuple[str, int]]:
        """The classes that occur, known ones only, in the order of the legend."""
        return [
            (name, self.counts[name])
            for name in CLASS_ORDER[ANNUAL_PLAN]
            if name not in UNKNOWN_CLASSES and self.counts.get(name)
        ]


def plot_plan_years(years: Sequence[PlanYear], lang: str, dark: bool = False) -> go.Figure:
    """One row per plan year, newest first: year and letter, the bar, its parts in numbers."""
    rows = sorted(years, key=lambda year: -year.year)
    heights = list(range(len(rows) - 1, -1, -1))
    names = [n for n in CLASS_ORDER[ANNUAL_PLAN] if any(row.counts.get(n) for row in rows)]
    traces: list[Trace] = []
    for name in names:
        style = class_style(ANNUAL_PLAN, name)
        traces.append(
            {
                "type": "bar",
                "x": [row.counts.get(name) or None for row in rows],
                "y": heights,
                "marker": {
                    "color": style.fill(dark),
                    "line": {"color": surface(dark).page, "width": 1},
                },
            }
        )
    legend = [
        f"<span style='color:{class_style(ANNUAL_PLAN, n).text(dark)}'>"
        f"{class_style(ANNUAL_PLAN, n).glyph}</span> {plain(class_label(ANNUAL_PLAN, n, lang))}"
        for n in names
    ]
    top = LEGEND_PX * len(legend) + 6
    height = ROW_PX * max(len(rows), 1) + top + 6
    content = layout(dark, lang, height, top, 6, data={"bar": [_BARS]}, notes=_LABELS)
    notes: list[dict[str, Any]] = [
        {"text": text, "y": 1, "yref": "paper", "yanchor": "top", "yshift": top - LEGEND_PX * place}
        for place, text in enumerate(legend)
    ]
    for y, row in zip(heights, rows, strict=True):
        notes += _row_notes(y, row, lang, dark)
    content |= {
        "barmode": "stack",
        "xaxis": {
            "visible": False,
            "range": [0, max((row.total for row in rows), default=1) or 1],
            "fixedrange": True,
        },
        "yaxis": {"visible": False, "range": [-0.6, len(rows) - 0.4], "fixedrange": True},
        "annotations": notes,
    }
    return unvalidated(traces, content)


def _row_notes(y: int, row: PlanYear, lang: str, dark: bool) -> list[dict[str, Any]]:
    """Above the bar the year, its letters and how many have a plan; under it the parts."""
    muted = surface(dark).muted
    letters = "; ".join(row.letters) or word("page.plans.chart.no_letter", lang)
    head = f"<b>{row.year}</b> <span style='color:{muted}'>{plain(letters)}</span>"
    count = (
        f"<b>{format_number(row.known, lang)}</b>"
        f"<span style='color:{muted}'> / {format_number(row.total, lang)}</span>"
    )
    parts = [
        f"<span style='color:{class_style(ANNUAL_PLAN, n).text(dark)}'>"
        f"{class_style(ANNUAL_PLAN, n).glyph}</span> {format_number(c, lang)}"
        for n, c in row.classes()
    ]
    if row.without_day:
        parts.append(plain(word("page.plans.chart.without_day", lang, count=row.without_day)))
    below = "   ".join(parts) or plain(word("page.plans.chart.no_plan", lang))
    return [
        {"text": head, "y": y, "yshift": 8},
        {"text": count, "y": y, "yshift": 8, "x": 1, "xanchor": "right"},
        {"text": below, "y": y, "yshift": -9, "yanchor": "top",
         "font": {"size": 11, "color": muted}},
    ]  # fmt: skip


def describe_plan_years(years: Sequence[PlanYear], lang: str) -> str:
    """Alt text: of each year its letter and how many provinces have a plan, by class."""
    parts = []
    for row in sorted(years, key=lambda year: -year.year):
        counts = [
            word("chart.count_of_class", lang, label=class_label(ANNUAL_PLAN, name, lang),
                 count=format_number(count, lang))
            for name, count in row.classes()
        ]  # fmt: skip
        if row.without_day:
            counts.append(word("page.plans.chart.without_day", lang, count=row.without_day))
        parts.append(
            word(
                "page.plans.chart.alt_year",
                lang,
                year=row.year,
                letters="; ".join(row.letters) or word("page.plans.chart.no_letter", lang),
                known=format_number(row.known, lang),
                total=format_number(row.total, lang),
                parts="; ".join(counts) or word("page.plans.chart.no_plan", lang),
            )
        )
    return word("page.plans.chart.alt_years", lang, years=" ".join(parts))

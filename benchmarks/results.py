"""One measured figure, its budget and baseline, and the table they are printed in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

HEADINGS: Final = (
    "what", "unit", "median", "p95", "n", "limit", "goal", "", "baseline", "ratio", "baseline is",
)  # fmt: skip
NUMERIC: Final = frozenset({"median", "p95", "n", "limit", "goal", "baseline", "ratio"})


@dataclass(frozen=True)
class Budget:
    """The most a median may be, the goal, and the most as a share of the baseline's median.

    `percentile` is 0.5 for the median, 0.95 where the slow ones are what counts.
    """

    limit: float
    goal: float | None = None
    share_of_baseline: float | None = None
    percentile: float = 0.5


@dataclass(frozen=True)
class Figure:
    """Repeated measurements of one thing in one unit, with those of the version beside it."""

    name: str
    unit: str  # "ms", "s", "KB" (1,000 bytes), "MB", or "" for a count
    values: tuple[float, ...]
    budget: Budget | None = None
    baseline: tuple[float, ...] = ()
    baseline_name: str = ""

    @property
    def ratio(self) -> float | None:
        """Median divided by the baseline's median."""
        if not self.values or not self.baseline or not median(self.baseline):
            return None
        return median(self.values) / median(self.baseline)

    @property
    def verdict(self) -> str:
        """goal, within, MISSED, or nothing where there is no budget."""
        if self.budget is None or not self.values:
            return ""
        budget, ratio = self.budget, self.ratio
        is_median = budget.percentile == 0.5
        value = median(self.values) if is_median else percentile(self.values, budget.percentile)
        too_near = (
            budget.share_of_baseline is not None
            and ratio is not None
            and ratio > budget.share_of_baseline
        )
        if value > budget.limit or too_near:
            return "MISSED"
        return "goal" if budget.goal is not None and value <= budget.goal else "within"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1] of all values do not exceed."""
    if not values:
        raise ValueError("percentile of no values: expected at least one")
    if not 0 < share <= 1:
        raise ValueError(f"share {share}: expected more than 0 and at most 1")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def format_value(value: float | None) -> str:
    """Three digits that count: 1234 -> "1,234", 12.34 -> "12.3", 0.1234 -> "0.123"."""
    if value is None:
        return ""
    size = abs(value)
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_table(figures: Iterable[Figure]) -> str:
    """All figures as one table for a terminal."""
    rows = [_cells(figure) for figure in figures]
    widths = [max(len(row[i]) for row in [HEADINGS, *rows]) for i in range(len(HEADINGS))]
    lines = [_line(HEADINGS, widths), "-" * (sum(widths) + 2 * (len(widths) - 1))]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _cells(figure: Figure) -> tuple[str, ...]:
    budget, values, baseline = figure.budget, figure.values, figure.baseline
    return (
        figure.name,
        figure.unit,
        format_value(median(values)) if values else "-",
        format_value(percentile(values, 0.95)) if values else "-",
        str(len(values)),
        format_value(budget.limit) if budget else "",
        format_value(budget.goal) if budget else "",
        figure.verdict,
        format_value(median(baseline)) if baseline else "",
        format_value(figure.ratio),
        figure.baseline_name,
    )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        cell.rjust(width) if heading in NUMERIC else cell.ljust(width)
        for cell, width, heading in zip(cells, widths, HEADINGS, strict=True)
    ).rstrip()

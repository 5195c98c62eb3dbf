"""Amounts → classes for a map: bounds that are readable and leave no class empty."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

AmountScale = Literal["quantile", "log"]

MOST_CLASSES: Final = 5
# Bounds of a scale by powers of ten, from fine to coarse: multiples of 10^k, 10^2k.
_SERIES: Final[tuple[tuple[tuple[int, ...], int], ...]] = (
    ((1, 2, 5), 1),
    ((1, 3), 1),
    ((1,), 1),
    ((1,), 2),
    ((1,), 4),
)


def class_bounds(amounts: Iterable[float], scale: AmountScale) -> tuple[float, ...]:
    """Bounds between the classes, ascending: class i holds bounds[i-1] <= amount < bounds[i].

    At most five classes, never more than there are different amounts, none empty. "quantile" puts
    about the same number of units in each, "log" follows the powers of ten. Each bound is the
    shortest number that separates what it has to. ValueError for an amount below 0, one that is
    not finite, or another scale.
    """
    values = [float(amount) for amount in amounts]
    if not all(value >= 0 and math.isfinite(value) for value in values):
        raise ValueError(f"amounts: expected finite numbers of 0 or more, got {values}")
    counts = Counter(values)
    distinct = sorted(counts)
    if scale == "quantile":
        return _quantile_bounds(distinct, [counts[value] for value in distinct])
    if scale == "log":
        return _log_bounds(distinct)
    raise ValueError(f"scale {scale!r}: expected quantile or log")


def class_of_amount(amount: float, bounds: Sequence[float]) -> int:
    """Number of the class of an amount, from 0."""
    return bisect_right(bounds, amount)


def _quantile_bounds(distinct: list[float], counts: list[int]) -> tuple[float, ...]:
    classes = min(MOST_CLASSES, len(distinct))
    total = sum(counts)
    below = 0
    # Number of units below each possible cut, between one amount and the next.
    cuts = [below := below + count for count in counts[:-1]]
    chosen: list[int] = []
    for number in range(1, classes):
        first = chosen[-1] + 1 if chosen else 0
        last = len(cuts) - (classes - number)  # leaves a cut for each class to come
        target = number * total / classes
        chosen.append(min(range(first, last + 1), key=lambda cut: abs(cuts[cut] - target)))
    return tuple(shortest_between(distinct[cut], distinct[cut + 1]) for cut in chosen)


def _log_bounds(distinct: list[float]) -> tuple[float, ...]:
    if len(distinct) < 2:
        return ()
    low, high = next(value for value in distinct if value > 0), distinct[-1]
    for digits, step in _SERIES:
        powers = range(math.floor(math.log10(low)) // step * step, 400, step)
        bounds = []
        for power in powers:
            steps = [digit * 10.0**power for digit in digits]
            bounds += [bound for bound in steps if distinct[0] < bound <= high]
            if 10.0**power > high:
                break
        if len(bounds) < MOST_CLASSES:
            return tuple(_without_empty(bounds, distinct))
    return _quantile_bounds(distinct, [1] * len(distinct))


def _without_empty(bounds: list[float], distinct: list[float]) -> list[float]:
    """The bounds of which each has an amount between itself and the next lower one."""
    kept: list[float] = []
    for bound in bounds:
        lower = kept[-1] if kept else -math.inf
        if any(lower <= value < bound for value in distinct):
            kept.append(bound)
    return kept


def shortest_between(low: float, high: float) -> float:
    """The number with the fewest digits above `low` and not above `high`; 0 <= low < high."""
    power = math.floor(math.log10(high))
    while power > -12:
        step = 10.0**power
        first, last = math.floor(low / step) + 1, math.floor(high / step)
        if first <= last:
            middle = math.sqrt(max(low, step / 10) * high) / step
            found = float(round(min(max(round(middle), first), last) * step, max(0, -power)))
            if low < found <= high:
                return found
        power -= 1
    return high

"""How much of a province sheet fits on its page: long lists give way, the type shrinks a little.

Heights are estimated, a little too high; what runs over all the same is seen once it is printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from dashboard.briefing.sheets import ProvinceSheet, first_of
from dashboard.briefing.sheets_map import HEIGHT, WIDTH

PAGE_HEIGHT: Final = 277.0  # mm between the margins of the sheet
PAGE_WIDTH: Final = 184.0
MAP_WIDTH: Final = 56.0
STATUS_WIDTHS: Final = (24, 19, 9, 25, 10, 13)  # % of the page's width
BUDGET_WIDTHS: Final = (29, 9, 19, 10, 15, 18)
LINE: Final = 1.22  # height of a line as a share of the type's size
SOURCE_SIZE: Final = 6.6  # pt

_MM: Final = 25.4 / 72  # of a pt
_LETTER: Final = 0.44  # mean width of a letter as a share of the type's size
_PADDING: Final = 2.2  # mm left and right of a cell
_SIZES: Final = (9.0, 8.6, 8.2, 7.8)  # pt
_LEAST: Final = 2  # rows of a list at the least, where it has them


class Limits(NamedTuple):
    """How many rows of each list a sheet shows, and the size of its type in pt."""

    budget: int
    contradictions: int
    unknowns: int
    size: float


def fitting(sheet: ProvinceSheet, slack: float) -> Limits:
    """The roomiest limits by which the sheet fits with `slack` (a share of the page) to spare."""
    room = PAGE_HEIGHT * (1 - slack)
    limits = Limits(0, 0, 0, _SIZES[-1])
    for limits in _ways(sheet):
        if height(sheet, limits) <= room:
            break
    return limits


def _ways(sheet: ProvinceSheet) -> Iterator[Limits]:
    """From everything in the largest type to two rows of each list in the smallest."""
    budget, disputed, unknown = (
        len(sheet.budget), len(sheet.contradictions), len(sheet.unknowns),
    )  # fmt: skip
    for size in _SIZES[:-1]:
        yield Limits(budget, disputed, unknown, size)
    while max(budget, unknown) > _LEAST:
        yield Limits(budget, disputed, unknown, _SIZES[-2])
        # A row of amounts takes as much room as two unknowns, which stand side by side.
        if budget > _LEAST and budget * 2 >= unknown:
            budget -= 1
        else:
            unknown -= 1
    for least in range(_LEAST, -1, -1):
        yield Limits(min(budget, least), min(disputed, least), min(unknown, least), _SIZES[-1])


def height(sheet: ProvinceSheet, limits: Limits) -> float:
    """About how many mm the sheet takes."""
    size = limits.size
    line = size * LINE * _MM
    amounts, more_amounts = first_of(sheet.budget, limits.budget)
    disputed, more_disputed = first_of(sheet.contradictions, limits.contradictions)
    unknown, more_unknown = first_of(sheet.unknowns, limits.unknowns)
    rest = PAGE_WIDTH - MAP_WIDTH - 5
    left = 2 * (line + 3.6) + line * (
        sum(_lines(text, rest - 27, size) + 0.1 for _, text in sheet.facts)
        + sum(_lines(text, rest, size) + 0.3 for text in (*sheet.places, sheet.succession))
    )
    states = [
        (row.indicator, row.state, row.since, row.document, row.strength, row.remark)
        for row in sheet.statuses
    ]
    half = PAGE_WIDTH / 2 - 8
    tall = 15.5 + (5 if sheet.mark else 0)
    tall += max(left, MAP_WIDTH * HEIGHT / WIDTH + 6.5)
    tall += 4 * (10.5 * LINE * _MM + 3.4)  # headings
    tall += _table(states, STATUS_WIDTHS, size)
    tall += _table(amounts, BUDGET_WIDTHS, size) + line if amounts else line
    tall += line * sum(_lines(" ".join(three), PAGE_WIDTH - 5, size) for three in disputed)
    tall += line * (not disputed) + line * 1.2  # the note over the unknowns
    tall += line * math.ceil(sum(_lines(": ".join(two), half, size) for two in unknown) / 2 + 0.5)
    tall += line * sum(more > 0 for more in (more_amounts, more_disputed, more_unknown))
    sources = _lines("; ".join(sheet.sources), PAGE_WIDTH, SOURCE_SIZE) + 1
    return tall + 4 + sources * SOURCE_SIZE * LINE * _MM


def _table(rows: Iterable[Sequence[str]], widths: Sequence[int], size: float) -> float:
    line = size * LINE * _MM
    tall = line + 1.1
    for row in rows:
        lines = [
            _lines(cell, PAGE_WIDTH * width / 100 - _PADDING, size)
            for cell, width in zip(row, widths, strict=True)
        ]
        tall += max(lines) * line + 1.1
    return tall


def _lines(text: str, width: float, size: float) -> int:
    """Lines of a text in a width of mm: words do not fill each line to its end."""
    return max(1, math.ceil(len(text) * size * _LETTER * _MM / width + (len(text) > 30) * 0.08))

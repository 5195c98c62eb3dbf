"""How a table fits on paper: words of each cell, widths of columns, upright or across."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from numbers import Integral, Real
from typing import Any, Final

import pandas as pd

from dashboard.briefing.content import Table
from dashboard.words import format_date, format_number

UPRIGHT: Final = 160.0  # mm between the margins
ACROSS: Final = 257.0
SIZE: Final = 10.0  # pt
SMALL: Final = 9.0
CELL_MARGIN: Final = 1.2  # mm left and right of the words of a cell
_PADDING: Final = 2 * CELL_MARGIN + 0.8  # and the lines and a little air
_MM_PER_POINT: Final = 25.4 / 72
_BOLD: Final = 1.06  # wider than regular
_LONGEST_WORD: Final = 30.0  # mm at 10 pt; longer ones (addresses) may be broken
# Widths of Times New Roman in ems; marks above and below a letter add nothing.
_EMS: Final = {
    **dict.fromkeys(" .,", 0.25), **dict.fromkeys("/ijlt:;·", 0.28),
    **dict.fromkeys("fr()[]-I", 0.33), "s": 0.39,
    **dict.fromkeys("aceyz", 0.44), **dict.fromkeys("mw", 0.75), "–": 0.5,
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&Đ", 0.68), **dict.fromkeys("MW%●▲▼◆■□○⊙", 0.9),
}  # fmt: skip
_OTHER: Final = 0.5  # digits and the other small letters
_MOST_GAIN: Final = 25.0  # mm that one column's wish for more counts at most
_MOST_DECIMALS: Final = 6
_BREAKS: Final = re.compile(r"\s+|(?<=-)")  # where Word and browsers may break a line
# What is tried in turn: mm, pt, lines of a row that are bearable on average.
_WAYS: Final = (
    (UPRIGHT, SIZE, 3.5),
    (UPRIGHT, SMALL, 6.0),
    (ACROSS, SIZE, 8.0),
    (ACROSS, SMALL, math.inf),
)
# A few rows are no reason for a page of their own.
_FEW: Final = 8
_WAYS_OF_FEW: Final = ((UPRIGHT, SIZE, 5.0), (UPRIGHT, SMALL, 12.0), *_WAYS[2:])


@dataclass(frozen=True)
class Columns:
    """`widths` in mm, their sum the width of the page; `cells` the rows as printed."""

    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    is_number: tuple[bool, ...]
    is_across: bool
    size: float  # pt


def cell_text(value: Any, lang: str) -> str:
    """A cell in words: dates and numbers as the language writes them, "" for what is missing."""
    if value is None or (not isinstance(value, (list, tuple)) and pd.isna(value)):
        return ""
    if isinstance(value, date):  # a datetime too: tables have days
        return format_date(value, lang)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return format_number(int(value), lang)
    if isinstance(value, Real):
        return format_number(float(value), lang, _decimals(float(value)))
    return str(value)


def set_columns(table: Table, lang: str) -> Columns:
    """The columns of a table on an upright page where that can be read, else across."""
    rows = table.rows
    heads = tuple(str(name) for name in rows.columns)
    cells = tuple(
        tuple(cell_text(value, lang) for value in row)
        for row in rows.itertuples(index=False, name=None)
    )
    numeric = tuple(_is_number(rows.iloc[:, place]) for place in range(len(heads)))
    columns = [[row[place] for row in cells] for place in range(len(heads))]
    for total, size, most in _WAYS if len(cells) > _FEW else _WAYS_OF_FEW:
        least = [_least(head, texts, size) for head, texts in zip(heads, columns)]
        widths = _widths(table.widths, least, columns, heads, total, size)
        if sum(least) <= total and _mean_lines(cells, widths, size) <= most:
            break
    return Columns(heads, cells, tuple(widths), numeric, bool(cells) and total == ACROSS, size)


def text_mm(text: str, size: float) -> float:
    """mm of a text in Times New Roman of `size` pt, within some percent."""
    return sum(_ems(char) for char in text) * size * _MM_PER_POINT


@cache
def _ems(char: str) -> float:
    base = unicodedata.normalize("NFD", char)[0]
    return _EMS.get(base, _OTHER)


def _decimals(value: float) -> int:
    """As many digits as the number has: 4164.5 -> 1, 29000.0 -> 0."""
    text = f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
    return len(text.partition(".")[2])


def _is_number(column: pd.Series) -> bool:
    known = column.dropna()
    return len(known) > 0 and all(
        isinstance(value, Real) and not isinstance(value, bool) for value in known
    )


def _longest_word(texts: Sequence[str], size: float) -> float:
    parts = {part for text in texts for part in _BREAKS.split(text)}
    longest = max((text_mm(part, size) for part in parts), default=0.0)
    return min(longest, _LONGEST_WORD * size / SIZE)


def _least(head: str, texts: Sequence[str], size: float) -> float:
    """mm that no word of the column is broken in."""
    return max(_longest_word([head], size) * _BOLD, _longest_word(texts, size)) + _PADDING


def _widths(
    weights: Sequence[float],
    least: Sequence[float],
    columns: Sequence[Sequence[str]],
    heads: Sequence[str],
    total: float,
    size: float,
) -> list[float]:
    """mm of each column: what its words need, the rest by weight or by how much text it has."""
    if sum(least) >= total:
        return [part * total / sum(least) for part in least]
    if len(weights) != len(least):
        return _evenly_tall(least, columns, heads, total, size)
    wanted = [weight * total / sum(weights) for weight in weights]
    more = [max(want - part, 0.0) for want, part in zip(wanted, least)]
    left = total - sum(least)
    return [part + left * extra / sum(more) for part, extra in zip(least, more)]


def _evenly_tall(
    least: Sequence[float],
    columns: Sequence[Sequence[str]],
    heads: Sequence[str],
    total: float,
    size: float,
) -> list[float]:
    """mm with which no cell takes more lines than the tallest must; what is left goes to all."""
    longest = [max((text_mm(text, size) for text in texts), default=0.0) for texts in columns]
    wanted = list(least)
    for lines in range(1, 200):
        # A line is never quite full, as words are not cut.
        tried = [
            max(part, mm / lines * (1.0 if lines == 1 else 1.15) + _PADDING)
            for part, mm in zip(least, longest)
        ]
        if sum(tried) <= total:
            wanted = tried
            break
    # More helps a column only while its longest line is broken; one that has room enough gets less.
    gains = [
        max(min(max(mm, text_mm(head, size)) + _PADDING - want, _MOST_GAIN), 0.5)
        for mm, head, want in zip(longest, heads, wanted)
    ]
    left = total - sum(wanted)
    return [want + left * gain / sum(gains) for want, gain in zip(wanted, gains)]


def _mean_lines(cells: Sequence[Sequence[str]], widths: Sequence[float], size: float) -> float:
    """Lines of a row, on average, if every line were as full as lines are."""
    if not cells:
        return 0.0
    lines = (
        max(
            math.ceil(1.1 * text_mm(text, size) / (width - 2 * CELL_MARGIN))
            for text, width in zip(row, widths)
        )
        for row in cells
    )
    return sum(lines) / len(cells)

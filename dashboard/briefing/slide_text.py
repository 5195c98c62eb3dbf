"""How much text fits on a slide: sizes of titles, pages of sentences, pages of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.briefing.columns import set_columns
from dashboard.briefing.content import Table
from dashboard.download.lines import text_width, wrap

LEAST: Final = 12  # pt: no smaller type on a slide
LINE: Final = 1.2  # height of a line as a share of the type size
GAP: Final = 6.0  # pt above a paragraph
INDENT: Final = 20.0  # pt of a bullet
INSET: Final = 14.4  # pt of both sides of a text frame
CELL_MARGIN: Final = 5.0  # pt on each side of a cell, half of it above and below
MOST_PAGES: Final = 4  # of one table; of a longer one
FIRST_PAGES: Final = 2  # these stand on slides
_WIDEST_CELL: Final = 260.0  # pt that a cell of running text should have
_LONGEST_WORD: Final = 110.0  # pt; longer ones (addresses) may be broken
_TITLE_SIZES: Final = (28, 24, 20, 18)
_CUT: Final = "…"


def title_size(text: str, width: float, height: float) -> int:
    """pt of a title so that all its lines stand in a frame of `width` by `height` pt."""
    for size in _TITLE_SIZES:
        lines = len(wrap(text, size, width - INSET, bold=True))
        if lines * LINE * size + INSET / 2 <= height:
            return size
    return _TITLE_SIZES[-1]


def text_height(texts: Sequence[str], size: float, width: float, indent: float = INDENT) -> float:
    """pt that paragraphs take in a frame of `width` pt."""
    inner = width - INSET - indent
    return sum(GAP + LINE * size * len(wrap(text, size, inner)) for text in texts)


def fill_page(
    texts: Sequence[str], size: float, width: float, height: float
) -> tuple[list[str], list[str]]:
    """The paragraphs that fit in a frame, and the others; the order stays."""
    shown: list[str] = []
    for place, text in enumerate(texts):
        if text_height([*shown, text], size, width) > height:
            return shown, list(texts[place:])
        shown.append(text)
    return shown, []


def text_pages(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[int] = (20, 18, 16)
) -> tuple[int, list[list[str]]]:
    """The paragraphs on as few slides as the smallest type needs, in the largest that does."""
    fewest = len(_pages(texts, sizes[-1], width, height))
    for size in sizes:
        pages = _pages(texts, size, width, height)
        if len(pages) == fewest:
            break
    return size, pages


def _pages(texts: Sequence[str], size: int, width: float, height: float) -> list[list[str]]:
    """Pages of about the same fill, so that the last one does not hold a single line."""
    most = int((height - GAP) // (LINE * size))
    parts = [part for text in texts for part in _parts(text, size, width - INSET - INDENT, most)]
    filled = _fill_pages(parts, size, width, height, height)
    even = text_height(parts, size, width) / max(len(filled), 1)
    for share in (1.0, 1.1, 1.2, 1.3):
        pages = _fill_pages(parts, size, width, height, even * share)
        if len(pages) == len(filled):
            return pages
    return filled


def _fill_pages(
    parts: Sequence[str], size: int, width: float, height: float, aim: float
) -> list[list[str]]:
    """Pages filled to about `aim` pt, never over `height`."""
    pages: list[list[str]] = []
    left = list(parts)
    while left:
        page, rest = fill_page(left, size, width, min(aim, height))
        if not page:  # one that is longer than an even share
            page, rest = left[:1], left[1:]
        pages.append(page)
        left = rest
    return pages


def _parts(text: str, size: float, width: float, most: int) -> list[str]:
    """A paragraph that is longer than a slide, in pieces of `most` lines."""
    lines = wrap(text, size, width)
    return [" ".join(lines[i : i + most]) for i in range(0, len(lines), most)] or [text]


@dataclass(frozen=True)
class TablePages:
    """`pages` of rows of cells; `widths` in pt; `heights` in pt of the head and of each row.

    `is_whole` is False where only the first pages are there.
    """

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    is_number: tuple[bool, ...]
    pages: tuple[tuple[tuple[tuple[str, ...], float], ...], ...]
    head_height: float
    is_whole: bool


def table_pages(
    table: Table, lang: str, width: float, height: float, first: float | None = None
) -> TablePages:
    """A table with rows, cut into slides of `width` by `height` pt; columns without any word go.

    `first` is the height on the first slide where that has less room.
    """
    columns = set_columns(table, lang)
    kept = [
        place for place in range(len(columns.heads)) if any(row[place] for row in columns.cells)
    ]
    heads = tuple(columns.heads[place] for place in kept)
    rows = [tuple(row[place] for place in kept) for row in columns.cells]
    weights = [table.widths[place] for place in kept] if table.widths else []
    widths = _widths(heads, rows, weights, width)
    head_height = _row_height(heads, widths, bold=True)
    room = height - head_height
    fitted = [tuple(_fit(cell, w, room) for cell, w in zip(row, widths)) for row in rows]
    sized = [(cells, _row_height(cells, widths)) for cells in fitted]
    pages = _row_pages(sized, room, room if first is None else first - head_height)
    is_whole = len(pages) <= MOST_PAGES
    if is_whole and first is None:  # no slide with the last row alone
        even = sum(needed for _, needed in sized) / len(pages)
        aims = (min(even * share, room) for share in (1.05, 1.15, 1.3))
        tries = (_row_pages(sized, aim, aim) for aim in aims)
        pages = next((found for found in tries if len(found) == len(pages)), pages)
    shown = pages if is_whole else pages[:FIRST_PAGES]
    numbers = tuple(columns.is_number[place] for place in kept)
    return TablePages(
        heads, tuple(widths), numbers, tuple(tuple(page) for page in shown), head_height, is_whole
    )


Row = tuple[tuple[str, ...], float]


def _row_pages(rows: Sequence[Row], room: float, first: float) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    for row in rows:
        has_rows = len(pages) == 1 or pages[-1]  # the first may stay empty: its room may be small
        if has_rows and sum(needed for _, needed in pages[-1]) + row[1] > first:
            pages.append([])
            first = room
        pages[-1].append(row)
    return pages


def _row_height(cells: Sequence[str], widths: Sequence[float], bold: bool = False) -> float:
    lines = max(
        len(wrap(cell, LEAST, width - 2 * CELL_MARGIN, bold)) or 1
        for cell, width in zip(cells, widths, strict=True)
    )
    return lines * LINE * LEAST + CELL_MARGIN


def _fit(cell: str, width: float, room: float) -> str:
    """A cell that is taller than a slide, cut: the workbook has all of it."""
    lines = wrap(cell, LEAST, width - 2 * CELL_MARGIN)
    most = int((room - CELL_MARGIN) // (LINE * LEAST))
    return cell if len(lines) <= most else " ".join(lines[:most])[:-1].rstrip() + _CUT


def _widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], weights: Sequence[float], total: float
) -> list[float]:
    """pt of each column: what its words need, the rest by weight or by how much text it has."""
    least, wanted = [], []
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows]
        words = [text_width(w, LEAST, bold=True) for w in head.split()]
        words += [text_width(w, LEAST) for cell in cells for w in cell.split()]
        least.append(min(max(words, default=0), _LONGEST_WORD) + 2 * CELL_MARGIN)
        longest = max((text_width(cell, LEAST) for cell in cells), default=0)
        named = min(text_width(head, LEAST, bold=True), _LONGEST_WORD)
        wanted.append(min(max(longest, named), _WIDEST_CELL) + 2 * CELL_MARGIN)
    if sum(least) >= total:
        return [part * total / sum(least) for part in least]
    if weights:
        wanted = [weight * total / sum(weights) for weight in weights]
    more = [max(want - part, 0.0) for want, part in zip(wanted, least, strict=True)]
    left = total - sum(least)
    if not sum(more):
        return [part * total / sum(least) for part in least]
    return [part + left * extra / sum(more) for part, extra in zip(least, more, strict=True)]

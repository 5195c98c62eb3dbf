"""Tables drawn in plain text: lines with tabs, rows with "|" (markdown), aligned columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.extract.text import Cell, Table

Row = tuple[Cell, ...]

_PIPE_RULE = re.compile(r"[\s|:+\-=]+")
_GAP = re.compile(r" {3,}|\u00a0{3,}")


@dataclass(frozen=True)
class DrawnTable(Table):
    """A table drawn in plain text; in one with aligned columns a cell may go on in the next row."""

    is_aligned: bool = False


def table_start(table: Table) -> int:
    """Where a table begins in the stored text."""
    return min((row[0].start for row in table.rows if row), default=0)


def table_end(table: Table) -> int:
    """Where a table ends in the stored text."""
    return max((cell.end for row in table.rows for cell in row), default=0)


def drawn_tables(text: str) -> Iterator[Table]:
    """Tables drawn with tabs, "|" or columns parted by three blanks, in the order of the text."""
    kind, block = "", list[tuple[int, str]]()
    at = 0
    for line in text.split("\n"):
        now = _kind(line)
        # A blank line does not end a table with "|" or tabs, but it is no row of it either.
        if now != kind and not (kind in ("|", "\t") and not line.strip()):
            yield from _block(kind, block)
            kind, block = now, []
        if now and now == kind:
            block.append((at, line))
        at += len(line) + 1
    yield from _block(kind, block)


def _kind(line: str) -> str:
    if "|" in line and line.count("|") > 1:
        return "|"
    if "\t" in line.strip():
        return "\t"
    return " " if _GAP.search(line.strip()) else ""


def _block(kind: str, lines: Sequence[tuple[int, str]]) -> Iterator[Table]:
    if kind == "|":
        rows = [_piped(at, line) for at, line in lines if not _PIPE_RULE.fullmatch(line)]
    elif kind == "\t":
        rows = [_cut(at, line, "\t") for at, line in lines]
    elif kind == " " and len(lines) > 1:
        rows = _aligned(lines)
    else:
        return
    if len(rows) > 1 and any(sum(c.end > c.start for c in row) > 1 for row in rows):
        yield DrawnTable(tuple(rows), is_aligned=kind == " ")


def _piped(at: int, line: str) -> Row:
    inner_start = line.index("|") + 1 if line.lstrip().startswith("|") else 0
    inner_end = line.rindex("|") if line.rstrip().endswith("|") else len(line)
    return _cut(at + inner_start, line[inner_start:inner_end], "|")


def _cut(at: int, line: str, sign: str) -> Row:
    cells = []
    for piece in line.split(sign):
        cells.append(_trimmed(at, piece))
        at += len(piece) + 1
    return tuple(cells)


def _trimmed(at: int, piece: str) -> Cell:
    start = at + len(piece) - len(piece.lstrip(" \t*_"))
    return Cell(start, max(start, at + len(piece.rstrip(" \t*_"))))


def _aligned(lines: Sequence[tuple[int, str]]) -> list[Row]:
    """Rows of columns parted by three blanks or more; a piece goes to the column it lies under."""
    pieces = []
    for at, line in lines:
        cells, start = [], len(line) - len(line.lstrip())
        for gap in _GAP.finditer(line, start):
            if gap.end() < len(line):
                cells.append((start, gap.start()))
                start = gap.end()
        cells.append((start, len(line.rstrip())))
        pieces.append((at, cells))
    columns = max((cells for _, cells in pieces), key=len)
    rows = []
    for at, cells in pieces:
        row: list[Cell] = [Cell(at + cells[0][0], at + cells[0][0])] * len(columns)
        for start, end in cells:
            i = max(range(len(columns)), key=lambda c: _shared_width(columns[c], (start, end)))
            if row[i].end == row[i].start:
                row[i] = Cell(at + start, at + end)
            else:
                row[i] = Cell(row[i].start, at + end)
        rows.append(tuple(row))
    return rows


def _shared_width(column: tuple[int, int], piece: tuple[int, int]) -> int:
    return min(column[1], piece[1]) - max(column[0], piece[0])

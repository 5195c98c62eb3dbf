"""Rows of the tables of a document as tasks: what they are, their hierarchy, their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from etl.extract.tables import Columns, cell_text, find_columns, find_tables
from etl.extract.tables_drawn import DrawnTable, Row
from etl.extract.text import DocumentText, Table, fold_text

ORDINAL: Final = re.compile(r"\(?([IVXL]+|[A-H]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\)?[.)]?")
_TOTAL = re.compile(r"(?:tong|cong)(?=\W|$)")
_NOT_TOTAL = re.compile(
    r"tong\s+(?:hop|ket|cuc|cong ty|thuat|ra soat|dai ly|dieu tra|bien tap)"
    r"|cong\s+(?:tac|thong tin|bo|chuc|an|doan|nghe|dong|khai)"
)


@dataclass
class TableRow:
    """A row of a table: its ordinal with that of its group ("I.2"), and the cells of its roles.

    `level` is 0 for the total, else 1 and deeper; `more` holds rows in which cells go on.
    """

    cells: Row
    columns: Columns
    ordinal: str | None
    level: int
    is_total: bool
    table: Table
    more: list[Row] = field(default_factory=list)
    has_parts: bool = False

    @property
    def start(self) -> int:
        """Where the row begins."""
        return next((c.start for c in self.cells if c.end > c.start), self.cells[0].start)

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return max(c.end for row in (self.cells, *self.more) for c in row)

    def text(self, doc: DocumentText, role: str) -> str:
        """The text of the cell of a role with single blanks; "" where there is none."""
        index = self.columns.index.get(role)
        texts = [cell_text(doc, row, index) for row in (self.cells, *self.more)]
        return " ".join(text for text in texts if text)


def table_rows(doc: DocumentText) -> Iterator[list[TableRow]]:
    """The rows of each table of tasks or money, in their order."""
    for table in find_tables(doc):
        columns = find_columns(table, doc)
        if columns is not None:
            rows = _read_rows(doc, table, columns)
            _mark_parts(rows)
            if rows:
                yield rows


def _read_rows(doc: DocumentText, table: Table, columns: Columns) -> list[TableRow]:
    rows: list[TableRow] = []
    group = ""
    sums = [c.index for c in columns.amounts] + ([columns.total.index] if columns.total else [])
    for cells in table.rows[columns.first_row :]:
        said = [cell_text(doc, cells, i) for i in range(len(cells))]
        if not any(said):
            continue
        printed = cell_text(doc, cells, columns.index.get("ordinal"))
        task = cell_text(doc, cells, columns.index.get("task"))
        match = ORDINAL.fullmatch(printed)
        first = fold_text(next(s for s in said if s))
        folded = fold_text(task)
        is_total = _is_total(folded) or _is_total(first) or _is_total(fold_text(printed))
        has_sum = any(re.search(r"\d", cell_text(doc, cells, i)) for i in sums)
        if rows and not match and not is_total and not has_sum:
            if isinstance(table, DrawnTable) and table.is_aligned:
                rows[-1].more.append(cells)
                continue
        if not task and not is_total and not has_sum:
            continue
        ordinal = match[1] if match else None
        if is_total:
            # "Cộng" below a group is the total of that group only.
            level = 1 if re.match(r"\W*cong\b(?!\s+\()", folded or first) and group else 0
            rows.append(TableRow(cells, columns, None, level, True, table))
            continue
        level = _level(ordinal)
        if ordinal and level <= 2:
            group = ordinal
        elif ordinal and group and level > 2:
            ordinal = f"{group}.{ordinal}" if not ordinal.islower() else ordinal
        if ordinal and ordinal.islower() and rows and not ordinal[0].isdigit():
            above = next((r for r in reversed(rows) if r.level < level and r.ordinal), None)
            ordinal = f"{above.ordinal}.{ordinal}" if above else ordinal
        rows.append(TableRow(cells, columns, ordinal, level, False, table))
    return rows


def _is_total(folded: str) -> bool:
    folded = folded.strip("*_-+.: ")
    return bool(_TOTAL.match(folded) and not _NOT_TOTAL.match(folded) and len(folded) < 80)


def _level(ordinal: str | None) -> int:
    """A 1, I 2, 1 3, 1.1 4, 1.1.1 5, a 7, none 8."""
    if ordinal is None:
        return 8
    if re.fullmatch(r"[IVXL]+", ordinal):
        return 2
    if re.fullmatch(r"[A-H]", ordinal):
        return 1
    if ordinal[0].isdigit():
        return 3 + ordinal.count(".")
    return 7


def _mark_parts(rows: Sequence[TableRow]) -> None:
    for row, following in pairwise(rows):
        if not row.is_total and not following.is_total and following.level > row.level:
            row.has_parts = True

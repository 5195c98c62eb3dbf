"""Budget lines of a table: a line per sum, totals with their parts by ordinals and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from etl.extract.amounts import DecimalMark, decimal_mark
from etl.extract.tables import AmountColumn, cell_text
from etl.extract.tables_drawn import table_end, table_start
from etl.extract.tasks import amount_of_cell, short_title
from etl.extract.tasks_tables import TableRow
from etl.extract.text import DocumentText, Item

_EMPTY = re.compile(r"[\s\-–—.,0x/]*", re.IGNORECASE)
_LONGEST_QUOTE = 400


def table_lines(
    doc: DocumentText,
    rows: Sequence[TableRow],
    header: Item,
    stage: str | None,
    first_index: int,
) -> tuple[list[Item], list[Item]]:
    """Lines of one table (`parent` counts from `first_index`) and what is doubtful in it."""
    columns = rows[0].columns
    if columns.total is None and not columns.amounts:
        return [], []
    mark = _mark(doc, rows[0])
    lines: list[Item] = []
    warnings: list[Item] = []
    heads: list[tuple[TableRow, int]] = []  # rows with a line for their whole sum
    has_unit = True
    for row in rows:
        main = None
        if columns.total is not None:
            main, is_printed = _add(doc, lines, row, columns.total, header, stage, mark)
            has_unit = has_unit and not (is_printed and main is None)
            if main is not None:
                heads.append((row, main))
        for column in columns.amounts:
            part, is_printed = _add(doc, lines, row, column, header, stage, mark)
            has_unit = has_unit and not (is_printed and part is None)
            if part is not None and main is not None:
                lines[part]["parent"] = main
                lines[main]["is_total"] = True
    if not has_unit:
        warnings.append(_without_unit(doc, rows))
    warnings += _check_sources(lines)
    if columns.total is not None:
        warnings += _join(lines, heads)
    for line in lines:
        line["parent"] = None if line["parent"] is None else line["parent"] + first_index
    return lines, warnings


def _add(
    doc: DocumentText,
    lines: list[Item],
    row: TableRow,
    column: AmountColumn,
    header: Item,
    stage: str | None,
    mark: DecimalMark,
) -> tuple[int | None, bool]:
    """Add the line of one cell; its index, and whether a number is printed at all."""
    printed = cell_text(doc, row.cells, column.index)
    if _EMPTY.fullmatch(printed) or not re.search(r"\d", printed):
        return None, False
    amount = amount_of_cell(printed, column.dong_per_unit, mark)
    if amount is None:
        return None, True
    title = short_title(row.text(doc, "task"))
    # The quote holds the sum, which may stand far behind in a long row.
    cell = row.cells[column.index]
    start = row.start if cell.end - row.start <= _LONGEST_QUOTE else cell.start
    line: dict[str, Any] = doc.item(
        start,
        cell.end,
        task=None if row.is_total else row.ordinal or title or None,
        amount_million_vnd=amount,
        as_printed=printed,
        funding_source=column.funding_source or row.text(doc, "source") or None,
        year=column.year or header.get("plan_year"),
        stage=stage,
        is_total=row.is_total or row.has_parts,
        parent=None,
    )
    lines.append(line)
    return len(lines) - 1, True


def _mark(doc: DocumentText, row: TableRow) -> DecimalMark:
    """The decimal mark that the table's numbers show, else that of the whole document."""
    text = doc.text[table_start(row.table) : table_end(row.table)]
    return decimal_mark(text) or decimal_mark(doc.text)


def _join(lines: Sequence[Item], heads: Sequence[tuple[TableRow, int]]) -> list[Item]:
    """Give rows their totals by depth of ordinal, and check each total against its parts."""
    parts: dict[int, list[int]] = {}
    open_rows: list[tuple[int, int]] = []  # depth and line of the rows that may hold others
    grand: int | None = None
    tops: list[int] = []
    group: list[int] = []  # rows since the last "Cộng"
    for row, index in heads:
        if row.is_total and row.level > 0:
            parts[index] = group
            tops = [top for top in tops if top not in group] + [index]
            group = []
            continue
        if row.is_total:
            grand = index if grand is None else grand
            continue
        while open_rows and open_rows[-1][0] >= row.level:
            open_rows.pop()
        if open_rows:
            parts.setdefault(open_rows[-1][1], []).append(index)
        else:
            tops.append(index)
            group.append(index)
        open_rows.append((row.level, index))
    if grand is not None and tops:
        parts[grand] = tops
    warnings = []
    for total, own in parts.items():
        for part in own:
            lines[part]["parent"] = total
        lines[total]["is_total"] = True
        warnings += _differs(lines, total, own) if own else []
    return warnings


def _check_sources(lines: Sequence[Item]) -> list[Item]:
    """Sums by source beside the row's whole sum; before rows get their own totals."""
    by_total: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line["parent"] is not None:
            by_total.setdefault(line["parent"], []).append(index)
    return [w for total, parts in by_total.items() for w in _differs(lines, total, parts)]


def _differs(lines: Sequence[Item], total: int, parts: Sequence[int]) -> list[Item]:
    printed = Decimal(str(lines[total]["amount_million_vnd"]))
    added = sum((Decimal(str(lines[i]["amount_million_vnd"])) for i in parts), Decimal(0))
    if added == printed:
        return []
    message = (
        f"The total {printed} million VND is printed, its parts add up to {added} million VND."
    )
    evidence = lines[total]["evidence"]
    return [{"code": "total_differs_from_parts", "message": message, "evidence": evidence}]


def _without_unit(doc: DocumentText, rows: Sequence[TableRow]) -> Item:
    start = table_start(rows[0].table)
    end = min(table_end(rows[0].table), start + _LONGEST_QUOTE)
    return {
        "code": "amount_without_unit",
        "message": "Sums of a table have no unit or can be read in two ways; they were left out.",
        "evidence": doc.evidence(start, end),
    }

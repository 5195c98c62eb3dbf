"""Tables of provinces and the state of their regulations, from DOCX, XLSX and HTML."""

from __future__ import annotations

import re

from domain.provinces import ProvinceRegister
from etl.extract.named_provinces import ProvinceList, find_named_provinces
from etl.extract.statuses_wording import regulation_class
from etl.extract.text import Cell, DocumentText, Item, Table, squeeze

# A cell that only ticks its column.
_TICK = re.compile(r"[xX✓✔√vV]|co")
# A cell that denies its column.
_NO = re.compile(r"(?:khong|chua)(?: (?:co|ap dung|ban hanh|thuc hien))?|0|[-–/.]+")
_CAPTION = 400


def table_statuses(
    doc: DocumentText, register: ProvinceRegister, vintage: int
) -> tuple[list[Item], list[tuple[int, int]]]:
    """Statuses told by tables, and the places of those tables, which hold no sentences."""
    items: list[Item] = []
    spans: list[tuple[int, int]] = []
    for table in doc.tables:
        cells = [cell for row in table.rows for cell in row]
        if not cells or len(table.rows) < 2:
            continue
        start, end = min(c.start for c in cells), max(c.end for c in cells)
        if "quy che" not in squeeze(doc.folded[max(0, start - _CAPTION) : end]):
            continue
        found = _statuses(doc, table, register, vintage)
        if found:
            items += found
            spans.append((start, end))
    return items, spans


def _statuses(
    doc: DocumentText, table: Table, register: ProvinceRegister, vintage: int
) -> list[Item]:
    heads = [_words(doc, cell) for cell in table.rows[0]]
    items: list[Item] = []
    for row in table.rows[1:]:
        for column, cell in enumerate(row):
            named = _only_names(doc, cell, register, vintage)
            if named is None:
                continue
            of_column = regulation_class(heads[column], True) if column < len(heads) else None
            of_row = _class_of_row(doc, row, column, heads) or of_column
            if of_row is None:
                continue
            end = max(c.end for c in row) if of_column is None else cell.end
            for name in named.names:
                start, stop = name.start, min(max(end, name.end), name.start + 400)
                fields: Item = {"province_code_gso": name.province.code_gso, "class": of_row}
                items.append(doc.item(start, stop, **fields))
    return items


def _words(doc: DocumentText, cell: Cell) -> str:
    return squeeze(doc.folded[cell.start : cell.end])


def _only_names(
    doc: DocumentText, cell: Cell, register: ProvinceRegister, vintage: int
) -> ProvinceList | None:
    """The list that fills a cell; None where the cell holds other words."""
    if cell.end - cell.start > 1500:
        return None
    lists = find_named_provinces(doc, register, vintage, cell.start, cell.end)
    if len(lists) != 1:
        return None
    rest = doc.folded[cell.start : lists[0].start] + doc.folded[lists[0].end : cell.end]
    rest = re.sub(r"\b(?:cac|tinh|thanh pho|tp)\b|[\W\d]", "", rest)
    return lists[0] if not rest and lists[0].names else None


def _class_of_row(
    doc: DocumentText, row: tuple[Cell, ...], column: int, heads: list[str]
) -> str | None:
    """The one class that the other cells of a row give; None for none or two."""
    classes = set()
    for i, cell in enumerate(row):
        words = _words(doc, cell)
        if i == column or not words or _NO.fullmatch(words):
            continue
        if _TICK.fullmatch(words):
            classes.add(regulation_class(heads[i], True) if i < len(heads) else None)
        else:
            head = heads[i] if i < len(heads) else ""
            classes.add(regulation_class(words, True) or regulation_class(f"{head}: {words}", True))
    classes.discard(None)
    return classes.pop() if len(classes) == 1 else None

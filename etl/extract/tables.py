"""Tables of a document: those of its reader, those drawn in its text, and what their columns hold.

An annex "Phụ lục nhiệm vụ và kinh phí" has the columns STT, Nội dung, Đơn vị chủ trì, Đơn vị phối
hợp, Thời gian, Kinh phí, Nguồn kinh phí, Ghi chú, in any order and number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from etl.extract.amounts import column_unit
from etl.extract.tables_drawn import Row, drawn_tables, table_end, table_start
from etl.extract.text import DocumentText, Table, squeeze


@dataclass(frozen=True)
class AmountColumn:
    """A column of sums: what its head says about the money."""

    index: int
    funding_source: str | None = None
    year: int | None = None
    dong_per_unit: int | None = None


@dataclass(frozen=True)
class Columns:
    """What a table's columns hold: role → index, its columns of sums, and its first row of data."""

    index: dict[str, int]
    first_row: int
    amounts: tuple[AmountColumn, ...] = field(default=())
    total: AmountColumn | None = None


# Folded head of a column → role; the first that fits. A unit price or a number of items is no sum.
_ROLES: Final = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("ordinal", r"^(?:stt|tt|s\.?t\.?t|so\s*tt|so thu tu|thu tu)\b"),
        ("note", r"^ghi chu|^can cu"),
        ("none", r"don gia|dinh muc|so luong|khoi luong|^dvt$|^don vi tinh(?!.*dong)|ty le"),
        ("both", r"chu tri.{0,20}phoi hop|phoi hop.{0,20}chu tri"),
        ("partner", r"phoi hop"),
        ("lead", r"chu tri"),
        ("due", r"thoi gian|tien do|thoi han|thoi diem|hoan thanh"),
        ("source", r"nguon(?:\s+(?:kinh phi|von|luc|tien|chi|thuc hien|dam bao))?\b(?!.*dong)"),
        ("amount", r"kinh phi|so tien|thanh tien|du toan|tong (?:so|cong|muc|kinh)|^tong|muc chi"),
        ("doer", r"(?:don vi|co quan|to chuc|phong|bo phan).{0,12}(?:thuc hien|tham muu)"),
        ("task", r"noi dung|nhiem vu|hoat dong|cong viec|hang muc|chi tieu|ten "),
        ("doer", r"^(?:don vi|co quan)$|thuc hien$|phu trach"),
    )
)
_SOURCE_HEAD = re.compile(
    r"ngan sach|\bns(?:tw|dp|nn|\s)|trung uong|dia phuong|xa hoi hoa|tai tro|von|\btw\b|nguon khac"
    r"|hop phap|su nghiep|cap tinh|cap huyen|doi ung"
)
_YEAR_HEAD = re.compile(r"(?:nam\s*)?((?:19|20)\d\d)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-h])\)?(?:\s*=.*)?")
_LOOKED_AT: Final = 5
_CAPTION: Final = 300


def find_tables(doc: DocumentText) -> list[Table]:
    """The tables of the reader and those drawn with tabs, "|" or aligned columns, by position."""
    found = [table for table in doc.tables if table.rows]
    taken = [(table_start(table), table_end(table)) for table in found]
    text = doc.text
    if "\t" in text or "|" in text or "   " in text:
        for table in drawn_tables(text):
            start, end = table_start(table), table_end(table)
            if all(end <= a or start >= b for a, b in taken):
                found.append(table)
    return sorted(found, key=table_start)


def cell_text(doc: DocumentText, row: Row, index: int | None) -> str:
    """The text of a cell with single blanks, without marks of bold; "" where there is none."""
    if index is None or not 0 <= index < len(row):
        return ""
    return squeeze(doc.text[row[index].start : row[index].end].replace("**", "")).strip("*_ ")


def _folded_row(doc: DocumentText, row: Row) -> list[str]:
    return [" ".join(doc.folded[c.start : c.end].replace("*", " ").split()) for c in row]


def _role(head: str) -> str | None:
    return next((role for role, pattern in _ROLES if pattern.search(head)), None)


def find_columns(table: Table, doc: DocumentText) -> Columns | None:
    """Which column holds what, by the first rows; None where that is no table of tasks or money.

    Roles: ordinal, task, lead, partner, both (lead and partners in one), doer, due, amount,
    source, note. The head may have two rows: "Kinh phí" over "Tổng số", "NSTW", "NSĐP".
    """
    for number, row in enumerate(table.rows[:_LOOKED_AT]):
        heads = _folded_row(doc, row)
        if any(len(head) > 120 for head in heads):
            continue
        roles = [_role(head) if head else None for head in heads]
        if "task" not in roles or len({r for r in roles if r}) < 2:
            continue
        index: dict[str, int] = {}
        for i, role in enumerate(roles):
            if role and role not in ("none", "amount"):
                index.setdefault(role, i)
        if index.get("doer") is not None and "lead" not in index and "both" not in index:
            index["lead"] = index["doer"]
        unit = _caption_unit(table, doc, number)
        return _with_amounts(doc, table, number, heads, roles, index, unit)
    return None


def _caption_unit(table: Table, doc: DocumentText, head_row: int) -> int | None:
    """The unit printed above the head: in the caption or in a first row of the table."""
    start = table.rows[head_row][0].start
    caption = doc.folded[max(0, start - _CAPTION) : start]
    at = max(caption.rfind("don vi"), caption.rfind("dvt"))
    return column_unit(caption[at : at + 60]) if at >= 0 else None


def _with_amounts(
    doc: DocumentText,
    table: Table,
    number: int,
    heads: list[str],
    roles: Sequence[str | None],
    index: dict[str, int],
    unit: int | None,
) -> Columns:
    amounts = [i for i, role in enumerate(roles) if role == "amount"]
    sources = [
        i for i, head in enumerate(heads)
        if roles[i] in (None, "source") and _SOURCE_HEAD.search(head) and head != "nguon kinh phi"
        and (roles[i] is None or column_unit(head))
    ]  # fmt: skip
    columns = [_amount_column(doc, table.rows[number], heads, i, unit) for i in amounts + sources]
    first = number + 1
    under = _second_head(doc, table, number, amounts, index)
    if under:
        first, columns, width = under[0] + 1, [], len(under[1])
        at = amounts[0] if len(under[1]) < len(heads) else 0
        main = _amount_column(doc, table.rows[number], heads, amounts[0], unit)
        row = table.rows[under[0]]
        for i, head in enumerate(under[1]):
            column = _amount_column(doc, row, under[1], i, main.dong_per_unit)
            if head and (at or i >= amounts[0]) and i + at not in index.values():
                columns.append(
                    AmountColumn(
                        i + at, column.funding_source, column.year or main.year,
                        column.dong_per_unit,
                    )
                )  # fmt: skip
        if at and len(table.rows) > first and len(table.rows[first]) >= len(heads) + width - 1:
            for role, i in index.items():
                index[role] = i + width - 1 if i > amounts[0] else i
    while first < len(table.rows) and _is_numbering(_folded_row(doc, table.rows[first])):
        first += 1
    plain = [c for c in columns if c.funding_source is None and c.year is None]
    parts = tuple(c for c in columns if c not in plain)
    total = plain[0] if plain else None
    if total:
        index["amount"] = total.index
    return Columns(index, first, parts, total)


def _second_head(
    doc: DocumentText, table: Table, number: int, amounts: list[int], index: dict[str, int]
) -> tuple[int, list[str]] | None:
    """The row below the head that parts "Kinh phí" into sources or years, if there is one."""
    if not amounts or number + 1 >= len(table.rows):
        return None
    below = _folded_row(doc, table.rows[number + 1])
    said = [h for h in below if h and not _NUMBERED.fullmatch(h)]
    fits = [
        h for h in said
        if len(h) < 60 and (
            re.match(r"tong|cong\b", h) or _SOURCE_HEAD.search(h) or _YEAR_HEAD.fullmatch(h)
        )
    ]  # fmt: skip
    ordinal = index.get("ordinal")
    has_ordinal = (
        ordinal is not None
        and len(below) > ordinal
        and re.fullmatch(r"[ivx\d.]+", below[ordinal]) is not None
    )
    return (number + 1, below) if len(fits) > 1 and not has_ordinal else None


def _amount_column(
    doc: DocumentText, row: Row, heads: Sequence[str], i: int, unit: int | None
) -> AmountColumn:
    head = heads[i]
    year = _YEAR_HEAD.search(head)
    is_source = _SOURCE_HEAD.search(head) and not re.search(r"tong|^kinh phi|nguon kinh phi", head)
    printed = squeeze(re.sub(r"\([^)]*\)", "", cell_text(doc, row, i))) if is_source else None
    return AmountColumn(
        i, printed or None, int(year[1]) if year else None, column_unit(head) or unit
    )


def _is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), or A B 1 2."""
    said = [c for c in cells if c]
    return len(said) > 2 and all(_NUMBERED.fullmatch(c) for c in said)

"""Which provinces a document says to have a current, an outdated or only a general regulation.

The ministry and the Government speak of all provinces, a province of itself alone. A list takes
the statement that stands around it in its sentence, or the heading that it is listed under.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.provinces import ProvinceRegister
from domain.vintages import vintage_at
from etl.extract.named_provinces import (
    ProvinceList,
    find_named_provinces,
    list_warnings,
    province_names,
)
from etl.extract.statuses_tables import table_statuses
from etl.extract.statuses_wording import is_about_regulation, is_left_out, regulation_class
from etl.extract.text import DocumentText, Item, squeeze
from etl.extract.wording import clause_at, clause_cuts, readable, sentence_at, windows

_REGULATION = re.compile(r"\bquy\s+che\b")
# Words without which no class can be told; names are looked for in their neighbourhood only.
_ANCHORS = (
    "79/2010", "79 /2010", "dinh so 79", "dinh 79", "qd 79", "qd79", "72/2015", "dinh so 72",
    "dinh 72", "22/2016", "thong nhat", "quy che chung", "quy che doi ngoai", "chua ban hanh",
    "che quan ly cac hoat dong", "che quan ly hoat dong", "chua sua",
    "quy dinh hien hanh",
)  # fmt: skip
_OWN_ANCHORS = _ANCHORS[:12]
_STATES = re.compile(r"\b(?:da|chua|van|chi|moi)\b")
_BEFORE, _BEHIND = 1500, 2500
_PLURAL_HEAD = re.compile(r"\b(?:con\s+)?(?:cac\s+)?(?:tinh|thanh\s+pho|dia\s+phuong)\b")
_LIST_SIGNS = " \t\n-+*•·#|(0123456789.)"
_NATIONAL = ("ministry", "government", "party")
# Decision 79/2010 was the base in force until Decree 72/2015.
_DECREE_72 = dt.date(2015, 9, 7)
_UNTOLD = "status_without_class"


@dataclass
class _Statement:
    """Around one list: where its clause begins and ends, and the heading above it."""

    start: int
    end: int
    heading: tuple[int, int] | None


def vintage_of(header: Item) -> int:
    """Vintage of the provinces that a document names: by its date, else by its plan year."""
    if header.get("issued_date"):
        return vintage_at(dt.date.fromisoformat(header["issued_date"])).key
    if header.get("plan_year"):
        return vintage_at(dt.date(header["plan_year"], 1, 1)).key
    return 2008


def find_regulation_statuses(
    doc: DocumentText, header: Item, register: ProvinceRegister
) -> tuple[list[Item], list[Item]]:
    """(items with `province_code_gso` and `class`, warnings), both in the order of the text."""
    if not _REGULATION.search(doc.folded) or _is_before_decree_72(header):
        return [], []
    vintage = vintage_of(header)
    level = header.get("issuer_level")
    if level == "province":
        return _unique(_own_statuses(doc, header, register, vintage)), []
    if level not in _NATIONAL:
        return [], []
    tabled, spans = table_statuses(doc, register, vintage)
    items, warnings = list(tabled), []
    lists = [
        found
        for window in _windows(doc)
        for found in find_named_provinces(doc, register, vintage, *window)
        if not any(start <= found.start < end for start, end in spans)
    ]
    statements = _statements(doc, lists)
    for found, statement in zip(lists, statements):
        stated = list(_stated(doc, found, statement))
        words = _words(doc, statement)
        if stated or is_about_regulation(words):
            warnings += list_warnings(doc, [found])
        items += stated
        if not stated and is_about_regulation(words) and found.names:
            warnings.append(_untold(doc, found))
    items = _unique(sorted(items, key=lambda item: item["evidence"]["start"]))
    told = {item["province_code_gso"] for item in items}
    kept = [w for w in warnings if w["code"] != _UNTOLD or not set(w.pop("codes")) <= told]
    return items, kept + _conflicts(items)


def _is_before_decree_72(header: Item) -> bool:
    date = header.get("issued_date")
    return date is not None and dt.date.fromisoformat(date) < _DECREE_72


def _windows(doc: DocumentText) -> Iterator[tuple[int, int]]:
    for start, end in windows(doc.folded, _ANCHORS, _BEFORE, _BEHIND):
        if _REGULATION.search(doc.folded, start, end):
            yield start, end


def _statements(doc: DocumentText, lists: list[ProvinceList]) -> list[_Statement]:
    statements: list[_Statement] = []
    for i, found in enumerate(lists):
        before = lists[i - 1].end if i else 0
        start = _clause_start(doc, found, before)
        heading = _heading(doc, start, found, before)
        if heading is None and statements and _is_next_item(doc, lists[i - 1], found):
            heading = statements[-1].heading
        if statements:
            statements[-1].end = min(statements[-1].end, start)
        _, end = sentence_at(doc, max(found.start, found.end - 1))
        end = next((cut for cut in clause_cuts(doc, found.end, end)), end)
        statements.append(_Statement(start, max(end, found.end), heading))
    return statements


def _clause_start(doc: DocumentText, found: ProvinceList, before: int) -> int:
    """Where the clause of a list begins; words behind the list before it may belong to that one."""
    sentence, _ = sentence_at(doc, found.start)
    start = max(sentence, before)
    cuts = [cut + 1 for cut in clause_cuts(doc, start, found.start)]
    if cuts:
        start = cuts[-1]
    elif before > sentence:
        heads = list(_PLURAL_HEAD.finditer(doc.folded, start, found.start))
        start = heads[-1].start() if heads else found.start
        if found.head and before <= found.head.start < found.start:
            start = found.head.start
    elif found.head and start <= found.head.start < found.start:
        # "53 tỉnh đã ban hành …, còn 05 tỉnh, gồm:" speaks of two groups.
        if re.search(r"\d\s*(?:/\s*\d+\s*)?tinh\b", doc.folded[start : found.head.start]):
            start = found.head.start
    return start


def _heading(
    doc: DocumentText, start: int, found: ProvinceList, before: int
) -> tuple[int, int] | None:
    """The line with ":" that a list stands under, as "Các tỉnh chưa thay thế Quy chế …:"."""
    if doc.folded[start : found.start].strip(_LIST_SIGNS):
        return None
    end = start
    while end > before and doc.folded[end - 1] in _LIST_SIGNS:
        end -= 1
    if end <= before or doc.folded[end - 1] != ":":
        return None
    above, _ = sentence_at(doc, end - 1)
    return max(above, before), end


def _is_next_item(doc: DocumentText, last: ProvinceList, found: ProvinceList) -> bool:
    """Whether two lists are items of the same enumeration, each on a line of its own."""
    between = doc.folded[last.end : found.start]
    lines = [line.strip() for line in between.split("\n") if line.strip()]
    return "\n" in between and all(line[0] in "-+*•·|(:;,.0123456789" for line in lines)


def _words(doc: DocumentText, statement: _Statement) -> str:
    heading = doc.folded[slice(*statement.heading)] if statement.heading else ""
    return squeeze(f"{heading} {doc.folded[statement.start : statement.end]}")


def _stated(doc: DocumentText, found: ProvinceList, statement: _Statement) -> Iterator[Item]:
    """One item for each province of a list whose class is told."""
    before = squeeze(doc.folded[statement.start : found.start])
    behind = squeeze(doc.folded[found.end : statement.end])
    heading = squeeze(doc.folded[slice(*statement.heading)]) if statement.heading else ""
    of_list: str | None = None
    if is_left_out(before or heading, behind):
        pass
    elif statement.heading:
        of_list = regulation_class(f"{before} {behind}") or regulation_class(heading)
    elif regulation_class(before) and regulation_class(behind):
        same = regulation_class(before) == regulation_class(behind)
        of_list = regulation_class(behind) if same else None
    else:
        of_list = regulation_class(f"{before} . {behind}") if before else regulation_class(behind)
    for i, name in enumerate(found.names):
        next_start = found.names[i + 1].start if i + 1 < len(found.names) else found.end
        comment = squeeze(doc.folded[name.end : next_start])
        of_name = regulation_class(comment, is_cell=True) or of_list
        if of_name:
            start = statement.start if before else found.start
            span = readable(doc, start, statement.end, (name.start, name.end))
            yield _item(doc, span, name.province.code_gso, of_name)


def _item(doc: DocumentText, span: tuple[int, int], code: str, of_name: str) -> Item:
    fields: Item = {"province_code_gso": code, "class": of_name}
    return doc.item(*span, **fields)


def _untold(doc: DocumentText, found: ProvinceList) -> Item:
    names = ", ".join(name.province.name for name in found.names)
    return {
        "code": _UNTOLD,
        "message": f"{names}: what the document says of their regulations fits no class",
        "evidence": doc.evidence(*readable(doc, found.start, found.end, (found.start, found.end))),
        "codes": [name.province.code_gso for name in found.names],
    }


def _own_statuses(
    doc: DocumentText, header: Item, register: ProvinceRegister, vintage: int
) -> Iterator[Item]:
    """What a province says of itself, by name, in a sentence of its document."""
    read = -1
    for window in windows(doc.folded, _OWN_ANCHORS, 400, 400):
        for regulation in _REGULATION.finditer(doc.folded, *window):
            if regulation.start() < read:
                continue
            start, read = clause_at(doc, regulation.start())
            if item := _own_status(doc, header, register, vintage, start, read):
                yield item


def _own_status(
    doc: DocumentText, header: Item, register: ProvinceRegister, vintage: int, start: int, end: int
) -> Item | None:
    words = squeeze(doc.folded[start:end])
    of_clause = regulation_class(words) if _STATES.search(words) else None
    if of_clause is None:
        return None
    for name in province_names(doc, register, vintage, start, end):
        if name.province.code_gso == header.get("province_code_gso"):
            if is_left_out(squeeze(doc.folded[start : name.start]), doc.folded[name.end : end]):
                return None
            span = readable(doc, start, end, (name.start, name.end))
            return _item(doc, span, name.province.code_gso, of_clause)
    return None


def _unique(items: Iterator[Item] | list[Item]) -> list[Item]:
    """Each (province, class) once: the first place that says so."""
    kept: dict[tuple[str, str], Item] = {}
    for item in items:
        kept.setdefault((item["province_code_gso"], item["class"]), item)
    return list(kept.values())


def _conflicts(items: list[Item]) -> list[Item]:
    """A warning for each province that one document puts into two classes."""
    first: dict[str, Item] = {}
    warnings = []
    for item in items:
        other = first.setdefault(item["province_code_gso"], item)
        if other is not item:
            warnings.append({
                "code": "two_classes_for_province",
                "message": (
                    f"province {item['province_code_gso']} is said to be {other['class']}"
                    f" and {item['class']}"
                ),
                "evidence": item["evidence"],
            })  # fmt: skip
    return warnings

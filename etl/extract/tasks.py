"""Tasks of a plan or of a guidance letter: what, who leads, who takes part, when, what money.

Three sources: the numbered items of a plan's parts on content, the rows of its annex ("Phụ lục
nhiệm vụ và kinh phí"), and the numbered items of a letter that guides the plans of a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from etl.extract.amounts import DecimalMark, decimal_mark, find_amounts, in_million, parse_number
from etl.extract.amounts_sources import source_behind, source_in
from etl.extract.tables_drawn import table_end, table_start
from etl.extract.tasks_due import parse_due
from etl.extract.tasks_roles import Roles, bodies_by_mark, bodies_of_value, find_roles
from etl.extract.tasks_sections import (
    GENERIC,
    Node,
    content_leaves,
    is_structural,
    is_task_leaf,
    section_tree,
)
from etl.extract.tasks_tables import TableRow, table_rows
from etl.extract.text import DocumentText, Item, fold_text, squeeze

# Kinds of which every numbered item of the content is a task; of others only those with a lead.
PLANS: Final = frozenset({"plan", "department_plan", "programme"})
LONGEST_TITLE: Final = 200
LONGEST_QUOTE: Final = 600

_CHARGE_LENGTH, _SHORTEST_TITLE = 16, 30
_LEADS = re.compile(r"\bchu\s+tri\b")
_CHARGES = re.compile(r"\bchu\s+tri\b|\bgiao\s")
_MARKS = re.compile(r"\*\*|__|^#+\s*|^[*_]+|[*_]+$")
_LABEL = re.compile(r"\s*(?:[-+*•]\s*)?(?:noi dung|ten nhiem vu|nhiem vu|hoat dong)\s*:\s*")
_SENTENCE = re.compile(r"(?<!\btp)[.;](?=\s+\S)|:(?=\s)")
_FIRST_SENTENCE = re.compile(r"(?<!\bTP)(?<!\bT)\.\s+(?=[A-ZĐÂÊÔƠƯÁÀÚÍÝẤỨỦỞ])")
_BLANK_GROUP = re.compile(r"(?<=\d)\s(?=\d{3}\b)")


def find_tasks(doc: DocumentText, header: Item) -> list[Item]:
    """Tasks in the order of the text; a table row repeats none that the text has with its number.

    `ordinal` is the section path as found ("II.3.1"), for a row of a table its printed number,
    below a Roman row with that one's ("I.2").
    """
    tables = list(table_rows(doc))
    places = [(table_start(rows[0].table), table_end(rows[0].table)) for rows in tables]
    tasks = [
        _task(doc, header, node)
        for node in _task_nodes(doc, header)
        if doc.text[node.title_start : node.end].strip()  # a page may end behind a number
        and not any(start <= node.title_start < end for start, end in places)
    ]
    if header.get("kind") == "decision" and not header.get("plan_year"):
        tasks = [task for task in tasks if task["lead_bodies"]]
    tasks += [task for rows in tables for task in _row_tasks(doc, header, rows)]
    return sorted(tasks, key=lambda task: task["evidence"]["start"])


def _task_nodes(doc: DocumentText, header: Item) -> Iterator[Node]:
    nodes = section_tree(doc)
    kind = header.get("kind")
    content = list(content_leaves(doc, nodes)) if kind in PLANS or kind == "decision" else []
    if content:
        yield from content
    elif kind == "official_letter" and _guides(doc, header):
        for node in nodes:
            if not is_structural(node) and _is_leaf(doc, node):
                yield node
    else:
        # A letter asks others; notices, conclusions and directives charge ("Giao Sở A tham mưu …").
        charges = _LEADS if kind == "official_letter" else _CHARGES
        for node in nodes:
            if not is_structural(node) and _is_leaf(doc, node):
                if charges.search(doc.folded, node.start, node.end):
                    if find_roles(doc, node.title_start, node.end).leads:
                        yield node


def _is_leaf(doc: DocumentText, node: Node) -> bool:
    above = node.parent
    return is_task_leaf(doc, node) and not (above is not None and is_task_leaf(doc, above))


def _guides(doc: DocumentText, header: Item) -> bool:
    title = fold_text(header.get("title") or "")
    return bool(header.get("plan_year")) or ("huong dan" in title and "ke hoach" in title)


def _task(doc: DocumentText, header: Item, node: Node) -> Item:
    roles = find_roles(doc, node.title_start, node.end)
    _inherit(doc, node, roles)
    title = _title(doc, node, roles)
    amount, source = _money(doc, roles)
    end = roles.end
    if end - node.start > LONGEST_QUOTE or end <= node.title_start:
        end = min(max(node.title_end, node.title_start + 1), node.start + LONGEST_QUOTE)
    return doc.item(
        node.start,
        max(end, min(node.title_end, node.start + LONGEST_QUOTE)),
        ordinal=node.path,
        title=title,
        lead_bodies=roles.leads,
        partner_bodies=roles.partners,
        due=_due(roles.due, header),
        amount_million_vnd=amount,
        funding_source=source,
    )


def _inherit(doc: DocumentText, node: Node, roles: Roles) -> None:
    """Labels between a heading and its first item hold for all items that print none."""
    above = node.parent
    if roles.leads or roles.partners or above is None or is_structural(above):
        return
    said = find_roles(doc, above.title_start, above.own_end)
    if said.first_label is not None:
        roles.leads, roles.partners = said.leads, said.partners
        roles.due = roles.due or said.due


def _title(doc: DocumentText, node: Node, roles: Roles) -> str:
    """The heading without its number; where there is none, the first sentence, cut at a word."""
    title_end = node.title_end
    if roles.first_label is not None and node.title_start < roles.first_label < title_end:
        title_end = roles.first_label
    label = _LABEL.match(doc.folded, node.title_start, title_end)
    start = label.end() if label else node.title_start
    title = doc.text[start:title_end]
    if roles.sentence and len(title) > LONGEST_TITLE:
        # "Chỉ đạo Sở A chủ trì, phối hợp với Sở B triển khai …": what is to be done comes behind.
        first, last = roles.sentence
        if first - start <= _CHARGE_LENGTH and title_end - last > _SHORTEST_TITLE:
            title = doc.text[last:title_end]
    return short_title(title)


def short_title(text: str) -> str:
    """A title with single blanks and without marks of bold: at most about 200 characters."""
    title = squeeze(_MARKS.sub("", text)).strip(" .;:,*_#-(")
    if sentence := _FIRST_SENTENCE.search(title):
        title = title[: sentence.start()]
    if len(title) <= LONGEST_TITLE:
        return title
    for sentence in _SENTENCE.finditer(fold_text(title)):
        if 40 <= sentence.start() <= LONGEST_TITLE:
            return title[: sentence.start()].rstrip(" .;:,")
    return title[: title.rfind(" ", 0, LONGEST_TITLE + 1)].rstrip(" .;:,-")


def _due(printed: str | None, header: Item) -> Item | None:
    if not printed:
        return None
    first, last = parse_due(printed, header.get("plan_year"))
    return {"from": first, "to": last, "printed": printed}


def _money(doc: DocumentText, roles: Roles) -> tuple[int | float | None, str | None]:
    """The amount and source of a task's own line on money: its first amount, which is the total."""
    for start, end in roles.money:
        source = roles.source or source_in(doc, start, end)
        for amount in find_amounts(doc.folded, start, end, decimal_mark(doc.text)):
            behind = source_behind(doc, amount.end, end)
            return in_million(amount.dong), roles.source or behind or source
        if source:
            return None, source
    return None, roles.source


def _row_tasks(doc: DocumentText, header: Item, rows: list[TableRow]) -> Iterator[Item]:
    mark = decimal_mark(doc.text)
    bodies = [row_bodies(doc, row) for row in rows]
    held = _held_rows(rows, [bool(leads) for leads, _ in bodies])
    for row, (leads, partners), is_held in zip(rows, bodies, held):
        title = short_title(row.text(doc, "task"))
        if row.is_total or is_held or not title or GENERIC.match(fold_text(title)):
            continue
        amount = row_amount(doc, row, mark)
        source = row.text(doc, "source") or None
        due = squeeze(row.text(doc, "due")).strip(" .;,") or None
        yield doc.item(
            row.start,
            min(row.end, row.start + LONGEST_QUOTE),
            ordinal=row.ordinal,
            title=title,
            lead_bodies=leads,
            partner_bodies=partners,
            due=_due(due, header),
            amount_million_vnd=amount,
            funding_source=source,
        )


def _held_rows(rows: list[TableRow], has_leads: list[bool]) -> list[bool]:
    """Which rows are no tasks: groups, and the parts of a row that alone has a lead."""
    held = [False] * len(rows)
    for i, row in enumerate(rows):
        if not row.has_parts or held[i]:
            continue
        last = next(
            (j for j in range(i + 1, len(rows)) if rows[j].is_total or rows[j].level <= row.level),
            len(rows),
        )
        if has_leads[i] and not any(has_leads[i + 1 : last]):
            held[i + 1 : last] = [True] * (last - i - 1)
        else:
            held[i] = True
    return held


def row_bodies(doc: DocumentText, row: TableRow) -> tuple[list[str], list[str]]:
    """Leads and partners of a table row."""
    leads = bodies_of_value(row.text(doc, "lead"))
    partners = bodies_of_value(row.text(doc, "partner"))
    if "lead" in row.columns.index and "partner" not in row.columns.index:
        folded = fold_text(row.text(doc, "lead"))
        if "chu tri" in folded or "phoi hop" in folded:
            leads, partners = bodies_by_mark(row.text(doc, "lead"))
    if "both" in row.columns.index:
        leads, partners = bodies_by_mark(row.text(doc, "both"))
    return leads, partners


def row_amount(doc: DocumentText, row: TableRow, mark: DecimalMark) -> int | float | None:
    """The amount of a row's column of totals in million đồng; None where unit or number fails."""
    column = row.columns.total
    if column is None:
        return None
    return amount_of_cell(row.text(doc, "amount"), column.dong_per_unit, mark)


def amount_of_cell(printed: str, unit: int | None, mark: DecimalMark) -> int | float | None:
    """The amount of a cell in million đồng; `unit`: đồng per unit, where it prints none itself."""
    folded = fold_text(printed)
    own = next(find_amounts(folded, 0, len(folded), mark), None)
    if own is not None:
        return in_million(own.dong)
    # In a column of đồng nothing has three decimals: "350,000" is thousands.
    number = parse_number(_BLANK_GROUP.sub(".", printed), mark or ("." if unit == 1 else ""))
    if number is None or number <= 0 or unit is None:
        return None
    return in_million(number * unit)

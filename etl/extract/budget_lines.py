"""Sums of money that a document prints for its work: rows of its annex and sentences.

A line's `parent` is the index, in the list returned, of the total that it is a part of. Sums
without a unit, and numbers with two readings, give a warning and no line: nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Final

from etl.extract.amounts import (
    HINT,
    Amount,
    decimal_mark,
    find_amounts,
    has_unclear_amount,
    in_million,
)
from etl.extract.amounts_sources import source_before, source_behind
from etl.extract.budget_lines_tables import table_lines
from etl.extract.tables_drawn import table_end, table_start
from etl.extract.tasks_sections import task_spans
from etl.extract.tasks_tables import table_rows
from etl.extract.text import DocumentText, Item, squeeze

# Sums of these are no money for the document's own work.
_OTHER_MONEY = re.compile(
    r"\bphat\b|doanh thu|kim ngach|grdp|gdp|tong san pham|xuat khau|nhap khau|von dang ky|\bfdi\b"
    r"|thu ngan sach|thu hut|thu nhap|binh quan|gia tri san xuat|no cong|thiet hai|luong co so"
)
_WORK_MONEY = re.compile(
    r"kinh phi|ngan sach|nguon von|\bvon\b|du toan|tong (?:cong|so|muc)|giai ngan|phan bo|tai tro"
    r"|ho tro|\bcap\b|bo tri|so tien|xa hoi hoa|chi phi"
)
_MONEY_HEADING = re.compile(r"\W*(?:nguon\s+|du\s+toan\s+)?(?:kinh\s+phi|ngan\s+sach|du\s+toan)\b")
_STAGES: Final = (
    ("disbursed", re.compile(r"giai ngan|da chi\b|quyet toan")),
    ("donated", re.compile(r"tai tro|ung ho|quyen gop|hien tang|trao tang")),
    ("allocated", re.compile(
        r"\bphan bo|da (?:duoc )?(?:cap|giao|bo tri)|duoc (?:phan bo|cap|giao)\b"
        r"|\bgiao (?:du toan|von)|cap (?:kinh phi|bo sung)|bo sung kinh phi")),
)  # fmt: skip
_EXPECTED = re.compile(r"du toan|du kien|de xuat|ke hoach|nhu cau|de nghi")
_PLANNING: Final = frozenset(
    {"plan", "department_plan", "programme", "decision", "official_letter", "directive"}
)
_TOTAL = re.compile(r"tong\s+(?:kinh phi|cong|so|muc|du toan|nguon|von|nhu cau)|^\W*tong\b")
_PARTS = re.compile(r"[^.]{0,120}?(?:trong do|bao gom|gom(?: co)?|cu the|chia ra)\s*:?", re.DOTALL)
_LINE_START = re.compile(r"\n[ ]*(?P<bullet>[-+*•])[ ]")
_PARAGRAPH = re.compile(
    r"\n[ ]*\n(?![ ]*[-+*•])|\n(?=[ *#]*(?:[ivx]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)] )"
)
_SENTENCE = re.compile(
    r"\.(?=\s+[^\s\d])|\n[ ]*\n|\n(?=[ ]*[-+*•#|])|\n(?=\d{1,2}(?:\.\d{1,2})*[.)] |[ivx]{1,4}\. )"
)
_PART_END = re.compile(r"[,;\n)]|\.(?!\d)|$")
_OPENED = re.compile(r"(?:trong do|gom|cu the|chia ra)\s*:?")
_BULLET = re.compile(r"[\s\-+*•]*")
_YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
_PERIOD = re.compile(r"(?:19|20)\d\d\s*-\s*(?:nam\s+)?(?:19|20)\d\d")
_LONGEST_QUOTE: Final = 400
# "1. Chương trình A: 2.130 triệu đồng." behind a sum of the work is one of its items.
_LISTED = re.compile(r":[ *_]*$")
_LISTED_WITHIN: Final = 300
# "3.480 triệu đồng (ngân sách trung ương 3.164 triệu đồng, ngân sách tỉnh 316 triệu đồng)"
_BRACKET = re.compile(r"\s*\((?=[^()]*\))")


def find_budget_lines(
    doc: DocumentText, header: Item, tasks: Sequence[Item]
) -> tuple[list[Item], list[Item]]:
    """Budget lines, and warnings.

    Codes: `amount_without_unit`, `amount_unclear`, `total_differs_from_parts`.
    """
    lines: list[Item] = []
    warnings: list[Item] = []
    taken = []
    for rows in table_rows(doc):
        taken.append((table_start(rows[0].table), table_end(rows[0].table)))
        found, doubts = table_lines(doc, rows, header, stage_of("", header), len(lines))
        lines += found
        warnings += doubts
    if HINT.search(doc.folded):
        _read_sentences(doc, header, tasks, taken, lines, warnings)
    return lines, warnings


def stage_of(folded: str, header: Item) -> str | None:
    """planned, allocated, disbursed or donated by the words of a sentence, else by the kind."""
    for stage, pattern in _STAGES:
        if pattern.search(folded):
            return stage
    if header.get("kind") in _PLANNING or _EXPECTED.search(folded):
        return "planned"
    return None


def _read_sentences(
    doc: DocumentText,
    header: Item,
    tasks: Sequence[Item],
    taken: Sequence[tuple[int, int]],
    lines: list[Item],
    warnings: list[Item],
) -> None:
    mark = decimal_mark(doc.text)
    amounts = [
        amount
        for amount in find_amounts(doc.folded, 0, len(doc.text), mark)
        if not any(a <= amount.start < b for a, b in taken)
    ]
    if has_unclear_amount(doc.folded, 0, len(doc.text), mark):
        message = "A sum can be read in two ways; it was left out."
        warnings.append({"code": "amount_unclear", "message": message, "evidence": None})
    spans = list(zip(task_spans(doc, tasks), tasks)) if amounts and tasks else []
    done = 0
    for i, amount in enumerate(amounts):
        start, end = _sentence(doc, amount)
        if i < done:
            continue
        last_end = amounts[done - 1].end if done else -_LISTED_WITHIN
        is_listed = start - last_end < _LISTED_WITHIN and bool(
            _LISTED.search(doc.folded, start, amount.start)
        )
        if not is_listed and not _is_of_work(doc, amount, start):
            continue
        following = amounts[i + 1].start if i + 1 < len(amounts) else len(doc.text)
        parts = _parts(doc, amounts, i, following)
        done = i + 1 + len(parts)
        at = len(lines)
        before = doc.folded[start : amount.start]
        is_total = bool(parts) or bool(_TOTAL.search(before.strip(" -+*\n")))
        lines.append(_line(doc, header, spans, amount, (start, end), is_total, None))
        holders = {"": at}
        for amount_part, bullet in parts:
            span = _part_span(doc, amount_part)
            parent = holders.get("-", at) if bullet == "+" and "-" in holders else at
            lines[parent]["is_total"] = True
            if bullet == "-":
                holders["-"] = len(lines)
            lines.append(_line(doc, header, spans, amount_part, span, False, parent, (start, end)))
        warnings += check_totals(lines, at)


def _sentence(doc: DocumentText, amount: Amount) -> tuple[int, int]:
    start = max(0, amount.start - 300)
    for match in _SENTENCE.finditer(doc.folded, start, amount.start):
        start = match.end()
    # A heading in a line of its own is no part of the sentence below it.
    index = bisect_right(doc.sections, amount.start, key=attrgetter("body_start")) - 1
    if index >= 0:
        start = max(start, doc.sections[index].body_start)
    stop = _SENTENCE.search(doc.folded, amount.end, min(len(doc.text), amount.end + 200))
    end = stop.start() if stop else min(len(doc.text), amount.end + 200)
    return start, min(
        end, start + _LONGEST_QUOTE
    ) if amount.end < start + _LONGEST_QUOTE else amount.end


def _is_of_work(doc: DocumentText, amount: Amount, start: int) -> bool:
    context = doc.folded[start : amount.end + 60]
    if not _WORK_MONEY.search(context):
        # "Kinh phí:" may stand in the line above a list.
        above = doc.folded[max(0, start - 120) : start]
        if not re.search(r"kinh phi[^\n.]{0,80}:\s*\n?\s*$", above) and not _is_under_money(
            doc, amount.start
        ):
            return False
    return not _OTHER_MONEY.search(doc.folded[start : amount.end])


def _is_under_money(doc: DocumentText, position: int) -> bool:
    """Whether the innermost section around a place is headed as one on money."""
    index = bisect_right(doc.sections, position, key=attrgetter("start")) - 1
    if index < 0 or position >= doc.sections[index].end:
        return False
    section = doc.sections[index]
    return bool(_MONEY_HEADING.match(doc.folded, section.title_start, section.title_end))


def _parts(
    doc: DocumentText, amounts: Sequence[Amount], i: int, following: int
) -> list[tuple[Amount, str]]:
    """The sums that follow "trong đó" behind a sum: in its sentence, or as bullets below it."""
    opened = _PARTS.match(doc.folded, amounts[i].end, following)
    if opened is None:
        return _bracketed(doc, amounts, i)
    parts: list[tuple[Amount, str]] = []
    at, bullet = opened.end(), ""
    for amount in amounts[i + 1 :]:
        between = doc.folded[at : amount.start]
        if len(between) > 250 or _PARAGRAPH.search(between):
            break
        bullets = _LINE_START.findall("\n" + between.lstrip(" ") if not parts else between)
        if re.search(r"\.\s+[^\s\d]", between) and not bullets:
            break
        if parts and bullet and not bullets and "\n" in between:
            break
        bullet = bullets[-1] if bullets else bullet
        parts.append((amount, bullet))
        at = amount.end
    return parts


def _bracketed(doc: DocumentText, amounts: Sequence[Amount], i: int) -> list[tuple[Amount, str]]:
    """Two or more sums in brackets right behind a sum are its parts."""
    opened = _BRACKET.match(doc.folded, amounts[i].end)
    if opened is None:
        return []
    close = doc.folded.find(")", opened.end(), opened.end() + _LONGEST_QUOTE)
    parts = [(amount, "") for amount in amounts[i + 1 :] if amount.end <= close]
    return parts if len(parts) > 1 else []


def _part_span(doc: DocumentText, amount: Amount) -> tuple[int, int]:
    """A part's own phrase: from the sign before it to the sign behind it."""
    folded = doc.folded
    back = max(0, amount.start - 250)
    start = max(back, *(folded.rfind(sign, back, amount.start) + 1 for sign in ",;\n("))
    for opened in _OPENED.finditer(folded, start, amount.start):
        start = opened.end()
    bullet = _BULLET.match(folded, start, amount.start)
    stop = _PART_END.search(folded, amount.end)
    return bullet.end() if bullet else start, stop.start() if stop else amount.end


def _line(
    doc: DocumentText,
    header: Item,
    spans: Sequence[tuple[tuple[int, int], Item]],
    amount: Amount,
    span: tuple[int, int],
    is_total: bool,
    parent: int | None,
    whole: tuple[int, int] | None = None,
) -> Item:
    start, end = span
    folded = doc.folded[start : max(end, amount.end)]
    told = folded if whole is None else doc.folded[whole[0] : whole[1]] + " " + folded
    source = source_before(doc, start, amount.start)
    if source is None or parent is None:
        # A total's own source stands before "trong đó", not among its parts.
        behind_end = min(end, amount.end + 60) if is_total else end
        source = source_behind(doc, amount.end, max(behind_end, amount.end)) or source
    task = next((t for (a, b), t in reversed(spans) if a <= amount.start < b), None)
    return doc.item(
        start,
        max(end, amount.end),
        task=(task["ordinal"] or task["title"]) if task else None,
        amount_million_vnd=in_million(amount.dong),
        as_printed=squeeze(doc.text[amount.start : amount.end]),
        funding_source=source,
        year=_year(told, header),
        stage=stage_of(told, header),
        is_total=is_total,
        parent=parent,
    )


def _year(folded: str, header: Item) -> int | None:
    if _PERIOD.search(folded):
        return None
    years = set(_YEAR.findall(folded))
    if len(years) == 1:
        return int(years.pop())
    return header.get("plan_year") if not years else None


def check_totals(lines: Sequence[Item], first: int = 0) -> Iterator[Item]:
    """A warning for each total from `first` on that its parts do not add up to.

    One part alone ("trong đó ngân sách tỉnh …") need not be all of it, but cannot be more.
    """
    sums: dict[int, list[Decimal]] = {}
    for line in lines[first:]:
        if line["parent"] is not None:
            amount = Decimal(str(line["amount_million_vnd"]))
            sums.setdefault(line["parent"], []).append(amount)
    for index, parts in sorted(sums.items()):
        total = Decimal(str(lines[index]["amount_million_vnd"]))
        if sum(parts) > total or (len(parts) > 1 and sum(parts) != total):
            yield {
                "code": "total_differs_from_parts",
                "message": f"The total {total} million VND is printed, its parts add up to"
                f" {sum(parts)} million VND.",
                "evidence": lines[index]["evidence"],
            }

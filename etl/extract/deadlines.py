"""Deadlines for reports: when, how often, from whom and to whom.

A deadline counts where its sentence has somebody report or send results; deadlines of other tasks,
and the dates of documents, do not.
"""

from __future__ import annotations

import re

from etl.extract.deadlines_bodies import from_body, to_body
from etl.extract.deadlines_dates import PrintedDay, printed_deadlines
from etl.extract.text import DocumentText, Item
from etl.extract.wording import clause_cuts, readable, sentence_at, windows

_ANCHORS = ("bao cao", "bao\ncao", "ket qua", "so lieu")
_BEHIND = 900
_REPORT = re.compile(
    r"\bbao\s+cao\b(?!\s*vien)|\bgui\s+(?:[^\W\d]+\s+){0,4}?ket\s+qua\b"
    r"|\b(?:cung\s+cap|tong\s+hop|gui)\s+so\s+lieu\b|\bket\s+qua\s+(?:thuc\s+hien|trien\s+khai)"
    r"[^.;]{0,120}\b(?:gui|ve)\b"
)
# Another task between the report and the day takes the day.
_OTHER_TASK = re.compile(
    r"(?:,|\bva|;|\bde)\s+(?:hoan\s+thanh|ban\s+hanh|to\s+chuc\s+(?!thuc\s+hien)|giai\s+ngan|lap"
    r"|quyet\s+toan|phe\s+duyet|xay\s+dung|trinh|gui\s+ke\s+hoach|thiet\s+lap|lap\s+dat|dua\s+vao)\b"
)
_PURPOSE = re.compile(r"\b(?:de|nham|phuc\s+vu)\s+(?:[^\W\d]+,?\s+){0,6}$")
_TITLE_OF_OTHER = re.compile(r"(?:\bbao\s+cao\s+(?:so\s+)?\d|\bke\s+hoach\s+so\b)")
_LEADS = re.compile(
    r"[\s*_+•·#-]*(?:(?:dinh\s+ky|hang\s+nam|moi\s+nam|yeu\s+cau|de\s+nghi)[\s,]*)*"
)
_UNTIL = re.compile(r"\b(?:so\s+lieu|tinh|ky)\s+(?:[^\W\d]+\s+){0,4}?(?:den|tu)\s*(?:het\s*)?$")
_EVERY_YEAR = re.compile(r"\b(?:hang|moi|thuong)\s+nam\b|\bhang\s+nam\b")
_YEARLY = re.compile(r"\bdinh\s+ky\b[^.;]{0,60}\bnam\b|\b(?:bao\s+cao\s+)?(?:06?|sau)\s+thang\b"
                     r"|\bbao\s+cao\s+nam\b")  # fmt: skip
_QUARTERLY = re.compile(r"\b(?:hang|moi|tung|dinh\s+ky)\s+quy\b|\bquy\s*(?:,|\()|\bcuoi\s+quy\b"
                        r"|\bbao\s+cao\s+quy\b")  # fmt: skip
_MONTHLY = re.compile(r"\b(?:hang|moi|tung|dinh\s+ky)\s+thang\b|\bbao\s+cao\s+thang\b")
_NEAR = 45


def find_deadlines(doc: DocumentText, header: Item) -> list[Item]:
    """Items with `date` or `month_day`, `period`, `every_year`, `from_body` and `to_body`."""
    found: dict[tuple[int, int], Item] = {}
    for window in windows(doc.folded, _ANCHORS, _BEHIND // 3, _BEHIND):
        for day in printed_deadlines(doc, *window):
            if (day.start, day.end) not in found and (item := _deadline(doc, day)):
                found[day.start, day.end] = item
    return [found[place] for place in sorted(found)]


def _deadline(doc: DocumentText, day: PrintedDay) -> Item | None:
    sentence = sentence_at(doc, day.start)
    cuts = list(clause_cuts(doc, *sentence))
    start = max([sentence[0], *(cut + 1 for cut in cuts if cut < day.start)])
    end = min([sentence[1], *(cut for cut in cuts if cut >= day.end)])
    report = _report(doc, day, start, end)
    if report is None and start > sentence[0]:
        # "báo cáo 6 tháng trước 15/6; năm trước 15/12": the report is told in the clause before.
        if re.fullmatch(r"[^.;]{0,60}", doc.folded[start : day.start]) and re.search(
            r"^\s*(?:bao\s+cao\s+)?(?:nam|06?\s+thang|quy|ca\s+nam|lan|dot|ky|cuoi)\b",
            doc.folded[start : day.start],
        ):
            start = sentence[0]
            report = _report(doc, day, start, end)
    if report is None:
        return None
    period, every_year = _period(doc, day, start, end)
    if day.day is None and period not in ("quarterly", "monthly"):
        return None
    span = readable(doc, start, end, (min(report, day.start), day.end))
    return doc.item(
        *span,
        date=day.iso,
        month_day=day.month_day,
        period=period,
        every_year=every_year,
        from_body=from_body(doc, sentence[0], start, report, day.start),
        to_body=to_body(doc, start, report, day.start, day.end, end),
    )


def _report(doc: DocumentText, day: PrintedDay, start: int, end: int) -> int | None:
    """Where the words stand that make the day one of a report; None for another deadline."""
    if _UNTIL.search(doc.folded, start, day.start):
        return None
    before = list(_REPORT.finditer(doc.folded, start, day.start))
    for report in reversed(before):
        if _PURPOSE.search(doc.folded, start, report.start()) and len(before) > 1:
            continue
        between = doc.folded[report.end() : day.start]
        if not _OTHER_TASK.search(between) and not _TITLE_OF_OTHER.match(report[0] + between):
            return report.start()
    # "Trước ngày 15/11 hằng năm, các sở báo cáo …": the day leads the clause.
    leads = _LEADS.match(doc.folded, start, day.start)
    if leads and leads.end() >= day.start - 2:
        behind = _REPORT.search(doc.folded, day.end, end)
        if behind and not _PURPOSE.search(doc.folded, day.end, behind.start()):
            if not _OTHER_TASK.search(doc.folded, day.end, behind.start()):
                return behind.start()
    elif not before and re.match(
        r"\W*(?:gui|bao\s+cao)\s+(?:bao\s+cao|ket\s+qua)", doc.folded[day.end :]
    ):
        return day.end
    return None


def _period(doc: DocumentText, day: PrintedDay, start: int, end: int) -> tuple[str, bool]:
    """How often a report is due, and whether in every year."""
    if day.year is not None:
        return "once", False
    behind = doc.folded[day.end : min(end, day.end + _NEAR)]
    before = doc.folded[start : day.start]
    near = doc.folded[max(start, day.start - 70) : day.start] + " | " + behind
    own = doc.folded[day.start : day.end] + behind
    every_year = bool(_EVERY_YEAR.search(own)) or bool(_EVERY_YEAR.search(_without_money(before)))
    if day.day is None:
        if _QUARTERLY.search(near) or "quy" in doc.folded[day.start : day.end + 20].split():
            return "quarterly", every_year
        if _MONTHLY.search(near + own) or "thang" in doc.folded[day.start : day.end].split():
            return "monthly", every_year
        return "once", every_year
    if every_year:
        return "yearly", True
    if _YEARLY.search(near):
        return "yearly", bool(re.search(r"\bdinh\s+ky\b", near))
    return "once", False


def _without_money(words: str) -> str:
    """Words without "ngân sách hằng năm" and the like, which say nothing about the report."""
    return re.sub(r"\b(?:ngan\s+sach|du\s+toan|kinh\s+phi|ke\s+hoach|chi|chuong\s+trinh)[^.;,]{0,40}"
                  r"\bhang\s+nam\b", " ", words)  # fmt: skip

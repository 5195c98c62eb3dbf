"""Deadlines for reports: who reports to whom by when, once or every year, quarter or month."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from etl.extract.text import DocumentText, Item, squeeze
from etl.extract.wording import windows

# Words before a day; only what is near them is read.
_ANCHORS: Final = (
    "truoc", "cham nhat", "cham\nnhat", "muon hon", "han cuoi", "va ngay", "vao ngay", "hang thang",
    "hang quy", "moi thang", "moi quy", "thang cuoi", "vao ",
)  # fmt: skip
_REACH: Final = (40, 120)
# A sentence or list item about a report: "báo cáo", "tổng hợp báo cáo", "gửi báo cáo".
_REPORT: Final = re.compile(r"\bbao\s+cao\b|\btong\s+hop\s+gui\b|\bgui\s+ve\b")
_DAY: Final = re.compile(
    r"(?:truoc|cham\s+nhat|khong\s+muon\s+hon|han\s+cuoi|va\s+ngay)[\s*_]*(?:la\s+)?(?:vao\s+)?"
    r"(?:truoc\s+)?(?:\d{1,2}\s*(?:gio|h)\s*\d{0,2}\s*(?:phut)?,?\s*)?(?:het\s+)?(?:cuoi\s+)?"
    r"(?:ngay\s*)?[*_ ]{0,3}(?P<day>[0-3]?\d)\s*(?:/|-|\.|\s+thang\s+)\s*(?P<month>[01]?\d)"
    r"(?:\s*(?:/|-|\.|\s+nam\s+)\s*(?P<year>\d{4}))?(?!\d)"
    r"(?=(?P<tail>[^.;\n]{0,30}))"
)
# "trước ngày 20 của tháng cuối quý", "hằng tháng trước ngày 22": a day without a month.
_MONTH_DAY_ONLY: Final = re.compile(
    r"(?:truoc|cham\s+nhat|vao)\s*(?:vao\s+)?(?:ngay\s+)?(?P<day>[0-3]?\d)\s+(?:cua\s+)?"
    r"(?P<what>hang\s+thang|hang\s+quy|thang\s+cuoi\s+(?:cua\s+)?(?:moi\s+)?quy|moi\s+thang)"
    r"|(?P<before>(?:hang|moi)\s+(?:thang|quy))[^.;\n]{0,15}\b(?:truoc|vao)\s+ngay\s+"
    r"[0-3]?\d(?![\d/-]|\.\d|\s+thang)"
)
_EVERY_YEAR: Final = re.compile(r"\b(?:hang|moi)\s+nam\b|\bdinh\s+ky\s+(?:hang\s+)?nam\b")
# "định kỳ 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)" is due every year.
_HALF_YEARLY: Final = re.compile(r"\bdinh\s+ky\b")
# "trước ngày 15 tháng 6 và trước ngày 15 tháng 11 năm 2026": one year for both.
_YEAR_BEHIND: Final = re.compile(
    r"\bva\s+(?:truoc\s+)?ngay\s+[^.;\n]{3,14}?(?:/|nam\s+)(?P<year>\d{4})\b"
)
_MONTHLY: Final = re.compile(r"\b(?:hang|moi|dinh\s+ky)\s+(?:hang\s+)?thang\b")
# A list item or sentence ends here; dots inside dates and numbers do not end it.
_END: Final = re.compile(r"[.;](?=\s|/|$)|\n\s*\n|\n\s*[-+*]\s")
_HEAD: Final = (
    r"(?:uy\s+ban\s+nhan\s+dan|ubnd|so|bo|ban|cuc|phong|van\s+phong|cong\s+an|chi\s+cuc)\s"
)
_TO: Final = re.compile(
    r"\b(?:ve|gui(?:\s+ve)?|cho|toi)\s+(?P<body>" + _HEAD + r"[^,;.()\n]{2,80}?)"
    r"(?=\s*(?:[,;.()\n]|\btruoc\b|\bde\b|\bcham\s+nhat\b|\bdinh\s+ky\b|\bchu\s+tri\b|\*\*|$))"
)
_FROM: Final = re.compile(
    r"(?P<body>(?:(?:cac|thu\s+truong|truong)\s+[^.;:\n]{2,120}?|"
    + _HEAD
    + r"[^.;:\n]{2,120}?))\s+(?:phoi\s+hop\s+)?(?:trien\s+khai\s+thuc\s+hien\s+va\s+)?"
    r"(?:co\s+trach\s+nhiem\s+)?(?:tong\s+hop,?\s+|gui\s+|lap\s+)?bao\s+cao\b"
)
_LEADING: Final = re.compile(r"^(?:yeu\s+cau|de\s+nghi|giao)\s+")


def find_deadlines(doc: DocumentText, header: Item) -> list[Item]:
    """`report_deadlines`: each printed deadline of a report once.

    "Before 15 November" is given as 15 November, as printed. A day without a year that is not said
    to recur has a `month_day` and no date: its year is not printed.
    """
    found: list[Item] = []
    seen: set[tuple[object, ...]] = set()
    near = list(windows(doc.folded, _ANCHORS, *_REACH))
    for match in (
        m for p in (_DAY, _MONTH_DAY_ONLY) for w in near for m in p.finditer(doc.folded, *w)
    ):
        start, end = _sentence(doc.folded, match.start(), match.end())
        sentence = doc.folded[start:end]
        if not _REPORT.search(sentence):
            continue
        fields = _dated(match, sentence) if "month" in match.groupdict() else _recurring(match)
        if fields is None:
            continue
        item = doc.item(
            start,
            end,
            **fields,
            from_body=_body(_FROM, doc, start, match.start()),
            to_body=_body(_TO, doc, start, end),
        )
        key = (fields["date"], fields["month_day"], fields["period"])
        if key not in seen:
            seen.add(key)
            found.append(item)
    return sorted(found, key=lambda i: int(i["evidence"]["start"]))


def _dated(match: re.Match[str], sentence: str) -> Item | None:
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2024, month)[1]:
        return None
    if year is None and (behind := _YEAR_BEHIND.search(sentence, sentence.find(match[0]))):
        year = behind["year"]
    recurs = bool(_EVERY_YEAR.search(match["tail"] or "")) or (
        year is None and bool(_EVERY_YEAR.search(sentence) or _HALF_YEARLY.search(sentence))
    )
    if recurs or year is None:
        return {"date": None, "month_day": f"{month:02d}-{day:02d}",
                "period": "yearly" if recurs else "once", "every_year": recurs}  # fmt: skip
    try:
        due = date(int(year), month, day)
    except ValueError:
        return None
    return {"date": due.isoformat(), "month_day": None, "period": "once", "every_year": False}


def _recurring(match: re.Match[str]) -> Item:
    is_monthly = bool(_MONTHLY.search(match["what"] or match["before"]))
    period = "monthly" if is_monthly else "quarterly"
    return {"date": None, "month_day": None, "period": period, "every_year": True}


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or list item around a place, at most 400 code points to each side."""
    lowest = max(0, start - 400)
    ends = [m.end() for m in _END.finditer(folded, lowest, start)]
    first = ends[-1] if ends else lowest
    last = _END.search(folded, end, end + 200)
    return first, last.start() if last else min(len(folded), end + 60)


def _body(pattern: re.Pattern[str], doc: DocumentText, start: int, end: int) -> str | None:
    """The body as printed; None where the sentence does not name it."""
    match = pattern.search(doc.folded, start, end)
    if match is None:
        return None
    first, last = match.span("body")
    if leading := _LEADING.match(doc.folded[first:last]):
        first += leading.end()
    return squeeze(doc.text[first:last]).strip(" ,;:*") or None

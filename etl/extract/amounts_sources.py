"""Sources of money as printed: "ngân sách tỉnh", "nguồn xã hội hóa", "vốn sự nghiệp"."""

from __future__ import annotations

import re

from etl.extract.text import DocumentText, squeeze

_SOURCE = re.compile(
    r"\b(?:ngan\s+sach|nstw|nsdp|nsnn|ns\s+(?:tinh|trung\s+uong|dia\s+phuong|huyen)"
    r"|(?:nguon\s+)?(?:von\s+)?xa\s+hoi\s+hoa|nguon\s+(?:tai\s+tro|su\s+nghiep|von|kinh\s+phi|chi|huy\s+dong|khac)"
    r"|von\s+(?:su\s+nghiep|dau\s+tu|doi\s+ung|trung\s+uong|dia\s+phuong|huy\s+dong|oda|khac)"
    r"|du\s+toan\s+(?:chi|ngan\s+sach)|cac\s+nguon)\b"
)
# A source ends at a sign, a sum, a verb or what it is for.
_END = re.compile(
    r"[,.;:()|\n](?!\n)|\n|\s+(?:la|duoc|de|cho|nham|thuc\s+hien|bo\s+tri|dam\s+bao|bao\s+dam|hang\s+nam"
    r"|trong\s+du\s+toan|khoang|hon|voi|nam\s+\d{4}|giai\s+doan)\b|\s+-?\s*\d|\s+va\s+(?=cac|nguon|ngan|von|\d)"
    r"|\s+-\s"
)
_LEAD = re.compile(r"(?:nguon\s+)(?=ngan\s+sach|nstw|nsdp|nsnn|ns\b|von\b)")
_BEHIND = re.compile(
    r"(?:\s*[,(]?\s*(?:kinh phi\s+)?(?:(?:duoc\s+)?(?:lay|bo tri|trich|chi|cap)\s+)?"
    r"(?:tu|do|bang|thuoc)\s+(?:cac\s+)?|\s*\(\s*(?:nguon\s*:\s*)?|\s+)(?:nguon\s+(?=ngan|ns))?"
)
# "…, nguồn xã hội hóa: 5 triệu đồng" is the source of the next sum.
_NEXT_SUM = re.compile(r"\s*(?::|la\b|khoang\b)?\s*\d|\s*:")


def source_in(doc: DocumentText, start: int, end: int) -> str | None:
    """The first source of money that a range names, as printed, with single blanks."""
    match = _SOURCE.search(doc.folded, start, end)
    return _printed(doc, match, end) if match else None


def source_before(doc: DocumentText, start: int, end: int) -> str | None:
    """The last source named before a sum ("ngân sách tỉnh 350 triệu đồng")."""
    last = None
    for match in _SOURCE.finditer(doc.folded, start, end):
        last = match
    return _printed(doc, last, end) if last else None


def source_behind(doc: DocumentText, at: int, end: int) -> str | None:
    """The source right behind a sum ("150 triệu đồng (từ ngân sách tỉnh)")."""
    joined = _BEHIND.match(doc.folded, at, end)
    begin = joined.end() if joined else at
    match = _SOURCE.match(doc.folded, begin, end)
    if match is None and joined:
        back = doc.folded.rfind("nguon", at, begin)
        match = _SOURCE.match(doc.folded, back, end) if back >= 0 else None
    if match is None or _NEXT_SUM.match(doc.folded, _end_of(doc, match, end)):
        return None
    return _printed(doc, match, end)


def _printed(doc: DocumentText, match: re.Match[str], end: int) -> str | None:
    start = match.start()
    lead = _LEAD.match(doc.folded, start, end)
    start = lead.end() if lead else start
    return squeeze(doc.text[start : _end_of(doc, match, end)]).strip(" .;:,-*_(") or None


def _end_of(doc: DocumentText, match: re.Match[str], end: int) -> int:
    limit = min(max(end, match.end()), match.start() + 160)
    stop = _END.search(doc.folded, match.end(), limit)
    return stop.start() if stop else limit

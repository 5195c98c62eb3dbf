"""Who has to report and to whom, as printed in the sentence of a deadline."""

from __future__ import annotations

import re

from etl.extract.text import DocumentText, squeeze

_BODY = (
    r"(?:cac\s+)?(?:uy\s+ban|ubnd|hdnd|so|bo|ban|cuc|vu|phong|van\s+phong|thu\s+tuong|chinh\s+phu"
    r"|tinh\s+uy|thanh\s+uy|huyen\s+uy|dang\s+uy|cong\s+an|trung\s+tam|thuong\s+truc|hoi\s+dong|doan"
    r"|chu\s+tich|giam\s+doc|lanh\s+dao|cap|co\s+quan|don\s+vi|to\s+giup\s+viec|mttq|uy\s+ban\s+mttq"
    r"|bdbp|mat\s+tran|hoi)\b"
)
_ADDRESSED = re.compile(
    rf"\b(?:ve|gui(?:\s+(?:ve|cho|den|toi|len))?|cho|len|toi|den|voi|bao\s+cao|trinh)\s+(?={_BODY})"
)
_BODY_END = re.compile(
    r"[(;:.\n]|\s-\s|,(?!\s*(?:the\s+thao|thuong\s+binh|thi\s+xa|thanh\s+pho)\b)"
    r"|\b(?:truoc|cham\s+nhat|muon\s+nhat|de|theo|thong\s+qua|qua|trong|vao|dinh\s+ky|hang\s+nam"
    r"|moi\s+nam|hang\s+quy|hang\s+thang|ket\s+qua|bang|khi|nham|tong\s+hop|xem\s+xet|ve|tinh\s+hinh"
    r"|viec|cung\s+cap|bao\s+cao|gui|han|thoi\s+han|lan|dot)\b"
)
_MORE_BODIES = re.compile(rf"\s*,\s*(?:dong\s+gui\s+)?(?={_BODY})")
_DEPARTMENT = re.compile(r"\b(?:ve|qua|de)\b")
_ORDERS = re.compile(
    r"[\s*_+•·#()-]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|\(\d{1,2}\))?[\s*_]*(?:(?:yeu\s+cau|de\s+nghi"
    r"|giao(?:\s+cho)?|dinh\s+ky|hang\s+nam|moi\s+nam|hang\s+quy|hang\s+thang|uy\s+quyen|kinh\s+de\s+nghi"
    r"|trong\s+qua\s+trinh[^,;]{0,80})[\s,:]*)*"
)
_ACTOR = re.compile(
    r"(?:cac\s+(?:so|ban|bo|nganh|co\s+quan|don\s+vi|dia\s+phuong|phong|tinh|huyen|doan|thanh\s+vien)"
    r"|nhung|thu\s+truong|truong|giam\s+doc|chu\s+tich|so|ubnd|uy\s+ban|ban|bo|phong|cong\s+an|don\s+vi"
    r"|co\s+quan|dai|bao|trung\s+tam|van\s+phong|doan|hoi|mttq|cap|chi\s+cuc|cuc|dia\s+phuong|tung)\b"
)
_VERB = re.compile(
    r"[;(:]|\b(?:phoi\s+hop|trien\s+khai|to\s+chuc\s+(?:thuc|trien|quan|tuyen)|can\s+cu|nghiem\s+tuc"
    r"|chu\s+tri|xay\s+dung|tong\s+hop|bao\s+cao|gui|co\s+trach|chiu\s+trach|theo\s+(?!doi)|theo\s+doi"
    r"|dinh\s+ky|chu\s+dong|thuc\s+hien|hang\s+nam|moi\s+nam|truoc|phai|tham\s+muu|ra\s+soat|danh\s+gia"
    r"|khan\s+truong|kip\s+thoi|quan\s+triet|lap\s+bao|cham\s+nhat|hang\s+quy|hang\s+thang|cung\s+cap"
    r"|huong\s+dan|don\s+doc|thong\s+ke|so\s+ket|tiep\s+tuc|can\s+(?!bo|tho)|tang\s+cuong|cu\s+the)\b"
)
_HEADING = re.compile(
    r"(?:^|\n)[ #*_>]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[ivx]{1,5}[.)]|[a-z]\))[ *_]*([^\n]{3,120}?)[ *_:.;,]*(?=\n)"
)
_LONGEST = 200


def from_body(doc: DocumentText, sentence: int, clause: int, report: int, day: int) -> str | None:
    """Who reports: the subject of the clause or sentence, else the body that heads the section."""
    for start in dict.fromkeys((clause, sentence)):
        if actor := _actor(doc, start, max(report, day)):
            return actor
    if start_of_lead := re.search(
        r",\s+(?=cac\s|ubnd|so\s|don\s+vi)", doc.folded[clause : max(report, day)]
    ):
        return _actor(doc, clause + start_of_lead.end(), max(report, day))
    return _heading_body(doc, sentence)


def _actor(doc: DocumentText, start: int, end: int) -> str | None:
    orders = _ORDERS.match(doc.folded, start, end)
    at = orders.end() if orders else start
    if not _ACTOR.match(doc.folded, at, end):
        return None
    verb = _VERB.search(doc.folded, at, end)
    stop = verb.start() if verb else end
    return _printed(doc, at, stop)


def _heading_body(doc: DocumentText, position: int) -> str | None:
    """The body that the item's section is headed by: "2. Sở Thông tin và Truyền thông"."""
    for section in reversed([s for s in doc.sections if s.start <= position < s.end]):
        if section.title_end >= position:
            continue
        if actor := _actor(doc, section.title_start, section.title_end):
            return actor
    return None


def to_body(
    doc: DocumentText, start: int, report: int, day_start: int, day_end: int, end: int
) -> str | None:
    """Who gets the report: the last body addressed before the day, else the first behind it."""
    before = list(_ADDRESSED.finditer(doc.folded, report, day_start)) if report < day_start else []
    for addressed in reversed(before):
        if body := _body(doc, addressed.end(), day_start):
            return body
    stop = re.search(
        r"\b(?:de|phuc\s+vu)\s+(?:[^\W\d]+\s+)?(?:tong\s+hop|bao\s+cao)", doc.folded[day_end:end]
    )
    reach = day_end + stop.start() if stop else end
    behind = _ADDRESSED.search(doc.folded, max(day_end, report), reach)
    return _body(doc, behind.end(), reach) if behind else None


def _body(doc: DocumentText, start: int, end: int) -> str | None:
    stop = _BODY_END.search(doc.folded, start + 2, end)
    at = stop.start() if stop else end
    while stop and (more := _MORE_BODIES.match(doc.folded, at, end)):
        stop = _BODY_END.search(doc.folded, more.end() + 2, end)
        at = stop.start() if stop else end
    return _printed(doc, start, at)


def _printed(doc: DocumentText, start: int, end: int) -> str | None:
    body = squeeze(doc.text[start : min(end, start + _LONGEST)].replace("**", "")).strip(
        " ,.;:-–(*_"
    )
    for last in (" và", " Và", ",", " đồng thời", " có", " cần"):
        body = body.removesuffix(last).rstrip(" ,")
    return body or None

"""The name under the signature block."""

from __future__ import annotations

import re

from etl.extract.header_numbers import Span
from etl.extract.text import DocumentText

# "KT." stands behind "TM. ỦY BAN NHÂN DÂN" where lines were joined.
_PARTS = r"(?:^|\n|[ ]{2}|\||\t|[ ](?=(?:kt|k/t|tl|t/l)[ ]?[./]))[ *#_|>]*+"
# Posts of those who sign (Decree 30/2020/NĐ-CP, annex I), printed in capitals.
_POST = re.compile(
    _PARTS + r"(?P<post>(?:(?:tm|kt|tl|tuq|t/m|k/t|t/l|q)[ ]?[./][ ]?)?(?:(?:quyen|pho)\s+)?(?:"
    r"chu\s+tich|bo\s+truong|thu\s+truong|giam\s+doc|tong\s+giam\s+doc|bi\s+thu|truong\s+ban"
    r"|truong\s+phong|chanh\s+van\s+phong|thu\s+tuong|cuc\s+truong|vu\s+truong|chi\s+huy\s+truong"
    r"|chi\s+huy|chinh\s+uy|tong\s+bi\s+thu|chu\s+nhiem|tong\s+bien\s+tap|vien\s+truong"
    r"|thuong\s+truc"
    r"|tong\s+cuc\s+truong|tu\s+lenh|chanh\s+thanh\s+tra|uy\s+vien)\b)(?P<rest>[^\n|]*)"
)
# Words of offices, with their marks: Trương, Đặng, Lưu and Phong are names.
_NO_NAME = re.compile(
    r"(?:sở|cục|phòng|ban|bộ|viện|đảng|cổng|văn phòng|công an|phó|thứ|người|cơ quan|ngày"
    r"|thời gian)\b"
    r"|.*\b(?:ủy ban|uỷ ban|nhân dân|ubnd|hđnd|nơi nhận|như trên|tỉnh ủy|email|thông tin|chủ tịch"
    r"|giám đốc|việt nam|bí thư|thường vụ|thường trực|phụ lục|chính phủ|thủ tướng|kế hoạch"
    r"|trưởng ban"
    r"|bộ trưởng|trưởng phòng|đã ký|trân trọng)\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:dai|thuong|trung|thieu)\s+(?:ta|tuong|uy)|(?:pgs|gs|ts|ths|bs|ks|cn)\b\.?|ong|ba)[ .:]*"
)
_SIGNED = re.compile(
    r"\(?\s*(?:da\s+ky|ky\s+ten|ky,?\s*(?:ghi ro ho ten,?\s*)?dong\s+dau)[^)\n]{0,20}\)?[ :]*"
)
_STAMP = re.compile(r"\b(?:nguoi\s+ky|ky\s+boi|duoc\s+ky\s+boi)[ :|*]*(?P<name>[^\n|,;<]{4,40})")
# "K’ Brêu", "H’Ling": an apostrophe belongs to names of the Central Highlands.
_NAME = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]*)?(?:[ -][^\W\d_]+(?:['’][^\W\d_]*)?){1,5}")
_LINES_BELOW = 14
_ZONE_BEFORE, _ZONE_AFTER = 900, 2500


def find_signer(doc: DocumentText) -> tuple[str, Span] | None:
    """(name, place): under the last post of the signature block, else in a digital stamp."""
    folded = doc.folded
    recipients = folded.find("noi nhan")
    if recipients < 0:
        zone = max(0, len(folded) - _ZONE_AFTER)
        end = len(folded)
    else:
        zone, end = max(0, recipients - _ZONE_BEFORE), min(len(folded), recipients + _ZONE_AFTER)
    posts = [
        m
        for m in _POST.finditer(folded, zone, end)
        if doc.text[m.start("post") : m.end("post")].isupper()
    ]
    for match in reversed(posts):
        if found := _name_below(doc, match.end("post"), end):
            return found
    for match in _STAMP.finditer(folded, max(0, zone - 500)):
        start, stop = match.span("name")
        if found := _person(doc, start, stop):
            return found
    return None


def _name_below(doc: DocumentText, position: int, end: int) -> tuple[str, Span] | None:
    """The first line part below a post that can be a person's name."""
    start = position
    for _ in range(_LINES_BELOW):
        line_end = doc.text.find("\n", start, end)
        line_end = end if line_end < 0 else line_end
        for part in re.finditer(r"(?:[^\s|]|[ \xa0](?![ \xa0\t|]))+", doc.text[start:line_end]):
            if found := _person(doc, start + part.start(), start + part.end()):
                return found
        start = line_end + 1
        if start >= end:
            return None
    return None


def _person(doc: DocumentText, start: int, end: int) -> tuple[str, Span] | None:
    """A name of two to six capitalised words, without rank or title; None for anything else."""
    folded = doc.folded
    while start < end and doc.text[start] in " *_#\xa0":
        start += 1
    while end > start and doc.text[end - 1] in " *_.\xa0":
        end -= 1
    for prefix in (_SIGNED, _RANK, _RANK):
        if (match := prefix.match(folded, start, end)) and match.end() > start:
            start = match.end()
    while start < end and doc.text[start] in " *_.":
        start += 1
    text = doc.text[start:end]
    if not _NAME.fullmatch(text) or len(text) > 40 or _NO_NAME.match(text):
        return None
    words = re.split(r"[ -]+", text)
    if not all(word[0].isupper() for word in words):
        return None
    name = " ".join(text.split())
    return (name.title() if name.isupper() else name), (start, end)

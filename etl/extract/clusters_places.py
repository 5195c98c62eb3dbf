"""Named places of information clusters: gates, ports, waterfalls, communes, as printed.

A place has a word for its kind and a name with capitals: "cửa khẩu quốc tế Trà Lĩnh, huyện Trùng
Khánh", "Cảng hàng không quốc tế Phú Bài và cảng Chân Mây".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract.text import DocumentText, squeeze

_KIND = (
    r"(?:khu\s+kinh\s+te\s+)?(?:cap\s+)?(?:cua\s+khau|loi\s+mo|loi\s+thong\s+quan)"
    r"(?:\s+(?:quoc\s+te|quoc\s+gia|chinh|phu|song\s+phuong|duong\s+(?:bo|sat|thuy|bien)"
    r"|hang\s+khong"
    r"|cang(?:\s+bien)?|ga|bien\s+gioi))*(?:\s+so\s+[ivx\d]{1,4}(?=\s))?"
    r"|cang(?:\s+(?:hang\s+khong|bien|hanh\s+khach|ca|quoc\s+te|du\s+lich))*"
    r"|san\s+bay(?:\s+quoc\s+te)?"
    r"|thac|don\s+bien\s+phong|quan\s+dao|dao|xa(?:\s+bien\s+gioi)?|phuong|dac\s+khu|thi\s+tran"
    r"|huyen(?:\s+dao)?|thi\s+xa|thanh\s+pho|tp\.?|nga\s+ba|cot\s+moc|moc|quang\s+truong|ga"
    r"|ben\s+xe"
    r"|khu\s+du\s+lich|khu\s+kinh\s+te(?:\s+cua\s+khau)?|cho(?:\s+cua\s+khau)?|bai\s+bien|mui"
)
# "tại khu vực cửa khẩu …", and "cụm thông tin cửa khẩu …" without "tại".
_PLACE = re.compile(
    r"(?P<at>\b(?:tai|o|gan|ben)\s+)?(?:\b(?:khu\s+vuc|dia\s+ban|trung\s+tam)\s+)?"
    r"(?P<many>\b(?:cac|hai|ba|bon|0?[2-9])\s+)?"
    rf"(?P<kind>\b(?:{_KIND}))\s+(?=\w)"
)
# "tại cột cờ Lũng Cú": a kind that is not listed, in small letters.
_BARE = re.compile(
    r"\b(?:tai|o)\s+(?!(?:tinh|cac|nhung|van|quyet|ke|cong|so|bo|ban|muc|noi|phu|dia|nuoc)\b)(?=\w)"
)
_AND = re.compile(r"\s*(?:,|;|\bva\b|\bcung)\s*(?:(?:va|tai|o|khu\s+vuc)\s+)*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_DISTRICT = re.compile(
    r"\s*[,(-]?\s*\(?(?:thuoc\s+)?(?:dia\s+ban\s+)?"
    r"(?:huyen|thi\s+xa|thanh\s+pho|tp\.?|xa|phuong|thi\s+tran|dac\s+khu|quan)\s+(?=\w)"
)
# With their marks: Bản, Nậm and Cô are names.
_NO_NAME = frozenset(
    ("sở", "ubnd", "bộ", "ban", "chủ", "đơn", "cơ", "nơi", "thời", "kinh", "phối", "quý", "giao")
)
_LONGEST_NAME = 5  # syllables
_LONGEST_KIND = 20


@dataclass(frozen=True)
class Place:
    """A place as a record shows it, and where it is printed (with its district)."""

    text: str
    start: int
    end: int


def places(doc: DocumentText, start: int, end: int) -> list[Place]:
    """The places that are named one after another first between two positions; [] for none."""
    for match in _PLACE.finditer(doc.folded, start, end):
        found = list(_listed(doc, match, end))
        if found:
            return found
    for bare in _BARE.finditer(doc.folded, start, min(end, start + 60)):
        first = bare.start() + len(re.match(r"\w+\s+", bare[0])[0])  # type: ignore[index]
        at = next((w.start() for w in _WORD.finditer(doc.text, first, end)
                   if doc.text[w.start()].isupper()), end)  # fmt: skip
        is_near = not re.search(r"[^\w ]", doc.text[first:at]) and at - first <= _LONGEST_KIND
        if is_near and (last := _name_end(doc, at, end)) is not None:
            return [Place(squeeze(doc.text[first:last]), first, last)]
    return []


def _listed(doc: DocumentText, match: re.Match[str], end: int) -> Iterator[Place]:
    kind, is_many = squeeze(doc.text[slice(*match.span("kind"))]), bool(match["many"])
    at, first = match.end(), match.start("kind")
    while (name_end := _name_end(doc, at, end)) is not None:
        last = _with_district(doc, name_end, end)
        text = squeeze(doc.text[first:last])
        yield Place(text if first < at else f"{kind} {text}", first, last)
        joined = _AND.match(doc.folded, last, end)
        if joined is None:
            return
        if following := _PLACE.match(doc.folded, joined.end(), end):
            kind = squeeze(doc.text[slice(*following.span("kind"))])
            first, at = following.start("kind"), following.end()
        elif is_many:
            first = at = joined.end()
        else:
            return


def _with_district(doc: DocumentText, name_end: int, end: int) -> int:
    district = _DISTRICT.match(doc.folded, name_end, end)
    last = _name_end(doc, district.end(), end) if district else None
    return last if last is not None else name_end


def _name_end(doc: DocumentText, at: int, end: int) -> int | None:
    """End of the words with capitals at a place; None where there are none."""
    last: int | None = None
    for count in range(_LONGEST_NAME):
        word = _WORD.match(doc.text, at, end)
        if word is None or not (doc.text[at].isupper() or (count and doc.text[at].isdigit())):
            break
        if count == 0 and word[0].lower() in _NO_NAME:
            break
        last = at = word.end()
        if doc.text[at : at + 1] in (" ", "-") and doc.text[at + 1 : at + 2] not in ("-", " "):
            at += 1
        elif doc.text[at : at + 1] == "\n" and count == 0:
            at += 1  # a name of one syllable goes on in the next line
        else:
            break
    return last

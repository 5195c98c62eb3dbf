"""The date of issue and the place beside it, as the head prints them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from domain.documents import parse_date
from domain.errors import BadValue
from etl.extract.header_numbers import Head, Span
from etl.extract.text import DocumentText, squeeze

_DAY = (
    r"(?P<day>[0-9ol]{1,2})\s*thang\s*(?P<month>[0-9ol]{1,2})\s*nam\s*(?P<year>[0-9ol]{4})(?![0-9])"
)
# Blank or dotted parts: the date was left open.
_OPEN = re.compile(
    r"ngay[\s.\u2026_0-9]{0,20}thang[\s.\u2026_0-9]{0,20}nam\s*(?:[0-9]{2,4}|[.\u2026_])?[.\u2026_]*+"
)
_IN_WORDS = re.compile(rf"n\s?gay\s*{_DAY}")
_IN_FIGURES = re.compile(
    r",\s*(?:ngay\s*)?(?:(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"
    r"|(?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}))[ *.]*(?=\n|\Z|  |\|)"
)
_ALONE = re.compile(rf"\n[ *_|]*+(?P<place>[a-z. -]{{2,40}}),\s*ngay\s*{_DAY}[ *_.|]*(?=\n|\Z)")
_FURNITURE = re.compile(
    r"\bngay\s+(?:ban\s+hanh|ky)[ :|*]*(?:(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-]"
    r"(?P<year>[0-9]{4})|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}))(?![0-9])"
)
_ATTACHED = re.compile(
    r"\s*,?\s*n\s?gay\s*(?:(?P<day>[0-9ol]{1,2})(?:\s*thang\s*|[/.-])(?P<month>[0-9ol]{1,2})"
    r"(?:\s*nam\s*|[/.-])(?P<year>[0-9ol]{4}))(?![0-9])"
)


@dataclass(frozen=True)
class IssueDate:
    """`day` is None where the date was left blank or cannot be; `span` covers place and date."""

    day: dt.date | None
    span: Span
    place: str | None
    place_span: Span | None
    is_impossible: bool = False


def find_date(doc: DocumentText, head: Head, attached_after: int | None) -> IssueDate | None:
    """Date of the head; of the decision this is attached to; else alone on a line, or the page's.

    `attached_after`: end of the number of that decision.
    """
    for pattern in (_IN_WORDS, _IN_FIGURES, _OPEN):
        for match in pattern.finditer(head.folded):
            comma = pattern is _IN_FIGURES
            place = _place_before(doc, head, match.start() + comma)
            if place is not None:
                return _issue_date(match, head.start, place if place[1] > place[0] else None)
    if attached_after is not None:
        match_ = _ATTACHED.match(doc.folded, attached_after)
        return _issue_date(match_, 0, None) if match_ else None
    if match_ := _ALONE.search(doc.folded):
        place_span = (match_.start("place"), match_.end("place"))
        place = (*place_span, doc.text[place_span[0] : place_span[1]])
        return _issue_date(match_, 0, place)
    if match_ := _FURNITURE.search(doc.folded):
        return _issue_date(match_, 0, None)
    return None


def _place_before(doc: DocumentText, head: Head, position: int) -> tuple[int, int, str] | None:
    """(start, end, name) of "Cao Bằng" in "Cao Bằng, ngày"; an empty name where a line begins.

    None: the date stands in a sentence.
    """
    line = head.text.rfind("\n", 0, position) + 1
    if not head.text[line:position].strip(" *_|\t\xa0"):
        before = head.text[:line].rstrip()
        if not before.endswith(","):
            return head.start + position, head.start + position, ""
        # OCR has broken "Cao Bằng,\nngày 05".
        line = before.rfind("\n") + 1
    segment = re.split(r" {2,}|\t|\|", head.text[line:position].replace("\xa0", " ").rstrip())[-1]
    if not segment.rstrip(" *_").endswith((",", ".")):
        return None
    name = segment.strip(" *_,.\n")
    if not name or len(name.split()) > 6 or any(c.isdigit() for c in name) or not name[0].isupper():
        return None
    start = head.start + head.text.find(name, line)
    return start, start + len(name), name


def _issue_date(match: re.Match[str], shift: int, place: tuple[int, int, str] | None) -> IssueDate:
    start, end = match.start() + shift, match.end() + shift
    while match[0][start - match.start() - shift] in ", \n*|":
        start += 1
    groups = match.groupdict()
    day, impossible = None, False
    if groups:
        parts = [
            (groups[k] or "").replace("o", "0").replace("l", "1") for k in ("day", "month", "year")
        ]
        try:
            day = parse_date(groups.get("iso") or "/".join(parts))
        except BadValue:
            impossible = True
    name = squeeze(place[2]) if place else None
    place_span = (place[0], place[1]) if place else None
    return IssueDate(day, (start, end), name, place_span, impossible)

"""Sentences that charge a body with a task ("Giao Sở A chủ trì, phối hợp với Sở B tổ chức …")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from etl.extract.bodies import split_bodies, starts_with_body
from etl.extract.text import DocumentText

Span = tuple[int, int]


@dataclass
class Roles:
    """What is printed about a task; `end` is the end of the last passage that was used."""

    leads: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    due: str | None = None
    money: list[Span] = field(default_factory=list)
    source: str | None = None
    first_label: int | None = None
    end: int = 0
    sentence: Span | None = None  # the first sentence that was read, up to its verb


_CHARGED: Final = r"(?:giao(?:\s+cho)?|phan\s+cong|chi\s+dao)"
# Every branch begins with a fixed letter or sign, which makes the search fast.
_STARTER = re.compile(
    rf"(?P<charge>{_CHARGED})\s+|(?P<word>yeu\s+cau|de\s+nghi|do)\s+|[.;:\n][\s\-+*•·_]+"
    r"|(?P<line>\n)(?=[a-z])"
    # "Trong năm 2021, Cục A chủ trì …"
    r"|(?P<opening>,)[ ](?=[^,.;:\n]{4,80}\bchu\s+tri\b)"
)
# Words before "giáo" and "giao" that make another word of it, and line ends that go on.
_OTHER_WORD = re.compile(r"(?:tuyen|ngoai|ban|chuyen|nghi|ton)\s+$")
_GOES_ON = re.compile(
    r"(?:,|\b(?:voi|va|giao|do|cho|cung|hop|cac|cua|dao|thuoc|la|gom|tai|ve|nghi))\s*$"
)
_CHU_TRI = re.compile(r"\bchu\s+tri\b")
_WITH = re.compile(
    r"(?:[^,;.:\n]{0,60}?[,;]|\s+va)?\s*phoi\s+hop(?:\s+chat\s+che)?(?:\s+(?:voi|cung))?\s+"
)
_TOGETHER = re.compile(r"\bphoi\s+hop(?:\s+chat\s+che)?(?:\s+(?:voi|cung))?\s+")
_VERB = re.compile(
    r"(?<=\s)(?:trien khai|to chuc|thuc hien|xay dung|tham muu|tap trung|chu dong|tiep tuc|day manh"
    r"|tang cuong|ra soat|huong dan|kiem tra|theo doi|cung cap|san xuat|tuyen truyen|nghien cuu"
    r"|de xuat|lua chon|bien soan|khao sat|thuong xuyen|xuat ban|phat song|dang tai|quang ba|mo cac"
    r"|tong hop|danh gia|doi moi|kip thoi|ban hanh|thiet lap|hoan thien|nang cao|chuan bi|cap nhat"
    r"|van hanh|duy tri|bo tri|lap |trinh |in |gop phan|nham |de |trong viec|trong qua trinh"
    r"|tiep nhan|quan ly|giup |lam |sua doi|cu the hoa|quan triet|mo |lap du|phan anh|thong tin ve"
    r"|boi duong|tap huan|dinh huong|mua sam|thong nhat|chiu trach nhiem|tham dinh)"
)
_NO_VERB_BEHIND = re.compile(r"(?:\b(?:cac|nhung|so|ban|bo|va|don vi|co quan|hoi|phong)|[,&])\s*$")
_STOP = re.compile(r"[.;:](?=\s|$)|\n[ ]*\n")
_TAIL = re.compile(
    r"(?:,|\s)*(?:la\s+(?:co\s+quan|don\s+vi)(?:\s+thuong\s+truc)?|chiu\s+trach\s+nhiem"
    r"|co\s+trach\s+nhiem|duoc\s+giao|lam\s+dau\s+moi|lam)\s*,?\s*$"
)
# Without one of these words no sentence charges anybody.
_SAYS_WHO = re.compile(r"chu\s+tri\b|giao\s|phan\s+cong\s|chi\s+dao\s")
_OPENING = re.compile(
    r"[\s\-+*•·_]*(?:trong|tu|den|nham|de|hang|dinh\s+ky|truoc|tren\s+co\s+so|can\s+cu|ngoai\s+ra"
    r"|dong\s+thoi|doi\s+voi|khi|sau|nhan\s+dip)\b"
)
_FARTHEST: Final = 300


def read_sentences(
    doc: DocumentText, start: int, end: int, taken: list[Span], roles: Roles
) -> None:
    """Add what the sentences of a range say; places in `taken` have been read as labels."""
    folded = doc.folded
    if not _SAYS_WHO.search(folded, start, end):
        return
    at = _read_sentence(doc, start, min(end, start + _FARTHEST), False, roles)
    for starter in _STARTER.finditer(folded, start, end):
        first, is_charge = starter.end(), starter["charge"] is not None
        if first < at or not starts_with_body(folded, first):
            continue
        if is_charge or starter["word"]:
            before = folded[max(0, starter.start() - 4) : starter.start()]
            if before[-1:].isalnum() or before == "ban ":
                continue  # "Ban Chỉ đạo …" is a body
            if _OTHER_WORD.search(folded, max(0, starter.start() - 8), starter.start()):
                continue
        elif (
            starter["line"]
            and _GOES_ON.search(folded, max(start, starter.start() - 12), starter.start())
        ) or (starter["opening"] and not _opens_sentence(folded, start, starter.start())):
            continue
        if not any(a <= first < b for a, b in taken):
            limit = min(end, first + _FARTHEST)
            at = max(at, _read_sentence(doc, first, limit, is_charge, roles))


def _opens_sentence(folded: str, start: int, comma: int) -> bool:
    """Whether what stands before a comma is a sentence's opening, as "Trong năm 2021"."""
    back = max(start, comma - 120, *(folded.rfind(sign, start, comma) + 1 for sign in ".;:\n"))
    return bool(_OPENING.match(folded, back, comma))


def _read_sentence(doc: DocumentText, first: int, limit: int, is_charge: bool, roles: Roles) -> int:
    """Read "X chủ trì, phối hợp với Y <verb>" from X on; gives the end of what was read."""
    folded = doc.folded
    if not starts_with_body(folded, first):
        return first
    stop, is_verb = _stop(doc, first, limit)
    leads = _CHU_TRI.search(folded, first, stop)
    together = _TOGETHER.search(folded, first, stop)
    lead_end, partner_start = stop, 0
    if leads and not (together and together.start() < leads.start()):
        lead_end = leads.start()
        joined = _WITH.match(folded, leads.end(), min(len(folded), leads.end() + 100))
        partner_start = joined.end() if joined else 0
    elif together and is_charge:
        lead_end, partner_start = together.start(), together.end()
    elif not (is_charge and is_verb):
        return first
    tail = _TAIL.search(folded, first, lead_end)
    found = split_bodies(doc.text[first : tail.start() if tail else lead_end])
    if not found or not all(len(body) < 120 for body in found):
        return first
    roles.leads += [body for body in found if body not in roles.leads]
    read = max(lead_end, leads.end() if leads and lead_end == leads.start() else 0)
    if partner_start:
        farthest = min(len(folded), partner_start + 2 * _FARTHEST)
        partner_end, _ = _stop(doc, partner_start, farthest)
        partners = split_bodies(doc.text[partner_start:partner_end])
        roles.partners += [body for body in partners if body not in roles.partners]
        read = partner_end
    roles.end = max(roles.end, read)
    roles.sentence = roles.sentence or (first, read)
    return read


def _stop(doc: DocumentText, start: int, limit: int) -> tuple[int, bool]:
    """Where a list of bodies ends (a verb, the end of the sentence, the limit); is it a verb?"""
    sign = _STOP.search(doc.folded, start, limit)
    stop = sign.start() if sign else limit
    verb = _verb(doc, start, stop)
    return (stop, False) if verb is None else (verb, True)


def _verb(doc: DocumentText, start: int, stop: int) -> int | None:
    for match in _VERB.finditer(doc.folded, start, min(len(doc.folded), stop)):
        before = doc.folded[max(start, match.start() - 12) : match.start()]
        if doc.text[match.start()].islower() and not _NO_VERB_BEHIND.search(before):
            return match.start()
    return None

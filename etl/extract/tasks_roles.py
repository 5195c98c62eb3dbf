"""Who leads a task, who takes part, when, and with what money, as printed in its text.

Two ways of writing: lines with a label ("Đơn vị chủ trì: …; đơn vị phối hợp: …") and sentences
("Giao Sở A chủ trì, phối hợp với Sở B và UBND các huyện tổ chức …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from etl.extract.bodies import split_bodies, starts_with_body
from etl.extract.tasks_sentences import Roles, Span, read_sentences
from etl.extract.text import DocumentText, fold_text, squeeze

_KEY = re.compile(
    r"(?:chu\s+tri|phoi\s+hop|tham\s+muu|thuc\s+hien|phu\s+trach|thoi\s+gian|tien\s+do|thoi\s+han"
    r"|thoi\s+diem|hoan\s+thanh|kinh\s+phi|nguon\s+von|du\s+toan)"
)
_KEY_TO_SIGN: Final = 45  # the farthest that a key word may stand before its ":"
_LABEL_WORDS: Final = frozenset(
    [
        "don",
        "vi",
        "co",
        "quan",
        "to",
        "chuc",
        "bo",
        "phan",
        "phong",
        "cac",
        "cap",
        "nganh",
        "noi",
        "tong",
        "nguon",
        "von",
        "du",
        "kien",
        "toan",
        "muc",
        "chi",
        "chu",
        "tri",
        "phoi",
        "hop",
        "tham",
        "muu",
        "thuc",
        "hien",
        "va",
        "hoac",
        "chinh",
        "trien",
        "khai",
        "hoan",
        "thanh",
        "thoi",
        "gian",
        "tien",
        "do",
        "han",
        "diem",
        "kinh",
        "phi",
        "phu",
        "trach",
        "nhiem",
        "vu",
        "hoat",
        "dong",
        "noi",
        "dung",
        "nam",
        "lien",
        "quan",
        "bat",
        "dau",
        "ket",
        "thuc",
        "theo",
        "doi",
        "chiu",
        "trach",
        "giao",
        "duoc",
        "bao",
        "dam",
        "so",
    ]
)
_BULLET = re.compile(r"[\s\-+*•·–_#>|]*(?:[a-z0-9]{1,3}[.)](?![a-z]))?[\s*_]*")
_VALUE_END = re.compile(r"\n[ ]*\n|\n[ ]*(?:[-+*•·|#]|\*\*|[a-z0-9]{1,3}(?:\.[0-9]{1,2})*[.)] )")
_LIST_END = re.compile(r"\n(?![ ]*\n)(?![ ]*[-+*•·])|\n[ ]*\n(?![ ]*[+*•·])")
# The number of the next label's line.
_NUMBER_BEHIND = re.compile(r"\n[ ]*[a-z0-9]{1,3}(?:\.[0-9]{1,2})*[.)]?\s*\Z")
_GOES_ON = (",", " va", ";", " cac")
_SENTENCE_STOP = re.compile(r"(?<!\btp)(?<!\bt)\.(?=\s+[^\s\d])")

# "Hoàn thành trước ngày 30/6/2024."
_DONE = re.compile(
    r"hoan\s+thanh\s+((?:trong|truoc|vao|cham nhat)\s+(?:quy|thang|ngay|nam)[^.;,\n]{1,40})"
)
# "Sở A chủ trì; Sở B phối hợp", "Sở A (chủ trì)".
_MARK = re.compile(r"(?:-\s*)?\(?(chu\s+tri|phoi\s+hop)\)?(?:\s+(?:voi|thuc hien))?\s*[;,\n]?")


def find_roles(doc: DocumentText, start: int, end: int) -> Roles:
    """The roles, time and money that a range of the text prints for its task."""
    roles = Roles(end=start)
    printed: dict[str, list[str]] = {"lead": [], "partner": [], "doer": [], "adviser": []}
    taken: list[Span] = []
    for kind, label_start, value_start, value_end in find_labels(doc, start, end):
        if roles.first_label is None:
            roles.first_label = label_start
        taken.append((label_start, value_end))
        value = doc.text[value_start:value_end]
        if kind in printed:
            bodies, partners = bodies_of_value(value), list[str]()
            if kind != "partner" and _MARK.search(doc.folded, value_start, value_end):
                bodies, partners = bodies_by_mark(value)
            printed[kind] += [b for b in bodies if b not in printed[kind]]
            printed["partner"] += [b for b in partners if b not in printed["partner"]]
        elif kind == "due":
            roles.due = roles.due or clean_value(value)
        elif kind == "money":
            roles.money.append((value_start, value_end))
        elif kind == "source":
            roles.source = roles.source or clean_value(value)
        elif kind == "both":
            leads, partners = bodies_by_mark(value)
            printed["lead"] += leads
            printed["partner"] += partners
        roles.end = max(roles.end, _rstrip(doc.text, value_start, value_end))
    if roles.due is None:
        done = _DONE.search(doc.folded, start, end)
        roles.due = squeeze(doc.text[done.start(1) : done.end(1)]) if done else None
    # "Chủ trì" leads; who is to carry out or to advise leads only where nobody else does.
    roles.leads = printed["lead"] or printed["doer"] or printed["adviser"]
    roles.partners = printed["partner"]
    if not roles.leads:
        read_sentences(doc, start, end, taken, roles)
    return roles


def find_labels(doc: DocumentText, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    """Labels with their values: kind, start of the label, start and end of the value."""
    folded = doc.folded
    found: list[tuple[str, int, int]] = []
    colon = folded.find(":", start, end)
    while colon >= 0:
        low = max(start, colon - _KEY_TO_SIGN - 20)
        low = max(low, *(folded.rfind(sign, low, colon) + 1 for sign in "\n;.:"))
        key = _KEY.search(folded, low, colon)
        if key and colon - key.end() <= _KEY_TO_SIGN and not folded.startswith("//", colon + 1):
            back = max(start, key.start() - 60)
            label = max(back, *(folded.rfind(sign, back, key.start()) + 1 for sign in "\n;.(:"))
            words = _label_words(folded, label, colon)
            comma = folded.rfind(",", label, key.start())
            if words is None and comma >= 0:
                label = comma + 1
                words = _label_words(folded, label, colon)
            if words is not None and (not found or label >= found[-1][2]):
                found.append((_kind(words), label, colon + 1))
        colon = folded.find(":", colon + 1, end)
    for i, (kind, label, at) in enumerate(found):
        following = found[i + 1][1] if i + 1 < len(found) else end
        number = _NUMBER_BEHIND.search(folded, at, following)
        following = number.start() if number else following
        yield kind, label, at, _value_end(doc, at, min(following, end))


def _label_words(folded: str, start: int, end: int) -> str | None:
    bullet = _BULLET.match(folded, start, end)
    printed = folded[bullet.end() if bullet else start : end]
    words = re.findall(r"[a-z]+", printed)
    return " ".join(words) if words and set(words) <= _LABEL_WORDS else None


def _kind(words: str) -> str:
    if re.match(r"(?:du kien )?(?:thoi|tien do|hoan thanh)", words):
        return "due"
    if re.match(r"(?:du kien )?nguon", words):
        return "source"
    if "kinh phi" in words or "du toan" in words:
        return "money"
    if "chu tri" in words:
        return "both" if "phoi hop" in words else "lead"
    if "phoi hop" in words:
        return "partner"
    return "adviser" if "tham muu" in words and "thuc hien" not in words else "doer"


def _value_end(doc: DocumentText, at: int, end: int) -> int:
    folded = doc.folded
    stop = _VALUE_END.search(folded, at, end)
    if stop and not folded[at : stop.start()].strip(" *_\n"):
        # The value is a list of bullets below the label.
        listed = _LIST_END.search(folded, stop.end(), end)
        return listed.start() if listed else end
    while stop and folded[at : stop.start()].rstrip().endswith(_GOES_ON[:2]):
        if folded[stop.end() : stop.end() + 1] in "-+*•":
            break
        stop = _VALUE_END.search(folded, stop.end(), end)  # broken by a new page
    value_end = stop.start() if stop else end
    sentence = _SENTENCE_STOP.search(folded, at, value_end)
    return sentence.start() if sentence else value_end


def clean_value(value: str) -> str | None:
    """A printed value with single blanks, without marks of bold and signs at its ends."""
    value = squeeze(value.replace("*", "")).strip(" .;,")
    return (
        value.removesuffix(")").rstrip() if value.count(")") > value.count("(") else value or None
    )


def bodies_of_value(value: str) -> list[str]:
    """The bodies of a label's value, which may be a list of bullets."""
    return split_bodies(re.sub(r"\n\s*[-+*•·–]\s+", " ; ", value))


def bodies_by_mark(value: str) -> tuple[list[str], list[str]]:
    """Leads and partners of one value for both ("Sở A chủ trì; Sở B phối hợp").

    What is not marked as either is left out: which of them leads is not printed.
    """
    doc = DocumentText(value)
    roles = Roles()
    labels = list(find_labels(doc, 0, len(value)))
    if labels:
        roles = find_roles(doc, 0, len(value))
        return roles.leads, roles.partners
    leads: list[str] = []
    partners: list[str] = []
    at = 0
    for mark in _MARK.finditer(doc.folded):
        piece = value[at : mark.start()].strip(" ,;.\n")
        if starts_with_body(fold_text(piece)):
            (leads if mark[1].startswith("chu") else partners).extend(split_bodies(piece))
        at = mark.end()
    rest = value[at:].strip(" ,;.\n")
    if rest and leads and not partners:
        partners = split_bodies(rest)
    return leads, partners


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" \n\t;,"))

"""A printed list of bodies → its bodies, each as printed.

Names hold commas and "và" of their own ("Sở Văn hóa, Thể thao và Du lịch"). A comma or "và" ends
a body only where the next one begins: a head word (Sở, Ban, UBND, …) with a name behind it, or
"các" (Decree 30/2020/NĐ-CP prints names of bodies with capitals).
"""

from __future__ import annotations

import re
from typing import Final

from etl.extract.text import fold_text, squeeze

# Head words after which a name follows, folded.
_NAMED: Final = (
    "so", "ban", "bo", "bao", "dai", "cong an", "van phong", "hoi", "lien doan", "doan", "cuc",
    "vu", "vien", "truong", "trung tam", "thuong truc", "chi cuc", "tong cuc", "kho bac",
    "ngan hang", "cong ty", "tong cong ty", "phong", "tap chi", "lien hiep", "hiep hoi",
    "hoc vien", "dai hoc", "buu dien", "nha xuat ban", "bao tang", "thu vien", "hai quan",
    "bien phong", "don bien phong", "tram", "benh vien", "quan khu", "bo chi huy", "bo tu lenh",
     "thanh tra", "uy ban", "lanh su quan", "dai su quan", "tong lanh su quan",
    "dang uy", "chu tich", "lanh dao", "thu truong", "giam doc",  "doanh nghiep",
    "cong doan", "hop tac xa", "kenh", "mat tran", "toa an", "vien kiem sat", "hai doi", "hai doan",
    "tieu doan", "trung doan", "lu doan", "canh sat bien",
)  # fmt: skip
# Names that may stand alone, folded.
_ALONE: Final = (
    "ubnd", "hdnd", "mttq", "ubmttq", "bch", "bdbp", "tinh uy", "thanh uy", "huyen uy", "tinh doan",
    "thanh doan", "huyen doan", "uy ban nhan dan", "hoi dong nhan dan", "cong an", "thong tan xa",
    "vnpt", "viettel", "mobifone", "vtv", "vov", "ttxvn", "dai pt-th", "dai ptth", "lien minh",
    "bo doi bien phong", "van phong", "bo ngoai giao", "cac", "nhung", "cong thong tin",
    "bao va phat thanh", "bao va dai",
)  # fmt: skip


def _words(names: tuple[str, ...]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(name.replace(" ", r"\s+") for name in longest_first)


# Behind a head word: no sign and none of the words that make it a kind of body, not one body
# ("sở, ban, ngành, đoàn thể").
_KINDS = r"(?:nganh|the|doan|va|hoac|lien\s+quan|co\s+lien\s+quan)\b"
_HEAD = re.compile(rf"(?:(?:{_words(_NAMED)})\s+(?!{_KINDS})(?=\w)|(?:{_words(_ALONE)})\b)")
# A line may be broken inside a name: only these begin a body at a line's start without a sign.
_LINE_HEAD = re.compile(
    r"(?:so|ban|bo(?!\s+doi)|bao|dai|ubnd|uy\s+ban\s+nhan\s+dan|cong\s+an|cac|hoi)\b"
)
# "Huyện Hoàng Sa chủ trì": a place that acts; inside a list it goes with "UBND" before it.
_PLACE = re.compile(
    r"(?:huyen|quan|thi\s+xa|thanh\s+pho|xa|phuong|dac\s+khu)\s+(?!voi|va|hoi)(?=\w)"
)
_UNIT_OF = re.compile(r"(?:don\s+vi|co\s+quan|phong|to\s+chuc)\b(?!,)")
_SEPARATOR = re.compile(
    r";|,\s*(?:va\s+)?|\s+va\s+(?:cac\s+dong\s+chi\s+)?|\s+cung(?:\s+voi)?\s+|\n"
)
# "các sở, ban, ngành …" so far: only words for kinds of bodies, so that "đơn vị" goes on with it.
_COLLECTIVE = re.compile(
    r"(?:cac|nhung)(?:[\s,]+(?:so|ban|bo|nganh|co\s+quan|don\s+vi|phong|to\s+chuc|doan\s+the|hoi|cap"
    r"|dia\s+phuong|huyen|thi\s+xa|thanh\s+pho|quan|xa|phuong|doanh\s+nghiep|bao\s+chi|chuyen\s+mon"
    r"|va))+\s*"
)
# Offices that serve several bodies at once are one body.
_JOINT_OFFICE = re.compile(
    r"van\s+phong\s+(?:doan\s+(?:dbqh|dai\s+bieu\s+quoc\s+hoi)|hdnd|hoi\s+dong\s+nhan\s+dan)"
    r"(?:\s+tinh|\s+thanh\s+pho)?(?:\s*,\s*|\s+va\s+|\s*-\s*|\s*&\s*)"
    r"(?:hdnd|hoi\s+dong\s+nhan\s+dan|ubnd|uy\s+ban\s+nhan\s+dan)"
    r"(?:(?:\s*,\s*|\s+va\s+)(?:ubnd|uy\s+ban\s+nhan\s+dan))?"
)
_SHARED_HEAD = re.compile(r"(?:cac\s+)?(so|ban|bo)(?:,?\s*(?:ban,?\s*)?nganh)?\s*:\s*")
# Sectors of departments and ministries with a comma in their name, for "Các Sở: Ngoại vụ, …".
_SECTORS_WITH_COMMA = re.compile(
    r"van\s+hoa,\s+the\s+thao(?:\s+va\s+du\s+lich|,\s+du\s+lich)"
    r"|van\s+hoa,\s+thong\s+tin(?:,\s+the\s+thao)?\s+va\s+du\s+lich"
    r"|lao\s+dong,\s+thuong\s+binh\s+va\s+xa\s+hoi|van\s+hoa,\s+khoa\s+hoc\s+va\s+thong\s+tin"
)
_SECTOR_SEPARATOR = re.compile(r",|;")
_INTRODUCTION = re.compile(
    r"(?:la\s+|gom\s+|do\s+|bao\s+gom\s+|\(|cac\s+(?:don\s+vi|co\s+quan)(?:\s+phoi\s+hop)?\s*:\s*)+"
)
_ENDS = " \t\n.,;:*_/|-+•–()"


def starts_with_body(folded: str, at: int = 0) -> bool:
    """Whether the name of a body begins at a place of a folded text."""
    return bool(_HEAD.match(folded, at) or _UNIT_OF.match(folded, at) or _PLACE.match(folded, at))


def split_bodies(text: str) -> list[str]:
    """The bodies of a printed list, in their order, each once, with single blanks.

    "các sở, ban, ngành" and "UBND các huyện, thành phố" are one each. In "Các Sở: Ngoại vụ, Nội
    vụ" the printed head is given to each: "Sở Ngoại vụ", "Sở Nội vụ".
    """
    bodies: dict[str, str] = {}
    for body in _split(text):
        if body and any(c.isalpha() for c in body):
            bodies.setdefault(fold_text(body), body)
    return list(bodies.values())


def _split(text: str) -> list[str]:
    folded = fold_text(text)
    start = _skip_introduction(folded)
    masked = _masked(folded)
    pieces: list[tuple[int, int]] = []
    for match in _SEPARATOR.finditer(masked, start):
        if match.start() >= start and _begins_body(text, folded, masked, start, match):
            pieces.append((start, match.start()))
            start = match.end()
    pieces.append((start, len(text)))
    bodies: list[str] = []
    for start, end in pieces:
        bodies += _shared(text, folded, start, end) or [_clean(text[start:end])]
    return bodies


def _skip_introduction(folded: str) -> int:
    start = len(folded) - len(folded.lstrip(" \t\n*_-+:."))
    match = _INTRODUCTION.match(folded, start)
    return match.end() if match else start


def _masked(folded: str) -> str:
    """The folded text with what is in brackets, and joint offices, made unreadable."""
    depth, signs = 0, list(folded)
    if "(" in folded:
        for i, sign in enumerate(signs):
            depth += (sign == "(") - (sign == ")" and depth > 0)
            if depth and sign in ",;\nv":
                signs[i] = "#"
    for match in _JOINT_OFFICE.finditer(folded):
        signs[match.start() : match.end()] = "#" * (match.end() - match.start())
    return "".join(signs) if depth == 0 else folded


def _begins_body(text: str, folded: str, masked: str, start: int, separator: re.Match[str]) -> bool:
    sign, at = separator[0], separator.end()
    if at >= len(text):
        return False
    so_far = folded[start : separator.start()]
    if not so_far.strip():
        return False
    head = _HEAD.match(folded, at)
    if sign == "\n" and not _LINE_HEAD.match(folded, at):
        return False
    if ";" in sign:
        return True
    if masked[at] == "#":
        return True
    if head is None:
        unit = _UNIT_OF.match(folded, at)
        return bool(unit and not _COLLECTIVE.fullmatch(so_far) and sign.strip() != "")
    if folded.startswith(("cac ", "nhung "), at):
        # "Liên hiệp các tổ chức" has no sign before; after a sign "các" begins a body.
        return sign.strip() != ""
    if _COLLECTIVE.fullmatch(so_far) and text[at].islower():
        return False
    follows = text[head.end() : head.end() + 1]
    return text[at].isupper() or follows.isupper()


def _shared(text: str, folded: str, start: int, end: int) -> list[str]:
    """One body for each sector of "Các Sở: Ngoại vụ, Nội vụ"; [] where it is no such list."""
    match = _SHARED_HEAD.match(folded, start, end)
    if match is None:
        return []
    head = text[match.start(1) : match.end(1)].capitalize()
    signs = list(folded)
    for found in _SECTORS_WITH_COMMA.finditer(folded, match.end(), end):
        signs[found.start() : found.end()] = "#" * (found.end() - found.start())
    masked = "".join(signs)
    cuts = [m.start() for m in _SECTOR_SEPARATOR.finditer(masked, match.end(), end)]
    names, at = [], match.end()
    for cut in [*cuts, end]:
        name = _clean(text[at:cut].strip())
        if name:
            names.append(name if starts_with_body(fold_text(name)) else f"{head} {name}")
        at = cut + 1
    return names


def _clean(piece: str) -> str:
    body = squeeze(piece.replace("**", "").replace("__", "")).strip(_ENDS)
    return body + ")" if body.count("(") > body.count(")") else body

"""The office that issues a document, its level and its province, from the head or the number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from domain.errors import UnknownProvince
from domain.provinces import Province, ProvinceRegister, fold
from etl.extract import office_names as names
from etl.extract.header_numbers import Head, Span
from etl.extract.text import DocumentText, fold_text, squeeze

_UNIT = r"(?P<unit>tinh|thanh\s+pho|tp\b\.?|huyen|quan|thi\s+xa|xa|phuong|thi\s+tran|dac\s+khu)"
_LINE = r"(?:^|\n|[ ]{2}|\||[ ]-(?=[ ]))[ *#_|>\ufeff]*+"
_COMMITTEE = re.compile(
    _LINE
    + r"(?:chu\s+tich\s+)?(?P<office>uy\s+ban\s+nhan\s+dan|ubnd|hoi\s+dong\s+nhan\s+dan|hdnd)\b"
    + rf"\s*{_UNIT}?\s*"
)
_PARTY = re.compile(
    _LINE + r"(?P<office>(?:ban\s+thuong\s+vu\s+)?(?P<unit>tinh|thanh|huyen|quan|thi)\s+uy)\b\s*"
)
# "ĐẢNG BỘ TỈNH SƠN LA / BAN THƯỜNG VỤ": the committee's name is left out.
_PARTY_OF = re.compile(
    _LINE + r"(?P<office>dang\s+bo\s+(?P<unit>tinh|thanh)(?:\s+pho)?)\b\s*"
    r"(?=[^\n]{2,80}\n(?:[^\n]*\n){0,2}?\W*ban\s+(?:thuong\s+vu|chap\s+hanh)\b)"
)
_OTHER_DEPARTMENT = re.compile(_LINE + r"(?P<office>so\s+[a-z][a-z ,&-]{2,60})(?=\n|$|  |\|)")
_NAME_TOKEN = re.compile(r"[^\s,;:()|*/\"“”.]+\.?")


@dataclass(frozen=True)
class Issuer:
    """`name` without its province; `unit` "tỉnh" or "thành phố" where printed with a place."""

    name: str | None
    level: str | None
    span: Span | None = None
    province: Province | None = None
    unit: str | None = None
    is_joined: bool = False  # "Tỉnh ủy Bình Thuận": no unit word between


@lru_cache(maxsize=8)
def _folded_provinces(register: ProvinceRegister, vintage: int) -> dict[str, Province]:
    return {fold(p.name): p for p in register.of_vintage(vintage)}


def province_at(
    register: ProvinceRegister, vintage: int, text: str, start: int
) -> tuple[Province, int] | None:
    """(province, end) of the longest name that begins at a position; OCR may have lost marks."""
    tokens = list(_NAME_TOKEN.finditer(text, start, start + 60))[:6]
    if not tokens or text[start : tokens[0].start()].strip(" \n*_|"):
        return None
    known = _folded_provinces(register, vintage)
    for count in range(len(tokens), 0, -1):
        printed = squeeze(" ".join(t[0] for t in tokens[:count])).rstrip(".")
        try:
            found: Province | None = register.by_spelling(printed, vintage)
        except UnknownProvince:
            found = known.get(fold(printed))
        if found:
            return found, tokens[count - 1].start() + len(tokens[count - 1][0].rstrip("."))
    return None


@cache
def _offices() -> tuple[tuple[re.Pattern[str], dict[str, tuple[str, str]]], ...]:
    """Patterns of known names → (printed form, level); blanks, commas and dashes may differ."""
    ministries = dict.fromkeys((*names.MINISTRIES.values(), *names.MINISTRY_UNITS), "ministry")
    departments = dict.fromkeys(
        (*names.DEPARTMENTS.values(), *names.PROVINCIAL_OFFICES), "department"
    )
    tables = []
    for table in (names.CENTRAL, ministries, departments):
        by_key = {_key(name): (name, level) for name, level in table.items()}
        words = sorted((re.findall(r"[a-z0-9]+", fold_text(name)) for name in table), key=len)
        pattern = "|".join(r"[\s,&-]+".join(w) for w in reversed(words))
        guards = r"bo[\s,&-]+doi[\s,&-]+bien[\s,&-]+phong"
        pattern = pattern.replace(guards, rf"(?:{guards}|bdbp)")
        pattern = pattern.replace("ubnd", r"(?:ubnd|uy\s+ban\s+nhan\s+dan)")
        tables.append((re.compile(rf"{_LINE}(?P<office>{pattern})\b"), by_key))
    return tuple(tables)


def _key(name: str) -> str:
    key = " ".join(re.findall(r"[a-z0-9]+", fold_text(name)))
    key = key.replace("bdbp", "bo doi bien phong")
    return key.replace("uy ban nhan dan", "ubnd") if key.startswith("van phong") else key


def head_issuer(
    doc: DocumentText,
    head: Head,
    end: int,
    register: ProvinceRegister,
    vintage: int,
    has_city_hue: bool,
) -> Issuer | None:
    """The innermost office printed above the kind word or the salutation (`end`: its position)."""
    folded = head.folded[: max(0, end - head.start)]
    text = head.text[: len(folded)]
    found: list[Issuer] = []
    for pattern, table in _offices():
        for match in pattern.finditer(folded):
            name, level = table[_key(match["office"])]
            span = (head.start + match.start("office"), head.start + match.end("office"))
            found.append(
                _with_place(Issuer(name, level, span), text, head.start, register, vintage)
            )
    committee = _committee(text, folded, head.start, register, vintage, has_city_hue)
    party = _party(text, folded, head.start, register, vintage)
    if not any(i.level == "department" for i in found):
        found += _other_department(doc, text, folded, head.start, register, vintage)
    return _innermost(found, committee, party, folded, head.start)


def _with_place(
    issuer: Issuer, text: str, shift: int, register: ProvinceRegister, vintage: int
) -> Issuer:
    """The office with the province that is printed right behind it, if there is one."""
    if issuer.level != "department" or issuer.span is None:
        return issuer
    after = issuer.span[1] - shift
    unit = re.compile(r"\s*(?:(tỉnh|thành phố|tp\.?)\b)?\s*", re.IGNORECASE).match(text, after)
    if unit is None or not (place := province_at(register, vintage, text, unit.end())):
        return issuer
    return replace(issuer, province=place[0], span=(issuer.span[0], shift + place[1]))


def _committee(
    text: str, folded: str, shift: int, register: ProvinceRegister, vintage: int, has_city_hue: bool
) -> Issuer | None:
    """UBND or HĐND with its place; of two (superior and own) the last."""
    best: Issuer | None = None
    for match in _COMMITTEE.finditer(folded):
        office = "Hội đồng nhân dân" if match["office"].startswith("h") else "UBND"
        unit = squeeze(match["unit"] or "")
        span = (shift + match.start("office"), shift + len(folded[: match.end()].rstrip()))
        place = province_at(register, vintage, text, match.end())
        if unit in ("tinh", "thanh pho", "tp", "tp.", "") and place:
            province, end = place
            printed = squeeze(text[match.end() : end])
            is_city = province.code_gso in names.CITY_CODES[vintage]
            is_hue = has_city_hue and fold(printed) == "hue"
            if unit == "tinh" or is_city or is_hue:
                word = "thành phố" if is_city or is_hue else "tỉnh"
                best = Issuer(office, "province", (span[0], shift + end), province, word)
                continue
        if unit == "tinh":
            best = Issuer(f"{office} tỉnh", "province", span)
        elif unit:
            best = _local_committee(office, unit, text, match.end(), span, shift)
    return best


_UNIT_NAMES = {
    "thanh pho": "thành phố", "tp": "thành phố", "tp.": "thành phố",
    "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "xa": "xã", "phuong": "phường", "thi tran": "thị trấn",
    "dac khu": "đặc khu",
}  # fmt: skip


def _local_committee(
    office: str, unit: str, text: str, position: int, span: Span, shift: int
) -> Issuer:
    """A district's committee; communes have no level in the result."""
    level = "district" if unit in ("thanh pho", "tp", "tp.", "huyen", "quan", "thi xa") else None
    line = re.compile(r"[^\n|,;:(]{1,40}").match(text, position)
    words = re.split(r" {2,}|\t", line[0].strip(" *_"))[0].split()[:5] if line else []
    name = " ".join(w.capitalize() if w.isupper() else w for w in words)
    end = (
        span[1]
        if not words
        else shift + position + len(line[0].split(words[-1])[0]) + len(words[-1])
        if line
        else span[1]
    )
    return Issuer(f"{office} {_UNIT_NAMES[unit]} {name}".strip(), level, (span[0], end))


def _party(
    text: str, folded: str, shift: int, register: ProvinceRegister, vintage: int
) -> Issuer | None:
    """Tỉnh ủy, Thành ủy, Huyện ủy with the name behind."""
    match = _PARTY.search(folded) or _PARTY_OF.search(folded)
    if match is None:
        return None
    office = {"tinh": "Tỉnh ủy", "thanh": "Thành ủy", "huyen": "Huyện ủy", "quan": "Quận ủy",
              "thi": "Thị ủy"}[match["unit"]]  # fmt: skip
    start = shift + match.start("office")
    place = province_at(register, vintage, text, match.end())
    if place and match["unit"] in ("tinh", "thanh"):
        is_city = place[0].code_gso in names.CITY_CODES[vintage]
        if match["unit"] == "tinh" or is_city:
            return Issuer(office, "party", (start, shift + place[1]), place[0], None, True)
    line = text[match.end() : match.end() + 40].split("\n")[0].strip(" *_")
    name = " ".join(
        w.capitalize() if w.isupper() else w for w in re.split(r" {2,}|\|", line)[0].split()
    )
    end = shift + len(text[: match.end()].rstrip())
    return Issuer(f"{office} {name}".strip(), "party", (start, end), None, None, True)


def _other_department(
    doc: DocumentText, text: str, folded: str, shift: int, register: ProvinceRegister, vintage: int
) -> list[Issuer]:
    """A sở that is not in the list: as the body prints it, else in small letters."""
    match = _OTHER_DEPARTMENT.search(folded)
    if match is None or text[match.start("office") + 1] not in "ởỞỎỏƠOÔ":
        return []
    words = match["office"].split()
    start, end = match.start("office"), match.start("office") + len(match["office"].rstrip())
    printed = squeeze(text[start:end])
    if printed.isupper():
        pattern = re.compile(r"[\s,]+".join(map(re.escape, words)))
        forms = (doc.text[m.start() : m.end()] for m in pattern.finditer(doc.folded))
        mixed = next((squeeze(f) for f in forms if not f.isupper() and f[0].isupper()), None)
        printed = mixed or "Sở " + squeeze(printed[2:]).capitalize()
    return [Issuer(printed, "department", (shift + start, shift + end))]


def _innermost(
    found: list[Issuer], committee: Issuer | None, party: Issuer | None, folded: str, shift: int
) -> Issuer | None:
    """Of all offices printed in the head the one that has issued; two equal ones have together."""
    steering = re.search(r"ban\s+chi\s+dao\s+(?:cong\s+tac\s+)?thong\s+tin\s+doi\s+ngoai", folded)
    central = [i for i in found if i.level in ("government", "party")]
    if steering and not any("Ban Chỉ đạo" in (i.name or "") for i in central):
        outer = party or committee
        span = (shift + steering.start(), shift + steering.end())
        unit = (outer.unit if outer else None) or None
        province = outer.province if outer else None
        return Issuer(names.STEERING_COMMITTEE, "party", span, province, unit)
    if party:
        return _inner_office(party, names.PARTY_OFFICES, folded, shift)
    departments = _printed_once([i for i in found if i.level == "department"])
    ministries = _printed_once([i for i in found if i.level == "ministry"])
    if committee and committee.level in ("district", None):
        return _inner_office(committee, names.DISTRICT_OFFICES, folded, shift)
    if departments:
        joint = _together(departments)
        if joint.province is None and committee:
            joint = replace(joint, province=committee.province, unit=committee.unit)
        return joint
    if committee:
        return committee
    if ministries:
        units = [i for i in ministries if i.name in names.MINISTRY_UNITS]
        return units[-1] if units else _together(ministries)
    return central[-1] if central else None


def _printed_once(found: list[Issuer]) -> list[Issuer]:
    return list({i.name: i for i in sorted(found, key=lambda i: i.span or (0, 0))}.values())


def _together(found: list[Issuer]) -> Issuer:
    if len(found) == 1:
        return found[0]
    spans = [i.span for i in found if i.span]
    joined = ", ".join(i.name or "" for i in found)
    return replace(found[0], name=joined, span=(spans[0][0], spans[-1][1]))


def _inner_office(outer: Issuer, offices: tuple[str, ...], folded: str, shift: int) -> Issuer:
    """The office printed with its superior: "Ban Tuyên giáo" with "Tỉnh ủy Bắc Giang"."""
    for office in offices:
        words = re.findall(r"[a-z]+", fold_text(office))
        if match := re.search(_LINE + r"(?P<office>" + r"[\s,-]+".join(words) + r")\b", folded):
            span = outer.span or (0, 0)
            start, end = shift + match.start("office"), shift + match.end("office")
            whole = (min(span[0], start), max(span[1], end))
            place = (outer.name or "").removeprefix("UBND ")
            return replace(outer, name=f"{office} {place}", span=whole)
    return outer

"""The issuing office of a document whose head is lost: from number, signature, first paragraph."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.documents import document_kind
from domain.provinces import Province, ProvinceRegister
from etl.extract import office_names as names
from etl.extract.header_numbers import Head, PrintedNumber, Span
from etl.extract.issuers import Issuer, _key, _offices, province_at
from etl.extract.text import DocumentText, squeeze

_PARAGRAPHS = 2500
_SIGNATURE = 3000
_OWN = re.compile(
    r"\b(?P<office>(?:uy\s+ban\s+nhan\s+dan(?:\s*\(\s*ubnd\s*\))?|ubnd)\s+"
    r"(?P<unit>tinh|thanh\s+pho))\b"
    r"[^.;\n]{0,60}?\b(?:ban\s+hanh|xay\s+dung|bao\s+cao)\b"
)
_OWN_DEPARTMENT = re.compile(
    r"(?<![a-z])(?P<office>(?:so|ban)\s+[a-z][^.;\n:]{3,70}?)\s+"
    r"(?:(?:tinh|thanh\s+pho)\s+[a-z ]{2,25}?\s*)?"
    r"(?:xay\s+dung|ban\s+hanh)\s+ke\s+hoach\b"
)
_SIGNED_FOR = re.compile(
    r"(?:\n|  |\*)[ *|]*(?:(?:tm|t/m)[ ]?[./][ ]?(?P<office>uy\s+ban\s+nhan\s+dan"
    r"|ubnd|bo\s+chinh\s+tri"
    r"|ban\s+bi\s+thu|chinh\s+phu|ban\s+thuong\s+vu))\s*(?P<unit>tinh|thanh\s+pho|huyen)?\b"
)
_ATTACHED_OF = re.compile(
    r"[^()\n]{0,40}?\s*cua\s+(?:chu\s+tich\s+)?(?P<office>uy\s+ban\s+nhan\s+dan|ubnd)\s+"
    r"(?P<unit>tinh|thanh\s+pho|tp\.?)\s+"
)
_FURNITURE = re.compile(r"\n[ *|]*co\s*quan\s+ban\s+hanh[ :|]*(?P<name>[^\n|]{3,60})")
_UNIT = re.compile(r"\b(?P<unit>tinh|thanh\s+pho|tp\.?)\s+(?=[a-z])")


def symbol_issuer(printed: PrintedNumber | None) -> Issuer | None:
    """The office whose abbreviation ends the number: KH-SKHCN, BTTTT-TTĐN, CTr-BTTTT-BTLBĐBP."""
    if printed is None:
        return None
    parts = [p for p in re.split(r"[/.-]", printed.symbol) if p and not p.isdigit()]
    coded = document_kind(f"1/{parts[0]}") not in ("official_letter", "other") if parts else False
    offices = parts[1:] if coded or (len(parts) > 1 and parts[0] in _CODES) else parts
    if not offices:
        return None
    ministries = {k.upper().replace("Đ", "D"): v for k, v in names.MINISTRIES.items()}
    joint = [
        ministries[p.upper().replace("Đ", "D")]
        for p in offices
        if p.upper().replace("Đ", "D") in ministries
    ]
    first = offices[0]
    if first.upper().replace("Đ", "D") in ministries:
        return Issuer(", ".join(joint), "ministry", printed.span)
    if name := names.CENTRAL_SYMBOLS.get(first) or names.CENTRAL_SYMBOLS.get(first.upper()):
        return Issuer(name, names.CENTRAL[name], printed.span)
    departments = {k.upper(): v for k, v in names.DEPARTMENTS.items() if k != "SNgV"}
    if first == "SNgV" or first in names.DEPARTMENTS:
        return Issuer(names.DEPARTMENTS[first], "department", printed.span)
    if name := departments.get(first.upper()):
        return Issuer(name, "department", printed.span)
    if first in ("TU", "TW"):
        return Issuer(None, "party", printed.span)
    return None


_CODES = frozenset(
    {"TB", "TTr", "TTR", "QC", "ĐA", "PA", "BB", "CV", "QyĐ", "CĐ", "GM", "CTr", "CTR"}
)


def body_issuer(doc: DocumentText, head: Head, title_end: int) -> Issuer | None:
    """What the first paragraph says of itself: "UBND tỉnh ban hành Kế hoạch", "Sở … xây dựng"."""
    folded = doc.folded
    start, end = title_end, min(len(folded), title_end + _PARAGRAPHS)
    if match := _OWN_DEPARTMENT.search(folded, start, end):
        position = match.start("office")
        pattern, table = _offices()[2]
        known = pattern.search("\n" + folded[position : match.end()])
        if known and known.start("office") == 1:
            name, level = table[_key(known["office"])]
            return Issuer(name, level, (position, position + known.end("office") - 1))
        if folded[position : position + 3] == "so " and doc.text[position] == "S":
            name = squeeze(doc.text[position : match.end("office")])
            return Issuer(name, "department", match.span("office"))
    if match := _OWN.search(folded, start, end):
        unit = "tỉnh" if match["unit"] == "tinh" else "thành phố"
        return Issuer("UBND", "province", match.span("office"), None, unit)
    return None


def attached_issuer(
    doc: DocumentText, position: int, register: ProvinceRegister, vintage: int
) -> Issuer | None:
    """Of "(Kèm theo Quyết định số … ngày … của UBND tỉnh Phú Yên)", the text from `position` on."""
    match = _ATTACHED_OF.match(doc.folded, position)
    if match is None:
        return None
    is_city = match["unit"] != "tinh"
    found = province_at(register, vintage, doc.text, match.end())
    if found is None or is_city != (found[0].code_gso in names.CITY_CODES[vintage]):
        return None
    span = (match.start("office"), found[1])
    return Issuer("UBND", "province", span, found[0], "thành phố" if is_city else "tỉnh")


def signature_issuer(doc: DocumentText) -> Issuer | None:
    """Whom the signature is for: "TM. ỦY BAN NHÂN DÂN TỈNH", "T/M BỘ CHÍNH TRỊ"."""
    folded = doc.folded
    recipients = folded.find("noi nhan")
    start = max(0, (recipients if recipients >= 0 else len(folded)) - _SIGNATURE // 2)
    match = _SIGNED_FOR.search(folded, start, start + _SIGNATURE)
    if match is None:
        return None
    office = squeeze(match["office"])
    span = match.span("office")
    if office == "chinh phu":
        return Issuer("Chính phủ", "government", span)
    if office in ("bo chinh tri", "ban bi thu"):
        return Issuer("Bộ Chính trị" if office[1] == "o" else "Ban Bí thư", "party", span)
    if office in ("uy ban nhan dan", "ubnd") and match["unit"] == "tinh":
        return Issuer("UBND", "province", span, None, "tỉnh")
    return None


def furniture_issuer(doc: DocumentText, register: ProvinceRegister, vintage: int) -> Issuer | None:
    """ "Cơ quan ban hành" of the page that a web site puts around a document."""
    for match in _FURNITURE.finditer(doc.folded):
        start, end = match.span("name")
        printed = "\n" + doc.folded[start:end].strip()
        for pattern, table in _offices():
            if known := pattern.match(printed):
                name, level = table[_key(known["office"])]
                return Issuer(name, level, (start, end))
        if unit := _UNIT.search(doc.folded, start, end):
            if found := province_at(register, vintage, doc.text, unit.end()):
                word = "tỉnh" if unit["unit"] == "tinh" else "thành phố"
                if (
                    "uy ban" in printed
                    or "ubnd" in printed
                    or printed.strip().startswith(("tinh", "thanh"))
                ):
                    return Issuer("UBND", "province", (start, end), found[0], word)
    return None


def province_of_text(
    doc: DocumentText, register: ProvinceRegister, vintage: int, start: int, end: int
) -> tuple[Province, Span] | None:
    """The one province that a passage names behind "tỉnh" or "thành phố"; None for none or two."""
    found: dict[Province, Span] = {}
    for match in _UNIT.finditer(doc.folded, start, end):
        place = province_at(register, vintage, doc.text, match.end())
        if place is None:
            continue
        is_city = place[0].code_gso in names.CITY_CODES[vintage]
        if is_city != (match["unit"] != "tinh"):
            continue
        found.setdefault(place[0], (match.start(), place[1]))
        if len(found) > 1:
            return None
    return next(iter(found.items())) if found else None


def with_province(issuer: Issuer, province: Province | None, vintage: int, hue: bool) -> Issuer:
    """The issuer of a province that was found elsewhere, with its unit word."""
    if issuer.province is None and province is not None:
        issuer = replace(issuer, province=province)
    if issuer.province is not None and issuer.unit is None and not issuer.is_joined:
        is_city = issuer.province.code_gso in names.CITY_CODES[vintage] or (
            hue and issuer.province.code_gso == "46"
        )
        issuer = replace(issuer, unit="thành phố" if is_city else "tỉnh")
    return issuer


def printed_name(issuer: Issuer, hue: bool) -> str | None:
    """Canonical form: "UBND tỉnh Cao Bằng", "Sở Ngoại vụ tỉnh Cao Bằng", "Tỉnh ủy Bình Thuận"."""
    if issuer.name is None or issuer.level not in ("province", "department", "party"):
        return issuer.name
    if issuer.province is None:
        return (
            f"{issuer.name} {issuer.unit}"
            if issuer.name in ("UBND", "Hội đồng nhân dân")
            else issuer.name
        )
    place = issuer.province.name
    if hue and issuer.province.code_gso == "46" and issuer.unit == "thành phố":
        place = "Huế"
    if issuer.is_joined:
        return f"{issuer.name} {place}"
    base = issuer.name.removesuffix(" tỉnh")
    return f"{base} {issuer.unit} {place}"

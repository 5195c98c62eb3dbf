"""Who issued a cited document, as printed behind its number or told by its symbol.

Bodies are given in one form: "UBND tỉnh Bình Thuận", "Bộ Thông tin và Truyền thông".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from domain.documents import parse_date
from domain.provinces import Province
from domain.vintages import vintage_at
from etl.extract.text import DocumentText, fold_text, squeeze
from etl.reference import PROJECT_DATA, load_records, load_register

# Fields of ministries and departments: folded abbreviations, name behind "Bộ" or "Sở".
_FIELDS: Final = (
    ("tttt tt&tt", "Thông tin và Truyền thông"),
    ("vhttdl vhtt&dl vh,tt&dl", "Văn hóa, Thể thao và Du lịch"),
    ("ng", "Ngoại giao"), ("ngv", "Ngoại vụ"), ("qp", "Quốc phòng"), ("ca", "Công an"),
    ("tc", "Tài chính"), ("khdt kh&dt", "Kế hoạch và Đầu tư"), ("nv", "Nội vụ"), ("tp", "Tư pháp"),
    ("ct", "Công Thương"), ("gddt gd&dt", "Giáo dục và Đào tạo"),
    ("khcn kh&cn", "Khoa học và Công nghệ"), ("nnptnt", "Nông nghiệp và Phát triển nông thôn"),
    ("nnmt", "Nông nghiệp và Môi trường"), ("tnmt tn&mt", "Tài nguyên và Môi trường"),
    ("gtvt", "Giao thông vận tải"), ("xd", "Xây dựng"), ("yt", "Y tế"),
    ("ldtbxh ldtb&xh", "Lao động - Thương binh và Xã hội"), ("dl", "Du lịch"),
    ("dttg", "Dân tộc và Tôn giáo"), ("vhtt", "Văn hóa và Thể thao"),
)  # fmt: skip
# Bodies with one name; the first that matches counts.
_NAMED: Final = (
    ("bo chinh tri", "Bộ Chính trị"),
    ("ban bi thu(?: trung uong(?: dang)?)?", "Ban Bí thư"),
    ("ban chap hanh trung uong(?: dang)?", "Ban Chấp hành Trung ương Đảng"),
    ("(?:uy ban|ubtv) thuong vu quoc hoi", "Ủy ban Thường vụ Quốc hội"),
    ("quoc hoi", "Quốc hội"),
    ("thu tuong(?: chinh phu)?", "Thủ tướng Chính phủ"),
    ("van phong chinh phu", "Văn phòng Chính phủ"),
    ("chinh phu", "Chính phủ"),
    ("chu tich nuoc", "Chủ tịch nước"),
    ("ban tuyen giao va dan van trung uong", "Ban Tuyên giáo và Dân vận Trung ương"),
    ("ban tuyen giao trung uong", "Ban Tuyên giáo Trung ương"),
    ("(?:bo tu lenh|btl) (?:bo doi bien phong|bdbp)", "Bộ Tư lệnh Bộ đội Biên phòng"),
)
_SYMBOL_BODIES: Final = {
    "ttg": "Thủ tướng Chính phủ", "cp": "Chính phủ", "vpcp": "Văn phòng Chính phủ",
    "ubtvqh": "Ủy ban Thường vụ Quốc hội", "btlbdbp": "Bộ Tư lệnh Bộ đội Biên phòng",
    "btgtw": "Ban Tuyên giáo Trung ương", "btgdvtw": "Ban Tuyên giáo và Dân vận Trung ương",
    **{f"b{abbreviation.split()[0]}": f"Bộ {name}" for abbreviation, name in _FIELDS
       if abbreviation not in {"ngv", "dl", "vhtt"}},
}  # fmt: skip
_LEGISLATURE = re.compile(r"(?:ubtv)?qh\d*")


def _words(pattern: str) -> str:
    """A pattern whose blanks match any run of blanks and line breaks."""
    return pattern.replace(" ", r"\s{1,3}")


def _field_pattern(abbreviations: str, name: str) -> str:
    full = r"[\s,-]{1,3}".join(re.split(r"[ ,-]+", fold_text(name)))
    full = full.replace(r"[\s,-]{1,3}va[\s,-]{1,3}", r"[\s,-]{1,3}(?:va\s{1,3})?")
    return "|".join([full, *map(re.escape, abbreviations.split())])


_FIELD = "|".join(f"(?P<f{i}>{_field_pattern(*field)})" for i, field in enumerate(_FIELDS))
_BODY = re.compile(
    "(?:lien (?:bo|tich) )?(?:"
    + "|".join(f"(?P<n{i}>{_words(pattern)})" for i, (pattern, _) in enumerate(_NAMED))
    + rf"|(?:(?:bo{_words(' ')}truong|giam{_words(' ')}doc)\s+)?(?P<office>bo|so)"
    + rf"\s{{0,3}}(?:{_FIELD})"
    + _words(
        r"|(?:chu tich )?(?P<council>ubnd|(?:u?y )?ban nhan dan|hdnd|hoi dong nhan dan)"
        r"(?:\s{0,2}\(ubnd\))?"
        r"(?: (?P<unit>tinh|thanh pho|tp\.?|huyen|quan|thi xa|thi tran|xa|phuong)(?![a-z]))?"
        r"|(?P<committee>(?:ban (?:thuong vu|tuyen giao|chap hanh) )?"
        r"(?P<level>tinh|thanh|huyen|quan|thi) uy)"
        r"|(?:bo chi huy|bch) (?P<guard>bo doi bien phong|bdbp)(?: (?:tinh|thanh pho)\b)?"
    )
    + ")(?![a-z0-9])"
)
_AND = re.compile(r"\s{1,3}(?:va|voi|-)\s{1,3}")
_UNIT_NAMES: Final = {
    "tinh": "tỉnh", "thanh pho": "thành phố", "tp": "thành phố", "huyen": "huyện", "quan": "quận",
    "thi xa": "thị xã", "thi tran": "thị trấn", "xa": "xã", "phuong": "phường",
}  # fmt: skip
_COMMITTEES: Final = {
    "tinh": "Tỉnh ủy", "thanh": "Thành ủy", "huyen": "Huyện ủy", "quan": "Quận ủy", "thi": "Thị ủy",
    "ban thuong vu": "Ban Thường vụ", "ban tuyen giao": "Ban Tuyên giáo",
    "ban chap hanh": "Ban Chấp hành",
}  # fmt: skip
_PLACE = re.compile(r"\s{0,3}[a-z]+(?:(?:\s{1,2}|\.\s?|\s?-\s?)[a-z]+){0,4}")
_PLACE_WORD = re.compile(r"[a-z]+")
_TITLED = re.compile(r"\s{1,3}((?:[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]*\s){0,3}[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]*)")


@lru_cache(maxsize=1)
def _provinces() -> dict[int, dict[str, Province]]:
    """Folded spellings → province, by vintage, from the project's own register."""
    register = load_register(PROJECT_DATA)
    names: dict[int, dict[str, Province]] = {2008: {}, 2025: {}}
    for vintage, by_name in names.items():
        by_name |= {_place_key(p.name): p for p in register.of_vintage(vintage)}
    for row in load_records(PROJECT_DATA / "reference/province_aliases.csv", "spelling"):
        for by_name in names.values():
            if province := by_name.get(_place_key(row["official_name"])):
                by_name.setdefault(_place_key(row["spelling"]), province)
    return names


@lru_cache(maxsize=1)
def _cities() -> frozenset[tuple[int, str]]:
    rows = load_records(PROJECT_DATA / "reference/cities.csv", "vintage", "gso_code")
    return frozenset((int(r["vintage"]), r["gso_code"]) for r in rows)


def _place_key(name: str) -> str:
    return " ".join(_PLACE_WORD.findall(fold_text(name)))


def vintage_of(header: Mapping[str, Any]) -> int:
    """The vintage in whose terms a document names provinces: by its date, else its plan year."""
    if header.get("issued_date"):
        return vintage_at(parse_date(str(header["issued_date"]))).key
    if header.get("plan_year"):
        return vintage_at(parse_date(f"{header['plan_year']}-01-01")).key
    return 2008


def province_at(folded: str, position: int, vintage: int) -> tuple[Province, int] | None:
    """The province whose name stands right behind a position, and where the name ends."""
    match = _PLACE.match(folded, position)
    if not match:
        return None
    ends = [w.span() for w in _PLACE_WORD.finditer(folded, match.start(), match.end())]
    for count in range(len(ends), 0, -1):
        key = " ".join(folded[a:b] for a, b in ends[:count])
        if province := _provinces()[vintage].get(key):
            return province, ends[count - 1][1]
    return None


def home_province(header: Mapping[str, Any]) -> Province | None:
    """The province of the document itself, by the code of its header."""
    code, vintage = header.get("province_code_gso"), vintage_of(header)
    return next((p for p in _provinces()[vintage].values() if p.code_gso == code), None)


def read_bodies(
    doc: DocumentText, position: int, header: Mapping[str, Any]
) -> tuple[str, int] | None:
    """The body (or two: "Bộ … và Bộ …", joined by a comma) named at a position, and its end."""
    first = _read_body(doc, position, header)
    if first is None:
        return None
    if (joint := _AND.match(doc.folded, first[1])) and (
        second := _read_body(doc, joint.end(), header)
    ):
        return f"{first[0]}, {second[0]}", second[1]
    return first


def _read_body(
    doc: DocumentText, position: int, header: Mapping[str, Any]
) -> tuple[str, int] | None:
    match = _BODY.match(doc.folded, position)
    if match is None:
        return None
    end = match.end()
    if match["council"]:
        council = "HĐND" if match["council"][0] == "h" else "UBND"
        if not match["unit"]:
            return council, end
        unit = squeeze(match["unit"]).rstrip(".")
        place, end = _place_of(doc, end, unit, header)
        return f"{council} {_UNIT_NAMES[unit]}{place}", end
    if match["committee"]:
        words = squeeze(match["committee"]).rsplit(" ", 2)
        name = " ".join(_COMMITTEES[w] for w in (words[0], match["level"]) if w in _COMMITTEES)
        name = name if len(words) > 2 else _COMMITTEES[match["level"]]
        unit = {"tinh": "tinh", "thanh": "thanh pho"}.get(match["level"], "huyen")
        place, end = _place_of(doc, end, unit, header)
        return name + place, end
    if match["guard"]:
        place, end = _place_of(doc, end, "tinh", header)
        return f"Bộ Chỉ huy Bộ đội Biên phòng{' tỉnh' + place if place else ''}", end
    if match["office"]:
        field = next(name for i, (_, name) in enumerate(_FIELDS) if match[f"f{i}"])
        return f"{'Bộ' if match['office'] == 'bo' else 'Sở'} {field}", end
    return next(name for i, (_, name) in enumerate(_NAMED) if match[f"n{i}"]), end


def _place_of(doc: DocumentText, end: int, unit: str, header: Mapping[str, Any]) -> tuple[str, int]:
    """Name behind a unit word (with a blank before it), the document's own province if none."""
    vintage = vintage_of(header)
    if unit in {"tinh", "thanh pho", "tp"}:
        if found := province_at(doc.folded, end, vintage):
            return f" {found[0].name}", found[1]
        home = home_province(header)
        is_city = home is not None and (vintage, home.code_gso) in _cities()
        if home and is_city == (unit != "tinh") and not _TITLED.match(doc.text, end):
            return f" {home.name}", end
    if titled := _TITLED.match(doc.text, end):
        return f" {squeeze(titled[1])}", titled.end()
    return "", end


def body_of_symbol(parts: list[str]) -> str | None:
    """The body told by the parts of a symbol where it is unambiguous, else None.

    `qd, ttg` → the Prime Minister; `btttt, ttdn` → the ministry; UBND and the party say nothing.
    """
    bodies = [_SYMBOL_BODIES[p] for p in parts if p in _SYMBOL_BODIES]
    if not bodies and parts and (law := _LEGISLATURE.fullmatch(parts[0])):
        return "Ủy ban Thường vụ Quốc hội" if law[0][0] == "u" else "Quốc hội"
    return ", ".join(dict.fromkeys(bodies)) or None

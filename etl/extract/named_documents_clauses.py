"""Numbers of a province's documents with the clause that says what each is about.

"Kế hoạch số 12/KH-UBND ngày … của UBND tỉnh về …" or, the other way round, "Quy chế … ban hành kèm
theo Quyết định số 12/2017/QĐ-UBND".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from etl.extract.citation_bodies import province_at, vintage_of
from etl.extract.citation_numbers import number_key, symbol_parts
from etl.extract.citations import read_tail
from etl.extract.text import DocumentText, Item

FOREIGN_INFORMATION: Final = r"(?:thong\s+tin[,\s]+(?:tuyen\s+truyen\s+)?doi\s+ngoai|ttdn)"
_REACH: Final = 320
_BEHIND: Final = 220
_CLAUSE_END = re.compile(r";|\.(?=\s|/|$)|\n\s*\n[\s#*]*(?:[-+]|[0-9ivx]{1,4}\.)")
# Most documents name none: one quick look before all numbers are read.
_LOCAL = re.compile(r"-\s{0,2}(?:ubnd|s[a-z]{2}|bch)|bdbp")
_KIND_WORD = re.compile(
    r"(?:quyet\s+dinh|ke\s+hoach|chuong\s+trinh(?:\s+phoi\s+hop)?|nghi\s+dinh|thong\s+tu|cong\s+van"
    r"|ket\s+luan|van\s+ban)?\s{0,3}(?:so)?[\s:]*$"
)
_JOINED = re.compile(r"(?:[;,]|\bva|\bcung)\s*$")
_ATTACHED = re.compile(r"(?:kem\s+theo|tai|theo|\(|so)[\s(]*$")
_NAME_WORD = re.compile(r"[a-z]+")
_AREA = re.compile(r"\b(?:tinh|thanh\s{1,3}pho|tp\.?)(?=\s)")


@dataclass(frozen=True)
class NamedNumber:
    """A number, its date and province, and the folded clauses behind and before it."""

    number: str
    key: str
    kind: str
    issued_date: str | None
    province_code_gso: str | None
    start: int
    tail_end: int
    clause_end: int
    behind: str
    before: str
    before_start: int

    def has(self, part: str) -> bool:
        """Whether one part of the symbol is this folded abbreviation, or begins with it."""
        return any(p.startswith(part) for p in symbol_parts(self.key))


def named_numbers(doc: DocumentText, header: Mapping[str, Any]) -> Iterator[NamedNumber]:
    """Numbers that a body of a province gave (UBND, a department, the border guard's command)."""
    if not _LOCAL.search(doc.folded):
        return
    own = number_key(str(header["number"])) if header.get("number") else ""
    printed = doc.numbers
    folded = doc.folded
    for index, cited in enumerate(printed):
        parts = symbol_parts(cited.key)
        is_local = "ubnd" in parts or any(p in {"bdbp", "bch", "bchbdbp"} for p in parts[1:])
        is_local |= cited.kind == "department_plan" or any(p.startswith("stt") for p in parts)
        if not is_local or "btlbdbp" in parts or cited.key == own:
            continue
        date, body, tail_end = read_tail(doc, header, cited.end)
        if (
            body
            and body.split()[1:2]
            and body.split()[1] in {"huyện", "quận", "xã", "phường", "thị"}
        ):
            continue
        stop = _clause_end(folded, tail_end, [p.start for p in printed[index + 1 : index + 4]])
        kind_word = _KIND_WORD.search(folded, max(0, cited.start - 40), cited.start)
        start = kind_word.start() if kind_word else cited.start
        start += len(folded[start : cited.start]) - len(folded[start : cited.start].lstrip())
        low = max(0, start - _BEHIND)
        before = folded[low:start] if _ATTACHED.search(folded, low, start) else ""
        cut = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
        behind = folded[tail_end:stop]
        province = _province_of(doc, header, body, tail_end, stop)
        if province is None and before:
            province = _area(doc, header, low + cut, start)
        if province is None and folded[start - 1 : start] == "(":
            province = _province_before(doc, header, start - 1)
        if body and body.startswith("UBND thành phố") and not _names_province(header, body):
            continue
        yield NamedNumber(
            cited.number, cited.key, cited.kind,
            date.day.isoformat() if date and date.day else None,
            province or _home(header), start, tail_end, stop, behind, before[cut:], low + cut,
        )  # fmt: skip


def _clause_end(folded: str, start: int, following: list[int]) -> int:
    """End of the clause; another number belongs to it unless it is the next of a list."""
    end = _CLAUSE_END.search(folded, start, start + _REACH)
    stop = end.start() if end else min(len(folded), start + _REACH)
    for number in following:
        if number >= stop:
            break
        word = _KIND_WORD.search(folded, max(start, number - 40), number)
        if word and _JOINED.search(folded, start, word.start()):
            return word.start()
    return stop


def _names_province(header: Mapping[str, Any], body: str) -> bool:
    name = " ".join(body.split()[3:])
    return bool(name) and province_at(DocumentText(name).folded, 0, vintage_of(header)) is not None


def _province_of(
    doc: DocumentText, header: Mapping[str, Any], body: str | None, start: int, stop: int
) -> str | None:
    """Province of the issuing body, else the one whose area the clause names."""
    if body:
        words = body.split()
        for first in range(1, len(words)):
            name = DocumentText(" ".join(words[first:]))
            if found := province_at(name.folded, 0, vintage_of(header)):
                return found[0].code_gso
    return _area(doc, header, start, stop)


def _province_before(doc: DocumentText, header: Mapping[str, Any], end: int) -> str | None:
    """Province whose name ends right before a bracket: "Cao Bằng (Kế hoạch số …)"."""
    words = list(_NAME_WORD.finditer(doc.folded, max(0, end - 40), end))[-5:]
    for word in words:
        found = province_at(doc.folded, word.start(), vintage_of(header))
        if found and not doc.folded[found[1] : end].strip():
            return found[0].code_gso
    return None


def _area(doc: DocumentText, header: Mapping[str, Any], start: int, stop: int) -> str | None:
    for word in _AREA.finditer(doc.folded, start, stop):
        if found := province_at(doc.folded, word.end(), vintage_of(header)):
            return found[0].code_gso
    return None


def _home(header: Mapping[str, Any]) -> str | None:
    """The document's own province; ministries have none."""
    code = header.get("province_code_gso")
    return str(code) if code else None


def is_province_document(header: Mapping[str, Any]) -> bool:
    """Whether the people's committee of a province issued the document itself."""
    if header.get("province_code_gso") is None:
        return False
    if header.get("issuer_level"):
        return header["issuer_level"] == "province"
    return "ubnd" in symbol_parts(number_key(str(header.get("number") or "")))


def own_title(doc: DocumentText, header: Mapping[str, Any]) -> str:
    """Folded title of the document itself with single blanks, empty where none was found."""
    return " ".join(DocumentText(str(header.get("title") or "")).folded.split())


def own_item(
    doc: DocumentText, header: Mapping[str, Any], subject: re.Pattern[str], **fields: Any
) -> Item:
    """An item for the document itself; its passage is the title in the text."""
    place = (header.get("places") or {}).get("title")
    if place is None:
        found = subject.search(doc.folded, 0, 4000) or subject.search(doc.folded)
        evidence = header.get("evidence")
        if found:
            line = doc.text.find("\n", found.end())
            place = (found.start(), line if 0 <= line < found.end() + 200 else found.end())
        elif evidence:
            place = (evidence["start"], evidence["end"])
        else:
            first = len(doc.text) - len(doc.text.lstrip())
            place = (first, first + 200)
    return doc.item(
        place[0], min(place[1], place[0] + 400, len(doc.text)),
        province_code_gso=header.get("province_code_gso"),
        number=header.get("number"), issued_date=header.get("issued_date"), **fields,
    )  # fmt: skip


def named_item(doc: DocumentText, named: NamedNumber, start: int, end: int, **fields: Any) -> Item:
    """An item for a document that the text names; its passage runs over number and subject."""
    if end - start > 400:
        start, end = named.start, min(end, named.start + 400)
    return doc.item(
        start, max(end, named.tail_end), province_code_gso=named.province_code_gso,
        number=named.number, issued_date=named.issued_date, **fields,
    )  # fmt: skip


def once(items: Iterable[Item]) -> list[Item]:
    """Each document once: the first passage, a date where any passage prints one."""
    kept: dict[tuple[str, object], Item] = {}
    for item in items:
        key = (number_key(item["number"] or ""), item["province_code_gso"])
        first = kept.setdefault(key, item)
        if first is item:
            continue
        if first["issued_date"] and item["issued_date"] not in {None, first["issued_date"]}:
            kept.setdefault((*key, item["issued_date"]), item)  # type: ignore[arg-type]
            continue
        for name, value in item.items():
            if first[name] is None and value is not None and name != "evidence":
                kept[key] = item if item["issued_date"] or not first["issued_date"] else first
                break
    return list(kept.values())

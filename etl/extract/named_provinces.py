"""Lists of provinces in a text: "còn 05 tỉnh, gồm: Hải Dương, Nghệ An và Thành phố Đà Nẵng".

Names are looked for in the folded text. A name is taken where its printed spelling is accepted, or
where one province only can be meant: OCR lost its marks or one letter inside a list. What else
stands in a list is reported and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.provinces import Province, ProvinceRegister
from etl.extract.named_provinces_counts import CountHead, count_heads
from etl.extract.named_provinces_spellings import Spellings, spellings_of
from etl.extract.text import DocumentText, Item, squeeze

_UNIT = (
    r"(?:(?:cac\s+|ca\s+)?(?:uy\s+ban\s+nhan\s+dan\s+|ubnd\s+)?"
    r"(?:tinh|thanh\s+pho|tp\b\.?|thu\s+do)\s*)"
)
_BREAK = (
    r"[ ]*\n\s*(?:-?[ ]?\d{1,3}[ ]?-?[ ]*\n\s*)?"
    r"(?:(?:[-+*•·|]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))\s*)?"
)
# What parts two names of a list: signs and "và"; a line break alone does so in a column of names.
_SIGN = re.compile(
    rf"(?:\s*(?:[,;/&+|•·]|-(?=\s)|(?<=\s)-|\bva\b|\bcung\s+voi\b|\bva\s+ca\b))+(?:{_BREAK})?\s*"
    rf"(?:va\s+|(?:\(\d{{1,2}}\)|\d{{1,2}}[.)])\s*)?|{_BREAK}|\s*\.\s*(?={_UNIT}?\w)"
)
_UNIT_WORD = re.compile(rf"[*_]*{_UNIT}?")
_NEW_LIST = re.compile(r"(?:con\s+)?(?:lai\s+)?cac\s")
_NUMBER_SIGN = re.compile(r"\s*(?:(?:\(\d{1,2}\)|\d{1,2}[.)]|[-+*•·|])\s*)*")
_COMMENT = re.compile(r"[\s*_]*\([^()]{0,300}(?:\([^()]{0,80}\)[^()]{0,200})?\)[*_]*")
_CHUNK = re.compile(r"[^\W\d_]+(?:[ -]{1,3}[^\W\d_]+){0,3}")
_CHUNK_END = re.compile(r"[\s*_]*(?:[,;.()|\n]|$|va\b|chua\b|da\b|van\b|hien\b|chi\b|moi\b)")
# Words that begin something else than a province after a comma.
_NO_NAME = re.compile(
    r"(?:chua|da|khong|co|moi|chi|dang|can|duoc|bi|ap|het|so|bo|ban|uy|ubnd|hdnd|cuc|vu|phong|quy|nghi|thong|quyet|cong|de|den|hien|trong|cac|nhung|tuy"
    r"|doi|vien|trung\s+tam|van|dang|dai|bao|chu|pho|theo|nam|thang|ngay|ke\s+hoach|noi|luu|tong|hoi"
    r"|chinh|thu|truong|day|do|ngoai|rieng|con|va|v\.v|voi|huyen|thi|xa|phuong|quan)\b"
)
_WORD = re.compile(r"\w+")
_PART = re.compile(r"trong\s+do|dien\s+hinh|tieu\s+bieu|vi\s+du|chang\s+han|\bnhu\b|nhat\s+la")
_AND_SO_ON = re.compile(r"\s*,?\s*(?:\.\.|…|v\.?v)")
# What may stand between a count and its names: "05 tỉnh chưa sửa đổi Quy chế, gồm: …".
_INTRODUCES = re.compile(
    r"(?:[:(]|\bgom(?:\s+co)?|\bla|\bcu\s+the)(?:\s+(?:cac\s+)?tinh)?[\s*_:(-]*$"
)
_INTRODUCTION = re.compile(r"(?:\bgom(?:\s+co)?|\bcu\s+the|\bla\s+cac\s+tinh)\s*:?\s|:\s")
_ENDS_SENTENCE = re.compile(r"[.;]\s")
_ITEM = re.compile(r"\n\s*(?:[-+*•·]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))\s*$")
_LONGEST_STATEMENT = 400
_LONGEST_NAME = 30
_UNIT_LENGTH = 12  # "thành phố " and a bullet


@dataclass(frozen=True)
class NamedProvince:
    """A province where its name is printed."""

    province: Province
    start: int
    end: int


@dataclass
class ProvinceList:
    """One or more provinces named one after another; `head` is the count printed before or after.

    `unknown` are places of words that stand for a name and are none; `is_part` says that only some
    of those counted are named ("trong đó có …", "…").
    """

    start: int
    end: int
    names: list[NamedProvince]
    head: CountHead | None = None
    unknown: list[tuple[int, int]] = field(default_factory=list)
    is_part: bool = False


def province_names(
    doc: DocumentText, register: ProvinceRegister, vintage: int, start: int, end: int
) -> Iterator[NamedProvince]:
    """Names with capitals between two places, in any text: "tại tỉnh Lạng Sơn"."""
    names = spellings_of(register, vintage)
    for match in names.pattern.finditer(doc.folded, start, end):
        if all(doc.text[word.start()].isupper() for word in _words(doc, match)):
            if province := names.at(doc, *match.span()):
                yield NamedProvince(province, *match.span())


def _words(doc: DocumentText, name: re.Match[str]) -> list[re.Match[str]]:
    return [w for w in _WORD.finditer(doc.folded, *name.span()) if not w[0].isdigit()]


def find_named_provinces(
    doc: DocumentText, register: ProvinceRegister, vintage: int, start: int = 0,
    end: int | None = None,
) -> list[ProvinceList]:  # fmt: skip
    """All lists of provinces between two places, in order; one province alone is a list of one."""
    end = len(doc.text) if end is None else end
    reader = _ListReader(doc, spellings_of(register, vintage), end)
    heads = list(count_heads(doc, start, end))
    openings = sorted({o for h in heads if (o := _opening(doc, h, end)) is not None})
    lists: list[ProvinceList] = []
    at = start
    while at < end:
        name = reader.next_name(at)
        opening = next((o for o in openings if o >= at), None)
        if name is None and opening is None:
            break
        if opening is not None and (name is None or opening <= name.start()):
            openings.remove(opening)
            found = reader.read(opening, is_announced=True)
        else:
            assert name is not None
            before = doc.folded[max(0, name.start() - 40) : name.start()]
            found = reader.read(name.start(), is_announced=bool(_INTRODUCES.search(before)))
        if found.names or len(found.unknown) > 1:
            _set_head(doc, found, heads, lists[-1].end if lists else start)
            lists.append(found)
            at = max(found.end, at + 1)
        else:
            at = max(name.end() if name and opening is None else at, found.start, at + 1)
            if name is not None and found.start == name.start():
                at = max(at, name.end())
    return lists


def _opening(doc: DocumentText, head: CountHead, end: int) -> int | None:
    """Where the names of a count begin, behind the statement if it comes first."""
    if head.names_at is not None:
        return head.names_at
    reach = min(end, head.end + _LONGEST_STATEMENT)
    if stop := _ENDS_SENTENCE.search(doc.folded, head.end, reach):
        reach = stop.start()
    introduction = _INTRODUCTION.search(doc.folded, head.end, reach)
    return introduction.end() if introduction else None


def _set_head(
    doc: DocumentText, found: ProvinceList, heads: list[CountHead], earliest: int
) -> None:
    """The count of a list: directly before it, before it in its sentence, or "(03 tỉnh)" behind."""
    before = [h for h in heads if earliest <= h.start and h.end <= found.start]
    if before and _belongs(doc, before[-1], found.start):
        found.head = before[-1]
        found.is_part = bool(_PART.search(doc.folded, found.head.end, found.start))
    else:
        behind = (h for h in heads if found.end <= h.start <= found.end + 3)
        found.head = next(
            (h for h in behind if doc.folded[found.end : h.start].strip() == "("), None
        )
    found.is_part |= bool(_AND_SO_ON.match(doc.folded, found.end))


def _belongs(doc: DocumentText, head: CountHead, names_start: int) -> bool:
    """Whether the names that begin at a place are those that were counted before."""
    between = doc.folded[head.end : names_start]
    if head.names_at is not None and abs(head.names_at - names_start) <= _UNIT_LENGTH:
        return True
    return (
        len(between) <= _LONGEST_STATEMENT
        and bool(_INTRODUCES.search(between))
        and not _ENDS_SENTENCE.search(between)
    )


@dataclass
class _ListReader:
    doc: DocumentText
    names: Spellings
    end: int

    def next_name(self, at: int) -> re.Match[str] | None:
        """The next name printed with capitals (small letters are common words)."""
        for match in self.names.pattern.finditer(self.doc.folded, at, self.end):
            if all(self.doc.text[w.start()].isupper() for w in _words(self.doc, match)):
                return match
        return None

    def read(self, start: int, is_announced: bool) -> ProvinceList:
        """The list that begins at a place; without a count before it begins with a sure name."""
        at = _NUMBER_SIGN.match(self.doc.folded, start, self.end).end()  # type: ignore[union-attr]
        found = ProvinceList(at, at, [])
        must_be_exact = not is_announced
        while at < self.end:
            unit = _UNIT_WORD.match(self.doc.folded, at, self.end)
            at = unit.end() if unit else at
            stop = self._member(found, at, must_be_exact)
            if stop is None:
                break
            found.end = stop
            comment = _COMMENT.match(self.doc.folded, stop, self.end)
            if comment and _SIGN.match(self.doc.folded, comment.end(), self.end):
                after = comment.end()
            else:
                after = stop
            sign = _SIGN.match(self.doc.folded, after, self.end)
            if sign is None:
                break
            # Behind a dot or a line break something new may begin: only a sure name goes on, but
            # for the items of an announced list.
            is_item = is_announced and bool(_ITEM.search(sign[0]))
            must_be_exact = not is_item and (sign[0].strip()[:1] in (".", "") or "\n" in sign[0])
            at = sign.end()
            if _NEW_LIST.match(self.doc.folded, at) and set(sign[0]) & set("\n;."):
                break
        return found

    def _member(self, found: ProvinceList, at: int, must_be_exact: bool) -> int | None:
        """End of the name that begins at a place; None where the list has ended."""
        name = self.names.pattern.match(self.doc.folded, at, self.end)
        if name:
            province = self.names.at(self.doc, *name.span())
            is_name = any(self.doc.text[w.start()].isupper() for w in _words(self.doc, name))
            if province and (is_name or (found.names and not must_be_exact)):
                if not found.names:
                    found.start = at
                found.names.append(NamedProvince(province, *name.span()))
                return name.end()
        end = self._capitals_end(at)
        if end is None or (must_be_exact and not found.names):
            return None
        province = self.names.near(re.sub(r"[\s-]+", " ", self.doc.folded[at:end]))
        if province:
            found.names.append(NamedProvince(province, at, end))
        elif must_be_exact or end - at > _LONGEST_NAME or _NO_NAME.match(self.doc.folded, at):
            return None
        else:
            found.unknown.append((at, end))
        return end

    def _capitals_end(self, at: int) -> int | None:
        """End of the words with capitals that fill the place of a name; None where none do."""
        chunk = _CHUNK.match(self.doc.folded, at, self.end)
        if chunk is None:
            return None
        end = None
        for word in _WORD.finditer(self.doc.folded, at, chunk.end()):
            if not self.doc.text[word.start()].isupper():
                break
            end = word.end()
        return end if end and _CHUNK_END.match(self.doc.folded, end) else None


def list_warnings(doc: DocumentText, lists: list[ProvinceList]) -> list[Item]:
    """Doubts about lists: a name that is no province's, and a count that differs from the names."""
    warnings = []
    for found in lists:
        for start, end in found.unknown:
            printed = squeeze(doc.text[start:end])
            warnings.append({
                "code": "unknown_province_in_list",
                "message": f"“{printed}” stands in a list of provinces and is none of that time",
                "evidence": doc.evidence(start, end),
            })  # fmt: skip
        head = found.head
        if head is None or found.is_part or (not found.names and not found.unknown):
            continue
        distinct = len({n.province.code_gso for n in found.names})
        if distinct != head.count:
            start, end = min(head.start, found.start), max(head.end, found.end)
            warnings.append({
                "code": "province_count_differs",
                "message": f"{head.count} provinces are announced, {distinct} are found",
                "evidence": doc.evidence(start, min(end, start + 400)),
            })  # fmt: skip
    return warnings

"""What a citing passage makes of the document it cites, and whether it says that it has expired.

The rules follow how acts are drafted: a preamble "Căn cứ …;" (Decree 30/2020/NĐ-CP, annex I, II.6),
a plan that opens with "Thực hiện …", an article "… thay thế Quyết định số …" at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from etl.extract.citation_numbers import PrintedNumber
from etl.extract.text import DocumentText

# Weakest first.
RELATIONS: Final = ("mentions", "carries_out", "guided_by", "basis", "amends", "replaces")
STRENGTH: Final = {relation: i for i, relation in enumerate(RELATIONS)}
# A citation looks back this far for its verb, this far for the list it continues; a preamble is
# at most this long.
REACH: Final = 220
_LIST_GAP: Final = 700
_OPENING_LIMIT: Final = 8000
_FIRST_SECTION = re.compile(
    r"\n[\s#*>]{0,12}(?:(?:i|1|a)\s?[.)/]\s?[*\s]{0,4}[a-z]"
    r"|(?:phan|chuong)\s{1,3}(?:i\b|1\b|thu nhat)|dieu\s{1,3}1\b)"
)
# A new line of thought: a blank line, a list item, a numbered title, a clause of the preamble.
_LINE_BREAK = re.compile(r"\n[\s#*>]*+")
_MARKER = re.compile(
    r"[-+•]\s?[a-z0-9(]|[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}[.)]\s|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s"
    r"|(?:[a-z]|[ivx]{1,5})[.)]\s"
)
_CLAUSE = re.compile(r"can cu|dieu \d|quyet dinh\s{0,2}:|theo de nghi|xet de nghi|kinh gui")
# Each verb also with one letter that OCR has lost.
_VERB = re.compile(
    r"\b(?:(?P<basis>(?:can|cn|ca|an)\s{1,3}cu|can\s{1,3}[cu]|tren\s{1,3}co\s{1,3}so)"
    r"|(?P<replaces>(?:thay|tay|thy)\s{1,3}the|thay\s{1,3}te|bai\s{1,3}bo|huy\s{1,3}bo)"
    r"|(?P<amends>(?:sua|ua|sa|su)\s{1,3}doi|sua\s{1,3}(?:oi|di)|bo\s{1,3}sung"
    r"|(?<!pham vi )dieu\s{1,3}chinh)"
    r"|(?P<guided_by>(?:theo|thuc\s{1,3}hien)\s{1,3}(?:(?:su|noi\s{1,3}dung)\s{1,3})?"
    r"h[uo]{0,2}ng\s{1,3}dan)"
    r"|(?P<carries_out>(?:trien|rien|tien|trin|trie)\s{1,3}khai|trien\s{1,3}(?:hai|kai|khi|kha)"
    r"|(?:thuc|huc|tuc|thc|thu)\s{1,3}hien|thuc\s{1,3}(?:ien|hen|hin|hie)))\b"
)
_PASSIVE = re.compile(
    r"\bduoc\s{1,3}(?:sua\s{1,3}doi|thay\s{1,3}the|bo\s{1,3}sung)|\b(?:boi|bang)\s*$"
)
# "sửa đổi Quy chế theo Nghị định …": another thing is amended, but "ban hành kèm theo" is the act.
_IN_LINE_WITH = re.compile(r"(?<!kem)\s(?:theo|voi)\s*$")
# "(ban hành kèm theo Quyết định …", "(theo Quyết định …", "(Quyết định …": the act of what stands
# before the bracket.
_ATTACHED_ONLY = re.compile(r"\(\s?(?:(?:(?:ban\s{1,3}hanh\s{1,3})?kem\s{1,3})?theo\s{0,3})?")
_NOT_YET = re.compile(r"\b(?:chua|khong)\s{1,3}(?:\S{1,9}\s{1,3}){0,2}$")
_ATTACHED = re.compile(r"ban\s{1,3}hanh|kem\s{1,3}theo")
# "thực hiện theo quy định tại …", "kết quả thực hiện …": that is not carrying out.
_NOT_CARRIED = re.compile(
    r"quy\s{1,3}dinh\s{1,3}(?:tai|cua|o)\b|theo\s{1,3}quy\s{1,3}dinh|kinh\s{1,3}phi"
)
_PROVIDED_IN = re.compile(r"quy\s{1,3}dinh\s{1,3}tai\s*$")
_ACCORDING_TO = re.compile(r"\s*theo\s*")
_LOOKING_BACK = re.compile(
    r"(?:ket\s+qua|\d\s+nam|so\s+ket|tong\s+ket|tinh\s+hinh|kinh\s+phi|kiem\s+tra|danh\s+gia|giam\s+sat)"
    r"(?:\s+(?:cua|viec|ket\s+qua|tinh\s+hinh|trien\s+khai|to\s+chuc)){0,3}[\s,]*$"
)
_JOINED = re.compile(r"(?:[;,]|\b(?:va|cung|voi|hoac))[\s*\"+-]*$")
_SIDE_BY_SIDE = re.compile(r"[\s,]{1,4}(?:va\s{1,3})?")
_NEW_SENTENCE = re.compile(r"\.\s+\S")
_GUIDANCE = re.compile(
    r"h[uo]{0,2}ng\s{1,3}dan|xay\s{1,3}dung\s{1,3}ke\s{1,3}hoach"
    r"|(?:cong\s{1,3}tac|nhiem\s{1,3}vu)\s{1,3}(?:thong\s{1,3}tin\s{1,3}doi\s{1,3}ngoai|ttdn)\s{1,3}nam"
)
_SUBJECT = re.compile(r"[\s,]{0,4}(?:ve|v/v)\b")
_EXPIRED = re.compile(r"(?:het|khong\s{1,3}con)\s{1,3}hieu\s{1,3}luc")
_THIS_DOCUMENT = re.compile(r"\s{1,3}nay\b")
_PER = re.compile(r"(?<!kem)\s(?:theo)\s{1,3}$|^theo\s{1,3}$")
_END = re.compile(r"[;)]|\.(?=\s|$|/)|\n\s*\n")


@dataclass(frozen=True)
class Governed:
    """Relation of one citation and where the words that show it begin.

    The next citation of its list inherits `listed` with `listed_from`.
    """

    relation: str
    shown_from: int
    listed: str
    listed_from: int
    in_brackets: bool = False


class Passages:
    """The paragraphs and the opening of one document: what relations are read from."""

    def __init__(self, doc: DocumentText) -> None:
        self._doc = doc
        first = _FIRST_SECTION.search(doc.folded, 0, _OPENING_LIMIT)
        self.opening_end = first.start() if first else min(len(doc.folded), _OPENING_LIMIT // 2)
        self._starts = [0, *_paragraph_starts(doc)]

    def paragraph_start(self, position: int) -> int:
        """Start of the paragraph that holds a position."""
        return self._starts[bisect_right(self._starts, position) - 1]

    def govern(
        self, cited: PrintedNumber, kind: str, start: int, end: int,
        previous: tuple[int, Governed] | None,
    ) -> Governed:  # fmt: skip
        """Relation of a citation that stands from its kind word to its date and body.

        `previous` is the end and relation of the citation before it, or None.
        """
        folded = self._doc.folded
        governed = self._by_words(start, kind, previous)
        in_opening = start < self.opening_end
        if in_opening and governed.relation in {"basis", "carries_out", "mentions"}:
            is_asked = governed.relation != "mentions" or _PER.search(folded[start - 8 : start])
            if is_asked and self._is_guidance(cited, kind, start, end):
                return replace(governed, relation="guided_by")
        if kind in {"decision", "plan"} and self._ends_now(end):
            return replace(governed, relation="replaces", listed="replaces")
        return governed

    def _by_words(self, start: int, kind: str, previous: tuple[int, Governed] | None) -> Governed:
        folded = self._doc.folded
        floor = self.paragraph_start(start)
        if previous and previous[0] <= floor:
            previous = None
        if previous and start - previous[0] < _LIST_GAP:
            between = folded[previous[0] : start]
            if _JOINED.search(between) and _is_one_list(between):
                listed = previous[1]
                return replace(listed, relation=listed.listed, shown_from=listed.listed_from)
        low = max(floor, start - REACH, previous[0] if previous else 0)
        before = folded[low:start]
        # An open bracket or the end of a sentence cuts the citation off from the verb before it.
        bracket = before.rfind("(")
        in_brackets = bracket >= 0 and ")" not in before[bracket:]
        in_brackets = in_brackets and not _ATTACHED_ONLY.fullmatch(before, bracket)
        cut = max(bracket if in_brackets else -1, before.rfind(";"))
        cut = max([cut, *(m.start() for m in _NEW_SENTENCE.finditer(before))])
        verbs = list(_VERB.finditer(before, cut + 1))
        if not verbs:
            return Governed("mentions", start, "mentions", start, in_brackets)
        verb = verbs[-1]
        shown = verb.start()
        # "triển khai thực hiện", "sửa đổi, bổ sung": the words that show it begin with the first.
        for earlier in reversed(verbs[:-1]):
            if not _SIDE_BY_SIDE.fullmatch(before, earlier.end(), shown):
                break
            shown = earlier.start()
        is_nested = previous is not None and (
            in_brackets or (cut < 0 and not _JOINED.search(before[:shown]))
        )
        relation = self._by_verb(verb, before, start, kind, is_nested)
        if _NOT_YET.search(before[:shown]):
            relation = "mentions"
        shown += low
        if previous and is_nested:
            # What another citation amends or carries out does not govern the list that goes on.
            listed = previous[1]
            return Governed(relation, shown, listed.listed, listed.listed_from, in_brackets)
        return Governed(relation, shown, relation, shown, in_brackets)

    def _by_verb(
        self, verb: re.Match[str], before: str, start: int, kind: str, is_nested: bool
    ) -> str:
        """Relation told by the last verb before a citation."""
        name, between = verb.lastgroup or "", before[verb.end() :]
        if name == "basis":
            return "basis" if start < self.opening_end else "mentions"
        if name in {"replaces", "amends"}:
            far = len(between) > 60 and not _ATTACHED.search(between)
            if (
                far
                or is_nested
                or _PASSIVE.search(before[: verb.end()])
                or _PASSIVE.search(between)
            ):
                return "mentions"
            return "mentions" if _IN_LINE_WITH.search(between) else name
        if name == "guided_by":
            return name
        # "Thực hiện nhiệm vụ quy định tại Nghị định …" at the opening names what a body acts on.
        if start < self.opening_end and _PROVIDED_IN.search(between):
            return "basis"
        # "tiếp tục thực hiện theo Quyết định …" says only what holds; a plan is carried out so.
        if kind != "plan" and _ACCORDING_TO.fullmatch(between):
            return "mentions"
        if _NOT_CARRIED.search(between) or _LOOKING_BACK.search(before[: verb.start()]):
            return "mentions"
        return "carries_out"

    def _is_guidance(self, cited: PrintedNumber, kind: str, start: int, end: int) -> bool:
        """Whether a cited letter or guideline guides: it says so, or is the foreign-information
        office's letter without any subject printed (`…/BTTTT-TTĐN`)."""
        if kind == "guideline":
            return True
        if kind != "official_letter":
            return False
        folded = self._doc.folded
        stop = _END.search(folded, end, end + 200)
        if _GUIDANCE.search(folded, start, stop.start() if stop else end + 200):
            return True
        return cited.key.endswith("-ttdn") and not _SUBJECT.match(folded, end)

    def _expiry(self, end: int, stop: int) -> re.Match[str] | None:
        closing = _END.search(self._doc.folded, end, stop)
        if closing and self._doc.folded[closing.start()] == ")":
            closing = None if "(" in self._doc.folded[end : closing.start()] else closing
        return _EXPIRED.search(self._doc.folded, end, closing.start() if closing else stop)

    def _ends_now(self, end: int) -> bool:
        """ "… hết hiệu lực kể từ ngày Quyết định này có hiệu lực": replaced by this document."""
        found = self._expiry(end, end + 250)
        return bool(
            found and _THIS_DOCUMENT.search(self._doc.folded, found.end(), found.end() + 60)
        )

    def said_expired(self, end: int, stop: int) -> int | None:
        """Where the words end that say that a document cited before `end` has expired, or None."""
        found = self._expiry(end, min(stop, end + 250))
        if found and not _THIS_DOCUMENT.search(self._doc.folded, found.end(), found.end() + 60):
            return found.end()
        return None


def _paragraph_starts(doc: DocumentText) -> Iterator[int]:
    folded, text = doc.folded, doc.text
    for line_break in _LINE_BREAK.finditer(folded):
        start = line_break.end()
        if start == len(text):
            return
        if _MARKER.match(folded, start):
            yield start
        # A blank line before a small letter is a page break inside a sentence.
        elif not text[start].islower():
            is_blank = folded.find("\n", line_break.start() + 1, start) >= 0
            if is_blank or _CLAUSE.match(folded, start):
                yield start


def _is_one_list(between: str) -> bool:
    """Whether nothing between two citations ends the sentence or opens or closes a bracket."""
    return between.count("(") == between.count(")") and not _NEW_SENTENCE.search(between)

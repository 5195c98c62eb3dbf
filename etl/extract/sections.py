"""Numbered sections of a document: which numbers are believed, and where each section ends.

Vietnamese offices number from outside in (Decree 30/2020/NĐ-CP, annex I): phần, chương, mục, điều;
I., 1., 1.1., a). A number counts where it goes on with its level or begins a new one; a gap of one
or two is allowed, because OCR loses lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from etl.extract.section_marks import SURE, Kind, Mark, Value, find_marks, roman_digits
from etl.extract.section_steps import AHEAD, WIDEST_GAP, Step, stands_alone, step_from
from etl.extract.section_titles import title_end

if TYPE_CHECKING:
    from etl.extract.text import DocumentText


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section: `path` such as "6.2.c", `label` as printed, places in the stored text.

    `start` is the first character of its line, `end` that of what follows the section with all
    its subsections; the title runs from `title_start` to `title_end`, the rest from `body_start`.
    """

    path: str
    label: str
    start: int
    body_start: int
    end: int
    level: int
    title_start: int
    title_end: int


# Paragraphs that end the last section: closing words, and the recipients and the signature.
_CLOSING = re.compile(
    r"\n[ *#_>|]*+(?:(?P<hard>noi nhan\b|(?:tm|kt|tl|tuq|t/m|k/t|t/l)[ ]?[./][ ]?[a-z])"
    r"|tran trong\b|tren day la\b|tren co so (?:huong dan|ke hoach|noi dung)\b[^\n]{0,20}\bnay\b"
    r"|trong qua trinh [^\n]{0,60}\bneu )"
)


@dataclass(slots=True)
class _Open:
    """A section that has not ended yet; `index` is None where only its number is known."""

    kind: Kind
    value: Value
    segment: str
    index: int | None
    bracket: bool = False


@dataclass
class _Reader:
    """Goes through the marks in order and keeps the sections that are open."""

    doc: DocumentText
    marks: Sequence[Mark]
    stack: list[_Open] = field(default_factory=list)
    found: list[tuple[Mark, str, int]] = field(default_factory=list)  # mark, path, level
    ends: list[int] = field(default_factory=list)
    last: dict[Kind, Value] = field(default_factory=dict)
    closing: int | None = None  # where closing words begin, if nothing has followed them yet

    def read(self) -> list[Section]:
        closings = [(m.start() + 1, bool(m["hard"])) for m in _CLOSING.finditer(self.doc.folded)]
        closings.reverse()
        for number, mark in enumerate(self.marks):
            while closings and closings[-1][0] <= mark.start:
                self._close_at(*closings.pop())
            if self._accept(number, mark):
                self.closing = None
        while closings:
            self._close_at(*closings.pop())
        end = len(self.doc.text) if self.closing is None else self.closing
        self._pop(0, end)
        return [
            _section(self.doc, mark, path, level, end)
            for (mark, path, level), end in zip(self.found, self.ends)
        ]

    def _close_at(self, position: int, is_hard: bool) -> None:
        """Recipients and signature end all that is open; closing words only if nothing follows."""
        if self.closing is None:
            self.closing = position
        if is_hard:
            self._pop(0, self.closing)
            self.last.clear()

    def _pop(self, depth: int, end: int) -> None:
        for entry in self.stack[depth:]:
            if entry.index is not None:
                self.ends[entry.index] = end
        del self.stack[depth:]

    def _index(self, kind: Kind) -> int | None:
        """Place of the innermost open section of a kind on the stack."""
        places = (i for i in reversed(range(len(self.stack))) if self.stack[i].kind is kind)
        return next(places, None)

    def _accept(self, number: int, mark: Mark) -> bool:
        """Open a section for the mark if it is believed."""
        if mark.kind is Kind.DECIMAL:
            return self._accept_decimal(number, mark)
        if mark.kind <= Kind.DIVISION:
            return self._open(mark, self._depth_outside(mark.kind))
        index = self._index(mark.kind)
        if mark.kind is Kind.SUBLETTER:
            return self._accept_subletter(mark, index)
        if mark.kind is Kind.CAPITAL and index is None and self._below(Kind.CAPITAL):
            return False  # "A." inside numbered sections is no outer level
        known = self._known(mark, index)
        if mark.kind is Kind.LETTER and known == (4,) == mark.value and mark.score == SURE:
            # OCR has lost the bar of đ.
            mark = _with_segment(mark, "đ", (5,))
        # Between e and g, i and k, v and x nothing is lost: f, j and w are not Vietnamese.
        step = step_from(known, mark.value, 2 if mark.kind is Kind.LETTER else 1)
        if mark.kind is Kind.BRACKETED and not known and mark.value != (1,):
            return False  # its "(1)" runs inside a sentence
        # "Điều 8." says what it is, and extracts leave articles out.
        if mark.kind is Kind.ARTICLE and mark.score == SURE and known < mark.value:
            step = Step.NEXT
        if not self._is_believed(number, mark, known, step):
            return False
        if index is not None:
            return self._open(mark, index)
        if mark.kind in (Kind.LETTER, Kind.BRACKETED):
            return self._open(mark, len(self.stack))
        return self._open(mark, self._depth_outside(mark.kind))

    def _known(self, mark: Mark, index: int | None) -> Value:
        """The number before on this level; articles go on through chapters."""
        if index is not None:
            return self.stack[index].value
        return self.last.get(Kind.ARTICLE, ()) if mark.kind is Kind.ARTICLE else ()

    def _below(self, kind: Kind) -> bool:
        return any(entry.kind > kind for entry in self.stack)

    def _depth_outside(self, kind: Kind) -> int:
        """How much of the stack is outer to a kind."""
        inner = (i for i, entry in enumerate(self.stack) if entry.kind >= kind)
        return next(inner, len(self.stack))

    def _accept_subletter(self, mark: Mark, index: int | None) -> bool:
        letter = self._index(Kind.LETTER)
        if letter is None or self.stack[letter].value[0] != mark.value[0]:
            return False
        before = self.stack[index].value[1] if index is not None else 0
        if not 0 < mark.value[1] - before <= WIDEST_GAP:
            return False
        segment = mark.segment.split(".")[1]
        return self._open(_with_segment(mark, segment, mark.value), letter + 1)

    def _accept_decimal(self, number: int, mark: Mark) -> bool:
        index = self._index(Kind.DECIMAL)
        if mark.bracket and index is not None and not self.stack[index].bracket:
            # "1)" below "1." is an enumeration, elsewhere it stands for "1.".
            if len(mark.value) > 1:
                return False
            as_bracketed = _with_segment(mark, f"({mark.value[0]})", mark.value, Kind.BRACKETED)
            return self._accept(number, as_bracketed)
        roman = self._index(Kind.ROMAN)
        if mark.roman and not self._go_to_roman(roman, mark):
            return False
        index, roman = self._index(Kind.DECIMAL), self._index(Kind.ROMAN)
        known = self.stack[index].value if index is not None else ()
        step = step_from(known, mark.value)
        if index is None and roman is not None and mark.value == (*self.stack[roman].value, 1):
            step = Step.NEXT  # "2.1." right below "II."
        if index is None and step is not Step.NEXT:
            # Some offices number on through all Roman sections: I. 1. 2., II. 3. 4.
            before = self.last.get(Kind.DECIMAL, ())
            if step_from(before[:1], mark.value) is Step.NEXT:
                known, step = before[:1], Step.NEXT
        if not self._is_believed(number, mark, known, step):
            return False
        return self._open(mark, self._depth_of_decimal(mark.value))

    def _depth_of_decimal(self, value: Value) -> int:
        """How much of the stack holds a decimal number: "1." stays open for "1.1."."""
        depth = self._depth_outside(Kind.DECIMAL)
        for entry in self.stack[depth:]:
            if entry.kind is not Kind.DECIMAL or len(entry.value) >= len(value):
                break
            if entry.value != value[: len(entry.value)]:
                break
            depth += 1
        return depth

    def _go_to_roman(self, index: int | None, mark: Mark) -> bool:
        """Be inside the Roman section that "II.3.1." names, whose own heading may be lost."""
        known = self.stack[index].value[0] if index is not None else 0
        if known == mark.roman:
            return True
        if not 0 < mark.roman - known <= WIDEST_GAP or mark.value[-1] != 1:
            return False
        self._pop(self._depth_outside(Kind.ROMAN), mark.start)
        segment = roman_digits(mark.roman)
        self.stack.append(_Open(Kind.ROMAN, (mark.roman,), segment, None))
        return True

    def _is_believed(self, number: int, mark: Mark, known: Value, step: Step | None) -> bool:
        """A number out of its sequence is none; a doubtful one gives way to a better one behind."""
        if step is None or (mark.value == (1,) and not stands_alone(mark, self.marks, number)):
            return False
        if step is Step.NEXT and mark.score == SURE and mark.at_line_start:
            return True
        if step is not Step.NEXT and mark.score < SURE:
            return False
        for other in self.marks[number + 1 : number + 1 + AHEAD]:
            if other.kind < mark.kind and other.at_line_start:
                break
            if other.kind is not mark.kind or other.start == mark.start:
                continue
            if step is not Step.NEXT and step_from(known, other.value) is Step.NEXT:
                return False  # the number that was missed comes later
            if step_from(mark.value, other.value) is Step.NEXT:
                return True
            if other.value == mark.value and other.score > mark.score:
                return False
        if mark.at_line_start:
            return step is not Step.NEW
        return mark.score >= SURE - 1 and step is Step.NEXT and mark.value[-1] > 1

    def _open(self, mark: Mark, depth: int) -> bool:
        outer = mark.kind <= Kind.PART and self.closing is not None
        self._pop(depth, self.closing if outer and self.closing is not None else mark.start)
        if mark.kind <= Kind.PART:
            self.last.clear()
        self.last[mark.kind] = mark.value
        self.stack.append(_Open(mark.kind, mark.value, mark.segment, len(self.found), mark.bracket))
        shown = _identifying(self.stack)
        level = sum(len(e.value) if e.kind is Kind.DECIMAL else 1 for e in shown)
        self.found.append((mark, _path(shown), level))
        self.ends.append(mark.start)
        return True


def _identifying(stack: Sequence[_Open]) -> list[_Open]:
    """The open sections without those whose number the next one repeats: 1. before 1.1."""
    repeated = [e.kind is after.kind is Kind.DECIMAL for e, after in pairwise(stack)]
    return [e for e, is_repeated in zip(stack, [*repeated, False]) if not is_repeated]


def _path(entries: Sequence[_Open]) -> str:
    """What identifies a section. Articles are numbered through all chapters, so these go."""
    kinds = [entry.kind for entry in entries]
    first = kinds.index(Kind.ARTICLE) if Kind.ARTICLE in kinds else 0
    outer = [e.segment for e in entries[:first] if e.kind is Kind.APPENDIX]
    return ".".join([*outer, *(entry.segment for entry in entries[first:])])


def _with_segment(mark: Mark, segment: str, value: Value, kind: Kind | None = None) -> Mark:
    return Mark(
        mark.start, mark.label_start, mark.label_end, mark.title_start, kind or mark.kind,
        value, segment, mark.score, mark.at_line_start,
    )  # fmt: skip


def _section(doc: DocumentText, mark: Mark, path: str, level: int, end: int) -> Section:
    title_start = min(mark.title_start, end)
    title_stop = title_end(doc, title_start, end)
    body_start = title_stop
    while body_start < end and doc.text[body_start] in " \n\t*_":
        body_start += 1
    label = doc.text[mark.label_start : mark.label_end]
    return Section(path, label, mark.start, body_start, end, level, title_start, title_stop)


def find_sections(doc: DocumentText) -> list[Section]:
    """All numbered sections in the order of the text; bullets belong to the section around them."""
    return _Reader(doc, find_marks(doc)).read()


def section_at(sections: Sequence[Section], position: int) -> str | None:
    """Path of the innermost section that holds a position, None outside of all."""
    index = bisect_right(sections, position, key=attrgetter("start")) - 1
    while index >= 0:
        section = sections[index]
        if position < section.end:
            return section.path
        if section.level == 1:
            return None
        index -= 1
    return None

"""Everything in a text that looks like the number of a section, before any of it is believed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.extract.text import DocumentText


class Kind(IntEnum):
    """Kinds of numbers, the outer before the inner (Decree 30/2020/NĐ-CP, annex I)."""

    APPENDIX = 0
    PART = 1
    CHAPTER = 2
    DIVISION = 3  # mục
    ARTICLE = 4  # điều
    CAPITAL = 5  # A.
    ROMAN = 6  # I.
    DECIMAL = 7  # 1. and 1.1.
    LETTER = 8  # a)
    SUBLETTER = 9  # a.1)
    BRACKETED = 10  # (1)


Value = tuple[int, ...]

# What speaks for a mark: it opens a line, a capital follows, a sentence or heading ended before.
SURE = 3
# More numbers than any document has; keeps hostile input from costing time.
_MOST_MARKS = 4000


@dataclass(frozen=True, slots=True)
class Mark:
    """One possible section number: where its line and label are, and what it says."""

    start: int
    label_start: int
    label_end: int
    title_start: int
    kind: Kind
    value: Value
    segment: str  # its part of the path
    score: int
    at_line_start: bool
    roman: int = 0  # of "II.3.1.", where the Roman number is printed before the decimal one
    bracket: bool = False  # "1)" and not "1."


# The Vietnamese order of letters; f, j, w and z are used by some offices all the same.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_WORDS = {
    "dieu": (Kind.ARTICLE, "Điều"), "chuong": (Kind.CHAPTER, "Chương"),
    "phan": (Kind.PART, "Phần"), "muc": (Kind.DIVISION, "Mục"),
    "phu luc": (Kind.APPENDIX, "Phụ lục"), "phuluc": (Kind.APPENDIX, "Phụ lục"),
    # "Nhiệm vụ 1: …" numbers as "1." does.
    **dict.fromkeys(("nhiem vu", "noi dung", "giai phap", "hoat dong"), (Kind.DECIMAL, "")),
}  # fmt: skip
_ORDINALS = {
    "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
    "chin": 9, "muoi": 10,
}  # fmt: skip

# Searched in the folded text. OCR reads 1 as l and 0 as o; converters write the dot as "\.".
_LINE = re.compile(
    r"""\n(?P<lead>[ #*_>\ufeff]*+)(?:
      (?P<word>dieu|chuong|phan|muc|phu[ ]?luc|nhiem[ ]vu|noi[ ]dung|giai[ ]phap|hoat[ ]dong)
        (?:[ ]+(?:(?:so|thu)[ ]+)?(?P<ordinal>[0-9]{1,3}|[ivxl]{1,6}|[a-h]|nhat|hai|ba|tu|bon|nam
          |sau|bay|tam|chin|muoi))?(?![a-z0-9])[ *_]*+(?P<after>[.:(/-]|(?=\n)|\Z)?
    | (?P<roman>(?=[l1|]{0,3}[ivx]|ll)[ivxl1|]{1,6})(?P<below>(?:\.[0-9]{1,2}){0,3})
        [ *_]{0,3}\\?(?:[./:)]|-(?=[ ]))
    | (?P<number>(?:[0-9][0-9lo]?|l(?!\)))(?:[ ]?\\?\.[ ]?[0-9lo]{1,2}){0,4})
        [ *_]{0,3}\\?(?P<stop>[./):,]|-(?=[ ]?[a-z"]))(?![0-9])
    | (?P<bare>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[ *_]+(?=[a-z"(])
    | \((?P<bracketed>[0-9]{1,2}|[a-z])\)
    | (?P<letter>[a-z])(?:\.?(?P<sub>[0-9]{1,2}))?[ *_]{0,2}\\?[.)/]
    )""",
    re.VERBOSE,
)
# A number that OCR has joined to the line before; searched in the stored text.
# The dot is sought first: it is rarer than blanks and digits.
_INLINE = re.compile(r"\.(?<=[0-9IVX].) {0,2}(?=[^\W\d_])")
_LABEL_BEFORE = re.compile(r"[^\s\d#*_>|(-] {1,3}((?:\d{1,2}\.){0,2}\d{1,2}|[IVX]{1,5})\Z")
# Words that take a number behind them: "giai đoạn 2. Tiếp tục" opens no section.
_TAKES_NUMBER = re.compile(
    r"\b(?:so|quy|khoa|doan|nam|thang|ngay|dieu|khoan|muc|diem|cap|hang|loai|lan|thu|buoc|luc"
    r"|chuong"
    r"|phan|tap|nhom|vung|khu|quan|phuong|ky|tuan|du an|trang|bang|bieu|mau|va|den|tu|dot|bac)\Z"
)
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}
_ENDS_SENTENCE = ".;:!?/\"'”’…*"
_TITLE_LEAD = re.compile(r"[ *_]*(?:\n\s*+[*_]*)?")


def find_marks(doc: DocumentText) -> list[Mark]:
    """All possible section numbers in the order of the text, those in table cells left out."""
    text, folded = doc.text, doc.folded
    # The pattern needs a line feed before the first line too.
    first = _LINE.match("\n" + folded[:200])
    opening = _line_mark(text, folded, first, -1) if first else None
    lines = (_line_mark(text, folded, m, 0) for m in _LINE.finditer(folded))
    inline = (_inline_mark(text, folded, m) for m in _INLINE.finditer(text))
    found: Iterator[Mark | None] = chain(
        [opening], islice(lines, _MOST_MARKS), islice(inline, _MOST_MARKS)
    )
    marks = sorted((m for m in found if m), key=lambda m: m.start)
    cells = sorted((c.start, c.end) for t in doc.tables for row in t.rows for c in row)
    if not cells:
        return marks
    starts = [start for start, _ in cells]
    return [m for m in marks if not _in_cell(cells, starts, m.label_start)]


def _in_cell(cells: list[tuple[int, int]], starts: list[int], position: int) -> bool:
    index = bisect_right(starts, position) - 1
    return index >= 0 and position < cells[index][1]


def roman_number(digits: str) -> int:
    """Value of a Roman number of lower-case letters, 0 where it is none (up to 89)."""
    if not re.fullmatch(r"(?:l|x[lx]?x{0,2})?l?x{0,3}(?:ix|iv|v?i{0,3})", digits):
        return 0
    values = [_ROMAN_DIGITS[d] for d in digits]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0]))


def roman_digits(number: int) -> str:
    """Roman number in capitals, up to 89."""
    tens, units = divmod(number, 10)
    ten = "L" + "X" * (tens - 5) if tens >= 5 else "XL" if tens == 4 else "X" * tens
    return ten + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][units]


def _line_mark(text: str, folded: str, match: re.Match[str], shift: int) -> Mark | None:
    lead_start, label_start = match.start("lead") + shift, match.end("lead") + shift
    end = match.end() + shift
    lead = match["lead"]
    start = lead_start + len(lead) - len(lead.lstrip(" \ufeff"))
    found = _read_label(text, match, shift)
    if found is None:
        return None
    kind, value, segment, roman, bracket = found
    gap = _TITLE_LEAD.match(folded, end)
    title_start = gap.end() if gap else end
    score = 1 + _capital_follows(text, title_start)
    score += bool("#" in lead or "*" in lead) or _line_break_before(folded, start)
    label = text[label_start:end]
    end -= len(label) - len(label.rstrip())
    return Mark(
        start, label_start, end, title_start, kind, value, segment, score, True, roman, bracket
    )


def _read_label(
    text: str, match: re.Match[str], shift: int
) -> tuple[Kind, Value, str, int, bool] | None:
    """(kind, value, part of the path, Roman number before it, is "1)"), or None for no label."""

    def printed(group: str) -> str:
        return text[match.start(group) + shift : match.end(group) + shift]

    if match["word"]:
        return _read_word(match, printed("word"), printed("ordinal") if match["ordinal"] else "")
    if match["roman"]:
        return _read_roman(printed("roman"), match["below"])
    if number := match["number"] or match["bare"]:
        value = tuple(_digits(part) for part in number.replace("\\", "").split("."))
        if not all(value) or (match["stop"] in (",", "-") and len(value) > 1):
            return None
        segment = ".".join(map(str, value))
        return Kind.DECIMAL, value, segment, 0, match["stop"] == ")"
    if bracketed := match["bracketed"]:
        if bracketed.isdigit():
            return Kind.BRACKETED, (int(bracketed),), f"({int(bracketed)})", 0, False
        return _read_letter(printed("bracketed"), None)
    return _read_letter(printed("letter"), match["sub"])


def _digits(part: str) -> int:
    """1 for "l" and 10 for "1o", as OCR reads them; 0 for what is no number."""
    digits = part.strip().replace("l", "1").replace("o", "0")
    return int(digits) if part.strip() == "l" or any(c.isdigit() for c in part) else 0


def _read_word(
    match: re.Match[str], word: str, ordinal: str
) -> tuple[Kind, Value, str, int, bool] | None:
    kind, name = _WORDS[match["word"]]
    if not word[0].isupper():
        return None
    if kind is Kind.DECIMAL:
        is_number = ordinal.isdigit() and match["after"] in (".", ":")
        is_number = is_number and not match.string[match.end() : match.end() + 1].isdigit()
        return (kind, (int(ordinal),), str(int(ordinal)), 0, False) if is_number else None
    if not ordinal:
        # "PHỤ LỤC" alone; "Phụ lục kèm theo" in a sentence is none.
        is_heading = kind is Kind.APPENDIX and word.isupper()
        return (kind, (0,), name, 0, False) if is_heading else None
    if match["after"] is None and not (word.isupper() and kind is not Kind.ARTICLE):
        return None
    if kind is Kind.ARTICLE and (match["after"] or ".") not in ".:":
        return None
    low = match["ordinal"]
    if low.isdigit():
        return kind, (int(low),), f"{name} {int(low)}", 0, False
    if low in _ORDINALS:
        return kind, (_ORDINALS[low],), f"{name} thứ {ordinal.lower()}", 0, False
    number = roman_number(low) or (ord(low) - 96 if len(low) == 1 else 0)
    if not number or not ordinal.isupper() or kind is Kind.ARTICLE:
        return None
    return kind, (number,), f"{name} {ordinal}", 0, False


def _read_roman(printed: str, below: str) -> tuple[Kind, Value, str, int, bool] | None:
    """Roman numbers are capitals; OCR mixes I with l, 1 and |. A small one is a letter: "i)"."""
    digits = "".join("I" if c in "l1|" else c for c in printed)
    number = roman_number(digits.lower()) if digits.isupper() else 0
    lower = [int(part) for part in below.split(".") if part]
    if not number:
        return _read_letter(printed, None) if len(printed) == 1 and not lower else None
    if not all(lower):
        return None
    if lower:
        return Kind.DECIMAL, tuple(lower), ".".join(map(str, lower)), number, False
    return Kind.ROMAN, (number,), digits, 0, False


def _read_letter(letter: str, sub: str | None) -> tuple[Kind, Value, str, int, bool] | None:
    index = LETTERS.find(letter.lower()) + 1
    if not index:
        return None
    if letter.isupper():
        # Beyond H a capital with a dot is a Roman number or somebody's name.
        is_division = letter in "ABCDEFGH" and not sub
        return (Kind.CAPITAL, (index,), letter, 0, False) if is_division else None
    if sub:
        return Kind.SUBLETTER, (index, int(sub)), f"{letter}.{int(sub)}", 0, False
    return Kind.LETTER, (index,), letter, 0, False


def _inline_mark(text: str, folded: str, match: re.Match[str]) -> Mark | None:
    title_start = match.end()
    if not text[title_start].isupper():
        return None
    window = max(0, match.start() - 16)
    found = _LABEL_BEFORE.search(text[window : match.start()])
    if found is None:
        return None
    label = f"{found[1]}."
    before = folded[max(0, window + found.start() - 12) : window + found.start() + 1]
    after_sentence = before[-1] in _ENDS_SENTENCE
    if not after_sentence and _TAKES_NUMBER.search(before):
        return None
    start, end = window + found.start(1), match.start() + 1
    score = 1 + after_sentence
    if label[0].isdigit():
        value = tuple(int(part) for part in label.split(".") if part)
        segment = ".".join(map(str, value))
        return Mark(start, start, end, title_start, Kind.DECIMAL, value, segment, score, False)
    digits = label[:-1]
    number = roman_number(digits.lower())
    if not number:
        return None
    return Mark(start, start, end, title_start, Kind.ROMAN, (number,), digits, score, False)


def _capital_follows(text: str, position: int) -> bool:
    for char in text[position : position + 3]:
        if char.isalpha():
            return char.isupper()
    return False


def _line_break_before(folded: str, start: int) -> bool:
    """Whether a heading can begin here: after a blank or short line, or the end of a sentence."""
    line_end = folded.rfind("\n", 0, start)
    if line_end <= 0:
        return True
    before = folded[max(0, line_end - 60) : line_end].rstrip(" ")
    if not before or before[-1] == "\n" or before[-1] in _ENDS_SENTENCE:
        return True
    return "\n" in before and len(before) - before.rfind("\n") <= 50

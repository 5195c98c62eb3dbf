"""Automatic list numbers of a DOCX as they are printed: "1.", "a)", "I.", "1.2.", "-".

ECMA-376 part 1, 17.9: a paragraph names a list (numId) and a level; the list points to an abstract
list, whose levels give format, text ("%1.%2"), start and when they begin again.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Final

from etl.readers.packages import attribute

_LEVELS: Final = 9
_PLACES = re.compile(r"%([1-9])")
_ROMAN: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                 (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
                 (1, "I"))  # fmt: skip
# Bullets of Symbol and Wingdings lie in the private use area; their shapes are all kinds of dots.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_MOST: Final = 100_000


@dataclass
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = "tab"


@dataclass
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: ET.Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._by_style: dict[tuple[str, str], int] = {}
        if root is not None:
            self._read(root)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a paragraph style of that id has in a list (w:pStyle of the level)."""
        found = self._lists.get(list_id)
        return None if found is None else self._by_style.get((found.abstract, style))

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph and give its number with the blank after it; "" where it has none."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < _LEVELS:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for at, start in found.starts.items():
                counts[at] = None if at == level else start - 1
                if at == level:
                    found.levels.setdefault(at, _Level()).start = start
        self._count(found, counts, level)
        shown = found.levels.get(level, _Level(text=f"%{level + 1}."))
        text = self._print(found, counts, level, shown)
        return text + ("" if shown.suffix == "nothing" else " ") if text else ""

    def _count(self, found: _List, counts: list[int | None], level: int) -> None:
        own = counts[level]
        start = found.levels.get(level, _Level()).start
        counts[level] = start if own is None else min(own + 1, _MOST)
        for lower in range(level + 1, _LEVELS):
            restart = found.levels.get(lower, _Level()).restart
            # Absent: after any higher level; 0: never; n: after level n or a higher one.
            if restart is None or level < restart:
                counts[lower] = None

    def _print(self, found: _List, counts: list[int | None], level: int, shown: _Level) -> str:
        if shown.format == "bullet":
            return _PRIVATE.sub("•", shown.text).strip()
        if shown.format == "none" and "%" not in shown.text:
            return shown.text.strip()

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = found.levels.get(at, _Level())
            count = counts[at]
            decimal = shown.legal and at != level
            return format_number(
                other.start if count is None else count, "decimal" if decimal else other.format
            )

        return _PLACES.sub(place, shown.text).strip()

    def _read(self, root: ET.Element) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        for abstract in root.iterfind("abstractNum"):
            name = attribute(abstract, "abstractNumId") or ""
            abstracts[name] = {}
            for element in abstract.iterfind("lvl"):
                at = to_int(attribute(element, "ilvl"), 0)
                abstracts[name][at] = _read_level(element)
                style = attribute(element.find("pStyle"), "val")
                if style:
                    self._by_style[(name, style)] = at
        for number in root.iterfind("num"):
            list_id = attribute(number, "numId") or ""
            abstract_id = attribute(number.find("abstractNumId"), "val") or ""
            found = _List(abstract_id, dict(abstracts.get(abstract_id, {})))
            for override in number.iterfind("lvlOverride"):
                at = to_int(attribute(override, "ilvl"), 0)
                element_or_none = override.find("lvl")
                if element_or_none is not None:
                    found.levels[at] = _read_level(element_or_none)
                start = attribute(override.find("startOverride"), "val")
                if start is not None and 0 <= at < _LEVELS:
                    found.starts[at] = to_int(start, 1)
            self._lists[list_id] = found


def _read_level(element: ET.Element) -> _Level:
    restart = attribute(element.find("lvlRestart"), "val")
    legal = element.find("isLgl")
    return _Level(
        format=attribute(element.find("numFmt"), "val") or "decimal",
        text=(attribute(element.find("lvlText"), "val") or "")[:100],
        start=to_int(attribute(element.find("start"), "val"), 0),
        restart=None if restart is None else to_int(restart, 0),
        legal=legal is not None and attribute(legal, "val") not in ("0", "false"),
        suffix=attribute(element.find("suff"), "val") or "tab",
    )


def to_int(text: str | None, otherwise: int) -> int:
    """A whole number of at most six digits as XML gives it, or `otherwise`."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise


def format_number(number: int, kind: str) -> str:
    """A number as ECMA-376 17.18.59 prints it: decimal, letters, Roman; others as decimal."""
    if kind == "none":
        return ""
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
        return text if kind == "upperRoman" else text.lower()
    return f"{number:02d}" if kind == "decimalZero" else str(number)

"""Lines of text on a printed page: how wide they run, where they break."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from html import escape
from re import split
from typing import Final

from dashboard.colours import LIGHT

# Widths of Arial in 1/1000 of the type size; Vietnamese letters are as wide as their base letter.
_WIDTHS: Final = {
    **dict.fromkeys(" !,./:;I[]\\tf", 278), **dict.fromkeys("'|ijl", 230),
    **dict.fromkeys("()-r`{}", 334), **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667), **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("FTZ", 611), **dict.fromkeys("GOQ", 778), **dict.fromkeys("mM", 833),
    "W": 944, "%": 889, "@": 1015,
}  # fmt: skip
# Noto Sans runs 7 % wider than Arial, DejaVu Sans 15 %: the edges absorb the rest.
_SAFETY: Final = 1.1


@dataclass(frozen=True)
class Line:
    """One line of text on the page; `text` is figure markup."""

    text: str
    size: float
    colour: str = LIGHT.text
    gap: float = 0  # px above it

    @property
    def height(self) -> float:
        """px from the top of this line to the next, gap included."""
        return self.gap + self.size * 1.36


@cache
def _units(char: str) -> int:
    base = unicodedata.normalize("NFD", char)[0].replace("đ", "d").replace("Đ", "D")
    if unicodedata.east_asian_width(char) in "WF":
        return 1000
    return _WIDTHS.get(base, 556 if base.isascii() else 700)


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Estimated px of a text in any of our faces; bold is up to a tenth wider."""
    return sum(map(_units, text)) * size / 1000 * _SAFETY * (1.1 if bold else 1)


def wrap(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Lines no wider than `width` px; a word that is wider alone (an address) is cut."""
    lines: list[str] = []
    current = ""
    for piece in split(r"[ \t\r\n]+", text.strip()):  # a non-breaking space stays
        while text_width(piece, size, bold) > width:
            cut = _fitting(piece, size, width, bold)
            lines += [current, piece[:cut]] if current else [piece[:cut]]
            current, piece = "", piece[cut:]
        longer = f"{current} {piece}".strip()
        if text_width(longer, size, bold) <= width:
            current = longer
        else:
            lines.append(current)
            current = piece
    return [*lines, current] if current else lines


def _fitting(text: str, size: float, width: float, bold: bool) -> int:
    """How many letters of a text `width` px hold, one at least."""
    units = 0
    for place, char in enumerate(text):
        units += _units(char)
        if units * size / 1000 * _SAFETY * (1.1 if bold else 1) > width:
            return max(place, 1)
    return len(text)


def set_lines(
    text: str,
    size: float,
    width: float,
    colour: str = LIGHT.text,
    gap: float = 0,
    bold: bool = False,
) -> list[Line]:
    """A text set in `width` px: its lines, with `gap` px above the first."""
    parts = [escape(part, quote=False) for part in wrap(text, size, width, bold)]
    tag = ("<b>", "</b>") if bold else ("", "")
    return [
        Line(f"{tag[0]}{part}{tag[1]}", size, colour, gap if place == 0 else 0)
        for place, part in enumerate(parts)
    ]

"""Spelling or code → province of one vintage, or UnknownProvince; never a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import UnknownProvince

# Dashes of all kinds, the non-breaking space and the dot of "TP." all part words.
_BETWEEN_WORDS = re.compile(r"[\u2010-\u2015\u2212\u00a0.-]")
# Old keyboards write the letter đ as the Icelandic eth or the African d, which look the same.
_OTHER_D = str.maketrans("\u00d0\u00f0\u0189\u0256", "\u0110\u0111\u0110\u0111")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def fold(text: str) -> str:
    """Lower-case text without marks, đ as d, one blank between words: for comparing only.

    Tone marks placed two ways (hòa, hoà) and NFD input fold to the same string.
    """
    latin = text.translate(_OTHER_D).replace("đ", "d").replace("Đ", "D")
    decomposed = unicodedata.normalize("NFD", latin)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(_BETWEEN_WORDS.sub(" ", bare).casefold().split())


def spelling_key(name: str) -> str:
    """Key under which a province's spelling is looked up: marks kept, case and unit word dropped.

    Marks are kept because Hà Nam and Hà Năm are not one name; only tone placement is unified: the
    mark may stand on either vowel of a pair (hòa, hoà), so tones go to the end of the word.
    """
    parted = _BETWEEN_WORDS.sub(" ", name.translate(_OTHER_D)).casefold()
    words = []
    for word in unicodedata.normalize("NFD", parted).split():
        tones = "".join(c for c in word if c in _TONES)
        words.append("".join(c for c in word if c not in _TONES) + tones)
    key = " ".join(words)
    for unit_word in _UNIT_WORDS:
        if key.startswith(unit_word):
            return key.removeprefix(unit_word)
    return key


# "tỉnh", "thành phố", "tp" as keys, each with the blank behind it.
_UNIT_WORDS = ("tinh\u0309 ", "thanh\u0300 pho\u0302\u0301 ", "tp ")


@dataclass(frozen=True)
class Province:
    """A province-level unit of one vintage, with its statistical (GSO) code."""

    vintage: int
    code_gso: str
    name: str


class ProvinceRegister:
    """All provinces of both vintages with their accepted spellings."""

    def __init__(
        self, provinces: Iterable[Province], aliases: Iterable[tuple[int, str, str]] = ()
    ) -> None:
        """`aliases`: (vintage, code, spelling); a spelling of two provinces raises ValueError."""
        self._by_code: dict[tuple[int, str], Province] = {}
        self._by_spelling: dict[tuple[int, str], Province] = {}
        for province in provinces:
            self._by_code[province.vintage, province.code_gso] = province
            self._add_spelling(province, province.name)
        for vintage, code, spelling in aliases:
            self._add_spelling(self._by_code[vintage, code], spelling)

    def _add_spelling(self, province: Province, spelling: str) -> None:
        key = (province.vintage, spelling_key(spelling))
        known = self._by_spelling.setdefault(key, province)
        if known != province:
            raise ValueError(f"spelling {spelling!r} belongs to {known.name} and {province.name}")

    def by_code(self, code: str, vintage: int) -> Province:
        """Province of a two-digit code in a vintage; raises UnknownProvince."""
        try:
            return self._by_code[vintage, code]
        except KeyError:
            raise UnknownProvince(
                "unknown province code",
                expected=f"a two-digit GSO code of the {vintage} vintage",
                got=repr(code),
                fix="correct the code (data/facts/provinces63.csv lists them)",
            ) from None

    def by_spelling(self, name: str, vintage: int) -> Province:
        """Province of an accepted spelling in a vintage; raises UnknownProvince."""
        key = spelling_key(name)
        try:
            return self._by_spelling[vintage, key]
        except KeyError:
            raise UnknownProvince(
                "unknown province name",
                expected=f"an accepted spelling of the {vintage} vintage",
                got=repr(name),
                fix="correct the name, or add the spelling to data/reference/province_aliases.csv",
            ) from None

    def of_vintage(self, vintage: int) -> tuple[Province, ...]:
        """All provinces of a vintage, by code."""
        return tuple(p for (v, _), p in sorted(self._by_code.items()) if v == vintage)

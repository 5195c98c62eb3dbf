"""Printed spelling → province of one vintage, where one province only can be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.errors import UnknownProvince
from domain.provinces import Province, ProvinceRegister, fold
from etl.extract.text import DocumentText, squeeze
from etl.extract.wording import any_of

# Between the words of a name: blanks, a dash or dot, a line break with a page number.
_GAP = r"(?:[\s.-]*|[ ]*\n[\s-]*\d{1,3}[\s-]*\n\s*)"
_PAGE_INSIDE = re.compile(r"\n[\s-]*\d{1,3}[\s-]*\n")
_SHORTEST_APPROXIMATE = 5


@dataclass(frozen=True)
class Spellings:
    """Spellings of one vintage, ready to be searched."""

    vintage: int
    register: ProvinceRegister
    by_folded: dict[str, Province]
    pattern: re.Pattern[str]

    def at(self, doc: DocumentText, start: int, end: int) -> Province | None:
        """The province printed between two places; None where it may be another word."""
        printed = squeeze(_PAGE_INSIDE.sub(" ", doc.text[start:end]))
        try:
            return self.register.by_spelling(printed, self.vintage)
        except UnknownProvince:
            pass
        bare = re.sub(r"[\s\d.-]+", " ", doc.folded[start:end]).strip()
        found = self.by_folded.get(bare.replace(" ", ""))
        if found and printed.isascii():
            return found  # all marks lost
        return self.near(bare)

    def near(self, bare: str) -> Province | None:
        """The one province within one letter of a folded word; None for none or several."""
        bare = bare.replace(" ", "")
        if len(bare) < _SHORTEST_APPROXIMATE:
            return None
        found = {
            province
            for spelling, province in self.by_folded.items()
            if len(spelling) >= _SHORTEST_APPROXIMATE and within_one(bare, spelling)
        }
        return found.pop() if len(found) == 1 else None


def within_one(left: str, right: str) -> bool:
    """Whether two words are equal but for one letter that is wrong, missing or too many."""
    if abs(len(left) - len(right)) > 1:
        return False
    shorter, longer = sorted((left, right), key=len)
    at = 0
    while at < len(shorter) and shorter[at] == longer[at]:
        at += 1
    if len(shorter) == len(longer):
        return shorter[at + 1 :] == longer[at + 1 :]
    return shorter[at:] == longer[at + 1 :]


@lru_cache(maxsize=8)
def spellings_of(register: ProvinceRegister, vintage: int) -> Spellings:
    """All accepted spellings of a vintage, folded, with the pattern that finds them."""
    spellings = {
        fold(key): province
        for (of_vintage, key), province in register._by_spelling.items()
        if of_vintage == vintage
    }
    pattern = re.compile(rf"(?<![\w/])(?:{any_of(spellings, _GAP)})(?![\w/])")
    by_folded = {spelling.replace(" ", ""): province for spelling, province in spellings.items()}
    return Spellings(vintage, register, by_folded, pattern)

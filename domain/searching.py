"""Text to search in: folded words between blanks, so that "bien gioi" finds "biên giới" only.

Marks, capitals and punctuation do not matter; a word is found as a whole, never inside another.
"""

from __future__ import annotations

import re
from typing import Final

from domain.folding import fold_text

# Latin letters with every mark, punctuation, signs and the bullets of office fonts.
_RANGES: Final = ((0, 0x250), (0x1E00, 0x2300), (0x2500, 0x2800), (0xF000, 0xF100))
_TERM: Final = re.compile(r'"([^"]*)"|([^\s"]+)')


def _searched() -> dict[str, str]:
    table = {}
    for code in (code for first, end in _RANGES for code in range(first, end)):
        letter = chr(code)
        folded = fold_text(letter)
        searched = folded if folded.isalnum() else " "
        if searched != letter:
            table[letter] = searched
    return table


_TABLE: Final = _searched()
# The same as two texts of one length, for the `translate` of a database.
SEARCHED_LETTERS: Final = "".join(_TABLE)
SEARCHED_AS: Final = "".join(_TABLE.values())
_BY_CODE: Final = str.maketrans(_TABLE)


def search_text(text: str) -> str:
    """Folded letters and digits of an NFC text, a blank for everything else; of the same length."""
    return text.translate(_BY_CODE)


def search_terms(words: str) -> tuple[str, ...]:
    """What somebody looks for: words, phrases in quotes, numbers; folded, each once.

    A number with signs ("72/2015/NĐ-CP") is a phrase of its parts.
    """
    found = (" ".join(search_text(phrase or word).split()) for phrase, word in _TERM.findall(words))
    return tuple(dict.fromkeys(term for term in found if term))


def find_terms(text: str, terms: tuple[str, ...]) -> list[tuple[int, int, int]]:
    """Where terms stand in a text: (start, end, place of the term), in the order of the text."""
    searched = search_text(text)
    found = []
    for place, term in enumerate(terms):
        pattern = f"(?<![^ ]){re.escape(term)}(?![^ ])".replace("\\ ", " +")
        found += [(m.start(), m.end(), place) for m in re.finditer(pattern, searched)]
    return sorted(found)

"""Vietnamese before Unicode: TCVN3 (ABC fonts, .VnTime) and VNI-Windows, told by evidence.

Both put Vietnamese letters on the code points of western ones. TCVN 5712:1993 (third table) gives
each lower-case letter one code; its capitals come from fonts whose name ends in H. VNI writes a
letter and then a mark as a letter of its own ("caùc" is "các").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

_TCVN3_FROM: Final = (
    "\u00b5\u00b8\u00b6\u00b7\u00b9\u00a8\u00bb\u00be\u00bc\u00bd\u00c6\u00a9\u00c7\u00ca\u00c8\u00c9"
    "\u00cb\u00ae\u00cc\u00d0\u00ce\u00cf\u00d1\u00aa\u00d2\u00d5\u00d3\u00d4\u00d6\u00d7\u00dd\u00d8"
    "\u00dc\u00de\u00df\u00e3\u00e1\u00e2\u00e4\u00ab\u00e5\u00e8\u00e6\u00e7\u00e9\u00ac\u00ea\u00ed"
    "\u00eb\u00ec\u00ee\u00ef\u00f3\u00f1\u00f2\u00f4\u00ad\u00f5\u00f8\u00f6\u00f7\u00f9\u00fa\u00fd"
    "\u00fb\u00fc\u00fe\u00a1\u00a2\u00a3\u00a4\u00a5\u00a6\u00a7"
)
_TCVN3_TO: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
_TCVN3: Final = str.maketrans(_TCVN3_FROM, _TCVN3_TO)

# VNI: mark after the letter → combining marks; which letters may take it.
_TONES: Final = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX: Final = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303",
                      "ä": "\u0323"}  # fmt: skip
_BREVE: Final = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303",
                 "ë": "\u0323"}  # fmt: skip
_VNI_SINGLE: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for base, shown in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"),
                        ("ö", "ư")):  # fmt: skip
        pairs |= {base + mark: shown + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        pairs |= {base + mark: base + "\u0302" + tone for mark, tone in _CIRCUMFLEX.items()}
    pairs |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    pairs |= _VNI_SINGLE
    found = {key: unicodedata.normalize("NFC", value) for key, value in pairs.items()}
    found |= {key.upper(): value.upper() for key, value in found.items()}
    # A capital may carry a small mark and the other way round.
    mixed = {k[0].upper() + k[1]: v.upper() for k, v in found.items() if len(k) == 2}
    return mixed | found


_VNI: Final = _vni_pairs()
_VNI_LETTERS: Final = re.compile(
    "[AEOUYaeouyÔÖôö][" + "".join(sorted({k[1] for k in _VNI if len(k) == 2})) + "]|"
    "[" + "".join(sorted(k for k in _VNI if len(k) == 1)) + "]"
)


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Text of TCVN3 codes (as U+00A1 to U+00FE) → Unicode; `capitals` for fonts ending in H."""
    text = text.translate(_TCVN3)
    return text.upper() if capitals else text


def from_vni(text: str) -> str:
    """Text of VNI-Windows codes (as U+00C0 to U+00FF) → Unicode."""
    return _VNI_LETTERS.sub(_vni_letter, text)


def _vni_letter(found: re.Match[str]) -> str:
    pair = found[0]
    if pair in _VNI:
        return _VNI[pair]
    # Two letters that form no pair: each by itself.
    return _VNI.get(pair[0], pair[0]) + _VNI.get(pair[1:], pair[1:])


# A Vietnamese syllable, without its tone: onset, vowels, end.
_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_VOWELS = (
    "(?:uyê|iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uya|uyu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|"
    "oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|ya|[aăâeêioôơuưy])"
)
_SYLLABLE = re.compile(_ONSET + _VOWELS + "(?:ch|nh|ng|[cmnpt])?")
_TONE_MARKS = dict.fromkeys(map(ord, "\u0301\u0300\u0309\u0303\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = "[^\x00-\x40\x5b-\x60\x7b-\x7f]"
_WESTERN_WORD = re.compile(f"[A-Za-z]*+[\u0080-\u1eff]{_LETTERS}*+")
_MOST_WORDS = 1_500
LEAST_WORDS: Final = 2
_LEAST_SHARE = 0.75
_VIETNAMESE = re.compile(
    "[\u0102-\u0103\u0110-\u0111\u01a0-\u01a1\u01af-\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)


@cache
def is_syllable(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable ("được", "THÔNG"); never mixed case inside."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    plain = unicodedata.normalize("NFC", parts.translate(_TONE_MARKS))
    tones = len(parts) - len(parts.translate(_TONE_MARKS))
    return tones <= 1 and _SYLLABLE.fullmatch(plain) is not None


def syllable_share(words: list[str]) -> float:
    """Share (0 to 1) of words all of whose letters form Vietnamese syllables.

    Words of a single letter prove nothing; 0 where fewer than LEAST_WORDS are left.
    """
    judged = [parts for parts in map(_WORD.findall, words) if len("".join(parts)) > 1]
    if len(judged) < LEAST_WORDS:
        return 0.0
    return sum(all(is_syllable(part) for part in parts) for parts in judged) / len(judged)


def western_words(text: str) -> list[str]:
    """The first words with a letter beyond ASCII: the evidence of an encoding."""
    found: list[str] = []
    for match in _WESTERN_WORD.finditer(text):
        found.append(match[0])
        if len(found) >= _MOST_WORDS:
            break
    return found


def tell_encoding(candidates: dict[str, list[str]]) -> str | None:
    """Name of the candidate whose words are Vietnamese, or None where that is not certain.

    A candidate must reach three quarters and be clearly ahead of the others.
    """
    shares = sorted(
        ((syllable_share(words), name) for name, words in candidates.items()), reverse=True
    )
    best, name = shares[0]
    second = shares[1][0] if len(shares) > 1 else 0.0
    return name if best >= _LEAST_SHARE and best - second >= 0.1 else None


LEGACY: Final[dict[str, Callable[[str], str]]] = {"TCVN3": from_tcvn3, "VNI": from_vni}


def legacy_of(text: str) -> str | None:
    """ "TCVN3" or "VNI" where the letters of a text stand on western code points, else None.

    None too for text with letters that only Unicode Vietnamese has, and where it is not certain.
    """
    if text.isascii() or _VIETNAMESE.search(text):
        return None
    words = western_words(text)
    candidates = {"unicode": words}
    candidates |= {name: [convert(w) for w in words] for name, convert in LEGACY.items()}
    name = tell_encoding(candidates)
    return name if name in LEGACY else None


def convert_legacy(text: str) -> tuple[str, str | None]:
    """Text → (Unicode, what it was converted from or None)."""
    name = legacy_of(text)
    return (LEGACY[name](text), name) if name else (text, None)

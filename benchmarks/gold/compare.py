"""When a value of a result says the same as a value of the gold.

Marks, case, punctuation and line breaks do not count, since OCR loses them; words and digits do. A
gold value may be `{"any_of": […]}` where the convention leaves a choice, or `{"any": true}` where
a field is not scored (benchmarks/gold/README.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Same = Callable[[Any, Any], bool]

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ABBREVIATIONS = (
    (r"\bubnd\b", "uy ban nhan dan"), (r"\bhdnd\b", "hoi dong nhan dan"),
    (r"\btt ?tt\b", "thong tin va truyen thong"), (r"\bstttt\b", "so thong tin va truyen thong"),
    (r"\bvhtt ?dl\b", "van hoa the thao va du lich"), (r"\bbdbp\b", "bo doi bien phong"),
    (r"\btp\b", "thanh pho"), (r"\btw\b", "trung uong"), (r"\btt dn\b|\bttdn\b",
    "thong tin doi ngoai"),
)  # fmt: skip
_LEADING_KIND = re.compile(
    r"^(?:(?:ke hoach|quyet dinh|chuong trinh phoi hop|bao cao|chi thi|nghi quyet|thong tu|ket luan"
    r"|huong dan|to trinh|thong bao|nghi dinh|v v|ve viec|ve)\s+)+"
)


def plain(text: object) -> str:
    """Lower case without marks, đ as d, words parted by one blank."""
    bare = unicodedata.normalize("NFD", str(text).translate({273: "d", 272: "d", 208: "d"}))
    bare = "".join(c for c in bare if not unicodedata.combining(c)).lower()
    return _NOT_WORD.sub(" ", bare).strip()


def same_text(gold: Any, got: Any) -> bool:
    """The same words."""
    return plain(gold) == plain(got)


def same_number(gold: Any, got: Any) -> bool:
    """The same letters, digits and strokes; blanks, marks and the kind of dash do not count."""
    return _strokes(gold) == _strokes(got)


def same_title(gold: Any, got: Any) -> bool:
    """The same words but for the kind and "V/v" before them."""
    return _LEADING_KIND.sub("", plain(gold)) == _LEADING_KIND.sub("", plain(got))


def same_body(gold: Any, got: Any) -> bool:
    """The same office, abbreviated or not."""
    return plain_body(gold) == plain_body(got)


def plain_body(text: object) -> str:
    """An office in plain words, with the usual abbreviations written out."""
    words = plain(text)
    for pattern, long in _ABBREVIATIONS:
        words = re.sub(pattern, long, words)
    return words


def same_value(gold: Any, got: Any) -> bool:
    """Exactly equal; 3 and 3.0 are, true and 1 are not."""
    return gold == got and isinstance(gold, bool) == isinstance(got, bool)


def holds_number(gold: Any, got: Any) -> bool:
    """The gold number is in what the result says (a `replaces` may be a text or a list)."""
    return _strokes(gold) in _strokes(got)


def holds_place(gold: Any, got: Any) -> bool:
    """The name of the place is in what the result says of it."""
    return f" {plain(gold)} " in f" {plain(got)} "


def agrees(gold: Any, got: Any, same: Same = same_value) -> bool:
    """Whether a result's value is the gold's, or one of those that the gold accepts."""
    if isinstance(gold, Mapping):
        if gold.get("any"):
            return True
        return any(agrees(one, got, same) for one in gold["any_of"])
    if gold is None or got is None:
        return gold is got
    return same(gold, got)


def accepts_null(gold: Any) -> bool:
    """Whether the gold has nothing here, or also accepts nothing."""
    return agrees(gold, None)


def title_likeness(gold: str, got: object) -> float:
    """Share (0-1) of the gold title's words that a result's title has, in any order."""
    words = plain(gold).split()
    there = set(plain(got).split())
    return sum(word in there for word in words) / len(words) if words else 0.0


def same_leads(gold: Any, got: Sequence[Any] | None) -> bool:
    """The same offices in any order."""
    if isinstance(gold, Mapping):
        return bool(gold.get("any")) or any(same_leads(one, got) for one in gold["any_of"])
    return sorted(map(plain_body, gold)) == sorted(map(plain_body, got or ()))


def _strokes(text: object) -> str:
    words = str(text).translate({273: "d", 272: "d", 208: "d"})
    bare = unicodedata.normalize("NFD", re.sub(r"[\u2010-\u2015\u2212]", "-", words))
    return "".join(c for c in bare if not unicodedata.combining(c) and not c.isspace()).lower()

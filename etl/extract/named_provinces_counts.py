"""Printed counts of provinces: "còn 05 tỉnh, thành phố", "39/63 tỉnh", "năm tỉnh"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract.text import DocumentText, fold_text
from etl.extract.wording import any_of

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _number_words() -> dict[str, int]:
    words = dict(zip(_DIGITS[1:], range(1, 10))) | {"bẩy": 7, "mười": 10}
    for tens in range(1, 7):
        head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
        words[head] = tens * 10
        for unit in range(1, 10):
            words[f"{head} {_DIGITS[unit]}"] = tens * 10 + unit
        words |= {f"{head} lăm": tens * 10 + 5, f"{head} mốt": tens * 10 + 1}
        words |= {f"{head} tư": tens * 10 + 4, f"{head} bẩy": tens * 10 + 7}
    return words


# Number words are read with their marks: "năm" is also year, "ba", "sau", "tam" are other words.
_WORDS = _number_words()
_FOLDED_WORDS = any_of(sorted({fold_text(word) for word in _WORDS}))
_UNITS = r"(?:tinh\s*(?:,|/|va|-)?\s*(?:thanh\s+pho|tp)\b|tinh\b|thanh\s+pho\b|dia\s+phuong\b)"
_TOTAL = r"(?:/|tren|trong|tren\s+tong\s+so|trong\s+(?:tong\s+)?so|trong\s+so|tren\s+so)"
_COUNT = re.compile(
    # It begins with a digit and then looks back, which is quick to search for.
    r"(?P<count>[0-9](?<![\d/.,%-].)[0-9]?)(?!\d|[.,]\d)(?:\s*\(\s*[^\W\d]+(?:\s+[^\W\d]+){0,3}\s*\))?"
    rf"(?:\s*(?:{_UNITS}\s*,?\s*)?\(?\s*{_TOTAL}\s*(?P<total>63|34|64)\b(?!\s*%)\)?\s*(?P<after>{_UNITS})?"
    rf"|\s*(?P<unit>{_UNITS}))"
)
_UNIT = re.compile(r"(?:tinh|thanh\s+pho|dia\s+phuong)\b")
_IN_WORDS = re.compile(rf"\b(?P<count>{_FOLDED_WORDS})\s+(?P<unit>{_UNITS})")
# Before "năm tỉnh": the word for year and its company ("trong năm tỉnh đã ban hành").
_YEAR_BEFORE = re.compile(r"\b(?:trong|hang|moi|dau|cuoi|giua|ca|tung|den|cua|qua|sang)\s+$")
_MORE = re.compile(r"\s*(?:,|va|\+)\s*(?P<count>\d{1,2})\s+thanh\s+pho\b")
# From the count to the names: "tỉnh, thành phố trực thuộc Trung ương, gồm:", "tỉnh sau:", "tỉnh (".
_TO_NAMES = re.compile(
    r"(?:\s+(?:truc\s+thuoc\s+trung\s+uong|nay|sau(?:\s+day)?|tren\s+ca\s+nuoc|nua|khac|tren))*"
    r"\s*(?:[,(]?\s*(?:bao\s+gom|gom(?:\s+co)?|la(?:\s+cac\s+tinh)?|cu\s+the(?:\s+la)?)\b[\s:*_(]*"
    r"(?:cac\s+tinh\b[\s:]*)?|[:(]\s*(?:gom|la|bao\s+gom)?\s*:?\s*)"
)
# A number before belongs to a number of a document or of a task, not to a count.
_NOT_COUNT = re.compile(
    r"(?:\bso|\bnghi\s+dinh|\bdieu|\bkhoan|\bmuc|\bngay|\bthang|\bquy|\bcap)\s*$"
)


@dataclass(frozen=True)
class CountHead:
    """A printed count; `total` is the "63" of "39/63", `names_at` where names may begin."""

    start: int
    end: int
    count: int
    total: int | None
    names_at: int | None


def count_heads(doc: DocumentText, start: int, end: int) -> Iterator[CountHead]:
    """Counts of provinces between two places, in order."""
    matches = [m for m in _COUNT.finditer(doc.folded, start, end) if _is_count(doc, m)]
    matches += _in_words(doc, start, end)
    for match in sorted(matches, key=re.Match.start):
        yield _head(doc, match, end)


def _is_count(doc: DocumentText, match: re.Match[str]) -> bool:
    if int(match["count"]) == 0:
        return False
    if _NOT_COUNT.search(doc.folded, max(0, match.start() - 12), match.start()):
        return False
    # "63 tỉnh, thành phố" is the whole country, "trong tổng số 63 tỉnh" the other half of a count.
    whole_country = match["total"] is None and match["count"] in ("63", "34", "64")
    return not whole_country


def _in_words(doc: DocumentText, start: int, end: int) -> Iterator[re.Match[str]]:
    for unit in _UNIT.finditer(doc.folded, start, end):
        earliest = max(start, unit.start() - 20)
        match = _IN_WORDS.search(doc.folded, earliest, min(end, unit.end() + 20))
        if match is None or match.start("unit") != unit.start():
            continue
        printed = " ".join(doc.text[match.start("count") : match.end("count")].lower().split())
        before = doc.folded[max(0, match.start() - 8) : match.start()]
        if printed in _WORDS and not (printed == "năm" and _YEAR_BEFORE.search(before)):
            yield match


def _head(doc: DocumentText, match: re.Match[str], end: int) -> CountHead:
    printed = match["count"]
    if printed.isdigit():
        count = int(printed)
    else:
        words = doc.text[match.start("count") : match.end("count")].lower().split()
        count = _WORDS[" ".join(words)]
    groups = match.groupdict()
    stop = match.end()
    if more := _MORE.match(doc.folded, stop, end):
        count, stop = count + int(more["count"]), more.end()
    names = _TO_NAMES.match(doc.folded, stop, end)
    return CountHead(
        start=match.start(),
        end=stop,
        count=count,
        total=int(groups["total"]) if groups.get("total") else None,
        names_at=names.end() if names else None,
    )

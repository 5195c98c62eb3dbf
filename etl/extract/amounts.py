"""Sums of money as Vietnamese offices print them: 1.234.567,89 đồng; 1,5 tỷ; 1 tỷ 250 triệu đồng.

Dots part thousands and the comma parts decimals (Decree 30/2020/NĐ-CP and Vietnamese usage). Sheets
made with English settings print 1,234,567.89; that is read too where it can mean nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

# Which mark parts decimals: "," (Vietnamese), "." (English) or unknown.
DecimalMark = Literal[",", ".", ""]

MILLION: Final = Decimal(1_000_000)

_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_PLAIN = re.compile(r"\d+")
_DECIMALS = re.compile(r"(\d+)([.,])(\d+)")

# What tells the decimal mark of a whole document or column without doubt.
_SHOWS_COMMA = re.compile(
    r"\d\.\d{3}\.\d{3}(?!\d)|\d\.\d{3},\d|(?<![\d.,])\d{1,9},\d{1,2}(?![\d,.])"
)
_SHOWS_DOT = re.compile(r"\d,\d{3},\d{3}(?!\d)|\d,\d{3}\.\d")

# Folded unit → đồng. "tr.đ", "trđ" and "1.000 đ" are heads of columns.
_UNIT = r"(?:ty|ti(?!\s+vi\b)|trieu|tr|nghin|ngan)"
_SCALES: Final = {
    "ty": 1_000_000_000, "ti": 1_000_000_000, "trieu": 1_000_000, "tr": 1_000_000,
    "nghin": 1_000, "ngan": 1_000,
}  # fmt: skip
_NUMBER = r"\d[\d.,]{0,24}"
# A cheap look before all else: most documents print no sum.
HINT: Final = re.compile(
    r"[0-9]\s{0,3}(?:ty|ti|tr|trieu|nghin|ngan|dong|vnd|d)(?:d|dong)?(?![a-z])"
)
_AMOUNT = re.compile(
    rf"(?<![\d.,/%-])(?P<number>{_NUMBER})\s{{0,3}}"
    rf"(?:(?P<scale>{_UNIT})(?:(?=d(?:ong)?(?![a-z]))|(?![a-z]))\.?"
    rf"(?P<more>(?:\s{{1,3}}(?:\d[\d.,]{{0,12}}\s{{0,3}})?{_UNIT}(?![a-z])){{0,3}})"
    r"\s{0,3}(?P<dong>dong(?![a-z])|vnd(?![a-z])|d(?![a-z]))?"
    r"|(?P<bare>dong(?![a-z])|vnd(?![a-z])|d(?![a-z])))"
)
_MORE = re.compile(rf"({_NUMBER})?\s*({_UNIT})(?![a-z])")
_ABOUT = re.compile(
    r"(?<![a-z])(?:(?:du kien|uoc(?: tinh)?)\s+)?(?:khoang|hon|tren|gan|xap xi)\s+$"
)
# "10 triệu lượt khách" is no money; without "đồng" only these words or the end may follow.
_GOES_ON = re.compile(
    r"\s*(?:$|[\n,;.)(/:|]|(?:tu|cho|va|do|gom|trong|de|thuoc|nam|nguon|ngan sach|kinh phi|von)\b)"
)
_MONEY_BEFORE = re.compile(r"kinh phi|ngan sach|\bvon\b|so tien|du toan|tong (?:cong|so|muc)")
# "05 đồng chí", "20 đồng bào" count people.
_PEOPLE = re.compile(r"\s+(?:chi|bao|bo|phuc|nghiep|doi)\b")
_RATE = re.compile(r"\s*/\s*(?!nam\b)[a-z0-9]")

_COLUMN_UNIT = re.compile(
    r"(?<![\d.])(?P<thousand>1[.,]?000\s*(?:d|dong|vnd)(?![a-z]))"
    r"|(?<![a-z])(?P<scale>trieu|tr|nghin|ngan|ty|ti)[.\s]{0,3}(?:dong|vnd|d)(?![a-z])"
    r"|(?<![a-z])(?P<alone>trieu|ty)(?=\s*[)\n]|\s*$)"
    r"|(?:^|\n|[(:;,/]\s{0,3}|tinh\s{1,3})(?P<dong>dong|vnd|d)(?![a-z])(?!\s+(?:bao|bo|chi)\b)"
)


@dataclass(frozen=True)
class Amount:
    """A sum found in a text: its place (with a word such as "khoảng") and its value in đồng."""

    start: int
    end: int
    dong: Decimal


def parse_number(text: str, mark: DecimalMark = "") -> Decimal | None:
    """A printed number → Decimal; None where it has no or two readings.

    `1,250` has two readings unless `mark` (`decimal_mark` of the document) or a leading zero
    decides; `1.250` is one thousand two hundred and fifty unless `mark` says otherwise.
    """
    text = text.strip().rstrip(".,")
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if match := _DECIMALS.fullmatch(text):
        whole, sign, rest = match.groups()
        if len(rest) != 3 or whole == "0" or len(whole) > 3:
            # Not a group of thousands, so the sign parts decimals; "1.2345" is no usual number.
            return Decimal(f"{whole}.{rest}") if len(rest) <= 3 or sign == "," else None
        if sign == ".":
            return Decimal(f"{whole}.{rest}") if mark == "." else Decimal(whole + rest)
        if not mark:
            return None
        return Decimal(f"{whole}.{rest}") if mark == "," else Decimal(whole + rest)
    if _VIETNAMESE.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def decimal_mark(text: str) -> DecimalMark:
    """The decimal mark that the numbers of a text show, "" where none or both do."""
    comma, dot = _SHOWS_COMMA.search(text), _SHOWS_DOT.search(text)
    if bool(comma) == bool(dot):
        return ""
    return "," if comma else "."


def column_unit(folded: str) -> int | None:
    """Đồng of one unit from a column's head or a caption ("ĐVT: triệu đồng"); None without one."""
    match = _COLUMN_UNIT.search(folded)
    if match is None:
        return None
    if match["thousand"]:
        return 1_000
    word = match["scale"] or match["alone"]
    return _SCALES[word] if word else 1


def find_amounts(folded: str, start: int, end: int, mark: DecimalMark = "") -> Iterator[Amount]:
    """Sums with a unit in a range of the folded text, left to right.

    Rates ("150.000 đồng/người"), counts ("2 triệu lượt") and numbers with two readings are left.
    """
    for match in _AMOUNT.finditer(folded, start, end):
        number = _number(match, mark)
        if number is None or _RATE.match(folded, match.end(), end):
            continue
        if match["bare"]:
            # Đồng has no decimals: "350,000 đồng" is thousands whatever else the text shows.
            value = _whole(match["number"], number)
            counts = match["bare"] == "d" or _PEOPLE.match(folded, match.end())
            if value is None or (counts and value < 10_000 and match["number"].isdigit()):
                continue
        else:
            value = number * _SCALES[match["scale"]]
            if match["more"]:
                value = _compound(number, match["scale"], match["more"])
            if not match["dong"] and not _is_money(folded, match.start(), match.end(), start, end):
                continue
        if value is None or value <= 0:
            continue
        about = _ABOUT.search(folded, max(start, match.start() - 24), match.start())
        yield Amount(about.start() if about else match.start(), match.end(), value)


def has_unclear_amount(folded: str, start: int, end: int, mark: DecimalMark = "") -> bool:
    """Whether a range prints a sum of which the number has two readings ("1,250 triệu đồng")."""
    return not mark and any(
        match["scale"] and match["dong"] and _number(match, mark) is None
        for match in _AMOUNT.finditer(folded, start, end)
    )


def _number(match: re.Match[str], mark: DecimalMark) -> Decimal | None:
    if match["bare"]:
        return parse_number(match["number"], mark or ".")
    # Three decimals of a tỷ are triệu: "1,250 tỷ" is how that is written.
    return parse_number(match["number"], mark or ("," if match["scale"] in ("ty", "ti") else ""))


def _whole(printed: str, number: Decimal) -> Decimal | None:
    digits = re.sub(r"[.,]", "", printed)
    groups = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", printed.rstrip(".,"))
    if groups:
        return Decimal(digits)
    return number if number == number.to_integral_value() else None


def _compound(number: Decimal, scale: str, more: str) -> Decimal | None:
    """ "3 nghìn 145 tỷ 515 triệu": a smaller scale before a larger one multiplies it."""
    total, held = Decimal(0), number
    last = _SCALES[scale]
    parts: list[tuple[Decimal, int]] = []
    for printed, unit in _MORE.findall(more):
        if not printed:  # "nghìn tỷ"
            last *= _SCALES[unit]
            continue
        parts.append((held, last))
        value = parse_number(printed)
        if value is None:
            return None
        held, last = value, _SCALES[unit]
    parts.append((held, last))
    if len(parts) > 1 and parts[0][1] == 1_000 and parts[1][1] > 1_000:
        first, second = parts[0], parts.pop(1)
        parts[0] = (first[0] * 1_000 + second[0], second[1])
    for value, unit in parts:
        total += value * unit
    return total


def _is_money(folded: str, at: int, after: int, start: int, end: int) -> bool:
    before = folded[max(start, at - 60) : at]
    return bool(_GOES_ON.match(folded, after, end) and _MONEY_BEFORE.search(before))


def in_million(dong: Decimal) -> int | float:
    """Đồng → million đồng as a JSON number, exact: 1250000000 → 1250, 350500000 → 350.5."""
    million = dong / MILLION
    return int(million) if million == million.to_integral_value() else float(million)

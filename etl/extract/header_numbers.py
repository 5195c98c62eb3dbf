"""The head of a document: where it is, its number, and the kind that the number tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.documents import document_kind, normalize_number
from etl.extract.text import DocumentText, fold_text

Span = tuple[int, int]

_MOTTO = re.compile(
    r"cong\s*hoa\s+xa\s*hoi\s+chu\s*nghia\s+viet\s*nam|dang\s+cong\s+san\s+viet\s+nam"
    r"|doc\s*lap\s*-?\s*tu\s*do\s*-?\s*hanh\s*phuc"
)
_BODY = re.compile(
    r"\n[ *#_>|]*+(?:can\s+cu\b|kinh\s+(?:gui|trinh)\b|xet\s+de\s+nghi|theo\s+de\s+nghi)"
)
_MARKUP = re.compile(r"<br ?/?>|[*#]")
_FURNITURE_BEFORE = 600
_LONGEST_HEAD = 4000
_FIRST_PAGES = 20_000

# "/KH-UBND", "/2020/QĐ-UBND", "-KH/TU", "/CTr-BTTTT-BTLBĐBP"; blanks that OCR puts in are allowed.
SYMBOL = (
    r"(?:[ ]?/[ ]?(?:19|20)[0-9]{2}(?=[ ]?/))?"
    r"[ ]?[/-][ ]?[a-z][a-z0-9&]*+(?:(?:[ ]?[/-][ ]?|\.)[a-z][a-z0-9&]*+){0,5}"
)
# OCR: Sô, S6, So, or the S alone; o and l in the number are 0 and 1. Blank or dots: not given.
_NUMBER = re.compile(
    r"(?:^|[\n |>*\ufeff])s(?:[o06]|(?=:))[ *]*(?P<colon>[:.;]?)[ *_.\u2026]*+"
    rf"(?P<digits>[0-9ol](?:[ ]?[0-9ol]){{0,5}}[a-d]?)?[ *_.\u2026]*+(?P<symbol>{SYMBOL})"
)
_BARE = re.compile(
    rf"(?:^|\n|  |\|)[ *#_|]*(?P<digits>[0-9]{{1,5}})(?P<symbol>{SYMBOL})[ *|]*(?=\n|\Z|  )"
)
_FURNITURE = re.compile(
    rf"\n[ *|]*so\s*(?:ky\s*)?hieu[ :|]*(?P<digits>[0-9]{{1,5}})(?P<symbol>{SYMBOL})"
)
_PAGE_TITLE = re.compile(
    r"\s*(?:cong van|ke hoach|quyet dinh|chi thi|thong tu|nghi dinh|bao cao|huong dan)"
    rf"(?: so)? (?P<digits>[0-9]{{1,5}})(?P<symbol>{SYMBOL})"
)
_ATTACHED = re.compile(
    r"kem\s+theo\s+(?:ke\s+hoach|quyet\s+dinh|cong\s+van|nghi\s+quyet|to\s+trinh)\s+(?:so\s*:?\s*)?"
    rf"(?P<digits>[0-9]{{1,5}})(?P<symbol>{SYMBOL})"
)

# Abbreviations of Decree 30/2020/NĐ-CP, annex III, and of the party that are no kind of ours.
_OTHER_KINDS = frozenset(
    {
        "QC", "QyĐ", "QYĐ", "TC", "TB", "PA", "ĐA", "DA", "BB", "TTr", "TTR", "HĐ", "CĐ", "BGN",
        "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "TLr", "QĐi", "QH", "CL",
    }
)  # fmt: skip
_LETTER = "CV"


@dataclass(frozen=True)
class Head:
    """The printed head: `text` and `folded` of `doc[start:end]`, with what is known blanked out."""

    start: int
    end: int
    text: str
    folded: str

    def without(self, *spans: Span) -> Head:
        """The head with passages (positions of the document) as blanks; line feeds stay."""
        text, folded = self.text, self.folded
        for begin, end in spans:
            a, b = max(0, begin - self.start), max(0, end - self.start)
            text = text[:a] + _blank(text[a:b]) + text[b:]
            folded = folded[:a] + _blank(folded[a:b]) + folded[b:]
        return Head(self.start, self.end, text, folded)


@dataclass(frozen=True)
class PrintedNumber:
    """A number as printed: `number` is None where it was left blank, `symbol` what follows it."""

    number: str | None
    symbol: str
    span: Span
    source: str  # printed, attached, furniture


def _blank(text: str) -> str:
    return "".join("\n" if c == "\n" else " " for c in text)


def find_head(doc: DocumentText) -> Head:
    """From the letterhead to the first paragraph; the two lines of the motto are blanked out."""
    folded = doc.folded
    # "Đảng Cộng sản Việt Nam" in a sentence is no letterhead.
    mottos = [
        m.span()
        for m in _MOTTO.finditer(folded, 0, _FIRST_PAGES)
        if doc.text[m.start() : m.end()].isupper() or folded.startswith("doc", m.start())
    ]
    anchor = mottos[0][0] if mottos else 0
    start = 0
    if anchor > _FURNITURE_BEFORE:
        start = folded.rfind("\n", 0, anchor - _FURNITURE_BEFORE) + 1
    end = min(len(folded), max(start, anchor) + _LONGEST_HEAD)
    if body := _BODY.search(folded, anchor, end):
        end = body.start() + 1
    first = next((s.start for s in doc.sections if s.start >= anchor), end)
    end = min(end, first)
    # Marks of markdown part words that belong together: "**UBND**<br>**TỈNH LONG AN**".
    shown = _MARKUP.sub(
        lambda m: "\n".ljust(len(m[0])) if m[0][0] == "<" else " ", doc.text[start:end]
    )
    head = Head(start, end, shown, fold_text(shown))
    return head.without(*((a, min(b, end)) for a, b in mottos if a < end))


def find_number(doc: DocumentText, head: Head) -> PrintedNumber | None:
    """The number of the head, else of the document this one is attached to, else of the page."""
    for pattern in (_NUMBER, _BARE):
        for match in pattern.finditer(head.folded):
            if pattern is _NUMBER and not _opens_number(head, match):
                continue
            return _printed(doc, match, head.start, "printed")
    tail = doc.folded[head.start : head.end + 600]
    if attached := _ATTACHED.search(tail):
        return _printed(doc, attached, head.start, "attached")
    around = _FURNITURE.search(doc.folded) or _PAGE_TITLE.match(doc.folded)
    return _printed(doc, around, 0, "furniture") if around else None


def _opens_number(head: Head, match: re.Match[str]) -> bool:
    """A head prints "Số" with a capital, at a line's start or with a colon; citations do not."""
    first = match.start() + (match[0][0] in "\n |>*\ufeff")
    if head.text[first] != "S" and not match["colon"]:
        return False
    if head.text[first] != "S" and head.text[first - 1 : first].strip("\n"):
        return False
    line_start = not head.text[head.text.rfind("\n", 0, first) + 1 : first].strip(" *#_|>\t")
    return line_start or bool(match["colon"]) or head.folded[max(0, first - 2) : first] == "  "


def _printed(doc: DocumentText, match: re.Match[str], shift: int, source: str) -> PrintedNumber:
    symbol_start, symbol_end = match.start("symbol") + shift, match.end("symbol") + shift
    symbol = normalize_number(doc.text[symbol_start:symbol_end])
    digits = (match["digits"] or "").replace(" ", "").replace("o", "0").replace("l", "1")
    number = f"{digits}{symbol}" if any(c.isdigit() for c in match["digits"] or "") else None
    first = match.start() + shift
    while doc.text[first] in " \n|>*#_\ufeff":
        first += 1
    return PrintedNumber(number, symbol, (first, symbol_end), source)


def kind_of_symbol(symbol: str) -> str | None:
    """Kind told by "/KH-UBND", "-KH/TU" or "/BTTTT-TTĐN" (a letter); None without a symbol."""
    parts = [p for p in re.split(r"[/.-]", symbol) if p and not p.isdigit()]
    if not parts:
        return None
    if parts[0] in _OTHER_KINDS or parts[0].rstrip("0123456789") in _OTHER_KINDS:
        return "other"
    if parts[0].upper() in (_LETTER, "CTHĐ"):
        return "official_letter" if parts[0].upper() == _LETTER else "programme"
    upper = {"CTR": "CTr"}.get(parts[0].upper(), parts[0].upper())
    return document_kind(f"1/{upper}-X") if document_kind(f"1/{upper}") != "law" else "other"

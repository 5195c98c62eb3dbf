"""Documents that a document cites: number, kind, date, body, relation and its passage."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from domain.documents import parse_date
from etl.extract.citation_bodies import body_of_symbol, read_bodies
from etl.extract.citation_numbers import (
    PrintedDate,
    PrintedNumber,
    date_at,
    number_key,
    symbol_parts,
)  # fmt: skip
from etl.extract.citation_relations import STRENGTH, Governed, Passages
from etl.extract.text import DocumentText, Item
from etl.reference import PROJECT_DATA, load_records

# Words for kinds, folded; longer ones first. Luật, Thông báo, Tờ trình have no kind of their own.
_KIND_WORDS: Final = {
    "ket luan": "conclusion", "nghi quyet": "resolution", "chi thi": "directive",
    "quyet dinh": "decision", "nghi dinh": "decree", "thong tu": "circular", "ke hoach": "plan",
    "chuong trinh": "programme", "cong van": "official_letter", "huong dan": "guideline",
    "bao cao": "report", "thong bao": "other", "to trinh": "other", "bo luat": "other",
    "luat": "other", "phap lenh": "other", "quy dinh": "other", "cong dien": "other",
    "de an": "other", "quy che": "other", "thong tri": "other", "van ban": "",
    "cv": "official_letter", "vb": "", "qd": "decision", "nd": "decree", "tt": "circular",
    "kh": "plan", "nq": "resolution",
}  # fmt: skip
_KIND = "|".join(word.replace(" ", r"\s{1,3}") for word in _KIND_WORDS)
_BEFORE = re.compile(
    rf"(?s).*(?<![a-z])(?P<word>{_KIND})(?P<joint>(?:\s{{1,3}}(?:lien\s{{1,3}}tich|phoi\s{{1,3}}hop|"
    r"hanh\s{1,3}dong|lien\s{1,3}nganh))?)(?P<gap>(?:\s{1,3}[^\s;:,.()0-9]{1,12}){0,8}?)[\s*]{0,4}"
    r"(?P<called>\b(?:s[o0]?|so\s{1,2}hieu)?[\s:.*]{0,4})$"
)
_CALLED = re.compile(r"\bs[o0]?[\s:.*]{0,4}$")
_WINDOW: Final = 90
_OF = re.compile(r"[\s,)*]{0,4}(?:cua|do|giua)\s{1,3}")
_BY = re.compile(r"\s{1,3}cua\s{1,3}")
_BEFORE_DATE = re.compile(
    r"[\s,(*\[]{0,4}(?:(?:da|duoc|ban\s{1,3}hanh|ky|(?P<same>cung))\s{1,3}){0,3}"
)
_LIST = re.compile(r"\s{0,3}(?:,|va|hoac|,\s{0,3}va)\s{1,3}(?:so\s{1,3})?$")
# The line with a document's own number, at its head or in a site's data sheet.
_OWN_LINE = re.compile(
    r"(?:^|\n)[\s#*|]*(?P<label>so|so\s{1,3}(?:ky\s{1,3})?hieu|ky\s{1,3}hieu)\s{0,2}[:|]?\s*$"
)
_HEAD: Final = 1500
_SHORT = re.compile(
    r"[0-9](?<=\s.)(?:(?<=\bso\s.)|(?<=dinh\s.)|(?<=luan\s.)|(?<=\btu\s.)|(?<=quyet\s.)|(?<=hoach\s.)"
    r"|(?<=\bthi\s.))[0-9]{0,4}(?:/(?P<year>[0-9]{4}))?(?![0-9])(?!\s{0,2}[/-]\s{0,2}[a-z0-9])"
)
_QUOTE_LIMIT: Final = 400


@dataclass(frozen=True)
class Mention:
    """One place where a document is cited; `start` is its kind word, `end` its date or body."""

    cited: PrintedNumber
    kind: str
    date: dt.date | None
    body: str | None
    governed: Governed
    expired: bool
    start: int
    end: int


def find_citations(doc: DocumentText, header: Mapping[str, Any]) -> list[Item]:
    """Cited documents in the order of the text, each (number, date) once.

    An item has the strongest relation, and the first passage that shows it.
    """
    mentions = read_mentions(doc, header)
    groups: dict[tuple[str, dt.date | None], list[Mention]] = {}
    dates: dict[str, list[dt.date]] = {}
    for mention in mentions:
        if mention.date and mention.date not in dates.setdefault(mention.cited.key, []):
            dates[mention.cited.key].append(mention.date)
    for mention in mentions:
        known = dates.get(mention.cited.key, [])
        # Without a date it is the document of that number cited with one, the first if several.
        day = mention.date or (known[0] if known else None)
        groups.setdefault((mention.cited.key, day), []).append(mention)
    return [_item(doc, header, day, group) for (_, day), group in groups.items()]


def _item(
    doc: DocumentText, header: Mapping[str, Any], day: dt.date | None, group: Sequence[Mention]
) -> Item:
    best = max(group, key=lambda m: (STRENGTH[m.governed.relation], -m.start))
    body = best.body or next((m.body for m in group if m.body), None)
    is_expired = any(m.expired for m in group)
    if not is_expired and (until := expired_from().get(number_key(best.cited.number))):
        citing = header.get("issued_date")
        is_expired = bool(citing) and parse_date(str(citing)) >= until
    start = best.governed.shown_from
    if best.end - start > _QUOTE_LIMIT or best.governed.relation == "mentions":
        start = best.start
    return doc.item(
        start,
        min(best.end, start + _QUOTE_LIMIT),
        number=best.cited.number,
        kind=best.kind,
        issued_date=day.isoformat() if day else None,
        issuing_body=body or body_of_symbol(symbol_parts(best.cited.key)),
        relation=best.governed.relation,
        expired=is_expired,
    )


def read_mentions(doc: DocumentText, header: Mapping[str, Any]) -> list[Mention]:
    """Every place where another document is cited, in the order of the text."""
    numbers = [n for n in doc.numbers if not _is_own(doc, header, n)]
    passages = Passages(doc)
    mentions: list[Mention] = []
    previous: tuple[int, Governed] | None = None
    for index, cited in enumerate(numbers):
        stop = numbers[index + 1].start if index + 1 < len(numbers) else len(doc.text)
        mention = _read(doc, header, passages, cited, stop, previous)
        mentions.append(mention)
        # What stands in brackets does not interrupt the list around it.
        if previous is None or not mention.governed.in_brackets:
            previous = (mention.end, mention.governed)
    _share(doc, mentions)
    mentions += _short_mentions(doc, passages, mentions)
    return sorted(mentions, key=lambda m: m.start)


def _read(
    doc: DocumentText, header: Mapping[str, Any], passages: Passages, cited: PrintedNumber,
    stop: int, previous: tuple[int, Governed] | None,
) -> Mention:  # fmt: skip
    kind, start, body = _kind_before(doc, header, cited)
    date, named, end = read_tail(doc, header, cited.end)
    governed = passages.govern(cited, kind, start, end, previous)
    said = passages.said_expired(end, stop)
    return Mention(
        cited, kind, date.day if date else None, named or body, governed, said is not None, start,
        said or end,
    )  # fmt: skip


def read_tail(
    doc: DocumentText, header: Mapping[str, Any], end: int
) -> tuple[PrintedDate | None, str | None, int]:
    """Date and body printed behind a number, in either order, and where they end."""
    folded = doc.folded
    date: PrintedDate | None = None
    body: str | None = None
    for _ in range(2):
        if date is None and (lead := _BEFORE_DATE.match(folded, end)):
            if date := date_at(folded, lead.end()):
                end = date.end
                continue
        if body is None and (of := _OF.match(folded, end)):
            if named := read_bodies(doc, of.end(), header):
                body, end = named
    return date, body, end


def _kind_before(
    doc: DocumentText, header: Mapping[str, Any], cited: PrintedNumber
) -> tuple[str, int, str | None]:
    """Kind of a cited document, where its kind word (or "số") begins, and a body printed before."""
    low = max(0, cited.start - _WINDOW)
    window = doc.folded[low : cited.start]
    match = _BEFORE.match(window)
    if match is None:
        called = _CALLED.search(window)
        return cited.kind, low + called.start() if called else cited.start, None
    kind = _KIND_WORDS[" ".join(match["word"].split())] or cited.kind
    if kind == "plan" and cited.kind == "department_plan":
        kind = cited.kind
    start = low + match.start("word")
    if not match["gap"].strip():
        return kind, start, None
    # Words between, as in "Luật Báo chí số …", "Kế hoạch của Tỉnh ủy số …": the symbol is surer.
    if cited.kind not in {"official_letter", "other"}:
        kind = cited.kind
    if of := _BY.match(match["gap"]):
        named = read_bodies(doc, low + match.start("gap") + of.end(), header)
        return kind, start, named[0] if named and named[1] <= cited.start else None
    return kind, start, None


def _is_own(doc: DocumentText, header: Mapping[str, Any], printed: PrintedNumber) -> bool:
    """Whether a number is the document's own: that of its header, or on its "Số:" line."""
    own = header.get("number")
    if own and number_key(str(own)) == printed.key:
        date, _, _ = read_tail(doc, header, printed.end)
        issued = header.get("issued_date")
        # The same number of another year is another document, unless the number carries the year.
        return not (date and date.day and issued and str(date.year) != str(issued)[:4])
    if printed.start >= _HEAD:
        return False
    low = max(0, printed.start - 40)
    label = _OWN_LINE.search(doc.folded[low : printed.start])
    # A broken line may begin with "số" too, but not with a capital.
    return label is not None and doc.text[low + label.start("label")].isupper()


def _share(doc: DocumentText, mentions: list[Mention]) -> None:
    """ "Quyết định số 1/QĐ-TTg, số 2/QĐ-TTg ngày …": one kind word, date and body for both."""
    for i in range(len(mentions) - 2, -1, -1):
        first, second = mentions[i], mentions[i + 1]
        between = doc.folded[first.end : second.cited.start]
        if not _LIST.search(between) or len(between) > 20 or not _LIST.fullmatch(between):
            continue
        date, body, expired = first.date, first.body, first.expired
        if first.end == first.cited.end:
            date, body = second.date, second.body
        mentions[i] = replace(first, date=date, body=body or second.body,
                              expired=expired or second.expired)  # fmt: skip


def _short_mentions(
    doc: DocumentText, passages: Passages, full: Sequence[Mention]
) -> Iterable[Mention]:
    """ "Thông tư số 22", "Nghị định 72/2015": the only full citation with that number and kind."""
    if not full:
        return
    taken = {p for m in full for p in range(m.cited.start, m.cited.end)}
    for match in _SHORT.finditer(doc.folded):
        if match.start() in taken:
            continue
        low = max(0, match.start() - 40)
        words = _BEFORE.match(doc.folded[low : match.start()])
        if (
            words is None
            or words["gap"].strip()
            or not (kind := _KIND_WORDS.get(" ".join(words["word"].split())))
        ):
            continue
        digits = match[0].split("/")[0]
        meant = {
            m.cited.key: m for m in full
            # A number torn by a line break ("0" alone) has lost its digits as a leading zero.
            if re.match(r"\d*", m.cited.key)[0] == digits.lstrip("0") != ""  # type: ignore[index]
            and m.kind == kind
            and (not match["year"] or f"/{match['year']}/" in m.cited.key)
        }  # fmt: skip
        if len(meant) == 1:
            (mention,) = meant.values()
            start = low + words.start("word")
            governed = passages.govern(mention.cited, kind, start, match.end(), None)
            yield replace(mention, date=None, body=None, governed=governed, expired=False,
                          start=start, end=match.end())  # fmt: skip


@lru_cache(maxsize=1)
def expired_from() -> dict[str, dt.date]:
    """Key of a national document → first day on which it was no longer in force."""
    rows = load_records(PROJECT_DATA / "reference/national_documents.csv", "is_expired")
    days = dict(_EXPIRED_FROM)
    for row in rows:
        if row["is_expired"] == "true" and row.get("expired_from"):
            days[number_key(row["document_number"])] = parse_date(row["expired_from"])
    return days


# Where the reference marks an expired document without a date: Decision 79/2010/QĐ-TTg ended when
# Decree 72/2015/NĐ-CP came into force.
_EXPIRED_FROM: Final = {number_key("79/2010/QĐ-TTg"): dt.date(2015, 10, 22)}

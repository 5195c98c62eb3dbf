"""A briefing as the one sequence of blocks that the DOCX and the PDF both print."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final

from dashboard.briefing.columns import Columns, set_columns
from dashboard.briefing.content import Briefing, Finding, Picture, Section, Table
from dashboard.briefing.office import Office
from dashboard.briefing.pictures import TALLEST
from dashboard.words import format_date, word

ANNEX: Final = "sources"  # the section that stands behind the signature
SHEET_HEIGHT: Final = 257.0  # mm between the margins
# Of sentences in 13 pt: characters of a line and its indent, mm of a line and between two.
_LINE, _INDENT, _LINE_HEIGHT, _GAP = 76, 6, 5.5, 2.2
_HEADING, _CAPTION = 12.0, 22.0  # mm, with some air
_EMPTY_TABLE: Final = 20.0  # mm, with its caption
_SMALLEST: Final = 135.0  # mm: a map less tall can hardly be read
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Heading:
    """`number` is "IV." or "" (an annex); `anchor` names it within the document.

    `is_across`: what follows at once is a table that lies across, and the heading stands above it.
    `starts_page`: a map follows the sentences, and they are to be seen together.
    """

    text: str
    anchor: str
    number: str = ""
    level: int = 1
    is_annex: bool = False
    is_across: bool = False
    starts_page: bool = False


@dataclass(frozen=True)
class Sentence:
    """A finding; `note` numbers its evidence in the annex (None: it has none)."""

    finding: Finding
    note: int | None
    is_listed: bool


@dataclass(frozen=True)
class Shown:
    """A map or chart with its number; `room` is how tall it may be, in mm."""

    picture: Picture
    number: int
    room: float


@dataclass(frozen=True)
class Listed:
    """A table with its number and columns."""

    table: Table
    number: int
    columns: Columns


@dataclass(frozen=True)
class Signature:
    """Whom it goes to and who signs, left open."""


@dataclass(frozen=True)
class Evidence:
    """What the findings with one note number rest on, one line per document."""

    note: int
    lines: tuple[str, ...]


Block = Heading | Sentence | Shown | Listed | Signature | Evidence


@dataclass(frozen=True)
class Letterhead:
    """Boxes 1 to 4 of Decree 30/2020/NĐ-CP, annex I, in the language of the document."""

    superior: str
    name: str
    country: str
    motto: str
    number: str
    place_date: str
    signer: str


def letterhead(office: Office, as_of: date, lang: str, kind: str = "BC") -> Letterhead:
    """The head of a document; number and day are left open for the office.

    `kind` abbreviates the type of document (annex III of the Decree): BC for a report, "" for an
    official letter.
    """
    symbol = f"{kind}-{office.symbol}" if kind else office.symbol
    is_english = lang == "en"
    place = office.place_en if is_english else office.place
    return Letterhead(
        superior=office.superior_en if is_english else office.superior,
        name=office.name_en if is_english else office.name,
        country=word("briefing.paper.country", lang),
        motto=word("briefing.paper.motto", lang),
        number=word("briefing.paper.number", lang, symbol=symbol),
        place_date=word("briefing.paper.place_date", lang, place=place, century=as_of.year // 100),
        signer=word("briefing.paper.signer", lang) if is_english else office.signer,
    )


def title_lines(briefing: Briefing) -> tuple[str, str]:
    """The type of document and what it is about: two lines, the type not said twice."""
    kind = word("briefing.paper.kind", briefing.lang)
    about = briefing.title
    if about.casefold().startswith(kind.casefold()):
        about = about[len(kind) :].lstrip(" :–-")
    return kind, (about[:1].upper() + about[1:]) or briefing.title


def foot_line(briefing: Briefing) -> str:
    """What every page says at its foot: as-of date, units, snapshot."""
    day = format_date(briefing.as_of, briefing.lang)
    return word(
        "briefing.paper.foot",
        briefing.lang,
        date=day,
        vintage=briefing.vintage_label,
        snapshot=briefing.snapshot_id,
    )


def caption(title: str, note: str) -> str:
    """What stands behind the number of a figure or table: whole sentences."""
    first = title if title.endswith((".", "?", "!")) else f"{title}."
    return f"{first} {note}".rstrip()


def flow(briefing: Briefing) -> tuple[Block, ...]:
    """All blocks in order: sections, signature, annexes of sources and of evidence."""
    notes = _notes(briefing)
    blocks: list[Block] = []
    counts = {"picture": 0, "table": 0, "section": 0}
    body = [section for section in briefing.sections if section.key != ANNEX]
    annexes = [section for section in briefing.sections if section.key == ANNEX]
    for section in body:
        counts["section"] += 1
        number = f"{roman(counts['section'])}."
        blocks += _of_section(section, briefing.lang, notes, counts, number)
    blocks.append(Signature())
    for section in annexes:
        blocks += _of_section(section, briefing.lang, notes, counts)
    if notes:
        text = word("briefing.paper.evidence", briefing.lang)
        blocks.append(Heading(text, "evidence", is_annex=True))
        blocks += [Evidence(number, lines) for lines, number in notes.items()]
    return tuple(blocks)


def _of_section(
    section: Section,
    lang: str,
    notes: dict[tuple[str, ...], int],
    counts: dict[str, int],
    number: str = "",
) -> list[Block]:
    """Its heading (an annex has no `number`), findings and items."""
    blocks: list[Block] = []
    is_listed = section.key == "summary"
    for finding in section.findings:
        blocks.append(Sentence(finding, notes.get(finding.evidence), is_listed))
    room = _room(section)
    for place, item in enumerate(section.items):
        if isinstance(item, Picture):
            counts["picture"] += 1
            blocks.append(Shown(item, counts["picture"], room if room and not place else TALLEST))
        else:
            counts["table"] += 1
            blocks.append(Listed(item, counts["table"], set_columns(item, lang)))
    first = section.items[0] if section.items else None
    heading = Heading(
        section.heading,
        section.key,
        number,
        is_annex=not number,
        is_across=bool(blocks) and isinstance(blocks[0], Listed) and blocks[0].columns.is_across,
        starts_page=isinstance(first, Picture) and first.is_map and room is not None,
    )
    return [heading, *blocks]


def _room(section: Section) -> float | None:
    """mm that are left for a map under the heading and the sentences of its section.

    None where that is too little: the map then stands on a page of its own.
    """
    lines = sum(math.ceil((len(finding.text) + _INDENT) / _LINE) for finding in section.findings)
    used = _HEADING + lines * _LINE_HEIGHT + len(section.findings) * _GAP + _CAPTION
    # A table that only says that it has no rows is not to be left alone on the next page.
    empty = takewhile(lambda item: isinstance(item, Table) and item.rows.empty, section.items[1:])
    used += len(list(empty)) * _EMPTY_TABLE
    left = min(SHEET_HEIGHT - used, TALLEST)
    return left if left >= _SMALLEST else None


def _notes(briefing: Briefing) -> dict[tuple[str, ...], int]:
    """Evidence -> its number; the same evidence is printed once."""
    found: dict[tuple[str, ...], int] = {}
    for finding in briefing.findings():
        if finding.evidence:
            found.setdefault(finding.evidence, len(found) + 1)
    return found


def roman(number: int) -> str:
    """1 -> "I"; chapters of a report are numbered so (Decree 30/2020/NĐ-CP, annex I)."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text

"""Tables of a briefing on slides, the head on each; short ones share a slide with what precedes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pptx.slide import Slide
from pptx.util import Emu

from dashboard.briefing.content import Table
from dashboard.briefing.pptx_deck import Deck
from dashboard.briefing.pptx_theme import BODY, FIGURE, TITLE_COLOUR
from dashboard.briefing.pptx_xml import EMU, Type, table, table_cell, table_row, text_box
from dashboard.briefing.slide_text import CELL_MARGIN, LEAST, Row, TablePages, table_pages
from dashboard.colours import LIGHT
from dashboard.words import word

FOOT: Final = BODY[1] + BODY[3]  # EMU from the top: nothing of the content is lower
GAP: Final = 10 * EMU
_NOTICE: Final = 18 * EMU  # height of a line at the foot
_CAPTION: Final = 24 * EMU
_LEAST_ROWS: Final = 3  # of its last slide: else it stands better on one of its own
_LEAST_SHARE: Final = 0.4  # of a slide: with less room a longer table begins on the next
_HEAD_FILL: Final = "#DCE8F2"
_BAND: Final = "#F5F8FA"
_LINE: Final = "#C9D3DB"


class Room(NamedTuple):
    """A slide with room from `top` (EMU) down."""

    slide: Slide
    top: int


def add_table(deck: Deck, given: Table, heading: str, room: Room | None) -> Room | None:
    """A table with rows; of a long one the first pages and where the rest is. What room is left.

    It begins in `room` where that has space for some of it, else on a slide of its own; each has
    `heading` above its title.
    """
    width, height = BODY[2] / EMU, (BODY[3] - _NOTICE - GAP) / EMU
    pages = table_pages(given, deck.lang, width, BODY[3] / EMU)
    lines = [given.note] if given.note else []
    if room is not None:
        first = (FOOT - room.top - _CAPTION - (_NOTICE + GAP) * bool(lines)) / EMU
        shared = table_pages(given, deck.lang, width, height, first)
        is_split = len(shared.pages) > 1
        is_torn = is_split and len(shared.pages[-1]) < _LEAST_ROWS and len(pages.pages) == 1
        if not shared.pages[0] or is_torn or (is_split and first < _LEAST_SHARE * height):
            room = None
        else:
            pages = shared
    if room is None and (lines or not pages.is_whole):
        pages = table_pages(given, deck.lang, width, height)
    if not pages.is_whole:
        rows, total = sum(map(len, pages.pages)), len(given.rows)
        lines.append(word("briefing.pptx.first_rows", deck.lang, rows=rows, total=total))
    count, foot = len(pages.pages), BODY[1]
    for place, page in enumerate(pages.pages, start=1):
        title = deck.numbered(given.title, place, count)
        if room is not None and place == 1:
            slide = room.slide
            top = _caption(deck, room, title)
        else:
            slide, top = deck.slide(FIGURE, title, heading), BODY[1]
            deck.note(slide, [heading, given.title, *lines])
        foot = _add_rows(deck, slide, given, pages, page, top)
        if lines:
            _say(deck, slide, " ".join(lines), FOOT - _NOTICE)
    return Room(slide, foot + 2 * GAP) if count == 1 and not lines else None


def _caption(deck: Deck, room: Room, title: str) -> int:
    """The title of a table on a slide that has other content above; EMU where its rows begin."""
    slide, top = room
    for placeholder in slide.placeholders:
        if placeholder.placeholder_format.idx == 1:
            left, above, width, _ = (
                placeholder.left, placeholder.top, placeholder.width, placeholder.height
            )  # fmt: skip
            # All four: an inherited place is lost as soon as one of them is set.
            placeholder.left, placeholder.top, placeholder.width = left, above, width
            placeholder.height = Emu(top - above)
    type = Type(16, TITLE_COLOUR, bold=True)
    frame = (BODY[0] + 7 * EMU, top, BODY[2], _CAPTION)
    deck.add(slide, text_box(deck.ids(slide), title, frame, [title], type, deck.lang))
    return top + _CAPTION


def _height(pages: TablePages, page: Sequence[Row]) -> int:
    return round((pages.head_height + sum(height for _, height in page)) * EMU)


def _add_rows(
    deck: Deck, slide: Slide, given: Table, pages: TablePages, page: Sequence[Row], top: int
) -> int:
    """The native table; EMU of its foot."""
    widths = [round(width * EMU) for width in pages.widths]
    height = _height(pages, page)
    frame = (BODY[0], top, sum(widths), height)
    rows = "".join(_rows(deck, pages, page))
    deck.add(slide, table(deck.ids(slide), given.title, given.title, frame, widths, rows))
    return top + height


def _rows(deck: Deck, pages: TablePages, page: Sequence[Row]) -> Iterator[str]:
    margin, lang = round(CELL_MARGIN * EMU), deck.lang
    aligned = ["r" if is_number else "l" for is_number in pages.is_number]
    heads = [Type(LEAST, LIGHT.text, bold=True, align=a, anchor="ctr") for a in aligned]
    yield table_row(
        round(pages.head_height * EMU),
        (
            table_cell(text, type, lang, _HEAD_FILL, _LINE, margin)
            for text, type in zip(pages.heads, heads, strict=True)
        ),
    )
    types = [Type(LEAST, LIGHT.text, align=align) for align in aligned]
    for place, (cells, height) in enumerate(page):
        fill = _BAND if place % 2 else LIGHT.page
        yield table_row(
            round(height * EMU),
            (
                table_cell(text, type, lang, fill, _LINE, margin)
                for text, type in zip(cells, types, strict=True)
            ),
        )


def _say(deck: Deck, slide: Slide, text: str, top: int) -> None:
    frame = (BODY[0], top, BODY[2], _NOTICE)
    type = Type(LEAST, LIGHT.muted)
    deck.add(slide, text_box(deck.ids(slide), text, frame, [text], type, deck.lang))

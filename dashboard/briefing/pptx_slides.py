"""A briefing as slides: findings, maps of native shapes, native charts and tables, notes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pptx.slide import Slide
from pptx.util import Emu

from dashboard.briefing.content import Briefing, Finding, Picture, Section, Table
from dashboard.briefing.flow import ANNEX
from dashboard.briefing.pictures import PictureFormat, Pictures, png_size
from dashboard.briefing.pptx_charts import add_chart, chart_height
from dashboard.briefing.pptx_deck import Deck
from dashboard.briefing.pptx_legend import legend_group, legend_height
from dashboard.briefing.pptx_map import MapBox, map_group
from dashboard.briefing.pptx_tables import FOOT, GAP, Room, add_table
from dashboard.briefing.pptx_theme import BODY, FONT, MAP, MAP_BODY, MAP_TITLE, OPENING, TEXT
from dashboard.briefing.pptx_xml import EMU, Frame, Type, text_box
from dashboard.briefing.scope import PROVINCE
from dashboard.briefing.slide_text import LEAST, fill_page, text_height, text_pages
from dashboard.colours import LIGHT
from dashboard.words import word

_MAP_BOX: Final = MapBox(round(7.46 * 72 * EMU), round(0.3 * 72 * EMU), round(5.47 * 72 * EMU))
_BESIDE: Final = 16  # pt of sentences beside a map or under a chart
_NOTICE: Final = 18 * EMU  # height of a line at the foot
_OFFICE: Final = (round(73 * EMU), 54 * EMU, BODY[2], 50 * EMU)
# Words of a picture's key that say what it is, not what it is about.
_KINDS: Final = frozenset({"map", "counts", "bars", "reconciliation"})


def write_pptx(
    briefing: Briefing,
    pictures: Mapping[tuple[str, PictureFormat], bytes] | None = None,
    *,
    font: str = FONT,
) -> bytes:
    """The briefing as a PPTX file, 16:9; the same briefing and pictures give the same bytes.

    Maps and charts are native. `pictures` are (key, "png") -> file for what has neither subject nor
    bars; without its file the slide tells its message in words.
    """
    return _Slides(briefing, {} if pictures is None else pictures, font).write()


class _Slides:
    """One presentation while it is written."""

    def __init__(
        self,
        briefing: Briefing,
        pictures: Mapping[tuple[str, PictureFormat], bytes],
        font: str,
    ) -> None:
        self.briefing, self.pictures, self.lang = briefing, pictures, briefing.lang
        self.deck = Deck(briefing, font)
        kind, _, named = briefing.scope.partition(":")
        self.selected = frozenset({named}) if kind == PROVINCE else frozenset()

    def write(self) -> bytes:
        """All slides in order."""
        briefing = self.briefing
        self._opening()
        for section in briefing.sections:
            if section.key != ANNEX:
                self._section(section)
        self._closing()
        keywords = f"{briefing.snapshot_id}; {briefing.as_of.isoformat()}; {briefing.scope}"
        author = self._office_names()[-1]
        return self.deck.write(briefing.title, author, briefing.scope_name, keywords)

    def _opening(self) -> None:
        """Office, title, scope, dates, units, snapshot."""
        briefing, deck = self.briefing, self.deck
        deck.begin(briefing.title)
        slide = deck.slide(OPENING, briefing.title)
        type = Type(18, LIGHT.text, bold=True)
        names = self._office_names()
        deck.add(slide, text_box(deck.ids(slide), names[-1], _OFFICE, names, type, self.lang))
        # The facts that are sentences stand on the last slide.
        long = {briefing.unknowns, briefing.map_notice}
        facts = [f"{label}: {text}" for label, text in briefing.facts if text not in long]
        facts += [briefing.mark_note] * bool(briefing.mark)
        deck.fill_body(slide, facts, 20)
        deck.note(slide, [f"{label}: {text}" for label, text in briefing.facts])

    def _office_names(self) -> list[str]:
        office = self.briefing.office
        is_english = self.lang == "en"
        names = (
            (office.superior_en, office.name_en) if is_english else (office.superior, office.name)
        )
        return [name for name in names if name] or [self.briefing.title]

    def _section(self, section: Section) -> None:
        """Its findings first, where the pictures do not show all of them, then its items."""
        self.deck.begin(section.heading)
        beside: dict[str, list[Finding]] = {}
        shown: set[str] = set()
        for item in section.items:
            if isinstance(item, Picture) and (item.subject or item.bars):
                related = [f for f in _related(item, section) if f.key not in shown]
                beside[item.key] = self._that_fit(item, related)
                shown |= {finding.key for finding in beside[item.key]}
        unsaid = self._unsaid(section)
        is_shown = all(finding.key in shown for finding in section.findings)
        if is_shown and unsaid:
            is_shown = self._joined(section, beside, unsaid)
        room = None if is_shown else self._findings(section, [f.text for f in unsaid])
        for item in section.items:
            if isinstance(item, Picture):
                room = self._picture(item, section, beside.get(item.key, []))
            elif len(item.rows):
                room = add_table(self.deck, item, section.heading, room)

    def _unsaid(self, section: Section) -> list[Finding]:
        """What the tables without rows say, unless a finding says it."""
        said = {finding.text for finding in section.findings}
        return [
            Finding(item.key, f"{item.title}: {item.empty}")
            for item in section.items
            if isinstance(item, Table)
            and not len(item.rows)
            and item.empty
            and item.empty not in said
        ]

    def _joined(
        self, section: Section, beside: dict[str, list[Finding]], more: Sequence[Finding]
    ) -> bool:
        """Put `more` beside the first picture with room for all of it; whether there is one."""
        for item in section.items:
            if isinstance(item, Picture) and item.key in beside:
                texts = [*beside[item.key], *more]
                if len(self._that_fit(item, texts)) == len(texts):
                    beside[item.key] = texts
                    return True
        return False

    def _findings(self, section: Section, more: Sequence[str]) -> Room | None:
        """All sentences of a section and `more`; the room under them, if one slide holds them."""
        texts = [*(self._text(finding) for finding in section.findings), *more]
        items = [item for item in section.items if isinstance(item, Picture) or len(item.rows)]
        # A table that follows at once shares the slide: smaller type leaves it room.
        sizes = (16,) if items and isinstance(items[0], Table) else (20, 18, 16)
        size, pages = text_pages(texts, BODY[2] / EMU, BODY[3] / EMU, sizes)
        slide = None
        for place, page in enumerate(pages, start=1):
            title = self.deck.numbered(section.heading, place, len(pages))
            slide = self.deck.slide(TEXT, title)
            self.deck.fill_body(slide, page, size)
            shown = [f for f in section.findings if self._text(f) in page]
            self.deck.note(slide, _evidence(shown or section.findings))
        if slide is None or len(pages) > 1:
            return None
        return Room(slide, BODY[1] + round(text_height(texts, size, BODY[2] / EMU) * EMU) + 2 * GAP)

    def _text(self, finding: Finding) -> str:
        if not finding.is_edited:
            return finding.text
        return f"{finding.text} {word('briefing.paper.edited', self.lang)}"

    def _frame_beside(self, picture: Picture) -> Frame:
        """Where sentences stand: left of a map under its legend, under a chart."""
        if picture.subject is not None:
            start = MAP_TITLE[1] + MAP_TITLE[3] + 2 * GAP
            start += legend_height(picture.subject, MAP_BODY[2])
            return MAP_BODY[0], start, MAP_BODY[2], FOOT - start
        assert picture.bars is not None, picture.key
        said = round(text_height(self._captions(picture), _BESIDE, BODY[2] / EMU) * EMU) + 2 * GAP
        start = BODY[1] + min(chart_height(picture.bars), BODY[3] - said) + GAP
        return BODY[0], start, BODY[2], FOOT - start

    def _captions(self, picture: Picture) -> list[str]:
        bars = picture.bars if picture.subject is None else None
        unit = [f"{word('briefing.pptx.unit', self.lang)}: {bars.unit}"] if bars else []
        return unit + [picture.note] * bool(picture.note)

    def _that_fit(self, picture: Picture, related: Sequence[Finding]) -> list[Finding]:
        """The first of the findings that a picture leaves room for."""
        frame, captions = self._frame_beside(picture), self._captions(picture)
        texts = captions + [self._text(finding) for finding in related]
        shown, _ = fill_page(texts, _BESIDE, frame[2] / EMU, frame[3] / EMU)
        return list(related[: max(len(shown) - len(captions), 0)])

    def _picture(
        self, picture: Picture, section: Section, beside: Sequence[Finding]
    ) -> Room | None:
        room = None
        if picture.subject is not None:
            slide = self._map(picture, section, beside)
        elif picture.bars is not None and picture.bars.categories:
            room = self._chart(picture, section, beside)
            slide = room.slide
        else:
            slide = self._drawn(picture, section)
        lines = [picture.alt, picture.note, *picture.evidence]
        self.deck.note(slide, [*lines, *_evidence(_related(picture, section))])
        return room

    def _map(self, picture: Picture, section: Section, beside: Sequence[Finding]) -> Slide:
        """The map on the right; legend and sentences on the left; the notice under it."""
        subject, deck = picture.subject, self.deck
        assert subject is not None, picture.key
        slide = deck.slide(MAP, picture.title, section.heading)
        ids, captions = deck.ids(slide), self._captions(picture)
        texts = captions + [self._text(finding) for finding in beside]
        frame = self._frame_beside(picture)
        deck.fill_body(slide, texts, _BESIDE, frame, plain=len(captions))
        top = MAP_TITLE[1] + MAP_TITLE[3] + GAP
        deck.add(slide, legend_group(subject, MAP_TITLE[0] + 7 * EMU, top, MAP_BODY[2], ids))
        named = word("briefing.pptx.map", self.lang, title=picture.title)
        deck.add(slide, map_group(subject, _MAP_BOX, ids, named, picture.alt, self.selected))
        below = (_MAP_BOX.left, _MAP_BOX.top + _MAP_BOX.height + 3 * EMU, _MAP_BOX.width, _NOTICE)
        notice, type = self.briefing.map_notice, Type(LEAST, LIGHT.muted)
        deck.add(slide, text_box(ids, notice, below, [notice], type, self.lang))
        return slide

    def _chart(self, picture: Picture, section: Section, beside: Sequence[Finding]) -> Room:
        """The chart as high as its bars need, sentences in what is left."""
        frame = self._frame_beside(picture)
        slide = self.deck.slide(TEXT, picture.title, section.heading)
        height = frame[1] - GAP - BODY[1]
        add_chart(slide, picture, (BODY[0], BODY[1], BODY[2], height), self.briefing)
        captions = self._captions(picture)
        texts = captions + [self._text(finding) for finding in beside]
        used = round(text_height(texts, _BESIDE, frame[2] / EMU) * EMU)
        self.deck.fill_body(slide, texts, _BESIDE, frame, plain=len(captions))
        return Room(slide, frame[1] + used + 2 * GAP)

    def _drawn(self, picture: Picture, section: Section) -> Slide:
        """A picture from its file, or its message where there is none."""
        content = self.pictures.get((picture.key, "png"))
        slide = self.deck.slide(TEXT, picture.title, section.heading)
        notes = [picture.note] if picture.note else []
        if content is None:
            missing = self.pictures.missing if isinstance(self.pictures, Pictures) else {}
            why = missing.get(picture.key, "missing")
            texts = [word(f"briefing.paper.missing.{why}", self.lang)]
            texts += [word("briefing.paper.not_drawn_shows", self.lang, alt=picture.alt), *notes]
            size, pages = text_pages(texts, BODY[2] / EMU, BODY[3] / EMU)
            self.deck.fill_body(slide, pages[0], size)
            return slide
        below = round(text_height(notes, _BESIDE, BODY[2] / EMU) * EMU)
        width, height = png_size(content)
        factor = min(BODY[2] / width, (BODY[3] - below) / height)
        size_x, size_y = round(width * factor), round(height * factor)
        left = BODY[0] + (BODY[2] - size_x) // 2
        shown: Any = slide.shapes.add_picture(
            io.BytesIO(content), Emu(left), Emu(BODY[1]), Emu(size_x), Emu(size_y)
        )
        shown._element.nvPicPr.cNvPr.set("descr", picture.alt)
        shown._element.nvPicPr.cNvPr.set("name", picture.title)
        foot = BODY[1] + size_y
        self.deck.fill_body(slide, notes, _BESIDE, (BODY[0], foot, BODY[2], FOOT - foot), plain=1)
        return slide

    def _closing(self) -> None:
        """What is not known, and every source."""
        briefing, deck = self.briefing, self.deck
        heading = word("briefing.pptx.closing", self.lang)
        deck.begin(heading)
        first = [text for text in (briefing.unknowns, briefing.map_notice) if text]
        texts = [*first, *briefing.sources]
        size, pages = text_pages(texts, BODY[2] / EMU, BODY[3] / EMU, (18, 16, 14))
        for place, page in enumerate(pages, start=1):
            slide = deck.slide(TEXT, deck.numbered(heading, place, len(pages)))
            deck.fill_body(slide, page, size, plain=len(first) if place == 1 else 0)
            deck.note(slide, [f"{label}: {text}" for label, text in briefing.facts])


def _evidence(findings: Sequence[Finding]) -> list[str]:
    return [line for finding in findings for line in finding.evidence]


def _related(picture: Picture, section: Section) -> list[Finding]:
    """The findings that a picture shows: those whose key begins with what it is about."""
    about = "_".join(part for part in picture.key.split("_") if part not in _KINDS)
    return [finding for finding in section.findings if finding.key.startswith(about)]

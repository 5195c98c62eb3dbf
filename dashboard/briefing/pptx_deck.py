"""A presentation while it is written, and what every slide has around its content."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu

from dashboard.briefing.content import Briefing
from dashboard.briefing.flow import foot_line
from dashboard.briefing.packages import fixed_zip
from dashboard.briefing.pptx_theme import (
    FONT,
    FOOTER,
    HEIGHT,
    KICKER,
    KICKER_BESIDE_MARK,
    LAYOUTS,
    MARK,
    NUMBER_PLACE,
    OPENING,
    TITLE_COLOUR,
    WIDTH,
    drop_leftovers,
    name_sections,
    set_layouts,
    set_theme,
)
from dashboard.briefing.pptx_xml import (
    EMU,
    Frame,
    Ids,
    Type,
    element,
    paragraph,
    text_box,
)
from dashboard.briefing.slide_text import title_size
from dashboard.colours import LIGHT
from dashboard.download.lines import wrap
from dashboard.watermark import MARK_COLOUR
from dashboard.words import word


class Deck:
    """One presentation while it is written; its slides come in order."""

    def __init__(self, briefing: Briefing, font: str = FONT) -> None:
        self.briefing, self.lang = briefing, briefing.lang
        self.presentation = Presentation()
        self.presentation.slide_width, self.presentation.slide_height = Emu(WIDTH), Emu(HEIGHT)
        self.layouts = set_layouts(self.presentation, self.lang)
        set_theme(self.presentation, font)
        drop_leftovers(self.presentation)
        self.foot = foot_line(briefing)
        self._ids: dict[int, Ids] = {}
        self._sections: list[tuple[str, list[int]]] = []

    def slide(self, layout: str, title: str, kicker: str = "") -> Slide:
        """A new slide with title, foot, number and the mark of made-up data.

        `kicker` stands small above the title: the section that the slide belongs to.
        """
        given = self.layouts[layout]
        slide = self.presentation.slides.add_slide(given)
        frame = LAYOUTS[layout][1][0]
        size = title_size(title, frame[2] / EMU, frame[3] / EMU)
        type = Type(36 if layout == OPENING and size == 28 else size, TITLE_COLOUR, bold=True)
        set_paragraphs(slide.shapes.title, [paragraph(title, type, self.lang)])
        for placeholder in given.placeholders:
            if placeholder.placeholder_format.idx in (FOOTER, NUMBER_PLACE):
                self._repeat(slide, placeholder)
        if mark := self.briefing.mark:
            type = Type(14, MARK_COLOUR, bold=True, anchor="ctr")
            self.add(slide, text_box(self.ids(slide), mark, MARK, [mark], type, self.lang))
        if kicker and kicker != title:
            frame = KICKER_BESIDE_MARK if self.briefing.mark else KICKER
            type = Type(12, LIGHT.muted, anchor="ctr")
            lines = wrap(kicker, 12, frame[2] / EMU - 12)
            line = lines[0] if len(lines) == 1 else f"{lines[0]}…"
            self.add(slide, text_box(self.ids(slide), kicker, frame, [line], type, self.lang))
        if self._sections:
            self._sections[-1][1].append(slide.slide_id)
        return slide

    def begin(self, heading: str) -> None:
        """The slides from here on belong to a section of this name."""
        self._sections.append((heading, []))

    def numbered(self, title: str, place: int, count: int) -> str:
        """A title that says which of several slides this is."""
        if count == 1:
            return title
        return word("briefing.pptx.page", self.lang, title=title, page=place, pages=count)

    def ids(self, slide: Slide) -> Ids:
        """Numbers for the shapes of a slide."""
        return self._ids.setdefault(slide.slide_id, Ids())

    def add(self, slide: Slide, xml: str) -> None:
        """Put a shape on top of the others."""
        slide.shapes._spTree.append(element(xml))

    def fill_body(
        self,
        slide: Slide,
        texts: Sequence[str],
        size: float,
        frame: Frame | None = None,
        plain: int = 0,
    ) -> None:
        """Paragraphs in the body of a slide, the first `plain` without bullets; none: it goes."""
        body = next(p for p in slide.placeholders if p.placeholder_format.idx == 1)
        if not texts:
            body._element.getparent().remove(body._element)
            return
        if frame is not None:
            body.left, body.top, body.width, body.height = (Emu(part) for part in frame)
        types = (Type(size, LIGHT.text, plain=place < plain) for place in range(len(texts)))
        set_paragraphs(body, [paragraph(t, type, self.lang) for t, type in zip(texts, types)])

    def note(self, slide: Slide, lines: Sequence[str]) -> None:
        """Speaker notes: one line each, those said twice once."""
        said = [*dict.fromkeys(line for line in lines if line), self.foot]
        if self.briefing.mark:
            said.append(f"{self.briefing.mark}. {self.briefing.mark_note}".strip())
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None, "the notes of python-pptx have a body"
        frame.text = "\n".join(said)

    def write(self, title: str, author: str, subject: str, keywords: str) -> bytes:
        """The file; the same slides give the same bytes."""
        core = self.presentation.core_properties
        made = datetime.combine(self.briefing.as_of, datetime.min.time())
        core.title, core.author, core.last_modified_by = title, author, author
        core.subject, core.keywords, core.comments = subject, keywords, self.briefing.mark or ""
        core.created, core.modified, core.revision = made, made, 1
        core.language = self.lang
        name_sections(self.presentation, self._sections)
        out = io.BytesIO()
        self.presentation.save(out)
        return fixed_zip(out.getvalue())

    def _repeat(self, slide: Slide, placeholder: Any) -> None:
        """Footer and number on the slide itself: a layout's own are not shown."""
        copy = deepcopy(placeholder._element)
        place = copy.find(qn("p:spPr"))
        for child in list(place):
            place.remove(child)
        copy.nvSpPr.cNvPr.set("id", str(self.ids(slide).next()))
        slide.shapes._spTree.append(copy)
        if placeholder.placeholder_format.idx == FOOTER:
            body = copy.find(qn("p:txBody"))
            for old in body.findall(qn("a:p")):
                body.remove(old)
            body.append(element(paragraph(self.foot, Type(12, LIGHT.muted), self.lang)))


def set_paragraphs(placeholder: Any, paragraphs: Sequence[str]) -> None:
    """Replace the text of a placeholder by ready paragraphs."""
    body = placeholder._element.find(qn("p:txBody"))
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for xml in paragraphs:
        body.append(element(xml))

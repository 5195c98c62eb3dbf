"""The report of a briefing as a Word document: every part a real one, to be edited further."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Final

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from dashboard.briefing import docx_page, docx_xml
from dashboard.briefing.columns import UPRIGHT, Columns
from dashboard.briefing.content import Briefing
from dashboard.briefing.docx_page import FONT, GREY
from dashboard.briefing.flow import (
    Evidence,
    Heading,
    Letterhead,
    Listed,
    Sentence,
    Shown,
    Signature,
    caption,
    flow,
    foot_line,
    letterhead,
    title_lines,
)
from dashboard.briefing.pictures import Pictures, png_size, printed_size
from dashboard.words import word

_JUSTIFY, _CENTRE = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
_FIRST_LINE: Final = Mm(10)  # annex I of the Decree
_FACTS: Final = (42.0, UPRIGHT - 42.0)  # mm
_HEAD_GROUND: Final = "E7ECF2"
_SHORT: Final = 4  # rows: a table that is not parted from its caption or cut at all


def write_docx(
    briefing: Briefing,
    pictures: Pictures,
    *,
    pages: Mapping[str, int] | None = None,
    font: str = FONT,
) -> bytes:
    """The report as a DOCX file; the same briefing and pictures give the same bytes.

    `pages` are the page numbers of the table of contents by anchor (flow.Heading), where known.
    A picture that is missing is told in its place, with its message and the reason.
    """
    return _Report(briefing, pictures, pages or {}, font).write()


class _Report:
    """One document while it is written."""

    def __init__(
        self, briefing: Briefing, pictures: Pictures, pages: Mapping[str, int], font: str
    ) -> None:
        self.briefing, self.pictures, self.pages = briefing, pictures, pages
        self.lang = briefing.lang
        self.document: Document = docx_page.new_document(self.lang, font)
        self.blocks = flow(briefing)
        self.head = letterhead(briefing.office, briefing.as_of, self.lang)
        self.is_across = False
        self._numbers: Iterator[int] = count(1)  # of bookmarks and pictures

    def write(self) -> bytes:
        """All parts in order."""
        briefing, document = self.briefing, self.document
        core = document.core_properties
        core.title, core.author, core.last_modified_by = briefing.title, self.head.name, ""
        core.subject = briefing.scope_name
        core.keywords = f"{briefing.snapshot_id}; {briefing.as_of.isoformat()}; {briefing.scope}"
        core.comments = briefing.mark or ""
        docx_page.set_running_lines(
            document, foot_line(briefing), briefing.mark, briefing.mark_note
        )
        docx_page.add_letterhead(document, self.head)
        for text, style in zip(title_lines(briefing), ("Title", "Subtitle"), strict=True):
            document.add_paragraph(text, style)
        self._facts()
        self._contents()
        for block in self.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Sentence():
                    self._sentence(block)
                case Shown():
                    self._picture(block)
                case Listed():
                    self._table(block)
                case Signature():
                    self._turn(False)
                    add_signature(document, self.head, self.lang)
                case Evidence():
                    self._evidence(block)
        return docx_xml.fixed_document(document, briefing.as_of)

    def _turn(self, across: bool) -> bool:
        """Go on upright or across; True where that changes, and so begins a new page."""
        if across == self.is_across:
            return False
        docx_page.next_section(self.document, across)
        self.is_across = across
        return True

    def _facts(self) -> None:
        """What the report rests on, first of all: date, units, scope, snapshot, notices."""
        facts = self.briefing.facts
        table = self._grid(len(facts), _FACTS)
        for row, (label, text) in zip(table.rows, facts, strict=True):
            docx_xml.keep_row(row)
            for cell, said, bold in zip(row.cells, (label, text), (True, False), strict=True):
                _fill(cell.paragraphs[0], said, 11, bold=bold)
            docx_xml.shade(row.cells[0], _HEAD_GROUND)
        docx_xml.describe_table(table, self.briefing.title)

    def _contents(self) -> None:
        """A table of contents that Word can renew, with its entries already there."""
        document = self.document
        document.add_paragraph(word("briefing.paper.contents", self.lang), "TOC Heading")
        headings = [block for block in self.blocks if isinstance(block, Heading)]
        entry = document.add_paragraph(style="toc 1")
        docx_xml.begin_field(entry, 'TOC \\o "1-1" \\h \\z \\u')
        for place, heading in enumerate(headings):
            if place:
                entry = document.add_paragraph(style="toc 1")
            link = docx_xml.add_link(entry, _anchor(heading))
            named = f"{heading.number}\t{heading.text}" if heading.number else heading.text
            docx_xml.add_run_to(link, entry, named)
            if heading.anchor in self.pages:
                docx_xml.add_run_to(link, entry, f"\t{self.pages[heading.anchor]}")
        docx_xml.end_field(entry)

    def _heading(self, heading: Heading) -> None:
        has_turned = self._turn(heading.is_across)
        paragraph = self.document.add_paragraph(heading.text, f"Heading {heading.level}")
        if heading.is_annex:
            docx_page.unnumbered(paragraph)
        if (heading.is_annex or heading.starts_page) and not has_turned:
            paragraph.paragraph_format.page_break_before = True
        docx_xml.bookmark(paragraph, _anchor(heading), next(self._numbers))

    def _sentence(self, sentence: Sentence) -> None:
        style = "List Bullet" if sentence.is_listed else "Normal"
        paragraph = self.document.add_paragraph(sentence.finding.text, style)
        paragraph.alignment = _JUSTIFY
        if not sentence.is_listed:
            paragraph.paragraph_format.first_line_indent = _FIRST_LINE
        if sentence.note is not None:
            paragraph.add_run(f" [{sentence.note}]").font.size = Pt(10)
        if sentence.finding.is_edited:
            mark = paragraph.add_run(f" {word('briefing.paper.edited', self.lang)}")
            mark.italic, mark.font.size, mark.font.color.rgb = True, Pt(10), GREY

    def _picture(self, shown: Shown) -> None:
        self._turn(False)
        picture = shown.picture
        content = self.pictures.get((picture.key, "png"))
        if content is None:
            self._missing(shown)
        else:
            paragraph = self.document.add_paragraph()
            paragraph.alignment = _CENTRE
            paragraph.paragraph_format.keep_with_next = True
            width, height = png_size(content)
            run = paragraph.add_run()
            run.add_picture(
                io.BytesIO(content), width=Mm(printed_size(width, height, shown.room)[0])
            )
            name = f"{word('briefing.paper.figure', self.lang)} {shown.number}"
            docx_xml.describe(run, next(self._numbers), name, picture.alt)
        below = self._caption("figure", shown.number, caption(picture.title, picture.note))
        below.paragraph_format.space_before, below.paragraph_format.space_after = Pt(6), Pt(12)

    def _missing(self, shown: Shown) -> None:
        """In a picture's place: which it is, what it would tell, why it is not there."""
        reason = self.pictures.missing.get(shown.picture.key, "failed")
        lines = (
            word("briefing.paper.not_drawn", self.lang, title=shown.picture.title),
            word(f"briefing.paper.missing.{reason}", self.lang),
            word("briefing.paper.not_drawn_shows", self.lang, alt=shown.picture.alt),
        )
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        docx_xml.box(paragraph)
        for place, line in enumerate(lines):
            if place:
                paragraph.add_run().add_break()
            paragraph.add_run(line).bold = not place

    def _caption(self, kind: str, number: int, text: str) -> Paragraph:
        label = word(f"briefing.paper.{kind}", self.lang)
        paragraph = self.document.add_paragraph(f"{label} ", "Caption")
        paragraph.alignment = _CENTRE
        docx_xml.add_field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
        paragraph.add_run(". ")
        paragraph.add_run(text).bold = False
        return paragraph

    def _table(self, listed: Listed) -> None:
        table, columns = listed.table, listed.columns
        self._turn(columns.is_across)
        above = self._caption("table", listed.number, caption(table.title, table.note))
        above.paragraph_format.keep_with_next = True
        if not columns.cells:
            self.document.add_paragraph(table.empty)
            return
        made = self._grid(len(columns.cells) + 1, columns.widths)
        docx_xml.describe_table(made, table.title)
        docx_xml.repeat_row(made.rows[0])
        self._rows(made, columns)  # no empty line below: it could make a page of its own

    def _rows(self, made: WordTable, columns: Columns) -> None:
        last = len(columns.cells)
        lines = [columns.heads, *columns.cells]
        for place, (row, texts) in enumerate(zip(made.rows, lines, strict=True)):
            docx_xml.keep_row(row)
            # The head stays with the first row, a short table in one piece.
            is_kept = place < last and (place == 0 or last <= _SHORT)
            for cell, text, is_number in zip(row.cells, texts, columns.is_number, strict=True):
                paragraph = cell.paragraphs[0]
                _fill(paragraph, text, columns.size, bold=place == 0)
                paragraph.paragraph_format.keep_with_next = is_kept
                if place == 0:
                    paragraph.alignment = _CENTRE
                    docx_xml.shade(cell, _HEAD_GROUND)
                elif is_number:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _grid(self, rows: int, widths: tuple[float, ...]) -> WordTable:
        table = self.document.add_table(rows=rows, cols=len(widths), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        docx_page.set_widths(table, widths)
        return table

    def _evidence(self, evidence: Evidence) -> None:
        title = word("briefing.paper.evidence_of", self.lang, number=evidence.note)
        first = self.document.add_paragraph()
        first.add_run(title).bold = True
        first.paragraph_format.keep_with_next = True
        for line in evidence.lines:
            paragraph = self.document.add_paragraph(style="List Bullet")
            paragraph.add_run(line).font.size = Pt(11)


def add_signature(document: Document, head: Letterhead, lang: str) -> None:
    """Recipients on the left, the signer's title on the right, room to sign below."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    table = document.add_table(rows=1, cols=2)
    docx_xml.set_borders(table, "nil")
    docx_xml.keep_row(table.rows[0])
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    to = first.add_run(word("briefing.paper.recipients", lang))
    to.bold, to.italic, to.font.size = True, True, Pt(12)
    first.paragraph_format.space_after = Pt(0)
    for key in ("recipient_open", "recipient_file"):
        _fill(left.add_paragraph(), word(f"briefing.paper.{key}", lang), 11)
    signer = right.paragraphs[0]
    signer.alignment = _CENTRE
    signer.add_run(head.signer).bold = True
    signer.paragraph_format.space_after = Pt(72)


def _fill(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> None:
    """A line of a table: its size, no air below."""
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _anchor(heading: Heading) -> str:
    """Name of a bookmark; those with an underscore in front are hidden in Word's list."""
    return f"_Toc_{heading.anchor}"

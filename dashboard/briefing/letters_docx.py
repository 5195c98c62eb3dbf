"""A letter that reminds provinces as a Word document after Decree 30/2020/NĐ-CP, marked a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import Final

import pandas as pd
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.briefing import docx_page, docx_xml
from dashboard.briefing.flow import letterhead
from dashboard.briefing.letters import Letter, LetterPart
from dashboard.words import word

BODY: Final = 14.0  # pt
_JUSTIFY, _CENTRE = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
_LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_FIRST_LINE: Final = Mm(10)
_GROUND: Final = "E7ECF2"
_HEAD_WIDTHS: Final = (68.0, 92.0)  # mm: the name of the state stands on one line
_LIST_WIDTHS: Final = (12.0, 35.0, 66.0, 58.0, 26.0, 60.0)  # mm, on a sheet laid across
_CHECK_WIDTHS: Final = (92.0, 16.0, 26.0, 26.0)  # mm, upright


def write_letter(letter: Letter) -> bytes:
    """The letter as a DOCX file: the same letter gives the same bytes."""
    document = docx_page.new_document(letter.lang)
    for name in ("Normal", "Heading 2"):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size = Pt(BODY)
    core = document.core_properties
    core.title, core.subject = letter.subject, "; ".join(letter.addressees)
    core.author = letter.office.name_in_text if letter.lang == "vi" else letter.office.name_en
    core.keywords = "; ".join(text for _, text in letter.facts)
    core.comments, core.last_modified_by = letter.mark or "", ""
    docx_page.set_running_lines(document, _foot(letter), letter.mark, "")
    _mark_draft(document, letter)
    _head(document, letter)
    _addressees(document, letter)
    _paragraph(document, letter.opening)
    for part in letter.parts:
        _part(document, part)
    for text in letter.closing:
        _paragraph(document, text)
    _signature(document, letter)
    if letter.table is not None:
        _list(document, letter, letter.table)
    _check(document, letter, was_across=letter.table is not None)
    return docx_xml.fixed_document(document, letter.as_of)


def _foot(letter: Letter) -> str:
    return " · ".join(f"{label}: {text}" for label, text in letter.facts)


def _mark_draft(document: Document, letter: Letter) -> None:
    """The word for a draft at the top right, on each page."""
    section = document.sections[0]
    for header in (section.first_page_header, section.header):
        first = header.paragraphs[0]
        line = header.add_paragraph() if first.text or first.runs else first
        line.alignment = _RIGHT
        run = line.add_run(word("letters.draft", letter.lang))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(13), docx_page.RED


def _head(document: Document, letter: Letter) -> None:
    """Letterhead; the subject stands below the number (annex I of the Decree, box 5b)."""
    head = letterhead(letter.office, letter.as_of, letter.lang, kind="")
    docx_page.add_letterhead(document, replace(head, number=letter.number_line))
    table = document.tables[0]
    for place, width in enumerate(_HEAD_WIDTHS):
        table.columns[place].width = Mm(width)
    cell = table.rows[1].cells[0]
    subject = cell.add_paragraph()
    subject.alignment = _CENTRE
    subject.paragraph_format.space_after = Pt(0)
    subject.add_run(letter.subject).font.size = Pt(12)


def _addressees(document: Document, letter: Letter) -> None:
    to, names = word("letters.to", letter.lang), letter.addressees
    lines = [f"{to} {names[0]}"] if len(names) == 1 else [to, *_listed(names)]
    for place, line in enumerate(lines):
        paragraph = document.add_paragraph(line)
        fmt = paragraph.paragraph_format
        fmt.space_before, fmt.space_after = Pt(14 if place == 0 else 0), Pt(2)
        if len(lines) == 1:
            paragraph.alignment = _CENTRE
        else:
            fmt.left_indent = Mm(30 if place == 0 else 45)
    paragraph.paragraph_format.space_after = Pt(12)


def _listed(names: Sequence[str]) -> list[str]:
    return [f"- {name}{'.' if name == names[-1] else ';'}" for name in names]


def _paragraph(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = _JUSTIFY
    paragraph.paragraph_format.first_line_indent = _FIRST_LINE
    return paragraph


def _part(document: Document, part: LetterPart) -> None:
    heading = document.add_paragraph(part.heading, "Heading 2")
    heading.paragraph_format.first_line_indent = _FIRST_LINE
    is_lettered = part.need == "requests"
    for place, item in enumerate(part.items):
        sign = f"{ascii_lowercase[place]})" if is_lettered else "-"
        _paragraph(document, f"{sign} {item}")


def _signature(document: Document, letter: Letter) -> None:
    """Recipients on the left, the signer's title on the right, room to sign below."""
    space = document.add_paragraph()
    space.paragraph_format.space_after = Pt(0)
    space.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    docx_xml.set_borders(table, "nil")
    docx_xml.keep_row(table.rows[0])
    left, right = table.rows[0].cells
    first = left.paragraphs[0]
    label = first.add_run(word("letters.recipient.label", letter.lang))
    label.bold, label.italic, label.font.size = True, True, Pt(12)
    first.paragraph_format.space_after = Pt(0)
    for line in letter.recipients:
        _fill(left.add_paragraph(), line, 11)
    signer = right.paragraphs[0]
    signer.alignment = _CENTRE
    head = letterhead(letter.office, letter.as_of, letter.lang, kind="")
    signer.add_run(head.signer).bold = True
    signer.paragraph_format.space_after = Pt(72)


def _list(document: Document, letter: Letter, rows: pd.DataFrame) -> None:
    """The provinces one by one, on sheets of their own laid across."""
    docx_page.next_section(document, True)
    title = document.add_paragraph(word("letters.annex", letter.lang), "Title")
    title.paragraph_format.space_before = Pt(0)
    office = letter.office
    name = office.name_in_text if letter.lang == "vi" else office.name_en
    note = document.add_paragraph()
    note.alignment = _CENTRE
    run = note.add_run(word("letters.annex_note", letter.lang, symbol=office.symbol, office=name))
    run.italic, run.font.size = True, Pt(12)
    _table(document, rows, _LIST_WIDTHS, 11, word("letters.annex", letter.lang))


def _check(document: Document, letter: Letter, was_across: bool) -> None:
    """What the draft rests on, for whoever checks it; goes before the letter is sent."""
    if was_across:
        docx_page.next_section(document, False)
    heading = document.add_paragraph(word("letters.check", letter.lang), "Heading 2")
    heading.paragraph_format.page_break_before = not was_across
    for label, text in letter.facts:
        _fill(document.add_paragraph(), f"{label}: {text}", 12)
    if letter.evidence.empty:
        return
    title = word("letters.check_evidence", letter.lang)
    above = document.add_paragraph(title)
    above.paragraph_format.space_before = Pt(6)
    above.paragraph_format.keep_with_next = True
    above.runs[0].font.size = Pt(12)
    _table(document, letter.evidence, _CHECK_WIDTHS, 11, title)


def _table(
    document: Document, rows: pd.DataFrame, widths: Sequence[float], size: float, name: str
) -> None:
    table = document.add_table(rows=len(rows) + 1, cols=rows.shape[1], style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for place, width in enumerate(widths):
        table.columns[place].width = Mm(width)
    docx_xml.describe_table(table, name)
    docx_xml.repeat_row(table.rows[0])
    lines = [tuple(rows.columns), *rows.itertuples(index=False, name=None)]
    for place, (row, values) in enumerate(zip(table.rows, lines, strict=True)):
        docx_xml.keep_row(row)
        for cell, value, width in zip(row.cells, values, widths, strict=True):
            cell.width = Mm(width)
            _cell(cell, str(value), size, is_head=place == 0)


def _cell(cell: _Cell, text: str, size: float, is_head: bool) -> None:
    for place, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = _CENTRE if is_head else _LEFT
        _fill(paragraph, line, size, bold=is_head)
    if is_head:
        docx_xml.shade(cell, _GROUND)


def _fill(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold

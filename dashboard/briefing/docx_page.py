"""A Word document after Decree 30/2020/NĐ-CP: sheet, type, styles, letterhead, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import BaseStyle, ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dashboard.briefing.columns import CELL_MARGIN
from dashboard.briefing.docx_xml import (
    add_field,
    element,
    rule_below,
    set_borders,
    without_margins,
)
from dashboard.briefing.flow import Letterhead

FONT: Final = "Times New Roman"
BODY: Final = 13.0  # pt; the Decree allows 13 and 14
LANGUAGE: Final = {"vi": "vi-VN", "en": "en-GB"}
MARGINS: Final = {"top": 20, "bottom": 20, "left": 30, "right": 20}  # mm, annex I of the Decree
MARGINS_ACROSS: Final = {"top": 25, "bottom": 20, "left": 20, "right": 20}
HEAD_WIDTHS: Final = (75.5, 89.5)  # mm of the letterhead
SHEET: Final = (210, 297)  # mm, A4
RED: Final = RGBColor(0xB0, 0x00, 0x20)
GREY: Final = RGBColor(0x55, 0x55, 0x55)
_BLACK: Final = RGBColor(0, 0, 0)
TWIPS: Final = 1440 / 25.4  # of a mm
_SECTION_END: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"
_CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
# name: size, bold, italic, space before, after (pt), keep with next
_STYLES: Final[dict[str, tuple[float, bool, bool, float, float, bool]]] = {
    "Normal": (BODY, False, False, 0, 6, False),
    "Title": (14, True, False, 12, 0, True),
    "Subtitle": (14, True, False, 0, 6, True),
    "Heading 1": (14, True, False, 14, 6, True),
    "Heading 2": (13, True, False, 10, 4, True),
    "Heading 3": (13, True, True, 8, 4, True),
    "Caption": (12, True, False, 10, 6, False),
    "List Bullet": (BODY, False, False, 0, 4, False),
    "Header": (BODY, False, False, 0, 0, False),
    "Footer": (9, False, False, 0, 0, False),
    "TOC Heading": (BODY, True, False, 10, 4, True),
}


def new_document(lang: str, font: str = FONT) -> Document:
    """An empty A4 document with its styles, set in `font`, in the language `lang`."""
    document = docx.Document()
    styles = document.styles
    for style in styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE):
            set_font(style, font)
    for name, (size, bold, italic, before, after, keep) in _STYLES.items():
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style = styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = _BLACK
        paragraph = style.paragraph_format
        paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
        paragraph.keep_with_next, paragraph.widow_control = keep, True
        paragraph.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name in ("Title", "Subtitle", "TOC Heading"):
        styles[name].base_style = styles["Normal"]  # not of a heading, which would number it
        styles[name].paragraph_format.alignment = _CENTRE
        _without(styles[name], "w:pBdr", "w:spacing", "w:kern", "w:outlineLvl")
    _without(styles["List Bullet"], "w:contextualSpacing")
    _contents_style(document)
    _table_style(document, font)
    _number_headings(document)
    _set_language(document, LANGUAGE[lang], font)
    set_sheet(document.sections[0])
    return document


def set_font(style: BaseStyle, font: str) -> None:
    """One face for Latin, complex and East Asian letters; the theme's faces are taken out."""
    properties = style.element.get_or_add_rPr()
    old = properties.find(qn("w:rFonts"))
    if old is not None:
        properties.remove(old)
    faces = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), font)
    properties.insert(0, element("w:rFonts", **faces))


def set_sheet(section: Section, across: bool = False) -> None:
    """A4 with the margins of the Decree, upright or across."""
    short, long = (Mm(side) for side in SHEET)
    section.page_width, section.page_height = (long, short) if across else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    margins = MARGINS_ACROSS if across else MARGINS
    section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
    section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
    section.header_distance, section.footer_distance = Mm(10), Mm(10)


def next_section(document: Document, across: bool) -> Section:
    """A new page, upright or across; header and footer go on as before."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    # The paragraph that ends a section must not come to stand on a page of its own.
    ending = next(p for p in reversed(document.paragraphs) if p._p.find(_SECTION_END) is not None)
    ending.paragraph_format.space_after = Pt(0)
    ending.paragraph_format.line_spacing = Pt(1)
    ending.add_run().font.size = Pt(1)
    section.different_first_page_header_footer = False
    set_sheet(section, across)
    return section


def set_running_lines(document: Document, foot: str, mark: str | None, note: str) -> None:
    """Page number at the top from page 2, a line at the foot, the mark of made-up data on top."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = _CENTRE
    add_field(head, "PAGE", "2")
    for header, at in ((section.first_page_header, 0), (section.header, 1)):
        if mark:
            line = header.add_paragraph() if at else header.paragraphs[0]
            line.alignment = _CENTRE
            said = line.add_run(mark)
            said.bold, said.font.color.rgb, said.font.size = True, RED, Pt(12)
            if note:
                more = line.add_run(f" {note}")
                more.italic, more.font.color.rgb, more.font.size = True, RED, Pt(9)
    for footer in (section.first_page_footer, section.footer):
        line = footer.paragraphs[0]
        line.alignment = _CENTRE
        line.add_run(foot).font.color.rgb = GREY


def add_letterhead(document: Document, head: Letterhead) -> None:
    """Issuing body and national motto side by side, number line and place-date line below."""
    table = document.add_table(rows=2, cols=2)
    set_borders(table, "nil")
    # A little wider than the text, so that neither the state's nor a ministry's name wraps.
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, HEAD_WIDTHS)
    for cell in (cell for row in table.rows for cell in row.cells):
        without_margins(cell)
    left, right = table.rows[0].cells
    _line(left.paragraphs[0], head.superior.upper(), 12)
    _line(left.add_paragraph(), head.name.upper(), 12, bold=True)
    _rule(left, 24)
    _line(right.paragraphs[0], head.country, 12, bold=True)
    _line(right.add_paragraph(), head.motto, 13, bold=True)
    _rule(right, 17)
    left, right = table.rows[1].cells
    _line(left.paragraphs[0], head.number, 13).paragraph_format.space_before = Pt(6)
    _line(right.paragraphs[0], head.place_date, 13, italic=True).paragraph_format.space_before = Pt(
        6
    )


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """The widths of a table's columns in mm, for Word (cells) and LibreOffice (grid)."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _line(
    paragraph: Paragraph, text: str, size: float, bold: bool = False, italic: bool = False
) -> Paragraph:
    paragraph.alignment = _CENTRE
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(cell: _Cell, indent: float) -> None:
    """The short line under a name, `indent` mm in from both sides of its cell."""
    line = _line(cell.add_paragraph(), "", 2)
    line.paragraph_format.line_spacing = Pt(3)
    rule_below(line, round(indent * TWIPS))


def _without(style: BaseStyle, *tags: str) -> None:
    """Without what the template gives a style: a blue line, wide letters, its level."""
    for tag in tags:
        for found in style.element.findall(".//" + qn(tag)):
            if found.getparent().tag == qn("w:rPr") or tag != "w:spacing":
                found.getparent().remove(found)


def _contents_style(document: Document) -> None:
    """An entry of the table of contents: dots to the page number at the right margin."""
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.paragraph_format.space_after = Pt(2)
    tabs = element("w:tabs")
    tabs.append(element("w:tab", val="left", pos="567"))
    tabs.append(element("w:tab", val="right", leader="dot", pos="9070"))
    style.element.get_or_add_pPr().append(tabs)


def _table_style(document: Document, font: str) -> None:
    """The style of all tables with data: thin lines around all cells, little air."""
    style: Any = document.styles["Table Grid"]
    set_font(style, font)
    margins = element("w:tblCellMar")
    for side, mm in (
        ("top", 0.35),
        ("left", CELL_MARGIN),
        ("bottom", 0.35),
        ("right", CELL_MARGIN),
    ):
        margins.append(element(f"w:{side}", w=str(round(mm * TWIPS)), type="dxa"))
    style.element.find(qn("w:tblPr")).append(margins)


def _number_headings(document: Document) -> None:
    """Word's own numbering I., II., … of Heading 1, as chapters of a report have it."""
    numbering = document.part.numbering_part.element
    abstract = element("w:abstractNum", abstractNumId="90")
    abstract.append(element("w:multiLevelType", val="multilevel"))
    level = element("w:lvl", ilvl="0")
    for part in (
        element("w:start", val="1"),
        element("w:numFmt", val="upperRoman"),
        element("w:pStyle", val="Heading1"),
        element("w:suff", val="space"),
        element("w:lvlText", val="%1."),
        element("w:lvlJc", val="left"),
    ):
        level.append(part)
    properties = element("w:pPr")
    properties.append(element("w:ind", left="0", firstLine="0"))
    level.append(properties)
    abstract.append(level)
    first = numbering.find(qn("w:num"))
    first.addprevious(abstract)  # the schema wants all abstract ones ahead of the rest
    number = element("w:num", numId="90")
    number.append(element("w:abstractNumId", val="90"))
    numbering.append(number)
    used = element("w:numPr")
    used.append(element("w:numId", val="90"))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties._insert_numPr(used)


def unnumbered(paragraph: Paragraph) -> Paragraph:
    """A heading of an annex: the style without its number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = 0
    return paragraph


def _set_language(document: Document, language: str, font: str) -> None:
    """The language of all text, for spelling and for screen readers."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:lang", "w:rFonts"):
        old = properties.find(qn(tag))
        if old is not None:
            properties.remove(old)
    faces = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), font)
    properties.insert(0, element("w:rFonts", **faces))
    properties.append(element("w:lang", val=language, eastAsia=language, bidi="ar-SA"))
    document.core_properties.language = language

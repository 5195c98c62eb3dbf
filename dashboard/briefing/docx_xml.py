"""What python-docx has no call for: fields, bookmarks, alternative text, borders, fixed files."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any, Final

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard.briefing.packages import fixed_zip

_CORE: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"


def element(tag: str, **attributes: str) -> Any:
    """An empty element: element("w:top", val="single") is <w:top w:val="single"/>."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, code: str, result: str) -> Run:
    """A field with its result filled in, so that it reads right without an update.

    Returns the run of the result, for its type.
    """
    begin_field(paragraph, code)
    shown = paragraph.add_run(result)
    end_field(paragraph)
    return shown


def begin_field(paragraph: Paragraph, code: str) -> None:
    """The start of a field whose result may run over several paragraphs."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """The end of a field."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark around all of a paragraph; `number` is unique in the document."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, start)
    else:
        properties.addnext(start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def add_link(paragraph: Paragraph, anchor: str) -> Any:
    """A link within the document; append runs to what is returned."""
    link = element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.append(link)
    return link


def add_run_to(link: Any, paragraph: Paragraph, text: str) -> Run:
    """A run inside a link."""
    run = paragraph.add_run(text)
    link.append(run._r)
    return run


def describe(run: Run, number: int, name: str, text: str) -> None:
    """The alternative text of the picture in a run; `number` is unique in the document."""
    properties = run._r.find(".//" + qn("wp:docPr"))
    properties.set("id", str(number))
    properties.set("name", name)
    properties.set("descr", text)


def set_borders(table: Table, style: str = "single") -> None:
    """Thin lines around all cells, or none ("nil")."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{side}", val=style, sz="4", space="0", color="808080"))
    _insert(table._tbl.tblPr, borders, ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"))


def describe_table(table: Table, title: str) -> None:
    """The name of a table for screen readers."""
    caption = element("w:tblCaption", val=title)
    _insert(table._tbl.tblPr, caption, ("w:tblDescription", "w:tblPrChange"))


def _insert(parent: Any, child: Any, before: tuple[str, ...]) -> None:
    """Where the schema wants it: ahead of the first of the elements named `before`."""
    for other in parent:
        if other.tag in {qn(name) for name in before}:
            other.addprevious(child)
            return
    parent.append(child)


def repeat_row(row: _Row) -> None:
    """The head of a table: repeated on each page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_row(row: _Row) -> None:
    """A row that no page break cuts."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def shade(cell: _Cell, colour: str) -> None:
    """A cell's ground: RRGGBB."""
    ground = element("w:shd", val="clear", color="auto", fill=colour)
    _insert(cell._tc.get_or_add_tcPr(), ground, ("w:noWrap", "w:tcMar", "w:vAlign"))


def without_margins(cell: _Cell) -> None:
    """A cell whose words may reach its edges."""
    margins = element("w:tcMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w="0", type="dxa"))
    _insert(cell._tc.get_or_add_tcPr(), margins, ("w:textDirection", "w:tcFitText", "w:vAlign"))


def rule_below(paragraph: Paragraph, indent: int) -> None:
    """A short line under a paragraph, `indent` twips in from both sides."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )
    properties.get_or_add_ind().set(qn("w:left"), str(indent))
    properties.get_or_add_ind().set(qn("w:right"), str(indent))


def box(paragraph: Paragraph) -> None:
    """A thin line around a paragraph."""
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="4", color="808080"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def fixed_document(document: Document, day: date) -> bytes:
    """The file, the same for the same content: `day` is when it was made, as far as it says."""
    core = document.core_properties
    core.created = core.modified = datetime(day.year, day.month, day.day)
    core.revision = 1
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == f"{_CORE}/thumbnail":  # of the empty template
            del package.rels[key]
    written = io.BytesIO()
    document.save(written)
    return fixed_zip(written.getvalue())

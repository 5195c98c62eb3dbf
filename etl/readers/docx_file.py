"""DOCX → stored text in the order of the document, with its tables and its automatic numbers."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Final

from etl.extract.text import Table
from etl.readers.docx_numbering import Numbering, to_int
from etl.readers.docx_runs import character, is_hidden, join_runs
from etl.readers.docx_styles import Styles, encoding_of_font, font_of
from etl.readers.packages import Package, attribute
from etl.readers.refusals import refusal
from etl.readers.stored_text import TextBuilder

_MOST_NESTED: Final = 60  # tables in cells, text boxes in text boxes
_MOST_COLUMNS: Final = 200
_SKIPPED: Final = frozenset({
    "del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sectPr", "tblPr",
    "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "Fallback", "footnoteRef", "endnoteRef",
    "commentReference", "annotationRef", "rt",
})  # fmt: skip
_PAGE_NUMBER = re.compile(r"[\W\d_]*(?:(?:trang|page)?[\W\d_]*(?:of)?[\W\d_]*)", re.I)


def read_docx(package: Package) -> tuple[str, tuple[Table, ...], tuple[str, ...]]:
    """(stored text, tables, notes). Headers come first, footers and footnotes last.

    Raises UnreadableDocument.
    """
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = self._find_main()
        self._targets = self._relations(self._main)
        self._styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"))
        self._builder = TextBuilder()
        self._notes: dict[str, None] = {}

    def read(self) -> tuple[str, tuple[Table, ...], tuple[str, ...]]:
        root = self._package.xml(self._main)
        body = root.find("body")
        if root.tag != "document" or body is None:
            raise refusal("type_mismatch", got=f"{self._main} is no Word document")
        self._furniture(root, "headerReference")
        self._blocks(body)
        self._furniture(root, "footerReference")
        for kind in ("footnotes", "endnotes"):
            part = self._related(kind)
            for note in part if part is not None else ():
                if attribute(note, "type") in (None, "normal"):
                    self._blocks(note)
        text, tables = self._builder.finish()
        if self._builder.legacy:
            self._notes[f"legacy_encoding:{self._builder.legacy}"] = None
        return text, tables, tuple(self._notes)

    def _find_main(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part) of the relations inside the package."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._package.names:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in self._package.xml(rels):
            if attribute(relation, "TargetMode") == "External":
                continue
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            target = posixpath.normpath(
                posixpath.join("/", folder, attribute(relation, "Target") or "")
            ).lstrip("/")
            if target in self._package.names:
                found[attribute(relation, "Id") or ""] = (kind, target)
        return found

    def _related(self, kind: str) -> ET.Element | None:
        for found, target in self._targets.values():
            if found == kind:
                return self._package.xml(target)
        return None

    def _furniture(self, root: ET.Element, reference: str) -> None:
        """Headers or footers, each once, without those that hold a page number alone."""
        seen: set[str] = set()
        for element in root.iter(reference):
            # The relation's id stands in a namespace of its own (r:id).
            _, target = self._targets.get(attribute(element, "id") or "", ("", ""))
            if not target or target in seen:
                continue
            seen.add(target)
            lines = self._cell_text(self._package.xml(target), 0)
            if lines.strip() and lines not in seen and not _PAGE_NUMBER.fullmatch(lines):
                seen.add(lines)
                self._builder.add_lines(lines)

    # Blocks

    def _blocks(self, container: ET.Element) -> None:
        pending = ""
        for block in _block_elements(container, 0):
            if block.tag == "tbl":
                self._builder.add_table(self._rows(block, 0))
                continue
            pending += self._paragraph(block, 0)
            if _has_deleted_end(block):
                continue  # the deletion of a paragraph's end joins it to the next
            self._builder.add_lines(pending)
            pending = ""
        if pending:
            self._builder.add_lines(pending)

    def _cell_text(self, container: ET.Element, depth: int) -> str:
        if depth > _MOST_NESTED:
            raise refusal("too_deep", got=f"more than {_MOST_NESTED} tables in each other")
        lines: list[str] = []
        for block in _block_elements(container, 0):
            if block.tag == "tbl":
                rows = self._rows(block, depth + 1)
                lines.extend(" ".join(cell for cell in row if cell) for row in rows)
            else:
                lines.append(self._paragraph(block, depth + 1))
        return "\n".join(lines)

    def _rows(self, table: ET.Element, depth: int) -> list[list[str]]:
        rows: list[list[str]] = []
        for row in _inside(table, "tr", 0):
            if row.find("trPr/del") is not None:
                continue
            cells = [""] * _columns(attribute(row.find("trPr/gridBefore"), "val"), 0)
            for cell in _inside(row, "tc", 0):
                properties = cell.find("tcPr")
                span = merge = None
                if properties is not None:
                    span = attribute(properties.find("gridSpan"), "val")
                    merge = properties.find("vMerge")
                text = self._cell_text(cell, depth + 1)
                # A merged cell counts once; the places it covers stay, so that columns keep theirs.
                goes_on = merge is not None and attribute(merge, "val") in (None, "continue")
                cells.append("" if goes_on else text)
                cells.extend([""] * (_columns(span, 1) - 1))
            rows.append(cells[:_MOST_COLUMNS])
        return rows

    # Paragraphs

    def _paragraph(self, paragraph: ET.Element, depth: int) -> str:
        properties = paragraph.find("pPr")
        style = None if properties is None else attribute(properties.find("pStyle"), "val")
        pieces: list[tuple[str, str | None]] = []
        boxes: list[ET.Element] = []
        self._runs(paragraph, style, pieces, boxes)
        text = join_runs(pieces)
        for _, encoding in pieces:
            if encoding:
                self._notes[f"legacy_encoding:{encoding.removesuffix('H')}"] = None
        if text.strip() or _shows_number(properties):
            text = self._label(properties, style) + text
        for box in boxes:
            inside = self._cell_text(box, depth + 1).strip()
            if inside:
                text = f"{text}\n{inside}" if text.strip() else inside
        return text

    def _label(self, properties: ET.Element | None, style: str | None) -> str:
        own = None if properties is None else properties.find("numPr")
        inherited = self._styles.list_of(style)
        list_id = level = None
        if own is not None:
            list_id = attribute(own.find("numId"), "val")
            level = attribute(own.find("ilvl"), "val")
        if list_id is None and inherited is not None:
            list_id = inherited[0]
            if level is None:
                of_style = self._numbering.level_of_style(list_id, inherited[2])
                level = inherited[1] if of_style is None else str(of_style)
        if list_id is None or list_id == "0":
            return ""
        return self._numbering.label(list_id, to_int(level, 0))

    def _runs(
        self,
        root: ET.Element,
        style: str | None,
        pieces: list[tuple[str, str | None]],
        boxes: list[ET.Element],
    ) -> None:
        """Runs below a paragraph in order, with a stack of its own: files nest as they like."""
        stack: list[tuple[ET.Element, str | None]] = [(root, None)]
        while stack:
            element, encoding = stack.pop()
            tag = element.tag
            if tag in _SKIPPED:
                continue
            if tag == "txbxContent":
                boxes.append(element)
                continue
            if tag == "AlternateContent":
                choices = element.findall("Choice") or element.findall("Fallback")
                stack.extend((c, encoding) for e in reversed(choices) for c in reversed(e))
                continue
            if tag == "r":
                properties = element.find("rPr")
                if is_hidden(properties):
                    continue
                encoding = self._encoding(properties, style)
            text = character(element, encoding)
            if text is not None:
                pieces.append((text, encoding))
                continue
            stack.extend((child, encoding) for child in reversed(element))

    def _encoding(self, properties: ET.Element | None, style: str | None) -> str | None:
        font = font_of(properties)
        if font is None:
            run_style = None if properties is None else attribute(properties.find("rStyle"), "val")
            font = self._styles.font(run_style, style)
        return encoding_of_font(font)


def _has_deleted_end(paragraph: ET.Element) -> bool:
    return paragraph.find("pPr/rPr/del") is not None


def _shows_number(properties: ET.Element | None) -> bool:
    """An empty paragraph of a list counts only where it says so itself."""
    return properties is not None and properties.find("numPr") is not None


def _columns(text: str | None, otherwise: int) -> int:
    return max(0, min(to_int(text, otherwise), _MOST_COLUMNS))


def _block_elements(container: ET.Element, depth: int) -> Iterator[ET.Element]:
    """Paragraphs and tables, also inside of content controls and tracked insertions."""
    yield from (e for e in _unwrapped(container, depth) if e.tag in ("p", "tbl"))


def _inside(container: ET.Element, tag: str, depth: int) -> Iterator[ET.Element]:
    yield from (e for e in _unwrapped(container, depth) if e.tag == tag)


def _unwrapped(container: ET.Element, depth: int) -> Iterator[ET.Element]:
    if depth > _MOST_NESTED:
        raise refusal("too_deep", got=container.tag)
    for child in container:
        if child.tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _unwrapped(child, depth + 1)
        else:
            yield child

"""The stored text of a document, and a folded copy of the same length to search in.

Offsets are code points of the stored text. The rules search the folded copy (lower case, no marks,
đ as d), because offices write tone marks in two ways and OCR loses them; every position found
there is a position of the stored text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from domain.folding import fold_text

if TYPE_CHECKING:
    from etl.extract.citation_numbers import PrintedNumber
    from etl.extract.sections import Section

__all__ = ["Cell", "DocumentText", "Item", "Table", "fold_text", "squeeze"]

Item = dict[str, Any]


def squeeze(text: str) -> str:
    """Text with single blanks: what a record shows of a passage that runs over lines."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its place in the stored text."""

    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table: rows of cells as places in the stored text; rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class DocumentText:
    """What the rules of extraction get: the stored text (NFC, LF), its tables and file name.

    `tables` come from the reader (DOCX, XLSX, HTML); those drawn in plain text are found by
    `etl.extract.tables`.
    """

    text: str
    tables: Sequence[Table] = ()
    file: str = ""

    @cached_property
    def folded(self) -> str:
        """`fold_text` of the text: same length, same positions."""
        return fold_text(self.text)

    @cached_property
    def sections(self) -> Sequence[Section]:
        """Numbered sections in the order of the text."""
        from etl.extract.sections import find_sections

        return find_sections(self)

    @cached_property
    def numbers(self) -> Sequence[PrintedNumber]:
        """All document numbers in the order of the text: three parts of the rules need them."""
        from etl.extract.citation_numbers import iter_numbers

        return tuple(iter_numbers(self))

    def section_at(self, position: int) -> str | None:
        """Number of the innermost section that holds a position, such as "6.2.c", or None."""
        from etl.extract.sections import section_at

        return section_at(self.sections, position)

    def quote(self, start: int, end: int) -> str:
        """Exactly the slice of the stored text."""
        return self.text[start:end]

    def evidence(self, start: int, end: int) -> Item:
        """The `evidence` of an item: section, start, end, quote; blanks at both ends are cut off.

        Raises ValueError for an empty passage.
        """
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start >= end:
            raise ValueError(f"empty passage at {start}")
        section = self.section_at(start)
        return {"section": section, "start": start, "end": end, "quote": self.text[start:end]}

    def item(self, start: int, end: int, **fields: Any) -> Item:
        """An item of a list of the result: its fields and its evidence."""
        return {**fields, "evidence": self.evidence(start, end)}

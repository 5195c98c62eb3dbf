"""The stored text of a document as it is put together: NFC, LF, tables with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from etl.extract.text import Cell, Table, fold_text
from etl.readers.legacy_encodings import LEGACY, legacy_of
from etl.readers.refusals import refusal

MAX_CHARACTERS = 5_000_000
MAX_CELLS = 2_000_000
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Both in one: most texts have neither, and one search is fast.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# Decree 30/2020, appendix I: the head and the foot of an act stand in two columns without lines.
_HEAD_OR_FOOT = re.compile(
    r"^\W*(?:cong h\w+ xa hoi chu nghia viet nam|dang cong san viet nam\W*$|noi nhan\s*:)", re.M
)
_MOST_ROWS, _MOST_COLUMNS = 4, 4


def normalize_text(text: str) -> str:
    """Text in NFC with LF; control characters become blanks, byte order marks vanish."""
    if _ODD.search(text):
        text = _LINE_ENDS.sub("\n", text)
        text = _CONTROLS.sub(_without_control, text)
    return unicodedata.normalize("NFC", text)


def _without_control(found: re.Match[str]) -> str:
    return "" if found[0] == "\ufeff" else " "


def is_head_or_foot(text: str) -> bool:
    """Whether a line opens the head ("CỘNG HÒA …") or foot ("Nơi nhận:") of an official act."""
    return _HEAD_OR_FOOT.search(fold_text(unicodedata.normalize("NFC", text))) is not None


class TextBuilder:
    """Lines and tables in the order of the document → its stored text and the tables' places.

    Raises UnreadableDocument (too_much_text, too_many_cells) as soon as a limit is passed.
    """

    def __init__(self) -> None:
        # Lines, or the rows of a table; the text is put together when its letters are known.
        self._blocks: list[str | list[list[str]]] = []
        self._length = 0
        self._cells = 0
        self.legacy: str | None = None

    def add_lines(self, text: str) -> None:
        """One or more lines, with their line ends inside."""
        text = normalize_text(text)
        self._count(len(text) + 1)
        self._blocks.append(text)

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table: a cell is one line of the text, cells are parted by TAB and rows by LF.

        The two columns at the head and the foot of an act are no table: their cells follow each
        other, paragraph by paragraph, as a person reads them; so do those of a box around text.
        """
        if _is_layout(rows):
            for row in rows:
                for cell in row:
                    lines = (line.strip() for line in cell.split("\n"))
                    self.add_lines("\n".join(line for line in lines if line))
            return
        squeezed = [[" ".join(normalize_text(cell).split()) for cell in row] for row in rows]
        self._cells += sum(len(row) for row in squeezed)
        if self._cells > MAX_CELLS:
            raise refusal("too_many_cells")
        self._count(sum(len(cell) + 1 for row in squeezed for cell in row))
        if any(squeezed):
            self._blocks.append(squeezed)

    def finish(self) -> tuple[str, tuple[Table, ...]]:
        """(stored text, tables); `legacy` is then "TCVN3" or "VNI" where letters were converted.

        Raises UnreadableDocument (no_text).
        """
        self._convert_legacy()
        parts: list[str] = []
        tables: list[Table] = []
        length = 0
        for block in self._blocks:
            if isinstance(block, str):
                parts.append(block)
                length += len(block) + 1
                continue
            rows: list[tuple[Cell, ...]] = []
            for row in block:
                cells: list[Cell] = []
                start = length
                for cell in row:
                    cells.append(Cell(start, start + len(cell)))
                    start += len(cell) + 1
                parts.append("\t".join(row))
                length += len(parts[-1]) + 1
                rows.append(tuple(cells))
            tables.append(Table(tuple(rows)))
        text = "\n".join(parts)
        if not text or text.isspace():
            raise refusal("no_text")
        return text, tuple(tables)

    def _convert_legacy(self) -> None:
        whole = "\n".join(
            block if isinstance(block, str) else "\n".join("\n".join(row) for row in block)
            for block in self._blocks
        )
        self.legacy = legacy_of(whole)
        if self.legacy:
            convert = LEGACY[self.legacy]
            self._blocks = [
                convert(block)
                if isinstance(block, str)
                else [[convert(cell) for cell in row] for row in block]
                for block in self._blocks
            ]

    def _count(self, characters: int) -> None:
        self._length += characters
        if self._length > MAX_CHARACTERS:
            raise refusal("too_much_text")


def _is_layout(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) > _MOST_ROWS or any(len(row) > _MOST_COLUMNS for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    is_box = len(cells) == 1 and "\n" in cells[0].strip()
    return is_box or any(is_head_or_foot(cell) for cell in cells)

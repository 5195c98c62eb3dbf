"""Saved HTML → stored text: block elements as lines, tables with places, numbers of lists."""

from __future__ import annotations

import re
from typing import Final

from etl.extract.text import Table
from etl.readers.docx_numbering import format_number, to_int
from etl.readers.html_tokens import Tag, html_tokens
from etl.readers.refusals import refusal
from etl.readers.stored_text import MAX_CELLS, TextBuilder
from etl.readers.text_file import decode_text

_DROPPED: Final = frozenset({
    "script", "style", "nav", "menu", "noscript", "template", "head", "svg", "iframe", "object",
    "select", "button", "textarea", "xmp", "noembed", "noframes", "audio", "video", "canvas",
    "title",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "article",
    "section", "header", "footer", "main", "aside", "blockquote", "address", "figure", "figcaption",
    "form", "fieldset", "center", "hr", "body", "html", "pre", "table", "caption", "thead", "tbody",
    "tfoot", "tr",
})  # fmt: skip
_LIST_KINDS: Final = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman",
                      "I": "upperRoman"}  # fmt: skip
_MOST_COLUMNS: Final = 200
_MOST_NESTED: Final = 500
_MOST_ROWS: Final = 2_000  # that a rowspan may cover
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base",
                          "embed", "source", "track", "param"})  # fmt: skip


def read_html(content: bytes) -> tuple[str, tuple[Table, ...], str, tuple[str, ...]]:
    """(stored text, tables, encoding, notes). Raises UnreadableDocument."""
    text, encoding, notes = _decode(content)
    reader = _Reader()
    for token in html_tokens(text):
        reader.take(token)
    stored, tables = reader.finish()
    if reader.builder.legacy:
        notes = (*notes, f"legacy_encoding:{reader.builder.legacy}")
    return stored, tables, encoding, notes


def _decode(content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """UTF-8 or UTF-16 by proof; else what the file declares; else by the evidence of its words."""
    try:
        return content.decode("utf-8-sig"), "UTF-8", ()
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(content[:4_096])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in ("windows-1258", "cp1258") and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            content.decode("cp1258", "replace"),
            "Windows-1258",
            ("legacy_encoding:Windows-1258",),
        )
    found = decode_text(content)
    return found.text, found.encoding, found.notes


class _Grid:
    """A table being read: its rows, and the cells that reach down into the next rows."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.cell: list[str] | None = None
        self.covered: dict[int, int] = {}
        self.spans = (1, 1)
        self.cells = 0

    def open_row(self) -> None:
        """Begin a row; places covered from above become empty cells as they are met."""
        self.rows.append([])
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}

    def open_cell(self, columns: int, rows: int) -> None:
        """Begin a cell of so many columns and rows."""
        if not self.rows:
            self.open_row()
        self.cell = []
        self.spans = (columns, rows)

    def close_cell(self) -> None:
        """Put the cell into its row, with the empty places that it covers."""
        if self.cell is None:
            return
        row, text = self.rows[-1], "".join(self.cell)
        self.cell = None
        while len(row) in self.covered and len(row) < _MOST_COLUMNS:
            row.append("")
        columns, rows = self.spans
        for number in range(columns):
            if len(row) >= _MOST_COLUMNS:
                break
            if rows > 1:
                self.covered[len(row)] = rows
            row.append("" if number else text)
            self.cells += 1
        if self.cells > MAX_CELLS:
            raise refusal("too_many_cells")


class _Reader:
    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._line: list[str] = []
        self._dropped: tuple[str, int] | None = None  # element left out, and how often it is open
        self._pre = 0
        self._lists: list[tuple[str, int]] = []
        # Open tables, the innermost last; None for one that holds tables: it is page layout.
        self._grids: list[_Grid | None] = []

    def take(self, token: Tag | str) -> None:
        if self._dropped:
            self._drop(token)
        elif isinstance(token, str):
            self._text(token)
        elif token.is_closing:
            self._close(token.name)
        else:
            self._open(token)

    def finish(self) -> tuple[str, tuple[Table, ...]]:
        while self._grids:
            self._end_table()
        self._end_line()
        return self.builder.finish()

    @property
    def _grid(self) -> _Grid | None:
        return self._grids[-1] if self._grids else None

    def _drop(self, token: Tag | str) -> None:
        assert self._dropped is not None
        name, depth = self._dropped
        if not isinstance(token, Tag):
            return
        if token.name == name:
            depth += -1 if token.is_closing else 1
            self._dropped = (name, depth) if depth else None
        elif name == "head" and token.name == "body":
            self._dropped = None  # the end of the head may be left out

    def _open(self, tag: Tag) -> None:
        name = tag.name
        if name in _DROPPED or (name not in _VOID and _is_hidden(tag)):
            if not tag.source.rstrip(">").endswith("/"):
                self._dropped = (name, 1)
        elif name == "br":
            self._end_line(keep=True)
        elif name == "table":
            self._open_table()
        elif name in ("tr", "td", "th"):
            self._open_cell(tag)
        elif name in _BLOCKS:
            self._end_line()
            self._open_list(tag)
            self._pre += name == "pre"

    def _open_cell(self, tag: Tag) -> None:
        if self._grid is None:
            self._end_line()
            return
        self._grid.close_cell()
        if tag.name == "tr":
            self._grid.open_row()
        else:
            columns = _span(tag, "colspan", _MOST_COLUMNS)
            self._grid.open_cell(columns, _span(tag, "rowspan", _MOST_ROWS))

    def _close(self, name: str) -> None:
        if name == "table":
            if self._grids:
                self._end_table()
        elif name in ("td", "th", "tr"):
            if self._grid is None:
                self._end_line()
            else:
                self._grid.close_cell()
        elif name in _BLOCKS:
            self._end_line()
            if name in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._pre -= name == "pre" and self._pre > 0

    def _open_list(self, tag: Tag) -> None:
        if tag.name == "ul":
            self._lists.append(("bullet", 0))
        elif tag.name == "ol":
            kind = _LIST_KINDS.get(tag.attribute("type"), "decimal")
            self._lists.append((kind, to_int(tag.attribute("start"), 1) - 1))
        elif tag.name == "li" and self._lists:
            kind, count = self._lists[-1]
            count = to_int(tag.attribute("value"), count + 1)
            self._lists[-1] = (kind, count)
            label = "-" if kind == "bullet" else f"{format_number(count, kind)}."
            self._put(f"{label} ")

    def _open_table(self) -> None:
        outer = self._grid
        if outer is not None:
            outer.close_cell()
            for row in outer.rows:
                for cell in row:
                    self._add_paragraphs(cell)
            self._grids[-1] = None
        self._end_line()
        self._grids.append(_Grid())
        if len(self._grids) > _MOST_NESTED:
            raise refusal("too_deep", got=f"more than {_MOST_NESTED} tables in each other")

    def _end_table(self) -> None:
        self._end_line()
        grid = self._grids.pop()
        if grid is not None:
            grid.close_cell()
            self.builder.add_table([row for row in grid.rows if row])

    def _add_paragraphs(self, cell: str) -> None:
        for line in cell.split("\n"):
            if line.strip():
                self.builder.add_lines(line.strip())

    def _text(self, text: str) -> None:
        if not self._pre:
            text = _BLANKS.sub(" ", text)
        self._put(text)

    def _put(self, text: str) -> None:
        if self._grid is not None and self._grid.cell is not None:
            self._grid.cell.append(text)
        elif self._grid is None or text.strip():
            self._line.append(text)

    def _end_line(self, *, keep: bool = False) -> None:
        """End the line; an empty one is kept only where <br> asks for it."""
        if self._grid is not None and self._grid.cell is not None:
            self._grid.cell.append("\n")
            return
        text = "".join(self._line)
        self._line.clear()
        text = text if self._pre else text.strip(" ")
        if text.strip() or keep:
            self.builder.add_lines(text)


def _is_hidden(tag: Tag) -> bool:
    return bool("style" in tag.source and _HIDDEN.search(tag.attribute("style")))


def _span(tag: Tag, name: str, most: int) -> int:
    return max(1, min(to_int(tag.attribute(name), 1), most))

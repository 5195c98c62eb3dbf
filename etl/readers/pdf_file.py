"""PDF → stored text by its text layer, page by page: lines, ruled tables, two-column heads."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from etl.extract.text import Table
from etl.readers.ocr import can_recognize, recognize_page
from etl.readers.refusals import refusal
from etl.readers.stored_text import TextBuilder, is_head_or_foot

MAX_PAGES: Final = 2_000
_LEAST_CHARACTERS: Final = 20  # a page with fewer, and with a picture, is a scan
_MOST_CHARACTERS: Final = 60_000  # of one page; more is no printed page
_MOST_RULES: Final = 4_000  # lines drawn on a page; the search for tables takes their square
_COLUMN_GAP: Final = 1.8  # blank between two words, in heights of a letter, that parts columns
_PAGE_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_BULLET = re.compile("[\ue000-\uf8ff]")


class _Piece(NamedTuple):
    """Words of one line of one column."""

    x0: float
    x1: float
    text: str


class _Line(NamedTuple):
    """A printed line: its place from the top of the page and its pieces from left to right."""

    top: float
    pieces: tuple[_Piece, ...]


def read_pdf(
    content: bytes, *, with_ocr: bool = True
) -> tuple[str, tuple[Table, ...], tuple[str, ...]]:
    """(stored text, tables, notes).

    Raises UnreadableDocument: encrypted, damaged, too_many_pages, too_much_text, no_text,
    scanned_without_ocr (a page is a scan, no page has text, and there is no OCR).
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    builder = TextBuilder()
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            # A file that opens without a password may still forbid printing; it is readable.
            notes = _read_pages(document.pages, content, builder, with_ocr)
    except Exception as error:
        if isinstance(error, PDFPasswordIncorrect) or "PasswordIncorrect" in repr(error):
            raise refusal("encrypted", got="a protected PDF file") from None
        raise
    text, tables = builder.finish()
    if builder.legacy:
        notes.append(f"legacy_encoding:{builder.legacy}")
    return text, tables, tuple(notes)


def _read_pages(
    pages: Sequence[Any], content: bytes, builder: TextBuilder, with_ocr: bool
) -> list[str]:
    if len(pages) > MAX_PAGES:
        raise refusal("too_many_pages", got=f"{len(pages)} pages")
    scans: list[int] = []
    recognized: list[int] = []
    has_text = False
    for number, page in enumerate(pages):
        characters = len(page.chars)
        if characters > _MOST_CHARACTERS:
            raise refusal("too_much_text", got=f"page {number + 1}: {characters} characters")
        if characters < _LEAST_CHARACTERS and page.images:
            if with_ocr and can_recognize():
                builder.add_lines(recognize_page(content, number))
                recognized.append(number + 1)
                has_text = True
                continue
            scans.append(number + 1)
        has_text = has_text or characters >= _LEAST_CHARACTERS
        _read_page(page, builder)
        page.close()
    if scans and not has_text:
        raise refusal("scanned_without_ocr", got=f"{len(scans)} pages")
    notes = [f"scanned_page_not_read:{number}" for number in scans]
    return notes + [f"page_by_ocr:{number}" for number in recognized]


def _read_page(page: Any, builder: TextBuilder) -> None:
    tables = _tables(page)
    outside = page
    for table in tables:
        x0, top, x1, bottom = table.bbox
        outside = outside.filter(lambda item, box=(x0, top, x1, bottom): not _is_inside(item, box))
    blocks: list[tuple[float, _Line | list[list[str]]]] = [
        (line.top, line) for line in _lines(outside)
    ]
    for table in tables:
        rows = [[_clean(cell or "") for cell in row] for row in table.extract()]
        blocks.append((table.bbox[1], rows))
    blocks.sort(key=lambda block: block[0])
    pending: list[_Line] = []
    for _, block in blocks:
        if isinstance(block, _Line):
            pending.append(block)
        else:
            _add_lines(pending, builder)
            pending = []
            builder.add_table(block)
    _add_lines(pending, builder)


def _tables(page: Any) -> list[Any]:
    """Tables with drawn lines, of two columns and two rows at least."""
    if not 4 <= len(page.lines) + len(page.rects) + len(page.curves) <= _MOST_RULES:
        return []
    found = page.find_tables()
    return [t for t in found if len(t.rows) > 1 and max(len(row.cells) for row in t.rows) > 1]


def _is_inside(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _lines(page: Any) -> Iterator[_Line]:
    words = page.extract_words(x_tolerance_ratio=0.2, y_tolerance=3, keep_blank_chars=False)
    words.sort(key=lambda word: (word["bottom"], word["x0"]))
    line: list[dict[str, Any]] = []
    for word in words:
        if line and word["bottom"] - line[-1]["bottom"] > 3:
            yield _pieces(line)
            line = []
        line.append(word)
    if line:
        yield _pieces(line)


def _pieces(words: list[dict[str, Any]]) -> _Line:
    """Words of one line → pieces parted by wide blanks."""
    words.sort(key=lambda word: float(word["x0"]))
    pieces: list[_Piece] = []
    for word in words:
        height = max(word["bottom"] - word["top"], 4.0)
        text = _clean(word["text"])
        if pieces and word["x0"] - pieces[-1].x1 < _COLUMN_GAP * height:
            last = pieces.pop()
            pieces.append(_Piece(last.x0, max(last.x1, word["x1"]), f"{last.text} {text}"))
        else:
            pieces.append(_Piece(word["x0"], word["x1"], text))
    return _Line(min(word["top"] for word in words), tuple(pieces))


def _add_lines(lines: list[_Line], builder: TextBuilder) -> None:
    """Lines in reading order: where head or foot of an act has two columns, left before right."""
    at = 0
    while at < len(lines):
        end, middle = _two_columns(lines, at)
        if end == at:
            text = "\t".join(piece.text for piece in lines[at].pieces)
            # The page number at the top or the bottom (Decree 30/2020, appendix I) is no text.
            if not (at in (0, len(lines) - 1) and _PAGE_NUMBER.fullmatch(text)):
                builder.add_lines(text)
            at += 1
            continue
        for is_left in (True, False):
            for line in lines[at:end]:
                text = " ".join(p.text for p in line.pieces if (p.x0 < middle) == is_left)
                if text:
                    builder.add_lines(text)
        at = end


def _two_columns(lines: list[_Line], at: int) -> tuple[int, float]:
    """(line after the two columns that begin at a line, where the right one begins).

    The first number is `at` where no two columns of the head or foot of an act begin there.
    """
    head = [piece for piece in lines[at].pieces if is_head_or_foot(piece.text)]
    later = lines[at + 1 : at + 3]
    if not head and not any(is_head_or_foot(p.text) and len(ln.pieces) > 1 for ln in later
                            for p in ln.pieces):  # fmt: skip
        return at, 0.0
    split = [line for line in lines[at : at + 4] if len(line.pieces) == 2]
    if not split or len(lines[at].pieces) != 2:
        return at, 0.0
    middle = min(line.pieces[1].x0 for line in split) - 1
    end = at
    while end < len(lines) and _fits(lines[end], middle):
        end += 1
    # A line of one column after the last of two belongs to the text below, if it is a head.
    is_foot = any("noi" in _folded(line) for line in lines[at:end])
    while not is_foot and end > at and len(lines[end - 1].pieces) < 2:
        end -= 1
    return end, middle


def _fits(line: _Line, middle: float) -> bool:
    return all(piece.x1 <= middle + 1 or piece.x0 >= middle - 1 for piece in line.pieces)


def _folded(line: _Line) -> str:
    from etl.extract.text import fold_text

    return fold_text(" ".join(piece.text for piece in line.pieces))


def _clean(text: str) -> str:
    """Glyphs without a letter ("(cid:3)") are dropped; bullets of symbol fonts become "•"."""
    return _BULLET.sub("•", re.sub(r"\(cid:\d+\)", "", text))

"""One document of any kind that is read → its stored text and tables, or the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from domain.errors import UnreadableDocument
from etl.extract.text import Table
from etl.readers.refusals import refusal
from etl.readers.safety import KINDS, check_kind

# Ending of the file name → media type.
MEDIA_TYPES: Final = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
}
assert MEDIA_TYPES.keys() == KINDS.keys()


@dataclass(frozen=True)
class ReadDocument:
    """The stored text (NFC, LF) with the places of its tables.

    `encoding` is that of a text file, None for formats that have their own; `notes` are codes with
    an argument, such as "legacy_encoding:TCVN3" or "scanned_page_not_read:3".
    """

    text: str
    tables: tuple[Table, ...]
    media_type: str
    encoding: str | None = None
    notes: tuple[str, ...] = ()


def read_document(content: bytes, name: str, *, with_ocr: bool = True) -> ReadDocument:
    """Read a document; `name` tells its type, which the content must fit.

    In this process: for files of strangers use etl.readers.child.read_safely.
    Raises UnreadableDocument; `reason` is a key of etl.readers.refusals.REFUSALS.
    """
    try:
        return _read(content, name, with_ocr)
    except UnreadableDocument as error:
        raise _named(error, name) from None
    except MemoryError:
        raise refusal("too_large", where=name) from None
    except Exception as error:
        # The libraries of four formats raise whatever they like on a broken file.
        got = f"{type(error).__name__}: {error}"
        raise refusal("damaged", where=name, got=got) from error


def _read(content: bytes, name: str, with_ocr: bool) -> ReadDocument:
    kind = check_kind(content, name)
    media_type = next(
        m for ending, m in MEDIA_TYPES.items() if name.lower().strip().endswith(ending)
    )
    if kind == "text":
        from etl.readers.text_file import read_text

        decoded = read_text(content)
        return ReadDocument(decoded.text, (), media_type, decoded.encoding, decoded.notes)
    if kind == "csv":
        from etl.readers.csv_file import read_csv_document

        text, tables, encoding, notes = read_csv_document(content)
        return ReadDocument(text, tables, media_type, encoding, notes)
    if kind == "html":
        from etl.readers.html_file import read_html

        text, tables, encoding, notes = read_html(content)
        return ReadDocument(text, tables, media_type, encoding, notes)
    if kind == "pdf":
        from etl.readers.pdf_file import read_pdf

        text, tables, notes = read_pdf(content, with_ocr=with_ocr)
        return ReadDocument(text, tables, media_type, None, notes)
    from etl.readers.packages import Package

    package = Package(content)
    if kind == "docx":
        from etl.readers.docx_file import read_docx

        text, tables, notes = read_docx(package)
    else:
        from etl.readers.xlsx_file import read_xlsx

        text, tables, notes = read_xlsx(content)
    return ReadDocument(text, tables, media_type, None, notes)


def _named(error: UnreadableDocument, name: str) -> UnreadableDocument:
    if error.where:
        return error
    return refusal(error.reason, got=error.got, where=name)

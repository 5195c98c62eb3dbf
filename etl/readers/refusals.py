"""Why a document is refused: one code for the screen, one English sentence for log and CLI."""

from __future__ import annotations

from typing import NamedTuple

from domain.errors import UnreadableDocument


class Refusal(NamedTuple):
    """What is wrong, what was expected and what the person can do."""

    what: str
    expected: str
    fix: str


_AGAIN = "save it again with the program it was written in"
REFUSALS: dict[str, Refusal] = {
    "empty_file": Refusal("the file is empty", "a document", "choose another file"),
    "no_text": Refusal(
        "no text was found in the file", "a document with text", "check the file; scan it with OCR"
    ),
    "unknown_type": Refusal(
        "files of this type are not read",
        ".txt .md .docx .pdf .html .htm .xlsx .csv .tsv",
        "save it as one of these types",
    ),
    "type_mismatch": Refusal(
        "the content is not what the file name says",
        "content that fits the name",
        "give the file the ending of its true type",
    ),
    "old_office_format": Refusal(
        "old Word or Excel files (.doc, .xls) are not read",
        ".docx or .xlsx",
        "open the file and save it as .docx or .xlsx",
    ),
    "macros": Refusal(
        "the file contains macros", "a file without macros", "save it as .docx or .xlsx"
    ),
    "encrypted": Refusal(
        "the file is protected by a password",
        "a file that opens without a password",
        "remove the password and save it again",
    ),
    "damaged": Refusal("the file is damaged or incomplete", "a file that opens", _AGAIN),
    "dtd_or_entities": Refusal(
        "the file declares a DTD or entities, which Office files never do",
        "XML without <!DOCTYPE and <!ENTITY",
        _AGAIN,
    ),
    "nested_archive": Refusal(
        "the file holds another archive", "text, pictures and styles only", "remove embedded files"
    ),
    "unsafe_names": Refusal(
        "the file holds parts whose names lead outside of it", "names inside the file", _AGAIN
    ),
    "too_many_parts": Refusal("the file holds too many parts", "at most 5,000 parts", _AGAIN),
    "zip_bomb": Refusal(
        "the file unpacks to far more than its size", "at most 200 MB unpacked", _AGAIN
    ),
    "too_deep": Refusal("the file is nested too deeply", "at most 2,000 levels", _AGAIN),
    "file_too_large": Refusal("the file is too large", "at most 50 MB", "split the file"),
    "too_much_text": Refusal(
        "the file holds too much text", "at most 5 million characters", "split the file"
    ),
    "too_many_cells": Refusal(
        "a table of the file is too large", "at most 2 million cells", "keep the cells in use only"
    ),
    "too_many_pages": Refusal(
        "the file has too many pages", "at most 2,000 pages", "split the file"
    ),
    "binary_content": Refusal(
        "the file is not text", "a text file", "give the file the ending of its true type"
    ),
    "unknown_encoding": Refusal(
        "the letters of the file cannot be told for certain",
        "UTF-8, UTF-16, Windows-1258, TCVN3 or VNI",
        "save the file as UTF-8",
    ),
    "scanned_without_ocr": Refusal(
        "the PDF is a scan without text, and no OCR is installed here",
        "a PDF with text, or tesseract with Vietnamese on the server",
        "install tesseract-ocr and tesseract-ocr-vie, or upload a DOCX or a PDF with text",
    ),
    "too_slow": Refusal(
        "reading took too long and was stopped", "a file read in time", "split the file"
    ),
    "too_large": Refusal(
        "reading needs more memory than a file may use", "a smaller file", "split the file"
    ),
    "reader_failed": Refusal("the reader stopped without an answer", "a file that opens", _AGAIN),
}


def refusal(reason: str, *, got: str = "", where: str = "") -> UnreadableDocument:
    """The error to raise for a reason code of REFUSALS; `got` is cut to 200 characters."""
    what, expected, fix = REFUSALS[reason]
    return UnreadableDocument(
        what, reason=reason, where=where, expected=expected, got=got[:200], fix=fix
    )

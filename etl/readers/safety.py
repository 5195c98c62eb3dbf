"""What a file is by its content, and whether that fits its name; nothing is opened before this."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from etl.readers.refusals import refusal

MAX_BYTES: Final = 50 * 2**20

# Ending of the name → kind; kinds are what read_document dispatches on.
KINDS: Final = {
    ".txt": "text", ".md": "text", ".docx": "docx", ".pdf": "pdf", ".html": "html",
    ".htm": "html", ".xlsx": "xlsx", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
_MACRO_ENDINGS: Final = {".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam"}
_OLD_OFFICE: Final = {".doc", ".dot", ".xls", ".xlt", ".ppt"}
_CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_MAGIC: Final = (
    (b"PK\x03\x04", "a ZIP or Office file"), (b"PK\x05\x06", "an empty ZIP file"),
    (b"%PDF-", "a PDF file"), (_CFB, "an old Office file"), (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"Rar!", "a RAR file"), (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"), (b"MZ", "a program"),
    (b"\x7fELF", "a program"), (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"),
    (b"{\\rtf", "an RTF file"), (b"%!PS", "a PostScript file"), (b"<?xml", "an XML file"),
    (b"BM", "a picture"),
)  # fmt: skip
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|title|meta|table|p|div|h[1-6])\b", re.I)
_HTML_WITHIN = 4_096
_PDF_WITHIN = 1_024  # readers accept bytes before the mark (ISO 32000, annex H)


def check_kind(content: bytes, name: str) -> str:
    """Kind of a file (a value of KINDS) whose content fits its name.

    Raises UnreadableDocument: empty_file, file_too_large, unknown_type, type_mismatch, macros,
    encrypted, old_office_format.
    """
    ending = PurePosixPath(name.replace("\\", "/").lower().strip()).suffix
    if not content:
        raise refusal("empty_file")
    if len(content) > MAX_BYTES:
        raise refusal("file_too_large", got=f"{len(content)} bytes")
    if ending in _MACRO_ENDINGS:
        raise refusal("macros", got=ending)
    if content.startswith(_CFB) and (ending in KINDS or ending in _OLD_OFFICE):
        # Word and Excel put a protected .docx or .xlsx into such a container.
        if _ENCRYPTED_STREAM in content:
            raise refusal("encrypted", got="a protected Office file")
        raise refusal("old_office_format", got="an old Office file")
    if ending in _OLD_OFFICE:
        raise refusal("old_office_format", got=ending)
    kind = KINDS.get(ending)
    if kind is None:
        raise refusal("unknown_type", got=ending or "a name without ending")
    _check_content(content, kind)
    return kind


def _check_content(content: bytes, kind: str) -> None:
    found = _named(content)
    if kind in ("docx", "xlsx"):
        if found != "a ZIP or Office file":
            raise refusal("type_mismatch", got=found or "no ZIP or Office file")
        # Both are ZIP files; the parts tell which (their names are not packed).
        marks = {"docx": b"word/", "xlsx": b"xl/"}
        other = "xlsx" if kind == "docx" else "docx"
        if marks[kind] not in content and marks[other] in content:
            raise refusal("type_mismatch", got=f"an .{other} file")
    elif kind == "pdf":
        if b"%PDF-" not in content[:_PDF_WITHIN]:
            raise refusal("type_mismatch", got=found or "no PDF file")
    elif kind == "html":
        if found and found != "an XML file":
            raise refusal("type_mismatch", got=found)
        if not _HTML.search(content[:_HTML_WITHIN].replace(b"\0", b"")):
            raise refusal("type_mismatch", got="no HTML")
    elif found and found != "a picture" and found != "a program":
        raise refusal("type_mismatch", got=found)
    elif found and b"\0" in content[:_HTML_WITHIN]:
        # "BM" and "MZ" may also begin a text.
        raise refusal("type_mismatch", got=found)


def _named(content: bytes) -> str:
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), "")

"""CSV file → header and text rows; everything stays text ("01" is a code)."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import BrokenInput

MAX_BYTES = 64 * 2**20
# A broken record is read again from its second line; more than this many and the rest is refused.
MAX_BROKEN_RECORDS = 100
_OTHER_KINDS = {
    b"PK\x03\x04": "a ZIP, XLSX or DOCX file",
    b"%PDF": "a PDF file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
# How long a cell may be is a matter of its row (etl.harmonize), not of the whole file.
csv.field_size_limit(MAX_BYTES)


@dataclass(frozen=True)
class CsvTable:
    """Header and rows of a file; `rows` holds (line number, cells), cells as many as printed.

    `broken` holds (line number, reason) of the records whose quoting is broken.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    broken: tuple[tuple[int, str], ...] = ()


def read_csv(path: Path) -> CsvTable:
    """Read a CSV file; raises BrokenInput as `parse_csv` does, and where it cannot be read."""
    return parse_csv(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Content of a regular file of at most MAX_BYTES; raises BrokenInput."""
    where = str(path)
    try:
        # A pipe or device of that name would never end.
        if not path.is_file():
            raise BrokenInput("unreadable_file", where=where, expected="a file", got=_kind(path))
        size = path.stat().st_size
        if size > MAX_BYTES:
            expected = f"at most {MAX_BYTES} bytes"
            raise BrokenInput("file_too_large", where=where, expected=expected, got=str(size))
        return path.read_bytes()
    except OSError as error:
        got = error.strerror or type(error).__name__
        raise BrokenInput("unreadable_file", where=where, expected="a file", got=got) from None


def _kind(path: Path) -> str:
    if path.is_dir():
        return "a folder"
    return "a link to nothing" if path.is_symlink() else "no regular file"


def parse_csv(data: bytes, where: str) -> CsvTable:
    """Bytes of a UTF-8 CSV (BOM, comma or semicolon accepted) → text in NFC.

    Raises BrokenInput (what = reason code) for an empty file, another encoding, a file of another
    kind under the name of a table, or a header with broken quoting.
    """
    for magic, kind in _OTHER_KINDS.items():
        if data.startswith(magic):
            raise BrokenInput("other_kind", where=where, expected="a CSV text file", got=kind)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BrokenInput(
            "wrong_encoding",
            where=where,
            expected="UTF-8",
            got=f"byte {data[error.start]:#04x} at position {error.start}",
            fix="save the file as CSV UTF-8",
        ) from None
    if not text.strip():
        raise BrokenInput("empty_file", where=where, expected="a header and rows", got="0 rows")
    if "\0" in text:
        raise BrokenInput("other_kind", where=where, expected="a CSV text file", got="NUL bytes")
    return _parse(unicodedata.normalize("NFC", text), where)


def _parse(text: str, where: str) -> CsvTable:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first_line = next(line for line in lines if line.strip())
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    broken: list[tuple[int, str]] = []
    for line, record in csv_records(lines, delimiter):
        if isinstance(record, csv.Error):
            if not header:
                where = f"{where}:{line}"
                got = str(record)
                raise BrokenInput("broken_csv", where=where, expected="well-formed CSV", got=got)
            broken.append((line, str(record)))
            continue
        cells = tuple(c.strip() for c in record)
        if not any(cells):
            continue
        if header:
            rows.append((line, cells))
        else:
            header = cells
    return CsvTable(header, tuple(rows), tuple(broken))


def csv_records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """(line on which a record begins, its cells or what is broken about it).

    After a broken record reading goes on with the next line, so that one quotation mark too many
    does not take the rest of the file with it.
    """
    start, broken = 0, 0
    while start < len(lines):
        reader = csv.reader(
            (line + "\n" for line in lines[start:]), delimiter=delimiter, strict=True
        )
        first = start
        try:
            for cells in reader:
                yield first + 1, cells
                first = start + reader.line_num
            return
        except csv.Error as error:
            yield first + 1, error
            broken += 1
            if broken > MAX_BROKEN_RECORDS:
                yield first + 2, csv.Error("too many broken records, the rest is not read")
                return
            start = first + 1

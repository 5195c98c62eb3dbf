"""python -m benchmarks.gold.make_files: DOCX, HTML and XLSX of the gold set from its plain sources.

`sources/<name>.<format>.txt` is the text; lines with strokes (`| a | b |`) are rows of a table. The
files are made byte for byte the same each time, so that they change only with their source.
"""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import xlsxwriter

GOLD: Final = Path(__file__).resolve().parent
_DAY: Final = (2024, 1, 1, 0, 0, 0)
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Runs of lines: (True, rows of a table) or (False, paragraphs)."""
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        yield is_table, list(lines)


def cells(row: str) -> list[str]:
    """Cells of a row with strokes."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def write_docx(text: str, target: Path) -> None:
    """A document of paragraphs and tables with nothing else in it."""
    body = []
    for is_table, lines in blocks(text):
        rows = "".join(
            f"<w:tr>{''.join(f'<w:tc>{_paragraph(cell)}</w:tc>' for cell in cells(row))}</w:tr>"
            for row in lines
        )
        paragraphs = "".join(map(_paragraph, lines))
        body.append(f"<w:tbl>{rows}</w:tbl><w:p/>" if is_table else paragraphs)
    parts = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>'
        ),
        "_rels/.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
        ),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content.encode())


def write_html(text: str, target: Path) -> None:
    """A saved page of a portal: menu, title and links around the document."""
    lines = [f"<p>{escape(line)}</p>" if line else "<br>" for line in text.splitlines()]
    page = [
        "<!doctype html>", '<html lang="vi"><head><meta charset="utf-8">',
        "<title>Cổng thông tin điện tử</title><style>p{margin:0}</style>",
        "<script>var viewed = 1;</script></head><body>",
        "<nav><a href='/'>Trang chủ</a> <a href='/vb'>Văn bản</a></nav>", "<main>", *lines,
        "</main>", "<footer><p>Lượt truy cập: 1.204.331</p></footer></body></html>", "",
    ]  # fmt: skip
    target.write_text("\n".join(page), encoding="utf-8", newline="\n")


def write_xlsx(text: str, target: Path) -> None:
    """One sheet; whole and broken amounts as numbers, all else as text."""
    day = dt.datetime(*_DAY)
    with xlsxwriter.Workbook(str(target)) as book:
        book.set_properties({"created": day})
        sheet = book.add_worksheet("Phụ lục")
        for place, line in enumerate(text.splitlines()):
            for column, cell in enumerate(cells(line)):
                if cell.isdigit():
                    sheet.write_number(place, column, int(cell))
                elif cell:
                    sheet.write_string(place, column, cell)


def make_files(target: Path, sources: Path = GOLD / "sources") -> list[Path]:
    """Write all of them into a folder; returns their paths in the order of names."""
    writers = {".docx": write_docx, ".html": write_html, ".xlsx": write_xlsx}
    made = []
    for source in sorted(sources.glob("*.txt")):
        file = target / source.stem
        writers[file.suffix](source.read_text(encoding="utf-8"), file)
        made.append(file)
    return made


def _paragraph(text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{run}</w:p>"


if __name__ == "__main__":
    print("\n".join(map(str, make_files(GOLD / "documents"))))
    sys.exit(0)

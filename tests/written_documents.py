"""Documents that the tests write themselves, in the layout of Decree 30/2020, in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from fpdf import FPDF
from openpyxl import Workbook

LINES = (
    "KẾ HOẠCH",
    "Công tác thông tin đối ngoại trên địa bàn tỉnh Yên Bái năm 2025",
    "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ;",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:",
    "Kinh phí thực hiện: 1.250.000.000 đồng. Báo cáo trước ngày 15 tháng 11 năm 2025./.",
)
BUDGET = (
    ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Kinh phí (triệu đồng)"),
    ("1", "Sản xuất phóng sự về biên giới", "Sở Thông tin và Truyền thông", "350"),
    ("2", "Bồi dưỡng nghiệp vụ", "Sở Ngoại vụ", "120"),
    ("", "Tổng cộng", "", "470"),
)
HEAD = (
    ("ỦY BAN NHÂN DÂN\nTỈNH YÊN BÁI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do"),
    ("Số: 12/KH-UBND", "Yên Bái, ngày 05 tháng 02 năm 2025"),
)
FOOT = ("Nơi nhận:\n- Bộ Thông tin và Truyền thông;\n- Lưu: VT.", "CHỦ TỊCH\n\nNguyễn Văn A")
FONT = next(
    (
        path
        for path in (
            Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
            Path("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"),
            Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"),
        )
        if path.exists()
    ),
    None,
)


def save_docx(document: Any) -> bytes:
    """Content of a python-docx document."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def docx(lines: tuple[str, ...] = LINES, table: Any = BUDGET) -> bytes:
    """A DOCX of paragraphs and a table."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        add_table(document, table)
    return save_docx(document)


def add_table(document: Any, rows: Any) -> Any:
    """A table at the end of a python-docx document; LF in a cell begins a paragraph."""
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row):
            first, *rest = text.split("\n")
            cell.text = first
            for line in rest:
                cell.add_paragraph(line)
    return table


def add_xml(document: Any, inner: str) -> None:
    """A paragraph given as WordprocessingML."""
    spaces = nsdecls("w", "r")
    more = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    paragraph = parse_xml(f"<w:p {spaces}{more}>{inner}</w:p>")
    document.element.body.insert(len(document.element.body) - 1, paragraph)


def xlsx(rows: Any = BUDGET) -> bytes:
    """An XLSX of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    for row in rows:
        sheet.append([int(c) if c.isdigit() else c or None for c in row])
    return save_xlsx(book)


def save_xlsx(book: Workbook) -> bytes:
    """Content of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def new_pdf() -> FPDF:
    """An A4 PDF with a Vietnamese font."""
    assert FONT is not None, "no font with Vietnamese letters: apt-get install fonts-dejavu-core"
    pdf = FPDF()
    pdf.add_font("vietnamese", "", str(FONT))
    pdf.add_page()
    pdf.set_font("vietnamese", size=12)
    return pdf


def pdf(lines: tuple[str, ...] = LINES, table: Any = BUDGET) -> bytes:
    """A PDF of lines and a ruled table."""
    document = new_pdf()
    for line in lines:
        document.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    if table:
        with document.table(first_row_as_headings=False) as drawn:
            for row in table:
                drawn.row(row)
    return bytes(document.output())


def scanned_pdf() -> bytes:
    """A PDF whose only content is a picture."""
    from PIL import Image

    document = FPDF()
    document.add_page()
    document.image(Image.effect_noise((400, 500), 60), x=10, y=10, w=180)
    return bytes(document.output())


def html(lines: tuple[str, ...] = LINES, table: Any = BUDGET) -> bytes:
    """A saved page with navigation, script and style around the text."""
    paragraphs = "".join(f"<p>{line}</p>\n" for line in lines)
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in table
    )
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Trang</title>'
        "<style>p { color: red }</style></head><body><nav><a href='/'>Trang chủ</a></nav>"
        f"<script>var p = '<p>no</p>';</script>\n{paragraphs}<table>{rows}</table></body></html>"
    ).encode()


def csv_file(rows: Any = BUDGET) -> bytes:
    """A CSV in UTF-8."""
    return "\n".join(",".join(row) for row in rows).encode()


def text_file(lines: tuple[str, ...] = LINES) -> bytes:
    """A text file in UTF-8."""
    return "\n\n".join(lines).encode()


def package(parts: Mapping[str, bytes | str], content: bytes = b"") -> bytes:
    """A ZIP with these parts, added to (or in place of) those of another ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if content:
            with zipfile.ZipFile(io.BytesIO(content)) as old:
                for name in old.namelist():
                    if name not in parts:
                        archive.writestr(name, old.read(name))
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


SAMPLES = {
    "plan.txt": text_file(),
    "plan.docx": docx(),
    "plan.pdf": pdf() if FONT else b"",
    "plan.html": html(),
    "plan.xlsx": xlsx(),
    "plan.csv": csv_file(),
}

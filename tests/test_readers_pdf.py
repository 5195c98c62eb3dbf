"""PDF with a text layer: lines, tables, two-column heads; scans go to OCR or are refused."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from fpdf import FPDF

from domain.errors import UnreadableDocument
from etl.readers import ocr
from etl.readers.child import read_safely
from etl.readers.document import read_document
from tests.hostile_documents import looping_pdf
from tests.written_documents import BUDGET, FOOT, HEAD, LINES, new_pdf, pdf, scanned_pdf


def two_columns(document: FPDF, top: float, left: str, right: str) -> None:
    """Two texts beside each other, each centred in its half of the page."""
    for x, text in ((10, left), (105, right)):
        document.set_xy(x, top)
        document.cell(90, 6, text, align="C")


def test_lines_and_ruled_table_in_order() -> None:
    found = read_document(pdf(), "a.pdf")
    assert found.text.split("\n") == [*LINES, *("\t".join(row) for row in BUDGET)]
    assert found.media_type == "application/pdf" and found.encoding is None
    (table,) = found.tables
    assert [tuple(found.text[c.start : c.end] for c in row) for row in table.rows] == list(BUDGET)


def test_head_and_foot_are_read_column_by_column() -> None:
    document = new_pdf()
    (left, right), (number, date) = HEAD
    for top, one, two in zip((10, 16, 25), (*left.split("\n"), number), (*right.split("\n"), date)):
        two_columns(document, top, one, two)
    document.set_xy(10, 40)
    document.multi_cell(190, 7, " ".join(LINES), align="J", new_x="LMARGIN", new_y="NEXT")
    top = document.get_y() + 10
    for i, (one, two) in enumerate(zip(FOOT[0].split("\n"), FOOT[1].split("\n"))):
        two_columns(document, top + 7 * i, one, two)
    text = read_document(bytes(document.output()), "a.pdf").text
    lines = text.split("\n")
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH YÊN BÁI", "Số: 12/KH-UBND"]
    assert lines[3] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[5] == "Yên Bái, ngày 05 tháng 02 năm 2025"
    assert lines[-5:] == [*FOOT[0].split("\n"), "CHỦ TỊCH", "Nguyễn Văn A"]
    assert " ".join(lines[6:-5]) == " ".join(LINES)


def test_wide_blanks_part_columns_and_page_numbers_go() -> None:
    document = new_pdf()
    for page in (1, 2):
        if page > 1:
            document.add_page()
            document.set_xy(100, 8)
            document.cell(10, 6, str(page))
        document.set_xy(10, 60)
        document.cell(60, 6, "Tập huấn")
        document.set_xy(150, 60)
        document.cell(40, 6, f"{page}00 triệu đồng")
    text = read_document(bytes(document.output()), "a.pdf").text
    assert text == "Tập huấn\t100 triệu đồng\nTập huấn\t200 triệu đồng"


def test_scan_without_ocr_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.readers.pdf_file.can_recognize", lambda: False)
    with pytest.raises(UnreadableDocument) as caught:
        read_document(scanned_pdf(), "scan.pdf")
    assert caught.value.reason == "scanned_without_ocr"
    assert "tesseract" in caught.value.fix


def test_one_scanned_page_among_others_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader, PdfWriter

    monkeypatch.setattr("etl.readers.pdf_file.can_recognize", lambda: False)
    writer = PdfWriter()
    for content in (pdf(), scanned_pdf()):
        writer.append(PdfReader(io.BytesIO(content)))
    buffer = io.BytesIO()
    writer.write(buffer)
    found = read_document(buffer.getvalue(), "a.pdf")
    assert found.notes == ("scanned_page_not_read:2",)
    assert found.text.startswith(LINES[0])


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for tesseract: it lists its languages, checks that a PNG comes, prints a text."""
    program = tmp_path / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --list-langs ]; then echo eng; echo vie; exit 0; fi\n'
        "head -c 4 | grep -q PNG || exit 1\ncat >/dev/null\n"
        "printf 'KẾ HOẠCH\\nnăm 2025\\f'\n",
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    ocr.can_recognize.cache_clear()
    yield
    ocr.can_recognize.cache_clear()


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("read", [read_document, read_safely], ids=["here", "child"])
def test_scan_goes_through_ocr(read: object) -> None:
    found = read(scanned_pdf(), "scan.pdf")  # type: ignore[operator]
    assert found.text == "KẾ HOẠCH\nnăm 2025"
    assert found.notes == ("page_by_ocr:1",)


def test_loops_end() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(looping_pdf(), "a.pdf", seconds=20)
    assert caught.value.reason in ("no_text", "damaged")

"""The report as a Word document: open what was written and look for what must be in it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from PIL import Image
from pypdf import PdfReader

from dashboard import picture
from dashboard.briefing.columns import cell_text, set_columns
from dashboard.briefing.content import Table
from dashboard.briefing.docx_report import write_docx
from dashboard.briefing.flow import Heading, flow, roman
from dashboard.briefing.packages import fixed_zip
from dashboard.briefing.pictures import Pictures, png_size, render_pictures, same_ids
from dashboard.briefing.printing import OFFICE_FONT
from dashboard.words import word
from tests.written_briefing import (
    AMOUNTS,
    CHART_ALT,
    EDITED,
    EVIDENCE,
    HEADLINE,
    LONG,
    MAP_ALT,
    MARK,
    MARKED,
    MARKUP,
    NOBODY,
    SNAPSHOT,
    WIDE,
    small_briefing,
    without_pictures,
)

needs_browser = pytest.mark.skipif(not picture.is_available(), reason="no Chromium here")


@pytest.fixture(scope="module", autouse=True)
def _browser_ends_with_the_tests() -> Iterator[None]:
    yield
    picture.stop()


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    made = render_pictures(small_briefing())
    assert made.missing == {}
    return made


@pytest.fixture(scope="module")
def written(pictures: Pictures) -> bytes:
    return write_docx(small_briefing(), pictures, pages={"summary": 1, "regulation": 2})


@pytest.fixture(scope="module")
def report(written: bytes) -> Document:
    return docx.Document(io.BytesIO(written))


def plain(**choices: Any) -> Document:
    briefing = without_pictures(small_briefing(**choices))
    return docx.Document(io.BytesIO(write_docx(briefing, Pictures())))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def table_of(document: Document, first_head: str) -> Any:
    return next(t for t in document.tables if t.rows[0].cells[0].text == first_head)


@needs_browser
def test_styles_contents_and_order(report: Document) -> None:
    headings = [p for p in report.paragraphs if p.style and p.style.name == "Heading 1"]
    assert [p.text for p in headings] == [
        "Tóm tắt", "Quy chế quản lý hoạt động thông tin đối ngoại", "Những thay đổi",
        "Phụ lục: nguồn số liệu", word("briefing.paper.evidence", "vi"),
    ]  # fmt: skip
    titles = [
        p.text for p in report.paragraphs if p.style and p.style.name in ("Title", "Subtitle")
    ]
    assert titles == ["BÁO CÁO", "Công tác thông tin đối ngoại: cả nước"]
    xml = report.element.xml
    assert ' TOC \\o "1-1" \\h \\z \\u ' in xml
    assert "updateFields" not in report.settings.element.xml, "Word would ask at opening"
    entries = [p._p for p in report.paragraphs if p.style and p.style.name == "toc 1"]
    said = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in entries]
    assert said[:2] == ["I.Tóm tắt1", "II.Quy chế quản lý hoạt động thông tin đối ngoại2"]
    assert len(said) == len(headings)
    links = {a for p in entries for a in (h.get(qn("w:anchor")) for h in p.iter(qn("w:hyperlink")))}
    marks = {b.get(qn("w:name")) for b in report.element.iter(qn("w:bookmarkStart"))}
    assert links and links <= marks
    captions = [p.text for p in report.paragraphs if p.style and p.style.name == "Caption"]
    assert captions[:3] == [
        "Hình 1. Bản đồ quy chế.", "Hình 2. Công bố và căn cứ. So sánh.",
        "Bảng 1. Kinh phí <theo tỉnh>.",
    ]  # fmt: skip
    assert xml.count(" SEQ Hình \\* ARABIC ") == 2 and xml.count(" SEQ Bảng \\* ARABIC ") == 5


@needs_browser
def test_pictures_are_sharp_and_described(report: Document, pictures: Pictures) -> None:
    described = [p.get("descr") for p in report.element.iter(qn("wp:docPr"))]
    assert described == [MAP_ALT, CHART_ALT]
    numbers = [p.get("id") for p in report.element.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == 2
    for shape, key in zip(report.inline_shapes, ("map", "chart"), strict=True):
        wide, tall = png_size(pictures[key, "png"])
        assert Image.open(io.BytesIO(pictures[key, "png"])).size == (wide, tall)
        assert wide / shape.width.inches >= 285, "dots per inch"
        assert shape.width.mm <= 160.1 and shape.height.mm <= 192.1
        assert abs(shape.width / shape.height - wide / tall) < 0.02


@needs_browser
def test_same_input_same_bytes(written: bytes, pictures: Pictures) -> None:
    again = write_docx(small_briefing(), pictures, pages={"summary": 1, "regulation": 2})
    assert again == written
    assert render_pictures(small_briefing()) == pictures, "PNG and SVG too"
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_sheet_type_language_and_properties() -> None:
    document = plain()
    first = document.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert 20 <= round(first.top_margin.mm) <= 25 and 20 <= round(first.bottom_margin.mm) <= 25
    assert 30 <= round(first.left_margin.mm) <= 35 and 15 <= round(first.right_margin.mm) <= 20
    styles = document.styles
    assert styles["Normal"].font.size.pt in (13, 14)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet"):
        faces = styles[name].element.rPr.find(qn("w:rFonts"))
        assert {faces.get(qn(f"w:{a}")) for a in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "Times New Roman"
        }
        assert not [a for a in faces.attrib if "Theme" in a]
    assert 'w:lang w:val="vi-VN"' in styles.element.xml
    core = document.core_properties
    assert (core.language, core.title) == ("vi-VN", "Báo cáo công tác thông tin đối ngoại: cả nước")
    assert core.created == core.modified
    assert core.created.replace(tzinfo=None) == datetime(2024, 12, 31)
    assert core.author == "CỤC THÔNG TIN ĐỐI NGOẠI"


def test_letterhead_and_running_lines() -> None:
    document = plain()
    head = document.tables[0]
    left, right = (cell.text.strip().split("\n") for cell in head.rows[0].cells)
    assert left == ["BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "CỤC THÔNG TIN ĐỐI NGOẠI"]
    assert right == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    number, place = (cell.text for cell in head.rows[1].cells)
    assert re.fullmatch(r"Số: +/BC-TTĐN", number)
    assert re.fullmatch(r"Hà Nội, ngày +tháng +năm 20\.\.", place)
    section = document.sections[0]
    assert section.different_first_page_header_footer
    assert " PAGE " in section.header._element.xml
    assert " PAGE " not in section.first_page_header._element.xml
    for footer in (section.footer, section.first_page_footer):
        assert "31/12/2024" in footer.paragraphs[0].text and SNAPSHOT in footer.paragraphs[0].text
    assert MARK not in section.header._element.xml
    assert document.tables[1].rows[0].cells[1].text == "31/12/2024", "the facts come first"
    english = plain(lang="en")
    assert "MINISTRY OF INFORMATION AND COMMUNICATIONS" in english.tables[0].rows[0].cells[0].text
    assert 'w:lang w:val="en-GB"' in english.styles.element.xml


def test_mark_of_made_up_data_is_on_every_page() -> None:
    briefing = without_pictures(MARKED())
    document = docx.Document(io.BytesIO(write_docx(briefing, Pictures())))
    section = document.sections[0]
    for header in (section.header, section.first_page_header):
        assert MARK in "".join(p.text for p in header.paragraphs)
    later = list(document.sections)[1:]
    assert later and all(
        s.header.is_linked_to_previous and not s.different_first_page_header_footer for s in later
    )


def test_sentences_notes_and_edits() -> None:
    said = texts(plain())
    assert f"{HEADLINE} [1]" in said
    assert MARKUP in said, "what looks like markup is text"
    assert f"{EDITED} (người dùng sửa)" in said
    assert "Căn cứ [1]" in said and EVIDENCE[0] in said
    assert said.index("Phụ lục: nguồn số liệu") < said.index("Căn cứ [1]")
    assert sum(text == EVIDENCE[0] for text in said) == 1, "the same evidence is printed once"
    assert NOBODY in said, "an empty table says so"


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    document = plain()
    for first, rows in (("Tỉnh, thành phố", AMOUNTS), ("Mã", LONG), ("Cột 1", WIDE)):
        table = table_of(document, first)
        assert len(table.rows) == len(rows) + 1
        assert table.style.name == "Table Grid"
        heads = [row._tr.find(".//" + qn("w:tblHeader")) is not None for row in table.rows]
        assert heads == [True, *[False] * len(rows)]
        assert all(row._tr.find(".//" + qn("w:cantSplit")) is not None for row in table.rows)
    amounts = [
        [cell.text for cell in row.cells] for row in table_of(document, "Tỉnh, thành phố").rows
    ]
    assert amounts[1:] == [
        ["Thanh Hóa", "29.000", "1.234.567", "31/07/2023"],
        ["Hòa Bình", "4.164,5", "8", ""],
        ["=1+1 <td>", "", "0", "05/02/2024"],
    ]
    assert sum(section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections) == 1
    assert document.sections[-1].orientation == WD_ORIENT.PORTRAIT


def test_nothing_empty_can_make_a_page_of_its_own() -> None:
    body = plain().element.body
    for table in body.iterchildren(qn("w:tbl")):
        after = table.getnext()
        is_section_end = after.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        if is_section_end:
            assert after.find(f"{qn('w:pPr')}/{qn('w:spacing')}").get(qn("w:line")) == "20"
        elif after.getnext() is not None and after.getnext().tag != qn("w:tbl"):
            assert "".join(t.text or "" for t in after.iter(qn("w:t"))) or after.tag != qn("w:p")


def test_a_report_without_chromium_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    picture.stop()
    monkeypatch.setattr(picture, "find_browser", lambda: None)
    steps: list[tuple[int, int]] = []
    made = render_pictures(small_briefing(), step=lambda *step: steps.append(step))
    assert dict(made) == {} and made.missing == {"map": "missing", "chart": "missing"}
    document = docx.Document(io.BytesIO(write_docx(small_briefing(), made)))
    boxes = [text for text in texts(document) if text.startswith("Thiếu hình: Bản đồ quy chế")]
    assert len(boxes) == 1
    assert word("briefing.paper.missing.missing", "vi") in boxes[0] and MAP_ALT in boxes[0]
    assert "Hình 1. Bản đồ quy chế." in texts(document)


@needs_browser
def test_libreoffice_reads_it_without_loss(tmp_path: Path, pictures: Pictures) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    # In a face that has Vietnamese letters on Linux too, or the words cannot be read back.
    written = write_docx(small_briefing(), pictures, font=OFFICE_FONT)
    (tmp_path / "report.docx").write_bytes(written)
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "report.docx")],
        check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    if not (tmp_path / "report.pdf").is_file():
        pytest.skip("this LibreOffice has no Writer")
    pages = PdfReader(tmp_path / "report.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Độc lập - Tự do - Hạnh phúc" in text and "Bảng dài" in text and "M119" in text
    assert (
        sum("Nội dung" in page.extract_text() and "M0" in page.extract_text() for page in pages) > 1
    )
    assert len({image.data for page in pages for image in page.images}) == 2


def test_headings_are_numbered_as_the_decree_has_it() -> None:
    assert [roman(n) for n in (1, 3, 4, 6, 9, 10, 14)] == ["I", "III", "IV", "VI", "IX", "X", "XIV"]
    found = [(b.number, b.anchor) for b in flow(small_briefing()) if isinstance(b, Heading)]
    assert found == [
        ("I.", "summary"), ("II.", "regulation"), ("III.", "changes"), ("", "sources"),
        ("", "evidence"),
    ]  # fmt: skip


def test_cells_and_columns() -> None:
    assert cell_text(4164.5, "en") == "4,164.5" and cell_text(float("nan"), "vi") == ""
    upright = set_columns(Table("a", "", AMOUNTS, ""), "vi")
    assert not upright.is_across and abs(sum(upright.widths) - 160) < 0.5
    assert upright.is_number == (False, True, True, False)
    across = set_columns(Table("w", "", WIDE, ""), "vi")
    assert across.is_across and abs(sum(across.widths) - 257) < 0.5
    weighed = set_columns(Table("l", "", LONG, "", widths=(1, 5)), "vi")
    assert abs(weighed.widths[1] / weighed.widths[0] - 5) < 0.1


def test_fixed_zip_orders_and_dates_members() -> None:
    def package(names: list[str]) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name in names:
                archive.writestr(name, name.encode())
        return made.getvalue()

    names = ["word/document.xml", "a.png", "[Content_Types].xml", "_rels/.rels"]
    fixed = fixed_zip(package(names))
    assert fixed == fixed_zip(package(names[::-1]))
    with zipfile.ZipFile(io.BytesIO(fixed)) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "a.png",
            "word/document.xml",
        ]
        assert archive.read("a.png") == b"a.png"
    with pytest.raises(zipfile.BadZipFile):
        fixed_zip(b"no zip")


def test_ids_of_an_svg_lose_only_their_random_part() -> None:
    svg = (
        b'<defs id="defs-12ab34"/><g clip-path="url(#clip12ab34x)" fill="#12ab34" d="M12ab34"/>'
        b'<pattern id="p12ab34-706661"/><pattern id="p12ab34-6ed8d8"/>'
        b"<path style=\"fill: url('#p12ab34-6ed8d8')\"/>"
    )
    assert same_ids(svg) == (
        b'<defs id="defs-figure"/><g clip-path="url(#clipfigurex)" fill="#12ab34" d="M12ab34"/>'
        b'<pattern id="pfigure-0"/><pattern id="pfigure-1"/>'
        b"<path style=\"fill: url('#pfigure-1')\"/>"
    )

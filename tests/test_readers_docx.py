"""DOCX: the order of the document, numbers as printed, tables, tracked changes, old fonts."""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from etl.extract.text import Table
from etl.readers.document import ReadDocument, read_document
from etl.readers.docx_numbering import format_number
from tests.written_documents import BUDGET, FOOT, HEAD, LINES, add_table, add_xml, docx, save_docx


def read(document: Any) -> ReadDocument:
    return read_document(save_docx(document), "a.docx")


def cells(text: str, table: Table) -> list[tuple[str, ...]]:
    return [tuple(text[c.start : c.end] for c in row) for row in table.rows]


def number(document: Any, levels: list[tuple[str, str, str]], *, overrides: str = "") -> None:
    """Abstract list 77 with (format, text, more XML) per level; lists 78 and 79 use it."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text, more) in enumerate(levels)
    )
    space = nsdecls("w")
    abstract = f'<w:abstractNum {space} w:abstractNumId="77">{inner}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    for name, more in (("78", ""), ("79", overrides)):
        root.append(
            parse_xml(
                f'<w:num {space} w:numId="{name}"><w:abstractNumId w:val="77"/>{more}</w:num>'
            )
        )


def listed(document: Any, text: str, level: int = 0, list_id: int = 78) -> None:
    add_xml(
        document,
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r>",
    )


def test_paragraphs_and_table_in_order() -> None:
    document = Document()
    document.add_paragraph("Trước")
    add_table(document, BUDGET)
    document.add_paragraph("Sau")
    found = read(document)
    assert found.text.split("\n") == ["Trước", *("\t".join(row) for row in BUDGET), "Sau"]
    assert [cells(found.text, t) for t in found.tables] == [list(BUDGET)]


def test_plain_document_is_its_lines() -> None:
    assert read_document(docx(table=()), "a.docx").text == "\n".join(LINES)


def test_numbers_are_printed_as_word_prints_them() -> None:
    document = Document()
    number(
        document,
        [("upperRoman", "%1.", ""), ("decimal", "%2.", ""), ("lowerLetter", "%3)", ""),
         ("bullet", "-", ""), ("bullet", "\uf0b7", "")],
    )  # fmt: skip
    for text, level in (
        ("Mục đích", 0), ("Nâng cao", 1), ("Giới thiệu", 1), ("Báo chí", 2), ("Phim", 2),
        ("Phóng sự", 3), ("Ảnh", 4), ("Nhiệm vụ", 0), ("Hội nghị", 1), ("Tập huấn", 2),
    ):  # fmt: skip
        listed(document, text, level)
    assert read(document).text.split("\n") == [
        "I. Mục đích", "1. Nâng cao", "2. Giới thiệu", "a) Báo chí", "b) Phim", "- Phóng sự",
        "• Ảnh", "II. Nhiệm vụ", "1. Hội nghị", "a) Tập huấn",
    ]  # fmt: skip


def test_numbers_of_several_levels_and_their_rules() -> None:
    document = Document()
    number(
        document,
        [("upperRoman", "%1.", ""), ("decimal", "%1.%2", "<w:isLgl/>"),
         ("decimal", "%1.%2.%3", '<w:isLgl/><w:lvlRestart w:val="0"/>')],
        overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
    )  # fmt: skip
    for text, level in (("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 0), ("g", 1)):
        listed(document, text, level)
    listed(document, "h", 0, 79)
    listed(document, "i", 0, 79)
    listed(document, "không số", 0, 0)
    assert read(document).text.split("\n") == [
        "I. a", "1.1 b", "1.1.1 c", "1.2 d", "1.2.2 e", "II. f", "2.1 g", "V. h", "VI. i",
        "không số",
    ]  # fmt: skip


def test_numbers_that_come_with_a_style() -> None:
    document = Document()
    for text, style in (("một", "List Number"), ("chấm", "List Bullet"), ("hai", "List Number")):
        document.add_paragraph(text, style=style)
    assert read(document).text == "1. một\n• chấm\n2. hai"


@pytest.mark.parametrize(
    ("count", "kind", "printed"),
    [(4, "lowerRoman", "iv"), (1994, "upperRoman", "MCMXCIV"), (27, "lowerLetter", "aa"),
     (2, "upperLetter", "B"), (7, "decimalZero", "07"), (0, "upperRoman", "0"), (3, "none", ""),
     (9, "chicago", "9")],
)  # fmt: skip
def test_formats_of_numbers(count: int, kind: str, printed: str) -> None:
    assert format_number(count, kind) == printed


def test_tracked_changes_are_accepted() -> None:
    document = Document()
    add_xml(
        document,
        "<w:r><w:t>năm </w:t></w:r><w:del><w:r><w:delText>2024</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>2025</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>cũ</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>",
    )
    add_xml(document, "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>một </w:t></w:r>")
    add_xml(document, "<w:r><w:t>đoạn</w:t></w:r>")
    assert read(document).text == "năm 2025\nmột đoạn"


def test_tabs_breaks_fields_links_and_text_boxes() -> None:
    document = Document()
    add_xml(
        document,
        "<w:r><w:t>Số:</w:t><w:tab/><w:t>1</w:t><w:br/><w:t>dòng</w:t><w:noBreakHyphen/></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>",
    )
    box = "<w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        document,
        "<w:r><w:t>ngoài</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert read(document).text == "Số:\t1\ndòng-liên kết\nngoài\ntrong khung"


def test_headers_footers_and_page_numbers() -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "DỰ THẢO"
    section.footer.paragraphs[0].text = "Trang 2"
    document.add_paragraph("Nội dung")
    assert read(document).text == "DỰ THẢO\nNội dung"


def test_merged_cells_keep_the_columns() -> None:
    document = Document()
    table = add_table(document, BUDGET)
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    found = read(document)
    rows = cells(found.text, found.tables[0])
    assert {len(row) for row in rows} == {4}
    assert rows[0] == ("TT", "Nhiệm vụ Cơ quan chủ trì", "", "Kinh phí (triệu đồng)")
    assert rows[1][0] == "1 2" and rows[2][0] == ""


def test_cell_of_many_paragraphs_is_one_line() -> None:
    document = Document()
    add_table(document, [("Sở A;\nSở B", "x\u00a0 y"), ("1", "2")])
    found = read(document)
    assert found.text == "Sở A; Sở B\tx y\n1\t2"


def test_head_and_foot_are_read_column_by_column() -> None:
    document = Document()
    add_table(document, HEAD)
    document.add_paragraph("KẾ HOẠCH")
    add_table(document, [FOOT])
    found = read(document)
    assert found.tables == ()
    lines = found.text.split("\n")
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH YÊN BÁI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert lines[4:7] == ["Số: 12/KH-UBND", "Yên Bái, ngày 05 tháng 02 năm 2025", "KẾ HOẠCH"]
    assert lines[-2:] == ["CHỦ TỊCH", "Nguyễn Văn A"]


def test_old_fonts_are_converted() -> None:
    document = Document()
    for text, font in (
        ("tØnh Yªn B¸i", ".VnTime"), ("kÕ ho¹ch", ".VnTimeH"), ("Keá hoaïch", "VNI-Times"),
        ("tỉnh", ".VnTime"), ("Genève", "Times New Roman"),
    ):  # fmt: skip
        document.add_paragraph().add_run(text).font.name = font
    add_xml(
        document,
        '<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>t</w:t>'
        "<w:softHyphen/><w:t>íng</w:t></w:r>",
    )
    # A VNI mark in a run of its own.
    font = '<w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr>'
    add_xml(document, f"<w:r>{font}<w:t>Ba</w:t></w:r><w:r>{font}<w:t>ùi</w:t></w:r>")
    found = read(document)
    assert found.text.split("\n") == [
        "tỉnh Yên Bái", "KẾ HOẠCH", "Kế hoạch", "tỉnh", "Genève", "tướng", "Bái",
    ]  # fmt: skip
    assert set(found.notes) == {"legacy_encoding:TCVN3", "legacy_encoding:VNI"}


def test_old_letters_under_another_font_are_told_by_their_words() -> None:
    document = Document()
    document.add_paragraph("KÕ ho¹ch th«ng tin ®èi ngo¹i tØnh Yªn B¸i")
    add_table(document, [("nhiÖm vô", "®Þa bµn"), ("1", "2")])
    found = read(document)
    assert found.text == "Kế hoạch thông tin đối ngoại tỉnh Yên Bái\nnhiệm vụ\tđịa bàn\n1\t2"
    assert cells(found.text, found.tables[0]) == [("nhiệm vụ", "địa bàn"), ("1", "2")]
    assert found.notes == ("legacy_encoding:TCVN3",)

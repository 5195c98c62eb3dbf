"""The `document` object of documents in many official layouts; expected values by hand."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.header import parse_header
from etl.extract.text import DocumentText
from etl.reference import PROJECT_DATA, load_register

REGISTER = load_register(PROJECT_DATA)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
FIELDS = (
    "kind", "number", "issued_date", "issuing_body", "issuer_level", "province_code_gso", "title",
    "plan_year", "signer",
)  # fmt: skip

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
TAIL = "\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{block}\n\n\n{name}\n"


def header(text: str) -> dict[str, Any]:
    return parse_header(DocumentText(text), REGISTER)


def signed(block: str, name: str) -> str:
    return TAIL.format(block=block, name=name)


TWO_COLUMNS = (
    "ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "TỈNH LẠNG SƠN                      Độc lập - Tự do - Hạnh phúc\n"
    "-------                            ---------------\n"
    "Số: 27/KH-UBND                 Lạng Sơn, ngày 09 tháng 02 năm 2024\n\n"
    "KẾ HOẠCH\nCông tác thông tin đối ngoại\ntrên địa bàn tỉnh Lạng Sơn năm 2024\n\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương;\n\nI. MỤC ĐÍCH\n"
    + signed("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Dương Xuân Huyên")
)
BLANK_NUMBER = (
    MOTTO + "\nUBND TỈNH NGHỆ AN\n\nSố:      /KH-UBND\n\n"
    "Nghệ An, ngày      tháng      năm 2025\n\nKẾ HOẠCH\n\n"
    "Triển khai công tác thông tin đối ngoại năm 2025\n\nThực hiện Công văn số 12/BTTTT-TTĐN\n"
)
PARTY = (
    "TỈNH ỦY SƠN LA\n*\nSố 88 -KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
    "Sơn La, ngày 02 tháng 11 năm 2023\n\n"
    "KẾ HOẠCH\nthực hiện Kết luận của Bộ Chính trị về công tác thông tin đối ngoại\n-----\n\n"
    "Thực hiện Kết luận số 57-KL/TW, ngày 15/6/2023\n"
    + signed("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ", "Lò Minh Hùng")
)
PARTY_OFFICE = (
    "TỈNH ỦY BẮC GIANG\nBAN TUYÊN GIÁO\n*\nSố 31-HD/BTGTU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    "Bắc Giang, ngày 15 tháng 3 năm 2022\n\nHƯỚNG DẪN\n"
    "Tuyên truyền công tác thông tin đối ngoại năm 2022\n\n"
    "I. MỤC ĐÍCH\n" + signed("TRƯỞNG BAN", "Trần Tuấn Nam")
)
DEPARTMENT = (
    "UBND TỈNH QUẢNG NINH\nSỞ NGOẠI VỤ\n\n" + MOTTO + "\nSố: 15/BC-SNgV\n"
    "Quảng Ninh, ngày 20 tháng 12 năm 2023\n\nBÁO CÁO\n"
    "Kết quả công tác thông tin đối ngoại năm 2023\n\n"
    "Kính gửi: Ủy ban nhân dân tỉnh\n\n1. Kết quả\n" + signed("GIÁM ĐỐC", "Nguyễn Anh Đài")
)
MINISTRY_2025 = (
    "BỘ VĂN HÓA, THỂ THAO        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "VÀ DU LỊCH                     Độc lập - Tự do - Hạnh phúc\n\n"
    "Số: 4521/BVHTTDL-TTCSTTĐN      Hà Nội, ngày 12 tháng 9 năm 2025\n"
    "V/v hướng dẫn xây dựng kế hoạch\ncông tác thông tin đối ngoại năm 2026\n\n"
    "Kính gửi: Ủy ban nhân dân các tỉnh, thành phố\n\nThực hiện Nghị định số 72/2015/NĐ-CP\n"
    + signed("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG", "Phan Tâm")
)
DECREE = (
    "CHÍNH PHỦ\n-------\n" + MOTTO + "Số: 72/2015/NĐ-CP\nHà Nội, ngày 07 tháng 9 năm 2015\n\n"
    "NGHỊ ĐỊNH\nVỀ QUẢN LÝ HOẠT ĐỘNG THÔNG TIN ĐỐI NGOẠI\n\nCăn cứ Luật Tổ chức Chính phủ;\n\n"
    "Điều 1. Phạm vi\n"
    "\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\n(Đã ký)\n\nNguyễn Tấn Dũng\n"
)
PRIME_MINISTER = (
    "THỦ TƯỚNG CHÍNH PHỦ\n\n" + MOTTO + "\nSố: 1191/QĐ-TTg\n\nHà Nội, ngày 05 tháng 8 năm 2020\n\n"
    "QUYẾT ĐỊNH\nPhê duyệt mục tiêu, nhiệm vụ, giải pháp\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\nCăn cứ Luật;\n"
    "\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\nVũ Đức Đam\n"
)
DECISION = (
    MOTTO + "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG\n-------\nSố: 18/2021/QĐ-UBND\n"
    "Hải Phòng, ngày 06 tháng 7 năm 2021\n\nQUYẾT ĐỊNH\n"
    "Về việc ban hành Quy chế quản lý hoạt động thông tin đối ngoại\n"
    "trên địa bàn thành phố Hải Phòng\n-----\n"
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG\n\nCăn cứ Luật;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành\n"
    + signed("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "Nguyễn Văn Tùng")
    + "\nQUY CHẾ\nQuản lý hoạt động thông tin đối ngoại\n(Kèm theo Quyết định số 18/2021/QĐ-UBND)\n"
)
DISTRICT = (
    "ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG KHƯƠNG\n\n" + MOTTO + "\nSố: 45/KH-UBND\n\n"
    "Mường Khương, ngày 10 tháng 3 năm 2023\n\nKẾ HOẠCH\n"
    "Công tác thông tin đối ngoại huyện Mường Khương năm 2023\n\n"
    "Thực hiện Kế hoạch số 88/KH-UBND của UBND tỉnh Lào Cai về công tác thông tin đối ngoại\n\n"
    "I. MỤC ĐÍCH\n" + signed("CHỦ TỊCH", "Giàng Quốc Hưng")
)
ATTACHED = (
    "QUY CHẾ\nQuản lý hoạt động thông tin đối ngoại trên địa bàn tỉnh Phú Yên\n"
    "(Ban hành kèm theo Quyết định số 09/2019/QĐ-UBND ngày 22 tháng 4 năm 2019 của Ủy ban nhân "
    "dân tỉnh Phú Yên)\n\n"
    "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi điều chỉnh\n"
)
NOISY = (
    "BO THÔNG TIN VA TRUYỀN THÔNG\n\n" + MOTTO + "\nS6: 2O17/BTTTT-TTĐN\n\n"
    "Hà Nội, ngày31 tháng 07 nam 2023\n\nV/v phối hợp quảng bá hình ảnh\n\nKính gửi: Các tỉnh\n"
)
MARKDOWN = (
    "**UBND TỈNH ĐIỆN BIÊN**\n\n**SỞ THÔNG TIN VÀ TRUYỀN THÔNG**\n\n**"
    + MOTTO.split("\n")[0]
    + "**\n\n"
    "Số: **12**/KH-STTTT\n\n*Điện Biên, ngày 08 tháng 01 năm 2024*\n\n## **KẾ HOẠCH**\n\n"
    "### **Thông tin đối ngoại giai đoạn 2024 - 2026**\n\nCăn cứ Luật;\n\n**KT. GIÁM ĐỐC**\n"
    "**PHÓ GIÁM ĐỐC**\n\n**Vũ Thị Thanh Minh**\n"
)

CASES: dict[str, tuple[str, tuple[object, ...]]] = {
    "two columns in one line": (TWO_COLUMNS, (
        "plan", "27/KH-UBND", "2024-02-09", "UBND tỉnh Lạng Sơn", "province", "20",
        "Công tác thông tin đối ngoại trên địa bàn tỉnh Lạng Sơn năm 2024", 2024, "Dương Xuân "
        "Huyên")),
    "number and date left blank": (BLANK_NUMBER, (
        "plan", None, None, "UBND tỉnh Nghệ An", "province", "40",
        "Triển khai công tác thông tin đối ngoại năm 2025", 2025, None)),
    "party committee": (PARTY, (
        "plan", "88-KH/TU", "2023-11-02", "Tỉnh ủy Sơn La", "party", "14",
        "thực hiện Kết luận của Bộ Chính trị về công tác thông tin đối ngoại", None, "Lò Minh "
        "Hùng")),
    "office of a party committee": (PARTY_OFFICE, (
        "guideline", "31-HD/BTGTU", "2022-03-15", "Ban Tuyên giáo Tỉnh ủy Bắc Giang", "party", "24",
        "Tuyên truyền công tác thông tin đối ngoại năm 2022", 2022, "Trần Tuấn Nam")),
    "report of a department": (DEPARTMENT, (
        "report", "15/BC-SNgV", "2023-12-20", "Sở Ngoại vụ tỉnh Quảng Ninh", "department", "22",
        "Kết quả công tác thông tin đối ngoại năm 2023", None, "Nguyễn Anh Đài")),
    "ministry since 2025-03": (MINISTRY_2025, (
        "official_letter", "4521/BVHTTDL-TTCSTTĐN", "2025-09-12", "Bộ Văn hóa, Thể thao và Du lịch",
        "ministry", None,
        "V/v hướng dẫn xây dựng kế hoạch công tác thông tin đối ngoại năm 2026", 2026, "Phan Tâm")),
    "decree": (DECREE, (
        "decree", "72/2015/NĐ-CP", "2015-09-07", "Chính phủ", "government", None,
        "VỀ QUẢN LÝ HOẠT ĐỘNG THÔNG TIN ĐỐI NGOẠI", None, "Nguyễn Tấn Dũng")),
    "decision of the prime minister": (PRIME_MINISTER, (
        "decision", "1191/QĐ-TTg", "2020-08-05", "Thủ tướng Chính phủ", "government", None,
        "Phê duyệt mục tiêu, nhiệm vụ, giải pháp", None, "Vũ Đức Đam")),
    "decision with a regulation": (DECISION, (
        "decision", "18/2021/QĐ-UBND", "2021-07-06", "UBND thành phố Hải Phòng", "province", "31",
        "Về việc ban hành Quy chế quản lý hoạt động thông tin đối ngoại trên địa bàn thành phố "
        "Hải Phòng",
        None, "Nguyễn Văn Tùng")),
    "district": (DISTRICT, (
        "plan", "45/KH-UBND", "2023-03-10", "UBND huyện Mường Khương", "district", "10",
        "Công tác thông tin đối ngoại huyện Mường Khương năm 2023", 2023, "Giàng Quốc Hưng")),
    "regulation without its decision": (ATTACHED, (
        "decision", "09/2019/QĐ-UBND", "2019-04-22", "UBND tỉnh Phú Yên", "province", "54",
        "Quản lý hoạt động thông tin đối ngoại trên địa bàn tỉnh Phú Yên", None, None)),
    "slips of OCR": (NOISY, (
        "official_letter", "2017/BTTTT-TTĐN", "2023-07-31", "Bộ Thông tin và Truyền thông",
        "ministry", None, "V/v phối hợp quảng bá hình ảnh", None, None)),
    "marked up": (MARKDOWN, (
        "department_plan", "12/KH-STTTT", "2024-01-08", "Sở Thông tin và Truyền thông tỉnh Điện "
        "Biên",
        "department", "11", "Thông tin đối ngoại giai đoạn 2024 - 2026", None, "Vũ Thị Thanh "
        "Minh")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_header_of_an_official_layout(name: str) -> None:
    text, expected = CASES[name]
    found = header(text)
    assert {f: found[f] for f in FIELDS} == dict(zip(FIELDS, expected))
    evidence = found["evidence"]
    assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != ""
    assert all(0 <= a < b <= len(text) for a, b in found["places"].values())


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("noise", ["crowded", "blank lines", "page number", "no marks in the head"])
def test_noise_does_not_change_what_identifies(name: str, noise: str) -> None:
    text, expected = CASES[name]
    changed = {
        "crowded": lambda t: t.replace("\n\n", "\n"),
        "blank lines": lambda t: "\n\n\n" + t.replace("\n\n", "\n \n\n"),
        "page number": lambda t: t + "\n2\n",
        "no marks in the head": lambda t: t.replace("Số:", "So:").replace(
            "năm 2023\n", "nam 2023\n"
        ),
    }[noise](text)
    found = header(changed)
    same = ("kind", "number", "issued_date", "issuing_body", "province_code_gso")
    assert {f: found[f] for f in same} == {f: v for f, v in zip(FIELDS, expected) if f in same}


@pytest.mark.parametrize(
    ("printed", "day", "warned"),
    [
        ("ngày 31 tháng 02 năm 2024", None, True),
        ("ngày 05 tháng 9 năm 1017", None, True),
        ("ngày ... tháng ... năm 2024", None, False),
        ("ngày      tháng 8 năm 2024", None, False),
        ("ngày 05/8/2024", "2024-08-05", False),
        ("ngày O5 tháng 8 năm 2O24", "2024-08-05", False),
        ("ngày 05\ntháng 8 năm 2024", "2024-08-05", False),
    ],
)
def test_date_of_issue(printed: str, day: str | None, warned: bool) -> None:
    text = TWO_COLUMNS.replace("ngày 09 tháng 02 năm 2024", printed)
    found = header(text)
    assert found["issued_date"] == day
    assert [w["code"] for w in found["warnings"]] == (["impossible_issue_date"] if warned else [])
    assert found["province_code_gso"] == "20" and found["plan_year"] == 2024


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Số: 60 /KH-UBND", "60/KH-UBND"),
        ("Số 60/KH- UBND", "60/KH-UBND"),
        ("Sô: 6O/KH–UBND", "60/KH-UBND"),
        ("Só: 60/KH-UBND", "60/KH-UBND"),
        ("60/KH-UBND", "60/KH-UBND"),
        ("Số: 60a/KH-UBND", "60a/KH-UBND"),
        ("Số:......../KH-UBND", None),
        ("Số:   /2024/KH-UBND", None),
    ],
)
def test_number_line(line: str, number: str | None) -> None:
    assert header(TWO_COLUMNS.replace("Số: 27/KH-UBND", line))["number"] == number


def test_head_without_letterhead() -> None:
    found = header(
        "KẾ HOẠCH\n\nThông tin đối ngoại trên địa bàn thành phố Cần Thơ năm 2022\n\n"
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015; Ủy ban nhân dân thành phố ban hành "
        "Kế hoạch:\n"
    )
    assert (found["kind"], found["issuing_body"]) == ("plan", "UBND thành phố Cần Thơ")
    assert (found["number"], found["issued_date"], found["signer"]) == (None, None, None)
    assert (found["province_code_gso"], found["plan_year"]) == ("92", 2022)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Công tác thông tin đối ngoại năm 2023", 2023),
        ("Công tác thông tin đối ngoại giai đoạn 2021 - 2025", None),
        ("Truyền thông về quyền con người đến năm 2028", None),
        ("Thông tin đối ngoại từ năm 2021 đến năm 2025", None),
        ("Thông tin đối ngoại năm 2021 - 2025", None),
        ("Thông tin đối ngoại năm 2024 thuộc Chương trình giai đoạn 2021-2025", 2024),
    ],
)
def test_year_of_a_plan(title: str, year: int | None) -> None:
    changed = TWO_COLUMNS.replace(
        "Công tác thông tin đối ngoại\ntrên địa bàn tỉnh Lạng Sơn năm 2024", title
    )
    found = header(changed)
    assert (found["title"], found["plan_year"]) == (title, year)


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("5/TB-UBND", "other"), ("5/TTr-UBND", "other"), ("5/CT-UBND", "directive"),
        ("5/NQ-HĐND", "resolution"), ("5/UBND-VX", "official_letter"), ("5/CTr-UBND", "programme"),
    ],
)  # fmt: skip
def test_kind_by_symbol_where_no_kind_word_is_printed(symbol: str, kind: str) -> None:
    text = f"UBND TỈNH HÀ NAM\n\n{MOTTO}\nSố: {symbol}\nHà Nam, ngày 05 tháng 8 năm 2024\n\n"
    "Về công tác\n"
    assert header(text)["kind"] == kind


@pytest.mark.parametrize(
    ("office", "day", "body", "level", "code"),
    [
        ("UBND THÀNH PHỐ HUẾ", "10 tháng 3 năm 2023", "UBND thành phố Huế", "district", None),
        ("UBND THÀNH PHỐ HUẾ", "10 tháng 3 năm 2025", "UBND thành phố Huế", "province", "46"),
        ("UBND THÀNH PHỐ HUẾ", "10 tháng 8 năm 2025", "UBND thành phố Huế", "province", "46"),
        ("UBND THÀNH PHỐ CAO BẰNG", "10 tháng 3 năm 2023",
         "UBND thành phố Cao Bằng", "district", None),
        ("UBND TỈNH TUYÊN QUANG", "10 tháng 3 năm 2023", "UBND tỉnh Tuyên Quang", "province", "08"),
        ("UBND TỈNH BÀ RỊA – VŨNG TÀU", "10 tháng 3 năm 2023",
         "UBND tỉnh Bà Rịa - Vũng Tàu", "province", "77"),
        ("UBND TỈNH ĐĂK LĂK", "10 tháng 3 năm 2023", "UBND tỉnh Đắk Lắk", "province", "66"),
        ("UBND TỈNH THỪA THIÊN HUẾ", "10 tháng 3 năm 2023",
         "UBND tỉnh Thừa Thiên Huế", "province", "46"),
        ("UBND TP. HỒ CHÍ MINH", "10 tháng 3 năm 2023",
         "UBND thành phố Hồ Chí Minh", "province", "79"),
    ],
)  # fmt: skip
def test_provinces_and_the_cities_below_them(
    office: str, day: str, body: str, level: str, code: str | None
) -> None:
    text = (
        f"{office}\n\n{MOTTO}\nSố: 5/BC-UBND\n....., ngày {day}\n\nBÁO CÁO\nTình hình\n\nNội dung\n"
    )
    found = header(text)
    assert (found["issuing_body"], found["issuer_level"]) == (body, level)
    assert found["province_code_gso"] == code


@pytest.mark.parametrize(
    "block",
    [
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nĐại tá Trương Văn Phòng",
        "GIÁM ĐỐC\n(Đã ký)\nTrương Văn Phòng",
        "**GIÁM ĐỐC**\n\n\n**Trương Văn Phòng**",
        "- Lưu: VT.          GIÁM ĐỐC\n\n                    TRƯƠNG VĂN PHÒNG",
    ],
)
def test_signer(block: str) -> None:
    text = DEPARTMENT.replace("GIÁM ĐỐC\n\n\nNguyễn Anh Đài", block)
    expected = "Trương Văn Phòng"
    assert header(text)["signer"] == expected


def test_a_page_around_the_document_only_fills_in() -> None:
    text = (
        "Công văn 77/BTTTT-TTĐN\n\nV/v báo cáo công tác\n\nKính gửi: Các Sở\n\nNội dung.\n\n"
        "Số hiệu88/BTTTT-TTĐN\nNgày ban hành04/12/2018\n"
        "Cơ quan ban hànhBộ Thông tin và Truyền thông\n"
    )
    found = header(text)
    assert (found["number"], found["issued_date"]) == ("88/BTTTT-TTĐN", "2018-12-04")
    printed = header(
        text.replace(
            "\n\nV/v", "\n\nSố: 99/BTTTT-TTĐN\nHà Nội, ngày 01 tháng 02 năm 2019\n\nV/v", 1
        )
    )
    assert (printed["number"], printed["issued_date"]) == ("99/BTTTT-TTĐN", "2019-02-01")


def plan_of(head: str, number: str) -> dict[str, Any]:
    place = "....., ngày 15 tháng 9 năm 2023\n\nKẾ HOẠCH\nThực hiện Kết luận số 57-KL/TW\n\n"
    return header(f"{head}\n\n{MOTTO}\nSố: {number}\n{place}Căn cứ Luật;\n")


@pytest.mark.parametrize(
    ("head", "number", "kind", "body", "level", "code"),
    [
        ("BỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG\nBỘ CHỈ HUY BĐBP TỈNH KON TUM", "7/KH-BCH",
         "department_plan", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Kon Tum", "department", "62"),
        ("UBND TỈNH LÀO CAI\nCÔNG AN TỈNH", "7/KH-CAT",
         "department_plan", "Công an tỉnh Lào Cai", "department", "10"),
        ("THÀNH ỦY HÀ NỘI\n*", "7-KH/TU", "plan", "Thành ủy Hà Nội", "party", "01"),
        ("TỈNH ỦY HƯNG YÊN\nBAN CHỈ ĐẠO CÔNG TÁC\nTHÔNG TIN ĐỐI NGOẠI", "7-KH/BCĐ", "plan",
         "Ban Chỉ đạo công tác thông tin đối ngoại tỉnh Hưng Yên", "party", "33"),
        ("UBND HUYỆN SA PA\nPHÒNG VĂN HÓA VÀ THÔNG TIN", "7/KH-VHTT", "plan",
         "Phòng Văn hóa và Thông tin huyện Sa Pa", "district", None),
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG\nCỤC THÔNG TIN ĐỐI NGOẠI", "7/KH-TTĐN", "plan",
         "Cục Thông tin đối ngoại", "ministry", None),
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG - BỘ TƯ LỆNH BỘ ĐỘI BIÊN PHÒNG", "7/KH-BTTTT-BTLBĐBP",
         "plan", "Bộ Thông tin và Truyền thông, Bộ Tư lệnh Bộ đội Biên phòng", "ministry", None),
        ("**UBND**<br>**TỈNH LONG AN**", "7/KH-UBND", "plan",
         "UBND tỉnh Long An", "province", "80"),
        ("ỦY BAN NHÂN DÂN\nXÃ NA MÈO", "7/KH-UBND", "plan", "UBND xã Na Mèo", None, None),
    ],
)  # fmt: skip
def test_offices_that_issue(
    head: str, number: str, kind: str, body: str, level: str | None, code: str | None
) -> None:
    found = plan_of(head, number)
    assert (found["kind"], found["number"], found["issuing_body"]) == (kind, number, body)
    assert (found["issuer_level"], found["province_code_gso"]) == (level, code)
    assert found["title"] == "Thực hiện Kết luận số 57-KL/TW"


def test_plan_that_only_its_first_paragraph_calls_one() -> None:
    found = header(
        "Thông tin đối ngoại trên địa bàn tỉnh Bạc Liêu năm 2022\n\n"
        "Thực hiện Công văn số 5/BTTTT-TTĐN, Ủy ban nhân dân tỉnh Bạc Liêu "
        "ban hành Kế hoạch với các nội dung sau:\n\n1. Mục tiêu\n"
    )
    assert (found["kind"], found["issuing_body"]) == ("plan", "UBND tỉnh Bạc Liêu")
    assert found["title"] == "Thông tin đối ngoại trên địa bàn tỉnh Bạc Liêu năm 2022"
    assert (found["plan_year"], found["number"]) == (2022, None)


@pytest.mark.parametrize(
    ("head", "symbol", "year"),
    [("BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "BTTTT-TTĐN", 2020), ("UBND TỈNH HÀ NAM", "UBND-VX", None)],
)
def test_only_a_ministry_guides_a_year(head: str, symbol: str, year: int | None) -> None:
    text = f"{head}\n\n{MOTTO}\nSố: 9/{symbol}\nHà Nội, ngày 16 tháng 10 năm 2019\n"
    letter = "V/v triển khai nhiệm vụ thông tin đối ngoại năm 2020\n\nKính gửi: Các cơ quan\n"
    assert header(text + letter)["plan_year"] == year


def test_nothing_is_invented_from_running_text() -> None:
    found = header(
        "Thực hiện Kế hoạch số 60/KH-UBND ngày 05/8/2023 của UBND tỉnh Cao Bằng, các đơn vị "
        "phối hợp với Sở Ngoại vụ triển khai.\n"
    )
    assert {f: found[f] for f in FIELDS} == dict.fromkeys(FIELDS)
    assert found["evidence"] is None and found["places"] == {}


@given(st.text(alphabet="Số:/-KHUBND 0123ngàythángnăm\n.*VvGIÁMĐỐC,|", max_size=300))
def test_any_text_gives_a_header_whose_places_are_in_it(text: str) -> None:
    found = header(text)
    assert set(found) == {*FIELDS, "evidence", "places", "warnings"}
    assert all(0 <= a < b <= len(text) for a, b in found["places"].values())
    if found["evidence"]:
        assert (
            found["evidence"]["quote"]
            == text[found["evidence"]["start"] : found["evidence"]["end"]]
        )


@pytest.mark.parametrize(
    "unit", ["a", "1.", " ", "\n", "Số: ", "7", "ngày ", "KT. ", "* ", "tỉnh "]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    doc = DocumentText(unit * (1_000_000 // len(unit)))
    began = time.process_time()
    parse_header(doc, REGISTER)
    assert time.process_time() - began < 1.0


REAL = {
    "3089_btttt_ttdn_2023": (
        "official_letter", "3089/BTTTT-TTĐN", "2023-07-31", "Bộ Thông tin và Truyền thông",
        "ministry", None, "V/v hướng dẫn xây dựng Kế hoạch công tác thông tin đối ngoại năm 2024",
        2024, "Nguyễn Thanh Lâm"),
    "4110_btttt_ttdn_2018": (
        "official_letter", "4110/BTTTT-TTĐN", "2018-12-04", "Bộ Thông tin và Truyền thông",
        "ministry", None, "V/v hướng dẫn xây dựng kế hoạch công tác thông tin đối ngoại năm 2019",
        2019, "Hoàng Vĩnh Bảo"),
    "binh_thuan_417_kh_skhcn_2024": (
        "department_plan", "417/KH-SKHCN", "2024-04-04", "Sở Khoa học và Công nghệ tỉnh Bình Thuận",
        "department", "60", "Thực hiện công tác thông tin đối ngoại trên địa bàn tỉnh năm 2024",
        2024, "Nguyễn Quốc Việt"),
    "cao_bang_kh_2023": (
        "plan", None, None, "UBND tỉnh Cao Bằng", "province", "04",
        "Công tác thông tin đối ngoại trên địa bàn tỉnh Cao Bằng năm 2023", 2023, "Lê Hải Hòa"),
}  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_documents(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.is_file() and os.environ.get("CI") != "true":
        pytest.skip(f"{path} is missing")
    found = header(path.read_text(encoding="utf-8"))
    assert {f: found[f] for f in FIELDS} == dict(zip(FIELDS, REAL[name]))

"""Slips in citations become warnings with their passage; none is corrected."""

from __future__ import annotations

from typing import Any

import pytest

from etl.extract.citation_checks import check_citations
from etl.extract.citations import find_citations
from etl.extract.text import DocumentText

PLAN: dict[str, Any] = {
    "kind": "plan", "number": "88/KH-UBND", "issued_date": "2024-02-02",
    "issuing_body": "UBND tỉnh Lạng Sơn", "issuer_level": "province", "province_code_gso": "20",
    "title": None, "plan_year": 2024, "signer": None,
}  # fmt: skip


def known(number: str, day: str, kind: str, body: str, **more: Any) -> dict[str, Any]:
    return {
        "number": number, "issued_date": day, "issuing_body": body, "kind": kind,
        "is_expired": False, "expired_from": None, **more,
    }  # fmt: skip


KNOWN = [
    known("57-KL/TW", "2023-06-15", "conclusion", "Bộ Chính trị"),
    known("72/2015/NĐ-CP", "2015-09-07", "decree", "Chính phủ"),
    known("5115/CTr-BTTTT-BTLBĐBP", "2021-12-09", "programme", "Bộ Thông tin và Truyền thông"),
    known("60/2017/QĐ-UBND", "2017-11-10", "decision", "UBND tỉnh Lạng Sơn"),
    known("44/KH-UBND", "2022-03-04", "plan", "UBND tỉnh Lạng Sơn"),
    known("8/2009/TT-BTTTT", "2009-03-04", "circular", "Bộ Thông tin và Truyền thông",
          is_expired=True, expired_from="2014-01-01"),
]  # fmt: skip


def warnings(text: str, register: Any = (), **header: Any) -> list[dict[str, Any]]:
    doc, head = DocumentText(text), PLAN | header
    return check_citations(doc, head, find_citations(doc, head), register)


def codes(text: str, register: Any = (), **header: Any) -> list[str]:
    return [w["code"] for w in warnings(text, register, **header)]


CLEAN = (
    "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015; Kết luận số 57-KL/TW ngày 15/6/2023; "
    "Quyết định số 60/2017/QĐ-UBND ngày 10/11/2017 của UBND tỉnh; Kết luận số 57-KL/TW."
)


def test_a_clean_document_has_no_warning() -> None:
    assert codes(CLEAN, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # the same number with another date
        ("Kết luận số 9-KL/TW ngày 1/6/2023 và Kết luận số 9-KL/TW ngày 2/6/2023",
         "number_with_two_dates"),
        ("Thông tư số 2/2016/TT-BTTTT ngày 19/10/2016; Thông tư số 2/2016/TT-BTTTT ngày 9/10/2016",
         "number_with_two_dates"),
        ("Kế hoạch số 5/KH-UBND ngày 1/2/2023; Kế hoạch số 5/KH-UBND ngày 2/2/2023",
         "number_with_two_dates"),
        ("Kết luận số 57-KL/TW ngày 16/5/2023", "date_differs_from_register"),
        ("Quyết định số 60/2017/QĐ-UBND ngày 11/10/2017 của UBND tỉnh",
         "date_differs_from_register"),
        ("Kế hoạch số 44/KH-UBND ngày 03/4/2022 của UBND tỉnh", "date_differs_from_register"),
        # one date with two symbols
        ("Nghị định số 9/2015/NĐ-CP ngày 7/9/2015; Nghị định số 9/NĐ-CP ngày 7/9/2015",
         "date_with_two_symbols"),
        ("Kết luận số 64-KL/TW ngày 15/6/2022; Kết luận số 46-KL/TW ngày 15/6/2022",
         "date_with_two_symbols"),
        ("Nghị định số 72/NĐ-CP ngày 07/9/2015", "symbol_differs_from_register"),
        ("Chương trình số 5115/CTr-BTTTT-BTLBDBP ngày 09/12/2021",
         "symbol_differs_from_register"),
        ("Quyết định số 6/QĐ-BTLBĐBP; Quyết định số 6/QĐ-BTLBDBP", "symbol_spelled_two_ways"),
        # dates that cannot be
        ("Hiệp định có hiệu lực từ ngày 05/9/1017", "impossible_year"),
        ("Quyết định số 5/QĐ-TTg ngày 14 tháng 5 năm 2203", "impossible_year"),
        ("Quyết định số 5/QĐ-TTg ngày 14/5/1898", "impossible_year"),
        ("trước ngày 31/02/2023", "impossible_day"),
        ("ngày 12 tháng 13 năm 2023", "impossible_day"),
        ("ngày 31.4.2023", "impossible_day"),
        # a base that no longer holds, a document of the future
        ("Căn cứ Quyết định số 79/2010/QĐ-TTg; UBND tỉnh ban hành", "base_expired"),
        ("Căn cứ Thông tư số 8/2009/TT-BTTTT ngày 04/3/2009", "base_expired"),
        ("Công văn số 9/VPCP-KGVX ngày 03/02/2024", "cited_later_than_document"),
    ],
)  # fmt: skip
def test_slips(text: str, code: str) -> None:
    (warning,) = warnings(text, KNOWN)
    assert warning["code"] == code
    evidence = warning["evidence"]
    assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != ""
    assert warning["message"]


@pytest.mark.parametrize(
    "text",
    [
        # a province's numbers begin anew each year, and each province has its own
        "Kế hoạch số 5/KH-UBND ngày 1/2/2023; Kế hoạch số 5/KH-UBND ngày 5/2/2022",
        "Kế hoạch số 44/KH-UBND ngày 03/4/2023 của UBND tỉnh",
        "Quyết định số 60/2017/QĐ-UBND ngày 11/10/2017 của UBND tỉnh Cao Bằng",
        "Quyết định số 60/2017/QĐ-UBND ngày 11/10/2017",
        "Quyết định số 1288/QĐ-TTg ngày 7/7/2023; Quyết định số 1289/QĐ-TTg ngày 7/7/2023",
        # history and goals
        "thành lập ngày 03/02/1930; Công ước ngày 26/6/1887; đến ngày 01/01/2050",
        "mục 1.13.2019 của bảng; đạt 39/63; Quyết định số 79/2010/QĐ-TTg đã hết hiệu lực",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert codes(text, KNOWN) == []


def test_a_base_that_still_held() -> None:
    text = "Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30/11/2010; Thông tư số 8/2009/TT-BTTTT"
    assert codes(text, KNOWN, issued_date="2013-05-06") == []
    assert codes(text, KNOWN, issued_date=None) == []


def test_nothing_is_corrected() -> None:
    doc = DocumentText("Chương trình số 5115/CTr-BTTTT-BTLBDBP ngày 09/12/1021")
    items = find_citations(doc, PLAN)
    before = [dict(item) for item in items]
    assert len(check_citations(doc, PLAN, items, KNOWN)) == 2
    assert items == before
    assert (items[0]["number"], items[0]["issued_date"]) == ("5115/CTr-BTTTT-BTLBDBP", None)

"""Citations in the ways offices write them; expected values by hand."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.citations import find_citations
from etl.extract.text import DocumentText

SHARED = Path(__file__).resolve().parents[2] / "shared" / "documents"
FIELDS = ("number", "kind", "issued_date", "issuing_body", "relation", "expired")
PLAN: dict[str, Any] = {
    "kind": "plan", "number": "88/KH-UBND", "issued_date": "2024-02-02",
    "issuing_body": "UBND tỉnh Lạng Sơn", "issuer_level": "province", "province_code_gso": "20",
    "title": "Công tác thông tin đối ngoại tỉnh Lạng Sơn năm 2024", "plan_year": 2024,
    "signer": None,
}  # fmt: skip


def cited(text: str, **header: Any) -> list[tuple[Any, ...]]:
    items = find_citations(DocumentText(text), PLAN | header)
    return [tuple(item[name] for name in FIELDS) for item in items]


def relations(text: str, **header: Any) -> dict[str, str]:
    return {c["number"]: c["relation"] for c in find_citations(DocumentText(text), PLAN | header)}


KL57 = ("57-KL/TW", "conclusion", "2023-06-15")
ND72 = ("72/2015/NĐ-CP", "decree", "2015-09-07")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Kết luận số 57-KL/TW ngày 15/6/2023", KL57),
        ("Kết luận số 57- KL/TW, ngày 15/6/2023", KL57),
        ("Kết luận số 57 - KL/TW (ngày 15.6.2023)", KL57),
        ("Kết luận 57–KL/TW\nngày 15 tháng 6 năm 2023", KL57),
        ("KẾT LUẬN SỐ 57-KL/TW NGÀY 15/6/2023", KL57),
        ("Ket luan s 57-KL/TW ngảy 15/6/2023", KL57),
        ("Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ", ND72),
        ("Nghị định số 72/2015/NĐ-CP của Chính phủ ngày 07 tháng 9 năm 2015", ND72),
        ("Nghị định 72/2015/NĐ-CP ngày07/9/2015", ND72),
        ("Nghị định số72/2015/NĐ-CPngày 7-9-2015", ND72),
        ("Nghị định số 72/2015/NĐ-\nCP ngày 07/9/\n2015", ND72),
        ("Nghị định số 72/2015/NÐ-CP ngày 07 tháng 9\nnăm 2015", ND72),
        ("Nghị định sô 72 /2015/ ND-CP ngày 07/9/2015", ("72/2015/ND-CP", *ND72[1:])),
        ("Nghị định số 72/NĐ-CP", ("72/NĐ-CP", "decree", None)),
        ("Công văn số 5740/BTTTT - TTĐN", ("5740/BTTTT-TTĐN", "official_letter", None)),
        ("văn bản số 9/VPCP-KGVX", ("9/VPCP-KGVX", "official_letter", None)),
        ("Kế hoạch số 31-KH/TU", ("31-KH/TU", "plan", None)),
        ("Kế hoạch số 12/KH-SNgV", ("12/KH-SNgV", "department_plan", None)),
        ("Luật Báo chí số 103/2016/QH13", ("103/2016/QH13", "other", None)),
        ("Hướng dẫn số 5-HD/BTGTW", ("5-HD/BTGTW", "guideline", None)),
        ("Chỉ thị số 26/CT-TTg ngày 31/02/2018", ("26/CT-TTg", "directive", None)),
        ("Thông tư liên tịch số 15/2014/TTLT-BTTTT-BNV",
         ("15/2014/TTLT-BTTTT-BNV", "circular", None)),
        ("Chương trình phối hợp số 5115/CTr-BTTTT-\nBTLBĐBP",
         ("5115/CTr-BTTTT-BTLBĐBP", "programme", None)),
        ("Quyết định số 60/qđ-ubnd ngày 5/8/2020", ("60/qđ-ubnd", "decision", "2020-08-05")),
    ],
)  # fmt: skip
def test_ways_of_writing(printed: str, expected: tuple[str, str, str | None]) -> None:
    found = cited(f"Các đơn vị nghiên cứu {printed} để nắm nội dung.")
    assert [item[:3] for item in found] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Hiện có 39/63 tỉnh, trực 24/7, đạt 84%, từ 15/6/2023 đến 20/7/2023, 05/05.",
        "ĐT: 0203.3835678, Fax 04-37675959, số 115 Trần Duy Hưng",
        "- Lưu: VT, TTĐN.\n1/ Sở Ngoại vụ; 2/ UBND huyện; 3/THCS",
        "QCVN 09:2016/BTTTT và TCVN 5712:1993",
        "https://example.org/van-ban/Nghi-dinh-72-2015-ND-CP-296187.aspx",
        "Chương trình phối hợp 613 giữa hai cơ quan; Hiệp ước năm 1985; 100/USD; 12 km/h",
        "Thông tư số 22 và Nghị định 72/2015",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("Kết luận số 57-KL/TW", None),
        ("Kết luận số 57-KL/TW của Bộ Chính trị (khóa XIII)", "Bộ Chính trị"),
        ("Quyết định số 1191/QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Nghị định số 72/2015/NĐ-CP", "Chính phủ"),
        ("Thông tư số 22/2016/TT-BTTTT của Bộ trưởng Bộ TTTT", "Bộ Thông tin và Truyền thông"),
        ("Kế hoạch số 9/KH-UBND của UBND tỉnh", "UBND tỉnh Lạng Sơn"),
        ("Kế hoạch số 9/KH-UBND của Uỷ ban nhân dân tỉnh Cao Bằng", "UBND tỉnh Cao Bằng"),
        ("Kế hoạch số 9/KH-UBND của UBND TP. Hồ Chí Minh", "UBND thành phố Hồ Chí Minh"),
        ("Kế hoạch số 9/KH-UBND của UBND huyện Tràng Định", "UBND huyện Tràng Định"),
        ("Kế hoạch số 9/KH-UBND", None),
        ("Kế hoạch của Tỉnh ủy số 31-KH/TU", "Tỉnh ủy Lạng Sơn"),
        ("Chương trình số 8/CTrPH-STTTT-BCHBĐBP giữa Sở TTTT và Bộ Chỉ huy BĐBP tỉnh",
         "Sở Thông tin và Truyền thông, Bộ Chỉ huy Bộ đội Biên phòng tỉnh Lạng Sơn"),
    ],
)  # fmt: skip
def test_bodies(printed: str, body: str | None) -> None:
    assert [item[3] for item in cited(f"Nội dung nêu tại {printed}.")] == [body]


def test_body_as_printed_where_the_province_is_unknown() -> None:
    found = cited("theo Kế hoạch số 9/KH-UBND của UBND tỉnh", province_code_gso=None)
    assert found[0][3] == "UBND tỉnh"


PREAMBLE = """\
KẾ HOẠCH
Công tác thông tin đối ngoại tỉnh Lạng Sơn năm 2024

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ; Thông tư số 22/2016/TT-BTTTT
ngày 19/10/2016; Công văn số 3089/BTTTT-TTĐN ngày 31/7/2023 của Bộ TTTT hướng dẫn xây dựng Kế
hoạch; thực hiện Kế hoạch số 197-KH/TU ngày 27/10/2023 của Tỉnh ủy, UBND tỉnh ban hành Kế hoạch.

I. NỘI DUNG
1. Triển khai thực hiện Kết luận số 57-KL/TW; theo hướng dẫn tại Công văn số 10/STTTT-TTBCXB.
2. Sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 60/2017/QĐ-UBND.
3. Kinh phí thực hiện theo Thông tư số 40/2017/TT-BTC; kết quả thực hiện Chỉ thị số 26/CT-TTg.
4. Rà soát quy chế ban hành căn cứ theo Quyết định số 79/2010/QĐ-TTg đã hết hiệu lực.
"""


def test_relations_of_a_plan() -> None:
    assert relations(PREAMBLE) == {
        "72/2015/NĐ-CP": "basis",
        "22/2016/TT-BTTTT": "basis",
        "3089/BTTTT-TTĐN": "guided_by",
        "197-KH/TU": "carries_out",
        "57-KL/TW": "carries_out",
        "10/STTTT-TTBCXB": "guided_by",
        "60/2017/QĐ-UBND": "amends",
        "40/2017/TT-BTC": "mentions",
        "26/CT-TTg": "mentions",
        "79/2010/QĐ-TTg": "mentions",
    }


DECISION = """\
QUYẾT ĐỊNH
Ban hành Quy chế

Căn cứ Nghị định số 154/2020/NĐ-CP ngày 31/12/2020 sửa đổi Nghị định số 34/2016/NĐ-CP;
Căn cứ Thông tư số 22/2016/TT-BTTTT (được sửa đổi bởi Thông tư số 9/2021/TT-BTTTT);
Theo đề nghị của Giám đốc Sở tại Tờ trình số 25/TTr-STTTT.

QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Quyết định này thay thế Quyết định số 14/2013/QĐ-UBND ngày 1/3/2013; bãi bỏ Quyết định số
15/2013/QĐ-UBND và Quyết định số 16/2013/QĐ-UBND. Quyết định số 17/2013/QĐ-UBND hết hiệu lực kể từ
ngày Quyết định này có hiệu lực.
"""


def test_relations_of_a_decision() -> None:
    assert relations(DECISION, kind="decision", number="5/2024/QĐ-UBND") == {
        "154/2020/NĐ-CP": "basis",
        "34/2016/NĐ-CP": "mentions",
        "22/2016/TT-BTTTT": "basis",
        "9/2021/TT-BTTTT": "mentions",
        "25/TTr-STTTT": "mentions",
        "14/2013/QĐ-UBND": "replaces",
        "15/2013/QĐ-UBND": "replaces",
        "16/2013/QĐ-UBND": "replaces",
        "17/2013/QĐ-UBND": "replaces",
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Kế hoạch số 1/KH-UBND; xây dựng", "basis"),
        ("Cn cứ Kế hoạch số 1/KH-UBND; xây dựng", "basis"),
        ("Thực hiện Kế hoạch số 1/KH-UBND ngày 1/2/2024", "carries_out"),
        ("Thưc hin Kế hoạch số 1/KH-UBND", "carries_out"),
        ("Thực hiện Đề án truyền thông (Kế hoạch số 1/KH-UBND)", "carries_out"),
        ("chưa triển khai thực hiện Kế hoạch số 1/KH-UBND", "mentions"),
        ("sơ kết 5 năm thực hiện Kế hoạch số 1/KH-UBND", "mentions"),
        ("chưa thay thế Quyết định số 1/KH-UBND", "mentions"),
        ("đã được thay thế bằng Kế hoạch số 1/KH-UBND", "mentions"),
        ("xây dựng, sửa đổi Quy chế theo Kế hoạch số 1/KH-UBND", "mentions"),
        ("thay thế Kế hoạch số 1/KH-UBND", "replaces"),
    ],
)
def test_relation_words(text: str, relation: str) -> None:
    assert relations(text) == {"1/KH-UBND": relation}


def test_one_item_with_the_strongest_relation_and_its_first_passage() -> None:
    text = (
        "Nêu tại Kết luận số 57-KL/TW.\n\nI. A\n1. Triển khai Kết luận số 57-KL/TW ngày 15/6/2023 "
        "của Bộ Chính trị.\n2. Thực hiện Kết luận số 57-KL/TW ngày 15/6/2023."
    )
    (item,) = find_citations(DocumentText(text), PLAN)
    assert (item["relation"], item["issued_date"]) == ("carries_out", "2023-06-15")
    assert item["issuing_body"] == "Bộ Chính trị"
    assert item["evidence"]["quote"].startswith("Triển khai Kết luận số 57-KL/TW ngày 15/6/2023")


def test_another_date_is_another_item() -> None:
    text = "Quyết định số 5/QĐ-TTg ngày 1/2/2020; Quyết định số 5/QĐ-TTg ngày 3/4/2021."
    assert [item[2] for item in cited(text)] == ["2020-02-01", "2021-04-03"]


def test_two_documents_with_one_date() -> None:
    text = "Nội dung các Quyết định số 252/QĐ-TTg, số 30/QĐ-TTg ngày 14/5/2018 của Thủ tướng."
    assert [item[:4] for item in cited(text)] == [
        ("252/QĐ-TTg", "decision", "2018-05-14", "Thủ tướng Chính phủ"),
        ("30/QĐ-TTg", "decision", "2018-05-14", "Thủ tướng Chính phủ"),
    ]
    own_words = "Nội dung Quyết định số 252/QĐ-TTg và Quyết định số 30/QĐ-TTg ngày 14/5/2018."
    assert [item[2] for item in cited(own_words)] == [None, "2018-05-14"]


def test_a_short_reference_to_the_only_full_one() -> None:
    text = "Theo Thông tư số 22/2016/TT-BTTTT.\n\nI. A\n1. Triển khai Thông tư số 22 tại địa bàn."
    assert relations(text) == {"22/2016/TT-BTTTT": "carries_out"}
    two = text + " Thông tư số 22/2019/TT-BTC."
    assert relations(two)["22/2016/TT-BTTTT"] == "mentions"


def test_the_own_number_is_no_citation() -> None:
    text = "Số: 88 /KH-UBND\nLạng Sơn\n(Kèm theo Kế hoạch số 88/KH-UBND ngày 02/02/2024)\n"
    assert cited(text) == []
    assert cited("Số: 99/KH-UBND\nKẾ HOẠCH", number=None) == []
    broken = "Công văn\nsố 2905/BTTTT-TTĐN, ngày 04 tháng 8\nnăm 2020"
    assert [item[:1] for item in cited(broken, number=None)] == [("2905/BTTTT-TTĐN",)]
    assert len(cited("Kế hoạch số 88/KH-UBND ngày 05/01/2022")) == 1  # last year's


@pytest.mark.parametrize(
    ("text", "issued", "expired"),
    [
        ("Quyết định số 5/2010/QĐ-UBND (đã hết hiệu lực)", "2024-01-01", True),
        ("Quyết định số 5/2010/QĐ-UBND. Văn bản khác đã hết hiệu lực", "2024-01-01", False),
        ("Quyết định số 79/2010/QĐ-TTg", "2016-01-01", True),
        ("Quyết định số 79/2010/QĐ-TTg", "2013-01-01", False),
        ("Quyết định số 79/2010/QĐ-TTg", None, False),
    ],
)
def test_expired(text: str, issued: str | None, expired: bool) -> None:
    assert [item[5] for item in cited(text, issued_date=issued)] == [expired]


PIECES = st.sampled_from(
    ["Căn cứ ", "Thực hiện ", "Kế hoạch số ", "số ", "5/KH-UBND ", "57- KL/TW", " ngày ",
     "15/6/2023", "của UBND tỉnh ", "(", ")", "; ", ". ", "\n", "\n\n1. ", "thay thế ", "và ",
     "đã hết hiệu lực", "72/2015/NĐ-\nCP", "39/63", "Bộ TTTT ", "ạ", "-", "/", "9"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_quotes_are_slices_and_no_number_is_invented(text: str) -> None:
    doc = DocumentText(text)
    items = find_citations(doc, PLAN)
    keys = [(item["number"].casefold(), item["issued_date"]) for item in items]
    assert len(keys) == len(set(keys))
    bare = "".join(text.split())
    for item in items:
        evidence = item["evidence"]
        assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != ""
        assert len(evidence["quote"]) <= 400
        assert item["number"] in bare


@pytest.mark.parametrize("noise", ["\u00a0", "\n", "  ", "\t"])
def test_noise_between_words_changes_nothing(noise: str) -> None:
    noisy = PREAMBLE.replace(" ngày ", f"{noise}ngày ").replace("số ", f"số{noise}")
    assert relations(noisy) == relations(PREAMBLE)
    assert [item[:3] for item in cited(noisy)] == [item[:3] for item in cited(PREAMBLE)]


def test_lost_marks_change_nothing_but_the_spelling() -> None:
    bare = PREAMBLE.replace("ế", "e").replace("ị", "i").replace("ự", "u").replace("Đ", "D")
    assert list(relations(bare).values()) == list(relations(PREAMBLE).values())


@pytest.mark.parametrize(
    "unit",
    ["a", "1.", "1", " ", "\n", "57-KL/TW ", "1/a", "số ", "căn cứ ", "(", "1/KH-UBND ", "A-",
     "1/1/", "\n- a", "thay thế "],
)  # fmt: skip
def test_hostile_texts_take_no_time(unit: str) -> None:
    doc = DocumentText((unit * 1_000_000)[:1_000_000] + "x")
    _ = doc.folded
    doc.__dict__["sections"] = ()  # numbering is another module's
    began = time.perf_counter()
    find_citations(doc, PLAN)
    assert time.perf_counter() - began < 5


def shared_text(name: str) -> str:
    path = SHARED / name
    if not path.is_file():
        assert os.environ.get("CI") != "true", f"{path} is missing"
        pytest.skip(f"{path} is not on this machine")
    return path.read_text(encoding="utf-8")


def test_the_real_letter_of_2023() -> None:
    header = {"kind": "official_letter", "number": "3089/BTTTT-TTĐN", "issued_date": "2023-07-31"}
    items = find_citations(DocumentText(shared_text("3089_btttt_ttdn_2023.txt")), header)
    found = {c["number"]: (c["issued_date"], c["relation"], c["expired"]) for c in items}
    assert len(found) == 14
    assert found["57-KL/TW"] == ("2023-06-15", "carries_out", False)
    assert found["79/2010/QĐ-TTg"] == ("2010-11-30", "mentions", True)
    assert found["5115/CTr-BTTTT-BTLBDBP"] == ("2021-12-09", "carries_out", False)


def test_the_real_plan_of_2023() -> None:
    header = {"kind": "plan", "number": None, "issued_date": None, "province_code_gso": "04"}
    text = shared_text("cao_bang_kh_2023.txt")
    items = find_citations(DocumentText(text), header | {"plan_year": 2023})
    assert [(c["number"], c["relation"], c["issuing_body"]) for c in items] == [
        ("72/2015/NĐ-CP", "basis", "Chính phủ"),
        ("22/2016/TT-BTTTT", "basis", "Bộ Thông tin và Truyền thông"),
        ("5740/BTTTT-TTĐN", "guided_by", "Bộ Thông tin và Truyền thông"),
        ("31/2020/QĐ-UBND", "amends", "UBND tỉnh Cao Bằng"),
    ]

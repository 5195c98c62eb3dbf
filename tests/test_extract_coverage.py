"""Which tasks of the year's guidance letter a plan covers."""

from __future__ import annotations

from etl.extract.coverage import find_coverage, guidance_tasks
from etl.extract.tasks import find_tasks
from etl.extract.text import DocumentText, Item

LETTER_HEADER: Item = {
    "kind": "official_letter", "plan_year": 2027, "number": "900/BTTTT-TTĐN", "title": "hướng dẫn",
}  # fmt: skip
PLAN_HEADER: Item = {"kind": "plan", "plan_year": 2027}

LETTER = """Kính gửi: UBND các tỉnh

Căn cứ Nghị định số 72/2015/NĐ-CP, đề nghị tập trung các nhiệm vụ sau:

1. Triển khai Quyết định số 1079/QĐ-TTg về quyền con người tại địa phương.

2. Tổ chức triển lãm lưu động giới thiệu di sản văn hóa, nghề truyền thống và ẩm thực của các dân \
tộc tại khu vực cửa khẩu quốc tế.

3. Đào tạo phiên dịch viên tiếng Khmer, tiếng Lào cho lực lượng kiểm soát cửa khẩu và hướng dẫn \
viên du lịch vùng biên.

4. Xây dựng kho phim tài liệu về nghề cá, chủ quyền hải đảo và đời sống ngư dân ven biển.

Trân trọng./.
"""
PLAN = """KẾ HOẠCH
Căn cứ Quyết định số 1079/QĐ-TTg; Công văn số 900/BTTTT-TTĐN, tỉnh ban hành kế hoạch:

I. NỘI DUNG
1. Quyền con người
- Tiếp tục thực hiện Quyết định số 1079/QĐ-TTg bằng các chuyên mục trên báo.
2. Triển lãm
- Tổ chức triển lãm lưu động giới thiệu di sản văn hóa, nghề truyền thống và ẩm thực của các dân \
tộc tại cửa khẩu.
3. Nâng cao năng lực
- Mở một lớp tiếng Lào cho lực lượng kiểm soát cửa khẩu.
"""


def citation(doc: DocumentText, number: str) -> Item:
    start = doc.text.index(number)
    return doc.item(start, start + len(number), number=number)


def guidance() -> list[Item]:
    doc = DocumentText(LETTER)
    tasks = find_tasks(doc, LETTER_HEADER)
    cited = [citation(doc, n) for n in ("72/2015/NĐ-CP", "1079/QĐ-TTg")]
    return guidance_tasks(doc, LETTER_HEADER, tasks, cited)


def cover(text: str, header: Item = PLAN_HEADER) -> list[Item]:
    doc = DocumentText(text)
    return find_coverage(doc, header, [], find_tasks(doc, header), guidance())


def test_tasks_of_the_letter_with_the_numbers_they_cite() -> None:
    (letter,) = guidance()
    assert (letter["number"], letter["guides_year"]) == ("900/BTTTT-TTĐN", 2027)
    assert [t["ordinal"] for t in letter["tasks"]] == ["1", "2", "3", "4"]
    assert [t["cited_numbers"] for t in letter["tasks"]] == [["1079/QĐ-TTg"], [], [], []]


def test_topics_go_to_the_task_they_stand_in() -> None:
    doc = DocumentText(LETTER)
    tasks = find_tasks(doc, LETTER_HEADER)
    start = doc.text.index("phim tài liệu")
    topics = [doc.item(start, start + 13, topic="sea", border_route="sea")]
    (letter,) = guidance_tasks(doc, LETTER_HEADER, tasks, [], topics)
    assert [t["topics"] for t in letter["tasks"]] == [[], [], [], ["sea"]]


def test_numbers_first_then_wording() -> None:
    found = cover(PLAN)
    assert [(c["task"], c["class"]) for c in found] == [
        ("1", "covered"),
        ("2", "covered"),
        ("3", "partly"),
        ("4", "not_found"),
    ]
    assert {c["guidance_number"] for c in found} == {"900/BTTTT-TTĐN"}
    assert "bằng các chuyên mục" in found[0]["evidence"]["quote"]
    assert "ẩm thực" in found[1]["evidence"]["quote"]
    assert "tiếng Lào" in found[2]["evidence"]["quote"]
    assert found[3]["evidence"] is None
    for item in found[:3]:
        evidence = item["evidence"]
        assert PLAN[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_the_opening_proves_nothing() -> None:
    text = PLAN.replace("- Tiếp tục thực hiện Quyết định số 1079/QĐ-TTg bằng", "- Viết")
    assert cover(text)[0]["class"] == "not_found"


def test_only_plans_of_the_guided_year() -> None:
    assert cover(PLAN, {"kind": "plan", "plan_year": 2026}) == []
    assert cover(PLAN, {"kind": "plan", "plan_year": None}) == []
    assert cover(PLAN, {"kind": "report", "plan_year": 2027}) == []
    assert guidance_tasks(DocumentText(PLAN), PLAN_HEADER, [], []) == []


def test_a_copy_of_the_letter_covers_all_of_it() -> None:
    copied = "I. NỘI DUNG\n" + LETTER[LETTER.index("1. ") : LETTER.index("Trân")]
    assert {c["class"] for c in cover(copied)} == {"covered"}

"""Topics of documents: expected values worked out from the sentences by hand."""

from __future__ import annotations

import pytest

from etl.extract.text import Cell, DocumentText, Table
from etl.extract.topics import PART_OF, ROUTES, find_topics
from etl.extract.topics_rules import RULES
from etl.reference import PROJECT_DATA, load_records

PLAN = {"kind": "plan", "places": {}}


def topics_of(*tasks: str, title: str = "", header: dict | None = None) -> set[str]:  # type: ignore[type-arg]
    """Topics of a plan with these tasks, without the twelve contents of the sea."""
    items = "\n".join(f"{n}. {task}" for n, task in enumerate(tasks, 1))
    text = (
        f"KẾ HOẠCH\n{title}\n\nCăn cứ Kết luận số 57-KL/TW ngày 15/6/2023; UBND tỉnh ban hành Kế"
        f" hoạch:\n\nI. MỤC ĐÍCH\n- Đẩy mạnh xúc tiến, hội nhập quốc tế.\n\n"
        f"II. NỘI DUNG\n{items}\n\nIII. KINH PHÍ\n- Chi tập huấn.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNơi nhận:\n- Sở Du lịch.\n"
    )
    start = text.find(title) if title else 0
    places = {"title": [start, start + len(title)]} if title else {}
    found = find_topics(DocumentText(text), {**PLAN, **(header or {}), "places": places})
    for item in found:
        proof = item["evidence"]
        assert text[proof["start"] : proof["end"]] == proof["quote"]
    return {item["topic"] for item in found if not item["topic"].startswith("sea_")}


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("Sửa đổi Quy chế quản lý hoạt động thông tin đối ngoại của tỉnh", {"regulation"}),
        ("Ban hành Quy chế quản lý, vận hành cụm thông tin đối ngoại", {"clusters"}),
        ("Quán triệt Kết luận 57-KL/TW tới các chi bộ", {"kl57"}),
        ("Triển khai Quyết định số 1191/QĐ-TTg", {"d1191"}),
        ("Thực hiện Tiểu dự án giảm nghèo về thông tin", {"poverty"}),
        ("Đề xuất Trung ương đầu tư cụm thông tin tại lối mở", {"cluster_proposals"}),
        ("Duy trì cụm thông tin tại lối mở", {"clusters"}),
        ("Truyền thông về nhân quyền trong trường học", {"human_rights"}),
        ("Gửi tin, ảnh cho trang Vietnam.vn", {"vietnam_vn"}),
        ("Sơ kết Chương trình phối hợp với Bộ đội Biên phòng", {"p5115"}),
        ("Vận động ngư dân không khai thác IUU", {"sea"}),
        ("Giao lưu với các huyện giáp Trung Quốc", {"china"}),
        ("Tuyên truyền biên giới Việt Nam – Lào", {"laos"}),
        ("Kết quả phân giới cắm mốc với Campuchia", {"cambodia"}),
        ("Tổng kết Đề án theo Quyết định số 252/QĐ-TTg", {"scheme_laos"}),
        ("Tổng kết Quyết định số 30/QĐ-TTg", {"scheme_cambodia"}),
        ("Tổng hợp dư luận báo chí, phản bác tin sai lệch", {"press"}),
        ("Xây dựng kho dữ liệu hình ảnh của tỉnh", {"images"}),
        ("Mỗi huyện bố trí 01 công chức theo dõi", {"staff"}),
        ("Tập huấn kỹ năng cho phóng viên", {"training"}),
        ("Mở kênh trên mạng xã hội", {"internet"}),
        ("Phổ biến kiến thức hội nhập kinh tế quốc tế", {"integration"}),
        ("Phát thanh bằng tiếng Ê đê", {"languages"}),
        ("Trưng bày tranh của thiếu nhi", {"exhibitions"}),
        ("Xúc tiến đầu tư vào khu kinh tế", {"promotion"}),
        ("Phát động thi đua trong các cơ quan báo chí", {"emulation"}),
    ],
)
def test_each_topic_is_known_by_its_own_words(task: str, expected: set[str]) -> None:
    assert topics_of(task) == expected


@pytest.mark.parametrize(
    "task",
    [
        "Phối hợp với Sở Giáo dục và Đào tạo kiểm tra hồ sơ",
        "Rà soát quy chế phát ngôn của các sở",
        "In cẩm nang song ngữ Việt - Anh",
        "Cử giảng viên dự hội nghị",
        "Kiểm tra an toàn lao động, phòng cháy",
        "Lãnh đạo các huyện đảm bảo tiến độ",
        "Họp với Tỉnh ủy về nhân sự đại hội",
    ],
)
def test_words_that_only_look_alike_are_no_topic(task: str) -> None:
    assert topics_of(task) == set()


def test_opening_aims_money_and_recipients_treat_nothing() -> None:
    assert topics_of("Kiểm tra việc thực hiện") == set()


def test_the_title_tells_what_a_plan_is_for() -> None:
    title = "Thực hiện Chương trình mục tiêu quốc gia Giảm nghèo bền vững năm 2024"
    assert topics_of("Nâng cao năng lực cho cơ sở", title=title) == {"poverty"}


def test_contents_of_the_ethnic_programme_need_the_programme() -> None:
    training = "Bồi dưỡng cho cán bộ khu vực biên giới"
    assert topics_of(training) == {"training"}
    programme = "Chương trình MTQG vùng đồng bào dân tộc thiểu số và miền núi"
    assert topics_of(programme, training) == {"ethnic", "ethnic_training", "training"}


def test_an_annex_behind_the_signature_is_content() -> None:
    text = (
        "KẾ HOẠCH\n\n1. Nhiệm vụ nêu tại Phụ lục.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần A\n\n"
        "PHỤ LỤC\nNhiệm vụ năm 2024\n- Triển lãm ảnh tại Viêng Chăn.\n"
    )
    found = find_topics(DocumentText(text), PLAN)
    assert {item["topic"] for item in found} == {"exhibitions"}


def test_each_topic_once_with_its_route_and_in_order() -> None:
    text = "1. Trưng bày ảnh.\n2. Tuyên truyền biển, đảo.\n3. Triển lãm về biển, đảo.\n"
    found = find_topics(DocumentText(text), PLAN)
    assert [(i["topic"], i["border_route"]) for i in found] == [
        ("exhibitions", None),
        ("sea", "sea"),
    ]


def test_a_letter_of_invitation_has_no_topic_and_other_kinds_are_not_read() -> None:
    doc = DocumentText("Kính mời dự họp về công tác chuẩn bị Tết.")
    assert find_topics(doc, {"kind": "official_letter"}) == []
    assert find_topics(DocumentText("1. Tập huấn."), {"kind": None}) == []


def test_an_annex_alone_is_read_by_its_table() -> None:
    text = "Nhiệm vụ\nTập huấn phóng viên"
    rows = ((Cell(0, 8),), (Cell(9, len(text)),))
    found = find_topics(DocumentText(text, [Table(rows)]), {"kind": None})
    assert [item["topic"] for item in found] == ["training"]


def test_rules_know_the_register_and_no_other_topic() -> None:
    rows = load_records(PROJECT_DATA / "reference" / "topics.csv", "topic", "border_route")
    register = {row["topic"]: row["border_route"] or None for row in rows}
    assert {rule.topic for rule in RULES} == set(register)
    assert {topic: ROUTES.get(topic) for topic in register} == register
    assert set(PART_OF) | set(PART_OF.values()) <= set(register)

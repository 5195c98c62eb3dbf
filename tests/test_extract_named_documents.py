"""Regulations, human-rights plans, annual plans and joint programmes that documents are or name."""

from __future__ import annotations

from typing import Any

import pytest

from etl.extract.citations import find_citations
from etl.extract.named_documents import (
    find_annual_plans,
    find_human_rights_plans,
    find_joint_programmes,
    find_named_documents,
    find_regulations,
)
from etl.extract.text import DocumentText

PLAN: dict[str, Any] = {
    "kind": "plan", "number": "88/KH-UBND", "issued_date": "2024-02-02",
    "issuing_body": "UBND tỉnh Lạng Sơn", "issuer_level": "province", "province_code_gso": "20",
    "title": "Nâng cao chất lượng dịch vụ công", "plan_year": None, "signer": None,
}  # fmt: skip
LETTER = {
    "kind": "official_letter", "number": "1/BTTTT-TTĐN", "issuer_level": "ministry",
    "province_code_gso": None, "title": None,
}  # fmt: skip


def found(text: str, **header: Any) -> dict[str, list[dict[str, Any]]]:
    doc, head = DocumentText(text), PLAN | header
    result = find_named_documents(doc, head, find_citations(doc, head))
    for items in result.values():
        for item in items:
            evidence = item.pop("evidence")
            assert evidence["quote"] == text[evidence["start"] : evidence["end"]] != ""
    return {name: items for name, items in result.items() if items}


TITLE = "Ban hành Quy chế quản lý hoạt động thông tin đối ngoại trên địa bàn tỉnh Lạng Sơn"
REGULATION = """\
QUYẾT ĐỊNH
{title}

{bases}
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Quyết định này có hiệu lực thi hành {effect} và thay thế Quyết định số 14/2013/QĐ-UBND
ngày 01/3/2013 của UBND tỉnh ban hành Quy chế quản lý nhà nước về thông tin đối ngoại.
"""
ND72 = "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ;\n"
TT22 = "Căn cứ Thông tư số 22/2016/TT-BTTTT ngày 19/10/2016;\n"
QD79 = "Căn cứ Quyết định số 79/2010/QĐ-TTg ngày 30/11/2010;\n"


@pytest.mark.parametrize(
    ("title", "bases", "legal_base"),
    [
        (TITLE, ND72 + TT22, "decree72_circular22"),
        (TITLE, ND72, "decree72"),
        (TITLE, QD79, "decision79_2010"),
        (TITLE, QD79 + ND72, "decree72"),
        (TITLE, "", "unknown"),
        ("Quy định về quản lý hoạt động thông tin đối ngoại tỉnh Lạng Sơn", ND72, "decree72"),
        ("Ban hành Quy chế quản lý thống nhất các hoạt động đối ngoại trên địa bàn tỉnh",
         ND72, "foreign_affairs_general"),
    ],
)  # fmt: skip
def test_a_decision_that_issues_a_regulation(title: str, bases: str, legal_base: str) -> None:
    text = REGULATION.format(title=title, bases=bases, effect="kể từ ngày 10 tháng 01 năm 2019")
    header = {"kind": "decision", "number": "60/2018/QĐ-UBND", "issued_date": "2018-12-28"}
    assert found(text, title=title, **header) == {
        "regulations": [
            {
                "province_code_gso": "20", "number": "60/2018/QĐ-UBND",
                "issued_date": "2018-12-28", "effective_date": "2019-01-10",
                "legal_base": legal_base, "replaces": ["14/2013/QĐ-UBND"],
            }
        ]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("effect", "day"),
    [
        ("kể từ ngày 05/01/2019", "2019-01-05"),
        ("từ\nngày 05-01-2019", "2019-01-05"),
        ("kể từ ngày ký", "2018-12-28"),
        ("sau 10 (mười) ngày kể từ ngày ký", "2019-01-07"),
        ("kể từ ngày 31/02/2019", None),
        ("theo quy định", None),
    ],
)
def test_effective_dates(effect: str, day: str | None) -> None:
    text = REGULATION.format(title=TITLE, bases=ND72, effect=effect)
    header = {"kind": "decision", "number": "60/2018/QĐ-UBND", "issued_date": "2018-12-28"}
    (item,) = found(text, title=TITLE, **header)["regulations"]
    assert item["effective_date"] == day


@pytest.mark.parametrize(
    ("text", "number", "day", "base"),
    [
        ("Thực hiện Quyết định số 12/2017/QĐ-UBND ngày 20/4/2017 của UBND tỉnh ban hành Quy chế "
         "quản lý hoạt động TTĐN.", "12/2017/QĐ-UBND", "2017-04-20", "unknown"),
        ("Triển khai Quy chế quản lý hoạt động thông tin đối ngoại trên địa bàn tỉnh (ban hành kèm "
         "theo Quyết định số 12/2017/QĐ-\nUBND).", "12/2017/QĐ-UBND", None, "unknown"),
        ("Quyết định số 863/QĐ-UBND ngày 25/6/2014 ban hành Quy chế quản lý thống nhất hoạt động "
         "đối ngoại.", "863/QĐ-UBND", "2014-06-25", "foreign_affairs_general"),
        ("Quyết định số 5/2014/QĐ-UBND ban hành Quy chế quản lý thông tin đối ngoại căn cứ Quyết "
         "định số 79/2010/QĐ-TTg.", "5/2014/QĐ-UBND", None, "decision79_2010"),
    ],
)  # fmt: skip
def test_a_regulation_that_is_named(text: str, number: str, day: str | None, base: str) -> None:
    assert found(text) == {
        "regulations": [
            {
                "province_code_gso": "20", "number": number, "issued_date": day,
                "effective_date": None, "legal_base": base, "replaces": None,
            }
        ]
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 31/2020/QĐ-UBND ngày 30/11/2020 của UBND tỉnh ban hành quy chế phối hợp "
        "quản lý, vận hành cụm thông tin đối ngoại trên địa bàn tỉnh.",
        "Quyết định số 7/2019/QĐ-UBND ban hành Quy chế phát ngôn và cung cấp thông tin.",
        "Quyết định số 79/2010/QĐ-TTg ban hành Quy chế quản lý nhà nước về thông tin đối ngoại.",
        "Xây dựng Quy chế quản lý hoạt động thông tin đối ngoại theo Nghị định số 72/2015/NĐ-CP.",
        "Quyết định số 1079/QĐ-TTg phê duyệt Đề án truyền thông về quyền con người.",
        "Công văn số 5740/BTTTT-TTĐN về Kế hoạch công tác thông tin đối ngoại năm 2023.",
        "Kế hoạch số 5/KH-UBND về công tác thông tin đối ngoại giai đoạn 2021 - 2025.",
        "Kế hoạch số 5/KH-UBND của UBND huyện Lộc Bình về công tác thông tin đối ngoại năm 2024.",
        "Kế hoạch số 5/KH-SNgV về công tác thông tin đối ngoại năm 2024.",
        "Chương trình phối hợp số 5115/CTr-BTTTT-BTLBĐBP giai đoạn 2021 - 2030.",
        "Kế hoạch số 5/KH-UBND ngày 1/2/2023; công tác thông tin đối ngoại năm 2024.",
        "",
    ],
)
def test_what_is_none_of_them(text: str) -> None:
    assert found(text) == {}


def test_the_area_named_counts_before_the_own_province() -> None:
    text = "Quyết định số 9/2018/QĐ-UBND ban hành Quy chế quản lý hoạt động TTĐN tỉnh Cao Bằng."
    assert found(text)["regulations"][0]["province_code_gso"] == "04"
    bare = "Quyết định số 9/2018/QĐ-UBND ban hành Quy chế quản lý hoạt động TTĐN."
    assert found(bare, **LETTER)["regulations"][0]["province_code_gso"] is None


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("giai đoạn 2023 - 2028", (2023, 2028)),
        ("từ năm 2023 đến năm 2028", (2023, 2028)),
        ("đến năm 2028", (None, 2028)),
        ("năm 2024", (2024, 2024)),
        ("trên địa bàn", (None, None)),
    ],
)
def test_human_rights_plans(period: str, years: tuple[int | None, int | None]) -> None:
    text = (
        "1. Thực hiện Quyết định số 1079/QĐ-TTg; Kế hoạch số 95/KH-UBND ngày 24/3/2023 của UBND "
        f"tỉnh về triển khai Đề án truyền thông về quyền con người {period}; nội dung khác."
    )
    plan = {
        "province_code_gso": "20", "number": "95/KH-UBND", "issued_date": "2023-03-24",
        "period_start": years[0], "period_end": years[1],
    }  # fmt: skip
    assert found(text) == {"human_rights_plans": [plan]}
    title = f"Thực hiện Đề án truyền thông về quyền con người {period}"
    own = plan | {"number": "88/KH-UBND", "issued_date": "2024-02-02"}
    assert found(f"KẾ HOẠCH\n{title}\n", title=title) == {"human_rights_plans": [own]}


def test_plans_in_brackets_behind_the_names_of_provinces() -> None:
    text = (
        "Các tỉnh đã ban hành kế hoạch truyền thông về quyền con người: Cao Bằng (Kế hoạch số "
        "7/KH-UBND ngày 13/01/2023), Sơn La (Kế hoạch số 8/KH-UBND)."
    )
    plans = found(text, **LETTER)["human_rights_plans"]
    assert [(p["province_code_gso"], p["number"]) for p in plans] == [
        ("04", "7/KH-UBND"),
        ("14", "8/KH-UBND"),
    ]


ANNUAL = "công tác thông tin đối ngoại tỉnh Lạng Sơn năm 2024"


def annual(number: str | None, day: str | None) -> dict[str, list[dict[str, Any]]]:
    fields = {"province_code_gso": "20", "number": number, "issued_date": day}
    return {"annual_plans": [fields | {"plan_year": 2024}]}


def test_annual_plans() -> None:
    own = annual("88/KH-UBND", "2024-02-02")
    assert found(f"KẾ HOẠCH\n{ANNUAL}\n", title=ANNUAL, plan_year=2024) == own
    named = f"Thực hiện Kế hoạch số 50/KH-UBND ngày 26/12/2023 của UBND tỉnh về {ANNUAL}, Sở"
    header = {"kind": "department_plan", "number": "3/KH-SNgV", "issuer_level": "department"}
    assert found(named, title=ANNUAL, plan_year=2024, **header) == annual(
        "50/KH-UBND", "2023-12-26"
    )
    issued = f"Quyết định số 50/QĐ-UBND ban hành Kế hoạch {ANNUAL}."
    assert found(issued) == annual("50/QĐ-UBND", None)


def test_an_annual_plan_without_its_head() -> None:
    text = f"Thực hiện nhiệm vụ, UBND tỉnh Lạng Sơn ban hành Kế hoạch {ANNUAL} như sau:"
    header = {"number": None, "issued_date": None, "title": None, "kind": None}
    assert found(text, **header) == annual(None, None)


@pytest.mark.parametrize(
    "change",
    [
        {"issuer_level": "district"},
        {"issuer_level": "department"},
        {"title": "Công tác thông tin đối ngoại giai đoạn 2021 - 2025"},
        {"title": "Thực hiện Kết luận số 57-KL/TW về công tác thông tin đối ngoại"},
        {"title": "Truyền thông về du lịch năm 2024"},
        {"province_code_gso": None},
        {"kind": "report"},
    ],
)
def test_what_is_no_annual_plan_of_the_province(change: dict[str, Any]) -> None:
    header = {"title": ANNUAL, "plan_year": 2024} | change
    assert "annual_plans" not in found("KẾ HOẠCH\n", **header)


JOINT = {"province_code_gso": "20", "period_start": 2022, "period_end": 2030}


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Chương trình phối hợp số 12/CTrPH-STTTT-BCHBĐBP ngày 15/3/2022 giữa Sở TTTT và Bộ Chỉ "
         "huy BĐBP tỉnh giai đoạn 2022 - 2030", "12/CTrPH-STTTT-BCHBĐBP", "2022-03-15"),
        ("Kế hoạch số 55/KH-UBND ngày 10/02/2022 của UBND tỉnh về triển khai thực hiện Chương "
         "trình phối hợp số 5115/CTr-BTTTT-BTLBĐBP giai đoạn 2022 - 2030",
         "55/KH-UBND", "2022-02-10"),
    ],
)  # fmt: skip
def test_joint_programmes_that_are_named(text: str, number: str, day: str) -> None:
    named = JOINT | {"number": number, "issued_date": day}
    assert found(f"Thực hiện {text}.") == {"joint_programmes": [named]}


def test_a_joint_programme_itself() -> None:
    title = "Công tác thông tin đối ngoại khu vực biên giới giai đoạn 2022 - 2030"
    header = {"kind": "programme", "number": "7/CTr-STTTT-BĐBP", "issuer_level": "department"}
    own = JOINT | {"number": "7/CTr-STTTT-BĐBP", "issued_date": "2024-02-02"}
    assert found(f"CHƯƠNG TRÌNH\n{title}\n", title=title, **header) == {"joint_programmes": [own]}
    carried_out = "Thực hiện Chương trình phối hợp giữa Bộ Chỉ huy BĐBP tỉnh và Sở TTTT năm 2024"
    assert found(f"KẾ HOẠCH\n{carried_out}\n", title=carried_out, number="4/KH-BCH") == {}


def test_one_item_for_a_document_named_twice() -> None:
    text = (
        "Kế hoạch số 95/KH-UBND về truyền thông về quyền con người.\n"
        "Kế hoạch số 95/KH-UBND ngày 24/3/2023 về truyền thông về quyền con người năm 2024."
    )
    (plan,) = found(text)["human_rights_plans"]
    assert (plan["issued_date"], plan["period_start"]) == ("2023-03-24", 2024)


def test_each_list_alone_is_what_all_together_give() -> None:
    text = f"Kế hoạch số 50/KH-UBND ngày 26/12/2023 của UBND tỉnh về {ANNUAL}."
    doc = DocumentText(text)
    together = find_named_documents(doc, PLAN, ())
    assert together["annual_plans"] == find_annual_plans(doc, PLAN, ()) != []
    assert together["regulations"] == find_regulations(doc, PLAN, ())
    assert together["human_rights_plans"] == find_human_rights_plans(doc, PLAN, ())
    assert together["joint_programmes"] == find_joint_programmes(doc, PLAN, ())

"""Deadlines of reports: day, period and bodies worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from etl.extract.deadlines import find_deadlines
from etl.extract.text import DocumentText


def found(text: str) -> list[dict[str, Any]]:
    """Deadlines of a text, each with a quote that is its slice."""
    items = find_deadlines(DocumentText(text), {})
    for item in items:
        proof = item["evidence"]
        assert text[proof["start"] : proof["end"]] == proof["quote"]
    return items


def told(text: str) -> list[tuple[Any, ...]]:
    """(date, month_day, period, every_year) of each deadline of a text."""
    return [(i["date"], i["month_day"], i["period"], i["every_year"]) for i in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các sở báo cáo trước ngày 15/11/2023.", ("2023-11-15", None, "once", False)),
        ("Báo cáo gửi trước ngày 05 tháng 12 năm 2024.", ("2024-12-05", None, "once", False)),
        ("Báo cáo chậm nhất ngày 18-11-2022.", ("2022-11-18", None, "once", False)),
        ("Báo cáo gửi về Sở trước 17 giờ 00 ngày 08/11/2019.", ("2019-11-08", None, "once", False)),
        ("Báo cáo trước ngày 10/11 hàng năm.", (None, "11-10", "yearly", True)),
        ("Hằng năm, các huyện báo cáo trước ngày 01 tháng 12.", (None, "12-01", "yearly", True)),
        ("Định kỳ trước 30/11 hằng năm báo cáo UBND tỉnh.", (None, "11-30", "yearly", True)),
        ("Báo cáo UBND tỉnh trước ngày 05 tháng 12.", (None, "12-05", "once", False)),
        ("Báo cáo trước **ngày 10/11** hằng năm.", (None, "11-10", "yearly", True)),
        ("Báo cáo quý trước ngày 20 của tháng cuối quý.", (None, None, "quarterly", True)),
        ("Báo cáo vào ngày 15 của tháng cuối quý.", (None, None, "quarterly", True)),
        ("Báo cáo định kỳ hằng tháng trước ngày 25.", (None, None, "monthly", True)),
        ("Báo cáo về Sở trước ngày 05 hằng tháng.", (None, None, "monthly", True)),
    ],
)
def test_one_deadline(text: str, expected: tuple[Any, ...]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thành trước ngày 30/6/2024.",  # a task's own day
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015.",
        "Báo cáo kết quả thực hiện.",
        "Báo cáo trước ngày 31/02/2024.",  # no such day
        "Báo cáo trước ngày 15/13/2024.",
        "Báo cáo số 12/BC-UBND ngày 05/12/2022 của UBND tỉnh.",
    ],
)
def test_what_is_no_deadline_of_a_report(text: str) -> None:
    assert told(text) == []


def test_two_days_of_one_sentence() -> None:
    text = "Báo cáo 6 tháng trước ngày 05/6/2024 và báo cáo năm trước ngày 05/11/2024."
    assert [i["date"] for i in found(text)] == ["2024-06-05", "2024-11-05"]
    text = "Báo cáo định kỳ 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)."
    assert told(text) == [(None, "06-10", "yearly", True), (None, "12-10", "yearly", True)]


def test_the_year_behind_the_second_day_is_that_of_both() -> None:
    text = "Gửi báo cáo trước ngày 15 tháng 6 và trước ngày 15 tháng 11 năm 2026."
    assert [i["date"] for i in found(text)] == ["2026-06-15", "2026-11-15"]


def test_a_deadline_said_twice_is_given_once() -> None:
    text = "Báo cáo trước ngày 15/11/2023.\n\nNhắc lại: báo cáo trước ngày 15/11/2023."
    assert len(found(text)) == 1


def test_who_reports_to_whom() -> None:
    text = "UBND các xã, thị trấn gửi báo cáo về UBND huyện trước ngày 30/10/2023."
    (item,) = found(text)
    assert item["from_body"] == "UBND các xã, thị trấn"
    assert item["to_body"] == "UBND huyện"
    (item,) = found("Báo cáo trước ngày 30/10/2023.")
    assert (item["from_body"], item["to_body"]) == (None, None)


def test_lines_broken_inside_the_phrase() -> None:
    text = "Các đơn vị báo\ncáo kết quả trước\nngày 15 tháng 11\nnăm 2023."
    assert told(text) == [("2023-11-15", None, "once", False)]

"""Document numbers, kinds and dates as Vietnamese offices write them; vintages; evidence order."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.documents import document_kind, normalize_number, parse_date, split_citation
from domain.errors import BadValue, TtdnError
from domain.evidence import DateBasis, Evidence, Nature, Strength, decide_date, stable_id
from domain.vintages import Crosswalk, vintage_at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-07-31", (2023, 7, 31)),
        (" 2023-7-1 ", (2023, 7, 1)),
        ("31/07/2023", (2023, 7, 31)),
        ("31/7/2023", (2023, 7, 31)),
        ("1.2.2024", (2024, 2, 1)),
        ("29-02-2024", (2024, 2, 29)),
    ],
)
def test_dates(text: str, expected: tuple[int, int, int]) -> None:
    assert parse_date(text) == dt.date(*expected)


@pytest.mark.parametrize(
    "text",
    ["31/02/2023", "2023-02-29", "31/04/2023", "00/01/2023", "2023-13-01", "01/02/1017",
     "2203-01-01", "1944-12-31", "31/7/23", "2023", "tháng 7/2023", "", "31 tháng 7 năm 2023",
     "2023-07-31T00:00", "=TODAY()", "٣١/٠٧/٢٠٢٣", "12/31/2023"],
)  # fmt: skip
def test_impossible_dates_are_errors_and_never_corrected(text: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_date(text)
    assert caught.value.expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("57- KL/TW", "57-KL/TW"),
        ("60/KH–UBND", "60/KH-UBND"),
        ("16/2020/Q\u00d0-UBND", "16/2020/QĐ-UBND"),
        ("16/2020/QĐ\u00a0-UBND", "16/2020/QĐ-UBND"),
        ("16/2020/QĐ-UBND", "16/2020/QĐ-UBND"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert normalize_number(text) == expected


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("16/2020/QĐ-UBND", "decision"),
        ("3249/QĐ-UBND", "decision"),
        ("60/KH-UBND", "plan"),
        ("53-KH/BCĐ", "plan"),
        ("417/KH-SKHCN", "plan"),
        ("72/2015/NĐ-CP", "decree"),
        ("22/2016/TT-BTTTT", "circular"),
        ("202/2025/QH15", "law"),
        ("57-KL/TW", "conclusion"),
        ("3089/BTTTT-TTĐN", "official_letter"),
        ("13", "other"),
    ],
)
def test_kinds(number: str, kind: str) -> None:
    assert document_kind(number) == kind


def test_citations() -> None:
    assert split_citation("04/2013/QĐ-UBND (2013-01-21)") == (
        "04/2013/QĐ-UBND",
        dt.date(2013, 1, 21),
    )
    assert split_citation(" 1323/2013/QĐ-UBND ") == ("1323/2013/QĐ-UBND", None)
    with pytest.raises(BadValue):
        split_citation("04/2013/QĐ-UBND (2013-02-30)")


def test_vintage_of_a_day() -> None:
    assert vintage_at(dt.date(2025, 6, 30)).key == 2008
    assert vintage_at(dt.date(2025, 7, 1)).key == 2025
    assert vintage_at(dt.date(2003, 1, 1)).key == 2008
    assert vintage_at(dt.date(2040, 1, 1)).key == 2025


def test_two_successors_are_refused() -> None:
    with pytest.raises(ValueError, match="two successors"):
        Crosswalk.from_pairs([("02", "08"), ("02", "15")])


def test_strengths_from_strongest_to_weakest() -> None:
    order = ["own_document", "person", "named_in_letter", "cited", "news", "implied"]
    ranks = [Strength(name).rank for name in order]
    assert ranks == [5, 4, 3, 2, 1, 0]


def test_date_that_counts() -> None:
    issued, effective, reported = (dt.date(2020, 1, d) for d in (1, 2, 3))
    assert decide_date(issued, effective, reported) == (issued, DateBasis.ISSUED)
    assert decide_date(None, effective, reported) == (effective, DateBasis.EFFECTIVE)
    assert decide_date(None, None, reported) == (reported, DateBasis.REPORTED)
    assert decide_date(None, None, None) is None


def test_order_of_evidence() -> None:
    def piece(day: int, strength: Strength, nature: Nature, identity: str) -> Evidence:
        return Evidence(
            identity, 2008, "01", "regulation", "", nature, "current", dt.date(2020, 1, day),
            DateBasis.ISSUED, strength,
        )  # fmt: skip

    expected = [
        piece(1, Strength.OWN_DOCUMENT, Nature.ACT, "a"),
        piece(2, Strength.IMPLIED, Nature.REPORT, "b"),
        piece(2, Strength.NEWS, Nature.REPORT, "c"),
        piece(2, Strength.NEWS, Nature.ACT, "d"),
        piece(2, Strength.NEWS, Nature.ACT, "e"),
        piece(2, Strength.OWN_DOCUMENT, Nature.REPORT, "f"),
    ]
    mixed = expected[3:] + expected[:3]
    assert sorted(mixed, key=lambda e: e.order) == expected


def test_stable_id_depends_on_its_parts_alone() -> None:
    assert stable_id("E", "a", None, 1) == stable_id("E", "a", "", "1")
    assert stable_id("E", "ab", "c") != stable_id("E", "a", "bc")


def test_errors_say_what_where_expected_got_and_what_to_do() -> None:
    error = TtdnError("it broke", where="x.csv:3", expected="a date", got="'?'", fix="correct it")
    assert str(error) == (
        "it broke; where: x.csv:3; expected: a date; got: '?'; what to do: correct it"
    )

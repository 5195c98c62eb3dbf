"""Reports on results: the rules of docs/decisions/0010-result-reports.md, alone and in a build."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import DateBasis, Evidence, Nature, Strength
from domain.indicators import Interval, class_on
from domain.result_reports import result_report_timeline
from etl.build import build, build_core
from etl.core_rows import CoreRows
from etl.inputs import read_inputs
from etl.report_evidence import report_years, year_deadlines
from tests.conftest import open_current

FIRST, LAST = date(2008, 8, 1), date(2025, 6, 30)
days = st.dates(date(2022, 1, 1), date(2025, 6, 30))


def deadline(set_on: date, due: date, number: int = 0) -> Evidence:
    return Evidence(
        f"L{number}{set_on}{due}", 2008, "04", "result_report", "2023", Nature.REPORT, "not_due",
        set_on, DateBasis.ISSUED, Strength.OWN_DOCUMENT, until=due,
    )  # fmt: skip


def report(received: date, number: int = 0) -> Evidence:
    return Evidence(
        f"R{number}{received}", 2008, "04", "result_report", "2023", Nature.ACT, "on_time",
        received, DateBasis.RECEIVED, Strength.PERSON,
    )  # fmt: skip


deadlines = st.lists(
    st.builds(lambda d, n: deadline(d, d + timedelta(n)), days, st.integers(0, 400)), max_size=3
)
reports = st.lists(st.builds(report, days), max_size=3)


def timeline(*items: Evidence) -> list[Interval]:
    return result_report_timeline(items, FIRST, LAST)


def classes(*items: Evidence) -> list[tuple[str, date]]:
    return [(i.status_class, i.valid_from) for i in timeline(*items)]


def test_a_year_with_a_deadline_and_a_report() -> None:
    letter = deadline(date(2022, 11, 28), date(2023, 11, 15))
    silent = [
        ("none_known", FIRST), ("not_due", date(2022, 11, 28)), ("none_known", date(2023, 11, 16)),
    ]  # fmt: skip
    assert classes(letter) == silent
    on_the_day = report(date(2023, 11, 15))
    assert classes(letter, on_the_day) == [*silent[:2], ("on_time", date(2023, 11, 15))]
    after = report(date(2023, 11, 20))
    assert classes(letter, after) == [*silent, ("late", date(2023, 11, 20))]


def test_a_report_without_a_known_deadline_is_neither_in_time_nor_late() -> None:
    assert classes() == [("none_known", FIRST)]
    came = report(date(2023, 12, 1))
    assert classes(came) == [("none_known", FIRST), ("not_due", date(2023, 12, 1))]
    assert timeline(came)[-1].evidence == (came,)


def test_the_deadline_set_last_decides_and_judges_anew() -> None:
    first = deadline(date(2022, 11, 28), date(2023, 11, 15))
    longer = deadline(date(2023, 11, 25), date(2023, 12, 1))
    came = report(date(2023, 11, 20))
    found = timeline(first, longer, came)
    assert [i.status_class for i in found] == ["none_known", "not_due", "none_known", "late",
                                               "on_time"]  # fmt: skip
    assert found[-1].evidence == (came, longer) and found[-1].overridden == (first,)


def test_what_is_added_later_makes_nobody_late() -> None:
    letter = deadline(date(2022, 11, 28), date(2023, 11, 15))
    found = timeline(letter, report(date(2023, 11, 1)), report(date(2024, 1, 5), 1))
    assert found[-1].status_class == "on_time"
    assert found[-1].evidence[0].date == date(2023, 11, 1)


@given(deadlines, reports, days)
def test_rules_of_every_timeline(due: list[Evidence], came: list[Evidence], day: date) -> None:
    found = result_report_timeline([*due, *came], FIRST, LAST)
    assert found == result_report_timeline([*reversed(came), *reversed(due)], FIRST, LAST)
    assert (found[0].valid_from, found[-1].valid_to) == (FIRST, LAST)
    for before, after in pairwise(found):
        assert before.valid_to == after.valid_from - timedelta(1)
    for interval in found:
        assert bool(interval.evidence) == (interval.status_class != "none_known")
    name = class_on(found, day).status_class
    known = [r.date for r in came if r.date <= day]
    set_before = [d for d in due if d.date <= day]
    assert (name in ("on_time", "late")) == bool(known and set_before)
    if name == "none_known":
        assert not known and all(d.date != day for d in set_before if d.until == day)
    if known and set_before:
        last = max(set_before, key=lambda d: (d.date, d.until)).until
        assert last is not None and name == ("on_time" if min(known) <= last else "late")


# --- deadlines of core rows


def core_of(*rows: dict[str, object], province: str | None = None) -> CoreRows:
    core = CoreRows()
    for number, row in enumerate(rows):
        core.add("document", document_id=f"D{number}", province_code_gso=province,
                 counts_from_date=row.pop("set_on"))  # fmt: skip
        guides = row.pop("guides_year", None)
        core.add("guidance_letter", document_id=f"D{number}", guides_year=guides)
        core.add("report_deadline", **{"report_deadline_id": f"L{number}", "due_date": None,
                 "month_day": None, "period": "once", "is_every_year": False,
                 "document_id": f"D{number}", **row})  # fmt: skip
    return core


def dues(core: CoreRows) -> list[tuple[int, date]]:
    return [(d.report_year, d.due) for d in year_deadlines(core)]


def test_only_a_dated_document_above_the_provinces_sets_a_deadline() -> None:
    once = {"set_on": date(2022, 11, 28), "due_date": date(2023, 11, 15)}
    assert dues(core_of(dict(once))) == [(2023, date(2023, 11, 15))]
    assert dues(core_of(dict(once), province="04")) == []
    assert dues(core_of({**once, "set_on": None})) == []
    assert dues(core_of({**once, "period": "quarterly"})) == []


def test_a_day_in_the_year_after_is_of_the_year_that_the_letter_guides() -> None:
    after = {"set_on": date(2022, 11, 28), "due_date": date(2024, 1, 10)}
    assert dues(core_of({**after, "guides_year": 2023})) == [(2023, date(2024, 1, 10))]
    assert dues(core_of(dict(after))) == [(2024, date(2024, 1, 10))]


def test_a_deadline_of_one_year_goes_before_a_standing_one() -> None:
    standing = {"set_on": date(2021, 3, 1), "month_day": "12-10", "period": "yearly",
                "is_every_year": True}  # fmt: skip
    once = {"set_on": date(2022, 11, 28), "due_date": date(2023, 11, 15), "guides_year": 2023}
    assert dues(core_of(dict(standing), dict(once))) == [
        (2021, date(2021, 12, 10)), (2022, date(2022, 12, 10)), (2023, date(2023, 12, 10)),
        (2023, date(2023, 11, 15)),
    ]  # fmt: skip
    # Set after it, the standing one no longer counts for that year.
    later = dues(core_of({**standing, "set_on": date(2023, 2, 1)}, dict(once)))
    assert [d for d in later if d[0] == 2023] == [(2023, date(2023, 11, 15))]


def test_default_data_have_none(small_data: Path) -> None:
    core = build_core(small_data, read_inputs(small_data))
    assert report_years(core) == []
    assert not [s for s in core["status"] if s["indicator"] == "result_report"]


# --- in a build

REPORTS = """\
gso_code,province,report_year,document_number,issued_on,received_on,source_url,confidence,note
04,Cao Bằng,2023,120/BC-UBND,2023-11-10,2023-11-13,,person,
02,Hà Giang,2024,,,2024-12-20,,person,
08,Tuyên Quang,2024,9/BC-UBND,2025-08-01,2025-08-03,,person,
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    from tests.conftest import write_small_data

    data = write_small_data(tmp_path_factory.mktemp("reports") / "data")
    (data / "facts" / "result_reports.csv").write_text(REPORTS, encoding="utf-8")
    warehouse = data.parent / "warehouse"
    result = build(data, warehouse)
    return warehouse, [str(r) for r in result.rejections]


def test_reports_are_loaded_and_judged(built: tuple[Path, list[str]]) -> None:
    warehouse, rejections = built
    assert rejections == []
    with open_current(warehouse) as con:
        found = con.execute(
            "SELECT vintage, province_code_gso, scope, class, strength, date_basis, valid_from "
            "FROM mart.status "
            "WHERE indicator = 'result_report' AND class <> 'none_known' ORDER BY ALL"
        ).fetchall()
        scopes = con.execute(
            "SELECT DISTINCT scope, count(*) FROM core.status WHERE indicator = 'result_report' "
            "AND valid_to IS NULL GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    assert ("2023", 34) in scopes and ("2024", 34) in scopes and len(scopes) == 2
    own = date(2025, 8, 3)
    unit = date(2025, 7, 1)
    assert found == [
        (2008, "02", "2024", "not_due", "person", "received", date(2024, 12, 20)),
        (2008, "04", "2023", "not_due", "person", "received", date(2023, 11, 13)),
        (2025, "04", "2023", "not_due", "person", "received", unit),
        # Of its two parts one had reported, until the unit itself did.
        (2025, "08", "2024", "mixed", "person", "received", unit),
        (2025, "08", "2024", "not_due", "person", "received", own),
    ]

"""The figures that must come out of the default data (design.md section 4, README of the facts).

Expected numbers are those of the design or are counted here from the CSV files with the csv module
alone; nothing of domain/ or etl/ takes part in the expectation.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from etl.build import BuildResult
from tests.conftest import Query, read_facts

LETTER_DAY = "2023-07-31"
OUTDATED = {
    "Hải Dương": "30",
    "Nghệ An": "40",
    "Đồng Tháp": "87",
    "Long An": "80",
    "Thanh Hóa": "38",
}
GENERAL_ONLY = {
    "Thái Nguyên": "19", "Kiên Giang": "91", "Bà Rịa - Vũng Tàu": "77", "Đà Nẵng": "48",
    "Bến Tre": "83",
}  # fmt: skip
# Named in the README of the facts: only an act on Decision 79/2010 found, yet implied current.
CONTRADICTED = {
    "34": "14/2013/QĐ-UBND", "42": "31/2013/QĐ-UBND", "51": "11/2012/QĐ-UBND",
    "56": "3249/QĐ-UBND", "72": "38/2011/QĐ-UBND", "82": "19/2014/QĐ-UBND",
}  # fmt: skip


def classes_on(
    query: Query, day: str, indicator: str, scope: str = "", vintage: int = 2008
) -> dict[str, str]:
    """Code → class on a day."""
    rows = query(
        "SELECT province_code_gso, class FROM mart.status WHERE vintage = ? AND indicator = ? "
        "AND scope = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)",
        vintage, indicator, scope, day, day,
    )  # fmt: skip
    assert len(rows) == len({code for code, _ in rows}), "two classes on one day"
    return {str(code): str(status) for code, status in rows}


@pytest.mark.parametrize(
    ("day", "current", "outdated", "general_only", "unverified"),
    [
        (LETTER_DAY, 53, 5, 5, 0),
        ("2023-12-31", 55, 4, 4, 0),
        ("2024-12-31", 56, 4, 3, 0),
        ("2025-06-30", 56, 4, 3, 0),
    ],
)
def test_regulation_counts(
    query: Query, day: str, current: int, outdated: int, general_only: int, unverified: int
) -> None:
    counts = Counter(classes_on(query, day, "regulation").values())
    expected = {
        "current": current,
        "outdated": outdated,
        "general_only": general_only,
        "unverified": unverified,
    }
    assert counts == Counter(expected)
    assert sum(counts.values()) == 63


def _latest_regulation_bases(day: str) -> dict[str, str]:
    """Code → legal base of the latest dated foreign-information regulation, from the CSV."""
    latest: dict[str, tuple[str, str]] = {}
    for row in read_facts("regulations"):
        counted = row["issued_on"] or row["effective_on"] or row["reported_on"]
        if row["legal_base"] == "foreign_affairs_general" or not counted or counted > day:
            continue
        code = row["gso_code"]
        latest[code] = max(latest.get(code, ("", "")), (counted, row["legal_base"]))
    return {code: base for code, (_, base) in latest.items()}


def test_regulations_before_the_letter(query: Query) -> None:
    bases = _latest_regulation_bases("2022-12-31")
    expected = {c for c, base in bases.items() if base in ("decree72_circular22", "decree72")}
    found = classes_on(query, "2022-12-31", "regulation")
    assert {c for c, status in found.items() if status == "current"} == expected
    assert len(expected) == 17
    outdated = {c for c, base in bases.items() if base == "decision79_2010"}
    assert {c for c, status in found.items() if status == "outdated"} == outdated
    assert "general_only" not in found.values()


def test_phu_tho_counts_from_its_effective_date(query: Query) -> None:
    assert classes_on(query, "2020-01-14", "regulation")["25"] == "outdated"
    assert classes_on(query, "2020-01-15", "regulation")["25"] == "current"
    rows = query(
        "SELECT DISTINCT date_basis, evidence_date FROM mart.status WHERE vintage = 2008 AND "
        "province_code_gso = '25' AND indicator = 'regulation' AND valid_from = '2020-01-15'"
    )
    assert rows == [("effective", dt.date(2020, 1, 15))]


def test_provinces_that_the_letter_names(query: Query) -> None:
    found = classes_on(query, LETTER_DAY, "regulation")
    assert {c for c, status in found.items() if status == "outdated"} == set(OUTDATED.values())
    assert {c for c, s in found.items() if s == "general_only"} == set(GENERAL_ONLY.values())
    names = dict(query("SELECT province_name, province_code_gso FROM core.province"))
    for name, code in {**OUTDATED, **GENERAL_ONLY}.items():
        assert names[name] == code


def test_general_regulations_leave_a_province_unverified(query: Query) -> None:
    """Seven provinces have only a general one and are not in the letter's list."""
    codes = {"04", "26", "37", "68", "92", "93", "94"}
    before = classes_on(query, "2023-07-30", "regulation")
    assert {before[c] for c in codes} == {"unverified"}
    assert {classes_on(query, LETTER_DAY, "regulation")[c] for c in codes} == {"current"}


def test_exactly_six_regulation_contradictions(query: Query) -> None:
    rows = query(
        "SELECT province_code_gso, contradicted_by_number, stated, contradicted_by, stated_number, "
        "as_of_date FROM mart.contradiction WHERE indicator = 'regulation'"
    )
    assert {code: number for code, number, *_ in rows} == CONTRADICTED
    assert len(rows) == 6
    for *_, stated, against, letter, day in rows:
        assert (stated, against, letter) == ("current", "outdated", "3089/BTTTT-TTĐN")
        assert day == dt.date(2023, 7, 31)


def test_contradicted_provinces_are_marked(query: Query) -> None:
    marked = "SELECT province_code_gso FROM mart.status WHERE indicator = 'regulation' AND " \
        "vintage = ? AND has_contradiction AND ? BETWEEN valid_from AND " \
        "coalesce(valid_to, DATE '2999-12-31')"  # fmt: skip
    assert {c for (c,) in query(marked, 2008, LETTER_DAY)} == set(CONTRADICTED)
    assert query(marked, 2008, "2023-07-30") == []
    units = {
        r["new_gso_code"] for r in read_facts("units_2025") if r["old_gso_code"] in CONTRADICTED
    }
    # Merging does not smooth a contradiction over.
    assert {c for (c,) in query(marked, 2025, "2025-07-01")} == units


def test_human_rights_plans_against_the_announced_total(query: Query) -> None:
    found = classes_on(query, LETTER_DAY, "human_rights_plan")
    adopted = {c for c, status in found.items() if status == "adopted"}
    dated = {
        r["gso_code"]
        for r in read_facts("human_rights_plans")
        if (r["issued_on"] or r["reported_on"] or "9999") <= LETTER_DAY
    }
    assert adopted == dated
    assert len(adopted) == 15
    assert set(found.values()) == {"adopted", "not_named"}
    announced = query(
        "SELECT announced_count, out_of, as_of_date FROM core.announced_total "
        "WHERE indicator = 'human_rights_plan_not_made'"
    )
    assert announced == [(39, 63, dt.date(2023, 7, 31))]
    assert 63 - 39 - len(adopted) == 9


def test_plans_after_the_letter(query: Query) -> None:
    before = classes_on(query, LETTER_DAY, "human_rights_plan")
    assert (before["86"], before["94"], before["49"]) == ("not_named",) * 3
    assert classes_on(query, "2023-08-15", "human_rights_plan")["86"] == "adopted"
    assert classes_on(query, "2024-05-06", "human_rights_plan")["94"] == "adopted"


def test_quang_nam_is_reported_without_number(query: Query) -> None:
    """The undated scheme gives no status; the plan for 2024, reported on 2024-05-31, does."""
    assert classes_on(query, "2024-05-30", "human_rights_plan")["49"] == "not_named"
    assert classes_on(query, "2024-05-31", "human_rights_plan")["49"] == "adopted"
    assert classes_on(query, "2024-12-31", "human_rights_plan")["49"] == "adopted"
    assert classes_on(query, "2025-01-01", "human_rights_plan")["49"] == "expired"
    plans = query(
        "SELECT d.document_number, d.counts_from_date, list_contains(d.flags, 'undated') "
        "FROM core.human_rights_plan p JOIN core.document d USING (document_id) "
        "WHERE p.province_code_gso = '49' ORDER BY d.counts_from_date NULLS FIRST"
    )
    assert plans == [(None, None, True), (None, dt.date(2024, 5, 31), False)]


def test_lang_son_yearly_plan_does_not_end_the_scheme(query: Query) -> None:
    """180/KH-UBND for 2023 carries out the scheme 260/KH-UBND 2023-2028 (decision record 0002)."""
    for day in ("2022-12-27", "2023-09-03", "2023-12-31", "2024-01-01", "2025-06-30"):
        assert classes_on(query, day, "human_rights_plan")["20"] == "adopted", day
    assert classes_on(query, "2022-12-26", "human_rights_plan")["20"] == "not_named"
    deciding = query(
        "SELECT document_number FROM mart.status WHERE vintage = 2008 AND province_code_gso = '20' "
        "AND indicator = 'human_rights_plan' AND DATE '2024-06-01' BETWEEN valid_from AND valid_to"
    )
    assert deciding == [("260/KH-UBND",)]


def test_annual_plans_by_year(query: Query) -> None:
    plans: dict[tuple[str, str], set[str]] = {}
    for row in read_facts("annual_plans"):
        if row["issued_on"] or row["reported_on"]:
            plans.setdefault((row["gso_code"], row["plan_year"]), set()).add(_plan_class(row))
    for year in range(2018, 2026):
        found = classes_on(query, "2025-06-30", "annual_plan", str(year))
        assert len(found) == 63
        for code, status in found.items():
            # Where several plans of a year are known, one of them decides.
            assert status in plans.get((code, str(year)), {"none_known"}), (code, year)


def _plan_class(row: dict[str, str]) -> str:
    if not row["issued_on"]:
        return "known_undated"
    order = (row["issued_on"][:4] > row["plan_year"]) - (row["issued_on"][:4] < row["plan_year"])
    return {-1: "issued_before", 0: "issued_in", 1: "issued_after"}[order]


def test_land_border_and_coast(query: Query) -> None:
    pairs = [
        (str(c), str(r))
        for c, r in query("SELECT province_code_gso, border_route FROM core.province_border_route")
    ]
    assert Counter(route for _, route in pairs) == {
        "china": 7,
        "laos": 10,
        "cambodia": 10,
        "sea": 28,
    }
    land = {code for code, route in pairs if route != "sea"}
    assert len(land) == 25
    assert sum(route != "sea" for _, route in pairs) == 27
    on_two = Counter(code for code, route in pairs if route != "sea")
    assert {code for code, n in on_two.items() if n == 2} == {"11", "62"}  # Điện Biên, Kon Tum
    [(marked_land, marked_sea)] = query(
        "SELECT count(*) FILTER (is_land_border), count(*) FILTER (is_coastal) FROM core.province"
    )
    assert (marked_land, marked_sea) == (25, 28)


def test_route_statuses_cover_everybody(query: Query) -> None:
    expected = {"china": 7, "laos": 10, "cambodia": 10, "sea": 28}
    for route, on_route in expected.items():
        found = Counter(classes_on(query, "2025-06-30", "border_route", route).values())
        assert found["not_applicable"] == 63 - on_route
        assert sum(found.values()) == 63
        assert not set(found) - {"complete", "partial", "no_evidence", "not_applicable"}


def test_units_of_2025(query: Query) -> None:
    assert query("SELECT vintage, count(*) FROM mart.province GROUP BY ALL ORDER BY ALL") == [
        (2008, 63),
        (2025, 34),
    ]
    cities = query("SELECT count(*) FROM mart.province WHERE vintage = 2025 AND unit_kind = 'city'")
    assert cities == [(6,)]
    expected: dict[str, list[str]] = {}
    for row in read_facts("units_2025"):
        expected.setdefault(row["new_gso_code"], []).append(row["old_gso_code"])
    found = query("SELECT province_code_gso, parts FROM mart.province WHERE vintage = 2025")
    assert dict(found) == {code: sorted(parts) for code, parts in expected.items()}


def test_seven_units_do_not_keep_the_code_of_their_name(query: Query) -> None:
    """README: never join on names."""
    rows = query(
        "SELECT count(*) FROM mart.province AS new JOIN mart.province AS old "
        "ON old.province_name = new.province_name AND old.vintage = 2008 AND new.vintage = 2025 "
        "WHERE old.province_code_gso <> new.province_code_gso"
    )
    assert rows == [(7,)]


def test_merged_units_take_the_common_class_or_are_mixed(query: Query) -> None:
    old = classes_on(query, "2025-06-30", "regulation")
    new = classes_on(query, "2025-07-01", "regulation", vintage=2025)
    parts: dict[str, list[str]] = {}
    for row in read_facts("units_2025"):
        parts.setdefault(row["new_gso_code"], []).append(row["old_gso_code"])
    assert len(new) == 34
    for unit, members in parts.items():
        classes = {old[m] for m in members}
        assert new[unit] == (classes.pop() if len(classes) == 1 else "mixed"), unit


def test_exactly_one_budget_contradiction(query: Query) -> None:
    rows = query(
        "SELECT province_code_gso, stated, contradicted_by, stated_as_printed, "
        "contradicted_by_as_printed, as_of_date FROM mart.contradiction WHERE indicator = 'budget'"
    )
    [(code, stated, against, *printed, day)] = rows
    assert (code, {stated, against}) == ("40", {"404000", "305531"})
    assert day == dt.date(2022, 12, 31)
    lines = {r["amount_million_vnd"]: r["as_printed"] for r in read_facts("budgets")
             if r["gso_code"] == "40" and r["year"] == "2022"}  # fmt: skip
    assert printed == [lines[str(stated)], lines[str(against)]]
    assert query("SELECT count(*) FROM mart.contradiction") == [(7,)]


def test_own_data_loads_with_nothing_rejected(
    default_build: tuple[object, BuildResult], query: Query
) -> None:
    _, result = default_build
    assert result.rejections == ()
    assert query("SELECT count(*) FROM core.rejected_input") == [(0,)]
    for file, declared, rows in query("SELECT source_id, is_declared, row_count FROM core.source"):
        assert declared
        assert rows == len(read_facts(str(file))), file


def test_as_of_date_is_the_newest_evidence(query: Query) -> None:
    """The joint programme of Quảng Nam, 2025-01-22, is the newest dated fact that bears on one."""
    [(as_of,)] = query("SELECT as_of_date FROM core.load_run")
    newest = max(r["issued_on"] or r["reported_on"] for r in read_facts("programme_5115"))
    assert as_of.isoformat() == newest == "2025-01-22"


def test_opening_letter(query: Query) -> None:
    rows = query("SELECT document_number, issued_date FROM mart.letter_with_findings")
    assert rows == [("3089/BTTTT-TTĐN", dt.date(2023, 7, 31))]


def test_month_counts_agree_with_the_statuses(query: Query) -> None:
    """On the letter's day, which is a month end, the line shows what the map shows."""
    counted = dict(
        query(
            "SELECT class, province_count FROM mart.month_count WHERE vintage = 2008 AND "
            "indicator = 'regulation' AND month_end = DATE '2023-07-31'"
        )
    )
    assert counted == {"current": 53, "outdated": 5, "general_only": 5}
    sums = query(
        "SELECT DISTINCT vintage, sum(province_count) FROM mart.month_count "
        "GROUP BY vintage, indicator, scope, month_end"
    )
    assert sorted(sums) == [(2008, 63), (2025, 34)]

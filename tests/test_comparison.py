"""Two dates compared: who moved, by which document; both vintages; the choice in the address."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_tables import run_of

from dashboard import tables, warehouse
from dashboard.comparison.moves import Moves, changes_note, load_moves, moves_table
from dashboard.queries import query_statuses
from dashboard.queries.comparison import query_moves
from dashboard.statuses import load_statuses
from dashboard.view import BOTH, CHANGES, NOW, read_view, view_params, with_changes
from dashboard.warehouse import Snapshot
from domain.indicators import ANNUAL_PLAN, BORDER_ROUTE, HUMAN_RIGHTS_PLAN, REGULATION
from tests.conftest import read_facts
from tests.golden.comparison import COLUMNS, SINCE, golden_path, golden_rows

LETTER, BEFORE, LATER = date(2023, 7, 31), date(2022, 12, 31), date(2024, 12, 31)
KEY = "province_code_gso"


@pytest.fixture(scope="module")
def snapshot(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("comparison") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield warehouse.current_snapshot()
    warehouse.close_all()
    patch.undo()


def moves_of(run: SimpleNamespace, indicator: str) -> Moves:
    statuses = load_statuses(run, indicator)
    return load_moves(run, indicator, statuses.scope, run.view.since)


def pairs(moved: pd.DataFrame) -> Counter[tuple[str, str]]:
    return Counter(zip(moved["class_before"], moved["class_after"], strict=True))


# --- who moved, worked out from the CSV files


def test_regulations_issued_after_the_letter_moved_three_provinces(snapshot: Snapshot) -> None:
    run = run_of(snapshot, as_of="2024-12-31", since="2023-07-31")
    found = moves_of(run, REGULATION)
    named = {r["gso_code"] for r in read_facts("letter_findings")}
    by_hand = {
        (r["gso_code"], r["document_number"], date.fromisoformat(r["issued_on"]))
        for r in read_facts("regulations")
        if r["gso_code"] in named
        and r["legal_base"].startswith("decree72")
        and "2023-07-31" < r["issued_on"] <= "2024-12-31"
    }
    assert {code for code, _, _ in by_hand} == {"30", "48", "19"}  # README: later than the letter
    moved = found.moved
    assert {
        (r.province_code_gso, r.document_number, r.issued_date.date()) for r in moved.itertuples()
    } == by_hand
    assert pairs(moved) == {("outdated", "current"): 1, ("general_only", "current"): 2}
    assert len(found.shown) == 63


def test_the_letter_itself_moved_those_it_names_and_those_it_does_not(snapshot: Snapshot) -> None:
    found = moves_of(run_of(snapshot, since="2022-12-31"), REGULATION).moved
    assert set(found["document_number"]) == {"3089/BTTTT-TTĐN"}
    findings = {
        r["gso_code"]: "outdated" if "decision79" in r["finding"] else "general_only"
        for r in read_facts("letter_findings")
    }
    after = dict(zip(found[KEY], found["class_after"], strict=True))
    before = query_statuses(snapshot, 2008, REGULATION, "", BEFORE).set_index(KEY)["class"]
    # design.md: 17 current at the end of 2022; all others are moved by the letter, each province
    # unless the letter says what was known already.
    expected = {code: findings.get(code, "current") for code in before.index}
    assert after == {c: e for c, e in expected.items() if e != before[c]}
    assert Counter(before)["current"] == 17
    strengths = found.groupby("class_after")["strength"].unique().map(list).to_dict()
    assert strengths == {
        "current": ["implied"],
        "general_only": ["named_in_letter"],
        "outdated": ["named_in_letter"],
    }


def test_human_rights_plans_adopted_and_expired_since_the_letter(snapshot: Snapshot) -> None:
    found = moves_of(run_of(snapshot, as_of="2025-06-30", since="2023-07-31"), HUMAN_RIGHTS_PLAN)
    later = {
        r["province"]
        for r in read_facts("human_rights_plans")
        if (r["issued_on"] or r["reported_on"]) > "2023-07-31"
    }
    moved = found.moved.set_index("province_name")
    # Lạng Sơn's later plan of one year moves nothing: its plan of 2022 still holds.
    assert set(moved.index) == later - {"Lạng Sơn"} == {"Quảng Nam", "Sóc Trăng", "Vĩnh Long"}
    assert moved.at["Vĩnh Long", "class_after"] == "adopted"
    assert moved.at["Vĩnh Long", "document_number"] == "60/KH-UBND"
    assert moved.at["Sóc Trăng", "class_after"] == "expired"  # a plan of 2024 alone
    assert moved.at["Sóc Trăng", "changed_on"].date() == date(2025, 1, 1)


def test_an_indicator_younger_than_the_date_is_compared_from_its_first_day(
    snapshot: Snapshot,
) -> None:
    run = run_of(snapshot, since="2020-01-01")
    found = moves_of(run, HUMAN_RIGHTS_PLAN)
    assert found.since == date(2022, 9, 14)
    assert pairs(found.moved) == {("not_named", "adopted"): 15}  # design.md: 15 adopted
    note = changes_note(found, run.view.since, "vi")
    assert "15/63" in note and "14/09/2022" in note
    early = run_of(snapshot, as_of="2021-12-31", since="2020-01-01")
    statuses = load_statuses(early, HUMAN_RIGHTS_PLAN)
    assert statuses.table.empty and statuses.since is None


def test_a_year_and_a_route_are_compared_in_their_own_scope(snapshot: Snapshot) -> None:
    run = run_of(snapshot, since="2022-12-31", year="2023")
    issued = {
        r["gso_code"]
        for r in read_facts("annual_plans")
        if r["plan_year"] == "2023"
        and "2022-12-31" < (r["issued_on"] or r["reported_on"]) <= "2023-07-31"
    }
    assert set(moves_of(run, ANNUAL_PLAN).moved[KEY]) <= issued
    on_route = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == "china"}
    route = run_of(snapshot, since="2022-12-31", route="china")
    assert set(moves_of(route, BORDER_ROUTE).shown[KEY]) == on_route
    assert set(moves_of(route, REGULATION).moved[KEY]) <= on_route


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_moves_agree_with_the_statuses_of_both_days(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    vintage, first, last = data.draw(
        st.sampled_from(
            [
                (2008, date(2008, 8, 1), date(2025, 6, 30)),
                (2025, date(2025, 7, 1), date(2030, 1, 1)),
            ]
        )
    )
    indicator = data.draw(st.sampled_from([REGULATION, HUMAN_RIGHTS_PLAN]))
    since = data.draw(st.dates(first, last))
    as_of = data.draw(st.dates(since, last))
    moves = query_moves(snapshot, vintage, indicator, "", since, as_of).set_index(KEY)
    after = query_statuses(snapshot, vintage, indicator, "", as_of).set_index(KEY)
    if moves.empty:
        assert after.empty
        return
    compared_on = moves["compared_on"].iloc[0].date()
    assert compared_on >= since
    before = query_statuses(snapshot, vintage, indicator, "", compared_on).set_index(KEY)
    assert moves["class_before"].to_dict() == before["class"].to_dict()
    assert moves["class_after"].to_dict() == after["class"].to_dict()
    moved = moves[moves["class_before"] != moves["class_after"]]
    assert (moved["changed_on"] > pd.Timestamp(compared_on)).all()
    assert (moved["changed_on"] <= pd.Timestamp(as_of)).all()


@pytest.mark.parametrize("day", SINCE)
def test_golden_rows(snapshot: Snapshot, day: date) -> None:
    with golden_path(day).open(encoding="utf-8", newline="") as file:
        header, *expected = list(csv.reader(file))
    assert tuple(header) == COLUMNS
    assert golden_rows(day) == expected


# --- the tables


def test_the_table_of_moves_is_worded(snapshot: Snapshot) -> None:
    found = moves_of(run_of(snapshot, as_of="2024-12-31", since="2023-07-31"), REGULATION)
    table = moves_table(found.moved, REGULATION, "vi")
    assert table["Tỉnh, thành phố"].tolist() == ["Đà Nẵng", "Hải Dương", "Thái Nguyên"]
    row = table.loc["30"]
    assert "Căn cứ QĐ 79/2010 đã hết hiệu lực" in row["Trước"]
    assert "Theo quy định hiện hành" in row["Sau"]
    assert row["Số văn bản"] == "42/2023/QĐ-UBND" and row["Ngày ban hành"] == date(2023, 11, 17)
    assert row["Cơ quan ban hành"] and row["Mức độ"] and row["Loại căn cứ"] == "Văn bản của tỉnh"


def test_status_tables_say_what_was_on_the_other_date(snapshot: Snapshot) -> None:
    run = run_of(snapshot, as_of="2024-12-31", since="2023-07-31")
    table = tables.status_table(load_statuses(run, REGULATION).shown, REGULATION, "vi")
    assert "Căn cứ QĐ 79/2010" in table.loc["30", "Trạng thái ngày 31/07/2023"]
    assert "Theo quy định hiện hành" in table.loc["30", "Trạng thái"]
    alone = load_statuses(run_of(snapshot, as_of="2024-12-31"), REGULATION).shown
    assert not any("ngày 31" in c for c in tables.status_table(alone, REGULATION, "vi").columns)


def test_a_mixed_unit_lists_its_parts(snapshot: Snapshot) -> None:
    run = run_of(snapshot, as_of="2026-01-01")
    statuses = load_statuses(run, REGULATION)
    mixed = statuses.table[statuses.table["class"] == "mixed"].set_index(KEY)
    parts = {r["old_gso_code"]: r["old_name"] for r in read_facts("units_2025")}
    assert len(mixed)
    for row in mixed.itertuples():
        for code in run.facts.provinces[2025][row.Index].parts:
            assert parts[code] in row.parts and parts[code] in row.hover
    table = tables.status_table(statuses.shown, REGULATION, "vi")
    an_giang = table.loc["91", "Các tỉnh hợp thành"]
    assert "An Giang: " in an_giang and "Kiên Giang: " in an_giang
    assert table.loc["01", "Các tỉnh hợp thành"] == ""


# --- the choice in the address


def test_what_to_show_of_two_dates_stands_behind_the_date(snapshot: Snapshot) -> None:
    facts = run_of(snapshot).facts
    view = read_view({"since": "2022-12-31"}, facts)
    assert (view.since, view.comparison) == (BEFORE, CHANGES)
    both = with_changes(view, facts, comparison=BOTH)
    assert view_params(both, facts) == {"since": "2022-12-31~both"}
    assert read_view(view_params(both, facts), facts) == both
    assert with_changes(both, facts, since=date(2021, 1, 1)).comparison == BOTH
    assert with_changes(both, facts, since=None).comparison == CHANGES
    assert view_params(with_changes(both, facts, comparison=NOW), facts)["since"].endswith("~now")
    wrong = read_view({"since": "2022-12-31~upside-down"}, facts)
    assert (wrong.since, wrong.comparison, len(wrong.notices)) == (BEFORE, CHANGES, 1)


def test_a_date_outside_the_life_of_the_units_is_explained(snapshot: Snapshot) -> None:
    facts = run_of(snapshot).facts
    view = read_view({"as_of": "2026-01-01", "since": "2024-12-31"}, facts)
    assert view.since is None
    assert "31/12/2024" in view.notices[0] and "01/07/2025" in view.notices[0]

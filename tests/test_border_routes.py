"""Border routes: coverage against the CSV files, gates, clusters, what does not count, figures."""

from __future__ import annotations

import csv
import shutil
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.border_routes.coverage import (
    EVIDENCED,
    IN_PART,
    NO_EVIDENCE,
    build_coverage,
    cell_state,
    count_states,
    load_coverage,
)
from dashboard.border_routes.coverage_tables import (
    matrix_rows,
    matrix_table,
    summary_table,
    uncounted_table,
)
from dashboard.border_routes.place_tables import cluster_table, gate_table, length_table
from dashboard.charts.coverage_matrix import describe_coverage_matrix, plot_coverage_matrix
from dashboard.queries import query_route_counts
from dashboard.queries.border_routes import (
    query_route_clusters,
    query_route_gates,
    query_route_provinces,
    query_route_uncounted,
)
from dashboard.view import ROUTES
from dashboard.warehouse import Snapshot, current_snapshot
from domain.indicators import NOT_APPLICABLE, ROUTE_TESTS
from tests.conftest import read_facts
from tests.golden.border_routes import COLUMNS, DAYS, golden_path, golden_rows, run_of

LETTER = date(2023, 7, 31)
DAYS_2008 = (date(2017, 1, 1), LETTER, date(2024, 2, 27), date(2024, 12, 31), date(2025, 6, 30))
STANDING = ("operating", "needs_repair")


@pytest.fixture
def snapshot(default_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = shutil.copytree(default_warehouse, tmp_path / "copy")
    monkeypatch.setenv("TTDN_WAREHOUSE", str(folder))
    return current_snapshot()


# --- the rule of decision 4, from the CSV files alone


def international_provinces(route: str) -> set[str]:
    return {
        g["gso_code"]
        for g in read_facts("border_gates")
        if g["route"] == route and g["gate_class"] == "international"
    }


def passed_tests(route: str, day: date) -> dict[str, set[str]]:
    """Code of the 63 → tests with dated evidence in force on the day."""
    on = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == route}
    passed: dict[str, set[str]] = defaultdict(set)
    for row in read_facts("programme_5115"):
        known = row["issued_on"] or row["reported_on"]
        if not known or row["note"].startswith("department notice"):
            continue
        begun = date.fromisoformat(known)
        is_over = row["note"].startswith("yearly") and day.year > begun.year
        if begun <= day and not is_over:
            passed[row["gso_code"]].add("joint_programme")
    for row in read_facts("document_facts"):
        if row["fact"] == "border_routes_covered" and row["issued_on"]:
            routes = {r.strip() for r in row["value"].split(";")}
            if route in routes and date.fromisoformat(row["issued_on"]) <= day:
                passed[row["gso_code"]].add("plan")
    gates = {(g["gso_code"], g["name"]): g for g in read_facts("border_gates")}
    for row in read_facts("information_clusters"):
        gate = gates.get((row["gso_code"], row["gate"]))
        seen = row["reported_on"] or (f"{row['year']}-12-31" if row["year"] else "")
        if gate is None or gate["route"] != route or gate["gate_class"] != "international":
            continue
        if row["status"] in STANDING and seen and date.fromisoformat(seen) <= day:
            passed[row["gso_code"]].add("cluster")
    return {code: passed[code] for code in on}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("day", DAYS_2008, ids=str)
def test_every_cell_of_the_63_follows_from_the_files(
    snapshot: Snapshot, route: str, day: date
) -> None:
    passed, with_gate = passed_tests(route, day), international_provinces(route)
    units = load_coverage(run_of(as_of=day.isoformat(), route=route), route)
    assert {u.code for u in units} == set(passed)
    for unit in units:
        for test in ROUTE_TESTS:
            state = unit.cell(test).state
            if test == "cluster" and unit.code not in with_gate:
                assert state == NOT_APPLICABLE, unit.name
            else:
                wanted = EVIDENCED if test in passed[unit.code] else NO_EVIDENCE
                assert state == wanted, (unit.name, test)
            has_documents = bool(unit.cell(test).evidence)
            assert has_documents == (state == EVIDENCED)


def test_provinces_of_each_route(snapshot: Snapshot) -> None:
    counts = {r: len(load_coverage(run_of(route=r), r)) for r in ROUTES}
    assert counts == {"china": 7, "laos": 10, "cambodia": 10, "sea": 28}


def test_provinces_on_two_land_routes_stand_in_both(snapshot: Snapshot) -> None:
    names = {r: {u.name for u in load_coverage(run_of(route=r), r)} for r in ROUTES}
    assert names["china"] & names["laos"] == {"Điện Biên"}
    assert names["laos"] & names["cambodia"] == {"Kon Tum"}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("day", [*DAYS_2008, date(2025, 8, 31), date(2026, 1, 1)], ids=str)
def test_the_cells_agree_with_the_class_of_the_map(
    snapshot: Snapshot, route: str, day: date
) -> None:
    for unit in load_coverage(run_of(as_of=day.isoformat(), route=route), route):
        states = [c.state for c in unit.cells if c.state != NOT_APPLICABLE]
        found = {"complete": {EVIDENCED}, "no_evidence": {NO_EVIDENCE}}.get(unit.class_name)
        assert found is None or set(states) == found, unit.name
        if unit.class_name in ("partial", "mixed"):
            assert set(states) & {EVIDENCED, IN_PART} and set(states) != {EVIDENCED}, unit.name


def test_a_merged_unit_is_evidenced_in_the_part_that_has_evidence(snapshot: Snapshot) -> None:
    run = run_of(as_of="2025-08-31", route="cambodia")
    unit = next(u for u in load_coverage(run, "cambodia") if u.name == "An Giang")
    cell = unit.cell("joint_programme")
    assert (unit.class_name, cell.state) == ("mixed", IN_PART)
    assert cell.evidenced == ("Kiên Giang",) and set(cell.applicable) == {"An Giang", "Kiên Giang"}
    table = matrix_table([unit], pd.DataFrame({"province_code_gso": []}), "vi")
    assert "◆ Có căn cứ ở một phần: Kiên Giang" in table.iloc[0].tolist()


def test_evidence_of_the_unit_itself_counts_for_all_its_parts() -> None:
    parts = pd.DataFrame(
        {
            "province_code_gso": ["91", "91"], "province_name": ["An Giang"] * 2,
            "part_name": ["An Giang", "Kiên Giang"], "has_international_gate": [True, False],
        }
    )  # fmt: skip
    statuses = pd.DataFrame({"province_code_gso": ["91"], "class": ["partial"]})
    evidence = pd.DataFrame(
        {
            "province_code_gso": ["91"], "test": ["plan"], "evidence_province_name": ["An Giang"],
            "evidence_date": [pd.Timestamp("2025-09-01")],
        }
    )  # fmt: skip
    (unit,) = build_coverage(parts, statuses, evidence)
    assert unit.cell("plan").state == EVIDENCED
    assert unit.cell("cluster").applicable == ("An Giang",)


@given(evidenced=st.integers(0, 5), applicable=st.integers(0, 5))
def test_state_of_a_cell(evidenced: int, applicable: int) -> None:
    state = cell_state(min(evidenced, applicable), applicable)
    assert (state == NOT_APPLICABLE) == (applicable == 0)
    assert (state == EVIDENCED) == (0 < applicable <= evidenced)
    assert (state == NO_EVIDENCE) == (applicable > 0 and evidenced == 0)


# --- counts, gates, clusters, lengths


@pytest.mark.parametrize("day", [LETTER, date(2024, 12, 31), date(2025, 8, 31)], ids=str)
def test_the_briefing_table_has_each_province_once_per_route(snapshot: Snapshot, day: date) -> None:
    run = run_of(as_of=day.isoformat())
    counts = query_route_counts(snapshot, run.view.vintage, day)
    coverage = {route: load_coverage(run, route) for route in ROUTES}
    table = summary_table(counts, coverage, "vi")
    by_class = [c for c in table.columns if c[0] in "●◆⊞⊙"]
    assert list(table["Số tỉnh"]) == list(table[by_class].sum(axis=1))
    assert ("⊞ Không đồng nhất" in table) == (day.year == 2025)
    for route, (_, row) in zip(ROUTES, table.iterrows(), strict=True):
        found, applicable = count_states(coverage[route], "cluster")
        assert row["Cụm tại cửa khẩu quốc tế"] == f"{found}/{applicable}"
    if day == LETTER:  # counted by hand: Lạng Sơn; Điện Biên, Nghệ An; Kiên Giang; and Quảng Ngãi
        assert list(table["◆ Một phần"]) == [1, 2, 1, 2]
        assert list(table["● Đủ căn cứ"]) == [0, 0, 0, 0]


@pytest.mark.parametrize("route", ROUTES)
def test_gates_of_a_route_and_airports_apart(snapshot: Snapshot, route: str) -> None:
    rows = read_facts("border_gates")
    for vintage in (2008, 2025):
        gates = query_route_gates(snapshot, vintage, route)
        own = gates[gates["border_route"].notna()]
        wanted = Counter(g["gate_class"] for g in rows if g["route"] == route)
        assert Counter(own["gate_class"]) == wanted
        assert len(gates) - len(own) == 17 == sum(not g["route"] for g in rows)
    placed = own["latitude"].notna()
    assert (own.loc[~placed, "placement"] == "none").all()


def test_no_code_and_no_note_in_the_worded_columns(snapshot: Snapshot) -> None:
    addresses = {"Nguồn", "Nguồn đối chiếu"}
    for route in ROUTES:
        tables = [
            gate_table(query_route_gates(snapshot, 2008, route), "vi"),
            cluster_table(query_route_clusters(snapshot, 2008, route, date(2025, 6, 30)), "vi"),
            uncounted_table(query_route_uncounted(snapshot, 2008, route, date(2025, 6, 30)), "vi"),
        ]
        for table in tables:
            words = table.drop(columns=[c for c in table if c in addresses])
            said = " ".join("" if pd.isna(v) else str(v) for v in words.to_numpy().ravel())
            for foreign in ("_", "district", "listed", "not known", "plan under", "nan", "None"):
                assert foreign not in said, (route, foreign)


def test_state_of_clusters_is_the_latest_dated_observation(snapshot: Snapshot) -> None:
    lao_cai = "Cụm thông tin đối ngoại Cửa khẩu quốc tế Lào Cai"
    before = query_route_clusters(snapshot, 2008, "china", date(2024, 2, 26))
    after = query_route_clusters(snapshot, 2008, "china", date(2024, 2, 27))
    assert lao_cai not in set(before.loc[before["is_latest"], "cluster_name"])
    assert lao_cai in set(after.loc[after["is_latest"], "cluster_name"])
    for found in (before, after):
        undated = found[found["observed_date"].isna()]
        assert list(undated["cluster_name"]) == [lao_cai] and not undated["is_latest"].any()
        latest = found[found["is_latest"]]
        assert not latest.duplicated(["province_code_gso", "cluster_name"]).any()


def test_a_cluster_at_no_listed_gate_is_listed_where_its_province_lies(
    snapshot: Snapshot,
) -> None:
    found = query_route_clusters(snapshot, 2008, "china", LETTER)
    ban_gioc = found[found["gate_name"] == "Bản Giốc"].iloc[0]
    assert pd.isna(ban_gioc["latitude"]) and ban_gioc["state"] == "operating"
    table = cluster_table(found, "vi")
    assert "Bản Giốc (không phải cửa khẩu trong danh mục)" in set(table["Cửa khẩu"])
    laos = query_route_clusters(snapshot, 2008, "laos", LETTER)
    assert "Bản Giốc" not in set(laos["gate_name"])


def test_what_is_known_and_does_not_count_says_why(snapshot: Snapshot) -> None:
    def reasons(route: str, day: date) -> set[tuple[str, str, str]]:
        rows = query_route_uncounted(snapshot, 2008, route, day)
        return set(zip(rows["province_name"], rows["test"], rows["reason"], strict=True))

    assert reasons("china", LETTER) == {
        ("Cao Bằng", "plan", "undated"),
        ("Cao Bằng", "cluster", "no_gate"),
        ("Lào Cai", "cluster", "undated"),
        ("Lào Cai", "joint_programme", "undated"),
    }
    assert ("Ninh Thuận", "joint_programme", "notice") in reasons("sea", LETTER)
    assert ("Hải Phòng", "cluster", "not_standing") in reasons("sea", LETTER)
    assert reasons("cambodia", LETTER) == set()
    # Lào Cai's programme for 2024 has passed on the first day of 2025.
    last, first = date(2024, 12, 31), date(2025, 1, 1)
    over = ("Lào Cai", "joint_programme", "over")
    assert over not in reasons("china", last) and over in reasons("china", first)


@pytest.mark.parametrize("vintage", [2008, 2025])
def test_nothing_counts_and_does_not_count_at_once(snapshot: Snapshot, vintage: int) -> None:
    day = {2008: date(2024, 12, 31), 2025: date(2025, 12, 31)}[vintage]
    for route in ROUTES:
        run = run_of(as_of=day.isoformat(), route=route)
        counted = {
            (u.code, cell.test, e["source_url"], e["evidence_date"])
            for u in load_coverage(run, route)
            for cell in u.cells
            for e in cell.evidence
        }
        rows = query_route_uncounted(snapshot, vintage, route, day)
        others = set(
            zip(rows["province_code_gso"], rows["test"], rows["source_url"], rows["known_date"])
        )
        assert not counted & others


def test_lengths_stand_as_their_sources_print_them(snapshot: Snapshot) -> None:
    parts = query_route_provinces(snapshot, 2008)
    china = length_table(parts[parts["border_route"] == "china"], "vi")
    lengths = dict(zip(china["Tỉnh, thành phố"], china["Chiều dài (km)"], strict=True))
    assert lengths["Lai Châu"] == "265,165" and lengths["Hà Giang"] == "270"
    assert lengths["Điện Biên"] == "40,86" and lengths["Lào Cai"] == "Chưa có dữ liệu"
    assert not any(pd.api.types.is_numeric_dtype(china[c]) for c in china)
    units = query_route_provinces(snapshot, 2025)
    laos = length_table(units[units["border_route"] == "laos"], "vi")
    assert "Quảng Bình" in set(laos["Tỉnh cũ (trước 01/7/2025)"])


# --- the matrix as a figure


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("route", ["china", "sea"])
def test_the_matrix_has_one_tile_per_cell(
    snapshot: Snapshot, lang: str, dark: bool, route: str
) -> None:
    rows = matrix_rows(load_coverage(run_of(route=route), route))
    figure = plot_coverage_matrix(rows, lang, dark, selected="22")
    go.Figure(figure.to_dict())  # plotly's own validation
    tiles = [
        (row, round(base + 0.45), code)
        for trace in figure.to_dict()["data"]
        for row, base, code in zip(trace["y"], trace["base"], trace["customdata"], strict=True)
    ]
    codes = list(rows["province_code_gso"])
    assert sorted(tiles) == [(i, c, code) for i, code in enumerate(codes) for c in range(3)]
    assert len(figure.layout.shapes) == 1  # Quảng Ninh lies on both routes
    assert len({trace.texttemplate for trace in figure.data}) == len(figure.data)
    assert len(figure.to_json()) < 6000


def test_the_matrix_refuses_an_unknown_state() -> None:
    rows = pd.DataFrame(
        [["04", "Cao Bằng", "evidenced", "perhaps", "no_evidence"]],
        columns=["province_code_gso", "province_name", *ROUTE_TESTS],
    )
    with pytest.raises(KeyError, match="perhaps"):
        plot_coverage_matrix(rows, "vi")


def test_the_matrix_in_words(snapshot: Snapshot) -> None:
    rows = matrix_rows(load_coverage(run_of(route="china"), "china"))
    said = describe_coverage_matrix(rows, LETTER, "vi")
    assert "7 tỉnh" in said and "31/07/2023" in said
    assert "Phối hợp với Biên phòng: 1/7 có căn cứ (Lạng Sơn)" in said
    # Điện Biên and Lai Châu have no international gate to China in border_gates.csv.
    assert "Cụm tại cửa khẩu quốc tế: 0/5 có căn cứ" in said


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_golden(snapshot: Snapshot, day: date) -> None:
    with golden_path(day).open(encoding="utf-8", newline="") as file:
        golden = list(csv.reader(file))
    assert golden == [list(COLUMNS), *golden_rows(day)]

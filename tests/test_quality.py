"""Data-quality page: against the CSV files, the golden files, and its rules one by one."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.knowledge_matrix import (
    STATES,
    describe_knowledge_matrix,
    plot_knowledge_matrix,
)
from dashboard.quality.announced import announced_table, compare_total
from dashboard.quality.differences import (
    count_table,
    document_difference_table,
    document_differences,
    status_difference_table,
    status_differences,
)
from dashboard.quality.matrix import (
    column_name,
    knowledge_cells,
    knowledge_state,
    matrix_table,
    ordered_cells,
)
from dashboard.quality.snapshots import (
    readable_snapshots,
    row_count_table,
    snapshot_label,
    snapshot_table,
)
from dashboard.quality.sources import source_table
from dashboard.quality.tables import knowledge_table, rejected_table, undated_table
from dashboard.queries import query_announced_totals
from dashboard.queries.quality import query_table_counts
from dashboard.warehouse import NoSnapshot, Snapshot, close_all, current_snapshot, query, query_once
from dashboard.words import LANGUAGES, has_word, sort_key
from domain.indicators import CLASSES, MIXED, UNKNOWN_CLASS
from etl.build import build
from tests.conftest import read_facts, write_small_data
from tests.golden.documents import DAYS, run_of
from tests.golden.quality import COLUMNS, golden_path, golden_rows

LETTER = date(2023, 7, 31)


@pytest.fixture(scope="module")
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A copy: other tests hold the session's file open in another way."""
    folder = tmp_path_factory.mktemp("copy") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    yield folder
    close_all()


@pytest.fixture(autouse=True)
def warehouse(own_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(own_warehouse))


@pytest.fixture(scope="module")
def two_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two snapshots: the second has one regulation more and one date changed."""
    data = write_small_data(tmp_path_factory.mktemp("two") / "data")
    folder = data.parent / "warehouse"
    build(data, folder)
    regulations = data / "facts" / "regulations.csv"
    text = regulations.read_text(encoding="utf-8")
    text += (
        "34,Thái Bình,20/2022/QĐ-UBND,2022-05-05,,decree72_circular22,,,,"
        "https://example.org/3,seen_text,\n"
    )
    regulations.write_text(text, encoding="utf-8")
    build(data, folder)
    return folder


# --- against the files


def test_golden_quality() -> None:
    for day in DAYS:
        with golden_path(day).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == list(COLUMNS)
        assert golden_rows(day) == rows[1:], day


def states_of(column: str, **params: str) -> Counter[str]:
    cells = knowledge_cells(run_of(**params))
    names = [column_name(c, "vi") for c in cells.attrs["columns"]]
    place = names.index(column)
    return Counter(states[place] for states in cells["states"])


def test_the_matrix_on_the_day_of_the_letter() -> None:
    named = {r["gso_code"] for r in read_facts("letter_findings")}
    assert states_of("Quy chế") == {"evidenced": len(named), "implied": 63 - len(named)}
    adopters = {r["gso_code"] for r in read_facts("human_rights_plans")
                if r["issued_on"] and r["issued_on"] <= "2023-07-31"}  # fmt: skip
    found = states_of("Quyền con người")
    assert found == {"evidenced": len(adopters), "unknown": 63 - len(adopters)} == {
        "evidenced": 15, "unknown": 48,
    }  # fmt: skip
    routes = Counter(r["route"] for r in read_facts("border_provinces"))
    for name, route in (("Tuyến Trung Quốc", "china"), ("Tuyến biển, đảo", "sea")):
        assert states_of(name)["not_applicable"] == 63 - routes[route]


def test_plans_of_the_matrix_are_those_of_the_year() -> None:
    plans = {r["gso_code"] for r in read_facts("annual_plans")
             if r["plan_year"] == "2020" and (r["issued_on"] or r["reported_on"])}  # fmt: skip
    assert states_of("Kế hoạch 2020", year="2020")["evidenced"] == len(plans)


def test_contradictions_are_marked_in_the_matrix() -> None:
    cells = knowledge_cells(run_of())
    marked = {r.province_name for r in cells.itertuples() if r.contradicted[0]}
    assert marked == {
        "Thái Bình", "Hà Tĩnh", "Quảng Ngãi", "Khánh Hòa", "Tây Ninh", "Tiền Giang",
    }  # fmt: skip


def test_before_the_indicator_began_nothing_is_unknown() -> None:
    assert states_of("Quyền con người", as_of="2020-06-30") == {"not_due": 63}


def test_a_merged_unit_with_an_unknown_part_is_known_in_part() -> None:
    cells = knowledge_cells(run_of(as_of="2025-07-01"))
    assert len(cells) == 34
    place = 1  # human-rights plans
    found = {r.province_name: r.states[place] for r in cells.itertuples()}
    # Lào Cai had a plan, Yên Bái none that is known; they are one unit now.
    assert found["Lào Cai"] == "in_part" and found["Hà Nội"] == "evidenced"


def test_the_route_filter_leaves_its_provinces() -> None:
    on_laos = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == "laos"}
    assert set(knowledge_cells(run_of(route="laos"))["province_code_gso"]) == on_laos


def test_the_order_of_the_matrix() -> None:
    cells = knowledge_cells(run_of())
    by_name = ordered_cells(cells, "name")["province_name"].tolist()
    assert by_name == sorted(by_name, key=sort_key)
    unknown = ordered_cells(cells, "unknown")
    pairs = [(-r.unknown_count, sort_key(r.province_name)) for r in unknown.itertuples()]
    assert pairs == sorted(pairs)


@given(st.sampled_from(sorted(CLASSES)), st.data())
def test_each_class_has_one_state(indicator: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(CLASSES[indicator]))
    strength = data.draw(st.sampled_from(["own_document", "implied", "news"]))
    state = knowledge_state(indicator, name, strength, None)
    assert state in STATES
    assert (state == "unknown") == (name == UNKNOWN_CLASS[indicator])
    if name == MIXED:
        parts = f"01={UNKNOWN_CLASS[indicator]};02=x"
        assert knowledge_state(indicator, name, strength, parts) == "in_part"


# --- the figure


@pytest.mark.parametrize("params", [{}, {"as_of": "2025-07-01"}, {"route": "china"}])
@pytest.mark.parametrize("narrow", [False, True, None])
@pytest.mark.parametrize("dark", [False, True])
def test_the_figure_has_a_tile_for_every_cell(
    params: dict[str, str], narrow: bool | None, dark: bool
) -> None:
    cells = knowledge_cells(run_of(**params))
    headings = [column_name(c, "vi") for c in cells.attrs["columns"]]
    selected = cells["province_code_gso"].iloc[-1]
    drawn = plot_knowledge_matrix(cells, headings, "vi", dark, selected, narrow).to_dict()
    figure = go.Figure(drawn)
    maps = [t for t in figure.data if t.type == "heatmap"]
    bars = [t for t in figure.data if t.type == "bar"]
    assert sum(len(t.z) for t in maps) == len(cells)
    assert [code for t in bars for code in t.customdata] == cells["province_code_gso"].tolist()
    texts = [tile for t in maps for row in t.text for tile in row]
    assert len(texts) == len(cells) * len(headings) and all(texts)
    assert len(maps) == (2 if narrow is False and len(cells) >= 12 else 1)
    assert len(figure.layout.shapes) == 1
    said = describe_knowledge_matrix(cells, LETTER, "vi")
    assert str(len(cells)) in said and "Chưa rõ" in said


def test_states_differ_by_sign() -> None:
    cells = pd.DataFrame(
        [{"province_code_gso": "01", "province_name": "A", "unknown_count": 1, "hover": "A",
          "states": list(STATES), "contradicted": [False] * len(STATES)}]
    )  # fmt: skip
    figure = plot_knowledge_matrix(cells, list(STATES), "vi").to_dict()
    assert len(set(figure["data"][0]["text"][0])) == len(STATES)


# --- announced against evidenced


def test_announced_totals_against_documents() -> None:
    run = run_of()
    totals = query_announced_totals(run.snapshot, LETTER)
    compared = {t.indicator: compare_total(run, t) for t in totals.itertuples()}
    lagging = compared["human_rights_plan_not_made"]
    assert (lagging.announced, lagging.evidenced, lagging.difference) == (24, 15, -9)
    expired = compared["regulation_on_decision79_not_amended"]
    assert (expired.announced, expired.evidenced, expired.contradicted) == (5, 5, 6)
    assert compared["only_general_foreign_affairs_regulation"].difference == 0
    assert compared["cambodia_border_demarcated_percent"].difference is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_announced_totals_in_words(lang: str) -> None:
    assert announced_table(run_of(as_of="2023-07-30", lang=lang)).empty
    table = announced_table(run_of(as_of="2024-12-31", lang=lang))
    assert len(table) == len(read_facts("announced_totals"))
    assert not table.isin(["nan", "None"]).any(axis=None)


# --- sources


def test_ages_of_sources_are_those_of_the_files() -> None:
    table = source_table(run_of()).set_index("Tệp")
    newest = max(r["issued_on"] for r in read_facts("human_rights_plans")
                 if r["issued_on"] and r["issued_on"] <= "2023-07-31")  # fmt: skip
    row = table.loc["human_rights_plans.csv"]
    assert row["Nội dung mới nhất"].isoformat() == newest == "2023-05-05"
    assert row["Tuổi"] == "2 tháng"
    seen = Counter(r["confidence"] for r in read_facts("human_rights_plans"))
    assert row["Mức độ"].startswith(f"Văn bản gốc: {seen['seen_text']}, Được viện dẫn: ")
    assert table.loc["provinces63.csv", "Tuổi"] == "nội dung không gắn ngày"
    assert table["Giấy phép, pháp lý"].ne("").all()


def test_other_tables() -> None:
    run = run_of()
    assert rejected_table(run).empty
    assert len(knowledge_table(run)) == 9 + 4 + 2  # plan years to the one after the last, routes
    [undated] = query_once(
        "SELECT count(*) AS n FROM core.document WHERE counts_from_date IS NULL", current_snapshot()
    )["n"]
    assert len(undated_table(run)) == undated


# --- snapshots


def test_row_counts_are_exact(default_build: tuple[Path, object]) -> None:
    result = default_build[1]
    counts = query_table_counts(current_snapshot()).set_index("table_name")["row_count"]
    expected = {k.removeprefix("core."): n for k, n in result.row_counts.items()  # type: ignore[attr-defined]
                if k.startswith("core.")}  # fmt: skip
    assert counts.to_dict() == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_a_name(lang: str) -> None:
    names = query_table_counts(current_snapshot())["table_name"]
    assert not [n for n in names if not has_word(f"quality.table.{n}", lang)]


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Snapshot]:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(folder))
    return readable_snapshots(run_of())


def test_one_snapshot_alone(own_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshots = opened(own_warehouse, monkeypatch)
    assert len(snapshots) == 1
    assert len(snapshot_table(snapshots, "vi")) == 1
    assert row_count_table(snapshots, "vi").shape[1] == 2


def test_two_snapshots_differ_in_what_was_added(
    two_snapshots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after, before = opened(two_snapshots, monkeypatch)
    assert after.id > before.id
    assert snapshot_label(after, "vi") != snapshot_label(before, "vi")
    documents = document_difference_table(before, after, "vi")
    assert documents["Số văn bản"].tolist() == ["20/2022/QĐ-UBND"]
    assert documents["Thay đổi"].tolist() == ["Thêm vào"]
    assert document_difference_table(after, before, "vi")["Thay đổi"].tolist() == ["Bớt đi"]
    # Before the letter, Thái Bình's new regulation is the newest there is.
    statuses = status_difference_table(before, after, 2008, date(2022, 12, 31), "vi")
    assert statuses["Tỉnh, thành phố"].tolist() == ["Thái Bình"]
    [row] = statuses.to_dict("records")
    assert "Căn cứ QĐ 79/2010" in row["Trước"] and "quy định hiện hành" in row["Sau"]
    assert row["Văn bản (bản sau)"] == "20/2022/QĐ-UBND"
    assert status_difference_table(before, before, 2008, date(2022, 12, 31), "vi").empty
    counts = {"a": {"document": 3, "status": 5}, "b": {"document": 4, "status": 5}}
    changed = count_table(counts, "vi", only_changed=True)
    assert changed.values.tolist() == [["Văn bản", 3, 4, "+1"]]


def test_a_table_that_only_one_snapshot_has_is_blank_in_the_other() -> None:
    table = count_table({"a": {"document": 3}, "b": {"document": 3, "zzz": 1}}, "vi")
    assert table["a"].isna().sum() == 1
    assert count_table({"a": {"x": 1}, "b": {"x": 1}}, "vi", only_changed=True).empty


FRAMES = st.lists(
    st.tuples(st.sampled_from(["01", "02", "03"]), st.sampled_from(["current", "outdated"])),
    unique_by=lambda row: row[0],
)


def frame(rows: list[tuple[str, str]]) -> pd.DataFrame:
    columns = ["province_code_gso", "indicator", "scope", "province_name", "class_name",
               "document_number", "strength"]  # fmt: skip
    return pd.DataFrame(
        [(code, "regulation", "", code, name, None, "news") for code, name in rows], columns=columns
    ).astype("str")


@given(FRAMES, FRAMES)
@settings(deadline=None)
def test_differences_are_what_is_not_the_same(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    found = status_differences(frame(before), frame(after))
    one, other = dict(before), dict(after)
    expected = {c for c in {*one, *other} if one.get(c) != other.get(c)}
    assert set(found["province_code_gso"]) == expected
    assert len(document_differences(
        pd.DataFrame({"document_id": list(one)}), pd.DataFrame({"document_id": list(other)})
    )) == len(set(one) ^ set(other))  # fmt: skip


def test_a_snapshot_of_another_structure_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "snapshot-old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA core; CREATE TABLE core.document (x INTEGER)")
    with pytest.raises(NoSnapshot) as raised:
        query("SELECT y FROM core.document", {}, Snapshot("old", path, None, None))
    assert raised.value.code == "wrong_schema"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_matrix_as_a_table(lang: str) -> None:
    cells = knowledge_cells(run_of(lang=lang))
    table = matrix_table(cells, cells.attrs["columns"], lang)
    assert table.shape == (63, 2 + len(cells.attrs["columns"]))
    assert not table.isin(["", "nan", "None"]).any(axis=None)

"""The tables for people: words, order, dates and evidence, from the default data."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboard import queries, tables, warehouse
from dashboard.lists import compared_since
from dashboard.statuses import load_statuses, scope_of
from dashboard.view import View, read_view
from dashboard.warehouse import Snapshot
from domain.indicators import ANNUAL_PLAN, BORDER_ROUTE, HUMAN_RIGHTS_PLAN, REGULATION

LETTER = date(2023, 7, 31)


@pytest.fixture(scope="module")
def snapshot(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    # A copy: DuckDB opens a file once per process with one configuration, and the app's differs
    # from that of the tests that query the same file directly.
    folder = tmp_path_factory.mktemp("tables") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield warehouse.current_snapshot()
    warehouse.close_all()
    patch.undo()


def run_of(snapshot: Snapshot, **params: str) -> SimpleNamespace:
    from dashboard.facts import load_view_facts

    facts = load_view_facts(snapshot)
    view: View = read_view(params, facts)
    assert view.notices == ()
    return SimpleNamespace(view=view, facts=facts, snapshot=snapshot)


def test_the_app_opens_on_the_newest_letter(snapshot: Snapshot) -> None:
    run = run_of(snapshot)
    assert (run.view.as_of, run.view.vintage) == (LETTER, 2008)
    assert run.facts.default_document == "3089/BTTTT-TTĐN"


def test_counts_follow_the_classes_in_order(snapshot: Snapshot) -> None:
    counts = load_statuses(run_of(snapshot), REGULATION).counts
    assert counts.values.tolist() == [
        ["current", 53], ["outdated", 5], ["general_only", 5], ["unverified", 0],
    ]  # fmt: skip


def test_a_route_leaves_its_provinces_only(snapshot: Snapshot) -> None:
    statuses = load_statuses(run_of(snapshot, route="china"), REGULATION)
    assert set(statuses.shown["province_code_gso"]) == {"02", "04", "10", "11", "12", "20", "22"}
    assert len(statuses.dimmed) == 56


def test_evidence_is_old_after_24_months(snapshot: Snapshot) -> None:
    at_letter = load_statuses(run_of(snapshot), REGULATION).table
    assert not at_letter["is_old"].any()  # all rests on the letter of that day
    later = load_statuses(run_of(snapshot, as_of="2025-06-30"), REGULATION).table
    assert not later["is_old"].any()  # 22 months
    units = load_statuses(run_of(snapshot, as_of="2025-09-01"), REGULATION).table
    old = set(units.loc[units["is_old"], "province_code_gso"])
    assert "01" in old and "19" not in old  # Thái Nguyên has its regulation of April 2024


def test_not_applicable_is_not_old(snapshot: Snapshot) -> None:
    table = load_statuses(run_of(snapshot, route="china"), BORDER_ROUTE).table
    off = table[table["class"] == "not_applicable"]
    assert len(off) == 56 and not off["is_old"].any()
    assert set(off["hover"]) == {"Danh mục tham chiếu"}


def test_the_scope_of_a_map(snapshot: Snapshot) -> None:
    run = run_of(snapshot)
    assert scope_of(run.view, run.facts, ANNUAL_PLAN) == "2023"
    assert scope_of(run.view, run.facts, BORDER_ROUTE) == "china"
    chosen = run_of(snapshot, year="2020", route="sea")
    assert scope_of(chosen.view, chosen.facts, ANNUAL_PLAN) == "2020"
    assert scope_of(chosen.view, chosen.facts, BORDER_ROUTE) == "sea"
    assert scope_of(chosen.view, chosen.facts, HUMAN_RIGHTS_PLAN) == ""


def test_status_table_is_worded_and_in_vietnamese_order(snapshot: Snapshot) -> None:
    statuses = load_statuses(run_of(snapshot), REGULATION)
    table = tables.status_table(statuses.shown, REGULATION, "vi")
    names = table["Tỉnh, thành phố"].tolist()
    assert len(names) == 63 and names[0] == "An Giang" and names[-1] == "Yên Bái"
    assert names.index("Đà Nẵng") > names.index("Cần Thơ")  # Đ comes after C and D
    nghe_an = table.loc["40"]
    assert nghe_an["Trạng thái"].endswith("Căn cứ QĐ 79/2010 đã hết hiệu lực")
    assert nghe_an["Số văn bản"] == "3089/BTTTT-TTĐN" and nghe_an["Ngày ban hành"] == LETTER
    assert nghe_an["Mức độ"] == "Nêu tên trong công văn"
    assert "Nguồn mâu thuẫn" in table.loc["34", "Lưu ý"]  # Thái Bình


def test_a_status_is_counted_from_where_its_class_began(snapshot: Snapshot) -> None:
    """Lạng Sơn adopted on 2022-12-27; the yearly plan that ended in between changes nothing."""
    statuses = load_statuses(run_of(snapshot, as_of="2024-12-31"), HUMAN_RIGHTS_PLAN)
    table = tables.status_table(statuses.shown, HUMAN_RIGHTS_PLAN, "vi")
    assert table.loc["20", "Từ ngày"] == date(2022, 12, 27)
    assert table.loc["20", "Số văn bản"] == "260/KH-UBND"


def test_contradictions_have_both_versions(snapshot: Snapshot) -> None:
    table = tables.contradiction_table(queries.query_contradictions(snapshot, 2008, LETTER), "vi")
    assert sorted(table["Tỉnh, thành phố"]) == [
        "Hà Tĩnh", "Khánh Hòa", "Nghệ An", "Quảng Ngãi", "Thái Bình", "Tiền Giang", "Tây Ninh",
    ]  # fmt: skip
    thai_binh = table.loc["34"]
    assert "3089/BTTTT-TTĐN, 31/07/2023" in thai_binh["Nguồn thứ nhất"]
    assert "14/2013/QĐ-UBND, 28/08/2013" in thai_binh["Nguồn thứ hai"]
    assert table.loc["40", "Nguồn thứ nhất"] == ("404.000 triệu đồng (nguồn in: hơn 404 tỷ đồng)")


def test_the_silent_provinces_of_the_letter(snapshot: Snapshot) -> None:
    rows = queries.query_silent_provinces(snapshot, LETTER)
    assert len(rows) == 53
    assert int(rows["has_contradiction"].sum()) == 6
    assert int((rows["has_document"] & ~rows["has_contradiction"]).sum()) == 17


def test_flags_and_addresses_in_words() -> None:
    assert tables.flag_text(["rounded", "several_years"], "vi") == "Số làm tròn; Gộp nhiều năm"
    assert tables.flag_text(None, "en") == ""
    assert tables.first_address("https://a.vn/1 | https://b.vn/2") == "https://a.vn/1"
    assert tables.first_address(None) is None
    assert tables.class_text(REGULATION, None, "vi") == ""


def test_an_empty_evidence_table_has_its_columns(snapshot: Snapshot) -> None:
    none = queries.query_evidence(snapshot, 2008, "result_report", "2023", LETTER)
    table = tables.evidence_table(none, "result_report", "vi")
    assert table.empty and "Mức độ" in table.columns
    assert isinstance(table, pd.DataFrame)


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2024-02-10", date(2023, 2, 10)),  # not the end of that February
        ("2024-02-29", date(2023, 2, 28)),
        ("2024-12-31", date(2023, 12, 31)),
        ("2025-09-01", date(2025, 7, 1)),  # no comparison reaches into the other vintage
    ],
)
def test_without_a_choice_changes_are_those_of_twelve_months(
    snapshot: Snapshot, as_of: str, since: date
) -> None:
    assert compared_since(run_of(snapshot, as_of=as_of)) == since

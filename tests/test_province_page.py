"""Province profile: against the CSV files, the golden files, and its rules one by one."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import warehouse
from dashboard.charts.province_timeline import (
    TimelineBand,
    TimelineItem,
    _extent,
    _place,
    describe_province_timeline,
    plot_province_timeline,
)
from dashboard.kept import forget
from dashboard.province import unknowns
from dashboard.province.budget import budget_file, budget_table, load_budget
from dashboard.province.comparison import comparison_table
from dashboard.province.contradictions import load_contradictions
from dashboard.province.documents import document_table, load_documents, timeline_bands
from dashboard.province.neighbours import (
    compared_units,
    shown_route,
    surroundings,
    touching_units,
)
from dashboard.province.places import place_table
from dashboard.province.sheet import Sheet, paper_cells
from dashboard.province.status_lines import load_lines, remark_text, since_text, state_text
from dashboard.province.statuses import status_lines_table, status_markdown
from dashboard.province.succession import profile_links, succession_table, unit_of
from dashboard.queries.province import query_province_choice, query_province_places
from dashboard.view import read_view
from domain.indicators import HUMAN_RIGHTS_PLAN, MIXED
from tests.conftest import read_facts
from tests.golden.province import COLUMNS, DAYS, golden_path, golden_rows, run_of

ROOT = Path(__file__).parent.parent
LETTER = date(2023, 7, 31)


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    # A copy: DuckDB opens a file once per process with one configuration, and the app's differs
    # from that of the tests that query the same file directly.
    folder = tmp_path_factory.mktemp("province") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    warehouse.close_all()
    patch.undo()


# --- against the files


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_golden_profiles(day: date) -> None:
    with golden_path(day).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert golden_rows(day) == rows


def test_every_regulation_and_rights_plan_of_the_files_is_in_the_profile_of_its_province() -> None:
    files = {"regulation": "regulations", "human_rights_plan": "human_rights_plans"}
    expected = Counter(
        (row["gso_code"], topic) for topic, name in files.items() for row in read_facts(name)
    )
    found: Counter[tuple[str, str]] = Counter()
    for code in run_of().facts.provinces[2008]:
        documents = load_documents(run_of(province=code, as_of="2025-06-30"), code)
        for rows in (documents.dated, documents.undated):
            found.update((code, topic) for topic in rows["topic"] if topic in files)
    assert found == expected


def test_documents_after_the_day_are_counted_not_shown() -> None:
    later = [
        row
        for row in read_facts("regulations")
        if row["gso_code"] == "30" and row["issued_on"] > LETTER.isoformat()
    ]
    assert len(later) == 1  # Hải Dương 42/2023, see data/README
    found = load_documents(run_of(province="30"), "30")
    assert later[0]["document_number"] not in set(found.dated["document_number"])
    assert found.later_count >= 1
    after = load_documents(run_of(province="30", as_of="2024-12-31"), "30")
    assert later[0]["document_number"] in set(after.dated["document_number"])


def test_all_amounts_of_the_file_stand_as_printed_and_none_is_added_up() -> None:
    lines = read_facts("budgets")
    for code in sorted({row["gso_code"] for row in lines}):
        own = {row["line_id"]: row for row in lines if row["gso_code"] == code}
        found = load_budget(run_of(province=code), code)
        assert set(found["line_id"]) == set(own)
        for line in found.itertuples():
            assert line.as_printed == own[line.line_id]["as_printed"]
            assert line.amount_million_vnd == int(own[line.line_id]["amount_million_vnd"])
        assert len(budget_table(found, "vi")) == len(own)  # no line of totals of our own


def test_rounded_amounts_and_conflicts_are_marked() -> None:
    lines = load_budget(run_of(province="40"), "40")
    table = budget_table(lines, "vi").set_axis(lines["line_id"])
    assert table.at["B042", "Triệu đồng"] == "≈\u00a0404.000"
    assert table.at["B043", "Triệu đồng"] == "305.531"
    assert table.at["B042", "Nguồn in"] == "“hơn 404 tỷ đồng”"
    disputed = {i for i, text in table["Lưu ý"].items() if "Nguồn mâu thuẫn" in text}
    assert disputed == {"B042", "B043"}
    assert table.at["B040", "Tổng hay phần"].startswith("Phần của")
    assert table.at["B035", "Kỳ"] == "không in năm" and table.at["B039", "Kỳ"] == "2021–2025"
    file = budget_file(lines, "vi").set_axis(lines["line_id"])
    assert file.at["B042", "Triệu đồng"] == 404000 and file.at["B042", "Số làm tròn"] == "Có"


def test_gates_without_a_point_and_routes_without_a_length_are_listed_as_unknown() -> None:
    with (ROOT / "data/boundaries/gate_points.csv").open(encoding="utf-8") as file:
        missing = Counter(row["gso_code"] for row in csv.DictReader(file) if not row["lon"])
    bare = Counter(r["gso_code"] for r in read_facts("border_provinces") if not r["border_km"])
    assert sum(missing.values()) > 30 and sum(bare.values()) > 10
    for code in run_of().facts.provinces[2008]:
        items = unknowns.unknown_items(run_of(province=code), code)
        assert sum(what == "Chưa rõ vị trí" for _, what, _ in items) == missing[code], code
        assert sum(what == "Chưa tìm thấy độ dài" for _, what, _ in items) == bare[code], code


def test_a_province_without_any_document_says_so() -> None:
    run = run_of(province="35")  # Hà Nam: in no file of documents
    assert not any(
        row["gso_code"] == "35"
        for name in ("regulations", "human_rights_plans", "annual_plans", "related_plans")
        for row in read_facts(name)
    )
    items = {subject: what for subject, what, _ in unknowns.unknown_items(run, "35")}
    assert items["Văn bản"] == "Chưa thấy văn bản nào của địa phương"
    assert items["Kinh phí"] == "Chưa có số liệu kinh phí nào"
    found = load_documents(run, "35")
    figure = plot_province_timeline(
        timeline_bands(run, found), first=LETTER - timedelta(days=700), last=LETTER, lang="vi"
    )
    assert len(figure.data) == 1  # the milestones alone


# --- statuses


def test_the_year_before_decision_1079_is_not_applicable_not_unknown() -> None:
    run = run_of(province="01", as_of="2020-01-01")
    line = next(x for x in load_lines(run, "01", ()) if x.indicator == HUMAN_RIGHTS_PLAN)
    assert state_text(line, run.view.as_of, "vi").startswith("Chưa áp dụng trước 14/09/2022")
    subjects = [subject for subject, _, _ in unknowns.unknown_items(run, "01")]
    assert "Kế hoạch truyền thông về quyền con người" not in subjects


def test_contradiction_old_evidence_and_undated_plans_are_said_beside_the_status() -> None:
    table = status_lines_table(Sheet(run_of(province="34"), "34", False)).set_index("Chỉ số")
    assert "⚠ Nguồn mâu thuẫn" in table.at["Quy chế quản lý hoạt động thông tin đối ngoại", "Lưu ý"]
    table = status_lines_table(Sheet(run_of(province="40"), "40", False)).set_index("Chỉ số")
    laos = table.loc["Thông tin đối ngoại tuyến biên giới: Việt Nam – Lào"]
    assert laos["Lưu ý"] == "căn cứ đã 79 tháng" and laos["Trạng thái"] == "◆ Một phần"
    table = status_lines_table(Sheet(run_of(province="04"), "04", False)).set_index("Chỉ số")
    assert "1 văn bản không rõ ngày" in table.at["Kế hoạch năm 2023", "Lưu ý"]


def test_the_chosen_day_of_comparison_is_said() -> None:
    run = run_of(province="30", as_of="2024-12-31", since="2023-07-31")
    line = load_lines(run, "30", ())[0]
    assert "ngày 31/07/2023: ▼ Căn cứ QĐ 79/2010 đã hết hiệu lực" in remark_text(line, run)
    assert state_text(line, run.view.as_of, "vi") == "● Theo quy định hiện hành"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_profile_of_both_vintages_can_be_written(lang: str) -> None:
    for day, codes in (("2023-07-31", ("11", "40", "48")), ("2026-01-01", ("48", "19", "91"))):
        for code in codes:
            run = run_of(province=code, as_of=day, lang=lang)
            sheet = Sheet(run, code, True)
            text = status_markdown(sheet, dark=False)
            assert text.count("\n\n") == len(status_lines_table(sheet)) - 1
            found = load_documents(run, code)
            rows = pd.concat([found.dated, found.undated])
            assert len(document_table(rows, lang)) == len(rows)
            places = query_province_places(run.snapshot, run.view.vintage, code, run.view.as_of)
            assert len(place_table(places, lang)) == len(places)
            assert len(comparison_table(run, code)) == len(compared_units(run, code))
            cells = paper_cells(succession_table(run, unit_of(run, code)), lang)
            assert not cells.isna().to_numpy().any()


def test_a_report_is_judged_as_on_the_page_on_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(province="04", as_of="2024-02-01", year="2023")
    received = pd.DataFrame(
        [{"vintage": 2008, "province_code_gso": "04", "received_date": pd.Timestamp("2023-11-10"),
          "document_number": "9/BC-UBND", "source_url": None}]
    )  # fmt: skip
    monkeypatch.setattr("dashboard.plans.deadline_rows.query_reports_received", lambda *_: received)
    days = date(2023, 11, 15), date(2023, 11, 1)
    for due, class_name, state in (
        (None, "not_due", "◆"), (days[0], "on_time", "●"), (days[1], "late", "▼"),
    ):  # fmt: skip
        forget()
        statuses = pd.DataFrame(
            [{"province_code_gso": "04", "class": class_name, "part_classes": None,
              "due_date": due and pd.Timestamp(due)}]
        )  # fmt: skip
        monkeypatch.setattr(
            "dashboard.plans.deadline_rows.query_report_statuses", lambda *_, s=statuses: s
        )
        line = load_lines(run, "04", ())[-1]
        assert state_text(line, run.view.as_of, "vi").startswith(state)
        assert since_text(line, run.view.as_of, "vi") == "nhận ngày 10/11/2023"
        known = "chưa rõ hạn báo cáo" if due is None else f"hạn báo cáo: {due:%d/%m/%Y}"
        assert remark_text(line, run).startswith(known)
        assert not line.is_unknown
    forget()


# --- both vintages


def test_a_mixed_unit_lists_its_parts() -> None:
    run = run_of(province="48", as_of="2026-01-01")  # Đà Nẵng with Quảng Nam
    line = next(x for x in load_lines(run, "48", ()) if x.indicator == HUMAN_RIGHTS_PLAN)
    assert line.class_name == MIXED
    assert "Đà Nẵng: " in remark_text(line, run) and "Quảng Nam: " in remark_text(line, run)
    table = succession_table(run, unit_of(run, "48"))
    assert list(table.columns)[1:] == [
        "Đà Nẵng (30/06/2025)", "Quảng Nam (30/06/2025)", "Đà Nẵng (34 đơn vị, 01/01/2026)",
    ]  # fmt: skip


def test_the_unit_of_2025_follows_the_file_and_its_links_open_it() -> None:
    units = {row["old_gso_code"]: row["new_gso_code"] for row in read_facts("units_2025")}
    for code, new in units.items():
        run = run_of(province=code)
        assert unit_of(run, code).code == new
        (link,) = profile_links(run, unit_of(run, code))
        view = read_view(dict(parse_qsl(urlsplit(link.address).query)), run.facts)
        assert (view.province, view.vintage, view.notices) == (new, 2025, ())
    run = run_of(province="51", as_of="2026-01-01")  # Quảng Ngãi with Kon Tum, whose code is 62
    addresses = [link.address for link in profile_links(run, unit_of(run, "51"))]
    assert [dict(parse_qsl(urlsplit(a).query))["province"] for a in addresses] == ["51", "62"]


def test_the_parts_bring_their_documents_and_amounts_into_the_unit() -> None:
    run = run_of(province="44", as_of="2026-01-01")  # Quảng Trị with Quảng Bình
    lines = load_budget(run, "44")
    expected = {r["line_id"] for r in read_facts("budgets") if r["gso_code"] in ("44", "45")}
    assert set(lines["line_id"]) == expected
    assert "Tỉnh trước 01/7/2025" in budget_table(lines, "vi")
    assert set(load_documents(run, "44").dated["province_name"]) == {"Quảng Bình", "Quảng Trị"}


def test_the_list_of_choice_has_every_unit() -> None:
    for day, count in (("2023-07-31", 63), ("2026-01-01", 34)):
        run = run_of(as_of=day)
        assert len(query_province_choice(run.snapshot, run.view.vintage)) == count


# --- neighbours


@pytest.mark.parametrize("vintage", [2008, 2025])
def test_touching_is_mutual_and_every_unit_touches_another(vintage: int) -> None:
    touching = touching_units(vintage)
    for code, others in touching.items():
        assert others and code not in others
        assert all(code in touching[other] for other in others)


def test_known_neighbours() -> None:
    touching = touching_units(2008)
    assert touching["96"] == {"91", "95"}  # Cà Mau: Kiên Giang, Bạc Liêu
    assert touching["40"] == {"38", "42"}  # Nghệ An: Thanh Hóa, Hà Tĩnh
    assert touching["22"] == {"20", "24", "30", "31"}
    assert touching_units(2025)["96"] == {"91", "92"}  # Cà Mau: An Giang, Cần Thơ


def test_the_route_shown_is_the_chosen_one_where_the_unit_lies_on_it() -> None:
    run = run_of(province="11")
    assert shown_route(run, "11") == "china"
    assert shown_route(run_of(province="11", route="laos"), "11") == "laos"
    assert shown_route(run_of(province="11", route="sea"), "11") == "china"
    assert shown_route(run_of(province="35"), "35") is None
    assert surroundings(run, "11") == ["11", "12"]
    assert surroundings(run_of(province="11", route="laos"), "11") == ["11", "14"]
    on_china = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == "china"}
    assert set(compared_units(run, "11")) == on_china


def test_contradictions_are_those_of_the_unit_alone() -> None:
    for code, count in (("34", 1), ("40", 1), ("01", 0)):
        assert len(load_contradictions(run_of(province=code), code)) == count


# --- the timeline

FIRST, LAST = date(2010, 1, 1), date(2025, 1, 1)
items = st.lists(
    st.builds(
        TimelineItem,
        day=st.dates(FIRST, LAST),
        label=st.text("0123456789/KH-UBND ", max_size=22),
        hover=st.just("x"),
        is_full=st.booleans(),
        is_faint=st.booleans(),
    ),
    max_size=25,
)


@given(items)
def test_no_label_covers_another(found: list[TimelineItem]) -> None:
    placed, _, height = _place([TimelineBand("a", tuple(found))], FIRST, LAST)
    rows: dict[float, list[tuple[float, float]]] = {}
    for dot in placed:
        start, end, _ = _extent(dot.item, FIRST, LAST)
        rows.setdefault(dot.y, []).append((start, end))
        assert 0 < dot.y < height
    for spans in rows.values():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_the_timeline_is_a_figure_and_says_what_it_shows() -> None:
    run = run_of(province="04")
    found = load_documents(run, "04")
    bands = timeline_bands(run, found)
    figure = plot_province_timeline(bands, first=date(2014, 6, 25), last=LETTER, lang="vi")
    go.Figure(figure.to_dict())  # validates
    shown = {text for trace in figure.data for text in trace["text"]}
    assert {"863/QĐ-UBND", "87/KH-UBND", "3035/KH-UBND", "2023", "2024"} <= shown
    full = [t for t in figure.data if t["marker"]["color"] == "#1C2329"]
    assert [list(t["text"]) for t in full] == [["87/KH-UBND"]]  # the only one that decides
    alt = describe_province_timeline(bands[1:], "Cao Bằng", len(found.undated), "vi")
    assert "Kế hoạch, chương trình khác: 3 (từ 07/12/2020 đến 13/10/2022)" in alt
    assert "Không rõ ngày: 1" in alt


def test_a_document_drawn_at_another_date_than_its_issue_bears_a_star() -> None:
    run = run_of(province="11")
    labels = {
        i.label for band in timeline_bands(run, load_documents(run, "11")) for i in band.items
    }
    assert "4342/KH-UBND *" in labels and "18/2018/QĐ-UBND" in labels


# --- paper


def test_paper_has_all_rows_as_plain_text() -> None:
    table = pd.DataFrame({"Ngày": [date(2023, 7, 31), None], "Nguồn": ["https://www.a.vn/b", "*x*"],
                          "trống": ["", None]})  # fmt: skip
    cells = paper_cells(table, "vi")
    assert cells.values.tolist() == [["31/07/2023", "a\\.vn"], ["", "\\*x\\*"]]
    run = run_of(province="40")
    assert (
        replace(Sheet(run, "40", False), printed=True).key("timeline") == "province_timeline_paper"
    )

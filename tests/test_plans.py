"""Annual plans: classes, letters and states against the CSV files; deadlines; tasks; figures."""

from __future__ import annotations

import calendar
import csv
import json
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import warehouse
from dashboard.border_routes.place_tables import activity_table
from dashboard.charts import Mark
from dashboard.charts.deadlines import DeadlineLine, describe_deadlines, plot_deadlines
from dashboard.charts.plan_calendar import IssuedPlan, describe_plan_calendar, plot_plan_calendar
from dashboard.charts.plan_years import PlanYear, describe_plan_years, plot_plan_years
from dashboard.colours import CLASS_ORDER
from dashboard.plans.deadline_rows import (
    deadline_lines,
    deadline_table,
    report_due,
    report_rows,
    report_table,
    year_deadlines,
)
from dashboard.plans.rows import (
    chosen_year,
    known_plans,
    letters_by_year,
    plan_years,
    plans_of,
    related_plans,
    undated_names,
    unit_states,
)
from dashboard.plans.tables import plan_table, related_table, state_table, year_table
from dashboard.plans.tasks import cell_table, matrix_cells, matrix_table
from dashboard.queries.border_routes import query_border_activities
from dashboard.queries.plans import query_guidance_tasks, query_plan_coverage
from domain.deadlines import PERIODS, Deadline, due_dates, result_report_class
from tests.conftest import read_facts
from tests.filled_plans import AS_OF, write_filled_warehouse
from tests.golden.border_routes import DAYS, run_of
from tests.golden.plans import COLUMNS, golden_path, golden_rows

LANGUAGES = ("vi", "en")
LETTER_DAY = date(2023, 7, 31)


@pytest.fixture(scope="module")
def default_folder(default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: one process cannot open one file both as the dashboard and as other tests do."""
    folder = tmp_path_factory.mktemp("plans") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    return folder


@pytest.fixture
def default(default_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default warehouse is the current one."""
    monkeypatch.setenv("TTDN_WAREHOUSE", str(default_folder))


@pytest.fixture(scope="module")
def filled_folder(default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_filled_warehouse(default_warehouse, tmp_path_factory.mktemp("filled"))


@pytest.fixture
def filled(filled_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The warehouse with tasks, coverage, deadlines and reports is the current one."""
    monkeypatch.setenv("TTDN_WAREHOUSE", str(filled_folder))


# --- deadlines


days = st.dates(date(2018, 1, 1), date(2027, 12, 31))
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    has_date = draw(st.booleans())
    return Deadline(
        draw(st.sampled_from(PERIODS)),
        draw(days) if has_date else None,
        None if has_date else draw(month_days),
        draw(st.booleans()),
        draw(st.none() | days),
    )


@given(deadlines(), st.integers(2016, 2030))
def test_days_of_a_deadline_lie_in_the_year_in_order(deadline: Deadline, year: int) -> None:
    found = due_dates(deadline, year)
    assert list(found) == sorted(set(found))
    assert {day.year for day in found} <= {year}
    most = {"once": 1, "yearly": 1, "quarterly": 4, "monthly": 12}[deadline.period]
    assert len(found) <= most
    if deadline.is_every_year and deadline.set_on is None and deadline.period != "once":
        assert len(found) == most


@given(deadlines())
def test_a_deadline_for_one_year_falls_in_one_year(deadline: Deadline) -> None:
    years = [year for year in range(2010, 2035) if due_dates(deadline, year)]
    if not deadline.is_every_year:
        assert len(years) <= 1
    if deadline.due_date is not None and deadline.period == "once":
        assert years == [deadline.due_date.year]


@given(deadlines(), st.integers(2016, 2030))
def test_a_repeated_deadline_binds_from_its_document_on(deadline: Deadline, year: int) -> None:
    if deadline.set_on is not None and (deadline.due_date is None or deadline.period != "once"):
        assert all(day >= deadline.set_on for day in due_dates(deadline, year))


@given(st.integers(1, 12), st.integers(1, 31), st.integers(2016, 2030))
def test_a_monthly_day_is_that_day_or_the_last_of_the_month(
    month: int, day: int, year: int
) -> None:
    if day > calendar.monthrange(2024, month)[1]:
        return
    found = due_dates(Deadline("monthly", None, f"{month:02d}-{day:02d}", True, None), year)
    is_last = day == calendar.monthrange(2024, month)[1]
    for number, due in enumerate(found, 1):
        last = calendar.monthrange(year, number)[1]
        assert due == date(year, number, last if is_last else min(day, last))


def standing(period: str, month_day: str, year: int) -> list[str]:
    found = due_dates(Deadline(period, None, month_day, True, None), year)
    return [f"{day:%m-%d}" for day in found]


def test_month_ends_and_leap_days() -> None:
    assert standing("yearly", "02-29", 2023) == ["02-28"]
    assert standing("yearly", "02-29", 2024) == ["02-29"]
    assert standing("quarterly", "06-30", 2023) == ["03-31", "06-30", "09-30", "12-31"]
    assert standing("quarterly", "02-15", 2023) == ["02-15", "05-15", "08-15", "11-15"]
    assert standing("monthly", "01-30", 2023)[:4] == ["01-30", "02-28", "03-30", "04-30"]
    assert standing("monthly", "01-31", 2024)[:4] == ["01-31", "02-29", "03-31", "04-30"]
    assert standing("monthly", "02-28", 2023)[:3] == ["01-28", "02-28", "03-28"]


def test_a_deadline_without_a_day_or_year() -> None:
    assert due_dates(Deadline("yearly", None, None, True, None), 2023) == ()
    once = Deadline("once", None, "11-15", False, date(2023, 3, 1))
    assert due_dates(once, 2023) == (date(2023, 11, 15),)
    assert due_dates(once, 2024) == ()
    after = Deadline("once", None, "01-15", False, date(2023, 3, 1))
    assert due_dates(after, 2023) == () and due_dates(after, 2024) == (date(2024, 1, 15),)
    assert due_dates(Deadline("once", None, "11-15", False, None), 2023) == ()


@pytest.mark.parametrize("month_day", ["13-01", "02-30", "2-5", "x"])
def test_a_wrong_deadline_is_an_error(month_day: str) -> None:
    with pytest.raises(ValueError):
        due_dates(Deadline("yearly", None, month_day, True, None), 2023)
    with pytest.raises(ValueError, match="period"):
        due_dates(Deadline("weekly", None, "01-01", True, None), 2023)


@given(st.none() | days, st.none() | days, days)
def test_nobody_is_late_without_a_report_and_a_deadline(
    due: date | None, received: date | None, as_of: date
) -> None:
    found = result_report_class(due, received, as_of)
    known = received if received is not None and received <= as_of else None
    if due is None:
        assert found == ("none_known" if known is None else "not_due")
    elif known is None:
        assert found == ("not_due" if as_of <= due else "none_known")
    else:
        assert found == ("late" if known > due else "on_time")


def test_a_report_on_its_day_is_in_time_and_a_day_due_is_not_over() -> None:
    due = date(2023, 12, 15)
    assert result_report_class(due, due, due) == "on_time"
    assert result_report_class(due, due + timedelta(1), date(2024, 1, 1)) == "late"
    assert result_report_class(due, None, due) == "not_due"
    assert result_report_class(due, None, due + timedelta(1)) == "none_known"
    assert result_report_class(None, None, date(2023, 1, 1)) == "none_known"
    # What is received later than the as-of date is not known on it.
    assert result_report_class(due, date(2023, 12, 1), date(2023, 11, 1)) == "not_due"


# --- against the CSV files


def class_of(row: dict[str, str]) -> str:
    if not row["issued_on"]:
        return "known_undated"
    year = row["issued_on"][:4]
    if year == row["plan_year"]:
        return "issued_in"
    return "issued_before" if year < row["plan_year"] else "issued_after"


def csv_plans(day: date) -> list[dict[str, str]]:
    """Rows of annual_plans.csv known on a day, or without any date."""
    rows = read_facts("annual_plans")
    return [r for r in rows if (r["issued_on"] or r["reported_on"] or "") <= day.isoformat()]


def csv_classes(day: date, year: int) -> dict[str, str]:
    """Code → class: the latest dated plan of the year decides."""
    dated = [r for r in csv_plans(day) if r["plan_year"] == str(year)]
    dated = [r for r in dated if r["issued_on"] or r["reported_on"]]
    dated.sort(key=lambda r: r["issued_on"] or r["reported_on"])
    return {r["gso_code"]: class_of(r) for r in dated}


@pytest.mark.usefixtures("default")
@pytest.mark.parametrize("day", [*DAYS, date(2025, 6, 30), date(2017, 12, 31)])
def test_counts_of_every_year_are_those_of_the_files(day: date) -> None:
    run = run_of(as_of=day.isoformat())
    years = plan_years(run)
    assert [year.year for year in years] == list(range(2026, 2017, -1))
    for row in years:
        expected = Counter(csv_classes(day, row.year).values())
        expected["none_known"] = 63 - expected.total()
        assert Counter(row.counts) == expected, row.year
        assert (row.known, row.total) == (63 - expected["none_known"], 63)
        named = {r["gso_code"] for r in csv_plans(day) if r["plan_year"] == str(row.year)}
        assert row.without_day == len(named - csv_classes(day, row.year).keys())


@pytest.mark.usefixtures("default")
def test_each_year_has_its_letter_and_2026_has_none() -> None:
    run = run_of(as_of="2025-06-30")
    expected = {
        int(r["guides_year"]): (r["document_number"], r["issued_on"])
        for r in read_facts("ministry_guidance")
        if re.fullmatch(r"\d{4}", r["guides_year"])
    }
    found = {
        year: [(r["document_number"], f"{r['issued_date']:%Y-%m-%d}") for r in rows]
        for year, rows in letters_by_year(run).items()
    }
    assert found == {year: [letter] for year, letter in expected.items()}
    by_year = {row.year: row.letters for row in plan_years(run)}
    assert by_year[2026] == () and by_year[2024] == ("3089/BTTTT-TTĐN, 31/07/2023",)
    # A letter of a later day guides nothing yet.
    assert 2025 not in letters_by_year(run_of(as_of="2024-09-15"))
    assert 2025 in letters_by_year(run_of(as_of="2024-09-16"))


@pytest.mark.usefixtures("default")
@pytest.mark.parametrize("day", DAYS)
def test_the_list_of_plans_is_that_of_the_file(day: date) -> None:
    table = plan_table(known_plans(run_of(as_of=day.isoformat())), "vi")
    expected = Counter(
        (r["plan_year"], r["province"], r["document_number"], r["issued_on"])
        for r in csv_plans(day)
    )
    columns = ("Năm kế hoạch", "Tỉnh, thành phố", "Số văn bản", "Ngày ban hành")
    found = Counter(
        (year, province, number, str(issued or ""))
        for year, province, number, issued in zip(*(table[c] for c in columns), strict=True)
    )
    assert found == expected


@pytest.mark.usefixtures("default")
def test_a_plan_names_the_letters_that_its_text_cites() -> None:
    run = run_of(as_of="2025-06-30")
    expected: Counter[tuple[str, int, tuple[str, ...]]] = Counter()
    for row in read_facts("annual_plans"):
        letters = re.findall(r"\d+/BTTTT-TTĐN", row["note"])
        expected[row["gso_code"], int(row["plan_year"]), tuple(sorted(letters))] += 1
    # The plan of Cao Bằng was read itself (document_facts.csv).
    expected -= Counter({("04", 2023, ()): 1})
    expected["04", 2023, ("5740/BTTTT-TTĐN",)] += 1
    found = Counter(
        (r.own_code, r.plan_year, tuple(r.cited_letters)) for r in known_plans(run).itertuples()
    )
    assert found == expected
    assert sum(bool(letters) for _, _, letters in found.elements()) == 18


@pytest.mark.usefixtures("default")
def test_citations_without_a_date_mean_the_ministrys_letter() -> None:
    rows = warehouse.query(
        "SELECT citation.cited_number, cited.document_number, cited.province_code_gso "
        "FROM core.citation AS citation "
        "LEFT JOIN core.document AS cited ON cited.document_id = citation.cited_document_id "
        "WHERE citation.source_id = $source",
        {"source": "annual_plans"},
        warehouse.current_snapshot(),
    )
    assert len(rows) == 18
    assert rows["cited_number"].tolist() == rows["document_number"].tolist()
    assert rows["province_code_gso"].isna().all()


@pytest.mark.usefixtures("default")
def test_known_without_any_date_is_neither_coloured_nor_forgotten() -> None:
    run = run_of(as_of="2023-07-31", year="2023")
    assert undated_names(run, 2023) == ["Bình Thuận", "Cao Bằng", "Hòa Bình", "Trà Vinh"]
    states = Counter(unit.state for unit in unit_states(run, 2023))
    assert states == {"known": 9, "none": 54}
    assert not known_plans(run)["is_on_file"].any()  # until documents are ingested


@pytest.mark.usefixtures("default")
def test_units_of_2025_list_their_parts() -> None:
    run = run_of(as_of="2025-07-01", year="2021")
    states = {unit.province_name: unit for unit in unit_states(run, 2021)}
    assert len(states) == 34
    successor = {r["old_gso_code"]: r["new_name"] for r in read_facts("units_2025")}
    planned = {r["province"]: successor[r["gso_code"]] for r in csv_plans(date(2025, 7, 1))
               if r["plan_year"] == "2021"}  # fmt: skip
    for name, unit in states.items():
        old = [r["old_name"] for r in read_facts("units_2025") if r["new_name"] == name]
        parts = {n: "known" if n in planned else "none" for n in old}
        assert dict(unit.parts) == (parts if len(parts) > 1 else {}), name
        kinds = set(parts.values())
        assert unit.state == (kinds.pop() if len(kinds) == 1 else "mixed"), name
    hochiminh = plans_of(run, 2021).query("own_name == 'Bình Dương'")
    assert set(hochiminh["province_name"]) == {successor["74"]}
    table = plan_table(plans_of(run, 2021), "vi")
    assert f"{successor['74']} (Bình Dương)" in set(table["Tỉnh, thành phố"])
    assert "Các tỉnh hợp thành" in state_table(unit_states(run, 2021), "vi")


@pytest.mark.usefixtures("default")
def test_the_route_leaves_its_provinces_alone() -> None:
    run = run_of(as_of="2024-12-31", route="china")
    on = {r["gso_code"] for r in read_facts("border_provinces") if r["route"] == "china"}
    assert {year.total for year in plan_years(run)} == {len(on)}
    assert set(known_plans(run)["own_code"]) <= on
    assert {u.province_code_gso for u in unit_states(run, 2024)} == on
    assert {r.province_code_gso for r in report_rows(run, 2024).itertuples()} == on


@pytest.mark.usefixtures("default")
def test_the_year_of_the_address_or_that_of_the_day() -> None:
    assert chosen_year(run_of()) == 2023
    assert chosen_year(run_of(as_of="2024-12-31")) == 2024
    assert chosen_year(run_of(as_of="2024-12-31", year="2019")) == 2019
    assert chosen_year(run_of(as_of="2026-03-01")) == 2026
    assert chosen_year(run_of(year="1999")) == 2023


@pytest.mark.usefixtures("default")
@pytest.mark.parametrize("day", DAYS)
def test_other_plans_have_their_kind_in_words(day: date) -> None:
    rows = [r for r in read_facts("related_plans") if r["issued_on"] <= day.isoformat()]
    for lang in LANGUAGES:
        table = related_table(related_plans(run_of(as_of=day.isoformat())), lang)
        assert len(table) == len(rows)
        assert not any("_" in text for text in table.iloc[:, 0])
    kinds = Counter(table.iloc[:, 0])
    assert sorted(kinds.values()) == sorted(Counter(r["kind"] for r in rows).values())


@pytest.mark.usefixtures("default")
def test_deadlines_of_the_default_data() -> None:
    """Two documents set one each: Cao Bằng once in 2023, Bình Thuận every year since 2024-04-04."""
    run = run_of(as_of="2025-06-30")
    days_of = {
        year: [day for d in year_deadlines(run, year) for day in d.days]
        for year in range(2018, 2027)
    }
    assert days_of.pop(2023) == [date(2023, 11, 15)]
    for year in (2024, 2025, 2026):
        assert days_of.pop(year) == [date(year, 11, 10)]
    assert set(map(tuple, days_of.values())) == {()}
    # Neither binds the provinces towards the ministry, so nobody owes a report by them.
    assert report_due(run, 2024) is None
    assert len(year_deadlines(run_of(as_of="2023-07-31"), 2024)) == 1
    assert set(report_rows(run, 2024)["class"]) == {"none_known"}
    assert set(report_rows(run, 2026)["class"]) == {"not_due"}
    table = deadline_table(year_deadlines(run, 2023), 2023, "vi")
    assert table["Mục"].tolist() == ["cuối văn bản", "III.2"]
    assert table["Ngày đến hạn năm 2023"].tolist() == ["15/11/2023", "–"]


@pytest.mark.usefixtures("default")
@pytest.mark.parametrize("day", DAYS)
def test_golden_rows(day: date) -> None:
    with golden_path(day).open(encoding="utf-8", newline="") as file:
        header, *expected = list(csv.reader(file))
    assert header == list(COLUMNS)
    assert golden_rows(day) == expected


# --- with tasks, coverage, deadlines and reports


@pytest.mark.usefixtures("filled")
def test_the_matrix_tells_five_things_apart() -> None:
    run = run_of(as_of=AS_OF.isoformat(), year="2023")
    tasks = query_guidance_tasks(run.snapshot, 2023, AS_OF)
    assert tasks["ordinal"].tolist() == ["1", "2"]
    said = {
        (r["document_id"], r["guidance_task_id"]): r
        for r in query_plan_coverage(run.snapshot, 2008, 2023, AS_OF).to_dict("records")
    }
    cells = matrix_cells(plans_of(run, 2023), tasks, said, "vi")
    assert len(cells) == 9 * 2
    by_class = Counter(cells["class"])
    assert by_class == {
        "covered": 1, "partly": 1, "not_found": 1, "not_compared": 1, "no_text": 14,
    }  # fmt: skip
    table = matrix_table(cells, "vi")
    assert len(table) == 9 and list(table.columns)[2:] == ["1", "2"]
    cao_bang = table[table["Tỉnh, thành phố"] == "Cao Bằng"].iloc[0]
    assert (cao_bang["1"], cao_bang["2"]) == ("●", "○")
    ha_noi = table[table["Tỉnh, thành phố"] == "Hà Nội"].iloc[0]
    assert (ha_noi["1"], ha_noi["2"]) == ("◐", "□")
    long = cell_table(cells, "vi")
    passage = long.set_index(["Tỉnh, thành phố", "Nhiệm vụ"]).loc[("Cao Bằng", "1. Nhiệm vụ một")]
    assert passage["Đoạn văn"] == "đoạn văn của Cao Bằng"
    assert passage["Xác định bởi"] == "người xác nhận"


@pytest.mark.usefixtures("filled")
def test_on_file_known_and_none_are_three_states() -> None:
    run = run_of(as_of=AS_OF.isoformat(), year="2023")
    states = {unit.province_name: unit.state for unit in unit_states(run, 2023)}
    assert Counter(states.values()) == {"on_file": 2, "known": 7, "none": 54}
    assert states["Cao Bằng"] == states["Hà Nội"] == "on_file"


@pytest.mark.usefixtures("filled")
def test_reports_are_judged_by_the_deadline_of_the_ministry() -> None:
    run = run_of(as_of=AS_OF.isoformat(), year="2023")
    assert report_due(run, 2023) == date(2023, 12, 15)
    rows = report_rows(run, 2023).set_index("province_name")["class"]
    assert (rows["Hà Nội"], rows["Cao Bằng"], rows["Hà Giang"]) == ("on_time", "late", "none_known")
    assert Counter(rows) == {"on_time": 1, "late": 1, "none_known": 61}
    # Before the deadline nobody is behind, and on the day a report has come in.
    early = report_rows(run_of(as_of="2023-12-10", year="2023"), 2023)
    assert Counter(early["class"]) == {"on_time": 1, "not_due": 62}
    # A year without a deadline of the ministry: received, and that is all there is to say.
    other = report_rows(run, 2022)
    assert Counter(other["class"]) == {"received": 1, "none_known": 62}
    table = report_table(other, "vi")
    assert "◆ Đã nhận, chưa rõ hạn" in set(table["Trạng thái"])


@pytest.mark.usefixtures("filled")
def test_reports_of_parts_and_of_the_unit_itself() -> None:
    run = run_of(as_of="2026-03-01")
    rows = report_rows(run, 2023).set_index("province_code_gso")
    assert len(rows) == 34
    assert rows.loc["01", "class"] == "on_time" and rows.loc["04", "class"] == "late"
    mixed = report_rows(run, 2022).set_index("province_name")
    assert mixed.loc["Tuyên Quang", "class"] == "mixed"
    assert "Hà Giang: ◆ Đã nhận, chưa rõ hạn" in mixed.loc["Tuyên Quang", "parts"]
    own = report_rows(run, 2025).set_index("province_name")
    assert own.loc["Tuyên Quang", "class"] == "received" and own.loc["Tuyên Quang", "parts"] == ""


@pytest.mark.usefixtures("filled")
def test_every_kind_of_deadline_is_drawn() -> None:
    run = run_of(as_of=AS_OF.isoformat(), year="2023")
    lines = deadline_lines(year_deadlines(run, 2023), "vi")
    by_label = {line.label: line.days for line in lines}
    assert len(by_label["UBND các tỉnh → Bộ Thông tin và Truyền thông"]) == 1
    assert [f"{d:%d/%m}" for d in by_label["Các sở → Chưa ghi trong dữ liệu"]] == [
        "31/03", "30/06", "30/09", "31/12",
    ]  # fmt: skip
    monthly = by_label["Cửa khẩu → UBND tỉnh"]
    assert monthly[1] == date(2023, 2, 28) and len(monthly) == 12


# --- figures


def counts(year: int, known: int = 3) -> PlanYear:
    classes = [c for c in CLASS_ORDER["annual_plan"] if c != "none_known"]
    parts = {name: place for place, name in enumerate(classes[:known], 1)}
    return PlanYear(year, {**parts, "none_known": 40}, (f"{year}/BTTTT-TTĐN, 31/07/{year}",), known)


def issued(number: int, year: int = 2023) -> list[IssuedPlan]:
    classes = ("issued_before", "issued_in", "issued_after")
    return [
        IssuedPlan(
            date(year - 1, 10, 1) + timedelta(days=11 * place), f"Tỉnh <b>{place}</b>", "", 
            classes[place % 3], place == 1,
        )
        for place in range(number)
    ]  # fmt: skip


def figures(lang: str, dark: bool) -> dict[str, go.Figure]:
    marks = [Mark(date(2022, 11, 25), "CV 5740"), Mark(LETTER_DAY, "Tính đến")]
    monthly = DeadlineLine("a → b", "c", tuple(date(2023, m, 28) for m in range(1, 13)))
    once = DeadlineLine("Các sở & ngành → UBND <tỉnh>", "1/KH", (date(2023, 11, 15),))
    return {
        "years": plot_plan_years([counts(y, y % 6) for y in range(2018, 2027)], lang, dark),
        "no years": plot_plan_years([PlanYear(2026, {"none_known": 63}, ())], lang, dark),
        "strip": plot_plan_calendar(issued(20), 2023, marks, lang, dark),
        "full strip": plot_plan_calendar(issued(63), 2023, marks, lang, dark),
        "empty strip": plot_plan_calendar([], 2023, [], lang, dark),
        "deadlines": plot_deadlines([once, monthly], 2023, LETTER_DAY, lang, dark),
        "other year": plot_deadlines([once], 2023, date(2025, 1, 1), lang, dark),
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_every_figure_is_valid_and_says_nothing_in_vain(lang: str, dark: bool) -> None:
    for name, figure in figures(lang, dark).items():
        content = json.loads(figure.to_json())
        checked = json.loads(go.Figure(content).to_json())
        for looks in checked["layout"]["template"].get("data", {}).values():
            for look in looks:
                del look["type"]  # which plotly adds
        assert checked == content, name
        texts = json.dumps(content["data"], ensure_ascii=False)
        assert "Tỉnh <b>1" not in texts, name
        assert figure.layout.height and figure.layout.width is None


def test_names_on_the_strip_do_not_cover_each_other() -> None:
    figure = plot_plan_calendar(issued(40), 2023, [], "vi")
    points: list[tuple[float, float, float]] = []
    first = date.fromisoformat(min(x for t in figure.data for x in t.x))
    last = max(date(2023, 12, 31), date.fromisoformat(max(x for t in figure.data for x in t.x)))
    for trace in figure.data:
        for x, y, text, side in zip(trace.x, trace.y, trace.text, trace.textposition, strict=True):
            at = (date.fromisoformat(x) - first).days / (last - first).days * 330
            width = 6.4 * len("Tỉnh <b>10</b>") if text else 0
            points.append((y, at, at + width) if "right" in side else (y, at - width, at))
    assert len(points) == 40
    for place, (y, start, end) in enumerate(points):
        for other_y, other_start, other_end in points[place + 1 :]:
            assert y != other_y or end <= other_start or start >= other_end


def test_figures_in_words() -> None:
    years = [counts(2023), PlanYear(2026, {"none_known": 63}, ())]
    text = describe_plan_years(years, "vi")
    assert "Năm 2026 (chưa thấy công văn hướng dẫn): 0/63" in text
    assert "2023/BTTTT-TTĐN" in text and "6/46" in text
    assert "01/10/2022" in describe_plan_calendar(issued(2), 2023, [], "vi")
    assert "chưa có kế hoạch" in describe_plan_calendar([], 2023, [], "vi")
    line = DeadlineLine("a → b", "c", (date(2023, 11, 15),))
    assert "15/11/2023" in describe_deadlines([line], 2023, "vi")


def test_tables_have_the_numbers_of_the_chart() -> None:
    table = year_table([counts(2023), PlanYear(2026, {"none_known": 63}, ())], "vi")
    assert table["Năm kế hoạch"].tolist() == ["2023", "2026"]
    assert table.iloc[1, 1] == "chưa thấy công văn hướng dẫn"
    assert table["⊙ Chưa thấy kế hoạch"].tolist() == [40, 63]


@pytest.mark.usefixtures("filled")
def test_activities_on_a_border_route_are_listed() -> None:
    run = run_of(as_of=AS_OF.isoformat())
    rows = query_border_activities(run.snapshot, 2008, "china", AS_OF)
    assert rows["title"].tolist() == ["Hội chợ vùng biên", "Kế hoạch không rõ ngày"]
    first, second = activity_table(rows, "vi").to_dict("records")
    assert (first["Tỉnh, thành phố"], first["Loại"]) == ("Cao Bằng", "Hoạt động tuyên truyền")
    assert (first["Từ ngày"], first["Đến ngày"]) == (date(2024, 3, 1), date(2024, 3, 5))
    assert (first["Đơn vị phối hợp"], first["Số người tiếp cận"]) == ("Sở Ngoại vụ", "1.200")
    assert first["Văn bản"] == "2/BC-UBND" and second["Số người tiếp cận"] == ""
    later = query_border_activities(run.snapshot, 2025, "china", date(2025, 8, 1))
    assert len(later) == 3 and set(later["province_name"]) == {"Cao Bằng"}

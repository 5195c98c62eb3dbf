"""Budget: what stands for a province, what is never added, stages, choices, words, figures.

Expected amounts are read here from data/facts/budgets.csv with the csv module or written by hand.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import warehouse
from dashboard.budget.amounts import load_amounts
from dashboard.budget.choice import (
    ALL_STAGES,
    SCALES,
    Asked,
    load_choice,
    load_offers,
    parse_asked,
    units_of,
    write_asked,
)
from dashboard.budget.controls import coverage_texts
from dashboard.budget.details import all_amounts, amount_spans, programme_amounts
from dashboard.budget.overview import amount_bars, map_rows
from dashboard.budget.province import province_lines
from dashboard.budget.stages import share_table, stage_bars
from dashboard.budget.tables import (
    evidence_lines,
    funding_table,
    line_table,
    tree_order,
    unit_table,
)
from dashboard.budget.wording import component_key, money, printed_money
from dashboard.charts.budget_bars import describe_budget_bars, plot_budget_bars
from dashboard.charts.budget_spans import describe_budget_spans, plot_budget_spans
from dashboard.charts.budget_stages import describe_budget_stages, plot_budget_stages
from dashboard.words import LANGUAGES, catalogue
from domain.budgets import (
    FUNDING_SOURCES,
    PROGRAMMES,
    SCOPES,
    STAGES,
    BudgetLine,
    choose_figure,
    comparable_stages,
    figure_of_unit,
    may_add,
    rounding_of,
    without_parts,
)
from etl.budget_notes import parse_counted_until, parse_share_disbursed
from tests.conftest import read_facts
from tests.golden.budget import COLUMNS, DAYS, golden_path, golden_rows, run_of

FACTS = {row["line_id"]: row for row in read_facts("budgets")}


@pytest.fixture(scope="module")
def snapshot(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[warehouse.Snapshot]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("budget") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield warehouse.current_snapshot()
    warehouse.close_all()
    patch.undo()


# --- the rules, on made-up lines


def line(line_id: str, amount: int = 100, **values: object) -> BudgetLine:
    given_ = {
        "unit_code": "04", "province_code": "04", "scope": "whole_programme",
        "programme": "other", "period": "2023", "stage": "allocated", **values,
    }  # fmt: skip
    return BudgetLine(line_id=line_id, amount_million_vnd=amount, **given_)  # type: ignore[arg-type]


@st.composite
def trees(draw: st.DrawFn) -> list[BudgetLine]:
    """Lines of one choice in which any later one can be a part of an earlier one."""
    lines: list[BudgetLine] = []
    for place in range(draw(st.integers(1, 8))):
        parent = draw(st.sampled_from([None, *lines])) if lines else None
        totals = {parent.line_id, *parent.total_ids} if parent else set()
        lines.append(
            line(
                f"L{place}",
                draw(st.integers(0, 10**9)),
                total_ids=frozenset(totals),
                is_total=draw(st.booleans()),
                is_rounded=draw(st.booleans()),
                is_of_province=draw(st.booleans()),
                funding_source=draw(st.sampled_from([None, *FUNDING_SOURCES])),
            )
        )
    return lines


@given(trees(), st.randoms(use_true_random=False))
def test_the_order_of_lines_never_matters(lines: list[BudgetLine], chance: random.Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert choose_figure(shuffled) == choose_figure(lines)
    assert figure_of_unit("04", ["04"], shuffled) == figure_of_unit("04", ["04"], lines)
    assert comparable_stages(shuffled) == comparable_stages(lines)


@given(trees())
def test_totals_and_parts_are_never_both_counted(lines: list[BudgetLine]) -> None:
    heads = without_parts(lines)
    ids = {head.line_id for head in heads}
    assert heads and not any(head.total_ids & ids for head in heads)
    figure = figure_of_unit("04", ["04"], lines)
    assert (figure is None) == (not any(one.is_of_province for one in lines))
    if figure is not None:
        # One printed figure stands for a province: nothing was added to anything.
        assert figure.amount_million_vnd in {one.amount_million_vnd for one in lines}
        [part] = figure.parts
        shown = {one.line_id for one in (part.line, *part.disputes, *part.also)}
        assert shown == {one.line_id for one in lines if one.is_of_province}
        assert not part.line.total_ids & shown


@given(trees(), st.sampled_from(["2022", "2021-2025", "unknown"]))
def test_different_periods_are_never_added(lines: list[BudgetLine], period: str) -> None:
    other = line("M", 5, period=period, province_code="06", is_total=True, funding_source="all")
    mixed = [*lines, other]
    with pytest.raises(ValueError, match="one province, scope, period and stage"):
        choose_figure(mixed)
    figures = [f for f in (choose_figure(lines), choose_figure([other])) if f]
    if len(figures) == 2:
        assert not may_add(figures)
        unit = figure_of_unit("04", ["04", "06"], mixed)
        assert unit is not None and unit.amount_million_vnd is None


def test_a_total_of_all_sources_goes_before_a_larger_single_figure() -> None:
    whole = line("A", 100, is_total=True, funding_source="all")
    single = line("B", 900)
    central = line("C", 500, is_total=True, funding_source="central")
    assert choose_figure([single, central, whole]).line is whole  # type: ignore[union-attr]
    assert choose_figure([single, central]).line is central  # type: ignore[union-attr]


def test_lines_that_name_each_other_as_total_are_both_kept() -> None:
    one = line("A", total_ids=frozenset("B"))
    other = line("B", total_ids=frozenset("A"))
    assert len(without_parts([one, other])) == 2


def test_a_contradicting_figure_stands_beside_the_chosen_one() -> None:
    chosen = line("A", is_total=True, disputed_ids=frozenset("B"))
    other = line("B", 404, disputed_ids=frozenset("A"))
    figure = choose_figure([other, chosen])
    assert figure is not None and figure.line is chosen and figure.disputes == (other,)


def part(code: str, **values: object) -> BudgetLine:
    return line(f"P{code}", 10, **{
        "province_code": code, "is_total": True, "funding_source": "all", **values
    })  # fmt: skip


def test_merged_provinces_are_added_only_when_all_are_totals_of_the_same_money() -> None:
    parts = ["06", "19"]
    whole = figure_of_unit("19", parts, [part("06"), part("19", is_rounded=True)])
    assert whole is not None and (whole.amount_million_vnd, whole.is_rounded) == (20, True)
    for others in (
        [part("06")],  # one of the two is not known
        [part("06"), part("19", funding_source="central")],
        [part("06"), part("19", funding_source=None)],
        [part("06"), part("19", programme="poverty_reduction")],
        [part("06"), part("19", is_total=False)],
        [part("06", period="unknown"), part("19", period="unknown")],
        [part("06", disputed_ids=frozenset(["Q"])), line("Q", province_code="06",
         disputed_ids=frozenset(["P06"])), part("19")],
    ):  # fmt: skip
        listed = figure_of_unit("19", parts, others)
        assert listed is not None and listed.amount_million_vnd is None and listed.parts


def test_an_amount_of_the_merged_unit_itself_goes_before_those_of_its_parts() -> None:
    own = line("U", 7, province_code="19", is_of_merged_unit=True)
    unit = figure_of_unit("19", ["06", "19"], [part("06"), part("19"), own])
    assert unit is not None and unit.amount_million_vnd == 7 and unit.parts[0].line is own


def test_only_the_same_money_is_compared_over_stages() -> None:
    base = line("A", 200, component="x", funding_source="central")
    spent = line("B", 50, stage="disbursed", component="X ", funding_source="central")
    [group] = comparable_stages([spent, base])
    assert [one.line_id for one in group.lines] == ["A", "B"]
    assert group.share_disbursed() == 25
    different: dict[str, object] = {
        "component": "y", "funding_source": "local", "period": "2022", "scope": SCOPES[0],
        "level": "district", "programme": "ethnic_minority", "province_code": "06",
    }  # fmt: skip
    for name, value in different.items():
        values = {"component": "x", "funding_source": "central", name: value}
        assert not comparable_stages([base, line("B", 50, stage="disbursed", **values)])
    assert not comparable_stages([line("A"), line("B", stage="disbursed")])  # nothing says it


def test_of_several_disbursements_the_latest_counts_and_unclear_ones_are_left_out() -> None:
    base = line("A", 200, component="x")
    days = [dt.date(2023, 6, 30), dt.date(2023, 12, 31)]
    spent = [
        line(f"B{n}", 50 * (n + 1), stage="disbursed", component="x", counts_from=day)
        for n, day in enumerate(days)
    ]
    [group] = comparable_stages([base, *spent])
    assert group.share_disbursed() == 50
    undated = line("C", 70, stage="disbursed", component="x")
    assert not comparable_stages([base, *spent, undated])


@pytest.mark.parametrize(("share", "is_compared"), [(77.2, True), (77.0, True), (77.1, False)])
def test_a_printed_share_confirms_what_a_disbursement_is_of(
    share: float, is_compared: bool
) -> None:
    base = line("A", 5472000, is_total=True, funding_source="all")
    spent = line("B", 4222000, stage="disbursed", share_disbursed_pct=share)
    groups = comparable_stages([base, spent])
    assert [g.is_confirmed_by_share for g in groups] == [True] * is_compared


@pytest.mark.parametrize(
    ("printed", "rounding"),
    [("hơn 404 tỷ đồng", "over"), ("trên 1.700 tỷ đồng", "over"), ("gần 1.445 tỷ đồng", "nearly"),
     ("more than 25 billion VND", "over"), ("1.700 tỷ đồng", "about")],
)  # fmt: skip
def test_rounding_is_read_as_printed(printed: str, rounding: str) -> None:
    assert rounding_of(printed, True) == rounding
    assert rounding_of(printed, False) is None


# --- shares and days that notes print


def test_shares_and_days_of_the_default_data() -> None:
    shares = {
        key: parse_share_disbursed(row["note"])
        for key, row in FACTS.items()
        if parse_share_disbursed(row["note"])
    }
    assert {key: tuple(share or ()) for key, share in shares.items()} == {
        "B003": (47, None), "B004": (32, None), "B008": (77.2, None), "B022": (14.59, None),
        "B023": (2.04, None), "B044": (0.19, None), "B045": (12.78, None), "B046": (27.7, None),
        "B062": (49, "about"), "B102": (10.21, None), "B103": (97, "over"), "B105": (60, None),
    }  # fmt: skip
    until = {}
    for key, row in FACTS.items():
        years = tuple(map(int, row["year"].split("-"))) if row["year"] else None
        found = parse_counted_until(row["component"], row["note"], years and (years[0], years[-1]))
        if found:
            until[key] = (found.day.isoformat(), found.precision)
    assert until == {
        "B003": ("2024-08-31", "month_end"), "B004": ("2024-08-31", "month_end"),
        "B008": ("2025-10-15", "month_middle"), "B022": ("2023-06-30", "day"),
        "B023": ("2023-06-30", "day"), "B044": ("2023-08-31", "month_end"),
        "B045": ("2023-08-31", "month_end"), "B046": ("2023-08-31", "month_end"),
        "B102": ("2023-06-30", "day"), "B105": ("2024-11-15", "day"),
    }  # fmt: skip


@given(st.text(), st.text())
def test_no_note_breaks_the_reading(component: str, note: str) -> None:
    parse_counted_until(component, f"disbursed by 31 February {note}", (2023, 2023))
    parse_counted_until(f"disbursed to 2023-02-31 {component}", note, None)
    parse_share_disbursed(note)


# --- what the page shows, against the file


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_page_shows_what_the_golden_file_says(
    snapshot: warehouse.Snapshot, day: dt.date
) -> None:
    with golden_path(day).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COLUMNS
    assert golden_rows(day) == rows


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_figure_is_printed_so_in_the_file(snapshot: warehouse.Snapshot, day: dt.date) -> None:
    shown = golden_rows(day)
    for scope, programme, period, stage, code, amount, rounded, key, *_ in shown:
        row = FACTS[key]
        assert (row["scope"], row["programme"], row["year"] or "unknown") == (
            scope, programme, period
        )  # fmt: skip
        assert (row["stage"], row["gso_code"], row["level"]) == (stage, code, "province")
        assert (row["amount_million_vnd"], row["is_rounded"]) == (amount, rounded.lower())
        assert not row["parent_line_id"]
    # Each combination that the file has at province level is shown once, none other.
    expected = {
        (r["scope"], r["programme"], r["year"] or "unknown", r["stage"], r["gso_code"])
        for r in FACTS.values()
        if r["level"] == "province" and "re-allocation" not in r["note"]
        if not r["document_date"] or r["document_date"] <= day.isoformat()
        if r["stage"] != "disbursed" or r["line_id"] not in _LATER.get(day, ())
    }
    assert Counter(tuple(row[:5]) for row in shown) == Counter(dict.fromkeys(expected, 1))


# Counted up to a day after the as-of date, by the words of their components.
_LATER = {
    DAYS[0]: {"B003", "B004", "B008", "B044", "B045", "B046"},
    DAYS[1]: {"B008"},
}


def test_the_page_says_how_many_provinces_have_any_figure(snapshot: warehouse.Snapshot) -> None:
    ever: defaultdict[str, set[str]] = defaultdict(set)
    of_2023: defaultdict[str, set[str]] = defaultdict(set)
    for row in FACTS.values():
        if row["level"] != "province" or row["line_id"] in (*_LATER[DAYS[0]], "B071", "B062"):
            continue
        ever[row["scope"]].add(row["gso_code"])
        if row["year"] == "2023":
            of_2023[row["scope"]].add(row["gso_code"])
    assert (len(ever[SCOPES[0]]), len(of_2023[SCOPES[0]])) == (12, 1)
    texts = coverage_texts(run_of(as_of="2023-07-31", year="2023"))
    for scope, (_, value, note) in zip(SCOPES, texts, strict=True):
        assert value == f"{len(of_2023[scope])} trong 63"
        assert f"{len(ever[scope])} trong 63" in note


def test_the_contradiction_of_nghe_an_stands_side_by_side(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2023-07-31", programme="whole.poverty", year="2022", province="40")
    amounts = load_amounts(run)
    bars = amount_bars(run, amounts)
    assert [(bar.name, bar.label, bar.is_disputed) for bar in bars] == [
        ("Nghệ An", "305,531 tỷ đồng", True), ("Nghệ An", "hơn 404 tỷ đồng", True),
    ]  # fmt: skip
    [row] = map_rows(run, amounts).to_dict("records")
    assert row["has_contradiction"] and "hơn 404 tỷ đồng" in row["hover"]
    lines = "\n".join(province_lines(run, "40"))
    assert "305,531" in lines and "404" in lines and "baonghean" in lines and "nhandan" in lines
    drawn = plot_budget_bars(bars, "vi")
    assert sum(len(trace["x"]) for trace in drawn.to_dict()["data"]) == 2


def test_periods_are_not_years(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2024-12-31", programme="whole.ethnic")
    for period in ("2023", "2021-2025"):
        chosen = run_of(as_of="2024-12-31", programme=f"whole.ethnic.allocated.{period}")
        shown = {part.line.line_id for f in load_amounts(chosen).figures for part in f.parts}
        assert shown and all(FACTS[key]["year"] == period for key in shown)
    spans = amount_spans(run, programme_amounts(run))
    by_period = {(s.first_year, s.last_year) for s in spans}
    assert (2021, 2025) in by_period and (2023, 2023) in by_period
    drawn = plot_budget_spans(spans, "vi").to_dict()
    for trace in drawn["data"]:
        for start, length in zip(trace["base"], trace["x"], strict=True):
            years = (round(start + 0.44), round(start + length - 0.44))
            assert years in by_period
    assert sum(len(t["x"]) for t in drawn["data"]) == len(spans)


def test_the_two_views_are_never_mixed(snapshot: warehouse.Snapshot) -> None:
    for programme, scope in (("information_work", SCOPES[0]), ("whole", SCOPES[1])):
        run = run_of(as_of="2024-12-31", programme=programme)
        lines = all_amounts(run).lines
        assert lines and {FACTS[one.line_id]["scope"] for one in lines} == {scope}


def test_districts_are_listed_but_never_a_figure(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2024-12-31", year="2024")
    district = {one.line_id for one in all_amounts(run).lines if not one.is_of_province}
    expected = {k for k, r in FACTS.items() if r["level"] == "district"}
    assert district == expected and len(expected) == 5
    offered = units_of(load_offers(run), scope=SCOPES[0], period="2024")
    assert offered == {"84"}  # not Gia Lai and Kon Tum, of which only districts are known


def test_stages_are_compared_where_the_sources_allow_it(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2026-01-01", programme="whole")
    bars = {bar.name: bar for bar in stage_bars(run, all_amounts(run))}
    assert set(bars) == {"Cao Bằng · Giai đoạn 2022–2025", "Quảng Ngãi · Giai đoạn 2021–2024"}
    cao_bang = bars["Cao Bằng · Giai đoạn 2022–2025"]
    assert [a.label for a in cao_bang.amounts] == ["hơn 5.472 tỷ đồng", "hơn 4.222 tỷ đồng"]
    assert "khoảng 77%" in cao_bang.share and "77,2%" in cao_bang.share  # 4222 / 5472
    assert "đến giữa tháng 10/2025" in cao_bang.share
    district = run_of(as_of="2024-12-31")
    [only] = stage_bars(district, all_amounts(district))
    assert only.name.startswith("Kon Tum (một huyện)") and "74,9%" in only.share  # 538 / 718
    assert len(share_table(run, all_amounts(run))) == 11  # and one of information work
    early = run_of(as_of="2023-07-31", programme="whole")
    assert not stage_bars(early, all_amounts(early))


def test_merged_units_list_what_may_not_be_added(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2026-01-01", programme="whole.ethnic.allocated.2021-2025")
    amounts = load_amounts(run)
    assert {f.unit_code for f in amounts.coloured} == {"12", "14"}  # Lai Châu, Sơn La: not merged
    units = run.facts.provinces[2025]
    listed = {units[f.unit_code].name: [p.line.line_id for p in f.parts] for f in amounts.listed}
    assert listed == {"Tuyên Quang": ["B002"], "Lào Cai": ["B026"], "An Giang": ["B101"]}
    table = unit_table(amounts, run)
    assert list(table["Triệu đồng"].dropna()) == [6154924, 4800000]
    assert "Hà Giang" in " ".join(table["Nội dung"])


# --- tables and words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_carry_document_day_source_and_the_printed_words(
    snapshot: warehouse.Snapshot, lang: str
) -> None:
    run = run_of(as_of="2024-12-31", programme="whole", lang=lang)
    amounts = all_amounts(run)
    table = line_table(amounts, tree_order(amounts), run)
    ids = [one.line_id for _, one in tree_order(amounts)]
    printed = table["Nguồn in nguyên văn" if lang == "vi" else "As printed"]
    assert list(printed) == [FACTS[key]["as_printed"] for key in ids]
    million = table["Triệu đồng" if lang == "vi" else "Million VND"]
    assert list(million) == [int(FACTS[key]["amount_million_vnd"]) for key in ids]
    notes = {row["note"] for row in FACTS.values()} - {""}
    cells = {str(cell) for cell in table.to_numpy().ravel()}
    assert not notes & cells
    # Every part stands below the total it belongs to.
    for key in ids:
        parent = FACTS[key]["parent_line_id"]
        assert not parent or ids.index(parent) < ids.index(key)
    assert len(funding_table(amounts, run)) and len(evidence_lines(load_amounts(run), None))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_component_of_the_data_has_a_text(lang: str) -> None:
    wanted = {f"budget.component.{component_key(r['component'])}" for r in FACTS.values()}
    assert wanted == {k for k in catalogue(lang) if k.startswith("budget.component.")}


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [(850, "850 triệu đồng", "850 million VND"), (29000, "29 tỷ đồng", "29 billion VND"),
     (3145515, "3.145,515 tỷ đồng", "3,145.515 billion VND"), (0, "0 triệu đồng", "0 million VND"),
     (13850, "13,85 tỷ đồng", "13.85 billion VND")],
)  # fmt: skip
def test_money_in_words_loses_nothing(amount: int, vi: str, en: str) -> None:
    assert (money(amount, "vi"), money(amount, "en")) == (vi, en)


def test_rounded_figures_are_marked_in_words_bars_and_map(snapshot: warehouse.Snapshot) -> None:
    run = run_of(as_of="2023-07-31", programme="whole.ethnic.planned", year="2023")
    amounts = load_amounts(run)
    said = {
        f.unit_code: printed_money(amounts.rows[f.parts[0].line.line_id], "vi")
        for f in amounts.coloured
    }
    assert said == {
        "84": "gần 626 tỷ đồng", "66": "gần 535,5 tỷ đồng", "06": "532,033 tỷ đồng",
    }  # fmt: skip
    rows = map_rows(run, amounts).set_index("province_code_gso")
    assert rows["is_rounded"].to_dict() == {"84": True, "66": True, "06": False}
    traces = plot_budget_bars(amount_bars(run, amounts), "vi").to_dict()["data"]
    assert sorted((len(t["x"]), "pattern" in t["marker"]) for t in traces) == [
        (1, False), (2, True),
    ]  # fmt: skip


# --- the choice in the address


@given(
    st.sampled_from(SCOPES), st.sampled_from([None, *PROGRAMMES]),
    st.sampled_from([None, "2023", "2021-2025", "unknown"]),
    st.sampled_from([None, *ALL_STAGES]), st.sampled_from(SCALES),
)  # fmt: skip
def test_the_choice_survives_the_address(
    scope: str, programme: str | None, period: str | None, stage: str | None, scale: str
) -> None:
    asked = Asked(scope, programme, period, stage, scale)
    text = write_asked(asked)
    assert parse_asked(text) == asked
    assert text is None or len(text) <= 40  # what the address takes


@given(st.text(max_size=40))
def test_any_word_in_the_address_is_read_or_named(text: str) -> None:
    asked = parse_asked(text)
    assert set(asked.unknown) <= set(text.split("."))


def test_a_year_goes_before_a_period_and_defaults_never_open_an_empty_page(
    snapshot: warehouse.Snapshot,
) -> None:
    both = load_choice(run_of(programme="whole.2021-2025", year="2023"))
    assert both.period == "2023"
    opened = load_choice(run_of())
    assert (opened.scope, opened.period, opened.stage) == (SCOPES[0], "2021-2025", "allocated")
    for scope in ("information_work", "whole"):
        for offer in load_offers(run_of(programme=scope)):
            run = run_of(programme=f"{scope}.{offer.period}")
            if offer.scope == load_choice(run).scope:
                assert load_amounts(run).coloured


def test_donations_do_not_open_the_page(snapshot: warehouse.Snapshot) -> None:
    # Of 2023 only a donation is known in information work: the period over it opens instead.
    assert load_choice(run_of(as_of="2023-07-31")).stage in STAGES


# --- figures


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_figures_are_valid_and_small(snapshot: warehouse.Snapshot, lang: str, dark: bool) -> None:
    run = run_of(as_of="2024-12-31", programme="whole.ethnic.2021-2025", lang=lang)
    bars = amount_bars(run, load_amounts(run))
    spans = amount_spans(run, programme_amounts(run))
    stages = stage_bars(run, all_amounts(run))
    figures = {
        "bars": plot_budget_bars(bars, lang, dark),
        "spans": plot_budget_spans(spans, lang, dark),
        "stages": plot_budget_stages(stages, lang, dark),
    }
    for name, figure in figures.items():
        content = figure.to_dict()
        go.Figure(content)  # plotly's own validation
        assert content["layout"]["template"], name
    assert len(json.dumps(figures["bars"].to_dict())) < 6000
    texts = (
        describe_budget_bars(bars, "x", lang), describe_budget_spans(spans, lang),
        describe_budget_stages(stages, lang),
    )  # fmt: skip
    assert all(len(text) > 40 for text in texts)
    assert describe_budget_bars([], "x", lang)

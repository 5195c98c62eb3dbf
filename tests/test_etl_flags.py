"""Coded flags in place of maintainers' notes: how often each comes out of the default data."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from tests.conftest import PROJECT, Query, read_facts

TABLES = {
    "document": "SELECT source_id, flags FROM core.document",
    "budget_line": "SELECT source_id, flags FROM core.budget_line",
    "border_gate": "SELECT source_id, flags FROM core.border_gate",
    "information_cluster": "SELECT source_id, flags FROM core.information_cluster",
    "province_border_route": "SELECT source_id, flags FROM core.province_border_route",
}

# Counted by reading the notes of the files.
FROM_NOTES = {
    ("regulations", "no_replacement_found"): 6,
    ("regulations", "effective_date_computed"): 15,
    ("regulations", "coordination_regulation"): 2,
    ("regulations", "replacement_not_seen"): 3,
    ("regulations", "perhaps_of_merged_unit"): 1,
    ("regulations", "number_incomplete"): 2,
    ("annual_plans", "number_incomplete"): 1,
    ("annual_plans", "date_slip"): 2,
    ("annual_plans", "steering_committee_plan"): 5,
    ("annual_plans", "issued_by_decision"): 3,
    ("annual_plans", "machine_translated"): 1,
    ("programme_5115", "machine_translated"): 1,
    ("programme_5115", "notice_only"): 1,
    ("programme_5115", "one_year_only"): 2,
    ("related_plans", "title_differs"): 1,
    ("budgets", "machine_translated"): 3,
    ("budgets", "three_programmes_together"): 5,
    ("budgets", "reallocation"): 1,
    ("budgets", "period_inferred"): 2,
    ("budgets", "area_unclear"): 4,
    ("budgets", "source_may_change"): 3,
    ("border_provinces", "approximate"): 7,
    ("border_provinces", "old_figure"): 2,
    ("border_provinces", "other_figures_seen"): 6,
    ("border_provinces", "weak_source"): 4,
    ("border_provinces", "printed_for_merged_unit"): 7,
    ("border_gates", "class_conflict"): 2,
    ("border_gates", "opening_not_confirmed"): 5,
    ("border_gates", "province_by_location"): 5,
    ("information_clusters", "date_not_printed"): 3,
    ("information_clusters", "year_of_source"): 2,
    ("information_clusters", "not_a_roadside_cluster"): 2,
}


@pytest.fixture(scope="module")
def counts(query: Query) -> Counter[tuple[str, str]]:
    """(file, flag) → rows."""
    found: Counter[tuple[str, str]] = Counter()
    for sql in TABLES.values():
        for source, flags in query(sql):
            assert isinstance(flags, list) and flags == sorted(set(flags))
            found.update((str(source), str(flag)) for flag in flags)
    return found


@pytest.mark.parametrize(("file", "flag"), FROM_NOTES)
def test_flags_from_notes(counts: Counter[tuple[str, str]], file: str, flag: str) -> None:
    assert counts[file, flag] == FROM_NOTES[file, flag]


def test_flags_from_values(counts: Counter[tuple[str, str]]) -> None:
    regulations, plans = read_facts("regulations"), read_facts("annual_plans")
    assert counts["regulations", "base_not_seen"] == sum(
        r["legal_base"] == "unknown" for r in regulations
    )
    assert counts["regulations", "general_regulation"] == 12
    assert counts["annual_plans", "date_not_printed"] == sum(not r["issued_on"] for r in plans)
    assert counts["annual_plans", "undated"] == 9
    budgets = read_facts("budgets")
    assert counts["budgets", "rounded"] == sum(r["is_rounded"] == "true" for r in budgets)
    assert counts["budgets", "district_only"] == 5
    assert counts["budgets", "several_years"] == sum("-" in r["year"] for r in budgets)
    assert counts["budgets", "year_not_printed"] == sum(not r["year"] for r in budgets)
    gates = read_facts("border_gates")
    assert counts["border_gates", "position_approximate"] == 16 + 51
    assert counts["border_gates", "position_unknown"] == 31
    assert counts["border_gates", "weak_source"] == sum(g["confidence"] == "weak" for g in gates)
    assert counts["border_provinces", "length_not_found"] == 20


def test_notes_are_not_in_what_pages_read(query: Query) -> None:
    """Notes are for maintainers; they stay in raw."""
    columns = query(
        "SELECT table_schema, table_name FROM information_schema.columns "
        "WHERE column_name = 'note' AND table_schema <> 'raw'"
    )
    assert columns == []


def test_every_flag_has_texts(counts: Counter[tuple[str, str]]) -> None:
    for language in ("vi", "en"):
        path = PROJECT / "dashboard" / "text" / f"{language}.toml"
        texts = tomllib.loads(path.read_text(encoding="utf-8"))["flag"]
        assert {flag for _, flag in counts} <= set(texts), language


def test_every_reason_of_rejection_has_texts() -> None:
    """Reasons are the quoted words given to Rejection, reject() or BadValue in etl/."""
    import ast

    reasons = set()
    for path in (PROJECT / "etl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                constants = [a.value for a in node.args if isinstance(a, ast.Constant)]
                words = [c for c in constants if isinstance(c, str) and c.isidentifier()]
                if name in ("Rejection", "reject"):
                    reasons.update(words[-1:])
                if name in ("BadValue", "BrokenInput") and node.args[:1]:
                    reasons.update(c for c in words[:1] if "_" in c)
    assert {"unknown_province", "duplicate_key", "empty_file", "bad_value"} <= reasons
    for language in ("vi", "en"):
        path = PROJECT / "dashboard" / "text" / f"{language}.toml"
        texts = tomllib.loads(path.read_text(encoding="utf-8"))["rejection"]
        assert reasons <= set(texts), language

"""Golden row counts: a change of data or rules shows in review."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.build import BuildResult, build_core
from etl.inputs import read_inputs
from tests.conftest import Query, read_facts
from tests.golden.update import ROW_COUNTS


def test_row_counts(default_build: tuple[object, BuildResult]) -> None:
    with ROW_COUNTS.open(encoding="utf-8", newline="") as file:
        expected = {r["table"]: int(r["count"]) for r in csv.DictReader(file)}
    found = default_build[1].row_counts
    changes = [
        f"{table}: {expected.get(table, 'no table')} → {found.get(table, 'no table')}"
        for table in sorted({*expected, *found})
        if expected.get(table) != found.get(table)
    ]
    if changes:
        pytest.fail(
            "row counts differ from tests/golden/row_counts.csv:\n  " + "\n  ".join(changes)
            + "\nIf that is meant: python -m tests.golden.update, then commit the difference."
        )  # fmt: skip


def test_raw_has_every_row_of_every_file(default_build: tuple[object, BuildResult]) -> None:
    counts = {k: n for k, n in default_build[1].row_counts.items() if k.startswith("raw.")}
    assert counts == {table: len(read_facts(table.removeprefix("raw."))) for table in counts}
    assert len(counts) == 18


def test_tables_of_the_design_are_there(query: Query) -> None:
    """Design.md section 3; a table's comment says its grain."""
    named = {
        "province", "administrative_unit", "succession", "border_route", "province_border_route",
        "border_gate", "information_cluster", "document", "passage", "citation", "regulation",
        "human_rights_plan", "annual_plan", "joint_programme", "plan_task", "guidance_task",
        "task_coverage", "budget_line", "announced_total", "report_deadline", "result_report",
        "evidence", "status", "status_evidence", "contradiction", "source", "rejected_input",
        "decision", "load_run",
    }  # fmt: skip
    comments = dict(
        query("SELECT table_name, comment FROM duckdb_tables() WHERE schema_name = 'core'")
    )
    assert named <= set(comments)
    assert all(str(comment).startswith("One row") for comment in comments.values())
    without_key = query(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'core' AND NOT has_primary_key "
        "ORDER BY ALL"
    )
    assert without_key == [("citation",), ("map_rule",), ("rejected_input",)]


def test_rejected_input_has_the_fixed_columns(query: Query) -> None:
    columns = query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'core' AND "
        "table_name = 'rejected_input' ORDER BY ordinal_position"
    )
    assert [str(c) for (c,) in columns[:5]] == ["file", "row", "column", "value", "expected"]


def test_order_of_rows_does_not_matter(declared_data: Path, query: Query) -> None:
    """The same statuses when every file is handed in backwards."""
    for path in (declared_data / "facts").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *reversed(rows)])
        (declared_data / "sources" / f"{path.stem}.toml").unlink()
    inputs = read_inputs(declared_data)
    core = build_core(declared_data, inputs)
    assert inputs.rejections == []
    columns = ("vintage", "province_code_gso", "indicator", "scope", "valid_from", "valid_to",
               "class", "strength")  # fmt: skip
    found = {tuple(row[c] for c in columns) for row in core["status"]}
    expected = set(
        query(
            "SELECT vintage, province_code_gso, indicator, scope, valid_from, valid_to, class, "
            "strength FROM core.status"
        )
    )
    assert found == expected
    assert len(core["contradiction"]) == 7

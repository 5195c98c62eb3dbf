"""Every check of sql/checks can fail: each is shown a warehouse with the fault it looks for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.checks import CHECKS, run_checks
from etl.publish import read_pointer, snapshot_path

# Check → what breaks it. Tables without the constraints that would refuse the fault outright.
FAULTS = {
    "archipelagos_present": "DELETE FROM core.archipelago_point WHERE archipelago = 'Hoàng Sa'",
    "budget_parents_exist": "UPDATE core.budget_line SET parent_line_id = line_id",
    "contradiction_is_real": "UPDATE core.contradiction SET stated = contradicted_by",
    "documents_exist": "DELETE FROM core.document WHERE document_number = '3089/BTTTT-TTĐN'",
    "every_unit_has_every_scope": "DELETE FROM core.status WHERE province_code_gso = '01' AND "
    "vintage = 2025 AND indicator = 'regulation'",
    "known_class_has_evidence": "UPDATE core.status SET class = 'adopted' WHERE "
    "class = 'not_named'",
    "one_class_per_day": "UPDATE core.status SET valid_to = valid_to - 1 WHERE vintage = 2008 AND "
    "indicator = 'regulation' AND province_code_gso = '34' AND valid_to > '2025-01-01'",
    "passages_are_slices": "INSERT INTO core.passage SELECT 'P1', document_id, NULL, 0, 3, 'abc' "
    "FROM core.document LIMIT 1",
    "province_counts": "DELETE FROM core.administrative_unit WHERE province_code_gso = '96'",
    "status_evidence_decides": "DELETE FROM core.status_evidence WHERE ordinal = 1",
    "succession_points_to_units": "UPDATE core.succession SET new_province_code_gso = '99' "
    "WHERE old_province_code_gso = '01'",
}


@pytest.fixture
def tables(default_warehouse: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The core tables of the default warehouse, copied without their constraints."""
    pointer = read_pointer(default_warehouse)
    assert pointer is not None
    file = shutil.copy(snapshot_path(default_warehouse, pointer.snapshot), tmp_path / "copy.duckdb")
    con = duckdb.connect()
    con.execute(f"ATTACH '{file}' AS kept (READ_ONLY); CREATE SCHEMA core")
    names = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' AND "
        "schema_name = 'core'"
    ).fetchall()
    for (name,) in names:
        con.execute(f"CREATE TABLE core.{name} AS FROM kept.core.{name}")
    yield con
    con.close()


def test_each_check_is_tried() -> None:
    assert set(FAULTS) == {path.stem for path in CHECKS.glob("*.sql")}


def test_default_data_pass(tables: duckdb.DuckDBPyConnection) -> None:
    assert run_checks(tables) == []


def test_timeline_that_begins_late_is_found(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute(
        "UPDATE core.status SET valid_from = valid_from + 1 WHERE indicator = 'regulation' AND "
        "vintage = 2008 AND province_code_gso = '34' AND valid_from = DATE '2008-08-01'"
    )
    assert [Path(f.where).stem for f in run_checks(tables)] == ["one_class_per_day"]


@pytest.mark.parametrize("check", FAULTS)
def test_check_finds_its_fault(tables: duckdb.DuckDBPyConnection, check: str) -> None:
    tables.execute(FAULTS[check])
    failures = run_checks(tables)
    assert any(check in failure.where for failure in failures)
    for failure in failures:
        rule = Path(failure.where).read_text(encoding="utf-8").split("\n")[0].removeprefix("-- ")
        assert rule in failure.what and "rows, first: (" in failure.got

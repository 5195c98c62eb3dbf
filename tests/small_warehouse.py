"""A small warehouse of the right shape for tests of the frame; made in a moment, no ETL needed."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb

from dashboard.warehouse import SCHEMA_VERSION

FACTS = Path(__file__).parent.parent / "data" / "facts"

_TABLES = """
CREATE SCHEMA mart;
CREATE SCHEMA core;
CREATE TABLE core.source (source_id TEXT, is_synthetic BOOLEAN);
INSERT INTO core.source VALUES ('regulations', false);
CREATE TABLE mart.province (
    vintage INTEGER, province_code_gso TEXT, province_name TEXT, border_routes TEXT[],
    parts TEXT[], valid_from DATE, valid_to DATE
);
CREATE TABLE mart.letter_with_findings (document_number TEXT, issued_date DATE);
INSERT INTO mart.letter_with_findings VALUES
    ('1200/BTTTT-TTĐN', DATE '2021-04-14'), ('3089/BTTTT-TTĐN', DATE '2023-07-31');
CREATE TABLE mart.status (
    vintage INTEGER, province_code_gso TEXT, indicator TEXT, scope TEXT, class TEXT,
    evidence_date DATE
);
INSERT INTO mart.status VALUES
    (2008, '01', 'regulation', '', 'current', DATE '2024-12-20'),
    (2008, '01', 'annual_plan', '2023', 'issued_in', DATE '2023-02-01'),
    (2008, '01', 'annual_plan', '2024', 'issued_in', DATE '2024-02-01');
"""


def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def write_snapshot(folder: Path, snapshot_id: str, *, is_current: bool = True) -> Path:
    """Write snapshot-<id>.duckdb, and the pointer unless told otherwise; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"snapshot-{snapshot_id}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(_TABLES)
        routes: dict[str, list[str]] = {}
        for row in _rows("border_provinces.csv"):
            routes.setdefault(row["gso_code"], []).append(row["route"])
        for row in _rows("provinces63.csv"):
            code = row["gso_code"]
            connection.execute(
                "INSERT INTO mart.province VALUES (2008, ?, ?, ?, ?, '2008-08-01', '2025-06-30')",
                [code, row["name"], routes.get(code, []), [code]],
            )
        units: dict[tuple[str, str], list[str]] = {}
        for row in _rows("units_2025.csv"):
            units.setdefault((row["new_gso_code"], row["new_name"]), []).append(row["old_gso_code"])
        for (code, name), parts in units.items():
            connection.execute(
                "INSERT INTO mart.province VALUES (2025, ?, ?, [], ?, '2025-07-01', NULL)",
                [code, name, parts],
            )
    if is_current:
        write_pointer(folder, snapshot_id)
    return path


def write_pointer(folder: Path, snapshot_id: str, *, sha256: str | None = None) -> None:
    """Write current.json; the checksum is that of the file unless given."""
    path = folder / f"snapshot-{snapshot_id}.duckdb"
    pointer = {
        "snapshot": snapshot_id,
        "sha256": sha256 or hashlib.sha256(path.read_bytes()).hexdigest(),
        "as_of_date": date(2024, 12, 20).isoformat(),
        "schema_version": SCHEMA_VERSION,
    }
    (folder / "current.json").write_text(json.dumps(pointer), encoding="utf-8")

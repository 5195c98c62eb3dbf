"""The default warehouse with what later issues fill: full texts, tasks, deadlines, reports.

Made up for tests; two plans of 2023 are on file, the letter of that year has two tasks.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import duckdb

from domain.indicators import RESULT_REPORT
from etl.core_rows import CoreRows
from etl.evidence_rows import EvidenceCollector
from etl.load import build_marts, insert_rows
from etl.publish import read_pointer, snapshot_path
from etl.reference import PROJECT_DATA, load_crosswalk
from etl.report_evidence import ReportEvidence
from etl.status_rows import StatusBuilder
from tests.small_warehouse import write_pointer

AS_OF = date(2024, 6, 30)

_FILL = """
UPDATE core.document SET stored_sha256 = 'a', stored_text = 'b' WHERE document_id IN (
    SELECT document_id FROM core.annual_plan
    WHERE plan_year = 2023 AND province_code_gso IN ('01', '04'));
INSERT INTO core.guidance_task
    SELECT 'G' || n, document_id, 2023, n, title, NULL, NULL
    FROM core.guidance_letter,
         (VALUES ('1', 'Nhiệm vụ một'), ('2', 'Nhiệm vụ hai')) AS task(n, title)
    WHERE guides_year = 2023;
INSERT INTO core.passage SELECT 'P1', document_id, 'II.1', 0, 21, 'đoạn văn của Cao Bằng'
    FROM core.annual_plan WHERE plan_year = 2023 AND province_code_gso = '04';
INSERT INTO core.task_coverage SELECT document_id, 'G1', 'covered', 'person', 'P1'
    FROM core.annual_plan WHERE plan_year = 2023 AND province_code_gso = '04';
INSERT INTO core.task_coverage SELECT document_id, 'G2', 'not_found', 'rule', NULL
    FROM core.annual_plan WHERE plan_year = 2023 AND province_code_gso = '04';
INSERT INTO core.task_coverage SELECT document_id, 'G1', 'partly', 'rule', NULL
    FROM core.annual_plan WHERE plan_year = 2023 AND province_code_gso = '01';
INSERT INTO core.report_deadline
    SELECT 'L1', document_id, DATE '2023-12-15', NULL, 'once', false, 'UBND các tỉnh',
           'Bộ Thông tin và Truyền thông', '7', NULL
    FROM core.guidance_letter WHERE guides_year = 2023;
INSERT INTO core.report_deadline
    SELECT 'L2', document_id, NULL, '06-30', 'quarterly', true, 'Các sở', NULL, NULL, NULL
    FROM core.guidance_letter WHERE guides_year = 2020;
INSERT INTO core.report_deadline
    SELECT 'L3', document_id, NULL, '01-31', 'monthly', true, 'Cửa khẩu', 'UBND tỉnh', NULL, NULL
    FROM core.guidance_letter WHERE guides_year = 2019;
INSERT INTO core.document
    (document_id, vintage, province_code_gso, document_number, kind, source_id, flags)
    VALUES ('R1', 2008, '01', '1/BC-UBND', 'report', 'x', []),
           ('R2', 2008, '04', '2/BC-UBND', 'report', 'x', []),
           ('R3', 2008, '02', '3/BC-UBND', 'report', 'x', []),
           ('R4', 2025, '08', '4/BC-UBND', 'report', 'x', []);
INSERT INTO core.border_activity VALUES
    ('A1', 2008, '04', 'china', 'propaganda', 'Hội chợ vùng biên', 'R2', DATE '2024-03-01',
     DATE '2024-03-05', 'Sở Ngoại vụ', 1200, NULL, 'x', 1, NULL, []),
    ('A2', 2008, '04', 'china', 'plan', 'Kế hoạch không rõ ngày', NULL, NULL, NULL, NULL, NULL,
     NULL, 'x', 2, NULL, []),
    ('A3', 2008, '04', 'china', 'joint_programme', 'Chương trình sau đó', NULL, DATE '2024-07-01',
     NULL, NULL, NULL, NULL, 'x', 3, NULL, []),
    ('A4', 2008, '20', 'laos', 'plan', 'Tuyến khác', NULL, NULL, NULL, NULL, NULL, NULL, 'x', 4,
     NULL, []);
INSERT INTO core.result_report VALUES
    ('R1', 2008, '01', 2023, DATE '2023-12-01'), ('R2', 2008, '04', 2023, DATE '2024-01-05'),
    ('R3', 2008, '02', 2022, DATE '2023-01-05'), ('R4', 2025, '08', 2025, DATE '2025-12-01');
"""


def write_filled_warehouse(source: Path, folder: Path) -> Path:
    """Copy the current snapshot of `source` into `folder`, fill it, point to it; the folder."""
    pointer = read_pointer(source)
    assert pointer is not None, f"no snapshot in {source}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "snapshot-filled.duckdb"
    shutil.copyfile(snapshot_path(source, pointer.snapshot), path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(_FILL)
        _judge_reports(connection)
    write_pointer(folder, "filled")
    current = json.loads((folder / "current.json").read_text(encoding="utf-8"))
    assert current["schema_version"] == pointer.schema_version
    return folder


def _judge_reports(connection: duckdb.DuckDBPyConnection) -> None:
    """The statuses of reports that the build would have made of the filled tables."""
    core = CoreRows()
    for table in ("administrative_unit", "document", "report_deadline", "result_report",
                  "guidance_letter", "annual_plan"):  # fmt: skip
        found = connection.table(f"core.{table}")
        core.tables[table] = [dict(zip(found.columns, row)) for row in found.fetchall()]
    collector = EvidenceCollector(core)
    ReportEvidence(core, collector).collect()
    records = [collector.records[key] for key in sorted(collector.records)]
    StatusBuilder(core, load_crosswalk(PROJECT_DATA), records).build()
    reports = {
        name: [row for row in core[name] if row["indicator"] == RESULT_REPORT]
        for name in ("status", "status_evidence")
    }
    insert_rows(connection, "evidence", [record.core_row() for record in records])
    for name, rows in reports.items():
        insert_rows(connection, name, rows)
    connection.execute("DROP SCHEMA mart CASCADE; CREATE SCHEMA mart;")
    build_marts(connection)

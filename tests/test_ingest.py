"""Documents in, end to end: from a file to a status with the passage that proves it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.intake import Intake
from etl.publish import open_read_only, read_pointer, snapshot_path
from tests.conftest import PROJECT

# Written for this test in the layout of Decree 30/2020/NĐ-CP; number and facts are made up.
DECISION = """ỦY BAN NHÂN DÂN
TỈNH THANH HÓA
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 9917/2024/QĐ-UBND
Thanh Hóa, ngày 05 tháng 02 năm 2024

QUYẾT ĐỊNH
Ban hành Quy chế quản lý hoạt động thông tin đối ngoại trên địa bàn tỉnh Thanh Hóa

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ về quản lý hoạt động
thông tin đối ngoại;
Căn cứ Thông tư số 22/2016/TT-BTTTT ngày 19/10/2016 của Bộ Thông tin và Truyền thông;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý hoạt động thông tin đối ngoại.
Điều 2. Quyết định này có hiệu lực kể từ ngày 15 tháng 02 năm 2024.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def query(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    pointer = read_pointer(warehouse)
    assert pointer is not None
    with open_read_only(snapshot_path(warehouse, pointer.snapshot)) as con:
        return con.execute(sql).fetchall()


STATUS = """
SELECT class, strength FROM core.status
WHERE vintage = 2008 AND province_code_gso = '38' AND indicator = 'regulation'
  AND DATE '2024-03-01' BETWEEN valid_from AND coalesce(valid_to, DATE '9999-01-01')
"""


@pytest.fixture
def decision(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "quyết định.txt"
    path.write_text(DECISION, encoding="utf-8")
    return path


def test_extract_prints_one_object_per_file_and_changes_nothing(
    decision: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "không có.txt"
    warehouse = tmp_path / "w"
    done = run("extract", decision, missing, "--json", "--warehouse", warehouse)
    assert done.returncode == 0, done.stderr
    found, failed = map(json.loads, done.stdout.splitlines())
    assert (found["file"], found["error"]) == (str(decision), None)
    assert found["document"]["number"] == "9917/2024/QĐ-UBND"
    assert found["document"]["issued_date"] == "2024-02-05"
    [regulation] = found["regulations"]
    assert regulation["legal_base"] == "decree72_circular22"
    assert regulation["effective_date"] == "2024-02-15"
    assert failed["file"] == str(missing)
    assert failed["error"]
    assert not warehouse.exists()


def test_a_file_becomes_a_status_with_its_passage(decision: Path, tmp_path: Path) -> None:
    (decision.parent / "hỏng.docx").write_bytes(b"PK\x03\x04 half a file")
    warehouse = tmp_path / "w"
    first = run("ingest", decision.parent, "--warehouse", warehouse)
    assert first.returncode == 3, first.stderr
    assert "hỏng.docx" in first.stdout
    assert query(warehouse, STATUS) == [("current", "own_document")]
    [(quote, text, start, end)] = query(
        warehouse,
        "SELECT quote, stored_text, start_offset, end_offset FROM core.evidence "
        "JOIN core.passage USING (passage_id) JOIN core.document AS d "
        "ON d.document_id = passage.document_id "
        "WHERE indicator = 'regulation' AND evidence.province_code_gso = '38' "
        "AND evidence_date = DATE '2024-02-05'",
    )
    assert str(text)[int(str(start)) : int(str(end))] == quote
    states = dict(query(warehouse, "SELECT original_name, state FROM core.submitted_document"))
    assert states == {"quyết định.txt": "admitted", "hỏng.docx": "unreadable"}
    before = read_pointer(warehouse)
    again = run("ingest", decision.parent, "--warehouse", warehouse)
    assert "nothing new: 2 files unchanged" in again.stdout
    assert read_pointer(warehouse) == before
    assert run("check", "--warehouse", warehouse).returncode == 0


@pytest.fixture
def intake(tmp_path: Path) -> Callable[[], Intake]:
    return lambda: Intake(tmp_path / "w")


def test_an_uploaded_document_counts_only_when_somebody_confirms_it(
    intake: Callable[[], Intake], tmp_path: Path
) -> None:
    desk = intake()
    original = desk.receive(DECISION.encode(), "qd.txt", "Lê An")
    [waiting] = desk.submissions("waiting")
    assert waiting.result["document"]["signer"] == "Nguyễn Văn Thử"
    preview = desk.preview(original.sha256)
    assert ("38", "regulation", "outdated", "current") in {
        (c.province_code_gso, c.indicator, c.before, c.after)
        for c in preview.changes
        if c.vintage == 2008
    }
    desk.publish()
    assert query(tmp_path / "w", STATUS) == [("outdated", "named_in_letter")]
    desk.decide(original.sha256, "confirm", "Lê An")
    assert desk.publish()[0] == 0
    assert query(tmp_path / "w", STATUS) == [("current", "own_document")]
    assert query(tmp_path / "w", "SELECT person, is_verified_person FROM core.decision") == [
        ("Lê An", False)
    ]


def test_a_correction_is_evidence_by_a_person(intake: Callable[[], Intake], tmp_path: Path) -> None:
    desk = intake()
    original = desk.receive(DECISION.encode(), "qd.txt", "Lê An")
    desk.correct(
        original.sha256, ("regulations", 0, "legal_base"), "decree72_circular22",
        "decision79_2010", "Trần Bình", "bản gốc ghi khác",
    )  # fmt: skip
    desk.decide(original.sha256, "confirm", "Lê An")
    desk.publish()
    assert query(tmp_path / "w", STATUS) == [("outdated", "person")]


PLAN = """ỦY BAN NHÂN DÂN
TỈNH THANH HÓA
-------
Số: {number}/KH-UBND
Thanh Hóa, ngày {day} tháng 01 năm 2024

KẾ HOẠCH
Công tác thông tin đối ngoại tỉnh Thanh Hóa năm 2024

I. NHIỆM VỤ
1. Tổ chức tập huấn nghiệp vụ thông tin đối ngoại.
2. Sản xuất ấn phẩm bằng tiếng nước ngoài.

II. KINH PHÍ THỰC HIỆN
Tổng kinh phí thực hiện: {total} triệu đồng, trong đó:
- Tổ chức tập huấn nghiệp vụ thông tin đối ngoại: {training} triệu đồng;
- Sản xuất ấn phẩm bằng tiếng nước ngoài: 120 triệu đồng.

Nơi nhận:
- Như trên.
"""


def test_amounts_of_two_documents_are_compared_task_by_task(tmp_path: Path) -> None:
    """120 for one task is no contradiction to 80 for another; two totals of a year are."""
    folder, warehouse = tmp_path / "in", tmp_path / "warehouse"
    folder.mkdir()
    for number, day, training in ((9911, "05", 80), (9912, "25", 90)):
        text = PLAN.format(number=number, day=day, total=training + 120, training=training)
        (folder / f"{number}.txt").write_text(text, "utf-8")
    done = run("ingest", folder, "--warehouse", warehouse)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = query(
        warehouse,
        "SELECT document_number, is_total, amount_million_vnd FROM core.budget_line "
        "WHERE passage_id IS NOT NULL ORDER BY ALL",
    )
    assert ("9911/KH-UBND", True, 200.0) in lines and ("9912/KH-UBND", True, 210.0) in lines
    assert len(lines) == 6
    found = query(
        warehouse,
        "SELECT stated, contradicted_by FROM core.contradiction "
        "WHERE indicator = 'budget' AND province_code_gso = '38'",
    )
    assert [sorted(pair) for pair in found] == [["200", "210"]]


def test_two_readings_of_one_unnumbered_plan_are_one_document(tmp_path: Path) -> None:
    """The default data know a plan without number and date; two texts of it are copies."""
    folder, warehouse = tmp_path / "in", tmp_path / "warehouse"
    folder.mkdir()
    [(code, province, year)] = unnumbered_plan()
    for number in (1, 2):
        text = (
            f"ỦY BAN NHÂN DÂN\nTỈNH {province.upper()}\n\nKẾ HOẠCH\n"
            f"Công tác thông tin đối ngoại tỉnh {province} năm {year}\n\n"
            f"1. Đầu tư xây dựng cụm thông tin đối ngoại tại cửa khẩu số {number}.\n"
        )
        (folder / f"{number}.txt").write_text(text, "utf-8")
    done = run("ingest", folder, "--warehouse", warehouse)
    assert done.returncode == 0, done.stdout + done.stderr
    states = query(warehouse, "SELECT state FROM core.submitted_document ORDER BY ALL")
    assert states == [("admitted",), ("copy",)]
    found = query(
        warehouse,
        "SELECT count(DISTINCT document_id) FROM core.annual_plan JOIN core.document "
        f"USING (document_id) WHERE annual_plan.province_code_gso = '{code}' "
        f"AND annual_plan.plan_year = {year} AND stored_sha256 IS NOT NULL",
    )
    assert found == [(1,)]


def unnumbered_plan() -> list[tuple[str, str, str]]:
    """Code, province and year of the first plan in the facts without number and date."""
    with (PROJECT / "data" / "facts" / "annual_plans.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if not r["document_number"] and not r["issued_on"]]
    return [(rows[0]["gso_code"], rows[0]["province"], rows[0]["plan_year"])]

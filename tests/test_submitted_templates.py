"""Filled-in templates that are uploaded or ingested: checked, marked, confirmed, loaded."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.errors import BadValue, UnreadableDocument
from etl import template_child
from etl.archive import Archive
from etl.extraction_cache import Extraction, save_extractions
from etl.intake import Intake
from etl.reference import PROJECT_DATA, load_register
from etl.template_child import mark_safely, read_template_safely
from etl.template_marks import SUMMARY_TITLE
from etl.templates import write_template
from tests.conftest import PROJECT, open_current
from tests.written_documents import xlsx

REGISTER = load_register(PROJECT_DATA)
GOOD = {"province": "Cao Bằng", "document_number": "9901/2024/QĐ-UBND",
        "issued_on": date(2024, 2, 5), "legal_base": "decision79_2010"}  # fmt: skip
WRONG = {"province": "Cao Bằngg", "document_number": "9902/2024/QĐ-UBND",
         "issued_on": "32/13/2024", "legal_base": "decree72"}  # fmt: skip
STATUS = """
SELECT class, strength FROM core.status
WHERE vintage = 2008 AND province_code_gso = '04' AND indicator = 'regulation'
  AND DATE '2024-03-01' BETWEEN valid_from AND coalesce(valid_to, DATE '9999-01-01')
"""


def template(*rows: dict[str, Any]) -> bytes:
    return write_template("regulations", REGISTER, [], {"regulations": list(rows)})


def statuses(warehouse: Path) -> list[tuple[Any, ...]]:
    with open_current(warehouse) as con:
        return con.execute(STATUS).fetchall()


def loaded(warehouse: Path) -> list[tuple[Any, ...]]:
    with open_current(warehouse) as con:
        return con.execute(
            "SELECT file, row_count FROM core.source WHERE file LIKE 'documents/%' ORDER BY ALL"
        ).fetchall()


def test_a_clean_template_counts_once_it_is_confirmed(tmp_path: Path) -> None:
    warehouse = tmp_path / "w"
    desk = Intake(warehouse)
    original = desk.receive(template(GOOD), "Quy chế.xlsx", "Lê An")
    [waiting] = desk.submissions("waiting")
    assert waiting.reason is None and waiting.template is not None
    [sheet] = waiting.template.sheets
    assert (waiting.template.name, sheet.title) == ("regulations", "Quy chế")
    # The example row of the template is no data.
    assert sheet.rows == (
        (4, ("Cao Bằng", "9901/2024/QĐ-UBND", "2024-02-05", "Quyết định 79/2010/QĐ-TTg")),
    )
    preview = desk.preview(original.sha256)
    assert (preview.rejections, preview.rows) == ((), 1)
    assert ("04", "regulation", "outdated") in {
        (c.province_code_gso, c.indicator, c.after) for c in preview.changes
    }
    assert desk.publish()[0] == 0
    before = statuses(warehouse)
    assert before != [("outdated", "person")] and loaded(warehouse) == []
    desk.decide(original.sha256, "confirm", "Lê An")
    assert desk.publish()[0] == 0
    assert statuses(warehouse) == [("outdated", "person")]
    assert loaded(warehouse) == [("documents/Quy chế.xlsx", 1)]
    assert not (PROJECT_DATA / "submitted" / "Quy chế.xlsx").exists()
    # What was confirmed can be taken back.
    desk.decide(original.sha256, "reject", "Lê An", "nhầm tỉnh")
    assert desk.publish()[0] == 0
    assert statuses(warehouse) == before and loaded(warehouse) == []


def test_errors_come_back_in_the_file_and_cannot_be_confirmed(tmp_path: Path) -> None:
    desk = Intake(tmp_path / "w")
    first = desk.receive(template(GOOD), "a.xlsx", "Lê An")
    desk.decide(first.sha256, "confirm", "Lê An")
    # The first row stands in the data already, the second has two wrong cells.
    second = desk.receive(template(GOOD, WRONG), "a.xlsx", "Lê An")
    marked, faults = desk.mark(second.sha256)
    assert {(f.sheet, f.cell, f.head) for f in faults} == {
        ("Quy chế", "B4", "Tỉnh, thành phố"),
        ("Quy chế", "B5", "Tỉnh, thành phố"),
        ("Quy chế", "D5", "Ngày ban hành"),
    }
    assert {f.value for f in faults if f.cell != "B4"} == {"Cao Bằngg", "32/13/2024"}
    assert ["trùng" in f.advice for f in faults if f.cell == "B4"] == [True]
    book = openpyxl.load_workbook(io.BytesIO(marked))
    for cell in ("B5", "D5"):
        assert "ngày" in book["Quy chế"][cell].comment.text
    assert SUMMARY_TITLE in book.sheetnames
    with pytest.raises(BadValue, match="template has errors"):
        desk.decide(second.sha256, "confirm", "Lê An")
    assert desk.publish()[0] == 0
    assert loaded(tmp_path / "w") == [("documents/a.xlsx", 1)]


def test_the_command_loads_what_is_right_and_lists_what_is_not(tmp_path: Path) -> None:
    file = tmp_path / "quy chế.xlsx"
    file.write_bytes(template(GOOD, WRONG))
    warehouse = tmp_path / "w"
    command = [sys.executable, "-m", "etl", "ingest", str(file), "--warehouse", str(warehouse)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    assert "documents/quy chế.xlsx#Quy chế:5 province: unknown_province" in done.stdout
    assert "rejected: 0 documents, 2 rows" in done.stdout
    assert statuses(warehouse) == [("outdated", "person")]
    again = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert "nothing new: 1 files unchanged" in again.stdout


def hostile() -> dict[str, bytes]:
    """Templates that are no templates any more."""
    good, found = template(GOOD), {}
    for name, part, old, new in (
        ("dtd", "xl/workbook.xml", b"<workbook", b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook"),
        ("macros", "xl/vbaProject.bin", b"", b"x"),
        ("cut", "xl/worksheets/sheet1.xml", b"</worksheet>", b""),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(good)) as book, zipfile.ZipFile(out, "w") as other:
            for item in book.namelist():
                content = book.read(item)
                other.writestr(item, content.replace(old, new) if item == part else content)
            if part not in book.namelist():
                other.writestr(part, new)
        found[name] = out.getvalue()
    return found


@pytest.mark.parametrize("name", ["dtd", "macros", "cut"])
def test_hostile_workbooks_are_no_templates(tmp_path: Path, name: str) -> None:
    assert read_template_safely(hostile()[name]) is None
    desk = Intake(tmp_path / "w")
    desk.receive(hostile()[name], "a.xlsx", "Lê An")
    [waiting] = desk.submissions("waiting")
    assert waiting.template is None and waiting.reason in ("dtd_or_entities", "macros", "damaged")


def test_other_workbooks_are_documents() -> None:
    assert read_template_safely(xlsx()) is None


def test_a_child_that_dies_or_is_late_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocument) as late:
        read_template_safely(template(GOOD), seconds=0.05)
    assert late.value.reason == "too_slow"
    monkeypatch.setattr(template_child, "MEMORY_MB", 20)
    for ask in (lambda: read_template_safely(template(GOOD)), lambda: mark_safely(b"no book", ())):
        with pytest.raises(UnreadableDocument) as died:
            ask()
        assert died.value.reason == "reader_failed"


def test_who_looks_at_a_page_does_not_wait_for_a_reader_that_failed(tmp_path: Path) -> None:
    """A file that takes its whole time limit would hold up every run of the page."""
    desk, archive = Intake(tmp_path), Archive(tmp_path)
    original = archive.receive(b"Plan", "a.txt", person="An")
    failed = {"error": "x", "reason": "too_slow", "expected": "", "got": ""}
    with archive.cache() as con:
        save_extractions(con, [Extraction(original.sha256, "", None, failed)])
    [waiting] = desk.submissions("waiting")
    assert waiting.reason == "too_slow"
    desk.receive(b"Plan", "a.txt", "An")  # handed in again, it is tried again
    [waiting] = desk.submissions("waiting")
    assert waiting.reason is None

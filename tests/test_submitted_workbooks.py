"""A filled-in template handed in on the page: checked, confirmed, loaded with the next build."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from domain.errors import UnreadableDocument
from etl.intake import Intake
from etl.publish import open_read_only, read_pointer, snapshot_path
from etl.submitted_workbooks import check_workbook
from etl.template_command import make_template
from tests.conftest import DATA

BASE = "Nghị định 72/2015/NĐ-CP và Thông tư 22/2016/TT-BTTTT"


def filled(*rows: tuple[str, str, object]) -> bytes:
    """The template of regulations with rows of (province, number, issue date) below its example."""
    book = openpyxl.load_workbook(io.BytesIO(make_template("regulations", DATA)))
    page = book["Quy chế"]
    columns = {str(cell.value): cell.column for cell in page[2]}
    for line, (province, number, issued) in enumerate(rows, 4):
        for name, value in (
            ("province", province), ("document_number", number), ("issued_on", issued),
            ("legal_base", BASE),
        ):  # fmt: skip
            page.cell(line, columns[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def query(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    pointer = read_pointer(warehouse)
    assert pointer is not None
    with open_read_only(snapshot_path(warehouse, pointer.snapshot)) as con:
        return con.execute(sql).fetchall()


def test_a_template_counts_only_when_somebody_confirms_it(tmp_path: Path) -> None:
    content = filled(("Thanh Hóa", "9901/2024/QĐ-UBND", datetime(2024, 2, 5)))
    intake = Intake(tmp_path)
    sha256 = intake.receive(content, "quy che.xlsx", "Người Thử").sha256
    check = intake.check_workbook(sha256)
    assert check is not None
    assert (check.rows, check.faults, check.marked) == ({"Quy chế": 1}, (), None)

    changes = {(c.province_code_gso, c.before, c.after) for c in intake.preview(sha256).changes}
    assert ("38", "outdated", "current") in changes
    regulation = (
        "SELECT regulation.province_code_gso FROM core.regulation JOIN core.document "
        "USING (document_id) WHERE document_number = '9901/2024/QĐ-UBND'"
    )
    assert intake.publish()[0] == 0
    assert query(tmp_path, regulation) == []

    intake.decide(sha256, "confirm", "Người Thử")
    assert intake.publish()[0] == 0
    assert query(tmp_path, regulation) == [("38",)]
    states = "SELECT state, document_id FROM core.submitted_document"
    assert query(tmp_path, states) == [("admitted", None)]
    strength = (
        "SELECT strength FROM core.status WHERE province_code_gso = '38' AND vintage = 2008 "
        "AND indicator = 'regulation' AND DATE '2024-03-01' BETWEEN valid_from AND valid_to"
    )
    assert query(tmp_path, strength) == [("person",)]


def test_what_is_wrong_comes_back_cell_by_cell(tmp_path: Path) -> None:
    content = filled(
        ("Thanh Hóa", "9902/2024/QĐ-UBND", datetime(2024, 2, 5)),
        ("Thành Hoa", "9903/2024/QĐ-UBND", "31/02/2024"),
    )
    check = check_workbook(content, "quy che.xlsx")
    assert check is not None and check.marked is not None
    assert check.rows == {"Quy chế": 1}
    assert {(row, column) for _, row, column, _, _ in check.faults} == {
        (5, "province"), (5, "issued_on"),
    }  # fmt: skip
    marked = openpyxl.load_workbook(io.BytesIO(check.marked))
    assert marked["Quy chế"]["B5"].comment is not None
    assert marked["Quy chế"]["B4"].comment is None

    intake = Intake(tmp_path)
    sha256 = intake.receive(content, "quy che.xlsx", "Người Thử").sha256
    intake.decide(sha256, "confirm", "Người Thử")
    assert intake.publish()[0] == 3  # published, and rows were rejected
    files = "SELECT DISTINCT file FROM core.rejected_input"
    assert query(tmp_path, files) == [("documents/quy che.xlsx#Quy chế",)]


def test_other_workbooks_are_documents() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "KẾ HOẠCH"
    out = io.BytesIO()
    book.save(out)
    assert check_workbook(out.getvalue(), "ke hoach.xlsx") is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"<html>"])
def test_hostile_workbooks_are_refused(content: bytes) -> None:
    try:
        assert check_workbook(content, "x.xlsx") is None
    except UnreadableDocument as error:
        assert error.reason == "reader_failed"

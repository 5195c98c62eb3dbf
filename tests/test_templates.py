"""XLSX templates: what is filled in reads back the same, what is wrong comes back marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import BrokenInput
from etl.__main__ import main
from etl.build import build
from etl.reference import PROJECT_DATA, load_register
from etl.template_command import make_template
from etl.template_marks import ADVICE, AUTHOR, SUMMARY_TITLE
from etl.template_sheets import TEMPLATES, Field, Sheet
from etl.template_writer import EXAMPLE_ROW, NAME_ROW
from etl.templates import mark_errors, read_template, write_template
from tests.conftest import open_current, write_small_data

REGISTER = load_register(PROJECT_DATA)
NAMES = sorted(TEMPLATES)
# Cells of a workbook hold text without control characters and without blanks at its ends.
words = st.text("abcxyzđĐăâêôơưàếộừỹÂ0159=+-@'\"&<>;:/_ ", min_size=1, max_size=30).map(
    lambda text: " ".join(text.split())
).filter(bool) | st.sampled_from(
    ["=1+1", "_x0041_", "'x", "#N/A", "1e5", "007", "TRUE", "31/12/2020"]
)
numbers = st.from_regex(r"[1-9][0-9]{0,3}/(KH|BC|QĐ)-UBND", fullmatch=True)
old_days = st.dates(date(2015, 1, 1), date(2025, 6, 30))


def values_of(sheet: Sheet, f: Field, draw: Any, provinces: list[str]) -> Any:
    """A value that the column may hold; None for some that may be blank."""
    column = sheet.column(f.name)
    if f.name == "province":
        return draw(st.sampled_from(provinces))
    if f.labels:
        codes = [code for code, _ in f.labels]
        code = draw(st.sampled_from(codes))
        return code == "true" if codes == ["true", "false"] else code
    if not (sheet.is_required(f) or f.name == "issued_on") and draw(st.booleans()):
        return None
    return draw(
        {
            "text": words,
            "number": numbers,
            "citations": numbers,
            "date": st.dates(date(1945, 1, 1), date(2045, 12, 31)),
            "past": old_days,
            "year": st.integers(2008, 2024),  # the 63
            "period": st.integers(2008, 2020).map(lambda y: (y, y + 3)),
            "count": st.integers(0, 10**9 - 1),
            "amount": st.integers(0, 10**9),
        }[column.type]
    )


@st.composite
def filled(draw: Any, name: str) -> dict[str, list[dict[str, Any]]]:
    """Rows of each table of a template, in a way that breaks no rule between cells."""
    provinces = [p.name for p in REGISTER.of_vintage(2008)]
    tables: dict[str, list[dict[str, Any]]] = {}
    for sheet in TEMPLATES[name].sheets:
        rows = []
        for number in range(draw(st.integers(0, 3))):
            row = {f.name: values_of(sheet, f, draw, provinces) for f in sheet.fields}
            for first, last in (("period_start", "period_end"), ("due_from", "due_to"),
                                ("first_on", "last_on"), ("issued_on", "received_on")):  # fmt: skip
                if row.get(first) and row.get(last):
                    row[first], row[last] = sorted((row[first], row[last]))
            for key in ("line_id", "ordinal", "title", "name"):
                if key in row:
                    row[key] = f"{row[key]} {number}"
            if "document_number" in row:
                row["document_number"] = f"{number + 1}/KH-UBND"
            row.pop("parent_line_id", None)
            rows.append(row)
        tables[sheet.table_name] = rows
    return tables


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_is_filled_in_reads_back_the_same(name: str, data: st.DataObject) -> None:
    tables = data.draw(filled(name))
    content = write_template(name, REGISTER, ["Trà Lĩnh"], tables)
    assert content == write_template(name, REGISTER, ["Trà Lĩnh"], tables)
    rows, rejections = read_template(content, name, REGISTER)
    assert [str(r) for r in rejections] == []
    for sheet in TEMPLATES[name].sheets:
        found = rows[sheet.table_name]
        assert len(found) == len(tables[sheet.table_name])
        for given_row, row in zip(tables[sheet.table_name], found):
            for f in sheet.fields:
                expected = given_row.get(f.name)
                if f.name in ("line_id", "parent_line_id") or (f.is_derived and expected is None):
                    continue
                assert row[f.name] == expected, f.name
            assert row["gso_code"] == REGISTER.by_spelling(row["province"], row.vintage).code_gso
            assert row["confidence"] in ("person", None)
    # A marked file without errors reads the same again.
    again, none = read_template(mark_errors(content, []), None, REGISTER)
    assert none == []
    assert {t: [r.values for r in rs] for t, rs in again.items()} == {
        t: [r.values for r in rs] for t, rs in rows.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_template_has_what_people_need(name: str) -> None:
    template = TEMPLATES[name]
    content = make_template(name, PROJECT_DATA)
    assert content == make_template(name, PROJECT_DATA)
    rows, rejections = read_template(content, name, REGISTER)
    assert (rejections, [r for found in rows.values() for r in found]) == ([], [])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Hướng dẫn", *(s.title for s in template.sheets), "Danh mục"]
    assert book["Danh mục"].sheet_state == "veryHidden"
    for sheet in template.sheets:
        page = book[sheet.title]
        assert page.row_dimensions[NAME_ROW + 1].hidden
        assert page.freeze_panes == "C3"
        assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9
        assert [c.value for c in page[NAME_ROW + 1]][1:] == [f.name for f in sheet.fields]
        assert page.cell(EXAMPLE_ROW + 1, 1).value == "VÍ DỤ"
        checks = {v.type for v in page.data_validations.dataValidation}
        assert "list" in checks and {"date", "list"} <= checks | {"date"}
        lists = [v.formula1 for v in page.data_validations.dataValidation if v.type == "list"]
        assert all(name.removeprefix("=") in book.defined_names for name in lists)
        assert "ds_provinces" in lists[0]


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_what_may_be_entered(name: str) -> None:
    """Without its mark, the example row of every sheet is accepted."""
    book = openpyxl.load_workbook(io.BytesIO(make_template(name, PROJECT_DATA)))
    for sheet in TEMPLATES[name].sheets:
        book[sheet.title].cell(EXAMPLE_ROW + 1, 1).value = None
    rows, rejections = read_template(saved(book), name, REGISTER)
    assert [str(r) for r in rejections] == []
    assert {len(found) for found in rows.values()} == {1}


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(name: str, sheet: str, rows: list[dict[str, Any]]) -> bytes:
    """A template with cells as a person types them, by column name; row 4 is the first."""
    book = openpyxl.load_workbook(io.BytesIO(make_template(name, PROJECT_DATA)))
    page = book[sheet]
    at = {page.cell(NAME_ROW + 1, c).value: c for c in range(1, page.max_column + 1)}
    for number, row in enumerate(rows, EXAMPLE_ROW + 2):
        for column, value in row.items():
            page.cell(number, at[column]).value = value
    return saved(book)


GOOD = {"province": "Cao Bằng", "document_number": "1/2020/QĐ-UBND", "issued_on": date(2020, 1, 2),
        "legal_base": "Nghị định 72/2015/NĐ-CP"}  # fmt: skip


def test_every_bad_cell_is_reported_and_marked() -> None:
    bad = [
        GOOD,
        {**GOOD, "province": "Cao Bang Bang", "issued_on": "31/02/2020", "legal_base": "Luật"},
        {**GOOD, "document_number": "2/2020/QĐ-UBND", "issued_on": date(2026, 1, 2),
         "province": "Bắc Kạn"},
        {"document_number": "3/2020/QĐ-UBND"},
        GOOD,
        {**GOOD, "document_number": "4/2020/QĐ-UBND", "issued_on": "2/1/2020"},
    ]  # fmt: skip
    content = edited("regulations", "Quy chế", bad)
    rows, rejections = read_template(content, "regulations", REGISTER)
    assert [r["document_number"] for r in rows["regulations"]] == ["1/2020/QĐ-UBND",
                                                                   "4/2020/QĐ-UBND"]  # fmt: skip
    assert rows["regulations"][1]["issued_on"] == date(2020, 1, 2)
    assert {(r.row, r.column, r.reason) for r in rejections} == {
        (5, "province", "unknown_province"), (5, "issued_on", "impossible_date"),
        (5, "legal_base", "unknown_choice"),
        (6, "province", "unknown_province"),  # merged into Thái Nguyên by then
        (7, "province", "missing_value"), (7, "legal_base", "missing_value"),
        (8, "province", "duplicate_key"),
    }  # fmt: skip
    assert all(r.file == "template.xlsx#Quy chế" for r in rejections)
    marked = mark_errors(content, rejections)
    book = openpyxl.load_workbook(io.BytesIO(marked))
    notes = {
        cell.coordinate: cell.comment.text
        for row in book["Quy chế"].iter_rows()
        for cell in row
        if cell.comment
    }
    assert set(notes) == {"B5", "D5", "F5", "B6", "B7", "F7", "B8"}
    assert "ngày có thật" in notes["D5"] and "danh sách" in notes["F5"]
    for place in notes:
        assert book["Quy chế"][place].fill.fgColor.rgb.endswith("F4B183")
    summary = [[c.value for c in row] for row in book[SUMMARY_TITLE].iter_rows()]
    assert summary[0][0] == "7 lỗi" and len(summary) == 9
    assert ["Quy chế", "D5", "Ngày ban hành", "31/02/2020"] in [row[:4] for row in summary]
    # Handed in again as it is, it says the same; corrected, its marks are gone.
    assert read_template(marked, "regulations", REGISTER)[1] == rejections
    once = openpyxl.load_workbook(io.BytesIO(mark_errors(marked, [])))
    assert not [c for row in once["Quy chế"].iter_rows() for c in row if c.comment]
    assert once.sheetnames.count(SUMMARY_TITLE) == 1


def test_every_reason_has_its_advice() -> None:
    text = (Path(__file__).parent.parent / "dashboard/text/vi.toml").read_text(encoding="utf-8")
    assert all(f"\n{reason} = " in text for reason in ADVICE)
    assert AUTHOR


def test_formulas_are_text() -> None:
    formula = '=HYPERLINK("http://example.org";"x")'
    content = edited(
        "regulations", "Quy chế", [{**GOOD, "note": formula}, {**GOOD, "issued_on": "=TODAY()"}]
    )
    rows, [fault] = read_template(content, "regulations", REGISTER)
    assert rows["regulations"][0]["note"] == formula
    assert (fault.column, fault.value, fault.reason) == ("issued_on", "=TODAY()",
                                                         "impossible_date")  # fmt: skip
    marked = openpyxl.load_workbook(io.BytesIO(mark_errors(content, [fault])))
    kinds = {c.data_type for page in marked for row in page.iter_rows() for c in row}
    assert "f" not in kinds
    again, _ = read_template(mark_errors(content, [fault]), "regulations", REGISTER)
    assert again["regulations"][0]["note"] == formula


def test_tasks_and_budget_lines_belong_to_their_plan() -> None:
    plan = {"province": "Cao Bằng", "document_number": "25/KH-UBND", "plan_year": 2025}
    line = {"province": "Cao Bằng", "document_number": "25/KH-UBND", "amount_million_vnd": 3}
    tables = {
        "annual_plans": [{**plan, "issued_on": date(2025, 3, 1)}],
        "plan_tasks": [{**plan, "ordinal": "1", "title": "Một"}],
        "budgets": [{**line, "line_id": "1", "is_total": True, "year": (2025, 2025)},
                    {**line, "line_id": "2", "parent_line_id": "1", "year": (2025, 2025)},
                    {**line, "line_id": "3", "parent_line_id": "9", "year": (2025, 2025)}],
    }  # fmt: skip
    content = write_template("annual_plans", REGISTER, (), tables)
    rows, [fault] = read_template(content, None, REGISTER)
    # The plan of 1 March 2025 is one of the 63, although the year ends with the 34.
    assert {r.vintage for found in rows.values() for r in found} == {2008}
    assert rows["plan_tasks"][0]["issued_on"] == date(2025, 3, 1)
    total, part = rows["budgets"]
    assert part["parent_line_id"] == total["line_id"]
    assert part["as_printed"] == "3 triệu đồng" and part["stage"] == "planned"
    assert (fault.row, fault.column, fault.reason) == (6, "parent_line_id", "unknown_reference")


def test_columns_are_found_wherever_they_are() -> None:
    """Moved, left out, added; and a sheet whose hidden row was deleted."""
    book = openpyxl.load_workbook(io.BytesIO(edited("regulations", "Quy chế", [GOOD])))
    page = book["Quy chế"]
    page.delete_cols(5)  # Ngày có hiệu lực, not required
    page.insert_cols(2)
    page["B1"], page["B4"] = "Cột của tôi", "x"
    rows, [optional, other] = read_template(saved(book), "regulations", REGISTER)
    assert rows["regulations"][0]["legal_base"] == "decree72"
    assert {(f.column, f.reason) for f in (optional, other)} == {
        ("effective_on", "missing_column"), ("Cột của tôi", "unknown_column"),
    }  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(edited("regulations", "Quy chế", [GOOD])))
    book["Quy chế"].delete_rows(2)
    rows, rejections = read_template(saved(book), "regulations", REGISTER)
    assert rejections == [] and len(rows["regulations"]) == 1
    twice = openpyxl.load_workbook(io.BytesIO(edited("regulations", "Quy chế", [GOOD])))
    twice["Quy chế"]["D2"] = "document_number"
    rows, rejections = read_template(saved(twice), "regulations", REGISTER)
    assert rows["regulations"] == [] and "duplicate_column" in {r.reason for r in rejections}


def test_other_workbooks_and_other_sheets() -> None:
    with pytest.raises(BrokenInput, match="other_table"):
        read_template(make_template("annual_plans", PROJECT_DATA), "regulations", REGISTER)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Quy chế").write_row(0, 0, ["Tên", "Tuổi"])
    with pytest.raises(BrokenInput, match="other_kind"):
        read_template(out.getvalue(), None, REGISTER)
    book = openpyxl.load_workbook(io.BytesIO(edited("regulations", "Quy chế", [GOOD])))
    book.create_sheet("Ghi riêng")["A1"] = "không đọc"
    book["Quy chế"].title = "Tên khác"
    rows, rejections = read_template(saved(book), None, REGISTER)
    assert rejections == [] and rows["regulations"][0].file == "template.xlsx#Tên khác"


def hostile() -> Iterator[tuple[str, bytes]]:
    good = make_template("regulations", PROJECT_DATA)
    yield "empty", b""
    yield "half", good[: len(good) // 2]
    yield "text", b"Tinh,So\n"
    yield "old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for name, part, text in (
        ("doctype", "xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"),
        ("no sheets", "xl/workbook.xml", b"<workbook/>"),
        ("broken sheet", "xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row r='x'>"),
        ("path", "../../x", b"x"),
        ("macros", "xl/vbaProject.bin", b"x"),
        ("bomb", "xl/worksheets/sheet2.xml", b"<worksheet>" + b" " * (20 * 2**20)),
    ):
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(good)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                if info.filename != part:
                    new.writestr(info.filename, old.read(info))
            new.writestr(part, text)
        yield name, out.getvalue()


@pytest.mark.parametrize(("name", "content"), list(hostile()), ids=lambda v: str(v)[:12])
def test_hostile_workbooks_are_refused(name: str, content: bytes) -> None:
    with pytest.raises(BrokenInput) as error:
        read_template(content, None, REGISTER)
    assert error.value.what in ("unreadable_file", "file_too_large", "other_kind"), name
    if name != "no sheets":
        with pytest.raises(BrokenInput):
            mark_errors(content, [])


def test_a_row_far_down_does_not_fill_the_memory() -> None:
    book = openpyxl.load_workbook(io.BytesIO(edited("regulations", "Quy chế", [GOOD])))
    book["Quy chế"].cell(1_048_576, 16_384).value = "x"
    rows, rejections = read_template(saved(book), None, REGISTER)
    assert len(rows["regulations"]) == 1
    assert [r.reason for r in rejections] == ["file_too_large"]
    assert mark_errors(saved(book), rejections)


# --- in a build and on the command line


def test_templates_are_loaded_like_submitted_files(tmp_path: Path) -> None:
    data = write_small_data(tmp_path / "data")
    submitted = data / "submitted"
    submitted.mkdir()
    place = {"province": "Cao Bằng"}
    plan = {**place, "document_number": "25/KH-UBND", "plan_year": 2023}
    tables: dict[str, dict[str, list[dict[str, Any]]]] = {
        "regulations": {"regulations": [
            {**place, "document_number": "1/2020/QĐ-UBND", "issued_on": date(2020, 1, 2),
             "legal_base": "decree72"}]},
        "human_rights_plans": {"human_rights_plans": [
            {**place, "document_number": "87/KH-UBND", "issued_on": date(2023, 1, 13),
             "period_start": 2023, "period_end": 2028, "kind": "scheme"}]},
        "annual_plans": {
            "annual_plans": [{**plan, "issued_on": date(2023, 3, 24)}],
            "plan_tasks": [{**plan, "ordinal": "1", "title": "Một", "lead_bodies": "Sở A; Sở B"},
                           {**plan, "document_number": "9/KH-UBND", "ordinal": "1",
                            "title": "Không có kế hoạch"}],
            "budgets": [{**place, "document_number": "25/KH-UBND", "year": (2023, 2023),
                         "line_id": "1", "amount_million_vnd": 500}]},
        "border_activities": {"border_activities": [
            {**place, "route": "china", "activity": "plan", "title": "Kế hoạch tuyến",
             "document_number": "30/KH-UBND", "issued_on": date(2023, 4, 1)},
            {**place, "route": "china", "activity": "joint_programme", "title": "Phối hợp",
             "document_number": "12/CTr-UBND", "issued_on": date(2023, 2, 10),
             "first_on": date(2023, 3, 1), "last_on": date(2023, 12, 31)},
            {**place, "route": "china", "activity": "propaganda", "title": "Tuyên truyền",
             "first_on": date(2023, 5, 1), "audience_count": 1200},
            {**place, "route": "sea", "activity": "plan", "title": "Không có biển"}]},
        "information_clusters": {"information_clusters": [
            {**place, "name": "Cụm Trà Lĩnh", "gate": "Trà Lĩnh", "status": "operating",
             "reported_on": date(2023, 6, 1)}]},
        "result_reports": {"result_reports": [
            {**place, "report_year": 2023, "document_number": "120/BC-UBND",
             "issued_on": date(2023, 11, 10), "received_on": date(2023, 11, 13)}]},
    }  # fmt: skip
    for name, rows in tables.items():
        (submitted / f"{name} của tỉnh.xlsx").write_bytes(
            write_template(name, REGISTER, ["Trà Lĩnh"], rows)
        )
    result = build(data, tmp_path / "warehouse")
    assert {(r.file, r.row, r.column, r.reason) for r in result.rejections} == {
        ("submitted/annual_plans của tỉnh.xlsx#Nhiệm vụ", 5, "document_number",
         "unknown_reference"),
        ("submitted/border_activities của tỉnh.xlsx#Hoạt động biên giới", 7, "route", "bad_value"),
    }  # fmt: skip
    with open_current(tmp_path / "warehouse") as con:
        statuses = con.execute(
            "SELECT indicator, scope, class, strength, valid_from FROM core.status "
            "WHERE vintage = 2008 AND province_code_gso = '04' AND strength = 'person' ORDER BY ALL"
        ).fetchall()
        tests = con.execute(
            "SELECT test, scope, strength, until_date FROM core.evidence WHERE test <> '' "
            "ORDER BY ALL"
        ).fetchall()
        tasks = con.execute("SELECT title, lead_bodies FROM core.plan_task").fetchall()
        amounts = con.execute("SELECT amount_million_vnd, stage FROM core.budget_line").fetchall()
        activities = con.execute("SELECT count(*) FROM core.border_activity").fetchall()
        source = con.execute(
            "SELECT is_declared, row_count FROM core.source WHERE source_id LIKE '%annual_plans%'"
        ).fetchall()
    assert [s[:3] for s in statuses if s[0] != "border_route"] == [
        ("annual_plan", "2023", "issued_in"),
        ("human_rights_plan", "", "adopted"),
        # By its silence the letter implies that the regulation is current; it is from later.
        ("regulation", "", "current"),
        ("result_report", "2023", "not_due"),
    ]
    assert tests == [
        ("cluster", "china", "person", None),
        ("joint_programme", "china", "person", date(2023, 12, 31)),
        ("plan", "china", "person", None),
    ]
    routes = [(s[2], s[4]) for s in statuses if s[0] == "border_route"]
    assert ("complete", date(2023, 6, 1)) in routes and routes[-1][0] == "partial"
    assert tasks == [("Một", ["Sở A", "Sở B"])] and amounts == [(500, "planned")]
    assert activities == [(3,)] and source == [(False, 3)]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "--list"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == list(TEMPLATES)
    out = tmp_path / "mau.xlsx"
    assert main(["template", "regulations", "--out", str(out)]) == 0
    assert out.read_bytes() == make_template("regulations", PROJECT_DATA)
    assert main(["template", "nothing"]) == 1
    assert "no such template" in capsys.readouterr().err

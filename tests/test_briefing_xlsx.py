"""The workbook of a briefing, opened again: types, no formula, heads, charts, same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from dashboard import boundaries, warehouse
from dashboard.briefing.build import build_briefing
from dashboard.briefing.content import Briefing, Section, Table, edited
from dashboard.briefing.scope import parse_scope
from dashboard.briefing.xlsx_book import write_xlsx
from dashboard.briefing.xlsx_sheets import SheetNames
from tests.conftest import Query
from tests.golden.province import run_of
from tests.written_briefing import EDITED, EVIDENCE, HEADLINE, MARK, MARKED, small_briefing


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("xlsx") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    warehouse.close_all()
    patch.undo()


def brief(scope: str, **params: str) -> Briefing:
    run = run_of(**params)
    return build_briefing(run, parse_scope(scope, run.facts.provinces[run.view.vintage]))


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[list[Any]]:
    """The table of a sheet: its head and all rows below."""
    top = int(re.sub(r"\D", "", sheet.auto_filter.ref.partition(":")[0]))
    return [list(row) for row in sheet.iter_rows(min_row=top, values_only=True)]


@pytest.fixture(scope="module")
def country(own_warehouse: None) -> tuple[Briefing, Any]:
    made = brief("country", as_of="2024-12-31", since="2023-07-31")
    return made, book(write_xlsx(made))


def test_every_table_has_a_sheet_with_the_same_values(country: tuple[Briefing, Any]) -> None:
    briefing, workbook = country
    tables = list(briefing.tables())
    for table, sheet in zip(tables, workbook.worksheets[1:], strict=False):
        assert sheet["A1"].value == table.title
        head, *rows = rows_of(sheet)
        assert head == [str(name) for name in table.rows.columns]
        if not len(table.rows):
            continue
        assert len(rows) == len(table.rows)
        for row, given in zip(rows, table.rows.itertuples(index=False, name=None), strict=True):
            for cell, value in zip(row, given, strict=True):
                if isinstance(value, dt.date) and not pd.isna(value):
                    assert cell == dt.datetime(value.year, value.month, value.day)
                elif isinstance(value, str):
                    assert (cell or "") == value
                elif isinstance(value, (int, float)) and not pd.isna(value):
                    assert cell == pytest.approx(value)


def test_the_class_of_each_unit_equals_the_warehouse(
    country: tuple[Briefing, Any], query: Query
) -> None:
    _, workbook = country
    found = query(
        "SELECT province_code_gso FROM core.status WHERE indicator = 'regulation'"
        " AND vintage = 2008 AND class = 'current' AND valid_from <= DATE '2024-12-31'"
        " AND coalesce(valid_to, DATE '9999-12-31') >= DATE '2024-12-31'"
    )
    head, *rows = rows_of(workbook["Số liệu bản đồ"])
    assert head[:3] == ["Mã", "Tỉnh, thành phố", "Quy chế quản lý hoạt động thông tin đối ngoại"]
    assert {row[0] for row in rows} == boundaries.CODES[2008]
    current = {row[0] for row in rows if row[2] == "Theo quy định hiện hành"}
    assert current == {code for (code,) in found} and len(current) == 56


def test_heads_filters_print_and_types(country: tuple[Briefing, Any]) -> None:
    briefing, workbook = country
    names = [sheet.title for sheet in workbook.worksheets]
    assert len({name.casefold() for name in names}) == len(names)
    assert {"Nguồn", "Chưa biết", "Mâu thuẫn", "Biểu đồ", "Căn cứ"} <= set(names)
    for sheet in workbook.worksheets:
        assert len(sheet.title) <= 31 and not set(sheet.title) & set("[]:*?/\\")
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth in (
            1,
            None,
        )
        assert briefing.snapshot_id in str(sheet.oddFooter.left.text)
        if sheet.title in ("Tổng quan", "Biểu đồ"):
            continue
        top = int(re.sub(r"\D", "", sheet.auto_filter.ref.partition(":")[0]))
        assert sheet.freeze_panes.endswith(str(top + 1))
        assert sheet.print_title_rows == f"${top}:${top}"


def test_types_of_cells_and_text_that_looks_like_a_formula() -> None:
    risky = ["=1+1", "@x", "+2", "-3", "http://a.vn", "007", "\tx"]
    rows = pd.DataFrame(
        {
            "=Tên": risky,
            "Ngày": [dt.date(2023, 7, 31)] * len(risky),
            "Số": [1234567] * len(risky),
            "Lẻ": [4164.5] * len(risky),
        }
    )
    table = Table("risky", "=Bảng/[1]: một tên rất dài của trang tính này", rows, "")
    content = write_xlsx(
        replace(small_briefing(), sections=(Section("changes", "@Mục", (), (table, table)),))
    )
    workbook = book(content)
    sheet = workbook.worksheets[1]
    assert sheet.title == "=Bảng 1 một tên rất dài của tr…"
    assert workbook.worksheets[2].title == "=Bảng 1 một tên rất dài củ… (2)"
    top = int(re.sub(r"\D", "", sheet.auto_filter.ref.partition(":")[0]))
    cells = [sheet.cell(top + 1 + place, 1) for place in range(len(risky))]
    assert [cell.value for cell in cells] == risky
    assert {cell.data_type for cell in cells} == {"s"}
    day, whole, decimal = (sheet.cell(top + 1, column) for column in (2, 3, 4))
    assert day.is_date and day.number_format == "dd/mm/yyyy"
    assert (whole.value, whole.number_format) == (1234567, "#,##0")
    assert (decimal.value, decimal.number_format) == (4164.5, "#,##0.00")
    assert_no_formula(content)


def assert_no_formula(content: bytes) -> None:
    for sheet in book(content).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name) and b"<f " not in parts.read(name)


def test_no_formula_and_the_same_bytes() -> None:
    params = {"as_of": "2024-12-31", "since": "2023-07-31"}
    first = write_xlsx(brief("country", **params))
    assert_no_formula(first)
    assert write_xlsx(brief("country", **params)) == first
    core = book(first).properties
    assert core.created == dt.datetime(2024, 12, 31)


def test_charts_are_native_and_refer_to_their_data(country: tuple[Briefing, Any]) -> None:
    briefing, workbook = country
    sheet = workbook["Biểu đồ"]
    pictures = [p for p in briefing.pictures() if p.bars is not None]
    assert len(sheet._charts) == len(pictures) > 2
    for chart, picture in zip(sheet._charts, pictures, strict=True):
        assert picture.bars is not None
        assert len(chart.series) == len(picture.bars.series)
        for series, (label, _, values) in zip(chart.series, picture.bars.series, strict=True):
            cells = sheet[series.val.numRef.f.rpartition("!")[2].replace("$", "")]
            assert tuple(row[0].value for row in _as_rows(cells)) == values
            names = sheet[series.cat.strRef.f.rpartition("!")[2].replace("$", "")]
            assert tuple(row[0].value for row in _as_rows(names)) == picture.bars.categories
            named = series.tx.strRef.f.rpartition("!")[2].replace("$", "")
            assert sheet[named].value == label


def _as_rows(cells: Any) -> Any:
    return cells if isinstance(cells, tuple) else ((cells,),)


def test_the_overview_tells_facts_findings_edits_and_sheets() -> None:
    made = edited(small_briefing(), {"headline": "Câu đã sửa."})
    workbook = book(write_xlsx(made))
    sheet = workbook.worksheets[0]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == made.title
    assert any(row[:2] == ("Tính đến ngày", "31/12/2024") for row in rows)
    marked = {row[1] for row in rows if row[2] == "Có"}
    assert marked == {"Câu đã sửa.", EDITED}
    listed = {row[0] for row in rows}
    assert {other.title for other in workbook.worksheets[1:]} <= listed
    plain = book(write_xlsx(small_briefing()))
    evidence = rows_of(plain["Căn cứ"])
    assert evidence[1][1:] == [HEADLINE, EVIDENCE[0]]
    unknown = [row[1] for row in rows_of(plain["Chưa biết, mâu thuẫn"])]
    assert small_briefing().unknowns in unknown


def test_the_mark_is_on_every_sheet_where_data_is_made_up() -> None:
    for sheet in book(write_xlsx(MARKED())).worksheets:
        assert str(sheet["A1"].value).startswith(MARK)
        assert MARK in str(sheet.oddHeader.center.text)
    assert MARK not in str(book(write_xlsx(small_briefing())).worksheets[0]["A1"].value)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Kế hoạch", "Kế hoạch"),
        ("a/b\\c?d*e[f]:g", "a b c d e f g"),
        ("'x'", "x"),
        ("", "-"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 30 + "…"),
    ],
)
def test_names_of_sheets(wanted: str, name: str) -> None:
    names = SheetNames()
    assert names.take(wanted) == name
    assert names.take(wanted) != name and len(names.take(wanted)) <= 31


def test_libreoffice_reads_it_without_loss(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    content = write_xlsx(brief("country", as_of="2023-07-31"))
    (tmp_path / "book.xlsx").write_bytes(content)
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    if not (tmp_path / "book.ods").is_file():
        pytest.skip("this LibreOffice has no Calc")
    with zipfile.ZipFile(tmp_path / "book.ods") as parts:
        text = parts.read("content.xml").decode()
        objects = {name.split("/")[0] for name in parts.namelist() if name.startswith("Object ")}
    workbook = book(content)
    assert all(f'table:name="{sheet.title}"' in text for sheet in workbook.worksheets)
    assert len([name for name in objects if "Replacement" not in name]) == len(
        workbook["Biểu đồ"]._charts
    )
    assert "table:formula" not in text and "Thừa Thiên Huế" in text

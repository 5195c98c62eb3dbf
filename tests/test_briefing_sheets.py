"""Province sheets: all 63 printed once, each on exactly one page, nothing cut without a word."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import boundaries, picture, warehouse
from dashboard.briefing.printing import print_html
from dashboard.briefing.scope import parse_scope
from dashboard.briefing.sheets import ProvinceSheet, first_of, make_sheets
from dashboard.briefing.sheets_fit import Limits, fitting
from dashboard.briefing.sheets_html import SheetTooLong, sheets_html, write_sheets
from tests.conftest import read_facts
from tests.golden.province import run_of

needs_chromium = pytest.mark.skipif(not picture.is_available(), reason="no Chromium here")


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("sheets") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    warehouse.close_all()
    patch.undo()


def sheets_of(scope: str, **params: str) -> tuple[ProvinceSheet, ...]:
    run = run_of(**params)
    return make_sheets(run, parse_scope(scope, run.facts.provinces[run.view.vintage]))


@pytest.fixture(scope="module")
def pages(own_warehouse: None, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each page of all 63 sheets."""
    file = tmp_path_factory.mktemp("pages") / "sheets.pdf"
    file.write_bytes(write_sheets(sheets_of("country"), print_html))
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, check=True, text=True)
    embedded = [line.split()[-5] for line in fonts.stdout.splitlines()[2:]]
    assert embedded and set(embedded) == {"yes"}
    return done.stdout.decode("utf-8").split("\f")[:-1]


@needs_chromium
def test_63_pages_with_every_province_on_its_own(pages: list[str]) -> None:
    names = {row["name"] for row in read_facts("provinces63")}
    assert len(pages) == 63
    titles = [page.strip().splitlines()[0].strip() for page in pages]
    assert {re.sub("^(Tỉnh|Thành phố) ", "", title) for title in titles} == names
    cities = {title for title in titles if title.startswith("Thành phố")}
    assert len(cities) == 5


@needs_chromium
def test_every_page_has_both_archipelagos_the_notice_and_where_it_comes_from(
    pages: list[str],
) -> None:
    snapshot = warehouse.current_snapshot().id
    for page in pages:
        text = " ".join(page.split())
        assert "Quần đảo Hoàng Sa" in text and "Quần đảo Trường Sa" in text
        assert "(Đà Nẵng)" in text and "(Khánh Hòa)" in text
        assert "Sơ đồ minh họa" in text
        assert snapshot in text and "31/07/2023" in text and "Nguồn:" in text


@needs_chromium
def test_nghe_an_shows_its_status_amounts_contradiction_and_what_is_left_out(
    pages: list[str],
) -> None:
    (page,) = [text for text in pages if text.strip().startswith("Tỉnh Nghệ An")]
    text = " ".join(page.split())
    assert "3089/BTTTT-TTĐN" in text and "05/02/2013" in text and "Nêu tên" in text
    assert "404.000 triệu đồng" in text and "305.531 triệu đồng" in text
    assert "≈ 918.800" in text.replace("\u00a0", " ")
    (sheet,) = sheets_of("province:40")
    left_out = [int(found) for found in re.findall(r"và (\d+) mục khác", text)]
    shown = fitting(sheet, 0.0)
    assert left_out and sum(left_out) <= len(sheet.budget) + len(sheet.unknowns)
    assert shown.budget < len(sheet.budget) == 12  # rows of budgets.csv for the province


def test_a_list_says_how_many_more_there_are() -> None:
    assert first_of("abcde", 3) == (["a", "b", "c"], 2)
    assert first_of("abcd", 3) == (["a", "b", "c", "d"], 0)  # one more line either way
    assert first_of("", 3) == ([], 0)
    (sheet,) = sheets_of("province:40")
    html = sheets_html([sheet], {"40": Limits(3, 2, 4, 8.0)})
    assert f"và {len(sheet.budget) - 3} mục khác" in html
    assert f"và {len(sheet.unknowns) - 4} mục khác" in html


def test_counts_of_gates_are_those_of_the_files() -> None:
    gates = [row for row in read_facts("border_gates") if row["gso_code"] == "22"]
    (sheet,) = sheets_of("province:22")
    assert sheet.places[0].startswith(f"Cửa khẩu ({len(gates)}): ")
    numbers = [int(found) for found in re.findall(r"(\d+) cửa khẩu", sheet.places[0])]
    assert sum(numbers) == len(gates)


def test_text_of_the_data_is_never_markup() -> None:
    (sheet,) = sheets_of("province:40")
    nasty = replace(sheet, name="<b>x</b>", title="<script>1</script>", succession="a & <i>b</i>")
    html = sheets_html([nasty], {"40": fitting(nasty, 0.0)})
    assert "<script>1" not in html and "<b>x" not in html and "a &amp; &lt;i&gt;b" in html


def test_a_unit_of_2025_has_a_sheet_of_its_own() -> None:
    sheets = sheets_of("country", as_of="2025-09-30")
    assert len(sheets) == 34
    assert {sheet.code for sheet in sheets} == boundaries.CODES[2025]
    (giang,) = [sheet for sheet in sheets if sheet.code == "91"]
    assert "Kiên Giang" in giang.succession and "An Giang" in giang.succession
    with pytest.raises(KeyError):
        sheets_html([replace(giang, code="87")], {"87": fitting(giang, 0.0)})


@needs_chromium
def test_a_sheet_that_cannot_fit_is_an_error_and_not_two_pages() -> None:
    (sheet,) = sheets_of("province:40")
    long = replace(sheet, succession="rất dài " * 4000)
    with pytest.raises(SheetTooLong, match="40"):
        write_sheets([long], print_html)


@needs_chromium
def test_the_same_sheets_give_the_same_bytes() -> None:
    sheets = sheets_of("provinces:40,91")
    assert write_sheets(sheets, print_html) == write_sheets(sheets, print_html)

"""The page of plans: year, map, tabs, the filled matrix, reports, small screens, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import AppServer, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

from tests.filled_plans import write_filled_warehouse

OpenPage = Callable[..., Page]
TABS = (
    "Theo năm", "Thời điểm ban hành", "Bản đồ các năm", "Nhiệm vụ hướng dẫn", "Kế hoạch khác",
    "Báo cáo và thời hạn",
)  # fmt: skip
ENGLISH = re.compile(r"\b(the|and|of|none|nan|download|evidence|known|plan|report)\b", re.I)


def text_of(page: Page) -> str:
    """The words of the page; icons are a font whose letters spell their English names."""
    page.locator("[data-testid=stMain] span").evaluate_all(
        "all => all.filter(e => getComputedStyle(e).fontFamily.includes('Material'))"
        ".forEach(e => e.remove())"
    )
    return page.get_by_test_id("stMain").inner_text()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_ready(page)
    page.wait_for_timeout(700)


def width_of(page: Page) -> int:
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"))


def cells_of(page: Page, place: int) -> list[str]:
    grid = page.get_by_test_id("stDataFrame").nth(place)
    grid.locator("canvas td").first.wait_for(state="attached")
    return grid.locator("canvas td").all_text_contents()


def test_a_deep_link_shows_the_year_its_letter_and_every_tab(open_page: OpenPage) -> None:
    page = open_page("/plans?year=2024&as_of=2024-12-31", height=1400)
    page.locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    words = page.locator(".js-plotly-plot").first.inner_text()
    assert "Quần đảo Hoàng Sa" in words and "Quần đảo Trường Sa" in words
    text = page.get_by_test_id("stMain").inner_text()
    assert "Công văn hướng dẫn xây dựng kế hoạch năm 2024" in text and "3089/BTTTT-TTĐN" in text
    assert "Đã biết kế hoạch năm 2024 của 9/63" in text
    said = {
        "Theo năm": "2026 chưa thấy công văn hướng dẫn",
        "Thời điểm ban hành": "Đầu năm kế hoạch: 01/01/2024",
        "Bản đồ các năm": "Quần đảo Hoàng Sa",
        "Nhiệm vụ hướng dẫn": "Chưa lập được bảng đối chiếu năm 2024",
        "Kế hoạch khác": "26 kế hoạch nhiều năm",
        "Báo cáo và thời hạn": "chưa nhận được báo cáo kết quả năm 2024",
    }
    for name in TABS:
        open_tab(page, name)
        expect(page.get_by_test_id("stMain")).to_contain_text(said[name])
    text = text_of(page)
    assert not ENGLISH.findall(text) and not re.findall(r"\b[a-z]+_[a-z_]+\b", text)


def test_a_year_without_letter_and_plan_is_said(open_page: OpenPage) -> None:
    page = open_page("/plans", height=1400)
    page.get_by_test_id("stButtonGroup").get_by_text("2026", exact=True).click()
    page.wait_for_url(re.compile("year=2026"))
    wait_ready(page)
    expect(page.get_by_text("Năm 2026: chưa thấy công văn hướng dẫn")).to_be_visible()
    open_tab(page, "Thời điểm ban hành")
    expect(page.get_by_text("chưa thấy kế hoạch năm 2026 nào")).to_be_visible()
    page.go_back()
    wait_ready(page)
    expect(page.get_by_text("Công văn hướng dẫn xây dựng kế hoạch năm 2023")).to_be_visible()


@pytest.mark.parametrize(
    ("query", "tab"),
    [("?year=2021", "Thời điểm ban hành"), ("?as_of=2026-03-01&lang=en", "Guidance tasks")],
)
def test_nothing_scrolls_sideways_on_a_phone(open_page: OpenPage, query: str, tab: str) -> None:
    page = open_page(f"/plans{query}", width=390, height=844, scheme="dark")
    page.wait_for_timeout(1000)
    assert width_of(page) <= 390
    open_tab(page, tab)
    assert width_of(page) <= 390


def test_the_filled_matrix_opens_its_passages_and_reports_are_judged(
    open_page: OpenPage,
    warehouse: Path,
    tmp_path: Path,
    start_server: Callable[..., AppServer],
) -> None:
    server = start_server(write_filled_warehouse(warehouse, tmp_path / "filled"))
    page = open_page("/plans?year=2023&as_of=2024-06-30", on=server, height=2000)
    open_tab(page, "Nhiệm vụ hướng dẫn")
    assert "Có toàn văn trong kho: 2" in page.get_by_test_id("stMain").inner_text()
    assert {"●", "◐", "○", "□", "–"} <= set(cells_of(page, 1))
    grid = page.get_by_test_id("stDataFrame").nth(1).bounding_box()
    assert grid is not None
    # The first row is Cao Bằng, as it was compared; its first task is in the third of four columns.
    page.mouse.click(grid["x"] + grid["width"] * 0.7, grid["y"] + 35 * 1.5)
    expect(page.get_by_text("đoạn văn của Cao Bằng")).to_be_visible()
    expect(page.get_by_text("người xác nhận")).to_be_visible()
    open_tab(page, "Báo cáo và thời hạn")
    text = page.get_by_test_id("stMain").inner_text()
    assert "Hạn chung cho các tỉnh: 15/12/2023" in text
    assert "Đúng hạn: 1" in text and "Chậm: 1" in text


def test_the_list_downloads_with_its_sources(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/plans?as_of=2024-12-31", height=1600)
    list_row = page.locator(".st-key-plans_list_row")
    list_row.get_by_role("button", name=re.compile("Tải xuống")).click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=re.compile("XLSX")).last.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert "2024-12-31" in path.name
    book = openpyxl.load_workbook(path)
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert "1466/QĐ-UBND" in cells and "31/12/2024" in "".join(cells)
    assert sum("/KH-UBND" in cell for cell in cells) > 30
    assert not any(cell.startswith("=") for cell in cells)

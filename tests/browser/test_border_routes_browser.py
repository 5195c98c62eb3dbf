"""The page on border routes as a reader meets it: map, matrix, documents, tables, exports."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from conftest import wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
PATH = "/border-routes"
TILES = ".barlayer path"


def open_route(open_page: OpenPage, query: str = "", **options: Any) -> Page:
    page = open_page(PATH + query, height=2200, **options)
    page.locator(TILES).first.wait_for(timeout=20_000)
    page.locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    return page


def figure(page: Page, title: str) -> Locator:
    """The chart whose downloads are offered under a title."""
    return page.locator(f".st-key-border_routes_{title}_chart")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_ready(page)


def cells(page: Page) -> list[str]:
    """What the tables of the page say, from the copy that screen readers get."""
    page.get_by_test_id("stDataFrame").first.locator("canvas td").first.wait_for(state="attached")
    return page.get_by_test_id("stDataFrame").locator("canvas td").all_text_contents()


def test_a_deep_link_shows_the_route_on_the_map_and_in_the_matrix(open_page: OpenPage) -> None:
    page = open_route(open_page, "?route=laos&as_of=2023-07-31")
    text = page.get_by_test_id("stMain").inner_text()
    assert "Tuyến biên giới Việt Nam – Lào" in text
    assert "2/10" in text and "2/9" in text  # Điện Biên and Nghệ An; nine have such a gate
    assert page.locator(TILES).count() == 30
    words = page.locator(".js-plotly-plot").first.inner_text()
    for name in ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "Trung Quốc", "Lào", "Campuchia"):
        assert name in words
    assert "không thay thế bản đồ chuẩn" in words and "Không thuộc tuyến: 53" in words
    assert "Cửa khẩu quốc tế" in words and "Cụm thông tin đang hoạt động: 2" in words
    assert "Chưa chọn tuyến" not in text


def test_without_a_route_the_page_says_which_one_it_shows(open_page: OpenPage) -> None:
    page = open_route(open_page)
    expect(
        page.get_by_text("Chưa chọn tuyến; đang hiển thị tuyến Việt Nam – Trung")
    ).to_be_visible()
    page.get_by_test_id("stMain").get_by_role("radio", name="Biển, đảo").click()
    page.wait_for_url(re.compile("route=sea"))
    wait_ready(page)
    expect(page.get_by_role("heading", name="Tuyến biển, đảo", exact=True)).to_be_visible()
    expect(page.locator(TILES)).to_have_count(84)


def test_a_click_on_a_tile_shows_its_documents(open_page: OpenPage) -> None:
    page = open_route(open_page, "?route=laos&as_of=2023-07-31")
    page.wait_for_timeout(500)
    box = page.locator(TILES).first.bounding_box()  # evidenced ones come first: Điện Biên's cluster
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile("province=11"))
    wait_ready(page)
    panel = page.locator(".st-key-border_routes_province")
    expect(panel).to_contain_text("Phối hợp với Bộ đội Biên phòng: ⊙ Chưa có căn cứ")
    expect(panel).to_contain_text("Cụm thông tin đối ngoại Cửa khẩu quốc tế Tây Trang, 31/12/2018")
    expect(panel).to_contain_text("Báo chí")
    expect(panel.get_by_role("link", name="nguồn")).to_have_attribute("href", re.compile("dic.gov"))
    # Điện Biên lies on two land routes: one press leads to the other.
    panel.get_by_role("button", name="Xem trên tuyến Việt Nam – Trung Quốc").click()
    page.wait_for_url(re.compile("route=china"))
    wait_ready(page)
    expect(panel).to_contain_text("Không áp dụng: không có cửa khẩu quốc tế trên tuyến")


def test_what_is_known_without_counting_is_said_and_listed(open_page: OpenPage) -> None:
    page = open_route(open_page, "?route=china&province=10&as_of=2023-07-31")
    panel = page.locator(".st-key-border_routes_province")
    expect(panel).to_contain_text("Biết nhưng chưa tính (không rõ ngày)")
    open_tab(page, "Biết nhưng chưa tính")
    assert cells(page).count("không rõ ngày") == 2
    open_tab(page, "Cụm thông tin")
    expect(page.get_by_text("Ghi nhận không rõ ngày", exact=True)).to_be_visible()
    open_tab(page, "Chiều dài")
    assert "Chưa có dữ liệu" in cells(page)


def test_two_days_are_compared_on_the_route(open_page: OpenPage) -> None:
    page = open_route(open_page, "?route=china&as_of=2024-12-31&since=2022-12-31")
    words = page.locator(".js-plotly-plot").first.inner_text()
    assert "Chưa có căn cứ → Một phần: 1" in words  # Lào Cai
    assert "Quần đảo Hoàng Sa" in words and "Quần đảo Trường Sa" in words
    open_tab(page, "Cả nước")
    figure(page, "country").locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    assert "Một phần: 2" in figure(page, "country").inner_text()


def test_a_row_of_the_gates_filters_and_the_zoom_keeps_the_archipelagos(
    open_page: OpenPage,
) -> None:
    page = open_route(open_page, "?route=cambodia&as_of=2025-08-31")
    assert page.locator(TILES).count() == 24  # 8 units of 2025
    open_tab(page, "Phóng to tuyến")
    figure(page, "zoom").locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    words = figure(page, "zoom").inner_text()
    assert "Hoàng Sa" in words and "Trường Sa" in words and "không thay thế bản đồ chuẩn" in words
    open_tab(page, "Cửa khẩu")
    found = cells(page)
    assert {"Quốc tế", "Đường bộ", "Gần đúng: tâm huyện"} <= set(found)
    grid = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert grid is not None
    page.mouse.click(grid["x"] + 18, grid["y"] + 52)  # the box of the first row
    page.wait_for_url(re.compile("province="))
    wait_ready(page)
    expect(page.locator(".st-key-border_routes_province")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark")])
def test_phone_and_downloads_say_what_they_show(
    open_page: OpenPage, width: int, scheme: str
) -> None:
    page = open_route(open_page, "?route=sea&as_of=2024-12-31", width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".st-key-border_routes_matrix_downloads").get_by_role("button").click()
    for name, check in (("xlsx", _check_sheet), ("pdf", _check_paper)):
        with page.expect_download(timeout=60_000) as download:
            page.locator(f".st-key-border_routes_matrix_{name} button").click()
        check(Path(download.value.path()).read_bytes())


def _check_sheet(content: bytes) -> None:
    assert zipfile.is_zipfile(io.BytesIO(content))
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[str(v) for v in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    named = [row for row in rows if "Bình Thuận" in row]
    assert named and "● Có căn cứ" in named[0]
    assert any("Tuyến biển, đảo" in v for row in rows for v in row)


def _check_paper(content: bytes) -> None:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "31/12/2024" in text and "Quảng Ngãi" in text

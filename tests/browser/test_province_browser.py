"""The province profile as a reader meets it: one screen, tabs, paper, both vintages, phone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from conftest import wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Locator, Page, expect

OpenPage = Callable[..., Page]
PATH = "/province"
ARCHIPELAGOS = ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa", "không thay thế bản đồ chuẩn")


def open_profile(open_page: OpenPage, query: str, **options: Any) -> Page:
    page = open_page(PATH + query, **{"height": 1800, **options})
    for name in ("locator", "zoom"):
        chart(page, name).locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    return page


def chart(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-province_{name}_chart")


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_ready(page)


def main_text(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def cells(page: Page) -> list[str]:
    """What the tables of the page say, from the copy that screen readers get."""
    page.get_by_test_id("stDataFrame").first.locator("canvas td").first.wait_for(state="attached")
    return page.get_by_test_id("stDataFrame").locator("canvas td").all_text_contents()


def test_one_screen_tells_the_statuses_and_shows_both_maps(open_page: OpenPage) -> None:
    page = open_profile(open_page, "?province=40")
    text = main_text(page)
    assert "Hồ sơ địa phương: Nghệ An" in text and "▼ Căn cứ QĐ 79/2010 đã hết hiệu lực" in text
    assert "3089/BTTTT-TTĐN · 31/07/2023 · Bộ Thông tin và Truyền thông · mục 1" in text
    assert "Nêu tên trong công văn" in text and "⊙ Chưa thấy báo cáo" in text
    for name in ("locator", "zoom"):
        words = chart(page, name).inner_text()
        assert all(part in words for part in ARCHIPELAGOS) and "Nghệ An" in words
    areas = "e => new Set(e.data.filter(t => t.type === 'choropleth').flatMap(t => t.locations || "
    areas += "[]).filter(c => /^[0-9]{2}$/.test(c))).size"
    assert chart(page, "locator").locator(".js-plotly-plot").evaluate(areas) == 63
    words = chart(page, "zoom").inner_text()
    assert "Cửa khẩu quốc tế: 3" in words and "Cụm thông tin đang hoạt động: 1" in words
    expect(chart(page, "timeline")).to_contain_text("3089/BTTTT-TTĐN")
    # Two routes: the other one is one press away, and the address holds it.
    page.get_by_test_id("stMain").get_by_role("radio", name="Biển, đảo").click()
    page.wait_for_url(re.compile("route=sea"))
    wait_ready(page)
    expect(page.get_by_role("heading", name="Tuyến Biển, đảo")).to_be_visible()
    page.locator(".st-key-province_statuses_row").get_by_text("Căn cứ", exact=True).click()
    wait_ready(page)
    assert "3089/BTTTT-TTĐN" in cells(page)


def test_without_a_province_all_names_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page(PATH, height=1400)
    page.locator("path.choroplethlocation").first.wait_for(timeout=20_000)
    pills = page.locator(".st-key-province_choice_2008_vi").get_by_role("radio")
    names = pills.all_inner_texts()
    assert len(names) == 63 and names[0] == "An Giang" and names[-1] == "Yên Bái"
    assert names.index("Cao Bằng") < names.index("Cần Thơ") < names.index("Đà Nẵng")
    pills.nth(names.index("Hà Nam")).click()
    page.wait_for_url(re.compile("province=35"))
    wait_ready(page)
    expect(page.get_by_role("heading", name="Hồ sơ địa phương: Hà Nam")).to_be_visible()
    text = main_text(page)
    assert "không nằm trên tuyến biên giới nào" in text
    assert "Đến 31/07/2023 chưa thấy văn bản nào của địa phương này" in text
    page.get_by_role("button", name="Chọn địa phương khác").click()
    page.wait_for_url(re.compile(r"/province(\?.*)?$"))
    wait_ready(page)
    expect(page.get_by_role("heading", name="Hồ sơ địa phương", exact=True)).to_be_visible()


def test_the_tabs_hold_money_conflicts_unknowns_and_the_unit_of_2025(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_profile(open_page, "?province=40")
    open_tab(page, "Kinh phí")
    content = page.locator("[data-testid=stMain]")
    expect(content).to_contain_text("404.000 triệu đồng (nguồn in: hơn 404 tỷ đồng)")
    expect(content).to_contain_text("305.531")
    assert {"≈\u00a0404.000", "“hơn 404 tỷ đồng”", "Giảm nghèo bền vững"} <= set(cells(page))
    page.locator(".st-key-province_budget_downloads").get_by_role("button").click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=re.compile("XLSX")).click()
    path = tmp_path / "budget.xlsx"
    waiting.value.save_as(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert any(404000 in row for row in rows)
    assert any("Nghệ An" in str(cell) for row in rows for cell in row)
    page.keyboard.press("Escape")
    open_tab(page, "Điều chưa rõ")
    assert {"Cửa khẩu Thanh Thủy (Nghệ An)", "Chưa rõ vị trí"} <= set(cells(page))
    open_tab(page, "Trước và sau 01/7/2025")
    link = page.get_by_role("link", name="Mở hồ sơ Nghệ An tại ngày 01/07/2025")
    expect(link).to_have_attribute("href", "/province?as_of=2025-07-01&province=40")
    open_tab(page, "So với địa phương khác")
    assert cells(page).count("Giáp ranh") == 2


def test_the_print_layout_gives_a4_pages_without_menu_filters_and_buttons(
    open_page: OpenPage,
) -> None:
    page = open_profile(open_page, "?province=40", scheme="dark")
    page.get_by_text("Bố cục để in", exact=True).click()
    wait_ready(page)
    expect(page.locator(".st-key-province_sheet table")).to_have_count(6, timeout=20_000)
    expect(page.get_by_text("Nhấn Ctrl+P để in")).to_be_visible()
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert 3 <= len(paper.pages) <= 8
    for sheet in paper.pages:
        width, height = (
            float(x) * 25.4 / 72 for x in (sheet.mediabox.width, sheet.mediabox.height)
        )
        assert (round(width), round(height)) == (210, 297)
    text = "\n".join(sheet.extract_text() for sheet in paper.pages)
    for part in ("Hồ sơ địa phương: Nghệ An", "Tính đến ngày 31/07/2023", "Điều chưa rõ",
                 "Nguồn mâu thuẫn", "Trước và sau 01/7/2025", "Quần đảo Hoàng Sa",
                 "Quần đảo Trường Sa", "Bản dữ liệu"):  # fmt: skip
        assert part in text, part
    for part in ("Bỏ lọc", "Tải xuống", "Bảng số liệu", "Bố cục để in", "Ctrl+P", "Tra cứu"):
        assert part not in text, part


def test_a_unit_of_2025_on_a_phone_lists_its_parts(open_page: OpenPage) -> None:
    page = open_profile(
        open_page, "?province=48&as_of=2026-01-01", width=390, height=844, scheme="dark", lang="vi"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    text = main_text(page)
    assert "⊞ Không đồng nhất" in text and "hợp thành từ: Đà Nẵng, Quảng Nam" in text
    assert "Quảng Nam: ▼ Kế hoạch đã hết thời hạn" in text
    for name in ("locator", "zoom"):
        assert "Quần đảo Hoàng Sa" in chart(page, name).inner_text()
    english = open_profile(open_page, "?province=48&as_of=2026-01-01", lang="en")
    words = main_text(english)
    assert "Province profile: Đà Nẵng" in words and "Status of the indicators" in words

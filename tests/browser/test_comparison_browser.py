"""Two dates compared on the screen: on one map, side by side, in tables, in every export."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from conftest import in_both_themes, wait_ready
from playwright.sync_api import Page, expect

from dashboard.words import word

OpenPage = Callable[..., Page]
DAYS = "as_of=2024-12-31&since=2023-07-31"
# What the maps of a page show: the units of each trace by its name.
AREAS = """() => {
  const areas = {};
  for (const trace of document.querySelector('.js-plotly-plot').data) {
    if (trace.type !== 'choropleth' || !trace.name) continue;
    const name = trace.name.replaceAll('<br>', ' ');
    const codes = [...trace.locations].filter(code => /^\\d\\d$/.test(code));
    areas[name] = [...(areas[name] || []), ...codes].sort();
  }
  return areas;
}"""


def opened(open_page: OpenPage, path: str, **options: object) -> Page:
    page = open_page(path, **options)
    page.locator(".js-plotly-plot .legend").first.wait_for()
    return page


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=word(f"comparison.{name}", "vi"), exact=True).click()


def cells(page: Page, kind: str = "td") -> list[str]:
    """Texts of the first table on the page; the grid is a canvas with a table inside."""
    grid = page.get_by_test_id("stDataFrame").first.locator(f"canvas {kind}")
    grid.first.wait_for(state="attached")
    return grid.all_text_contents()


def test_a_second_date_shows_who_moved_and_the_choice_is_in_the_address(
    open_page: OpenPage,
) -> None:
    page = opened(open_page, f"/regulations?{DAYS}")
    moved = {n: codes for n, codes in page.evaluate(AREAS).items() if "→" in n}
    assert sorted(code for codes in moved.values() for code in codes) == ["19", "30", "48"]
    assert all("Theo quy định hiện hành" in name for name in moved)
    assert "3/63 tỉnh, thành phố" in page.get_by_test_id("stMain").inner_text()
    choose(page, "both")
    expect(page).to_have_url(re.compile(rf"\?{DAYS}~both$"))
    wait_ready(page)
    headings = page.locator(".js-plotly-plot").first
    expect(headings).to_contain_text("31/12/2024")
    text = headings.inner_text()
    assert "31/07/2023" in text
    assert text.count("Quần đảo Hoàng Sa") == text.count("Quần đảo Trường Sa") == 2
    choose(page, "now")
    expect(page).to_have_url(re.compile(rf"\?{DAYS}~now$"))
    wait_ready(page)
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot')[0].data.length > 0")
    assert not [name for name in page.evaluate(AREAS) if "→" in name]
    page.go_back()
    wait_ready(page)
    expect(page.locator(".js-plotly-plot").first).to_contain_text("31/07/2023")


def test_tables_say_before_and_after_with_the_document(open_page: OpenPage) -> None:
    page = opened(open_page, f"/regulations?{DAYS}", height=1400)
    page.get_by_role("radio", name=word("evidence.panel.table", "vi"), exact=True).first.click()
    found = cells(page)
    for text in ("Hải Dương", "42/2023/QĐ-UBND", "Đà Nẵng", "49/2023/QĐ-UBND", "Thái Nguyên"):
        assert text in found
    page = opened(open_page, f"/regulations?{DAYS}~now&province=30", height=1400)
    assert "Ngày 31/07/2023: ▼ Căn cứ QĐ 79/2010 đã hết hiệu lực" in (
        page.locator(".st-key-regulations_why").inner_text()
    )
    page.get_by_role("radio", name=word("evidence.panel.table", "vi"), exact=True).first.click()
    assert "Trạng thái ngày 31/07/2023" in cells(page, "th")


def test_both_vintages_on_a_phone(open_page: OpenPage) -> None:
    size = {"width": 390, "height": 844}
    page = opened(open_page, "/human-rights?as_of=2026-06-30&since=2025-07-31", **size)
    for _ in in_both_themes(page):
        assert word("comparison.none_moved", "vi") in page.get_by_test_id("stMain").inner_text()
    page = open_page("/human-rights?as_of=2026-06-30&since=2024-12-31", **size)
    for _ in in_both_themes(page):
        notice = page.get_by_test_id("stAlert").first.inner_text()
        assert "31/12/2024" in notice and "01/07/2025" in notice
    page = opened(open_page, "/human-rights?since=2020-01-01", **size)
    for _ in in_both_themes(page):
        text = page.get_by_test_id("stMain").inner_text()
        assert "15/63" in text and "chỉ có từ ngày 14/09/2022" in text
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    page = open_page("/human-rights?as_of=2021-06-30&since=2020-01-01&province=01", **size)
    for _ in in_both_themes(page):
        assert "chưa có chỉ số này" in page.get_by_test_id("stMain").inner_text()
        assert page.get_by_text(word("notice.failure", "vi")).count() == 0


@pytest.mark.parametrize("mode", ["", "~both"])
def test_downloads_state_both_dates_and_the_vintage(
    open_page: OpenPage, tmp_path: Path, mode: str
) -> None:
    page = opened(open_page, f"/regulations?{DAYS}{mode}", height=1600)
    files = {}
    for kind, name in (("pdf", "Bản in PDF"), ("xlsx", "XLSX")):
        button = page.get_by_role("button", name=re.compile(name)).first
        if not button.is_visible():
            page.get_by_role("button", name=re.compile(word("download.menu", "vi"))).first.click()
        with page.expect_download(timeout=60_000) as waiting:
            button.click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    pdf = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(files["pdf"]).pages).split())
    book = openpyxl.load_workbook(files["xlsx"])
    sheet = " ".join(str(c.value) for s in book for r in s.iter_rows() for c in r if c.value)
    for text in (pdf, sheet):
        assert "31/07/2023" in text and "31/12/2024" in text
        assert "63 tỉnh, thành phố" in text
        assert "So với ngày" in text
    assert "Hoàng Sa" in pdf and "Trường Sa" in pdf
    assert "không thay thế bản đồ chuẩn" in pdf
    assert "42/2023/QĐ-UBND" in sheet and "Hải Dương" in sheet

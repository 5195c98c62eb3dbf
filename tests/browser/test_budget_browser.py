"""The budget page as a reader meets it: switches, counts, contradiction, tabs, downloads, phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
from conftest import in_both_themes, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
NGHE_AN = "/budget?programme=whole.poverty&year=2022&province=40"
# All words but the icons, whose letters spell their English names.
WORDS = """() => {
  const copy = document.querySelector('[data-testid=stMain]').cloneNode(true);
  copy.querySelectorAll('[data-testid*=Icon], style, script').forEach(e => e.remove());
  return [...copy.querySelectorAll('*')].filter(e => !e.children.length)
    .map(e => e.textContent).join(' ');
}"""


def open_budget(open_page: OpenPage, path: str = "/budget", **options: Any) -> Page:
    page = open_page(path, **options)
    page.locator(".js-plotly-plot path.choroplethlocation").first.wait_for(timeout=20_000)
    return page


def main_text(page: Page) -> str:
    return page.get_by_test_id("stMain").inner_text()


def test_the_page_opens_says_how_much_is_known_and_switches_views(open_page: OpenPage) -> None:
    page = open_budget(open_page)
    text = main_text(page)
    assert "2 trong 63" in text and "12 trong 63" in text  # of the period, and of all times
    assert "Giai đoạn 2021–2025" in text
    expect(page.locator(".js-plotly-plot").nth(1)).to_contain_text("hơn 29 tỷ đồng")
    drawn = page.locator(".js-plotly-plot").first.inner_text()
    assert "Quần đảo Hoàng Sa" in drawn and "Quần đảo Trường Sa" in drawn
    page.get_by_role("radio", name="Cả chương trình").click()
    page.wait_for_url(re.compile(r"programme=whole"))
    wait_ready(page)
    expect(page.get_by_text("Kinh phí kế hoạch · Năm 2023 · Cả chương trình").first).to_be_visible()
    page.get_by_role("radio", name=re.compile("Giải ngân")).click()
    page.wait_for_url(re.compile(r"programme=whole\.disbursed"))
    page.get_by_role("radio", name="Thang lôgarit").click()
    page.wait_for_url(re.compile(r"log"))
    page.go_back()
    wait_ready(page)
    assert "log" not in page.url


def test_contradicting_amounts_stand_side_by_side_with_their_sources(open_page: OpenPage) -> None:
    page = open_budget(open_page, NGHE_AN)
    text = main_text(page)
    assert "305,531 tỷ đồng" in text and "hơn 404 tỷ đồng" in text
    links = page.locator("a[href*='nhandan.vn'], a[href*='baonghean.vn']")
    assert links.count() >= 2
    page.get_by_role("tab", name="Nguồn mâu thuẫn").click()
    expect(page.get_by_text("Hai nguồn in số khác nhau").first).to_be_visible()


def test_every_tab_opens_and_has_no_raw_codes(open_page: OpenPage) -> None:
    page = open_budget(open_page, "/budget?programme=whole&as_of=2024-12-31", height=1600)
    for name in ("Kế hoạch, phân bổ, giải ngân", "Theo nguồn vốn", "Cấp huyện, số điều chỉnh",
                 "Mọi số liệu", "Theo năm và giai đoạn"):  # fmt: skip
        page.get_by_role("tab", name=name).click()
        wait_ready(page)
        page.wait_for_timeout(400)
        text = page.evaluate(WORDS)
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b", text), name
        assert not re.findall(r"\b(none|nan|allocated|planned|total)\b", text, re.IGNORECASE), name


def test_the_units_of_2025_are_listed_where_nothing_may_be_added(open_page: OpenPage) -> None:
    page = open_budget(
        open_page, "/budget?as_of=2026-01-01&programme=whole.ethnic.allocated.2021-2025"
    )
    text = main_text(page)
    assert "8 trong 34" in text and "An Giang, Lào Cai, Tuyên Quang" in text


def test_the_page_fits_a_phone(open_page: OpenPage) -> None:
    page = open_budget(open_page, NGHE_AN, width=390, height=844)
    for scheme in in_both_themes(page):
        page.wait_for_timeout(1000)
        width = page.evaluate(
            "Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth)"
        )
        assert width <= 390, scheme


def test_downloads_carry_choice_source_and_printed_figures(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_budget(open_page, NGHE_AN, height=1600)
    files = {}
    for kind, name in {"pdf": "Bản in PDF", "xlsx": "XLSX"}.items():
        button = page.get_by_role("button", name=re.compile(name)).first
        if not button.is_visible():
            page.get_by_role("button", name=re.compile("Tải xuống")).first.click()
        with page.expect_download(timeout=60_000) as waiting:
            button.click()
        files[kind] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[kind])
    pdf = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(files["pdf"]).pages).split())
    book = openpyxl.load_workbook(files["xlsx"])
    cells = "\n".join(str(c.value) for s in book for r in s.iter_rows() for c in r if c.value)
    for text in (pdf, cells):
        assert "Kinh phí phân bổ · Năm 2022 · Cả chương trình" in text
        assert "31/07/2023" in text and "Kinh phí theo tỉnh" in text
    assert "Hoàng Sa" in pdf and "Trường Sa" in pdf
    assert "305 billion 531 million VND" in cells and "hơn 404 tỷ đồng" in cells

"""The documents page as a reader meets it: search, card, graph, downloads, small screens."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import openpyxl
import pypdf
from conftest import in_both_themes, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
DECREE = "/documents?q=" + quote("72/2015/NĐ-CP")
ENGLISH = r"\b(the|and|of|none|nan|download|evidence|select|choose|kind|decision|plan)\b"


def main_text(page: Page) -> str:
    # Icons are a font whose letters spell their English names; readers see pictures.
    page.add_style_tag(
        content="[data-testid=stIconMaterial], [data-testid=stAlertDynamicIcon] { display: none }"
    )
    return page.get_by_test_id("stMain").inner_text()


def wait_figure(page: Page) -> None:
    page.locator(".ttdn-figure .main-svg .bars path").first.wait_for(timeout=20_000)


def download(page: Page, name: str, folder: Path, menu: int = 0) -> Path:
    button = page.get_by_role("button", name=re.compile(name)).first
    if not button.is_visible():  # the menu closes after a download
        page.get_by_role("button", name=re.compile("Tải xuống")).nth(menu).click()
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_a_number_in_the_address_opens_its_card_and_graph(open_page: OpenPage) -> None:
    page = open_page("/documents?province=25&q=" + quote("06/2014/QĐ-UBND"), height=1400)
    wait_figure(page)
    text = main_text(page)
    assert "06/2014/QĐ-UBND" in text and "22/07/2014" in text and "UBND tỉnh Phú Thọ" in text
    assert "đã được thay thế" in text and "Được dùng ở" in text
    graph = page.locator(".ttdn-figure").first
    drawn = graph.text_content() or ""
    assert "79/2010/QĐ-TTg" in drawn and "hết hiệu lực" in drawn
    assert "Căn cứ ban hành: 1" in drawn and "Thay thế: 1" in drawn
    assert "79/2010/QĐ-TTg" in (graph.get_attribute("aria-label") or "")
    box = graph.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 60, box["y"] + 25)  # the first box: what it rests on
    page.wait_for_url(re.compile("q=79"))
    wait_ready(page)
    assert "Văn bản này đã hết hiệu lực" in main_text(page)
    page.get_by_role("button", name="Về danh sách").click()
    page.wait_for_url(lambda url: "q=" not in url)
    wait_ready(page)
    expect(page.get_by_text("Sơ đồ quan hệ giữa các văn bản").first).to_be_visible()
    wait_figure(page)  # of the province, which is still chosen
    page.get_by_role("radio", name="Bảng số liệu").click()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)


def test_search_without_marks_filters_and_a_row_chooses(open_page: OpenPage) -> None:
    page = open_page("/documents", height=1400)
    assert "217" not in main_text(page) and "187 văn bản" in main_text(page)
    box = page.get_by_role("textbox", name="Tìm văn bản")
    box.fill("hai duong")
    box.press("Enter")
    page.wait_for_url(re.compile(r"q=hai\+duong"))
    wait_ready(page)
    cells = page.get_by_test_id("stDataFrame").first.locator("canvas td")
    cells.filter(has_text=re.compile("^Hải Dương$")).first.wait_for(state="attached")
    kind = page.get_by_role("combobox", name=re.compile("^(Loại|.*Loại)"))
    kind.first.click()
    page.keyboard.type("Quyết")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("kind%3Adecision"))
    wait_ready(page)
    grid = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert grid is not None
    page.mouse.click(grid["x"] + 18, grid["y"] + 52)  # the box of the first row
    page.wait_for_url(lambda url: "18/2014/QĐ-UBND" in unquote(url) or "18%2F2014" in url)
    wait_ready(page)
    assert "Hải Dương" in main_text(page)
    page.get_by_role("button", name="Về danh sách").click()
    page.wait_for_url(re.compile("kind%3Adecision"))  # the filter is still there


def test_empty_states_and_other_days_are_explained(open_page: OpenPage) -> None:
    page = open_page("/documents?q=" + "zzzz")
    assert "Không có văn bản nào khớp" in main_text(page)
    page.get_by_role("button", name="Bỏ tìm kiếm").click()
    page.wait_for_url(lambda url: "q=" not in url)
    page = open_page("/documents?province=92&q=file:yes")
    assert "Không có văn bản nào khớp" in main_text(page)
    page = open_page("/documents?q=" + quote("148/2026/NĐ-CP"), height=1400)
    text = main_text(page)
    assert "sau ngày đang xem (31/07/2023)" in text and "chưa được xác nhận" in text
    page = open_page("/documents?as_of=2025-12-31&q=" + quote("16/2020/QĐ-UBND"), height=1400)
    wait_figure(page)
    assert "34 tỉnh" in page.get_by_test_id("stMain").inner_html()


def test_the_downloads_open_and_carry_their_sources(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/documents", height=1600)
    book = openpyxl.load_workbook(download(page, "XLSX", tmp_path))
    rows = [[c.value for c in row] for row in book.worksheets[0].iter_rows()]
    assert sum("UBND" in str(row[0]) for row in rows) > 100  # all of them, not the page shown
    assert not any(str(c).startswith("=") for row in rows for c in row)
    page = open_page(DECREE, height=1600)
    wait_figure(page)
    names = {"png": "Ảnh PNG", "pdf": "Bản in PDF", "csv": "CSV"}
    files = {kind: download(page, name, tmp_path, 1) for kind, name in names.items()}
    assert files["png"].stat().st_size > 30_000
    pdf = "".join(p.extract_text() for p in pypdf.PdfReader(files["pdf"]).pages)
    assert "72/2015/NĐ-CP" in pdf and "16/2020/QĐ-UBND" in pdf and "Nguồn" in pdf
    text = files["csv"].read_text(encoding="utf-8-sig")
    data = [line for line in text.splitlines() if line and not line.startswith(("#", '"#'))]
    table = list(csv.reader(io.StringIO("\n".join(data)), delimiter=";"))
    assert len(table) == 1 + 17 and all("72/2015/NĐ-CP" in row for row in table[1:])


def test_a_phone_shows_card_and_graph(open_page: OpenPage) -> None:
    page = open_page(DECREE, width=390, height=844)
    for scheme in in_both_themes(page):
        wait_figure(page)
        width = page.evaluate(
            "Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth)"
        )
        assert width <= 390, scheme
        text = main_text(page)
        assert not re.findall(ENGLISH, text, re.IGNORECASE)
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b", text)
    page = open_page("/documents", width=390, height=844, lang="en")
    for _ in in_both_themes(page):
        assert "Documents known" in main_text(page)

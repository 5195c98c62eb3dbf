"""The pages as a reader meets them: maps, numbers, choices, evidence, downloads, small screens."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from conftest import in_both_themes, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
MAP_PAGES = ("/", "/regulations", "/human-rights")
ALL_PAGES = (*MAP_PAGES, "/data-quality")

# The map's own data: locations of its areas, and all its words.
AREAS = """() => {
  const plot = document.querySelector('.js-plotly-plot');
  const areas = plot.data.filter(t => t.type === 'choropleth').flatMap(t => [...t.locations]);
  return {codes: [...new Set(areas)].filter(c => /^[0-9]{2}$/.test(c)),
          drawn: plot.querySelectorAll('path.choroplethlocation').length, asked: areas.length};
}"""
CLICK_PLACE = """code => {
  const plot = document.querySelector('.js-plotly-plot');
  const paths = [...plot.querySelectorAll('path.choroplethlocation')];
  const path = paths.find(p => p.__data__ && p.__data__.loc === code);
  const box = path.getBoundingClientRect(), inverse = path.getScreenCTM().inverse();
  for (let across = 10; across < 20; across++) {
    const x = box.left + box.width * across / 20, y = box.top + box.height / 2;
    if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(inverse))) return [x, y];
  }
  return null;
}"""


def open_map(open_page: OpenPage, path: str, **options: Any) -> Page:
    page = open_page(path, **options)
    page.locator(".js-plotly-plot path.choroplethlocation").first.wait_for(timeout=20_000)
    return page


@pytest.mark.parametrize("path", MAP_PAGES)
@pytest.mark.parametrize(("query", "units"), [("", 63), ("?as_of=2026-01-01", 34)])
def test_every_unit_is_drawn_and_both_archipelagos_are_named(
    open_page: OpenPage, path: str, query: str, units: int
) -> None:
    page = open_map(open_page, path + query)
    areas = page.evaluate(AREAS)
    assert len(areas["codes"]) == units
    assert areas["drawn"] == areas["asked"]
    words = page.locator(".js-plotly-plot").first.inner_text()
    assert "Quần đảo Hoàng Sa" in words and "(Đà Nẵng)" in words
    assert "Quần đảo Trường Sa" in words and "(Khánh Hòa)" in words
    assert "không thay thế bản đồ chuẩn biên giới quốc gia" in words


@pytest.mark.parametrize("indicator", ["annual_plan", "border_route"])
def test_the_other_maps_of_the_overview_have_both_archipelagos(
    open_page: OpenPage, indicator: str
) -> None:
    page = open_map(open_page, f"/?indicator={indicator}")
    words = page.locator(".js-plotly-plot").first.inner_text()
    assert "Quần đảo Hoàng Sa" in words and "Quần đảo Trường Sa" in words
    assert len(page.evaluate(AREAS)["codes"]) == 63


def test_the_headline_numbers_of_the_letter(open_page: OpenPage) -> None:
    page = open_map(open_page, "/")
    text = page.get_by_test_id("stMain").inner_text()
    assert "39/63" in text and "53 · 5 · 5" in text
    assert "3089/BTTTT-TTĐN" in text and "15/24" in text
    assert "6 nguồn mâu thuẫn" in text


def test_who_is_behind_is_named_with_the_reason(open_page: OpenPage) -> None:
    page = open_map(open_page, "/")
    table = page.get_by_test_id("stDataFrame").first
    # The grid is a canvas; its cells stand in a table for screen readers.
    table.locator("canvas td").first.wait_for(state="attached")
    cells = table.locator("canvas td").all_text_contents()
    named = {c for c in cells if c in _BEHIND}
    assert named == _BEHIND


_BEHIND = {
    "Hải Dương", "Nghệ An", "Đồng Tháp", "Long An", "Thanh Hóa",
    "Thái Nguyên", "Kiên Giang", "Bà Rịa - Vũng Tàu", "Đà Nẵng", "Bến Tre",
}  # fmt: skip


def test_a_click_on_a_province_filters_and_says_why(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations", height=1400)
    page.wait_for_timeout(500)
    x, y = page.evaluate(CLICK_PLACE, "40")
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"province=40"))
    wait_ready(page)
    text = page.get_by_test_id("stMain").inner_text()
    assert "Vì sao Nghệ An có màu này?" in text
    assert "Nêu tên trong công văn" in text and "mục 1" in text
    page.go_back()
    wait_ready(page)
    expect(page.get_by_text("Vì sao Nghệ An có màu này?")).to_have_count(0)


def test_a_contradicted_province_shows_both_versions(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations?province=34")
    why = page.get_by_text("Nguồn mâu thuẫn.").first
    line = why.locator("xpath=ancestor::li").inner_text()
    assert "3089/BTTTT-TTĐN (31/07/2023)" in line and "14/2013/QĐ-UBND (28/08/2013)" in line


def test_an_unknown_province_says_that_nothing_is_known(open_page: OpenPage) -> None:
    page = open_map(open_page, "/human-rights?province=35")
    text = page.get_by_test_id("stMain").inner_text()
    assert "Vì sao Hà Nam có màu này?" in text and "chưa có căn cứ nào" in text


def test_the_keyboard_reaches_the_province_choice(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations")
    box = page.get_by_role("combobox", name=re.compile("Tỉnh, thành phố"))
    for _ in range(40):
        page.keyboard.press("Tab")
        if box.evaluate("e => e === document.activeElement || e.contains(document.activeElement)"):
            break
    page.keyboard.type("Nghệ")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"province=40"))


def test_a_row_of_the_list_filters(open_page: OpenPage) -> None:
    page = open_map(open_page, "/", height=1700)
    grid = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert grid is not None
    page.mouse.click(grid["x"] + 18, grid["y"] + 52)  # the box of the first row
    page.wait_for_url(re.compile(r"province=77"))  # Bà Rịa - Vũng Tàu


def test_evidence_opens_under_the_map(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations")
    page.get_by_role("radio", name=re.compile("Căn cứ · 6 nguồn mâu thuẫn")).click()
    expect(page.get_by_text("Mỗi dòng là một căn cứ").first).to_be_visible()


def test_figures_have_words_for_screen_readers(open_page: OpenPage) -> None:
    page = open_map(open_page, "/human-rights")
    page.locator(".ttdn-figure[aria-label]").nth(3).wait_for()
    figures = page.locator(".ttdn-figure").all()
    labels = [figure.get_attribute("aria-label") or "" for figure in figures]
    assert len(labels) >= 4
    assert all(len(label) > 40 for label in labels)
    assert "15" in labels[0] and "48" in labels[0]


@pytest.mark.parametrize("path", ALL_PAGES)
def test_nothing_scrolls_sideways_on_a_phone(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=390, height=844)
    for scheme in in_both_themes(page):
        page.wait_for_timeout(1500)
        width = page.evaluate(
            "Math.max(document.documentElement.scrollWidth,"
            " document.querySelector('[data-testid=stMain]').scrollWidth)"
        )
        assert width <= 390, scheme


@pytest.mark.parametrize("path", ALL_PAGES)
def test_vietnamese_pages_have_no_english_words(open_page: OpenPage, path: str) -> None:
    page = open_page(path + "?province=40")
    page.wait_for_timeout(800)
    # Icons are a font whose letters spell their English names; readers see pictures.
    page.locator("[data-testid=stIconMaterial]").evaluate_all("all => all.forEach(e => e.remove())")
    text = page.get_by_test_id("stApp").inner_text()
    english = (
        r"\b(the|and|of|none|nan|download|evidence|select|choose|unverified|outdated|current)\b"
    )
    assert not re.findall(english, text, re.IGNORECASE)
    assert not re.findall(r"\b[a-z]+_[a-z_]+\b", text)  # raw codes


@pytest.mark.parametrize("path", ALL_PAGES)
def test_english_pages_open(open_page: OpenPage, path: str) -> None:
    page = open_page(path, lang="en")
    assert page.evaluate("document.documentElement.lang") == "en"
    text = page.get_by_test_id("stMain").inner_text()
    assert "As of" in text and "Tính đến" not in text


def _download(page: Page, name: str, folder: Path) -> Path:
    button = page.get_by_role("button", name=re.compile(name)).first
    if not button.is_visible():  # the menu closes after a download
        page.get_by_role("button", name=re.compile("Tải xuống")).first.click()
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_the_map_downloads_open_and_carry_their_sources(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_map(open_page, "/regulations", height=1400)
    names = {
        "png": "Ảnh PNG", "svg": "Ảnh véc-tơ SVG", "pdf": "Bản in PDF", "csv": "CSV",
        "xlsx": "XLSX",
    }  # fmt: skip
    files = {kind: _download(page, name, tmp_path) for kind, name in names.items()}
    for path in files.values():
        assert path.name.startswith("Quy-chế") and "2023-07-31" in path.name
    assert files["png"].read_bytes().startswith(b"\x89PNG") and files["png"].stat().st_size > 50_000
    svg = files["svg"].read_text(encoding="utf-8")
    pdf = "".join(p.extract_text() for p in pypdf.PdfReader(files["pdf"]).pages)
    rows = files["csv"].read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(files["xlsx"])
    cells = "\n".join(str(c.value) for s in book for r in s.iter_rows() for c in r if c.value)
    for text in (svg, pdf):
        assert "Hoàng Sa" in text and "Trường Sa" in text
        assert "không thay thế bản đồ chuẩn" in " ".join(text.split())
    for text in (svg, pdf, rows, cells):
        joined = " ".join(re.sub(r"<[^>]+>", " ", text).split())
        assert "31/07/2023" in joined or "2023-07-31" in joined
        assert "Quy chế quản lý hoạt động thông tin đối ngoại" in joined
    assert rows.count("Chỉ có quy chế đối ngoại chung") >= 5
    data = [line for line in rows.splitlines() if line and not line.startswith(("#", '"#'))]
    assert len(list(csv.reader(io.StringIO("\n".join(data)), delimiter=";"))) == 64  # and a header
    assert zipfile.is_zipfile(files["xlsx"])
    assert not any(str(c.value).startswith("=") for s in book for r in s.iter_rows() for c in r)


def test_the_data_quality_page_shows_sources_and_contradictions(open_page: OpenPage) -> None:
    page = open_page("/data-quality")
    for tab, said in (("Dòng bị từ chối", "Không có dòng nào bị từ chối"),
                      ("Nguồn dữ liệu", "Open Database License")):  # fmt: skip
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_text(said).first).to_be_visible()


def test_the_whole_view_is_in_the_address(open_page: OpenPage) -> None:
    address = (
        "/?as_of=2024-12-31&since=2023-07-31&province=19&route=laos&indicator=human_rights_plan"
    )
    first, second = open_map(open_page, address), open_map(open_page, address)
    numbers = [p.get_by_test_id("stMetricValue").all_inner_texts() for p in (first, second)]
    assert numbers[0] == numbers[1]
    assert first.evaluate(AREAS) == second.evaluate(AREAS)
    assert "Thay đổi từ 31/07/2023 đến 31/12/2024" in first.get_by_test_id("stMain").inner_text()


def test_the_framework_speaks_vietnamese_too(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations?province=40")
    page.get_by_role("tab", name="Danh sách quy chế đã biết").click()
    page.get_by_test_id("stDataFrame").last.hover()
    page.wait_for_timeout(500)
    labels = set(
        page.evaluate(
            "() => [...document.querySelectorAll('[aria-label],[placeholder]')]"
            ".flatMap(e => [e.getAttribute('aria-label'), e.getAttribute('placeholder')])"
        )
    )
    assert {"Toàn màn hình", "Tìm", "Hiện hoặc ẩn cột", "Xóa lựa chọn"} <= labels
    assert not {"Fullscreen", "Search", "Open", "Clear value", "Choose date"} & labels


def test_the_framework_keeps_its_english_words_in_english(open_page: OpenPage) -> None:
    page = open_map(open_page, "/regulations", lang="en")
    page.get_by_role("tab").last.click()
    page.get_by_test_id("stDataFrame").last.hover()
    expect(page.get_by_label("Fullscreen").first).to_be_attached()

"""The data-quality page as a reader meets it: matrix, tabs, snapshots, downloads, small screens."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
from conftest import ROOT, AppServer, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect
from test_documents_browser import download, main_text

OpenPage = Callable[..., Page]
ENGLISH = r"\b(the|and|of|none|nan|unknown|evidenced|implied|snapshot|rows|source)\b"


SAID = {
    "Nguồn mâu thuẫn": "Cả hai phiên bản đều được giữ",
    "Số công bố và số có căn cứ": "39/63 chưa có, tức 24 đã có",
    "Những điều chưa rõ": "không tính nơi không áp dụng",
    "Nguồn dữ liệu": "Open Database License",
    "Dòng bị từ chối": "Không có dòng nào bị từ chối",
    "Văn bản không rõ ngày": "Được liệt kê nhưng không tính",
    "Các bản dữ liệu": "Mới có một bản dữ liệu",
    "Nghi vấn khi đọc văn bản": "Không có điểm nghi vấn nào",
    "Văn bản đã nộp": "Chưa có văn bản nào được nộp",
}


def wait_matrix(page: Page) -> None:
    page.locator(".ttdn-figure .heatmaplayer image, .ttdn-figure .hm").first.wait_for(
        state="attached", timeout=20_000
    )


def test_the_matrix_shows_what_is_known_and_a_row_filters(open_page: OpenPage) -> None:
    page = open_page("/data-quality", height=1500)
    wait_matrix(page)
    figure = page.locator(".ttdn-figure").first
    words = figure.inner_text()
    assert "Có căn cứ: 36" in words and "Chỉ suy ra từ công văn: 53" in words
    assert "Không áp dụng" in words and "Hà Tĩnh" in words
    assert "63 tỉnh" in (figure.get_attribute("aria-label") or "")
    bar = page.locator(".ttdn-figure .barlayer .point path").first.bounding_box()
    assert bar is not None
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    page.wait_for_url(re.compile(r"province=42"))  # Hà Tĩnh: most unknowns
    wait_ready(page)
    page.get_by_role("radio", name="Theo tên").click()
    wait_ready(page)
    wait_matrix(page)
    page.get_by_role("radio", name="Bảng số liệu").first.click()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def test_every_tab_says_what_it_should(open_page: OpenPage) -> None:
    page = open_page("/data-quality", height=1600)
    for name, said in SAID.items():
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_text(said).first).to_be_visible(timeout=20_000)
        wait_ready(page)
        plain = main_text(page).replace("Open Database License", "")
        assert not re.findall(ENGLISH, plain, re.IGNORECASE)
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b", plain)
    assert page.get_by_role("tab").count() == len(SAID)


def test_two_snapshots_are_compared(
    open_page: OpenPage, start_server: Callable[..., AppServer], tmp_path: Path
) -> None:
    data, folder = tmp_path / "data", tmp_path / "warehouse"
    (data / "facts").mkdir(parents=True)
    header = (ROOT / "data/facts/regulations.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    rows = ["34,Thái Bình,14/2013/QĐ-UBND,2013-08-28,,decision79_2010,,,,https://example.org/1,"
            "seen_text,",
            "34,Thái Bình,20/2022/QĐ-UBND,2022-05-05,,decree72_circular22,,,,"
            "https://example.org/2,seen_text,"]  # fmt: skip
    for count in (1, 2):
        text = "\n".join([header, *rows[:count]]) + "\n"
        (data / "facts" / "regulations.csv").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "etl", "build", "--data", str(data)]
        subprocess.run([*command, "--warehouse", str(folder)], cwd=ROOT, check=True)
    page = open_page("/data-quality?as_of=2022-05-05", on=start_server(folder), height=1800)
    page.get_by_role("tab", name="Các bản dữ liệu").click()
    expect(page.get_by_text("Văn bản thêm vào hoặc bớt đi: 1")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Trạng thái khác nhau, tính đến ngày 05/05/2022: 1")).to_be_visible()
    cells = page.get_by_test_id("stDataFrame").last.locator("canvas td")
    cells.first.wait_for(state="attached")
    assert "20/2022/QĐ-UBND" in cells.all_text_contents()


def test_the_matrix_downloads(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/data-quality?route=china", height=1500)
    wait_matrix(page)
    pdf = download(page, "Bản in PDF", tmp_path)
    text = "".join(p.extract_text() for p in pypdf.PdfReader(pdf).pages)
    assert "Điện Biên" in text and "Tuyến Trung Quốc" in text and "Chưa rõ" in text
    book = openpyxl.load_workbook(download(page, "XLSX", tmp_path))
    names = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert {"Cao Bằng", "Lào Cai", "Quảng Ninh"} <= set(names)


def test_a_phone_shows_the_matrix_and_the_totals(open_page: OpenPage) -> None:
    page = open_page("/data-quality", width=390, height=844, scheme="dark")
    wait_matrix(page)
    page.get_by_role("tab", name="Số công bố và số có căn cứ").click()
    wait_ready(page)
    expect(page.get_by_text("39/63 chưa có").first).to_be_visible()
    width = page.evaluate(
        "Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    assert width <= 390

"""From a coloured province to the sentence that proves it; search, coverage, doubts, the queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import AppServer, run_app, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import FloatRect, Page, expect

from tests.read_documents import read_warehouse

OpenPage = Callable[..., Page]
NEWEST = "as_of=2025-01-22"
IN_VIEW = """() => {
  const mark = document.getElementById("passage-chosen").getBoundingClientRect();
  const frame = document.querySelector(".ttdn-text").getBoundingClientRect();
  return mark.top >= frame.top && mark.bottom <= frame.bottom;
}"""


@pytest.fixture(scope="module")
def read_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    folder = read_warehouse(tmp_path_factory.mktemp("read") / "warehouse")
    running = run_app(folder, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.stop()


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()
    wait_ready(page)


def chosen_text(page: Page) -> str:
    """The chosen passage; where others overlap it, it is marked in pieces."""
    expect(page.locator("#passage-chosen")).to_be_visible()
    return str(
        page.locator("mark.chosen").evaluate_all("all => all.map(m => m.textContent).join('')")
    )


def grid_box(page: Page, selector: str) -> FloatRect:
    grid = page.locator(f"{selector} [data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    return box


def click_cell(page: Page, selector: str, left: float) -> None:
    """Click into the first row of a table, so many pixels from its left edge."""
    box = grid_box(page, selector)
    page.mouse.click(box["x"] + left, box["y"] + 35 * 1.5)
    wait_ready(page)


def test_a_coloured_province_leads_to_its_sentence(
    open_page: OpenPage, read_server: AppServer
) -> None:
    page = open_page(f"/regulations?{NEWEST}&province=30", on=read_server)
    panel = page.locator("[class*=_why]").first
    expect(panel).to_contain_text("còn 02 tỉnh, gồm: Hải Dương, Long An")
    link = panel.get_by_role("link", name="xem trong văn bản").first
    page.goto(read_server.url + str(link.get_attribute("href")))
    wait_ready(page)
    assert "còn 02 tỉnh, gồm: Hải Dương" in chosen_text(page)
    page.wait_for_function(IN_VIEW)
    expect(page.locator(".ttdn-text")).to_contain_text("Nguyễn Văn Thử")  # the whole text
    assert "as_of=2025-01-22" in page.url and "province=30" in page.url


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_texts_are_searched_without_marks(
    open_page: OpenPage, read_server: AppServer, width: int, scheme: str
) -> None:
    page = open_page(f"/documents?{NEWEST}", on=read_server, width=width, scheme=scheme)
    box = page.get_by_label("Tìm văn bản")
    box.fill('"duong bien gioi"')
    box.press("Enter")
    wait_ready(page)
    results = page.locator(".st-key-documents_texts")
    expect(results).to_contain_text("1 văn bản lưu trong kho")
    expect(results.locator("mark").first).to_contain_text("đường")
    link = results.get_by_role("link", name="9921/BTTTT-TTĐN")
    page.goto(read_server.url + str(link.get_attribute("href")))
    wait_ready(page)
    assert " ".join(chosen_text(page).split()) == "đường biên giới"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Về danh sách").click()
    wait_ready(page)
    expect(page.get_by_label("Tìm văn bản")).to_have_value('"duong bien gioi"')


def test_doubts_and_the_queue_are_on_the_page_of_data_quality(
    open_page: OpenPage, read_server: AppServer
) -> None:
    page = open_page(f"/data-quality?{NEWEST}", on=read_server)
    open_tab(page, "Nghi vấn khi đọc văn bản")
    expect(page.get_by_text("1 điểm cần người kiểm tra")).to_be_visible()
    click_cell(page, ".st-key-quality_doubts_rows", 16)
    shown = page.locator(".st-key-quality_doubt")
    expect(shown).to_contain_text("31/02/2025")
    address = str(shown.get_by_role("link", name="xem trong văn bản").get_attribute("href"))
    open_tab(page, "Văn bản đã nộp")
    expect(page.get_by_text("Chờ xác nhận: 1 · Không đọc được: 1")).to_be_visible()
    expect(page.get_by_role("link", name="Xem và xác nhận")).to_be_visible()
    open_tab(page, "Dòng bị từ chối khi nạp")
    page.goto(read_server.url + address)
    wait_ready(page)
    assert "31/02/2025" in chosen_text(page)


def test_a_cell_of_the_matrix_opens_its_passage(
    open_page: OpenPage, read_server: AppServer
) -> None:
    page = open_page(f"/plans?{NEWEST}&year=2025", on=read_server)
    open_tab(page, "Nhiệm vụ hướng dẫn")
    passage = page.locator(".st-key-plans_matrix_passage")
    width = grid_box(page, ".st-key-plans_matrix_cells")["width"]
    for left in range(int(width) - 20, 300, -40):  # the third task stands at the right end
        click_cell(page, ".st-key-plans_matrix_cells", left)
        if passage.count() and "Xem trong kế hoạch" in passage.inner_text():
            break
    expect(passage).to_contain_text("phần mềm, theo quy tắc")
    link = passage.get_by_role("link", name="Xem trong kế hoạch")
    page.goto(read_server.url + str(link.get_attribute("href")))
    wait_ready(page)
    assert "ập huấn" in chosen_text(page)

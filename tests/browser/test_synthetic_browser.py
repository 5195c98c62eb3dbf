"""Made-up data in the browser: the mark on every page and in what is downloaded from one.

That no page of real data has the mark is looked at where each is opened: test_frame_browser.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import AppServer, run_app, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

from benchmarks.synthetic.folder import invent_tables, write_folder
from dashboard.navigation import PAGES
from etl.build import build

OpenPage = Callable[..., Page]
MARK, ENGLISH_MARK = "DỮ LIỆU MINH HỌA", "ILLUSTRATIVE DATA"
# A picture that the browser itself saves of a figure has what the figure has.
FIGURES_WITHOUT_MARK = """() => [...document.querySelectorAll('.js-plotly-plot')]
  .filter(plot => !plot.layout.annotations.some(note => note.text.includes('%s'))).length"""


@pytest.fixture(scope="module")
def synthetic_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    folder = tmp_path_factory.mktemp("synthetic")
    write_folder(folder / "data", invent_tables(1, 600, 2_000, 10), 1)
    build(folder / "data", folder / "warehouse")
    running = run_app(folder / "warehouse", folder / "log")
    yield running
    running.stop()


def expect_mark(page: Page, mark: str = MARK) -> None:
    """In large letters within the window, whatever was scrolled, and nothing lies over it."""
    bar = page.locator(".st-key-synthetic_mark")
    expect(bar.locator("strong")).to_have_text(mark)
    page.mouse.wheel(0, 2_000)
    page.wait_for_timeout(100)
    size = page.viewport_size
    box, text = bar.bounding_box(), bar.locator("strong").bounding_box()
    assert size and box and text
    assert box["x"] == 0 and box["width"] == size["width"] and box["height"] < 80
    assert abs(box["y"] + box["height"] - size["height"]) < 1
    assert text["height"] >= 16
    style = bar.evaluate(
        "bar => { const s = getComputedStyle(bar); return [s.position, s.zIndex] }"
    )
    assert style[0] == "fixed" and int(style[1]) > 99_999


def visit_pages(open_page: OpenPage, **options: Any) -> Iterator[tuple[Page, str]]:
    """Every page of the menu after another in one browser."""
    page = open_page("/", **options)
    base = page.url.split("?", 1)[0].rstrip("/")
    for entry in PAGES:
        page.goto(f"{base}/{entry.path}")
        wait_ready(page)
        yield page, f"/{entry.path}"


def test_every_page_is_marked(open_page: OpenPage, synthetic_server: AppServer) -> None:
    for page, path in visit_pages(open_page, on=synthetic_server):
        expect_mark(page)
        assert page.get_by_test_id("stAlertContentError").count() == 0, path
        assert page.evaluate(FIGURES_WITHOUT_MARK % MARK) == 0, path


def test_presentation_language_theme_and_phone(
    open_page: OpenPage, synthetic_server: AppServer
) -> None:
    expect_mark(open_page("/?present=1", on=synthetic_server, width=1280, height=720))
    page = open_page("/regulations", on=synthetic_server, lang="en", scheme="dark", width=390)
    expect_mark(page, ENGLISH_MARK)


def test_a_download_is_marked(
    open_page: OpenPage, synthetic_server: AppServer, tmp_path: Path
) -> None:
    page = open_page("/regulations", on=synthetic_server)
    page.get_by_role("button", name="Tải xuống").first.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    name = waiting.value.suggested_filename
    assert name.startswith("DỮ-LIỆU-MINH-HỌA-")
    waiting.value.save_as(tmp_path / "table.csv")
    assert MARK in (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()[1]


def test_a_day_before_an_indicator_began_is_no_failure(open_page: OpenPage) -> None:
    """Found by the load test: nothing is known yet, a province and a route are chosen."""
    page = open_page("/human-rights?as_of=2020-01-01&province=04&route=china")
    assert page.get_by_test_id("stAlertContentError").count() == 0

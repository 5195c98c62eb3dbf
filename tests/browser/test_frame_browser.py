"""The frame in a browser: deep links, filters and back button, languages, notices, failures.

Every page opened here is also watched for foreign requests, console errors and CSP reports.
"""

from __future__ import annotations

import http.client
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AppServer, in_both_themes, wait_ready
from playwright.sync_api import Page, expect

from dashboard.navigation import PAGES
from dashboard.words import word

sys.path.insert(0, str(Path(__file__).parent.parent))
from small_warehouse import write_pointer, write_snapshot

OpenPage = Callable[..., Page]


def label(name: str, lang: str = "vi") -> str:
    return word(f"filter.{name}", lang)


def choose(page: Page, name: str, text: str, lang: str = "vi") -> None:
    """Choose an option of a select box as a reader with a keyboard does."""
    box = page.get_by_role("combobox", name=label(name, lang))
    box.fill(text)
    box.press("Enter")


def shown(page: Page, name: str, lang: str = "vi") -> str:
    return page.get_by_role("combobox", name=label(name, lang)).input_value()


def query_of(page: Page) -> str:
    return page.url.partition("?")[2]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path or "overview")
def test_every_page_opens_by_deep_link_on_a_fresh_server(
    entry, warehouse: Path, start_server: Callable[..., AppServer], open_page: OpenPage
) -> None:
    fresh = start_server(warehouse)
    page = open_page(f"/{entry.path}?province=01", on=fresh)
    title = word(entry.title_key, "vi")
    expect(page).to_have_title(f"{title} · {word('frame.short_title', 'vi')}")
    assert shown(page, "province") == "Hà Nội"
    assert page.get_by_text(word("notice.failure", "vi")).count() == 0
    assert page.get_by_text(word("frame.no_map_notice", "vi")).count() > 0
    # Real data never show the mark of made-up data.
    assert page.locator(".st-key-synthetic_mark").count() == 0
    assert "DỮ LIỆU MINH HỌA" not in page.locator("body").inner_text()
    assert "Traceback" not in fresh.log()


def test_small_answers_are_sent_at_once(server: AppServer) -> None:
    """Without uvloop each of a page's 100 small files waits 40 ms for the packet before it."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    taken = []
    for _ in range(15):
        begun = time.perf_counter()
        connection.request("GET", "/assets/topojson/world_110m.json")
        assert connection.getresponse().read()
        taken.append(time.perf_counter() - begun)
    connection.close()
    assert statistics.median(taken) < 0.03


def test_filters_go_to_the_address_and_the_back_button_brings_them_back(
    open_page: OpenPage,
) -> None:
    page = open_page("/")
    choose(page, "province", "Hà Giang")
    expect(page).to_have_url(re.compile(r"\?province=02$"))
    choose(page, "route", word("filter.route_laos", "vi"))
    expect(page).to_have_url(re.compile(r"\?province=02&route=laos$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?province=02$"))
    wait_ready(page)
    expect(page.get_by_role("combobox", name=label("route"))).to_have_value("")
    assert shown(page, "province") == "Hà Giang"
    page.go_back()
    expect(page.get_by_role("combobox", name=label("province"))).to_have_value("")
    page.go_forward()
    expect(page.get_by_role("combobox", name=label("province"))).to_have_value("Hà Giang")


def test_the_menu_keeps_the_view_in_one_step_of_history(open_page: OpenPage) -> None:
    page = open_page("/?province=04&since=2022-12-31")
    steps = page.evaluate("history.length")
    page.get_by_role("link", name=word("frame.page.regulations", "vi"), exact=True).click()
    expect(page).to_have_url(re.compile(r"/regulations\?province=04&since=2022-12-31$"))
    wait_ready(page)
    assert shown(page, "province") == "Cao Bằng"
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    expect(page).to_have_url(re.compile(r"/\?province=04&since=2022-12-31$"))


def test_a_copied_address_opens_the_same_view(open_page: OpenPage) -> None:
    page = open_page("/regulations?as_of=2024-12-31&since=2022-12-31&province=89&route=cambodia")
    assert shown(page, "province") == "An Giang"
    assert shown(page, "route") == word("filter.route_cambodia", "vi")
    days = page.get_by_role("group", name=label("as_of")).first
    assert re.findall(r"\d+", days.inner_text()) == ["31", "12", "2024"]
    assert word("filter.reset", "vi") in page.locator("body").inner_text()
    page.get_by_role("button", name=word("filter.reset", "vi")).click()
    expect(page).to_have_url(re.compile(r"/regulations$"))


def test_the_other_vintage_moves_the_date_and_the_province(open_page: OpenPage) -> None:
    page = open_page("/?province=02")
    choose(page, "vintage", label("vintage_2025"))
    expect(page).to_have_url(re.compile(r"as_of=2025-07-01&province=\d\d$"))
    wait_ready(page)
    assert shown(page, "province") == "Tuyên Quang"


def test_the_language_switch_changes_everything_and_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page("/regulations?province=01")
    assert page.evaluate("document.documentElement.lang") == "vi"
    page.get_by_role("radio", name="EN", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?province=01&lang=en$"))
    expect(page).to_have_title(re.compile(re.escape(word("frame.page.regulations", "en"))))
    wait_ready(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert shown(page, "province", "en") == "Hà Nội"
    page.get_by_role("link", name=word("frame.page.overview", "en"), exact=True).click()
    expect(page).to_have_title(re.compile(re.escape(word("frame.page.overview", "en"))))
    assert query_of(page) == "province=01&lang=en"


def test_wrong_parameters_give_notices_and_defaults(open_page: OpenPage) -> None:
    page = open_page("/?as_of=2024-02-30&province=77x&route=![a](http://evil.test/a.png)&foo=1")
    text = page.get_by_test_id("stAlert").first.inner_text()
    for part in ("2024-02-30", "77x", "![a](http://evil.test/a.png)", "foo"):
        assert part in text
    assert shown(page, "province") == ""
    assert page.get_by_test_id("stException").count() == 0


def test_an_unknown_page_leads_to_the_overview_with_a_notice(open_page: OpenPage) -> None:
    page = open_page("/no-such-page")
    assert "no-such-page" in page.get_by_test_id("stAlert").first.inner_text()
    expect(page).to_have_title(re.compile(re.escape(word("frame.page.overview", "vi"))))


def test_without_data_the_page_says_what_to_do_and_recovers(
    tmp_path: Path, start_server: Callable[..., AppServer], open_page: OpenPage
) -> None:
    folder = tmp_path / "warehouse"
    empty = start_server(folder)
    page = open_page("/regulations", on=empty)
    text = page.locator("body").inner_text()
    assert word("notice.no_snapshot.title", "vi") in text
    assert "python -m etl build" in text
    assert "make run" in text
    write_snapshot(folder, "20260101T000000-aaaa")
    page.reload()
    wait_ready(page)
    assert shown(page, "province") == ""
    write_pointer(folder, "20260101T000000-aaaa", sha256="0" * 64)
    assert word("notice.no_snapshot.title", "vi") not in page.locator("body").inner_text()


def test_a_page_that_fails_says_so_and_the_log_has_the_traceback(
    tmp_path: Path, start_server: Callable[..., AppServer], open_page: OpenPage
) -> None:
    # This snapshot has what the frame needs and lacks tables that the pages need.
    write_snapshot(tmp_path / "warehouse", "20260101T000000-aaaa")
    broken = start_server(tmp_path / "warehouse")
    page = open_page("/data-quality", on=broken)
    expect(page.get_by_text(word("notice.failure", "vi"))).to_be_visible()
    text = page.locator("body").inner_text()
    error_id = re.search(r"\b[0-9a-f]{8}\b", text)
    assert error_id is not None
    assert error_id[0] in broken.log()
    assert "Traceback" in broken.log()
    assert not re.search(r"Traceback|Exception|Error\b|\.py\b", text)


def test_an_older_snapshot_is_shown_with_a_warning(
    tmp_path: Path, start_server: Callable[..., AppServer], open_page: OpenPage
) -> None:
    folder = tmp_path / "warehouse"
    write_snapshot(folder, "old-one", is_current=False)
    write_snapshot(folder, "new-one")
    running = start_server(folder)
    page = open_page("/?snapshot=old-one", on=running)
    assert "old-one" in page.get_by_test_id("stAlert").first.inner_text()
    page = open_page("/?snapshot=..%2F..%2Fnew-one", on=running)
    assert "new-one" in page.get_by_test_id("stAlert").first.inner_text()


def test_all_filters_stand_in_one_row_at_1440(open_page: OpenPage) -> None:
    page = open_page("/data-quality")
    boxes = [
        page.get_by_role("combobox", name=label(name)).bounding_box()
        for name in ("province", "route", "year", "vintage")
    ]
    tops = {round(box["y"]) for box in boxes if box}
    assert len(boxes) == 4
    assert len(tops) == 1
    assert not page.get_by_text(label("show")).is_visible()


def test_at_390_nothing_scrolls_sideways_and_filters_open_on_demand(open_page: OpenPage) -> None:
    page = open_page("/data-quality", width=390, height=844)
    route = page.get_by_role("combobox", name=label("route"))
    expect(route).not_to_be_visible()
    page.get_by_text(label("show")).click()
    expect(route).to_be_visible()
    for scheme in in_both_themes(page):
        expect(route).to_be_visible()
        wide = page.evaluate(
            "Math.max(document.documentElement.scrollWidth, ..."
            "[...document.querySelectorAll('[class*=st-key-frame_top]')].map(e => e.scrollWidth))"
        )
        assert wide <= 390, scheme


def test_presentation_shows_no_menu_and_no_filters(open_page: OpenPage) -> None:
    page = open_page("/data-quality?present=1")
    assert page.get_by_role("combobox", name=label("province")).count() == 0
    assert page.get_by_role("link", name=word("frame.page.regulations", "vi")).count() == 0

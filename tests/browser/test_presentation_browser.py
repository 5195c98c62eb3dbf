"""Showing and sharing: a briefing turned by keys, and links that keep what they show."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BROWSER_ARGS, CHROMIUM, AppServer, wait_ready
from playwright.sync_api import Page, Playwright, expect

from dashboard.presentation import steps
from dashboard.words import word
from etl.build import build
from etl.sources import accept

OpenPage = Callable[..., Page]
STEPS = steps()
# Nothing of a slide may lie outside the screen or under its neighbour.
OUTSIDE = """() => [...document.querySelectorAll(
    '.st-key-slide h1, .st-key-slide p, .st-key-slide .ttdn-figure, .st-key-slide_steps button')]
  .map(e => [e.textContent.slice(0, 40), e.getBoundingClientRect()])
  .filter(([, r]) => r.width && (r.left < 0 || r.top < 0 ||
    r.right > innerWidth + 1 || r.bottom > innerHeight + 1))
  .map(([text, r]) => text + JSON.stringify(r))"""
OVERLAP = """() => {
  const box = (name) => document.querySelector(name).getBoundingClientRect();
  const head = box('[class*=st-key-slide_head]'), foot = box('.st-key-slide_foot');
  const body = box('.st-key-slide_upright, .st-key-slide_both, .st-key-slide_flat');
  const told = box('.st-key-slide_told'), last = document.querySelector('.st-key-slide_told')
    .lastElementChild.getBoundingClientRect();
  return [head.bottom <= body.top + 1, told.bottom <= foot.top + 1, last.bottom <= foot.top + 1,
    document.querySelector('.st-key-slide_told').firstElementChild.getBoundingClientRect().top
      >= head.bottom - 1];
}"""


def address(place: int, view: str) -> re.Pattern[str]:
    step = STEPS[place]
    return re.compile(rf"/{step.page}\?{view}present={step.number}$")


def turn(page: Page, key: str, place: int, view: str = "") -> None:
    page.keyboard.press(key)
    expect(page).to_have_url(address(place, view))
    told = word("present.step", "vi", number=place + 1, total=len(STEPS))
    expect(page.locator(".st-key-slide_steps").get_by_text(told)).to_be_visible()
    wait_ready(page)


def test_keys_turn_the_pages_and_keep_the_view(open_page: OpenPage) -> None:
    view = "as_of=2024-12-31&province=19&"
    page = open_page(f"/?{view[:-1]}", width=1280, height=720)
    page.get_by_role("button", name=word("present.start", "vi")).click()
    expect(page).to_have_url(address(0, view))
    wait_ready(page)
    asked = len(page.watch.requests)  # type: ignore[attr-defined]
    turn(page, "ArrowRight", 1, view)
    turn(page, "PageDown", 2, view)
    turn(page, " ", 3, view)
    turn(page, "PageUp", 2, view)
    turn(page, "ArrowLeft", 1, view)
    icons = r"/assets/\w+/favicon\.svg$|/plotly-cartesian"  # the browser's, and the first bars
    later = page.watch.requests[asked:]  # type: ignore[attr-defined]
    assert [url for url in later if not re.search(icons, url)] == []
    page.go_back()  # one step of the history for each turn
    expect(page).to_have_url(address(2, view))
    wait_ready(page)
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/regulations\?as_of=2024-12-31&province=19$"))
    box = page.get_by_role("combobox", name=word("filter.province", "vi"))
    expect(box).to_have_value("Thái Nguyên")
    page.keyboard.press("ArrowRight")  # no page is turned outside the presentation
    page.wait_for_timeout(200)
    expect(page).to_have_url(re.compile(r"/regulations\?as_of=2024-12-31&province=19$"))


def test_keys_are_left_to_who_needs_them(open_page: OpenPage) -> None:
    page = open_page("/?present=1", width=1280, height=720)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<input id=note><button id=own>x</button>')"
    )
    for place, keys in (("#note", ("ArrowRight", " ", "PageDown", "Escape")), ("#own", (" ",))):
        page.focus(place)
        for key in keys:
            page.keyboard.press(key)
    page.keyboard.press("Control+ArrowRight")
    page.wait_for_timeout(300)
    expect(page).to_have_url(address(0, ""))
    page.locator("#note").evaluate("e => e.blur()")
    turn(page, "ArrowRight", 1)


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 720, "light"), (1920, 1080, "dark")]
)
def test_every_slide_fills_a_projector(
    open_page: OpenPage, width: int, height: int, scheme: str
) -> None:
    page = open_page("/?present=1", width=width, height=height, scheme=scheme)
    for place in range(len(STEPS)):
        if place:
            turn(page, "ArrowRight", place)
        figure = page.locator(".st-key-slide .ttdn-figure svg").first
        figure.wait_for()
        assert page.evaluate(OUTSIDE) == []
        for _ in range(50):  # until the new slide stands
            if page.evaluate(OVERLAP) == [True] * 4:
                break
            page.wait_for_timeout(100)
        assert page.evaluate(OVERLAP) == [True] * 4
        # One figure takes most of the screen (bars as many as there are), type is large.
        box = page.locator(".st-key-slide .ttdn-figure").bounding_box()
        least = 0.2 if STEPS[place].page == "budget" else 0.6
        assert box is not None and box["height"] > least * height
        title = page.locator(".st-key-slide h1")
        drawn = title.evaluate("e => e.getBoundingClientRect().height")
        assert drawn >= 0.04 * height
        foot = page.locator(".st-key-slide_foot").inner_text()
        assert "Nguồn: " in foot and "Bản dữ liệu" in foot
        assert "63 tỉnh, thành phố" in page.locator("[class*=st-key-slide_head]").inner_text()
        assert page.get_by_role("link", name=word("frame.page.documents", "vi")).count() == 0
        assert page.get_by_role("combobox").count() == 0
    page.keyboard.press("ArrowRight")  # the last stays
    page.wait_for_timeout(200)
    expect(page).to_have_url(address(len(STEPS) - 1, ""))


def test_a_page_outside_the_briefing_can_be_shown_too(open_page: OpenPage) -> None:
    page = open_page("/data-quality?present=1", width=1280, height=720)
    assert page.get_by_role("combobox", name=word("filter.province", "vi")).count() == 0
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size >= 20
    turn(page, "ArrowRight", 0)


# --- links


def open_links(page: Page) -> None:
    page.get_by_role("button", name=word("link.menu", "vi")).click()
    page.locator(".st-key-link_pinned").wait_for()


def copy(page: Page, kind: str) -> None:
    page.locator(f".st-key-link_{kind}").get_by_role("button").click()


def test_the_link_is_copied_with_and_without_the_snapshot(open_page: OpenPage) -> None:
    page = open_page("/regulations?province=40&since=2022-12-31~now")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_links(page)
    asked = "as_of=2023-07-31&since=2022-12-31~now&province=40"
    for kind, end in (("pinned", r"&snapshot=[\w-]+$"), ("current", "$")):
        copy(page, kind)
        expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.search(rf"^http://127\.0\.0\.1:\d+/regulations\?{asked}{end}", copied)
    again = open_page(copied.split("/", 3)[3].join(("/", "")))
    assert again.get_by_role("combobox", name="Tỉnh, thành phố").input_value() == "Nghệ An"


def test_the_link_is_copied_without_a_secure_connection_too(
    drivers: Playwright, warehouse: Path, start_server: Callable[..., AppServer]
) -> None:
    """Plain http under a name, as in the office: the browser has no clipboard to write to."""
    server = start_server(warehouse, STREAMLIT_BROWSER_SERVER_ADDRESS="office.test")
    rules = "--host-resolver-rules=MAP office.test 127.0.0.1"
    args = [a for a in BROWSER_ARGS if "resolver" not in a] + [rules]
    own = drivers.chromium.launch(executable_path=CHROMIUM, args=args)
    try:
        page = own.new_page(locale="vi-VN")
        page.goto(server.url.replace("127.0.0.1", "office.test") + "/regulations?province=40")
        wait_ready(page)
        assert page.evaluate("[isSecureContext, navigator.clipboard === undefined]") == [
            False,
            True,
        ]
        open_links(page)
        copy(page, "current")
        expect(page.get_by_role("status").filter(has_text="Đã sao chép")).to_be_visible()
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<textarea id=note>')")
        page.keyboard.press("Escape")
        page.focus("#note")
        page.keyboard.press("Control+V")
        assert page.locator("#note").input_value().endswith("?as_of=2023-07-31&province=40")
        # Where even that fails, the link stays marked and the reader is told what to press.
        page.evaluate("document.execCommand = () => false")
        open_links(page)
        copy(page, "current")
        expect(page.get_by_role("status").filter(has_text="Ctrl+C")).to_be_visible()
        assert page.evaluate("getSelection().toString()").startswith("http://office.test")
    finally:
        own.close()


def counts(page: Page) -> str:
    """The numbers of the card on regulations."""
    return page.get_by_test_id("stMetricValue").nth(1).inner_text()


def test_a_link_with_a_snapshot_keeps_its_figures_while_it_is_kept(
    tmp_path: Path,
    declared_data: Path,
    start_server: Callable[..., AppServer],
    open_page: OpenPage,
) -> None:
    folder = tmp_path / "warehouse"
    older = build(declared_data, folder)
    facts = declared_data / "facts" / "regulations.csv"
    rows = facts.read_text(encoding="utf-8").splitlines(keepends=True)
    facts.write_text("".join(r for r in rows if ",42/2023/QĐ-UBND," not in r), encoding="utf-8")
    accept(facts)
    newer = build(declared_data, folder)
    assert older.pointer.snapshot != newer.pointer.snapshot
    server = start_server(folder)
    # The figures of design.md section 4; without Hải Dương's document it stays behind.
    now = open_page("/?as_of=2023-12-31", on=server)
    assert counts(now) == "54 · 5 · 4"
    link = f"/?as_of=2023-12-31&snapshot={older.pointer.snapshot}"
    page = open_page(link, on=server)
    assert counts(page) == "55 · 4 · 4"
    assert older.pointer.snapshot in page.get_by_test_id("stAlert").first.inner_text()
    shown = open_page(link + "&present=1", on=server, width=1280, height=720)
    assert older.pointer.snapshot in shown.locator("[class*=st-key-slide_head]").inner_text()
    current = open_page(f"/?as_of=2023-12-31&snapshot={newer.pointer.snapshot}", on=server)
    assert current.locator(".st-key-frame_top [data-testid=stAlert]").count() == 0  # is current
    for path in folder.glob(f"snapshot-{older.pointer.snapshot}.*"):
        path.unlink()
    page = open_page(link, on=server)
    notice = page.get_by_test_id("stAlert").first.inner_text()
    assert older.pointer.snapshot in notice and "Không còn giữ" in notice
    assert counts(page) == "54 · 5 · 4"

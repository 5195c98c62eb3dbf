"""WCAG 2.1 AA: axe-core on every page in both themes, and everything reachable by keyboard.

axe is put into the page from outside: the content security policy forbids foreign scripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import axe_playwright_python
import pytest
from conftest import in_both_themes  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

from dashboard.colours import CLASS_ORDER, INDICATORS, class_style
from dashboard.navigation import PAGES
from dashboard.words import word

OpenPage = Callable[..., Page]
ROOT = Path(__file__).parent.parent.parent
AXE: Final = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
GRAVE: Final = ("serious", "critical")
# Defects of the framework that nothing of ours can mend: rule -> (selector, reason). None so far.
THIRD_PARTY: Final[dict[str, tuple[str, str]]] = {}
FIGURES_DRAWN: Final = """() => [...document.querySelectorAll('.ttdn-figure')]
  .every(e => e.querySelector('svg') || !e.getClientRects().length)"""
NAME_OF_FOCUS: Final = """() => {
  const e = document.activeElement, own = e.closest('[class*="st-key-"]');
  const key = own ? own.className.match(/st-key-(\\S+)/)[1] : e.dataset.testid || e.tagName;
  const style = getComputedStyle(e);
  return [key, e.getAttribute('aria-label') || e.textContent, style.outlineStyle !== 'none' &&
    parseFloat(style.outlineWidth) >= 2];
}"""


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical, one line each with the place and the reason."""
    page.wait_for_function(FIGURES_DRAWN)
    page.wait_for_timeout(600)  # headings are given their levels
    page.evaluate(AXE)
    context = {"exclude": [[place] for place, _ in THIRD_PARTY.values()]} if THIRD_PARTY else {}
    result: dict[str, Any] = page.evaluate(
        "([context, tags]) => axe.run(Object.keys(context).length ? context : document,"
        " {runOnly: tags, resultTypes: ['violations'], preload: false})",
        [context, RULES],
    )
    return [
        f"{found['impact']} {found['id']}: {node['target']} {node['failureSummary']}"
        for found in result["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.path or "overview")
def test_axe_finds_nothing_grave(open_page: OpenPage, entry: Any) -> None:
    page = open_page(f"/{entry.path}")
    panel = page.get_by_test_id("stMain").get_by_role("radio")
    panel = panel.filter(has_text=word("evidence.panel.evidence", "vi"))
    if panel.count():
        panel.first.click()
        page.get_by_test_id("stDataFrame").first.wait_for()
    page.get_by_role("button", name=word("link.menu", "vi")).click()
    page.locator(".st-key-link_pinned").wait_for()
    assert findings(page) == [], "light, with evidence and links open"
    page.close()
    page = open_page(f"/{entry.path}?province=40&since=2022-12-31", scheme="dark")
    assert findings(page) == [], "dark, with a province and two dates"


def test_axe_finds_nothing_grave_on_the_wall_and_on_a_phone(open_page: OpenPage) -> None:
    wall = open_page("/regulations?present=1", width=1280, height=720)
    for scheme in in_both_themes(wall):
        assert findings(wall) == [], scheme
    phone = open_page("/?since=2022-12-31~both", width=390, height=844)
    for scheme in in_both_themes(phone):
        assert findings(phone) == [], scheme


def test_the_keyboard_goes_from_the_menu_over_the_filters_to_the_map_and_its_panel(
    open_page: OpenPage,
) -> None:
    page = open_page("/regulations?province=40")
    page.wait_for_function(FIGURES_DRAWN)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Bỏ qua tới nội dung chính")
    expect(skip).to_be_focused()
    stops: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        key, name, is_visible = page.evaluate(NAME_OF_FOCUS)
        assert is_visible, f"no focus to be seen on {key} {name}"
        assert name.strip(), f"{key} has no name"
        stops.append(key)
        if key == "regulations_map_downloads":
            break
    wanted = [
        "stTopNavLink", "stMain", "filter_as_of_vi", "filter_province_vi_2008", "filter_since_vi",
        "filter_route_vi", "filter_year_vi", "filter_vintage_vi", "filter_lang_vi",
        "filter_reset", "link_menu", "present_start", "regulations_map_chart",
        "regulations_map_panel", "regulations_map_downloads",
    ]  # fmt: skip
    assert [key for key in dict.fromkeys(stops) if key in wanted] == wanted
    # What has the focus can be used: the panel opens, the menu of downloads too.
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("CSV"))).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".st-key-regulations_map_panel button").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()


def test_the_skip_link_and_the_headings_lead_through_the_page(open_page: OpenPage) -> None:
    page = open_page("/regulations?province=40")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.testid") == "stMain"
    page.wait_for_timeout(500)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]"
        ".map(e => Number(e.getAttribute('aria-level') || e.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation").count() >= 1


def test_a_row_of_a_table_is_chosen_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/", height=1700)
    grid = page.get_by_test_id("stDataFrame").first
    grid.locator("canvas td").first.wait_for(state="attached")
    grid.locator("canvas[tabindex]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.wait_for_url(re.compile(r"province=\d\d"))


def test_signs_on_the_wall_have_the_colours_of_the_map() -> None:
    css = (ROOT / "static" / "frame.css").read_text("utf-8")
    said = dict(re.findall(r'st-key-slide_sign_([\w-]+)_"\] \{ border-color: (.*?); \}', css))
    for indicator in INDICATORS:
        for name in CLASS_ORDER[indicator]:
            look = class_style(indicator, name)
            if name not in ("not_applicable", "not_due"):
                assert said[look.symbol] == f"light-dark({look.colour}, {look.colour_dark})"

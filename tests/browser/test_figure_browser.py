"""The figure component: a chart stays where it is, fits its place, loads only what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable

from conftest import AppServer
from playwright.sync_api import Page, Route
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.sync.client import connect
from websockets.typing import Origin

OpenPage = Callable[..., Page]
MAP = ".js-plotly-plot:has(.choroplethlayer path)"


def test_a_filter_changes_the_map_that_is_there(open_page: OpenPage) -> None:
    page = open_page("/regulations")
    page.locator(f"{MAP} .choroplethlayer path").first.wait_for()
    drawn = page.locator(MAP).first
    drawn.evaluate("(element) => { element.dataset.seen = 'yes'; }")
    words = drawn.get_attribute("aria-label") or ""
    assert "53" in words
    page.get_by_role("combobox", name=re.compile("Tuyến biên giới")).click()
    page.get_by_role("option", name=re.compile("Campuchia")).click()
    page.wait_for_url(re.compile("route=cambodia"))
    page.wait_for_function(
        "(old) => document.querySelector('.ttdn-figure').getAttribute('aria-label') !== old",
        arg=words,
    )
    assert page.locator(MAP).first.get_attribute("data-seen") == "yes"


def test_a_page_can_be_left_while_its_map_waits_for_its_borders(open_page: OpenPage) -> None:
    page = open_page("/documents")
    waiting: list[Route] = []
    page.route(re.compile("geojson|topojson"), lambda route: waiting.append(route))
    page.get_by_role("link", name="Quy chế", exact=True).click()
    page.wait_for_function("() => document.querySelector('.js-plotly-plot') !== null")
    for _ in range(100):
        if waiting:
            break
        page.wait_for_timeout(50)
    assert waiting
    page.get_by_role("link", name="Tuyến biên giới", exact=True).click()
    page.wait_for_url(re.compile("border-routes"))
    page.wait_for_timeout(1000)
    for route in waiting:
        route.continue_()
    page.wait_for_timeout(1000)  # the page itself is checked: no error has been reported


def test_a_chart_follows_the_width_of_its_place(open_page: OpenPage) -> None:
    page = open_page("/regulations")
    counts = page.locator(".st-key-regulations_counts_chart .main-svg").first
    counts.wait_for()
    wide = counts.bounding_box()
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_function(
        "(old) => document.querySelector('.st-key-regulations_counts_chart .main-svg')"
        ".getBoundingClientRect().width !== old",
        arg=wide["width"] if wide else 0,
    )
    narrow = counts.bounding_box()
    place = page.locator(".st-key-regulations_counts_chart").bounding_box()
    assert narrow and place and narrow["width"] <= place["width"] + 1


def test_the_framework_s_own_plotly_is_not_loaded(open_page: OpenPage) -> None:
    page = open_page("/regulations")
    page.locator(f"{MAP} .choroplethlayer path").first.wait_for()
    page.locator(".st-key-regulations_counts_chart .main-svg").first.wait_for()
    loaded = [url for url in page.watch.requests if "plotly" in url.lower()]  # type: ignore[attr-defined]
    assert [url.rsplit("/", 1)[1] for url in loaded] == [
        "plotly-geo.min.js",
        "plotly-cartesian.min.js",
    ]


def test_the_socket_compresses_with_the_largest_window(server: AppServer) -> None:
    address = server.url.replace("http", "ws") + "/_stcore/stream"
    with connect(address, compression="deflate", origin=Origin(server.url)) as socket:
        (extension,) = socket.protocol.extensions
    assert isinstance(extension, PerMessageDeflate)
    assert extension.remote_max_window_bits == 15
    assert not extension.remote_no_context_takeover  # what was sent before is remembered

"""Chromium with a stopwatch in the page: when a choice was made, when the map's look changed."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import BrowserContext, Page, Playwright, WebSocket, sync_playwright

from benchmarks.machine import CHROMIUM

ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The network of the ministry is closed: no name is resolved, no outside request succeeds.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
TIMEOUT_MS: Final = 30_000
SETTLE_MS: Final = 150  # what typing itself draws is not part of the answer
# A map is drawn when all areas of the country are there; the smaller vintage has 34.
AREAS: Final = 34
# Times are performance.now(): milliseconds since the navigation began. A look is the colours,
# lines and first points of all areas (the outline of a chosen province differs by place only);
# `at` is when the first frame with it has been painted (the task after it).
STOPWATCH: Final = """
(() => {
  const bench = window.__bench = {choice: null, looks: [], first: null, text: null};
  const areas = () => document.querySelectorAll(".choroplethlayer path");
  const look = () => {
    let all = "";
    for (const path of areas())
      all += path.getAttribute("fill") + (path.getAttribute("style") || "")
        + (path.getAttribute("d") || "").slice(0, 24) + ";";
    return all;
  };
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  });
  for (const kind of ["keydown", "click"])
    addEventListener(kind, (e) => { if (e.isTrusted) bench.choice = e.timeStamp; }, true);
  let waiting = false;
  const check = () => {
    if (waiting) return;
    waiting = true;
    afterPaint((now) => {
      waiting = false;
      if (bench.text === null && document.querySelector('[data-testid="stMarkdown"]'))
        bench.text = now;
      const found = areas().length;
      if (found < AREAS) return;
      if (bench.first === null) bench.first = now;
      const last = bench.looks.at(-1), current = look();
      if (!last || last.look !== current) bench.looks.push({look: current, at: now});
    });
  };
  new MutationObserver(check).observe(document, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["fill", "style", "d"],
  });
})();
""".replace("AREAS", str(AREAS))
DRAWN_AFTER: Final = """
(() => {
  const {looks, choice} = window.__bench, last = looks.at(-1).look;
  return looks.find((seen) => seen.at > choice && seen.look.includes(last)).at - choice;
})()
"""
QUIET: Final = """
(() => {
  const app = document.querySelector('[data-testid="stApp"]'), looks = window.__bench.looks;
  return app.dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && looks.length > 0 && performance.now() - looks.at(-1).at > 400;
})()
"""


@dataclass
class Traffic:
    """Messages of the websocket after decompression, by direction."""

    received: list[bytes] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("websocket", self._follow)

    def clear(self) -> None:
        self.received.clear()
        self.sent.clear()

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))
        socket.on("framesent", lambda frame: self.sent.append(_bytes(frame)))


def _bytes(frame: bytes | str) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as running:
        yield running


@contextmanager
def fresh_browser(running: Playwright) -> Iterator[BrowserContext]:
    """A new Chromium process with an empty profile on disk: nothing cached, nothing compiled."""
    with tempfile.TemporaryDirectory(prefix="ttdn-profile-", ignore_cleanup_errors=True) as folder:
        context = running.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=ARGUMENTS,
            viewport={"width": 1440, "height": 900},
            locale="vi-VN",
        )
        context.add_init_script(STOPWATCH)
        try:
            yield context
        finally:
            context.close()


def open_map(context: BrowserContext, url: str, traffic: Traffic | None = None) -> Page:
    """A new page on `url`, its map drawn and quiet."""
    page = context.new_page()
    if traffic is not None:
        traffic.attach(page)
    page.goto(url)
    wait_until(page, "window.__bench.first !== null")
    wait_quiet(page)
    return page


def wait_until(page: Page, condition: str) -> None:
    """Until a JavaScript expression holds; asked from outside, since CSP forbids eval.

    TimeoutError with the condition after TIMEOUT_MS.
    """
    deadline = time.monotonic() + TIMEOUT_MS / 1000
    while not page.evaluate(condition):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{page.url}: after {TIMEOUT_MS} ms still not: {condition}")
        page.wait_for_timeout(20)


def wait_quiet(page: Page) -> None:
    """Until the script has ended, nothing is stale and the map has kept its look for a while."""
    wait_until(page, QUIET)


def redraw_ms(page: Page, looks_before: int) -> float:
    """Milliseconds from the last choice to the first paint of the look that then stays.

    The naive version shows the new map before it takes the old one away: this counts as drawn.
    """
    wait_until(page, f"window.__bench.looks.length > {looks_before}")
    wait_quiet(page)
    return float(page.evaluate(DRAWN_AFTER))


def look_count(page: Page) -> int:
    """How many looks the map has had since the page was opened."""
    return int(page.evaluate("window.__bench.looks.length"))


def choose_date(page: Page, day: str) -> None:
    """Type a day (YYYY-MM-DD) into the as-of field; leaving the field is the choice."""
    year, month, date = day.split("-")
    page.locator('[data-testid="stDateInput"] [data-type="day"]').first.click()
    page.keyboard.type(date + month + year)
    page.keyboard.press("Tab")
    page.wait_for_timeout(SETTLE_MS)
    page.keyboard.press("Tab")


def choose_option(page: Page, label: str, option: str) -> None:
    """Click an option of a select box, which is the choice."""
    box = page.get_by_role("combobox", name=re.compile(re.escape(label))).first
    box.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(option)
    found = page.get_by_role("option", name=option, exact=True).first
    found.wait_for()
    page.wait_for_timeout(SETTLE_MS)
    found.click()


def visit_text(context: BrowserContext, url: str) -> float:
    """Seconds from the address to the first painted text."""
    page = context.new_page()
    page.goto(url)
    wait_until(page, "window.__bench.text !== null")
    seconds = float(page.evaluate("window.__bench.text")) / 1000
    page.close()
    return seconds

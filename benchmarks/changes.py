"""Filter changes made in the browser as a reader makes them, and what each of them cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from typing import Final

from playwright.sync_api import Page, Playwright

from benchmarks import browser
from benchmarks.relay import Relay
from benchmarks.servers import Server

Choice = Callable[[Page], None]

# Days with different maps of regulations, so that each change is seen; the first is the opening
# day, hence last. The framework forgets messages after two runs: no day comes back before.
DAYS: Final = ("2024-12-31", "2022-12-31", "2024-06-30", "2023-12-31", "2023-07-31")
PROVINCES: Final = (
    "Hà Tĩnh", "Lạng Sơn", "Đồng Tháp", "Quảng Ninh", "Khánh Hòa", "Đà Nẵng", "Nghệ An", "Lào Cai",
    "Kiên Giang", "Thanh Hóa", "Tây Ninh", "Bến Tre", "Điện Biên",
)  # fmt: skip
PROVINCE_LABEL: Final = "Tỉnh, thành phố"
NAIVE_LABEL: Final = "As of"
CHOICE_ATTEMPTS: Final = 3
CHOICE_WAIT_MS: Final = 3_000


@dataclass(frozen=True)
class Change:
    """One filter change: milliseconds and bytes.

    `received` and `sent` are websocket payloads after decompression, `wire_down` and `wire_up` what
    travelled (0 without a relay), `messages` the payloads received.
    """

    redraw_ms: float
    script_ms: float
    script_cpu_ms: float
    served_ms: float
    received: int
    sent: int
    wire_down: int
    wire_up: int
    messages: tuple[bytes, ...]


def date_choices(count: int) -> list[Choice]:
    """Choices of days with different maps, each day after all others."""
    return [partial(browser.choose_date, day=day) for day in islice(cycle(DAYS), count)]


def new_date_choices(count: int) -> list[Choice]:
    """Choices of days that the server was never asked for."""
    first = date(2024, 12, 30)
    days = (first - timedelta(days=73 * i) for i in range(count))
    return [partial(browser.choose_date, day=day.isoformat()) for day in days]


def province_choices(count: int) -> list[Choice]:
    """Choices of provinces, each after all others."""
    return [
        partial(browser.choose_option, label=PROVINCE_LABEL, option=name)
        for name in islice(cycle(PROVINCES), count)
    ]


def naive_choices(count: int) -> list[Choice]:
    """The same days in the naive version's select box."""
    return [
        partial(browser.choose_option, label=NAIVE_LABEL, option=day)
        for day in islice(cycle(DAYS), count)
    ]


def make_changes(
    running: Playwright,
    server: Server,
    path: str,
    choices: list[Choice],
    *,
    is_relayed: bool = False,
    sees_map: bool = True,
) -> Iterator[Change]:
    """Open `path` by deep link in a fresh browser, make the choices one by one.

    With `is_relayed` the bytes on the wire are counted by a relay, which costs some time: measure
    time without it. `sees_map=False` is for choices that may leave the map as it is.
    """
    relay = Relay(server.port) if is_relayed else None
    traffic = browser.Traffic()
    try:
        with browser.fresh_browser(running) as context:
            page = browser.open_map(context, (relay or server).url + path, traffic)
            for choice in choices:
                yield _make_change(page, server, choice, traffic, relay, sees_map)
    finally:
        if relay is not None:
            relay.close()


def _make_change(
    page: Page,
    server: Server,
    choice: Choice,
    traffic: browser.Traffic,
    relay: Relay | None,
    sees_map: bool,
) -> Change:
    traffic.clear()
    runs, looks = len(server.runs()), browser.look_count(page)
    before = (relay.down, relay.up) if relay else (0, 0)
    _choose(page, server, choice)
    redraw = browser.redraw_ms(page, looks) if sees_map else _settle(page, server, runs)
    after = (relay.down, relay.up) if relay else (0, 0)
    new = server.runs()[runs:]
    if len(new) != 1:
        raise RuntimeError(f"one choice made {len(new)} runs of the script, expected 1")
    return Change(
        redraw_ms=redraw,
        script_ms=new[0].script_ms,
        script_cpu_ms=new[0].script_cpu_ms,
        served_ms=new[0].served_ms,
        received=sum(map(len, traffic.received)),
        sent=sum(map(len, traffic.sent)),
        wire_down=after[0] - before[0],
        wire_up=after[1] - before[1],
        messages=tuple(traffic.received),
    )


def _choose(page: Page, server: Server, choice: Choice) -> None:
    """Make a choice; once more where the page had no time for it (a busy machine)."""
    asked = server.asked()
    for _ in range(CHOICE_ATTEMPTS):
        choice(page)
        for _ in range(CHOICE_WAIT_MS // 20):
            if server.asked() > asked:
                return
            page.wait_for_timeout(20)
    raise RuntimeError(f"{page.url}: a choice made {CHOICE_ATTEMPTS} times reached no server")


def _settle(page: Page, server: Server, runs: int) -> float:
    for _ in range(200):
        if len(server.runs()) > runs:
            break
        page.wait_for_timeout(25)
    page.wait_for_timeout(150)
    browser.wait_quiet(page)
    return 0.0

"""Every page of the menu with the default and with large data: bytes and script of a change.

Without a browser, which costs neither bytes nor time of the server: the visitor of the load test
makes the changes one by one, and the server's stopwatch (probe.py) tells what each one took.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Final

from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

from benchmarks.changes import DAYS, PROVINCES
from benchmarks.load_protocol import Screen, date_state, option_state
from benchmarks.load_visitors import open_socket, run_script
from benchmarks.relay import Relay
from benchmarks.results import Budget, Figure
from benchmarks.servers import Server
from benchmarks.setting import Setting
from dashboard.navigation import PAGES

BYTES: Final = Budget(10, 5)  # KB; design.md section 6
RERUN: Final = Budget(25, 8)  # ms
ROUTES: Final = 4

Step = Callable[[Screen], WidgetState | None]


@dataclass(frozen=True)
class Made:
    """One change: bytes on the wire, milliseconds of the script by the clock and the processor."""

    wire: int
    script_ms: float
    script_cpu_ms: float


def measure_pages(setting: Setting) -> list[Figure]:
    """Bytes on the wire and script of a change of date, province and route, page by page.

    The kinds take turns. Seen views are what a meeting goes back and forth between.
    """
    figures = []
    for data, server in (("default", setting.app), ("synthetic", setting.synthetic_app)):
        for entry in PAGES:
            name = f"{data} data, /{entry.path}"
            try:
                new, seen = _run_changes(server, entry.path, setting.repeats(3, 1))
            except RuntimeError as error:
                print(f"{name}: {error}\n{server.log()[-1000:]}", file=sys.stderr, flush=True)
                figures.append(Figure(f"{name}: failed", "", ()))
                continue
            wire, script = [m.wire / 1000 for m in seen], [m.script_ms for m in seen]
            figures += [
                Figure(f"{name}: bytes on the wire", "KB", tuple(wire), BYTES),
                Figure(f"{name}: script, seen view", "ms", tuple(script), RERUN),
                Figure(f"{name}: the same, processor time", "ms",
                       tuple(m.script_cpu_ms for m in seen)),
                Figure(f"{name}: script, new view", "ms", tuple(m.script_ms for m in new), RERUN),
                Figure(f"{name}: the same, processor time", "ms",
                       tuple(m.script_cpu_ms for m in new)),
            ]  # fmt: skip
    return figures


def _steps() -> list[Step]:
    """As many dates as provinces and routes, none twice within the browser's memory of messages."""
    days = [date.fromisoformat(day) for day in DAYS]
    steps: list[Step] = []
    for place, day in enumerate(days):
        steps += [
            lambda screen, day=day: date_state(screen, day),
            lambda screen, p=PROVINCES[place]: option_state(screen, "filter_province_", p),
            lambda screen, p=place % ROUTES: option_state(screen, "filter_route_", p),
        ]
    return steps


def _run_changes(server: Server, page: str, rounds: int) -> tuple[list[Made], list[Made]]:
    """`_make_changes` in a thread: Playwright keeps an event loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(_make_changes(server, page, rounds))).result()


async def _make_changes(server: Server, page: str, rounds: int) -> tuple[list[Made], list[Made]]:
    """One visitor's changes: those of views that nobody has seen, and `rounds` of seen ones.

    RuntimeError where the page fails.
    """
    relay = Relay(server.port)
    screen = Screen(relay.url, page, "")
    made: list[list[Made]] = []
    try:
        async with open_socket(screen) as socket:
            await run_script(socket, screen, screen.ask())
            # The second round begins where the first ended and is partly new.
            for _ in range(rounds + 2):
                made.append([])
                for step in _steps():
                    change = await _make_change(server, relay, screen, socket, step)
                    if change is not None:
                        made[-1].append(change)
    finally:
        relay.close()
    return made[0], [change for changes in made[2:] for change in changes]


async def _make_change(
    server: Server, relay: Relay, screen: Screen, socket: ClientConnection, step: Step
) -> Made | None:
    state = step(screen)
    if state is None:
        return None
    wire, runs = relay.down, len(server.runs())
    await run_script(socket, screen, screen.ask(state))
    if screen.problem:
        raise RuntimeError(f"/{screen.page}: {screen.problem}")
    while len(new := server.runs()[runs:]) < 1:  # the last message is on its way to the log
        await asyncio.sleep(0.01)
    return Made(relay.down - wire, new[0].script_ms, new[0].script_cpu_ms)

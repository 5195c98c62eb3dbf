"""python -m benchmarks.load: many people at once, a few in real browsers, the others without one.

Everybody opens a page by deep link and then changes filters, with time to think in between. All of
it happens on this machine: the server listens on 127.0.0.1 and ends with the test.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Final

from benchmarks import servers
from benchmarks.load_report import LoadFacts, load_figures, slowest_pages
from benchmarks.load_visitors import Visit, visit
from benchmarks.machine import describe_machine, load_average
from benchmarks.processes import ProcessorTime, memory_mb
from benchmarks.results import format_table
from dashboard.navigation import PAGES

MOST_PEOPLE: Final = 200
MOST_SECONDS: Final = 600
WARM_S: Final = 3.0
THINK_S: Final = (3.0, 9.0)
SETTLE_S: Final = 5.0  # after the last visitor has left


@dataclass(frozen=True)
class Plan:
    """Who comes, over how many seconds, and how long everything lasts."""

    people: int
    browsers: int
    arrive_s: float
    seconds: float
    seed: int


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 when a budget is missed, else 0."""
    options = _parser().parse_args(arguments)
    plan = Plan(
        people=options.people,
        browsers=min(options.browsers, options.people),
        arrive_s=options.arrive,
        seconds=options.arrive + options.seconds,
        seed=options.seed,
    )
    print("\n".join(describe_machine()), flush=True)
    with ExitStack() as stack:
        warehouse = options.warehouse
        if warehouse is None:
            warehouse = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ttdn-load-")))
            servers.build_warehouse(warehouse)
        server = servers.start_plain(warehouse)
        stack.callback(server.stop)
        server.wait_healthy("/healthz")
        facts = asyncio.run(_measure(server, plan))
        errors = [line for line in server.log().splitlines() if line.startswith("error id")]
    figures = load_figures(facts)
    print(f"\n{format_table(figures)}\n\n{slowest_pages(facts.visits)}\n")
    for made in facts.visits:
        if made.problem:
            print(f"failed: {made.kind} on /{made.page}: {made.problem}")
    for line in errors:
        print(f"the server's log: {line}")
    print(f"load at the end {load_average():.2f}")
    return int(any(figure.verdict == "MISSED" for figure in figures))


async def _measure(server: servers.Server, plan: Plan) -> LoadFacts:
    """One visitor per page to get warm, then everybody."""
    pages = [page.path for page in PAGES]
    for place, page in enumerate(pages):
        warm = await visit(
            server.url, page, place, after_s=0, until=monotonic() + WARM_S, think_s=(0.2, 0.4)
        )
        if warm.problem:
            raise RuntimeError(
                f"/{page} failed for its only visitor: {warm.problem}\n{server.log()[-3000:]}"
            )
    chance = random.Random(plan.seed)
    arrivals = [chance.uniform(0, plan.arrive_s) for _ in range(plan.people)]
    browsers = [
        await _open_browser(server.url, plan, seed, arrivals[seed]) for seed in range(plan.browsers)
    ]
    watch = _Watch(server.process.pid)
    load, began = load_average(), monotonic()
    watching = asyncio.create_task(watch.keep())
    clients = [
        visit(
            server.url, pages[seed % len(pages)], plan.seed * MOST_PEOPLE + seed,
            after_s=arrivals[seed], until=began + plan.seconds, think_s=THINK_S,
        )
        for seed in range(plan.browsers, plan.people)
    ]  # fmt: skip
    visits = await asyncio.gather(*map(_let_visit, browsers), *clients)
    lasted = monotonic() - began
    watching.cancel()
    await asyncio.sleep(SETTLE_S)
    after = memory_mb(server.process.pid)
    return LoadFacts(
        visits, lasted, load, watch.memory_before_mb, watch.memory_peak_mb, after,
        watch.server.total_s, watch.everything.total_s - watch.server.total_s,
    )  # fmt: skip


async def _open_browser(
    url: str, plan: Plan, seed: int, after_s: float
) -> asyncio.subprocess.Process:
    """A visitor with Chromium, ready to come."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.load_browser", url,
        *("--seed", str(seed), "--after", str(after_s), "--seconds", str(plan.seconds)),
        *("--think", *map(str, THINK_S)),
        cwd=servers.ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    if (await process.stdout.readline()).strip() != b"ready":
        raise RuntimeError("a browser did not open; its message stands above")
    return process


async def _let_visit(process: asyncio.subprocess.Process) -> Visit:
    """Send a browser on its way and hear what it met with."""
    told, _ = await process.communicate(b"come\n")
    try:
        return Visit(**json.loads(told.splitlines()[-1]))
    except (IndexError, ValueError, TypeError):
        return Visit("", "browser", problem=f"the browser's process ended: {process.returncode}")


class _Watch:
    """Memory of the server and processor time of both sides, looked at every second."""

    def __init__(self, server_pid: int) -> None:
        self._server_pid = server_pid
        self.server, self.everything = ProcessorTime(), ProcessorTime()
        self.memory_before_mb = self.memory_peak_mb = memory_mb(server_pid)
        self._look()
        self.server.begin()
        self.everything.begin()

    def _look(self) -> None:
        # The server is a child of this process, too.
        self.server.look(self._server_pid)
        self.everything.look(os.getpid())
        self.memory_peak_mb = max(self.memory_peak_mb, memory_mb(self._server_pid))

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(1)
            self._look()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    number = _number_up_to
    parser.add_argument("--people", type=number(MOST_PEOPLE), default=50)
    parser.add_argument(
        "--browsers", type=number(8), default=3, help="of them with a real Chromium"
    )
    parser.add_argument(
        "--arrive", type=number(MOST_SECONDS), default=15, help="seconds over which all come"
    )
    parser.add_argument("--seconds", type=number(MOST_SECONDS), default=60, help="that they stay")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--warehouse", type=Path, metavar="W", help="else one built of the default data"
    )
    return parser


def _number_up_to(most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) > most:
            raise argparse.ArgumentTypeError(f"{text}: expected 0 to {most}")
        return int(text)

    return parse


if __name__ == "__main__":
    sys.exit(main())

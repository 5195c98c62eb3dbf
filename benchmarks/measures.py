"""The measures, one function each: a setting in, figures out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks import browser, changes, servers
from benchmarks.changes import Change, Choice
from benchmarks.messages import format_breakdown
from benchmarks.results import Budget, Figure
from benchmarks.setting import Setting

BYTES: Final = Budget(10, 5)  # KB; design.md section 6, as all budgets here
RERUN: Final = Budget(25, 8)
REDRAW: Final = Budget(200, 100, share_of_baseline=0.6)
FIRST_MAP: Final = Budget(3.0, 2.5)
FIRST_MAP_AGAIN: Final = Budget(1.2, 0.7)
BUILD: Final = Budget(5, 2)
RUN: Final = Budget(10, 5)

NAIVE: Final = "naive, date"
PAGES: Final = {"regulations": "/regulations", "overview": "/"}
KINDS: Final[dict[str, Callable[[int], list[Choice]]]] = {
    "date": changes.date_choices,
    "province": changes.province_choices,
}


def measure_bytes(setting: Setting) -> list[Figure]:
    """Websocket bytes per filter change, as payload and as what travels."""
    count = setting.repeats(5, 3)
    naive = _naive_changes(setting, count, is_relayed=True)
    figures = []
    for page, path in PAGES.items():
        for kind, choices in KINDS.items():
            made = list(
                changes.make_changes(
                    setting.playwright, setting.app, path, choices(count), is_relayed=True
                )
            )
            if setting.is_explaining:
                print(format_breakdown(f"{page}, {kind}", made[-1].messages))
            figures += _byte_figures(f"{page}, {kind}", made, naive)
    return figures


def _byte_figures(name: str, made: list[Change], naive: list[Change]) -> list[Figure]:
    def figure(what: str, budget: Budget | None, size: Callable[[Change], int]) -> Figure:
        values, baseline = _each(made, size, 1000), _each(naive, size, 1000)
        return Figure(f"bytes, {name}: {what}", "KB", values, budget, baseline, NAIVE)

    return [
        figure("payload", BYTES, lambda c: c.received),
        figure("on the wire", BYTES, lambda c: c.wire_down),
        figure("sent by the browser", None, lambda c: c.sent),
    ]


def measure_rerun(setting: Setting) -> list[Figure]:
    """Server time of a rerun: the script alone, and until all is handed to the socket."""
    count = setting.repeats(20, 6)
    naive = _naive_changes(setting, count)
    kinds = {"date": changes.date_choices, "new date": changes.new_date_choices} | KINDS
    figures = []
    for page, path in PAGES.items():
        for kind, choices in kinds.items():
            made = list(
                changes.make_changes(
                    setting.playwright, setting.app, path, choices(count), sees_map=False
                )
            )
            figures += _rerun_figures(f"rerun, {page}, {kind}", made, naive)
    return figures


def _rerun_figures(name: str, made: list[Change], naive: list[Change]) -> list[Figure]:
    def figure(what: str, budget: Budget | None, value: Callable[[Change], float]) -> Figure:
        values, baseline = _each(made, value), _each(naive, value)
        return Figure(f"{name}: {what}", "ms", values, budget, baseline, NAIVE)

    return [
        figure("script", RERUN, lambda c: c.script_ms),
        figure("script, processor time", None, lambda c: c.script_cpu_ms),
        figure("until sent", None, lambda c: c.served_ms),
    ]


def measure_redraw(setting: Setting) -> list[Figure]:
    """From the choice to the painted map, in the browser."""
    count = setting.repeats(10, 4)
    naive = _each(_naive_changes(setting, count), lambda c: c.redraw_ms)
    figures = []
    for page, path in PAGES.items():
        for kind, choices in KINDS.items():
            made = changes.make_changes(setting.playwright, setting.app, path, choices(count))
            values = _each(made, lambda c: c.redraw_ms)
            name = f"filter to map, {page}, {kind}"
            figures.append(Figure(name, "ms", values, REDRAW, naive, NAIVE))
    return figures


def _naive_changes(setting: Setting, count: int, is_relayed: bool = False) -> list[Change]:
    return list(
        changes.make_changes(
            setting.playwright,
            setting.naive,
            "/",
            changes.naive_choices(count),
            is_relayed=is_relayed,
        )
    )


def _each(
    made: Iterable[Change], value: Callable[[Change], float], unit: float = 1
) -> tuple[float, ...]:
    return tuple(value(change) / unit for change in made)


def measure_first_map(setting: Setting) -> list[Figure]:
    """From the address to the painted map: new browser with an empty profile, then a second page.

    The servers have served one visitor before: only the browser is cold.
    """
    count = setting.repeats(5, 2)
    naive, empty = _visits(setting, setting.naive, "/", count), _empty_visits(setting, count)
    figures = []
    for page, path in PAGES.items():
        made = _visits(setting, setting.app, path, count)
        for i, (name, budget) in enumerate((("cold", FIRST_MAP), ("again", FIRST_MAP_AGAIN))):
            figures += [
                Figure(f"first map, {page}, {name}", "s", made[i], budget, naive[i], "naive"),
                Figure(f"first map, {page}, {name}", "s", made[i], None, empty[i], "empty page"),
            ]
    return figures


Visits = tuple[tuple[float, ...], tuple[float, ...]]  # seconds: cold, again


def _visits(setting: Setting, server: servers.Server, path: str, count: int) -> Visits:
    cold, again = [], []
    for i in range(count + 1):
        with browser.fresh_browser(setting.playwright) as context:
            first, second = (_visit_map(context, server.url + path) for _ in range(2))
            if i:  # the first visit warms the server
                cold.append(first)
                again.append(second)
    return tuple(cold), tuple(again)


def _visit_map(context: browser.BrowserContext, url: str) -> float:
    page = browser.open_map(context, url)
    seconds = float(page.evaluate("window.__bench.first")) / 1000
    page.close()
    return seconds


def _empty_visits(setting: Setting, count: int) -> Visits:
    cold, again = [], []
    for i in range(count + 1):
        with browser.fresh_browser(setting.playwright) as context:
            first, second = (browser.visit_text(context, setting.empty.url) for _ in range(2))
            if i:
                cold.append(first)
                again.append(second)
    return tuple(cold), tuple(again)


def measure_build(setting: Setting) -> list[Figure]:
    """The warehouse from data/, by the command that users run; Python's start is part of it."""
    count = setting.repeats(5, 3)
    ours = [_build_s(["-m", "etl", "build", "--warehouse"]) for _ in range(count)]
    naive = [_build_s(["-m", "benchmarks.naive_build"]) for _ in range(count)]
    name = "pandas into one file"
    return [Figure("warehouse built", "s", tuple(ours), BUILD, tuple(naive), name)]


def _build_s(arguments: list[str]) -> float:
    with tempfile.TemporaryDirectory(prefix="ttdn-build-") as folder:
        began = perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments, folder], cwd=servers.ROOT, capture_output=True, text=True
        )
        seconds = perf_counter() - began
    if done.returncode not in (0, 3):
        raise RuntimeError(f"{arguments} failed:\n{done.stdout}{done.stderr}")
    return seconds


def measure_run(setting: Setting) -> list[Figure]:
    """`make run` after installation: build into an empty folder, start, first 200, first map."""
    stages: list[tuple[float, float, float]] = []
    naive: list[float] = []
    warehouse = setting.warehouse
    for i in range(setting.repeats(3, 1)):
        stages.append(_run_stages(setting, setting.folder / f"run-{i}"))
        naive.append(_naive_run(setting, warehouse))
    built, healthy, drawn = (tuple(column) for column in zip(*stages, strict=True))
    return [
        Figure("make run: warehouse there", "s", built),
        Figure("make run: page served (healthz 200)", "s", healthy, RUN),
        Figure("make run: first map drawn", "s", drawn, RUN, tuple(naive), "naive, no build"),
    ]


def _run_stages(setting: Setting, warehouse: Path) -> tuple[float, float, float]:
    began = perf_counter()
    servers.build_warehouse(warehouse)
    built = perf_counter() - began
    server = servers.start_app(warehouse)
    try:
        server.wait_healthy("/healthz")
        healthy = perf_counter() - began
        with browser.fresh_browser(setting.playwright) as context:
            # The reader's browser is open already: its start is not counted.
            return built, healthy, healthy + _visit_map(context, server.url + "/")
    finally:
        server.stop()


def _naive_run(setting: Setting, warehouse: Path) -> float:
    began = perf_counter()
    server = servers.start_naive(warehouse)
    try:
        server.wait_healthy("/_stcore/health")
        healthy = perf_counter() - began
        with browser.fresh_browser(setting.playwright) as context:
            return healthy + _visit_map(context, server.url + "/")
    finally:
        server.stop()


MEASURES: Final[dict[str, Callable[[Setting], list[Figure]]]] = {
    "bytes": measure_bytes,
    "rerun": measure_rerun,
    "redraw": measure_redraw,
    "first-map": measure_first_map,
    "build": measure_build,
    "run": measure_run,
}

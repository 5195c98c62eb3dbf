"""The files of a briefing: seconds for all formats and for all 63 sheets, memory, two at once.

Each runs in a process of its own (`python -m benchmarks.briefing WHAT WAREHOUSE COUNT`), whose
memory is watched with that of the browsers and programs that it starts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, Final

from benchmarks.processes import family_memory_mb
from benchmarks.results import Budget, Figure
from benchmarks.servers import ROOT
from benchmarks.setting import Setting

ALL_FORMATS: Final = Budget(20, 12)  # s, issue 5, section 4
ALL_SHEETS: Final = Budget(60, 20)
MEMORY: Final = Budget(1000, 700)  # MB
SHARE_WHEN_SHARED: Final = 2.2  # two at once on two cores, as a multiple of one alone
_FORMATS: Final = ("docx", "pptx", "pdf", "xlsx", "letters")
_TIME_LIMIT: Final = 300


@dataclass(frozen=True)
class Run:
    """One process: seconds of each making with a warm browser, peak MB, hashes of the files."""

    seconds: tuple[float, ...]
    memory_mb: float
    files: dict[str, str]


def measure_briefing(setting: Setting) -> list[Figure]:
    """All formats of the country, all sheets, and two users who export at once."""
    count = setting.repeats(3, 1)
    formats = _run(setting.warehouse, "formats", count)
    sheets = _run(setting.warehouse, "sheets", count)
    shared = _run(setting.warehouse, "two", count)
    if shared.files != formats.files:
        raise RuntimeError("two exports at once gave other files than one alone")
    alone = "one user alone"
    return [
        Figure("briefing, country, all formats", "s", formats.seconds, ALL_FORMATS),
        Figure("briefing, memory with browsers", "MB", (formats.memory_mb,), MEMORY),
        Figure("briefing, all province sheets", "s", sheets.seconds, ALL_SHEETS),
        Figure("briefing, sheets, memory with browsers", "MB", (sheets.memory_mb,), MEMORY),
        Figure(
            "briefing, two users at once", "s", shared.seconds,
            Budget(2 * ALL_FORMATS.limit, share_of_baseline=SHARE_WHEN_SHARED),
            formats.seconds, alone,
        ),
        Figure("briefing, two users, memory", "MB", (shared.memory_mb,), MEMORY),
    ]  # fmt: skip


def _run(warehouse: Path, what: str, count: int) -> Run:
    command = [sys.executable, "-m", "benchmarks.briefing", what, str(warehouse), str(count)]
    peak, is_over = 0.0, threading.Event()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def watch() -> None:
        nonlocal peak
        while not is_over.is_set():
            peak = max(peak, family_memory_mb(process.pid))
            sleep(0.1)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        out, said = process.communicate(timeout=_TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        raise RuntimeError(f"briefing, {what}: took more than {_TIME_LIMIT} s") from None
    finally:
        is_over.set()
        watcher.join()
    if process.returncode:
        raise RuntimeError(f"briefing, {what}: {said.strip().splitlines()[-1:]}")
    result = json.loads(out.splitlines()[-1])
    return Run(tuple(result["seconds"]), peak, result["files"])


def _child(what: str, warehouse: str, count: int) -> dict[str, Any]:
    """In the child: make the files `count` times after one picture that warms the browser."""
    os.environ["TTDN_WAREHOUSE"] = warehouse
    import hashlib
    import logging

    logging.getLogger("streamlit").setLevel(logging.ERROR)
    from dashboard.briefing.bundle import make_files
    from dashboard.briefing.scope import Scope
    from dashboard.facts import load_view_facts
    from dashboard.filters import Run as ViewRun
    from dashboard.kept import forget
    from dashboard.picture import _renderer, stop
    from dashboard.view import read_view
    from dashboard.warehouse import open_snapshot

    snapshot = open_snapshot()
    facts = load_view_facts(snapshot)
    run = ViewRun(read_view({}, facts), facts, snapshot)
    formats = ("sheets",) if what == "sheets" else _FORMATS

    def make() -> dict[str, str]:
        made = make_files(run, Scope("country"), formats)
        if made.gaps:
            raise RuntimeError("; ".join(gap.text("en") for gap in made.gaps))
        return {name: hashlib.sha256(data).hexdigest() for name, data in made.files.items()}

    _renderer.warm_up()
    seconds, files = [], {}
    try:
        for _ in range(count):
            forget()
            began = perf_counter()
            if what == "two":
                with ThreadPoolExecutor(2) as pool:
                    first, second = pool.map(lambda _: make(), range(2))
                if first != second:
                    raise RuntimeError("two exports at once gave different files")
                files = first
            else:
                files = make()
            seconds.append(perf_counter() - began)
    finally:
        stop()
    return {"seconds": seconds, "files": files}


if __name__ == "__main__":
    print(json.dumps(_child(sys.argv[1], sys.argv[2], int(sys.argv[3]))))

"""Start and stop the servers that are measured: the dashboard, the naive version, an empty page."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
HERE: Final = Path(__file__).resolve().parent
START_S: Final = 60


@dataclass(frozen=True)
class ScriptRun:
    """Milliseconds of one run: the script by the clock, by processor time, and until all is sent.

    `served_ms` runs from the browser's message to the last message handed to the socket.
    """

    script_ms: float
    script_cpu_ms: float
    served_ms: float


def pair_events(events: Iterable[tuple[str, float, float]]) -> list[ScriptRun]:
    """Events of probe.py, one visitor's runs after each other -> the complete runs."""
    times: dict[str, list[tuple[float, float]]] = {
        "received": [], "began": [], "ended": [], "sent": [],
    }  # fmt: skip
    for name, clock, cpu in events:
        times[name].append((clock, cpu))
    return [
        ScriptRun(
            script_ms=(ended[0] - began[0]) * 1000,
            script_cpu_ms=(ended[1] - began[1]) * 1000,
            served_ms=(sent[0] - received[0]) * 1000,
        )
        for received, began, ended, sent in zip(*times.values(), strict=False)
    ]


@dataclass
class Server:
    """One running Streamlit; its folder holds its log and the events that probe.py notes."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def runs(self) -> list[ScriptRun]:
        """All complete runs of the script so far."""
        return pair_events(self._events())

    def asked(self) -> int:
        """How many runs browsers have asked for so far."""
        return sum(name == "received" for name, _, _ in self._events())

    def _events(self) -> list[tuple[str, float, float]]:
        path = self.folder / "events.jsonl"
        text = path.read_text("utf-8") if path.exists() else ""
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def wait_healthy(self, path: str) -> None:
        """Until `path` answers 200; RuntimeError with the log when the server ends or is late."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError(
            f"{self.name} did not answer 200 at {self.url}{path}; its log:\n{self.log()}"
        )

    def log(self) -> str:
        """What the server has printed so far."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def build_warehouse(folder: Path, data: Path | None = None) -> None:
    """The warehouse of the default or other data, built by the command that users run."""
    command = [sys.executable, "-m", "etl", "build", "--warehouse", str(folder)]
    command += ["--data", str(data)] if data else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        raise RuntimeError(f"the warehouse was not built:\n{done.stdout}{done.stderr}")


def start_app(warehouse: Path) -> Server:
    """The dashboard as `make run` starts it, on a free port."""
    return _start("the dashboard", ROOT, ROOT / "app.py", ROOT, warehouse, [])


def start_plain(warehouse: Path) -> Server:
    """The dashboard on a free port without the stopwatch, which is made for one visitor."""
    return _start("the dashboard", ROOT, ROOT / "app.py", ROOT, warehouse, [], is_timed=False)


def start_naive(warehouse: Path) -> Server:
    """The naive version with the framework's default settings.

    plotly.js would ask a foreign server for its world map and draw nothing without an answer, so
    that the naive version gets the dashboard's empty stub, by the framework's own static folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="ttdn-naive-"))
    script = Path(shutil.copy(HERE / "naive_app.py", folder))
    shutil.copytree(ROOT / "static" / "topojson", folder / "static")
    return _start(
        "the naive version",
        folder,
        script,
        folder,
        warehouse,
        ["--server.enableStaticServing=true"],
    )


def start_empty() -> Server:
    """A page of one word with the framework's default settings."""
    folder = Path(tempfile.mkdtemp(prefix="ttdn-empty-"))
    script = Path(shutil.copy(HERE / "empty_app.py", folder))
    return _start("the empty page", folder, script, folder, folder, [])


def _start(
    name: str,
    cwd: Path,
    script: Path,
    folder: Path,
    warehouse: Path,
    options: list[str],
    *,
    is_timed: bool = True,
) -> Server:
    if folder == ROOT:
        folder = Path(tempfile.mkdtemp(prefix="ttdn-app-"))
    port = free_port()
    timed = [str(HERE / "probe.py"), str(folder / "events.jsonl")]
    command = [
        sys.executable, *(timed if is_timed else ["-m", "streamlit"]), "run", str(script),
        f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true",
        "--browser.gatherUsageStats=false", *options,
    ]  # fmt: skip
    environment = os.environ | {"TTDN_WAREHOUSE": str(warehouse), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    return Server(name, port, process, folder)

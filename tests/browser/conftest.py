"""The real app in a real browser: one server, one Chromium, and a page that watches everything.

A test asks for `open_page` and gets a page that is ready:

    def test_something(open_page):
        page = open_page("/regulations?province=01")          # 1440 x 900, light
        page = open_page("/", width=390, height=844, scheme="dark", lang="en")

At the end of the test each page is checked: no request to anywhere but the server, no answer of
400 or more, no console error, no exception, no report of the content security policy. What a
test expects to be there can be allowed: `page.watch.allow("404")`.
Other servers: `start_server(warehouse_folder)` -> AppServer with `.url`, `.log()`, `.stop()`.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = os.environ.get("TTDN_CHROMIUM", "/usr/bin/chromium")
BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--in-process-gpu",  # there is no GPU: one process less draws quicker
    # Even a name that slips through is not resolved.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
READY_MS = 20_000
# Dialogs and violations that no console message tells of.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (e) =>
  console.error("CSP violation: " + e.violatedDirective + " " + e.blockedURI));
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class AppServer:
    """`streamlit run app.py` on a port of its own."""

    url: str
    process: subprocess.Popen[bytes]
    log_path: Path

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run_app(warehouse: Path, log_path: Path, **environment: str) -> AppServer:
    """Start the app on a warehouse and wait until it answers (200, or 503 without data)."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"TTDN_WAREHOUSE": str(warehouse)} | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = AppServer(f"http://127.0.0.1:{port}", process, log_path)
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=2):
                return server
        except urllib.error.HTTPError as answer:
            if answer.code == 503:
                return server
        except OSError:
            pass
        time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"the app did not start; its log:\n{server.log()}")


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the default data: $TTDN_TEST_WAREHOUSE, else built for this session."""
    given = os.environ.get("TTDN_TEST_WAREHOUSE")
    if given:
        return Path(given)
    folder = tmp_path_factory.mktemp("warehouse")
    built = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--warehouse", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def server(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """The app on the default data, shared by the session's tests."""
    running = run_app(warehouse, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., AppServer]]:
    """Start further servers, each on a warehouse of its own; stopped at the end of the test."""
    started: list[AppServer] = []

    def start(folder: Path, **environment: str) -> AppServer:
        log_path = tmp_path / f"server-{len(started)}.log"
        started.append(run_app(folder, log_path, **environment))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def drivers() -> Iterator[Playwright]:
    """What starts browsers; one for a session, since two cannot live in a thread."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(
    drivers: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    """One Chromium with one profile on disk, so that compiled scripts are kept between tests.

    A profile for each page would have them compiled again: half a second of each page.
    """
    context = drivers.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=CHROMIUM,
        args=BROWSER_ARGS,
        locale="vi-VN",
        accept_downloads=True,
        viewport={"width": 1440, "height": 900},
    )
    context.add_init_script(REPORT_VIOLATIONS)
    yield context
    context.close()


@dataclass
class Watch:
    """Everything a page did; `problems()` is empty when all was well."""

    origin: str
    requests: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    received_bytes: int = 0  # by websocket, since `received_bytes` was last set to 0
    found: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Problems that match the regular expression are expected in this test."""
        self.allowed.append(pattern)

    def problems(self) -> list[str]:
        return [p for p in self.found if not any(re.search(a, p) for a in self.allowed)]

    def attach(self, page: Page) -> None:
        page.on("request", self._on_request)
        page.on("websocket", self._on_socket)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.found.append(f"exception: {error}"))
        page.on("response", self._on_response)

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        ours = urlsplit(self.origin)
        return parts.scheme in ("data", "blob", "about") or (
            parts.scheme in ("http", "ws") and parts.netloc == ours.netloc
        )

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)
        if not self._is_ours(request.url):
            self.found.append(f"request to a foreign address: {request.url}")

    def _on_socket(self, socket_: Any) -> None:
        self.sockets.append(socket_.url)
        if not self._is_ours(socket_.url):
            self.found.append(f"socket to a foreign address: {socket_.url}")
        socket_.on("framereceived", self._on_frame)

    def _on_frame(self, payload: bytes | str) -> None:
        self.received_bytes += len(payload)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console error: {message.text} ({message.location})")

    def _on_response(self, response: Any) -> None:
        if response.status >= 400:
            self.found.append(f"answer {response.status}: {response.url}")


def wait_ready(page: Page) -> None:
    """Wait until the script has run and all it sent is drawn."""
    page.locator('[data-testid="stApp"][data-test-connection-state="CONNECTED"]').wait_for(
        timeout=READY_MS
    )
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(
        timeout=READY_MS
    )
    for waiting in ('[data-stale="true"]', '[data-testid="stSkeleton"]'):
        page.locator(waiting).first.wait_for(state="detached", timeout=READY_MS)


def in_both_themes(page: Page) -> Iterator[str]:
    """The page in light, then in dark without loading it again, as when a system turns dark."""
    paper = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    for scheme, is_light in (("light", "true"), ("dark", "false")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        # As a function: an expression would be refused by the content security policy.
        page.wait_for_function(f"() => {paper}.match(/[0-9]+/)[0] > 128 === {is_light}")
        wait_ready(page)
        yield scheme


@pytest.fixture
def open_page(chromium: BrowserContext, server: AppServer) -> Iterator[Callable[..., Page]]:
    """Open an address as a new visitor, without cookies; see the module's docstring."""
    pages: list[Page] = []

    def open_(
        path: str = "/",
        *,
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        lang: str | None = None,
        on: AppServer | None = None,
        ready: bool = True,
    ) -> Page:
        origin = (on or server).url
        chromium.clear_cookies()
        page = chromium.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        watch = Watch(origin)
        watch.attach(page)
        page.watch = watch  # type: ignore[attr-defined]
        pages.append(page)
        if lang:
            path += ("&" if "?" in path else "?") + f"lang={lang}"
        page.goto(origin + path)
        if ready:
            wait_ready(page)
        return page

    yield open_
    problems = [p for page in pages for p in page.watch.problems()]  # type: ignore[attr-defined]
    for page in pages:
        page.close()
    assert not problems, "\n".join(problems)

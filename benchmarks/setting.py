"""What measurements share: browser driver, servers started when first needed, repeats."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Playwright

from benchmarks import browser, servers
from benchmarks.synthetic.folder import invent_tables, write_folder


@dataclass
class Setting:
    """One run of the benchmark; everything it starts ends with `open_setting`."""

    is_quick: bool
    is_explaining: bool
    stack: ExitStack
    folder: Path
    _playwright: Playwright | None = None
    _servers: dict[str, servers.Server] = field(default_factory=dict)

    def repeats(self, full: int, quick: int) -> int:
        """How often to measure."""
        return quick if self.is_quick else full

    @property
    def playwright(self) -> Playwright:
        if self._playwright is None:
            self._playwright = self.stack.enter_context(browser.playwright())
        return self._playwright

    @property
    def warehouse(self) -> Path:
        """A warehouse of the default data, built once for this run."""
        folder = self.folder / "warehouse"
        if not folder.exists():
            servers.build_warehouse(folder)
        return folder

    @property
    def synthetic_warehouse(self) -> Path:
        """A warehouse of made-up data of the full size, built once for this run."""
        folder = self.folder / "synthetic"
        if not folder.exists():
            write_folder(folder / "data", invent_tables(1, 5_000, 60_000, 10), 1)
            servers.build_warehouse(folder / "warehouse", folder / "data")
        return folder / "warehouse"

    @property
    def app(self) -> servers.Server:
        return self._server("app")

    @property
    def synthetic_app(self) -> servers.Server:
        """The dashboard on made-up data of the full size."""
        return self._server("synthetic")

    @property
    def naive(self) -> servers.Server:
        return self._server("naive")

    @property
    def empty(self) -> servers.Server:
        return self._server("empty")

    def _server(self, name: str) -> servers.Server:
        if name not in self._servers:
            if name == "app":
                server, health = servers.start_app(self.warehouse), "/healthz"
            elif name == "synthetic":
                server, health = servers.start_app(self.synthetic_warehouse), "/healthz"
            elif name == "naive":
                server, health = servers.start_naive(self.warehouse), "/_stcore/health"
            else:
                server, health = servers.start_empty(), "/_stcore/health"
            self.stack.callback(server.stop)
            server.wait_healthy(health)
            self._servers[name] = server
        return self._servers[name]


@contextmanager
def open_setting(is_quick: bool, is_explaining: bool = False) -> Iterator[Setting]:
    """A setting whose servers, browsers and folders are gone at the end."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ttdn-bench-"))
        yield Setting(is_quick, is_explaining, stack, Path(folder))

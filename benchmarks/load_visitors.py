"""Visitors without a browser: they fetch what a browser fetches, then change filters and think."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
from dataclasses import dataclass, field
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.load_protocol import Screen, choose, deep_link

ANSWER_S: Final = 30.0  # later than this a visit has failed
AT_ONCE: Final = 6  # connections a browser opens to one server
LARGEST: Final = 2**26  # bytes of one message
_LINKED: Final = re.compile(r'(?:src|href)="\.?(/[^"]+)"')


@dataclass
class Visit:
    """What one visitor met with: seconds of the first load, (what, seconds) of each change."""

    page: str
    kind: str = "client"  # or "browser"
    first_s: float | None = None
    changes: list[tuple[str, float]] = field(default_factory=list)
    problem: str = ""


async def visit(
    url: str, page: str, seed: int, *, after_s: float, until: float, think_s: tuple[float, float]
) -> Visit:
    """One visit: come after a while, open the page by deep link, change filters until the end.

    `until` is a time of `monotonic()`, `think_s` the least and most seconds between two changes.
    Whatever goes wrong is the visit's `problem`.
    """
    chance = random.Random(seed)
    screen, made = Screen(url, page, deep_link(chance)), Visit(page)
    await asyncio.sleep(after_s)
    try:
        await _spend(screen, made, chance, until, think_s)
    except (OSError, TimeoutError, WebSocketException, ValueError) as error:
        made.problem = f"{type(error).__name__}: {error}"
    made.problem = made.problem or screen.problem
    return made


async def _spend(
    screen: Screen, made: Visit, chance: random.Random, until: float, think_s: tuple[float, float]
) -> None:
    began = monotonic()
    files = _Files(screen.url)
    query = f"?{screen.query}" if screen.query else ""
    document = await files.fetch(f"/{screen.page}{query}")
    await files.fetch_all(_LINKED.findall(document.decode()))
    async with open_socket(screen) as socket:
        await run_script(socket, screen, screen.ask())
        await files.fetch_all(screen.assets)
        made.first_s = monotonic() - began
        while not screen.problem:
            pause = chance.uniform(*think_s)
            if monotonic() + pause > until:
                return
            await asyncio.sleep(pause)
            kind, changed = choose(screen, chance)
            asked = monotonic()
            await run_script(socket, screen, screen.ask(changed))
            made.changes.append((kind, monotonic() - asked))


def open_socket(screen: Screen) -> connect:
    """The websocket of a visitor with a wide screen, as a context."""
    return connect(
        f"ws://{urlsplit(screen.url).netloc}/_stcore/stream",
        origin=screen.url,  # type: ignore[arg-type]
        subprotocols=["streamlit"],  # type: ignore[list-item]
        additional_headers={"Cookie": "ttdn_screen=desktop"},
        max_size=LARGEST,
        proxy=None,
        ping_interval=None,
    )


async def run_script(socket: ClientConnection, screen: Screen, message: bytes) -> None:
    """Ask for a run and take what comes until it has ended; TimeoutError when that is late."""
    await socket.send(message)
    async with asyncio.timeout(ANSWER_S):
        while True:
            payload = await socket.recv()
            if screen.take(payload.encode() if isinstance(payload, str) else payload):
                return


class _Files:
    """The files of one visitor: each fetched once, as by a browser with an empty cache."""

    def __init__(self, url: str) -> None:
        site = urlsplit(url)
        self._host, self._port = str(site.hostname), int(site.port or 80)
        self._seen: set[str] = set()
        self._free = asyncio.Semaphore(AT_ONCE)

    async def fetch_all(self, paths: object) -> None:
        """Those not fetched before, six at a time."""
        new = sorted({str(p) for p in paths} - self._seen)  # type: ignore[attr-defined]
        self._seen.update(new)
        await asyncio.gather(*map(self.fetch, new))

    async def fetch(self, path: str) -> bytes:
        """The content at a path; OSError unless the answer is 200."""
        async with self._free, asyncio.timeout(ANSWER_S):
            reader, writer = await asyncio.open_connection(self._host, self._port)
            try:
                writer.write(
                    f"GET {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
                    "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
                )
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                body = await reader.read(-1)
            finally:
                writer.close()
        if " 200 " not in head.split("\r\n", 1)[0]:
            raise OSError(f"{path}: {head.splitlines()[0]}")
        return gzip.decompress(body) if "content-encoding: gzip" in head else body

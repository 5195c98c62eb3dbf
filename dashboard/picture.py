"""Figure -> PNG, SVG or PDF bytes on the server, with one warm Chromium that never goes online."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import CancelledError
from html import escape
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

import kaleido
import plotly
import plotly.graph_objects as go
from choreographer.browsers import Chromium
from kaleido.errors import JavascriptError, KaleidoError

from dashboard.words import DEFAULT_LANGUAGE, word

Format = Literal["png", "svg", "pdf"]
FORMATS: Final[tuple[Format, ...]] = ("png", "svg", "pdf")
MEDIA_TYPES: Final[dict[str, str]] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}

START_SECONDS: Final = 30.0
RENDER_SECONDS: Final = 20.0
QUEUE_SECONDS: Final = 60.0
RENDERS_PER_BROWSER: Final = 300  # then a fresh one: a browser that runs for weeks grows
# Nothing listens on the discard port: whatever would leave the machine ends here.
DEAD_PROXY: Final = "http://127.0.0.1:9"
PLOTLY_JS: Final = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
KALEIDO_JS: Final = Path(kaleido.__file__).parent / "vendor" / "kaleido_scopes.js"

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class RenderUnavailable(RuntimeError):
    """No picture can be made on this machine now; `reason` is a key of [download.unavailable]."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason
        super().__init__(f"picture not made ({reason}){': ' + detail if detail else ''}")


class FigureNotDrawn(ValueError):
    """The browser works, but plotly.js refused this figure."""


class OfflinePage:
    """The page that draws: plotly.js of the package, an empty base map, no way out.

    plotly.js asks a CDN for a world map under every geo figure (design.md section 5); here any
    map of that kind is already present and empty. The policy forbids every fetch.
    """

    def __init__(self, title: str) -> None:
        self._title = escape(title)  # a PDF carries it as its own

    def generate_index(self) -> str:
        """HTML for Kaleido; every address in it is file://."""
        layers = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        empty = {"type": "GeometryCollection", "geometries": []}
        stub = {"type": "Topology", "objects": dict.fromkeys(layers, empty), "arcs": []}
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{self._title}</title>'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "script-src file: 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:\">"
            '<style id="head-style"></style><script>window.PlotlyGeoAssets = {topojson: '
            f"new Proxy({{}}, {{get: () => ({json.dumps(stub)}), set: () => true}})}};</script>"
            f'<script src="{PLOTLY_JS.as_uri()}" charset="utf-8"></script>'
            f'<script src="{KALEIDO_JS.as_uri()}"></script></head>'
            '<body style="margin: 0; padding: 0;"><img id="kaleido-image" /></body></html>'
        )


def find_browser() -> str | None:
    """Path of a Chromium or Chrome: $BROWSER_PATH if set, else PATH and the usual folders."""
    configured = os.environ.get("BROWSER_PATH")
    path = configured or Chromium.find_browser(skip_local=False)
    return path if path and Path(path).is_file() and os.access(path, os.X_OK) else None


class _Browser:
    """One Chromium and the thread with the event loop that talks to it."""

    def __init__(self, path: str) -> None:
        self.renders = 0
        self._path = path
        self._kaleido: kaleido.Kaleido | None = None
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda _loop, context: _log.debug("%s", context))
        self._thread = threading.Thread(target=self._loop.run_forever, name="picture", daemon=True)
        self._thread.start()

    def _run(self, work: Coroutine[Any, Any, _T], seconds: float) -> _T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    async def _open(self) -> None:
        self._kaleido = kaleido.Kaleido(
            path=self._path,
            page_generator=OfflinePage(word("frame.title", DEFAULT_LANGUAGE)),
            timeout=None,
            enable_extensions=False,
            proxy_server=DEAD_PROXY,
        )
        await self._kaleido.open()

    def open(self) -> None:
        self._run(self._open(), START_SECONDS)

    def draw(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        if self._kaleido is None:
            raise RuntimeError("browser not open")
        self.renders += 1
        content: bytes = self._run(self._kaleido.calc_fig(figure, opts=options), RENDER_SECONDS)
        return content

    def is_alive(self) -> bool:
        process = getattr(self._kaleido, "subprocess", None)
        return process is not None and process.poll() is None

    def close(self) -> None:
        """Politely for three seconds if it still answers, then by the process group it leads."""
        process = getattr(self._kaleido, "subprocess", None)
        with contextlib.suppress(Exception, CancelledError):
            if self._kaleido is not None and self.is_alive():
                self._run(self._kaleido.close(), 3.0)
        if process is not None and process.poll() is None:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        self._loop.call_soon_threadsafe(self._loop.stop)


class Renderer:
    """Draws one figure at a time; replaces a browser that died or hangs once per figure."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._browser: _Browser | None = None
        self.failed_at: float | None = None  # monotonic time of the last failed start

    def render(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        """One picture at a time; raises RenderUnavailable("busy") when the queue is too long."""
        if not self._lock.acquire(timeout=QUEUE_SECONDS):
            raise RenderUnavailable("busy", f"queue longer than {QUEUE_SECONDS:.0f} s")
        try:
            return self._render_locked(figure, options)
        finally:
            self._lock.release()

    def _render_locked(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        detail = ""
        for _attempt in range(2):
            browser = self._ready_browser()
            try:
                return browser.draw(figure, options)
            except (KaleidoError, JavascriptError) as error:
                raise FigureNotDrawn(str(error)) from error
            except (Exception, CancelledError) as error:
                detail = f"{type(error).__name__}: {error}"
                _log.warning("picture browser replaced after %s", detail)
                self._drop()
        raise RenderUnavailable("failed", detail)

    def _ready_browser(self) -> _Browser:
        browser = self._browser
        if browser and browser.is_alive() and browser.renders < RENDERS_PER_BROWSER:
            return browser
        self._drop()
        path = find_browser()
        if path is None:
            raise RenderUnavailable("missing", "no Chromium or Chrome found")
        self._browser = _Browser(path)
        try:
            self._browser.open()
        except (Exception, CancelledError) as error:
            self.failed_at = time.monotonic()
            self._drop()
            raise RenderUnavailable("broken", f"{path}: {type(error).__name__}: {error}") from error
        self.failed_at = None
        return self._browser

    def _drop(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            browser.close()

    def warm_up(self) -> None:
        """Start the browser if it is not running."""
        with self._lock, contextlib.suppress(RenderUnavailable):
            self._ready_browser()

    def rest(self) -> None:
        """End the browser unless it draws just now."""
        if self._lock.acquire(blocking=False):
            try:
                self._drop()
            finally:
                self._lock.release()

    def close(self) -> None:
        """End the browser."""
        self._drop()


_renderer: Final = Renderer()
atexit.register(_renderer.close)


def unavailable_reason() -> str | None:
    """None if pictures can be made; else a key of [download.unavailable]: missing, broken.

    Looks only for the program; a browser that failed to start counts as broken for a minute.
    """
    if find_browser() is None:
        return "missing"
    failed_at = _renderer.failed_at
    return "broken" if failed_at is not None and time.monotonic() - failed_at < 60 else None


def is_available() -> bool:
    """Whether pictures can be made on this machine."""
    return unavailable_reason() is None


def start_in_background() -> None:
    """Start the browser ahead of the first picture (which then takes 0.3 s instead of 3)."""
    if is_available():
        threading.Thread(target=_renderer.warm_up, name="picture-warm-up", daemon=True).start()


def stop() -> None:
    """End the browser; the next picture starts another."""
    _renderer.close()


def rest() -> None:
    """Give the browser's memory (some 400 MB) back to what needs it; the next picture starts it."""
    _renderer.rest()


def render_picture(
    figure: go.Figure | dict[str, Any],
    format: Format,
    width: int,
    height: int,
    scale: float = 1.0,
) -> bytes:
    """The figure as a PNG, SVG or PDF file of width x height layout pixels (1/96 inch in a PDF).

    `scale` multiplies the pixels of a PNG or the size of a PDF's sheet. Boundaries must lie in the
    figure: an address would never be fetched. Returns within two minutes at worst.

    Raises RenderUnavailable (no working browser), FigureNotDrawn (plotly.js refused the figure),
    ValueError (wrong arguments).
    """
    if format not in FORMATS:
        raise ValueError(f"format {format!r}: expected one of {FORMATS}")
    if not (0.1 <= scale <= 8 and width >= 10 and height >= 10):
        raise ValueError(f"{width} x {height} times {scale}: expected 10 px or more, scale 0.1-8")
    content = figure if isinstance(figure, dict) else figure.to_dict()
    shared = content.get("layout", {}).get("template", {}).get("data", {}).get("choropleth", [])
    for trace in [*content["data"], *shared]:
        if isinstance(trace.get("geojson"), str):
            raise ValueError(f"geojson is an address ({trace['geojson'][:60]}): put the object in")
    options = {"format": format, "width": width, "height": height, "scale": scale}
    return _renderer.render(content, options)

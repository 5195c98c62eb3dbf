"""Files the browser keeps for good: ours under /assets, compressed ones of the framework."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import importlib.util
import json
import mimetypes
import re
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from dashboard.words import catalogue

STATIC_DIR: Final = Path(__file__).parent.parent / "static"
ASSETS: Final = "/assets"
# plotly.js asks for <topojsonURL>world_110m.json; the stub is empty and never changes.
TOPOJSON_URL: Final = f"{ASSETS}/topojson/"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_MEDIA_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".woff2": "font/woff2",
}
_TEXTUAL: Final = ("text/", "application/json", "application/geo+json", "image/svg+xml")
_SMALLEST: Final = 600
_IMPORT: Final = re.compile(r"""(?:from|import)\s*"\./([\w.-]+\.js)\"""")
_IMPORTS_WITHIN: Final = 20_000  # characters at the head of a chunk


_WORDS_PLACE: Final = b"{/* framework words */}"


@dataclass(frozen=True)
class Asset:
    """One file with its address; compressed once, when first asked for."""

    url_path: str
    content: bytes
    media_type: str

    @cached_property
    def compressed(self) -> bytes | None:
        """The gzip form, or None where that would not help."""
        if len(self.content) < _SMALLEST or not self.media_type.startswith(_TEXTUAL):
            return None
        return gzip.compress(self.content, compresslevel=9, mtime=0)


def media_type(name: str) -> str:
    """The media type of a file name."""
    return (
        _MEDIA_TYPES.get(Path(name).suffix)
        or mimetypes.guess_type(name)[0]
        or "application/octet-stream"
    )


@cache
def static_assets() -> Mapping[str, Asset]:
    """The files of static/ by name; the address carries a hash of the content."""
    found: dict[str, Asset] = {}
    for path in sorted(STATIC_DIR.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(STATIC_DIR).as_posix()
        content = path.read_bytes()
        if name == "frame.js":
            content = content.replace(_WORDS_PLACE, _framework_words())
        if name.startswith("plotly/") and name.endswith(".js"):
            content = _as_module(content)
        if name.startswith("topojson/"):
            url = f"{ASSETS}/{name}"
        else:
            url = f"{ASSETS}/{hashlib.sha256(content).hexdigest()[:12]}/{name}"
        found[name] = Asset(url, content, media_type(name))
    return found


def _as_module(script: bytes) -> bytes:
    """A part of plotly.js, which is made for <script>, as a module that can be imported."""
    return b"const module = {exports: {}};\n" + script + b"\nexport default module.exports;\n"


def _framework_words() -> bytes:
    """JSON object: each word of the framework in English -> in Vietnamese."""
    english, vietnamese = catalogue("en"), catalogue("vi")
    keys = [key for key in english if key.startswith("framework.")]
    return json.dumps({english[k]: vietnamese[k] for k in keys}, ensure_ascii=False).encode()


def asset_url(name: str) -> str:
    """The address of a file of static/: asset_url("frame.js") -> "/assets/…/frame.js"."""
    return static_assets()[name].url_path


def all_assets() -> dict[str, Asset]:
    """Every file served under /assets by its address: static/ and the boundaries."""
    files: Iterable[Asset] = (*static_assets().values(), *_boundaries())
    return {asset.url_path: asset for asset in files}


def _boundaries() -> list[Asset]:
    if importlib.util.find_spec("dashboard.boundaries") is None:
        return []
    module = importlib.import_module("dashboard.boundaries")
    return [Asset(a.url_path, a.content, a.media_type) for a in module.boundary_assets().values()]


class BundleFiles:
    """Compressed copies, in memory, of the framework's hashed bundles.

    The first request of a bundle is answered by the framework, uncompressed, while a thread
    compresses it; later ones come from here. Nothing waits, and only what is used is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {
            f"/static/{path.relative_to(folder).as_posix()}": path
            for path in folder.rglob("*")
            if path.suffix in (".js", ".css")
        }
        self._ready: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="compress")

    def compressed(self, url_path: str) -> bytes | None:
        """The gzip form of a bundle if there is one already."""
        ready = self._ready.get(url_path)
        if ready is not None or url_path not in self._files:
            return ready
        with self._lock:
            if url_path not in self._asked:
                self._asked.add(url_path)
                self._pool.submit(self._compress, url_path)
        return None

    def _compress(self, url_path: str) -> None:
        self._ready[url_path] = gzip.compress(self._files[url_path].read_bytes(), 6, mtime=0)

    def with_imports(self, names: Iterable[str]) -> list[str]:
        """Addresses of the named chunks and of all they import, each after its importer."""
        waiting = [url for name in names for url in self._files if f"/{name}." in url]
        found: dict[str, None] = {}
        while waiting:
            url = waiting.pop(0)
            if url not in found and url in self._files:
                found[url] = None
                code = self._files[url].read_text(encoding="utf-8")[:_IMPORTS_WITHIN]
                waiting += [f"/static/js/{name}" for name in _IMPORT.findall(code)]
        return list(found)

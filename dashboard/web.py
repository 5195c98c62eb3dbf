"""Routes and middleware of the web server: health, assets, security headers, the HTML document."""

from __future__ import annotations

import ast
import base64
import gc
import hashlib
import html
import importlib
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, quote

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import picture
from dashboard.compression import use_large_window
from dashboard.facts import load_view_facts
from dashboard.figure_component import COMPONENT_SCRIPT, MAP_BUNDLE
from dashboard.navigation import PAGES, page_paths
from dashboard.static_files import IMMUTABLE, BundleFiles, all_assets, asset_url
from dashboard.view import MISSING_PAGE
from dashboard.warehouse import NoSnapshot, close_all, open_snapshot, query_once
from dashboard.words import DEFAULT_LANGUAGE, LANGUAGES, word

FRAMEWORK_DIR: Final = Path(streamlit.__file__).parent / "static"
# Chunks of the framework that the first screen needs: asked for at once instead of in turn, and
# the map's library is evaluated while the browser waits for the server.
FIRST_SCREEN: Final = (
    "DateInput", "Selectbox", "Checkbox", "ButtonGroup", "Metric", "BidiComponent",
)  # fmt: skip
SWITCH_SECONDS: Final = 0.0005
HEALTH_SQL: Final = "SELECT count(*) AS province_count FROM mart.province"

_HIDDEN: Final = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
_NOT_A_PAGE: Final = (
    "/_stcore/", "/static/", "/media/", "/component/", "/assets/", "/app/static/", "/auth/",
)  # fmt: skip
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def routes() -> list[Route]:
    """Our routes; the framework's come after them."""
    assets = all_assets()

    async def serve_asset(request: Request) -> Response:
        asset = assets.get(request.url.path)
        if asset is None:
            return Response("no such file", 404, media_type="text/plain")
        headers = {"Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
        compressed = asset.compressed if _takes_gzip(request.scope) else None
        if compressed is not None:
            headers["Content-Encoding"] = "gzip"
        return Response(compressed or asset.content, headers=headers, media_type=asset.media_type)

    async def serve_icon(_: Request) -> Response:
        # The framework asks for its own icon once, before it learns of ours.
        icon = assets[asset_url("favicon.svg")]
        headers = {"Cache-Control": "public, max-age=86400"}
        return Response(icon.content, headers=headers, media_type=icon.media_type)

    return [
        Route("/healthz", healthz),
        Route("/assets/{path:path}", serve_asset),
        Route("/favicon.png", serve_icon),
    ]


async def healthz(_: Request) -> Response:
    """200 with the snapshot's id when a query on it works, else 503 with the reason."""
    return await run_in_threadpool(_health)


def _health() -> Response:
    headers = {"Cache-Control": "no-store"}
    try:
        snapshot = open_snapshot()
        count = int(query_once(HEALTH_SQL, snapshot)["province_count"].iloc[0])
    except NoSnapshot as error:
        body = {"status": "unavailable", "reason": error.code, "detail": error.what}
        return JSONResponse({**body, "fix": error.fix}, 503, headers=headers)
    except Exception as error:
        body = {"status": "unavailable", "reason": "query_failed", "detail": type(error).__name__}
        return JSONResponse(body, 503, headers=headers)
    as_of = snapshot.as_of_date
    found: dict[str, Any] = {
        "status": "ok",
        "snapshot": snapshot.id,
        "as_of_date": as_of.isoformat() if as_of else None,
        "schema_version": snapshot.schema_version,
        "province_count": count,
    }
    return JSONResponse(found, headers=headers)


def middleware() -> list[Middleware]:
    """Our middleware, outermost first."""
    return [Middleware(FrameMiddleware, documents=Documents(FRAMEWORK_DIR))]


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[dict[str, Any]]:
    """Get ready before the first visitor comes: code loaded, snapshot open."""
    use_large_window()
    # The thread that sends gets its turn while a script runs, so that the map, which comes first,
    # leaves before the rest of the page is made.
    sys.setswitchinterval(SWITCH_SECONDS)
    await run_in_threadpool(_warm_up)
    yield {}
    picture.stop()
    close_all()


def _warm_up() -> None:
    for entry in PAGES:
        for node in ast.walk(ast.parse(entry.script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                importlib.import_module(node.module)
    try:
        snapshot = open_snapshot()
        load_view_facts(snapshot)
        print(f"snapshot {snapshot.id} of {snapshot.as_of_date}", flush=True)
    except NoSnapshot as error:
        print(f"warning: {error}", flush=True)
    except Exception as error:  # the pages and /healthz will say what is wrong with it
        print(f"warning: {type(error).__name__}: {error}", flush=True)
    # What is loaded now stays: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()


class Documents:
    """The framework's HTML document in our form: one per language, with the hash CSP needs."""

    def __init__(self, folder: Path) -> None:
        source = (folder / "index.html").read_text(encoding="utf-8")
        self.bundles = BundleFiles(folder / "static")
        self.csp = content_security_policy(source)
        self.by_lang = {lang: self._rewrite(source, lang).encode() for lang in LANGUAGES}
        self.etags = {
            lang: f'"{hashlib.sha256(body).hexdigest()[:20]}"'
            for lang, body in self.by_lang.items()
        }

    def _rewrite(self, source: str, lang: str) -> str:
        title = html.escape(word("frame.title", lang))
        head = "".join(
            (
                f'<script src="{asset_url("frame.js")}"></script>',
                f'<link rel="stylesheet" href="{asset_url("frame.css")}">',
            )
        )
        framework = [u for u in self.bundles.with_imports(FIRST_SCREEN) if f".{u}" not in source]
        early = "".join(
            f'<link rel="modulepreload"{" crossorigin" if url in framework else " data-evaluate"}'
            f' href="{url}">'
            for url in (*framework, asset_url(COMPONENT_SCRIPT), asset_url(MAP_BUNDLE))
        )
        for old, new in (
            ('<html lang="en">', f'<html lang="{lang}">'),
            ('<meta charset="UTF-8" />', f'<meta charset="UTF-8" />{head}'),
            ("</head>", f"{early}</head>"),
            ("<title>Streamlit</title>", f"<title>{title}</title>"),
            ('href="./favicon.png"', f'href="{asset_url("favicon.svg")}"'),
        ):
            if source.count(old) != 1:
                raise ValueError(f"index.html of the framework has changed: expected one {old!r}")
            source = source.replace(old, new)
        source = re.sub(r'\s*<link rel="service-desc"[^>]*>', "", source)
        source = re.sub(r"<!--.*?-->\s*", "", source, flags=re.DOTALL)
        needs = html.escape(word("frame.needs_javascript", lang))
        return re.sub(
            r"<noscript>.*?</noscript>", f"<noscript>{needs}</noscript>", source, flags=re.DOTALL
        )


def content_security_policy(document: str) -> str:
    """The policy for a document: only our own origin, and its one inline script by hash."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in _INLINE_SCRIPT.findall(document)
    )
    return (
        f"default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    )


class FrameMiddleware:
    """Plain ASGI, because websockets pass through it."""

    def __init__(self, app: ASGIApp, documents: Documents) -> None:
        self.app = app
        self.documents = documents
        self._security: list[tuple[bytes, bytes]] = [
            (name.encode(), value.encode())
            for name, value in {
                "content-security-policy": documents.csp,
                "x-content-type-options": "nosniff",
                "x-frame-options": "SAMEORIGIN",
                "referrer-policy": "same-origin",
                "cross-origin-resource-policy": "same-origin",
                "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), "
                "usb=()",
            }.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._security]
            await send(message)

        response = self._own_response(scope, path)
        if response is not None:
            await response(scope, receive, send_secured)
            return
        await self.app(scope, receive, send_secured)

    def _own_response(self, scope: Scope, path: str) -> Response | None:
        if path.startswith(_HIDDEN):
            return Response("not found", 404, media_type="text/plain")
        if scope["method"] not in ("GET", "HEAD"):
            return None
        if path.startswith("/static/"):
            return self._bundle(scope, path)
        name = path.strip("/")
        if path.startswith(_NOT_A_PAGE) or "." in name or name in ("healthz", "oauth2callback"):
            return None
        if name in page_paths() and (path == "/" or not path.endswith("/")):
            return self._document(scope)
        if name in page_paths():
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"/{name}" + (f"?{query}" if query else ""))
        return RedirectResponse(f"/?{MISSING_PAGE}={quote(name[:40])}")

    def _document(self, scope: Scope) -> Response:
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
        lang = asked if asked in LANGUAGES else DEFAULT_LANGUAGE
        etag = self.documents.etags[lang]
        headers = {"Cache-Control": "no-cache", "ETag": etag}
        if _header(scope, b"if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(self.documents.by_lang[lang], headers=headers, media_type="text/html")

    def _bundle(self, scope: Scope, path: str) -> Response | None:
        if not _takes_gzip(scope) or _header(scope, b"range"):
            return None
        body = self.documents.bundles.compressed(path)
        if body is None:
            return None
        kind = "text/css" if path.endswith(".css") else "text/javascript"
        headers = {
            "Content-Encoding": "gzip",
            "Cache-Control": IMMUTABLE,
            "Vary": "Accept-Encoding",
        }
        return Response(body, headers=headers, media_type=kind)


def _header(scope: Scope, name: bytes) -> str:
    return next((v.decode("latin-1") for n, v in scope["headers"] if n == name), "")


def _takes_gzip(scope: Scope) -> bool:
    return "gzip" in _header(scope, b"accept-encoding")

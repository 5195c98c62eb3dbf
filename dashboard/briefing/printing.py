"""HTML or a Word document -> PDF by a program of this machine that never goes online."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from dashboard.picture import DEAD_PROXY, RenderUnavailable, find_browser

PRINT_SECONDS: Final = 90.0  # of one document; the 63 sheets take a few
OFFICE_SECONDS: Final = 120.0
QUEUE_SECONDS: Final = 120.0
FIXED_DAY: Final = date(2000, 1, 1)
CONTENT_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
# Named in this order since Debian's Liberation Serif, which passes for Times New Roman on Linux,
# has no Vietnamese letters; Tinos has, and the same widths.
PAPER_FONT: Final = "Tinos, 'Noto Serif', 'Times New Roman', serif"
OFFICE_FONT: Final = "Tinos"

_FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-extensions", "--disable-sync", "--disable-background-networking",
    "--disable-component-update", "--metrics-recording-only", "--password-store=basic",
    f"--proxy-server={DEAD_PROXY}", "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
_OFFICE: Final = ("soffice", "libreoffice")
_OFFICE_FILTER: Final = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_DATES: Final = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{14})([^)]*)(\))")
_IDS: Final = re.compile(rb"(/ID ?\[ ?<)([0-9A-F]+)(> ?\r?\n?<)([0-9A-F]+)(>)", re.IGNORECASE)
_NODES: Final = re.compile(rb"\bnode\d{8}\b")
_CHECKSUM: Final = re.compile(rb"(/DocChecksum ?/)([0-9A-F]+)", re.IGNORECASE)

_log = logging.getLogger(__name__)
_turn: Final = threading.Lock()  # one at a time: each takes a core and some 200 MB


def print_html(html: str, *, day: date = FIXED_DAY) -> bytes:
    """A page of HTML as a tagged PDF with an outline; its sheets are as its CSS says (@page).

    All that it shows must lie in it (data: addresses); CONTENT_POLICY belongs into its head. The
    same HTML gives the same bytes: `day` is when the file says it was made.

    Raises RenderUnavailable: missing (no browser), broken (it does not start), busy (the queue is
    too long), failed (it died, hung, or the disk is full).
    """
    browser = find_browser()
    if browser is None:
        raise RenderUnavailable("missing", "no Chromium or Chrome found")
    with _queued(), _folder() as folder:
        page, printed = folder / "page.html", folder / "page.pdf"
        _write(page, html.encode("utf-8"))
        command = [
            browser,
            *_FLAGS,
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={printed}",
            page.as_uri(),
        ]
        return fixed_pdf(_made(command, printed, folder, PRINT_SECONDS), day)


def office_pdf(document: bytes, *, day: date = FIXED_DAY) -> bytes:
    """A DOCX file as a tagged PDF by LibreOffice; raises RenderUnavailable as print_html does."""
    office = find_office()
    if office is None:
        raise RenderUnavailable("missing", "no LibreOffice found")
    with _queued(), _folder() as folder:
        given, printed = folder / "report.docx", folder / "report.pdf"
        _write(given, document)
        profile = (folder / "profile").as_uri()
        command = [
            office,
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            _OFFICE_FILTER,
            "--outdir",
            str(folder),
            str(given),
        ]
        return fixed_pdf(_made(command, printed, folder, OFFICE_SECONDS), day)


def find_office() -> str | None:
    """Path of LibreOffice, None without it."""
    return next((path for name in _OFFICE if (path := shutil.which(name))), None)


def fixed_pdf(content: bytes, day: date) -> bytes:
    """The PDF with fixed dates and ids; what is replaced keeps its length, as its index asks."""

    def dated(found: re.Match[bytes]) -> bytes:
        zone = re.sub(rb"\d", b"0", found[3])
        return found[1] + day.strftime("%Y%m%d000000").encode() + zone + found[4]

    def blank(found: re.Match[bytes]) -> bytes:
        return b"".join(b"0" * len(g) if n % 2 else g for n, g in enumerate(found.groups()))

    content = _DATES.sub(dated, content)
    # Chromium names the parts of the tag tree by a counter that starts a little higher or lower.
    # The order stays, so that sorted lists of names stay sorted.
    names = {name: b"node%08d" % n for n, name in enumerate(sorted(set(_NODES.findall(content))))}
    content = _NODES.sub(lambda found: names[found[0]], content)
    return _CHECKSUM.sub(blank, _IDS.sub(blank, content))


@contextlib.contextmanager
def _queued() -> Iterator[None]:
    if not _turn.acquire(timeout=QUEUE_SECONDS):
        raise RenderUnavailable("busy", f"queue longer than {QUEUE_SECONDS:.0f} s")
    try:
        yield
    finally:
        _turn.release()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder of its own that is gone afterwards, whatever happens."""
    try:
        name = tempfile.mkdtemp(prefix="ttdn-print-")
    except OSError as error:
        raise RenderUnavailable("failed", str(error)) from error
    try:
        yield Path(name)
    finally:
        shutil.rmtree(name, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RenderUnavailable("failed", str(error)) from error


def _made(command: Sequence[str], printed: Path, folder: Path, seconds: float) -> bytes:
    """What the program printed; a second attempt where the first died or hung."""
    detail = ""
    for _attempt in range(2):
        detail = _run(command, folder, seconds)
        content = printed.read_bytes() if printed.is_file() else b""
        if not detail and content.startswith(b"%PDF-") and b"%%EOF" in content[-32:]:
            return content
        detail = detail or f"{len(content)} bytes instead of a whole file"
        _log.warning("printing failed: %s", detail)
        printed.unlink(missing_ok=True)
        shutil.rmtree(folder / "profile", ignore_errors=True)
    raise RenderUnavailable("failed", detail)


def _run(command: Sequence[str], folder: Path, seconds: float) -> str:
    """Run to the end; "" or what went wrong. Raises RenderUnavailable("broken")."""
    home = {"HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | home,
            cwd=folder,
            start_new_session=True,  # its children can be ended with it
        )
    except OSError as error:
        raise RenderUnavailable("broken", f"{command[0]}: {error}") from error
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return f"{Path(command[0]).name} did not end within {seconds:.0f} s"
    finally:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode:
        last = said.decode("utf-8", "replace").strip().splitlines()[-1:]
        return f"{Path(command[0]).name} ended with {process.returncode}: {' '.join(last)[:300]}"
    return ""

"""Scanned pages → text by tesseract with Vietnamese, where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import cache
from typing import Final

from etl.readers.refusals import refusal

LANGUAGE: Final = "vie"
_DOTS_PER_INCH: Final = 300
_SECONDS_PER_PAGE: Final = 90
_MOST_PIXELS: Final = 40_000_000  # an A3 page at 300 dots per inch has 17 million


@cache
def can_recognize() -> bool:
    """Whether tesseract and its Vietnamese data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in (listed.stdout + listed.stderr).decode("utf-8", "replace").split()


def recognize_page(content: bytes, number: int) -> str:
    """Text of a page (from 0) of a PDF. Raises UnreadableDocument (too_slow, reader_failed).

    Picture and text go through pipes: nothing is written to a disk.
    """
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DOTS_PER_INCH)],
            input=_picture(content, number),
            capture_output=True,
            timeout=_SECONDS_PER_PAGE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refusal("too_slow", got=f"OCR of page {number + 1}") from None
    if done.returncode:
        raise refusal("reader_failed", got=f"OCR of page {number + 1}: {done.stderr[:100]!r}")
    return done.stdout.decode("utf-8", "replace").replace("\f", "\n").strip()


def _picture(content: bytes, number: int) -> bytes:
    """A page as a grey PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        page = document[number]
        width, height = page.get_size()
        scale = _DOTS_PER_INCH / 72
        if width * height * scale * scale > _MOST_PIXELS:
            scale = (_MOST_PIXELS / (width * height)) ** 0.5
        image = page.render(scale=scale, grayscale=True).to_pil()
    finally:
        document.close()
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()

"""Every page of a made briefing as a picture, drawn from the PDF that was made."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

import pypdfium2

_SCALE: Final = 110 / 72  # dots per point: sharp enough to be read on the page
MOST_PAGES: Final = 80


def page_images(files: Mapping[str, bytes]) -> list[bytes]:
    """The pages of the first PDF among the files as PNG, at most MOST_PAGES; none without one."""
    found = next((content for name, content in files.items() if name.endswith(".pdf")), None)
    if found is None:
        return []
    document = pypdfium2.PdfDocument(found)
    try:
        return [_png(document, number) for number in range(min(len(document), MOST_PAGES))]
    finally:
        document.close()


def _png(document: pypdfium2.PdfDocument, number: int) -> bytes:
    target = io.BytesIO()
    document[number].render(scale=_SCALE).to_pil().save(target, "PNG")
    return target.getvalue()

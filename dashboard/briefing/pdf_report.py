"""The report of a briefing as PDF: tagged, searchable, with outline and page numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from dashboard.briefing.content import Briefing
from dashboard.briefing.docx_report import write_docx
from dashboard.briefing.flow import Heading, flow
from dashboard.briefing.pdf_html import report_html
from dashboard.briefing.pictures import Pictures
from dashboard.briefing.printing import OFFICE_FONT, find_office, office_pdf, print_html
from dashboard.picture import RenderUnavailable, find_browser


def pdf_unavailable() -> str | None:
    """None where a PDF can be made; else a key of [briefing.pdf.unavailable]."""
    return None if find_browser() or find_office() else "missing"


def report_pages(briefing: Briefing, pictures: Pictures) -> dict[str, int]:
    """Anchor of each heading -> its page, for the contents of PDF and DOCX, which break alike.

    Printed once without its pictures, which takes half a second. Empty without a browser: the
    contents then have no page numbers.
    """
    try:
        draft = print_html(report_html(briefing, pictures, with_pictures=False))
    except RenderUnavailable:
        return {}
    return heading_pages(draft, [b.anchor for b in flow(briefing) if isinstance(b, Heading)])


def write_pdf(
    briefing: Briefing, pictures: Pictures, *, pages: Mapping[str, int] | None = None
) -> bytes:
    """The report as a PDF file, by Chromium, without it by LibreOffice from the DOCX.

    `pages` as report_pages gives them, worked out here where None. The same briefing and pictures
    give the same bytes. Raises RenderUnavailable with a reason of [briefing.pdf.unavailable]:
    missing, broken, busy, failed.
    """
    day = briefing.as_of
    try:
        if find_browser() is None:
            raise RenderUnavailable("missing", "no Chromium or Chrome found")
        known = report_pages(briefing, pictures) if pages is None else pages
        return print_html(report_html(briefing, pictures, known), day=day)
    except RenderUnavailable as error:
        if error.reason == "busy" or find_office() is None:
            raise
        # Its own Times New Roman on Linux is a face without Vietnamese letters (printing.py).
        return office_pdf(write_docx(briefing, pictures, pages=pages, font=OFFICE_FONT), day=day)


def heading_pages(content: bytes, anchors: list[str]) -> dict[str, int]:
    """Anchor -> number of the page that it is on; those that a PDF does not have are left out."""
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    places = {page.pageid: place for place, page in enumerate(PDFPage.create_pages(document), 1)}
    targets = resolve1(document.catalog.get("Dests")) or {}
    found: dict[str, int] = {}
    for anchor in anchors:
        target = resolve1(targets.get(anchor))
        if target and target[0].objid in places:
            found[anchor] = places[target[0].objid]
    return found

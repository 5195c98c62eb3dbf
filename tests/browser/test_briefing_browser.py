"""The briefing page: choose, reword, add a figure of another page, make, look, take the files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
from conftest import wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

from dashboard.words import word

OpenPage = Callable[..., Page]
EDITED = "Câu này do người dùng viết lại."


def choose_formats(page: Page, *wanted: str) -> None:
    """Only the wanted formats among the pills of files to make."""
    for name in ("docx", "pptx", "pdf", "xlsx", "letters", "sheets", "zip"):
        label = word(f"briefing.page.format_{name}", "vi")
        pill = page.locator(".st-key-briefing_formats").get_by_role("button", name=label)
        if (pill.get_attribute("aria-pressed") == "true") != (name in wanted):
            pill.click()
            wait_ready(page)


def take(page: Page, name: str) -> bytes:
    """The content of a file by the words on its button."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).last.click()
    return Path(waiting.value.path()).read_bytes()


def test_a_briefing_is_made_reworded_and_taken(open_page: OpenPage) -> None:
    page = open_page("/regulations?province=40&as_of=2024-12-31")
    page.locator(".st-key-regulations_counts_downloads button").first.click()
    page.get_by_role("button", name=word("briefing.chosen.put_in", "vi")).click()
    expect(page.get_by_role("button", name=word("briefing.chosen.take_out", "vi"))).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_role("heading", name=word("briefing.page.headline", "vi")).wait_for()
    wait_ready(page)
    # The province of the bar is what the briefing is about, and the figure came along.
    expect(
        page.get_by_role("heading", name=re.compile("thông tin đối ngoại: Nghệ An"))
    ).to_be_visible()
    assert "province=40" in page.url
    expect(page.get_by_text(word("briefing.page.chosen", "vi", count=1))).to_be_visible()

    first = page.get_by_test_id("stTextArea").locator("textarea").first
    assert "Căn cứ QĐ 79/2010 đã hết hiệu lực" in first.input_value()
    first.fill(EDITED)
    first.press("Control+Enter")
    wait_ready(page)
    expect(page.get_by_text(word("briefing.page.edited", "vi", count=1))).to_be_visible()
    choose_formats(page, "docx", "pdf", "xlsx")
    page.get_by_role("button", name=word("briefing.page.make", "vi")).click()
    page.get_by_role("heading", name=word("briefing.page.files", "vi")).wait_for(timeout=60_000)
    wait_ready(page)

    report = docx.Document(io.BytesIO(take(page, word("briefing.page.format_docx", "vi"))))
    texts = [paragraph.text for paragraph in report.paragraphs]
    assert any(EDITED in text and "sửa" in text for text in texts)
    assert any("Nghệ An" in text for text in texts)
    content = take(page, word("briefing.page.format_pdf", "vi"))
    printed = pypdf.PdfReader(io.BytesIO(content))
    assert EDITED in " ".join(" ".join(p.extract_text() for p in printed.pages).split())
    book = openpyxl.load_workbook(io.BytesIO(take(page, word("briefing.page.format_xlsx", "vi"))))
    assert len(book.sheetnames) >= 5

    page.get_by_role("tab", name=word("briefing.page.preview", "vi")).click()
    pictures = page.get_by_test_id("stImage").locator("img")
    expect(pictures).to_have_count(len(printed.pages))
    assert pictures.first.evaluate("e => e.decode().then(() => e.naturalWidth)") > 600
    # Another choice makes what was made old; it stays and says so.
    page.get_by_role("radio", name=word("briefing.page.kind_country", "vi")).click()
    wait_ready(page)
    expect(page.get_by_text(word("briefing.page.old", "vi"))).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_test_id("stMain")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def test_without_a_province_nothing_is_made(open_page: OpenPage) -> None:
    page = open_page("/briefing")
    page.get_by_role("radio", name=word("briefing.page.kind_provinces", "vi")).click()
    expect(page.get_by_text(word("briefing.page.no_scope", "vi"))).to_be_visible()
    expect(page.get_by_role("button", name=word("briefing.page.make", "vi"))).to_have_count(0)

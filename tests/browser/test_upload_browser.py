"""From a file to a coloured province and back to its sentence, on the page as a clerk uses it."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import AppServer, wait_ready  # tests/browser/conftest.py
from playwright.sync_api import Page, expect

from dashboard.words import word
from etl.template_command import make_template
from tests.conftest import DATA
from tests.test_ingest import DECISION

OpenPage = Callable[..., Page]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"


@pytest.fixture
def fresh(warehouse: Path, tmp_path: Path, start_server: Callable[..., AppServer]) -> AppServer:
    """The app on a warehouse of its own: what is confirmed here is seen nowhere else."""
    return start_server(shutil.copytree(warehouse, tmp_path / "warehouse"))


def hand_in(page: Page, *files: Path) -> None:
    """Type a name, choose the files, hand them in."""
    name = page.get_by_role("textbox", name=word("upload.person", "vi"))
    if not name.input_value():
        name.fill("Nguyễn Văn Thử")
        name.press("Enter")
        wait_ready(page)
    page.locator("input[type=file]").set_input_files([str(file) for file in files])
    button = page.get_by_role("button", name=word("upload.hand_in", "vi"))
    expect(button).to_be_enabled()
    button.click()
    for file in files:
        text = word("upload.received", "vi", name=file.name)
        page.get_by_text(text).wait_for(timeout=40_000)
    wait_ready(page)


def confirm(page: Page) -> None:
    """Confirm what is shown, and wait until it is published."""
    wait_ready(page)
    page.get_by_role("button", name=word("upload.confirm", "vi")).first.click()
    page.get_by_text(word("upload.published", "vi")).wait_for(timeout=60_000)
    wait_ready(page)


def current_count(page: Page) -> str:
    """The number of provinces on the current base, from the words of the bars."""
    return (
        page.locator(".st-key-regulations_counts_chart .ttdn-figure").get_attribute("aria-label")
        or ""
    )


def test_a_document_becomes_a_colour_that_leads_back_to_its_sentence(
    open_page: OpenPage, fresh: AppServer, tmp_path: Path
) -> None:
    view = "/regulations?as_of=2024-03-01&province=38"
    page = open_page(view, on=fresh)
    page.locator(".st-key-regulations_counts_chart .ttdn-figure[aria-label]").wait_for()
    before = current_count(page)
    assert "55" in before

    file = tmp_path / "quyet-dinh.txt"
    file.write_text(DECISION, "utf-8")
    page.goto(f"{fresh.url}/upload")
    wait_ready(page)
    hand_in(page, file)
    expect(page.get_by_text("9917/2024/QĐ-UBND").first).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert "Thanh Hóa" in main.inner_text()
    assert "Upload" not in main.inner_text() and "per file" not in main.inner_text()
    # What would change is said before anybody confirms.
    expect(page.get_by_role("heading", name=word("upload.effect", "vi"))).to_be_visible()
    confirm(page)

    page.goto(fresh.url + view)
    wait_ready(page)
    page.locator(".st-key-regulations_counts_chart .ttdn-figure[aria-label]").wait_for()
    assert "56" in current_count(page)
    expect(page.get_by_text("9917/2024/QĐ-UBND").first).to_be_visible()
    page.get_by_role("link", name=word("document.text.open", "vi")).first.click()
    page.get_by_role("heading", name=word("document.text.title", "vi")).wait_for()
    wait_ready(page)
    marked = page.locator("mark")
    expect(marked.first).to_be_visible()
    assert any("72/2015" in text or "9917" in text for text in marked.all_inner_texts())


def test_errors_of_a_template_come_back_in_the_file_and_bad_files_with_a_reason(
    open_page: OpenPage, fresh: AppServer, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_template("regulations", DATA)))
    page_of_book = book["Quy chế"]
    columns = {str(cell.value): cell.column for cell in page_of_book[2]}
    page_of_book.cell(4, columns["province"]).value = "Tỉnh Không Có"
    page_of_book.cell(4, columns["document_number"]).value = "1/QĐ-UBND"
    template, hostile = tmp_path / "quy-che.xlsx", tmp_path / "rong.docx"
    book.save(template)
    hostile.write_bytes(b"PK\x03\x04 no document")
    page = open_page("/upload", on=fresh)
    hand_in(page, template)
    expect(page.get_by_role("button", name=word("upload.confirm", "vi"))).to_have_count(0)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=word("upload.workbook_marked", "vi")).click()
    marked = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    note = marked["Quy chế"].cell(4, columns["province"]).comment
    assert note is not None and "Chọn tên trong danh sách" in note.text

    hand_in(page, hostile)
    page.get_by_test_id("stSelectbox").filter(has_text=word("upload.choose", "vi")).click()
    page.get_by_role("option", name="rong.docx").click()
    wait_ready(page)
    expect(page.get_by_test_id("stAlert").filter(has_text=word("rejection.damaged", "vi"))
           ).to_be_visible()  # fmt: skip
    with page.expect_download() as waiting:
        page.get_by_text(word("upload.templates", "vi")).click()
        page.get_by_role("button", name=word("upload.template.result_reports", "vi")).click()
    assert openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes())).sheetnames


def test_the_four_documents_are_read_and_confirmed(open_page: OpenPage, fresh: AppServer) -> None:
    files = sorted(SHARED.glob("*.txt")) if SHARED.is_dir() else []
    if not files:
        assert os.environ.get("CI") != "true", f"{SHARED} is missing"
        pytest.skip(f"the real documents are not on this machine ({SHARED})")
    page = open_page("/upload", on=fresh)
    hand_in(page, *files)
    for left in range(len(files), 0, -1):
        heading = word("upload.waiting", "vi", count=left)
        expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=30_000)
        confirm(page)
    expect(page.get_by_text(word("upload.none_waiting", "vi"))).to_be_visible()
    page.goto(f"{fresh.url}/regulations?as_of=2023-07-31&province=40")
    wait_ready(page)
    page.get_by_role("link", name=word("document.text.open", "vi")).first.click()
    page.get_by_role("heading", name=word("document.text.title", "vi")).wait_for()
    expect(page.locator("mark").first).to_be_visible()

"""The report as PDF: printed by Chromium, without it by LibreOffice, with neither told why."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard import picture
from dashboard.briefing import pdf_report, printing
from dashboard.briefing.pdf_html import css_string, report_html
from dashboard.briefing.pdf_report import report_pages, write_pdf
from dashboard.briefing.pictures import Pictures, render_pictures
from dashboard.briefing.printing import CONTENT_POLICY, fixed_pdf, print_html
from dashboard.picture import RenderUnavailable
from tests.written_briefing import (
    DAY,
    EDITED,
    EVIDENCE,
    HEADLINE,
    MAP_ALT,
    MARK,
    MARK_NOTE,
    MARKED,
    MARKUP,
    SNAPSHOT,
    small_briefing,
    without_pictures,
)

needs_browser = pytest.mark.skipif(not picture.is_available(), reason="no Chromium here")


@pytest.fixture(scope="module", autouse=True)
def _browser_ends_with_the_tests() -> Iterator[None]:
    yield
    picture.stop()


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return render_pictures(small_briefing(), ["svg"])


@pytest.fixture(scope="module")
def printed(pictures: Pictures, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(write_pdf(small_briefing(), pictures))
    return path


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def tool(*command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


@needs_browser
def test_it_is_tagged_named_and_has_an_outline(printed: Path) -> None:
    info = tool("pdfinfo", str(printed))
    assert "Tagged:          yes" in info
    assert "Báo cáo công tác thông tin đối ngoại: cả nước" in info
    assert "(A4)" in info and "JavaScript:      no" in info
    reader = PdfReader(printed)
    assert str(reader.trailer["/Root"]["/Lang"]) == "vi"
    names = [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)]
    first = [entry for entry in reader.outline if isinstance(entry, list)]
    inner = [str(entry["/Title"]) for group in first for entry in group if isinstance(entry, dict)]
    assert "II. Quy chế quản lý hoạt động thông tin đối ngoại" in names + inner
    created = str(reader.metadata["/CreationDate"]) if reader.metadata else ""
    assert created.startswith("D:20241231000000")
    assert MAP_ALT in [str(o.get("/Alt")) for o in dictionaries(reader)]


def dictionaries(reader: PdfReader) -> Iterator[dict[str, object]]:
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        found = reader.get_object(number)
        if isinstance(found, dict):
            yield found


@needs_browser
def test_fonts_are_embedded_and_words_are_found(printed: Path) -> None:
    lines = tool("pdffonts", str(printed)).splitlines()[2:]
    assert lines and all(line.split()[-5] == "yes" for line in lines), lines
    assert any("Tinos" in line or "NotoSerif" in line for line in lines)
    text = flat(tool("pdftotext", str(printed), "-"))
    for wanted in (HEADLINE, MARKUP, f"{EDITED} (người dùng sửa)", *EVIDENCE, "29.000", "4.164,5",
                   "M119", "=1+1 <td>", "Độc lập - Tự do - Hạnh phúc", SNAPSHOT,
                   "Quần đảo Hoàng Sa", "Quần đảo Trường Sa"):  # fmt: skip
        assert flat(wanted) in text, wanted


@needs_browser
def test_pages_are_numbered_and_the_contents_tell_them(printed: Path, pictures: Pictures) -> None:
    pages = [flat(page.extract_text()) for page in PdfReader(printed).pages]
    known = report_pages(small_briefing(), pictures)
    assert list(known) == ["summary", "regulation", "changes", "sources", "evidence"]
    assert known["summary"] == 1 < known["regulation"] < known["changes"] < known["sources"]
    assert "III. Những thay đổi" in pages[known["changes"] - 1]
    assert "Phụ lục: nguồn số liệu" in pages[known["sources"] - 1]
    assert f"Những thay đổi {known['changes']}" in pages[0].replace("III. ", "")
    long = [text for text in pages if "M0" in text or "M1" in text]
    assert len(long) > 1 and all("Nội dung" in text for text in long), "the head is repeated"
    assert all("31/12/2024" in text for text in pages)
    turned = [p.mediabox.width > p.mediabox.height for p in PdfReader(printed).pages]
    assert sum(turned) == 1


@needs_browser
def test_same_input_same_bytes(printed: Path, pictures: Pictures) -> None:
    assert write_pdf(small_briefing(), pictures) == printed.read_bytes()


@needs_browser
def test_mark_of_made_up_data_is_on_every_page() -> None:
    briefing = without_pictures(MARKED())
    pages = PdfReader(io.BytesIO(write_pdf(briefing, Pictures(), pages={}))).pages
    assert len(pages) > 2
    for page in pages:
        text = flat(page.extract_text())
        assert MARK in text and MARK_NOTE in text


def test_html_escapes_everything_and_shuts_the_way_out() -> None:
    html = report_html(without_pictures(small_briefing()), Pictures())
    assert "<script" not in html and "=1+1 &lt;td&gt;" in html
    assert f'content="{CONTENT_POLICY}"' in html and "default-src 'none'" in CONTENT_POLICY
    assert css_string('a"</style>\n\\') == '"a\\22 \\3c /style\\3e \\a \\5c "'


def test_fixed_pdf_changes_no_length() -> None:
    given = (
        b"/CreationDate (D:20261124034943+07'00')\n/ModDate(D:20261124034943Z)\n/ID (node00000040)"
        b"/Headers [(node00000052) (node00000040)] /ID [ <AB12>\n<CD34> ] /DocChecksum /AB12"
    )
    fixed = fixed_pdf(given, date(2024, 12, 31))
    assert len(fixed) == len(given)
    assert fixed == (
        b"/CreationDate (D:20241231000000+00'00')\n/ModDate(D:20241231000000Z)\n/ID (node00000000)"
        b"/Headers [(node00000001) (node00000000)] /ID [ <0000>\n<0000> ] /DocChecksum /0000"
    )


def test_without_chromium_libreoffice_prints_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_report, "find_browser", lambda: None)
    briefing = without_pictures(small_briefing())
    if printing.find_office() is None:
        pytest.skip("no LibreOffice here")
    try:
        content = write_pdf(briefing, Pictures())
    except RenderUnavailable:
        pytest.skip("this LibreOffice has no Writer")
    reader = PdfReader(io.BytesIO(content))
    text = flat(" ".join(page.extract_text() for page in reader.pages))
    assert "Độc lập - Tự do - Hạnh phúc" in text and "M119" in text
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert write_pdf(briefing, Pictures()) == content


def test_with_neither_program_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_report, "find_browser", lambda: None)
    monkeypatch.setattr(pdf_report, "find_office", lambda: None)
    assert pdf_report.pdf_unavailable() == "missing"
    with pytest.raises(RenderUnavailable) as caught:
        write_pdf(without_pictures(small_briefing()), Pictures())
    assert caught.value.reason == "missing"


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("#!/bin/sh\nkill -9 $$\n", "failed"),  # the browser dies
        ("#!/bin/sh\nsleep 60\n", "failed"),  # it hangs
        ("#!/bin/sh\nexit 0\n", "failed"),  # it says that all is well, and there is no file
        ('#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) printf %%PDF-1.4 > "${a#*=}";; esac;'
         " done\n", "failed"),  # half a file
        ("#!/no/such/shell\n", "broken"),
    ],
)  # fmt: skip
def test_a_browser_that_fails_leaves_a_reason_and_no_file(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, folder = tmp_path / "browser", tmp_path / "tmp"
    browser.write_text(program)
    browser.chmod(0o755)
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(printing.tempfile, "tempdir", str(folder))
    monkeypatch.setattr(printing, "find_browser", lambda: str(browser))
    monkeypatch.setattr(printing, "PRINT_SECONDS", 0.5)
    with pytest.raises(RenderUnavailable) as caught:
        print_html("<p>x</p>", day=DAY)
    assert caught.value.reason == reason
    assert list(folder.iterdir()) == []

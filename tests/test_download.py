"""Downloads: open what was written and look for what must be in it; nothing goes online."""

from __future__ import annotations

import csv
import http.server
import io
import os
import re
import signal
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import boundaries, picture
from dashboard.charts import human_rights_parts, plot_class_counts, plot_reconciliation
from dashboard.download import (
    MAP_WIDTH,
    FigureContext,
    build_csv,
    build_picture,
    build_xlsx,
    file_name,
)
from dashboard.download.lines import text_width, wrap
from dashboard.download.page import compose
from dashboard.download.table import neutral
from dashboard.maps import plot_province_map
from dashboard.words import word

TITLE = "Quy chế quản lý hoạt động thông tin đối ngoại: Đắk Lắk, Thừa Thiên Huế & <Bà Rịa>"
SOURCES = ("3089/BTTTT-TTĐN, 31/07/2023, Bộ Thông tin và Truyền thông", "16/2020/QĐ-UBND, Hà Nội")
NOTICE = word("map.notice", "vi")
CONTEXT = FigureContext(
    title=TITLE,
    as_of=date(2023, 7, 31),
    vintage_label="63 tỉnh, thành phố (trước 01/7/2025)",
    snapshot_id="20261122T101500-a1b2c3d4",
    sources=SOURCES,
    stem="Quy chế thông tin đối ngoại - bản đồ 63 tỉnh",
    lang="vi",
    filters=(("Tuyến biên giới", "Việt Nam – Trung Quốc"),),
    legend=(("●", "Theo quy định hiện hành", 53), ("▼", "Căn cứ QĐ 79/2010 đã hết hiệu lực", 10)),
    notices=("Sáu tỉnh có nguồn mâu thuẫn.",),
    unknowns="Chín tỉnh chưa xác định được.",
)
MANY = replace(
    CONTEXT, sources=tuple(f"{n}/QĐ-UBND của UBND tỉnh, https://x.vn/{'y' * 99}" for n in range(80))
)
HOSTILE = ["=1+1", "+84 24", "-5 độ", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0"]


def chart() -> go.Figure:
    return plot_reconciliation(
        human_rights_parts(39, 63, 15, "vi"), "human_rights_plan", "vi", headings=("Công văn", "")
    )


def province_map(vintage: int = 2008, indicator: str = "regulation") -> go.Figure:
    codes = sorted(boundaries.CODES[vintage])
    classes = ["current" if place % 6 else "outdated" for place in range(len(codes))]
    statuses = pd.DataFrame({"province_code_gso": codes, "province_name": codes, "class": classes})
    return plot_province_map(
        statuses, indicator=indicator, vintage=vintage, lang="vi", geojson="inline", width=MAP_WIDTH
    )


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Mã": ["01", "02", "04"],
            "Tỉnh": ["Hà Nội", "=HYPERLINK(1)", None],
            "Ngày ban hành": [pd.Timestamp("2020-08-17"), pd.NaT, pd.Timestamp("2013-01-05")],
            "Năm": [2020, 2021, 2013],
            "Số tiền": [-1234567.5, 0.25, float("nan")],
            "Số dòng": [-3, 12345, 7],
            "Tuyến": [["china", "sea"], [], ["laos"]],
            "Hiện hành": [True, False, True],
        }
    )


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def pdf_text(content: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def svg_text(content: bytes) -> str:
    parts = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)", content.decode())
    return flat(unescape(" ".join(parts)))


@pytest.fixture(scope="module", autouse=True)
def _browser_ends_with_the_tests() -> Iterator[None]:
    yield
    picture.stop()


# --- pictures --------------------------------------------------------------------------------


def test_a_png_has_the_asked_pixels_and_is_not_blank() -> None:
    image = Image.open(io.BytesIO(picture.render_picture(chart(), "png", 400, 500, 2)))
    assert image.size == (800, 1000)
    colours = image.convert("RGB").getcolors(1 << 20)
    assert colours and len(colours) > 20
    assert max(colours)[0] < 0.9 * 800 * 1000


@pytest.mark.parametrize("vintage", [2008, 2025])
def test_a_map_on_paper_has_everything(vintage: int) -> None:
    content = build_picture(province_map(vintage), CONTEXT, "pdf")
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [596, 842]
    text = pdf_text(content)
    for expected in (
        TITLE, "Tính đến ngày 31/07/2023", "63 tỉnh, thành phố (trước 01/7/2025)",
        "Tuyến biên giới: Việt Nam – Trung Quốc", *SOURCES, CONTEXT.snapshot_id, NOTICE,
        "Sáu tỉnh có nguồn mâu thuẫn.", "Chín tỉnh chưa xác định được.", "Theo quy định hiện hành",
        "Hoàng Sa", "(Đà Nẵng)", "Trường Sa", "(Khánh Hòa)",
    ):  # fmt: skip
        assert expected in text
    assert text.count(NOTICE) == 1


def test_fonts_are_embedded_and_complete() -> None:
    resources = PdfReader(io.BytesIO(build_picture(province_map(), CONTEXT, "pdf"))).pages[0]
    fonts = [font.get_object() for font in resources["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font.get("/DescendantFonts", [font])[0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"].get_object(), font["/BaseFont"]
        assert "/ToUnicode" in font


def test_a_map_as_svg_is_vector_with_both_archipelagos() -> None:
    content = build_picture(province_map(), CONTEXT, "svg")
    assert content.count(b"<path") > 63 and b"<image" not in content
    text = svg_text(content)
    for expected in ("Hoàng Sa", "Trường Sa", TITLE, NOTICE, SOURCES[0]):
        assert expected in text
    assert b"<title>Quy ch" in content
    assert b"http://" not in content.replace(b"http://www.w3.org/", b"")


def test_a_map_as_png_shows_land_and_sea() -> None:
    content = build_picture(province_map(), CONTEXT, "png")
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert image.width == 3 * (MAP_WIDTH + 72)
    colours = {colour: n for n, colour in image.getcolors(1 << 22) or []}
    for expected in ((0x1F, 0x6F, 0xB2), (0xC8, 0x50, 0x1E), (0xEE, 0xF4, 0xF8), (255, 255, 255)):
        assert colours.get(expected, 0) > 5_000, expected


def test_a_chart_fills_a_sheet_lying_down() -> None:
    content = build_picture(chart(), CONTEXT, "pdf")
    page = PdfReader(io.BytesIO(content)).pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [842, 596]
    text = pdf_text(content)
    assert "chưa ban hành kế hoạch" in text and TITLE in text and NOTICE not in text


def test_the_warm_browser_is_fast() -> None:
    import time

    picture.render_picture(chart(), "png", 400, 500)
    start = time.monotonic()
    for _ in range(3):
        picture.render_picture(chart(), "png", 400, 500)
    assert (time.monotonic() - start) / 3 < 1.5  # 0.15 s on an idle machine


def test_many_threads_get_their_own_pictures() -> None:
    found: dict[int, bytes] = {}

    def draw(number: int) -> None:
        figure = go.Figure(layout={"title": {"text": f"hình-{number}-này"}, "template": {}})
        found[number] = picture.render_picture(figure, "svg", 200, 150)

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f"hình-{number}-này" in content.decode() for number, content in found.items())
    assert len(found) == 6


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSTOP])
def test_a_browser_that_died_or_hangs_is_replaced(
    ending: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture.render_picture(chart(), "svg", 300, 200)
    monkeypatch.setattr(picture, "RENDER_SECONDS", 6.0)
    browser = picture._renderer._browser
    assert browser and browser._kaleido
    process = browser._kaleido.subprocess
    os.killpg(process.pid, ending)
    assert picture.render_picture(chart(), "svg", 300, 200).startswith(b"<svg")
    process.wait(10)


def test_without_chromium_there_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    picture.stop()
    monkeypatch.setenv("BROWSER_PATH", "/nonexistent/chromium")
    assert picture.unavailable_reason() == "missing" and not picture.is_available()
    with pytest.raises(picture.RenderUnavailable) as caught:
        picture.render_picture(chart(), "png", 300, 200)
    assert caught.value.reason == "missing"


def test_a_broken_chromium_is_a_reason_too(monkeypatch: pytest.MonkeyPatch) -> None:
    picture.stop()
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    with pytest.raises(picture.RenderUnavailable):
        picture.render_picture(chart(), "png", 300, 200)
    assert picture.unavailable_reason() == "broken"
    monkeypatch.undo()
    assert picture.render_picture(chart(), "png", 300, 200)
    assert picture.unavailable_reason() is None


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("reason", ["missing", "broken", "busy", "failed"])
def test_every_reason_has_words(reason: str, lang: str) -> None:
    assert word(f"download.unavailable.{reason}", lang)


def test_wrong_arguments_are_refused() -> None:
    for arguments in (("gif", 300, 200, 1), ("png", 0, 200, 1), ("png", 300, 200, 99)):
        with pytest.raises(ValueError, match="expected"):
            picture.render_picture(chart(), *arguments)  # type: ignore[arg-type]
    address = plot_province_map(
        pd.DataFrame({"province_code_gso": ["01"], "province_name": ["x"], "class": ["current"]}),
        indicator="regulation", vintage=2008, lang="vi",
    )  # fmt: skip
    with pytest.raises(ValueError, match="geojson"):
        picture.render_picture(address, "png", 300, 200)


# --- nothing goes online ---------------------------------------------------------------------


def test_the_drawing_page_names_local_files_only() -> None:
    page = picture.OfflinePage("Tiêu đề").generate_index()
    assert picture.PLOTLY_JS.is_file() and picture.PLOTLY_JS.as_uri() in page
    assert "default-src 'none'" in page and "connect-src" not in page
    assert not re.search(r"https?://", page)


def test_a_figure_cannot_make_the_browser_ask_for_anything() -> None:
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    figure: dict[str, Any] = {
        "data": [{"type": "scattergeo", "lon": [106], "lat": [16]}],
        "layout": {
            "geo": {"scope": "asia", "resolution": 50},
            "images": [{"source": f"{address}/a.png", "x": 0, "y": 1, "sizex": 1, "sizey": 1}],
            "annotations": [{"text": f"<a href='{address}/b'>x</a>", "showarrow": False}],
        },
        "config": {"topojsonURL": f"{address}/topojson/", "plotlyServerURL": address},
    }
    try:
        assert picture.render_picture(figure, "svg", 300, 200).startswith(b"<svg")
    except picture.FigureNotDrawn:
        pass
    finally:
        server.shutdown()
    assert asked == []


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", picture.FORMATS)
@pytest.mark.parametrize("make", [chart, province_map])
@pytest.mark.parametrize("context", [CONTEXT, MANY])
def test_no_text_leaves_the_page(make: Any, format: picture.Format, context: FigureContext) -> None:
    page = compose(make().to_dict(), context, format)
    layout = page.figure["layout"]
    margin = layout["margin"]
    ours = [note for note in layout["annotations"] if "xshift" in note and "yshift" in note]
    ours = [note for note in ours if note.get("yref") == "paper" and note["y"] == 1]
    assert len(ours) > 5
    for note in ours:
        bold = "<b>" in note["text"]
        left = margin["l"] + note["xshift"]
        right = left + text_width(
            unescape(re.sub("<[^>]*>", "", note["text"])), note["font"]["size"], bold
        )
        top = margin["t"] - note["yshift"]
        if note["xref"] == "paper" and note["x"] == 0:
            assert left >= 0 and right <= page.width - 30
            assert 0 <= top <= page.height - note["font"]["size"]


def test_a_long_list_of_sources_is_counted_not_cut() -> None:
    text = pdf_text(build_picture(chart(), MANY, "pdf"))
    found = re.search(r"và (\d+) nguồn khác — xem tệp dữ liệu", text)
    assert found
    shown = len(re.findall(r"\d+/QĐ-UBND của UBND", text))
    assert shown + int(found[1]) == 80
    rows = build_csv(table(), MANY).decode("utf-8-sig")
    assert rows.count("# Nguồn: ") == 80


def test_wrapping_keeps_every_letter() -> None:
    text = f"một hai {'x' * 300} ba bốn năm"
    lines = wrap(text, 10, 120)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 10) <= 120 for line in lines)
    assert wrap("", 10, 100) == []


def test_the_legend_is_printed_where_a_map_lacks_it() -> None:
    figure = province_map().to_dict()
    labelled = compose(figure, CONTEXT, "png").figure["layout"]["annotations"]
    other = replace(CONTEXT, legend=(("●", "Nhãn không có trên bản đồ", 7),))
    added = compose(figure, other, "png").figure["layout"]["annotations"]
    assert len(added) == len(labelled) + 1
    assert any("Nhãn\u00a0không" in note["text"] for note in added)


# --- CSV -------------------------------------------------------------------------------------


def read_csv(content: bytes) -> tuple[list[str], list[list[str]]]:
    lines = content.decode("utf-8-sig").split("\r\n")
    head = [line for line in lines if line.startswith("# ")]
    return head, list(csv.reader(lines[len(head) :], delimiter=";"))[:-1]


def test_csv_begins_with_a_byte_order_mark_and_its_facts() -> None:
    content = build_csv(table(), CONTEXT)
    assert content.startswith(b"\xef\xbb\xbf# ")
    head, _ = read_csv(content)
    facts = "\n".join(head)
    for expected in (TITLE, "31/07/2023", "Việt Nam – Trung Quốc", *SOURCES, CONTEXT.snapshot_id):
        assert expected in facts
    assert f"{len(head)} dòng đầu" in head[0]


def test_csv_keeps_codes_numbers_dates_and_lists() -> None:
    _, rows = read_csv(build_csv(table(), CONTEXT))
    assert rows[0] == list(table().columns)
    assert rows[1] == ["01", "Hà Nội", "2020-08-17", "2020", "-1234567,5", "-3", "china; sea", "Có"]
    assert rows[2] == ["02", "'=HYPERLINK(1)", "", "2021", "0,25", "12345", "", "Không"]
    assert rows[3][1:5] == ["", "2013-01-05", "2013", ""]


def test_csv_can_be_read_back_by_a_machine() -> None:
    content = build_csv(table(), CONTEXT)
    head, _ = read_csv(content)
    frame = pd.read_csv(
        io.BytesIO(content), sep=";", decimal=",", skiprows=len(head), dtype={"Mã": str}
    )
    assert frame["Mã"].tolist() == ["01", "02", "04"]
    assert frame["Số tiền"].tolist()[:2] == [-1234567.5, 0.25]
    assert frame["Số dòng"].tolist() == [-3, 12345, 7]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_cells_are_data_in_csv(text: str) -> None:
    frame = pd.DataFrame({text: [text, 'x;"y"\n=z']})
    _, rows = read_csv(build_csv(frame, replace(CONTEXT, title=f"{text}\n=1")))
    content = build_csv(frame, CONTEXT).decode("utf-8-sig")
    assert rows[0][0].startswith("'") and rows[1][0].startswith("'")
    assert not re.search(r"(^|\n|;)\"?[=+@]", content.replace("\n=z", ""))
    assert neutral("an toàn = 1") == "an toàn = 1"


# --- XLSX ------------------------------------------------------------------------------------


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_xlsx_has_types_a_frozen_header_and_filters() -> None:
    sheet = book(build_xlsx(table(), CONTEXT))["Dữ liệu"]
    assert sheet["A1"].value == TITLE and "31/07/2023" in sheet["A2"].value
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Mã")
    assert sheet.freeze_panes == f"A{top + 1}"
    assert sheet.auto_filter.ref == f"A{top}:H{top + 3}"
    first = [sheet.cell(top + 1, column) for column in range(1, 9)]
    assert [cell.data_type for cell in first] == ["s", "s", "d", "n", "n", "n", "s", "s"]
    assert first[0].value == "01" and first[0].number_format == "@"
    assert first[2].value.date() == date(2020, 8, 17) and first[2].number_format == "dd/mm/yyyy"
    assert first[3].number_format == "0" and first[3].value == 2020
    assert first[4].number_format == "#,##0.00" and first[4].value == -1234567.5
    assert first[5].number_format == "#,##0" and first[5].value == -3
    assert first[7].value == "Có"
    assert sheet.cell(top + 2, 3).value is None and sheet.cell(top + 3, 5).value is None


def test_xlsx_tells_where_it_comes_from() -> None:
    workbook = book(build_xlsx(table(), CONTEXT))
    rows = [tuple(cell.value for cell in row) for row in workbook["Nguồn và bộ lọc"].iter_rows()]
    labels = [label for label, _ in rows]
    text = "\n".join(str(value) for _, value in rows)
    for expected in (TITLE, "31/07/2023", "Việt Nam – Trung Quốc", *SOURCES, CONTEXT.snapshot_id,
                     "● Theo quy định hiện hành: 53", "Sáu tỉnh"):  # fmt: skip
        assert expected in text
    assert labels.count("Nguồn") == 2 and labels.count("Chú giải") == 2


def test_xlsx_is_the_same_each_time_and_has_no_formula_or_link() -> None:
    frame = pd.DataFrame({"=1+1": [*HOSTILE, "https://example.vn", "mailto:x@y", "12"]})
    content = build_xlsx(frame, replace(CONTEXT, title="=1+1", sources=("=1+1", "http://x.vn")))
    again = build_xlsx(frame, replace(CONTEXT, title="=1+1", sources=("=1+1", "http://x.vn")))
    assert content == again
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n).decode() for n in archive.namelist() if "worksheets" in n]
    assert sheets and all("<f>" not in text and "<hyperlink" not in text for text in sheets)
    cells = [cell for sheet in book(content) for row in sheet for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=1+1" not in {cell.value for cell in cells}  # shown as written, quoted by its style
    assert any(cell.quotePrefix for cell in cells if cell.value == "=1+1")


def test_empty_tables_are_files_too() -> None:
    empty = table().iloc[:0]
    assert book(build_xlsx(empty, CONTEXT))["Dữ liệu"].max_column == 8
    assert read_csv(build_csv(empty, CONTEXT))[1] == [list(empty.columns)]


# --- names -----------------------------------------------------------------------------------


def test_file_names_are_vietnamese_and_safe() -> None:
    name = file_name(CONTEXT, "png")
    assert name == "Quy-chế-thông-tin-đối-ngoại-bản-đồ-63-tỉnh_2023-07-31.png"
    decomposed = 'Quy chế/..\\: *?"<>|\x00 ổn_định'
    assert file_name(replace(CONTEXT, stem=decomposed), "csv") == "Quy-chế-ổn-định_2023-07-31.csv"
    long = file_name(replace(CONTEXT, stem="ế" * 500), "xlsx")
    assert len(long.encode()) < 200 and long.endswith("_2023-07-31.xlsx")
    assert file_name(replace(CONTEXT, stem="///"), "pdf") == "biểu-đồ_2023-07-31.pdf"


def test_colours_of_the_page_do_not_follow_the_dark_screen() -> None:
    counts = pd.DataFrame({"class": ["current", "outdated"], "province_count": [60, 3]})
    dark = plot_class_counts(counts, "regulation", "vi", dark=True).to_dict()
    assert compose(dark, CONTEXT, "png").figure["layout"]["paper_bgcolor"] == "#FFFFFF"

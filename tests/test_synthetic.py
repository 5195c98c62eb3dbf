"""Made-up data: the generator, the mark in every file, and that real data never carry it."""

from __future__ import annotations

import ast
import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader

from benchmarks.synthetic.folder import invent_tables, write_folder
from dashboard import picture
from dashboard.charts import human_rights_parts, plot_reconciliation
from dashboard.download import FigureContext, build_csv, build_picture, build_xlsx, file_name
from dashboard.figure_component import figure_message
from dashboard.watermark import MARK_COLOUR, watermark
from dashboard.words import word
from domain.errors import PublicationError
from etl import build as etl_build
from etl.build import BuildResult, build
from etl.tables import INPUT_TABLES
from etl.template_rows import TEMPLATE_TABLES
from tests.conftest import PROJECT, Query, open_current
from tests.test_download import CONTEXT

SMALL = {"documents": 400, "budget_lines": 1_200, "years": 4}
MARK, ENGLISH_MARK = "DỮ LIỆU MINH HỌA", "ILLUSTRATIVE DATA"
MADE_UP = replace(CONTEXT, is_synthetic=True)
TABLE = pd.DataFrame({"Tỉnh": ["Hà Nội", "Cao Bằng"], "Số": [1, 2]})

ONLY_TEMPLATES = {name for name, _ in TEMPLATE_TABLES}  # the project has no file of them


def write_small(folder: Path, seed: int = 1) -> Path:
    """A small made-up data folder."""
    write_folder(folder, invent_tables(seed, **SMALL), seed)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("synthetic") / "data")


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Path, BuildResult]:
    warehouse = folder.parent / "warehouse"
    return warehouse, build(folder, warehouse)


def read_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "facts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the generator ---------------------------------------------------------------------------


def test_equal_seeds_give_equal_files(folder: Path, tmp_path: Path) -> None:
    def content(of: Path) -> dict[str, bytes]:
        return {p.relative_to(of).as_posix(): p.read_bytes() for p in of.rglob("*") if p.is_file()}

    again, other = write_small(tmp_path / "again"), write_small(tmp_path / "other", seed=2)
    assert content(again) == content(folder)
    assert (other / "facts" / "budgets.csv").read_bytes() != content(folder)["facts/budgets.csv"]


def test_everything_is_loaded_and_nothing_rejected(built: tuple[Path, BuildResult]) -> None:
    warehouse, result = built
    assert result.rejections == () and result.is_synthetic
    with open_current(warehouse) as con:
        [(documents,)] = con.execute(
            "SELECT count(*) FROM core.document JOIN core.source USING (source_id) "
            "WHERE is_synthetic"
        ).fetchall()
        [(lines, provinces, years)] = con.execute(
            "SELECT count(*), count(DISTINCT province_code_gso) FILTER (WHERE vintage = 2008), "
            "count(DISTINCT first_year) FROM core.budget_line"
        ).fetchall()
        # Contradictions of money are meant to be few: one group in a hundred.
        [(disagreeing,)] = con.execute(
            "SELECT count(*) FROM core.contradiction WHERE indicator = 'budget'"
        ).fetchall()
        statuses = con.execute(
            "SELECT DISTINCT indicator, class FROM mart.status WHERE vintage = 2008"
        ).fetchall()
    assert (documents, lines, provinces) == (SMALL["documents"], SMALL["budget_lines"], 63)
    assert years >= 1 and disagreeing <= lines // 100
    assert {
        ("regulation", "current"), ("regulation", "outdated"), ("regulation", "general_only"),
        ("human_rights_plan", "adopted"), ("human_rights_plan", "not_named"),
        ("annual_plan", "issued_before"), ("annual_plan", "issued_in"),
        ("annual_plan", "none_known"), ("border_route", "partial"),
        ("border_route", "not_applicable"),
    } <= set(statuses)  # fmt: skip


def test_the_default_size() -> None:
    tables = invent_tables(1, 5_000, 60_000, 10)
    named = ("ministry_guidance", "regulations", "human_rights_plans", "annual_plans",
             "programme_5115", "related_plans")  # fmt: skip
    assert sum(len(tables[name]) for name in named) == 5_000
    lines = tables["budgets"]
    assert len({line["line_id"] for line in lines}) == len(lines) == 60_000
    assert {str(line["year"])[:4] for line in lines} == {str(y) for y in range(2017, 2027)}
    assert {plan["plan_year"] for plan in tables["annual_plans"]} == set(range(2017, 2027))
    made_up = {n for n, table in INPUT_TABLES.items() if not table.is_standing}
    assert set(tables) == made_up - ONLY_TEMPLATES


def test_parts_make_the_total_unless_it_is_rounded(folder: Path) -> None:
    lines = read_rows(folder, "budgets")
    parts: dict[str, int] = {}
    for line in lines:
        if line["parent_line_id"]:
            parent = line["parent_line_id"]
            parts[parent] = parts.get(parent, 0) + int(line["amount_million_vnd"])
    last = lines[-1]["parent_line_id"] or lines[-1]["line_id"]  # cut off in the middle
    totals = {line["line_id"]: line for line in lines if line["is_total"] == "true"}
    for parent in parts.keys() - {last}:
        total = int(totals[parent]["amount_million_vnd"])
        is_rounded = totals[parent]["is_rounded"] == "true"
        assert total == parts[parent] or (is_rounded and 0.9 * parts[parent] <= total)


def test_nothing_looks_real(folder: Path) -> None:
    for table in INPUT_TABLES.values():
        if table.name in ONLY_TEMPLATES:
            continue
        declared = tomllib.loads((folder / "sources" / f"{table.name}.toml").read_text("utf-8"))
        assert declared.get("is_synthetic", False) is not table.is_standing, table.name
        if table.is_standing:
            continue
        assert declared["title"].startswith("Minh họa: "), table.name
        for row in read_rows(folder, table.name):
            assert "MINHHOA" in row.get("document_number", "MINHHOA") or not row["document_number"]
            address = row.get("source_url", "https://minh-hoa.invalid/")
            assert address.startswith("https://minh-hoa.invalid/"), row
            assert "inh họa" in row.get("issuer", "") or not row.get("issuer"), row
            assert "minh họa" in row.get("as_printed", "minh họa"), row


def test_nothing_is_overwritten(folder: Path) -> None:
    with pytest.raises(FileExistsError, match="not empty"):
        write_small(folder)


@pytest.mark.parametrize("numbers", [(20, 100, 4), (400, 100, 0), (400, 100, 40)])
def test_numbers_that_cannot_be_kept(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        invent_tables(1, *numbers)


def test_made_up_data_are_never_the_default(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etl_build, "PROJECT_DATA", tmp_path)
    with pytest.raises(PublicationError, match="synthetic"):
        build(folder, tmp_path / "warehouse")
    assert list((tmp_path / "warehouse").glob("*.duckdb*")) == []


def test_the_default_data_are_not_marked(query: Query) -> None:
    assert query("SELECT bool_or(is_synthetic) FROM core.source") == [(False,)]


# --- the mark in every file -------------------------------------------------------------------


def chart() -> object:
    return plot_reconciliation(
        human_rights_parts(39, 63, 15, "vi"), "human_rights_plan", "vi", headings=("Công văn", "")
    )


@pytest.fixture(scope="module", autouse=True)
def _browser_ends_with_the_tests() -> Iterator[None]:
    yield
    picture.stop()


@pytest.mark.parametrize(("context", "times"), [(CONTEXT, 0), (MADE_UP, 2)])
def test_pdf_and_svg(context: FigureContext, times: int) -> None:
    """Twice: above the title, and across the figure."""
    svg = build_picture(chart(), context, "svg").decode()
    texts = [unescape(t) for t in re.findall(r"<(?:text|tspan)[^>]*>([^<]+)", svg)]
    assert sum(MARK in text for text in texts) == times
    assert (MARK in re.findall("<title>(.*?)</title>", svg)[0]) is bool(times)
    pages = PdfReader(io.BytesIO(build_picture(chart(), context, "pdf"))).pages
    assert (MARK in " ".join(pages[0].extract_text().split())) is bool(times)
    assert len(pages) == 1


def test_png() -> None:
    """The colour of the mark, which nothing else has."""
    colour = tuple(bytes.fromhex(MARK_COLOUR.removeprefix("#")))

    def pixels(context: FigureContext) -> int:
        image = Image.open(io.BytesIO(build_picture(chart(), context, "png"))).convert("RGB")
        return sum(n for n, found in image.getcolors(1 << 24) if found == colour)

    assert pixels(CONTEXT) == 0
    assert pixels(MADE_UP) > 1_000


@pytest.mark.parametrize(("lang", "mark"), [("vi", MARK), ("en", ENGLISH_MARK)])
def test_csv_xlsx_and_file_name(lang: str, mark: str) -> None:
    context = replace(MADE_UP, lang=lang)
    lines = build_csv(TABLE, context).decode("utf-8-sig").split("\r\n")
    assert lines[1].startswith("# ") and lines[1].endswith(f": {mark}")
    skipped = sum(line.startswith("# ") for line in lines)
    assert str(skipped) in lines[0]
    assert lines[skipped] == "Tỉnh;Số"
    book = openpyxl.load_workbook(io.BytesIO(build_xlsx(TABLE, context)))
    data, facts = book.worksheets
    assert data["A1"].value == mark and data["A1"].font.bold
    assert mark in [cell.value for cell in facts["B"]]
    assert mark in str(data.oddHeader.center.text)
    assert file_name(context, "csv").startswith(mark.replace(" ", "-"))


def test_real_data_carry_no_mark_in_any_table_file() -> None:
    assert MARK not in build_csv(TABLE, CONTEXT).decode("utf-8-sig")
    for sheet in openpyxl.load_workbook(io.BytesIO(build_xlsx(TABLE, CONTEXT))).worksheets:
        assert all(MARK not in str(cell.value) for row in sheet.rows for cell in row)
        assert not sheet.oddHeader.center.text
    assert "MINH" not in file_name(CONTEXT, "csv")


def test_what_a_browser_saves_is_marked_too() -> None:
    assert MARK in figure_message(chart(), {}, "", MARK).decode()
    assert MARK not in figure_message(chart(), {}, "").decode()


@pytest.mark.parametrize("size", [(320, 200), (600, 900), (3000, 2000)])
def test_the_mark_stays_within_the_drawing(size: tuple[int, int]) -> None:
    width, height = size
    mark = watermark(MARK, width, height)
    length = mark["font"]["size"] * len(MARK) * 0.78
    assert 18 <= mark["font"]["size"] <= 64
    assert length * 0.867 <= width and length * 0.5 <= height


def test_only_one_place_says_what_a_file_is_about() -> None:
    """A context made elsewhere could forget the mark."""
    makers = []
    for path in [*(PROJECT / "dashboard").rglob("*.py"), *(PROJECT / "pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("FigureContext"):
                makers.append(path.relative_to(PROJECT).as_posix())
    assert set(makers) == {"dashboard/figure_context.py"}
    assert word("synthetic.mark", "vi") == MARK
    assert word("synthetic.mark", "en") == ENGLISH_MARK

"""Slides of a briefing, opened again: native maps and charts, notes, tables, same bytes."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Pt
from pypdf import PdfReader

from dashboard import boundaries, warehouse
from dashboard.briefing import map_shapes
from dashboard.briefing.build import build_briefing
from dashboard.briefing.content import Briefing, Finding, Picture, Section, Table, edited
from dashboard.briefing.pictures import Pictures
from dashboard.briefing.pptx_slides import write_pptx
from dashboard.briefing.scope import parse_scope
from dashboard.colours import class_style
from dashboard.words import word
from tests.golden.province import run_of
from tests.written_briefing import (
    CHART_ALT,
    EDITED,
    EVIDENCE,
    MAP_ALT,
    MARK,
    MARKED,
    MARKUP,
    NOBODY,
    small_briefing,
)

HOANG_SA, TRUONG_SA = "Quần đảo Hoàng Sa (TP Đà Nẵng)", "Quần đảo Trường Sa (Khánh Hòa)"
NOTICE = "Sơ đồ minh họa, không thay thế bản đồ chuẩn biên giới quốc gia"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    b"\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("pptx") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield
    warehouse.close_all()
    patch.undo()


def brief(scope: str, **params: str) -> Briefing:
    run = run_of(**params)
    return build_briefing(run, parse_scope(scope, run.facts.provinces[run.view.vintage]))


def slides(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def maps(deck: list[Any]) -> list[tuple[Any, Any]]:
    """(slide, group of the map)."""
    return [
        (slide, shape)
        for slide in deck
        for shape in slide.shapes
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and shape.name.startswith("Bản đồ")
    ]


def units_of(group: Any, vintage: int) -> dict[str, Any]:
    """Freeforms that are named like a unit, by code; twice the same code fails."""
    names = {f"{name} ({code})": code for code, name in boundaries.unit_names(vintage).items()}
    found = [s for s in group.shapes if s.name in names]
    assert {s.shape_type for s in found} == {MSO_SHAPE_TYPE.FREEFORM}
    assert len({s.name for s in found}) == len(found)
    return {names[shape.name]: shape for shape in found}


def fill(shape: Any) -> str:
    return f"#{shape.fill.fore_color.rgb}"


def opacity(shape: Any) -> int | None:
    found = shape._element.findall(".//{*}spPr/{*}solidFill/{*}srgbClr/{*}alpha")
    return int(found[0].get("val")) if found else None


def rings(shape: Any) -> int:
    return len(shape._element.findall(".//{*}moveTo"))


def words_on(slide: Any) -> str:
    parts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            parts += [s.text_frame.text for s in shape.shapes if s.has_text_frame]
    return "\n".join(parts)


@pytest.fixture(scope="module")
def country(own_warehouse: None) -> tuple[Briefing, list[Any]]:
    made = brief("country", as_of="2024-12-31", since="2023-07-31")
    return made, slides(write_pptx(made))


def test_every_map_has_63_named_freeforms_and_both_archipelagos(
    country: tuple[Briefing, list[Any]],
) -> None:
    briefing, deck = country
    found = maps(deck)
    subjects = [picture for picture in briefing.pictures() if picture.subject is not None]
    assert len(found) == len(subjects) == 9
    for (slide, group), picture in zip(found, subjects, strict=True):
        units = units_of(group, 2008)
        assert set(units) == boundaries.CODES[2008] and len(units) == 63
        assert group._element.nvGrpSpPr.cNvPr.get("descr") == picture.alt
        assert NOTICE in words_on(slide)
        forms = (s for s in group.shapes if s.shape_type == MSO_SHAPE_TYPE.FREEFORM)
        shapes = {shape.name: shape for shape in forms}
        assert rings(shapes[HOANG_SA]) == len(boundaries.archipelagos()[0].points) == 4
        assert rings(shapes[TRUONG_SA]) == len(boundaries.archipelagos()[1].points) == 4
        assert fill(shapes[HOANG_SA]) == fill(units["48"])
        assert fill(shapes[TRUONG_SA]) == fill(units["56"])
        labels = {" ".join(s.text_frame.text.split()) for s in group.shapes if s.has_text_frame}
        assert {HOANG_SA, TRUONG_SA} <= labels


def test_colours_and_legend_are_those_of_the_statuses(country: tuple[Briefing, list[Any]]) -> None:
    # docs of the project: 56 current, 4 outdated, 3 general only on 2024-12-31.
    _, deck = country
    slide, group = maps(deck)[0]
    counts = Counter(fill(shape) for shape in units_of(group, 2008).values())
    colours = {
        name: class_style("regulation", name).fill(False).upper()
        for name in ("current", "outdated", "general_only")
    }
    assert counts == {colours["current"]: 56, colours["outdated"]: 4, colours["general_only"]: 3}
    units = units_of(group, 2008)
    assert {code for code, s in units.items() if fill(s) == colours["outdated"]} == {
        "38", "40", "80", "87",
    }  # fmt: skip
    described = units["40"]._element.nvSpPr.cNvPr.get("descr")
    assert described.startswith("Nghệ An: Căn cứ QĐ 79/2010 đã hết hiệu lực")
    said = words_on(slide)
    assert "Theo quy định hiện hành: 56" in said and "Chỉ có quy chế đối ngoại chung: 3" in said


def test_units_outside_the_scope_are_paler_in_the_newer_vintage() -> None:
    made = brief("route:china", as_of="2025-08-01")
    for _, group in maps(slides(write_pptx(made))):
        units = units_of(group, 2025)
        assert set(units) == boundaries.CODES[2025] and len(units) == 34
        pale = {code for code, shape in units.items() if opacity(shape) == 25_000}
        full = {code for code, shape in units.items() if opacity(shape) is None}
        assert len(full) == 7 and pale | full == boundaries.CODES[2025]
        assert {HOANG_SA, TRUONG_SA} <= {shape.name for shape in group.shapes}


def test_parts_of_a_unit_are_one_shape_and_lie_on_the_map() -> None:
    outlines = {outline.code: outline for outline in map_shapes.unit_outlines(2008)}
    polygons = boundaries.unit_polygons(2008)
    assert len(outlines["22"].subpaths) == len(polygons["22"]) > 1  # Quảng Ninh has islands
    for outline in outlines.values():
        left, top, right, foot = outline.box
        assert 0 <= left < right <= map_shapes.WIDTH and 0 <= top < foot <= map_shapes.HEIGHT
    # North is up, east is right.
    assert outlines["02"].box[1] < outlines["96"].box[1]
    assert outlines["11"].box[0] < outlines["22"].box[0]
    for outline in map_shapes.neighbour_outlines():
        assert outline.box[0] >= 0 and outline.box[2] <= map_shapes.WIDTH
        assert outline.box[1] >= 0 and outline.box[3] <= map_shapes.HEIGHT


def test_charts_are_native_with_the_values_of_the_content(
    country: tuple[Briefing, list[Any]],
) -> None:
    briefing, deck = country
    charts = [s for slide in deck for s in slide.shapes if s.has_chart]
    bars = [p for p in briefing.pictures() if p.bars is not None]
    assert len(charts) == len(bars) > 2
    for shape, picture in zip(charts, bars, strict=True):
        assert picture.bars is not None
        plot = shape.chart.plots[0]
        assert tuple(plot.categories) == picture.bars.categories
        assert [tuple(s.values) for s in plot.series] == [v for _, _, v in picture.bars.series]
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == picture.alt
        book = openpyxl.load_workbook(
            io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
        ).active
        assert tuple(c.value for c in book["A"][1:]) == picture.bars.categories
        assert tuple(c.value for c in book["B"][1:]) == picture.bars.series[0][2]


def test_each_slide_has_title_number_foot_and_notes(country: tuple[Briefing, list[Any]]) -> None:
    briefing, deck = country
    for place, slide in enumerate(deck, start=1):
        assert slide.shapes.title.text_frame.text.strip(), place
        kinds = {s.placeholder_format.type.name for s in slide.placeholders}
        assert {"FOOTER", "SLIDE_NUMBER"} <= kinds
        said = words_on(slide)
        assert "Tính đến ngày 31/12/2024 · 63 tỉnh, thành phố" in said
        assert briefing.snapshot_id in said
        assert slide.notes_slide.notes_text_frame.text.strip()
        assert all(s.text_frame.text.strip() for s in slide.placeholders), place
    everything = "\n".join(map(words_on, deck))
    assert [f.text for f in briefing.findings() if f.text not in everything] == []
    assert briefing.unknowns in words_on(deck[-2]) + words_on(deck[-1])
    assert all(line in everything for line in briefing.sources)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck)
    assert "3089/BTTTT-TTĐN" in notes
    assert all(p.alt in notes for p in briefing.pictures())


def test_no_type_is_smaller_than_12_and_nothing_leaves_the_slide(
    country: tuple[Briefing, list[Any]],
) -> None:
    _, deck = country
    for place, slide in enumerate(deck, start=1):
        sizes = [int(r.get("sz")) for r in slide._element.iter("{*}rPr") if r.get("sz")]
        # The neighbours' names on a map are discreet.
        assert min(sizes) >= 1100, place
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0, (place, shape.name)
            assert shape.top + shape.height <= Pt(540), (place, shape.name)
            if shape.has_table:
                assert shape.left + shape.width <= Pt(960), (place, shape.name)


def test_a_long_table_repeats_its_head_and_says_where_the_rest_is() -> None:
    deck = slides(write_pptx(small_briefing()))
    tables = [s.table for slide in deck for s in slide.shapes if s.has_table]
    heads = [tuple(c.text for c in t.rows[0].cells) for t in tables]
    assert heads.count(("Mã", "Nội dung")) == 2  # 120 rows: the first slides only
    long = [t for t, head in zip(tables, heads, strict=True) if head == ("Mã", "Nội dung")]
    shown = [row.cells[0].text for t in long for row in list(t.rows)[1:]]
    assert shown == [f"M{n:03d}" for n in range(len(shown))] and 20 < len(shown) < 120
    said = [words_on(slide) for slide in deck if "Bảng dài" in words_on(slide)]
    assert all(f"{len(shown)} trong 120 dòng" in text for text in said)
    amounts = next(t for t, head in zip(tables, heads) if head[0] == "Tỉnh, thành phố")
    assert [c.text for c in amounts.rows[2].cells] == ["Hòa Bình", "4.164,5", "8", ""]
    assert [c.text for c in amounts.rows[3].cells] == ["=1+1 <td>", "", "0", "05/02/2024"]
    assert NOBODY in "\n".join(map(words_on, deck))


def test_hostile_words_stay_words_and_edits_are_marked() -> None:
    hostile = "x\x00\x0b<a:t>&amp;" + "ế" * 4000
    made = small_briefing()
    section = replace(
        made.sections[1],
        findings=(*made.sections[1].findings, Finding("hostile", hostile, ("a\x01b <c>",))),
    )
    deck = slides(write_pptx(replace(made, sections=(made.sections[0], section))))
    everything = "\n".join(map(words_on, deck))
    assert MARKUP in everything and "x<a:t>&amp;ế" in everything.replace("\n", "")
    assert f"{EDITED} {word('briefing.paper.edited', 'vi')}" in everything
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck)
    assert EVIDENCE[0] in notes and MAP_ALT in notes and CHART_ALT in notes
    changed = edited(made, {"headline": "Câu mới."})
    assert f"Câu mới. {word('briefing.paper.edited', 'vi')}" in "\n".join(
        map(words_on, slides(write_pptx(changed)))
    )


def test_the_mark_is_on_every_slide_where_data_is_made_up() -> None:
    assert all(MARK in words_on(slide) for slide in slides(write_pptx(MARKED())))
    assert not any(MARK in words_on(slide) for slide in slides(write_pptx(small_briefing())))


def test_a_drawn_figure_is_shown_or_told() -> None:
    made = small_briefing()
    drawn = Picture("own", "Hình khác", "Hình nói điều này.", lambda: None, 720)  # type: ignore[arg-type, return-value]
    given = replace(made, sections=(Section("chosen", "Hình đã chọn", (), (drawn,)),))
    told = "\n".join(map(words_on, slides(write_pptx(given))))
    assert "Hình nói điều này." in told
    assert word("briefing.paper.missing.missing", "vi") in told
    busy = Pictures()
    busy.missing["own"] = "busy"
    assert word("briefing.paper.missing.busy", "vi") in "\n".join(
        map(words_on, slides(write_pptx(given, busy)))
    )
    deck = slides(write_pptx(given, {("own", "png"): PNG}))
    shown = [s for slide in deck for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert [s._element.nvPicPr.cNvPr.get("descr") for s in shown] == ["Hình nói điều này."]


def test_the_same_briefing_gives_the_same_bytes() -> None:
    params = {"as_of": "2023-07-31"}
    first = write_pptx(brief("province:48", **params))
    assert write_pptx(brief("province:48", **params)) == first
    chosen = maps(slides(first))[0][1]
    widths = {code: s.line.width for code, s in units_of(chosen, 2008).items()}
    assert [code for code, width in widths.items() if width > Pt(1)] == ["48"]
    core = Presentation(io.BytesIO(first)).core_properties
    assert core.created == core.modified and core.created.isoformat() == "2023-07-31T00:00:00"
    english = slides(write_pptx(brief("province:48", lang="en", **params)))
    assert "As of 31/07/2023" in words_on(english[0])


def test_long_cells_are_cut_to_the_slide() -> None:
    rows = pd.DataFrame({"Tên": ["một hai ba " * 2000, "b"], "Số": [1, 2]})
    table = Table("t", "Bảng", rows, "")
    made = replace(small_briefing(), sections=(Section("changes", "Mục", (), (table,)),))
    shapes = [s for slide in slides(write_pptx(made)) for s in slide.shapes if s.has_table]
    assert all(s.top + s.height <= Pt(540) for s in shapes)
    assert shapes[0].table.rows[1].cells[0].text.endswith("…")


def test_libreoffice_reads_it_without_loss(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    made = MARKED()
    (tmp_path / "deck.pptx").write_bytes(write_pptx(made, font="DejaVu Sans"))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "deck.pptx")],
        check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    if not (tmp_path / "deck.pdf").is_file():
        pytest.skip("this LibreOffice has no Impress")
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(slides(write_pptx(made)))
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa", NOTICE, MARK, "M001", "29.000"):
        assert said in text

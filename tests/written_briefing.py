"""A small briefing written by hand, with everything that a report must be able to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from dashboard import boundaries
from dashboard.briefing.content import Bars, Briefing, Finding, Picture, Section, Table
from dashboard.briefing.office import load_office
from dashboard.charts import human_rights_parts, plot_reconciliation
from dashboard.download import MAP_WIDTH
from dashboard.map_subjects import indicator_subject
from dashboard.maps import plot_province_map
from dashboard.words import word

DAY = date(2024, 12, 31)
SNAPSHOT = "20261122T101500-a1b2c3d4"
HEADLINE = (
    "Cả nước: 39/63 tỉnh, thành phố chưa ban hành kế hoạch truyền thông về quyền con người theo "
    "công văn 3089/BTTTT-TTĐN ngày 31/07/2023; xác định được tên 15/24 tỉnh đã có kế hoạch."
)
MARKUP = 'Đắk Lắk <b>&amp; "Bà Rịa" </p><script>alert(1)</script> {x} %s'
EDITED = "Người dùng viết lại câu này về Thừa Thiên Huế."
EVIDENCE = ("3089/BTTTT-TTĐN · 31/07/2023 · Bộ Thông tin và Truyền thông: Nghệ An",)
MAP_ALT = "Bản đồ 63 tỉnh, thành phố: theo quy định hiện hành: 53; đã hết hiệu lực: 10 <i>&"
CHART_ALT = "Đối chiếu 63 tỉnh: 24 đã có, 39 chưa có."
MARK, MARK_NOTE = "DỮ LIỆU MINH HỌA", "Số liệu do máy tạo ra."


def _statuses() -> pd.DataFrame:
    codes = sorted(boundaries.CODES[2008])
    classes = ["current" if place % 6 else "outdated" for place in range(len(codes))]
    return pd.DataFrame({"province_code_gso": codes, "province_name": codes, "class": classes})


def _map() -> go.Figure:
    return plot_province_map(
        _statuses(), indicator="regulation", vintage=2008, lang="vi", width=MAP_WIDTH,
        geojson="inline",
    )  # fmt: skip


def _chart() -> go.Figure:
    return plot_reconciliation(
        human_rights_parts(39, 63, 15, "vi"), "human_rights_plan", "vi", headings=("Công văn", "")
    )


AMOUNTS = pd.DataFrame(
    {
        "Tỉnh, thành phố": ["Thanh Hóa", "Hòa Bình", "=1+1 <td>"],
        "Triệu đồng": [29000.0, 4164.5, None],
        "Số dòng": [1234567, 8, 0],
        "Ngày": [pd.Timestamp("2023-07-31"), pd.NaT, date(2024, 2, 5)],
    }
)
LONG = pd.DataFrame({"Mã": [f"M{n:03d}" for n in range(120)], "Nội dung": ["Một dòng chữ"] * 120})
WIDE = pd.DataFrame({f"Cột {n}": ["một từ dài nghiêng"] * 12 for n in range(1, 19)})
NOBODY = "Không có tỉnh, thành phố nào."


def small_briefing(lang: str = "vi", mark: str | None = None) -> Briefing:
    """Three sections, a map, a chart, four tables, an edited and a markup-like finding."""
    subject = indicator_subject(_statuses(), "regulation", 2008, lang, False)
    bars = Bars(("Công văn", "Văn bản"), (("Đã có", "#1f77b4", (24.0, 15.0)),), "tỉnh")
    headline = Finding("headline", HEADLINE, EVIDENCE)
    regulation = Section(
        "regulation",
        "Quy chế quản lý hoạt động thông tin đối ngoại",
        (headline, Finding("markup", MARKUP), Finding("edited", EDITED, is_edited=True)),
        (
            Picture("map", "Bản đồ quy chế", MAP_ALT, _map, MAP_WIDTH, subject=subject),
            Picture("chart", "Công bố và căn cứ", CHART_ALT, _chart, 720, "So sánh.", bars=bars),
            Table("amounts", "Kinh phí <theo tỉnh>", AMOUNTS, NOBODY),
            Table("nobody", "Chưa báo cáo", AMOUNTS.iloc[:0], NOBODY),
        ),
    )
    long = Section("changes", "Những thay đổi", (), (
        Table("long", "Bảng dài", LONG, NOBODY, widths=(1, 5)),
        Table("wide", "Bảng rộng", WIDE, NOBODY),
    ))  # fmt: skip
    sources = pd.DataFrame({"Nội dung": ["Nguồn 1"], "Địa chỉ": ["https://vi.du/" + "a" * 90]})
    annex = Table("sources", "Nguồn số liệu", sources, "")
    return Briefing(
        title="Báo cáo công tác thông tin đối ngoại: cả nước",
        scope="country",
        scope_name="cả nước",
        lang=lang,
        as_of=DAY,
        since=None,
        vintage=2008,
        vintage_label="63 tỉnh, thành phố",
        snapshot_id=SNAPSHOT,
        facts=(
            ("Tính đến ngày", "31/12/2024"),
            ("Bản dữ liệu", SNAPSHOT),
            ("Lưu ý", word("map.notice", lang)),
        ),
        map_notice=word("map.notice", lang),
        unknowns="Chưa có căn cứ: 48/63.",
        sources=("Nguồn 1",),
        sections=(
            Section("summary", "Tóm tắt", (headline,)),
            regulation,
            long,
            Section("sources", "Phụ lục: nguồn số liệu", (), (annex,)),
        ),
        office=load_office(DAY),
        mark=mark,
        mark_note=MARK_NOTE if mark else "",
    )


def without_pictures(briefing: Briefing) -> Briefing:
    """The same with no map and chart, for tests of words alone."""
    sections = (
        replace(s, items=tuple(i for i in s.items if not isinstance(i, Picture)))
        for s in briefing.sections
    )
    return replace(briefing, sections=tuple(sections))


MARKED = partial(small_briefing, mark=MARK)

"""The map of changes: who moved, which way, and that becoming unknown is no step down."""

from __future__ import annotations

import datetime as dt
import json
from itertools import product
from typing import Any

import pandas as pd
import pytest

from dashboard.colours import AROUND_STYLE, CLASS_ORDER, INDICATORS, UNKNOWN_CLASSES, class_style
from dashboard.map_changes import describe_change_map, direction, plot_change_map
from tests.test_maps import areas, legend, names

MOVES = {
    "01": ("outdated", "current"),
    "04": ("current", "outdated"),
    "48": ("unverified", "current"),
    "56": ("unverified", "outdated"),
    "79": ("current", "unverified"),
    "92": ("mixed", "current"),
    "96": ("outdated", "current"),
}


def table(moves: dict[str, tuple[str, str]] = MOVES) -> pd.DataFrame:
    still = ("general_only", "general_only")
    return pd.DataFrame(
        {
            "province_code_gso": code,
            "province_name": name,
            "class_before": moves.get(code, still)[0],
            "class_after": moves.get(code, still)[1],
            "hover": "12/QĐ-UBND" if code in moves else "",
        }
        for code, name in sorted(names(2008).items())
    )


def drawn(changes: pd.DataFrame, **settings: Any) -> dict[str, Any]:
    settings = {"indicator": "regulation", "vintage": 2008, "lang": "vi"} | settings
    found: dict[str, Any] = json.loads(plot_change_map(changes, **settings).to_json())
    return found


def test_directions_worked_out_by_hand() -> None:
    wanted = {
        ("outdated", "current"): "better",
        ("current", "general_only"): "worse",
        ("unverified", "current"): "better",
        ("unverified", "outdated"): "known",
        ("current", "unverified"): "lost",
        ("mixed", "current"): "other",
        ("current", "mixed"): "other",
        ("missing", "outdated"): "known",
        ("current", "missing"): "lost",
    }
    assert {move: direction("regulation", *move) for move in wanted} == wanted
    assert direction("border_route", "not_applicable", "partial") == "other"
    assert direction("border_route", "not_applicable", "no_evidence") == "other"
    assert direction("result_report", "not_due", "late") == "other"


@pytest.mark.parametrize("indicator", INDICATORS)
def test_becoming_unknown_is_never_worse_and_directions_are_opposite(indicator: str) -> None:
    for before, after in product(CLASS_ORDER[indicator], repeat=2):
        if before == after:
            continue
        way = direction(indicator, before, after)
        if after in UNKNOWN_CLASSES:
            assert way in ("lost", "other")
        if way == "worse":
            assert direction(indicator, after, before) == "better"


def test_colour_is_that_of_the_class_after_and_the_others_are_quiet() -> None:
    colours = areas(drawn(table()))
    for code in names(2008):
        kind = MOVES.get(code, ("", ""))[1]
        wanted = class_style("regulation", kind).fill(False) if kind else AROUND_STYLE.fill(False)
        assert colours[code] == wanted, code


def test_legend_lists_each_pair_with_its_number() -> None:
    found = drawn(table())
    assert legend(found) == [
        "Căn cứ QĐ 79/2010 đã hết hiệu lực<br>→ Theo quy định hiện hành: 2",
        "Chưa xác minh<br>→ Theo quy định hiện hành: 1",
        "Theo quy định hiện hành<br>→ Căn cứ QĐ 79/2010 đã hết hiệu lực: 1",
        "Chưa xác minh<br>→ Căn cứ QĐ 79/2010 đã hết hiệu lực: 1",
        "Theo quy định hiện hành<br>→ Chưa xác minh: 1",
        "Không đồng nhất<br>→ Theo quy định hiện hành: 1",
        "Không thay đổi: 56",
    ]
    shown = [t["marker"]["symbol"] for t in found["data"] if t.get("lon") == [None]]
    assert shown[:6] == [
        "triangle-up", "triangle-up", "triangle-down", "diamond", "circle-dot", "diamond",
    ]  # fmt: skip
    title = found["layout"]["legend"]["title"]["text"]
    assert title == "▲ tốt lên · ▼ kém đi · ◆ nay đã rõ hoặc thay đổi khác · ⊙ không còn rõ"


def test_only_those_that_moved_have_a_sign() -> None:
    figure = plot_change_map(table(), indicator="regulation", vintage=2008, lang="vi")
    signs = next(t for t in figure.data if t.marker.symbol is not None and t.lon[0] is not None)
    by_code = dict(zip(sorted(MOVES), signs.marker.symbol, strict=True))
    assert by_code == {"01": 5, "04": 6, "48": 5, "56": 2, "79": 300, "92": 2, "96": 5}
    inside = plot_change_map(
        table(), indicator="regulation", vintage=2008, lang="vi", dimmed={"01", "04"}
    )
    assert len(next(t for t in inside.data if t.marker.symbol is not None).lon) == 5


def test_nothing_moved() -> None:
    found = drawn(table({}))
    assert legend(found) == ["Không thay đổi: 63"]
    assert "title" not in found["layout"]["legend"]
    assert legend(drawn(table().iloc[:0])) == ["Không thay đổi: 0", "Chưa có dữ liệu: 63"]


def test_the_map_in_words() -> None:
    said = describe_change_map(
        table(), "regulation", 2008, dt.date(2022, 12, 31), dt.date(2023, 7, 31), "vi", {"96"}
    )
    assert said.startswith(
        "Bản đồ thay đổi: Quy chế quản lý hoạt động thông tin đối ngoại, từ ngày 31/12/2022 đến "
        "ngày 31/07/2023. 6/62 tỉnh, thành phố thay đổi. "
        "Căn cứ QĐ 79/2010 đã hết hiệu lực → Theo quy định hiện hành: Hà Nội."
    )
    assert "Quần đảo Hoàng Sa (Đà Nẵng): Chưa xác minh → Theo quy định hiện hành" in said
    assert "<br>" not in said


def test_unknown_code_or_class_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown"):
        drawn(table(), vintage=2025)
    with pytest.raises(KeyError, match="adopted"):
        drawn(table({"01": ("current", "adopted")}))

"""Provinces of a border route × its three tests: one tile per cell, with sign and words."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import layout, plain, unvalidated
from dashboard.colours import class_style, surface
from dashboard.download.lines import text_width
from dashboard.words import format_date, format_number, word
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE, ROUTE_TESTS

# A cell looks as the class of a province would whose tests all had its state.
CLASS_OF_STATE: Final = {
    "evidenced": "complete",
    "in_part": "partial",
    "no_evidence": "no_evidence",
    "not_applicable": "not_applicable",
}
_TILE: Final = {
    "orientation": "h", "width": 0.84, "textposition": "inside", "insidetextanchor": "middle",
    "textangle": 0, "hovertemplate": "%{y}<extra></extra>",
}  # fmt: skip
_WORD: Final = 12  # px
_GAP: Final = 0.05  # of a column
_FEW_ROWS: Final = 12  # up to so many, rows are tall
_HEADINGS: Final = 58  # px, three lines


def plot_coverage_matrix(
    rows: pd.DataFrame, lang: str, dark: bool = False, selected: str | None = None
) -> go.Figure:
    """One row of three tiles per unit; a click on a tile gives the unit's code as `customdata`.

    `rows`, from top to bottom: province_code_gso, province_name, and the state of each test (plan,
    joint_programme, cluster). KeyError for a state that has no look.
    """
    heights = list(range(len(rows)))
    codes = rows["province_code_gso"].tolist()
    states = [rows[test].tolist() for test in ROUTE_TESTS]  # column by column
    present = set().union(*states)
    if unknown := present - set(CLASS_OF_STATE):
        raise KeyError(f"states {sorted(unknown)}: expected {list(CLASS_OF_STATE)}")
    traces = [
        _tiles(codes, states, state, lang, dark) for state in CLASS_OF_STATE if state in present
    ]
    shapes = []
    if selected in codes:
        row = codes.index(selected)
        line = {"color": surface(dark).mark, "width": 2}
        shapes = [
            {"type": "rect", "x0": -0.49, "x1": len(ROUTE_TESTS) - 0.51, "y0": row - 0.49,
             "y1": row + 0.49, "line": line}
        ]  # fmt: skip
    height = (36 if len(rows) <= _FEW_ROWS else 25) * max(len(rows), 1) + _HEADINGS + 6
    content = layout(dark, lang, height, _HEADINGS, 4, data={"bar": [_TILE]}, has_hover=True)
    names = [plain(name) for name in rows["province_name"]]
    # Not plotly's automatic margin: a printed page switches that off.
    content["margin"]["l"] = round(max((text_width(name, _WORD) for name in names), default=0)) + 10
    content |= {
        "barmode": "overlay",
        "uniformtext": {"minsize": 8, "mode": "show"},  # where a phone shrinks one, all shrink
        "shapes": shapes,
        "xaxis": {
            **_axis(
                list(range(len(ROUTE_TESTS))), [word(f"chart.test.{t}", lang) for t in ROUTE_TESTS]
            ),
            "side": "top",
            "range": [-0.5, len(ROUTE_TESTS) - 0.5],
        },
        "yaxis": {
            **_axis(heights, names),
            "range": [max(len(rows), 1) - 0.4, -0.6],
        },
    }
    return unvalidated(traces, content)


def _axis(values: list[int], texts: list[str]) -> dict[str, Any]:
    return {
        "tickvals": values, "ticktext": texts, "fixedrange": True, "showgrid": False,
        "zeroline": False, "tickfont": {"size": _WORD},
    }  # fmt: skip


def _tiles(
    codes: list[str], states: list[list[str]], state: str, lang: str, dark: bool
) -> dict[str, Any]:
    """All tiles of one state as bars that begin at their column's left edge."""
    style = class_style(BORDER_ROUTE, CLASS_OF_STATE[state])
    places = [
        (column, row, code)
        for column, found in enumerate(states)
        for row, code in enumerate(codes)
        if found[row] == state
    ]
    return {
        "type": "bar",
        "x": [1 - 2 * _GAP] * len(places),
        "base": [round(column - 0.5 + _GAP, 2) for column, _, _ in places],
        "y": [row for _, row, _ in places],
        "customdata": [code for _, _, code in places],
        "texttemplate": f"{style.glyph} {word(f'chart.cell.{state}', lang)}",
        "textfont": {"color": style.on_fill(dark), "size": _WORD},
        "marker": {
            "color": style.fill(dark),
            "line": {"color": style.text(dark), "width": 1 if state == NOT_APPLICABLE else 0},
        },
    }


def describe_coverage_matrix(rows: pd.DataFrame, as_of: date, lang: str) -> str:
    """The matrix in words: for each test how many have evidence, who, and to whom it applies."""
    parts = []
    for test in ROUTE_TESTS:
        applies = rows[rows[test] != NOT_APPLICABLE]
        found = applies[applies[test] != "no_evidence"]
        said = word(
            "chart.alt.coverage_test",
            lang,
            test=word(f"chart.test.{test}", lang).replace("<br>", " "),
            count=format_number(len(found), lang),
            total=format_number(len(applies), lang),
        )
        names = ", ".join(found["province_name"])
        parts.append(f"{said} ({names})" if names else said)
    return word(
        "chart.alt.coverage_matrix",
        lang,
        provinces=format_number(len(rows), lang),
        date=format_date(as_of, lang),
        parts="; ".join(parts),
    )

"""Provinces × indicators: what is evidenced, only implied, unknown or not applicable, by sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import MARGIN, Trace, layout, plain, unvalidated
from dashboard.colours import ClassStyle, class_style, surface
from dashboard.words import format_date, format_number, word

# From known to unknown, then what need not be known. A cell looks as the class of a map does that
# means the same; "not due" has a look of its own, since it is neither unknown nor inapplicable.
_STYLES: Final[dict[str, ClassStyle]] = {
    "evidenced": class_style("border_route", "complete"),
    "implied": class_style("annual_plan", "issued_in"),
    "in_part": class_style("border_route", "mixed"),
    "unknown": class_style("border_route", "no_evidence"),
    "not_applicable": class_style("border_route", "not_applicable"),
    "not_due": class_style("result_report", "not_due"),
}
STATES: Final = tuple(_STYLES)
_SIGNS: Final = {state: style.glyph for state, style in _STYLES.items()} | {"not_due": "–"}
CONTRADICTED: Final = "!"
_ROW_PX: Final = 21
_HEADINGS_PX: Final = 112
_LEGEND_PX: Final = 20
_LETTER_PX: Final = 7  # of a letter in a name, about
_BETWEEN: Final = "\u2003"
_RIGHT_PX: Final = 44  # the last heading leans over the edge


def state_label(state: str, lang: str) -> str:
    """Sign and name of a state."""
    return f"{_SIGNS[state]} {word(f'quality.state.{state}', lang)}"


def plot_knowledge_matrix(
    cells: pd.DataFrame,
    headings: Sequence[str],
    lang: str,
    dark: bool = False,
    selected: str | None = None,
    narrow: bool | None = None,
) -> go.Figure:
    """One row per province, from top to bottom as given; a click gives its code as `customdata`.

    `cells`: province_code_gso, province_name, unknown_count, hover, `states` and `contradicted` (a
    list each, one value per heading). On a desktop the rows stand in two halves side by side.
    """
    halves = [cells] if narrow is not False or len(cells) < 12 else _halves(cells)
    rows = max((len(half) for half in halves), default=0)
    legend = _legend_lines(cells, lang, dark)
    if narrow is False:
        legend = [_BETWEEN.join(legend)]
    top = 10 + _LEGEND_PX * len(legend) + _HEADINGS_PX
    content = layout(dark, lang, _ROW_PX * max(rows, 1) + top + 6, top, 6, has_hover=True)
    left = round(_LETTER_PX * (max(map(len, halves[0]["province_name"]), default=0) + 3))
    traces: list[Trace] = []
    shapes: list[dict[str, Any]] = []
    for number, half in enumerate(halves, start=1):
        suffix = "" if number == 1 else str(number)
        traces += _half(half, len(headings), suffix, dark)
        content |= _axes(half, headings, suffix, number, len(halves), rows, dark)
        codes = half["province_code_gso"].tolist()
        if selected in codes:
            row = codes.index(selected)
            shapes.append(
                {"type": "rect", "xref": f"x{suffix}", "yref": f"y{suffix}", "x0": -0.5,
                 "x1": len(headings) - 0.5, "y0": row - 0.5, "y1": row + 0.5,
                 "line": {"color": surface(dark).mark, "width": 2.5}}
            )  # fmt: skip
    content |= {
        "margin": {**content["margin"], "l": left, "r": _RIGHT_PX},
        "shapes": shapes,
        "barmode": "overlay",
        "annotations": [
            {"text": line, "x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper",
             "yanchor": "bottom", "yshift": _HEADINGS_PX + _LEGEND_PX * (len(legend) - 1 - i),
             "xshift": MARGIN - left, "font": {"size": 12}}
            for i, line in enumerate(legend)
        ],
    }  # fmt: skip
    return unvalidated(traces, content)


def _halves(cells: pd.DataFrame) -> list[pd.DataFrame]:
    middle = -(-len(cells) // 2)
    return [cells.iloc[:middle], cells.iloc[middle:]]


def _half(half: pd.DataFrame, columns: int, suffix: str, dark: bool) -> list[Trace]:
    """The tiles, and over each row a bar that nobody sees, for pointing and clicking."""
    places = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    steps = len(STATES)
    scale = []
    for place, style in enumerate(_STYLES.values()):
        scale += [[place / steps, style.fill(dark)], [(place + 1) / steps, style.fill(dark)]]
    texts = [
        [
            _SIGNS[s] + (f"<b> {CONTRADICTED}</b>" if c else "")
            for s, c in zip(states, against, strict=True)
        ]
        for states, against in zip(half["states"], half["contradicted"], strict=True)
    ]
    return [
        {
            "type": "heatmap", **places,
            "z": [[STATES.index(s) for s in states] for states in half["states"]],
            "zmin": -0.5, "zmax": steps - 0.5, "colorscale": scale, "showscale": False,
            "text": texts, "texttemplate": "%{text}", "textfont": {"size": 12},
            "xgap": 2, "ygap": 2, "hoverinfo": "skip",
        },
        {
            "type": "bar", **places, "orientation": "h", "width": 1,
            "base": [-0.5] * len(half), "x": [columns] * len(half), "y": list(range(len(half))),
            "marker": {"color": "rgba(0,0,0,0)"},
            "customdata": half["province_code_gso"].tolist(),
            "hovertext": [plain(text) for text in half["hover"]],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
    ]  # fmt: skip


def _axes(
    half: pd.DataFrame, headings: Sequence[str], suffix: str, number: int, count: int, rows: int,
    dark: bool,
) -> dict[str, Any]:  # fmt: skip
    muted = surface(dark).muted
    names = [
        f"{plain(name)} <span style='color:{muted}'>{unknown}</span>"
        for name, unknown in zip(half["province_name"], half["unknown_count"], strict=True)
    ]
    # Names of provinces need room on the left of each half.
    domain = [0, 1] if count == 1 else ([0, 0.42], [0.58, 1])[number - 1]
    common = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 12},
        "ticks": "",
    }
    return {
        f"xaxis{suffix}": {
            **common, "domain": domain, "anchor": f"y{suffix}", "side": "top", "tickangle": -40,
            "tickvals": list(range(len(headings))), "ticktext": [plain(h) for h in headings],
            "range": [-0.5, len(headings) - 0.5],
        },
        f"yaxis{suffix}": {
            **common, "anchor": f"x{suffix}", "tickvals": list(range(len(half))),
            "ticktext": names, "range": [rows - 0.5, -0.5],
        },
    }  # fmt: skip


def _legend_lines(cells: pd.DataFrame, lang: str, dark: bool) -> list[str]:
    """Each state with its sign and how many cells have it; what no cell has is left out."""
    counts = Counter(state for states in cells["states"] for state in states)
    lines = [
        f"<span style='color:{_STYLES[state].text(dark)}'>{_SIGNS[state]}</span> "
        + plain(word(f"quality.state.{state}", lang))
        + f": <b>{format_number(counts[state], lang)}</b>"
        for state in STATES
        if counts[state]
    ]
    against = sum(sum(values) for values in cells["contradicted"])
    if against:
        label = word("evidence.contradiction", lang)
        lines.append(f"<b>{CONTRADICTED}</b> {plain(label)}: <b>{format_number(against, lang)}</b>")
    return lines


def describe_knowledge_matrix(cells: pd.DataFrame, as_of: date, lang: str) -> str:
    """Alt text: how many cells have each state, and who has most unknowns."""
    counts = Counter(state for states in cells["states"] for state in states)
    parts = [
        word("chart.count_of_class", lang, label=word(f"quality.state.{state}", lang),
             count=format_number(counts[state], lang))
        for state in STATES if counts[state]
    ]  # fmt: skip
    most = cells.sort_values("unknown_count", ascending=False, kind="stable").head(5)
    names = [f"{r.province_name} ({r.unknown_count})" for r in most.itertuples()]
    return word(
        "quality.matrix_alt",
        lang,
        provinces=format_number(len(cells), lang),
        date=format_date(as_of, lang),
        parts="; ".join(parts),
        names=", ".join(names),
    )

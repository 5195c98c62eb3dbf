"""Announced beside evidenced: two columns of the same height, cut into named parts."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import Trace, layout, plain, unvalidated
from dashboard.colours import NEAR_BLACK, WHITE, class_style, contrast, surface
from dashboard.words import format_number, word

ANNOUNCED: Final = "announced"
EVIDENCED: Final = "evidenced"
COLUMNS: Final = (ANNOUNCED, EVIDENCED)
# What a part rests on, told by hatching as well as by its shade.
HATCHES: Final = {
    "stated": "", "evidenced": "", "implied": "/", "unidentified": ".", "contradicted": "x",
}  # fmt: skip
TALLEST: Final = 560  # px
LEAST: Final = 20  # px a part needs for one line of text
LINE: Final = 15  # px of one line of small text
WRAP: Final = 23  # characters that fit half a phone's width


@dataclass(frozen=True)
class _Part:
    """One piece of a column: where it begins and how it looks."""

    column: int
    start: int
    count: int
    label: str
    colour: str
    ink: str
    hatch: str
    glyph: str


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _parts(parts: pd.DataFrame, indicator: str, dark: bool) -> list[_Part]:
    """Rows with their places; both columns must have the same total."""
    rows = parts.to_dict("records")
    totals = dict.fromkeys(parts["column"].tolist(), 0)
    for row in rows:
        totals[row["column"]] += int(row["count"])
    if set(totals) != set(COLUMNS) or len(set(totals.values())) != 1:
        raise ValueError(f"columns and totals {totals}: expected {COLUMNS}, equal totals")
    pieces: list[_Part] = []
    for place, column in enumerate(COLUMNS):
        start = 0
        for row in rows:
            count = int(row["count"]) if row["column"] == column else 0
            if count:
                style = class_style(indicator, row["class"])
                pale = row["kind"] in ("implied", "unidentified", "contradicted")
                fill = style.fill(dark)
                colour = _mixed(fill, surface(dark).page, 0.32) if pale else fill
                ink = max((NEAR_BLACK, WHITE), key=lambda tone: contrast(tone, colour))
                pieces.append(
                    _Part(place, start, count, str(row["label"]), colour, ink,
                          HATCHES[row["kind"]], style.glyph)
                )  # fmt: skip
            start += count
    return pieces


def plot_reconciliation(
    parts: pd.DataFrame,
    indicator: str,
    lang: str,
    dark: bool = False,
    headings: tuple[str, str] = ("", ""),
) -> go.Figure:
    """Two columns, announced and evidenced, each cut into parts that add up to the same total.

    parts, from top to bottom: column (announced, evidenced), label (worded), count, class (its
    colour) and kind (stated, evidenced, implied, unidentified, contradicted: its hatching). Keep
    the parts of the second column in the order of those they divide: equal heights then line up.
    `headings`: worded source of each column. ValueError unless both totals are equal.
    """
    pieces = _parts(parts, indicator, dark)
    total = max((piece.start + piece.count for piece in pieces), default=1)
    smallest = min((piece.count for piece in pieces), default=1)
    tall = int(min(max(380, LEAST * total / smallest), TALLEST))
    texts = [_text(piece, tall / total, lang) for piece in pieces]
    left_out = [piece for piece, text in zip(pieces, texts, strict=True) if not text]
    top, bottom = 58, 6 + 17 * len(left_out)
    content = layout(
        dark, lang, top + tall + bottom, top, bottom,
        data={"bar": [_bar_look(dark)]}, notes={"font": {"size": 12}}, shapes=_joint_look(dark),
    )  # fmt: skip
    content |= {
        "barmode": "overlay",
        "xaxis": {"visible": False, "range": [-0.5, 1.5], "fixedrange": True},
        "yaxis": {"visible": False, "range": [total, 0], "fixedrange": True},
        "annotations": [
            *(_inside(piece, text) for piece, text in zip(pieces, texts, strict=True)),
            *_below(left_out, lang),
            *_headings(headings, total, lang, dark),
        ],
        "shapes": _joints(pieces),
    }
    return unvalidated(_bars(pieces), content)


def _bars(pieces: list[_Part]) -> list[Trace]:
    """The parts as bars that begin where the part above ends; neighbours share a trace.

    A hatched one has its own: with a list of colours plotly.js ignores the colour of hatching.
    """
    traces = []
    for hatch, group in groupby(pieces, key=lambda piece: piece.hatch):
        run = list(group)
        if hatch:
            traces += [
                _bar([piece], {"color": piece.colour, "pattern": {"shape": hatch}}) for piece in run
            ]
        else:
            traces.append(_bar(run, {"color": [piece.colour for piece in run]}))
    return traces


def _bar(pieces: list[_Part], marker: dict[str, Any]) -> Trace:
    return {
        "type": "bar",
        "x": [piece.column for piece in pieces],
        "y": [piece.count for piece in pieces],
        "base": [piece.start for piece in pieces],
        "marker": marker,
    }


def _bar_look(dark: bool) -> dict[str, Any]:
    lines = surface(dark)
    return {
        "width": 0.88,
        "hoverinfo": "skip",
        "marker": {
            "line": {"color": lines.page, "width": 2},
            "pattern": {
                "fgcolor": lines.muted, "size": 7, "solidity": 0.22, "fillmode": "overlay",
            },
        },
    }  # fmt: skip


def _inside(piece: _Part, text: str) -> dict[str, Any]:
    """The text of a part in its middle, on plain ground where the part is hatched."""
    ground = {"bgcolor": piece.colour, "borderpad": 1} if piece.hatch else {}
    y = piece.start + piece.count / 2
    return {"text": text, "x": piece.column, "y": y, "font": {"color": piece.ink}, **ground}


def _below(left_out: list[_Part], lang: str) -> list[dict[str, Any]]:
    """Lines under the columns for the parts without room for their text."""
    return [
        {"text": f"{piece.glyph} <b>{format_number(piece.count, lang)}</b> {plain(piece.label)}",
         "x": 0, "xref": "paper", "xanchor": "left", "y": 0, "yref": "paper", "yanchor": "top",
         "yshift": -4 - 17 * place}
        for place, piece in enumerate(left_out)
    ]  # fmt: skip


def _text(piece: _Part, px_each: float, lang: str) -> str:
    """Number and words that fit the part: big above small, else one after the other; else ""."""
    room = piece.count * px_each - 4
    number = format_number(piece.count, lang)
    below = textwrap.wrap(piece.label, WRAP)
    if room >= 26 + LINE * len(below):
        words = "<br>".join(plain(line) for line in below)
        return f"<b style='font-size:22px'>{number}</b><br>{words}"
    beside = textwrap.wrap(f"{number} {piece.label}", WRAP)
    if room >= LINE * len(beside) - 2:
        lines = [plain(line) for line in beside]
        lines[0] = f"<b>{number}</b>" + lines[0].removeprefix(number)
        return "<br>".join(lines)
    return ""


def _headings(headings: tuple[str, str], total: int, lang: str, dark: bool) -> list[dict[str, Any]]:
    notes = []
    for place, (column, source) in enumerate(zip(COLUMNS, headings, strict=True)):
        name = plain(word(f"chart.reconciliation.{column}", lang))
        text = f"<b>{name}: {format_number(total, lang)}</b><br>"
        small = "<br>".join(plain(line) for line in textwrap.wrap(source, 26)[:2])
        if small:
            text += f"<span style='font-size:11px;color:{surface(dark).muted}'>{small}</span>"
        notes.append({"text": text, "x": place, "y": 1, "yref": "paper", "yanchor": "bottom",
                      "yshift": 3, "font": {"size": 14}})  # fmt: skip
    return notes


def _joint_look(dark: bool) -> dict[str, Any]:
    line = {"color": surface(dark).border, "width": 1.5}
    return {"type": "line", "x0": 0.44, "x1": 0.56, "line": line}


def _joints(pieces: list[_Part]) -> list[dict[str, Any]]:
    """A line across the gap wherever both columns are cut at the same height."""
    cuts: tuple[set[int], set[int]] = (set(), set())
    for piece in pieces:
        cuts[piece.column].update((piece.start, piece.start + piece.count))
    return [
        {"y0": height, "y1": height, "line": {"dash": "dot"}}
        for height in sorted(cuts[0] & cuts[1])
    ]


def describe_reconciliation(parts: pd.DataFrame, lang: str) -> str:
    """Alt text: both columns with every part and its number."""
    rows, columns = parts.to_dict("records"), []
    for column in COLUMNS:
        listed = "; ".join(
            f"{format_number(int(row['count']), lang)} {row['label']}"
            for row in rows
            if row["column"] == column
        )
        columns.append(f"{word(f'chart.reconciliation.{column}', lang)}: {listed}.")
    return word(
        "chart.alt.reconciliation",
        lang,
        total=format_number(int(parts["count"].sum()) // 2, lang),
        columns=" ".join(columns),
    )


def human_rights_parts(lagging: int, out_of: int, adopted: int, lang: str) -> pd.DataFrame:
    """The announced `lagging` of `out_of` beside the plans found: nobody is named in the letter.

    Should more plans be found than the announcement implies, the surplus stands in its own part.
    """
    implied = out_of - lagging
    unidentified, surplus = max(implied - adopted, 0), max(adopted - implied, 0)
    rest = lagging - surplus
    key = "chart.reconciliation.human_rights"
    return _frame(
        [
            (ANNOUNCED, word(f"{key}.implied", lang), implied, "adopted", "stated"),
            (ANNOUNCED, word(f"{key}.lagging", lang), lagging, "not_named", "stated"),
            (EVIDENCED, word(f"{key}.adopted", lang), adopted - surplus, "adopted", "evidenced"),
            (EVIDENCED, word(f"{key}.unidentified", lang), unidentified, "adopted", "unidentified"),
            (EVIDENCED, word(f"{key}.surplus", lang), surplus, "adopted", "contradicted"),
            (EVIDENCED, word(f"{key}.not_named", lang), rest, "not_named", "evidenced"),
        ]
    )


def regulation_parts(
    outdated: int, general_only: int, out_of: int, seen: int, contradicted: int, lang: str
) -> pd.DataFrame:
    """What the letter says and implies beside what documents show of the provinces it left unnamed.

    `seen`: of those, provinces whose document on the current base is known; `contradicted`: those
    whose only document rests on the expired base; the rest stands on the letter's silence alone.
    """
    current = out_of - outdated - general_only
    silent = current - seen - contradicted
    key = "chart.reconciliation.regulation"
    said = {name: word(f"{key}.{name}", lang) for name in _REGULATION_PARTS}
    return _frame(
        [
            (ANNOUNCED, said["current"], current, "current", "stated"),
            (ANNOUNCED, said["outdated"], outdated, "outdated", "stated"),
            (ANNOUNCED, said["general_only"], general_only, "general_only", "stated"),
            (EVIDENCED, said["seen"], seen, "current", "evidenced"),
            (EVIDENCED, said["implied"], silent, "current", "implied"),
            (EVIDENCED, said["contradicted"], contradicted, "outdated", "contradicted"),
            (EVIDENCED, said["outdated_named"], outdated, "outdated", "evidenced"),
            (EVIDENCED, said["general_named"], general_only, "general_only", "evidenced"),
        ]
    )


_REGULATION_PARTS: Final = (
    "current", "outdated", "general_only", "seen", "implied", "contradicted", "outdated_named",
    "general_named",
)  # fmt: skip


def _frame(rows: list[tuple[str, str, int, str, str]]) -> pd.DataFrame:
    negative = [row for row in rows if row[2] < 0]
    if negative:
        raise ValueError(f"negative part in {negative}")
    shown = [row for row in rows if row[2] > 0]
    return pd.DataFrame(shown, columns=["column", "label", "count", "class", "kind"])

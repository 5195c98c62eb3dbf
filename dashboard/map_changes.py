"""The map of what changed between two dates: who moved from which class to which.

The colour is that of the class after; the sign says whether the move is a step up or down, makes
something known or leaves it unknown. Units that did not move are quiet.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final, Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard.colours import (
    ABSENCE_STYLES,
    AROUND_STYLE,
    CLASS_ORDER,
    UNKNOWN_CLASSES,
    ClassStyle,
    class_style,
)
from dashboard.map_layers import MISSING, Group, Subject, Unit, legend_traces
from dashboard.map_national import (
    GeojsonBy,
    Sheet,
    describe_archipelagos,
    list_names,
    national_figure,
)
from dashboard.map_subjects import checked_codes, class_label, column, every_unit, missing_group
from dashboard.words import format_date, word

Direction = Literal["better", "worse", "known", "lost", "other"]

UNCHANGED: Final = "unchanged"
# plotly symbol and glyph of each direction.
SIGNS: Final[dict[Direction, tuple[str, str]]] = {
    "better": ("triangle-up", "▲"),
    "worse": ("triangle-down", "▼"),
    "known": ("diamond", "◆"),
    "lost": ("circle-open-dot", "⊙"),
    "other": ("diamond", "◆"),
}
SIGN_SIZE: Final = 1.4
# Letters of a line of the legend in the sea.
LONGEST_LINE: Final = 32
# Classes that are no step on the way from the best to the worst.
UNRANKED: Final = frozenset({"mixed", "not_applicable", "not_due", MISSING})


def plot_change_map(
    changes: pd.DataFrame,
    *,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool = False,
    selected: str | None = None,
    dimmed: Collection[str] = frozenset(),
    width: int | None = None,
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
) -> go.Figure:
    """Who moved from which class to which between two dates.

    `changes`: province_code_gso, class_before, class_after, and optionally province_name and hover
    (the document that moved it). A unit without a row has no data on both days. Sizes as in
    plot_province_map. Raises ValueError for a unit code that the vintage does not have, KeyError
    for a class that the indicator does not have.
    """
    subject = change_subject(changes, indicator, vintage, lang, dark, dimmed)
    legend = legend_traces(subject)
    title = _signs_in_words(subject, indicator)
    rows = sum(1 + str(trace["name"]).count("<br>") for trace in legend) + bool(title)
    sheet = Sheet(width=width, narrow=narrow, geojson=geojson)
    return national_figure(subject, legend, rows, sheet, selected=selected, legend_title=title)


def describe_change_map(
    changes: pd.DataFrame,
    indicator: str,
    vintage: int,
    since: date | None,
    as_of: date,
    lang: str,
    dimmed: Collection[str] = frozenset(),
) -> str:
    """The map in words: how many moved, each pair of classes with its units, archipelagos."""
    subject = change_subject(changes, indicator, vintage, lang, False, dimmed)
    members = subject.members(subject.counted)
    moved = {name: units for name, units in members.items() if name not in (UNCHANGED, MISSING)}
    start = word(
        "map.describe.changes",
        lang,
        indicator=word(f"indicator.{indicator}", lang),
        since=format_date(since, lang),
        as_of=format_date(as_of, lang),
        count=sum(map(len, moved.values())),
        units=len(subject.counted),
    )
    named = [
        word("map.describe.names", lang, label=_flat(subject.groups[n].label), names=list_names(u))
        for n, u in moved.items()
        if u
    ]
    return " ".join([start, *named, _flat(describe_archipelagos(subject))])


def direction(indicator: str, before: str, after: str) -> Direction:
    """What a move means, by the order of the indicator's classes, best first.

    A move into a class that says nothing is known is no step down, and one out of it is a step up
    only where it ends in the best class: else it tells what was so before. KeyError for a class
    that the indicator does not have.
    """
    for name in {before, after} - {MISSING}:
        class_style(indicator, name)  # KeyError with the known names
    if after in UNKNOWN_CLASSES or after == MISSING:
        return "other" if before in UNRANKED else "lost"
    if {before, after} & (UNRANKED - {MISSING}):
        return "other"
    order = CLASS_ORDER[indicator]
    if before in UNKNOWN_CLASSES or before == MISSING:
        return "better" if after == order[0] else "known"
    return "better" if order.index(after) < order.index(before) else "worse"


def change_subject(
    changes: pd.DataFrame,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool,
    dimmed: Collection[str],
) -> Subject:
    """The moves as the subject of a map; errors as plot_change_map."""
    cells = zip(
        checked_codes(changes, vintage),
        column(changes, "province_name"),
        column(changes, "class_before"),
        column(changes, "class_after"),
        column(changes, "hover"),
        strict=True,
    )
    found: list[Unit] = []
    moves: set[tuple[str, str]] = set()
    for code, name, given_before, given_after, hover in cells:
        before, after = given_before or MISSING, given_after or MISSING
        if before == after:
            kind = MISSING if after == MISSING else UNCHANGED
            hover = "" if after == MISSING else class_label(indicator, after, lang)
        else:
            kind = f"{before}>{after}"
            moves.add((before, after))
        found.append(Unit(code, name or code, kind, hover or "", False, False))
    quiet = Group(AROUND_STYLE, word("map.unchanged", lang), sign=0.0)
    groups = _pairs(moves, indicator, lang) | {UNCHANGED: quiet, MISSING: missing_group(lang)}
    return Subject(vintage, lang, dark, every_unit(found, vintage), frozenset(dimmed), groups)


def _pairs(moves: Collection[tuple[str, str]], indicator: str, lang: str) -> dict[str, Group]:
    """The moves that occur: steps up first, then steps down, each in the order of the classes."""
    classes = [*CLASS_ORDER[indicator], MISSING]

    def place(move: tuple[str, str]) -> tuple[int, int, int]:
        before, after = move
        way = list(SIGNS).index(direction(indicator, before, after))
        return way, classes.index(after), classes.index(before)

    return {
        f"{before}>{after}": Group(
            _look(indicator, before, after),
            _label(class_label(indicator, before, lang), class_label(indicator, after, lang)),
            sign=SIGN_SIZE,
        )
        for before, after in sorted(moves, key=place)
    }


def _look(indicator: str, before: str, after: str) -> ClassStyle:
    symbol, glyph = SIGNS[direction(indicator, before, after)]
    style = ABSENCE_STYLES[MISSING] if after == MISSING else class_style(indicator, after)
    return replace(style, symbol=symbol, glyph=glyph)


def _label(before: str, after: str) -> str:
    """Both classes, on two lines where one would be too long for the sea."""
    one_line = f"{before} → {after}"
    return one_line if len(one_line) <= LONGEST_LINE else f"{before}<br>→ {after}"


def _flat(text: str) -> str:
    return text.replace("<br>", " ")


def _signs_in_words(subject: Subject, indicator: str) -> str:
    """The signs that occur and what they mean, as the title of the legend."""
    present = {unit.class_name for unit in subject.counted} - {UNCHANGED, MISSING}
    ways = {direction(indicator, *name.split(">")) for name in present}
    lines = {
        SIGNS[way][1]: word(f"map.direction.{way}", subject.lang) for way in SIGNS if way in ways
    }
    if {"known", "other"} <= ways:
        lines["◆"] = word("map.direction.known_or_other", subject.lang)
    return " · ".join(f"{glyph} {text}" for glyph, text in lines.items())

"""What a map says about each unit: coloured areas, signs, rings of contradiction, the legend.

Traces are plain dictionaries in plotly's form: objects of plotly cost forty milliseconds a map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from dashboard import boundaries, map_frame
from dashboard.colours import (
    ABSENCE_STYLES,
    CLASS_ORDER,
    UNKNOWN_CLASSES,
    WHITE,
    ClassStyle,
    class_style,
    surface,
)
from dashboard.enlargement import PREFIX
from dashboard.map_frame import NO_FILL
from dashboard.words import format_number, word

Trace = dict[str, Any]

MISSING: Final = "missing"
# Numbers of plotly's marker symbols as the map draws them: filled where a class has evidence and
# can thus grow old; 100 more is the hollow form.
SYMBOL_NUMBERS: Final[Mapping[str, int]] = {
    "circle": 0,
    "diamond": 2,
    "triangle-up": 5,
    "triangle-down": 6,
    "square-cross-open": 29,
    "square-open": 101,
    "circle-open-dot": 300,
}
HOLLOW: Final = 100
# These classes rest on no evidence of their own that could be too old.
AGELESS: Final = UNKNOWN_CLASSES | {MISSING, "not_applicable", "not_due"}
# A line of evidence that so many units share is sent once, with a trace of their own.
SHARED_BY: Final = 4


class Unit(NamedTuple):
    """One province or city on the map; `hover` is its line of evidence in words."""

    code: str
    name: str
    class_name: str
    hover: str
    is_old: bool
    has_contradiction: bool


@dataclass(frozen=True)
class Subject:
    """What one map is about: an indicator of all units of a vintage, in one language and theme."""

    indicator: str
    vintage: int
    lang: str
    dark: bool
    units: tuple[Unit, ...]
    dimmed: frozenset[str]

    @property
    def counted(self) -> list[Unit]:
        """The units inside the current filter."""
        return [unit for unit in self.units if unit.code not in self.dimmed]

    def groups(self, units: Iterable[Unit] | None = None) -> dict[str, list[Unit]]:
        """Units by class in the indicator's order; mixed and missing only where they occur."""
        present = {unit.class_name for unit in self.units}
        order = [n for n in CLASS_ORDER[self.indicator] if n in present or n != "mixed"]
        groups: dict[str, list[Unit]] = {name: [] for name in order}
        for unit in self.units if units is None else units:
            groups.setdefault(unit.class_name, []).append(unit)
        return groups

    def look(self, class_name: str) -> ClassStyle:
        """The colours and signs of a class of this map, or of a unit without a row."""
        if class_name == MISSING:
            return ABSENCE_STYLES[MISSING]
        return class_style(self.indicator, class_name)

    def label(self, class_name: str) -> str:
        """The class in words."""
        key = "map.missing" if class_name == MISSING else f"class.{self.indicator}.{class_name}"
        return word(key, self.lang)

    def class_of(self, code: str) -> str:
        """The class of one unit."""
        return next(unit.class_name for unit in self.units if unit.code == code)


def parse_units(statuses: pd.DataFrame, vintage: int) -> tuple[Unit, ...]:
    """Rows of statuses → one Unit for every unit of the vintage, by code.

    Needs province_code_gso and class; province_name, hover, is_old and has_contradiction may be
    missing. A unit without a row or class is `missing`; one without evidence is never old.
    ValueError for a unit that the vintage does not have or that comes twice.
    """
    codes = [str(code) for code in statuses["province_code_gso"]]
    unknown = sorted(set(codes) - boundaries.CODES[vintage])
    twice = sorted(code for code, count in Counter(codes).items() if count > 1)
    if unknown or twice:
        raise ValueError(
            f"statuses: expected each unit of {vintage} at most once; "
            f"unknown {unknown}, repeated {twice}"
        )

    def column(name: str) -> list[Any]:
        if name not in statuses:
            return [None] * len(codes)
        return [None if pd.isna(value) else value for value in statuses[name].tolist()]

    found = {
        code: Unit(
            code,
            name or code,
            kind or MISSING,
            hover or "",
            old is True and (kind or MISSING) not in AGELESS,
            disputed is True,
        )
        for code, name, kind, hover, old, disputed in zip(
            codes,
            column("province_name"),
            column("class"),
            column("hover"),
            column("is_old"),
            column("has_contradiction"),
            strict=True,
        )
    }
    return tuple(
        found.get(code) or Unit(code, code, MISSING, "", False, False)
        for code in sorted(boundaries.CODES[vintage])
    )


def area_traces(subject: Subject) -> list[Trace]:
    """The coloured areas, those of the delta also enlarged; a trace's name is its class."""
    traces = []
    for name, units in subject.groups().items():
        lines = Counter(unit.hover for unit in units)
        shared = [line for line, count in lines.items() if count >= SHARED_BY]
        for line in shared:
            trace = _area_trace(subject, name, [unit for unit in units if unit.hover == line])
            if line:
                trace["name"] += f"<br>{line}"
            traces.append(trace)
        rest = [unit for unit in units if unit.hover not in shared]
        if rest:
            trace = _area_trace(subject, name, rest)
            if any(unit.hover for unit in rest):
                # Shorter than the locations: enlarged areas follow and do without.
                trace["customdata"] = [unit.hover and f"<br>{unit.hover}" for unit in rest]
            traces.append(trace)
    return traces


def _area_trace(subject: Subject, name: str, units: list[Unit]) -> Trace:
    look = subject.look(name)
    fill = look.fill(subject.dark)
    enlarged = map_frame.enlarged_units(subject.vintage)
    shown = [*units, *(unit for unit in units if unit.code in enlarged)]
    marker: dict[str, Any] = {}
    if not subject.dark and look.on_fill(subject.dark) != WHITE:
        marker["line"] = {"color": surface(subject.dark).border}
    if any(unit.code in subject.dimmed for unit in units):
        marker["opacity"] = [0.25 if unit.code in subject.dimmed else 1 for unit in shown]
    codes = [unit.code for unit in units]
    return {
        "type": "choropleth",
        "name": subject.label(name),
        "locations": codes + [f"{PREFIX}{code}" for code in codes if code in enlarged],
        "z": np.zeros(len(shown), dtype="int8"),
        "colorscale": [[0, fill], [1, fill]],
        **({"marker": marker} if marker else {}),
    }


def outline_trace(code: str, vintage: int, dark: bool) -> Trace:
    """A bold line around the selected unit."""
    is_enlarged = code in map_frame.enlarged_units(vintage)
    return {
        "type": "choropleth",
        "locations": [code, f"{PREFIX}{code}"] if is_enlarged else [code],
        "z": [0, 0],
        "colorscale": [[0, NO_FILL], [1, NO_FILL]],
        "marker": {"line": {"color": surface(dark).mark, "width": 2.5}},
        "hoverinfo": "skip",
        "hovertemplate": "",
    }


def sign_traces(subject: Subject, size: int) -> list[Trace]:
    """The sign of its class on each unit, hollow where the evidence is old.

    A ring around it where sources contradict each other. Dimmed units have none.
    """
    shown = subject.counted
    disputed = [unit for unit in shown if unit.has_contradiction]
    traces = []
    if shown:
        traces.append(_points(subject, shown) | {"marker": _sign(subject, shown, size)})
    if disputed:
        traces.append(_points(subject, disputed) | {"marker": _ring(subject, disputed, size)})
    return traces


def _sign(subject: Subject, units: list[Unit], size: int) -> dict[str, Any]:
    looks = [subject.look(unit.class_name) for unit in units]
    numbers = [SYMBOL_NUMBERS[look.symbol] for look in looks]
    symbols = [
        number + HOLLOW if unit.is_old else number
        for number, unit in zip(numbers, units, strict=True)
    ]
    return {
        "symbol": np.array(symbols, dtype="int16"),
        "size": size,
        # 0 or 1 of the template's colour scale: near-black or white, whichever stands out.
        "color": np.array([look.on_fill(subject.dark) == WHITE for look in looks], dtype="int8"),
        "line": {"width": max(1, round(size / 6, 1))},
    }


def _ring(subject: Subject, units: list[Unit], size: int) -> dict[str, Any]:
    colours = [subject.look(unit.class_name).on_fill(subject.dark) for unit in units]
    return {
        "color": NO_FILL,
        "size": 2 * size,
        "line": {"width": max(1.5, round(size / 3.5, 1)), "color": colours},
    }


def _points(subject: Subject, units: list[Unit]) -> Trace:
    places = map_frame.sign_places(subject.vintage)
    return {
        "type": "scattergeo",
        "lon": np.array([places[unit.code][0] for unit in units], dtype="float32"),
        "lat": np.array([places[unit.code][1] for unit in units], dtype="float32"),
        "showlegend": False,
    }


def legend_traces(subject: Subject) -> list[Trace]:
    """Traces that draw nothing on the map and one line each in the legend.

    Counts are of the units inside the current filter.
    """

    def entry(name: str, **marker: Any) -> Trace:
        return {
            "type": "scattergeo", "lon": [None], "lat": [None], "name": name, "marker": marker,
        }  # fmt: skip

    lang = subject.lang
    entries = []
    for name, units in subject.groups(subject.counted).items():
        look, count = subject.look(name), format_number(len(units), lang)
        text = word("map.legend.entry", lang, label=subject.label(name), count=count)
        symbol = look.symbol.replace("-open", "")
        entries.append(entry(text, symbol=symbol, color=look.fill(subject.dark)))
    old = sum(unit.is_old for unit in subject.counted)
    disputed = sum(unit.has_contradiction for unit in subject.counted)
    if old:
        text = word("map.legend.is_old", lang, count=format_number(old, lang))
        entries.append(entry(text, size=8, color=NO_FILL, line={"width": 1.5}))
    if disputed:
        text = word("map.legend.has_contradiction", lang, count=format_number(disputed, lang))
        entries.append(entry(text, size=15, color=NO_FILL, line={"width": 2}))
    return entries

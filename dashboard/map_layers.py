"""What a map says about each unit: coloured areas, signs, hollow and ringed signs, the legend.

Traces are plain dictionaries in plotly's form: objects of plotly cost forty milliseconds a map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from dashboard import map_frame
from dashboard.colours import WHITE, ClassStyle, surface
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
# A line of evidence that so many units share is sent once, with a trace of their own.
SHARED_BY: Final = 4


class Unit(NamedTuple):
    """One province or city on the map; `hover` is its line of evidence in words.

    A hollow sign says that its figure or evidence has a weakness, a ring that sources disagree.
    """

    code: str
    name: str
    class_name: str
    hover: str
    is_hollow: bool
    is_ringed: bool


class Group(NamedTuple):
    """How the units of one class look and what the legend calls them.

    `sign` is the size of the sign as a share of the map's, 0 for none; `is_always_listed` keeps a
    class without units in the legend.
    """

    look: ClassStyle
    label: str
    sign: float = 1.0
    is_always_listed: bool = True


@dataclass(frozen=True)
class Subject:
    """What one map is about: units of a vintage by group, in one language and theme.

    `groups` are in the order of the legend. `hollow` and `ring` are the keys of the words that
    explain hollow and ringed signs. `has_delta` says whether the Red River delta is enlarged.
    """

    vintage: int
    lang: str
    dark: bool
    units: tuple[Unit, ...]
    dimmed: frozenset[str]
    groups: Mapping[str, Group]
    hollow: str = "map.legend.is_old"
    ring: str = "map.legend.has_contradiction"
    has_delta: bool = True

    @property
    def enlarged(self) -> frozenset[str]:
        """Codes of the units of which a part is drawn a second time, enlarged."""
        return map_frame.enlarged_units(self.vintage) if self.has_delta else frozenset()

    @property
    def marked(self) -> list[Unit]:
        """The units with a sign, inside the current filter."""
        return [unit for unit in self.counted if self.groups[unit.class_name].sign]

    @property
    def counted(self) -> list[Unit]:
        """The units inside the current filter."""
        return [unit for unit in self.units if unit.code not in self.dimmed]

    def members(self, units: Iterable[Unit] | None = None) -> dict[str, list[Unit]]:
        """Units by class in the legend's order; some classes only where they occur."""
        present = {unit.class_name for unit in self.units}
        found: dict[str, list[Unit]] = {
            name: []
            for name, group in self.groups.items()
            if group.is_always_listed or name in present
        }
        for unit in self.units if units is None else units:
            found[unit.class_name].append(unit)
        return found

    def group_of(self, code: str) -> Group:
        """The group of one unit."""
        return self.groups[next(u.class_name for u in self.units if u.code == code)]


def area_traces(subject: Subject) -> list[Trace]:
    """The coloured areas, those of the delta also enlarged; a trace's name is its class."""
    traces = []
    for name, units in subject.members().items():
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
    group = subject.groups[name]
    fill = group.look.fill(subject.dark)
    enlarged = subject.enlarged
    shown = [*units, *(unit for unit in units if unit.code in enlarged)]
    marker: dict[str, Any] = {}
    if not subject.dark and group.look.on_fill(subject.dark) != WHITE:
        marker["line"] = {"color": surface(subject.dark).border}
    if any(unit.code in subject.dimmed for unit in units):
        marker["opacity"] = [0.25 if unit.code in subject.dimmed else 1 for unit in shown]
    codes = [unit.code for unit in units]
    return {
        "type": "choropleth",
        "name": group.label,
        "locations": codes + [f"{PREFIX}{code}" for code in codes if code in enlarged],
        "z": np.zeros(len(shown), dtype="int8"),
        "colorscale": [[0, fill], [1, fill]],
        **({"marker": marker} if marker else {}),
    }


def outline_trace(subject: Subject, code: str) -> Trace:
    """A bold line around the selected unit."""
    is_enlarged = code in subject.enlarged
    return {
        "type": "choropleth",
        "locations": [code, f"{PREFIX}{code}"] if is_enlarged else [code],
        "z": [0, 0],
        "colorscale": [[0, NO_FILL], [1, NO_FILL]],
        "marker": {"line": {"color": surface(subject.dark).mark, "width": 2.5}},
        "hoverinfo": "skip",
        "hovertemplate": "",
    }


def sign_traces(
    subject: Subject, size: int, points: Mapping[str, tuple[float, float]]
) -> list[Trace]:
    """The sign of its class on each unit, hollow or ringed where it is marked.

    `size` in pixels; `points` are (lon, lat) by code. Dimmed units have no sign.
    """
    shown = subject.marked
    ringed = [unit for unit in shown if unit.is_ringed]
    traces = []
    if shown:
        traces.append(_points(subject, shown, points) | {"marker": _sign(subject, shown, size)})
    if ringed:
        traces.append(_points(subject, ringed, points) | {"marker": _ring(subject, ringed, size)})
    return traces


def _sign(subject: Subject, units: list[Unit], size: int) -> dict[str, Any]:
    groups = [subject.groups[unit.class_name] for unit in units]
    numbers = [SYMBOL_NUMBERS[group.look.symbol] for group in groups]
    symbols = [
        number + HOLLOW if unit.is_hollow and number < HOLLOW else number
        for number, unit in zip(numbers, units, strict=True)
    ]
    sizes: dict[str, Any] = {"size": size}
    if {group.sign for group in groups} != {1.0}:
        # plotly takes signs of several sizes for bubbles and makes them transparent.
        sizes = {"size": [round(size * group.sign, 1) for group in groups], "opacity": 1}
    return {
        "symbol": np.array(symbols, dtype="int16"),
        **sizes,
        # 0 or 1 of the template's colour scale: near-black or white, whichever stands out.
        "color": np.array([g.look.on_fill(subject.dark) == WHITE for g in groups], dtype="int8"),
        "line": {"width": max(1, round(size / 6, 1))},
    }


def _ring(subject: Subject, units: list[Unit], size: int) -> dict[str, Any]:
    groups = [subject.groups[unit.class_name] for unit in units]
    sizes = [round(2 * size * max(1.0, group.sign), 1) for group in groups]
    return {
        "color": NO_FILL,
        "size": 2 * size if set(sizes) == {2.0 * size} else sizes,
        "opacity": 1,
        "line": {
            "width": max(1.5, round(size / 3.5, 1)),
            "color": [group.look.on_fill(subject.dark) for group in groups],
        },
    }


def _points(
    subject: Subject, units: list[Unit], points: Mapping[str, tuple[float, float]]
) -> Trace:
    return {
        "type": "scattergeo",
        "lon": np.array([points[unit.code][0] for unit in units], dtype="float32"),
        "lat": np.array([points[unit.code][1] for unit in units], dtype="float32"),
        "showlegend": False,
    }


def legend_entry(name: str, **marker: Any) -> Trace:
    """A trace that draws nothing on the map and one line in the legend."""
    return {"type": "scattergeo", "lon": [None], "lat": [None], "name": name, "marker": marker}


def legend_traces(subject: Subject) -> list[Trace]:
    """The legend: every class with its number of units inside the filter, then the marks."""
    lang = subject.lang
    entries = []
    for name, units in subject.members(subject.counted).items():
        group, count = subject.groups[name], format_number(len(units), lang)
        text = word("map.legend.entry", lang, label=group.label, count=count)
        marker: dict[str, Any] = {
            "symbol": group.look.symbol.replace("-open", ""),
            "color": group.look.fill(subject.dark),
        }
        if group.sign not in (0.0, 1.0):
            marker["size"] = round(8 + 4 * group.sign, 1)
        entries.append(legend_entry(text, **marker))
    hollow = sum(unit.is_hollow for unit in subject.marked)
    ringed = sum(unit.is_ringed for unit in subject.marked)
    if hollow:
        text = word(subject.hollow, lang, count=format_number(hollow, lang))
        entries.append(legend_entry(text, size=8, color=NO_FILL, line={"width": 1.5}))
    if ringed:
        text = word(subject.ring, lang, count=format_number(ringed, lang))
        entries.append(legend_entry(text, size=15, color=NO_FILL, line={"width": 2}))
    return entries

"""The locator of a province sheet as SVG: the country once for all sheets, then one unit marked.

Drawn from the outlines of map_shapes; both archipelagos with their names are part of the country.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Final

from dashboard import boundaries
from dashboard.briefing import map_shapes
from dashboard.briefing.map_shapes import Outline
from dashboard.colours import AROUND_STYLE, HERE_STYLE, LIGHT
from dashboard.map_frame import ARCHIPELAGO_WORDS, NAME_PLACES
from dashboard.words import word

WIDTH: Final = 314.0  # units of the drawing
_SCALE: Final = WIDTH / map_shapes.WIDTH
HEIGHT: Final = round(map_shapes.HEIGHT * _SCALE, 1)
_NEAREST: Final = 1.1  # units: corners closer than that are one, 0.2 mm on paper
_SMALL: Final = 14.0  # units: a unit smaller than that has a ring around it
_LETTER: Final = 0.56  # width of a letter as a share of its height


def country_symbol(vintage: int, lang: str) -> str:
    """<symbol id="country">: sea, neighbours, all units of a vintage, archipelagos and names."""
    land = _path(map_shapes.neighbour_outlines())
    units = _path(map_shapes.unit_outlines(vintage))
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{LIGHT.sea}"/>',
        f'<path d="{land}" fill="{LIGHT.land}" stroke="{LIGHT.land_line}" stroke-width=".6"/>',
        f'<path d="{units}" fill="{AROUND_STYLE.fill(False)}" stroke="{LIGHT.border}" '
        'stroke-width=".6"/>',
        *(_name(word(key, lang), place) for key, place in NAME_PLACES.items()),
        *(_archipelago(group, lang) for group in boundaries.archipelagos()),
    ]
    return f'<symbol id="country" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</symbol>'


def locator(vintage: int, code: str, name: str, alt: str) -> str:
    """<svg> of the country (country_symbol must stand in the page) with one unit marked and named.

    Raises KeyError for a code that the vintage does not have.
    """
    outline = {unit.code: unit for unit in map_shapes.unit_outlines(vintage)}[code]
    look = HERE_STYLE.fill(False)
    x, y = _project(*boundaries.label_points(vintage)[code])
    marks = [f'<path d="{_path([outline])}" fill="{look}" stroke="{look}"/>']
    marks += [
        _dot(point, look, 2.6)
        for group in boundaries.archipelagos()
        if group.code == code
        for point in group.points
    ]
    marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_ring(outline)}" fill="none" '
                 f'stroke="{LIGHT.mark}" stroke-width="1.4"/>')  # fmt: skip
    marks.append(_label(name, x, y, _ring(outline)))
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}">'
        f'<use href="#country" width="{WIDTH}" height="{HEIGHT}"/>{"".join(marks)}'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="{LIGHT.frame}"/></svg>'
    )


def _project(lon: float, lat: float) -> tuple[float, float]:
    x, y = map_shapes.project(lon, lat)
    return x * _SCALE, y * _SCALE


def _path(outlines: Iterable[Outline]) -> str:
    """All rings of some outlines as one path, corners too close to be seen left out."""
    drawn = []
    for outline in outlines:
        for ring in outline.subpaths:
            corners: list[tuple[float, float]] = []
            for x, y in ((x * _SCALE, y * _SCALE) for x, y in ring):
                if not corners or abs(x - corners[-1][0]) + abs(y - corners[-1][1]) > _NEAREST:
                    corners.append((x, y))
            if len(corners) > 2:
                drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z")
    return "".join(drawn)


def _ring(outline: Outline) -> float:
    """Radius of the ring around a unit: wide enough to be found."""
    left, top, right, foot = (side * _SCALE for side in outline.box)
    return round(max(_SMALL, min(max(right - left, foot - top) * 0.62, 30.0)), 1)


def _dot(point: tuple[float, float], colour: str, size: float) -> str:
    x, y = _project(*point)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size}" fill="{colour}"/>'


def _archipelago(group: boundaries.Archipelago, lang: str) -> str:
    """Its frame, its features and its name with the unit it belongs to, on two lines."""
    west, south, east, north = group.extent
    left, top = _project(west, north)
    right, foot = _project(east, south)
    lines = word(ARCHIPELAGO_WORDS[group.name], lang).split("<br>")
    is_wide = foot - top > 60  # room in its frame for the name
    start = top + 14 if is_wide else top - 4 - 13 * (len(lines) - 1)
    named = "".join(
        f'<text x="{(left + right) / 2:.1f}" y="{start + 13 * place:.1f}" class="own">'
        f"{escape(line)}</text>"
        for place, line in enumerate(lines)
    )
    dots = "".join(_dot(point, LIGHT.text, 2.0) for point in group.points)
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{foot - top:.1f}" fill="none" stroke="{LIGHT.muted}" stroke-dasharray="3 2" '
        f'stroke-width=".8"/>{dots}{named}'
    )


def _name(text: str, place: tuple[float, float]) -> str:
    x, y = _project(*place)
    return f'<text x="{x:.1f}" y="{y:.1f}" class="around">{escape(text)}</text>'


@cache
def _taken() -> tuple[tuple[float, float, float, float], ...]:
    """What a unit's name must not cover: the archipelagos with their names."""
    boxes = []
    for group in boundaries.archipelagos():
        left, top = _project(group.extent[0], group.extent[3])
        right, foot = _project(group.extent[2], group.extent[1])
        boxes.append((left - 36, top - 32, right + 36, foot))
    return tuple(boxes)


def _label(name: str, x: float, y: float, ring: float) -> str:
    """The unit's name on the right of it, on the left where an archipelago or the edge is."""
    length, start = len(name) * 15 * _LETTER, x + ring + 4
    is_left = start + length > WIDTH or any(
        start < box[2] and box[0] < start + length and y - 10 < box[3] and box[1] < y + 5
        for box in _taken()
    )
    place = (x - ring - 4, "end") if is_left else (start, "start")
    return (
        f'<text x="{place[0]:.1f}" y="{y + 4:.1f}" text-anchor="{place[1]}" class="here">'
        f"{escape(name)}</text>"
    )

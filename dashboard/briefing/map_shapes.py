"""The national map as plain outlines in whole numbers, for native shapes of slides and for SVG.

Nothing here knows a file format. The frame is WIDTH wide and HEIGHT high, x to the right and y
down, in Mercator like every map of the project, so that neighbours share their corners exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from dashboard import boundaries, map_frame
from dashboard.enlargement import PREFIX, enlarged_box, mercator
from dashboard.map_frame import FRAME

Point = tuple[int, int]
Box = tuple[int, int, int, int]

WIDTH: Final = 10_000
_WEST, _EAST, _SOUTH, _NORTH = FRAME
PER_DEGREE: Final = WIDTH / (_EAST - _WEST)
HEIGHT: Final = round((mercator(_NORTH) - mercator(_SOUTH)) * PER_DEGREE)


@dataclass(frozen=True, slots=True)
class Outline:
    """One unit or country; `subpaths` are closed rings without the repeated first corner.

    `box` is left, top, right, bottom of all of them.
    """

    code: str
    name: str
    subpaths: tuple[tuple[Point, ...], ...]
    box: Box


def project(lon: float, lat: float) -> Point:
    """Where a place (degrees) lies in the frame."""
    return (
        round((lon - _WEST) * PER_DEGREE),
        round((mercator(_NORTH) - mercator(lat)) * PER_DEGREE),
    )


def project_box(box: tuple[float, float, float, float]) -> Box:
    """West, south, east, north in degrees -> left, top, right, bottom in the frame."""
    west, south, east, north = box
    return (*project(west, north), *project(east, south))


def unit_outlines(vintage: int) -> tuple[Outline, ...]:
    """All units of the vintage (2008 or 2025) by code, each with all its parts and islands."""
    return _units(boundaries.boundaries_dir(), vintage)


def enlarged_outlines(vintage: int) -> tuple[Outline, ...]:
    """The units of the Red River delta as they stand in its enlargement, by code."""
    return _enlarged(boundaries.boundaries_dir(), vintage)


def neighbour_outlines() -> tuple[Outline, ...]:
    """The neighbouring countries by ISO 3166 code, cut at the frame."""
    return _neighbours(boundaries.boundaries_dir())


def sign_points(vintage: int) -> dict[str, Point]:
    """Where the sign of each unit stands, by code: in the enlargement for those of the delta."""
    return {code: project(*place) for code, place in map_frame.sign_places(vintage).items()}


def enlargement_box() -> Box:
    """Where the enlarged delta stands in the frame."""
    return project_box(enlarged_box())


@cache
def _units(folder: Path, vintage: int) -> tuple[Outline, ...]:
    names = boundaries.unit_names(vintage)
    return tuple(
        _outline(code, names[code], polygons)
        for code, polygons in sorted(boundaries.unit_polygons(vintage).items())
    )


@cache
def _enlarged(folder: Path, vintage: int) -> tuple[Outline, ...]:
    names = boundaries.unit_names(vintage)
    features = boundaries.geojson(boundaries.MAP_FILES[vintage])["features"]
    parts = {str(feature["id"]): feature for feature in features}
    return tuple(
        _outline(code, names[code], boundaries.polygons(parts[f"{PREFIX}{code}"]))
        for code in sorted(names)
        if f"{PREFIX}{code}" in parts
    )


@cache
def _neighbours(folder: Path) -> tuple[Outline, ...]:
    whole = (
        _outline(code, code, polygons)
        for code, polygons in sorted(boundaries.neighbour_polygons().items())
    )
    cut = (_cut_at_frame(outline) for outline in whole)
    return tuple(outline for outline in cut if outline.subpaths)


def _outline(code: str, name: str, polygons: Iterable[Sequence[Any]]) -> Outline:
    rings = (
        _without_repeats(project(p[0], p[1]) for p in ring) for poly in polygons for ring in poly
    )
    return _of_rings(code, name, [ring for ring in rings if len(ring) > 2])


def _of_rings(code: str, name: str, rings: Sequence[tuple[Point, ...]]) -> Outline:
    if not rings:
        return Outline(code, name, (), (0, 0, 0, 0))
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return Outline(code, name, tuple(rings), (min(xs), min(ys), max(xs), max(ys)))


def _without_repeats(points: Iterable[Point]) -> tuple[Point, ...]:
    """A ring without corners that fall on the one before, nor its first one again at its end."""
    kept: list[Point] = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return tuple(kept)


def _cut_at_frame(outline: Outline) -> Outline:
    rings = []
    for ring in outline.subpaths:
        for axis, limit, sign in ((0, 0, 1), (0, WIDTH, -1), (1, 0, 1), (1, HEIGHT, -1)):
            ring = _cut(ring, axis, limit, sign)
        ring = _without_repeats(ring)
        if len(ring) > 2:
            rings.append(ring)
    return _of_rings(outline.code, outline.name, rings)


def _cut(ring: Sequence[Point], axis: int, limit: int, sign: int) -> tuple[Point, ...]:
    """Sutherland and Hodgman: what lies on one side of a line along an axis."""
    kept: list[Point] = []
    for place, point in enumerate(ring):
        before = ring[place - 1]
        is_in, was_in = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            x, y = (round(b + share * (p - b)) for b, p in zip(before, point, strict=True))
            kept.append((x, y))
        if is_in:
            kept.append(point)
    return tuple(kept)

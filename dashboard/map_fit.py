"""What fits where on a zoomed map: its frame, and places for names inside areas or open sea.

A coarse raster of the frame says to whom each cell of a few pixels belongs; a name stands where
all cells under it belong to the same unit, country or sea.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard import boundaries
from dashboard.enlargement import Box, latitude, mercator

Mask = NDArray[np.bool_]
Floats = NDArray[Any]

CELL: Final = 4  # px
SEA: Final = "sea"
FOREIGN: Final = "foreign"
# Around the units, as a share of the longer side; no map shows less than so many degrees.
PAD: Final = 0.05
LEAST_SPAN: Final = 0.8


def bounds(codes: Collection[str], vintage: int) -> Box:
    """West, south, east, north of the units, islands included; ValueError if there are none."""
    polygons = boundaries.unit_polygons(vintage)
    corners = [
        point for code in sorted(codes) for polygon in polygons[code] for point in polygon[0]
    ]
    if not corners:
        raise ValueError("zoomed map: expected at least one unit")
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    return min(lons), min(lats), max(lons), max(lats)


def padded(box: Box) -> Box:
    """The same with some room around it."""
    west, south, east, north = box
    low, high = mercator(south), mercator(north)
    span = max(east - west, high - low, LEAST_SPAN)
    pad = PAD * span + max(0.0, LEAST_SPAN - span) / 2
    return west - pad, latitude(low - pad), east + pad, latitude(high + pad)


def proportion(box: Box) -> float:
    """Width divided by height of a box in Mercator."""
    west, south, east, north = box
    return (east - west) / (mercator(north) - mercator(south))


def widened(box: Box, wanted: float) -> Box:
    """The box grown around its middle to the proportion `wanted` (width divided by height)."""
    west, south, east, north = box
    low, high = mercator(south), mercator(north)
    width, height = east - west, high - low
    more_x = max(0.0, wanted * height - width) / 2
    more_y = max(0.0, width / wanted - height) / 2
    return (
        round(west - more_x, 4),
        round(latitude(low - more_y), 4),
        round(east + more_x, 4),
        round(latitude(high + more_y), 4),
    )


def overlaps(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Area(NamedTuple):
    """The cells of one owner: those of `mask` from a row and a column of the raster on."""

    row: int
    column: int
    mask: Mask


@dataclass(frozen=True)
class Raster:
    """Cells of a frame by owner: unit codes, country codes, SEA and FOREIGN (all but units)."""

    box: Box
    px_per_degree: float
    areas: Mapping[str, Area]
    taken: Mask

    def block(self, lon: float, lat: float, width: float, height: float) -> None:
        """Keep a rectangle of px around a point free of names."""
        column, row = self._cell(lon, lat)
        dx, dy = width / CELL / 2, height / CELL / 2
        rows = slice(max(0, math.floor(row - dy)), max(0, math.ceil(row + dy)))
        columns = slice(max(0, math.floor(column - dx)), max(0, math.ceil(column + dx)))
        self.taken[rows, columns] = True

    def room_for(
        self,
        owner: str,
        width: float,
        height: float,
        near: tuple[float, float] | None = None,
        reach: float = math.inf,
    ) -> tuple[float, float] | None:
        """(lon, lat) of the middle of `width` × `height` px that lie in the owner's area.

        As near as possible to `near`, at most `reach` px away, else to the middle of all that would
        do; None if nothing does. The room is kept from then on.
        """
        area = self.areas.get(owner)
        return area and self._best(area, width, height, near, reach)

    def room_beside(
        self, owner: str, width: float, height: float, near: tuple[float, float]
    ) -> tuple[float, float] | None:
        """The same outside all units, touching the owner's area and keeping off the others'."""
        own = self.areas.get(owner)
        if own is None:
            return None
        mine = np.zeros_like(self.taken)
        down, right = own.mask.shape
        mine[own.row : own.row + down, own.column : own.column + right] = own.mask
        foreign = self.areas[FOREIGN].mask
        free = foreign & ~_grown(~foreign & ~mine, 2)
        beside = _grown(mine, 3)
        return self._best(Area(0, 0, free), width, height, near, math.inf, beside)

    def radius(self, owner: str) -> float:
        """Half the diagonal of the owner's area in the frame, in px; 0 if it has none."""
        area = self.areas.get(owner)
        return 0.0 if area is None else math.hypot(*area.mask.shape) * CELL / 2

    def _best(
        self,
        area: Area,
        width: float,
        height: float,
        near: tuple[float, float] | None,
        reach: float,
        beside: Mask | None = None,
    ) -> tuple[float, float] | None:
        """The best rectangle wholly in the area that touches `beside`, taken from then on."""
        wide, high = math.ceil(width / CELL), math.ceil(height / CELL)
        down, right = area.mask.shape
        if high > down or wide > right:
            return None
        window = (slice(area.row, area.row + down), slice(area.column, area.column + right))
        will_do = _sums(area.mask & ~self.taken[window], wide, high) == wide * high
        if beside is not None:
            will_do &= _sums(beside[window], wide, high) > 0
        rows, columns = np.nonzero(will_do)
        if not len(rows):
            return None
        middle_x, middle_y = area.column + columns + wide / 2, area.row + rows + high / 2
        x, y = (middle_x.mean(), middle_y.mean()) if near is None else self._cell(*near)
        away = (middle_x - x) ** 2 + (middle_y - y) ** 2
        best = int(np.argmin(away))
        if away[best] > (reach / CELL) ** 2:
            return None
        west, _, _, north = self.box
        k = CELL / self.px_per_degree
        lon = float(west + middle_x[best] * k)
        lat = latitude(mercator(north) - float(middle_y[best]) * k)
        self.block(lon, lat, width, height)
        return round(lon, 3), round(lat, 3)

    def _cell(self, lon: float, lat: float) -> tuple[float, float]:
        west, _, _, north = self.box
        k = self.px_per_degree / CELL
        return (lon - west) * k, (mercator(north) - mercator(lat)) * k


def _sums(mask: Mask, wide: int, high: int) -> NDArray[np.int32]:
    """Number of true cells in every rectangle of `wide` × `high` cells."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(mask, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    found: NDArray[np.int32] = (
        sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    )
    return found


def _grown(mask: Mask, cells: int) -> Mask:
    """The mask and everything within so many cells of it, along both axes."""
    padded_mask = np.pad(mask, cells)
    return _sums(padded_mask, 2 * cells + 1, 2 * cells + 1) > 0


def raster(box: Box, px_per_degree: float, vintage: int) -> Raster:
    """The frame `box` at a scale, cut into cells."""
    folder = boundaries.boundaries_dir().as_posix()
    areas = _areas(folder, box, round(px_per_degree, 2), vintage)
    return Raster(box, px_per_degree, areas, np.zeros_like(areas[SEA].mask))


@lru_cache(maxsize=256)
def _areas(folder: str, box: Box, px_per_degree: float, vintage: int) -> dict[str, Area]:
    """`folder` is part of the key: other boundaries are other cells."""
    west, south, east, north = box
    k = CELL / px_per_degree
    columns = max(1, round((east - west) / k))
    rows = max(1, round((mercator(north) - mercator(south)) / k))
    lons = west + (np.arange(columns) + 0.5) * k
    ordinates = mercator(north) - (np.arange(rows) + 0.5) * k
    units = boundaries.unit_polygons(vintage)
    found: dict[str, Area] = {}
    ours: Mask = np.zeros((rows, columns), dtype=bool)
    theirs: Mask = np.zeros((rows, columns), dtype=bool)
    for owner, polygons in (units | boundaries.neighbour_polygons()).items():
        mask = _inside(polygons, box, lons, ordinates)
        if mask is not None and mask.any():
            if owner in units:
                ours = ours | mask
            else:
                theirs = theirs | mask
            down, across = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
            top, left = int(down[0]), int(across[0])
            found[owner] = Area(top, left, mask[top : down[-1] + 1, left : across[-1] + 1])
    return {**found, SEA: Area(0, 0, ~(ours | theirs)), FOREIGN: Area(0, 0, ~ours)}


def _inside(polygons: Iterable[Any], box: Box, lons: Floats, ordinates: Floats) -> Mask | None:
    """Which cell middles lie in the polygons (even-odd rule); None if none can."""
    mask = np.zeros((len(ordinates), len(lons)), dtype=bool)
    is_near = False
    for polygon in polygons:
        ring = np.asarray(polygon[0], dtype=float)
        west, south = ring.min(axis=0)
        east, north = ring.max(axis=0)
        if not overlaps((west, south, east, north), box):
            continue
        is_near = True
        crossings: list[list[float]] = [[] for _ in ordinates]
        for part in polygon:
            _cross(np.asarray(part, dtype=float), ordinates, crossings)
        for row, found in enumerate(crossings):
            if found:
                mask[row] |= np.searchsorted(np.sort(found), lons) % 2 == 1
    return mask if is_near else None


def _cross(ring: Floats, ordinates: Floats, crossings: list[list[float]]) -> None:
    """Where each horizontal line of the raster crosses the ring."""
    x = ring[:, 0]
    y = np.degrees(np.log(np.tan(np.pi / 4 + np.radians(ring[:, 1]) / 2)))
    x0, x1, y0, y1 = x[:-1], x[1:], y[:-1], y[1:]
    for row, ordinate in enumerate(ordinates):
        hit = (y0 <= ordinate) != (y1 <= ordinate)
        if hit.any():
            share = (ordinate - y0[hit]) / (y1[hit] - y0[hit])
            crossings[row].extend(x0[hit] + share * (x1[hit] - x0[hit]))

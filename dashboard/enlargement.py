"""The Red River delta a second time, enlarged, in the empty north-east of the map's frame.

Its provinces are too small to be clicked. They are drawn again as further shapes of the same map,
cut to a rectangle and scaled in Mercator, so that the enlargement keeps its place and its
proportions at every size of the screen. Their ids carry a prefix: "d01" is Hà Nội enlarged.
"""

from __future__ import annotations

import math
from typing import Any, Final

Ring = list[list[float]]
Box = tuple[float, float, float, float]

# What is enlarged: west, south, east, north in degrees.
DELTA: Final[Box] = (105.22, 19.86, 107.12, 21.58)
FACTOR: Final = 2.8
# North-west corner of the enlargement on the map.
CORNER: Final = (112.0, 23.4)
PREFIX: Final = "d"


def mercator(lat: float) -> float:
    """Mercator ordinate of a latitude, in degrees of longitude at the equator."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def latitude(ordinate: float) -> float:
    """The latitude of a Mercator ordinate; both in degrees."""
    return math.degrees(2 * math.atan(math.exp(math.radians(ordinate))) - math.pi / 2)


def is_in_delta(lon: float, lat: float, edge: float = 0.0) -> bool:
    """Whether a point lies in the rectangle that is enlarged, at least `edge` degrees inside."""
    west, south, east, north = DELTA
    return west + edge <= lon <= east - edge and south + edge <= lat <= north - edge


def enlarge_point(lon: float, lat: float) -> tuple[float, float]:
    """Where a point of the delta is drawn in the enlargement, (lon, lat) in degrees."""
    west, _, _, north = DELTA
    x = CORNER[0] + FACTOR * (lon - west)
    y = mercator(CORNER[1]) - FACTOR * (mercator(north) - mercator(lat))
    return round(x, 3), round(latitude(y), 3)


def enlarged_box() -> Box:
    """West, south, east, north of the enlargement on the map."""
    west, south = enlarge_point(DELTA[0], DELTA[1])
    east, north = enlarge_point(DELTA[2], DELTA[3])
    return west, south, east, north


def enlarge_feature(feature: dict[str, Any]) -> dict[str, Any] | None:
    """A province's part in the delta, enlarged, with the prefixed id; None if it has none.

    Rings keep their direction. `feature` is a geojson Polygon or MultiPolygon.
    """
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    enlarged = []
    for polygon in polygons:
        rings = [ring for ring in map(_enlarge_ring, polygon) if ring]
        if rings and _enlarge_ring(polygon[0]):
            enlarged.append(rings)
    if not enlarged:
        return None
    return {
        "type": "Feature",
        "id": f"{PREFIX}{feature['id']}",
        "properties": feature["properties"],
        "geometry": {"type": "MultiPolygon", "coordinates": enlarged},
    }


def rectangle(box: Box) -> Ring:
    """A closed ring, clockwise as d3-geo wants it, with corners enough to stay straight."""
    west, south, east, north = box
    steps = 12
    lons = [round(west + (east - west) * i / steps, 4) for i in range(steps + 1)]
    top = [[lon, north] for lon in lons]
    bottom = [[lon, south] for lon in reversed(lons)]
    return [*top, *bottom, top[0]]


def _enlarge_ring(ring: Ring) -> Ring:
    """A closed ring cut to the rectangle and enlarged; empty if nothing of it is left."""
    west, south, east, north = DELTA
    points = ring[:-1] if ring[0] == ring[-1] else ring
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        points = _cut(points, axis, limit, sign)
    if len(points) < 3:
        return []
    enlarged = [list(enlarge_point(lon, lat)) for lon, lat in points]
    return [*enlarged, enlarged[0]]


def _cut(points: Ring, axis: int, limit: float, sign: int) -> Ring:
    """Sutherland and Hodgman: keep what lies on one side of a line along an axis."""
    kept: Ring = []
    for i, point in enumerate(points):
        before = points[i - 1]
        is_in, was_in = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            kept.append([b + share * (p - b) for b, p in zip(before, point, strict=True)])
        if is_in:
            kept.append(point)
    return kept

"""Rules of the boundary files; each function raises BoundaryError that lists every offender."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from etl.boundary_files import BoundaryError

MAX_OVERLAP = 1e-9  # square degrees, about 10 m2
MAX_CONTEXT_OVERLAP = 5e-5  # square degrees, about 0.6 km2: rounding of the context land
MIN_SHARE = 0.99  # of commune centres inside their own province (design.md section 5)
OUTSIDE_EXTENT = {"Ốc Tai Voi"}  # 1.4 km south of the printed extent (archipelagos.csv, note)

Shapes = Mapping[str, Any]  # {code: shapely geometry}
Contains = Callable[[Any, float, float], bool]


def _refuse(what: str, offenders: Sequence[Any]) -> None:
    if offenders:
        raise BoundaryError(what, got=", ".join(str(item) for item in offenders))


def check_shapes(shapes: Shapes) -> None:
    """Valid, not empty, polygons only, exterior rings clockwise and holes counter-clockwise."""
    broken = [code for code, shape in shapes.items() if shape.is_empty or not shape.is_valid]
    _refuse("invalid or empty shapes", broken)
    parts = [(c, part) for c, shape in shapes.items() for part in getattr(shape, "geoms", [shape])]
    _refuse("not polygons", [code for code, part in parts if part.geom_type != "Polygon"])
    _refuse(
        "rings wound against d3-geo's rule",
        [
            code
            for code, part in parts
            if part.exterior.is_ccw or not all(hole.is_ccw for hole in part.interiors)
        ],
    )


def check_overlaps(shapes: Shapes, limit: float = MAX_OVERLAP) -> None:
    """No two shapes share more than `limit` square degrees."""
    _refuse(
        "shapes overlap",
        [
            f"{a}/{b}"
            for a, b in combinations(shapes, 2)
            if shapes[a].intersects(shapes[b]) and shapes[a].intersection(shapes[b]).area > limit
        ],
    )


def check_provinces(provinces: Shapes, names: Mapping[str, str]) -> None:
    """The 63 provinces of provinces63.csv, each with a sound shape and no overlap."""
    _refuse("provinces without shape or name", sorted(set(provinces) ^ set(names)))
    _refuse("not 63 provinces", [len(provinces)] if len(provinces) != 63 else [])
    check_shapes(provinces)
    check_overlaps(provinces)


def check_units(units: Shapes, provinces: Shapes) -> None:
    """34 sound units without overlap that cover together what the provinces cover."""
    _refuse("not 34 units", [len(units)] if len(units) != 34 else [])
    check_shapes(units)
    check_overlaps(units)
    difference = _union(units).symmetric_difference(_union(provinces)).area
    _refuse("units and provinces cover different areas", [difference] if difference > 1e-9 else [])


def _union(shapes: Shapes) -> Any:
    total: Any = None
    for shape in shapes.values():
        total = shape if total is None else total.union(shape)
    return total


def check_neighbours(
    neighbours: Shapes, provinces: Shapes, extents: Mapping[str, Sequence[float]]
) -> None:
    """Context land lies outside Vietnam, and none of its polygons inside an archipelago."""
    check_shapes(neighbours)
    ours = _union(provinces)
    check_overlaps({"VN": ours, **neighbours}, MAX_CONTEXT_OVERLAP)
    inside = []
    for code, shape in neighbours.items():
        for part in getattr(shape, "geoms", [shape]):
            west, south, east, north = part.bounds
            inside += [
                f"{code} in {name}"
                for name, (left, low, right, high) in extents.items()
                if west >= left and south >= low and east <= right and north <= high
            ]
    _refuse("foreign land drawn inside an archipelago", inside)


def check_points(points: Mapping[str, Sequence[float]], shapes: Shapes, contains: Contains) -> None:
    """One label point [lon, lat] for each shape, inside it."""
    _refuse("shapes without a label point", sorted(set(points) ^ set(shapes)))
    _refuse(
        "label points outside their shape",
        [code for code, (lon, lat) in points.items() if not contains(shapes[code], lon, lat)],
    )


def check_archipelagos(features: Sequence[Mapping[str, Any]]) -> None:
    """Both extents are there; every point lies in its extent, except the documented one."""
    properties = [feature["properties"] for feature in features]
    extents = {found["archipelago"] for found in properties if found["kind"] == "extent"}
    _refuse("archipelago missing", sorted({"Hoàng Sa", "Trường Sa"} - extents))
    outside = {found["name"] for found in properties if not found.get("is_inside_extent", True)}
    _refuse("points outside the printed extent", sorted(outside ^ OUTSIDE_EXTENT))


def check_commune_centres(
    centres: Iterable[tuple[str, float, float]], provinces: Shapes, contains: Contains
) -> float:
    """Share of commune centres (province code, lon, lat) in their own province, at least 99 %."""
    found = [contains(provinces[code], lon, lat) for code, lon, lat in centres]
    share = sum(found) / len(found)
    if share < MIN_SHARE:
        _refuse("too few commune centres in their own province", [f"{share:.4f}"])
    return share

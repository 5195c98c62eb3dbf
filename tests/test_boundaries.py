"""The boundary files, measured here with plain arithmetic and not with the code that built them."""

import csv
import json
import shutil
import sqlite3
from collections import Counter
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from etl import boundaries, boundary_checks, boundary_files, gate_points
from etl.boundary_files import BoundaryError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "boundaries"
FACTS = ROOT / "data" / "facts"

Ring = list[tuple[float, float]]
NEEDED = (
    *("provinces_2008.geojson", "units_2025.geojson", "neighbours.geojson"),
    *("archipelagos.geojson", "points_2008.json", "points_2025.json", "gate_points.csv"),
    *("README.md", "LICENSE-ODbL.md"),
)
INLAND_BORDER = ("02", "04", "10", "11", "12", "14", "20", "62", "64", "66", "67", "70", "72")


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_features(name: str) -> dict[str, dict]:
    document = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    found = {item["id"]: item for item in document["features"]}
    assert len(found) == len(document["features"])
    return found


def polygons_of(feature: dict) -> list[list[Ring]]:
    geometry = feature["geometry"]
    assert geometry["type"] in ("Polygon", "MultiPolygon")
    parts = geometry["coordinates"]
    parts = [parts] if geometry["type"] == "Polygon" else parts
    return [[[(x, y) for x, y in ring] for ring in part] for part in parts]


def edges_of(feature: dict) -> list[tuple]:
    rings = [ring for part in polygons_of(feature) for ring in part]
    return [pair for ring in rings for pair in pairwise(ring)]


def signed_area(ring: Ring) -> float:
    """Shoelace; negative = clockwise in longitude and latitude."""
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def area(feature: dict) -> float:
    return -sum(signed_area(ring) for part in polygons_of(feature) for ring in part)


def is_in_ring(lon: float, lat: float, ring: Ring) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def is_in(lon: float, lat: float, feature: dict) -> bool:
    return any(
        is_in_ring(lon, lat, part[0]) and not any(is_in_ring(lon, lat, h) for h in part[1:])
        for part in polygons_of(feature)
    )


def outline(features: dict[str, dict]) -> set[tuple]:
    """Edges that no other shape walks in the opposite direction."""
    edges = Counter(edge for feature in features.values() for edge in edges_of(feature))
    return {(start, end) for start, end in edges if (end, start) not in edges}


@pytest.fixture(scope="module")
def provinces() -> dict[str, dict]:
    return read_features("provinces_2008.geojson")


@pytest.fixture(scope="module")
def units() -> dict[str, dict]:
    return read_features("units_2025.geojson")


@pytest.fixture(scope="module")
def neighbours() -> dict[str, dict]:
    return read_features("neighbours.geojson")


@pytest.fixture(scope="module")
def archipelagos() -> dict[str, dict]:
    return read_features("archipelagos.geojson")


@pytest.fixture(scope="module")
def centres() -> set[tuple[str, float, float]]:
    """Distinct commune centres of before 2025-07-01, straight from the package's database."""
    spec = find_spec("vietnamadminunits")
    assert spec and spec.origin, "development requirement vietnamadminunits is not installed"
    path = Path(spec.origin).parent / "data" / "dataset.db"
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    sql = "SELECT provinceCode, wardLon, wardLat FROM admin_units_legacy WHERE wardLon IS NOT NULL"
    rows = set(connection.execute(sql))
    connection.close()
    return rows


@pytest.mark.parametrize("name", NEEDED)
def test_file_is_there(name: str) -> None:
    assert (FOLDER / name).stat().st_size > 0


def test_provinces_are_the_official_63(provinces: dict) -> None:
    official = {row["gso_code"]: row["name"] for row in read_rows(FACTS / "provinces63.csv")}
    assert len(provinces) == 63
    assert {code: f["properties"]["name"] for code, f in provinces.items()} == official
    assert all(code == f["properties"]["code"] for code, f in provinces.items())


def test_units_are_the_official_34(units: dict) -> None:
    rows = read_rows(FACTS / "units_2025.csv")
    assert len(units) == 34
    assert {code: f["properties"]["name"] for code, f in units.items()} == {
        row["new_gso_code"]: row["new_name"] for row in rows
    }


@pytest.mark.parametrize(
    "name",
    ["provinces_2008.geojson", "units_2025.geojson", "neighbours.geojson", "archipelagos.geojson"],
)
def test_rings_are_closed_and_wound_for_d3(name: str) -> None:
    for code, item in read_features(name).items():
        if item["geometry"]["type"] == "Point":
            continue
        for part in polygons_of(item):
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in part), code
            assert signed_area(part[0]) < 0, f"{code}: exterior ring counter-clockwise"
            assert all(signed_area(hole) > 0 for hole in part[1:]), code


@pytest.mark.parametrize("name", ["provinces_2008.geojson", "units_2025.geojson"])
def test_shapes_fit_together_without_overlap(name: str) -> None:
    shapes = read_features(name)
    edges = Counter(edge for feature in shapes.values() for edge in edges_of(feature))
    assert max(edges.values()) == 1  # an edge walked twice in one direction: two shapes overlap
    vertices = {code: {v for edge in edges_of(f) for v in edge} for code, f in shapes.items()}
    for code, shape in shapes.items():
        foreign = set().union(*(v for other, v in vertices.items() if other != code))
        box = [(min(c), max(c)) for c in zip(*vertices[code], strict=True)]
        near = [
            (x, y)
            for x, y in foreign - vertices[code]
            if box[0][0] < x < box[0][1] and box[1][0] < y < box[1][1]
        ]
        assert not [v for v in near if is_in(*v, shape)], f"{code}: a foreign corner lies inside"


def test_units_cover_exactly_the_provinces(provinces: dict, units: dict) -> None:
    assert outline(units) == outline(provinces)
    for code, unit in units.items():
        parts = [
            row["old_gso_code"]
            for row in read_rows(FACTS / "units_2025.csv")
            if row["new_gso_code"] == code
        ]
        assert area(unit) == pytest.approx(sum(area(provinces[p]) for p in parts), abs=1e-9)


def test_commune_centres_lie_in_their_province(provinces: dict, centres: set) -> None:
    found = sum(is_in(lon, lat, provinces[code]) for code, lon, lat in centres)
    share = found / len(centres)
    print(f"{found} of {len(centres)} distinct commune centres in their province: {share:.2%}")
    assert len(centres) > 9800
    assert share >= 0.99


@pytest.mark.parametrize("vintage", ["2008", "2025"])
def test_label_points_lie_in_their_shape(vintage: str, provinces: dict, units: dict) -> None:
    shapes = provinces if vintage == "2008" else units
    points = json.loads((FOLDER / f"points_{vintage}.json").read_text(encoding="utf-8"))
    assert set(points) == set(shapes)
    assert [code for code, (lon, lat) in points.items() if not is_in(lon, lat, shapes[code])] == []


def test_neighbours_stay_out_of_vietnam(neighbours: dict, centres: set) -> None:
    assert set(neighbours) == {"CN", "LA", "KH", "TH", "MM", "MY", "PH", "BN", "ID"}
    assert all(
        f["properties"]["name_vi"] and f["properties"]["name_en"] for f in neighbours.values()
    )
    for code in ("CN", "LA", "KH"):
        box = [
            (min(c), max(c)) for c in zip(*(e[0] for e in edges_of(neighbours[code])), strict=True)
        ]
        near = [
            (lon, lat)
            for _, lon, lat in centres
            if box[0][0] < lon < box[0][1] and box[1][0] < lat < box[1][1]
        ][::5]
        taken = [point for point in near if is_in(*point, neighbours[code])]
        assert len(taken) <= 2, f"{code}: {taken}"  # a commune centre on the very border


def test_no_gap_along_the_land_border(provinces: dict, neighbours: dict) -> None:
    foreign = {vertex for f in neighbours.values() for edge in edges_of(f) for vertex in edge}
    border = outline(provinces)
    for code in INLAND_BORDER:
        own = {start for start, end in edges_of(provinces[code]) if (start, end) in border}
        assert len(own & foreign) / len(own) > 0.97, code


def test_nothing_foreign_in_the_archipelagos(neighbours: dict, archipelagos: dict) -> None:
    extents = [
        tuple(float(row[key]) for key in ("lon_min", "lon_max", "lat_min", "lat_max"))
        for row in read_rows(FACTS / "archipelagos.csv")
    ]
    topology = json.loads((FOLDER / "source" / "neighbours_topo.json").read_text(encoding="utf-8"))
    raw = boundary_files.parse_topology(topology)
    rings = [part[0] for f in neighbours.values() for part in polygons_of(f)]
    rings += [part[0] for parts in raw.values() for part in parts]
    for ring in rings:
        xs, ys = zip(*ring, strict=True)
        for west, east, south, north in extents:
            assert not (
                min(xs) >= west and max(xs) <= east and min(ys) >= south and max(ys) <= north
            )
    for item in archipelagos.values():
        if item["geometry"]["type"] == "Point":
            assert not any(is_in(*item["geometry"]["coordinates"], f) for f in neighbours.values())
    words = (FOLDER / "neighbours.geojson").read_text(encoding="utf-8").casefold()
    words += (FOLDER / "source" / "neighbours_topo.json").read_text(encoding="utf-8").casefold()
    assert not [w for w in ("spratly", "paracel", "scarborough", "nansha", "xisha") if w in words]


def test_archipelagos_are_complete_and_ours(archipelagos: dict) -> None:
    found = [(item["geometry"]["type"], item["properties"]) for item in archipelagos.values()]
    extents = {p["archipelago"]: p for kind, p in found if kind == "Polygon"}
    assert {name: p["gso_code"] for name, p in extents.items()} == {
        "Hoàng Sa": "48",
        "Trường Sa": "56",
    }
    assert {p["unit_2025"] for p in extents.values()} == {"Đà Nẵng", "Khánh Hòa"}
    printed = {row["name"]: row for row in read_rows(FACTS / "archipelagos.csv")}
    outside = []
    listed = read_rows(FACTS / "archipelago_points.csv")
    points = {
        p["name"]: item
        for item in archipelagos.values()
        if (p := item["properties"])["kind"] == "point"
    }
    assert set(points) == {row["name"] for row in listed}
    for row in listed:
        lon, lat = points[row["name"]]["geometry"]["coordinates"]
        assert (lon, lat) == (float(row["lon"]), float(row["lat"]))
        box = {
            key: float(printed[row["archipelago"]][key])
            for key in ("lat_min", "lat_max", "lon_min", "lon_max")
        }
        if not (
            box["lon_min"] <= lon <= box["lon_max"] and box["lat_min"] <= lat <= box["lat_max"]
        ):
            outside.append(row["name"])
    assert outside == ["Ốc Tai Voi"]  # documented in archipelagos.csv


def test_every_gate_is_listed_and_placed_as_the_facts_say() -> None:
    facts, rows = read_rows(FACTS / "border_gates.csv"), read_rows(FOLDER / "gate_points.csv")
    assert [(r["name"], r["gso_code"]) for r in rows] == [(f["name"], f["gso_code"]) for f in facts]
    for fact, row in zip(facts, rows, strict=True):
        assert bool(row["lon"]) == bool(row["lat"]) == (not row["reason"]), row
        if fact["placement"] == "none":
            assert row["reason"] == "no_place_known"
        elif row["lon"]:
            assert row["is_approximate"] == str(fact["placement"] != "coordinates").lower()
            assert row["is_inside"] in ("true", "false")
        if fact["placement"] == "coordinates":
            assert float(row["lon"]) == pytest.approx(float(fact["lon"]), abs=6e-5)
            assert float(row["lat"]) == pytest.approx(float(fact["lat"]), abs=6e-5)
    drawn = [row for row in rows if row["lon"]]
    assert len(drawn) >= 60
    assert sum(row["is_inside"] == "false" for row in drawn) <= 3


def test_gate_is_inside_flag_is_true(provinces: dict) -> None:
    for row in read_rows(FOLDER / "gate_points.csv"):
        if row["lon"]:
            inside = is_in(float(row["lon"]), float(row["lat"]), provinces[row["gso_code"]])
            assert row["is_inside"] == str(inside).lower(), row


def test_committed_files_equal_a_rebuild(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert boundaries.main(["--check"]) == 0
    copy = tmp_path / "boundaries"
    shutil.copytree(FOLDER, copy)
    changed = copy / "points_2008.json"
    changed.write_bytes(changed.read_bytes() + b" ")
    assert boundaries.main(["--check", "--folder", str(copy)]) == 1
    assert "points_2008.json" in capsys.readouterr().out
    (copy / "source" / "Vietnam.json").write_text("{}", encoding="utf-8")
    assert boundaries.main(["--check", "--folder", str(copy)]) == 1
    assert "SHA256SUMS" in capsys.readouterr().err


def test_echarts_decoding_of_a_known_ring() -> None:
    text = "".join(
        chr(64 + ((step << 1) ^ (step >> 31))) for step in (0, 0, 1024, 0, 0, -2, -1024, 2)
    )
    geometry = {"type": "Polygon", "coordinates": [text], "encodeOffsets": [[102400, 10240]]}
    feature = {"properties": {"name": "A"}, "geometry": geometry}
    decoded = boundary_files.parse_echarts({"UTF8Encoding": True, "features": [feature]})
    assert decoded == {"A": [[[(100, 10), (101, 10), (101, 10 - 2 / 1024), (100, 10)]]]}
    with pytest.raises(BoundaryError, match="UTF8Encoding"):
        boundary_files.parse_echarts({"features": [feature]})


def test_unknown_names_are_all_reported() -> None:
    official = {"01": "Hà Nội", "30": "Hải Dương"}
    assert boundary_files.match_codes(["Hanoi", "Tỉnh Hải Dương"], official) == {
        "Hanoi": "01",
        "Tỉnh Hải Dương": "30",
    }
    with pytest.raises(BoundaryError) as caught:
        boundary_files.match_codes(["Hanoi", "Atlantis province", "Utopia City"], official)
    assert all(word in str(caught.value) for word in ("Atlantis", "Utopia", "Hải Dương"))


def test_changed_package_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "package.tgz"
    package.write_bytes(b"not the package")
    with pytest.raises(BoundaryError, match="sha256"):
        boundary_files.read_package_file(package, "package/a", "0" * 64)


def test_checks_refuse_bad_shapes() -> None:
    import shapely

    square = shapely.orient_polygons(shapely.box(0, 0, 1, 1), exterior_cw=True)
    shifted = shapely.orient_polygons(shapely.box(0.5, 0, 1.5, 1), exterior_cw=True)
    boundary_checks.check_shapes({"a": square})
    with pytest.raises(BoundaryError, match="a/b"):
        boundary_checks.check_overlaps({"a": square, "b": shifted})
    with pytest.raises(BoundaryError, match="wound"):
        boundary_checks.check_shapes({"a": shapely.box(0, 0, 1, 1, ccw=True)})
    with pytest.raises(BoundaryError, match="label points"):
        boundary_checks.check_points({"a": [2.0, 2.0]}, {"a": square}, boundaries.contains)
    with pytest.raises(BoundaryError, match=r"0\.5000"):
        boundary_checks.check_commune_centres(
            [("a", 0.5, 0.5), ("a", 5.0, 5.0)], {"a": square}, boundaries.contains
        )
    with pytest.raises(BoundaryError, match="CN in X"):
        boundary_checks.check_neighbours(
            {"CN": square}, {"01": shapely.box(5, 5, 6, 6)}, {"X": (-1, -1, 2, 2)}
        )


CENTRES = [
    gate_points.Centre("87", "Huyện", "Hồng Ngự", "Phú Thuận A", 105.3, 10.7),
    gate_points.Centre("87", "Thành phố", "Hồng Ngự", "An Lộc", 105.4, 10.8),
    gate_points.Centre("64", "Huyện", "Đức Cơ", "Ia Dom", 107.5, 13.8),
    gate_points.Centre("64", "Huyện", "Đức Cơ", "Ia Nan", 107.7, 13.6),
    gate_points.Centre("40", "Huyện", "Đức Cơ", "Ia Dom", 1.0, 1.0),
]


def gate(placement: str, district: str, commune: str = "", code: str = "64") -> dict[str, str]:
    return {
        **{"name": f"{district}/{commune}", "gso_code": code, "placement": placement},
        **{"district": district, "commune": commune, "lat": "11.5", "lon": "106.25"},
    }


@pytest.mark.parametrize(
    ("row", "point"),
    [
        (gate("coordinates", "x"), (106.25, 11.5)),
        (gate("commune", "Đức Cơ", "Ia Dom"), (107.5, 13.8)),
        (gate("commune", "duc co", "IA DOM"), (107.5, 13.8)),
        (gate("district", "Đức Cơ"), (107.6, 13.7)),
    ],
)
def test_gate_is_placed(row: dict, point: tuple[float, float]) -> None:
    assert gate_points.locate(row, CENTRES) == pytest.approx(point)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (gate("none", ""), "no_place_known"),
        (gate("district", "Trà Lĩnh"), "unknown_district"),
        (gate("district", ""), "unknown_district"),
        (gate("commune", "Đức Cơ", "Ia Domm"), "unknown_commune"),
        (gate("district", "Hồng Ngự", code="87"), "ambiguous_district"),
    ],
)
def test_gate_without_a_sure_place_gets_none(row: dict, reason: str) -> None:
    with pytest.raises(gate_points.Unplaced, match=reason):
        gate_points.locate(row, CENTRES)


def test_unknown_gate_places_are_listed_at_once(capsys: pytest.CaptureFixture) -> None:
    gates = [gate("district", "Nowhere"), gate("district", "Elsewhere"), gate("none", "")]
    placed = gate_points.place_gates(gates, CENTRES, lambda *_: True)
    message = capsys.readouterr().err
    assert message.count("gates without a point") == 1
    assert "Nowhere" in message and "Elsewhere" in message
    assert [row["lon"] for row in placed] == ["", "", ""]


def test_unknown_placement_is_refused() -> None:
    with pytest.raises(BoundaryError, match="placement"):
        gate_points.locate(gate("somewhere", "Đức Cơ"), CENTRES)

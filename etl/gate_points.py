"""Places the border gates: printed coordinates, centre of a commune or district, or nowhere.

Centres come from the PyPI package `vietnamadminunits` (MIT, units of before 2025-07-01), which only
a rebuild of the boundary files needs. A name it does not know leaves the gate without a point.
"""

import importlib.util
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.boundary_files import BoundaryError, fold

SQL = """
SELECT DISTINCT provinceCode, districtType, district, wardType, ward, wardLon, wardLat
FROM admin_units_legacy
WHERE wardLon IS NOT NULL AND wardLat IS NOT NULL
ORDER BY 1, 2, 3, 4, 5, 6, 7
"""
DECIMALS = 4


@dataclass(frozen=True)
class Centre:
    """Centre of one commune of before 2025-07-01; names without their type word, degrees."""

    province_code_gso: str
    district_kind: str
    district: str
    commune: str
    lon: float
    lat: float


class Unplaced(Exception):
    """A gate that cannot be placed; the text is the reason code."""


def load_centres() -> list[Centre]:
    """All commune centres of `vietnamadminunits`; BoundaryError when it is not installed."""
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise BoundaryError(
            "commune centres not found", fix="pip install vietnamadminunits (requirements-dev)"
        )
    path = Path(spec.origin).parent / "data" / "dataset.db"
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(SQL)
        return [
            Centre(code, kind, _bare(district, kind), _bare(commune, commune_kind), lon, lat)
            for code, kind, district, commune_kind, commune, lon, lat in rows
        ]
    finally:
        connection.close()


def _bare(name: str | None, kind: str | None) -> str:
    text = unicodedata.normalize("NFC", name or "")
    word = unicodedata.normalize("NFC", kind or "")
    return text[len(word) :].strip() if word and text.startswith(word) else text


def distinct_centres(centres: Iterable[Centre]) -> list[tuple[str, float, float]]:
    """Distinct (province code, lon, lat)."""
    return sorted({(c.province_code_gso, c.lon, c.lat) for c in centres})


def _same(name: str, wanted: str) -> bool:
    return fold(name) == fold(wanted)


def _mean(centres: Sequence[Centre]) -> tuple[float, float]:
    return sum(c.lon for c in centres) / len(centres), sum(c.lat for c in centres) / len(centres)


def _district(gate: Mapping[str, str], centres: Iterable[Centre]) -> list[Centre]:
    """Communes of the gate's district; Unplaced when no or more than one district has the name."""
    found = [
        c
        for c in centres
        if c.province_code_gso == gate["gso_code"] and _same(c.district, gate["district"])
    ]
    if not found:
        raise Unplaced("unknown_district")
    if len({(c.district_kind, c.district) for c in found}) > 1:
        raise Unplaced("ambiguous_district")
    return found


def _commune(gate: Mapping[str, str], centres: Iterable[Centre]) -> Centre:
    """The gate's commune in its district; Unplaced when none or several carry the name."""
    found = [c for c in _district(gate, centres) if _same(c.commune, gate["commune"])]
    if not found:
        raise Unplaced("unknown_commune")
    if len(found) > 1:
        raise Unplaced("ambiguous_commune")
    return found[0]


def locate(gate: Mapping[str, str], centres: Iterable[Centre]) -> tuple[float, float]:
    """(lon, lat) of a row of border_gates.csv by its `placement`; Unplaced with a reason code."""
    match gate["placement"]:
        case "coordinates":
            return float(gate["lon"]), float(gate["lat"])
        case "commune":
            centre = _commune(gate, centres)
            return centre.lon, centre.lat
        case "district":
            return _mean(_district(gate, centres))
        case "none":
            raise Unplaced("no_place_known")
        case other:
            raise BoundaryError(f"unknown placement {other!r}", where=gate["name"])


def place_gates(
    gates: Sequence[Mapping[str, str]],
    centres: Sequence[Centre],
    is_inside: Callable[[str, float, float], bool],
) -> list[dict[str, str]]:
    """A row for each gate, in order; one without a point has no coordinates but a `reason`.

    `is_inside(code, lon, lat)` tells whether the point lies in the province of that GSO code.
    """
    placed, unknown = [], []
    for gate in gates:
        row = {"name": gate["name"], "gso_code": gate["gso_code"], "lon": "", "lat": ""}
        row |= {"placement": gate["placement"], "is_approximate": "", "is_inside": "", "reason": ""}
        try:
            lon, lat = (round(value, DECIMALS) for value in locate(gate, centres))
        except Unplaced as unplaced:
            row["reason"] = str(unplaced)
            if row["reason"] != "no_place_known":
                unknown.append(
                    f"{gate['name']} ({gate['gso_code']}): {unplaced}:"
                    f" {gate['commune'] or '-'} / {gate['district'] or '-'}"
                )
        else:
            row |= {"lon": f"{lon:.{DECIMALS}f}", "lat": f"{lat:.{DECIMALS}f}"}
            row["is_approximate"] = str(gate["placement"] != "coordinates").lower()
            row["is_inside"] = str(is_inside(gate["gso_code"], lon, lat)).lower()
        placed.append(row)
    if unknown:
        print("gates without a point:\n  " + "\n  ".join(unknown), file=sys.stderr)
    return placed

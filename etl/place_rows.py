"""Typed rows about places and money → core rows: units, routes, gates, clusters, budget lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.errors import BrokenInput
from domain.evidence import DateBasis, stable_id
from domain.provinces import ProvinceRegister
from domain.vintages import VINTAGES, Crosswalk
from etl.budget_notes import parse_counted_until, parse_share_disbursed
from etl.core_rows import CoreRows
from etl.flags import row_flags
from etl.harmonize import TypedRow
from etl.reference import load_records

Rows = Sequence[TypedRow]
BORDER_ROUTES = ("china", "laos", "cambodia", "sea")
LAND_ROUTES = frozenset(BORDER_ROUTES) - {"sea"}


def load_city_codes(path: Path) -> frozenset[tuple[int, str]]:
    """(vintage, code) of the centrally run cities (data/reference/cities.csv)."""
    records = load_records(path, "vintage", "gso_code")
    vintages = {str(key): key for key in VINTAGES}
    if unknown := [r["vintage"] for r in records if r["vintage"] not in vintages]:
        raise BrokenInput(
            "unknown vintage", where=str(path), expected=" or ".join(vintages), got=unknown[0]
        )
    return frozenset((vintages[r["vintage"]], r["gso_code"]) for r in records)


def unit_names(
    register: ProvinceRegister, cities: frozenset[tuple[int, str]]
) -> dict[tuple[int, str], str]:
    """(vintage, code) → "tỉnh Cao Bằng" or "thành phố Hà Nội", as issuing bodies are written."""
    return {
        (p.vintage, p.code_gso): f"{_unit_word((p.vintage, p.code_gso) in cities)} {p.name}"
        for vintage in VINTAGES
        for p in register.of_vintage(vintage)
    }


def _unit_word(is_city: bool) -> str:
    return "thành phố" if is_city else "tỉnh"


def add_units(
    core: CoreRows, register: ProvinceRegister, cities: frozenset[tuple[int, str]]
) -> None:
    """core.administrative_unit: 63 + 34."""
    for vintage in VINTAGES.values():
        for province in register.of_vintage(vintage.key):
            is_city = (vintage.key, province.code_gso) in cities
            core.add(
                "administrative_unit",
                vintage=vintage.key,
                province_code_gso=province.code_gso,
                province_name=province.name,
                unit_kind="city" if is_city else "province",
                valid_from=vintage.first_day,
                valid_to=vintage.last_day,
            )


def add_provinces(core: CoreRows, tables: Mapping[str, Rows]) -> None:
    """core.province, succession, border_route and province_border_route."""
    routes: dict[str, set[str]] = {}
    for row in tables.get("border_provinces", ()):
        routes.setdefault(row["gso_code"], set()).add(row["route"])
    for row in tables.get("provinces63", ()):
        on = routes.get(row["gso_code"], set())
        core.add(
            "province",
            province_code_gso=row["gso_code"],
            province_code_iso=row["iso"],
            province_name=row["name"],
            is_land_border=bool(on & LAND_ROUTES),
            is_coastal="sea" in on,
        )
    for row in tables.get("units_2025", ()):
        core.add(
            "succession",
            old_province_code_gso=row["old_gso_code"],
            new_province_code_gso=row["new_gso_code"],
            effective_date=row["effective_on"],
            source_url=row["source_url"],
        )
    for ordinal, route in enumerate(BORDER_ROUTES, 1):
        core.add("border_route", border_route=route, ordinal=ordinal)
    for row in tables.get("border_provinces", ()):
        core.add(
            "province_border_route",
            province_code_gso=row["gso_code"],
            border_route=row["route"],
            border_km=row["border_km"],
            source_id=row.source_id,
            row_number=row.row,
            source_url=row["source_url"],
            flags=row_flags(row),
        )


def load_gate_points(path: Path) -> dict[tuple[str, str], tuple[float, float, bool]]:
    """(gate name, code) → (latitude, longitude, is approximate), from data/boundaries."""
    if not path.is_file():
        return {}
    records = load_records(path, "name", "gso_code", "lat", "lon", "is_approximate")
    try:
        return {
            (r["name"], r["gso_code"]): (
                float(r["lat"]), float(r["lon"]), r["is_approximate"] == "true",
            )
            for r in records
            if r["lat"] and r["lon"]
        }  # fmt: skip
    except ValueError as error:
        raise BrokenInput(
            "not_a_number", where=str(path), expected="decimal degrees", got=str(error)
        ) from None


def add_gates(
    core: CoreRows, rows: Rows, points: Mapping[tuple[str, str], tuple[float, float, bool]]
) -> None:
    """core.border_gate; a gate without a known place keeps blank coordinates."""
    for row in rows:
        latitude, longitude, approximate = row["lat"], row["lon"], False
        if latitude is None:
            known = points.get((row["name"], row["gso_code"]))
            latitude, longitude, approximate = known or (None, None, False)
        core.add(
            "border_gate",
            border_gate_id=stable_id("G", row["gso_code"], row["name"]),
            gate_name=row["name"],
            province_code_gso=row["gso_code"],
            border_route=row["route"],
            gate_class=row["gate_class"],
            transport=row["transport"],
            latitude=latitude,
            longitude=longitude,
            is_approximate=approximate,
            counterpart=row["counterpart"],
            commune=row["commune"],
            district=row["district"],
            placement=row["placement"],
            confidence=row["confidence"],
            source_id=row.source_id,
            row_number=row.row,
            source_url=row["source_url"],
            flags=row_flags(row),
        )


def add_clusters(core: CoreRows, rows: Rows, crosswalk: Crosswalk) -> None:
    """core.information_cluster, each observation at its gate where the gate is known.

    An observation of which only the year is known counts from that year's last day: on that day it
    is certain to have been made. Gates keep the code of the old province that they lie in.
    """
    gates = {(g["province_code_gso"], g["gate_name"]): g for g in core["border_gate"]}
    for row in rows:
        code = row["gso_code"]
        codes = crosswalk.parts(code) if row.vintage == 2025 else (code,)
        gate = next((gates[c, row["gate"]] for c in codes if (c, row["gate"]) in gates), {})
        observed, basis = row["reported_on"], DateBasis.REPORTED
        if observed is None and row["year"]:
            observed, basis = dt.date(row["year"], 12, 31), DateBasis.YEAR_END
        observation = (code, row["name"], row["status"], row["year"], observed, row["source_url"])
        if not core.claim(row, "name", *observation):
            continue
        core.add(
            "information_cluster",
            observation_id=stable_id("C", *observation),
            cluster_name=row["name"],
            vintage=row.vintage,
            province_code_gso=code,
            gate_name=row["gate"],
            border_gate_id=gate.get("border_gate_id"),
            border_route=gate.get("border_route"),
            state=row["status"],
            observed_date=observed,
            date_basis=basis.value if observed else None,
            document_number=row["document_number"],
            source_id=row.source_id,
            row_number=row.row,
            source_url=row["source_url"],
            flags=row_flags(row),
            confidence=row["confidence"],
        )


def add_budget_lines(core: CoreRows, rows: Rows) -> None:
    """core.budget_line in million VND, with the figure as printed."""
    for row in rows:
        first, last = row["year"] or (None, None)
        share = parse_share_disbursed(row["note"])
        until = parse_counted_until(row["component"], row["note"], row["year"])
        core.add(
            "budget_line",
            line_id=row["line_id"],
            parent_line_id=row["parent_line_id"],
            is_total=row["is_total"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            first_year=first,
            last_year=last,
            programme=row["programme"],
            component=row["component"],
            funding_source=row["funding_source"],
            stage=row["stage"],
            scope=row["scope"],
            level=row["level"],
            amount_million_vnd=row["amount_million_vnd"],
            as_printed=row["as_printed"],
            is_rounded=row["is_rounded"],
            document_number=row["document_number"],
            document_date=row["document_date"],
            share_disbursed_pct=share and share.percent,
            share_rounding=share and share.rounding,
            counted_until=until and until.day,
            counted_until_precision=until and until.precision,
            source_id=row.source_id,
            row_number=row.row,
            source_url=row["source_url"],
            flags=row_flags(row),
        )


def add_map_facts(core: CoreRows, tables: Mapping[str, Rows]) -> None:
    """core.archipelago, archipelago_point and map_rule."""
    for row in tables.get("archipelagos", ()):
        core.add(
            "archipelago",
            archipelago=row["name"],
            province_code_gso=row["gso_code"],
            unit_2025=row["unit_2025"],
            latitude_min=row["lat_min"],
            latitude_max=row["lat_max"],
            longitude_min=row["lon_min"],
            longitude_max=row["lon_max"],
            source_url=row["source_url"],
        )
    for row in tables.get("archipelago_points", ()):
        core.add(
            "archipelago_point",
            archipelago=row["archipelago"],
            point_name=row["name"],
            latitude=row["lat"],
            longitude=row["lon"],
            source_url=row["source_url"],
        )
    for row in tables.get("map_rules", ()):
        core.add(
            "map_rule",
            document_number=row["document_number"],
            issued_date=row["issued_on"],
            effective_date=row["effective_on"],
            issuing_body=row["issuer"],
            article=row["article"],
            subject=row["subject"],
            source_url=row["source_url"],
        )

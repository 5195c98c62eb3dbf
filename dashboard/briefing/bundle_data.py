"""The data of a briefing for other programs: tables as CSV, statuses as GeoJSON, a manifest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from dashboard import boundaries
from dashboard.briefing.content import Briefing, Table
from dashboard.briefing.packages import fixed_zip
from dashboard.briefing.scope import Scope, scoped_run, units_in
from dashboard.download import build_csv
from dashboard.figure_context import briefing_context
from dashboard.filters import Run
from dashboard.map_frame import ARCHIPELAGO_WORDS
from dashboard.statuses import Statuses, load_statuses
from dashboard.tables import first_address, text_or_blank
from dashboard.view import ROUTES
from dashboard.words import day_of, word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
)

_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
# Columns of statuses that a feature carries under their own names; days as ISO text.
_TEXTS: Final = ("document_number", "issuing_body", "section", "strength", "parts")
_DAYS: Final = ("class_since", "evidence_date", "issued_date")


def table_csv(briefing: Briefing, table: Table) -> bytes:
    """A table as CSV like those under the figures: with filters, date, snapshot and sources."""
    context = briefing_context(briefing, table.title, table.note)
    return build_csv(table.rows, context)


def status_maps(run: Run, scope: Scope, briefing: Briefing) -> dict[str, bytes]:
    """The statuses of each indicator as GeoJSON, by file name without folder.

    The units of the vintage with class, label and evidence, the points of both archipelagos with
    the class of their unit, the notice under maps and the licence of the boundaries.
    """
    scoped = scoped_run(run, scope)
    routes = (scope.route,) if scope.route else ROUTES
    wanted: list[tuple[str, str | None]] = [
        (REGULATION, None), (HUMAN_RIGHTS_PLAN, None), (ANNUAL_PLAN, None),
        *((BORDER_ROUTE, route) for route in routes),
    ]  # fmt: skip
    if run.facts.report_years:
        wanted.append((RESULT_REPORT, None))
    made = {}
    for indicator, route in wanted:
        view = scoped.view if route is None else replace(scoped.view, route=route)
        statuses = load_statuses(replace(scoped, view=view), indicator)
        name = "_".join(part for part in (indicator, statuses.scope) if part)
        content = status_geojson(statuses, units_in(run, scope), briefing)
        made[f"{name}.geojson"] = content
    return made


def status_geojson(statuses: Statuses, inside: frozenset[str], briefing: Briefing) -> bytes:
    """One indicator as a FeatureCollection (RFC 7946); `inside` are the units of the scope."""
    lang = briefing.lang
    rows = {str(r["province_code_gso"]): r for r in statuses.table.to_dict("records")}
    names = boundaries.unit_names(statuses.vintage)
    about = {
        code: _properties(statuses, code, rows.get(code), names[code], code in inside, lang)
        for code in sorted(names)
    }
    shapes = boundaries.unit_polygons(statuses.vintage)
    features = [_feature(_multipolygon(shapes[code]), about[code]) for code in sorted(names)]
    for group in boundaries.archipelagos():
        name = word(ARCHIPELAGO_WORDS[group.name], lang).replace("<br>", " ")
        for point in group.points:
            own = about[group.code] | {"kind": "archipelago_point", "archipelago": name}
            features.append(_feature({"type": "Point", "coordinates": list(point)}, own))
    collection = {
        "type": "FeatureCollection",
        "title": word(f"indicator.{statuses.indicator}", lang),
        "indicator": statuses.indicator,
        "indicator_scope": statuses.scope,
        "as_of": statuses.as_of.isoformat(),
        "vintage": statuses.vintage,
        "scope": briefing.scope,
        "snapshot": briefing.snapshot_id,
        "notice": briefing.map_notice,
        "licence": boundary_licence(lang),
        "unknowns": briefing.unknowns,
        "sources": list(briefing.sources),
        **({"mark": briefing.mark, "mark_note": briefing.mark_note} if briefing.mark else {}),
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def boundary_licence(lang: str) -> str:
    """Credit and licence of the boundaries; of an office's own ones only that they are its own."""
    own = bool(os.environ.get("TTDN_BOUNDARIES"))
    return word(f"briefing.boundaries.{'own' if own else 'licence'}", lang)


def licence_file() -> bytes | None:
    """The text of the licence that the boundaries were given under, where there is one."""
    path = boundaries.boundaries_dir() / "LICENSE-ODbL.md"
    return path.read_bytes() if path.is_file() else None


def _properties(
    statuses: Statuses,
    code: str,
    row: Mapping[Any, Any] | None,
    name: str,
    is_inside: bool,
    lang: str,
) -> dict[str, Any]:
    about: dict[str, Any] = {"kind": "unit", "code": code, "name": name, "is_in_scope": is_inside}
    if row is None:
        return about | {"class": None, "label": word("map.missing", lang)}
    class_name = str(row["class"])
    about |= {"class": class_name, "label": word(f"class.{statuses.indicator}.{class_name}", lang)}
    about |= {key: text_or_blank(row.get(key)) or None for key in _TEXTS}
    for key in _DAYS:
        day = None if pd.isna(row["strength"]) else day_of(row.get(key))
        about[key] = None if day is None or pd.isna(day) else day.strftime("%Y-%m-%d")
    about["has_contradiction"] = row.get("has_contradiction") is True
    about["source_url"] = first_address(row.get("source_url"))
    return about


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _multipolygon(polygons: Sequence[Any]) -> dict[str, Any]:
    """Rings the way round that RFC 7946 asks for; the files of the maps have the reverse."""
    turned = [[list(reversed(ring)) for ring in polygon] for polygon in polygons]
    return {"type": "MultiPolygon", "coordinates": turned}


def manifest(briefing: Briefing, files: Mapping[str, bytes], **more: Any) -> bytes:
    """What the files were made from, and the sha256 and size of each; no time of the clock."""
    content = {
        "title": briefing.title,
        "snapshot": briefing.snapshot_id,
        "as_of": briefing.as_of.isoformat(),
        "since": briefing.since.isoformat() if briefing.since else None,
        "vintage": briefing.vintage,
        "scope": briefing.scope,
        "scope_name": briefing.scope_name,
        "language": briefing.lang,
        "sections": [section.key for section in briefing.sections],
        "edited_findings": sorted({f.key for f in briefing.findings() if f.is_edited}),
        "is_illustrative": briefing.mark is not None,
        **more,
        "files": [
            {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as one ZIP, the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _OLDEST), content)
    return fixed_zip(packed.getvalue())

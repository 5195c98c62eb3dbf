"""The register that citations are checked against: of the current snapshot, or of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from etl.publish import open_read_only, read_pointer, snapshot_path
from etl.reference import PROJECT_DATA, load_records

_QUERY = """
SELECT document_number, issued_date, issuing_body, kind, province_code_gso
FROM core.document WHERE document_number IS NOT NULL
"""


def known_documents(warehouse: Path) -> list[dict[str, Any]]:
    """Registered documents: number, issued_date (ISO or None), issuing_body, kind,
    province_code_gso, is_expired.

    From the current snapshot; without one from data/reference/national_documents.csv.
    """
    national = load_records(
        PROJECT_DATA / "reference" / "national_documents.csv",
        "document_number", "issued_on", "issuer", "is_expired",
    )  # fmt: skip
    expired = {r["document_number"] for r in national if r["is_expired"] == "true"}
    pointer = read_pointer(warehouse)
    if pointer is not None:
        try:
            with open_read_only(snapshot_path(warehouse, pointer.snapshot)) as con:
                rows = con.execute(_QUERY).fetchall()
        except (OSError, duckdb.Error):
            rows = []
        if rows:
            return [
                _known(number, day.isoformat() if day else None, body, kind, code, expired)
                for number, day, body, kind, code in rows
            ]
    return [
        _known(r["document_number"], r["issued_on"] or None, r["issuer"], None, None, expired)
        for r in national
    ]


def _known(
    number: str, day: str | None, body: str | None, kind: str | None, code: str | None,
    expired: set[str],
) -> dict[str, Any]:  # fmt: skip
    return {
        "number": number,
        "issued_date": day,
        "issuing_body": body,
        "kind": kind,
        "province_code_gso": code,
        "is_expired": code is None and number in expired,
    }

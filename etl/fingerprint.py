"""What a snapshot depends on, as one hash: built again only where something of it changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

import duckdb

from etl.archive import Archive
from etl.load import SCHEMA_VERSION
from etl.publish import open_read_only, read_pointer, snapshot_path
from etl.reference import PROJECT_DATA

INPUT_FOLDERS: Final = ("facts", "sources", "reference", "submitted")
GATE_POINTS: Final = "boundaries/gate_points.csv"


def input_fingerprint(data: Path, archive: Archive | None = None) -> str:
    """What a snapshot depends on: every data file, every submitted document and decision, and the
    code that reads them.

    It does not depend on where the folders are.
    """
    code = Path(__file__).resolve().parent
    files: list[tuple[Path, Path]] = [
        *((code, p) for suffix in ("*.py", "*.sql") for p in code.rglob(suffix)),
        *((code.parent, p) for p in (code.parent / "domain").glob("*.py")),
    ]
    # The project's own data stand in for what another folder lacks.
    for folder in dict.fromkeys((data.resolve(), PROJECT_DATA)):
        files += [(folder, p) for name in INPUT_FOLDERS for p in (folder / name).rglob("*")]
        files.append((folder, folder / GATE_POINTS))
    digest = hashlib.sha256(str(SCHEMA_VERSION).encode())
    if archive is not None:
        digest.update(archive.fingerprint().encode())
    for folder, path in sorted(files):
        if path.is_file():
            digest.update(os.fsencode(path.relative_to(folder)) + b"\0")
            try:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            except OSError as error:
                digest.update(str(error.errno).encode())
    return digest.hexdigest()


def published_fingerprint(warehouse: Path) -> str | None:
    """What the published snapshot was built from (`input_fingerprint`); None without one."""
    pointer = read_pointer(warehouse)
    if pointer is None:
        return None
    try:
        with open_read_only(snapshot_path(warehouse, pointer.snapshot)) as con:
            [(built_from,)] = con.execute("SELECT input_fingerprint FROM core.load_run").fetchall()
    except (OSError, ValueError, duckdb.Error):
        return None
    return str(built_from)

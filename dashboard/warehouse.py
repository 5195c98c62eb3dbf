"""The only module that opens the warehouse: read-only, kept by snapshot, a cursor per query."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from dashboard.kept import forget, kept
from domain.errors import TtdnError

SCHEMA_VERSION: Final = 2
POINTER: Final = "current.json"
DEFAULT_DIR: Final = Path(__file__).parent.parent / "data" / "warehouse"
BUILD_COMMAND: Final = "python -m etl build"
KEPT_CONNECTIONS: Final = 3

_SNAPSHOT_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_READ_ONLY: Final[dict[str, Any]] = {
    "threads": 1,  # the queries are small: handing them to a second thread costs more
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
}


class NoSnapshot(TtdnError):
    """There is no snapshot to read; `code` names the reason for the screen and /healthz.

    Codes: no_pointer, broken_pointer, missing_file, damaged_file, wrong_schema, unknown_snapshot.
    """

    def __init__(self, code: str, what: str, **details: str) -> None:
        self.code = code
        super().__init__(what, **{"fix": f"run `{BUILD_COMMAND}`", **details})


@dataclass(frozen=True)
class Snapshot:
    """One published state of the data; `as_of_date` is the newest date of any evidence in it."""

    id: str
    path: Path
    sha256: str | None  # None for an older snapshot that the pointer no longer names
    as_of_date: date | None
    schema_version: int = SCHEMA_VERSION


_lock = threading.RLock()
_connections: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()
_snapshots: dict[Path, Snapshot] = {}


def warehouse_dir() -> Path:
    """The folder of the snapshots: $TTDN_WAREHOUSE, else data/warehouse of the project."""
    configured = os.environ.get("TTDN_WAREHOUSE", "").strip()
    return Path(configured) if configured else DEFAULT_DIR


def current_snapshot() -> Snapshot:
    """The snapshot that the pointer names now; NoSnapshot when there is none that can be read.

    Where an accident damaged the pointer or its file, it is the newest snapshot that is complete.
    """
    try:
        snapshot = _pointed_snapshot()
        _connection(snapshot)
    except NoSnapshot as error:
        complete = None if error.code == "wrong_schema" else _newest_complete()
        if complete is None:
            raise
        return complete
    return snapshot


def _newest_complete() -> Snapshot | None:
    """The newest kept snapshot whose file still is what was written beside it when published."""
    for snapshot_id in kept_snapshots():
        beside = warehouse_dir() / f"snapshot-{snapshot_id}.json"
        try:
            snapshot = _parse_pointer(beside.read_text(encoding="utf-8"), beside)
            if snapshot.id == snapshot_id:
                _connection(snapshot)
                return snapshot
        except (OSError, UnicodeDecodeError, NoSnapshot):
            continue
    return None


def _pointed_snapshot() -> Snapshot:
    folder = warehouse_dir()
    pointer = folder / POINTER
    try:
        text = pointer.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NoSnapshot(
            "no_pointer", "no snapshot was ever published", where=str(pointer)
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(pointer, str(error)) from error
    return _parse_pointer(text, pointer)


def open_snapshot(snapshot_id: str | None = None) -> Snapshot:
    """The current snapshot (None) or a kept older one, verified and with its connection open."""
    current: Snapshot | None = None
    try:
        current = current_snapshot()
    except NoSnapshot:
        if snapshot_id is None:
            raise
    if snapshot_id is None or (current is not None and current.id == snapshot_id):
        assert current is not None
        _connection(current)
        return current
    return _open_older(snapshot_id)


def kept_snapshots() -> tuple[str, ...]:
    """Ids of the snapshot files that are there, newest first by name."""
    names = (p.name for p in warehouse_dir().glob("snapshot-*.duckdb"))
    ids = (name.removeprefix("snapshot-").removesuffix(".duckdb") for name in names)
    return tuple(sorted((i for i in ids if _SNAPSHOT_ID.fullmatch(i)), reverse=True))


def query(sql: str, parameters: Mapping[str, Any], snapshot: Snapshot) -> pd.DataFrame:
    """Rows of one SELECT with $named parameters, on one snapshot.

    A snapshot never changes, so results are kept; the frame returned is a copy on write. Raises
    NoSnapshot (wrong_schema) where the snapshot has other tables or columns.
    """
    key = ("query", snapshot.path, sql, repr(sorted(parameters.items())))
    frame = kept(key, lambda: _ask(sql, parameters, snapshot))
    return frame.copy(deep=False)


def _ask(sql: str, parameters: Mapping[str, Any], snapshot: Snapshot) -> pd.DataFrame:
    cursor = _connection(snapshot).cursor()
    try:
        return cursor.execute(sql, dict(parameters)).df()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        # A table or column that this version asks for is not there: an older snapshot.
        raise NoSnapshot(
            "wrong_schema",
            "the snapshot was built by another version",
            where=str(snapshot.path),
            expected="the tables of this version",
            got=str(error)[:200],
        ) from error
    finally:
        cursor.close()


def query_once(
    sql: str, snapshot: Snapshot, parameters: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """Rows of one SELECT, really asked of the file each time: the health check, whole texts."""
    return _ask(sql, parameters or {}, snapshot)


def close_all() -> None:
    """Close every connection and forget every result (end of the server, tests)."""
    with _lock:
        for connection in _connections.values():
            connection.close()
        _connections.clear()
        _snapshots.clear()
    forget()


def _broken(pointer: Path, got: str) -> NoSnapshot:
    return NoSnapshot(
        "broken_pointer",
        "the pointer to the current snapshot cannot be read",
        where=str(pointer),
        expected='{"snapshot": id, "sha256": hex, "as_of_date": date, "schema_version": '
        f"{SCHEMA_VERSION}}}",
        got=got[:200],
    )


def _parse_pointer(text: str, pointer: Path) -> Snapshot:
    try:
        fields = json.loads(text)
        snapshot_id, version = str(fields["snapshot"]), int(fields["schema_version"])
        as_of_date = date.fromisoformat(fields["as_of_date"])
        sha256 = str(fields["sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(pointer, text) from error
    if not _SNAPSHOT_ID.fullmatch(snapshot_id):
        raise _broken(pointer, text)
    if version != SCHEMA_VERSION:
        raise NoSnapshot(
            "wrong_schema",
            "the snapshot was built by another version",
            where=str(pointer),
            expected=f"schema_version {SCHEMA_VERSION}",
            got=str(version),
        )
    path = pointer.parent / f"snapshot-{snapshot_id}.duckdb"
    return Snapshot(snapshot_id, path, sha256, as_of_date, version)


def _connection(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    with _lock:
        if snapshot.path in _connections:
            _connections.move_to_end(snapshot.path)
            return _connections[snapshot.path]
        connection = _connect(snapshot)
        _connections[snapshot.path] = connection
        while len(_connections) > KEPT_CONNECTIONS:
            # A cursor that still runs keeps its own handle on the file.
            path, oldest = _connections.popitem(last=False)
            oldest.close()
            _snapshots.pop(path, None)
        return connection


def _connect(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    path = snapshot.path
    if not path.is_file():
        raise NoSnapshot("missing_file", "the snapshot file is not there", where=str(path))
    if snapshot.sha256 is not None:
        with path.open("rb") as file:
            got = hashlib.file_digest(file, "sha256").hexdigest()
        if got != snapshot.sha256:
            raise _damaged(path, f"sha256 {got}", f"sha256 {snapshot.sha256}")
    try:
        return duckdb.connect(str(path), read_only=True, config=dict(_READ_ONLY))
    except duckdb.Error as error:
        raise _damaged(path, str(error), "a DuckDB file") from error


def _damaged(path: Path, got: str, expected: str) -> NoSnapshot:
    return NoSnapshot(
        "damaged_file",
        "the snapshot file is damaged",
        where=str(path),
        expected=expected,
        got=got[:200],
    )


def _open_older(snapshot_id: str) -> Snapshot:
    if not _SNAPSHOT_ID.fullmatch(snapshot_id) or snapshot_id not in kept_snapshots():
        raise NoSnapshot(
            "unknown_snapshot",
            "this snapshot is not kept",
            where=str(warehouse_dir()),
            expected=", ".join(kept_snapshots()[:10]) or "any snapshot",
            got=snapshot_id[:80],
            fix="leave `snapshot` out of the address to see the current one",
        )
    path = warehouse_dir() / f"snapshot-{snapshot_id}.duckdb"
    with _lock:
        if path not in _snapshots:
            bare = Snapshot(snapshot_id, path, None, None)
            newest = query(_NEWEST_EVIDENCE, {}, bare)["newest"].iloc[0]
            day = None if pd.isna(newest) else pd.Timestamp(newest).date()
            _snapshots[path] = Snapshot(snapshot_id, path, None, day)
        return _snapshots[path]


_NEWEST_EVIDENCE: Final = "SELECT max(evidence_date) AS newest FROM mart.status"

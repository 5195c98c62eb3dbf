"""Publication of a snapshot: build beside, verify, then swap the pointer; readers never wait.

Protocol (design.md section 3): `snapshot-<id>.duckdb.tmp` is built and checked, checkpointed and
closed, reopened read-only and queried, synced, renamed to a name never used before, and only then
`current.json` is replaced. A crash at any moment leaves the old pointer or the new one, each to a
complete file. This module and dashboard/warehouse.py alone know where the data is.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from domain.errors import PublicationError

POINTER = "current.json"
LOCK = "build.lock"
KEEP_SNAPSHOTS = 10
_NAME = re.compile(r"snapshot-(?P<id>[0-9A-Za-z-]+)\.duckdb")

Step = Callable[[str], None]


@dataclass(frozen=True)
class Pointer:
    """What `current.json` says of the published snapshot."""

    snapshot: str
    sha256: str
    as_of_date: str
    schema_version: int


def snapshot_path(warehouse: Path, snapshot: str) -> Path:
    return warehouse / f"snapshot-{snapshot}.duckdb"


def read_pointer(warehouse: Path) -> Pointer | None:
    """The pointer, or None where it is missing, broken or points to no file."""
    try:
        values = json.loads((warehouse / POINTER).read_text(encoding="utf-8"))
        pointer = Pointer(**{key: values[key] for key in Pointer.__dataclass_fields__})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pointer if snapshot_path(warehouse, pointer.snapshot).is_file() else None


def list_snapshots(warehouse: Path) -> list[str]:
    """Ids of the kept snapshots, oldest first (ids begin with the time of the build)."""
    names = (_NAME.fullmatch(p.name) for p in warehouse.glob("snapshot-*.duckdb"))
    return sorted(m["id"] for m in names if m)


@contextmanager
def build_lock(warehouse: Path, wait_seconds: float, say: Step) -> Iterator[None]:
    """Only one builder at a time; a second waits and stops with a message after the given time.

    The lock is the operating system's: it is gone when its holder dies, however that happens.
    """
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        handle = (warehouse / LOCK).open("w")
    except OSError as error:
        raise PublicationError(
            "the warehouse folder cannot be written",
            where=str(warehouse), expected="a folder that this user may write", got=str(error),
            fix="choose another folder with --warehouse, or grant the right",
        ) from None  # fmt: skip
    with handle:
        deadline = time.monotonic() + wait_seconds
        waiting = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not waiting:
                    say(f"another build is running in {warehouse}, waiting")
                    waiting = True
                if time.monotonic() > deadline:
                    raise PublicationError(
                        "another build is running",
                        where=str(warehouse / LOCK), expected="one builder at a time",
                        got=f"still locked after {wait_seconds:.0f} s",
                        fix="wait for it to end, then run the command again",
                    ) from None  # fmt: skip
                time.sleep(0.1)
        yield


def sync_path(path: Path) -> None:
    """Flush a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_leftovers(warehouse: Path) -> None:
    """Delete what a killed build left behind; only under the build lock."""
    for pattern in ("*.tmp", "*.tmp.wal", "*.wal"):
        for path in warehouse.glob(pattern):
            path.unlink(missing_ok=True)
    for path in warehouse.glob("snapshot-*.duckdb.tmp.tmp"):
        path.unlink(missing_ok=True)


def publish(
    warehouse: Path,
    snapshot: str,
    fill: Callable[[duckdb.DuckDBPyConnection], tuple[str, int]],
    step: Step,
) -> Pointer:
    """Build, verify and publish a snapshot; `fill` loads and checks it and returns
    (as-of date, schema version). The caller holds the build lock.

    `step` is called with the name of each step before it begins. Raises whatever `fill` raises,
    or PublicationError; nothing is published then and no half file is left.
    """
    final = snapshot_path(warehouse, snapshot)
    temporary = final.with_name(final.name + ".tmp")
    if final.exists():
        raise PublicationError(
            "a snapshot of this name exists", where=str(final), expected="a new name",
            got="a file", fix="run the build again",
        )  # fmt: skip
    try:
        step("open")
        con = duckdb.connect(str(temporary))
        try:
            as_of_date, schema_version = fill(con)
            step("checkpoint")
            con.execute("CHECKPOINT")
        finally:
            con.close()
        step("verify")
        _verify(temporary, snapshot)
        step("sync")
        sync_path(temporary)
        sha256 = file_sha256(temporary)
        step("rename")
        os.rename(temporary, final)
        sync_path(warehouse)
        pointer = Pointer(snapshot, sha256, as_of_date, schema_version)
        step("pointer")
        write_pointer(warehouse, pointer)
        step("prune")
        prune(warehouse, keep=pointer.snapshot)
    except BaseException:
        for path in (temporary, temporary.with_name(temporary.name + ".wal")):
            path.unlink(missing_ok=True)
        raise
    step("published")
    return pointer


def _verify(path: Path, snapshot: str) -> None:
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise PublicationError(
            "the write-ahead log was not emptied", where=str(wal), expected="no file", got="a file"
        )
    con = duckdb.connect(str(path), read_only=True)
    try:
        found = con.execute("SELECT snapshot FROM core.load_run").fetchall()
        statuses = con.execute("SELECT count(*) FROM mart.status").fetchall()[0][0]
    finally:
        con.close()
    if found != [(snapshot,)] or not statuses:
        raise PublicationError(
            "the new snapshot does not answer", where=str(path),
            expected=f"load_run {snapshot} and statuses", got=f"{found}, {statuses} statuses",
        )  # fmt: skip


def write_pointer(warehouse: Path, pointer: Pointer) -> None:
    """Replace `current.json` in one step that survives a crash."""
    temporary = warehouse / f"{POINTER}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, warehouse / POINTER)
    sync_path(warehouse)


def prune(warehouse: Path, keep: str) -> None:
    """Delete all but the newest snapshots; the published one always stays."""
    for snapshot in list_snapshots(warehouse)[:-KEEP_SNAPSHOTS]:
        if snapshot != keep:
            snapshot_path(warehouse, snapshot).unlink(missing_ok=True)


def roll_back(warehouse: Path, snapshot: str | None) -> Pointer:
    """Point to an older snapshot, the one before the current unless named.

    Raises PublicationError where there is none, or where it cannot be read.
    """
    kept = list_snapshots(warehouse)
    current = read_pointer(warehouse)
    if snapshot is None:
        older = [s for s in kept if current is None or s < current.snapshot]
        if not older:
            raise PublicationError(
                "there is no older snapshot", where=str(warehouse),
                expected="a snapshot before the current one", got=", ".join(kept) or "none",
            )  # fmt: skip
        snapshot = older[-1]
    if snapshot not in kept:
        raise PublicationError(
            "no such snapshot", where=str(warehouse), expected=", ".join(kept) or "none",
            got=snapshot, fix="name one of those",
        )  # fmt: skip
    path = snapshot_path(warehouse, snapshot)
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise PublicationError(
            "the snapshot cannot be read", where=str(path), expected="a DuckDB file", got=str(error)
        ) from None
    try:
        as_of, version = con.execute(
            "SELECT as_of_date, schema_version FROM core.load_run"
        ).fetchall()[0]
    finally:
        con.close()
    pointer = Pointer(snapshot, file_sha256(path), as_of.isoformat(), version)
    write_pointer(warehouse, pointer)
    return pointer

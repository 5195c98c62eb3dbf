"""Publication of a snapshot: build beside, verify, then swap the pointer; readers never wait.

Protocol (design.md section 3): `snapshot-<id>.duckdb.tmp` is built and checked, checkpointed and
closed, reopened read-only and queried, synced, renamed to a name never used before (its sha256
beside it in `snapshot-<id>.json`), and only then `current.json` is replaced. A crash at any moment
leaves the old pointer or the new one, each to a complete file. This module and
dashboard/warehouse.py alone know where the data is.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from domain.errors import PublicationError

POINTER = "current.json"
LOCK = "build.lock"
KEEP_SNAPSHOTS = 10
# Many small tables: blocks of 16 KiB make a file of 4 MB instead of 26 MB, and one thread does the
# work with two thirds of the processor time of two. Nothing is fetched.
_NEW_FILE: Mapping[str, str | bool] = {
    "default_block_size": "16384",
    "threads": "1",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
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
    """The file of a snapshot."""
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
def open_read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a finished snapshot file; raises duckdb.Error where it is none."""
    con = duckdb.connect(str(path), read_only=True)
    try:
        yield con
    finally:
        con.close()


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
    """sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_leftovers(warehouse: Path) -> None:
    """Delete what a killed build left behind; only under the build lock.

    DuckDB may leave a write-ahead log and a folder of spilled rows beside its file.
    """
    for pattern in ("*.tmp", "*.wal"):
        for path in warehouse.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    for path in warehouse.glob("snapshot-*.json"):
        if not path.with_suffix(".duckdb").exists():
            path.unlink()


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
        con = duckdb.connect(str(temporary), config=dict(_NEW_FILE))
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
        pointer = Pointer(snapshot, sha256, as_of_date, schema_version)
        step("rename")
        # Beside the file, so that a reader finds the newest complete one without the pointer.
        write_pointer(final.with_suffix(".json"), pointer)
        os.rename(temporary, final)
        sync_path(warehouse)
        step("pointer")
        write_pointer(warehouse / POINTER, pointer)
    except BaseException:
        for path in (temporary, temporary.with_name(temporary.name + ".wal")):
            path.unlink(missing_ok=True)
        raise
    # From here on the new snapshot stands, whatever happens.
    step("prune")
    prune(warehouse, keep=pointer.snapshot)
    step("published")
    return pointer


def _verify(path: Path, snapshot: str) -> None:
    """Reopen a finished file read-only and query it; raises PublicationError."""
    wal = path.with_name(path.name + ".wal")
    if wal.exists():
        raise PublicationError(
            "the write-ahead log was not emptied", where=str(wal), expected="no file", got="a file"
        )
    facts = _snapshot_facts(path)
    if facts.snapshot != snapshot or not facts.statuses:
        raise PublicationError(
            "the new snapshot does not answer", where=str(path),
            expected=f"load_run {snapshot} and statuses", got=str(facts),
        )  # fmt: skip


@dataclass(frozen=True)
class _Facts:
    snapshot: str
    as_of_date: str
    schema_version: int
    statuses: int


def _snapshot_facts(path: Path) -> _Facts:
    """What a snapshot file says of itself; raises PublicationError where it cannot be read."""
    try:
        with open_read_only(path) as con:
            [(snapshot, as_of, version)] = con.execute(
                "SELECT snapshot, as_of_date, schema_version FROM core.load_run"
            ).fetchall()
            [(statuses,)] = con.execute("SELECT count(*) FROM mart.status").fetchall()
    except (duckdb.Error, ValueError) as error:
        raise PublicationError(
            "the snapshot cannot be read", where=str(path),
            expected="a complete DuckDB file of this project", got=str(error),
        ) from None  # fmt: skip
    return _Facts(snapshot, as_of.isoformat(), version, statuses)


def write_pointer(path: Path, pointer: Pointer) -> None:
    """Write or replace a pointer file in one step that survives a crash."""
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_path(path.parent)


def prune(warehouse: Path, keep: str) -> None:
    """Delete all but the newest snapshots; the published one always stays.

    One that cannot be deleted now is tried again after the next build.
    """
    for snapshot in list_snapshots(warehouse)[:-KEEP_SNAPSHOTS]:
        if snapshot != keep:
            path = snapshot_path(warehouse, snapshot)
            with suppress(OSError):
                path.unlink(missing_ok=True)
                path.with_suffix(".json").unlink(missing_ok=True)


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
    facts = _snapshot_facts(path)
    pointer = Pointer(snapshot, file_sha256(path), facts.as_of_date, facts.schema_version)
    write_pointer(warehouse / POINTER, pointer)
    return pointer

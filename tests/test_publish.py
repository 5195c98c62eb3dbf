"""Publication survives everything: after any accident a reader gets a complete snapshot, the old
one or the new one, and the next build succeeds and cleans up."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard import warehouse as dashboard_warehouse
from domain.errors import PublicationError, TtdnError
from etl import publish
from etl.build import BUILD_STEPS, build
from etl.load import SCHEMA_VERSION
from etl.publish import KEEP_SNAPSHOTS, Pointer, build_lock, list_snapshots, read_pointer
from tests import killed_build
from tests.conftest import write_small_data

KILLS = 200


def assert_readable(warehouse: Path) -> Pointer:
    """What a reader does: follow the pointer, check the sha256, query."""
    values = json.loads((warehouse / "current.json").read_text(encoding="utf-8"))
    path = warehouse / f"snapshot-{values['snapshot']}.duckdb"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == values["sha256"]
    assert not path.with_name(path.name + ".wal").exists()
    con = duckdb.connect(str(path), read_only=True)
    try:
        assert con.execute("SELECT snapshot FROM core.load_run").fetchall() == [
            (values["snapshot"],)
        ]
        regulations = con.execute(
            "SELECT class, count(*) FROM mart.status WHERE vintage = 2008 AND indicator = "
            "'regulation' AND DATE '2023-07-31' BETWEEN valid_from AND valid_to GROUP BY ALL"
        ).fetchall()
        assert dict(regulations) == {"current": 62, "outdated": 1}
    finally:
        con.close()
    return Pointer(**values)


def assert_clean(warehouse: Path) -> None:
    """Nothing of a killed build is left."""
    left = {p.name for p in warehouse.iterdir()} - {"current.json", "build.lock"}
    kept = list_snapshots(warehouse)
    assert left == {f"snapshot-{s}.{kind}" for s in kept for kind in ("duckdb", "json")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one snapshot of the small data set, built once."""
    folder = tmp_path_factory.mktemp("published")
    write_small_data(folder / "data")
    build(folder / "data", folder / "warehouse")
    return folder / "warehouse"


@pytest.fixture
def warehouse(published: Path, tmp_path: Path) -> Path:
    """A warehouse with one published snapshot, to be damaged."""
    return shutil.copytree(published, tmp_path / "warehouse")


@pytest.mark.parametrize("step", BUILD_STEPS)
def test_kill_at_each_step(small_data: Path, warehouse: Path, step: str) -> None:
    before = assert_readable(warehouse)
    assert killed_build.exit_code(small_data, warehouse, kill_at=step) == -9
    after = assert_readable(warehouse)
    is_swapped = BUILD_STEPS.index(step) > BUILD_STEPS.index("pointer")
    assert (after != before) == is_swapped
    build(small_data, warehouse)
    assert assert_readable(warehouse).snapshot > after.snapshot
    assert_clean(warehouse)


def _kill_many(data: Path, warehouse: Path, moments: list[float], errors: list[str]) -> None:
    last = assert_readable(warehouse)
    for ordinal, seconds in enumerate(moments, 1):
        killed_build.kill_after(seconds, data, warehouse)
        found = assert_readable(warehouse)
        if found.snapshot < last.snapshot:
            errors.append(f"went back from {last.snapshot} to {found.snapshot} after {seconds} s")
        last = found
        # The next killed build is a next build too; every twentieth is left to finish here.
        if ordinal % 20 == 0:
            if code := killed_build.exit_code(data, warehouse):
                reason = warehouse.parent / f"{warehouse.name}.failed"
                why = reason.read_text("utf-8") if reason.exists() else "see the child's output"
                errors.append(f"the build after a kill at {seconds} s failed, {code}: {why}")
            assert_clean(warehouse)


def kill_at_random(data: Path, tmp_path: Path, count: int) -> None:
    """Two warehouses at once, because a build leaves a core idle."""
    folders = [tmp_path / "left", tmp_path / "right"]
    for folder in folders:
        build(data, folder)
    seconds = killed_build.build_seconds(data, folders[0])
    errors: list[str] = []
    threads = [
        threading.Thread(
            target=_kill_many,
            args=(data, folder, killed_build.kill_times(count // 2, seconds, seed), errors),
        )
        for seed, folder in enumerate(folders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for folder in folders:
        build(data, folder)
        assert_readable(folder)
        assert_clean(folder)


def test_kill_at_random_moments(small_data: Path, tmp_path: Path) -> None:
    kill_at_random(small_data, tmp_path, KILLS)


@pytest.mark.soak
@pytest.mark.skipif("TTDN_SOAK" not in os.environ, reason="only with `make soak`")
def test_kill_ten_thousand_times(small_data: Path, tmp_path: Path) -> None:
    """`make soak`; TTDN_SOAK says how often."""
    kill_at_random(small_data, tmp_path, int(os.environ["TTDN_SOAK"] or 10_000))


@pytest.mark.parametrize("kib", [0.1, 20, 400, 1500])
def test_disk_full(small_data: Path, warehouse: Path, kib: float) -> None:
    """A limit on the size of a file makes writing fail where a full disk would."""
    before = assert_readable(warehouse)
    size = int(kib * 1024)
    assert killed_build.exit_code(small_data, warehouse, largest_file=size) == 1
    assert assert_readable(warehouse) == before
    assert_clean(warehouse)
    build(small_data, warehouse)
    assert assert_readable(warehouse) != before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MB: room for one snapshot."""
    mount = shutil.which("mount")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = [str(mount), "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_disk_really_full(small_data: Path, small_disk: Path) -> None:
    """With room left for nothing, for a part of the file, and for nearly all of it."""
    build(small_data, small_disk)
    before = assert_readable(small_disk)
    size = publish.snapshot_path(small_disk, before.snapshot).stat().st_size
    blocker = small_disk / "blocker"
    for room in (0, size // 3, size - 50_000):
        blocker.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - room))
        with pytest.raises(PublicationError, match=r"could not be written|cannot be written"):
            build(small_data, small_disk)
        assert assert_readable(small_disk) == before
        blocker.unlink()
        assert_clean(small_disk)


def test_second_builder_waits(small_data: Path, warehouse: Path) -> None:
    said: list[str] = []
    with build_lock(warehouse, 1, said.append):
        child = killed_build.start(small_data, warehouse)
        child.join(1.0)
        assert child.is_alive(), "it did not wait"
        assert read_pointer(warehouse) == assert_readable(warehouse)
        before = read_pointer(warehouse)
    child.join(30)
    assert child.exitcode == 0
    assert assert_readable(warehouse) != before


def test_second_builder_stops_with_a_clear_message(small_data: Path, warehouse: Path) -> None:
    before = assert_readable(warehouse)
    said: list[str] = []
    with (
        build_lock(warehouse, 1, print),
        pytest.raises(PublicationError, match="another build is running") as caught,
    ):
        build(small_data, warehouse, said.append, wait_seconds=0.3)
    assert "build.lock" in caught.value.where and caught.value.fix
    assert said == [f"another build is running in {warehouse}, waiting"]
    assert assert_readable(warehouse) == before


def test_two_builders_at_once(small_data: Path, warehouse: Path) -> None:
    first = killed_build.start(small_data, warehouse)
    second = killed_build.start(small_data, warehouse)
    first.join()
    second.join()
    assert (first.exitcode, second.exitcode) == (0, 0)
    assert len(list_snapshots(warehouse)) == 3
    assert_readable(warehouse)
    assert_clean(warehouse)


def test_lock_of_a_killed_builder_is_gone(small_data: Path, warehouse: Path) -> None:
    killed_build.exit_code(small_data, warehouse, kill_at="core")
    began = time.monotonic()
    build(small_data, warehouse, wait_seconds=0)
    assert time.monotonic() - began < 20


@pytest.fixture
def reader(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """The dashboard's own reader: returns the id of the snapshot it reads, having queried it."""
    monkeypatch.setenv("TTDN_WAREHOUSE", str(warehouse))

    def read() -> str:
        try:
            snapshot = dashboard_warehouse.current_snapshot()
            sql = "SELECT count(*) AS statuses FROM mart.status WHERE vintage = $vintage"
            frame = dashboard_warehouse.query(sql, {"vintage": 2008}, snapshot)
        finally:
            dashboard_warehouse.close_all()
        assert frame["statuses"].iloc[0] >= 63 * 6
        return snapshot.id

    return read


Accident = Callable[[Path, Path], object]


def _truncate_snapshot(warehouse: Path, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100_000])


def _empty_snapshot(warehouse: Path, path: Path) -> None:
    path.write_bytes(b"")


def _leave_wal(warehouse: Path, path: Path) -> None:
    path.with_name(path.name + ".wal").write_bytes(b"stale")


def _leave_temporaries(warehouse: Path, path: Path) -> None:
    (warehouse / "snapshot-20200101T000000000Z-00000000.duckdb.tmp").write_bytes(b"half")
    (warehouse / "snapshot-20200101T000000000Z-00000000.duckdb.tmp.wal").write_bytes(b"half")
    spilled = warehouse / "snapshot-20200101T000000000Z-00000000.duckdb.tmp.tmp"
    spilled.mkdir()
    (spilled / "duckdb_temp_storage-0.tmp").write_bytes(b"rows")
    (warehouse / "current.json.tmp").write_text('{"snap')


def _pointer(text: str | bytes) -> Accident:
    def leave(warehouse: Path, path: Path) -> None:
        content = text.encode() if isinstance(text, str) else text
        (warehouse / "current.json").write_bytes(content)

    return leave


def _pointer_text(schema_version: int) -> str:
    """A whole pointer, to a snapshot that is not there."""
    return json.dumps(
        {
            "snapshot": "x",
            "sha256": "",
            "as_of_date": "2023-07-31",
            "schema_version": schema_version,
        }
    )


ACCIDENTS: dict[str, Accident] = {
    "truncated snapshot": _truncate_snapshot,
    "empty snapshot": _empty_snapshot,
    "no snapshot": lambda warehouse, path: path.unlink(),
    "stale wal": _leave_wal,
    "leftovers": _leave_temporaries,
    "half a pointer": _pointer('{"snapshot": "2026'),
    "empty pointer": _pointer(""),
    "no json object": _pointer("[1, 2]"),
    "bytes": _pointer(b"\xff\xfe\x00"),
    "keys missing": _pointer('{"snapshot": "x"}'),
    "pointer to nothing": _pointer(_pointer_text(SCHEMA_VERSION)),
    "odd name": _pointer(
        '{"snapshot": "\\u0000/..", "sha256": "", "as_of_date": null, "schema_version": []}'
    ),
}


UNDAMAGED = ("stale wal", "leftovers")


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_accident(
    small_data: Path, warehouse: Path, reader: Callable[[], str], accident: str
) -> None:
    """The dashboard reads the old or the new snapshot; the next build mends everything."""
    old = assert_readable(warehouse)
    new = build(small_data, warehouse).pointer
    path = warehouse / f"snapshot-{new.snapshot}.duckdb"
    ACCIDENTS[accident](warehouse, path)
    is_lost = path.stat().st_size < 200_000 if path.exists() else True
    assert reader() == (old.snapshot if is_lost else new.snapshot)
    result = build(small_data, warehouse, if_changed=True)
    # Only where the published snapshot is undamaged is there nothing to do.
    assert result.is_new == (accident not in UNDAMAGED)
    assert_readable(warehouse)
    assert_clean(warehouse)
    assert reader() == result.pointer.snapshot


@pytest.mark.parametrize("accident", [a for a in ACCIDENTS if a not in UNDAMAGED])
def test_accident_to_the_only_snapshot(
    warehouse: Path, reader: Callable[[], str], accident: str
) -> None:
    """Nothing is read from a damaged file; a whole file is found without its pointer."""
    pointer = assert_readable(warehouse)
    ACCIDENTS[accident](warehouse, warehouse / f"snapshot-{pointer.snapshot}.duckdb")
    if "snapshot" in accident:
        with pytest.raises(dashboard_warehouse.NoSnapshot):
            reader()
    else:
        assert reader() == pointer.snapshot


@pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1])
def test_a_pointer_of_another_schema_is_read_by_nobody_until_the_next_build(
    small_data: Path, warehouse: Path, reader: Callable[[], str], version: int
) -> None:
    """That is no accident: another version of the program has published, which must be said."""
    old = assert_readable(warehouse)
    _pointer(_pointer_text(version))(warehouse, warehouse)
    with pytest.raises(dashboard_warehouse.NoSnapshot) as caught:
        reader()
    assert caught.value.code == "wrong_schema"
    result = build(small_data, warehouse, if_changed=True)
    assert result.is_new and reader() == result.pointer.snapshot > old.snapshot
    assert_clean(warehouse)


def test_failed_check_publishes_nothing(
    small_data: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = assert_readable(warehouse)
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "no_hanoi.sql").write_text(
        "-- There is no Hà Nội.\n"
        "SELECT province_name FROM core.province WHERE province_name = 'Hà Nội'",
        encoding="utf-8",
    )
    monkeypatch.setattr("etl.checks.CHECKS", checks)
    with pytest.raises(TtdnError, match="There is no Hà Nội") as caught:
        build(small_data, warehouse)
    assert "('Hà Nội',)" in str(caught.value)
    assert assert_readable(warehouse) == before
    assert_clean(warehouse)


def test_ten_snapshots_are_kept_and_the_published_one_always(
    warehouse: Path, small_data: Path
) -> None:
    pointer = assert_readable(warehouse)
    published = warehouse / f"snapshot-{pointer.snapshot}.duckdb"
    for number in range(12):
        shutil.copy(published, warehouse / f"snapshot-30000101T0000{number:02d}000Z-x.duckdb")
    publish.prune(warehouse, keep=pointer.snapshot)
    kept = list_snapshots(warehouse)
    assert len(kept) == KEEP_SNAPSHOTS + 1 and kept[0] == pointer.snapshot


def test_reader_of_an_old_snapshot_is_not_disturbed(small_data: Path, warehouse: Path) -> None:
    pointer = assert_readable(warehouse)
    con = duckdb.connect(str(publish.snapshot_path(warehouse, pointer.snapshot)), read_only=True)
    build(small_data, warehouse)
    publish.snapshot_path(warehouse, pointer.snapshot).unlink()
    assert con.execute("SELECT snapshot FROM core.load_run").fetchall() == [(pointer.snapshot,)]
    con.close()


def test_folder_without_rights_is_a_clear_error(small_data: Path, tmp_path: Path) -> None:
    (tmp_path / "w").write_text("a file where the folder should be")
    with pytest.raises(PublicationError, match="cannot be written"):
        build(small_data, tmp_path / "w")

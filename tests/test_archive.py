"""Originals, log and cache of submitted documents; files and folders that are ingested."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import BadValue, BrokenInput
from etl.archive import Archive
from etl.extraction_cache import Extraction, load_extractions, save_extractions, stale_originals
from etl.ingest import receive_files


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "warehouse")


def test_what_a_command_ingests_is_admitted_and_what_is_uploaded_waits(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("văn bản một", encoding="utf-8")
    received = receive_files(archive, [tmp_path / "in"])
    uploaded = archive.receive(b"hai", "b.txt", person="An")
    states = archive.read().states()
    assert states == {received.new[0].sha256: "admitted", uploaded.sha256: "waiting"}
    assert archive.read_original(uploaded.sha256) == b"hai"


def test_the_last_decision_about_a_document_counts(archive: Archive) -> None:
    original = archive.receive(b"x", "x.txt", person="An")
    subject = f"document:{original.sha256}"
    archive.decide(subject, "confirm", person="An")
    assert archive.read().states() == {original.sha256: "admitted"}
    archive.decide(subject, "reject", person="Bình", reason="bản nháp")
    journal = archive.read()
    assert journal.states() == {original.sha256: "rejected"}
    assert [(d.action, d.person, d.is_verified_person) for d in journal.decisions] == [
        ("confirm", "An", False),
        ("reject", "Bình", False),
    ]


@pytest.mark.parametrize(
    ("action", "person", "reason"),
    [("confirm", " ", "vì"), ("reject", "An", " "), ("correct", "An", None)],
)
def test_a_decision_needs_a_name_and_mostly_a_reason(
    archive: Archive, action: str, person: str, reason: str | None
) -> None:
    original = archive.receive(b"x", "x.txt", person="An")
    with pytest.raises(BadValue):
        archive.decide(f"document:{original.sha256}", action, person=person, reason=reason)  # type: ignore[arg-type]
    assert archive.read().decisions == []


def test_unchanged_files_are_passed_over_and_a_changed_one_replaces_itself(
    archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("một")
    first = receive_files(archive, [file])
    again = receive_files(archive, [file])
    assert (len(first.new), again.unchanged, again.new) == (1, 1, [])
    file.write_text("hai khác")
    os.utime(file, ns=(1, 1))
    changed = receive_files(archive, [file])
    assert archive.read().states() == {
        first.new[0].sha256: "replaced",
        changed.new[0].sha256: "admitted",
    }


def test_the_same_content_under_two_names_is_one_original(archive: Archive, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("như nhau")
    received = receive_files(archive, [tmp_path])
    assert (len(received.new), received.same_content) == (1, 1)


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.txt").write_text("tốt")
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    received = receive_files(archive, [tmp_path])
    assert [o.name for o in received.new] == ["good.txt"]
    assert [Path(path).name for path, _ in received.failed] == ["big.txt", "gone.txt"]


def test_a_path_that_does_not_exist_is_said_at_once(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="no such file"):
        receive_files(archive, [tmp_path / "nowhere"])


@pytest.mark.parametrize("name", ["../../x.txt", "..\\..\\x.txt", "/etc/passwd", ""])
def test_a_name_is_never_a_path(archive: Archive, tmp_path: Path, name: str) -> None:
    original = archive.receive(b"noi dung", name, person="An")
    assert "/" not in original.name
    inside = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert all(archive.folder in p.parents for p in inside)


def test_a_line_cut_off_by_a_crash_loses_nothing_else(archive: Archive) -> None:
    one = archive.receive(b"1", "1.txt", person="An")
    with (archive.folder / "log.jsonl").open("ab") as log:
        log.write(b'{"event": "received", "sha256": "abc')
    two = archive.receive(b"2", "2.txt", person="An")
    assert list(archive.read().originals) == [one.sha256, two.sha256]


def test_a_changed_original_is_noticed(archive: Archive) -> None:
    original = archive.receive("thật".encode(), "x.txt", person="An")
    archive.original_path(original.sha256).write_bytes(b"sai")
    with pytest.raises(BrokenInput, match="changed"):
        archive.read_original(original.sha256)


def test_a_broken_cache_is_begun_anew(archive: Archive) -> None:
    archive.receive(b"x", "x.txt", person="An")
    (archive.folder / "cache.sqlite").write_bytes(b"no database at all" * 100)
    with archive.cache() as con:
        assert stale_originals(con, ["a"], "v1") == ["a"]


@given(text=st.none() | st.text(), version=st.sampled_from(["v1", "v2"]))
def test_extractions_come_back_as_they_were_saved(text: str | None, version: str) -> None:
    con = sqlite3.connect(":memory:")
    con.execute(
        "CREATE TABLE extraction (sha256 TEXT PRIMARY KEY, versions TEXT, text BLOB, content BLOB)"
    )
    extraction = Extraction("a", version, text, {"parts": {"x": [1, "đ"]}})
    save_extractions(con, [extraction])
    assert list(load_extractions(con, ["b", "a"])) == [extraction]
    assert stale_originals(con, ["a"], "v1") == ([] if version == "v1" else ["a"])

"""All files of a briefing: the ZIP and its manifest, what is missing, the command line."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dashboard import boundaries, picture, warehouse
from dashboard.briefing import __main__ as command
from dashboard.briefing import files_out, printing
from dashboard.briefing.bundle import FORMATS, Made, make_files
from dashboard.briefing.scope import parse_scope
from dashboard.download.table import DELIMITER
from tests.conftest import PROJECT
from tests.golden.province import run_of

needs_chromium = pytest.mark.skipif(not picture.is_available(), reason="no Chromium here")


@pytest.fixture(scope="module", autouse=True)
def own_warehouse(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("bundle") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield folder
    warehouse.close_all()
    patch.undo()


def make(scope: str, formats: tuple[str, ...], **options: Any) -> Made:
    run = run_of(**options.pop("params", {}))
    known = run.facts.provinces[run.view.vintage]
    return make_files(run, parse_scope(scope, known), formats, **options)


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Chromium and LibreOffice."""
    monkeypatch.setattr(picture, "find_browser", lambda: None)
    monkeypatch.setattr(printing, "find_browser", lambda: None)
    monkeypatch.setattr(printing, "find_office", lambda: None)
    monkeypatch.setattr("dashboard.briefing.pdf_report.find_office", lambda: None)
    picture.stop()


@pytest.fixture(scope="module")
def whole(own_warehouse: Path) -> Made:
    """Everything about Nghệ An in one ZIP."""
    return make("province:40", ("zip",))


def unpack(made: Made) -> dict[str, bytes]:
    (name,) = made.files
    assert name.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(made.files[name])) as archive:
        assert archive.testzip() is None
        return {entry: archive.read(entry) for entry in archive.namelist()}


# --- the ZIP


@needs_chromium
def test_the_manifest_names_every_file_with_its_hash(whole: Made) -> None:
    files = unpack(whole)
    told = json.loads(files.pop("manifest.json"))
    assert {row["name"] for row in told["files"]} == set(files)
    for row in told["files"]:
        content = files[row["name"]]
        assert (row["bytes"], row["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert told["snapshot"] == warehouse.current_snapshot().id
    assert (told["scope"], told["as_of"], told["since"]) == ("province:40", "2023-07-31", None)
    assert (told["vintage"], told["language"], told["missing"]) == (2008, "vi", [])


@needs_chromium
def test_the_zip_has_every_format_pictures_tables_and_maps(whole: Made) -> None:
    names = set(unpack(whole))
    kinds = {name.rpartition(".")[2] for name in names if "/" not in name}
    assert {"docx", "pptx", "pdf", "xlsx", "json"} <= kinds
    assert any(name.startswith("letters/") and name.endswith(".docx") for name in names)
    assert sum(name.endswith(".pdf") for name in names) == 2  # the report and the sheet
    drawn = {name for name in names if name.startswith("pictures/")}
    assert drawn and {name[:-4] for name in drawn if name.endswith(".png")} == {
        name[:-4] for name in drawn if name.endswith(".svg")
    }
    assert {"maps/regulation.geojson", "maps/annual_plan_2023.geojson"} <= names
    assert "maps/LICENSE-ODbL.md" in names and "tables/budget_amounts.csv" in names
    assert whole.missing == ()


@needs_chromium
def test_the_same_input_gives_the_same_bytes(whole: Made) -> None:
    again = make("province:40", ("zip",))
    first, second = unpack(whole), unpack(again)
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert again.files == whole.files


@needs_chromium
def test_tables_are_csv_for_vietnamese_excel(whole: Made) -> None:
    content = unpack(whole)["tables/budget_amounts.csv"]
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    lines = content.decode("utf-8-sig").split("\r\n")
    rows = [line for line in lines if line and not line.startswith("#")]
    assert len(rows) == 1 + 12 and DELIMITER in rows[0]
    assert any("Nghệ An" in line for line in lines if line.startswith("#"))


@needs_chromium
def test_maps_as_data_have_all_units_both_archipelagos_notice_and_licence(whole: Made) -> None:
    found = json.loads(unpack(whole)["maps/regulation.geojson"])
    assert "không thay thế bản đồ chuẩn" in found["notice"] and "ODbL" in found["licence"]
    units = {
        f["properties"]["code"]: f for f in found["features"] if f["properties"]["kind"] == "unit"
    }
    assert set(units) == boundaries.CODES[2008]
    mine = units["40"]["properties"]
    assert (mine["class"], mine["document_number"]) == ("outdated", "3089/BTTTT-TTĐN")
    assert (mine["evidence_date"], mine["is_in_scope"]) == ("2023-07-31", True)
    assert units["01"]["properties"]["is_in_scope"] is False
    points = [f for f in found["features"] if f["geometry"]["type"] == "Point"]
    named = {(f["properties"]["archipelago"], f["properties"]["code"]) for f in points}
    assert named == {
        ("Quần đảo Hoàng Sa (Đà Nẵng)", "48"),
        ("Quần đảo Trường Sa (Khánh Hòa)", "56"),
    }
    assert all(
        f["properties"]["class"] == units[f["properties"]["code"]]["properties"]["class"]
        for f in points
    )
    for polygon in units["40"]["geometry"]["coordinates"]:
        ring = polygon[0]  # RFC 7946: exterior rings run anticlockwise
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
        assert ring[0] == ring[-1] and area > 0


# --- what is missing is said


def test_without_any_program_the_rest_is_made_and_the_gaps_are_said(no_programs: None) -> None:
    made = make("province:40", ("docx", "pptx", "pdf", "letters", "sheets"))
    assert {name.rpartition(".")[2] for name in made.files} == {"docx", "pptx"}
    assert {gap.key for gap in made.gaps} == {"pictures", "pdf", "sheets"}
    said = "\n".join(made.missing)
    assert "Không có bản PDF" in said and "Không có phiếu từng tỉnh" in said
    assert "Quy chế quản lý hoạt động thông tin đối ngoại" in said  # which map
    assert all("Chromium" in line for line in made.missing)
    english = "\n".join(gap.text("en") for gap in made.gaps)
    assert "no PDF" in english and "no province sheets" in english


def test_no_letter_is_due_where_nobody_lags(no_programs: None) -> None:
    made = make("route:china", ("letters",))
    assert (made.files, [gap.key for gap in made.gaps]) == ({}, ["letters"])


def test_many_letters_come_as_the_one_to_all_and_a_zip(no_programs: None) -> None:
    made = make("country", ("letters",))
    joint, packed = made.files
    assert joint.endswith(".docx") and packed.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(made.files[packed])) as archive:
        assert len(archive.namelist()) == 11  # ten provinces and the one to all


def test_progress_never_goes_back_and_ends_at_the_end(no_programs: None) -> None:
    told: list[tuple[int, int, str]] = []
    make(
        "province:40",
        ("docx", "letters"),
        progress=lambda done, total, what: told.append((done, total, what)),
    )
    done = [step[0] for step in told]
    assert done == sorted(done) and told[-1][0] == told[-1][1] and told[-1][2] == "done"
    assert [what for *_, what in told if what in FORMATS] == ["docx", "letters"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="odt"):
        make("country", ("odt",))


def test_a_person_s_wording_is_in_the_files_and_marked(no_programs: None) -> None:
    made = make("province:40", ("docx",), edits={"province_regulation_": "Câu sửa tay."})
    (content,) = made.files.values()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Câu sửa tay." in text and "người dùng sửa" in text


# --- the command line


def call(*arguments: str) -> int:
    return command.main([*arguments, "--quiet"])


@needs_chromium
def test_the_command_writes_whole_files(own_warehouse: Path, tmp_path: Path) -> None:
    arguments = ["--scope", "province:91", "--as-of", "2024-12-31", "--since", "2023-07-31",
                 "--format", "docx,letters,sheets", "--due", "2026-12-15", "--out", str(tmp_path),
                 "--warehouse", str(own_warehouse)]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "dashboard.briefing", *arguments],
        cwd=PROJECT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 3 and all(name.endswith(("2024-12-31.docx", ".pdf")) for name in names)
    assert done.stderr.count("written: ") == 3 and "Warning" not in done.stderr
    assert not [name for name in names if name.startswith(".")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--scope", "province:99"), "unknown scope"),
        (("--scope", "route:mars"), "unknown scope"),
        (("--format", "docx,odt"), "odt"),
        (("--sections", "poetry"), "poetry"),
        (("--as-of", "2023-07-31", "--since", "2024-01-01"), "error: "),
        (("--as-of", "1999-01-01"), "error: "),
        (("--vintage", "2025", "--as-of", "2023-07-31"), "error: "),
        (("--before", "20200101T000000000Z-deadbeef"), "--before"),
    ],
)
def test_wrong_arguments_are_said_and_nothing_is_written(
    arguments: tuple[str, ...], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*arguments, "--out", str(tmp_path / "out")) == command.EXIT_ARGUMENTS
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_impossible_date_and_a_missing_folder_are_wrong_arguments(tmp_path: Path) -> None:
    for arguments in (["--as-of", "31/12/2024", "--out", str(tmp_path)], ["--scope", "country"]):
        with pytest.raises(SystemExit) as stopped:
            command.main(arguments)
        assert stopped.value.code == command.EXIT_ARGUMENTS


def test_without_a_warehouse_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTDN_WAREHOUSE", str(tmp_path / "none"))
    assert call("--out", str(tmp_path / "out")) == command.EXIT_NOTHING
    assert "nothing was written" in capsys.readouterr().err


def test_gaps_have_an_exit_code_of_their_own(
    no_programs: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--scope", "province:40", "--out", str(tmp_path))
    assert call(*arguments, "--format", "docx,pdf") == command.EXIT_GAPS
    assert "missing: no PDF" in capsys.readouterr().err
    assert [path.suffix for path in tmp_path.iterdir()] == [".docx"]
    assert call(*arguments, "--format", "pdf") == command.EXIT_NOTHING


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    no_programs: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("--scope", "province:40", "--format", "letters", "--out", str(tmp_path))
    assert call(*arguments) == command.EXIT_MADE
    (before,) = [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]
    real = os.fsync

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files_out.os, "fsync", full)
    assert call(*arguments) == command.EXIT_NOTHING
    assert "No space left" in capsys.readouterr().err
    monkeypatch.setattr(files_out.os, "fsync", real)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [before]


def test_a_folder_that_cannot_be_written_is_said(
    no_programs: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    arguments = ("--scope", "province:40", "--format", "letters")
    assert call(*arguments, "--out", str(tmp_path / "file" / "out")) == command.EXIT_NOTHING
    assert "error: " in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_what_a_killed_run_left_behind_is_taken_away(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f".ttdn-{ended.pid}-abc.part"
    mine = tmp_path / f".ttdn-{os.getpid()}-abc.part"
    other = tmp_path / ".other.part"
    for path in (left, mine, other):
        path.write_bytes(b"half")
    files_out.remove_leftovers(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([mine, other])

"""The command line: exit codes 0, 3 and 1, messages, and which warehouse is meant."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.__main__ import main, warehouse_of
from etl.build import BUILD_STEPS, build
from etl.progress import Progress
from etl.publish import read_pointer, snapshot_path
from tests.conftest import PROJECT, open_current
from tests.hostile_files import REG, lines, reg


def test_clean_build_says_what_it_did(
    small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "warehouse"
    assert main(["build", "--data", str(small_data), "--warehouse", str(warehouse)]) == 0
    out, err = capsys.readouterr()
    pointer = json.loads((warehouse / "current.json").read_text())
    assert set(pointer) == {"snapshot", "sha256", "as_of_date", "schema_version"}
    assert pointer["as_of_date"] == "2023-07-31"
    assert f"snapshot {pointer['snapshot']} published" in out
    assert "regulation 2" in out and "contradicting: 1" in out and "rejected: 0" in out
    steps = [line.split("] ")[1] for line in err.splitlines()]
    assert tuple(steps) == BUILD_STEPS


def test_the_real_steps_are_the_declared_ones(small_data: Path, tmp_path: Path) -> None:
    told: list[str] = []
    build(small_data, tmp_path / "warehouse", told.append)
    assert tuple(told) == BUILD_STEPS


def test_rejected_rows_exit_3_and_are_listed(
    small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_data / "submitted").mkdir()
    names = [f"Atlantis {i % 60}" for i in range(70)]
    rows = [reg(f"{i}/2019", name=name) for i, name in enumerate(names)]
    (small_data / "submitted" / "regulations.csv").write_bytes(lines(REG, *rows))
    arguments = ["build", "--data", str(small_data), "--warehouse", str(tmp_path / "w")]
    assert main(arguments) == 3
    out = capsys.readouterr().out
    # Every unknown spelling at once, each once; the rows of the first fifty.
    assert "rejected: 70" in out and all(repr(n) in out for n in names)
    assert "submitted/regulations.csv:2 province: unknown_province" in out
    assert "and 20 more (--all)" in out
    assert main([*arguments, "--all"]) == 3
    assert "submitted/regulations.csv:71 " in capsys.readouterr().out
    assert main([*arguments, "--if-changed"]) == 3
    assert "unchanged" in capsys.readouterr().out


def test_nothing_published_exits_1(
    small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert main(["build", "--data", str(small_data), "--warehouse", str(file)]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert main(["build", "--data", str(tmp_path / "no"), "--warehouse", str(tmp_path / "w")]) == 1
    assert "no such data folder" in capsys.readouterr().err


def test_if_changed(small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = tmp_path / "warehouse"
    arguments = ["build", "--data", str(small_data), "--warehouse", str(warehouse), "--if-changed"]
    assert main(arguments) == 0
    first = read_pointer(warehouse)
    assert main(arguments) == 0
    assert read_pointer(warehouse) == first
    assert "unchanged" in capsys.readouterr().out
    facts = small_data / "facts" / "regulations.csv"
    facts.write_bytes(lines(REG, reg("1/2019")))
    assert main(arguments) == 0
    second = read_pointer(warehouse)
    assert second is not None and second != first
    # A damaged snapshot is no reason to do nothing.
    path = snapshot_path(warehouse, second.snapshot)
    path.write_bytes(path.read_bytes()[:-5000])
    assert main(arguments) == 0
    assert read_pointer(warehouse) != second


def test_check(small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = tmp_path / "warehouse"
    arguments = ["check", "--warehouse", str(warehouse)]
    assert main(arguments) == 1
    assert "python -m etl build" in capsys.readouterr().err
    pointer = build(small_data, warehouse).pointer
    assert main(arguments) == 0
    assert "all checks passed" in capsys.readouterr().out
    path = snapshot_path(warehouse, pointer.snapshot)
    path.write_bytes(path.read_bytes()[:-5000])
    assert main(arguments) == 1
    assert "sha256" in capsys.readouterr().err


def test_accept_shows_the_change_first(
    declared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = tmp_path / "warehouse"
    where = ["--warehouse", str(warehouse)]
    assert main(["build", "--data", str(declared_data), *where]) == 0
    path = declared_data / "facts" / "regulations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("01,Hà Nội,16/2020", "01,Atlantis,16/2020", 1) + reg("999/2019") + "\n",
        encoding="utf-8",
    )
    assert main(["build", "--data", str(declared_data), *where]) == 1
    capsys.readouterr()
    assert main(["accept", "--dry-run", str(path), *where]) == 0
    shown = capsys.readouterr().out
    assert "-01 | Hà Nội | 16/2020/QĐ-UBND" in shown and "+01 | Atlantis | 16/2020" in shown
    assert "+15 | Yên Bái | 999/2019" in shown and "accepted" not in shown
    assert "-02 | Hà Giang" not in shown
    assert main(["build", "--data", str(declared_data), *where]) == 1
    capsys.readouterr()
    assert main(["accept", str(path), *where]) == 0
    out = capsys.readouterr().out
    assert out.index("+01 | Atlantis") < out.index("accepted")
    # The accepted file has a bad row: the others load.
    assert main(["build", "--data", str(declared_data), *where]) == 3
    assert "'Atlantis'" in capsys.readouterr().out
    con = open_current(warehouse)
    assert con.execute(
        'SELECT file, "row", "column", value, expected FROM core.rejected_input'
    ).fetchall() == [
        ("regulations.csv", 2, "province", "Atlantis", "an accepted spelling of the 2008 vintage")
    ]
    con.close()
    assert main(["accept", str(path), *where]) == 0
    assert "nothing has changed" in capsys.readouterr().out


def test_accept_without_former_rows_says_so(
    declared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = declared_data / "facts" / "regulations.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert main(["accept", "--dry-run", str(path), "--warehouse", str(tmp_path / "none")]) == 0
    assert "neither in the published snapshot nor under version control" in capsys.readouterr().out


def test_accept_what_cannot_be_accepted(
    declared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extra = declared_data / "facts" / "extra.csv"
    extra.write_text("a\n1\n")
    assert main(["accept", str(extra)]) == 1
    assert "no declaration" in capsys.readouterr().err
    path = declared_data / "facts" / "budgets.csv"
    before = (declared_data / "sources" / "budgets.toml").read_bytes()
    path.write_bytes(b"\xff\xfea\0")
    assert main(["accept", str(path)]) == 1
    assert "UTF-16" in capsys.readouterr().err
    assert (declared_data / "sources" / "budgets.toml").read_bytes() == before
    path.unlink()
    assert main(["accept", str(path)]) == 1
    assert "unreadable_file" in capsys.readouterr().err


def test_rollback(small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = tmp_path / "warehouse"
    where = ["--warehouse", str(warehouse)]
    assert main(["rollback", *where]) == 1
    first, second, third = (build(small_data, warehouse).pointer for _ in range(3))
    capsys.readouterr()
    assert main(["rollback", *where]) == 0
    assert second.snapshot in capsys.readouterr().out
    assert read_pointer(warehouse) == second
    assert main(["rollback", *where]) == 0
    assert read_pointer(warehouse) == first
    assert main(["rollback", *where]) == 1
    assert "no older snapshot" in capsys.readouterr().err
    assert main(["rollback", "--snapshot", third.snapshot, *where]) == 0
    assert read_pointer(warehouse) == third
    assert main(["rollback", "--snapshot", "../x", *where]) == 1
    capsys.readouterr()
    assert main(["rollback", "--list", *where]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"  {first.snapshot}", f"  {second.snapshot}", f"* {third.snapshot}",
    ]  # fmt: skip
    path = snapshot_path(warehouse, second.snapshot)
    path.write_bytes(path.read_bytes()[:20_000])
    assert main(["rollback", *where]) == 1
    assert "cannot be read" in capsys.readouterr().err
    assert read_pointer(warehouse) == third


def test_which_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    from argparse import Namespace

    monkeypatch.delenv("TTDN_WAREHOUSE", raising=False)
    assert warehouse_of(Namespace(warehouse=None)) == PROJECT / "data" / "warehouse"
    monkeypatch.setenv("TTDN_WAREHOUSE", "")
    assert warehouse_of(Namespace(warehouse=None)) == PROJECT / "data" / "warehouse"
    monkeypatch.setenv("TTDN_WAREHOUSE", "/elsewhere")
    assert warehouse_of(Namespace(warehouse=None)) == Path("/elsewhere")
    assert warehouse_of(Namespace(warehouse=Path("/here"))) == Path("/here")


def test_as_a_program(small_data: Path, tmp_path: Path) -> None:
    environment = os.environ | {"TTDN_WAREHOUSE": str(tmp_path / "w"), "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--data", str(small_data)],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "w" / "current.json").exists()
    wrong = subprocess.run(
        [sys.executable, "-m", "etl", "biuld"], cwd=PROJECT, capture_output=True, check=False
    )
    assert wrong.returncode == 2


def test_rejections_print_on_a_terminal_without_unicode(small_data: Path, tmp_path: Path) -> None:
    (small_data / "facts" / "regulations.csv").write_bytes(
        lines(REG, reg("1/2019"), reg("2/2019", name="Ở đâu"))
    )
    done = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--data", str(small_data), "--warehouse", "w"],
        cwd=tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(PROJECT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_bar_on_a_terminal() -> None:
    stream = _Terminal()
    progress = Progress(("one", "two"), stream)
    for name in ("waiting for another", "one", "two"):
        progress.step(name)
    progress.close()
    shown = stream.getvalue()
    assert [part.split("%")[0].split()[-1] for part in shown.split("\r")[1:]] == ["0", "50", "100"]
    assert shown.endswith("\n")


def test_stopping_a_build_is_no_traceback(
    small_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("etl.build.read_inputs", stopped)
    arguments = ["build", "--data", str(small_data), "--warehouse", str(tmp_path / "w")]
    assert main(arguments) == 130
    assert "the published snapshot stands" in capsys.readouterr().err

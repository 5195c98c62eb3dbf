"""The child process: its limits hold, it says why, it leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.errors import UnreadableDocument
from etl.readers import child
from etl.readers.child import read_safely
from etl.readers.document import MEDIA_TYPES, read_document
from etl.readers.refusals import REFUSALS, refusal
from tests.hostile_documents import REFUSED
from tests.written_documents import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_the_child_reads_the_same(name: str) -> None:
    assert read_safely(SAMPLES[name], f"../../{name}") == read_document(SAMPLES[name], name)


@pytest.mark.parametrize("case", ["xxe", "nested_zip", "encrypted_pdf", "path", "no_text_docx"])
def test_the_child_refuses_with_the_reason(case: str) -> None:
    name, make, reason = REFUSED[case]
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(make(), name)
    assert (caught.value.reason, caught.value.where) == (reason, name)


def run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the child run other code, as if a reader were broken or taken over."""
    started = subprocess.Popen

    def popen(_command: list[str], **options: object) -> subprocess.Popen[bytes]:
        return started([sys.executable, "-c", code], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(child.subprocess, "Popen", popen)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(7)", "reader_failed"),
        ("import os; os.abort()", "reader_failed"),
        ("print('no json')", "reader_failed"),
        ("print('[1]')", "reader_failed"),
        ("""print('{"reason": "invented", "got": ""}')""", "reader_failed"),
        ("""print('{"reason": "damaged", "got": "x"}')""", "damaged"),
        (
            """print('{"text":"a","tables":[[[[0,9]]]],"media_type":"","encoding":null,'"""
            """'"notes":[]}')""",
            "reader_failed",
        ),
        ("import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 3))\nwhile True: pass", "too_slow"),
    ],
)
def test_whatever_the_child_does_there_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, code: str, reason: str
) -> None:
    run_instead(monkeypatch, code)
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(b"text", "a.txt", seconds=30)
    assert caught.value.reason == reason


def test_a_child_that_hangs_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "pid"
    run_instead(
        monkeypatch,
        "import subprocess, pathlib, time\np = subprocess.Popen(['sleep', '60'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid))\ntime.sleep(60)",
    )
    started = time.monotonic()
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(b"text", "a.txt", seconds=2)
    assert caught.value.reason == "too_slow"
    assert time.monotonic() - started < 20
    grandchild = Path("/proc") / note.read_text()
    for _ in range(50):
        state = grandchild / "stat"
        if not state.exists() or ") Z " in state.read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the grandchild goes on")


def test_limits_hold_in_the_child(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\nfrom etl.readers.child import set_limits\n"
        "set_limits(5, 600, with_files=False)\n"
        f"try:\n    pathlib.Path({str(tmp_path / 'x')!r}).write_text('x')\n"
        "except OSError as e:\n    print('no file')\n"
        "try:\n    bytearray(700 * 2**20)\nexcept MemoryError:\n    print('no memory')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["no file", "no memory"]


def test_too_little_memory_is_a_reason() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(SAMPLES["plan.txt"] * 40_000, "a.txt", memory_mb=64)
    assert caught.value.reason in ("too_large", "reader_failed")


def test_the_environment_is_not_handed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTDN_SECRET", "x")
    assert "TTDN_SECRET" not in child._environment()
    assert "HOME" not in child._environment()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_no_open_files_are_left() -> None:
    before = open_files()
    for _ in range(3):
        read_safely(b"text", "a.txt")
    assert open_files() == before


def test_every_reason_has_its_words() -> None:
    for reason, words in REFUSALS.items():
        assert all(words), reason
        error = refusal(reason, got="x" * 500, where="a.txt")
        assert error.reason == reason and len(error.got) == 200
        assert words.what in str(error) and words.fix in str(error)


def test_errors_go_through_process_pools() -> None:
    import pickle

    error = refusal("zip_bomb", got="9", where="a.docx")
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.where, str(again)) == ("zip_bomb", "a.docx", str(error))


def test_media_types_of_all_kinds() -> None:
    assert {read_document(c, n).media_type for n, c in SAMPLES.items()} <= set(MEDIA_TYPES.values())

"""Documents of strangers are read in a child process with limits on time, memory and files.

`python -m etl.readers.child NAME ocr|plain SECONDS MEGABYTES` reads the document from standard
input and answers with one JSON object on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from domain.errors import UnreadableDocument
from etl.extract.text import Cell, Table
from etl.readers.document import ReadDocument, read_document
from etl.readers.ocr import can_recognize
from etl.readers.refusals import REFUSALS, refusal
from etl.readers.safety import check_kind
from etl.readers.stored_text import MAX_CHARACTERS

OCR_SECONDS: Final = 900.0
_PROJECT: Final = Path(__file__).resolve().parents[2]
_MOST_ANSWER: Final = 128 * 2**20
_KEPT_VARIABLES: Final = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT")


def read_safely(
    content: bytes, name: str, *, seconds: float = 60, memory_mb: int = 1024
) -> ReadDocument:
    """Read a document in a child process of its own; a scan gets OCR_SECONDS where OCR is there.

    Raises UnreadableDocument: whatever the reader refuses, and too_slow, too_large, reader_failed.
    """
    try:
        check_kind(content, name)
        try:
            return _run(content, name, False, seconds, memory_mb)
        except UnreadableDocument as error:
            if error.reason != "scanned_without_ocr" or not can_recognize():
                raise
        return _run(content, name, True, max(OCR_SECONDS, seconds), memory_mb)
    except UnreadableDocument as error:
        raise refusal(error.reason, got=error.got, where=name) from None


def _run(content: bytes, name: str, with_ocr: bool, seconds: float, memory_mb: int) -> ReadDocument:
    mode = "ocr" if with_ocr else "plain"
    # Only the ending of the name matters to the child; the rest stays here.
    file = f"document{Path(name.strip()).suffix}"
    arguments = [file, mode, str(seconds), str(memory_mb)]
    return _document(*run_child("etl.readers.child", arguments, content, seconds=seconds))


def run_child(
    module: str, arguments: Sequence[str], content: bytes, *, seconds: float, folder: str = ""
) -> tuple[bytes, int]:
    """What a module of ours answers about a strange content, and its exit code.

    `folder` is where it may put temporary files, the parent's to remove. Raises
    UnreadableDocument: too_slow, too_much_text.
    """
    # A file without a name instead of a pipe: the child reads it when it likes, nothing can block.
    with tempfile.TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-s", "-E", "-B", "-m", module, *arguments],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_PROJECT,
            env=_environment() | ({"TMPDIR": folder} if folder else {}),
            start_new_session=True,
            close_fds=True,
        )
        is_late = threading.Event()

        def stop() -> None:
            is_late.set()
            _kill_group(child)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        assert child.stdout is not None
        try:
            with child.stdout as output:
                answer = output.read(_MOST_ANSWER + 1)
        finally:
            timer.cancel()
            _kill_group(child)
            code = child.wait()
    if is_late.is_set() or code == -signal.SIGXCPU:
        raise refusal("too_slow", got=f"{seconds:g} s")
    if len(answer) > _MOST_ANSWER:
        raise refusal("too_much_text", got="the answer of the reader")
    return answer, code


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started; its group has its number until it is waited for."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}


def _document(answer: bytes, code: int) -> ReadDocument:
    """The child's answer, checked: a taken-over child must not lie about places."""
    try:
        found = json.loads(answer)
        if "reason" in found:
            reason = str(found["reason"])
            raise refusal(reason if reason in REFUSALS else "reader_failed", got=str(found["got"]))
        tables = tuple(
            Table(tuple(tuple(Cell(int(s), int(e)) for s, e in row) for row in rows))
            for rows in found["tables"]
        )
        text, encoding = found["text"], found["encoding"]
        length = len(text)
        is_sound = (
            isinstance(text, str)
            and length <= MAX_CHARACTERS
            and (encoding is None or isinstance(encoding, str))
            and all(0 <= c.start <= c.end <= length for t in tables for row in t.rows for c in row)
        )
        if not is_sound:
            raise ValueError("places outside of the text")
        notes = tuple(str(note)[:200] for note in found["notes"])
        return ReadDocument(text, tables, str(found["media_type"]), encoding, notes)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        got = f"the reader ended with {code}" if not answer else f"no sound answer: {error}"
        raise refusal("reader_failed", got=got) from None


def main(arguments: list[str]) -> int:
    """The child: limits first, then read, then answer."""
    name, mode, seconds, memory_mb = arguments
    set_limits(float(seconds), int(memory_mb), with_files=mode == "ocr")
    answer: dict[str, Any]
    try:
        found = read_document(sys.stdin.buffer.read(), name, with_ocr=mode == "ocr")
        answer = {
            "text": found.text,
            "tables": [
                [[[c.start, c.end] for c in row] for row in table.rows] for table in found.tables
            ],
            "media_type": found.media_type,
            "encoding": found.encoding,
            "notes": list(found.notes),
        }
        written = json.dumps(answer, ensure_ascii=False).encode()
    except UnreadableDocument as error:
        written = json.dumps({"reason": error.reason, "got": error.got}).encode()
    except (MemoryError, RecursionError):
        written = json.dumps({"reason": "too_large", "got": ""}).encode()
    sys.stdout.buffer.write(written)
    sys.stdout.buffer.flush()
    # Nothing of a strange file is tidied up: what is open ends with the process.
    os._exit(0)


def set_limits(seconds: float, memory_mb: int, *, with_files: bool) -> None:
    """Limits of the operating system on this process; what a system does not know is left to the
    parent's clock."""
    import resource

    memory = memory_mb * 2**20
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": max(1, int(seconds)),
        # Tesseract keeps a page in a file of its own, openpyxl a sheet; nothing else writes.
        "RLIMIT_FSIZE": 256 * 2**20 if with_files else 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": 64,
    }
    for limit, value in limits.items():
        number = getattr(resource, limit, None)
        if number is not None:
            try:
                # Above the first number comes a signal that tells why; above the second the end.
                resource.setrlimit(number, (value, value + 2 if limit == "RLIMIT_CPU" else value))
            except (ValueError, OSError):
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Filled-in templates among the submitted originals: checked in a child, loaded when admitted.

`python -m etl.submitted_workbooks` is the child: a workbook on standard input, one JSON object on
standard output.
"""

from __future__ import annotations

import base64
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from domain.errors import BrokenInput
from etl.archive import Archive, Journal, Original
from etl.readers.refusals import refusal
from etl.reference import PROJECT_DATA, load_register
from etl.rejections import Rejection
from etl.sources import WORKBOOK_ENDING, Source
from etl.template_sheets import TEMPLATES
from etl.templates import mark_errors, read_sheets, read_template

SECONDS: Final = 60
MEMORY: Final = 1024 * 2**20  # bytes


@dataclass(frozen=True)
class WorkbookCheck:
    """A filled-in template: rows by sheet title, what is wrong with which cell, the marked file.

    `faults` are (sheet, row, column, value, reason); `marked` is None where nothing is wrong.
    """

    title: str
    rows: dict[str, int]
    faults: tuple[tuple[str, int | None, str, str, str], ...]
    marked: bytes | None


def is_workbook(original: Original) -> bool:
    """Whether it may be a filled-in template, by its name."""
    return original.name.lower().endswith(WORKBOOK_ENDING)


def check_workbook(content: bytes, name: str) -> WorkbookCheck | None:
    """Check a filled-in template in a child process; None for any other content.

    Raises UnreadableDocument: too_slow, reader_failed.
    """
    command = [sys.executable, "-s", "-E", "-B", "-m", "etl.submitted_workbooks"]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False,
            cwd=PROJECT_DATA.parent,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refusal("too_slow", got=f"more than {SECONDS} s", where=name) from None
    if done.returncode != 0:
        raise refusal("reader_failed", got=f"exit code {done.returncode}", where=name)
    answer = json.loads(done.stdout)
    if answer is None:
        return None
    marked = answer["marked"] and base64.b64decode(answer["marked"])
    faults = tuple((f[0], f[1], f[2], f[3], f[4]) for f in answer["faults"])
    return WorkbookCheck(answer["title"], answer["rows"], faults, marked)


def admitted_workbooks(archive: Archive, journal: Journal) -> list[Source]:
    """The filled-in templates that count, as submitted files of the build."""
    states = journal.states()
    found = []
    for original in journal.originals.values():
        if states[original.sha256] == "admitted" and is_template(archive, original):
            content = archive.read_original(original.sha256)
            name = f"documents/{original.name}"
            found.append(Source(f"documents/{original.sha256[:12]}", name, original.name, content))
    return found


_known: dict[str, bool] = {}


def is_template(archive: Archive, original: Original) -> bool:
    """Whether an original was made from a template of ours, and so is no document.

    Looked at once per content; opening it refuses macros, bombs and what is no workbook.
    """
    if not is_workbook(original):
        return False
    if original.sha256 not in _known:
        content = archive.read_original(original.sha256)
        try:
            _known[original.sha256] = bool(read_sheets(content, _register(), file="template.xlsx"))
        except BrokenInput:
            _known[original.sha256] = False
    return _known[original.sha256]


@cache
def _register() -> Any:
    return load_register(PROJECT_DATA)


def _check(content: bytes) -> dict[str, Any] | None:
    register = _register()
    try:
        sheets = read_sheets(content, register, file="template.xlsx")
    except BrokenInput:
        return None
    rows, rejections = read_template(content, None, register, file="template.xlsx")
    titles = {s.table_name: s.file.partition("#")[2] for s in sheets}
    marked = base64.b64encode(mark_errors(content, rejections)).decode() if rejections else None
    return {
        "title": TEMPLATES[sheets[0].template.name].title,
        "rows": {title: len(rows.get(table, ())) for table, title in titles.items()},
        "faults": [_fault(rejection) for rejection in rejections],
        "marked": marked,
    }


def _fault(rejection: Rejection) -> tuple[str, int | None, str, str, str]:
    sheet = rejection.file.partition("#")[2]
    return sheet, rejection.row, rejection.column, rejection.value, rejection.reason


def main() -> None:
    """The child: limits first, then the workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(_check(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()

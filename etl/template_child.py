"""Filled-in templates of strangers are read and marked in a child process with limits.

`python -m etl.template_child read|mark FILE SECONDS MEGABYTES` gets a workbook on standard input,
before it one line of JSON with the rejections to mark, and answers with one JSON object.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, astuple
from functools import cache
from pathlib import Path
from typing import Any, Final

from domain.errors import BrokenInput, UnreadableDocument
from etl.readers.child import run_child, set_limits
from etl.readers.csv_table import CsvTable
from etl.readers.refusals import refusal
from etl.reference import PROJECT_DATA, load_register
from etl.rejections import Rejection
from etl.template_marks import Fault, mark_and_list
from etl.template_sheets import TEMPLATES
from etl.templates import SheetContent, read_sheets

SECONDS: Final = 60.0
MEMORY_MB: Final = 1024
# The code that decides what is read of a workbook; what is kept of it is read anew when it changes.
_CODE: Final = ("templates.py", "template_*.py", "tables.py", "cells.py", "reference.py",
                "readers/*.py")  # fmt: skip
Item = dict[str, Any]


@cache
def template_version() -> str:
    """Changes with the code that reads templates and with the register of provinces."""
    folder = Path(__file__).parent
    files = [path for pattern in _CODE for path in folder.glob(pattern)]
    files += (PROJECT_DATA / "reference").glob("*.csv")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return f"template={digest.hexdigest()[:12]}"


def read_template_safely(content: bytes, *, seconds: float = SECONDS) -> list[Item] | None:
    """The sheets of a filled-in template, as JSON holds them; None for any other workbook.

    Raises UnreadableDocument: too_slow, reader_failed.
    """
    found = _ask("read", content, [], seconds)["sheets"]
    if found is not None:
        parse_sheets(found, "")  # what a taken-over child may say wrongly shows here
    return found


def parse_sheets(sheets: Sequence[Item], file: str) -> list[SheetContent]:
    """The sheets of a template from `read_template_safely`; `file` is its name for people.

    Raises UnreadableDocument (reader_failed) for what is no answer of ours.
    """
    try:
        return [
            SheetContent(
                str(sheet["table_name"]),
                TEMPLATES[sheet["template"]],
                f"{file}#{sheet['title']}",
                _parse_table(sheet["given"]),
                _parse_table(sheet["coded"]),
                tuple(_parse_rejection(r, file) for r in sheet["rejections"]),
            )
            for sheet in sheets
            if TEMPLATES[sheet["template"]].sheet_of(sheet["table_name"])
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise refusal("reader_failed", got=f"no sound answer: {error}") from None


def _parse_table(table: Item) -> CsvTable:
    header = tuple(map(str, table["header"]))
    rows = tuple((int(line), tuple(map(str, cells))) for line, cells in table["rows"])
    if any(len(cells) != len(header) for _, cells in rows):
        raise ValueError("a row of another width")
    return CsvTable(header, rows)


def _parse_rejection(texts: Sequence[Any], file: str) -> Rejection:
    place, row, *rest = texts
    column, value, expected, reason = map(str, rest)
    title = str(place).rpartition("#")[2]
    return Rejection(f"{file}#{title}", None if row is None else int(row), column, value,
                     expected, reason)  # fmt: skip


def mark_safely(content: bytes, rejections: Sequence[Rejection]) -> tuple[bytes, list[Fault]]:
    """The workbook with its errors marked, and the errors in words; see `mark_and_list`.

    Raises UnreadableDocument: too_slow, reader_failed.
    """
    found = _ask("mark", content, [astuple(r) for r in rejections], SECONDS)
    try:
        return base64.b64decode(found["file"]), [Fault(*map(str, f)) for f in found["faults"]]
    except (KeyError, TypeError, ValueError) as error:
        raise refusal("reader_failed", got=f"no sound answer: {error}") from None


def _ask(mode: str, content: bytes, rejections: Sequence[Any], seconds: float) -> Item:
    line = json.dumps(rejections).encode() + b"\n"
    with tempfile.TemporaryDirectory() as folder:
        answer, code = run_child(
            "etl.template_child", [mode, str(seconds), str(MEMORY_MB)], line + content,
            seconds=seconds, folder=folder,
        )  # fmt: skip
    try:
        found = json.loads(answer)
        if not isinstance(found, dict) or "refused" in found:
            raise ValueError(found)
        return found
    except (ValueError, RecursionError) as error:
        got = f"the reader ended with {code}" if not answer else str(error)
        raise refusal("reader_failed", got=got) from None


def main(arguments: list[str]) -> int:
    """The child: limits first, then read or mark, then answer."""
    mode, seconds, memory_mb = arguments
    set_limits(float(seconds), int(memory_mb), with_files=mode == "mark")
    given = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    answer: Item
    try:
        if mode == "mark":
            marked, faults = mark_and_list(content, [Rejection(*texts) for texts in given])
            answer = {"file": base64.b64encode(marked).decode(), "faults": [*map(astuple, faults)]}
        else:
            answer = {"sheets": [_sheet(sheet) for sheet in _read(content) or ()] or None}
    except (BrokenInput, UnreadableDocument, MemoryError, RecursionError) as error:
        answer = {"refused": f"{type(error).__name__}: {error}"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    # Nothing of a strange file is tidied up: what is open ends with the process.
    os._exit(0)


def _read(content: bytes) -> list[SheetContent] | None:
    try:
        return read_sheets(content, load_register(PROJECT_DATA), file="")
    except BrokenInput:
        return None  # the readers of documents say what is wrong with it


def _sheet(sheet: SheetContent) -> Item:
    return {
        "table_name": sheet.table_name,
        "template": sheet.template.name,
        "title": sheet.file.rpartition("#")[2],
        "given": asdict(sheet.given),
        "coded": asdict(sheet.coded),
        "rejections": [astuple(r) for r in sheet.rejections],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

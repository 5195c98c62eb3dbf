"""Declared sources: data/sources/*.toml against data/facts/*.csv, and files without declaration."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.errors import BrokenInput, SourceChanged
from etl.readers.csv_table import parse_csv, read_bytes, read_csv
from etl.reference import PROJECT_DATA
from etl.rejections import Rejection
from etl.tables import INPUT_TABLES

WORKBOOK_ENDING = ".xlsx"
_TEXT_KEYS = (
    "title", "title_en", "producer", "address", "licence", "cannot_tell", "cannot_tell_en",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One input file with what is declared of it; a submitted file has no declaration.

    `file` is its name for people, `content` what was read of it, once.
    """

    source_id: str
    file: str
    stem: str
    content: bytes = field(repr=False)
    is_declared: bool = False
    is_synthetic: bool = False  # made up for tests and measurements, as its declaration says
    texts: dict[str, str] = field(default_factory=dict)
    received_date: dt.date | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether it is read as a filled-in template; which one, its content tells."""
        return not self.is_declared and self.file.lower().endswith(WORKBOOK_ENDING)

    @property
    def sha256(self) -> str:
        """Of the content that was read."""
        return hashlib.sha256(self.content).hexdigest()


def find_sources(data: Path) -> tuple[list[Source], list[Rejection]]:
    """All input files of a data folder: `facts/*.csv`, then `submitted/**`, in name order.

    A standing table (provinces, gates, …) that the folder lacks comes from the project's own data.
    A file in `facts/` without a declaration counts as submitted; one that cannot be read is
    rejected. Raises SourceChanged where a declared file is missing, unreadable or differs from
    its declaration in content or header.
    """
    declarations = {p.stem: p for p in sorted((data / "sources").glob("*.toml"))}
    facts = {_printable(p.name): p for p in _entries(data / "facts")}
    sources: list[Source] = []
    rejections: list[Rejection] = []
    for stem, declaration in declarations.items():
        if str(_read_declaration(declaration).get("file", "")).startswith("facts/"):
            sources.append(_declared(data / "facts" / f"{stem}.csv", declaration))
    declared = {source.file for source in sources}
    for name, table in sorted(INPUT_TABLES.items()):
        if table.is_standing and not (data / "facts" / f"{name}.csv").is_file():
            own = PROJECT_DATA / "sources" / f"{name}.toml"
            sources.append(_declared(PROJECT_DATA / "facts" / f"{name}.csv", own))
    submitted = {
        f"submitted/{_printable(p.relative_to(data / 'submitted').as_posix())}": p
        for p in _entries(data / "submitted")
    }
    for file, path in {**facts, **submitted}.items():
        if file in declared:
            continue
        try:
            sources.append(_submitted(file, path))
        except BrokenInput as error:
            rejections.append(Rejection(file, None, "", error.got, error.expected, error.what))
    return sources, rejections


def _entries(folder: Path) -> Iterator[Path]:
    """What lies in a folder and below it, but hidden files, readmes and locks of open files.

    Folders are only walked through, unless one is named like a table.
    """
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$", "README")):
            continue
        if path.is_dir() and not path.is_symlink() and path.suffix.lower() != ".csv":
            yield from _entries(path)
        else:
            yield path


def _printable(name: str) -> str:
    """A file name as text; bytes that are no UTF-8 are spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _submitted(file: str, path: Path) -> Source:
    if path.suffix.lower() not in (".csv", WORKBOOK_ENDING):
        expected = "a CSV text file or a filled-in template (.xlsx)"
        raise BrokenInput("other_kind", expected=expected, got=path.suffix or "no suffix")
    content = read_bytes(path)
    return Source(file.removesuffix(".csv"), file, path.stem, content)


def _read_declaration(path: Path) -> dict[str, Any]:
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceChanged(
            "declaration is not readable", where=str(path), expected="TOML", got=str(error)
        ) from None
    columns, received = declared.get("columns", []), declared.get("received_date")
    synthetic = declared.get("is_synthetic", False)
    is_sound = isinstance(columns, list) and (received is None or type(received) is dt.date)
    if not is_sound or not isinstance(synthetic, bool):
        raise SourceChanged(
            "declaration is not readable", where=str(path),
            expected='columns = ["…"], received_date = 2026-01-31, is_synthetic = true or false',
            got=f"columns = {columns!r}, received_date = {received!r}, "
            f"is_synthetic = {synthetic!r}",
        )  # fmt: skip
    return declared


def _declared(path: Path, declaration: Path) -> Source:
    declared = _read_declaration(declaration)
    try:
        content = read_bytes(path)
    except BrokenInput as error:
        raise SourceChanged(
            "declared source is missing or unreadable",
            where=str(path), expected=f"the file that {declaration} declares", got=error.got,
            fix="restore the file, or delete its declaration",
        ) from None  # fmt: skip
    source = Source(
        source_id=path.stem,
        file=path.name,
        stem=path.stem,
        content=content,
        is_declared=True,
        is_synthetic=declared.get("is_synthetic", False),
        texts={k: str(declared[k]) for k in _TEXT_KEYS if k in declared},
        received_date=declared.get("received_date"),
    )
    fix = f"look at the change, then accept it: python -m etl accept {path}"
    if source.sha256 != declared.get("sha256"):
        raise SourceChanged(
            "declared source has changed",
            where=str(path),
            expected=f"sha256 {declared.get('sha256')} ({declaration})",
            got=f"sha256 {source.sha256}",
            fix=fix,
        )
    columns = [str(c) for c in declared.get("columns", [])]
    try:
        header = list(parse_csv(content, str(path)).header)
    except BrokenInput as error:
        header = [f"{error.what}: {error.got}"]
    if header != columns:
        raise SourceChanged(
            "header of a declared source has changed",
            where=str(path), expected=", ".join(columns), got=", ".join(header), fix=fix,
        )  # fmt: skip
    return source


def describe_change(path: Path) -> str:
    """How a facts file differs from its declaration in content (sha256) and header; '' if nowhere.

    Raises SourceChanged without a declaration, BrokenInput without a file.
    """
    declared = _read_declaration(declaration_of(path))
    found = hashlib.sha256(read_bytes(path)).hexdigest()
    lines = []
    if declared.get("sha256") != found:
        lines += [f"- sha256 {declared.get('sha256')}", f"+ sha256 {found}"]
    old_columns = [str(c) for c in declared.get("columns", [])]
    try:
        new_columns = list(read_csv(path).header)
    except BrokenInput as error:
        return "\n".join([*lines, f"! {error}"])
    lines += [d for d in difflib.ndiff(old_columns, new_columns) if d[0] in "+-"]
    return "\n".join(lines)


def declaration_of(path: Path) -> Path:
    """The declaration of a facts file (data/sources/<stem>.toml); raises SourceChanged."""
    declaration = path.resolve().parent.parent / "sources" / f"{path.stem}.toml"
    if not declaration.is_file():
        raise SourceChanged(
            "no declaration for this file",
            where=str(path),
            expected=str(declaration),
            got="no file",
            fix="write the declaration (title, producer, licence, …) first",
        )
    return declaration


def accept(path: Path) -> None:
    """Write the file's present sha256 and header into its declaration; all other lines stay.

    Raises BrokenInput for a file that is no table, SourceChanged where the declaration is written
    in a way that cannot be changed line by line.
    """
    declaration = declaration_of(path)
    columns = list(read_csv(path).header)
    sha256 = hashlib.sha256(read_bytes(path)).hexdigest()
    new = {
        "sha256": f"sha256 = {json.dumps(sha256)}",
        "columns": f"columns = {json.dumps(columns, ensure_ascii=False)}",
    }
    lines = declaration.read_text(encoding="utf-8").splitlines()
    for key, line in new.items():
        at = next((i for i, old in enumerate(lines) if old.split("=")[0].strip() == key), None)
        if at is None:
            lines.append(line)
        else:
            lines[at] = line
    temporary = declaration.with_suffix(".toml.tmp")
    try:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written = _read_declaration(temporary)
        if (written.get("sha256"), written.get("columns")) != (sha256, columns):
            raise SourceChanged(
                "declaration cannot be changed line by line", where=str(declaration),
                expected="sha256 and columns each on one line", got="something else",
                fix=f"write by hand: {new['sha256']} and {new['columns']}",
            )  # fmt: skip
        os.replace(temporary, declaration)
    finally:
        temporary.unlink(missing_ok=True)

"""Files and folders → originals of the warehouse; what is unchanged is passed over by its stat."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Final

from domain.errors import BadValue
from etl.archive import Archive, Original, now

# Larger files are refused before they are read: the readers' limit (etl/readers/safety.py).
MAX_BYTES: Final = 50 * 1024 * 1024
_SKIPPED: Final = (".", "~$")
Say = Callable[[str], None]


@dataclass
class Received:
    """What came of the paths of one command."""

    new: list[Original] = field(default_factory=list)
    unchanged: int = 0
    same_content: int = 0  # known under another name
    failed: list[tuple[str, str]] = field(default_factory=list)  # (path, reason)


def find_files(paths: Sequence[Path]) -> Iterator[os.DirEntry[str] | Path]:
    """The files named, and those in the folders named, in name order; hidden ones are left out.

    Raises BadValue for a path that does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(str(path))
        elif path.exists():
            yield path
        else:
            raise BadValue("no such file or folder", expected="a path that exists", got=str(path),
                           fix="correct the path")  # fmt: skip


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda e: e.name)
    for entry in found:
        if entry.name.startswith(_SKIPPED):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry


def receive_files(
    archive: Archive, paths: Sequence[Path], say: Say = lambda text: None
) -> Received:
    """Keep the originals of all files that are new or changed since the last time.

    A file counts as unchanged while its size and time of change are. One that cannot be read is
    listed and does not stop the others. Raises BadValue for a path that does not exist.
    """
    result = Received()
    journal = archive.read()
    # A warehouse below the folder that is ingested is not taken for documents.
    own = os.path.abspath(archive.folder.parent) + os.sep  # noqa: PTH100 - links stay links
    # The same file as before under another content replaces it.
    in_place = {o.path: o.sha256 for o in journal.originals.values() if o.path}
    known = set(journal.originals)
    with archive.cache() as con:
        stats = {
            path: (size, mtime, sha)
            for path, size, mtime, sha in con.execute("SELECT * FROM file")
            if sha in known
        }
        seen: list[tuple[str, int, int, str]] = []
        for number, entry in enumerate(find_files(paths), 1):
            path = os.path.abspath(entry)  # noqa: PTH100 - links stay links
            if path.startswith(own):
                continue
            try:
                stat = entry.stat()
                if not S_ISREG(stat.st_mode):
                    raise OSError(0, "not a regular file")
                standing = stats.get(path)
                if standing and standing[:2] == (stat.st_size, stat.st_mtime_ns):
                    result.unchanged += 1
                    continue
                original = _receive(archive, path, stat.st_size, in_place.get(path))
            except OSError as error:
                result.failed.append((path, error.strerror or type(error).__name__))
                continue
            seen.append((path, stat.st_size, stat.st_mtime_ns, original.sha256))
            if original.sha256 in known:
                result.same_content += 1
            else:
                known.add(original.sha256)
                result.new.append(original)
            if number % 500 == 0:
                say(f"kept {number} files")
        if result.new:
            archive.log_originals(result.new)
        con.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", seen)
    return result


def _receive(archive: Archive, path: str, size: int, before: str | None) -> Original:
    if size > MAX_BYTES:
        raise OSError(0, f"larger than {MAX_BYTES // 1024 // 1024} MB")
    with Path(path).open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    sha256 = hashlib.sha256(content).hexdigest()
    archive.keep_original(content, sha256)
    # A name that is no UTF-8 is spelled out: it is only shown.
    name = os.fsencode(Path(path).name).decode("utf-8", "backslashreplace")
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    replaces = before if before != sha256 else None
    return Original(sha256, name, len(content), now(), "ingest", None, shown, replaces)

"""Files into a folder, each whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Final

_PART: Final = re.compile(r"\.ttdn-(\d+)-.+\.part")


def write_whole(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` under a temporary name, to the disk, then under its own; raises OSError.

    Whatever happens on the way, a file of that name is the old one or the new one, never half.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / name
    # Names of files are long enough already: 255 bytes is all that a file system takes.
    part = folder / f".ttdn-{os.getpid()}-{abs(hash(name)):x}.part"
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    _sync_folder(folder)
    return target


def remove_leftovers(folder: Path) -> None:
    """Take away what runs left behind that were killed while they wrote."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            found = _PART.fullmatch(path.name)
            if found and not _is_running(int(found[1])):
                path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync_folder(folder: Path) -> None:
    """The new name must outlive a power cut; not every file system can be asked."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Memory and processor time of running processes and of all that they started, from /proc."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PROC: Final = Path("/proc")


def memory_mb(pid: int) -> float:
    """Resident memory of one process in MB (1 MB is 1,000,000 bytes); OSError when it has ended."""
    for line in (_PROC / str(pid) / "status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError(f"process {pid} has no memory any more")


def family_memory_mb(root: int) -> float:
    """Memory of a process and of all below it in MB, shared pages shared out (PSS)."""
    total = 0
    for pid in _tree(root):
        try:
            text = (_PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8")
        except OSError:  # it has ended since
            continue
        for line in text.splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total / 1e6


class ProcessorTime:
    """Processor seconds of a process and of all below it since `begin`.

    Look often: ended processes cannot be asked.
    """

    def __init__(self) -> None:
        self._seconds: dict[int, float] = {}
        self._before = 0.0

    def look(self, root: int) -> None:
        """Note what the process `root` and those below it have used so far."""
        for pid, seconds in _tree(root).items():
            self._seconds[pid] = max(seconds, self._seconds.get(pid, 0.0))

    def begin(self) -> None:
        """What was used until now does not count."""
        self._before = sum(self._seconds.values())

    @property
    def total_s(self) -> float:
        """All that was noted since the beginning."""
        return sum(self._seconds.values()) - self._before


def _tree(root: int) -> dict[int, float]:
    children: defaultdict[int, list[int]] = defaultdict(list)
    seconds: dict[int, float] = {}
    for folder in _PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            # The name in parentheses may hold blanks; what follows does not.
            fields = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended since
            continue
        pid = int(folder.name)
        children[int(fields[1])].append(pid)
        seconds[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
    found: dict[int, float] = {}
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        if pid in seconds and pid not in found:
            found[pid] = seconds[pid]
            waiting += children[pid]
    return found

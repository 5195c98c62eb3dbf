"""What a build says while it runs: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from typing import TextIO

BAR_CELLS = 24


class Progress:
    """Counts named steps; `total` is how many are expected."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._is_terminal = self._stream.isatty()

    def step(self, name: str) -> None:
        """A step of this name begins."""
        self._done = min(self._done + 1, self._total)
        if self._is_terminal:
            cells = BAR_CELLS * self._done // self._total
            bar = "█" * cells + "·" * (BAR_CELLS - cells)
            self._stream.write(f"\r{bar} {100 * self._done // self._total:3d} %  {name:<32.32}")
        else:
            seconds = time.monotonic() - self._began
            self._stream.write(f"[{seconds:6.2f} s] {name}\n")
        self._stream.flush()

    def close(self) -> None:
        """End the line of the bar."""
        if self._is_terminal:
            self._stream.write("\n")
            self._stream.flush()

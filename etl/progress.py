"""What a build says while it runs: a bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import TextIO

BAR_CELLS = 24


class Progress:
    """Shows how far a run has come; `steps` are the names of its steps in order."""

    def __init__(self, steps: Sequence[str], stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._steps = steps
        self._done = 0
        self._began = time.monotonic()
        self._is_terminal = self._stream.isatty()

    def step(self, name: str) -> None:
        """A step of this name begins; any other text is only said."""
        if name in self._steps:
            self._done = self._steps.index(name) + 1
        if self._is_terminal:
            total = len(self._steps)
            cells = BAR_CELLS * self._done // total
            bar = "█" * cells + "·" * (BAR_CELLS - cells)
            self._stream.write(f"\r{bar} {100 * self._done // total:3d} %  {name:<32.32}")
        else:
            seconds = time.monotonic() - self._began
            self._stream.write(f"[{seconds:6.2f} s] {name}\n")
        self._stream.flush()

    def close(self) -> None:
        """End the line of the bar."""
        if self._is_terminal:
            self._stream.write("\n")
            self._stream.flush()

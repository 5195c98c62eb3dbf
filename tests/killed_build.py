"""Builds that kill themselves or are killed, in a child process; used by test_publish.py."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pandas  # noqa: F401 -- DuckDB asks for both in the middle of a build; children of a server
import pyarrow.dataset  # noqa: F401 -- process that has them need not load them each time

from domain.errors import PublicationError
from etl.build import BuildResult, build

# Children come from a server process that has everything imported and no thread of its own.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.killed_build"])


def run_build(data: Path, warehouse: Path, kill_at: str = "", largest_file: int = 0) -> None:
    """In a child: build, killing itself when the named step begins.

    A refused publication exits with 1 and leaves its reason beside the warehouse, in "NAME.failed".

    `largest_file` (bytes) plays a full disk: every write beyond it fails.
    """

    def step(name: str) -> None:
        if name == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    try:
        build(data, warehouse, step)
    except PublicationError as error:
        (warehouse.parent / f"{warehouse.name}.failed").write_text(str(error), encoding="utf-8")
        os._exit(1)
    os._exit(0)


def start(data: Path, warehouse: Path, kill_at: str = "", largest_file: int = 0) -> BaseProcess:
    """A child that builds."""
    child = _context.Process(target=run_build, args=(data, warehouse, kill_at, largest_file))
    child.start()
    return child


def exit_code(data: Path, warehouse: Path, kill_at: str = "", largest_file: int = 0) -> int | None:
    """Exit code of a child that builds; -9 where it was killed."""
    child = start(data, warehouse, kill_at, largest_file)
    child.join()
    return child.exitcode


def kill_after(seconds: float, data: Path, warehouse: Path) -> bool:
    """Kill a building child after some time; False where it was done before."""
    child = start(data, warehouse)
    child.join(seconds)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


def build_seconds(data: Path, warehouse: Path) -> float:
    """How long a child takes from its start to the end of the build."""
    exit_code(data, warehouse)
    began = time.monotonic()
    exit_code(data, warehouse)
    return time.monotonic() - began


def kill_times(count: int, seconds: float, seed: int) -> list[float]:
    """Moments spread over a whole build and a little beyond, in random order."""
    moments = [seconds * 1.1 * (i + 0.5) / count for i in range(count)]
    random.Random(seed).shuffle(moments)
    return moments


def build_here(data: Path, warehouse: Path) -> BuildResult:
    """A build in this process."""
    return build(data, warehouse)

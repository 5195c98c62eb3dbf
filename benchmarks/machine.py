"""The machine a figure was measured on, and how busy it was."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

CHROMIUM = os.environ.get("TTDN_CHROMIUM", "/usr/bin/chromium")


def load_average() -> float:
    """Processes that ran or waited, on average, in the last minute."""
    return os.getloadavg()[0]


def describe_machine() -> list[str]:
    """Lines for the head of a report: processor, memory, load, versions."""
    cores = len(os.sched_getaffinity(0))
    load = load_average()
    busy = "  (busy: other work runs at the same time)" if load > 0.5 * cores else ""
    packages = ", ".join(f"{n} {version(n)}" for n in ("streamlit", "plotly", "duckdb", "pandas"))
    return [
        f"machine   {cores} cores, {_processor()}, {_memory_gb():.0f} GB",
        f"load      {load:.2f} in the last minute{busy}",
        f"software  Python {platform.python_version()}, {packages}, {_browser()}",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _browser() -> str:
    try:
        found = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return f"no browser at {CHROMIUM}"
    return " ".join(found.stdout.split()[:2])

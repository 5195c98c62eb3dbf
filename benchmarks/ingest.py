"""10,000 text documents of 20 KB into the warehouse, and again unchanged; memory beside it.

The documents are made from the gold set's: each ministry letter once, then what provinces and their
departments wrote, filled up with chapters of others of them, with numbers and provinces of their
own, so that none equals another. The baseline is what only keeping the files
and reading their text costs (sha256, copy, decode) on one core.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.extraction import PROJECT
from benchmarks.gold.score import GOLD
from benchmarks.results import Budget, Figure
from benchmarks.setting import Setting
from domain.provinces import ProvinceRegister
from etl.reference import PROJECT_DATA, load_register

LOADED: Final = Budget(35, 10)  # s; design.md section 6
UNCHANGED: Final = Budget(1, 0.5)  # s
SIZE: Final = 20_000  # bytes of UTF-8
_NUMBER: Final = re.compile(r"(?<=Số: )\d+|(?<=Số )\d+(?=/)")


def write_documents(folder: Path, count: int) -> None:
    """So many documents of SIZE bytes; equal counts give equal files."""
    national, texts = _gold_texts()
    names = _names(load_register(PROJECT_DATA))
    chance = random.Random(20)
    for number in range(count):
        is_national = number < len(national)
        text = national[number] if is_national else texts[number % len(texts)]
        while len(text.encode()) < SIZE:
            other = chance.choice(texts)
            text += "\n" + other[len(other) // 4 :]
        own = _NUMBER.sub(str(number + 1), text, count=1)
        old, new = chance.sample(names, 2)
        own = own if is_national else own.replace(old, new)
        own = own.encode()[: SIZE - 40].decode("utf-8", "ignore") + f"\nBản thử số {number}.\n"
        (folder / f"van-ban-{number:05}.txt").write_text(own, "utf-8")


def _gold_texts() -> tuple[list[str], list[str]]:
    """Texts of national bodies, and of provinces, departments and districts."""
    national, others = [], []
    for path in sorted((GOLD / "documents").glob("*.txt")):
        expected = GOLD / "expected" / f"{path.stem}.json"
        level = json.loads(expected.read_text("utf-8"))["document"]["issuer_level"]
        is_local = level in ("province", "department", "district")
        (others if is_local else national).append(path.read_text("utf-8"))
    return national, others


def _names(register: ProvinceRegister) -> list[str]:
    return sorted({province.name for province in register.of_vintage(2008)})


@contextmanager
def _peak_memory() -> Iterator[list[float]]:
    """MB of this process's descendants together, highest of five looks a second."""
    highest, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            highest[0] = max(highest[0], _descendants_mb(os.getpid()))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield highest
    finally:
        done.set()
        thread.join()


def _descendants_mb(root: int) -> float:
    """Proportional memory of all descendants: pages that they share count once."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    waiting, total = list(children.get(root, [])), 0
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+)", rollup, re.M)
        total += int(found.group(1)) if found else 0
    return total / 1000


def _ingest(warehouse: Path, documents: Path) -> float:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "etl", "ingest", "--warehouse", str(warehouse), str(documents)],
        cwd=PROJECT, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode not in (0, 3):
        raise RuntimeError(f"ingest ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - began


def _keep_only(documents: Path, target: Path) -> float:
    began = time.perf_counter()
    for path in sorted(documents.iterdir()):
        content = path.read_bytes()
        content.decode()
        (target / hashlib.sha256(content).hexdigest()).write_bytes(content)
    return time.perf_counter() - began


def measure_ingest(setting: Setting) -> list[Figure]:
    """Load of many documents at once, the same again, and the memory of both."""
    count = setting.repeats(10_000, 1_000)
    share = count / 10_000
    with tempfile.TemporaryDirectory(prefix="ttdn-ingest-") as name:
        folder = Path(name)
        for part in ("documents", "warehouse", "kept"):
            (folder / part).mkdir()
        write_documents(folder / "documents", count)
        plain = _keep_only(folder / "documents", folder / "kept")
        with _peak_memory() as highest:
            loaded = _ingest(folder / "warehouse", folder / "documents")
        again = _ingest(folder / "warehouse", folder / "documents")
    name = f"{count:,} documents of 20 KB"
    return [
        Figure(f"{name}: extracted and loaded", "s", (loaded,),
               Budget(LOADED.limit * share, (LOADED.goal or 0) * share), (plain,), "files kept"),
        Figure("documents a second (500 is the goal of two cores)", "", (count / loaded,)),
        Figure(f"{name}: nothing changed", "s", (again,), UNCHANGED),
        Figure(f"{name}: memory of all processes", "MB", (highest[0],)),
    ]  # fmt: skip

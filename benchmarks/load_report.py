"""What many visitors met with → figures beside their budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.load_visitors import Visit
from benchmarks.results import Budget, Figure, percentile

# design.md section 6, "50 people at once".
FIRST_LOAD: Final = Budget(5.0, percentile=0.95)  # s
FILTER: Final = Budget(500, 300, percentile=0.95)  # ms
FAILED: Final = Budget(0)
MEMORY: Final = Budget(100)  # MB more than before


@dataclass(frozen=True)
class LoadFacts:
    """What was measured: all visits, the server's memory, processor time of both sides.

    `load_before` is the machine's load average when everybody was told to come.
    """

    visits: Sequence[Visit]
    seconds: float
    load_before: float
    memory_before_mb: float
    memory_peak_mb: float
    memory_after_mb: float
    server_s: float
    client_s: float


def load_figures(facts: LoadFacts) -> list[Figure]:
    """The figures of one test; those with a budget first."""
    visits = facts.visits
    growth = facts.memory_peak_mb - facts.memory_before_mb
    return [
        Figure("first load, everybody", "s", _firsts(visits), FIRST_LOAD),
        Figure("filter change, everybody", "ms", _changes(visits), FILTER),
        Figure("failed visits", "", (sum(bool(v.problem) for v in visits),), FAILED),
        Figure("more memory, at most", "MB", (growth,), MEMORY),
        *(
            figure
            for kind, name in (("browser", "Chromium"), ("client", "without browser"))
            for figure in (
                Figure(f"first load, {name}", "s", _firsts(visits, kind)),
                Figure(f"filter change, {name}", "ms", _changes(visits, kind)),
            )
        ),
        Figure("memory before", "MB", (facts.memory_before_mb,)),
        Figure("memory after all have left", "MB", (facts.memory_after_mb,)),
        # What a busy machine does not change.
        Figure(
            "server's processor time per load or change",
            "ms",
            (facts.server_s * 1000 / max(len(_changes(visits)) + len(_firsts(visits)), 1),),
        ),
        Figure("changes per second", "", (len(_changes(visits)) / facts.seconds,)),
        Figure("cores used by the server", "", (facts.server_s / facts.seconds,)),
        Figure("cores used by the visitors", "", (facts.client_s / facts.seconds,)),
        Figure("load average before", "", (facts.load_before,)),
    ]


def slowest_pages(visits: Sequence[Visit]) -> str:
    """Filter changes by page and by kind, the slowest first, as lines of text."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for made in visits:
        for kind, seconds in made.changes:
            found[f"/{made.page}"].append(seconds * 1000)
            found[f"{kind} ({made.kind})"].append(seconds * 1000)
    lines = [
        (percentile(times, 0.95), f"  {name}: p50 {percentile(times, 0.5):.0f} ms, "
         f"p95 {percentile(times, 0.95):.0f} ms, {len(times)} changes")
        for name, times in found.items()
    ]  # fmt: skip
    return "\n".join(["filter changes:", *(line for _, line in sorted(lines, reverse=True))])


def _firsts(visits: Sequence[Visit], kind: str = "") -> tuple[float, ...]:
    return tuple(v.first_s for v in visits if v.first_s is not None and kind in ("", v.kind))


def _changes(visits: Sequence[Visit], kind: str = "") -> tuple[float, ...]:
    return tuple(s * 1000 for v in visits if kind in ("", v.kind) for _, s in v.changes)

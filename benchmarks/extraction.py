"""python -m benchmarks.extraction: quality of the extraction on the gold set, beside keywords.

Gold is written by hand (benchmarks/gold/README.md). Ends with 0 when every goal is reached, 1 when
one is missed, 2 when nothing could be measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks.gold.naive import extract_naively
from benchmarks.gold.score import GOLD, Tally, load_gold, score_document
from benchmarks.results import Budget, Figure

if TYPE_CHECKING:
    from benchmarks.setting import Setting

PROJECT: Final = Path(__file__).resolve().parent.parent
SHARED_DOCUMENTS: Final = PROJECT.parent / "shared" / "documents"
TIME_LIMIT: Final = 600  # seconds for all documents together


@dataclass(frozen=True)
class Measure:
    """One line of the table: `goal` is the least share, None where the issue sets none."""

    key: str
    name: str
    goal: float | None = None


MEASURES: Final = (
    Measure("header", "header fields", 0.99),
    Measure("citation_precision", "citations, precision", 0.98),
    Measure("citation_recall", "citations, recall", 0.98),
    Measure("regulation_statuses", "named-province statuses", 1.0),
    Measure("announced_totals", "announced totals", 1.0),
    Measure("report_deadlines", "report deadlines", 0.98),
    Measure("leads", "task leads", 0.95),
    Measure("topics", "topics, F1", 0.90),
    Measure("evidence", "quotes equal to their slice", 1.0),
    Measure("relations", "relations of citations"),
    Measure("regulations", "regulations"),
    Measure("human_rights_plans", "human-rights plans"),
    Measure("annual_plans", "annual plans"),
    Measure("joint_programmes", "joint programmes"),
    Measure("information_clusters", "information clusters"),
    Measure("budget_lines", "budget lines"),
    Measure("warnings", "slips warned of"),
)


class NotMeasured(RuntimeError):
    """The extractor is not there or did not answer."""


def find_documents() -> tuple[dict[str, Path], list[str]]:
    """Document of each gold by name, and why others are skipped."""
    files = {file.stem: file for file in sorted((GOLD / "documents").iterdir())}
    real = {file.stem: file for file in sorted(SHARED_DOCUMENTS.glob("*.txt"))}
    found, skipped = {}, []
    for name in load_gold():
        if file := files.get(name) or real.get(name):
            found[name] = file
        else:
            skipped.append(f"{name}: not in {GOLD / 'documents'}, not in {SHARED_DOCUMENTS}")
    return found, skipped


def run_extractor(files: Sequence[Path]) -> list[dict[str, Any]]:
    """What `python -m etl extract FILE... --json` says, one object per file; NotMeasured."""
    command = [sys.executable, "-m", "etl", "extract", *map(str, files), "--json"]
    try:
        done = subprocess.run(
            command, cwd=PROJECT, capture_output=True, timeout=TIME_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotMeasured(f"the extractor took more than {TIME_LIMIT} s") from None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    try:
        results = [json.loads(line) for line in lines if line.strip()]
    except json.JSONDecodeError as error:
        raise NotMeasured(f"not JSON Lines: {error}") from None
    if len(results) != len(files):
        says = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotMeasured(
            f"expected {len(files)} results, got {len(results)}; exit {done.returncode}; {says}"
        )
    return results


def stored_text(file: Path) -> str | None:
    """The text that offsets count in, for plain text; None for formats that a reader unpacks."""
    if file.suffix != ".txt":
        return None
    text = file.read_bytes().decode("utf-8-sig")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def score_all(files: Mapping[str, Path], results: Sequence[Mapping[str, Any]]) -> Tally:
    """Counts over all documents; `results` in the order of `files`."""
    gold, total = load_gold(), Tally()
    for (name, file), result in zip(files.items(), results, strict=True):
        if result.get("error"):
            total.miss("header", f"{name}: could not be read: {result['error']}")
        total.add(name, score_document(gold[name], result, result.get("text") or stored_text(file)))
    return total


def score_naive(files: Mapping[str, Path]) -> Tally:
    """The same counts for the keyword version, which reads plain text only."""
    return score_all(files, [extract_naively(stored_text(file) or "") for file in files.values()])


def format_scores(tally: Tally | None, naive: Tally) -> str:
    """A table of all measures: share, goal, verdict, share of the keyword version."""
    lines = [f"{'what':<30}{'right':>9}{'of':>7}{'share':>9}{'goal':>9}  {'':<7}{'keywords':>9}"]
    lines.append("-" * len(lines[0]))
    for measure in MEASURES:
        ours = None if tally is None else tally.share(measure.key)
        counts = (0, 0) if tally is None else (tally.hits[measure.key], tally.out_of[measure.key])
        lines.append(
            f"{measure.name:<30}{counts[0]:>9}{counts[1]:>7}{_percent(ours):>9}"
            f"{_goal(measure.goal):>9}  {verdict(measure, ours):<7}"
            f"{_percent(naive.share(measure.key)):>9}"
        )
    invented = "-" if tally is None else str(len(tally.invented))
    word = "" if tally is None else "MISSED" if tally.invented else "goal"
    lines.append(f"{'invented values':<46}{invented:>9}{'0':>9}  {word:<7}{len(naive.invented):>9}")
    return "\n".join(lines)


def verdict(measure: Measure, share: float | None) -> str:
    """goal, MISSED, or nothing where there is no goal or nothing was measured."""
    if measure.goal is None or share is None:
        return ""
    return "goal" if share >= measure.goal else "MISSED"


def missed_goals(tally: Tally) -> list[str]:
    """Names of the measures below their goal."""
    missed = [m.name for m in MEASURES if verdict(m, tally.share(m.key)) == "MISSED"]
    return [*missed, "invented values"] if tally.invented else missed


def measure_extraction(setting: Setting) -> list[Figure]:
    """Wrong answers in percent and invented values, where less is better: for `make bench`."""
    files, skipped = find_documents()
    naive = score_naive(files)
    tally = score_all(files, run_extractor(list(files.values())))
    for line in skipped:
        print(f"skipped {line}", file=sys.stderr)
    print(f"\nExtraction on {len(files)} documents\n{format_scores(tally, naive)}\n", flush=True)
    if setting.is_explaining:
        print("\n".join(explain(tally)))
    figures = [
        Figure(
            f"extraction, wrong: {measure.name}", "%", _wrong(tally, measure),
            Budget(round(100 - 100 * measure.goal, 6), 0), _wrong(naive, measure), "keywords",
        )
        for measure in MEASURES if measure.goal is not None
    ]  # fmt: skip
    counts = (float(len(tally.invented)),), (float(len(naive.invented)),)
    return [
        *figures,
        Figure("extraction: invented values", "", counts[0], Budget(0, 0), counts[1], "keywords"),
    ]


def explain(tally: Tally) -> list[str]:
    """Each miss and each invented value, one a line, by measure."""
    order = [measure.key for measure in MEASURES]
    misses = sorted(tally.misses, key=lambda miss: order.index(miss[0]))
    return [f"{key:<22}{what}" for key, what in misses] + [
        f"{'invented':<22}{what}" for what in tally.invented
    ]


def main(
    arguments: list[str] | None = None,
    run: Callable[[Sequence[Path]], list[dict[str, Any]]] = run_extractor,
) -> int:
    """Print the table; see the module for the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.add_argument("--explain", action="store_true", help="list each miss")
    parser.add_argument("--naive", action="store_true", help="explain the keyword version instead")
    options = parser.parse_args(arguments)
    files, skipped = find_documents()
    naive = score_naive(files)
    began = perf_counter()
    try:
        tally = score_all(files, run(list(files.values())))
    except NotMeasured as error:
        print(format_scores(None, naive))
        print(f"\nnot measured: {error}")
        return 2
    seconds = perf_counter() - began
    print(format_scores(tally, naive))
    print(f"\n{len(files)} documents, {seconds:.1f} s with the start of Python")
    print("\n".join(f"skipped {line}" for line in skipped) or "none skipped")
    if options.explain or options.naive:
        print("\n" + "\n".join(explain(naive if options.naive else tally)))
    missed = missed_goals(tally)
    print(f"goals missed: {', '.join(missed)}" if missed else "all goals reached")
    return 1 if missed else 0


def _wrong(tally: Tally, measure: Measure) -> tuple[float, ...]:
    share = tally.share(measure.key)
    return () if share is None else (100 - 100 * share,)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"


def _goal(goal: float | None) -> str:
    return "" if goal is None else f"{100 * goal:g} %"


if __name__ == "__main__":
    sys.exit(main())

"""What confirming one waiting document would change, worked out by the rules themselves."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from etl.archive import Archive, Decision, Journal
from etl.build import build_core
from etl.core_rows import CoreRows, Row
from etl.inputs import read_inputs
from etl.rejections import Rejection
from etl.submitted_templates import template_names

Key = tuple[int, str, str, str]  # vintage, province code, indicator, scope
_COMPARED: Final = ("vintage", "province_code_gso", "indicator", "scope")


@dataclass(frozen=True)
class StatusChange:
    """One status that would be another one, from a day on."""

    vintage: int
    province_code_gso: str
    indicator: str
    scope: str
    valid_from: dt.date
    before: str
    after: str


@dataclass(frozen=True)
class Preview:
    """What a confirmation would change: statuses, contradictions, and whether it is a new document.

    `contradictions`: rows of core.contradiction that would be added. For a filled-in template,
    `rejections` are the cells that cannot be loaded beside all other data, `rows` how many can.
    """

    changes: tuple[StatusChange, ...]
    contradictions: tuple[Row, ...]
    is_known_document: bool
    rejections: tuple[Rejection, ...] = ()
    rows: int = 0


def preview_confirmation(data: Path, archive: Archive, sha256: str) -> Preview:
    """Build the core rows without and with the document; nothing is written.

    Raises what `read_inputs` raises for broken data.
    """
    journal = archive.read()
    others = [d for d in journal.decisions if d.subject != f"document:{sha256}"]
    without = replace_decisions(journal, others, reject=sha256)
    with_it = replace_decisions(journal, others, confirm=sha256)
    before = build_core(data, read_inputs(data), archive, without)
    inputs = read_inputs(data)
    after = build_core(data, inputs, archive, with_it)
    known = {row["document_id"] for row in before["document"]}
    mine = next(r["document_id"] for r in after["submitted_document"] if r["sha256"] == sha256)
    changes = tuple(status_changes(before["status"], after["status"]))
    file = template_names(with_it).get(sha256)
    return Preview(
        changes,
        tuple(_added(before, after)),
        mine in known,
        tuple(r for r in inputs.rejections if file and r.file.rpartition("#")[0] == file),
        inputs.row_counts().get(file or "", 0),
    )


def replace_decisions(
    journal: Journal, decisions: Sequence[Decision], *, confirm: str = "", reject: str = ""
) -> Journal:
    """The journal as it would be with other decisions, and with one more about a document."""
    action = "confirm" if confirm else "reject"
    more = Decision("preview", "2000-01-01T00:00:00+00:00", "preview",
                    f"document:{confirm or reject}", action)  # type: ignore[arg-type]  # fmt: skip
    return replace(journal, decisions=[*decisions, more])


def _timelines(rows: Sequence[Row]) -> dict[Key, list[tuple[dt.date, str]]]:
    found: defaultdict[Key, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in rows:
        key = (row["vintage"], row["province_code_gso"], row["indicator"], row["scope"])
        found[key].append((row["valid_from"], row["class"]))
    return {key: sorted(timeline) for key, timeline in found.items()}


def _class_on(timeline: Sequence[tuple[dt.date, str]], day: dt.date) -> str:
    found = [status for first, status in timeline if first <= day]
    return found[-1] if found else ""


def status_changes(before: Sequence[Row], after: Sequence[Row]) -> list[StatusChange]:
    """Where two sets of core.status differ: every first day of another pair of classes.

    "" stands for a map that one of them does not have, such as a new plan year.
    """
    old, new = _timelines(before), _timelines(after)
    changes = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, []), new.get(key, [])
        if was == now:
            continue
        last = ("", "")
        for day in sorted({first for first, _ in (*was, *now)}):
            pair = (_class_on(was, day), _class_on(now, day))
            if pair[0] != pair[1] and pair != last:
                changes.append(StatusChange(*key, day, *pair))
            last = pair
    return changes


def _added(before: CoreRows, after: CoreRows) -> list[Row]:
    names = (*_COMPARED, "as_of_date", "stated", "contradicted_by")
    known = {tuple(row[n] for n in names) for row in before["contradiction"]}
    return [r for r in after["contradiction"] if tuple(r[n] for n in names) not in known]

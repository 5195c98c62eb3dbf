"""The parts on what changed between two days or two snapshots: who, from what to what, why."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Final

import pandas as pd

from dashboard.briefing.content import Finding, Picture, Section, Table
from dashboard.briefing.matter import Matter
from dashboard.comparison.moves import Moves, load_moves, moves_table
from dashboard.download import MAP_WIDTH
from dashboard.map_changes import change_subject, describe_change_map, plot_change_map
from dashboard.province_map import map_title
from dashboard.queries import query_statuses
from dashboard.statuses import Statuses
from dashboard.tables import text_or_blank
from dashboard.view import ROUTES
from dashboard.warehouse import Snapshot
from dashboard.words import word
from domain.indicators import ANNUAL_PLAN, HUMAN_RIGHTS_PLAN, REGULATION, UNKNOWN_CLASS

# The maps of changes that a briefing carries: those that provinces answer for.
MAPPED: Final = (REGULATION, HUMAN_RIGHTS_PLAN)


def changes(matter: Matter) -> Section | None:
    """All changes of status since the compared day; None without such a day."""
    since = matter.run.view.since
    if since is None:
        return None
    days = {"since": matter.day(since), "as_of": matter.day(matter.run.view.as_of)}

    def moves(statuses: Statuses) -> Moves:
        return load_moves(matter.run, statuses.indicator, statuses.scope, since)

    def title(name: str, found: Moves) -> str:
        values = {"since": matter.day(found.since), "as_of": matter.day(found.as_of)}
        return word("comparison.title_changes", matter.lang, title=name, **values)

    return _section(matter, "changes", moves, title, days)


def snapshot_changes(matter: Matter) -> Section | None:
    """What an earlier snapshot said otherwise of the same day; None without one to compare with."""
    before = matter.before
    if before is None:
        return None
    ids = {"before": before.id, "after": matter.run.snapshot.id}

    def moves(statuses: Statuses) -> Moves:
        return _between_snapshots(statuses, before)

    def title(name: str, found: Moves) -> str:
        return matter.say("snapshot_map", title=name)

    return _section(matter, "snapshot_changes", moves, title, ids)


def _section(
    matter: Matter,
    key: str,
    load: Callable[[Statuses], Moves],
    map_name: Callable[[str, Moves], str],
    values: dict[str, str],
) -> Section:
    """The moves of every indicator as sentences, maps and one table."""
    findings: list[Finding] = []
    frames: list[pd.DataFrame] = []
    items: list[Picture | Table] = []
    for statuses in _all_statuses(matter):
        moves = load(statuses)
        moved = matter.mine(moves.table[moves.table["class_before"] != moves.table["class_after"]])
        title = map_title(statuses, matter.lang)
        findings += _findings(matter, key, moves, moved, title, statuses.scope)
        if len(moved):
            table = moves_table(moved, moves.indicator, matter.lang)
            table.insert(1, word("column.indicator", matter.lang), title)
            frames.append(table.drop(columns=word("column.source", matter.lang)))
            if moves.indicator in MAPPED:
                named = f"{key}_map_{moves.indicator}"
                picture = _map(matter, named, moves, map_name(title, moves), statuses.dimmed)
                items.append(picture)
    if not frames:
        findings.append(matter.finding(f"{key}_none", **values))
    rows = pd.concat(frames) if frames else pd.DataFrame()
    empty = word("briefing.table.no_changes", matter.lang)
    items.append(Table(key, word(f"briefing.table.{key}", matter.lang, **values), rows, empty))
    return matter.section(key, *findings, *items, **values)


def _between_snapshots(statuses: Statuses, before: Snapshot) -> Moves:
    """The statuses of a day as two snapshots know them, in the form of moves between days."""
    scope = (statuses.vintage, statuses.indicator, statuses.scope, statuses.as_of)
    earlier = query_statuses(before, *scope).set_index("province_code_gso")["class"]
    unknown = UNKNOWN_CLASS[statuses.indicator]
    table = statuses.table.assign(
        class_before=statuses.table["province_code_gso"].map(earlier).fillna(unknown),
        class_after=statuses.table["class"],
        changed_on=statuses.table["class_since"],
        parts_before="",
        parts_after=statuses.table["parts"],
    )
    return Moves(statuses.indicator, statuses.vintage, statuses.as_of, statuses.as_of, table, table)


def _all_statuses(matter: Matter) -> list[Statuses]:
    found = [matter.statuses(name) for name in (REGULATION, HUMAN_RIGHTS_PLAN, ANNUAL_PLAN)]
    routes = (matter.scope.route,) if matter.scope.route else ROUTES
    return found + [matter.on_route(route) for route in routes]


def _findings(
    matter: Matter, section: str, moves: Moves, moved: pd.DataFrame, title: str, scope: str
) -> list[Finding]:
    """A sentence per move: who, from what to what, by which document."""
    lang, found = matter.lang, []
    for (before, after), rows in moved.groupby(["class_before", "class_after"], sort=True):
        said = [
            matter.say(
                "by_document",
                names=matter.names(group["province_name"]),
                document=text_or_blank(number) or word("evidence.no_number", lang),
            )
            if not pd.isna(number)
            else matter.names(group["province_name"])
            for number, group in rows.groupby("document_number", dropna=False, sort=True)
        ]
        text = matter.say(
            "change",
            title=title,
            count=len(rows),
            before=matter.label(moves.indicator, before),
            after=matter.label(moves.indicator, after),
            names="; ".join(said),
        )
        key = f"{section}_{moves.indicator}_{scope}_{before}_{after}"
        found.append(Finding(key, text, matter.evidence(rows)))
    return found


def _map(matter: Matter, key: str, moves: Moves, title: str, dimmed: Collection[str]) -> Picture:
    lang, since = matter.lang, moves.since
    return Picture(
        key=key,
        title=title,
        alt=describe_change_map(
            moves.table, moves.indicator, moves.vintage, since, moves.as_of, lang, dimmed=dimmed
        ),
        draw=partial(
            plot_change_map, moves.table, indicator=moves.indicator, vintage=moves.vintage,
            lang=lang, dimmed=dimmed, geojson="inline", width=MAP_WIDTH,
        ),
        width=MAP_WIDTH,
        subject=change_subject(moves.table, moves.indicator, moves.vintage, lang, False, dimmed),
    )  # fmt: skip

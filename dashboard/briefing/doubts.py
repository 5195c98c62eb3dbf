"""The parts on what sources disagree about and on what nobody knows."""

from __future__ import annotations

import pandas as pd

from dashboard.briefing.content import Finding, Section, Table
from dashboard.briefing.matter import Matter
from dashboard.province_map import map_title
from dashboard.queries import query_contradictions
from dashboard.statuses import Statuses
from dashboard.tables import contradiction_table
from dashboard.view import ROUTES
from dashboard.words import word
from domain.indicators import ANNUAL_PLAN, HUMAN_RIGHTS_PLAN, REGULATION


def contradictions(matter: Matter) -> Section:
    """Every contradiction about the units of the scope, with both versions."""
    run, lang = matter.run, matter.lang
    rows = matter.mine(query_contradictions(run.snapshot, run.view.vintage, run.view.as_of))
    findings = []
    for indicator, group in rows.groupby("indicator", sort=True):
        name = word(f"indicator.{indicator}", lang)
        names = matter.names(group["province_name"])
        text = matter.say("contradictions", title=name, count=len(group), names=names)
        findings.append(Finding(f"contradictions_{indicator}", text))
    if not findings:
        findings.append(matter.finding("contradictions_none"))
    table = contradiction_table(rows, lang)
    links = [word("column.source", lang), word("column.second_source", lang)]
    title = word("briefing.table.contradictions", lang)
    empty = matter.say("contradictions_none")
    item = Table("contradictions", title, table.drop(columns=links), empty)
    return matter.section("contradictions", *findings, item)


def unknowns(matter: Matter) -> Section:
    """Per indicator, how many units of the scope are unknown, and which."""
    lang = matter.lang
    rows = []
    for statuses in _all(matter):
        total, unknown = len(statuses.shown), statuses.unknown_count()
        if not total:
            continue
        blank = statuses.shown[statuses.shown["strength"].isna()]
        blank = blank[blank["class"] != "not_applicable"]
        rows.append(
            (map_title(statuses, lang), unknown, total, matter.names(blank["province_name"]))
        )
    columns = [
        word("column.indicator", lang),
        word("briefing.column.unknown", lang),
        word("briefing.column.of_units", lang),
        word("column.province", lang),
    ]
    table = Table(
        "unknowns",
        word("briefing.table.unknowns", lang),
        pd.DataFrame(rows, columns=columns),
        "",
        widths=(3, 1, 1, 6),
    )
    return matter.section("unknowns", matter.finding("unknowns_meaning"), table)


def unknown_line(matter: Matter) -> str:
    """The unknowns in one sentence, for the box of facts."""
    parts = [
        matter.say(
            "unknown_count",
            title=map_title(statuses, matter.lang),
            count=statuses.unknown_count(),
            total=len(statuses.shown),
        )
        for statuses in _all(matter)[:3]
    ]
    return matter.say("unknown_line", parts="; ".join(parts))


def _all(matter: Matter) -> list[Statuses]:
    """The indicators, the routes with the units of the scope that lie on them alone."""
    found = [matter.statuses(name) for name in (REGULATION, HUMAN_RIGHTS_PLAN, ANNUAL_PLAN)]
    for route in (matter.scope.route,) if matter.scope.route else ROUTES:
        found.append(matter.on_route(route))
    return found

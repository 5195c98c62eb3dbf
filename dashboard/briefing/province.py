"""The part on one province: every status in a line, its documents, what is open."""

from __future__ import annotations

import pandas as pd

from dashboard.briefing.content import Finding, Section, Table
from dashboard.briefing.matter import Matter
from dashboard.briefing.scope import PROVINCE
from dashboard.province.documents import document_table, load_documents
from dashboard.province.sheet import Sheet
from dashboard.province.status_lines import (
    StatusLine,
    deciding_text,
    indicator_text,
    load_lines,
    state_text,
)
from dashboard.province.statuses import SOURCES, status_lines_table
from dashboard.province.unknowns import unknown_items, unknown_table
from dashboard.words import word
from domain.indicators import REGULATION


def province(matter: Matter) -> Section | None:
    """The statuses of a single province in sentences and rows; None for any other scope."""
    if matter.scope.kind != PROVINCE:
        return None
    run, lang, code = matter.run, matter.lang, matter.scope.codes[0]
    matter.used(*SOURCES)
    routes = run.facts.provinces[run.view.vintage][code].routes
    findings = [_finding(matter, line) for line in load_lines(run, code, routes)]
    sheet = Sheet(run, code, printed=True)
    source = word("column.source", lang)
    statuses = Table(
        "province_statuses",
        word("briefing.table.province_statuses", lang, province=sheet.name),
        status_lines_table(sheet).drop(columns=source),
        "",
    )
    found = load_documents(run, code)
    rows = pd.concat([found.dated, found.undated])
    documents = Table(
        "province_documents",
        word("briefing.table.province_documents", lang, province=sheet.name),
        document_table(rows, lang).drop(columns=source),
        word("briefing.table.empty", lang),
    )
    items = unknown_items(run, code)
    open_items = Table(
        "province_unknowns",
        word("province.unknown.title", lang, province=sheet.name),
        unknown_table(items, lang),
        word("province.unknown.none", lang),
    )
    here = matter.map("province_map", matter.statuses(REGULATION))
    return matter.section("province", *findings, here, statuses, documents, open_items)


def _finding(matter: Matter, line: StatusLine) -> Finding:
    run, lang = matter.run, matter.lang
    state = state_text(line, run.view.as_of, lang)
    basis = "" if line.is_unknown else deciding_text(line, (), lang)
    key = "province_status" if basis else "province_status_unknown"
    text = matter.say(
        key, indicator=indicator_text(line.indicator, line.scope, lang), state=state, basis=basis
    )
    return Finding(f"province_{line.indicator}_{line.scope}", text)

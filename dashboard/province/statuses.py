"""The first thing a profile says: every indicator with its class, since when and by what."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.colours import CLASS_ORDER, class_style
from dashboard.figure import Table, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.province.contradictions import load_contradictions
from dashboard.province.documents import load_documents
from dashboard.province.sheet import Sheet
from dashboard.province.status_lines import (
    StatusLine,
    deciding_text,
    indicator_text,
    load_lines,
    remark_text,
    since_text,
    state_text,
)
from dashboard.queries.province import query_province_evidence
from dashboard.tables import dates_or_none, evidence_table, first_address, text_or_blank
from dashboard.words import escape_markdown, word
from domain.indicators import BORDER_ROUTE, RESULT_REPORT, ROUTE_TESTS

SOURCES: Final = (
    "regulations", "human_rights_plans", "annual_plans", "letter_findings", "ministry_guidance",
    "programme_5115", "information_clusters", "border_provinces", "document_facts",
)  # fmt: skip


def lines_of(sheet: Sheet) -> list[StatusLine]:
    """The status lines of the profile's unit."""
    run = sheet.run
    routes = run.facts.provinces[run.view.vintage][sheet.code].routes
    return kept_for(
        run, f"province lines {sheet.code}", lambda: load_lines(run, sheet.code, routes)
    )


def render_statuses(run: Run, sheet: Sheet) -> None:
    """All indicators as text."""
    lang, dark = run.view.lang, sheet.is_dark()
    st.subheader(word("province.status.heading", lang), anchor=False)
    text = kept_for(run, f"province statuses {dark}", lambda: status_markdown(sheet, dark=dark))
    st.markdown(text)
    count = len(load_contradictions(run, sheet.code))
    if count:
        st.markdown(
            f":material/warning: {word('province.status.contradictions', lang, count=count)}"
        )


def render_status_evidence(run: Run, sheet: Sheet) -> None:
    """What the lines rest on, as wide as there is room: evidence, table, downloads."""
    lang = run.view.lang
    st.caption(word("province.status.evidence", lang))
    title = word("province.status.title", lang, province=sheet.name)
    context = kept_for(
        run, "province statuses context", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    panels: dict[str, Table] = {
        "evidence": partial(_evidence, run, sheet),
        "table": partial(status_lines_table, sheet),
    }
    render_under_figure("province_statuses", context, panels, None)


def status_markdown(sheet: Sheet, *, dark: bool) -> str:
    """All lines as Markdown, a block each; signs and words in the colour of their class."""
    lang, as_of = sheet.run.view.lang, sheet.run.view.as_of
    blocks = []
    for line in lines_of(sheet):
        name = escape_markdown(indicator_text(line.indicator, line.scope, lang))
        state = f"**{escape_markdown(state_text(line, as_of, lang))}**"
        if line.class_name in CLASS_ORDER[line.indicator]:
            ink = class_style(line.indicator, line.class_name).text(dark)
            state = f':color[{state}]{{foreground="{ink}"}}'
        since = escape_markdown(since_text(line, as_of, lang))
        rest = [deciding_text(line, _passed_tests(line, sheet), lang), _remarks(line, sheet)]
        rows = [
            f":small[{name}]",
            f"{state} {since}".rstrip(),
            *(f":small[{escape_markdown(text)}]" for text in rest if text),
        ]
        blocks.append("  \n".join(rows))
    return "\n\n".join(blocks)


def _passed_tests(line: StatusLine, sheet: Sheet) -> list[str]:
    """The tests of a route that evidence of the day passes, in their order; else none."""
    if line.indicator != BORDER_ROUTE or line.is_unknown:
        return []
    view = sheet.run.view
    found = query_province_evidence(sheet.run.snapshot, view.vintage, sheet.code, view.as_of)
    here = (found["indicator"] == BORDER_ROUTE) & (found["scope"] == line.scope)
    passed = set(found.loc[here & (found["role"] == "supports"), "test"])
    return [test for test in ROUTE_TESTS if test in passed]


def _remarks(line: StatusLine, sheet: Sheet) -> str:
    """Remarks on the status, and documents that are known but have no date to count from."""
    lang = sheet.run.view.lang
    remarks = [remark_text(line, sheet.run)]
    found = load_documents(sheet.run, sheet.code)
    if line.class_name is not None and line.row["strength"] == "implied":
        own = [
            text_or_blank(row["document_number"]) or word("evidence.no_number", lang)
            for row in found.dated_records
            if row["topic"] == line.indicator and line.indicator in row["used_for"]
        ]
        if own:
            remarks.append(word("province.status.own", lang, numbers=", ".join(own)))
    if line.is_unknown:
        mine = [
            text_or_blank(row["document_number"]) or word("evidence.no_number", lang)
            for row in found.undated_records
            if row["topic"] == line.indicator
            and (not line.scope or int(line.scope) in row["plan_years"])
        ]
        if mine:
            numbers = ", ".join(mine)
            remarks.append(word("province.status.undated", lang, count=len(mine), numbers=numbers))
    return "; ".join(text for text in remarks if text)


def status_lines_table(sheet: Sheet) -> pd.DataFrame:
    """One row per indicator: status, since when, deciding document, strength, remarks, source."""
    lines, lang, as_of = lines_of(sheet), sheet.run.view.lang, sheet.run.view.as_of
    rows: list[dict[str, Any]] = [line.row for line in lines]
    known = [not line.is_unknown for line in lines]

    def cells(name: str) -> list[str]:
        return [text_or_blank(row.get(name)) if ok else "" for row, ok in zip(rows, known)]

    def days(name: str) -> list[Any]:
        found = [row.get(name) if ok else None for row, ok in zip(rows, known)]
        return dates_or_none(pd.Series(found, dtype="object"))

    return pd.DataFrame(
        {
            word("column.indicator", lang): [
                indicator_text(line.indicator, line.scope, lang) for line in lines
            ],
            word("column.class", lang): [state_text(line, as_of, lang) for line in lines],
            word("column.since", lang): days("class_since"),
            word("column.number", lang): cells("document_number"),
            word("column.counts_from", lang): days("evidence_date"),
            word("column.issuer", lang): cells("issuing_body"),
            word("column.section", lang): cells("section"),
            word("column.strength", lang): [
                # A report received is judged by its day, not by a strength.
                ""
                if line.indicator == RESULT_REPORT and not line.is_unknown
                else word(f"strength.{text or 'none'}", lang)
                for line, text in zip(lines, cells("strength"), strict=True)
            ],
            word("column.flags", lang): [_remarks(line, sheet) for line in lines],
            word("column.source", lang): [
                first_address(row.get("source_url")) if ok else None for row, ok in zip(rows, known)
            ],
        },
        index=pd.Index([""] * len(lines)),
    )


def _evidence(run: Run, sheet: Sheet) -> pd.DataFrame:
    """Every piece of evidence behind the lines, the deciding one of each first."""
    view = run.view
    found = query_province_evidence(run.snapshot, view.vintage, sheet.code, view.as_of)
    frames = []
    for line in lines_of(sheet):
        here = (found["indicator"] == line.indicator) & (found["scope"] == line.scope)
        table = evidence_table(found[here], line.indicator, view.lang)
        name = indicator_text(line.indicator, line.scope, view.lang)
        table.insert(0, word("column.indicator", view.lang), [name] * len(table))
        frames.append(table)
    table = pd.concat(frames)
    return table.drop(columns=[] if view.vintage == 2025 else [word("column.province", view.lang)])

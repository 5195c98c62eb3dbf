"""The tables of the data-quality page, each behind a tab of its own with its downloads."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.figure import map_layout, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.quality.announced import announced_table
from dashboard.quality.sources import source_table
from dashboard.queries import (
    query_contradictions,
    query_knowledge,
    query_rejected_input,
    query_undated_documents,
)
from dashboard.statuses import of_route
from dashboard.tables import contradiction_table, first_address, flag_text, text_or_blank
from dashboard.words import escape_markdown, format_date, word

_KEY = "page.data_quality"


def render_section(
    run: Run,
    name: str,
    make: Callable[[], pd.DataFrame],
    *,
    note: str,
    none: str = "",
    sources: tuple[str, ...] = (),
    has_sentences: bool = False,
) -> None:
    """A note, a table and its downloads; `none` is what is said where the table has no rows.

    `name` is the section's key in the catalogues and part of the widgets' keys. With
    `has_sentences` the few rows have long texts, which are to be read in full.
    """
    lang = run.view.lang
    table = kept_for(run, f"quality table {name}", make)
    if table.empty:
        st.info(none or word("page.no_rows", lang), icon=":material/check_circle:")
        return
    st.caption(note)
    if has_sentences:
        _render_sentences(table)
    else:
        render_table(table, lang, key=f"quality_{name}_rows")
    title = word(f"{_KEY}.{name}", lang)
    context = kept_for(
        run, f"quality {name}", lambda: figure_context(run, title, source_ids=sources)
    )
    render_under_figure(f"quality_{name}", context, {}, None, table=lambda: table)


def _render_sentences(table: pd.DataFrame) -> None:
    """A table whose texts wrap; on a phone its rows one below the other."""
    if map_layout()["narrow"] is False:
        st.table(table, hide_index=True, border="horizontal")
        return
    for row in table.itertuples(index=False):
        title, *values = (escape_markdown(str(value)) for value in row)
        lines = [
            f"{escape_markdown(str(name))}: **{value}**  "
            for name, value in zip(table.columns[1:], values, strict=True)
        ]
        st.markdown("\n".join([f"**{title}**  ", *lines]))


def render_contradictions(run: Run) -> None:
    """All contradictions with both versions, of the province or route looked at."""
    lang, view = run.view.lang, run.view

    def make() -> pd.DataFrame:
        found = query_contradictions(run.snapshot, view.vintage, view.as_of)
        if view.province:
            found = found[found["province_code_gso"] == view.province]
        else:
            found = of_route(run, found)
        return contradiction_table(found, lang)

    render_section(
        run,
        "contradictions",
        make,
        note=word(f"{_KEY}.contradictions_note", lang),
        none=word("quality.contradictions_none", lang, date=format_date(view.as_of, lang)),
        sources=("letter_findings", "budgets"),
    )


def render_announced(run: Run) -> None:
    """Announced totals with what documents show, the difference and why."""
    lang, day = run.view.lang, format_date(run.view.as_of, run.view.lang)
    render_section(
        run,
        "announced",
        lambda: announced_table(run),
        note=word("quality.announced_note", lang, date=day),
        none=word("quality.announced_none", lang, date=day),
        sources=("announced_totals", "letter_findings", "regulations", "human_rights_plans"),
        has_sentences=True,
    )


def render_knowledge(run: Run) -> None:
    """How much is known, implied and unknown, per indicator and scope."""
    lang = run.view.lang
    render_section(
        run, "unknowns", lambda: knowledge_table(run), note=word("quality.unknowns_note", lang)
    )


def knowledge_table(run: Run) -> pd.DataFrame:
    """One row per indicator and scope: how many provinces are evidenced, implied, unknown."""
    lang = run.view.lang
    rows = query_knowledge(run.snapshot, run.view.vintage, run.view.as_of)
    names = []
    for r in rows.itertuples():
        scope = word(f"route.{r.scope}", lang) if r.indicator == "border_route" else str(r.scope)
        name = word(f"indicator.{r.indicator}", lang)
        names.append(f"{name}: {scope}" if scope else name)
    return pd.DataFrame(
        {
            word("column.indicator", lang): names,
            word(f"{_KEY}.known_count", lang): rows["known_count"],
            word(f"{_KEY}.implied_count", lang): rows["implied_count"],
            word(f"{_KEY}.unknown_count", lang): rows["unknown_count"],
        }
    )


def render_rejected(run: Run) -> None:
    """What was submitted and not loaded, with the reason."""
    lang = run.view.lang
    count = len(query_rejected_input(run.snapshot))
    render_section(
        run,
        "rejected",
        lambda: rejected_table(run),
        note=word(f"{_KEY}.rejected_count", lang, count=count),
        none=word(f"{_KEY}.rejected_none", lang),
    )


def rejected_table(run: Run) -> pd.DataFrame:
    """One row per rejected cell, row or file, with the reason and what was expected."""
    lang = run.view.lang
    rows = query_rejected_input(run.snapshot)
    # Of a document no cell is wrong: what to hand in instead stands in the catalogues.
    documents = rows["file"].str.startswith("documents/")
    return pd.DataFrame(
        {
            word("column.file", lang): rows["file"],
            word("column.row", lang): rows["row_number"],
            word("column.column", lang): rows["column_name"],
            word("column.value", lang): [
                "" if is_document else value
                for is_document, value in zip(documents, rows["value"], strict=True)
            ],
            word("column.reason", lang): [word(f"rejection.{r}", lang) for r in rows["reason"]],
            word("column.expected", lang): [
                word(f"rejection.wanted.{reason}", lang) if is_document else expected
                for is_document, reason, expected in zip(
                    documents, rows["reason"], rows["expected"], strict=True
                )
            ],
        }
    )


def render_undated(run: Run) -> None:
    """Documents without any date."""
    lang = run.view.lang
    render_section(
        run,
        "undated",
        lambda: undated_table(run),
        note=word(f"{_KEY}.undated_note", lang),
        none=word("quality.undated_none", lang),
    )


def undated_table(run: Run) -> pd.DataFrame:
    """One row per document that has no date and so gives no status."""
    lang = run.view.lang
    rows = query_undated_documents(run.snapshot)
    return pd.DataFrame(
        {
            word("column.province", lang): [text_or_blank(n) for n in rows["province_name"]],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issuer", lang): [text_or_blank(n) for n in rows["issuing_body"]],
            word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
            word("column.source", lang): [first_address(u) for u in rows["source_url"]],
        }
    )


def render_sources(run: Run) -> None:
    """All sources: age on the day shown, strength, licence, what they cannot tell."""
    lang = run.view.lang
    note = word("quality.sources_note", lang, date=format_date(run.view.as_of, lang))
    render_section(
        run,
        "sources",
        lambda: source_table(run),
        note=f"{note} {word(f'{_KEY}.boundaries', lang)}",
    )

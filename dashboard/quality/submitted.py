"""Doubts of the extraction, and what became of every document that was submitted."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.documents.full_text import doubt_text, section_text
from dashboard.documents.search import passage_search
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.quality.tables import render_section
from dashboard.queries.quality import query_extraction_doubts, query_submitted_documents
from dashboard.statuses import of_route
from dashboard.tables import dates_or_none, text_or_blank
from dashboard.view import view_link
from dashboard.words import day_of, escape_markdown, format_date, format_number, has_word, word

SOURCES: Final = ("documents",)
# What somebody has to do comes first.
STATES: Final = ("waiting", "unreadable", "rejected", "admitted", "replaced", "copy")


def doubts(run: Run) -> pd.DataFrame:
    """The doubts about documents of the province or route looked at, all without a choice."""
    found = query_extraction_doubts(run.snapshot, run.view.vintage)
    if run.view.province:
        return found[found["province_code_gso"] == run.view.province]
    return of_route(run, found[found["province_code_gso"].notna()]) if run.view.route else found


def doubt_table(found: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per doubt: document, province, what is doubtful, where, the passage."""
    rows = list(found.itertuples())
    return pd.DataFrame(
        {
            word("column.document", lang): [document_name(r, lang) for r in rows],
            word("column.province", lang): [text_or_blank(r.province_name) for r in rows],
            word("quality.column.doubt", lang): [doubt_text(r.code, lang) for r in rows],
            word("column.section", lang): [section_text(r.section, lang) for r in rows],
            word("column.passage", lang): [" ".join(text_or_blank(r.quote).split()) for r in rows],
        }
    )


def document_name(row: Any, lang: str) -> str:
    """The number of a document, else its kind."""
    number = text_or_blank(row.document_number)
    return number or word("document.no_number", lang, kind=word(f"document.kind.{row.kind}", lang))


def render_doubts(run: Run) -> None:
    """The doubts; a chosen one shows its passage and leads to it in the document."""
    lang, found = run.view.lang, doubts(run)
    if found.empty:
        st.info(word("quality.doubts_none", lang), icon=":material/check_circle:")
        return
    st.caption(word("quality.doubts_note", lang, count=format_number(len(found), lang)))
    table = kept_for(run, "quality doubts", lambda: doubt_table(found, lang))
    chosen: Any = st.dataframe(
        table, hide_index=True, on_select="rerun", selection_mode="single-row",
        key="quality_doubts_rows", placeholder="",
    )  # fmt: skip
    for place in chosen.selection.rows:
        with st.container(border=True, key="quality_doubt"):
            st.markdown("\n\n".join(doubt_lines(run, found.iloc[place])))
    title = word("page.data_quality.doubts", lang)
    context = kept_for(
        run, "quality doubts context", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    render_under_figure("quality_doubts", context, {}, None, table=lambda: table)


def doubt_lines(run: Run, row: Any) -> list[str]:
    """One doubt in Markdown: document, what is doubtful, the passage, the way to it."""
    lang = run.view.lang
    lines = [f"**{escape_markdown(document_name(row, lang))}** · {doubt_text(row.code, lang)}"]
    place = None
    if text_or_blank(row.quote):
        lines.append("> " + escape_markdown(" ".join(row.quote.split())))
        place = int(row.start_offset), int(row.end_offset)
    search = passage_search(str(row.document_id), place)
    link = view_link("documents", run.view, run.facts, q=search)
    return [*lines, f"[{word('document.text.open', lang)}]({link})"]


def submitted_table(run: Run) -> pd.DataFrame:
    """One row per original that was submitted, those that wait for somebody first."""
    lang = run.view.lang
    found = query_submitted_documents(run.snapshot)
    order = found["state"].map({state: place for place, state in enumerate(STATES)})
    found = found.loc[order.sort_values(kind="stable").index]
    rows = list(found.itertuples())
    return pd.DataFrame(
        {
            word("column.file", lang): [r.original_name for r in rows],
            word("document.column.state", lang): [
                word(f"upload.document_state.{r.state}", lang) for r in rows
            ],
            word("upload.field.received", lang): dates_or_none(found["received_at"]),
            word("upload.field.person", lang): [_submitter(r, lang) for r in rows],
            word("column.document", lang): [
                document_name(r, lang) if text_or_blank(r.document_id) else "" for r in rows
            ],
            word("quality.column.decided", lang): [_decided(r, lang) for r in rows],
            word("column.reason", lang): [_reason(r, lang) for r in rows],
        }
    )


def _submitter(row: Any, lang: str) -> str:
    return text_or_blank(row.person) or word(f"quality.arrived_by.{row.arrived_by}", lang)


def _decided(row: Any, lang: str) -> str:
    person = text_or_blank(row.decided_by)
    return f"{person}, {format_date(day_of(row.decided_at), lang)}" if person else ""


def _reason(row: Any, lang: str) -> str:
    reason = text_or_blank(row.reason)
    key = f"rejection.{reason}"
    if reason:
        return word(key, lang) if has_word(key, lang) else word("upload.unreadable", lang)
    return text_or_blank(row.decision_reason)


def render_submitted(run: Run) -> None:
    """What was submitted, how many of it wait, and where to confirm them."""
    lang = run.view.lang
    counts = Counter(query_submitted_documents(run.snapshot)["state"].tolist())
    parts = [
        f"{word(f'upload.document_state.{state}', lang)}: {format_number(counts[state], lang)}"
        for state in STATES
        if counts[state]
    ]
    note = " · ".join(parts)
    if counts["waiting"]:
        link = view_link("upload", run.view, run.facts, q="")
        note += f". [{word('quality.confirm_them', lang)}]({link})"
    render_section(
        run,
        "submitted",
        lambda: submitted_table(run),
        note=note,
        none=word("quality.submitted_none", lang),
        sources=SOURCES,
    )

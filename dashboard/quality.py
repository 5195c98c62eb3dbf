"""The parts of the data-quality page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries import (
    query_announced_totals,
    query_contradictions,
    query_knowledge,
    query_rejected_input,
    query_sources,
    query_undated_documents,
)
from dashboard.statuses import of_route
from dashboard.tables import (
    contradiction_table,
    dates_or_none,
    first_address,
    flag_text,
    text_or_blank,
)
from dashboard.words import word

_KEY = "page.data_quality"


def _render(run: Run, name: str, table: pd.DataFrame, sources: tuple[str, ...] = ()) -> None:
    """A table under its heading, with its downloads."""
    lang = run.view.lang
    render_table(table, lang, key=f"quality_{name}_rows")
    if not table.empty:
        title = word(f"{_KEY}.{name}", lang)
        context = kept_for(
            run, f"quality {name}", lambda: figure_context(run, title, source_ids=sources)
        )
        render_under_figure(f"quality_{name}", context, {}, None, table=lambda: table)


def _heading(run: Run, name: str, note: str | None = None) -> None:
    st.subheader(word(f"{_KEY}.{name}", run.view.lang), anchor=False)
    if note:
        st.caption(note)


def render_contradictions(run: Run) -> None:
    """All contradictions with both versions."""
    lang = run.view.lang
    _heading(run, "contradictions", word(f"{_KEY}.contradictions_note", lang))
    view = run.view
    found = query_contradictions(run.snapshot, view.vintage, view.as_of)
    if view.province:
        found = found[found["province_code_gso"] == view.province]
    else:
        found = of_route(run, found)
    _render(run, "contradictions", contradiction_table(found, lang), ("letter_findings", "budgets"))


def render_announced(run: Run) -> None:
    """Announced totals with the document that announces them."""
    lang = run.view.lang
    _heading(run, "announced")
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    table = pd.DataFrame(
        {
            word("column.indicator", lang): [
                word(f"announced.{i}", lang) for i in totals["indicator"]
            ],
            word("column.announced", lang): [
                f"{r.announced_count}/{r.out_of}" for r in totals.itertuples()
            ],
            word("column.number", lang): totals["document_number"],
            word("column.issued", lang): dates_or_none(totals["issued_date"]),
            word("column.section", lang): totals["section"],
        }
    )
    _render(run, "announced", table, ("announced_totals",))


def render_knowledge(run: Run) -> None:
    """How much is known, implied and unknown, per indicator and scope."""
    lang = run.view.lang
    _heading(run, "unknowns")
    rows = query_knowledge(run.snapshot, run.view.vintage, run.view.as_of)
    names = []
    for r in rows.itertuples():
        scope = word(f"route.{r.scope}", lang) if r.indicator == "border_route" else str(r.scope)
        name = word(f"indicator.{r.indicator}", lang)
        names.append(f"{name}: {scope}" if scope else name)
    table = pd.DataFrame(
        {
            word("column.indicator", lang): names,
            word(f"{_KEY}.known_count", lang): rows["known_count"],
            word(f"{_KEY}.implied_count", lang): rows["implied_count"],
            word(f"{_KEY}.unknown_count", lang): rows["unknown_count"],
        }
    )
    _render(run, "unknowns", table)


def render_rejected(run: Run) -> None:
    """What was submitted and not loaded, with the reason."""
    lang = run.view.lang
    rows = query_rejected_input(run.snapshot)
    if rows.empty:
        _heading(run, "rejected", word(f"{_KEY}.rejected_none", lang))
        return
    _heading(run, "rejected", word(f"{_KEY}.rejected_count", lang, count=len(rows)))
    table = pd.DataFrame(
        {
            word("column.file", lang): rows["file"],
            word("column.row", lang): rows["row_number"],
            word("column.column", lang): rows["column_name"],
            word("column.value", lang): rows["value"],
            word("column.reason", lang): [word(f"rejection.{r}", lang) for r in rows["reason"]],
            word("column.expected", lang): rows["expected"],
        }
    )
    _render(run, "rejected", table)


def render_undated(run: Run) -> None:
    """Documents without any date."""
    lang = run.view.lang
    _heading(run, "undated", word(f"{_KEY}.undated_note", lang))
    rows = query_undated_documents(run.snapshot)
    table = pd.DataFrame(
        {
            word("column.province", lang): [text_or_blank(n) for n in rows["province_name"]],
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issuer", lang): [text_or_blank(n) for n in rows["issuing_body"]],
            word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
            word("column.source", lang): [first_address(u) for u in rows["source_url"]],
        }
    )
    _render(run, "undated", table)


def render_sources(run: Run) -> None:
    """All sources with producer, legal status and what they cannot tell."""
    lang = run.view.lang
    _heading(run, "sources", word(f"{_KEY}.boundaries", lang))
    rows = query_sources(run.snapshot)
    title, cannot = ("title", "cannot_tell") if lang == "vi" else ("title_en", "cannot_tell_en")
    table = pd.DataFrame(
        {
            word("column.title", lang): [
                text_or_blank(t) or f for t, f in zip(rows[title], rows["file"], strict=True)
            ],
            word("column.rows", lang): rows["row_count"],
            word("column.received", lang): dates_or_none(rows["received_date"]),
            word("column.producer", lang): [text_or_blank(p) for p in rows["producer"]],
            word("column.licence", lang): [text_or_blank(p) for p in rows["licence"]],
            word("column.cannot_tell", lang): [text_or_blank(p) for p in rows[cannot]],
        }
    )
    _render(run, "sources", table)

"""The graph of what a document, or the documents of a province, cite and are cited by."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts.document_graph import (
    GraphDocument,
    GraphRelation,
    describe_document_graph,
    plot_document_graph,
)
from dashboard.documents.found import address_of, load_documents
from dashboard.documents.listing import document_table
from dashboard.documents.wording import day_text, number_text, source_ids_of
from dashboard.download import FigureContext
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.tables import dates_or_none, text_or_blank
from dashboard.words import format_number, word

if TYPE_CHECKING:
    from collections.abc import Mapping


MOST_DRAWN: Final = 40  # citing documents; more rows than that are no picture


def render_relations(
    run: Run, citations: pd.DataFrame, *, key: str, title: str, chosen: str | None
) -> None:
    """The graph with its table, evidence and downloads; a click on a box chooses that document."""
    lang, narrow = run.view.lang, map_layout()["narrow"]
    drawn = drawn_citations(run, citations, chosen)
    documents = documents_in(run, drawn, chosen)
    boxes = graph_documents(documents, chosen, lang)
    arrows = graph_relations(drawn)

    def draw(dark: bool = False, narrow: bool | None = False) -> Any:
        return plot_document_graph(boxes, arrows, lang, dark, narrow)

    render_figure(
        run,
        partial(draw, narrow=narrow),
        key=key,
        alt=lambda: describe_document_graph(boxes, arrows, lang),
        context=partial(_context, run, title, documents),
        table=lambda: citation_table(run, citations),
        evidence=lambda: document_table(
            documents_in(run, citations, chosen), lang, has_source=True
        ),
        export=draw,
        on_click=partial(_choose, run),
        evidence_note=word("document.graph_evidence", lang),
    )
    citing = citations["document_id"].nunique()
    if citing > MOST_DRAWN:
        counts = {"shown": format_number(MOST_DRAWN, lang), "count": format_number(citing, lang)}
        st.caption(word("document.graph_cut", lang, **counts))
    if documents["is_expired"].any() or (documents["known_by"] == "citation").any():
        st.caption(word("document.graph_note", lang))


def _choose(run: Run, point: Mapping[str, Any]) -> None:
    document_id = point.get("customdata")
    if document_id in load_documents(run).index:
        set_view(q=address_of(run, str(document_id)))


def drawn_citations(run: Run, citations: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """The citations that a readable graph has room for: those of the newest citing documents.

    What the chosen document itself cites always stays.
    """
    citing = load_documents(run).loc[citations["document_id"].unique()]
    if len(citing) <= MOST_DRAWN:
        return citations
    newest = citing.sort_values("counts_from_date", ascending=False, na_position="last")
    drawn = {*newest.index[:MOST_DRAWN], *([chosen] if chosen else [])}
    return citations[citations["document_id"].isin(drawn)]


def documents_in(run: Run, citations: pd.DataFrame, chosen: str | None) -> pd.DataFrame:
    """The documents of a graph, oldest first; the chosen one also where nothing cites it."""
    wanted = {*citations["document_id"], *citations["cited_id"], *([chosen] if chosen else [])}
    documents = load_documents(run)
    rows = documents[documents["document_id"].isin(wanted)]
    return rows.sort_values(
        ["counts_from_date", "document_number"], na_position="last", kind="stable"
    )


def graph_documents(
    documents: pd.DataFrame, chosen: str | None, lang: str
) -> tuple[GraphDocument, ...]:
    """The boxes of a graph, oldest first."""
    boxes = []
    for d in documents.itertuples():
        state = word("document.expired", lang) if d.is_expired else ""
        hover = [number_text(d, lang), word(f"document.kind.{d.kind}", lang)]
        hover += [text_or_blank(d.issuing_body), day_text(d, lang), state]
        boxes.append(
            GraphDocument(
                document_id=str(d.document_id),
                number=number_text(d, lang),
                place=text_or_blank(d.province_name),
                day=day_text(d, lang),
                state=state,
                hover="<br>".join(text for text in hover if text),
                is_chosen=d.document_id == chosen,
                is_expired=bool(d.is_expired),
                is_known_by_number_only=d.known_by == "citation",
            )
        )
    return tuple(boxes)


def graph_relations(citations: pd.DataFrame) -> tuple[GraphRelation, ...]:
    """The arrows of a graph."""
    return tuple(
        GraphRelation(str(c.document_id), str(c.cited_id), str(c.relation))
        for c in citations.itertuples()
    )


def _context(run: Run, title: str, documents: pd.DataFrame) -> FigureContext:
    lang = run.view.lang
    context = figure_context(run, title, source_ids=source_ids_of(documents))
    expired = int(documents["is_expired"].sum())
    signs = ((word("document.expired_sign", lang), word("document.expired", lang), expired),)
    return replace(context, legend=signs if expired else ())


def citation_table(run: Run, citations: pd.DataFrame) -> pd.DataFrame:
    """One row per citation: who cites, how, which document, whether that has expired, where."""
    lang = run.view.lang
    documents = load_documents(run)
    citing = documents.loc[citations["document_id"]]
    cited = documents.loc[citations["cited_id"]]
    return pd.DataFrame(
        {
            word("document.column.citing", lang): [
                number_text(d, lang) for d in citing.itertuples()
            ],
            word("column.province", lang): [text_or_blank(n) for n in citing["province_name"]],
            word("column.issued", lang): dates_or_none(citing["issued_date"]),
            word("document.column.relation", lang): [
                word(f"document.relation.{r}", lang) for r in citations["relation"]
            ],
            word("document.column.cited", lang): [number_text(d, lang) for d in cited.itertuples()],
            word("document.column.cited_date", lang): [
                day_text(d, lang) for d in cited.itertuples()
            ],
            word("column.flags", lang): [
                word("document.expired", lang) if is_expired else ""
                for is_expired in cited["is_expired"]
            ],
            word("column.section", lang): [text_or_blank(s) for s in citations["section"]],
        }
    ).reset_index(drop=True)

"""The page of documents: the list, or the one document that the address chooses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.documents.card import render_card
from dashboard.documents.citations import (
    cited_by_counts,
    relations_of,
    relations_of_province,
)
from dashboard.documents.found import (
    address_of,
    chosen_document,
    document_search,
    load_documents,
)
from dashboard.documents.full_text import render_full_text
from dashboard.documents.listing import render_list, render_rows, render_search
from dashboard.documents.relations import render_relations
from dashboard.documents.text_results import render_text_results
from dashboard.documents.uses import document_uses, use_table
from dashboard.documents.wording import number_text
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.tabs import render_tabs
from dashboard.view import view_link
from dashboard.words import escape_markdown, format_number, sort_key, word

MOST_CITED: Final = 8


def render_documents_page(run: Run) -> None:
    """The chosen document with what surrounds it, else the list and the relations below it."""
    chosen = chosen_document(run)
    if chosen is None:
        _render_all(run)
    else:
        _render_one(run, chosen)


def _render_all(run: Run) -> None:
    lang = run.view.lang
    render_search(run)
    render_text_results(run, key="documents_texts")
    render_list(run, key="documents_list")
    tabs: dict[str, Callable[[], None]] = {}
    if run.view.province:
        tabs[word("page.documents.graph", lang)] = partial(_render_province_graph, run)
    tabs[word("page.documents.most_cited", lang)] = partial(_render_most_cited, run)
    render_tabs("documents_tabs", tabs)


def _render_province_graph(run: Run) -> None:
    lang = run.view.lang
    name = run.facts.provinces[run.view.vintage][str(run.view.province)].name
    citations = kept_for(run, "province relations", partial(relations_of_province, run))
    if citations.empty:
        st.info(word("document.graph_none_of_province", lang, province=name))
        return
    title = word("document.graph_of_province", lang, province=name)
    render_relations(run, citations, key="documents_province_graph", title=title, chosen=None)


def _render_most_cited(run: Run) -> None:
    """The documents that most others rest on, each a way into its graph."""
    lang = run.view.lang
    st.caption(word("document.most_cited_note", lang))
    lines = kept_for(run, "most cited", partial(_most_cited_lines, run))
    st.markdown("\n".join(lines) or word("document.graph_none", lang))


def _most_cited_lines(run: Run) -> list[str]:
    lang, counts = run.view.lang, cited_by_counts(run)
    cited = list(load_documents(run).loc[list(counts)].itertuples())
    cited.sort(key=lambda r: (-counts[r.document_id], sort_key(number_text(r, lang))))
    lines = []
    for r in cited[:MOST_CITED]:
        text = word(
            "document.most_cited_line",
            lang,
            number=escape_markdown(number_text(r, lang)),
            count=format_number(counts[r.document_id], lang),
            state=f" · {word('document.expired', lang)}" if r.is_expired else "",
            link=view_link("documents", run.view, run.facts, q=address_of(run, r.document_id)),
        )
        lines.append(f"- {text}")
    return lines


def _render_one(run: Run, chosen: Any) -> None:
    lang, document_id = run.view.lang, str(chosen.document_id)
    number = number_text(chosen, lang)
    citations = kept_for(run, "document relations", partial(relations_of, run, document_id))
    search = document_search(run)
    if chosen.is_on_file and search.at:
        # Who comes for a passage wants to read it first.
        st.markdown(f"**{escape_markdown(word('document.card_title', lang, number=number))}**")
        render_full_text(run, document_id, number)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        render_card(run, chosen, key="document_card")
    with right:
        st.subheader(word("page.documents.graph", lang), anchor=False)
        if citations.empty:
            st.info(word("document.graph_none", lang))
        else:
            title = word("document.graph_of", lang, number=number)
            render_relations(run, citations, key="document_graph", title=title, chosen=document_id)
    if chosen.is_on_file and not search.at:
        render_full_text(run, document_id, number)
    uses = document_uses(run, document_id)
    tabs: dict[str, Callable[[], None]] = {}
    if not uses.empty:
        label = word("page.documents.uses", lang, count=format_number(len(uses), lang))
        tabs[label] = partial(_render_uses, run, uses, number)
    others = _others(run, chosen)
    if not others.empty:
        tabs[word("page.documents.others", lang)] = partial(
            render_rows, run, others, key="documents_others"
        )
    if tabs:
        render_tabs("document_tabs", tabs)


def _render_uses(run: Run, uses: pd.DataFrame, number: str) -> None:
    lang = run.view.lang
    table = kept_for(run, "document use table", partial(use_table, uses, lang))
    render_table(table, lang, key="document_uses_rows")
    title = word("document.uses_of", lang, number=number)
    context = figure_context(run, title, source_ids=())
    render_under_figure("document_uses", context, {}, None, table=lambda: table)


def _others(run: Run, chosen: Any) -> pd.DataFrame:
    """The other documents of its province; of a national one those of its issuing body."""
    rows = load_documents(run)
    name = "province_name" if isinstance(chosen.province_name, str) else "issuing_body"
    same = rows[name] == getattr(chosen, name)
    if name == "issuing_body":
        same &= rows["province_name"].isna()
    return rows[same & (rows["document_id"] != chosen.document_id)].head(20)

"""The list of documents: search, filters, order, a page of rows, downloads of all of them."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.documents.found import (
    SORTS,
    address_of,
    document_search,
    document_years,
    find_documents,
    later_count,
    sorted_places,
    used_text,
)
from dashboard.documents.search import FILTERS, DocumentSearch
from dashboard.documents.text_hits import found_in_texts
from dashboard.documents.wording import (
    dated_text,
    issuer_text,
    number_text,
    province_text,
    source_ids_of,
    state_text,
    strength_text,
)
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, current_run, set_view
from dashboard.kept import kept_for
from dashboard.tables import dates_or_none, first_address, flag_text
from dashboard.view import view_link
from dashboard.words import format_date, format_number, word

PAGE_ROWS: Final = 20


def document_table(documents: pd.DataFrame, lang: str, *, has_source: bool) -> pd.DataFrame:
    """One row per document, all columns in words; the index is the document's id."""
    rows = list(documents.itertuples())
    table = {
        word("column.number", lang): [number_text(r, lang) for r in rows],
        word("column.kind", lang): [word(f"document.kind.{r.kind}", lang) for r in rows],
        word("column.issued", lang): dates_or_none(documents["issued_date"]),
        word("column.issuer", lang): [issuer_text(r) for r in rows],
        word("column.province", lang): [province_text(r, lang) for r in rows],
        word("column.strength", lang): [strength_text(r, lang) for r in rows],
        word("column.counts_from", lang): dates_or_none(documents["counts_from_date"]),
        word("document.column.state", lang): [state_text(r, lang) for r in rows],
        word("document.column.used_in", lang): [used_text(r.used_in, lang) for r in rows],
        word("column.flags", lang): [flag_text(r.flags, lang) for r in rows],
    }
    if has_source:
        table[word("column.source", lang)] = [first_address(r.source_url) for r in rows]
    return pd.DataFrame(table).set_index(documents["document_id"])


def short_table(documents: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per document, as the page shows it: what tells documents apart, and how known."""
    rows = list(documents.itertuples())
    return pd.DataFrame(
        {
            word("column.number", lang): [number_text(r, lang) for r in rows],
            word("column.kind", lang): [word(f"document.kind.{r.kind}", lang) for r in rows],
            word("document.column.date", lang): [dated_text(r, lang) for r in rows],
            word("column.issuer", lang): [issuer_text(r) for r in rows],
            word("column.province", lang): [province_text(r, lang) for r in rows],
            word("column.strength", lang): [strength_text(r, lang) for r in rows],
            word("document.column.used_in", lang): [used_text(r.used_in, lang) for r in rows],
        }
    )


def render_search(run: Run) -> None:
    """Words and filters; each change goes to the address, and the widgets follow it."""
    search, lang = document_search(run), run.view.lang
    with st.container(key="documents_search", horizontal=True, vertical_alignment="bottom"):
        key = _follow("words", search.words, lang)
        st.text_input(
            word("document.search", lang),
            key=key,
            placeholder=word("document.search_hint", lang),
            on_change=partial(_apply, "words", key),
            width=300,
        )
        for name, values in FILTERS.items():
            key = _follow(name, getattr(search, name) or None, lang)
            st.selectbox(
                word(f"document.filter.{name}", lang),
                document_years(run) if name == "year" else values,
                index=None,
                format_func=partial(_filter_label, name, lang),
                key=key,
                placeholder=word("document.filter_all", lang),
                on_change=partial(_apply, name, key),
                width=170,
            )


def _filter_label(name: str, lang: str, value: str) -> str:
    if name == "year":
        return value
    if name == "kind":
        return word(f"document.kind.{value}", lang)
    return word(f"document.{name}.{value}", lang)


def _follow(name: str, value: str | None, lang: str) -> str:
    """Make a widget show what the address says; returns its key."""
    key = f"documents_{name}_{lang}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _apply(name: str, key: str) -> None:
    search = document_search(current_run())
    set_view(q=search.with_filter(name, st.session_state[key] or "").text())


def count_line(run: Run, found: pd.DataFrame) -> str:
    """How many documents are shown, how many of them undated, and that later ones exist."""
    view, lang, count = run.view, run.view.lang, len(found)
    undated = int(found["counts_from_date"].isna().sum())
    parts = [
        word(
            "document.count",
            lang,
            count=format_number(count, lang),
            date=format_date(view.as_of, lang),
            undated=format_number(undated, lang),
        )
    ]
    if not view.province and not view.route and (later := later_count(run)):
        link = view_link("documents", view, run.facts, as_of=run.facts.newest_evidence)
        parts.append(word("document.later", lang, count=format_number(later, lang), link=link))
    return " ".join([*parts, word("document.choose_row", lang)] if count else parts)


def render_list(run: Run, *, key: str) -> None:
    """A page of the documents found, in the chosen order; a row chooses its document."""
    lang, found = run.view.lang, find_documents(run)
    if document_search(run).words:
        st.subheader(word("document.by_name", lang), anchor=False)
    with st.container(key=f"{key}_order", horizontal=True, vertical_alignment="bottom"):
        st.caption(kept_for(run, "document count", lambda: count_line(run, found)))
        if not found.empty:
            order, page = _render_order(len(found), lang, key)
    if found.empty:
        _render_nothing(run)
        return
    places = kept_for(run, f"documents by {order}", partial(sorted_places, found, order, lang))
    shown = found.iloc[places[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]]
    render_rows(run, shown, key=f"{key}_rows_{order}_{page}")
    title = word("page.documents.list", lang)
    context = kept_for(
        run,
        "documents context",
        lambda: figure_context(run, title, source_ids=source_ids_of(found)),
    )

    def all_rows() -> pd.DataFrame:
        return document_table(found.iloc[places], lang, has_source=True)

    render_under_figure(key, context, {}, None, table=all_rows)


def _render_order(count: int, lang: str, key: str) -> tuple[str, int]:
    """The order and the page of rows; neither changes what is found, so no address holds them."""
    pages = -(-count // PAGE_ROWS)
    order = st.selectbox(
        word("document.sort", lang),
        SORTS,
        format_func=lambda name: word(f"document.sort_by.{name}", lang),
        key=f"{key}_sort_{lang}",
        width=220,
    )
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                word("document.page", lang, pages=format_number(pages, lang)),
                min_value=1,
                max_value=pages,
                key=f"{key}_page_{lang}_{pages}",
                width=150,
            )
        )
    return order, page


def render_rows(run: Run, documents: pd.DataFrame, *, key: str) -> None:
    """Some documents as a short table; a chosen row chooses its document."""
    lang = run.view.lang
    st.dataframe(
        short_table(documents, lang),
        hide_index=True,
        height=min(len(documents), PAGE_ROWS) * 35 + 38,
        key=key,
        on_select=partial(_choose_row, run, key, [str(i) for i in documents["document_id"]]),
        selection_mode="single-row",
        placeholder="",
    )


def _choose_row(run: Run, key: str, document_ids: list[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        set_view(q=address_of(run, document_ids[rows[0]]))


def _render_nothing(run: Run) -> None:
    """What is not known, and what to do."""
    lang, view = run.view.lang, run.view
    search = document_search(run)
    if search.words and not found_in_texts(run).empty:
        st.caption(word("document.none_by_name", lang))
        return
    only_bar = search.is_empty and bool(view.province or view.route)
    st.info(
        word("document.none_of_province" if only_bar else "document.none_found", lang),
        icon=":material/search_off:",
    )
    if not search.is_empty:
        st.button(
            word("document.clear_search", lang),
            key="documents_clear",
            icon=":material/close:",
            on_click=_clear_search,
        )


def _clear_search() -> None:
    set_view(q=DocumentSearch().text())

"""What a search finds in the texts of documents: each with the passage and the words marked."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.documents.found import document_search
from dashboard.documents.search import DocumentSearch
from dashboard.documents.text_hits import Excerpt, excerpt, found_in_texts
from dashboard.documents.wording import dated_text, number_text, province_text
from dashboard.filters import Run
from dashboard.highlight import excerpt_html
from dashboard.queries.documents import query_document_texts
from dashboard.view import view_link
from dashboard.words import escape_markdown, format_number, word
from domain.searching import search_terms

PAGE_RESULTS: Final = 8


def render_text_results(run: Run, *, key: str) -> None:
    """The documents whose text has all the words looked for; nothing without words."""
    lang, search = run.view.lang, document_search(run)
    terms = search_terms(search.words)
    if not terms:
        return
    found = found_in_texts(run)
    with st.container(key=key):
        st.subheader(word("document.text.results", lang), anchor=False)
        st.caption(count_line(run, found))
        if found.empty:
            return
        shown = found.iloc[_first(len(found), lang, key) :][:PAGE_RESULTS]
        texts = query_document_texts(run.snapshot, shown["document_id"].tolist())
        by_id = dict(zip(texts["document_id"], texts["stored_text"], strict=True))
        for document in shown.itertuples():
            part = excerpt(by_id[document.document_id], terms)
            if part is not None:
                st.markdown(result_line(run, document, part))
                st.html(excerpt_html(part.text, part.marks))


def _first(count: int, lang: str, key: str) -> int:
    """Which result is the first of the page that is looked at."""
    pages = -(-count // PAGE_RESULTS)
    if pages == 1:
        return 0
    page = st.number_input(
        word("document.page", lang, pages=format_number(pages, lang)),
        min_value=1, max_value=pages, key=f"{key}_page_{lang}_{pages}", width=150,
    )  # fmt: skip
    return (int(page) - 1) * PAGE_RESULTS


def count_line(run: Run, found: pd.DataFrame) -> str:
    """How many texts have the words, and that later ones have them, too."""
    lang, later = run.view.lang, found.attrs.get("later", 0)
    key = "document.text.count" if len(found) else "document.text.none"
    parts = [word(key, lang, count=format_number(len(found), lang))]
    if later:
        link = view_link("documents", run.view, run.facts, as_of=run.facts.newest_evidence)
        parts.append(word("document.later", lang, count=format_number(later, lang), link=link))
    return " ".join(parts)


def result_line(run: Run, document: Any, part: Excerpt) -> str:
    """Number as a link to the passage, kind, day, province, and how often the words stand in it."""
    lang, search = run.view.lang, document_search(run)
    chosen = {**vars(search), "document_id": str(document.document_id), "at": part.place}
    link = view_link("documents", run.view, run.facts, q=DocumentSearch(**chosen).text())
    texts = [
        word(f"document.kind.{document.kind}", lang),
        dated_text(document, lang),
        province_text(document, lang),
        word("document.text.times", lang, count=format_number(part.count, lang)),
    ]
    number = escape_markdown(number_text(document, lang))
    return f"[**{number}**]({link}) · " + " · ".join(escape_markdown(t) for t in texts)

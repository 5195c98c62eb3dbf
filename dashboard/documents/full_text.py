"""The full text of a document beside the passages that were read in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.documents.found import document_search
from dashboard.documents.search import DocumentSearch, Place
from dashboard.filters import Run, current_run, set_view
from dashboard.highlight import Passage, text_frame
from dashboard.kept import kept_for
from dashboard.queries.documents import query_document_passages, query_document_texts
from dashboard.tables import text_or_blank
from dashboard.words import escape_markdown, format_number, has_word, word
from domain.searching import find_terms, search_terms

# How much of a very long text is shown at once, in characters.
MOST_SHOWN: Final = 300_000
_END: Final = "end"  # the last lines of a document
QUOTE: Final = 160  # characters of a passage in a row


def render_full_text(run: Run, document_id: str, number: str) -> None:
    """Passages to choose from, and the text with all of them marked; nothing without a text."""
    texts = query_document_texts(run.snapshot, [document_id])
    if texts.empty:
        return
    lang, text = run.view.lang, str(texts["stored_text"].iloc[0])
    st.subheader(word("document.text.title", lang), anchor=False)
    search = document_search(run)
    passages = kept_for(run, "document passages", lambda: passage_rows(run, document_id))
    left, right = st.columns([7, 5], gap="medium")  # on a phone the text comes first
    with left:
        _render_text(run, text, passages, search, number)
    with right:
        _render_passages(run, passages)


def passage_rows(run: Run, document_id: str) -> pd.DataFrame:
    """One row per passage: section, start, end, quote, `lists` (what was read) and `label`."""
    found = query_document_passages(run.snapshot, document_id)
    lang = run.view.lang
    rows = []
    for (start, end), group in found.groupby(["start_offset", "end_offset"], sort=True):
        first = group.iloc[0]
        rows.append(
            {
                "section": section_text(first["section"], lang),
                "start": int(start),
                "end": int(end),
                "quote": str(first["quote"]),
                "lists": tuple(dict.fromkeys(group["list"])),
                "label": passage_label(group, lang),
            }
        )
    columns = ["section", "start", "end", "quote", "lists", "label"]
    return pd.DataFrame(rows, columns=columns)


def section_text(section: Any, lang: str) -> str:
    """The place in the document, in words."""
    text = text_or_blank(section)
    return word("page.plans.section_end", lang) if text == _END else text


def passage_label(group: pd.DataFrame, lang: str) -> str:
    """What was read in one passage: kinds, with provinces, numbers or doubts behind a colon."""
    parts = []
    for name, rows in group.groupby("list", sort=False):
        details = [_detail(str(name), row, lang) for row in rows.itertuples()]
        said = ", ".join(dict.fromkeys(d for d in details if d))
        kind = word(f"upload.list.{name}", lang)
        parts.append(f"{kind}: {said}" if said else kind)
    return "; ".join(parts)


def _detail(name: str, row: Any, lang: str) -> str:
    detail = text_or_blank(row.detail)
    if name == "warnings":
        return doubt_text(detail, lang)
    return ", ".join(p for p in (text_or_blank(row.province_name), detail) if p)


def doubt_text(code: str, lang: str) -> str:
    """A doubt of the extraction in words."""
    key = f"doubt.{code}"
    return word(key, lang) if has_word(key, lang) else word("upload.other_doubt", lang)


def _render_passages(run: Run, passages: pd.DataFrame) -> None:
    lang = run.view.lang
    if passages.empty:
        st.info(word("document.text.no_passages", lang), icon=":material/find_in_page:")
        return
    names = sorted({name for names in passages["lists"] for name in names})
    kind = st.selectbox(
        word("document.text.kind", lang),
        names,
        index=None,
        format_func=lambda name: word(f"upload.list.{name}", lang),
        placeholder=word("document.text.all_kinds", lang, count=format_number(len(passages), lang)),
        key=f"document_passage_kind_{lang}",
    )
    shown = passages[[kind is None or kind in names for names in passages["lists"]]]
    st.caption(word("document.text.choose", lang))
    st.dataframe(
        pd.DataFrame(
            {
                word("column.section", lang): shown["section"],
                word("document.text.says", lang): shown["label"],
                word("column.passage", lang): [short(q, QUOTE) for q in shown["quote"]],
            }
        ),
        hide_index=True,
        height=min(len(shown), 14) * 35 + 38,
        column_config={
            word("column.section", lang): st.column_config.TextColumn(width="small"),
        },
        key=f"document_passages_{kind}",
        on_select=partial(
            _choose, f"document_passages_{kind}",
            list(zip(shown["start"].tolist(), shown["end"].tolist(), strict=True)),
        ),
        selection_mode="single-row",
        placeholder="",
    )  # fmt: skip


def _choose(key: str, places: Sequence[Place]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        search = document_search(current_run())
        set_view(q=DocumentSearch(**{**vars(search), "at": places[rows[0]]}).text())


def _render_text(
    run: Run, text: str, passages: pd.DataFrame, search: DocumentSearch, number: str
) -> None:
    lang = run.view.lang
    place = search.at if search.at and search.at[0] < search.at[1] <= len(text) else None
    if search.at and place is None:
        st.warning(word("document.text.other_text", lang), icon=":material/find_in_page:")
    if place:
        here = passages[(passages["start"] == place[0]) & (passages["end"] == place[1])]
        says = here["label"].iloc[0] if len(here) else word("document.text.found", lang)
        st.markdown(f"**{escape_markdown(says)}**")
        st.markdown("> " + escape_markdown(short(text[slice(*place)], 600)))
    first, last = shown_part(len(text), place)
    if last - first < len(text):
        shown = format_number(last - first, lang)
        st.caption(word("document.text.part", lang, shown=shown,
                        count=format_number(len(text), lang)))  # fmt: skip
    marks = [
        Passage(p.start - first, p.end - first, p.label, (p.start, p.end) == place)
        for p in passages.itertuples()
    ]
    marks += word_marks(text, search, first, lang)
    if place and not any(m.is_chosen for m in marks):
        found = word("document.text.found", lang)
        marks.append(Passage(place[0] - first, place[1] - first, found, True))
    label = word("document.text.label", lang, number=number)
    st.html(text_frame(text[first:last], marks, label))


def word_marks(text: str, search: DocumentSearch, first: int, lang: str) -> list[Passage]:
    """The words that led to the document, where the address still has them."""
    terms = search_terms(search.words) if search.document_id else ()
    label = word("document.text.hit", lang)
    return [Passage(a - first, b - first, label) for a, b, _ in find_terms(text, terms)]


def shown_part(length: int, place: Place | None) -> tuple[int, int]:
    """Which part of a text of so many characters is shown: all, or what surrounds a passage."""
    if length <= MOST_SHOWN:
        return 0, length
    first = max(0, min((place or (0, 0))[0] - MOST_SHOWN // 2, length - MOST_SHOWN))
    return first, first + MOST_SHOWN


def short(text: str, most: int) -> str:
    """A passage on one line, cut behind a word where it is longer than so many characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0] + " …"

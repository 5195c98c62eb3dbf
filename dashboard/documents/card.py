"""The card of one document: all that is known of it, and where it is used."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from dashboard.charts.document_graph import RELATIONS
from dashboard.documents.citations import citations_until
from dashboard.documents.found import document_search, is_later
from dashboard.documents.uses import document_uses, use_lines
from dashboard.documents.wording import number_text, state_text, strength_text
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, current_run, set_view
from dashboard.kept import kept_for
from dashboard.queries import query_contradictions, query_sources
from dashboard.tables import (
    contradiction_table,
    date_or_blank,
    flag_text,
    text_or_blank,
)
from dashboard.view import view_link
from dashboard.words import escape_markdown, format_date, word


def document_facts(run: Run, document: Any) -> list[tuple[str, str]]:
    """All facts of a document as (label, text), those that are not known left out."""
    lang = run.view.lang
    facts = [
        (word("column.kind", lang), word(f"document.kind.{document.kind}", lang)),
        (word("column.title", lang), text_or_blank(document.title)),
        (word("column.issuer", lang), text_or_blank(document.issuing_body)),
        (
            word("document.filter.level", lang),
            word(f"document.level.{document.issuer_level}", lang),
        ),
        (word("column.province", lang), _province_text(run, document)),
        (
            word("column.issued", lang),
            date_or_blank(document.issued_date, lang) or word("document.date_not_known", lang),
        ),
        (word("document.column.effective", lang), date_or_blank(document.effective_date, lang)),
        (word("column.counts_from", lang), _counts_from_text(document, lang)),
        (word("column.strength", lang), strength_text(document, lang)),
        (word("document.column.known_by", lang), _known_by_text(run, document)),
        (
            word("document.filter.file", lang),
            word("document.file.yes" if document.is_on_file else "document.file.no", lang),
        ),
        (word("document.column.state", lang), state_text(document, lang)),
        (word("column.flags", lang), flag_text(document.flags, lang)),
    ]
    return [(label, text) for label, text in facts if text]


def _province_text(run: Run, document: Any) -> str:
    """The province, with the unit of 2025 that it became part of where that is looked at."""
    name = text_or_blank(document.province_name)
    code = text_or_blank(document.province_code_gso)
    unit = run.facts.provinces[run.view.vintage].get(code)
    if unit is None or unit.name == name or not name:
        return name
    return word("document.province_now", run.view.lang, name=name, unit=unit.name)


def _counts_from_text(document: Any, lang: str) -> str:
    day = date_or_blank(document.counts_from_date, lang)
    if not day:
        return word("document.counts_from_nothing", lang)
    return f"{day} ({word(f'basis.{document.date_basis}', lang)})"


def _known_by_text(run: Run, document: Any) -> str:
    """In which data a document is listed, or what alone names it."""
    lang = run.view.lang
    if document.known_by != "document":
        return word(f"document.known_by.{document.known_by}", lang)
    sources = query_sources(run.snapshot).set_index("source_id")
    if document.source_id not in sources.index:
        return word("document.known_by.reference", lang)
    title = sources.at[document.source_id, "title" if lang == "vi" else "title_en"]
    return text_or_blank(title)


def facts_table(run: Run, document: Any) -> pd.DataFrame:
    """The card as a table of labels and texts, with its address."""
    lang = run.view.lang
    facts = [(word("column.number", lang), number_text(document, lang))]
    facts += document_facts(run, document)
    facts += [(word("column.source", lang), url) for url in _addresses(document)]
    return pd.DataFrame(
        facts, columns=[word("document.column.fact", lang), word("column.value", lang)]
    )


def _addresses(document: Any) -> list[str]:
    parts = text_or_blank(document.source_url).split(" | ")
    return [part.strip() for part in parts if part.strip()]


def render_card(run: Run, document: Any, *, key: str) -> None:
    """The card, with a way back to the list."""
    lang = run.view.lang
    st.button(
        word("document.back", lang), key=f"{key}_back", icon=":material/arrow_back:",
        type="tertiary", on_click=_back_to_list,
    )  # fmt: skip
    with st.container(border=True, key=f"{key}_card"):
        st.subheader(escape_markdown(number_text(document, lang)), anchor=False)
        if is_later(document, run.view.as_of):
            st.warning(_later_text(run, document), icon=":material/event_upcoming:")
        if document.is_expired:
            st.warning(word("document.expired_note", lang), icon=":material/event_busy:")
        st.markdown(kept_for(run, "document card", partial(_card_text, run, document)))
    title = word("document.card_title", lang, number=number_text(document, lang))
    context = kept_for(
        run,
        "document card context",
        lambda: figure_context(run, title, source_ids=(str(document.source_id),)),
    )
    render_under_figure(key, context, {}, None, table=partial(facts_table, run, document))


def _back_to_list() -> None:
    set_view(q=document_search(current_run()).without_choice().text())


def _later_text(run: Run, document: Any) -> str:
    lang = run.view.lang
    day = pd.Timestamp(document.counts_from_date).date()
    link = view_link("documents", run.view, run.facts, as_of=day)
    return word(
        "document.is_later",
        lang,
        date=format_date(day, lang),
        as_of=format_date(run.view.as_of, lang),
        link=link,
    )


def _card_text(run: Run, document: Any) -> str:
    lang = run.view.lang
    lines = [
        f"{escape_markdown(label)}: **{escape_markdown(text)}**  "
        for label, text in document_facts(run, document)
    ]
    links = [
        f"[{escape_markdown(urlsplit(url).netloc)}](<{url.replace('>', '%3E')}>)"
        for url in _addresses(document)
        if url.startswith(("http://", "https://"))
    ]
    source = ", ".join(links) or f"**{word('document.no_address', lang)}**"
    lines.append(f"{word('column.source', lang)}: {source}")
    uses = cited_lines(run, str(document.document_id))
    uses += use_lines(run, document_uses(run, str(document.document_id)))
    lines += ["", f"**{word('document.uses', lang)}**", ""]
    lines += uses or [word("document.uses_none", lang)]
    contradictions = contradiction_lines(run, document)
    if contradictions:
        lines += ["", f"**{word('evidence.contradiction', lang)}**", "", *contradictions]
    return "\n".join(lines)


def cited_lines(run: Run, document_id: str) -> list[str]:
    """How many documents rest on it, carry it out and so on, on the as-of date."""
    found = citations_until(run)
    relations = found.loc[found["cited_id"] == document_id, "relation"].value_counts()
    return [
        "- " + word(f"document.cited_as.{relation}", run.view.lang, count=relations[relation])
        for relation in RELATIONS
        if relation in relations
    ]


def contradiction_lines(run: Run, document: Any) -> list[str]:
    """The contradictions in which the document is one side, both versions in each line."""
    lang, view = run.view.lang, run.view
    number = text_or_blank(document.document_number)
    found = query_contradictions(run.snapshot, view.vintage, view.as_of)
    sides = (found["stated_number"] == number) | (found["contradicted_by_number"] == number)
    code = text_or_blank(document.province_code_gso)
    if code:
        sides &= found["province_code_gso"] == code
    table = contradiction_table(found[sides] if number else found.iloc[:0], lang)
    stated, other = word("column.stated", lang), word("column.contradicted_by", lang)
    province = word("column.province", lang)
    return [
        f"- {escape_markdown(str(r[province]))}: {escape_markdown(str(r[stated]))} ↔ "
        f"{escape_markdown(str(r[other]))}"
        for r in table.to_dict("records")
    ]

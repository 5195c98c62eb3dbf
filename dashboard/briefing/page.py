"""The briefing page: choose, read and reword, look at every page, make the files, take them."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any, Final

import streamlit as st

from dashboard.briefing.build import build_briefing, sections_of
from dashboard.briefing.bundle import FORMATS, Made, make_files
from dashboard.briefing.chosen import chosen_figures, remove
from dashboard.briefing.content import Briefing, Item, edited
from dashboard.briefing.preview import page_images
from dashboard.briefing.scope import COUNTRY, KINDS, PROVINCE, PROVINCES, ROUTE, Scope
from dashboard.filters import Run
from dashboard.quality.snapshots import readable_snapshots, snapshot_label
from dashboard.view import ROUTES
from dashboard.warehouse import NoSnapshot, Snapshot
from dashboard.words import format_date, format_number, word
from domain.errors import TtdnError

MADE: Final = "briefing_made"  # of the session: what was made last, and from what
DEFAULT_FORMATS: Final = ("docx", "pptx", "pdf", "xlsx")
_MOST_WORDS: Final = 7  # of a file's name on its button
_log = logging.getLogger(__name__)


def render_briefing_page(run: Run) -> None:
    """Choices on the left, the briefing's words on the right, pages and files below."""
    lang = run.view.lang
    st.caption(word("briefing.page.intro", lang, date=format_date(run.view.as_of, lang)))
    left, right = st.columns([4, 8], gap="medium")
    with left:
        scope = _choose_scope(run)
        before = _choose_snapshot(run)
        sections = _choose_sections(run, scope, before)
        formats = _choose_formats(lang)
        due = _choose_due(lang) if "letters" in formats else None
    if scope is None:
        st.info(word("briefing.page.no_scope", lang), icon=":material/info:")
        return
    chosen = _chosen_items()
    try:
        content = build_briefing(run, scope, sections, before, chosen)
    except NoSnapshot as error:
        _log.warning("snapshot cannot be compared: %s", error)
        st.warning(word("quality.other_structure", lang), icon=":material/warning:")
        content = build_briefing(run, scope, sections, None, chosen)
        before = None
    with right:
        st.subheader(content.title, anchor=False)
        words, pages = st.tabs(
            [word("briefing.page.words", lang), word("briefing.page.preview", lang)]
        )
    with words:
        texts = _render_words(content, lang)
    # What was made stays for the session; other choices make it old, and that is said.
    state = (
        run.snapshot.id, run.view, str(scope), tuple(sections), tuple(formats),
        before and before.id, due, tuple(sorted(texts.items())), tuple(chosen_figures()),
    )  # fmt: skip
    with left:
        _render_chosen(lang)
        wanted = st.button(
            word("briefing.page.make", lang), key="briefing_make", type="primary",
            icon=":material/draft:", disabled=not formats, width="stretch",
        )  # fmt: skip
        if wanted:
            made = _make(run, scope, content, texts, formats, due)
            if made is not None:
                st.session_state[MADE] = (state, made)
        _render_files(state, lang)
    with pages:
        _render_pages(lang)


def _choose_scope(run: Run) -> Scope | None:
    """The scope; what the common bar filters by is what is offered first."""
    view, lang = run.view, run.view.lang
    units = {unit.code: unit.name for unit in run.facts.names(view.vintage)}
    first = PROVINCE if view.province else ROUTE if view.route else COUNTRY
    kind = st.segmented_control(
        word("briefing.page.scope", lang), KINDS, default=first,
        format_func=lambda name: word(f"briefing.page.kind_{name}", lang),
        key=f"briefing_kind_{first}", required=True,
    )  # fmt: skip
    if kind == ROUTE:
        route = st.selectbox(
            word("briefing.page.which_route", lang), ROUTES,
            index=ROUTES.index(view.route) if view.route else 0,
            format_func=lambda name: word(f"route.{name}", lang),
            key=f"briefing_route_{view.route}",
        )  # fmt: skip
        return Scope(ROUTE, route=route)
    if kind == PROVINCE:
        codes = list(units)
        code = st.selectbox(
            word("briefing.page.which_province", lang), codes,
            index=codes.index(view.province) if view.province else None,
            placeholder=word("briefing.page.choose", lang), format_func=lambda c: units[c],
            key=f"briefing_province_{view.vintage}_{view.province}",
        )  # fmt: skip
        return Scope(PROVINCE, codes=(code,)) if code else None
    if kind == PROVINCES:
        found = st.multiselect(
            word("briefing.page.which_provinces", lang), list(units),
            format_func=lambda c: units[c],
            placeholder=word("briefing.page.choose", lang),
            key=f"briefing_provinces_{view.vintage}",
        )  # fmt: skip
        if not found:
            return None
        return Scope(PROVINCES if len(found) > 1 else PROVINCE, codes=tuple(found))
    return Scope(COUNTRY)


def _choose_snapshot(run: Run) -> Snapshot | None:
    """An earlier snapshot to compare with, where one is kept."""
    lang = run.view.lang
    others = [s for s in readable_snapshots(run) if s.id != run.snapshot.id]
    if not others:
        return None
    labels = {s.id: snapshot_label(s, lang) for s in others}
    chosen = st.selectbox(
        word("briefing.page.before", lang), list(labels), index=None,
        format_func=lambda name: labels[name], placeholder=word("briefing.page.no_before", lang),
        key="briefing_before",
    )  # fmt: skip
    return next((s for s in others if s.id == chosen), None)


def _choose_sections(run: Run, scope: Scope | None, before: Snapshot | None) -> list[str]:
    """Which parts to write; "chosen" comes with the chosen figures, sources always."""
    lang = run.view.lang
    possible = sections_of(run, scope or Scope(COUNTRY), before)
    offered = [name for name in possible if name not in ("chosen", "sources")]
    return st.pills(
        word("briefing.page.sections", lang), offered, selection_mode="multi", default=offered,
        format_func=lambda name: word(f"briefing.page.section_{name}", lang),
        key=f"briefing_sections_{'_'.join(offered)}",
        wrap=True,
    )  # fmt: skip


def _choose_formats(lang: str) -> list[str]:
    return st.pills(
        word("briefing.page.formats", lang), FORMATS, selection_mode="multi",
        default=[name for name in FORMATS if name in DEFAULT_FORMATS],
        format_func=lambda name: word(f"briefing.page.format_{name}", lang),
        key="briefing_formats",
        wrap=True,
    )  # fmt: skip


def _choose_due(lang: str) -> date | None:
    """By when the letters ask for an answer; left blank in the letters where it is not given."""
    return st.date_input(
        word("briefing.page.due", lang), value=None, format="DD/MM/YYYY", key="briefing_due",
        help=word("briefing.page.due_help", lang),
    )  # fmt: skip


def _chosen_items() -> list[Item]:
    items: list[Item] = []
    for number, figure in enumerate(chosen_figures().values(), 1):
        items += figure.items(number)
    return items


def _render_chosen(lang: str) -> None:
    """The figures that were put in on other pages, each with a way out."""
    figures = chosen_figures()
    if not figures:
        st.caption(word("briefing.page.no_chosen", lang))
        return
    st.markdown(f"**{word('briefing.page.chosen', lang, count=len(figures))}**")
    for number, (key, figure) in enumerate(figures.items()):
        st.button(
            figure.context.title, key=f"briefing_remove_{number}", icon=":material/close:",
            type="tertiary", on_click=remove, args=(key,),
            help=word("briefing.chosen.take_out", lang),
        )  # fmt: skip


def _render_words(content: Briefing, lang: str) -> dict[str, str]:
    """Every finding as a text that can be changed; the changed ones by key."""
    st.caption(word("briefing.page.edit_note", lang))
    texts: dict[str, str] = {}
    shown: set[str] = set()
    for section in content.sections:
        findings = [f for f in section.findings if f.key not in shown]
        if not findings:
            continue
        with st.expander(section.heading, expanded=section.key == "summary"):
            for finding in findings:
                shown.add(finding.key)
                said = st.text_area(
                    finding.key, finding.text, label_visibility="collapsed", height="content",
                    key=f"briefing_text_{finding.key}_{hash(finding.text)}",
                )  # fmt: skip
                if " ".join(said.split()) != finding.text:
                    texts[finding.key] = said
    if texts:
        count = format_number(len(texts), lang)
        st.caption(f":material/edit: {word('briefing.page.edited', lang, count=count)}")
    return texts


def _make(
    run: Run,
    scope: Scope,
    content: Briefing,
    texts: dict[str, str],
    formats: list[str],
    due: date | None,
) -> Made | None:
    """All files with a bar; what fails is said and leaves nothing behind."""
    lang = run.view.lang
    bar = st.progress(0.0, text=word("briefing.page.making", lang))

    def progress(done: int, total: int, what: str) -> None:
        bar.progress(done / max(total, 1), text=word(f"briefing.progress.{what}", lang))

    try:
        return make_files(run, scope, formats, content=edited(content, texts), due=due,
                          progress=progress)  # fmt: skip
    except (TtdnError, OSError, RuntimeError) as error:
        _log.exception("briefing not made")
        st.error(word("briefing.page.failed", lang, error=type(error).__name__))
        return None
    finally:
        bar.empty()


def _render_files(state: Any, lang: str) -> None:
    """The files to take, what is missing and why, and whether the choices have changed since."""
    if MADE not in st.session_state:
        return
    made_from, made = st.session_state[MADE]
    st.subheader(word("briefing.page.files", lang), anchor=False)
    if made_from != state:
        st.warning(word("briefing.page.old", lang), icon=":material/history:")
    for reason in made.missing:
        st.warning(reason, icon=":material/warning:")
    for name, content in made.files.items():
        st.download_button(
            f"{_label(name, lang)} · {_size(len(content), lang)}",
            data=content, file_name=name, key=f"briefing_file_{name}", help=name,
            icon=":material/download:", on_click="ignore", width="stretch",
        )  # fmt: skip


def _label(name: str, lang: str) -> str:
    """What a file is: the report in one of its formats, or the beginning of its name."""
    stem, _, kind = name.rpartition(".")
    if stem.startswith(word("briefing.title", lang, scope="").strip(" :").replace(" ", "-")):
        return word(f"briefing.page.format_{kind}", lang)
    return " ".join(stem.partition("_")[0].split("-")[:_MOST_WORDS])


def _size(count: int, lang: str) -> str:
    """Bytes as people read them."""
    if count < 1_000_000:
        return f"{format_number(max(count / 1000, 1), lang)} KB"
    return f"{format_number(count / 1_000_000, lang, 1)} MB"


def _render_pages(lang: str) -> None:
    """Every page of the PDF as it will look."""
    made = st.session_state[MADE][1] if MADE in st.session_state else None
    pages = page_images(made.files) if made else []
    if not pages:
        st.caption(word("briefing.page.no_preview", lang))
        return
    # Two pages a row; a width in pixels would have them made smaller, and unreadable.
    for first in range(0, len(pages), 2):
        for place, column in enumerate(st.columns(2, gap="small"), first):
            if place < len(pages):
                name = word("briefing.page.page", lang, number=place + 1)
                column.image(pages[place], caption=name, width="stretch")

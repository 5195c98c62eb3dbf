"""The profile of the chosen unit: one screen of statuses and maps, the rest in tabs or on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.filters import Run, set_view
from dashboard.province.budget import render_budget
from dashboard.province.comparison import render_comparison
from dashboard.province.contradictions import render_contradictions
from dashboard.province.documents import render_documents
from dashboard.province.maps import has_wide_screen, render_locator, render_surroundings
from dashboard.province.places import render_places
from dashboard.province.sheet import PRINT_SWITCH, Sheet, is_printed
from dashboard.province.statuses import render_status_evidence, render_statuses
from dashboard.province.succession import render_succession, unit_of
from dashboard.province.unknowns import render_unknowns
from dashboard.tabs import render_tabs
from dashboard.words import escape_markdown, format_date, word

PAPER_WIDTH = 700  # px: what an A4 page holds between its margins, at 96 px an inch

Section = Callable[[Run, Sheet], None]
# In the order of a briefing: what exists, what is open, then the context.
SECTIONS: tuple[tuple[str, Section], ...] = (
    ("documents", render_documents),
    ("unknowns", render_unknowns),
    ("contradictions", render_contradictions),
    ("budget", render_budget),
    ("places", render_places),
    ("comparison", render_comparison),
    ("succession", render_succession),
)


def render_profile(run: Run, code: str) -> None:
    """Everything known of one unit, on the screen or laid out for paper."""
    sheet = Sheet(run, code, is_printed())
    if sheet.printed:
        with st.container(key="province_sheet", width=PAPER_WIDTH):
            _render_head(run, sheet)
            _render_paper(run, sheet)
        return
    _render_head(run, sheet)
    if has_wide_screen():
        with st.container(horizontal=True, gap="small"):
            with st.container(width="stretch"):
                render_statuses(run, sheet)
            render_locator(run, sheet)
            render_surroundings(run, sheet)
        render_status_evidence(run, sheet)
    else:
        render_statuses(run, sheet)
        render_status_evidence(run, sheet)
        render_locator(run, sheet)
        render_surroundings(run, sheet)
    lang = run.view.lang
    render_tabs(
        "province_tabs",
        {
            word(f"province.section.{name}", lang): partial(render, run, sheet)
            for name, render in SECTIONS
        },
    )


def _render_paper(run: Run, sheet: Sheet) -> None:
    lang = run.view.lang
    with st.container(horizontal=True, gap="small"):
        with st.container(width="stretch"):
            render_statuses(run, sheet)
        render_locator(run, sheet)
    for name, render in SECTIONS:
        with st.container(key=f"province_paper_{name}"):
            st.subheader(word(f"province.section.{name}", lang), anchor=False)
            if name == "places":
                render_surroundings(run, sheet)
            render(run, sheet)


def _render_head(run: Run, sheet: Sheet) -> None:
    lang = run.view.lang
    st.title(word("province.headline", lang, province=sheet.name), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.caption(_subtitle(run, sheet), width="content")
        with st.container(
            key="province_tools", horizontal=True, vertical_alignment="center", width="content"
        ):
            st.toggle(word("province.print.switch", lang), key=PRINT_SWITCH)
            if sheet.printed:
                st.caption(word("province.print.hint", lang), width="content")
            else:
                st.button(
                    word("province.choose_other", lang),
                    key="province_choose_other",
                    type="tertiary",
                    icon=":material/swap_horiz:",
                    on_click=_clear,
                )


def _clear() -> None:
    set_view(province=None)


def _subtitle(run: Run, sheet: Sheet) -> str:
    """As-of date, vintage, routes, what became of the unit: what the paper says of itself."""
    view, lang = run.view, run.view.lang
    routes = run.facts.provinces[view.vintage][sheet.code].routes
    names = ", ".join(word(f"route.{route}", lang) for route in routes)
    unit = unit_of(run, sheet.code)
    old = run.facts.provinces[2008]
    if view.vintage == 2025:
        parts = ", ".join(old[part].name for part in unit.parts)
        became = word("province.subtitle_parts", lang, parts=parts)
    else:
        became = word("province.subtitle_unit", lang, unit=unit.name)
    pieces = [
        word("download.as_of", lang, date=format_date(view.as_of, lang)),
        word(f"page.vintage_{view.vintage}", lang),
        word("province.subtitle_routes", lang, routes=names)
        if routes
        else word("province.places.no_route", lang),
        became,
    ]
    return escape_markdown(" · ".join(pieces))

"""The page of plans: year, map, guidance letter, counts, and the lower figures behind tabs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.document_figures import render_class_counts
from dashboard.evidence import render_province_evidence
from dashboard.filters import Run, set_view
from dashboard.plans.calendar import render_calendar
from dashboard.plans.related import render_related
from dashboard.plans.reports import render_reports
from dashboard.plans.rows import (
    NONE,
    SOURCES,
    chosen_year,
    letters_by_year,
    plan_records,
    undated_names,
    unit_states,
)
from dashboard.plans.tasks import render_tasks
from dashboard.plans.years import render_year_maps, render_years
from dashboard.province_map import map_title, render_map
from dashboard.statuses import load_statuses
from dashboard.tables import first_address
from dashboard.tabs import render_tabs
from dashboard.words import day_of, escape_markdown, format_date, word
from domain.indicators import ANNUAL_PLAN


def render_plans_page(run: Run) -> None:
    """Everything on the page; without any plan year only other plans and deadlines remain."""
    lang, year = run.view.lang, chosen_year(run)
    st.title(word("page.plans.headline", lang), anchor=False)
    if year is None:
        st.info(word("page.plans.no_years", lang), icon=":material/event_busy:")
        render_related(run)
        return
    _render_year_choice(run, year)
    statuses = load_statuses(run, ANNUAL_PLAN)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.subheader(map_title(statuses, lang), anchor=False)
        render_map(run, statuses, key="plans_map", source_ids=SOURCES)
    with right:
        _render_letter(run, year)
        st.subheader(word("page.counts_title", lang), anchor=False)
        render_class_counts(run, statuses, key="plans_counts")
        _render_known_note(run, year)
        render_province_evidence(run, statuses, key="plans")
    render_tabs(
        "plans_tabs",
        {
            word("page.plans.tab.years", lang): partial(render_years, run),
            word("page.plans.tab.calendar", lang): partial(render_calendar, run, year),
            word("page.plans.tab.maps", lang): partial(render_year_maps, run),
            word("page.plans.tab.tasks", lang): partial(render_tasks, run, year),
            word("page.plans.tab.related", lang): partial(render_related, run),
            word("page.plans.tab.reports", lang): partial(render_reports, run, year),
        },
    )


def _render_year_choice(run: Run, year: int) -> None:
    """One button per plan year; the choice goes to the address."""
    lang, key = run.view.lang, f"plans_year_{run.view.lang}"
    if st.session_state.get(key) != year:
        st.session_state[key] = year
    st.segmented_control(
        word("filter.year", lang),
        sorted(run.facts.years),
        key=key,
        required=True,
        on_change=partial(_choose_year, key),
    )


def _choose_year(key: str) -> None:
    set_view(year=st.session_state[key])


def _render_letter(run: Run, year: int) -> None:
    """The letter that guides the plans of the year, or that none is known."""
    lang, letters = run.view.lang, letters_by_year(run).get(year, [])
    with st.container(border=True, key="plans_letter"):
        if not letters:
            day = format_date(run.view.as_of, lang)
            st.markdown(f"**{word('page.plans.letter_none', lang, year=year)}**")
            st.caption(word("page.plans.letter_none_note", lang, date=day))
            return
        st.markdown(f"**{word('page.plans.letter', lang, year=year)}**")
        plans = plan_records(run, year)
        cited = [number for plan in plans for number in plan["cited_letters"]]
        for letter in letters:
            parts = [
                f"**{escape_markdown(str(letter['document_number']))}**",
                format_date(day_of(letter["issued_date"]), lang),
                escape_markdown(str(letter["issuing_body"])),
                word("page.plans.cited_by", lang, count=cited.count(letter["document_number"]),
                     plans=len(plans)),
            ]  # fmt: skip
            address = first_address(letter["source_url"])
            if address is not None and address.startswith(("http://", "https://")):
                link = address.replace(">", "%3E")
                parts.append(f"[{word('evidence.link', lang)}](<{link}>)")
            st.markdown(" · ".join(parts))


def _render_known_note(run: Run, year: int) -> None:
    """How many provinces have a plan known; those without any date colour nothing."""
    lang, states = run.view.lang, unit_states(run, year)
    known = sum(unit.state != NONE for unit in states)
    text = word("page.plans.known", lang, year=year, known=known, total=len(states))
    names = undated_names(run, year)
    if names:
        text += " " + word("page.plans.undated", lang, count=len(names), names=", ".join(names))
    st.caption(escape_markdown(text))

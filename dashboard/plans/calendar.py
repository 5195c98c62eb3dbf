"""When the plans of one year were issued, against the guidance letter and the year's start."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.charts import Mark
from dashboard.charts.plan_calendar import (
    IssuedPlan,
    calendar_span,
    describe_plan_calendar,
    plot_plan_calendar,
)
from dashboard.data_table import render_table
from dashboard.figure import render_figure, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.rows import SOURCES, letters_by_year, plan_records, plans_of, unit_name
from dashboard.plans.tables import plan_table, undated_table
from dashboard.plans.years import list_note, of_province
from dashboard.tables import text_or_blank
from dashboard.words import day_of, format_date, word


def render_calendar(run: Run, year: int) -> None:
    """The strip of issue dates; plans without one, and all plans of the year, in a table beside."""
    lang, plans = run.view.lang, plans_of(run, year)
    title = word("page.plans.calendar.title", lang, year=year)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.subheader(title, anchor=False)
        issued = _issued(run, year)
        marks = _marks(run, year)
        if not issued:
            st.info(_nothing(run, year), icon=":material/event_busy:")
        else:
            draw = partial(plot_plan_calendar, issued, year, marks, lang)
            render_figure(
                run,
                draw,
                key="plans_calendar",
                alt=partial(describe_plan_calendar, issued, year, marks, lang),
                context=partial(figure_context, run, title, source_ids=SOURCES),
                table=lambda: plan_table(plans[plans["issued_date"].notna()], lang),
                evidence=lambda: plan_table(plans, lang),
                evidence_note=word("page.plans.evidence.plans", lang),
                export=draw,
            )
    with right:
        _render_undated(run, year)


def _issued(run: Run, year: int) -> list[IssuedPlan]:
    rows = []
    for plan in plan_records(run, year):
        day = day_of(plan["issued_date"])
        if day is not None:
            number, code = text_or_blank(plan["document_number"]), plan["province_code_gso"]
            name = unit_name(plan, "own_name")
            rows.append(IssuedPlan(day, name, number, plan["class"], code == run.view.province))
    return rows


def _marks(run: Run, year: int) -> list[Mark]:
    """The letters that guide the year, and the as-of date where it lies among the dates drawn."""
    lang, as_of = run.view.lang, run.view.as_of
    marks = []
    for letter in letters_by_year(run).get(year, ()):
        day = day_of(letter["issued_date"])
        if day is not None:
            text = word(
                "page.plans.calendar.letter",
                lang,
                number=letter["document_number"],
                date=format_date(day, lang),
            )
            marks.append(Mark(day, text))
    first, last = calendar_span([row.day for row in _issued(run, year)], year, marks)
    if first <= as_of <= last:
        marks.append(Mark(as_of, word("download.as_of", lang, date=format_date(as_of, lang))))
    return marks


def _nothing(run: Run, year: int) -> str:
    """Why there is no strip."""
    lang, day = run.view.lang, format_date(run.view.as_of, run.view.lang)
    if plans_of(run, year).empty:
        return word("page.plans.calendar.none", lang, year=year, date=day)
    return word("page.plans.calendar.none_issued", lang, year=year, date=day)


def _render_undated(run: Run, year: int) -> None:
    """Plans whose date of issue is not known."""
    lang = run.view.lang
    title = word("page.plans.calendar.undated", lang, year=year)
    st.subheader(title, anchor=False)
    plans = of_province(run, plans_of(run, year))
    undated = plans[plans["issued_date"].isna()]
    if undated.empty:
        st.caption(word("page.plans.calendar.undated_none", lang))
        return
    st.caption(word("page.plans.calendar.undated_note", lang) + " " + list_note(run))
    table = kept_for(run, f"plans undated {year}", lambda: plan_table(undated, lang))
    short = kept_for(run, f"plans undated short {year}", lambda: undated_table(undated, lang))
    render_table(short, lang, key="plans_undated_rows", selects_province=True)
    context = kept_for(
        run, f"plans undated context {year}", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    note = word("page.plans.evidence.plans", lang)
    panels = {"evidence": lambda: table}
    render_under_figure("plans_undated", context, panels, None, evidence_note=note)

"""Reports and deadlines of one year: what is due when and to whom, and who has reported."""

from __future__ import annotations

from collections import Counter
from functools import partial

import streamlit as st

from dashboard.charts.deadlines import describe_deadlines, plot_deadlines
from dashboard.colours import CLASS_ORDER
from dashboard.data_table import render_table
from dashboard.figure import Table, render_figure, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.deadline_rows import (
    RECEIVED,
    SOURCES,
    deadline_lines,
    deadline_table,
    report_due,
    report_rows,
    report_table,
    report_text,
    year_deadlines,
)
from dashboard.words import format_date, format_number, word
from domain.indicators import RESULT_REPORT

MOST_LINES = 12  # of the chart; the table has all


def render_reports(run: Run, year: int) -> None:
    """The calendar of deadlines and, beside it, the reports received from the provinces."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _render_calendar(run, year)
    with right:
        _render_received(run, year)


def _render_calendar(run: Run, year: int) -> None:
    view, lang = run.view, run.view.lang
    title = word("page.plans.deadlines.title", lang, year=year)
    st.subheader(title, anchor=False)
    deadlines = year_deadlines(run, year)
    lines = deadline_lines(deadlines, lang)
    table = partial(deadline_table, deadlines, year, lang)
    context = partial(figure_context, run, title, source_ids=SOURCES)
    if not lines:
        st.info(
            word("page.plans.deadlines.none", lang, year=year, date=format_date(view.as_of, lang)),
            icon=":material/event_available:",
        )
        if deadlines:
            st.caption(word("page.plans.deadlines.other_years", lang, count=len(deadlines)))
            kept = kept_for(run, f"plans deadlines context {year}", context)
            render_under_figure("plans_deadlines", kept, {"table": table}, None)
        return
    st.caption(word("page.plans.deadlines.note", lang))
    draw = partial(plot_deadlines, lines[:MOST_LINES], year, view.as_of, lang)
    render_figure(
        run,
        draw,
        key="plans_deadlines",
        alt=partial(describe_deadlines, lines, year, lang),
        context=context,
        table=table,
        evidence=table,
        evidence_note=word("page.plans.evidence.deadlines", lang),
        export=draw,
    )
    if len(lines) > MOST_LINES:
        st.caption(word("page.plans.deadlines.more", lang, count=len(lines) - MOST_LINES))


def _render_received(run: Run, year: int) -> None:
    lang = run.view.lang
    title = word("page.plans.reports.title", lang, year=year)
    st.subheader(title, anchor=False)
    reports = report_rows(run, year)
    due = report_due(run, year)
    if due is None:
        st.markdown(word("page.plans.reports.no_deadline", lang, year=year))
    else:
        st.markdown(word("page.plans.reports.due", lang, date=format_date(due, lang)))
    if not reports["received"].any():
        text = word(
            "page.plans.reports.none", lang, year=year, date=format_date(run.view.as_of, lang)
        )
        st.info(text, icon=":material/inbox:")
    counts = Counter(reports["class"])
    order = [*CLASS_ORDER[RESULT_REPORT], RECEIVED]
    st.markdown(
        "  \n".join(
            f"{report_text(name, lang)}: **{format_number(counts[name], lang)}**"
            for name in order
            if counts[name]
        )
    )
    table = partial(report_table, reports, lang)
    panels: dict[str, Table] = {"table": table}
    if reports["received"].any():
        shown = kept_for(run, f"plans reports table {year}", table)
        render_table(shown, lang, key="plans_reports_rows", selects_province=True)
        panels = {}
    context = kept_for(
        run, f"plans reports context {year}", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    render_under_figure("plans_reports", context, panels, None, table=table)

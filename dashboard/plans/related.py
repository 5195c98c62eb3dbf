"""Other plans: of several years, for programmes, of departments; never counted as annual plans."""

from __future__ import annotations

import streamlit as st

from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.rows import related_plans
from dashboard.plans.tables import related_table
from dashboard.plans.years import list_note, of_province
from dashboard.words import format_date, word


def render_related(run: Run) -> None:
    """The table of other plans, of the chosen province alone where one is chosen."""
    lang = run.view.lang
    title = word("page.plans.related", lang)
    st.subheader(title, anchor=False)
    found = of_province(run, related_plans(run))
    if found.empty:
        date = format_date(run.view.as_of, lang)
        st.info(word("page.plans.related_none", lang, date=date), icon=":material/search_off:")
        return
    st.caption(word("page.plans.related_note", lang, count=len(found)) + " " + list_note(run))
    table = kept_for(run, "plans related table", lambda: related_table(found, lang))
    render_table(table, lang, key="plans_related_rows", selects_province=True)
    context = kept_for(
        run,
        "plans related context",
        lambda: figure_context(run, title, source_ids=("related_plans",)),
    )
    render_under_figure("plans_related", context, {}, None, table=lambda: table)

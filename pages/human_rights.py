"""Human-rights communication plans: 39 of 63 announced as lagging, and what is identified."""

import streamlit as st

from dashboard.announced_figures import render_reconciliation
from dashboard.document_figures import (
    SOURCES,
    render_class_counts,
    render_documents,
    render_month_counts,
    render_timeline,
)
from dashboard.evidence import render_province_evidence
from dashboard.filters import current_run
from dashboard.panel import render_map
from dashboard.statuses import load_statuses
from dashboard.words import word
from domain.indicators import HUMAN_RIGHTS_PLAN

run = current_run()
lang = run.view.lang
statuses = load_statuses(run, HUMAN_RIGHTS_PLAN)

st.title(word("page.human_rights.headline", lang), anchor=False)
left, right = st.columns([7, 5], gap="medium")
with left:
    st.subheader(word("page.map_of", lang), anchor=False)
    render_map(run, statuses, key="human_rights_map", source_ids=SOURCES[HUMAN_RIGHTS_PLAN])
with right:
    st.subheader(word("page.counts_title", lang), anchor=False)
    render_class_counts(run, statuses, key="human_rights_counts")
    render_province_evidence(run, statuses, key="human_rights")
    render_reconciliation(run, HUMAN_RIGHTS_PLAN, key="human_rights_reconciliation")

render_timeline(
    run,
    HUMAN_RIGHTS_PLAN,
    key="human_rights_timeline",
    title=word("page.human_rights.timeline", lang),
)
title = word("page.regulations.months", lang)
st.subheader(title, anchor=False)
render_month_counts(run, HUMAN_RIGHTS_PLAN, key="human_rights_months", title=title)
render_documents(
    run,
    HUMAN_RIGHTS_PLAN,
    key="human_rights_documents",
    title=word("page.human_rights.documents", lang),
)

"""Regulations: where they stand, what the letter says and what documents show."""

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
from domain.indicators import REGULATION

run = current_run()
lang = run.view.lang
statuses = load_statuses(run, REGULATION)

st.title(word("page.regulations.headline", lang), anchor=False)
left, right = st.columns([7, 5], gap="medium")
with left:
    st.subheader(word("page.map_of", lang), anchor=False)
    render_map(run, statuses, key="regulations_map", source_ids=SOURCES[REGULATION])
with right:
    st.subheader(word("page.counts_title", lang), anchor=False)
    render_class_counts(run, statuses, key="regulations_counts")
    render_province_evidence(run, statuses, key="regulations")
    render_reconciliation(run, REGULATION, key="regulations_reconciliation")

render_timeline(
    run, REGULATION, key="regulations_timeline", title=word("page.regulations.timeline", lang)
)
title = word("page.regulations.months", lang)
st.subheader(title, anchor=False)
render_month_counts(run, REGULATION, key="regulations_months", title=title)
render_documents(
    run, REGULATION, key="regulations_documents", title=word("page.regulations.documents", lang)
)

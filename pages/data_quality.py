"""Data quality: what is known of each province, where sources disagree, how far to trust them."""

from functools import partial

import streamlit as st

from dashboard.filters import current_run
from dashboard.quality.matrix import render_matrix
from dashboard.quality.snapshots import render_snapshots
from dashboard.quality.submitted import render_doubts, render_submitted
from dashboard.quality.tables import (
    render_announced,
    render_contradictions,
    render_knowledge,
    render_rejected,
    render_sources,
    render_undated,
)
from dashboard.tabs import render_tabs
from dashboard.words import word

TABS = {
    "contradictions": render_contradictions,
    "announced": render_announced,
    "unknowns": render_knowledge,
    "sources": render_sources,
    "doubts": render_doubts,
    "submitted": render_submitted,
    "rejected": render_rejected,
    "undated": render_undated,
    "snapshots": render_snapshots,
}

run = current_run()
lang = run.view.lang

st.title(word("page.data_quality.headline", lang), anchor=False)
render_matrix(run, key="quality_matrix")
render_tabs(
    "quality_tabs",
    {word(f"page.data_quality.{name}", lang): partial(show, run) for name, show in TABS.items()},
)

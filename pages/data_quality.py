"""Data quality: sources, contradictions, what is not known, what was rejected."""

import streamlit as st

from dashboard.filters import current_run
from dashboard.quality import (
    render_announced,
    render_contradictions,
    render_knowledge,
    render_rejected,
    render_sources,
    render_undated,
)
from dashboard.words import word

run = current_run()

st.title(word("page.data_quality.headline", run.view.lang), anchor=False)
render_contradictions(run)
render_announced(run)
render_knowledge(run)
render_rejected(run)
render_undated(run)
render_sources(run)

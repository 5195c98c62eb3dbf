"""Overview: who is behind, on what, since when, how do we know."""

from functools import partial

import streamlit as st

from dashboard.document_figures import SOURCES, render_class_counts, render_month_counts
from dashboard.evidence import render_province_evidence
from dashboard.filters import current_run, set_view
from dashboard.headline import render_headline
from dashboard.lists import render_age, render_behind, render_changes
from dashboard.province_map import map_title, render_map
from dashboard.statuses import load_statuses, map_indicators
from dashboard.tabs import render_tabs
from dashboard.words import word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
)

MAP_SOURCES = SOURCES | {
    ANNUAL_PLAN: ("annual_plans", "ministry_guidance"),
    BORDER_ROUTE: ("border_provinces", "programme_5115", "information_clusters", "document_facts"),
    RESULT_REPORT: ("ministry_guidance",),
}

run = current_run()
view, lang = run.view, run.view.lang

st.title(word("page.overview.headline", lang), anchor=False)
render_headline(run)

maps = map_indicators(run.facts)
indicator = view.indicator if view.indicator in maps else REGULATION
if st.session_state.get("overview_indicator", "") != indicator:
    st.session_state["overview_indicator"] = indicator
st.segmented_control(
    word("page.overview.indicator", lang),
    maps,
    format_func=lambda name: word(f"page.overview.indicator_{name}", lang),
    key="overview_indicator",
    required=True,
    on_change=lambda: set_view(indicator=st.session_state["overview_indicator"]),
)
statuses = load_statuses(run, indicator)
left, right = st.columns([7, 5], gap="medium")
with left:
    st.subheader(map_title(statuses, lang), anchor=False)
    render_map(run, statuses, key="overview_map", source_ids=MAP_SOURCES[indicator])
with right:
    st.subheader(word("page.counts_title", lang), anchor=False)
    render_class_counts(run, statuses, key="overview_counts")
    render_province_evidence(run, statuses, key="overview")
    render_behind(run, key="overview_behind")

render_changes(run, key="overview_changes")
months = {}
for name, stem in ((REGULATION, "regulation"), (HUMAN_RIGHTS_PLAN, "human_rights")):
    title = word(f"page.overview.months_{stem}", lang)
    key = f"overview_months_{stem}"
    months[title] = partial(render_month_counts, run, name, key=key, title=title)
render_tabs("overview_months", months)
render_age(run)

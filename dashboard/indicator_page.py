"""The page of one indicator: map, counts, why, announced against found, course, documents."""

from __future__ import annotations

from functools import partial
from typing import Final

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
from dashboard.province_map import render_map
from dashboard.statuses import load_statuses
from dashboard.tabs import render_tabs
from dashboard.words import word

LOWER_PARTS: Final = {
    "timeline": render_timeline,
    "months": render_month_counts,
    "documents": render_documents,
}


def render_indicator_page(indicator: str, name: str) -> None:
    """`name` is the page's section in the catalogues and the first part of all keys."""
    run = current_run()
    lang = run.view.lang
    statuses = load_statuses(run, indicator)
    st.title(word(f"page.{name}.headline", lang), anchor=False)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.subheader(word("page.map_of", lang), anchor=False)
        render_map(run, statuses, key=f"{name}_map", source_ids=SOURCES[indicator])
    with right:
        st.subheader(word("page.counts_title", lang), anchor=False)
        render_class_counts(run, statuses, key=f"{name}_counts")
        render_province_evidence(run, statuses, key=name)
        render_reconciliation(run, indicator, key=f"{name}_reconciliation")
    tabs = {}
    for part, render in LOWER_PARTS.items():
        title = word(f"page.{name}.{part}", lang)
        tabs[title] = partial(render, run, indicator, key=f"{name}_{part}", title=title)
    render_tabs(f"{name}_tabs", tabs)

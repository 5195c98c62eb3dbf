"""Figures behind tabs: only the open one is made and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.filters import is_view_stale


@st.fragment
def render_tabs(key: str, tabs: Mapping[str, Callable[[], None]]) -> None:
    """`tabs`: title -> what renders it. A change of tab reruns the tabs alone, not the page.

    A province chosen in a tab changes the whole page.
    """
    if is_view_stale():
        st.rerun()
    for tab, render in zip(st.tabs(list(tabs), key=key, on_change="rerun"), tabs.values()):
        if tab.open:
            with tab:
                render()

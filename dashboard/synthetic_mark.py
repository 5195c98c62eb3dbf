"""The mark of made-up data on the screen: a bar that stays at the foot of every page."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Run
from dashboard.words import word


def synthetic_mark(run: Run) -> str | None:
    """The mark for what a browser can save of a page; None for real data."""
    return word("synthetic.mark", run.view.lang) if run.facts.is_synthetic else None


def render_synthetic_mark(run: Run) -> None:
    """The mark and what it means, where any source of the snapshot is made up; else nothing.

    It is drawn before the page, so that it stands there even where the page fails; static/frame.css
    fixes it to the foot of the window, in presentation mode too.
    """
    if run.facts.is_synthetic:
        lang = run.view.lang
        with st.container(key="synthetic_mark"):
            st.markdown(f"**{word('synthetic.mark', lang)}** *{word('synthetic.note', lang)}*")

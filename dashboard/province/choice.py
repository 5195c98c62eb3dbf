"""The profile page before a province is chosen: a map to click and all names to choose from."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.province.statuses import SOURCES
from dashboard.province_map import map_title, render_map
from dashboard.queries.province import query_province_choice
from dashboard.statuses import load_statuses
from dashboard.words import word


def render_choice(run: Run) -> None:
    """A sentence on what to do, the units in the order of the Vietnamese alphabet, a map."""
    view, lang = run.view, run.view.lang
    st.title(word("province.choice.headline", lang), anchor=False)
    st.markdown(word("province.choice.hint", lang))
    left, right = st.columns([7, 5], gap="medium")
    statuses = load_statuses(run, view.indicator)
    with left:
        st.subheader(map_title(statuses, lang), anchor=False)
        render_map(run, statuses, key="province_choice_map", source_ids=SOURCES)
    with right:
        st.subheader(word("province.choice.list", lang), anchor=False)
        key = f"province_choice_{view.vintage}_{lang}"
        names = {unit.code: unit.name for unit in run.facts.names(view.vintage)}
        st.pills(
            word("province.choice.list", lang),
            list(names),
            format_func=names.__getitem__,
            key=key,
            on_change=partial(_choose, key),
            label_visibility="collapsed",
            wrap=True,
        )
        st.caption(kept_for(run, "province choice", lambda: _on_file(run)))


def _choose(key: str) -> None:
    set_view(province=st.session_state[key])


def _on_file(run: Run) -> str:
    """How many units have anything on file: what a reader can expect behind a name."""
    rows = query_province_choice(run.snapshot, run.view.vintage)
    return word(
        "province.choice.on_file",
        run.view.lang,
        units=len(rows),
        with_documents=int((rows["document_count"] > 0).sum()),
        with_amounts=int((rows["amount_count"] > 0).sum()),
    )

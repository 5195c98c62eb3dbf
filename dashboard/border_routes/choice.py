"""Which route the page shows: buttons that write it into the address, and what it rests on."""

from __future__ import annotations

import streamlit as st

from dashboard.filters import Run, set_view
from dashboard.statuses import scope_of
from dashboard.view import ROUTES
from dashboard.words import word
from domain.indicators import BORDER_ROUTE

_KEY = "border_routes_route"


def chosen_route(run: Run) -> str:
    """The route of the address, else the default one."""
    return scope_of(run.view, run.facts, BORDER_ROUTE)


def _apply(key: str) -> None:
    set_view(route=st.session_state[key])


def render_route_choice(run: Run) -> None:
    """Four buttons; where the address names no route, a line says which one is shown."""
    lang, route = run.view.lang, chosen_route(run)
    key = f"{_KEY}_{lang}"  # the browser knows an option by its text
    if st.session_state.get(key) != route:
        st.session_state[key] = route
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            word("page.border_routes.choose", lang),
            ROUTES,
            format_func=lambda name: word(f"route.{name}", lang),
            key=key,
            required=True,
            on_change=_apply,
            args=(key,),
            label_visibility="collapsed",
            width="content",
            wrap=True,
        )
        if run.view.route is None:
            name = word(f"route.{route}", lang)
            st.caption(word("page.border_routes.default_route", lang, route=name), width="content")

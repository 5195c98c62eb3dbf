"""Border routes: which provinces cover their route, by what evidence, with gates and clusters."""

import streamlit as st

from dashboard.border_routes.choice import chosen_route, render_route_choice
from dashboard.border_routes.headline import render_headline
from dashboard.border_routes.lower import render_lower
from dashboard.border_routes.matrix import render_matrix
from dashboard.border_routes.province_panel import render_province_panel
from dashboard.border_routes.route_maps import render_maps
from dashboard.filters import current_run
from dashboard.statuses import load_statuses
from dashboard.words import word
from domain.indicators import BORDER_ROUTE

run = current_run()
lang, route = run.view.lang, chosen_route(run)
statuses = load_statuses(run, BORDER_ROUTE)

st.title(word(f"page.border_routes.headline.{route}", lang), anchor=False)
render_route_choice(run)
render_headline(run, route)
st.caption(word("page.border_routes.reading", lang))
left, right = st.columns([7, 5], gap="medium")
with left:
    render_maps(run, route, statuses)
with right:
    render_matrix(run, route, statuses)
    render_province_panel(run, route, statuses)
render_lower(run, route)

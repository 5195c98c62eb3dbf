"""Budget: where the money is, by province, programme, year or period, source and stage."""

import streamlit as st

from dashboard.budget.controls import render_controls
from dashboard.budget.details import render_details
from dashboard.budget.overview import render_overview
from dashboard.filters import current_run
from dashboard.words import word

run = current_run()

st.title(word("page.budget.headline", run.view.lang), anchor=False)
render_controls(run)
render_overview(run)
render_details(run)

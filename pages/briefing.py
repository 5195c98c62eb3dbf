"""Briefing: the document the minister's office needs, in minutes."""

import streamlit as st

from dashboard.briefing.page import render_briefing_page
from dashboard.filters import current_run
from dashboard.words import word

run = current_run()
st.title(word("briefing.page.headline", run.view.lang), anchor=False)
render_briefing_page(run)

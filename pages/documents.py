"""Documents: all that are known, how they are known, where they are used, what rests on what."""

import streamlit as st

from dashboard.documents.page import render_documents_page
from dashboard.filters import current_run
from dashboard.words import word

run = current_run()

st.title(word("page.documents.headline", run.view.lang), anchor=False)
render_documents_page(run)

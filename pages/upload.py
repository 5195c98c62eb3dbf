"""Documents in: the only page that writes, through etl's public functions (design.md section 2)."""

import streamlit as st

from dashboard.filters import current_run
from dashboard.upload.page import render_upload_page
from dashboard.warehouse import warehouse_dir
from dashboard.words import word
from etl.intake import Intake

run = current_run()

st.title(word("upload.headline", run.view.lang), anchor=False)
st.caption(word("upload.intro", run.view.lang))
render_upload_page(run, Intake(warehouse_dir()))

"""A page of one word: what the framework itself costs."""

import streamlit as st

st.markdown("empty")

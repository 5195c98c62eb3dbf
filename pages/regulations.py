"""Regulations: where they stand, what the letter says and what documents show."""

from dashboard.indicator_page import render_indicator_page
from domain.indicators import REGULATION

render_indicator_page(REGULATION, "regulations")

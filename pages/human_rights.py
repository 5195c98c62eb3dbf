"""Human-rights communication plans: 39 of 63 announced as lagging, and what is identified."""

from dashboard.indicator_page import render_indicator_page
from domain.indicators import HUMAN_RIGHTS_PLAN

render_indicator_page(HUMAN_RIGHTS_PLAN, "human_rights")

"""Plans: who has an annual plan for the year, when, under which letter; reports and deadlines."""

from dashboard.filters import current_run
from dashboard.plans.page import render_plans_page

render_plans_page(current_run())

"""Province profile: one screen on what is known of one province, and what is not."""

from dashboard.filters import current_run
from dashboard.province.choice import render_choice
from dashboard.province.profile import render_profile

run = current_run()
if run.view.province is None:
    render_choice(run)
else:
    render_profile(run, run.view.province)

"""DataFrame -> figure and alt text; no figure has a title, needs a legend beside it or a width.

The page and the export print the title; every label also fits a screen of 390 px.
"""

from dashboard.charts.counts import describe_class_counts, plot_class_counts
from dashboard.charts.layout import Mark
from dashboard.charts.months import describe_month_counts, plot_month_counts
from dashboard.charts.reconciliation import (
    describe_reconciliation,
    human_rights_parts,
    plot_reconciliation,
    regulation_parts,
)
from dashboard.charts.timeline import describe_adoption_timeline, plot_adoption_timeline

__all__ = [
    "Mark",
    "describe_adoption_timeline",
    "describe_class_counts",
    "describe_month_counts",
    "describe_reconciliation",
    "human_rights_parts",
    "plot_adoption_timeline",
    "plot_class_counts",
    "plot_month_counts",
    "plot_reconciliation",
    "regulation_parts",
]

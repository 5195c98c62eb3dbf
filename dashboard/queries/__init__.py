"""One typed function per question; each runs one file of sql/ on one snapshot."""

from dashboard.queries.statuses import (
    query_adoptions,
    query_announced_totals,
    query_contradictions,
    query_evidence,
    query_evidence_age,
    query_knowledge,
    query_known_documents,
    query_month_counts,
    query_rejected_input,
    query_route_counts,
    query_silent_provinces,
    query_sources,
    query_statuses,
    query_undated_documents,
)

__all__ = [
    "query_adoptions",
    "query_announced_totals",
    "query_contradictions",
    "query_evidence",
    "query_evidence_age",
    "query_knowledge",
    "query_known_documents",
    "query_month_counts",
    "query_rejected_input",
    "query_route_counts",
    "query_silent_provinces",
    "query_sources",
    "query_statuses",
    "query_undated_documents",
]

"""Statuses, their evidence and contradictions, and how they changed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_statuses(
    snapshot: Snapshot, vintage: int, indicator: str, scope: str, as_of: date
) -> pd.DataFrame:
    """One row per province: class, since when, deciding evidence and its document.

    All intervals are read once per snapshot; a day then picks its own without a query.
    """
    intervals = ask("statuses", snapshot, vintage=vintage, indicator=indicator, scope=scope)
    day = pd.Timestamp(as_of)
    ends = intervals["valid_to"]
    held = (intervals["valid_from"] <= day) & (ends.isna() | (ends >= day))
    return intervals[held].reset_index(drop=True)


def query_evidence(
    snapshot: Snapshot, vintage: int, indicator: str, scope: str, as_of: date
) -> pd.DataFrame:
    """One row per piece of evidence behind the statuses of a day, deciding ones first."""
    return ask("evidence", snapshot, vintage=vintage, indicator=indicator, scope=scope, as_of=as_of)


def query_contradictions(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per contradiction stated up to a day, all indicators and budgets."""
    return ask("contradictions", snapshot, vintage=vintage, as_of=as_of)


def query_announced_totals(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per total announced up to a day, newest first."""
    return ask("announced_totals", snapshot, as_of=as_of)


def query_adoptions(snapshot: Snapshot, vintage: int, indicator: str, as_of: date) -> pd.DataFrame:
    """One row per regulation or human-rights plan known and dated up to a day, or undated."""
    return ask("adoptions", snapshot, vintage=vintage, indicator=indicator, as_of=as_of)


def query_known_documents(
    snapshot: Snapshot, vintage: int, indicator: str, scope: str, province: str, as_of: date
) -> pd.DataFrame:
    """One row per known document of one province, whether it decides anything or not."""
    return ask(
        "known_documents",
        snapshot,
        vintage=vintage,
        indicator=indicator,
        scope=scope,
        province=province,
        as_of=as_of,
    )


def query_month_counts(
    snapshot: Snapshot, vintage: int, indicator: str, last_day: date
) -> pd.DataFrame:
    """One row per month end and class: provinces, and how many only implied."""
    return ask("month_counts", snapshot, vintage=vintage, indicator=indicator, last_day=last_day)


def query_silent_provinces(snapshot: Snapshot, letter_date: date) -> pd.DataFrame:
    """One row per province that a letter left unnamed: has a document, is contradicted."""
    return ask("silent_provinces", snapshot, letter_date=letter_date)


def query_evidence_age(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per indicator: date of its newest evidence up to a day."""
    return ask("evidence_age", snapshot, as_of=as_of)


def query_route_counts(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per border route and class: provinces on the route."""
    return ask("route_counts", snapshot, vintage=vintage, as_of=as_of)


def query_knowledge(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per indicator and scope: provinces unknown, implied, evidenced."""
    return ask("knowledge", snapshot, vintage=vintage, as_of=as_of)


def query_sources(snapshot: Snapshot) -> pd.DataFrame:
    """One row per input file with its declaration."""
    return ask("sources", snapshot)


def query_rejected_input(snapshot: Snapshot) -> pd.DataFrame:
    """One row per rejected cell, row or file."""
    return ask("rejected_input", snapshot)


def query_undated_documents(snapshot: Snapshot) -> pd.DataFrame:
    """One row per document without any date."""
    return ask("undated_documents", snapshot)

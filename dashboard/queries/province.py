"""What is known of one unit: statuses, evidence, documents, amounts, gates, clusters, routes."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_province_statuses(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per unit, indicator and scope on a day, with the deciding document."""
    return ask("province_statuses", snapshot, vintage=vintage, as_of=as_of)


def query_province_evidence(
    snapshot: Snapshot, vintage: int, province: str, as_of: date
) -> pd.DataFrame:
    """One row per piece of evidence behind the statuses of one unit on a day.

    Read for all units at once, so that another province costs no query.
    """
    rows = ask("province_evidence", snapshot, vintage=vintage, as_of=as_of)
    return rows[rows["province_code_gso"] == province]


def query_province_documents(
    snapshot: Snapshot, vintage: int, province: str, as_of: date
) -> pd.DataFrame:
    """One row per document of a unit or its parts, or ministry letter that names it, of any date.

    topic, plan_years (a list), used_for: the indicators that it supports on the day;
    is_of_part: issued for an old province of a unit of 2025. Read for all units at once.
    """
    rows = ask("province_documents", snapshot, vintage=vintage, as_of=as_of)
    return rows[rows["province_code_gso"] == province]


def query_province_milestones(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per annual guidance letter of the ministry sent up to a day, oldest first."""
    return ask("province_milestones", snapshot, as_of=as_of)


def query_province_budget(snapshot: Snapshot, vintage: int, province: str) -> pd.DataFrame:
    """One row per printed amount (million VND) of a unit or its parts: never to be added up."""
    return ask("province_budget", snapshot, vintage=vintage, province=province)


def query_province_places(
    snapshot: Snapshot, vintage: int, province: str, as_of: date
) -> pd.DataFrame:
    """One row per border gate, and per observation of a cluster up to a day or undated."""
    return ask("province_places", snapshot, vintage=vintage, province=province, as_of=as_of)


def query_province_routes(snapshot: Snapshot, vintage: int, province: str) -> pd.DataFrame:
    """One row per part of a unit and route it lies on; border_km is never to be added up."""
    return ask("province_routes", snapshot, vintage=vintage, province=province)


def query_province_choice(snapshot: Snapshot, vintage: int) -> pd.DataFrame:
    """One row per unit of a vintage: how many documents and printed amounts are on file."""
    return ask("province_choice", snapshot, vintage=vintage)

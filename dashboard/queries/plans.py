"""Annual plans, guidance letters and their tasks, other plans, deadlines and reports received."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_plans(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per annual plan and plan year known up to a day, or undated; newest year first.

    All are read once per snapshot; a day then picks its own without a query.
    """
    return _known(ask("plans", snapshot, vintage=vintage), as_of)


def query_plan_classes(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per plan year and province: its class on a day."""
    intervals = ask("plan_classes", snapshot, vintage=vintage)
    day, ends = pd.Timestamp(as_of), intervals["valid_to"]
    held = (intervals["valid_from"] <= day) & (ends.isna() | (ends >= day))
    return intervals[held].reset_index(drop=True)


def query_guidance_letters(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per annual guidance letter issued up to a day, newest year first."""
    return _known(ask("guidance_letters", snapshot), as_of)


def _known(documents: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Those that count from a day up to `as_of`, and those without any date."""
    days = documents["counts_from_date"]
    return documents[days.isna() | (days <= pd.Timestamp(as_of))].reset_index(drop=True)


def query_guidance_tasks(snapshot: Snapshot, year: int, as_of: date) -> pd.DataFrame:
    """One row per task of the guidance letters of a year."""
    return ask("guidance_tasks", snapshot, year=year, as_of=as_of)


def query_plan_coverage(snapshot: Snapshot, vintage: int, year: int, as_of: date) -> pd.DataFrame:
    """One row per plan known up to a day (or undated) and guidance task of a year compared.

    start_offset and end_offset are code points of the plan's stored text; `person`, `decided_at`
    and `reason` are those of who confirmed or corrected the cell.
    """
    return _known(ask("plan_coverage", snapshot, vintage=vintage, year=year), as_of)


def query_related_plans(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per other plan known up to a day, or undated."""
    return ask("plan_related", snapshot, vintage=vintage, as_of=as_of)


def query_deadlines(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per deadline for a report set by a document known up to a day, or undated."""
    return ask("deadlines", snapshot, vintage=vintage, as_of=as_of)


def query_report_statuses(snapshot: Snapshot, vintage: int, year: int, as_of: date) -> pd.DataFrame:
    """One row per unit: its class of result_report for a year on a day, and the day it is due."""
    return ask("report_statuses", snapshot, vintage=vintage, scope=str(year), as_of=as_of)


def query_reports_received(snapshot: Snapshot, year: int, as_of: date) -> pd.DataFrame:
    """One row per report on a year's results received up to a day."""
    return ask("report_received", snapshot, year=year, as_of=as_of)

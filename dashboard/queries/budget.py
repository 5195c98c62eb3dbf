"""Printed amounts, and what a reader can choose among them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_budget_choices(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per scope, programme, period and stage: the units that have a figure for it."""
    return ask("budget_choices", snapshot, vintage=vintage, as_of=as_of)


def query_budget_lines(
    snapshot: Snapshot,
    vintage: int,
    as_of: date,
    scope: str,
    *,
    programme: str | None = None,
    period: str | None = None,
    stage: str | None = None,
    level: str | None = None,
    province: str | None = None,
) -> pd.DataFrame:
    """One row per printed amount known up to a day, undated ones among them; None means any.

    `province_code_gso` is the unit of the asked vintage, `printed_code_gso` and `province_name`
    the one that the amount was printed for. Amounts in million VND.
    """
    return ask(
        "budget_lines",
        snapshot,
        vintage=vintage,
        as_of=as_of,
        scope=scope,
        programme=programme,
        period=period,
        stage=stage,
        level=level,
        province=province,
    )

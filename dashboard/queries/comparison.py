"""What differs between two days."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_moves(
    snapshot: Snapshot, vintage: int, indicator: str, scope: str, since: date, as_of: date
) -> pd.DataFrame:
    """One row per unit: its class on two days, and since when and by which document the later.

    `compared_on` is `since`, or the indicator's first day where that is later; no rows where that
    is after `as_of`.
    """
    return ask(
        "comparison_moves",
        snapshot,
        vintage=vintage,
        indicator=indicator,
        scope=scope,
        since=since,
        as_of=as_of,
    )

"""What a letter to a province needs beyond statuses: how the unit is called, national documents."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_unit_kinds(snapshot: Snapshot) -> pd.DataFrame:
    """One row per unit of each vintage: its name, and whether it is a `province` or a `city`."""
    return ask("unit_kinds", snapshot)


def query_national_documents(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per document of the state and its ministries issued up to a day."""
    return ask("national_documents", snapshot, as_of=as_of)

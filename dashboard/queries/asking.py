"""Runs one file of sql/ on one snapshot."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.warehouse import Snapshot, query, query_once

SQL: Final = Path(__file__).parent.parent / "sql"


@cache
def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def ask(name: str, snapshot: Snapshot, **parameters: Any) -> pd.DataFrame:
    """Rows of sql/<name>.sql with its $named parameters; the caller must not change them."""
    return query(_sql(name), parameters, snapshot)


def ask_once(name: str, snapshot: Snapshot, **parameters: Any) -> pd.DataFrame:
    """As `ask`, but not kept in memory: for whole texts."""
    return query_once(_sql(name), snapshot, parameters)

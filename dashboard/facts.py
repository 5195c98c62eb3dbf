"""What one snapshot lets a reader choose from, read once per snapshot."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from dashboard.view import ProvinceFact, ViewFacts
from dashboard.warehouse import Snapshot, kept_snapshots, query
from dashboard.words import day_of
from domain.vintages import VINTAGES

SQL_DIR: Final = Path(__file__).parent / "sql"


@lru_cache(maxsize=8)
def load_view_facts(snapshot: Snapshot) -> ViewFacts:
    """The facts behind the filters of one snapshot."""
    provinces: dict[int, dict[str, ProvinceFact]] = {vintage: {} for vintage in VINTAGES}
    for row in _rows("view_facts_provinces", snapshot).itertuples():
        code = str(row.province_code_gso)
        provinces.setdefault(int(row.vintage), {})[code] = ProvinceFact(
            code, str(row.province_name), _texts(row.parts), _texts(row.border_routes)
        )
    opening = _rows("view_facts_opening", snapshot).iloc[0]
    newest = day_of(opening["newest_evidence"]) or snapshot.as_of_date or date.today()
    document = opening["default_document"]
    return ViewFacts(
        snapshot_id=snapshot.id,
        default_as_of=day_of(opening["default_as_of"]) or newest,
        default_document=None if pd.isna(document) else str(document),
        newest_evidence=newest,
        provinces=provinces,
        years=tuple(int(y) for y in _rows("view_facts_years", snapshot)["plan_year"]),
        snapshots=kept_snapshots(),
        report_years=tuple(
            int(y) for y in _rows("view_facts_report_years", snapshot)["report_year"]
        ),
        is_synthetic=bool(opening["is_synthetic"]),
    )


def _rows(name: str, snapshot: Snapshot) -> pd.DataFrame:
    sql = (SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")
    return query(sql, {}, snapshot)


def _texts(values: Any) -> tuple[str, ...]:
    return () if values is None else tuple(str(v) for v in values)

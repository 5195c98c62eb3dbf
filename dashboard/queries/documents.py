"""Documents, what they cite, and where the dashboard uses them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot
from domain.documents import document_kind


def query_documents(snapshot: Snapshot, vintage: int) -> pd.DataFrame:
    """One row per document known, newest first; province codes are those of the vintage.

    A document known by its number alone has the kind that the number tells.
    """
    rows = ask("document_list", snapshot, vintage=vintage)
    kinds = [
        document_kind(number) if pd.isna(kind) else kind
        for kind, number in zip(rows["kind"], rows["document_number"], strict=True)
    ]
    return rows.assign(kind=kinds)


def query_citations(snapshot: Snapshot) -> pd.DataFrame:
    """One row per citation: document_id, cited_id, relation, is_expired, cited_date, section."""
    return ask("document_citations", snapshot)


def query_document_uses(
    snapshot: Snapshot, vintage: int, document_id: str, as_of: date
) -> pd.DataFrame:
    """One row per place where a document is used: statuses of a day, amounts, plans, totals."""
    return ask("document_uses", snapshot, vintage=vintage, document_id=document_id, as_of=as_of)

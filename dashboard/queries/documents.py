"""Documents, what they cite, and where the dashboard uses them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.queries.asking import ask, ask_once
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


def query_text_search(snapshot: Snapshot, terms: Sequence[str], together: str) -> pd.DataFrame:
    """One row per document in whose text all terms stand; `is_together`: one after the other.

    Terms are those of domain.searching.search_terms.
    """
    return ask(
        "text_search",
        snapshot,
        terms=[f" {term} " for term in terms],
        together=f" {together} ",
    )


def query_document_texts(snapshot: Snapshot, document_ids: Sequence[str]) -> pd.DataFrame:
    """One row per stored text of some documents: document_id, stored_text, original_name."""
    return ask_once("document_texts", snapshot, document_ids=list(document_ids))


def query_document_passages(snapshot: Snapshot, document_id: str) -> pd.DataFrame:
    """One row per passage of a stored text and what was read in it, in the order of the text.

    start_offset and end_offset are code points of the stored text.
    """
    return ask("document_passages", snapshot, document_id=document_id)

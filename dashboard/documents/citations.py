"""Which citations surround a document or the documents of a province on the day shown."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Final

import pandas as pd

from dashboard.documents.found import load_documents
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries.documents import query_citations

_CHANGING: Final = ("amends", "replaces")


def citations_until(run: Run) -> pd.DataFrame:
    """All citations by documents that are not dated after the as-of date."""
    return kept_for(run, "citations", partial(_citations_until, run))


def _citations_until(run: Run) -> pd.DataFrame:
    documents = load_documents(run)
    found = query_citations(run.snapshot)
    days = documents["counts_from_date"].reindex(found["document_id"])
    return found[~(days > pd.Timestamp(run.view.as_of)).to_numpy()].reset_index(drop=True)


def cited_by_counts(run: Run) -> dict[str, int]:
    """How many documents cite each document on the as-of date; never 0."""
    found = citations_until(run)[["document_id", "cited_id"]].drop_duplicates()
    return dict(Counter(found["cited_id"].tolist()))


def citations_of(run: Run, document_id: str) -> pd.DataFrame:
    """What a document cites and what cites it; its own citations also where it is dated later."""
    found = query_citations(run.snapshot)
    own = found[found["document_id"] == document_id]
    until = citations_until(run)
    return pd.concat([own, until[until["cited_id"] == document_id]]).drop_duplicates()


def relations_of(run: Run, document_id: str) -> pd.DataFrame:
    """The citations around one document: its own, those of it, what changed the ones it cites."""
    return _with_changes(run, citations_of(run, document_id))


def relations_of_province(run: Run) -> pd.DataFrame:
    """The citations by documents of the chosen province, and what changed the ones they cite."""
    documents = load_documents(run)
    own = documents.loc[documents["province_code_gso"] == run.view.province, "document_id"]
    until = citations_until(run)
    return _with_changes(run, until[until["document_id"].isin(set(own))])


def _with_changes(run: Run, around: pd.DataFrame) -> pd.DataFrame:
    until = citations_until(run)
    cited = set(around["cited_id"])
    changes = until[until["cited_id"].isin(cited) & until["relation"].isin(_CHANGING)]
    return pd.concat([around, changes]).drop_duplicates()

"""How far the data can be trusted: what is known, from where, what snapshots differ in."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_status_knowledge(snapshot: Snapshot, vintage: int, as_of: date) -> pd.DataFrame:
    """One row per province, indicator and scope on a day: class, strength, its document."""
    return ask("quality_matrix", snapshot, vintage=vintage, as_of=as_of)


def query_source_ages(snapshot: Snapshot, as_of: date) -> pd.DataFrame:
    """One row per source: newest_date up to a day, later content or not, facts by strength."""
    return ask("quality_source_ages", snapshot, as_of=as_of)


def query_table_counts(snapshot: Snapshot) -> pd.DataFrame:
    """One row per core table of a snapshot: table_name, row_count."""
    return ask("quality_table_counts", snapshot)


def query_load_run(snapshot: Snapshot) -> pd.DataFrame:
    """One row: when a snapshot was built (UTC), its newest evidence, loaded and rejected rows."""
    return ask("quality_load_run", snapshot)


def query_snapshot_documents(snapshot: Snapshot) -> pd.DataFrame:
    """One row per document of a snapshot."""
    return ask("quality_snapshot_documents", snapshot)


def query_extraction_doubts(snapshot: Snapshot, vintage: int) -> pd.DataFrame:
    """One row per doubt about a document that was read; offsets are those of its stored text."""
    return ask("extraction_doubts", snapshot, vintage=vintage)


def query_submitted_documents(snapshot: Snapshot) -> pd.DataFrame:
    """One row per original that was submitted: what became of it, and who decided that (UTC)."""
    return ask("submitted_documents", snapshot)

"""The kept snapshots: how many rows each has, and what changed between two of them."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept, kept_for
from dashboard.quality.differences import (
    count_table,
    document_difference_table,
    status_difference_table,
)
from dashboard.queries.quality import query_load_run, query_table_counts
from dashboard.warehouse import NoSnapshot, Snapshot, kept_snapshots, open_snapshot
from dashboard.words import day_of, format_date, format_number, word

_log = logging.getLogger(__name__)
_HANOI: Final = timedelta(hours=7)  # of UTC, which the warehouse writes


def readable_snapshots(run: Run) -> list[Snapshot]:
    """The kept snapshots that can be read, newest first; others are named in the log."""
    ids = kept_snapshots()
    return kept(("readable snapshots", ids), partial(_readable, run, ids))


def _readable(run: Run, ids: tuple[str, ...]) -> list[Snapshot]:
    found = []
    for snapshot_id in ids:
        try:
            snapshot = (
                run.snapshot if snapshot_id == run.snapshot.id else open_snapshot(snapshot_id)
            )
            query_load_run(snapshot)
        except NoSnapshot as error:
            _log.warning("snapshot %s cannot be compared: %s", snapshot_id, error)
            continue
        found.append(snapshot)
    return found


def snapshot_label(snapshot: Snapshot, lang: str) -> str:
    """When it was built, in the time of Hà Nội, and its input: 23/11/2026 20:57:28 · 23fb21e0."""
    finished = query_load_run(snapshot)["finished_at"].iloc[0]
    if pd.isna(finished):
        return snapshot.id
    local = finished + _HANOI
    return f"{format_date(local, lang)} {local:%H:%M:%S} · {snapshot.id.rpartition('-')[2]}"


def render_snapshots(run: Run) -> None:
    """All snapshots with their rows, then the differences between two that the reader chooses."""
    lang, snapshots = run.view.lang, readable_snapshots(run)
    st.markdown(f"**{word('quality.snapshot_list', lang)}**")
    _render(run, "snapshot_list", snapshot_table(snapshots, lang))
    st.markdown(f"**{word('quality.row_counts', lang)}**")
    _render(run, "row_counts", row_count_table(snapshots, lang))
    st.markdown(f"**{word('quality.compare', lang)}**")
    if len(snapshots) < 2:
        st.info(word("quality.one_snapshot", lang), icon=":material/history:")
        return
    before, after = _choose_two(run, snapshots)
    if before.id == after.id:
        st.info(word("quality.same_snapshot", lang), icon=":material/history:")
        return
    try:
        _render_differences(run, before, after)
    except NoSnapshot as error:
        _log.warning("snapshots %s and %s cannot be compared: %s", before.id, after.id, error)
        st.warning(word("quality.other_structure", lang), icon=":material/warning:")


def _render(run: Run, name: str, table: pd.DataFrame) -> None:
    lang = run.view.lang
    render_table(table, lang, key=f"quality_{name}_rows")
    title = word(f"quality.{name}", lang)
    context = kept_for(run, f"quality {name}", lambda: figure_context(run, title, source_ids=()))
    render_under_figure(f"quality_{name}", context, {}, None, table=lambda: table)


def snapshot_table(snapshots: list[Snapshot], lang: str) -> pd.DataFrame:
    """One row per snapshot: when built, newest evidence, rows, rejections, contradictions, id."""
    runs = [query_load_run(snapshot).iloc[0] for snapshot in snapshots]
    return pd.DataFrame(
        {
            word("quality.column.built", lang): [snapshot_label(s, lang) for s in snapshots],
            word("quality.column.newest_evidence", lang): [
                format_date(day_of(r["as_of_date"]), lang) for r in runs
            ],
            word("quality.column.rows_loaded", lang): [int(r["rows_loaded"]) for r in runs],
            word("quality.column.rows_rejected", lang): [int(r["rows_rejected"]) for r in runs],
            word("quality.column.contradictions", lang): [int(r["contradictions"]) for r in runs],
            word("download.fact.snapshot", lang): [s.id for s in snapshots],
        }
    )


def row_count_table(snapshots: list[Snapshot], lang: str) -> pd.DataFrame:
    """One row per core table, one column per snapshot; blank where a snapshot lacks the table."""
    counts = {snapshot_label(s, lang): _counts(s) for s in snapshots}
    return count_table(counts, lang)


def _counts(snapshot: Snapshot) -> dict[str, int]:
    rows = query_table_counts(snapshot)
    return dict(zip(rows["table_name"], rows["row_count"].astype(int), strict=True))


def _choose_two(run: Run, snapshots: list[Snapshot]) -> tuple[Snapshot, Snapshot]:
    """Two select boxes: the one before the shown snapshot, and the shown one, to begin with."""
    lang = run.view.lang
    places = {snapshot.id: place for place, snapshot in enumerate(snapshots)}
    shown = places.get(run.snapshot.id, 0)
    earlier = min(shown + 1, len(snapshots) - 1)
    chosen = []
    with st.container(key="quality_two", horizontal=True):
        for name, first in (("before", earlier), ("after", shown)):
            place = st.selectbox(
                word(f"quality.{name}", lang),
                range(len(snapshots)),
                index=first,
                format_func=lambda n: snapshot_label(snapshots[n], lang),
                key=f"quality_{name}_{lang}_{run.snapshot.id}_{len(snapshots)}",
                width=300,
            )
            chosen.append(snapshots[int(place)])
    return chosen[0], chosen[1]


def _render_differences(run: Run, before: Snapshot, after: Snapshot) -> None:
    view, lang = run.view, run.view.lang
    key = (before.id, after.id)
    labels = [snapshot_label(s, lang) for s in (before, after)]
    count_difference = count_table(
        {label: _counts(s) for label, s in zip(labels, (before, after), strict=True)},
        lang,
        only_changed=True,
    )
    statuses = kept(
        ("status differences", *key, view.vintage, view.as_of, lang),
        lambda: status_difference_table(before, after, view.vintage, view.as_of, lang),
    )
    documents = kept(
        ("document differences", *key, lang),
        lambda: document_difference_table(before, after, lang),
    )
    parts: tuple[tuple[str, pd.DataFrame, dict[str, Any]], ...] = (
        ("changed_counts", count_difference, {}),
        ("changed_statuses", statuses, {"date": format_date(view.as_of, lang)}),
        ("changed_documents", documents, {}),
    )
    for name, table, values in parts:
        count = format_number(len(table), lang)
        st.markdown(f"**{word(f'quality.{name}', lang, **values)}: {count}**")
        if table.empty:
            st.caption(word(f"quality.{name}_none", lang))
            continue
        render_table(table, lang, key=f"quality_{name}_rows")
        title = word("quality.compare_title", lang, before=labels[0], after=labels[1],
                     what=word(f"quality.{name}", lang, **values))  # fmt: skip
        context = figure_context(run, title, source_ids=())
        render_under_figure(f"quality_{name}", context, {}, None, table=table.copy)

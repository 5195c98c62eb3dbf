"""Lists of the overview: who is behind, what has changed, how old the evidence is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.comparison.moves import load_moves, moves_table
from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.headline import LAGGING, announced
from dashboard.kept import kept_for
from dashboard.queries import query_evidence_age
from dashboard.statuses import load_statuses
from dashboard.tables import status_table
from dashboard.view import months_between
from dashboard.words import format_date, sort_key, word
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION
from domain.vintages import VINTAGES

BEHIND = {REGULATION: ("outdated", "general_only"), HUMAN_RIGHTS_PLAN: ("expired",)}
NAMED = 5  # provinces named in a line of the list of changes
SOURCES = ("letter_findings", "regulations", "human_rights_plans", "announced_totals")


def behind_table(run: Run) -> pd.DataFrame:
    """Provinces that evidence names as behind, with the reason; the unknown ones are not listed."""
    lang = run.view.lang
    frames = []
    for indicator, classes in BEHIND.items():
        shown = load_statuses(run, indicator).shown
        late = shown[shown["class"].isin(classes)]
        table = status_table(late, indicator, lang)
        table.insert(1, word("column.indicator", lang), word(f"indicator.{indicator}", lang))
        frames.append(table)
    return pd.concat(frames)


def render_behind(run: Run, *, key: str) -> None:
    """The provinces that are behind, with reasons; a row filters."""
    lang, total = run.view.lang, announced(run, LAGGING)
    st.subheader(word("page.overview.behind", lang), anchor=False)
    if total is None:
        st.caption(word("page.overview.behind_note_plain", lang))
    else:
        st.caption(
            word(
                "page.overview.behind_note",
                lang,
                lagging=total["announced_count"],
                out_of=total["out_of"],
            )
        )
    table = kept_for(run, "behind", lambda: behind_table(run))
    if table.empty:
        st.caption(word("page.overview.behind_none", lang))
        return
    columns = ("province", "class", "number")
    short = table[[word(f"column.{c}", lang) for c in columns]]
    render_table(short, lang, key=f"{key}_list", selects_province=True)
    title = word("page.overview.behind", lang)
    context = kept_for(
        run, "behind context", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    render_under_figure(key, context, {"evidence": lambda: table}, None)


def compared_since(run: Run) -> date:
    """The day to compare with: the chosen one, else 12 months before, within the vintage."""
    view = run.view
    if view.since:
        return view.since
    is_leap_day = (view.as_of.month, view.as_of.day) == (2, 29)
    day = 28 if is_leap_day else view.as_of.day
    year_before = view.as_of.replace(year=view.as_of.year - 1, day=day)
    return max(year_before, VINTAGES[view.vintage].first_day)


def _changes(run: Run, since: date) -> pd.DataFrame:
    """Moves of both indicators that provinces answer for, newest first."""
    lang, column = run.view.lang, word("column.changed_on", run.view.lang)
    frames = []
    for indicator in BEHIND:
        moved = load_moves(run, indicator, "", since).moved
        table = moves_table(moved, indicator, lang)
        table.insert(1, word("column.indicator", lang), word(f"indicator.{indicator}", lang))
        frames.append(table)
    return pd.concat(frames).sort_values(column, ascending=False, kind="stable")


def render_changes(run: Run, *, key: str) -> None:
    """Who moved from which class to which between two days, with the document that moved it."""
    view, lang, since = run.view, run.view.lang, compared_since(run)
    title = word(
        "page.overview.changes",
        lang,
        since=format_date(since, lang),
        as_of=format_date(view.as_of, lang),
    )
    st.subheader(title, anchor=False)
    if view.since is None:
        st.caption(word("page.overview.changes_default", lang))
    table = kept_for(run, "changes", lambda: _changes(run, since))
    if table.empty:
        st.caption(word("page.overview.changes_none", lang))
        return
    context = kept_for(
        run, "changes context", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    grouped = kept_for(run, "changes by document", lambda: _by_document(table, lang))
    render_table(grouped, lang, key=f"{key}_by_document")
    render_under_figure(key, context, {"evidence": lambda: table}, None)


def _by_document(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Changes by document: one letter can move dozens of provinces."""
    number, to_class = word("column.number", lang), word("column.to_class", lang)
    changed_on, count = word("column.changed_on", lang), word("column.provinces", lang)
    province = word("column.province", lang)
    keys = [changed_on, number, word("column.from_class", lang), to_class]
    groups = table.groupby(keys, sort=False)[province]
    grouped = groups.agg([("names", _some_names), ("count", "size")]).reset_index()
    grouped = grouped.rename(columns={"names": province, "count": count})
    grouped.index = pd.Index([""] * len(grouped))
    return grouped


def _some_names(names: pd.Series) -> str:
    """All names of a few, the first of many; the evidence under the list has all."""
    ordered = sorted(names, key=sort_key)
    return ", ".join(ordered[:NAMED]) + (", …" if len(ordered) > NAMED else "")


def _ages(run: Run) -> pd.DataFrame:
    view, lang = run.view, run.view.lang
    ages = query_evidence_age(run.snapshot, view.as_of)
    days = [pd.Timestamp(d).date() for d in ages["newest_date"]]
    return pd.DataFrame(
        {
            word("column.indicator", lang): [
                word(f"indicator.{i}", lang) for i in ages["indicator"]
            ],
            word("page.overview.age_newest", lang): [format_date(d, lang) for d in days],
            word("column.age", lang): [
                word("page.months", lang, count=months_between(d, view.as_of)) for d in days
            ],
        }
    )


def render_age(run: Run) -> None:
    """How old the newest evidence of each indicator is on the as-of date."""
    view, lang = run.view, run.view.lang
    st.subheader(word("page.overview.age", lang), anchor=False)
    st.caption(word("page.overview.age_line", lang, date=format_date(view.as_of, lang)))
    ages = kept_for(run, "ages", lambda: _ages(run))
    st.table(ages, hide_index=True, border="horizontal")

"""Figures on the documents of one indicator: counts, timeline, months, announced against found."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.charts import (
    Mark,
    describe_adoption_timeline,
    describe_class_counts,
    describe_month_counts,
    plot_adoption_timeline,
    plot_class_counts,
    plot_month_counts,
)
from dashboard.data_table import render_table
from dashboard.figure import render_figure, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.headline import LAGGING
from dashboard.kept import kept_for
from dashboard.province_map import status_evidence
from dashboard.queries import (
    query_adoptions,
    query_announced_totals,
    query_month_counts,
)
from dashboard.statuses import Statuses, of_route
from dashboard.tables import adoption_table
from dashboard.words import word
from domain.indicators import (
    ANNUAL_PLAN,
    CLASS_OF_LEGAL_BASE,
    DECISION_1079_DATE,
    GENERAL_REGULATION,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    UNKNOWN_CLASS,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

SOURCES = {
    REGULATION: ("regulations", "letter_findings", "ministry_guidance"),
    HUMAN_RIGHTS_PLAN: ("human_rights_plans", "announced_totals", "ministry_guidance"),
    ANNUAL_PLAN: ("annual_plans", "ministry_guidance"),
}
GOOD_CLASS = {REGULATION: "current", HUMAN_RIGHTS_PLAN: "adopted"}
# National base documents drawn as marks; numbers and dates as in data/README and design.md 4.
BASE_MARKS = {
    REGULATION: (
        (date(2010, 11, 30), "page.regulations.mark_decision79"),
        (date(2015, 9, 7), "page.regulations.mark_decree72"),
    ),
    HUMAN_RIGHTS_PLAN: ((DECISION_1079_DATE, "page.human_rights.mark_decision1079"),),
}
# The sign of a document by what it rests on: the domain's rule, with the unseen and the general.
_CLASS_OF_BASE = {
    **{base: name or UNKNOWN_CLASS[REGULATION] for base, name in CLASS_OF_LEGAL_BASE.items()},
    GENERAL_REGULATION: "general_only",
    "scheme": "adopted",
    "annual": "adopted",
}


def render_class_counts(run: Run, statuses: Statuses, *, key: str) -> None:
    """Bars: provinces per class."""
    lang, counts = run.view.lang, statuses.counts
    title = word("page.counts_title", lang)
    draw = partial(plot_class_counts, counts, statuses.indicator, lang)
    render_figure(
        run,
        draw,
        key=key,
        alt=partial(describe_class_counts, counts, statuses.indicator, statuses.as_of, lang),
        context=partial(
            figure_context,
            run,
            title,
            source_ids=SOURCES.get(statuses.indicator, ()),
            statuses=statuses,
        ),
        table=partial(_count_table, statuses, lang),
        evidence=partial(status_evidence, run, statuses),
        export=draw,
    )


def _count_table(statuses: Statuses, lang: str) -> pd.DataFrame:
    counts, key = statuses.counts, f"class.{statuses.indicator}"
    return pd.DataFrame(
        {
            word("column.class", lang): [word(f"{key}.{c}", lang) for c in counts["class"]],
            word("column.provinces", lang): counts["province_count"],
        }
    )


def render_month_counts(run: Run, indicator: str, *, key: str, title: str) -> None:
    """Stairs: provinces in the good class by month, implied part hatched, announced as diamonds."""
    view, lang, good = run.view, run.view.lang, GOOD_CLASS[indicator]
    counts = kept_for(run, f"months {indicator}", partial(_month_counts, run, indicator))
    if counts.empty:
        st.caption(word("page.no_rows", lang))
        return

    def draw(dark: bool = False) -> go.Figure:
        points = _announced_points(run, indicator)
        return plot_month_counts(counts, good, view.as_of, indicator, lang, dark, points)

    render_figure(
        run,
        draw,
        key=key,
        alt=partial(describe_month_counts, counts, good, view.as_of, indicator, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES[indicator]),
        table=lambda: _month_table(counts[counts["class"] == good], lang),
        evidence=lambda: adoption_table(_adoptions(run, indicator), indicator, lang),
        export=draw,
    )


def _month_counts(run: Run, indicator: str) -> pd.DataFrame:
    last = max(run.view.as_of, run.facts.newest_evidence)
    counts = query_month_counts(run.snapshot, run.view.vintage, indicator, last)
    return counts.assign(month_end=pd.to_datetime(counts["month_end"]).dt.date)


def _announced_points(run: Run, indicator: str) -> list[tuple[date, int, str]]:
    if indicator != HUMAN_RIGHTS_PLAN or run.view.vintage != 2008:
        return []
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    rows = totals[totals["indicator"] == LAGGING].to_dict("records")
    return [
        (
            r["as_of_date"].date(),
            int(r["out_of"]) - int(r["announced_count"]),
            r["document_number"],
        )
        for r in rows
    ]


def _adoptions(run: Run, indicator: str) -> pd.DataFrame:
    """Known documents of the route and province chosen."""
    found = _adoptions_of_route(run, indicator)
    province = run.view.province
    return found if province is None else found[found["province_code_gso"] == province]


def _adoptions_of_route(run: Run, indicator: str) -> pd.DataFrame:
    return kept_for(run, f"adoptions {indicator}", partial(_find_adoptions, run, indicator))


def _find_adoptions(run: Run, indicator: str) -> pd.DataFrame:
    view = run.view
    return of_route(run, query_adoptions(run.snapshot, view.vintage, indicator, view.as_of))


def render_timeline(run: Run, indicator: str, *, key: str, title: str) -> None:
    """Dots: documents by their date, with the national base documents and letters as marks."""
    # One province alone is no picture of a course of events: the timeline keeps all of the route.
    lang, found = run.view.lang, _adoptions_of_route(run, indicator)
    if found["counts_from_date"].isna().all():
        st.caption(word("chart.alt.timeline_empty", lang))
        return
    undated = int(found["counts_from_date"].isna().sum())
    if undated:
        st.caption(word("page.regulations.timeline_caption", lang, undated=undated))

    def draw(dark: bool = False) -> go.Figure:
        marks = _marks(run, indicator)
        return plot_adoption_timeline(_timeline_rows(found), indicator, lang, dark, marks)

    render_figure(
        run,
        draw,
        key=key,
        alt=lambda: describe_adoption_timeline(_timeline_rows(found), indicator, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES[indicator]),
        table=lambda: adoption_table(found, indicator, lang),
        evidence=lambda: adoption_table(found[found["is_deciding"]], indicator, lang),
        export=draw,
    )


def _marks(run: Run, indicator: str) -> list[Mark]:
    """The national base documents and the letters that announced totals."""
    lang = run.view.lang
    marks = [Mark(day, word(name, lang)) for day, name in BASE_MARKS[indicator]]
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    letters = totals[["as_of_date", "document_number"]].drop_duplicates()
    for r in letters.itertuples():
        text = word("page.regulations.mark_letter", lang, number=r.document_number)
        marks.append(Mark(r.as_of_date.date(), text))
    return marks


def _timeline_rows(found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "province_name": found["province_name"],
            "document_number": found["document_number"],
            "date": found["counts_from_date"],
            "class": [_CLASS_OF_BASE[b] for b in found["basis"]],
            "is_deciding": found["is_deciding"],
        }
    )


def render_documents(run: Run, indicator: str, *, key: str, title: str) -> None:
    """The sortable list of known documents; a row filters."""
    lang, found = run.view.lang, _adoptions(run, indicator)
    st.caption(word("page.choose_row", lang))
    table = kept_for(run, f"documents {indicator}", partial(adoption_table, found, indicator, lang))
    render_table(table, lang, key=f"{key}_list", selects_province=True)
    context = kept_for(
        run,
        f"documents context {indicator}",
        lambda: figure_context(run, title, source_ids=SOURCES[indicator]),
    )
    render_under_figure(key, context, {}, None, table=lambda: table)


def _month_table(counts: pd.DataFrame, lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            word("column.as_of", lang): counts["month_end"],
            word("column.provinces", lang): counts["province_count"],
            word("column.implied", lang): counts["implied_count"],
        }
    )

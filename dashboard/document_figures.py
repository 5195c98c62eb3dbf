"""Figures on the documents of one indicator: counts, timeline, months, announced against found."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import (
    Mark,
    describe_adoption_timeline,
    describe_class_counts,
    describe_month_counts,
    describe_reconciliation,
    human_rights_parts,
    plot_adoption_timeline,
    plot_class_counts,
    plot_month_counts,
    plot_reconciliation,
    regulation_parts,
)
from dashboard.filters import Run
from dashboard.headline import LAGGING, adopted_at, announced
from dashboard.panel import (
    figure_context,
    render_figure,
    render_table,
    render_under_figure,
    status_evidence,
)
from dashboard.queries import (
    query_adoptions,
    query_announced_totals,
    query_evidence,
    query_month_counts,
    query_silent_provinces,
)
from dashboard.statuses import Statuses
from dashboard.tables import adoption_table, evidence_table
from dashboard.words import format_date, word
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION

SOURCES = {
    REGULATION: ("regulations", "letter_findings", "ministry_guidance"),
    HUMAN_RIGHTS_PLAN: ("human_rights_plans", "announced_totals", "ministry_guidance"),
}
GOOD_CLASS = {REGULATION: "current", HUMAN_RIGHTS_PLAN: "adopted"}
# National base documents drawn as marks; numbers and dates as in data/README and design.md 4.
BASE_MARKS = {
    REGULATION: (
        (date(2010, 11, 30), "page.regulations.mark_decision79"),
        (date(2015, 9, 7), "page.regulations.mark_decree72"),
    ),
    HUMAN_RIGHTS_PLAN: ((date(2022, 9, 14), "page.human_rights.mark_decision1079"),),
}
_CLASS_OF_BASE = {
    "decree72_circular22": "current",
    "decree72": "current",
    "decision79_2010": "outdated",
    "foreign_affairs_general": "general_only",
    "unknown": "unverified",
    "scheme": "adopted",
    "annual": "adopted",
}


def render_class_counts(run: Run, statuses: Statuses, *, key: str) -> None:
    """Bars: provinces per class."""
    lang, counts = run.view.lang, statuses.counts()
    title = word("page.counts_title", lang)
    named = counts.assign(
        **{"class": [word(f"class.{statuses.indicator}.{c}", lang) for c in counts["class"]]}
    ).set_axis([word("column.class", lang), word("column.provinces", lang)], axis=1)
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
        table=lambda: named,
        evidence=partial(status_evidence, run, statuses),
        export=draw,
    )


def render_month_counts(run: Run, indicator: str, *, key: str, title: str) -> None:
    """Stairs: provinces in the good class by month, implied part hatched, announced as diamonds."""
    view, lang, good = run.view, run.view.lang, GOOD_CLASS[indicator]
    last = max(view.as_of, run.facts.newest_evidence)
    counts = query_month_counts(run.snapshot, view.vintage, indicator, last)
    if counts.empty:
        st.caption(word("page.no_rows", lang))
        return
    counts = counts.assign(month_end=pd.to_datetime(counts["month_end"]).dt.date)
    draw = partial(
        plot_month_counts,
        counts,
        good,
        view.as_of,
        indicator,
        lang,
        announced=_announced_points(run, indicator),
    )
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


def _announced_points(run: Run, indicator: str) -> list[tuple[date, int, str]]:
    if indicator != HUMAN_RIGHTS_PLAN or run.view.vintage != 2008:
        return []
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    rows = totals[totals["indicator"] == LAGGING].to_dict("records")
    return [
        (_day(r["as_of_date"]), int(r["out_of"]) - int(r["announced_count"]), r["document_number"])
        for r in rows
    ]


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()


def _adoptions(run: Run, indicator: str) -> pd.DataFrame:
    view = run.view
    found = query_adoptions(run.snapshot, view.vintage, indicator, view.as_of)
    if view.route:
        units = run.facts.provinces[view.vintage]
        found = found[[view.route in units[c].routes for c in found["province_code_gso"]]]
    if view.province:
        found = found[found["province_code_gso"] == view.province]
    return found


def render_timeline(run: Run, indicator: str, *, key: str, title: str) -> None:
    """Dots: documents by their date, with the national base documents and letters as marks."""
    lang, found = run.view.lang, _adoptions(run, indicator)
    documents = pd.DataFrame(
        {
            "province_name": found["province_name"],
            "document_number": found["document_number"],
            "date": found["counts_from_date"],
            "class": [_CLASS_OF_BASE[b] for b in found["basis"]],
            "is_deciding": found["is_deciding"],
        }
    )
    marks = [Mark(day, word(name, lang)) for day, name in BASE_MARKS[indicator]]
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    letters = totals[["as_of_date", "document_number"]].drop_duplicates()
    marks += [
        Mark(
            _day(r.as_of_date), word("page.regulations.mark_letter", lang, number=r.document_number)
        )
        for r in letters.itertuples()
    ]
    st.subheader(title, anchor=False)
    if found["counts_from_date"].isna().all():
        st.caption(word("chart.alt.timeline_empty", lang))
        return
    undated = int(found["counts_from_date"].isna().sum())
    if undated:
        st.caption(word("page.regulations.timeline_caption", lang, undated=undated))
    draw = partial(plot_adoption_timeline, documents, indicator, lang, marks=marks)
    render_figure(
        run,
        draw,
        key=key,
        alt=partial(describe_adoption_timeline, documents, indicator, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES[indicator]),
        table=lambda: adoption_table(found, indicator, lang),
        evidence=lambda: adoption_table(found[found["is_deciding"]], indicator, lang),
        export=draw,
    )


def render_documents(run: Run, indicator: str, *, key: str, title: str) -> None:
    """The sortable list of known documents; a row filters."""
    lang, found = run.view.lang, _adoptions(run, indicator)
    st.subheader(title, anchor=False)
    st.caption(word("page.choose_row", lang))
    table = adoption_table(found, indicator, lang)
    render_table(table, lang, key=f"{key}_list", selects_province=True)
    context = figure_context(run, title, source_ids=SOURCES[indicator])
    render_under_figure(key, context, {}, None, table=lambda: table)


def render_reconciliation(run: Run, indicator: str, *, key: str) -> None:
    """Announced against evidenced totals, compared on the letter's own date."""
    lang = run.view.lang
    section = "regulations" if indicator == REGULATION else "human_rights"
    total = announced(
        run, LAGGING if indicator == HUMAN_RIGHTS_PLAN else "regulation_on_decision79_not_amended"
    )
    if total is None:
        title = word(f"page.{section}.reconciliation", lang) if indicator == REGULATION else ""
        if title:
            st.subheader(title, anchor=False)
        until = format_date(run.view.as_of, lang)
        st.info(word(f"page.{section}.no_letter", lang, date=until))
        return
    day = _day(total["as_of_date"])
    values = {"document": total["document_number"], "date": format_date(day, lang)}
    parts, title, caption = (
        _regulation_parts(run, total, day, values)
        if indicator == REGULATION
        else _human_rights_parts(run, total, day, values)
    )
    headings = (
        word("page.regulations.heading_announced", lang, **values),
        word("page.regulations.heading_evidenced", lang),
    )
    st.subheader(title, anchor=False)
    st.caption(caption)
    draw = partial(plot_reconciliation, parts, indicator, lang, headings=headings)
    render_figure(
        run,
        draw,
        key=key,
        alt=partial(describe_reconciliation, parts, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES[indicator]),
        table=lambda: _parts_table(parts, lang),
        evidence=lambda: _letter_evidence(run, indicator, day),
        export=draw,
    )


def _parts_table(parts: pd.DataFrame, lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            word("column.reason", lang): [
                word(f"chart.reconciliation.{c}", lang) for c in parts["column"]
            ],
            word("column.title", lang): parts["label"],
            word("column.provinces", lang): parts["count"],
        }
    )


def _month_table(counts: pd.DataFrame, lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            word("column.as_of", lang): counts["month_end"],
            word("column.provinces", lang): counts["province_count"],
            word("column.implied", lang): counts["implied_count"],
        }
    )


def _letter_evidence(run: Run, indicator: str, day: date) -> pd.DataFrame:
    """Evidence of the 63 on the day of the letter: what it names, implies and what contradicts."""
    found = query_evidence(run.snapshot, 2008, indicator, "", day)
    return evidence_table(found, indicator, run.view.lang)


def _regulation_parts(
    run: Run, total: dict[Any, Any], day: date, values: dict[str, str]
) -> tuple[pd.DataFrame, str, str]:
    lang = run.view.lang
    general = announced(run, "only_general_foreign_affairs_regulation")
    silent = query_silent_provinces(run.snapshot, day)
    parts = regulation_parts(
        int(total["announced_count"]),
        int(general["announced_count"]) if general else 0,
        int(total["out_of"]),
        int((silent["has_document"] & ~silent["has_contradiction"]).sum()),
        int(silent["has_contradiction"].sum()),
        lang,
    )
    title = word("page.regulations.reconciliation", lang)
    return parts, title, word("page.regulations.reconciliation_caption", lang, **values)


def _human_rights_parts(
    run: Run, total: dict[Any, Any], day: date, values: dict[str, str]
) -> tuple[pd.DataFrame, str, str]:
    lang, named = run.view.lang, adopted_at(run, day)
    lagging, out_of = int(total["announced_count"]), int(total["out_of"])
    parts = human_rights_parts(lagging, out_of, named, lang)
    title = word("page.human_rights.reconciliation_title", lang, lagging=lagging, out_of=out_of)
    caption = word(
        "page.human_rights.reconciliation_caption",
        lang,
        lagging=lagging,
        out_of=out_of,
        named=named,
        implied=out_of - lagging,
        **values,
    )
    return parts, title, caption

"""Plans year by year: counts with each year's letter, all known plans, maps side by side."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.charts.plan_years import describe_plan_years, plot_plan_years
from dashboard.data_table import render_table
from dashboard.figure import map_layout, render_figure, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.map_multiples import MOST_MAPS, describe_small_maps, plot_small_maps
from dashboard.plans.rows import SOURCES, known_plans, letters_by_year, plan_years
from dashboard.plans.tables import letter_table, plan_table, year_table
from dashboard.queries.plans import query_plan_classes
from dashboard.words import escape_markdown, word
from domain.indicators import ANNUAL_PLAN


def render_years(run: Run) -> None:
    """Stacked counts of every plan year, with its letter; under them the list of all plans."""
    lang, years = run.view.lang, plan_years(run)
    title = word("page.plans.years", lang, first=years[-1].year, last=years[0].year)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        st.subheader(title, anchor=False)
        st.caption(word("page.plans.sample", lang))
        draw = partial(plot_plan_years, years, lang)
        render_figure(
            run,
            draw,
            key="plans_years",
            alt=partial(describe_plan_years, years, lang),
            context=partial(figure_context, run, title, source_ids=SOURCES),
            table=partial(year_table, years, lang),
            evidence=partial(_letters, run),
            evidence_note=word("page.plans.evidence.letters", lang),
            export=draw,
        )
    with right:
        _render_list(run)


def _letters(run: Run) -> pd.DataFrame:
    return letter_table(letters_by_year(run), run.view.lang)


def _render_list(run: Run) -> None:
    """All plans known, of the chosen province alone where one is chosen."""
    lang = run.view.lang
    title = word("page.plans.list", lang)
    st.subheader(title, anchor=False)
    st.caption(list_note(run))
    table = kept_for(
        run, "plans list", lambda: plan_table(of_province(run, known_plans(run)), lang)
    )
    render_table(table, lang, key="plans_list_rows", selects_province=True)
    context = kept_for(
        run, "plans list context", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    render_under_figure("plans_list", context, {}, None, table=lambda: table)


def of_province(run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the chosen province, all where none is chosen."""
    code = run.view.province
    return rows if code is None else rows[rows["province_code_gso"] == code]


def list_note(run: Run) -> str:
    """What a list holds: one province, or how to choose one."""
    lang, code = run.view.lang, run.view.province
    if code is None:
        return word("page.choose_row", lang)
    name = run.facts.provinces[run.view.vintage][code].name
    return escape_markdown(word("page.plans.only_province", lang, province=name))


def render_year_maps(run: Run) -> None:
    """One small map per plan year, all with the same classes; the newest years where many."""
    lang, vintage = run.view.lang, run.view.vintage
    years = plan_years(run)[:MOST_MAPS]
    title = word("page.plans.maps", lang, first=years[-1].year, last=years[0].year)
    st.subheader(title, anchor=False)
    st.caption(word("page.plans.maps_note", lang))
    tables = kept_for(run, "plans maps", lambda: _tables(run, [year.year for year in years]))
    layout = map_layout()
    draw = partial(plot_small_maps, tables, indicator=ANNUAL_PLAN, vintage=vintage, lang=lang)
    render_figure(
        run,
        partial(draw, **layout),
        key="plans_maps",
        alt=partial(describe_small_maps, tables, ANNUAL_PLAN, vintage, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES, is_map=True),
        table=partial(year_table, years, lang),
        evidence=lambda: plan_table(known_plans(run), lang),
        evidence_note=word("page.plans.evidence.plans", lang),
        export=partial(draw, geojson="inline"),
        width="content" if layout["narrow"] is False else "stretch",
    )


def _tables(run: Run, years: list[int]) -> dict[str, pd.DataFrame]:
    """Year → statuses of all units, oldest year first."""
    found = query_plan_classes(run.snapshot, run.view.vintage, run.view.as_of)
    return {
        str(year): found[found["plan_year"] == year].reset_index(drop=True)
        for year in sorted(years)
    }

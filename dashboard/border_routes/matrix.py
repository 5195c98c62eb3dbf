"""The coverage matrix of a route: province × test, with evidence, table and downloads."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.border_routes.coverage import load_coverage
from dashboard.border_routes.coverage_tables import matrix_rows, matrix_table
from dashboard.charts.coverage_matrix import describe_coverage_matrix, plot_coverage_matrix
from dashboard.figure import render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.province_map import choose_on_map
from dashboard.queries import query_evidence
from dashboard.queries.border_routes import query_route_uncounted
from dashboard.statuses import Statuses
from dashboard.tables import evidence_table
from dashboard.words import word
from domain.indicators import BORDER_ROUTE

SOURCES = (
    "border_provinces",
    "border_gates",
    "programme_5115",
    "information_clusters",
    "document_facts",
)


def route_evidence(run: Run, route: str) -> pd.DataFrame:
    """What passes the tests of a route on the as-of date, worded; of the chosen province alone."""
    view = run.view
    found = query_evidence(run.snapshot, view.vintage, BORDER_ROUTE, route, view.as_of)
    found = found[found["test"] != ""]
    if view.province:
        found = found[found["province_code_gso"] == view.province]
    return evidence_table(found, BORDER_ROUTE, view.lang)


def route_title(run: Run, name: str, route: str) -> str:
    """Title of a figure of the page, with the route."""
    lang = run.view.lang
    return word(
        f"page.border_routes.{name}", lang, route=word(f"page.border_routes.headline.{route}", lang)
    )


def render_matrix(run: Run, route: str, statuses: Statuses) -> None:
    """The matrix; a click on a tile chooses the province, whose documents then stand below."""
    view, lang = run.view, run.view.lang
    units = load_coverage(run, route)
    rows = matrix_rows(units)
    draw = partial(plot_coverage_matrix, rows, lang, selected=view.province)
    uncounted = partial(query_route_uncounted, run.snapshot, view.vintage, route, view.as_of)
    st.subheader(word("page.border_routes.matrix", lang), anchor=False)
    st.caption(word("page.border_routes.matrix_note", lang))
    render_figure(
        run,
        draw,
        key="border_routes_matrix",
        alt=partial(describe_coverage_matrix, rows, view.as_of, lang),
        context=lambda: figure_context(
            run, route_title(run, "matrix_title", route), source_ids=SOURCES, statuses=statuses
        ),
        table=lambda: matrix_table(units, uncounted(), lang),
        evidence=partial(route_evidence, run, route),
        export=draw,
        on_click=choose_on_map,
    )

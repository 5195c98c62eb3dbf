"""The map of a route: the whole country, or the route filling the frame."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.border_routes.coverage import kept_for_day, load_coverage
from dashboard.border_routes.matrix import SOURCES, route_evidence, route_title
from dashboard.border_routes.places import cluster_places, gate_places
from dashboard.download import MAP_WIDTH
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.map_zoom import plot_zoom_map
from dashboard.maps import describe_map, plot_province_map
from dashboard.province_map import choose_on_map, render_map
from dashboard.queries.border_routes import query_route_clusters, query_route_gates
from dashboard.statuses import Statuses
from dashboard.tables import status_table
from dashboard.tabs import render_tabs
from dashboard.words import format_date, word
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.map_places import Place


def render_maps(run: Run, route: str, statuses: Statuses) -> None:
    """Whole country and zoom behind tabs; with a day to compare with, first what has changed."""
    lang = run.view.lang
    country = partial(
        plot_province_map,
        statuses.table,
        indicator=BORDER_ROUTE,
        vintage=statuses.vintage,
        lang=lang,
        selected=run.view.province,
    )
    zoom = partial(
        plot_zoom_map,
        statuses.table,
        codes=[unit.code for unit in load_coverage(run, route)],
        indicator=BORDER_ROUTE,
        vintage=statuses.vintage,
        lang=lang,
        selected=run.view.province,
    )
    st.subheader(route_title(run, "map_title", route), anchor=False)
    tabs: dict[str, Callable[[], None]] = {}
    if statuses.since is not None:
        day = format_date(statuses.since, lang)
        tabs[word("page.border_routes.tab.compared", lang, date=day)] = partial(
            render_map, run, statuses, key="border_routes_compared", source_ids=SOURCES
        )
    for name, plot in (("country", country), ("zoom", zoom)):
        tabs[word(f"page.border_routes.tab.{name}", lang)] = partial(
            _render, run, route, statuses, plot, f"border_routes_{name}"
        )
    render_tabs("border_routes_maps", tabs)


def _render(
    run: Run, route: str, statuses: Statuses, plot: Callable[..., go.Figure], key: str
) -> None:
    lang, layout = run.view.lang, map_layout()
    draw = partial(plot, places=_places(run, route))
    on_route = statuses.table[statuses.table["class"] != NOT_APPLICABLE]
    title = route_title(run, "map_title", route)
    render_figure(
        run,
        partial(draw, **layout),
        key=key,
        alt=partial(_describe, run, route, statuses),
        context=lambda: figure_context(
            run, title, source_ids=SOURCES, statuses=statuses, is_map=True
        ),
        table=partial(status_table, on_route, BORDER_ROUTE, lang),
        evidence=partial(route_evidence, run, route),
        export=partial(draw, geojson="inline", width=MAP_WIDTH),
        on_click=choose_on_map,
        width="content" if layout["narrow"] is False else "stretch",
    )
    note = _places_note(run, route)
    if note:
        st.caption(note)


def _found(run: Run, route: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Gates of the route (no airports) and observations of its clusters."""
    view = run.view
    gates = query_route_gates(run.snapshot, view.vintage, route)
    clusters = query_route_clusters(run.snapshot, view.vintage, route, view.as_of)
    return gates[gates["border_route"].notna()], clusters


def _places(run: Run, route: str) -> list[Place]:
    """Gates first, so that clusters stand on top of them."""

    def find() -> list[Place]:
        gates, clusters = _found(run, route)
        return gate_places(gates, run.view.lang) + cluster_places(clusters, run.view.lang)

    return kept_for_day(run, f"route places {route}", find)


def _places_note(run: Run, route: str) -> str:
    """How many gates and clusters could not be drawn, or are drawn only about where they are."""

    def tell() -> str:
        lang = run.view.lang
        gates, clusters = _found(run, route)
        drawn = gates["latitude"].notna()
        parts = []
        if drawn.any():
            parts.append(
                word(
                    "page.border_routes.gates_drawn",
                    lang,
                    drawn=int(drawn.sum()),
                    count=len(gates),
                    approximate=int(gates["is_approximate"].sum()),
                )
            )
        elif len(gates):
            parts.append(word("page.border_routes.gates_not_drawn", lang, count=len(gates)))
        unplaced = int((clusters["is_latest"] & clusters["latitude"].isna()).sum())
        if unplaced:
            parts.append(word("page.border_routes.clusters_unplaced", lang, count=unplaced))
        undated = int(clusters["observed_date"].isna().sum())
        if undated:
            parts.append(word("page.border_routes.clusters_undated", lang, count=undated))
        return " ".join(parts)

    return kept_for_day(run, f"route places note {route}", tell)


def _describe(run: Run, route: str, statuses: Statuses) -> str:
    lang = run.view.lang
    said = describe_map(
        statuses.table,
        BORDER_ROUTE,
        statuses.vintage,
        statuses.as_of,
        lang,
        places=_places(run, route),
    )
    return f"{route_title(run, 'map_title', route)}. {said} {_places_note(run, route)}".strip()

"""Below the map: all routes side by side, gates, clusters, lengths, what does not count."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.border_routes.coverage import kept_for_day, load_coverage
from dashboard.border_routes.coverage_tables import summary_table, uncounted_table
from dashboard.border_routes.matrix import SOURCES, route_title
from dashboard.border_routes.place_tables import (
    activity_table,
    cluster_table,
    gate_table,
    length_table,
)
from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries import query_route_counts
from dashboard.queries.border_routes import (
    query_border_activities,
    query_route_clusters,
    query_route_gates,
    query_route_provinces,
    query_route_uncounted,
)
from dashboard.tabs import render_tabs
from dashboard.view import ROUTES
from dashboard.words import format_date, word

_KEY = "page.border_routes"


def render_lower(run: Run, route: str) -> None:
    """Tabs; only the open one is made and sent."""
    lang = run.view.lang
    tabs: dict[str, Callable[[Run, str], None]] = {
        "summary": _render_summary,
        "gates": _render_gates,
        "clusters": _render_clusters,
        "activities": _render_activities,
        "uncounted": _render_uncounted,
        "lengths": _render_lengths,
    }
    render_tabs(
        "border_routes_lower",
        {
            word(f"{_KEY}.tab.{name}", lang): partial(render, run, route)
            for name, render in tabs.items()
        },
    )


def _render(
    run: Run,
    name: str,
    title: str,
    make: Callable[[], pd.DataFrame],
    sources: tuple[str, ...],
    empty: str,
) -> None:
    """A table under the caption that its tab wrote, or the sentence that says why there is none."""
    table = kept_for(run, f"border routes {name}", make)
    if table.empty:
        st.caption(empty)
        return
    key = f"border_routes_{name}"
    render_table(table, run.view.lang, key=f"{key}_list", selects_province=True)
    context = kept_for(
        run,
        f"border routes {name} context",
        lambda: figure_context(run, title, source_ids=sources),
    )
    render_under_figure(key, context, {}, None, table=lambda: table)


def _of_province(run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the chosen province, all without a choice."""
    code = run.view.province
    return rows if code is None else rows[rows["province_code_gso"] == code]


def _render_summary(run: Run, route: str) -> None:
    """All four routes; a small plain table, as a briefing has it."""
    view, lang = run.view, run.view.lang
    day = format_date(view.as_of, lang)
    st.caption(word(f"{_KEY}.summary_note", lang, date=day))
    table = kept_for_day(
        run,
        "border routes summary",
        lambda: summary_table(
            query_route_counts(run.snapshot, view.vintage, view.as_of),
            {name: load_coverage(run, name) for name in ROUTES},
            lang,
        ),
    )
    st.table(table, hide_index=True, border="horizontal")
    st.caption(kept_for_day(run, "border routes overlap", lambda: _overlap(run)))
    context = kept_for(
        run,
        "border routes summary context",
        lambda: figure_context(run, word(f"{_KEY}.summary_title", lang), source_ids=SOURCES),
    )
    render_under_figure("border_routes_summary", context, {}, None, table=lambda: table)


def _overlap(run: Run) -> str:
    """Who stands in more than one row, so that nobody adds the rows up."""
    lang = run.view.lang
    units = [p for p in run.facts.names(run.view.vintage) if len(p.routes) > 1]
    on_land = [p.name for p in units if len(set(p.routes) - {"sea"}) > 1]
    return word(f"{_KEY}.summary_overlap", lang, count=len(units), land_names=", ".join(on_land))


def _render_gates(run: Run, route: str) -> None:
    lang = run.view.lang
    found = _of_province(run, query_route_gates(run.snapshot, run.view.vintage, route))
    of_route, airports = found[found["border_route"].notna()], found[found["border_route"].isna()]
    classes = of_route["gate_class"].value_counts()
    placed = of_route["latitude"].notna()
    st.caption(
        word(
            f"{_KEY}.gates_note",
            lang,
            count=len(of_route),
            international=int(classes.get("international", 0)),
            main=int(classes.get("main", 0)),
            secondary=int(classes.get("secondary", 0)),
            unplaced=int((~placed).sum()),
        )
    )
    title = route_title(run, "gates_title", route)
    empty = word(f"{_KEY}.gates_none", lang)
    make = partial(gate_table, of_route, lang)
    _render(run, f"gates {route}", title, make, ("border_gates",), empty)
    st.markdown(f"**{word(f'{_KEY}.airports_title', lang)}**")
    st.caption(word(f"{_KEY}.airports_note", lang))
    make = partial(gate_table, airports, lang)
    title, empty = word(f"{_KEY}.airports_title", lang), word(f"{_KEY}.airports_none", lang)
    _render(run, "airports", title, make, ("border_gates",), empty)


def _render_clusters(run: Run, route: str) -> None:
    view, lang = run.view, run.view.lang
    day = format_date(view.as_of, lang)
    found = _of_province(run, query_route_clusters(run.snapshot, view.vintage, route, view.as_of))
    parts = {
        "latest": found[found["is_latest"]],
        "earlier": found[~found["is_latest"] & found["observed_date"].notna()],
        "undated": found[found["observed_date"].isna()],
    }
    for name, rows in parts.items():
        if name == "earlier" and rows.empty:
            continue
        heading = word(f"{_KEY}.clusters.{name}", lang, date=day)
        st.markdown(f"**{heading}**")
        st.caption(word(f"{_KEY}.clusters.{name}_note", lang))
        title = f"{route_title(run, 'clusters_title', route)}: {heading}"
        make = partial(cluster_table, rows, lang)
        empty = word(f"{_KEY}.clusters.{name}_none", lang, date=day)
        _render(run, f"clusters {name} {route}", title, make, ("information_clusters",), empty)


def _render_activities(run: Run, route: str) -> None:
    view, lang = run.view, run.view.lang
    found = _of_province(
        run, query_border_activities(run.snapshot, view.vintage, route, view.as_of)
    )
    st.caption(word(f"{_KEY}.activities_note", lang))
    make = partial(activity_table, found, lang)
    title = route_title(run, "activities_title", route)
    empty = word(f"{_KEY}.activities_none", lang, date=format_date(view.as_of, lang))
    _render(run, f"activities {route}", title, make, ("border_activities",), empty)


def _render_uncounted(run: Run, route: str) -> None:
    view, lang = run.view, run.view.lang
    found = _of_province(run, query_route_uncounted(run.snapshot, view.vintage, route, view.as_of))
    st.caption(word(f"{_KEY}.uncounted_note", lang))
    make = partial(uncounted_table, found, lang)
    title = route_title(run, "uncounted_title", route)
    empty = word(f"{_KEY}.uncounted_none", lang)
    _render(run, f"uncounted {route}", title, make, SOURCES, empty)


def _render_lengths(run: Run, route: str) -> None:
    lang = run.view.lang
    parts = query_route_provinces(run.snapshot, run.view.vintage)
    parts = _of_province(run, parts[parts["border_route"] == route])
    kind = "coast" if route == "sea" else "border"
    known = int(parts["border_km"].notna().sum())
    st.caption(word(f"{_KEY}.lengths_note_{kind}", lang, known=known, count=len(parts)))
    make = partial(length_table, parts, lang)
    title = route_title(run, f"lengths_title_{kind}", route)
    empty = word(f"{_KEY}.lengths_none", lang)
    _render(run, f"lengths {route}", title, make, ("border_provinces",), empty)

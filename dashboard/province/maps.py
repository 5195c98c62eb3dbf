"""The two maps of a profile: where the unit lies in the country, and what lies around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from dashboard.border_routes.places import cluster_places, gate_places
from dashboard.figure import map_layout
from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.map_places import Place
from dashboard.map_zoom import (
    describe_locator_map,
    describe_zoom_map,
    plot_locator_map,
    plot_zoom_map,
)
from dashboard.maps import province_of_click
from dashboard.province.neighbours import shown_route, surroundings
from dashboard.province.places import SOURCES as PLACE_SOURCES
from dashboard.province.sheet import Sheet
from dashboard.province_map import map_title, status_evidence
from dashboard.queries.border_routes import query_route_clusters, query_route_gates
from dashboard.statuses import Statuses, load_statuses
from dashboard.tables import status_table
from dashboard.words import word
from domain.indicators import BORDER_ROUTE, REGULATION

LOCATOR_SOURCES: Final = ("provinces63", "units_2025", "archipelagos")
ZOOM_SOURCES: Final = (*PLACE_SOURCES, "programme_5115", "document_facts", "regulations")
# px on the screen and on paper. Narrower, the names of both archipelagos would not fit on the
# locator, and those of the zoomed map would stand below instead of beside it.
LOCATOR_WIDTH: Final = 320
ZOOM_WIDTH: Final = 528
EXPORT_WIDTH: Final = 680


def render_locator(run: Run, sheet: Sheet) -> None:
    """The locator map in a container of its width."""
    size = _size(sheet, LOCATOR_WIDTH)
    with st.container(width=size.get("width", "stretch")):
        _render_locator(run, sheet, size)


def render_surroundings(run: Run, sheet: Sheet) -> None:
    """The zoomed map in a container of its width."""
    size = _size(sheet, ZOOM_WIDTH)
    with st.container(width=size.get("width", "stretch")):
        _render_surroundings(run, sheet, size)


def _render_locator(run: Run, sheet: Sheet, size: dict[str, Any]) -> None:
    """The whole country in neutral colours, this unit marked; a click opens another profile."""
    view, lang = run.view, run.view.lang
    st.subheader(word("province.maps.locator", lang), anchor=False)
    draw = partial(plot_locator_map, vintage=view.vintage, code=sheet.code, lang=lang)
    sheet.figure(
        partial(draw, **size),
        name="locator",
        title=word("province.maps.locator_title", lang, province=sheet.name),
        sources=LOCATOR_SOURCES,
        alt=partial(describe_locator_map, vintage=view.vintage, code=sheet.code, lang=lang),
        table=partial(_units, run, sheet),
        evidence=partial(_units, run, sheet),
        export=partial(draw, geojson="inline", width=EXPORT_WIDTH),
        is_map=True,
        on_click=_choose,
        width=_fit(size),
    )


def _render_surroundings(run: Run, sheet: Sheet, size: dict[str, Any]) -> None:
    """The unit and its neighbours on one route, with gates and clusters."""
    lang, route = run.view.lang, shown_route(run, sheet.code)
    if route is None:
        st.subheader(word("province.maps.zoom_inland", lang), anchor=False)
    else:
        name = word(f"route.{route}", lang)
        st.subheader(word("province.maps.zoom_route", lang, route=name), anchor=False)
        _render_route_choice(run, sheet, route)
    here = replace(run, view=replace(run.view, route=route))
    statuses = load_statuses(here, BORDER_ROUTE if route else REGULATION)
    codes = surroundings(run, sheet.code)
    places = kept_for(run, f"province places {route}", partial(_places, run, route, codes))
    near = statuses.table[statuses.table["province_code_gso"].isin(codes)]
    draw = partial(
        plot_zoom_map,
        statuses.table,
        codes=codes,
        places=places,
        indicator=statuses.indicator,
        vintage=statuses.vintage,
        lang=lang,
        selected=sheet.code,
    )
    subject = map_title(statuses, lang)
    sheet.figure(
        partial(draw, **size),
        name="zoom",
        title=word("province.maps.zoom_title", lang, province=sheet.name, subject=subject),
        sources=ZOOM_SOURCES,
        alt=partial(
            describe_zoom_map,
            statuses.table,
            codes=codes,
            places=places,
            indicator=statuses.indicator,
            vintage=statuses.vintage,
            as_of=statuses.as_of,
            lang=lang,
        ),
        table=partial(status_table, near, statuses.indicator, lang),
        evidence=partial(_zoom_evidence, here, statuses, codes),
        export=partial(draw, geojson="inline", width=EXPORT_WIDTH),
        is_map=True,
        on_click=_choose,
        width=_fit(size),
    )


def has_wide_screen() -> bool:
    """Whether both maps and the statuses have room beside each other."""
    return map_layout()["narrow"] is False


def _size(sheet: Sheet, width: int) -> dict[str, Any]:
    """A map has a width of its own, but on a phone: there it takes what there is."""
    is_phone = map_layout()["narrow"] is True and not sheet.printed
    return {"narrow": True} if is_phone else {"width": width}


def _fit(size: dict[str, Any]) -> Literal["content", "stretch"]:
    return "content" if "width" in size else "stretch"


def _choose(point: Mapping[str, Any]) -> None:
    code = province_of_click([point])
    if code is not None:
        set_view(province=code)


def _render_route_choice(run: Run, sheet: Sheet, route: str) -> None:
    """Which route the map shows, where the unit lies on more than one."""
    lang = run.view.lang
    routes = run.facts.provinces[run.view.vintage][sheet.code].routes
    if len(routes) < 2 or sheet.printed:
        return
    key = f"province_route_{sheet.code}_{lang}"
    if st.session_state.get(key) != route:
        st.session_state[key] = route
    st.segmented_control(
        word("province.maps.choose_route", lang),
        routes,
        format_func=lambda name: word(f"filter.route_{name}", lang),
        key=key,
        required=True,
        on_change=partial(_choose_route, key),
        label_visibility="collapsed",
    )


def _choose_route(key: str) -> None:
    set_view(route=st.session_state[key])


def _places(run: Run, route: str | None, codes: Sequence[str]) -> list[Place]:
    """Gates of the route and clusters in the frame, of the neighbours too: none left out."""
    if route is None:
        return []
    view = run.view
    gates = query_route_gates(run.snapshot, view.vintage, route)
    clusters = query_route_clusters(run.snapshot, view.vintage, route, view.as_of)
    return [
        *gate_places(gates[gates["province_code_gso"].isin(codes)], view.lang),
        *cluster_places(clusters[clusters["province_code_gso"].isin(codes)], view.lang),
    ]


def _units(run: Run, sheet: Sheet) -> pd.DataFrame:
    """The marked unit and what touches it: what the locator says, as a table."""
    units, lang = run.facts.provinces[run.view.vintage], run.view.lang
    codes = surroundings(run, sheet.code)
    names = [", ".join(word(f"route.{r}", lang) for r in units[c].routes) for c in codes]
    marks = ["self", *["neighbour"] * (len(codes) - 1)]
    return pd.DataFrame(
        {
            word("column.province", lang): [units[c].name for c in codes],
            word("province.column.nearness", lang): [
                word(f"province.comparison.{mark}", lang) for mark in marks
            ],
            word("province.column.route", lang): names,
        },
        index=pd.Index(codes),
    )


def _zoom_evidence(run: Run, statuses: Statuses, codes: Sequence[str]) -> pd.DataFrame:
    everywhere = replace(run, view=replace(run.view, province=None))
    found = status_evidence(everywhere, statuses)
    return found[found.index.isin(codes)]

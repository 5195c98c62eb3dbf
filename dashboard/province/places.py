"""Routes, border gates and information clusters of one unit as tables, the undrawn ones too."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.province.sheet import Sheet
from dashboard.queries.province import query_province_places, query_province_routes
from dashboard.tables import date_or_blank, first_address, flag_text
from dashboard.words import format_number, word

SOURCES: Final = ("border_gates", "information_clusters", "border_provinces")
_OF_POSITION: Final = frozenset({"position_approximate", "position_unknown"})


def render_places(run: Run, sheet: Sheet) -> None:
    """The routes with their length by source, then the gates and clusters."""
    lang, view = run.view.lang, run.view
    routes = query_province_routes(run.snapshot, view.vintage, sheet.code)
    places = query_province_places(run.snapshot, view.vintage, sheet.code, view.as_of)
    if routes.empty and places.empty:
        st.info(word("province.places.none", lang), icon=":material/location_off:")
        return
    if routes.empty:
        st.caption(word("province.places.off_all_routes", lang))
    else:
        st.markdown(_route_lines(routes, lang))
    if places.empty:
        st.info(word("province.places.no_place", lang), icon=":material/location_off:")
        return
    st.caption(word("province.places.caption", lang))
    sheet.table(
        partial(place_table, places, lang),
        name="places",
        title=word("province.places.title", lang, province=sheet.name),
        sources=SOURCES,
    )


def _route_lines(routes: pd.DataFrame, lang: str) -> str:
    """One line per part and route: lengths of different sources are never added up."""
    lines = []
    has_parts = bool(routes["is_of_part"].any())
    for r in routes.to_dict("records"):
        name = word(f"route.{r['border_route']}", lang)
        if has_parts:
            name += f" ({r['province_name']})"
        if pd.isna(r["border_km"]):
            text = word("flag.length_not_found", lang)
        else:
            km = f"{r['border_km']:.3f}".rstrip("0").rstrip(".")
            decimals = len(km.partition(".")[2])
            key = "coast_km" if r["border_route"] == "sea" else "border_km"
            number = format_number(r["border_km"], lang, decimals)
            text = word(f"province.places.{key}", lang, km=number)
        remark = flag_text([f for f in r["flags"] if f != "length_not_found"], lang)
        lines.append("- " + " · ".join(p for p in (f"**{name}**", text, remark) if p))
    return "\n".join(lines)


def place_table(places: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per gate and per observation of a cluster: class or state, route, position."""
    rows = places.sort_values("kind", ascending=False, kind="stable").to_dict("records")
    columns: dict[str, Any] = {
        word("province.column.place", lang): [str(r["place_name"]) for r in rows],
        word("province.column.state", lang): [state_text(r, lang) for r in rows],
        word("province.column.route", lang): [
            word("province.places.off_route", lang)
            if pd.isna(r["border_route"])
            else word(f"route.{r['border_route']}", lang)
            for r in rows
        ],
        word("province.column.position", lang): [_position(r, lang) for r in rows],
        word("province.column.observed", lang): [
            date_or_blank(r["observed_date"], lang) for r in rows
        ],
        word("column.flags", lang): [
            flag_text([f for f in r["flags"] if f not in _OF_POSITION], lang) for r in rows
        ],
        word("column.source", lang): [first_address(r["source_url"]) for r in rows],
    }
    if places["is_of_part"].any():
        columns = {
            word("province.column.part", lang): [r["province_name"] for r in rows],
            **columns,
        }
    return pd.DataFrame(columns, index=pd.Index([""] * len(rows)))


def state_text(row: dict[Any, Any], lang: str) -> str:
    """Class of a gate, state of a cluster."""
    return word(f"province.place_state.{row['state']}", lang)


def _position(row: dict[Any, Any], lang: str) -> str:
    if not row["has_position"]:
        return word("flag.position_unknown", lang)
    key = "position_approximate" if row["is_approximate"] else None
    return word(f"flag.{key}", lang) if key else word("province.places.exact", lang)

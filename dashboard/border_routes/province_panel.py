"""The chosen province on the route: each test with its documents, and what does not count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.border_routes.coverage import Cell, RouteUnit, load_coverage
from dashboard.border_routes.coverage_tables import cell_text, fact_name
from dashboard.evidence import passage_lines
from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.queries.border_routes import query_route_clusters, query_route_uncounted
from dashboard.statuses import Statuses
from dashboard.tables import class_text, date_or_blank, first_address, flag_text, text_or_blank
from dashboard.view import months_between
from dashboard.words import escape_markdown, format_date, word
from domain.indicators import BORDER_ROUTE

# Address and day of an observation → the cluster observed: evidence does not carry its name.
_ClusterNames = dict[tuple[Any, Any], str]


def render_province_panel(run: Run, route: str, statuses: Statuses) -> None:
    """Documents of the chosen province's three tests; without a choice, how to choose."""
    lang, code = run.view.lang, run.view.province
    if code is None:
        st.info(word("page.border_routes.pick", lang), icon=":material/touch_app:")
        return
    unit = next((u for u in load_coverage(run, route) if u.code == code), None)
    province = run.facts.provinces[run.view.vintage][code]
    with st.container(border=True, key="border_routes_province"):
        st.markdown(f"##### {escape_markdown(province.name)}")
        if unit is None:
            st.markdown(word("page.border_routes.off_route", lang))
        else:
            lines = kept_for(
                run, f"route panel {route}", lambda: _lines(run, route, unit, statuses)
            )
            st.markdown("\n".join(lines))
        with st.container(horizontal=True, gap="small"):
            for other in province.routes:
                if other != route:
                    st.button(
                        word(
                            "page.border_routes.also_on", lang, route=word(f"route.{other}", lang)
                        ),
                        key=f"border_routes_also_{other}",
                        type="tertiary",
                        icon=":material/alt_route:",
                        on_click=_choose_route,
                        args=(other,),
                    )
            st.button(
                word("evidence.clear", lang),
                key="border_routes_clear",
                type="tertiary",
                icon=":material/close:",
                on_click=_clear_province,
            )


def _choose_route(route: str) -> None:
    set_view(route=route)


def _clear_province() -> None:
    set_view(province=None)


def _lines(run: Run, route: str, unit: RouteUnit, statuses: Statuses) -> list[str]:
    lang = run.view.lang
    row = statuses.table[statuses.table["province_code_gso"] == unit.code].iloc[0]
    label = escape_markdown(class_text(BORDER_ROUTE, unit.class_name, lang))
    if pd.isna(row["strength"]):
        day = format_date(statuses.as_of, lang)
        lines = [word("evidence.unknown", lang, label=label, date=day)]
    else:
        lines = [
            word("evidence.since", lang, label=label, date=format_date(row["class_since"], lang))
        ]
    if row["is_old"]:
        months = months_between(row["evidence_date"].date(), statuses.as_of)
        day = format_date(statuses.as_of, lang)
        lines += ["", f":material/history: {word('evidence.old', lang, months=months, date=day)}"]
    if row["parts"]:
        lines += ["", word("evidence.parts", lang, parts=escape_markdown(row["parts"]))]
    view = run.view
    uncounted = query_route_uncounted(run.snapshot, view.vintage, route, view.as_of)
    here = uncounted[uncounted["province_code_gso"] == unit.code]
    clusters = query_route_clusters(run.snapshot, view.vintage, route, view.as_of)
    names = {
        (r.source_url, r.observed_date): r.cluster_name
        for r in clusters[clusters["province_code_gso"] == unit.code].itertuples()
    }
    for cell in unit.cells:
        lines += ["", *_cell_lines(run, unit, cell, names)]
        lines += [_uncounted_line(r, lang) for r in here[here["test"] == cell.test].itertuples()]
    return lines


def _cell_lines(run: Run, unit: RouteUnit, cell: Cell, names: _ClusterNames) -> list[str]:
    lang = run.view.lang
    title = word(f"page.border_routes.card.{cell.test}", lang)
    lines = [f"**{title}:** {escape_markdown(cell_text(cell, lang))}", ""]
    return lines + [
        _document_line(record, unit, names, lang) + passage_lines(run, record)
        for record in cell.evidence
    ]


def _document_line(record: dict[Any, Any], unit: RouteUnit, names: _ClusterNames, lang: str) -> str:
    """Number or cluster, date and what it is, issuing body, place in it, strength, flags, link."""
    cluster = names.get((record["source_url"], record["evidence_date"]))
    name = text_or_blank(record["document_number"]) or cluster
    name = name or word(f"page.border_routes.unnamed.{record['test']}", lang)
    day = format_date(record["evidence_date"], lang)
    if record["date_basis"] != "issued":
        day += f", {word('basis.' + record['date_basis'], lang)}"
    parts = [f"**{escape_markdown(name)}**, {day}"]
    if record["evidence_province_name"] != unit.name:
        parts.insert(0, escape_markdown(record["evidence_province_name"]))
    parts.append(escape_markdown(text_or_blank(record["issuing_body"])))
    if text_or_blank(record["section"]):
        parts.append(word("evidence.section", lang, section=escape_markdown(record["section"])))
    if not pd.isna(record["until_date"]):
        until = format_date(record["until_date"], lang)
        parts.append(word("page.border_routes.until", lang, date=until))
    parts.append(f"*{word('strength.' + record['strength'], lang)}*")
    parts.append(escape_markdown(flag_text(record["flags"], lang)))
    parts.append(_link(record["source_url"], lang))
    return "- " + " · ".join(p for p in parts if p)


def _uncounted_line(row: Any, lang: str) -> str:
    """What is known and does not count, with the reason first."""
    reason = word(f"page.border_routes.reason.{row.reason}", lang)
    parts = [
        escape_markdown(fact_name(row, lang)),
        date_or_blank(row.known_date, lang),
        escape_markdown(text_or_blank(row.issuing_body)),
        escape_markdown(flag_text([f for f in row.flags if f != "undated"], lang)),
        _link(row.source_url, lang),
    ]
    text = " · ".join(p for p in parts if p)
    return f"- *{word('page.border_routes.not_counted', lang, reason=reason)}* {text}"


def _link(addresses: Any, lang: str) -> str:
    address = first_address(addresses)
    if address is None or not address.startswith(("http://", "https://")):
        return ""
    return f"[{word('evidence.link', lang)}](<{address.replace('>', '%3E')}>)"

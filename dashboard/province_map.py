"""The map of one indicator on a page, with click, evidence, table and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.comparison.figures import compared_map, render_choice
from dashboard.download import MAP_WIDTH
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.map_figure import MapFigure
from dashboard.maps import describe_map, plot_province_map, province_of_click
from dashboard.queries import query_evidence
from dashboard.statuses import Statuses
from dashboard.tables import evidence_table, status_table
from dashboard.view import NOW
from dashboard.words import format_date, word


def choose_on_map(point: Mapping[str, Any]) -> None:
    """Put the clicked unit into the address."""
    code = province_of_click([point])
    if code is not None:
        set_view(province=code)


def render_map(run: Run, statuses: Statuses, *, key: str, source_ids: tuple[str, ...]) -> None:
    """The map of one indicator with click, evidence, table and downloads.

    With a date to compare with, the reader chooses between the status, what moved, and both dates
    side by side.
    """
    view, lang = run.view, run.view.lang
    if statuses.since is not None:
        render_choice(run, key=key)
    elif view.since is not None:
        st.caption(word("comparison.no_start", lang, as_of=format_date(view.as_of, lang)))
    shown = map_figure(run, statuses)
    if shown.note:
        st.caption(shown.note)
    layout = map_layout()
    is_wide = layout["narrow"] is False
    if is_wide and shown.width is not None:
        layout = {"width": shown.width}
    render_figure(
        run,
        partial(shown.draw, **layout),
        key=f"{key}_{shown.name}" if shown.name else key,
        alt=shown.alt,
        context=partial(
            figure_context, run, shown.title, source_ids=source_ids, statuses=statuses, is_map=True
        ),
        table=shown.table,
        export=partial(shown.draw, geojson="inline", width=MAP_WIDTH),
        evidence=partial(status_evidence, run, statuses),
        contradiction_count=int(statuses.shown["has_contradiction"].sum()),
        on_click=choose_on_map,
        width="content" if is_wide else "stretch",
    )


def map_figure(run: Run, statuses: Statuses) -> MapFigure:
    """The map that a view asks for: of one day, or of two where it compares."""
    view, lang, title = run.view, run.view.lang, map_title(statuses, run.view.lang)
    if statuses.since is not None and view.comparison != NOW:
        return compared_map(run, statuses, title)
    return MapFigure(
        name="",
        title=title,
        draw=partial(
            plot_province_map,
            statuses.table,
            indicator=statuses.indicator,
            vintage=statuses.vintage,
            lang=lang,
            selected=view.province,
            dimmed=statuses.dimmed,
        ),
        alt=partial(
            describe_map,
            statuses.table,
            statuses.indicator,
            statuses.vintage,
            statuses.as_of,
            lang,
            dimmed=statuses.dimmed,
        ),
        table=partial(status_table, statuses.shown, statuses.indicator, lang),
    )


def map_title(statuses: Statuses, lang: str) -> str:
    """Indicator and scope in words."""
    name = word(f"indicator.{statuses.indicator}", lang)
    if statuses.indicator in ("annual_plan", "result_report"):
        return f"{name} {statuses.scope}"
    if statuses.indicator == "border_route":
        return f"{name}: {word(f'route.{statuses.scope}', lang)}"
    return name


def status_evidence(run: Run, statuses: Statuses) -> pd.DataFrame:
    """The evidence behind the shown statuses, or of the chosen province alone."""
    found = query_evidence(
        run.snapshot, statuses.vintage, statuses.indicator, statuses.scope, statuses.as_of
    )
    shown = found[~found["province_code_gso"].isin(statuses.dimmed)]
    if run.view.province:
        shown = shown[shown["province_code_gso"] == run.view.province]
    return evidence_table(shown, statuses.indicator, run.view.lang)

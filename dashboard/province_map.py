"""The map of one indicator on a page, with click, evidence, table and downloads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from dashboard.download import MAP_WIDTH
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.maps import describe_map, plot_province_map, province_of_click
from dashboard.queries import query_evidence
from dashboard.statuses import Statuses
from dashboard.tables import evidence_table, status_table
from dashboard.words import word


def _choose_on_map(point: Mapping[str, Any]) -> None:
    code = province_of_click([point])
    if code is not None:
        set_view(province=code)


def render_map(run: Run, statuses: Statuses, *, key: str, source_ids: tuple[str, ...]) -> None:
    """The map of one indicator with click, evidence, table and downloads."""
    view, lang = run.view, run.view.lang
    title = map_title(statuses, lang)
    contradictions = int(statuses.shown["has_contradiction"].sum())
    layout = map_layout()
    draw = partial(
        plot_province_map,
        statuses.table,
        indicator=statuses.indicator,
        vintage=statuses.vintage,
        lang=lang,
        selected=view.province,
        dimmed=statuses.dimmed,
    )
    render_figure(
        run,
        partial(draw, **layout),
        key=key,
        alt=partial(
            describe_map,
            statuses.table,
            statuses.indicator,
            statuses.vintage,
            statuses.as_of,
            lang,
            dimmed=statuses.dimmed,
        ),
        context=partial(
            figure_context, run, title, source_ids=source_ids, statuses=statuses, is_map=True
        ),
        table=partial(status_table, statuses.shown, statuses.indicator, lang),
        export=partial(draw, geojson="inline", width=MAP_WIDTH),
        evidence=partial(status_evidence, run, statuses),
        contradiction_count=contradictions,
        on_click=_choose_on_map,
        width="content" if layout["narrow"] is False else "stretch",
    )


def map_title(statuses: Statuses, lang: str) -> str:
    """Indicator and scope in words."""
    name = word(f"indicator.{statuses.indicator}", lang)
    if statuses.indicator == "annual_plan":
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

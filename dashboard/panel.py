"""One figure on a page: the chart, its evidence, its table and its downloads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from dashboard.colours import class_style
from dashboard.download import MAP_WIDTH, FigureContext, render_downloads
from dashboard.filters import Run, set_view
from dashboard.kept import kept
from dashboard.maps import PLOTLY_CONFIG, describe_map, plot_province_map, province_of_click
from dashboard.queries import query_evidence, query_sources
from dashboard.statuses import Statuses
from dashboard.tables import evidence_table, status_table
from dashboard.words import format_date, word

if TYPE_CHECKING:
    import plotly.graph_objects as go

Table = Callable[[], pd.DataFrame]


def is_dark() -> bool:
    """Whether the reader's screen is in the dark theme."""
    return st.context.theme.type == "dark"


def map_layout() -> dict[str, Any]:
    """How a map is laid out on this screen; static/frame.js said how wide it was when opened.

    A desktop has room for the legend in the open sea; without that knowledge the map fits any
    container with its legend below.
    """
    screen = st.context.cookies.get("ttdn_screen")
    return {"narrow": {"phone": True, "desktop": False}.get(screen or "")}


def plotly_config(lang: str) -> dict[str, Any]:
    """Plotly's settings with the words of its buttons in the reader's language."""
    words = {key: word(f"chart.button.{name}", lang) for key, name in _BUTTONS.items()}
    return {
        **PLOTLY_CONFIG,
        "locale": "vi",
        "locales": {"vi": {"dictionary": words, "format": {}}},
    }


_BUTTONS = {
    "Download plot as a PNG": "png",
    "Taking snapshot - this may take a few seconds": "busy",
    "Snapshot succeeded": "done",
}


def figure_context(
    run: Run,
    title: str,
    *,
    source_ids: tuple[str, ...],
    statuses: Statuses | None = None,
    is_map: bool = False,
) -> FigureContext:
    """What a download says of itself: title, filters, date, snapshot, sources, legend, notices."""
    view, lang = run.view, run.view.lang
    legend: tuple[tuple[str, str, int], ...] = ()
    if statuses is not None and not is_map:  # a map carries its own legend
        legend = tuple(
            (
                class_style(statuses.indicator, c).glyph,
                word(f"class.{statuses.indicator}.{c}", lang),
                n,
            )
            for c, n in statuses.counts.itertuples(index=False)
        )
    unknowns = None
    if statuses is not None and statuses.unknown_count():
        unknowns = word("page.unknowns", lang, count=statuses.unknown_count())
    return FigureContext(
        title=title,
        as_of=view.as_of,
        vintage_label=word(f"page.vintage_{view.vintage}", lang),
        snapshot_id=run.snapshot.id,
        sources=_source_lines(run, source_ids),
        stem=title,
        lang=lang,
        filters=_filters(run),
        legend=legend,
        notices=(word("map.notice", lang),) if is_map else (),
        unknowns=unknowns,
    )


def _filters(run: Run) -> tuple[tuple[str, str], ...]:
    view, lang = run.view, run.view.lang
    chosen = []
    if view.province:
        name = run.facts.provinces[view.vintage][view.province].name
        chosen.append((word("filter.province", lang), name))
    if view.route:
        chosen.append((word("filter.route", lang), word(f"route.{view.route}", lang)))
    if view.year:
        chosen.append((word("filter.year", lang), str(view.year)))
    if view.since:
        chosen.append((word("filter.since", lang), format_date(view.since, lang)))
    return tuple(chosen)


def _source_lines(run: Run, source_ids: tuple[str, ...]) -> tuple[str, ...]:
    lang = run.view.lang
    sources = query_sources(run.snapshot).set_index("source_id")
    title = "title" if lang == "vi" else "title_en"
    return tuple(
        word(
            "page.sources_line",
            lang,
            title=sources.at[s, title],
            producer=sources.at[s, "producer"],
        )
        for s in source_ids
        if s in sources.index and not pd.isna(sources.at[s, title])
    )


def render_figure(
    run: Run,
    draw: Callable[..., go.Figure],
    *,
    key: str,
    alt: Callable[[], str],
    context: Callable[[], FigureContext],
    table: Table,
    evidence: Table,
    export: Callable[[], go.Figure],
    contradiction_count: int = 0,
    on_select: Any = "ignore",
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """A chart with everything that belongs under it; evidence and table are built when opened.

    `draw(dark=…)` makes the figure, `export()` the same for paper.
    """
    dark, screen = is_dark(), map_layout()["narrow"]
    figure, text, about = kept(
        ("figure", key, run.snapshot.id, run.view, dark, screen),
        lambda: (draw(dark=dark), alt(), context()),
    )
    st.plotly_chart(
        figure,
        key=f"{key}_chart",
        width=width,
        theme=None,
        config=plotly_config(run.view.lang),
        alt=text,
        on_select=on_select,
        selection_mode="points",
    )
    panels = {"evidence": evidence, "table": table}
    render_under_figure(key, about, panels, export, contradiction_count)


@st.fragment
def render_under_figure(
    key: str,
    context: FigureContext,
    panels: dict[str, Table],
    export: Callable[[], go.Figure] | None,
    contradiction_count: int = 0,
    table: Table | None = None,
) -> None:
    """One row under a figure: its evidence, its table equivalent, its downloads.

    `panels`: "evidence" and "table" → how to make it; only an open panel is made and sent. The
    downloads carry `table`, else the last panel.
    """
    lang = context.lang
    chosen = None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_row"):
        if panels:
            chosen = st.pills(
                context.title,
                list(panels),
                format_func=lambda name: _panel_label(name, contradiction_count, lang),
                key=f"{key}_panel",
                label_visibility="collapsed",
            )
        render_downloads(export, table or list(panels.values())[-1], context, key=key)
    if chosen in panels:
        if chosen == "evidence":
            st.caption(word("evidence.all_provinces", lang))
        render_table(panels[chosen](), lang, key=f"{key}_{chosen}_rows")


def _panel_label(name: str, contradiction_count: int, lang: str) -> str:
    if name == "evidence" and contradiction_count:
        return word("evidence.panel.contradictions", lang, count=contradiction_count)
    return word(f"evidence.panel.{name}", lang)


def render_table(
    table: pd.DataFrame, lang: str, *, key: str, selects_province: bool = False
) -> None:
    """A worded table; its index is the province code, so that a chosen row can filter."""
    if table.empty:
        st.caption(word("page.no_rows", lang))
        return
    config: dict[str, Any] = {}
    for name in table.columns:
        if name in (word("column.source", lang), word("column.second_source", lang)):
            config[name] = st.column_config.LinkColumn(
                name, display_text=r"^https?://(?:www\.)?([^/]+)", width="small"
            )
        elif name in {word(f"column.{c}", lang) for c in _DATE_COLUMNS}:
            config[name] = st.column_config.DateColumn(name, format="DD/MM/YYYY", width="small")
    codes = [str(c) for c in table.index]
    st.dataframe(
        table,
        hide_index=True,
        column_config=config,
        key=key,
        on_select=partial(_choose_row, key, codes) if selects_province else "ignore",
        selection_mode="single-row",
        placeholder="",
    )


_DATE_COLUMNS = ("since", "issued", "counts_from", "changed_on", "as_of", "received")


def _choose_row(key: str, codes: list[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        set_view(province=codes[rows[0]])


def _choose_on_map(key: str) -> None:
    state = st.session_state[f"{key}_chart"]
    code = province_of_click(state.selection.points)
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
        on_select=partial(_choose_on_map, key),
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

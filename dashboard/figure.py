"""One figure on a page: the chart, its evidence, its table and its downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.download import FigureContext, render_downloads
from dashboard.figure_component import figure_message, render_chart
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.maps import PLOTLY_CONFIG
from dashboard.synthetic_mark import synthetic_mark
from dashboard.words import word

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
    on_click: Callable[[Mapping[str, Any]], None] | None = None,
    width: Literal["stretch", "content"] = "stretch",
    evidence_note: str | None = None,
) -> None:
    """A chart with everything that belongs under it; evidence and table are built when opened.

    `draw(dark=…)` makes the figure, `export()` the same for paper. `evidence_note` says what the
    rows of the evidence are, where they are not those behind statuses.
    """
    dark, screen = is_dark(), map_layout()["narrow"]
    config = plotly_config(run.view.lang)

    def make() -> tuple[Any, FigureContext, str]:
        said = alt()
        return figure_message(draw(dark=dark), config, said, synthetic_mark(run)), context(), said

    key_of_view = ("figure", key, run.snapshot.id, run.view, dark, screen)
    message, about, said = kept(key_of_view, make)
    render_chart(message, key=f"{key}_chart", on_click=on_click, width=width)
    panels = {"evidence": evidence, "table": table}
    render_under_figure(
        key, about, panels, export, contradiction_count, evidence_note=evidence_note, alt=said
    )


@st.fragment
def render_under_figure(
    key: str,
    context: FigureContext,
    panels: dict[str, Table],
    export: Callable[[], go.Figure] | None,
    contradiction_count: int = 0,
    table: Table | None = None,
    evidence_note: str | None = None,
    alt: str = "",
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
        rows = table or list(panels.values())[-1]
        render_downloads(export, rows, context, key=key, alt=alt)
    if chosen in panels:
        if chosen == "evidence":
            st.caption(evidence_note or word("evidence.all_provinces", lang))
        render_table(panels[chosen](), lang, key=f"{key}_{chosen}_rows")


def _panel_label(name: str, contradiction_count: int, lang: str) -> str:
    if name == "evidence" and contradiction_count:
        return word("evidence.panel.contradictions", lang, count=contradiction_count)
    return word(f"evidence.panel.{name}", lang)

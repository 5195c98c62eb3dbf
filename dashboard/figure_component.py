"""A chart in the browser that stays where it is and takes new content (static/figure.js).

Streamlit's own element takes its identity from the chart's content, so that every change of a
filter destroys a map and builds a new one, and it loads all of plotly.js (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st
from plotly.io.json import to_json_plotly

from dashboard.static_files import asset_url
from dashboard.watermark import watermark

if TYPE_CHECKING:
    import plotly.graph_objects as go

# Parts of plotly.js: what a figure needs decides which is loaded, and once.
MAP_BUNDLE: Final = "plotly/plotly-geo.min.js"
CHART_BUNDLE: Final = "plotly/plotly-cartesian.min.js"
COMPONENT_SCRIPT: Final = "figure.js"

_MAP_TRACES: Final = frozenset({"choropleth", "scattergeo"})

# The framework sends this text with every chart, so it only names the file that does the work.
_show: Final = st.components.v2.component(
    "ttdn_figure",
    js=f"""const shown = import(location.origin + "{asset_url(COMPONENT_SCRIPT)}");
export default async (chart) => (await shown).default(chart);
""",
    isolate_styles=False,
)


def figure_message(
    figure: go.Figure, config: Mapping[str, Any], alt: str, mark: str | None = None
) -> bytes:
    """What the browser needs to draw a figure: JSON in UTF-8, the same bytes for the same chart.

    `mark` is written across it, so that a picture that the browser saves has it, too.
    """
    drawn = figure.to_dict()
    if mark:
        layout = drawn["layout"]
        across = watermark(mark, layout.get("width") or 600, layout.get("height") or 450)
        layout["annotations"] = [*layout.get("annotations", ()), across]
    is_map = any(trace.get("type") in _MAP_TRACES for trace in drawn["data"])
    bundle = asset_url(MAP_BUNDLE if is_map else CHART_BUNDLE)
    message = {"plotly": bundle, "figure": drawn, "config": config, "alt": alt}
    return str(to_json_plotly(message)).encode()


def render_chart(
    message: bytes,
    *,
    key: str,
    on_click: Callable[[Mapping[str, Any]], None] | None = None,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """Show a figure; `on_click` gets location and customdata of the point that was clicked."""

    def clicked() -> None:
        point = st.session_state[key].get("click")
        if on_click is not None and isinstance(point, dict):
            on_click(point)

    _show(key=key, data=message, width=width, on_click_change=clicked)

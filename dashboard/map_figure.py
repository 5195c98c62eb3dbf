"""One map with its words, before it is known where it will be shown: on a page, a wall, a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True)
class MapFigure:
    """How to draw a map, and to tell the same in words and rows.

    `draw(dark=…, width=…, narrow=…, geojson=…)` makes the figure. `name` tells the kinds of map of
    one place apart ("" for the usual one), `note` is a sentence above the map or "", `width` the px
    it has in a page's column on a desktop where that is not the map's own choice.
    """

    name: str
    title: str
    draw: Callable[..., go.Figure]
    alt: Callable[[], str]
    table: Callable[[], pd.DataFrame]
    note: str = ""
    width: int | None = None

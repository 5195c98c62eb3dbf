"""Figures that a reader put into the briefing from other pages, kept for the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from dashboard.briefing.content import Item, Picture, Table
from dashboard.words import word

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.download.context import FigureContext

_CHOSEN: Final = "briefing_chosen"
_WIDTH: Final = 720  # px of a chart on an upright page; a map is drawn in a width of its own
_MOST: Final = 20  # a briefing with more is none


@dataclass(frozen=True)
class ChosenFigure:
    """One figure as it stood on its page: how to draw it for paper, its table, its words."""

    context: FigureContext
    draw: Callable[[], go.Figure] | None
    table: Callable[[], pd.DataFrame]
    alt: str

    @property
    def key(self) -> str:
        """The same for the same figure with the same filters of the same snapshot."""
        context = self.context
        parts = (context.title, context.as_of_line(), context.filter_line(), context.snapshot_id)
        return " | ".join(parts)

    def items(self, number: int) -> list[Item]:
        """The picture, where there is one, and its table; each names its own date and filters."""
        context, lang = self.context, self.context.lang
        note = " · ".join((context.as_of_line(), context.filter_line()))
        made: list[Item] = []
        if self.draw is not None:
            made.append(
                Picture(f"chosen_{number}", context.title, self.alt, self.draw, _WIDTH, note)
            )
        rows = self.table()
        source = word("column.source", lang)
        rows = rows.drop(columns=source) if source in rows else rows
        empty = word("page.no_rows", lang)
        made.append(Table(f"chosen_table_{number}", context.title, rows, empty, note))
        return made


def chosen_figures() -> dict[str, ChosenFigure]:
    """What the reader has put in so far, oldest first."""
    found: dict[str, ChosenFigure] = st.session_state.setdefault(_CHOSEN, {})
    return found


def toggle(figure: ChosenFigure) -> None:
    """Put a figure in, or take it out again; the oldest leaves where there are too many."""
    chosen = chosen_figures()
    if chosen.pop(figure.key, None) is None:
        chosen[figure.key] = figure
        while len(chosen) > _MOST:
            del chosen[next(iter(chosen))]


def remove(key: str) -> None:
    """Take one figure out."""
    chosen_figures().pop(key, None)


def render_toggle(figure: ChosenFigure, *, key: str) -> None:
    """The button under a figure that puts it into the briefing or takes it out."""
    lang, is_in = figure.context.lang, figure.key in chosen_figures()
    st.button(
        word("briefing.chosen.take_out" if is_in else "briefing.chosen.put_in", lang),
        key=f"{key}_briefing",
        icon=":material/playlist_remove:" if is_in else ":material/playlist_add:",
        on_click=toggle,
        args=(figure,),
        width="stretch",
    )

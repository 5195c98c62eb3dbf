"""The download menu of one figure; files are built when asked for, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.briefing.chosen import ChosenFigure, render_toggle
from dashboard.download.context import FigureContext, file_name
from dashboard.download.page import build_picture
from dashboard.download.table import build_csv, build_xlsx
from dashboard.picture import (
    FORMATS,
    MEDIA_TYPES,
    Format,
    start_in_background,
    unavailable_reason,
)
from dashboard.words import word

_TABLES: Final[dict[str, tuple[Callable[[pd.DataFrame, FigureContext], bytes], str]]] = {
    "csv": (build_csv, "text/csv"),
    "xlsx": (
        build_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def render_downloads(
    figure: Callable[[], Any] | None,
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    context: FigureContext,
    *,
    key: str,
    alt: str = "",
) -> None:
    """A small menu: PNG, SVG, PDF of `figure` and CSV, XLSX of `table`, in `context`'s words.

    A last button puts the figure, told by `alt` in words, into the briefing.

    `figure` makes the export's own figure: light theme, boundaries inside (None: no pictures).
    Both callables run in a worker thread without a session: no st.* in them. The closed menu costs
    one element; its content is sent when it is opened. `key` is unique on the page. Call it within
    a fragment, so that opening the menu runs no more than that.
    """
    menu = st.popover(
        word("download.menu", context.lang),
        icon=":material/download:",
        type="tertiary",
        key=f"{key}_downloads",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu:
        st.caption(word("download.menu_title", context.lang, title=context.title))
        if figure is not None:
            _render_pictures(figure, context, key)
        for extension, (build, media_type) in _TABLES.items():
            st.download_button(
                word(f"download.button.{extension}", context.lang),
                data=_table_maker(build, table, context),
                file_name=file_name(context, extension),
                mime=media_type,
                key=f"{key}_{extension}",
                on_click="ignore",
                width="stretch",
            )
        rows = table if callable(table) else lambda: table
        render_toggle(ChosenFigure(context, figure, rows, alt or context.title), key=key)


def _render_pictures(figure: Callable[[], Any], context: FigureContext, key: str) -> None:
    reason = unavailable_reason()
    if reason is None:
        start_in_background()  # warm by the time a button is pressed; idle servers need no browser
    else:
        st.caption(word(f"download.unavailable.{reason}", context.lang))
    for format in FORMATS:
        st.download_button(
            word(f"download.button.{format}", context.lang),
            data=b"" if reason else _picture_maker(figure, context, format),
            file_name=file_name(context, format),
            mime=MEDIA_TYPES[format],
            key=f"{key}_{format}",
            on_click="ignore",
            disabled=reason is not None,
            width="stretch",
        )


def _picture_maker(
    figure: Callable[[], Any], context: FigureContext, format: Format
) -> Callable[[], bytes]:
    return lambda: build_picture(figure(), context, format)


def _table_maker(
    build: Callable[[pd.DataFrame, FigureContext], bytes],
    table: pd.DataFrame | Callable[[], pd.DataFrame],
    context: FigureContext,
) -> Callable[[], bytes]:
    return lambda: build(table() if callable(table) else table, context)

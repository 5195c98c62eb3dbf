"""One way to show a figure or table of the profile on the screen and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.download import FigureContext
from dashboard.figure import Table, is_dark, render_figure, render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.words import escape_markdown, format_date, word

if TYPE_CHECKING:
    import plotly.graph_objects as go

PRINT_SWITCH: Final = "province_print"


def is_printed() -> bool:
    """Whether the reader asked for the layout for paper: all sections, no tabs, light figures."""
    return bool(st.session_state.get(PRINT_SWITCH))


@dataclass(frozen=True)
class Sheet:
    """The profile of one unit of the view's vintage; `printed`: laid out for paper."""

    run: Run
    code: str
    printed: bool

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.run.facts.provinces[self.run.view.vintage][self.code].name

    def is_dark(self) -> bool:
        """Whether colours of the dark theme are in place; paper is light."""
        return is_dark() and not self.printed

    def key(self, name: str) -> str:
        """Key of an element; the two layouts have elements of their own."""
        return f"province_{name}_paper" if self.printed else f"province_{name}"

    def figure(
        self,
        draw: Callable[..., go.Figure],
        *,
        name: str,
        title: str,
        sources: tuple[str, ...],
        alt: Callable[[], str],
        table: Table,
        evidence: Table,
        export: Callable[[], go.Figure] | None = None,
        is_map: bool = False,
        note: str = "",
        **options: Any,
    ) -> None:
        """A figure with what belongs under it; `draw(dark=…)`, light on paper.

        `note`: what a reader of the downloaded figure must know, such as its signs.
        """
        printed = self.printed

        def context() -> FigureContext:
            about = figure_context(self.run, title, source_ids=sources, is_map=is_map)
            return replace(about, notices=(*about.notices, note)) if note else about

        render_figure(
            self.run,
            lambda dark=False: draw(dark=dark and not printed),
            key=self.key(name),
            alt=alt,
            context=context,
            table=table,
            evidence=evidence,
            export=export or draw,
            **options,
        )

    def table(
        self,
        make: Table,
        *,
        name: str,
        title: str,
        sources: tuple[str, ...],
        export: Table | None = None,
        selects_province: bool = False,
    ) -> None:
        """A table with its downloads; on paper all its rows. `export`: other cells for files."""
        run = self.run
        table = kept_for(run, f"province {name}", make)
        if self.printed:
            render_paper_table(table, run.view.lang)
            return
        render_table(
            table[_filled(table)],
            run.view.lang,
            key=f"province_{name}_rows",
            selects_province=selects_province,
        )
        if not table.empty:
            context = kept_for(
                run,
                f"province {name} context",
                partial(figure_context, run, title, source_ids=sources),
            )
            render_under_figure(
                f"province_{name}", context, {}, None, table=export or (lambda: table)
            )


def render_paper_table(table: pd.DataFrame, lang: str) -> None:
    """All rows as text, addresses by their site, empty columns left out."""
    if table.empty:
        st.caption(word("page.no_rows", lang))
        return
    st.table(paper_cells(table, lang), hide_index=True, border="horizontal")


def paper_cells(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The cells of a table as Markdown of plain text, without columns that say nothing."""
    cells = table.map(partial(_paper_text, lang=lang)).reset_index(drop=True)
    return cells[_filled(cells)]


def _filled(table: pd.DataFrame) -> list[str]:
    """The columns in which any row says something; files keep all columns."""
    return [name for name in table if any(not _is_blank(cell) for cell in table[name])]


def _is_blank(value: Any) -> bool:
    return value is None or value != value or value == ""


def _paper_text(value: Any, lang: str) -> str:
    if _is_blank(value):
        return ""
    if hasattr(value, "year"):
        return format_date(value, lang)
    text = str(value)
    if text.startswith(("http://", "https://")):
        text = urlsplit(text).netloc.removeprefix("www.")
    return escape_markdown(text)

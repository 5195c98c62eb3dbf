"""A table on a page; a chosen row can filter by its province."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.filters import set_view
from dashboard.words import word


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

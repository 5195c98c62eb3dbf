"""A table on a page; a chosen row can filter by its province."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.filters import set_view
from dashboard.words import format_number, word


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
        elif _holds_dates(table[name]):
            config[name] = st.column_config.DateColumn(name, format="DD/MM/YYYY", width="small")
    codes = [str(c) for c in table.index]
    st.dataframe(
        _with_large_numbers(table, lang, key),
        hide_index=True,
        column_config=config,
        key=key,
        on_select=partial(_choose_row, key, codes) if selects_province else "ignore",
        selection_mode="single-row",
        placeholder="",
    )


def _holds_dates(column: pd.Series) -> bool:
    """Whether all that a column holds are dates; a column of blanks holds none."""
    found = column.dropna()
    return len(found) > 0 and all(isinstance(value, date) for value in found)


def _with_large_numbers(table: pd.DataFrame, lang: str, key: str) -> Any:
    """Numbers above any year as people write them; they still sort as numbers."""
    large = [
        name
        for name in table.columns
        if pd.api.types.is_numeric_dtype(table[name]) and table[name].max() > 2100
    ]
    if not large:
        return table
    # A Styler wants unique rows; the index is hidden, and a chosen row is known by its place. Its
    # own random name would have an unchanged table sent again.
    style = table.reset_index(drop=True).style.set_uuid(key)
    return style.format(dict.fromkeys(large, partial(format_number, lang=lang)))


def _choose_row(key: str, codes: list[str]) -> None:
    rows = st.session_state[key].selection.rows
    if rows:
        set_view(province=codes[rows[0]])

"""What sources say against each other about one unit: always both versions."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.province.sheet import Sheet
from dashboard.queries import query_contradictions
from dashboard.tables import contradiction_table
from dashboard.words import escape_markdown, format_date, word

SOURCES: Final = ("letter_findings", "regulations", "budgets")


def load_contradictions(run: Run, code: str) -> pd.DataFrame:
    """Contradictions of one unit and its parts, stated up to the as-of date."""
    found = query_contradictions(run.snapshot, run.view.vintage, run.view.as_of)
    return found[found["province_code_gso"] == code]


def render_contradictions(run: Run, sheet: Sheet) -> None:
    """Each contradiction with both versions side by side, and the downloads."""
    lang, found = run.view.lang, load_contradictions(run, sheet.code)
    if found.empty:
        day = format_date(run.view.as_of, lang)
        st.info(word("province.contradictions.none", lang, date=day), icon=":material/balance:")
        return
    st.caption(word("page.data_quality.contradictions_note", lang))
    render_versions(run, found)
    if sheet.printed:
        return
    title = word("province.contradictions.title", lang, province=sheet.name)
    context = kept_for(
        run,
        f"province contradictions {sheet.code}",
        lambda: figure_context(run, title, source_ids=SOURCES),
    )
    render_under_figure(
        "province_contradictions", context, {"table": lambda: contradiction_table(found, lang)},
        None,
    )  # fmt: skip


def render_versions(run: Run, found: pd.DataFrame) -> None:
    """A frame per contradiction, the two versions side by side."""
    lang = run.view.lang
    table = contradiction_table(found, lang)
    sides = (("stated", "source"), ("contradicted_by", "second_source"))
    for row in table.to_dict("records"):
        with st.container(border=True):
            subject = escape_markdown(str(row[word("column.indicator", lang)]))
            province = escape_markdown(str(row[word("column.province", lang)]))
            st.markdown(f":material/warning: **{subject}** · {province}")
            for column, (side, source) in zip(st.columns(2, gap="small"), sides, strict=True):
                with column:
                    text = escape_markdown(str(row[word(f"column.{side}", lang)]))
                    address = row[word(f"column.{source}", lang)]
                    link = f" · [{word('evidence.link', lang)}](<{address}>)" if address else ""
                    st.markdown(f":small[{word(f'column.{side}', lang)}]\n\n{text}{link}")

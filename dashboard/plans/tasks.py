"""How well each plan of a year is known, and which tasks of the year's letter it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.figure import render_under_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.rows import (
    SOURCES,
    STATES,
    plans_of,
    state_text,
    unit_name,
    unit_states,
)
from dashboard.plans.tables import state_table
from dashboard.plans.years import of_province
from dashboard.queries.plans import query_guidance_tasks, query_plan_coverage
from dashboard.tables import text_or_blank
from dashboard.words import escape_markdown, format_number, sort_key, word

# What a cell says: found, partly, not found, not compared, no text to compare.
_SIGNS: Final = {
    "covered": "●", "partly": "◐", "not_found": "○", "not_compared": "□", "no_text": "–",
}  # fmt: skip


def render_tasks(run: Run, year: int) -> None:
    """Three states of knowledge of all units, then the matrix of plans and guidance tasks."""
    left, right = st.columns([5, 7], gap="medium")
    with left:
        _render_states(run, year)
    with right:
        _render_matrix(run, year)


def _render_states(run: Run, year: int) -> None:
    lang, states = run.view.lang, unit_states(run, year)
    title = word("page.plans.states", lang, year=year)
    st.subheader(title, anchor=False)
    counts = Counter(unit.state for unit in states)
    shown = [s for s in STATES if s != "mixed" or counts[s]]
    st.markdown(
        "  \n".join(f"{state_text(s, lang)}: **{format_number(counts[s], lang)}**" for s in shown)
    )
    st.caption(word("page.plans.states_note", lang))
    table = kept_for(run, f"plans states table {year}", lambda: state_table(states, lang))
    render_table(table, lang, key="plans_states_rows", selects_province=True)
    context = kept_for(
        run, f"plans states context {year}", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    render_under_figure("plans_states", context, {}, None, table=lambda: table)


def _render_matrix(run: Run, year: int) -> None:
    lang = run.view.lang
    title = word("page.plans.matrix", lang, year=year)
    st.subheader(title, anchor=False)
    tasks = query_guidance_tasks(run.snapshot, year, run.view.as_of)
    plans = of_province(run, plans_of(run, year))
    if tasks.empty or plans.empty:
        key = "matrix_no_tasks" if tasks.empty else "matrix_no_plans"
        st.info(word(f"page.plans.{key}", lang, year=year), icon=":material/grid_off:")
        return
    st.caption(_legend(lang))
    cells = kept_for(
        run, f"plans cells {year}", lambda: matrix_cells(plans, tasks, _said(run, year))
    )
    matrix = kept_for(run, f"plans matrix {year}", lambda: matrix_table(cells, lang))
    config = {
        ordinal: st.column_config.TextColumn(ordinal, help=help_text, width="small")
        for ordinal, help_text in zip(tasks["ordinal"], tasks["title"], strict=True)
    }
    chosen = st.dataframe(
        matrix,
        hide_index=True,
        column_config=config,
        key="plans_matrix_cells",
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="",
    )
    _render_cell(chosen.selection.cells, matrix, cells, lang)
    context = kept_for(
        run, f"plans matrix context {year}", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    panels = {"evidence": lambda: cell_table(cells, lang)}
    note = word("page.plans.evidence.cells", lang)
    render_under_figure("plans_matrix", context, panels, None, evidence_note=note)


def _said(run: Run, year: int) -> dict[tuple[str, str], dict[Any, Any]]:
    rows = query_plan_coverage(run.snapshot, year).to_dict("records")
    return {(row["document_id"], row["guidance_task_id"]): row for row in rows}


def matrix_cells(
    plans: pd.DataFrame,
    tasks: pd.DataFrame,
    said: Mapping[tuple[str, str], Mapping[Any, Any]],
) -> pd.DataFrame:
    """One row per plan and guidance task: document_id, plan, ordinal, title, class, passage.

    `said`: (document_id, guidance_task_id) → row of core.task_coverage. A plan whose text is not
    kept cannot have been compared (`no_text`), unless somebody has said what it covers.
    """
    rows = []
    for plan in plans.to_dict("records"):
        name, number = unit_name(plan, "own_name"), text_or_blank(plan["document_number"])
        for task in tasks.to_dict("records"):
            found = said.get((plan["document_id"], task["guidance_task_id"]))
            blank = "not_compared" if plan["is_on_file"] else "no_text"
            rows.append(
                {
                    "province_code_gso": plan["province_code_gso"],
                    "document_id": plan["document_id"],
                    "province": name,
                    "number": number,
                    "ordinal": str(task["ordinal"]),
                    "title": task["title"],
                    "class": blank if found is None else found["class"],
                    "decided_by": "" if found is None else text_or_blank(found["decided_by"]),
                    "section": "" if found is None else text_or_blank(found["section"]),
                    "quote": "" if found is None else text_or_blank(found["quote"]),
                }
            )
    cells = pd.DataFrame(rows)
    return cells.sort_values("province", key=lambda names: names.map(sort_key), kind="stable")


def cell_text(class_name: str, lang: str) -> str:
    """Sign and words of a cell."""
    return f"{_SIGNS[class_name]} {word(f'page.plans.cell.{class_name}', lang)}"


def matrix_table(cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per plan, one column per guidance task in the order of the letter."""
    rows: dict[str, dict[str, str]] = {}
    for cell in cells.to_dict("records"):
        row = rows.setdefault(
            cell["document_id"], {word("column.province", lang): cell["province"]}
        )
        row[word("column.number", lang)] = cell["number"]
        row[cell["ordinal"]] = cell_text(cell["class"], lang)
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows)))


def cell_table(cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per plan and task: what was found, who decided it, the passage."""
    table = pd.DataFrame(
        {
            word("column.province", lang): cells["province"],
            word("column.number", lang): cells["number"],
            word("page.plans.column.task", lang): cells["ordinal"] + ". " + cells["title"],
            word("column.class", lang): [cell_text(c, lang) for c in cells["class"]],
            word("page.plans.column.decided_by", lang): [
                word(f"page.plans.decided_by.{d}", lang) if d else "" for d in cells["decided_by"]
            ],
            word("column.section", lang): cells["section"],
            word("page.plans.column.passage", lang): cells["quote"],
        }
    )
    return table.set_index(cells["province_code_gso"])


def _legend(lang: str) -> str:
    return (
        " · ".join(cell_text(name, lang) for name in _SIGNS)
        + ". "
        + word("page.plans.matrix_note", lang)
    )


def _render_cell(
    chosen: list[tuple[int, str]], matrix: pd.DataFrame, cells: pd.DataFrame, lang: str
) -> None:
    """The passage of the chosen cell, or that there is none."""
    if not chosen:
        return
    place, column = chosen[0]
    here = cells[(cells["document_id"] == matrix.index[place]) & (cells["ordinal"] == column)]
    for cell in here.to_dict("records"):
        with st.container(border=True, key="plans_matrix_passage"):
            heading = f"{cell['province']} · {cell['ordinal']}. {cell['title']}"
            st.markdown(f"**{escape_markdown(heading)}**")
            text = cell_text(cell["class"], lang)
            if cell["decided_by"]:
                text += f" ({word('page.plans.decided_by.' + cell['decided_by'], lang)})"
            st.markdown(escape_markdown(text))
            if cell["quote"]:
                section = word("evidence.section", lang, section=cell["section"])
                where = f"{section}: " if cell["section"] else ""
                st.markdown(f"{escape_markdown(where)}“{escape_markdown(cell['quote'])}”")
            else:
                st.caption(word("page.plans.no_passage", lang))

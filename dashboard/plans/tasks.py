"""How well each plan of a year is known, and which tasks of the year's letter it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.data_table import render_table
from dashboard.documents.search import passage_search
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
from dashboard.statuses import of_route
from dashboard.tables import text_or_blank
from dashboard.view import view_link
from dashboard.words import day_of, escape_markdown, format_date, format_number, sort_key, word

# What a cell says: found, partly, not found, not compared, no text to compare.
SIGNS: Final = {
    "covered": "●", "partly": "◐", "not_found": "○", "not_compared": "□", "no_text": "–",
}  # fmt: skip


SIGN_PX, NUMBER_PX = 56, 240  # columns of signs, and of numbers with the kind of a plan


def render_tasks(run: Run, year: int) -> None:
    """Three states of knowledge of all units, then the matrix of plans and guidance tasks."""
    left, right = st.columns([2, 5], gap="medium")
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
    compared = of_route(
        run, query_plan_coverage(run.snapshot, run.view.vintage, year, run.view.as_of)
    )
    plans = of_province(run, with_compared(plans_of(run, year), compared))
    if tasks.empty or plans.empty:
        key = "matrix_no_tasks" if tasks.empty else "matrix_no_plans"
        st.info(word(f"page.plans.{key}", lang, year=year), icon=":material/grid_off:")
        return
    st.caption(_legend(lang))
    cells = kept_for(
        run, f"plans cells {year}", lambda: matrix_cells(plans, tasks, _said(compared), lang)
    )
    matrix = kept_for(run, f"plans matrix {year}", lambda: matrix_table(cells, lang))
    config = {
        heading: st.column_config.TextColumn(heading, help=escape_markdown(title), width=SIGN_PX)
        for heading, title in zip(task_headings(tasks), tasks["title"], strict=True)
    }
    number = word("column.number", lang)
    config[number] = st.column_config.TextColumn(number, width=NUMBER_PX)
    chosen = st.dataframe(
        matrix,
        hide_index=True,
        column_config=config,
        key="plans_matrix_cells",
        on_select="rerun",
        selection_mode="single-cell",
        placeholder="",
    )
    _render_cell(chosen.selection.cells, matrix, cells, run)
    context = kept_for(
        run, f"plans matrix context {year}", lambda: figure_context(run, title, source_ids=SOURCES)
    )
    panels = {"evidence": lambda: cell_table(cells, lang)}
    note = word("page.plans.evidence.cells", lang)
    render_under_figure("plans_matrix", context, panels, None, evidence_note=note)


def _said(compared: pd.DataFrame) -> dict[tuple[str, str], dict[Any, Any]]:
    rows = compared.to_dict("records")
    return {(row["document_id"], row["guidance_task_id"]): row for row in rows}


def with_compared(plans: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """The annual plans of a year, and plans of other kinds that were compared with its letter.

    Those that were compared come first. `compared`: rows of query_plan_coverage.
    """
    columns = ["document_id", "document_number", "kind", "province_code_gso", "province_name",
               "own_name"]  # fmt: skip
    others = compared[columns].drop_duplicates("document_id")
    annual = plans.assign(kind="plan")
    others = others[~others["document_id"].isin(set(plans["document_id"]))].assign(is_on_file=True)
    both = annual if others.empty else pd.concat([annual, others], ignore_index=True)
    is_compared = both["document_id"].isin(set(compared["document_id"]))
    return both.assign(is_compared=is_compared)


def task_headings(tasks: pd.DataFrame) -> list[str]:
    """The ordinal of each task, with the letter's number where two letters have the same one."""
    twice = tasks["ordinal"].duplicated(keep=False)
    return [
        f"{ordinal} ({number})" if is_twice else str(ordinal)
        for ordinal, number, is_twice in zip(
            tasks["ordinal"], tasks["document_number"], twice, strict=True
        )
    ]


def matrix_cells(
    plans: pd.DataFrame,
    tasks: pd.DataFrame,
    said: Mapping[tuple[str, str], Mapping[Any, Any]],
    lang: str,
) -> pd.DataFrame:
    """One row per plan and guidance task: document_id, plan, ordinal, title, class, passage.

    Plans that were compared come first. `said`: (document_id, guidance_task_id) → row of
    query_plan_coverage. A plan whose text is not
    kept cannot have been compared (`no_text`), unless somebody has said what it covers.
    """
    rows, headings = [], task_headings(tasks)
    for plan in plans.to_dict("records"):
        name, number = plan_name(plan, lang)
        for task, heading in zip(tasks.to_dict("records"), headings, strict=True):
            found = said.get((plan["document_id"], task["guidance_task_id"]))
            blank = "not_compared" if plan["is_on_file"] else "no_text"
            rows.append(
                {
                    "province_code_gso": plan["province_code_gso"],
                    "document_id": plan["document_id"],
                    "province": name,
                    "number": number,
                    "ordinal": heading,
                    "title": task["title"],
                    "class": blank if found is None else found["class"],
                    "decided_by": "" if found is None else text_or_blank(found["decided_by"]),
                    "decided": decision_text(found, lang),
                    "section": "" if found is None else text_or_blank(found["section"]),
                    "quote": "" if found is None else text_or_blank(found["quote"]),
                    "place": None if found is None else _place(found),
                    "letter_id": task.get("document_id"),
                    "letter": text_or_blank(task.get("document_number")),
                    "task_place": _place(task),
                    "is_compared": bool(plan.get("is_compared", found is not None)),
                }
            )
    cells = pd.DataFrame(rows)
    cells = cells.sort_values("province", key=lambda names: names.map(sort_key), kind="stable")
    return cells.sort_values("is_compared", ascending=False, kind="stable")


def plan_name(plan: Mapping[Any, Any], lang: str) -> tuple[str, str]:
    """Its province, and its number, with the kind where it is no annual plan of the province."""
    number = text_or_blank(plan["document_number"])
    if plan.get("kind", "plan") != "plan":
        kind = word(f"document.kind.{plan['kind']}", lang)
        number = f"{number} ({kind})" if number else kind
    return unit_name(plan, "own_name"), number


def _place(row: Mapping[Any, Any]) -> tuple[int, int] | None:
    """Where the passage of a row stands in its document, None where there is none."""
    if pd.isna(row.get("start_offset")):
        return None
    return int(row["start_offset"]), int(row["end_offset"])


def decision_text(found: Mapping[Any, Any] | None, lang: str) -> str:
    """Who decided a cell: the rule, or the person by name and day, unverified, with the reason."""
    if found is None or not text_or_blank(found["decided_by"]):
        return ""
    said = word(f"page.plans.decided_by.{found['decided_by']}", lang)
    if not text_or_blank(found.get("person")):
        return said
    said = word("page.plans.decided_by_name", lang, person=found["person"],
                date=format_date(day_of(found["decided_at"]), lang))  # fmt: skip
    reason = text_or_blank(found.get("reason"))
    return f"{said}: {reason}" if reason else said


def cell_text(class_name: str, lang: str) -> str:
    """Sign and words of a cell."""
    return f"{SIGNS[class_name]} {word(f'page.plans.cell.{class_name}', lang)}"


def matrix_table(cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per plan, one column of signs per guidance task in the order of the letter."""
    rows: dict[str, dict[str, str]] = {}
    for cell in cells.to_dict("records"):
        row = rows.setdefault(
            cell["document_id"], {word("column.province", lang): cell["province"]}
        )
        row[word("column.number", lang)] = cell["number"]
        row[cell["ordinal"]] = SIGNS[cell["class"]]  # words would be cut off; the legend has them
    return pd.DataFrame(list(rows.values()), index=pd.Index(list(rows)))


def cell_table(cells: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per plan and task: what was found, who decided it, the passage."""
    table = pd.DataFrame(
        {
            word("column.province", lang): cells["province"],
            word("column.number", lang): cells["number"],
            word("page.plans.column.task", lang): cells["ordinal"] + ". " + cells["title"],
            word("column.class", lang): [cell_text(c, lang) for c in cells["class"]],
            word("page.plans.column.decided_by", lang): cells["decided"],
            word("column.section", lang): cells["section"],
            word("column.passage", lang): cells["quote"],
        }
    )
    return table.set_index(cells["province_code_gso"])


def _legend(lang: str) -> str:
    return (
        " · ".join(cell_text(name, lang) for name in SIGNS)
        + ". "
        + word("page.plans.matrix_note", lang)
    )


def _render_cell(
    chosen: list[tuple[int, str]], matrix: pd.DataFrame, cells: pd.DataFrame, run: Run
) -> None:
    """The passage of the chosen cell with links to it and to the task, or that there is none."""
    lang = run.view.lang
    if not chosen:
        return
    place, column = chosen[0]
    here = cells[(cells["document_id"] == matrix.index[place]) & (cells["ordinal"] == column)]
    for cell in here.to_dict("records"):
        with st.container(border=True, key="plans_matrix_passage"):
            st.markdown("\n\n".join(cell_lines(run, cell)))
            if not cell["quote"]:
                st.caption(word("page.plans.no_passage", lang))


def cell_lines(run: Run, cell: Mapping[Any, Any]) -> list[str]:
    """A cell in Markdown: plan and task, what was found and who decided it, the passage, links."""
    lang = run.view.lang
    heading = f"{cell['province']} · {cell['ordinal']}. {cell['title']}"
    text = cell_text(cell["class"], lang)
    lines = [f"**{escape_markdown(heading)}**"]
    lines.append(escape_markdown(f"{text} ({cell['decided']})" if cell["decided"] else text))
    if cell["quote"]:
        section = word("evidence.section", lang, section=cell["section"])
        where = f"{section}: " if cell["section"] else ""
        quote = " ".join(cell["quote"].split())
        lines.append(f"{escape_markdown(where)}“{escape_markdown(quote)}”")
    links = []
    if cell["place"]:
        links.append((word("page.plans.open_passage", lang), cell["document_id"], cell["place"]))
    if cell["task_place"]:
        text = word("page.plans.open_task", lang, letter=cell["letter"])
        links.append((text, cell["letter_id"], cell["task_place"]))
    linked = [
        f"[{escape_markdown(text)}]"
        f"({view_link('documents', run.view, run.facts, q=passage_search(document, where))})"
        for text, document, where in links
    ]
    return lines + ([" · ".join(linked)] if linked else [])

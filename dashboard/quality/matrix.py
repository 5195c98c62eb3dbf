"""What is known of each province, indicator by indicator: the matrix of evidenced and unknown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts.knowledge_matrix import (
    STATES,
    describe_knowledge_matrix,
    plot_knowledge_matrix,
    state_label,
)
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.queries.quality import query_status_knowledge
from dashboard.statuses import of_route, scope_of
from dashboard.tables import class_text, date_or_blank, text_or_blank
from dashboard.view import ROUTES
from dashboard.words import sort_key, word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    MIXED,
    NOT_APPLICABLE,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
)

ORDERS: Final = ("unknown", "name")
SOURCES: Final = (
    "regulations", "human_rights_plans", "annual_plans", "letter_findings", "programme_5115",
    "information_clusters", "border_provinces",
)  # fmt: skip
Column = tuple[str, str]  # indicator, scope


def knowledge_state(indicator: str, class_name: str, strength: Any, part_classes: Any) -> str:
    """One of STATES for a status; a merged unit with an unknown part is known in part only."""
    if class_name == NOT_APPLICABLE:
        return "not_applicable"
    if class_name == "not_due":
        return "not_due"
    unknown = UNKNOWN_CLASS[indicator]
    if class_name == unknown:
        return "unknown"
    parts = [part.partition("=")[2] for part in text_or_blank(part_classes).split(";")]
    if class_name == MIXED and unknown in parts:
        return "in_part"
    return "implied" if strength == "implied" else "evidenced"


def matrix_columns(run: Run, knowledge: pd.DataFrame) -> list[Column]:
    """The indicators of the matrix: plans and reports of the year looked at, all routes."""
    year = scope_of(run.view, run.facts, ANNUAL_PLAN)
    wanted = [(REGULATION, ""), (HUMAN_RIGHTS_PLAN, ""), (ANNUAL_PLAN, year), (RESULT_REPORT, year)]
    wanted += [(BORDER_ROUTE, route) for route in ROUTES]
    known = set(zip(knowledge["indicator"], knowledge["scope"], strict=True))
    # Human-rights plans have no status before the decision that asks for them: "not due" there.
    return [c for c in wanted if c in known or c[0] == HUMAN_RIGHTS_PLAN]


def column_name(column: Column, lang: str) -> str:
    """The heading of a column, short."""
    indicator, scope = column
    if indicator == BORDER_ROUTE:
        route = word(f"filter.route_{scope}", lang)
        return word("quality.heading_route", lang, route=route[0].lower() + route[1:]
                    if scope == "sea" else route)  # fmt: skip
    return f"{word(f'quality.heading.{indicator}', lang)} {scope}".strip()


def knowledge_cells(run: Run) -> pd.DataFrame:
    """One row per province that the route filter leaves: see plot_knowledge_matrix.

    Has also `sayings`, what each cell says in words.
    """
    return kept_for(run, "knowledge cells", partial(_cells, run))


def _cells(run: Run) -> pd.DataFrame:
    view, lang = run.view, run.view.lang
    knowledge = of_route(run, query_status_knowledge(run.snapshot, view.vintage, view.as_of))
    columns = matrix_columns(run, knowledge)
    found = {
        (r.province_code_gso, r.indicator, r.scope): r for r in knowledge.itertuples(index=False)
    }
    rows = []
    names = knowledge[["province_code_gso", "province_name"]].drop_duplicates()
    for code, name in names.itertuples(index=False):
        statuses = [found.get((code, *column)) for column in columns]
        states = [
            knowledge_state(s.indicator, s.class_name, s.strength, s.part_classes)
            if s is not None
            else "not_due"
            for s in statuses
        ]
        unknown = states.count("unknown")
        rows.append(
            {
                "province_code_gso": code,
                "province_name": name,
                "states": states,
                "contradicted": [s is not None and bool(s.has_contradiction) for s in statuses],
                "unknown_count": unknown,
                "hover": word("quality.hover", lang, province=name, count=unknown),
                "sayings": [_saying(s, state, lang) for s, state in zip(statuses, states)],
            }
        )
    cells = pd.DataFrame(
        rows,
        columns=["province_code_gso", "province_name", "states", "contradicted", "unknown_count",
                 "hover", "sayings"],
    )  # fmt: skip
    cells.attrs["columns"] = columns
    return cells


def _saying(status: Any, state: str, lang: str) -> str:
    """The state in words, with the class and the document behind it."""
    parts = [state_label(state, lang)]
    if state in ("evidenced", "implied", "in_part"):
        parts.append(class_text(status.indicator, status.class_name, lang).partition(" ")[2])
        number = text_or_blank(status.document_number)
        day = date_or_blank(status.evidence_date, lang)
        parts.append(", ".join(p for p in (number, day) if p))
    if status is not None and status.has_contradiction:
        parts.append(word("evidence.contradiction", lang))
    return " · ".join(p for p in parts if p)


def ordered_cells(cells: pd.DataFrame, order: str) -> pd.DataFrame:
    """Most unknowns first, or as the Vietnamese alphabet has the names."""
    by_name = cells.sort_values("province_name", key=lambda names: names.map(sort_key))
    if order == "name":
        return by_name
    return by_name.sort_values("unknown_count", ascending=False, kind="stable")


def matrix_table(cells: pd.DataFrame, columns: list[Column], lang: str) -> pd.DataFrame:
    """The matrix in words: one row per province, number of unknowns first."""
    table: dict[str, Any] = {
        word("column.province", lang): cells["province_name"],
        word("quality.column.unknown", lang): cells["unknown_count"],
    }
    for place, column in enumerate(columns):
        table[column_name(column, lang)] = [sayings[place] for sayings in cells["sayings"]]
    return pd.DataFrame(table).set_index(cells["province_code_gso"])


def render_matrix(run: Run, *, key: str) -> None:
    """The matrix with its order, evidence, table and downloads; a row chooses its province."""
    lang, cells = run.view.lang, knowledge_cells(run)
    title = word("page.data_quality.matrix", lang)
    st.subheader(title, anchor=False)
    if cells.empty:
        st.info(word("quality.matrix_none", lang), icon=":material/search_off:")
        return
    st.caption(word("quality.matrix_note", lang))
    order = st.segmented_control(
        word("quality.order_label", lang),
        ORDERS,
        format_func=lambda name: word(f"quality.order.{name}", lang),
        key=f"{key}_order_{lang}",
        default=ORDERS[0],
        required=True,
        label_visibility="collapsed",
    )
    columns: list[Column] = cells.attrs["columns"]
    rows = ordered_cells(cells, str(order))
    headings = [column_name(column, lang) for column in columns]
    draw = partial(plot_knowledge_matrix, rows, headings, lang, selected=run.view.province)
    render_figure(
        run,
        partial(draw, narrow=map_layout()["narrow"]),
        key=f"{key}_{order}",
        alt=partial(describe_knowledge_matrix, rows, run.view.as_of, lang),
        context=partial(figure_context, run, title, source_ids=SOURCES),
        table=partial(matrix_table, rows, columns, lang),
        evidence=partial(_known_only, rows, columns, lang),
        export=partial(draw, narrow=False),
        on_click=_choose,
        evidence_note=word("quality.matrix_evidence", lang),
    )


def _known_only(cells: pd.DataFrame, columns: list[Column], lang: str) -> pd.DataFrame:
    """One row per cell that something is known of, with the document that decides it."""
    rows = [
        (r.province_code_gso, r.province_name, column_name(column, lang), saying)
        for r in cells.itertuples()
        for column, state, saying in zip(columns, r.states, r.sayings, strict=True)
        if state in STATES[:3]
    ]
    table = pd.DataFrame(
        rows,
        columns=["code", word("column.province", lang), word("column.indicator", lang),
                 word("column.class", lang)],
    )  # fmt: skip
    return table.set_index("code")


def _choose(point: Mapping[str, Any]) -> None:
    code = point.get("customdata")
    if isinstance(code, str):
        set_view(province=code)

"""What is not known of one unit, item by item, and what would settle it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.filters import Run
from dashboard.province.budget import load_budget
from dashboard.province.documents import load_documents, topic_text
from dashboard.province.sheet import Sheet
from dashboard.province.status_lines import (
    StatusLine,
    indicator_text,
    load_lines,
    remark_text,
    state_text,
)
from dashboard.queries.province import (
    query_province_evidence,
    query_province_places,
    query_province_routes,
)
from dashboard.tables import text_or_blank
from dashboard.words import format_date, word
from domain.indicators import (
    BORDER_ROUTE,
    DECISION_1079_DATE,
    GENERAL_REGULATION,
    HUMAN_RIGHTS_PLAN,
    ROUTE_TESTS,
)

Item = tuple[str, str, str]  # subject, what is not known, what would settle it
SOURCES: Final = (
    "regulations", "human_rights_plans", "annual_plans", "border_gates", "information_clusters",
    "budgets",
)  # fmt: skip


def render_unknowns(run: Run, sheet: Sheet) -> None:
    """The list; an empty one is itself a statement."""
    lang = run.view.lang
    st.caption(word("province.unknown.caption", lang))
    items = unknown_items(run, sheet.code)
    if not items:
        st.info(word("province.unknown.none", lang), icon=":material/task_alt:")
        return
    sheet.table(
        partial(unknown_table, items, lang),
        name="unknowns",
        title=word("province.unknown.title", lang, province=sheet.name),
        sources=SOURCES,
    )


def unknown_table(items: list[Item], lang: str) -> pd.DataFrame:
    """One row per item."""
    names = [word(f"province.column.{c}", lang) for c in ("subject", "unknown", "remedy")]
    return pd.DataFrame(items, columns=names, index=pd.Index([""] * len(items)))


def unknown_items(run: Run, code: str) -> list[Item]:
    """Everything the data leaves open about a unit of the view's vintage on the as-of date."""
    return [
        *_of_statuses(run, code),
        *_of_documents(run, code),
        *_of_places(run, code),
        *_of_routes(run, code),
        *_of_budget(run, code),
    ]


def _of_statuses(run: Run, code: str) -> list[Item]:
    view, lang = run.view, run.view.lang
    routes = run.facts.provinces[view.vintage][code].routes
    items = []
    for line in load_lines(run, code, routes):
        if line.class_name is None and line.indicator == HUMAN_RIGHTS_PLAN:
            if view.as_of < DECISION_1079_DATE:
                continue  # not yet due is not unknown
        subject = indicator_text(line.indicator, line.scope, lang)
        if line.is_unknown and line.indicator != BORDER_ROUTE:  # its open tests say more
            what = remark_text(line, run) if line.class_name is None else _unknown(line, run)
            items.append((subject, what, word(f"province.remedy.{line.indicator}", lang)))
        elif line.row["strength"] == "implied" and not _has_regulation(run, code):
            items.append(
                (subject, word("province.unknown.implied", lang),
                 word(f"province.remedy.{line.indicator}", lang))
            )  # fmt: skip
        if line.indicator == BORDER_ROUTE and line.class_name != "complete":
            items += _open_tests(run, code, line, subject)
    return items


def _has_regulation(run: Run, code: str) -> bool:
    """Whether a regulation on this subject itself is known; what it lacks is an item of its own."""
    found = load_documents(run, code)
    return any(
        row["topic"] == "regulation" and row["legal_base"] != GENERAL_REGULATION
        for row in (*found.dated_records, *found.undated_records)
    )


def _unknown(line: StatusLine, run: Run) -> str:
    lang, as_of = run.view.lang, run.view.as_of
    state, day = state_text(line, as_of, lang), format_date(as_of, lang)
    return word("province.unknown.status", lang, state=state, date=day)


def _open_tests(run: Run, code: str, line: StatusLine, subject: str) -> list[Item]:
    """Tests of a route that no evidence passes (docs/decisions/0004)."""
    lang, evidence = run.view.lang, _evidence(run, code)
    here = (evidence["indicator"] == BORDER_ROUTE) & (evidence["scope"] == line.scope)
    passed = set(evidence.loc[here & (evidence["role"] == "supports"), "test"])
    places = _places(run, code)
    has_gate = bool(
        (
            (places["kind"] == "gate")
            & (places["border_route"] == line.scope)
            & (places["state"] == "international")
        ).any()
    )
    tests = [t for t in ROUTE_TESTS if has_gate or t != "cluster"]
    return [
        (subject, word("province.unknown.test", lang, test=word(f"test.{t}", lang)),
         word(f"province.remedy.test_{t}", lang))
        for t in tests if t not in passed
    ]  # fmt: skip


def _of_documents(run: Run, code: str) -> list[Item]:
    lang, found = run.view.lang, load_documents(run, code)
    items = []
    if found.dated.empty and found.undated.empty:
        items.append((word("indicator.document", lang), word("province.unknown.no_document", lang),
                      word("province.remedy.no_document", lang)))  # fmt: skip
    for row in found.undated_records:
        items.append((_document(row, lang), word("flag.undated", lang),
                      word("province.remedy.undated", lang)))  # fmt: skip
    for row in found.dated_records:
        flags = set(row["flags"])
        for flag in ("number_not_printed", "number_incomplete", "date_not_printed",
                     "base_not_seen", "period_not_printed"):  # fmt: skip
            if flag in flags:
                items.append((_document(row, lang), word(f"flag.{flag}", lang),
                              word("province.remedy.document", lang)))  # fmt: skip
    return items


def _document(row: dict[Any, Any], lang: str) -> str:
    number = text_or_blank(row["document_number"]) or word("evidence.no_number", lang)
    return f"{topic_text(row, lang)}: {number}"


def _of_places(run: Run, code: str) -> list[Item]:
    lang = run.view.lang
    items = []
    for row in _places(run, code).to_dict("records"):
        is_gate, name = row["kind"] == "gate", str(row["place_name"])
        subject = gate_text(name, lang) if is_gate else name
        if is_gate and not row["has_position"]:
            items.append((subject, word("flag.position_unknown", lang),
                          word("province.remedy.position", lang)))  # fmt: skip
        if "class_conflict" in row["flags"]:
            items.append((subject, word("flag.class_conflict", lang),
                          word("province.remedy.gate_class", lang)))  # fmt: skip
        if not is_gate and pd.isna(row["observed_date"]):
            items.append((subject, word("province.unknown.cluster_date", lang),
                          word("province.remedy.cluster", lang)))  # fmt: skip
    return items


def gate_text(name: str, lang: str) -> str:
    """The gate with what it is; ports and airports (Cảng …) carry that in their names."""
    return name if name.startswith("Cảng ") else word("province.place.gate", lang, name=name)


def _of_routes(run: Run, code: str) -> list[Item]:
    lang = run.view.lang
    rows = query_province_routes(run.snapshot, run.view.vintage, code)
    return [
        (f"{word(f'route.{r.border_route}', lang)} ({r.province_name})",
         word("flag.length_not_found", lang), word("province.remedy.length", lang))
        for r in rows.itertuples() if pd.isna(r.border_km)
    ]  # fmt: skip


def _of_budget(run: Run, code: str) -> list[Item]:
    lang, lines = run.view.lang, load_budget(run, code)
    subject = word("indicator.budget", lang)
    if lines.empty:
        return [(subject, word("province.unknown.no_amount", lang),
                 word("province.remedy.budget", lang))]  # fmt: skip
    if not (lines["scope"] == "information_work").any():
        return [(subject, word("province.unknown.no_information_work", lang),
                 word("province.remedy.budget", lang))]  # fmt: skip
    return []


def _evidence(run: Run, code: str) -> pd.DataFrame:
    return query_province_evidence(run.snapshot, run.view.vintage, code, run.view.as_of)


def _places(run: Run, code: str) -> pd.DataFrame:
    return query_province_places(run.snapshot, run.view.vintage, code, run.view.as_of)

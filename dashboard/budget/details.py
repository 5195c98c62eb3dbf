"""Behind tabs: times, stages, sources of money, contradictions, districts, all lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.budget.amounts import Amounts, read_amounts
from dashboard.budget.choice import load_choice, load_offers
from dashboard.budget.overview import budget_context
from dashboard.budget.stages import share_table, stage_bars, stage_lines
from dashboard.budget.tables import funding_table, line_table, tree_order
from dashboard.budget.wording import cover_text, printed_money
from dashboard.charts.budget_spans import AmountSpan, describe_budget_spans, plot_budget_spans
from dashboard.charts.budget_stages import describe_budget_stages, plot_budget_stages
from dashboard.data_table import render_table
from dashboard.figure import render_figure, render_under_figure
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.tabs import render_tabs
from dashboard.words import format_number, sort_key, word
from domain.budgets import STAGES, BudgetLine, without_parts

MOST_LINES = 2000  # of a view; the project's own data have a hundred
_TABS = ("times", "stages", "funding", "disputes", "districts", "lines")


def render_details(run: Run) -> None:
    """The lower figures; only the open one is made and sent."""
    render = {
        "times": _render_times,
        "stages": _render_stages,
        "funding": _render_funding,
        "disputes": _render_disputes,
        "districts": _render_districts,
        "lines": _render_lines,
    }
    titles = {name: word(f"budget.tab.{name}", run.view.lang) for name in _TABS}
    if is_too_large(run):
        st.caption(word("budget.only_choice", run.view.lang))
    render_tabs("budget_tabs", {titles[name]: partial(render[name], run) for name in _TABS})


def all_amounts(run: Run) -> Amounts:
    """The lines of the chosen view: of the chosen province, else of all; see `is_too_large`."""
    return kept_for(run, "budget all", lambda: _of_view(run, {}))


def programme_amounts(run: Run) -> Amounts:
    """The lines of the chosen view and programme, of all times and stages; see `is_too_large`."""
    wanted = {"programme": load_choice(run).programme}
    return kept_for(run, "budget programme", lambda: _of_view(run, wanted))


def is_too_large(run: Run) -> bool:
    """Whether the view has more lines than anybody looks at: then only the choice's are shown."""
    scope = load_choice(run).scope
    count = sum(offer.line_count for offer in load_offers(run) if offer.scope == scope)
    return run.view.province is None and count > MOST_LINES


def _of_view(run: Run, wanted: dict[str, str | None]) -> Amounts:
    choice = load_choice(run)
    if is_too_large(run):
        wanted = {"programme": choice.programme, "period": choice.period}
    return read_amounts(run, choice.scope, province=run.view.province, **wanted)


def _title(run: Run, name: str) -> str:
    """What a tab shows, of which view and programme."""
    lang, choice = run.view.lang, load_choice(run)
    programme = "all" if choice.programme is None else choice.programme
    return word(
        "budget.tab_title", lang,
        tab=word(f"budget.tab.{name}", lang), scope=word(f"budget.scope.{choice.scope}", lang),
        programme=word(f"budget.programme.{programme}", lang),
    )  # fmt: skip


def _lines_of(run: Run, amounts: Amounts) -> pd.DataFrame:
    return line_table(amounts, tree_order(amounts), run)


def amount_spans(run: Run, amounts: Amounts) -> list[AmountSpan]:
    """Amounts that are no part of another, by province, each on its own year or period."""
    lang = run.view.lang
    heads = [line for line in without_parts(amounts.lines) if line.is_of_province]
    dated = [line for line in heads if line.period.partition("-")[0].isdigit()]
    order = {stage: place for place, stage in enumerate((*STAGES, "donated"))}
    dated.sort(
        key=lambda line: (
            sort_key(amounts.name(line)), line.period, order[line.stage], -line.amount_million_vnd,
            line.line_id,
        )
    )  # fmt: skip
    rows = [amounts.rows[line.line_id] for line in dated]
    return [
        AmountSpan(
            amounts.name(line), int(row["first_year"]), int(row["last_year"]),
            _span_label(line, row, lang), line.stage, cover_text(line, lang),
        )
        for line, row in zip(dated, rows)
    ]  # fmt: skip


def _span_label(line: BudgetLine, row: dict[str, Any], lang: str) -> str:
    """The amount, and its source where it is of one source alone."""
    source = word(f"budget.short_source.{line.funding_source or 'not_printed'}", lang)
    return " · ".join(part for part in (printed_money(row, lang), source) if part)


def _render_times(run: Run) -> None:
    lang, amounts = run.view.lang, programme_amounts(run)
    st.caption(word("budget.times_note", lang))
    spans = kept_for(run, "budget spans", lambda: amount_spans(run, amounts))
    undated = sum(line.is_of_province and line.period == "unknown" for line in amounts.lines)
    if undated:
        st.caption(word("budget.times_unknown", lang, count=format_number(undated, lang)))
    if not spans:
        st.info(word("budget.empty_tab", lang), icon=":material/info:")
        return
    draw = partial(plot_budget_spans, spans, lang)
    render_figure(
        run,
        draw,
        key="budget_times",
        alt=partial(describe_budget_spans, spans, lang),
        context=partial(budget_context, run, _title(run, "times")),
        table=partial(_lines_of, run, amounts),
        evidence=partial(_lines_of, run, amounts),
        export=draw,
    )


def _render_stages(run: Run) -> None:
    lang, amounts = run.view.lang, all_amounts(run)
    st.caption(word("budget.stages_note", lang))
    bars = kept_for(run, "budget stages", lambda: stage_bars(run, amounts))
    if bars:
        draw = partial(plot_budget_stages, bars, lang)
        render_figure(
            run,
            draw,
            key="budget_stages",
            alt=partial(describe_budget_stages, bars, lang),
            context=partial(budget_context, run, _title(run, "stages")),
            table=lambda: line_table(amounts, stage_lines(amounts), run),
            evidence=lambda: line_table(amounts, stage_lines(amounts), run),
            export=draw,
        )
    else:
        st.info(word("budget.stages_none", lang), icon=":material/info:")
    st.markdown(f"##### {word('budget.shares', lang)}")
    st.caption(word("budget.shares_note", lang))
    _render_table_tab(run, "shares", partial(share_table, run, amounts), "stages")


def _render_funding(run: Run) -> None:
    st.caption(word("budget.funding_note", run.view.lang))
    amounts = programme_amounts(run)
    _render_table_tab(run, "funding", lambda: funding_table(amounts, run), "funding")


def _render_disputes(run: Run) -> None:
    amounts = all_amounts(run)
    found = [("", line) for line in amounts.lines if line.disputed_ids]
    st.caption(word("budget.disputes_note", run.view.lang))
    _render_table_tab(run, "disputes", lambda: line_table(amounts, found, run), "disputes")


def _render_districts(run: Run) -> None:
    amounts = all_amounts(run)
    found = [pair for pair in tree_order(amounts) if not pair[1].is_of_province]
    st.caption(word("budget.districts_note", run.view.lang))
    _render_table_tab(run, "districts", lambda: line_table(amounts, found, run), "districts")


def _render_lines(run: Run) -> None:
    st.caption(word("budget.lines_note", run.view.lang))
    _render_table_tab(run, "lines", partial(_lines_of, run, all_amounts(run)), "lines")


def _render_table_tab(
    run: Run, name: str, make: Callable[[], pd.DataFrame], tab: str, **options: Any
) -> None:
    lang = run.view.lang
    table = kept_for(run, f"budget table {name}", make)
    if table.empty:
        st.info(word("budget.empty_tab", lang), icon=":material/info:")
        return
    render_table(table, lang, key=f"budget_{name}_rows", selects_province=True, **options)
    context = kept_for(run, f"budget context {name}", lambda: budget_context(run, _title(run, tab)))
    render_under_figure(f"budget_{name}", context, {}, None, table=lambda: table)

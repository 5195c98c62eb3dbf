"""The map of the chosen amounts and the same amounts as ranked bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.budget.amounts import Amounts, choice_key, load_amounts
from dashboard.budget.choice import WHOLE_PROGRAMME, Choice, load_choice, units_in_view
from dashboard.budget.controls import render_coverage, render_scale
from dashboard.budget.province import render_province
from dashboard.budget.tables import evidence_lines, line_table, unit_table
from dashboard.budget.wording import cover_text, money, period_text, printed_money
from dashboard.charts.budget_bars import AmountBar, describe_budget_bars, plot_budget_bars
from dashboard.download import MAP_WIDTH, FigureContext
from dashboard.figure import map_layout, render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.kept import kept
from dashboard.map_amounts import describe_amount_map, plot_amount_map
from dashboard.maps import province_of_click
from dashboard.words import word
from domain.budgets import BudgetLine, UnitFigure

SOURCES = ("budgets",)


def choice_title(choice: Choice, lang: str) -> str:
    """Stage, time, view and programme in words: the title of every figure of the choice."""
    name = choice.programme or ("all" if choice.scope != WHOLE_PROGRAMME else "unknown")
    return word(
        "budget.title", lang,
        stage=word(f"budget.stage.{choice.stage}", lang).lower() if choice.stage else "–",
        period=period_text(choice.period, lang),
        scope=word(f"budget.scope.{choice.scope}", lang),
        programme=word(f"budget.programme.{name}", lang),
    )  # fmt: skip


def _choose_on_map(point: Mapping[str, Any]) -> None:
    code = province_of_click([point])
    if code is not None:
        set_view(province=code)


def budget_context(run: Run, title: str, *, is_map: bool = False) -> FigureContext:
    """What a download of this page says of itself, and of how many units the choice has figures."""
    known, total = len(load_amounts(run).figures), len(units_in_view(run))
    said = word("budget.coverage.line", run.view.lang, count=known, total=total)
    context = figure_context(run, title, source_ids=SOURCES, is_map=is_map)
    return replace(context, unknowns=said)


def render_amount_map(run: Run) -> None:
    """One printed amount per unit, in classes; units without any figure are no zero."""
    view, lang, choice, amounts = run.view, run.view.lang, load_choice(run), load_amounts(run)
    title, rows, layout = choice_title(choice, lang), map_rows(run, amounts), map_layout()
    dimmed = frozenset(run.facts.provinces[view.vintage]) - units_in_view(run)
    draw = partial(
        plot_amount_map, rows, vintage=view.vintage, lang=lang, selected=view.province,
        dimmed=dimmed, scale=choice.scale,
    )  # fmt: skip
    render_figure(
        run,
        partial(draw, **layout),
        key="budget_map",
        alt=lambda: word(
            "budget.alt.map", lang, title=title,
            text=describe_amount_map(
                rows, vintage=view.vintage, as_of=view.as_of, lang=lang, dimmed=dimmed,
                scale=choice.scale,
            ),
        ),
        context=partial(budget_context, run, title, is_map=True),
        table=partial(unit_table, amounts, run),
        export=partial(draw, geojson="inline", width=MAP_WIDTH),
        evidence=partial(_evidence, run, amounts),
        contradiction_count=len(amounts.disputed_units),
        on_click=_choose_on_map,
        width="content" if layout["narrow"] is False else "stretch",
    )  # fmt: skip


def _evidence(run: Run, amounts: Amounts) -> pd.DataFrame:
    return line_table(amounts, evidence_lines(amounts, run.view.province), run)


def map_rows(run: Run, amounts: Amounts) -> pd.DataFrame:
    """province_code_gso, amount_million_vnd, is_rounded, has_contradiction, hover."""
    key = ("budget map rows", *choice_key(run), run.view.lang)
    return kept(key, lambda: _map_rows(run, amounts))


def _map_rows(run: Run, amounts: Amounts) -> pd.DataFrame:
    units = run.facts.provinces[run.view.vintage]
    columns = ["province_code_gso", "province_name", "amount_million_vnd", "is_rounded",
               "has_contradiction", "hover"]  # fmt: skip
    records = [
        (
            figure.unit_code,
            units[figure.unit_code].name,
            figure.amount_million_vnd,
            figure.is_rounded,
            figure.unit_code in amounts.disputed_units,
            _hover(run, amounts, figure),
        )
        for figure in (*amounts.coloured, *amounts.listed)
    ]
    return pd.DataFrame(records, columns=columns)


def _hover(run: Run, amounts: Amounts, figure: UnitFigure) -> str:
    lang, [first, *more] = run.view.lang, figure.parts
    if figure.amount_million_vnd is None:
        rows = [amounts.rows[part.line.line_id] for part in figure.parts]
        return "<br>".join(f"{row['province_name']}: {printed_money(row, lang)}" for row in rows)
    if more:
        return word("budget.added", lang, amount=money(figure.amount_million_vnd or 0, lang))
    row = amounts.rows[first.line.line_id]
    parts = [printed_money(row, lang), cover_text(first.line, lang)]
    for line in first.disputes:
        other = printed_money(amounts.rows[line.line_id], lang)
        parts.append(word("budget.disputed_by", lang, amount=other))
    return "<br>".join(parts)


def render_bars(run: Run) -> None:
    """The amounts of the map as bars, largest first; contradicting ones stand together."""
    lang, amounts, choice = run.view.lang, load_amounts(run), load_choice(run)
    key = ("budget bars", *choice_key(run), lang)
    bars = kept(key, lambda: amount_bars(run, amounts))
    title = choice_title(choice, lang)
    draw = partial(plot_budget_bars, bars, lang)
    render_figure(
        run,
        draw,
        key="budget_bars",
        alt=partial(describe_budget_bars, bars, title, lang),
        context=partial(budget_context, run, title),
        table=partial(unit_table, amounts, run),
        evidence=partial(_evidence, run, amounts),
        export=draw,
        contradiction_count=len(amounts.disputed_units),
    )


def amount_bars(run: Run, amounts: Amounts) -> list[AmountBar]:
    """The largest first: a bar per unit, with those that contradict it right after it.

    Figures of merged provinces that may not be added have a bar each, with the province's name.
    """
    groups = [bars for figure in amounts.figures for bars in _unit_bars(run, amounts, figure)]
    groups.sort(key=lambda bars: -bars[0].amount_million_vnd)
    return [bar for bars in groups for bar in bars]


def _unit_bars(run: Run, amounts: Amounts, figure: UnitFigure) -> list[list[AmountBar]]:
    lang, unit = run.view.lang, run.facts.provinces[run.view.vintage][figure.unit_code]
    if figure.amount_million_vnd is not None and len(figure.parts) > 1:
        parts = ", ".join(amounts.name(part.line) for part in figure.parts)
        said = word("budget.sum_of", lang, parts=parts)
        amount, stage = figure.amount_million_vnd, figure.parts[0].line.stage
        return [[AmountBar(unit.name, money(amount, lang), said, amount, stage, figure.is_rounded)]]
    groups = []
    for part in figure.parts:
        name = unit.name
        if figure.amount_million_vnd is None:
            name = word("budget.part_of", lang, unit=name, part=amounts.name(part.line))
        shown = [part.line, *part.disputes]
        groups.append([_bar(name, line, amounts, len(shown) > 1, lang) for line in shown])
    return groups


def _bar(name: str, line: BudgetLine, amounts: Amounts, is_disputed: bool, lang: str) -> AmountBar:
    row = amounts.rows[line.line_id]
    return AmountBar(
        name, printed_money(row, lang), cover_text(line, lang), line.amount_million_vnd,
        line.stage, line.is_rounded, is_disputed,
    )  # fmt: skip


def render_overview(run: Run) -> None:
    """Map and bars side by side; where nothing is known, the map says so and the bars tell why."""
    lang, amounts, choice = run.view.lang, load_amounts(run), load_choice(run)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.subheader(choice_title(choice, lang), anchor=False)
        render_scale(run)
        render_amount_map(run)
    with right:
        render_coverage(run)
        st.subheader(word("budget.ranked", lang), anchor=False)
        st.caption(word("budget.ranked_note", lang))
        if amounts.figures:
            render_bars(run)
        else:
            st.info(word("budget.empty", lang), icon=":material/info:")
        if amounts.listed:
            units = run.facts.provinces[run.view.vintage]
            names = ", ".join(units[figure.unit_code].name for figure in amounts.listed)
            st.caption(word("budget.listed_note", lang, names=names))
        render_province(run)

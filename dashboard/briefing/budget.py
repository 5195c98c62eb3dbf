"""The part on money: what is known of the chosen time, never added up, and how little is known."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dashboard.briefing.content import Bars, Picture, Section, Table
from dashboard.briefing.matter import CHART_WIDTH, Matter
from dashboard.briefing.scope import PROVINCE
from dashboard.budget.amounts import load_amounts
from dashboard.budget.choice import load_choice
from dashboard.budget.controls import coverage_texts
from dashboard.budget.overview import SOURCES, amount_bars, choice_title
from dashboard.budget.tables import unit_table
from dashboard.charts.budget_bars import describe_budget_bars, plot_budget_bars
from dashboard.colours import class_style
from dashboard.province.budget import budget_table, load_budget
from dashboard.words import word
from domain.indicators import REGULATION

MOST_BARS = 15  # of a page; the table has all


def budget(matter: Matter) -> Section:
    """Coverage first, then the largest amounts as bars and all as a table."""
    if matter.scope.kind == PROVINCE:
        return _of_province(matter)
    run, lang = matter.run, matter.lang
    matter.used(*SOURCES)
    amounts = load_amounts(run)
    title = choice_title(load_choice(run), lang)
    known = [
        matter.finding("budget_coverage", view=label, value=value, note=note)
        for label, value, note in coverage_texts(run)
    ]
    findings = [replace(f, key=f"{f.key}_{place}") for place, f in enumerate(known)]
    findings.append(matter.finding("budget_caution"))
    bars = amount_bars(run, amounts)
    items: list[Picture | Table] = []
    rows = unit_table(amounts, run)
    rows = rows[rows.index.isin(matter.units)] if len(rows) else rows
    if bars and matter.is_country:
        shown = bars[:MOST_BARS]
        items.append(
            Picture(
                key="budget_bars",
                title=title,
                alt=describe_budget_bars(shown, title, lang),
                draw=partial(plot_budget_bars, shown, lang),
                width=CHART_WIDTH,
                bars=Bars(
                    categories=tuple(bar.name for bar in shown),
                    series=(
                        (
                            title,
                            class_style(REGULATION, "current").fill(False),
                            tuple(float(bar.amount_million_vnd) for bar in shown),
                        ),
                    ),
                    unit=word("budget.column.million", lang),
                ),
            )
        )
    source = word("column.source", lang)
    items.append(
        Table(
            "budget_amounts",
            title,
            rows.drop(columns=source) if source in rows else rows,
            word("budget.empty", lang),
        )
    )
    return matter.section("budget", *findings, *items)


def _of_province(matter: Matter) -> Section:
    """Every amount printed for one province, whatever its time, stage and programme."""
    run, lang, code = matter.run, matter.lang, matter.scope.codes[0]
    matter.used(*SOURCES)
    rows = budget_table(load_budget(run, code), lang)
    source = word("column.source", lang)
    table = Table(
        "budget_amounts",
        word("province.section.budget", lang),
        rows.drop(columns=source) if source in rows else rows,
        word("budget.empty", lang),
    )
    known = matter.finding("budget_of_province", count=len(rows))
    return matter.section("budget", known, matter.finding("budget_caution"), table)

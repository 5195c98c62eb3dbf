"""Planned, allocated, disbursed: comparable amounts, and the shares that sources print."""

from __future__ import annotations

import pandas as pd

from dashboard.budget.amounts import Amounts
from dashboard.budget.tables import printed_share, province_text
from dashboard.budget.wording import (
    bare_period,
    cover_text,
    period_text,
    printed_money,
    share_text,
    until_text,
)
from dashboard.charts.budget_stages import StageAmount, StageBars
from dashboard.filters import Run
from dashboard.tables import first_address
from dashboard.words import sort_key, word
from domain.budgets import BudgetLine, StageGroup, comparable_stages


def stage_bars(run: Run, amounts: Amounts) -> list[StageBars]:
    """Groups of comparable amounts in the order of the provinces' names."""
    groups = comparable_stages(amounts.lines)
    groups.sort(key=lambda g: (sort_key(amounts.name(g.lines[0])), g.lines[0].line_id))
    return [_bars(run, amounts, group) for group in groups]


def _bars(run: Run, amounts: Amounts, group: StageGroup) -> StageBars:
    lang, first = run.view.lang, group.lines[0]
    row = amounts.rows[first.line_id]
    name = province_text(row, run)
    if first.level == "district":
        name = word("budget.district_of", lang, province=name)
    return StageBars(
        name=f"{name} · {period_text(first.period, lang)}",
        note=cover_text(first, lang),
        amounts=tuple(
            StageAmount(
                line.stage, line.amount_million_vnd,
                printed_money(amounts.rows[line.line_id], lang), line.is_rounded,
            )
            for line in group.lines
        ),
        share=_share(run, amounts, group),
    )  # fmt: skip


def _share(run: Run, amounts: Amounts, group: StageGroup) -> str:
    share, lang = group.share_disbursed(), run.view.lang
    if share is None:
        return ""
    last = amounts.rows[group.lines[-1].line_id]
    # Two rounded amounts give no exact share: whole percents, and said to be about.
    rounded = any(line.is_rounded for line in group.lines)
    text = share_text(round(share, 0 if rounded else 1), "about" if rounded else None, lang)
    key = "budget.share.confirmed" if group.is_confirmed_by_share else "budget.share.computed"
    printed = last["share_disbursed_pct"]
    said = "" if printed != printed or printed is None else share_text(float(printed), None, lang)
    return word(key, lang, share=text, until=until_text(last, lang), printed=said)


def stage_lines(amounts: Amounts) -> list[tuple[str, BudgetLine]]:
    """The lines of all comparable groups."""
    return [("", line) for group in comparable_stages(amounts.lines) for line in group.lines]


def share_table(run: Run, amounts: Amounts) -> pd.DataFrame:
    """One row per share disbursed that a source prints, whatever it is a share of."""
    lang, as_of = run.view.lang, run.view.as_of
    lines = [
        line for line in amounts.lines if printed_share(amounts.rows[line.line_id], as_of, lang)
    ]
    lines.sort(key=lambda line: (sort_key(amounts.name(line)), line.period, line.line_id))
    records = []
    for line in lines:
        row = amounts.rows[line.line_id]
        rounding = row["share_rounding"] if isinstance(row["share_rounding"], str) else None
        records.append(
            {
                word("column.province", lang): province_text(row, run),
                word("budget.column.period", lang): bare_period(line.period, lang),
                word("budget.column.share", lang): share_text(
                    float(row["share_disbursed_pct"]), rounding, lang
                ),
                word("budget.column.until", lang): until_text(row, lang),
                word("budget.column.stage", lang): word(f"budget.stage.{line.stage}", lang),
                word("budget.column.amount", lang): printed_money(row, lang),
                word("budget.column.component", lang): cover_text(line, lang),
                word("budget.column.programme", lang): word(
                    f"budget.programme.{line.programme}", lang
                ),
                word("column.source", lang): first_address(row["source_url"]),
            }
        )
    table = pd.DataFrame(records)
    table.index = pd.Index([line.unit_code for line in lines], dtype=object)
    return table

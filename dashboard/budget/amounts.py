"""Rows of printed amounts → lines and figures of units, ready for map, bars and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.budget.choice import Choice, load_choice, units_in_view
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries.budget import query_budget_lines
from dashboard.words import day_of, sort_key
from domain.budgets import BudgetLine, ProvinceFigure, UnitFigure, figure_of_unit


@dataclass(frozen=True)
class Amounts:
    """The lines of a choice and the figures of the units; `rows` by line id has all the columns."""

    lines: tuple[BudgetLine, ...]
    rows: dict[str, dict[str, Any]]
    figures: tuple[UnitFigure, ...]

    def name(self, line: BudgetLine) -> str:
        """The province or unit that an amount was printed for."""
        return str(self.rows[line.line_id]["province_name"])

    @property
    def coloured(self) -> list[UnitFigure]:
        """Figures with one amount, the largest first."""
        known = [f for f in self.figures if f.amount_million_vnd is not None]
        return sorted(known, key=lambda f: (-(f.amount_million_vnd or 0), f.unit_code))

    @property
    def listed(self) -> list[UnitFigure]:
        """Merged units whose parts have figures that may not be added."""
        return [f for f in self.figures if f.amount_million_vnd is None]

    @property
    def disputed_units(self) -> frozenset[str]:
        """Units for which sources print different amounts for the same money."""
        return frozenset(f.unit_code for f in self.figures if any(p.disputes for p in f.parts))

    def chosen_line_ids(self) -> set[str]:
        """The lines that stand for a unit or a part of one."""
        return {part.line.line_id for figure in self.figures for part in figure.parts}


def parse_line(row: dict[str, Any]) -> BudgetLine:
    """One row of query_budget_lines as the rules of domain/budgets need it."""
    return BudgetLine(
        line_id=str(row["line_id"]),
        unit_code=str(row["province_code_gso"]),
        province_code=str(row["printed_code_gso"]),
        scope=row["scope"],
        programme=row["programme"],
        period=row["period"],
        stage=row["stage"],
        amount_million_vnd=int(row["amount_million_vnd"]),
        component=_known(row["component"]),
        funding_source=_known(row["funding_source"]),
        level=row["level"],
        is_total=bool(row["is_total"]),
        is_rounded=bool(row["is_rounded"]),
        is_of_province=bool(row["is_of_province"]),
        is_of_merged_unit=int(row["vintage"]) == 2025,
        total_ids=frozenset(row["total_ids"]),
        disputed_ids=frozenset(row["disputed_ids"]),
        share_disbursed_pct=_known(row["share_disbursed_pct"]),
        counted_until=day_of(row["counted_until"]),
        counts_from=day_of(row["counts_from_date"]),
    )


def _known(value: Any) -> Any:
    return None if value is None or value != value else value


def load_amounts(run: Run) -> Amounts:
    """The amounts of the page's choice: one scope, programme, period and stage."""
    choice = load_choice(run)
    return kept(("budget amounts", *choice_key(run)), lambda: _amounts(run, choice))


def choice_key(run: Run) -> tuple[Hashable, ...]:
    """All that the amounts of the choice depend on; the chosen province is not among it."""
    view, choice = run.view, load_choice(run)
    return (
        run.snapshot.id, view.vintage, view.as_of, view.route,
        choice.scope, choice.programme, choice.period, choice.stage,
    )  # fmt: skip


def _amounts(run: Run, choice: Choice) -> Amounts:
    if choice.period is None or choice.stage is None:
        return Amounts((), {}, ())
    return read_amounts(
        run,
        choice.scope,
        programme=choice.programme,
        period=choice.period,
        stage=choice.stage,
        level="province",
    )


def read_amounts(run: Run, scope: str, **wanted: str | None) -> Amounts:
    """Lines of the units in view that fit (programme, period, stage, level, province).

    `figures` make sense for one period and stage only.
    """
    found = query_budget_lines(run.snapshot, run.view.vintage, run.view.as_of, scope, **wanted)
    rows = found[found["province_code_gso"].isin(units_in_view(run))].to_dict("records")
    lines = tuple(parse_line(row) for row in rows)
    is_one = wanted.get("period") is not None and wanted.get("stage") is not None
    figures = unit_figures(run, lines) if is_one else ()
    return Amounts(lines, {str(row["line_id"]): row for row in rows}, figures)


def unit_figures(run: Run, lines: Iterable[BudgetLine]) -> tuple[UnitFigure, ...]:
    """One figure per unit that has any, in the order of the Vietnamese alphabet."""
    units = run.facts.provinces[run.view.vintage]
    by_unit: defaultdict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        by_unit[line.unit_code].append(line)
    found = [figure_of_unit(code, units[code].parts, some) for code, some in by_unit.items()]
    figures = [figure for figure in found if figure is not None]
    return tuple(sorted(figures, key=lambda f: sort_key(units[f.unit_code].name)))


def all_lines(figure: ProvinceFigure) -> list[tuple[str, BudgetLine]]:
    """The lines behind one figure with their role: chosen, disputed, part, also."""
    shown = [("chosen", figure.line)] + [("disputed", line) for line in figure.disputes]
    ids = {line.line_id for _, line in shown} | {line.line_id for line in figure.also}
    return shown + [
        ("part" if line.total_ids & ids else "also", line) for line in figure.also
    ]  # fmt: skip


def frame_of(amounts: Amounts, lines: Iterable[BudgetLine]) -> pd.DataFrame:
    """The rows of some lines, in their order."""
    return pd.DataFrame([amounts.rows[line.line_id] for line in lines])

"""Which printed amount stands for a province, what may be added, which stages may be compared.

Nothing is ever added within a province: one printed figure stands for it, all others are listed as
also printed. Only the whole figures of all provinces that were merged into one unit are added.
Reasons: docs/decisions/0008-budget-amounts.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

STAGES: Final = ("planned", "allocated", "disbursed")  # in the order in which money moves
DONATED: Final = "donated"  # not budget money: a stage of its own, never compared
SCOPES: Final = ("information_work", "whole_programme")
PROGRAMMES: Final = ("ethnic_minority", "poverty_reduction", "other")
FUNDING_SOURCES: Final = ("all", "central", "local", "donation")
UNKNOWN_PERIOD: Final = "unknown"

_OVER: Final = re.compile(r"\s*(?:hơn|trên|more than|over|lebih dari|plus de)\b", re.IGNORECASE)
_NEARLY: Final = re.compile(r"\s*(?:gần|nearly|almost|hampir|près de)\b", re.IGNORECASE)


@dataclass(frozen=True)
class BudgetLine:
    """One printed amount in million VND.

    `unit_code` is the unit it is shown for, `province_code` the one it was printed for;
    `is_of_merged_unit` where that is already a unit of 2025. `period` is "2023", "2021-2025" or
    UNKNOWN_PERIOD. `total_ids` are the lines it is a part of, directly or not; `disputed_ids`
    those of other sources that contradict it. `is_of_province` is false for a district and for
    money moved between projects. `share_disbursed_pct` is what the source prints.
    """

    line_id: str
    unit_code: str
    province_code: str
    scope: str
    programme: str
    period: str
    stage: str
    amount_million_vnd: int
    component: str | None = None
    funding_source: str | None = None
    level: str = "province"
    is_total: bool = False
    is_rounded: bool = False
    is_of_province: bool = True
    is_of_merged_unit: bool = False
    total_ids: frozenset[str] = frozenset()
    disputed_ids: frozenset[str] = frozenset()
    share_disbursed_pct: float | None = None
    counted_until: dt.date | None = None
    counts_from: dt.date | None = None


@dataclass(frozen=True)
class ProvinceFigure:
    """The one printed amount that stands for a province, and what else is printed.

    `disputes` contradict it (another source, another amount for the same money): they are shown
    beside it. `also` is the rest, the parts of totals among it, largest first.
    """

    line: BudgetLine
    disputes: tuple[BudgetLine, ...] = ()
    also: tuple[BudgetLine, ...] = ()


@dataclass(frozen=True)
class UnitFigure:
    """What is known of a unit of the map: a printed figure, a sum over merged provinces, a list.

    `amount_million_vnd` is None where the figures of the merged provinces may not be added; then
    `parts` are listed and the unit has no colour of an amount.
    """

    unit_code: str
    amount_million_vnd: int | None
    is_rounded: bool
    parts: tuple[ProvinceFigure, ...]


@dataclass(frozen=True)
class StageGroup:
    """Comparable amounts of the same money at several stages; `lines` in the order of STAGES.

    `is_confirmed_by_share`: the disbursed line names no source of money, but the source prints a
    share that fits the other amount.
    """

    lines: tuple[BudgetLine, ...]
    is_confirmed_by_share: bool = False

    def share_disbursed(self) -> float | None:
        """Disbursed in percent of allocated (else of planned); None without both or over 0."""
        base, last = self.lines[-2], self.lines[-1]
        if last.stage != "disbursed" or base.amount_million_vnd == 0:
            return None
        return last.amount_million_vnd / base.amount_million_vnd * 100


def rounding_of(as_printed: str, is_rounded: bool) -> str | None:
    """How a rounded figure lies to the true one: "over" (hơn, trên), "nearly" (gần) or "about"."""
    if not is_rounded:
        return None
    if _OVER.match(as_printed):
        return "over"
    return "nearly" if _NEARLY.match(as_printed) else "about"


def is_part_of_another(line: BudgetLine, lines: Mapping[str, BudgetLine]) -> bool:
    """Whether one of `lines` (by id) is a total that holds this line, directly or not."""
    totals = (lines[other] for other in line.total_ids if other in lines)
    # Two lines that name each other as total are neither's part.
    return any(line.line_id not in total.total_ids for total in totals if total is not line)


def without_parts(lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    """The lines that are not a part of another one among them."""
    by_id = {line.line_id: line for line in lines}
    return [line for line in by_id.values() if not is_part_of_another(line, by_id)]


def choose_figure(lines: Collection[BudgetLine]) -> ProvinceFigure | None:
    """The figure that stands for one province at one stage of one period; None without any.

    A printed total of all sources comes first, then a printed total of one source, then any other
    line that is no part of another; of equals the larger, the exact one, the lower id. Lines that
    are not of the province as a whole (district, re-allocation) never stand for it. ValueError
    for lines of several provinces, scopes, periods or stages.
    """
    keys = {(line.province_code, line.scope, line.period, line.stage) for line in lines}
    if len(keys) > 1:
        raise ValueError(f"lines of one province, scope, period and stage expected; got {keys}")
    known = [line for line in lines if line.is_of_province]
    heads = sorted(without_parts(known), key=_reach)
    if not heads:
        return None
    chosen = heads[0]
    disputes = tuple(
        line for line in sorted(known, key=_reach)
        if line is not chosen and line.line_id in chosen.disputed_ids
    )  # fmt: skip
    rest = [line for line in known if line is not chosen and line not in disputes]
    also = sorted(rest, key=lambda line: (-line.amount_million_vnd, line.line_id))
    return ProvinceFigure(chosen, disputes, tuple(also))


def _reach(line: BudgetLine) -> tuple[bool, bool, int, bool, str]:
    is_of_all = line.is_total and line.funding_source == "all"
    return (
        not is_of_all, not line.is_total, -line.amount_million_vnd, line.is_rounded, line.line_id
    )  # fmt: skip


def may_add(figures: Sequence[ProvinceFigure]) -> bool:
    """Whether the figures of several provinces may be added for the unit they were merged into.

    Each a printed total of the same printed source of money, same scope, programme, stage and
    period (a known one), of different provinces, and none of them contradicted.
    """
    lines = [figure.line for figure in figures]
    keys = {
        (line.scope, line.programme, line.stage, line.period, line.funding_source) for line in lines
    }
    return (
        len(keys) == 1
        and all(line.is_total and line.funding_source for line in lines)
        and lines[0].period != UNKNOWN_PERIOD
        and len({line.province_code for line in lines}) == len(lines)
        and not any(figure.disputes for figure in figures)
    )


def figure_of_unit(
    unit_code: str, parts: Collection[str], lines: Iterable[BudgetLine]
) -> UnitFigure | None:
    """The figure of one unit from its own lines or those of its parts; None where there is none.

    `parts`: the codes of the provinces it was made of (one for a unit that was not merged). An
    amount printed for the unit itself goes before those of its parts. Parts are added when each
    of them has a figure and `may_add` allows it, else listed.
    """
    by_province: defaultdict[str, list[BudgetLine]] = defaultdict(list)
    for line in lines:
        # A merged unit can have the code of one of its parts.
        by_province["" if line.is_of_merged_unit else line.province_code].append(line)
    chosen = {code: choose_figure(some) for code, some in by_province.items()}
    figures = {code: figure for code, figure in chosen.items() if figure is not None}
    if not figures:
        return None
    if "" in figures:
        return _single(unit_code, figures[""])
    ordered = tuple(figures[code] for code in sorted(figures))
    if len(parts) == 1:
        return _single(unit_code, ordered[0])
    if len(ordered) == len(parts) and may_add(ordered):
        amount = sum(figure.line.amount_million_vnd for figure in ordered)
        return UnitFigure(unit_code, amount, any(f.line.is_rounded for f in ordered), ordered)
    return UnitFigure(unit_code, None, False, ordered)


def _single(unit_code: str, figure: ProvinceFigure) -> UnitFigure:
    return UnitFigure(unit_code, figure.line.amount_million_vnd, figure.line.is_rounded, (figure,))


def comparable_stages(lines: Iterable[BudgetLine]) -> list[StageGroup]:
    """Groups of lines that tell of the same money at two or more stages, ordered by their ids.

    Comparable: same province, level, scope, programme, component, period and source of money; a
    disbursed line that prints no source also when the share it prints fits exactly one printed
    total. Where one stage has several amounts the latest counts; if their days do not tell, the
    group is left out, since nobody says which one the others belong to.
    """
    listed = [line for line in lines if line.stage in STAGES and line.period != UNKNOWN_PERIOD]
    by_money: defaultdict[tuple[object, ...], list[BudgetLine]] = defaultdict(list)
    for line in listed:
        if not (line.component or line.funding_source):
            continue  # nothing says that two such lines are the same money
        by_money[(*_same_frame(line), _folded(line.component), line.funding_source)].append(line)
    groups = []
    for same in by_money.values():
        stages = [_latest([s for s in same if s.stage == stage]) for stage in STAGES]
        told = tuple(line for line in stages if line is not None)
        if len(told) > 1 and len(told) == len({line.stage for line in same}):
            groups.append(StageGroup(told))
    grouped = {line.line_id for group in groups for line in group.lines}
    groups += [
        StageGroup((base, line), is_confirmed_by_share=True)
        for line in listed
        if line.line_id not in grouped
        for base in _base_of_share(line, listed)
    ]
    return sorted(groups, key=lambda group: group.lines[0].line_id)


def _same_frame(line: BudgetLine) -> tuple[object, ...]:
    return (
        line.is_of_merged_unit,
        line.province_code,
        line.level,
        line.scope,
        line.programme,
        line.period,
    )


def _folded(component: str | None) -> str:
    return " ".join((component or "").casefold().split())


def _latest(lines: Sequence[BudgetLine]) -> BudgetLine | None:
    """The line with the latest known day; None without any, or where two could be it."""
    if len({line.amount_million_vnd for line in lines}) <= 1:
        return min(lines, key=lambda line: line.line_id, default=None)
    days = [line.counts_from for line in lines]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known.count(max(known)) > 1:
        return None
    return max(lines, key=lambda line: line.counts_from or dt.date.min)


def _base_of_share(line: BudgetLine, lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The one printed total of which a disbursed line's printed share speaks, else nothing."""
    share = line.share_disbursed_pct
    if line.stage != "disbursed" or line.funding_source is not None or share is None:
        return []
    decimals = len(f"{share:g}".partition(".")[2])
    tolerance = 0.5 * 10**-decimals
    fitting = [
        base
        for base in lines
        if base.stage in ("planned", "allocated")
        and base.is_total
        and _same_frame(base) == _same_frame(line)
        and base.amount_million_vnd > 0
        and abs(line.amount_million_vnd / base.amount_million_vnd * 100 - share) <= tolerance
    ]
    return fitting if len(fitting) == 1 else []

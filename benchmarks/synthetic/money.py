"""Made-up budget lines: totals with their parts, three stages after each other, both scopes."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from itertools import count, islice, product
from typing import Final

from benchmarks.synthetic.invention import LAST_DAY, Invention, Row, Unit, address, day_between

PROGRAMMES: Final = ("ethnic_minority", "poverty_reduction", "other")
SCOPES: Final = ("whole_programme", "information_work")
LEVELS: Final = ("province", "district")
STAGES: Final = ("planned", "allocated", "disbursed")
LAST_OLD_DAY: Final = dt.date(2025, 6, 30)
# Median of the amounts in million VND by scope, and how wide they spread (of the logarithm).
MEDIAN_MILLION_VND: Final = {"whole_programme": 40_000, "information_work": 900}
WIDTH: Final = 1.2
ROUNDED: Final = 0.12  # shares of all groups
PERIOD: Final = 0.1
DONATED: Final = 0.03
CONTRADICTED: Final = 0.01


def invent_budgets(inventing: Invention) -> list[Row]:
    """`budget_lines` lines, every province and year among them as far as the number goes."""
    chance = inventing.chance("budgets")
    return list(islice(_lines(inventing, chance), inventing.budget_lines))


def _lines(inventing: Invention, chance: random.Random) -> Iterator[Row]:
    """Groups without end: after every kind of money of every province, the components change."""
    ids = count(1)
    for component in count(1):
        for programme, scope, level in product(PROGRAMMES, SCOPES, LEVELS):
            for year in inventing.years:
                units = inventing.new if year > LAST_OLD_DAY.year else inventing.old
                for unit in chance.sample(list(units.values()), len(units)):
                    kind: Row = {
                        "programme": programme, "scope": scope, "level": level,
                        "component": f"Hợp phần minh họa {component}",
                    }  # fmt: skip
                    yield from _group(inventing, chance, ids, unit, year, kind)


def _group(
    inventing: Invention,
    chance: random.Random,
    ids: Iterator[int],
    unit: Unit,
    year: int,
    kind: Row,
) -> Iterator[Row]:
    """The stages of one kind of money of one province and year, each a total and its parts."""
    last_day = LAST_OLD_DAY if unit.vintage == 2008 else LAST_DAY
    period = f"{year}-{year + 4}" if chance.random() < PERIOD else str(year)
    amount = MEDIAN_MILLION_VND[str(kind["scope"])] * math.exp(chance.gauss(0, WIDTH))
    stages = STAGES[: chance.randint(1, 3)]
    if chance.random() < DONATED:
        stages = ("donated",)
    # One page for all of it: different amounts on one page are no contradiction.
    page = address("budgets", f"{unit.vintage}-{unit.code}-{period}")
    for stage in stages:
        shared: Row = {
            **unit.cells(), "year": period, **kind, "stage": stage, "source_url": page, "note": "",
            "document_number": "", "document_date": "",
        }  # fmt: skip
        if chance.random() < 0.5:
            first = dt.date(year, 1, 15)
            day = day_between(chance, first, min(dt.date(year, 12, 20), last_day))
            shared |= {"document_number": inventing.number("QĐ-NS"), "document_date": day}
        yield from _total_and_parts(chance, ids, shared, amount)
        amount *= chance.uniform(0.3, 1.0)


def _total_and_parts(
    chance: random.Random, ids: Iterator[int], shared: Row, amount: float
) -> Iterator[Row]:
    parts = [max(round(amount * share), 1) for share in _shares(chance)]
    total, is_rounded = sum(parts), chance.random() < ROUNDED
    parent = f"M{next(ids):06d}"
    printed = _rounded(total) if is_rounded else total
    source = "donation" if shared["stage"] == "donated" else "all"
    whole: Row = {**shared, "parent_line_id": "", "is_total": True, "funding_source": source}
    yield {**whole, "line_id": parent, **_amount(printed, is_rounded)}
    for place, part in enumerate(parts):
        yield {
            **shared, "line_id": f"M{next(ids):06d}", "parent_line_id": parent, "is_total": False,
            "funding_source": ("central", "local", "")[place % 3] if source == "all" else source,
            **_amount(part, False),
        }  # fmt: skip
    if chance.random() < CONTRADICTED:
        other = address("budgets", f"other-{parent}")
        yield {**whole, "line_id": f"M{next(ids):06d}", "source_url": other,
               **_amount(total * 3 // 2 + 1, False)}  # fmt: skip


def _shares(chance: random.Random) -> list[float]:
    weights = [chance.uniform(0.5, 2.0) for _ in range(chance.randint(2, 5))]
    return [weight / sum(weights) for weight in weights]


def _rounded(amount: int) -> int:
    """Down to its first two digits, as in "hơn 12 tỷ"."""
    step = 10 ** max(len(str(amount)) - 2, 0)
    return amount // step * step


def _amount(million_vnd: int, is_rounded: bool) -> Row:
    text = f"{million_vnd:,}".replace(",", ".")
    return {
        "amount_million_vnd": million_vnd,
        "as_printed": f"{'hơn ' if is_rounded else ''}{text} triệu đồng (minh họa)",
        "is_rounded": is_rounded,
    }

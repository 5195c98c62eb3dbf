"""What all invented tables share: units by date, numbers, addresses, repeatable chance."""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from domain.vintages import vintage_at

T = TypeVar("T")
Row = dict[str, object]

FACTS: Final = Path(__file__).resolve().parents[2] / "data" / "facts"
SITE: Final = "https://minh-hoa.invalid"  # a name that can never exist (RFC 6761)
STAMP: Final = "MINHHOA"
LAST_DAY: Final = dt.date(2026, 10, 31)  # before the day on which the default data were made
CONFIDENCES: Final = ("seen_text", "cited_by_other_document", "news")


@dataclass(frozen=True)
class Unit:
    """A province-level unit of one vintage, with the routes on which it lies."""

    vintage: int
    code: str
    name: str
    routes: tuple[str, ...]

    def cells(self) -> Row:
        """The two columns that every table about provinces has."""
        return {"gso_code": self.code, "province": self.name}


@dataclass(frozen=True)
class Gate:
    """An international gate of a route and the old province it lies in."""

    name: str
    code: str
    route: str


@dataclass
class Invention:
    """One made-up data set; equal arguments invent equal rows."""

    seed: int
    documents: int
    budget_lines: int
    years: Sequence[int]
    old: dict[str, Unit] = field(init=False)
    new: dict[str, Unit] = field(init=False)
    gates: list[Gate] = field(init=False)
    _successor: dict[str, str] = field(init=False)
    _numbers: defaultdict[str, int] = field(init=False, default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        routes: defaultdict[str, list[str]] = defaultdict(list)
        for row in _facts("border_provinces"):
            routes[row["gso_code"]].append(row["route"])
        units = _facts("units_2025")
        self._successor = {r["old_gso_code"]: r["new_gso_code"] for r in units}
        self.old = {
            r["gso_code"]: Unit(2008, r["gso_code"], r["name"], tuple(routes[r["gso_code"]]))
            for r in _facts("provinces63")
        }
        parts: defaultdict[str, set[str]] = defaultdict(set)
        for row in units:
            parts[row["new_gso_code"]].update(routes[row["old_gso_code"]])
        self.new = {
            r["new_gso_code"]: Unit(
                2025, r["new_gso_code"], r["new_name"], tuple(sorted(parts[r["new_gso_code"]]))
            )
            for r in units
        }
        self.gates = [
            Gate(r["name"], r["gso_code"], r["route"])
            for r in _facts("border_gates")
            if r["gate_class"] == "international" and r["route"]
        ]

    def chance(self, table: str) -> random.Random:
        """The table's own chance, so that no table depends on how many rows another has."""
        return random.Random(f"{self.seed} {table}")

    def unit_on(self, old_code: str, day: dt.date) -> Unit:
        """The unit of a day: the old province, from 2025-07-01 on the one it became part of."""
        if vintage_at(day).key == 2008:
            return self.old[old_code]
        return self.new[self._successor[old_code]]

    def number(self, symbol: str) -> str:
        """The next number of a kind: number("KH") -> "0001/KH-MINHHOA"."""
        self._numbers[symbol] += 1
        tail = f"{symbol}-{STAMP}" if symbol else STAMP
        return f"{self._numbers[symbol]:04d}/{tail}"


def address(table: str, place: object) -> str:
    """An address that leads nowhere, different for each place of a table."""
    return f"{SITE}/{table}/{place}"


def day_between(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """A day from `first` to `last`, none after LAST_DAY; `first` itself where that is too late."""
    days = (min(last, LAST_DAY) - first).days
    return first + dt.timedelta(days=chance.randint(0, max(days, 0)))


def spread(chance: random.Random, things: Sequence[T], count: int) -> list[T]:
    """`count` of the things in no order, each about as often as the others."""
    rounds = -(-count // len(things)) if things else 0
    chosen = [thing for _ in range(rounds) for thing in chance.sample(list(things), len(things))]
    return chosen[:count]


def _facts(name: str) -> list[dict[str, str]]:
    with (FACTS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

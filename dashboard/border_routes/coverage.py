"""Coverage of one border route: for each province and test, evidenced, unknown or not applicable.

The rule is docs/decisions/0004: a plan that treats the route, a joint programme 5115 with the
border guard, and an information cluster at an international gate of the route, where it has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

from dashboard.colours import CLASS_ORDER
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries import query_evidence, query_statuses
from dashboard.queries.border_routes import query_route_provinces
from dashboard.words import sort_key
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE, ROUTE_TESTS
from domain.vintages import VINTAGES

T = TypeVar("T")

# States of a cell; the fourth is NOT_APPLICABLE. Their looks: dashboard/charts/coverage_matrix.py.
EVIDENCED, IN_PART, NO_EVIDENCE = "evidenced", "in_part", "no_evidence"


@dataclass(frozen=True)
class Cell:
    """One test of one unit: its state, and the old provinces with evidence of those it applies to.

    `evidence` are rows of query_evidence as dictionaries, the deciding one first.
    """

    test: str
    state: str
    evidenced: tuple[str, ...]
    applicable: tuple[str, ...]
    evidence: tuple[dict[Any, Any], ...]


@dataclass(frozen=True)
class RouteUnit:
    """One unit on a route: its class, its old provinces on the route, its three cells."""

    code: str
    name: str
    class_name: str
    parts: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, test: str) -> Cell:
        """The cell of one test."""
        return next(cell for cell in self.cells if cell.test == test)


def cell_state(evidenced: int, applicable: int) -> str:
    """State of a cell of which the test applies to some old provinces and is evidenced in some."""
    if not applicable:
        return NOT_APPLICABLE
    if not evidenced:
        return NO_EVIDENCE
    return EVIDENCED if evidenced >= applicable else IN_PART


def build_coverage(
    parts: pd.DataFrame, statuses: pd.DataFrame, evidence: pd.DataFrame
) -> tuple[RouteUnit, ...]:
    """The units of one route, those with most evidence first, then by name.

    `parts`: rows of query_route_provinces of the route; `statuses`, `evidence`: of the route's
    scope on one day. Evidence of a merged unit itself counts for all of its parts.
    """
    classes = dict(zip(statuses["province_code_gso"], statuses["class"], strict=True))
    known: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for record in evidence.to_dict("records"):
        if record["test"]:
            known.setdefault((record["province_code_gso"], record["test"]), []).append(record)
    units = []
    for (code, name), rows in parts.groupby(["province_code_gso", "province_name"], sort=False):
        with_gate = rows.loc[rows["has_international_gate"], "part_name"]
        cells = []
        for test in ROUTE_TESTS:
            applicable = tuple(with_gate if test == "cluster" else rows["part_name"])
            found = tuple(known.get((code, test), ()))
            cells.append(_cell(test, applicable, found))
        units.append(
            RouteUnit(str(code), str(name), classes[code], tuple(rows["part_name"]), tuple(cells))
        )
    order = CLASS_ORDER[BORDER_ROUTE]
    return tuple(sorted(units, key=lambda u: (order.index(u.class_name), sort_key(u.name))))


def _cell(test: str, applicable: tuple[str, ...], found: tuple[dict[Any, Any], ...]) -> Cell:
    first_of_units = pd.Timestamp(VINTAGES[2025].first_day)
    if any(pd.Timestamp(e["evidence_date"]) >= first_of_units for e in found):
        evidenced = applicable
    else:
        names = {e["evidence_province_name"] for e in found}
        evidenced = tuple(name for name in applicable if name in names)
    return Cell(test, cell_state(len(evidenced), len(applicable)), evidenced, applicable, found)


def kept_for_day(run: Run, name: str, make: Callable[[], T]) -> T:
    """What a snapshot, day, vintage and language give under a name, whichever province is chosen.

    `name` must name the route where the result depends on it; see dashboard/kept.py.
    """
    view = run.view
    return kept((name, run.snapshot.id, view.vintage, view.as_of, view.lang), make)


def load_coverage(run: Run, route: str) -> tuple[RouteUnit, ...]:
    """The coverage of a route on the as-of date in the view's vintage."""
    return kept_for_day(run, f"coverage {route}", lambda: _load(run, route))


def _load(run: Run, route: str) -> tuple[RouteUnit, ...]:
    view = run.view
    parts = query_route_provinces(run.snapshot, view.vintage)
    scope = (run.snapshot, view.vintage, BORDER_ROUTE, route, view.as_of)
    return build_coverage(
        parts[parts["border_route"] == route], query_statuses(*scope), query_evidence(*scope)
    )


def count_states(units: Iterable[RouteUnit], test: str) -> tuple[int, int]:
    """(units with evidence of a test, in all or some of their parts; units that it applies to)."""
    states = [unit.cell(test).state for unit in units]
    return (
        sum(state in (EVIDENCED, IN_PART) for state in states),
        sum(state != NOT_APPLICABLE for state in states),
    )

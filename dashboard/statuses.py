"""The statuses a view asks for, ready for map and table: class, evidence in words, age, marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from dashboard.colours import CLASS_ORDER
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries import query_statuses
from dashboard.tables import date_or_blank
from dashboard.view import View, ViewFacts, months_between
from dashboard.words import word
from domain.indicators import ANNUAL_PLAN, BORDER_ROUTE, UNKNOWN_CLASS

OLD_AFTER_MONTHS: Final = 24  # design.md section 4: older evidence is marked
DEFAULT_ROUTE: Final = "china"


@dataclass(frozen=True)
class Statuses:
    """One indicator on one day: all units of the vintage, and those that the filter leaves.

    `table` has province_code_gso, province_name, class, valid_from, strength, evidence_date,
    document_number, issued_date, issuing_body, section, source_url, flags, part_classes,
    has_contradiction, border_routes, and is_old, hover.
    """

    indicator: str
    scope: str
    as_of: date
    vintage: int
    table: pd.DataFrame
    dimmed: frozenset[str]

    @cached_property
    def shown(self) -> pd.DataFrame:
        """The units that the route filter leaves."""
        return self.table[~self.table["province_code_gso"].isin(self.dimmed)]

    @cached_property
    def counts(self) -> pd.DataFrame:
        """class, province_count of the units left, in the order of the classes."""
        found = self.shown["class"].value_counts()
        rows = [(c, int(found.get(c, 0))) for c in CLASS_ORDER[self.indicator]]
        kept = [r for r in rows if r[1] or r[0] not in ("mixed", "not_applicable")]
        return pd.DataFrame(kept, columns=["class", "province_count"])

    def count(self, class_name: str) -> int:
        """How many of the units left have a class."""
        counts = self.counts
        return int(dict(zip(counts["class"], counts["province_count"])).get(class_name, 0))

    def unknown_count(self) -> int:
        """How many of the units left have the unknown class."""
        return self.count(UNKNOWN_CLASS[self.indicator])


def scope_of(view: View, facts: ViewFacts, indicator: str) -> str:
    """The plan year or route that an indicator is shown for; the address decides, else a default.

    The default year is that of the as-of date, as far as there are plans.
    """
    if indicator == ANNUAL_PLAN:
        if view.year is not None:
            return str(view.year)
        years = [y for y in facts.years if y <= view.as_of.year] or list(facts.years)
        return str(max(years)) if years else ""
    return (view.route or DEFAULT_ROUTE) if indicator == BORDER_ROUTE else ""


def of_route(run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose province (province_code_gso of the view's vintage) the route filter leaves."""
    if run.view.route is None:
        return rows
    units = run.facts.provinces[run.view.vintage]
    return rows[[run.view.route in units[c].routes for c in rows["province_code_gso"]]]


def load_statuses(run: Run, indicator: str) -> Statuses:
    """The statuses of one indicator for the view."""
    view = run.view
    scope = scope_of(view, run.facts, indicator)
    key = (run.snapshot.id, view.vintage, indicator, scope, view.as_of, view.route, view.lang)
    return kept(("statuses", *key), lambda: _load(run, indicator, scope))


def _load(run: Run, indicator: str, scope: str) -> Statuses:
    view = run.view
    table = query_statuses(run.snapshot, view.vintage, indicator, scope, view.as_of)
    table = table.assign(
        is_old=[
            nature != "reference" and _is_old(known, view.as_of)
            for known, nature in zip(table["evidence_date"], table["nature"], strict=True)
        ],
        hover=[
            _hover(nature, strength, number, day, view.lang)
            for nature, strength, number, day in zip(*(table[c] for c in _HOVER_COLUMNS))
        ],
    )
    off_route = frozenset[str]()
    if view.route and indicator != BORDER_ROUTE:
        on = [view.route in routes for routes in table["border_routes"]]
        off_route = frozenset(table.loc[[not o for o in on], "province_code_gso"])
    return Statuses(indicator, scope, view.as_of, view.vintage, table, off_route)


_HOVER_COLUMNS: Final = ("nature", "strength", "document_number", "evidence_date")


def _is_old(evidence_date: object, as_of: date) -> bool:
    if pd.isna(evidence_date):
        return False
    day = pd.Timestamp(evidence_date).date()
    return months_between(day, as_of) > OLD_AFTER_MONTHS


def _hover(nature: Any, strength: Any, number: Any, day: Any, lang: str) -> str:
    """Document, date and strength: as short as it can be, since each redraw carries all of them."""
    if pd.isna(strength):
        return ""
    if nature == "reference":
        return word("nature.reference", lang)
    parts = ["" if pd.isna(number) else str(number), date_or_blank(day, lang)]
    return " · ".join(p for p in [*parts, word(f"strength.{strength}", lang)] if p)

"""The statuses a view asks for, ready for map and table: class, evidence in words, age, marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from dashboard.colours import CLASS_ORDER
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries import query_statuses
from dashboard.queries.comparison import query_moves
from dashboard.tables import class_text, date_or_blank
from dashboard.view import View, ViewFacts, months_between
from dashboard.words import word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    MIXED,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
)

OLD_AFTER_MONTHS: Final = 24  # design.md section 4: older evidence is marked
DEFAULT_ROUTE: Final = "china"


@dataclass(frozen=True)
class Statuses:
    """One indicator on one day: all units of the vintage, and those that the filter leaves.

    `table` has province_code_gso, province_name, class, valid_from, strength, evidence_date,
    document_number, issued_date, issuing_body, section, source_url, flags, part_classes,
    has_contradiction, border_routes, and is_old, parts (of a mixed unit: the class of each old
    province, in words), hover. With a comparison also class_before and compared_on.
    """

    indicator: str
    scope: str
    as_of: date
    vintage: int
    table: pd.DataFrame
    dimmed: frozenset[str]
    since: date | None = None  # the day compared with; not before the indicator's first day

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

    The default year is that of the as-of date, as far as there are plans, or reports to judge.
    """
    if indicator in (ANNUAL_PLAN, RESULT_REPORT):
        known = facts.years if indicator == ANNUAL_PLAN else facts.report_years
        if view.year is not None and (indicator == ANNUAL_PLAN or view.year in known):
            return str(view.year)
        years = [y for y in known if y <= view.as_of.year] or list(known)
        return str(max(years)) if years else ""
    return (view.route or DEFAULT_ROUTE) if indicator == BORDER_ROUTE else ""


def map_indicators(facts: ViewFacts) -> tuple[str, ...]:
    """The indicators that a map can show: result reports only where any year of them is known."""
    maps = (REGULATION, HUMAN_RIGHTS_PLAN, ANNUAL_PLAN, BORDER_ROUTE)
    return (*maps, RESULT_REPORT) if facts.report_years else maps


def of_route(run: Run, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose province (province_code_gso of the view's vintage) the route filter leaves."""
    if run.view.route is None:
        return rows
    units = run.facts.provinces[run.view.vintage]
    return rows.loc[[run.view.route in units[c].routes for c in rows["province_code_gso"]]]


def load_statuses(run: Run, indicator: str) -> Statuses:
    """The statuses of one indicator for the view."""
    view = run.view
    scope = scope_of(view, run.facts, indicator)
    days = (view.as_of, view.since)
    key = (run.snapshot.id, view.vintage, indicator, scope, days, view.route, view.lang)
    return kept(("statuses", *key), lambda: _load(run, indicator, scope))


def _load(run: Run, indicator: str, scope: str) -> Statuses:
    view = run.view
    table = query_statuses(run.snapshot, view.vintage, indicator, scope, view.as_of)
    names = {code: unit.name for code, unit in run.facts.provinces[2008].items()}
    parts = [
        part_text(indicator, classes, names, view.lang) if class_name == MIXED else ""
        for class_name, classes in zip(table["class"], table["part_classes"], strict=True)
    ]
    table = table.assign(
        is_old=[
            nature != "reference" and _is_old(known, view.as_of)
            for known, nature in zip(table["evidence_date"], table["nature"], strict=True)
        ],
        parts=parts,
        hover=[
            of_parts.replace("; ", "<br>")
            or describe_evidence(nature, strength, number, day, view.lang)
            for of_parts, nature, strength, number, day in zip(
                parts, *(table[c] for c in _HOVER_COLUMNS)
            )
        ],
    )
    since = None
    if view.since is not None:
        table, since = _with_class_before(run, table, indicator, scope, view.since)
    off_route = frozenset[str]()
    if view.route and indicator != BORDER_ROUTE:
        on = [view.route in routes for routes in table["border_routes"]]
        off_route = frozenset(table.loc[[not o for o in on], "province_code_gso"])
    return Statuses(indicator, scope, view.as_of, view.vintage, table, off_route, since)


def _with_class_before(
    run: Run, table: pd.DataFrame, indicator: str, scope: str, since: date
) -> tuple[pd.DataFrame, date | None]:
    """The table with class_before and its day, and that day; unchanged where there is none."""
    view = run.view
    moves = query_moves(run.snapshot, view.vintage, indicator, scope, since, view.as_of)
    if moves.empty:
        return table, None
    before = moves.set_index("province_code_gso")["class_before"]
    compared_on: date = moves["compared_on"].iloc[0].date()
    class_before = table["province_code_gso"].map(before)
    return table.assign(class_before=class_before, compared_on=compared_on), compared_on


def part_text(indicator: str, part_classes: Any, names: Mapping[str, str], lang: str) -> str:
    """Each old province with its class, from a text like 06=adopted;19=not_named.

    `names`: code of the old province -> name.
    """
    if pd.isna(part_classes) or not part_classes:
        return ""
    pairs = (part.split("=") for part in str(part_classes).split(";"))
    return "; ".join(f"{names[code]}: {class_text(indicator, name, lang)}" for code, name in pairs)


_HOVER_COLUMNS: Final = ("nature", "strength", "document_number", "evidence_date")


def _is_old(evidence_date: object, as_of: date) -> bool:
    if pd.isna(evidence_date):
        return False
    day = pd.Timestamp(evidence_date).date()
    return months_between(day, as_of) > OLD_AFTER_MONTHS


def describe_evidence(nature: Any, strength: Any, number: Any, day: Any, lang: str) -> str:
    """Document, date and strength, as short as it can be: each redraw of a map carries them all."""
    if pd.isna(strength):
        return ""
    if nature == "reference":
        return word("nature.reference", lang)
    parts = ["" if pd.isna(number) else str(number), date_or_blank(day, lang)]
    return " · ".join(p for p in [*parts, word(f"strength.{strength}", lang)] if p)

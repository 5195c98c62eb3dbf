"""Annual plans of a view: which are known, how well, under which letter; no drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import pandas as pd

from dashboard.charts.plan_years import PlanYear
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries.plans import (
    query_guidance_letters,
    query_plan_classes,
    query_plans,
    query_related_plans,
)
from dashboard.statuses import of_route, scope_of
from dashboard.words import day_of, format_date, sort_key, word
from domain.indicators import ANNUAL_PLAN, CLASSES, annual_plan_class

T = TypeVar("T")

# How well a plan is known: its text is kept, it is known by number, date or report, not at all.
ON_FILE, KNOWN, NONE, MIXED = "on_file", "known", "none", "mixed"
STATES: Final = (ON_FILE, KNOWN, MIXED, NONE)
SOURCES: Final = ("annual_plans", "ministry_guidance", "document_facts")


@dataclass(frozen=True)
class UnitState:
    """How well the plan of one unit is known, and that of each of its parts (name, state)."""

    province_code_gso: str
    province_name: str
    state: str
    parts: tuple[tuple[str, str], ...]


def _kept(run: Run, name: str, make: Callable[[], T]) -> T:
    """Kept for all that rows depend on: a change of year or province makes nothing anew."""
    view = run.view
    return kept((name, run.snapshot.id, view.vintage, view.as_of, view.route, view.lang), make)


def chosen_year(run: Run) -> int | None:
    """The plan year of the view, None where no year is known at all."""
    scope = scope_of(run.view, run.facts, ANNUAL_PLAN)
    return int(scope) if scope else None


def known_plans(run: Run) -> pd.DataFrame:
    """Annual plans of all years on the route of the view, newest year first, with their class."""
    return _kept(run, "plans known", lambda: _known_plans(run))


def _known_plans(run: Run) -> pd.DataFrame:
    view = run.view
    found = of_route(run, query_plans(run.snapshot, view.vintage, view.as_of))
    classes = [
        annual_plan_class(int(year), day_of(issued))
        for year, issued in zip(found["plan_year"], found["issued_date"], strict=True)
    ]
    return found.assign(**{"class": pd.Series(classes, index=found.index, dtype=object)})


def plans_of(run: Run, year: int) -> pd.DataFrame:
    """The annual plans of one year on the route of the view."""
    found = known_plans(run)
    return found[found["plan_year"] == year]


def plan_records(run: Run, year: int) -> list[dict[Any, Any]]:
    """The same as records."""
    by_year = _kept(run, "plans records", lambda: _records_by_year(run))
    return by_year.get(year, [])


def _records_by_year(run: Run) -> dict[int, list[dict[Any, Any]]]:
    by_year: dict[int, list[dict[Any, Any]]] = {}
    for record in known_plans(run).to_dict("records"):
        by_year.setdefault(int(record["plan_year"]), []).append(record)
    return by_year


def related_plans(run: Run) -> pd.DataFrame:
    """Other plans on the route of the view."""
    view = run.view
    found = query_related_plans(run.snapshot, view.vintage, view.as_of)
    return of_route(run, found)


def letters_by_year(run: Run) -> Mapping[int, list[dict[Any, Any]]]:
    """The annual guidance letters known on the as-of date, by the year they guide."""
    return _kept(run, "plans letters", lambda: _letters_by_year(run))


def _letters_by_year(run: Run) -> dict[int, list[dict[Any, Any]]]:
    letters: dict[int, list[dict[Any, Any]]] = {}
    for row in query_guidance_letters(run.snapshot, run.view.as_of).to_dict("records"):
        letters.setdefault(int(row["guides_year"]), []).append(row)
    return letters


def letter_text(letter: Mapping[Any, Any], lang: str) -> str:
    """Number and date of a letter."""
    day = day_of(letter["issued_date"])
    number = str(letter["document_number"])
    return number if day is None else f"{number}, {format_date(day, lang)}"


def plan_years(run: Run) -> list[PlanYear]:
    """Provinces by class for every plan year, with the letters of the year; newest first."""
    return _kept(run, "plans by year", lambda: _plan_years(run))


def _plan_years(run: Run) -> list[PlanYear]:
    view, lang = run.view, run.view.lang
    found = of_route(run, query_plan_classes(run.snapshot, view.vintage, view.as_of))
    counts = Counter(zip(found["plan_year"].tolist(), found["class"].tolist(), strict=True))
    letters = letters_by_year(run)
    return [
        PlanYear(
            year,
            {name: counts[year, name] for name in CLASSES[ANNUAL_PLAN] if counts[year, name]},
            tuple(letter_text(letter, lang) for letter in letters.get(year, ())),
            len(undated_names(run, year)),
        )
        for year in sorted(run.facts.years, reverse=True)
    ]


def unit_states(run: Run, year: int) -> list[UnitState]:
    """How well the plan of each unit on the route is known, in the order of the alphabet.

    A plan of a merged unit itself decides over those of its parts; parts that differ are MIXED.
    """
    return _kept(run, f"plans states {year}", lambda: _unit_states(run, year))


def _unit_states(run: Run, year: int) -> list[UnitState]:
    view = run.view
    best: dict[tuple[int, str], str] = {}  # by vintage and code of the body that planned
    for plan in plan_records(run, year):
        place = int(plan["own_vintage"]), str(plan["own_code"])
        if best.get(place) != ON_FILE:
            best[place] = ON_FILE if plan["is_on_file"] else KNOWN
    old = run.facts.provinces[2008]
    states = []
    for unit in run.facts.names(view.vintage):
        if view.route and view.route not in unit.routes:
            continue
        parts = tuple((old[code].name, best.get((2008, code), NONE)) for code in unit.parts)
        kinds = {state for _, state in parts}
        state = best.get((2025, unit.code)) or (kinds.pop() if len(kinds) == 1 else MIXED)
        states.append(UnitState(unit.code, unit.name, state, parts if len(parts) > 1 else ()))
    return states


def undated_names(run: Run, year: int) -> list[str]:
    """Provinces all of whose plans of the year lack any date: those plans give no status."""
    plans = plan_records(run, year)
    dated = {plan["own_name"] for plan in plans if day_of(plan["counts_from_date"])}
    names = {unit_name(plan, "own_name") for plan in plans if plan["own_name"] not in dated}
    return sorted(names, key=sort_key)


def unit_name(row: Mapping[Any, Any], part: str) -> str:
    """Name of the unit, with the old province in brackets where it was merged under another."""
    name, own = str(row["province_name"]), str(row[part])
    return name if name == own else f"{name} ({own})"


def state_text(state: str, lang: str) -> str:
    """Sign and name of a state."""
    return f"{_SIGNS[state]} {word(f'page.plans.state.{state}', lang)}"


_SIGNS: Final = {ON_FILE: "●", KNOWN: "◐", NONE: "○", MIXED: "⊞"}

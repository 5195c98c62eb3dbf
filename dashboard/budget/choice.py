"""Which amounts the page shows: view, programme, year or period, stage, scale; in the address.

All of it but the year lives in the parameter `programme`, as words joined by dots in any order
(docs/decisions/0008): `whole.poverty.allocated.2021-2025.log`. What is default is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from dashboard.filters import Run, set_view
from dashboard.kept import kept, kept_for
from dashboard.map_classes import AmountScale
from dashboard.queries.budget import query_budget_choices
from dashboard.view import View
from domain.budgets import DONATED, PROGRAMMES, SCOPES, STAGES, UNKNOWN_PERIOD

ALL_STAGES: Final = (*STAGES, DONATED)
SCALES: Final[tuple[AmountScale, ...]] = ("quantile", "log")
INFORMATION_WORK, WHOLE_PROGRAMME = SCOPES

_SCOPE_WORDS: Final = {INFORMATION_WORK: INFORMATION_WORK, "whole": WHOLE_PROGRAMME}
_PROGRAMME_WORDS: Final = {
    "ethnic": "ethnic_minority", "poverty": "poverty_reduction", "other": "other",
}  # fmt: skip
_STAGE_WORDS: Final = {stage: stage for stage in ALL_STAGES}
_SCALE_WORDS: Final[dict[str, AmountScale]] = {scale: scale for scale in SCALES}
_PERIOD: Final = re.compile(r"\d{4}(?:-\d{4})?|" + UNKNOWN_PERIOD)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; None is left to the page. `unknown` words were not understood."""

    scope: str = INFORMATION_WORK
    programme: str | None = None
    period: str | None = None
    stage: str | None = None
    scale: AmountScale = "quantile"
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """What the page shows. `programme` None: all programmes, in information work only.

    `period` is "2023", "2021-2025", "unknown" or, where nothing is known at all, None, as `stage`.
    """

    scope: str
    programme: str | None
    period: str | None
    stage: str | None
    scale: AmountScale


@dataclass(frozen=True)
class Offer:
    """One combination that has figures: of which units (codes of the view's vintage)."""

    scope: str
    programme: str
    period: str
    first_year: int | None
    last_year: int | None
    stage: str
    line_count: int
    units: frozenset[str]


def parse_asked(text: str | None) -> Asked:
    """The words of the parameter `programme`; what is no such word is named in `unknown`."""
    asked, unknown = Asked(), []
    for token in (text or "").split(".") if text else ():
        if token in _SCOPE_WORDS:
            asked = replace(asked, scope=_SCOPE_WORDS[token])
        elif token in _PROGRAMME_WORDS:
            asked = replace(asked, programme=_PROGRAMME_WORDS[token])
        elif token in _STAGE_WORDS:
            asked = replace(asked, stage=token)
        elif token in _SCALE_WORDS:
            asked = replace(asked, scale=_SCALE_WORDS[token])
        elif _PERIOD.fullmatch(token):
            asked = replace(asked, period=token)
        else:
            unknown.append(token)
    return replace(asked, unknown=tuple(unknown))


def write_asked(asked: Asked) -> str | None:
    """The parameter `programme` for what is asked; None where all is default."""
    programmes = {name: token for token, name in _PROGRAMME_WORDS.items()}
    tokens = (
        "whole" if asked.scope == WHOLE_PROGRAMME else None,
        programmes[asked.programme] if asked.programme else None,
        asked.stage,
        asked.period,
        asked.scale if asked.scale != SCALES[0] else None,
    )
    return ".".join(token for token in tokens if token) or None


def load_offers(run: Run) -> list[Offer]:
    """All combinations that have figures on the as-of date, of the units of the chosen route."""
    view = run.view
    key = ("budget offers", run.snapshot.id, view.vintage, view.as_of, view.route)
    return kept(key, lambda: _offers(run))


def _offers(run: Run) -> list[Offer]:
    view = run.view
    rows = query_budget_choices(run.snapshot, view.vintage, view.as_of).to_dict("records")
    on_route = units_in_view(run)
    offers = [
        Offer(
            r["scope"],
            r["programme"],
            r["period"],
            _year(r["first_year"]),
            _year(r["last_year"]),
            r["stage"],
            int(r["line_count"]),
            frozenset(str(code) for code in r["unit_codes"]) & on_route,
        )
        for r in rows
    ]
    return [offer for offer in offers if offer.units]


def _year(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def units_in_view(run: Run) -> frozenset[str]:
    """Codes of the units that the route filter leaves."""
    units, route = run.facts.provinces[run.view.vintage], run.view.route
    return frozenset(code for code, unit in units.items() if not route or route in unit.routes)


def units_of(offers: Iterable[Offer], **wanted: str | None) -> frozenset[str]:
    """The units with any figure of the wanted scope, programme, period, stage (None: any)."""
    asked = {name: value for name, value in wanted.items() if value is not None}
    fitting = [o.units for o in offers if all(getattr(o, n) == v for n, v in asked.items())]
    return frozenset[str]().union(*fitting)


def periods_of(offers: Iterable[Offer], scope: str) -> list[Offer]:
    """One offer per period of a scope: years newest first, then periods, then what has no year."""
    found = {offer.period: offer for offer in offers if offer.scope == scope}

    def order(offer: Offer) -> tuple[int, int, int]:
        if offer.first_year is None or offer.last_year is None:
            return (2, 0, 0)
        is_period = offer.first_year != offer.last_year
        return (int(is_period), -offer.last_year, offer.first_year)

    return sorted(found.values(), key=order)


def load_choice(run: Run) -> Choice:
    """What the page shows; see `decide`."""
    return kept_for(run, "budget choice", lambda: decide(run.view, load_offers(run)))


def decide(view: View, offers: list[Offer]) -> Choice:
    """What is asked, and for the rest: the time nearest to the as-of year that has figures, then
    the programme and the stage with the most units.

    A year in the address goes before a period: choosing a period takes the year out of it.
    """
    asked = parse_asked(view.programme)
    period = str(view.year) if view.year else asked.period
    if period is None:
        period = _default_period(offers, asked.scope, view.as_of.year)
    programme = asked.programme
    if programme is None and asked.scope == WHOLE_PROGRAMME:
        programme = _fullest(offers, PROGRAMMES, "programme", scope=asked.scope, period=period)
    of_time = {"scope": asked.scope, "period": period, "programme": programme}
    stage = (
        asked.stage
        or _fullest(offers, _DEFAULT_STAGES, "stage", **of_time)
        or _fullest(offers, (DONATED,), "stage", **of_time)
    )
    return Choice(asked.scope, programme, period, stage, asked.scale)


# Of equals the one that says most about money that exists.
_DEFAULT_STAGES: Final = ("allocated", "planned", "disbursed")


def _default_period(offers: list[Offer], scope: str, as_of_year: int) -> str | None:
    """The as-of year if money is known of it, else the period over it with the most units.

    With neither the newest year before it, else whatever there is. Donations are no reason.
    """
    money = [offer for offer in offers if offer.scope == scope and offer.stage != DONATED]
    periods = periods_of(money, scope)
    years = [offer for offer in periods if offer.first_year and offer.first_year == offer.last_year]
    if any(offer.first_year == as_of_year for offer in years):
        return str(as_of_year)
    over = [
        offer
        for offer in periods
        if offer.first_year and offer.last_year
        if offer.first_year <= as_of_year <= offer.last_year
    ]
    if over:
        # `periods` has the latest end first, and max keeps the first of equals.
        best = max(over, key=lambda o: len(units_of(money, scope=scope, period=o.period)))
        return best.period
    past = [offer for offer in years if (offer.first_year or 0) < as_of_year]
    rest = periods_of(offers, scope)
    return next((offer.period for offer in [*past, *periods, *rest]), None)


def _fullest(
    offers: list[Offer], names: tuple[str, ...], field: str, **wanted: str | None
) -> str | None:
    counts = {name: len(units_of(offers, **{**wanted, field: name})) for name in names}
    best = max(names, key=lambda name: counts[name])
    return best if counts[best] else None


def choose(run: Run, **changes: Any) -> None:
    """Put a choice into the address (scope, programme, period, stage, scale); for callbacks.

    A new view, programme or period takes back what depends on it, so that no empty page opens.
    """
    asked = replace(parse_asked(run.view.programme), unknown=())
    year: int | None = run.view.year
    if "period" in changes:
        period = changes["period"]
        is_year = period is not None and re.fullmatch(r"\d{4}", period) is not None
        year = int(period) if is_year and int(period) in run.facts.years else None
        changes["period"] = None if year is not None else period
    dependent: dict[str, Any] = {}
    if "scope" in changes:
        dependent = {"programme": None, "stage": None}
    elif "period" in changes or "programme" in changes:
        dependent = {"stage": None}
    asked = replace(asked, **{**dependent, **changes})
    set_view(programme=write_asked(asked), year=year)

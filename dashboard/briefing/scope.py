"""What a briefing is about: the whole country, a border route, one province, chosen provinces."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from dashboard.filters import Run
from dashboard.view import ROUTES
from dashboard.words import sort_key, word
from domain.errors import TtdnError

COUNTRY, ROUTE, PROVINCE, PROVINCES = "country", "route", "province", "provinces"
KINDS: Final = (COUNTRY, ROUTE, PROVINCE, PROVINCES)


class UnknownScope(TtdnError):
    """A scope that is none, or names a route or unit that does not exist."""


@dataclass(frozen=True)
class Scope:
    """`route` of ROUTE; `codes` of PROVINCE and PROVINCES (province_code_gso of the vintage)."""

    kind: str
    route: str | None = None
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As on the command line: country, route:china, province:04, provinces:01,04."""
        named = self.route or ",".join(self.codes)
        return f"{self.kind}:{named}" if named else self.kind


def parse_scope(text: str, known: Collection[str]) -> Scope:
    """A scope as written on the command line; `known` are the unit codes of the vintage.

    Raises UnknownScope.
    """
    kind, _, named = text.strip().partition(":")
    codes = tuple(dict.fromkeys(code.strip() for code in named.split(",") if code.strip()))
    if kind == COUNTRY and not named:
        return Scope(COUNTRY)
    if kind == ROUTE and named in ROUTES:
        return Scope(ROUTE, route=named)
    if kind in (PROVINCE, PROVINCES) and codes and set(codes) <= set(known):
        if kind == PROVINCES or len(codes) == 1:
            return Scope(kind if len(codes) > 1 else PROVINCE, codes=codes)
    raise UnknownScope(
        "unknown scope of a briefing",
        where="--scope",
        expected=f"country, route:{{{','.join(ROUTES)}}}, province:CODE or provinces:CODE,CODE "
        "with GSO codes of the vintage at the as-of date",
        got=text[:80],
        fix="see the codes in data/facts/provinces63.csv (63) and units_2025.csv (34)",
    )


def scoped_run(run: Run, scope: Scope) -> Run:
    """The run with the view that the existing loaders need for a scope."""
    province = scope.codes[0] if scope.kind == PROVINCE else None
    return replace(run, view=replace(run.view, route=scope.route, province=province))


def units_in(run: Run, scope: Scope) -> frozenset[str]:
    """Codes of the units that a briefing is about."""
    units = run.facts.provinces[run.view.vintage]
    if scope.codes:
        return frozenset(scope.codes)
    if scope.route:
        return frozenset(code for code, unit in units.items() if scope.route in unit.routes)
    return frozenset(units)


def scope_name(run: Run, scope: Scope) -> str:
    """The scope in words: "cả nước", "tuyến biên giới …", names of provinces."""
    lang = run.view.lang
    if scope.kind == COUNTRY:
        return word("briefing.scope.country", lang)
    if scope.route:
        return word(f"briefing.scope.{scope.route}", lang)
    units = run.facts.provinces[run.view.vintage]
    return ", ".join(sorted((units[code].name for code in scope.codes), key=sort_key))

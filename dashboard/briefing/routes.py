"""The part on border routes: how far each route of the scope is covered, and by whom not."""

from __future__ import annotations

from dashboard.border_routes.coverage import RouteUnit, count_states, load_coverage
from dashboard.border_routes.coverage_tables import matrix_table, summary_table
from dashboard.briefing.content import Finding, Picture, Section, Table
from dashboard.briefing.matter import Matter
from dashboard.colours import CLASS_ORDER
from dashboard.queries import query_route_counts
from dashboard.queries.border_routes import query_route_uncounted
from dashboard.view import ROUTES
from dashboard.words import word
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE, ROUTE_TESTS

SOURCES = ("border_provinces", "programme_5115", "information_clusters", "document_facts")


def border_route(matter: Matter) -> Section | None:
    """One sentence, map and table per route; None where no unit of the scope lies on any."""
    coverage = {route: _units(matter, route) for route in _routes(matter)}
    coverage = {route: units for route, units in coverage.items() if units}
    if not coverage:
        return None
    matter.used(*SOURCES)
    lang, run = matter.lang, matter.run
    findings = [_finding(matter, route, units) for route, units in coverage.items()]
    items: list[Picture | Table] = []
    if matter.is_country:
        counts = query_route_counts(run.snapshot, run.view.vintage, run.view.as_of)
        title = word("briefing.table.border_route_summary", lang)
        rows = summary_table(counts, coverage, lang)
        items.append(Table("border_route_summary", title, rows, ""))
    for route, units in coverage.items():
        items.append(matter.map(f"border_route_map_{route}", matter.statuses(BORDER_ROUTE, route)))
        if not matter.is_country:
            items.append(_table(matter, route, units))
    return matter.section("border_route", *findings, *items)


def _routes(matter: Matter) -> tuple[str, ...]:
    return (matter.scope.route,) if matter.scope.route else ROUTES


def _units(matter: Matter, route: str) -> tuple[RouteUnit, ...]:
    return tuple(unit for unit in load_coverage(matter.run, route) if unit.code in matter.units)


def _finding(matter: Matter, route: str, units: tuple[RouteUnit, ...]) -> Finding:
    """Classes, then the three tests, then who has no evidence at all."""
    lang = matter.lang
    counted = [
        (name, sum(unit.class_name == name for unit in units))
        for name in CLASS_ORDER[BORDER_ROUTE]
        if name != NOT_APPLICABLE
    ]
    counts = "; ".join(
        matter.say("class_count", count=n, label=matter.label(BORDER_ROUTE, name))
        for name, n in counted
        if n
    )
    tests = []
    for test in ROUTE_TESTS:
        found, applicable = count_states(units, test)
        label = word(f"chart.test.{test}", lang).replace("<br>", " ")
        if applicable:
            tests.append(matter.say("test_count", label=label, found=found, total=applicable))
    text = matter.say(
        "border_route",
        route=word(f"route.{route}", lang),
        total=len(units),
        counts=counts,
        tests="; ".join(tests),
    )
    shown = matter.statuses(BORDER_ROUTE, route).shown
    return Finding(f"border_route_{route}", text, matter.evidence(shown))


def _table(matter: Matter, route: str, units: tuple[RouteUnit, ...]) -> Table:
    run, lang = matter.run, matter.lang
    uncounted = query_route_uncounted(run.snapshot, run.view.vintage, route, run.view.as_of)
    name = word(f"route.{route}", lang)
    return Table(
        f"border_route_{route}",
        word("briefing.table.border_route", lang, route=name),
        matrix_table(units, uncounted, lang),
        "",
    )

"""Which units touch which: those whose boundaries share a line, by the boundary files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any, Final

from dashboard import boundaries
from dashboard.enlargement import PREFIX
from dashboard.filters import Run

_LINE: Final = 2  # common points that make a line


def touching_units(vintage: int) -> Mapping[str, frozenset[str]]:
    """Code -> codes of the units of the vintage that share a stretch of boundary with it.

    Files that do not share their points (boundaries of another maker) give no neighbours.
    """
    return _touching(boundaries.asset_url(boundaries.MAP_FILES[vintage]), vintage)


@cache
def _touching(_address: str, vintage: int) -> dict[str, frozenset[str]]:
    # The address holds the content's hash: other boundaries have other neighbours.
    owners: defaultdict[tuple[float, float], set[str]] = defaultdict(set)
    for feature in boundaries.geojson(boundaries.MAP_FILES[vintage])["features"]:
        code = str(feature["id"])
        if not code.startswith(PREFIX):
            for point in _points(feature["geometry"]["coordinates"]):
                owners[point].add(code)
    shared = Counter(pair for units in owners.values() for pair in combinations(sorted(units), 2))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (one, other), count in shared.items():
        if count >= _LINE:
            found[one].add(other)
            found[other].add(one)
    return {code: frozenset(found[code]) for code in boundaries.CODES[vintage]}


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)


def shown_route(run: Run, code: str) -> str | None:
    """The route a profile speaks of: the chosen one where the unit lies on it, else its first."""
    routes = run.facts.provinces[run.view.vintage][code].routes
    if run.view.route in routes:
        return run.view.route
    return routes[0] if routes else None


def surroundings(run: Run, code: str) -> list[str]:
    """The unit and its neighbours on the route shown, all its neighbours where it has none there.

    The unit itself comes first, the others in the order of the Vietnamese alphabet.
    """
    vintage, route = run.view.vintage, shown_route(run, code)
    touching = touching_units(vintage)[code]
    units = [u for u in run.facts.names(vintage) if u.code in touching]
    on_route = [u for u in units if route in u.routes] if route else []
    return [code, *(unit.code for unit in on_route or units)]


def compared_units(run: Run, code: str) -> list[str]:
    """The unit, its neighbours, then all other units of the route shown."""
    near = surroundings(run, code)
    route = shown_route(run, code)
    others = [u.code for u in run.facts.names(run.view.vintage) if route in u.routes]
    return near + [c for c in others if c not in near] if route else near

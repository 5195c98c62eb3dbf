"""Names on a zoomed map: units in their areas or beside them, countries and the sea."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from dashboard import boundaries
from dashboard.colours import surface
from dashboard.download.lines import text_width
from dashboard.map_fit import FOREIGN, SEA, Raster
from dashboard.map_layers import Subject, Trace, Unit
from dashboard.words import word

COUNTRIES: Final[Mapping[str, str]] = {
    "CN": "map.place.china",
    "LA": "map.place.laos",
    "KH": "map.place.cambodia",
    "TH": "map.place.thailand",
    SEA: "map.place.sea",
}
LEAST_SIZE: Final = 9  # px


class _Name(NamedTuple):
    text: str
    place: tuple[float, float]
    size: int
    colour: str
    is_italic: bool = False
    owner: tuple[float, float] | None = None  # a line leads to it


def names_on(
    cells: Raster, subject: Subject, around: Collection[str], size: int
) -> tuple[Trace, Trace]:
    """The names that fit, and lines to them; `around` are the units that are only surroundings.

    A unit that is shown and too small for its name has it beside it, abroad or in the sea, with a
    line where it cannot touch its area.
    """
    names: list[_Name] = []
    for unit in subject.units:
        if unit.code not in around:
            names += _unit_name(cells, subject, unit, size)
    muted = surface(subject.dark).muted
    for owner, key in COUNTRIES.items():
        text = word(key, subject.lang)
        place = cells.room_for(owner, *_extent(text, size + 6))
        if place:
            names.append(_Name(text, place, size, muted, True))
    small = max(LEAST_SIZE, size - 1)
    for unit in subject.units:
        if unit.code in around:
            names += _first_that_fits(cells, unit.code, unit.name, [small], muted, None)[:1]
    return _trace(names), _lines(names, cells.px_per_degree, muted)


def _unit_name(cells: Raster, subject: Subject, unit: Unit, size: int) -> list[_Name]:
    point = boundaries.label_points(subject.vintage)[unit.code]
    sizes = sorted({size, max(LEAST_SIZE, size - 1)}, reverse=True)
    ink = subject.groups[unit.class_name].look.on_fill(subject.dark)
    inside = _first_that_fits(cells, unit.code, unit.name, sizes, ink, point)
    if inside:
        return inside
    text = surface(subject.dark).text
    for broken in _broken(unit.name):
        place = cells.room_beside(unit.code, *_extent(broken, sizes[-1]), point)
        if place:
            return [_Name(broken, place, sizes[-1], text)]
    width, height = _extent(unit.name, sizes[-1])
    reach = 2 * cells.radius(unit.code) + width + 2 * size
    place = cells.room_for(FOREIGN, width + 8, height + 2, point, reach)
    return [_Name(unit.name, place, sizes[-1], text, owner=point)] if place else []


def _first_that_fits(
    cells: Raster,
    owner: str,
    name: str,
    sizes: Iterable[int],
    colour: str,
    near: tuple[float, float] | None,
) -> list[_Name]:
    for size in sizes:
        for text in _broken(name):
            place = cells.room_for(owner, *_extent(text, size), near)
            if place:
                return [_Name(text, place, size, colour)]
    return []


def _trace(names: list[_Name]) -> dict[str, Any]:
    return {
        "type": "scattergeo",
        "lon": [name.place[0] for name in names],
        "lat": [name.place[1] for name in names],
        "text": [name.text for name in names],
        "mode": "text",
        "textfont": {
            "size": [name.size for name in names],
            "color": [name.colour for name in names],
            "style": ["italic" if name.is_italic else "normal" for name in names],
        },
        "showlegend": False,
    }


def _lines(names: list[_Name], px_per_degree: float, colour: str) -> Trace:
    """From each name that stands apart to its unit's sign."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    for name in names:
        if name.owner is not None:
            width, height = _extent(name.text, name.size)
            start = _edge(name.place, name.owner, width / px_per_degree, height / px_per_degree)
            lons += [round(start[0], 3), name.owner[0], None]
            lats += [round(start[1], 3), name.owner[1], None]
    return {
        "type": "scattergeo",
        "lon": lons[:-1] or [None],
        "lat": lats[:-1] or [None],
        "mode": "lines",
        "line": {"width": 1, "color": colour},
        "showlegend": False,
    }


def _edge(
    middle: tuple[float, float], end: tuple[float, float], width: float, height: float
) -> tuple[float, float]:
    """Where the line from the middle of a rectangle to `end` leaves it; all in degrees."""
    dx, dy = end[0] - middle[0], end[1] - middle[1]
    shares = [abs(side / 2 / d) for side, d in ((width, dx), (height, dy)) if d]
    share = min([1.0, *shares])
    return middle[0] + share * dx, middle[1] + share * dy


def _broken(name: str) -> list[str]:
    """A name on one line, then on two broken at the space nearest to its middle."""
    spaces = [i for i, char in enumerate(name) if char == " "]
    if not spaces:
        return [name]
    middle = min(spaces, key=lambda i: abs(i - len(name) / 2))
    return [name, f"{name[:middle]}<br>{name[middle + 1 :]}"]


def _extent(text: str, size: float) -> tuple[float, float]:
    """px of a text of one or more lines."""
    lines = text.split("<br>")
    return max(text_width(line, size) for line in lines), 1.3 * size * len(lines)

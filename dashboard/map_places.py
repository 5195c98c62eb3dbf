"""Border gates and information clusters as signs on a map, told apart by shape and by colour.

A filled sign stands where its source puts it; one filled with the colour of the page stands where
only the commune or district is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple, get_args

from dashboard.colours import surface
from dashboard.enlargement import enlarge_point, is_in_delta, mercator
from dashboard.map_layers import Trace, legend_entry
from dashboard.words import format_number, word

PlaceKind = Literal[
    "gate_international",
    "gate_main",
    "gate_secondary",
    "cluster_operating",
    "cluster_needs_repair",
    "cluster_planned",
    "cluster_proposed",
    "cluster_closed",
]
KINDS: Final[tuple[PlaceKind, ...]] = get_args(PlaceKind)


@dataclass(frozen=True, slots=True)
class Place:
    """One border gate or information cluster.

    `longitude` and `latitude` in degrees; `hover` is one line of evidence (may be empty);
    `is_approximate`: only its commune or district is known. ValueError for an unknown kind.
    """

    name: str
    kind: PlaceKind
    longitude: float
    latitude: float
    hover: str = ""
    is_approximate: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"place {self.name!r}: kind {self.kind!r}, expected one of {KINDS}")


class _Sign(NamedTuple):
    """A plotly symbol that no class of any indicator has, and its size as a share of a word's."""

    symbol: str
    size: float


_SIGNS: Final[dict[PlaceKind, _Sign]] = {
    "gate_international": _Sign("star", 1.05),
    "gate_main": _Sign("pentagon", 0.75),
    "gate_secondary": _Sign("cross", 0.65),
    "cluster_operating": _Sign("hexagon", 1.05),
    "cluster_needs_repair": _Sign("circle-x", 1.0),
    "cluster_planned": _Sign("triangle-right", 1.0),
    "cluster_proposed": _Sign("star-diamond", 1.05),
    "cluster_closed": _Sign("x", 0.9),
}
# (light, dark): gates in the colour of the text, clusters in a green that no class has.
_INKS: Final = {"gate": ("#1C2329", "#F1F4F7"), "cluster": ("#00694B", "#4FD0A5")}


def place_label(kind: PlaceKind, lang: str) -> str:
    """The kind of a place in words."""
    return word(f"map.kind.{kind}", lang)


def place_traces(
    places: Sequence[Place],
    lang: str,
    dark: bool,
    size: int,
    px_per_degree: float,
    *,
    has_delta: bool = False,
) -> list[Trace]:
    """The places as signs, one trace per kind and kind of position; `size` of words in pixels.

    Places that would cover each other stand side by side. With `has_delta` those of the Red River
    delta stand in its enlargement.
    """
    spread = _side_by_side([_drawn(p, has_delta) for p in places], 0.9 * size / px_per_degree)
    groups: defaultdict[tuple[PlaceKind, bool], list[Place]] = defaultdict(list)
    for place in spread:
        groups[place.kind, place.is_approximate].append(place)
    # Clusters lie over gates, the important over the others.
    order = sorted(
        groups, key=lambda key: (key[0].startswith("cluster"), -KINDS.index(key[0]), key[1])
    )
    return [_trace(groups[key], *key, lang=lang, dark=dark, size=size) for key in order]


def place_legend(
    places: Sequence[Place], lang: str, dark: bool, size: int, legend: str = "legend"
) -> list[Trace]:
    """One line of the legend for each kind that is shown, with its number; then the positions."""
    counts = Counter(place.kind for place in places)
    entries = []
    for kind in KINDS:
        if counts[kind]:
            count = format_number(counts[kind], lang)
            text = word("map.legend.entry", lang, label=place_label(kind, lang), count=count)
            entries.append(legend_entry(text, **_marker(kind, False, dark, size)))
    approximate = sum(place.is_approximate for place in places)
    if approximate:
        text = word("map.legend.approximate", lang, count=format_number(approximate, lang))
        shown = next(kind for kind in KINDS if counts[kind])
        entries.append(legend_entry(text, **_marker(shown, True, dark, size)))
    return entries if legend == "legend" else [{**entry, "legend": legend} for entry in entries]


def describe_places(places: Sequence[Place], lang: str) -> str:
    """The places in words for screen readers: how many of each kind, how many approximate."""
    if not places:
        return ""
    counts = Counter(place.kind for place in places)
    listed = "; ".join(
        word("map.describe.count", lang, label=place_label(k, lang), count=counts[k])
        for k in KINDS
        if counts[k]
    )
    approximate = sum(place.is_approximate for place in places)
    return word("map.describe.places", lang, places=listed, approximate=approximate)


def _trace(
    places: list[Place],
    kind: PlaceKind,
    is_approximate: bool,
    *,
    lang: str,
    dark: bool,
    size: int,
) -> Trace:
    lines = [place_label(kind, lang)]
    if is_approximate:
        lines.append(word("map.approximate", lang))
    trace: Trace = {
        "type": "scattergeo",
        "lon": [round(place.longitude, 3) for place in places],
        "lat": [round(place.latitude, 3) for place in places],
        "text": [place.name for place in places],
        "marker": _marker(kind, is_approximate, dark, size),
        "hovertemplate": f"<b>%{{text}}</b><br>{'<br>'.join(lines)}%{{customdata}}<extra></extra>",
        "hoverinfo": "text",
        "showlegend": False,
    }
    if any(place.hover for place in places):
        trace["customdata"] = [place.hover and f"<br>{place.hover}" for place in places]
    else:
        trace["hovertemplate"] = trace["hovertemplate"].replace("%{customdata}", "")
    return trace


def _marker(kind: PlaceKind, is_approximate: bool, dark: bool, size: int) -> dict[str, Any]:
    sign = _SIGNS[kind]
    ink, page = _INKS[kind.partition("_")[0]][dark], surface(dark).page
    return {
        "symbol": sign.symbol,
        "size": round(sign.size * size, 1),
        "color": page if is_approximate else ink,
        "line": {"width": 1.4, "color": ink if is_approximate else page},
    }


def _drawn(place: Place, has_delta: bool) -> Place:
    if not has_delta or not is_in_delta(place.longitude, place.latitude):
        return place
    lon, lat = enlarge_point(place.longitude, place.latitude)
    return replace(place, longitude=lon, latitude=lat)


def _side_by_side(places: Sequence[Place], step: float) -> list[Place]:
    """Places nearer to each other than `step` degrees, in a row around their middle."""
    rows: list[list[Place]] = []
    for place in sorted(places, key=lambda p: (KINDS.index(p.kind), p.name)):
        for row in rows:
            first = row[0]
            dx = place.longitude - first.longitude
            dy = mercator(place.latitude) - mercator(first.latitude)
            if dx * dx + dy * dy < (0.7 * step) ** 2:
                row.append(place)
                break
        else:
            rows.append([place])
    spread = []
    for row in rows:
        middle = sum(place.longitude for place in row) / len(row)
        start = middle - step * (len(row) - 1) / 2
        for i, place in enumerate(row):
            longitude = place.longitude if len(row) == 1 else start + i * step
            spread.append(replace(place, longitude=longitude))
    return spread

"""Hoàng Sa and Trường Sa in frames of their own, beside or below a map that does not reach them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from dashboard import boundaries, map_frame
from dashboard.colours import ClassStyle
from dashboard.enlargement import Box
from dashboard.map_fit import widened
from dashboard.map_layers import Trace
from dashboard.words import word

# Part of the layout → what it shows around the frame of an archipelago, with room for its name.
BOXES: Final[Mapping[str, Box]] = {
    "Hoàng Sa": (110.55, 15.35, 113.45, 18.0),
    "Trường Sa": (111.2, 6.3, 117.8, 12.2),
}
GEOS: Final[Mapping[str, str]] = {"Hoàng Sa": "geo2", "Trường Sa": "geo3"}


class Domain(NamedTuple):
    """A rectangle of the drawing in shares of its width and height from the lower left."""

    left: float
    right: float
    foot: float
    top: float


def inset_layout(
    domains: Mapping[str, Domain], width: float, height: float
) -> dict[str, dict[str, Any]]:
    """The parts of the layout for both archipelagos; `width` × `height` px is the drawing."""
    return {GEOS[name]: _geo(name, domain, width, height) for name, domain in domains.items()}


def _geo(name: str, domain: Domain, width: float, height: float) -> dict[str, Any]:
    west, south, east, north = inset_box(name, domain, width, height)
    return {
        "domain": {
            "x": [round(domain.left, 4), round(domain.right, 4)],
            "y": [round(domain.foot, 4), round(domain.top, 4)],
        },
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
    }


def inset_box(name: str, domain: Domain, width: float, height: float) -> Box:
    """West, south, east, north of what the inset shows."""
    wanted = (domain.right - domain.left) * width / ((domain.top - domain.foot) * height)
    return widened(BOXES[name], wanted)


def inset_traces(
    looks: Mapping[str, ClassStyle],
    labels: Mapping[str, str],
    domains: Mapping[str, Domain],
    drawing: tuple[float, float],
    lang: str,
    dark: bool,
    size: int,
    source: object,
) -> tuple[list[Trace], list[Trace]]:
    """Names and dots of both, and the areas under them (those come last in a figure).

    `looks` and `labels` (class in words) are keyed by unit code; `drawing` is its size and
    `size` that of the names, in px.
    """
    points: list[Trace] = []
    areas: list[Trace] = []
    dots = map_frame.dots_traces(looks, labels, lang, dark, size - 3)
    for group, dot in zip(boundaries.archipelagos(), dots, strict=True):
        geo = GEOS[group.name]
        west, south, east, north = group.extent
        is_inside = north - south > 3  # room in its frame for the name
        domain = domains[group.name]
        shown = inset_box(group.name, domain, *drawing)
        px = (domain.right - domain.left) * drawing[0] / (shown[2] - shown[0])
        place = north - 0.5 * size / px if is_inside else north + 0.4 * size / px
        name = {
            "type": "scattergeo",
            "lon": [round((west + east) / 2, 2)],
            "lat": [round(place, 2)],
            "text": [word(map_frame.ARCHIPELAGO_WORDS[group.name], lang)],
            "mode": "text",
            "textposition": "bottom center" if is_inside else "top center",
            "textfont": {"size": [size], "color": [looks[group.code].text(dark)], "weight": 700},
            "showlegend": False,
            "geo": geo,
        }
        points += [name, {**dot, "geo": geo}]
        areas.append({**map_frame.ground_trace(source, dark, has_delta=False), "geo": geo})
        areas.append({**map_frame.frames_trace(source, dark, has_delta=False), "geo": geo})
    return points, areas

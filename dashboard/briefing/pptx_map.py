"""A map of a briefing as native shapes of a slide: one freeform per unit, named and recolourable.

Both archipelagos are drawn whatever the subject, each as one shape in the colour of its unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from html import unescape
from typing import Final, NamedTuple

from dashboard import boundaries, map_frame
from dashboard.briefing import map_shapes
from dashboard.briefing.map_shapes import HEIGHT, PER_DEGREE, WIDTH, Box, Outline, Point
from dashboard.briefing.pptx_xml import (
    EMU,
    Frame,
    Ids,
    Look,
    Type,
    circle,
    freeform,
    group,
    ring,
    shape,
    text_box,
)
from dashboard.colours import LIGHT, WHITE, ClassStyle
from dashboard.enlargement import DELTA
from dashboard.map_layers import Group, Subject, Unit
from dashboard.words import word

ASPECT: Final = WIDTH / HEIGHT
DIMMED: Final = 0.25  # opacity of units outside the scope, as on the screen
_WORD: Final = 12  # pt of the names
_SIGN: Final = 5.5  # pt of the signs in a map 400 pt wide
_DOT: Final = 4.0  # pt in such a map
# plotly symbol -> preset form, upside down?
_FORMS: Final = {
    "circle": ("ellipse", False),
    "diamond": ("diamond", False),
    "triangle-up": ("triangle", False),
    "triangle-down": ("triangle", True),
}
_ARCHIPELAGO_WORDS: Final = {
    "Hoàng Sa": "briefing.pptx.hoang_sa",
    "Trường Sa": "briefing.pptx.truong_sa",
}


class MapBox(NamedTuple):
    """Where a map stands on a slide and how large it is: EMU."""

    left: int
    top: int
    width: int

    @property
    def height(self) -> int:
        """EMU."""
        return round(self.width / ASPECT)

    def point(self, place: Point) -> Point:
        """A place of the frame on the slide."""
        x, y = place
        return self.left + round(x * self.width / WIDTH), self.top + round(y * self.width / WIDTH)

    def frame(self, box: Box) -> Frame:
        """A box of the frame on the slide."""
        left, top = self.point((box[0], box[1]))
        right, foot = self.point((box[2], box[3]))
        return left, top, right - left, foot - top


def map_group(
    subject: Subject, box: MapBox, ids: Ids, name: str, alt: str, selected: Collection[str] = ()
) -> str:
    """The whole map as one group; `selected` units (codes) have a bold outline."""
    members = [*_ground(box, ids), *_units(subject, box, ids, selected)]
    if subject.has_delta:
        members += _enlargement(subject, box, ids, selected)
    members += [*_signs(subject, box, ids), *_archipelagos(subject, box, ids)]
    members += [*_names(subject, box, ids), _edge(ids, box.frame((0, 0, WIDTH, HEIGHT)))]
    return group(ids, name, alt, (box.left, box.top, box.width, box.height), members)


def archipelago_name(name: str, lang: str) -> str:
    """An archipelago with the unit it belongs to, in one line; `name` as in boundaries."""
    return word(_ARCHIPELAGO_WORDS[name], lang).replace("\n", " ")


def flat(text: str) -> str:
    """A label of the screen as one line of plain text."""
    return unescape(text.replace("<br>", " "))


def _ground(box: MapBox, ids: Ids) -> Iterator[str]:
    sea = Look(LIGHT.sea)
    yield shape(ids, "sea", "", box.frame((0, 0, WIDTH, HEIGHT)), sea)
    for outline in map_shapes.neighbour_outlines():
        yield _area(outline, box, ids, outline.code, "", Look(LIGHT.land, LIGHT.land_line, 0.5))


def _units(subject: Subject, box: MapBox, ids: Ids, selected: Collection[str]) -> Iterator[str]:
    units = {unit.code: unit for unit in subject.units}
    outlines = map_shapes.unit_outlines(subject.vintage)
    # The selected last, so that no neighbour covers their outline.
    for outline in sorted(outlines, key=lambda one: (one.code in selected, one.code)):
        unit = units[outline.code]
        look = _unit_look(subject, unit, unit.code in selected)
        yield _area(outline, box, ids, _unit_name(unit), _unit_alt(subject, unit), look)


def _unit_name(unit: Unit) -> str:
    return f"{unit.name} ({unit.code})"


def _unit_alt(subject: Subject, unit: Unit) -> str:
    said = flat(f"{unit.name}: {subject.groups[unit.class_name].label}")
    return f"{said} ({flat(unit.hover)})" if unit.hover else said


def _unit_look(subject: Subject, unit: Unit, is_selected: bool) -> Look:
    style = subject.groups[unit.class_name].look
    opacity = DIMMED if unit.code in subject.dimmed else 1.0
    if is_selected:
        return Look(style.fill(False), LIGHT.mark, 2.0, opacity)
    line = WHITE if style.on_fill(False) == WHITE else LIGHT.border
    return Look(style.fill(False), line, 0.5, opacity)


@cache
def _paths(outline: Outline) -> str:
    left, top, _, _ = outline.box
    return "".join(ring(points, left, top) for points in outline.subpaths)


def _area(outline: Outline, box: MapBox, ids: Ids, name: str, alt: str, look: Look) -> str:
    left, top, right, foot = outline.box
    size = (right - left, foot - top)
    return freeform(ids, name, alt, box.frame(outline.box), size, _paths(outline), look)


def _enlargement(
    subject: Subject, box: MapBox, ids: Ids, selected: Collection[str]
) -> Iterator[str]:
    """The Red River delta again, larger, where the sea is empty."""
    where = map_shapes.enlargement_box()
    yield shape(ids, "sea", "", box.frame(where), Look(LIGHT.sea))
    units = {unit.code: unit for unit in subject.units}
    for outline in map_shapes.enlarged_outlines(subject.vintage):
        unit = units[outline.code]
        look = _unit_look(subject, unit, unit.code in selected)
        name = word("briefing.pptx.enlarged", subject.lang, name=_unit_name(unit))
        yield _area(outline, box, ids, name, _unit_alt(subject, unit), look)
    yield _edge(ids, box.frame(where))
    yield _edge(ids, box.frame(map_shapes.project_box(DELTA)))


def _edge(ids: Ids, frame: Frame) -> str:
    return shape(ids, "frame", "", frame, Look("", LIGHT.muted, 0.75))


def _signs(subject: Subject, box: MapBox, ids: Ids) -> Iterator[str]:
    """The sign of its class on each unit inside the scope, hollow or ringed where it is marked."""
    size = _SIGN * box.width / EMU / 400
    places = map_shapes.sign_points(subject.vintage)
    if not subject.has_delta:
        points = boundaries.label_points(subject.vintage)
        places = {code: map_shapes.project(*point) for code, point in points.items()}
    for unit in subject.marked:
        given = subject.groups[unit.class_name]
        middle = box.point(places[unit.code])
        name = f"{_unit_name(unit)} {given.look.glyph}"
        if unit.is_ringed:
            extent = round(2 * size * max(1.0, given.sign) * EMU)
            around = (middle[0] - extent // 2, middle[1] - extent // 2, extent, extent)
            look = Look("", given.look.on_fill(False), 1.25)
            yield shape(ids, f"{name} ○", "", around, look, "ellipse")
        yield from sign(ids, name, given.look, middle, size * given.sign, unit.is_hollow)


def sign(
    ids: Ids, name: str, style: ClassStyle, middle: Point, size: float, is_hollow: bool
) -> list[str]:
    """One small shape, `size` pt, near-black or white, whichever stands out."""
    extent = round(size * EMU)
    frame = (middle[0] - extent // 2, middle[1] - extent // 2, extent, extent)
    ink = style.on_fill(False)
    if style.symbol in _FORMS:
        form, flip = _FORMS[style.symbol]
        look = Look("" if is_hollow else ink, ink if is_hollow else "", 1.0)
        return [shape(ids, name, "", frame, look, form, flip)]
    if style.symbol == "circle-open-dot":
        paths = circle(50, 50, 48) + circle(50, 50, 12)
    else:
        paths = ring(((0, 0), (100, 0), (100, 100), (0, 100)), 0, 0)
        if "cross" in style.symbol:
            paths += ring(((50, 0), (50, 100)), 0, 0) + ring(((0, 50), (100, 50)), 0, 0)
    return [freeform(ids, name, "", frame, (100, 100), paths, Look("", ink, 0.9))]


def _archipelagos(subject: Subject, box: MapBox, ids: Ids) -> Iterator[str]:
    """The named features of each archipelago as one shape, its frame around them."""
    radius = round(_DOT / 2 * WIDTH / 400)
    for archipelago in boundaries.archipelagos():
        yield shape(
            ids, "frame", "", box.frame(map_shapes.project_box(archipelago.extent)),
            Look("", LIGHT.muted, 0.75),
        )  # fmt: skip
        places = [map_shapes.project(*point) for point in archipelago.points]
        left, top = min(x for x, _ in places) - radius, min(y for _, y in places) - radius
        right, foot = max(x for x, _ in places) + radius, max(y for _, y in places) + radius
        paths = "".join(circle(x - left, y - top, radius) for x, y in places)
        given: Group = subject.group_of(archipelago.code)
        name = archipelago_name(archipelago.name, subject.lang)
        yield freeform(
            ids, name, flat(f"{name}: {given.label}"), box.frame((left, top, right, foot)),
            (right - left, foot - top), paths, Look(given.look.fill(False), LIGHT.text, 0.5),
        )  # fmt: skip


def _names(subject: Subject, box: MapBox, ids: Ids) -> Iterator[str]:
    """Names of the neighbours, the sea, the enlargement and both archipelagos."""
    looks = {group.code: subject.group_of(group.code).look for group in boundaries.archipelagos()}
    points = box.width / EMU
    canvas = map_frame.Canvas(
        width=round(points), height=round(points / ASPECT), is_fluid=False,
        has_legend_in_sea=False, word=_WORD, sign=6, above=0, below=0,
        px_per_degree=points / WIDTH * PER_DEGREE, columns=1, drawn=round(points),
    )  # fmt: skip
    trace = map_frame.names_trace(looks, subject.lang, False, canvas, has_caption=subject.has_delta)
    font = trace["textfont"]
    own = {
        word(map_frame.ARCHIPELAGO_WORDS[name], subject.lang): word(key, subject.lang)
        for name, key in _ARCHIPELAGO_WORDS.items()
    }
    for lon, lat, text, size, colour, weight, style in zip(
        trace["lon"], trace["lat"], trace["text"], font["size"], font["color"], font["weight"],
        font["style"], strict=True,
    ):  # fmt: skip
        lines = own.get(text, text.replace("<br>", "\n")).split("\n")
        x, y = box.point(map_shapes.project(lon, lat))
        height = round(1.2 * size * len(lines) * EMU)
        frame = (x, y - height // 2, round(size * 8 * EMU), height)
        type = Type(size, colour, weight > 400, style == "italic")
        yield text_box(ids, " ".join(lines), frame, lines, type, subject.lang)

"""Shapes of a slide as DrawingML, written at once: hundreds of them a map, so not one by one.

Lengths are EMU (12,700 a point); colours #RRGGBB; every text is escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from typing import Any, Final

from pptx.oxml import parse_xml

EMU: Final = 12_700  # of a point
_NAMESPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TABLE_URI: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
# Control characters that XML cannot hold, whatever a document had in it.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Frame = tuple[int, int, int, int]  # left, top, width, height in EMU


class Ids:
    """Numbers for the shapes of one slide, each once."""

    def __init__(self, start: int = 100) -> None:
        self._numbers = count(start)

    def next(self) -> int:
        """The next free number."""
        return next(self._numbers)


@dataclass(frozen=True, slots=True)
class Look:
    """How an area is drawn: `fill` and `line` "" for none, `opacity` of both, `width` in pt."""

    fill: str = ""
    line: str = ""
    width: float = 0.5
    opacity: float = 1.0
    dash: str = ""  # sysDash for a dashed line

    def xml(self) -> str:
        """The fill and the line."""
        line = f'<a:ln w="{round(self.width * EMU)}">{_paint(self.line, self.opacity)}'
        dash = f'<a:prstDash val="{self.dash}"/>' if self.dash else ""
        return f"{_paint(self.fill, self.opacity)}{line}{dash}<a:round/></a:ln>"


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: pt, colour, bold, italic, alignment (l, ctr, r), anchor (t, ctr, b).

    `plain` takes the bullet of the layout away.
    """

    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    align: str = "l"
    anchor: str = "t"
    plain: bool = False


def clean(text: str) -> str:
    """Text for XML: escaped, without what XML cannot hold."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def element(xml: str) -> Any:
    """The element of a text that has the prefixes a, p, r and one root."""
    head, tail = re.match(r"<[^\s>/]+", xml), ""
    assert head is not None, xml[:80]
    tail = xml[head.end() :]
    return parse_xml(f"{head.group()} {_NAMESPACES}{tail}".encode())


def group(ids: Ids, name: str, alt: str, frame: Frame, members: Iterable[str]) -> str:
    """Members, already in the slide's coordinates, as one shape."""
    return (
        f"<p:grpSp><p:nvGrpSpPr>{_named(ids, name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f'<p:grpSpPr><a:xfrm>{_place(frame)}<a:chOff x="{frame[0]}" y="{frame[1]}"/>'
        f'<a:chExt cx="{frame[2]}" cy="{frame[3]}"/></a:xfrm></p:grpSpPr>'
        f"{''.join(members)}</p:grpSp>"
    )


def shape(
    ids: Ids, name: str, alt: str, frame: Frame, look: Look, form: str = "rect", flip: bool = False
) -> str:
    """A preset form (rect, ellipse, diamond, triangle, …); `flip` turns it upside down."""
    geometry = f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>'
    return _shape(ids, name, alt, frame, geometry, look, flip)


def freeform(
    ids: Ids, name: str, alt: str, frame: Frame, size: tuple[int, int], paths: str, look: Look
) -> str:
    """An own form; `paths` are path commands in a square of `size` that fills the frame."""
    geometry = (
        "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{size[0]}" h="{size[1]}">{paths}</a:path></a:pathLst></a:custGeom>'
    )
    return _shape(ids, name, alt, frame, geometry, look, False)


def ring(points: Sequence[tuple[int, int]], left: int, top: int) -> str:
    """A closed path through points, `left` and `top` taken off."""
    corners = [f'<a:pt x="{x - left}" y="{y - top}"/>' for x, y in points]
    lines = "".join(f"<a:lnTo>{corner}</a:lnTo>" for corner in corners[1:])
    return f"<a:moveTo>{corners[0]}</a:moveTo>{lines}<a:close/>"


def circle(x: int, y: int, radius: int) -> str:
    """A closed circle around a point."""
    return (
        f'<a:moveTo><a:pt x="{x + radius}" y="{y}"/></a:moveTo>'
        f'<a:arcTo wR="{radius}" hR="{radius}" stAng="0" swAng="21600000"/><a:close/>'
    )


def text_box(ids: Ids, name: str, frame: Frame, lines: Sequence[str], type: Type, lang: str) -> str:
    """Lines of text without margins; they do not wrap by themselves."""
    paragraphs = "".join(paragraph(line, type, lang) for line in lines)
    return (
        f'<p:sp><p:nvSpPr>{_named(ids, name, "")}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f'<p:spPr><a:xfrm>{_place(frame)}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{type.anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>'
        "</p:sp>"
    )


def paragraph(text: str, type: Type, lang: str) -> str:
    """One paragraph in one type; a line break within it stays."""
    look = (
        f'lang="{language(lang)}" sz="{round(type.size * 100)}" b="{int(type.bold)}" '
        f'i="{int(type.italic)}" dirty="0"'
    )
    paint = _paint(type.colour, 1.0)
    parts = f"<a:br><a:rPr {look}>{paint}</a:rPr></a:br>".join(
        f"<a:r><a:rPr {look}>{paint}</a:rPr><a:t>{clean(part)}</a:t></a:r>"
        for part in text.split("\n")
    )
    plain = ' marL="0" indent="0"><a:buNone/></a:pPr>' if type.plain else "/>"
    return f'<a:p><a:pPr algn="{type.align}"{plain}{parts}</a:p>'


def language(lang: str) -> str:
    """The code of a language as Office names it."""
    return {"vi": "vi-VN", "en": "en-GB"}[lang]


def table(ids: Ids, name: str, alt: str, frame: Frame, widths: Sequence[int], rows: str) -> str:
    """A native table; `rows` are <a:tr>, the first one a header."""
    grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{_named(ids, name, alt)}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm>{_place(frame)}</p:xfrm><a:graphic><a:graphicData uri="{_TABLE_URI}">'
        f'<a:tbl><a:tblPr firstRow="1" bandRow="1"/><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def table_cell(text: str, type: Type, lang: str, fill: str, line: str, margin: int) -> str:
    """One cell, its lower edge drawn."""
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    return (
        "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
        f"{paragraph(text, type, lang)}</a:txBody>"
        f'<a:tcPr marL="{margin}" marR="{margin}" marT="{margin // 2}" marB="{margin // 2}" '
        f'anchor="{type.anchor}">{none}<a:lnB w="9525">{_paint(line, 1.0)}</a:lnB>'
        f"{_paint(fill, 1.0)}</a:tcPr></a:tc>"
    )


def table_row(height: int, cells: Iterable[str]) -> str:
    """A row of table_cell."""
    return f'<a:tr h="{height}">{"".join(cells)}</a:tr>'


def _shape(
    ids: Ids, name: str, alt: str, frame: Frame, geometry: str, look: Look, flip: bool
) -> str:
    turned = ' flipV="1"' if flip else ""
    return (
        f"<p:sp><p:nvSpPr>{_named(ids, name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f"<p:spPr><a:xfrm{turned}>{_place(frame)}</a:xfrm>{geometry}{look.xml()}</p:spPr></p:sp>"
    )


def _named(ids: Ids, name: str, alt: str) -> str:
    described = f' descr="{clean(alt)}"' if alt else ""
    return f'<p:cNvPr id="{ids.next()}" name="{clean(name)}"{described}/>'


def _place(frame: Frame) -> str:
    left, top, width, height = frame
    return f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'


def _paint(colour: str, opacity: float) -> str:
    if not colour:
        return "<a:noFill/>"
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}">{alpha}</a:srgbClr></a:solidFill>'

"""The theme of a presentation: four layouts in our places, faces, colours, named sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from dashboard.briefing.pptx_xml import EMU, Frame, Ids, Look, clean, element, shape
from dashboard.colours import CLASS_ORDER, class_style
from dashboard.words import word
from domain.indicators import ANNUAL_PLAN

FONT: Final = "Arial"  # every Windows has it with all Vietnamese letters
TITLE_COLOUR: Final = "#123F66"
_INCH: Final = 72 * EMU
WIDTH, HEIGHT = 12_192_000, 6_858_000


def _frame(left: float, top: float, width: float, height: float) -> Frame:
    return round(left * _INCH), round(top * _INCH), round(width * _INCH), round(height * _INCH)


# Inches from the left and the top, width, height.
TITLE: Final = _frame(0.5, 0.42, 12.33, 0.85)
BODY: Final = _frame(0.5, 1.4, 12.33, 5.35)
MAP_TITLE: Final = _frame(0.5, 0.42, 6.7, 1.25)
MAP_BODY: Final = _frame(0.5, 3.9, 6.7, 2.85)
FOOT: Final = _frame(0.5, 6.98, 10.9, 0.32)
NUMBER: Final = _frame(11.6, 6.98, 1.23, 0.32)
MARK: Final = _frame(0.6, 0.16, 2.4, 0.26)
KICKER: Final = _frame(0.6, 0.16, 6.6, 0.26)
KICKER_BESIDE_MARK: Final = _frame(3.0, 0.16, 4.2, 0.26)
_OPENING_TITLE: Final = _frame(0.9, 2.0, 11.5, 1.7)
_OPENING_BODY: Final = _frame(0.9, 3.95, 11.5, 2.7)

# Our layouts -> place in python-pptx's own template, placeholders (idx -> frame).
OPENING, TEXT, MAP, FIGURE = "opening", "text", "map", "figure"
LAYOUTS: Final[dict[str, tuple[int, dict[int, Frame]]]] = {
    OPENING: (0, {0: _OPENING_TITLE, 1: _OPENING_BODY}),
    TEXT: (1, {0: TITLE, 1: BODY}),
    MAP: (3, {0: MAP_TITLE, 1: MAP_BODY}),
    FIGURE: (5, {0: TITLE}),
}
FOOTER, NUMBER_PLACE = 11, 12  # idx in the layouts
_BODY_TYPE: Final = 20
_P14: Final = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_SECTIONS: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_SECTION_ID: Final = "5F0C2D1E-7A34-4B6B-9C11-"  # and twelve digits


def set_layouts(presentation: Any, lang: str) -> dict[str, Any]:
    """Four layouts in our places; the others of the template go."""
    master = presentation.slide_master
    kinds = {"title": TITLE, "body": BODY, "ftr": FOOT, "sldNum": NUMBER}
    for placeholder in list(master.placeholders):
        kind = placeholder._element.nvSpPr.nvPr.find(qn("p:ph")).get("type")
        if kind == "dt":
            placeholder._element.getparent().remove(placeholder._element)
        else:
            _place(placeholder, kinds[kind])
    layouts = list(presentation.slide_layouts)
    ours: dict[str, Any] = {}
    for name, (number, frames) in LAYOUTS.items():
        layout = layouts[number]
        ours[name] = layout
        layout._element.cSld.set("name", word(f"briefing.pptx.layout.{name}", lang))
        if name == MAP:
            layout._element.attrib.pop("type", None)
        frames = frames | {FOOTER: FOOT, NUMBER_PLACE: NUMBER}
        for placeholder in list(layout.placeholders):
            index = placeholder.placeholder_format.idx
            if index in frames:
                _place(placeholder, frames[index])
            else:
                placeholder._element.getparent().remove(placeholder._element)
    for layout in layouts:
        if layout not in ours.values():
            presentation.slide_layouts.remove(layout)
    _set_types(master, ours)
    return ours


def _place(placeholder: Any, frame: Frame) -> None:
    placeholder.left, placeholder.top, placeholder.width, placeholder.height = map(Emu, frame)


def _set_types(master: Any, layouts: dict[str, Any]) -> None:
    """Sizes, alignment and colours of titles and texts on the master."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    body = styles.find(qn("p:bodyStyle"))
    for level, size in enumerate((_BODY_TYPE, 18, 16, 16, 16), start=1):
        body.find(qn(f"a:lvl{level}pPr")).find(qn("a:defRPr")).set("sz", str(size * 100))
    first = body.find(qn("a:lvl1pPr"))
    first.set("marL", str(Pt(20)))
    first.set("indent", str(-Pt(20)))
    first.find(qn("a:spcBef")).find(qn("a:spcPct")).set("val", "0")
    spacing = first.find(qn("a:spcBef"))
    spacing.remove(spacing[0])
    spacing.append(element('<a:spcPts val="600"/>'))
    for kind, anchor in (("title", "ctr"), ("body", "t")):
        for placeholder in master.placeholders:
            element_ = placeholder._element
            if element_.nvSpPr.nvPr.find(qn("p:ph")).get("type") == kind:
                element_.find(qn("p:txBody")).find(qn("a:bodyPr")).set("anchor", anchor)
    # The template's footer is centred and its subtitle grey and in the middle: here all is left.
    for layout in (master, *layouts.values()):
        for paragraphs in layout._element.iter(qn("a:lvl1pPr")):
            if paragraphs.get("algn") == "ctr":
                paragraphs.set("algn", "l")
    master.shapes._spTree.insert(2, element(_bar()))


def _bar() -> str:
    """A quiet stripe at the left edge of every slide."""
    return shape(Ids(50), "bar", "", (0, 0, 16 * EMU, HEIGHT), Look(TITLE_COLOUR))


def set_theme(presentation: Any, font: str) -> None:
    """The office's face and the project's palette, so that new shapes match."""
    part = presentation.slide_master.part.part_related_by(RT.THEME)
    text = part.blob.decode("utf-8")
    text = text.replace('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{font}"/>')
    fills = [class_style(ANNUAL_PLAN, name).fill(False) for name in CLASS_ORDER[ANNUAL_PLAN]]
    for number, fill in enumerate(fills, start=1):
        text = re.sub(
            rf"(<a:accent{number}><a:srgbClr val=)\"[0-9A-F]{{6}}\"",
            rf'\1"{fill.lstrip("#")}"',
            text,
        )
    part._blob = text.encode("utf-8")


def name_sections(presentation: Any, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Sections as PowerPoint lists them beside the slides (ECMA-376 extension of 2010)."""
    parts = []
    for place, (name, slides) in enumerate(section for section in sections if section[1]):
        members = "".join(f'<p14:sldId id="{number}"/>' for number in slides)
        parts.append(
            f'<p14:section name="{clean(name)}" id="{{{_SECTION_ID}{place:012d}}}">'
            f"<p14:sldIdLst>{members}</p14:sldIdLst></p14:section>"
        )
    root = presentation.part._element
    listed = root.find(qn("p:extLst"))
    if listed is None:
        listed = element("<p:extLst></p:extLst>")
        root.append(listed)
    listed.append(
        element(
            f'<p:ext uri="{_SECTIONS}"><p14:sectionLst xmlns:p14="{_P14}">{"".join(parts)}'
            "</p14:sectionLst></p:ext>"
        )
    )


def drop_leftovers(presentation: Any) -> None:
    """The template's thumbnail and printer settings are of another document."""
    package = presentation.part.package
    for owner, kind in ((package, "thumbnail"), (presentation.part, "printerSettings")):
        relations = owner._rels
        for number, relation in list(relations.items()):
            if relation.reltype.endswith(kind):
                relations.pop(number)

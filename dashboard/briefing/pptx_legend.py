"""The legend of a map on a slide as native shapes: every class with its sign and its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dashboard.briefing.pptx_map import flat, sign
from dashboard.briefing.pptx_xml import EMU, Ids, Look, Type, group, shape, text_box
from dashboard.colours import LIGHT, ClassStyle
from dashboard.download.lines import wrap
from dashboard.map_layers import Subject
from dashboard.words import format_number, word

_LEGEND_ROW: Final = 22  # pt of one line
_LEGEND_LINE: Final = 17  # pt of each further line
_LEGEND_TYPE: Final = 14
_SWATCH: Final = (24, 15)  # pt
_TEXT_FROM: Final = 32  # pt from the left of the swatch


def legend_height(subject: Subject, width: int) -> int:
    """EMU of the legend in a width of EMU."""
    return sum(_row_height(lines) for lines, _, _ in _entries(subject, width))


def legend_group(subject: Subject, left: int, top: int, width: int, ids: Ids) -> str:
    """The classes with their signs and numbers of units, as native shapes."""
    lang, members, row = subject.lang, [], top
    for lines, style, mark in _entries(subject, width):
        text, high = " ".join(lines), _row_height(lines)
        height = _SWATCH[1] * EMU
        frame = (left, row + (_LEGEND_ROW * EMU - height) // 2, _SWATCH[0] * EMU, height)
        middle = (left + frame[2] // 2, frame[1] + height // 2)
        if style is not None:
            members.append(shape(ids, text, "", frame, Look(style.fill(False), LIGHT.border)))
            members += sign(ids, text, style, middle, 8, is_hollow=False) if mark else []
        else:
            look = Look("", LIGHT.text, 1.0 if mark == "hollow" else 1.75)
            size = (8 if mark == "hollow" else 13) * EMU
            around = (middle[0] - size // 2, middle[1] - size // 2, size, size)
            members.append(shape(ids, text, "", around, look, "ellipse"))
        start = left + _TEXT_FROM * EMU
        type = Type(_LEGEND_TYPE, LIGHT.text, anchor="ctr")
        members.append(
            text_box(ids, text, (start, row, left + width - start, high), lines, type, lang)
        )
        row += high
    title = word("briefing.pptx.legend", lang)
    return group(ids, title, "", (left, top, width, row - top), members)


def _row_height(lines: Sequence[str]) -> int:
    return (_LEGEND_ROW + (len(lines) - 1) * _LEGEND_LINE) * EMU


def _entries(subject: Subject, width: int) -> list[tuple[list[str], ClassStyle | None, str]]:
    """Lines of text, look and sign of each entry: those that legend_traces shows on the screen."""
    lang = subject.lang
    entries: list[tuple[str, ClassStyle | None, str]] = []
    for name, units in subject.members(subject.counted).items():
        given = subject.groups[name]
        count = format_number(len(units), lang)
        text = word("map.legend.entry", lang, label=given.label, count=count)
        entries.append((flat(text), given.look, "sign" if given.sign else ""))
    for key, mark, number in (
        (subject.hollow, "hollow", sum(unit.is_hollow for unit in subject.marked)),
        (subject.ring, "ring", sum(unit.is_ringed for unit in subject.marked)),
    ):
        if number:
            entries.append((word(key, lang, count=format_number(number, lang)), None, mark))
    room = width / EMU - _TEXT_FROM
    return [(wrap(text, _LEGEND_TYPE, room), style, mark) for text, style, mark in entries]

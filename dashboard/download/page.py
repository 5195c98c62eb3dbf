"""A figure as a printed page: title and filters above it, notices and sources below; all vector.

Works on the figure's dictionary: the page is the figure with wider margins and more annotations,
so that one browser call makes it and text stays text.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass, replace
from html import escape, unescape
from re import sub
from typing import Any, Final

from dashboard.colours import LIGHT
from dashboard.download.context import FigureContext
from dashboard.download.lines import Line, set_lines
from dashboard.picture import Format, render_picture
from dashboard.typeface import FONT
from dashboard.watermark import MARK_COLOUR, watermark
from dashboard.words import word

A4: Final = (794, 1123)  # px at 96 per inch
MAP_WIDTH: Final = 722  # px to draw a map in, so that words keep their size on an upright sheet
CHART_WIDTH: Final = 900
EDGE: Final = 36  # px of white on all four sides
PNG_SCALE: Final = {True: 3.0, False: 2.5}  # by whether it is a map; about 290 dots per inch
LONGEST_SOURCES: Final = 6  # lines; the data files have them all
TALLEST_CHART: Final = 1.7  # times its own height, to fill a sheet
DEFAULT_HEIGHT: Final = 450
WIDEST_SHEET: Final = 1.25  # times the figure's width: how far a PDF may shrink what it shows


def _head(context: FigureContext, width: float, with_legend: bool) -> list[Line]:
    lines = [
        *_mark_lines(context, width),
        *set_lines(context.title, 18, width, gap=8 if context.is_synthetic else 0, bold=True),
        *set_lines(context.as_of_line(), 12.5, width, gap=4),
        *set_lines(context.filter_line(), 11.5, width, LIGHT.muted),
    ]
    if with_legend:
        entries = "   ".join(text.replace(" ", "\u00a0") for text in context.legend_texts())
        lines += set_lines(entries, 11.5, width, gap=4)
    return lines


def _mark_lines(context: FigureContext, width: float) -> list[Line]:
    """The mark of made-up data above everything else; nothing for real data."""
    return [
        line
        for place, text in enumerate(context.mark_lines())
        for line in set_lines(text, 11.5 if place else 16, width, MARK_COLOUR, bold=not place)
    ]


def _foot(context: FigureContext, width: float) -> list[Line]:
    lines: list[Line] = []
    if context.unknowns:
        lines += set_lines(context.unknowns, 11, width, gap=2)
    for notice in context.notices:
        lines += set_lines(notice, 11, width, gap=2, bold=True)
    lines += _source_lines(context, 9.5, width)
    return [*lines, *set_lines(context.snapshot_line(), 9.5, width, LIGHT.muted, gap=3)]


def _source_lines(context: FigureContext, size: float, width: float) -> list[Line]:
    """As many sources as fit in LONGEST_SOURCES lines; the rest is counted, never cut off."""

    def lines(shown: int) -> list[Line]:
        left = len(context.sources) - shown
        listed = "; ".join(context.sources[:shown])
        key = "sources" if not left else "more_sources" if shown else "all_sources"
        text = word(f"download.{key}", context.lang, sources=listed, count=left)
        return set_lines(text, size, width, LIGHT.muted, gap=4)

    def is_too_long(shown: int) -> bool:
        return len(lines(shown)) > LONGEST_SOURCES

    total = len(context.sources)
    if not total or not is_too_long(total):
        return lines(total) if total else []
    fitting = bisect_left(range(total), True, key=is_too_long) - 1
    return lines(max(fitting, 0))


@dataclass(frozen=True)
class Page:
    """A composed figure dictionary, its size in px and the factor that makes a PDF exactly A4."""

    figure: dict[str, Any]
    width: int
    height: int
    scale: float


def compose(figure: dict[str, Any], context: FigureContext, format: Format) -> Page:
    """The page around a figure, white; the drawing keeps the size and margins it was made for.

    Pictures end where the text ends. A PDF has the proportions of A4, upright for a map, with the
    notes at its foot, and grows only when the text leaves no other way.
    """
    page: dict[str, Any] = json.loads(json.dumps(figure, default=_jsonable))
    layout = page.setdefault("layout", {})
    context = _with_map_notice(page, context)
    of_map = is_map(page)
    margin = {"l": 80, "r": 80, "t": 100, "b": 80, "pad": 0} | (layout.get("margin") or {})
    own_width = layout.get("width") or (MAP_WIDTH if of_map else CHART_WIDTH - 2 * EDGE)
    own_height = layout.get("height") or DEFAULT_HEIGHT
    width = own_width + 2 * EDGE
    if format == "pdf":
        width = _sheet_width(page, context, width, own_height)
        if not of_map:
            own_width = width - 2 * EDGE
    inner = width - 2 * EDGE
    head, foot = _head(context, inner, _needs_legend(page, context)), _foot(context, inner)
    head_px, foot_px = _px(head) + EDGE + 10, _px(foot) + EDGE + 14
    least = head_px + own_height + foot_px
    height = max(least, width * _proportion(of_map)) if format == "pdf" else least
    if not of_map:
        own_height = min(own_height * TALLEST_CHART, own_height + height - least)
    side = (width - own_width) / 2
    plot = (own_width - margin["l"] - margin["r"], own_height - margin["t"] - margin["b"])
    margin |= {"l": margin["l"] + side, "r": margin["r"] + side, "t": margin["t"] + head_px}
    margin["b"] = height - margin["t"] - plot[1]
    layout |= {"margin": margin, "width": round(width), "height": round(height)}
    layout |= {"paper_bgcolor": LIGHT.page, "autosize": False}
    layout.pop("title", None)
    _pin_axes(layout)
    notes = _placed(head, EDGE, margin) + _placed(foot, height - foot_px + 10, margin)
    if mark := context.mark():
        notes.append(watermark(mark, *plot))
    layout["annotations"] = [*(layout.get("annotations") or []), *notes]
    rule = _rule(height - foot_px + 5, inner, margin, plot)
    layout["shapes"] = [*(layout.get("shapes") or []), rule]
    scale = ((A4[0] if of_map else A4[1]) + 0.01) / width if format == "pdf" else 1.0
    return Page(page, round(width), round(height), scale)


def _proportion(of_map: bool) -> float:
    """Height over width of the sheet: a map stands upright."""
    return A4[1] / A4[0] if of_map else A4[0] / A4[1]


def _sheet_width(
    page: dict[str, Any], context: FigureContext, width: float, own_height: float
) -> float:
    """px of a sheet wide enough that, in the proportions of A4, everything fits in its height."""
    of_map = is_map(page)
    width = max(width, A4[0] if of_map else A4[1])
    inner = width - 2 * EDGE
    text = _px(_head(context, inner, _needs_legend(page, context))) + _px(_foot(context, inner))
    needed = (text + 2 * EDGE + 24 + own_height) / _proportion(of_map)
    return min(max(width, needed), width * WIDEST_SHEET)


def is_map(figure: dict[str, Any]) -> bool:
    """Whether a figure dictionary draws geography: then the map notice is due."""
    return any(key.startswith("geo") for key in figure.get("layout", {}))


def _with_map_notice(page: dict[str, Any], context: FigureContext) -> FigureContext:
    """Every map says that it is no standard map: in the figure itself or first below it."""
    notice = word("map.notice", context.lang)
    others = tuple(text for text in context.notices if text != notice)
    if not is_map(page):
        return context
    return replace(context, notices=others if _shows(page, [notice]) else (notice, *others))


def _px(lines: list[Line]) -> float:
    return sum(line.height for line in lines)


def _pin_axes(layout: dict[str, Any]) -> None:
    """Margins are now exact: nothing may widen them after the text has been placed."""
    for key, axis in layout.items():
        if key.startswith(("xaxis", "yaxis")) and isinstance(axis, dict):
            axis["automargin"] = False


def _placed(lines: list[Line], top: float, margin: dict[str, float]) -> list[dict[str, Any]]:
    """Annotations, the first line's top `top` px below the top of the page."""
    notes = []
    for line in lines:
        notes.append(
            {
                "text": line.text, "showarrow": False, "align": "left", "borderpad": 0,
                "font": {"family": FONT, "size": line.size, "color": line.colour},
                "x": 0, "xref": "paper", "xanchor": "left", "xshift": EDGE - margin["l"],
                "y": 1, "yref": "paper", "yanchor": "top", "yshift": margin["t"] - top - line.gap,
            }
        )  # fmt: skip
        top += line.height
    return notes


def _rule(
    top: float, inner: float, margin: dict[str, float], plot: tuple[float, float]
) -> dict[str, Any]:
    """A thin line above the notes, from edge to edge of the text."""
    start = (EDGE - margin["l"]) / plot[0]
    y = 1 - (top - margin["t"]) / plot[1]
    line = {"color": LIGHT.frame, "width": 1}
    return {"type": "line", "xref": "paper", "yref": "paper", "x0": start,
            "x1": start + inner / plot[0], "y0": y, "y1": y, "line": line}  # fmt: skip


def _needs_legend(page: dict[str, Any], context: FigureContext) -> bool:
    """A map that does not name every class itself; charts label their parts directly."""
    return is_map(page) and not _shows(page, [label for _, label, _ in context.legend])


def _shows(page: dict[str, Any], texts: list[str]) -> bool:
    """Whether all the texts stand in the figure."""
    words = unescape(sub(r"<[^>]*>", " ", " ".join(_strings(page))))
    known = " ".join(words.split())
    return all(" ".join(text.split()) in known for text in texts)


def _strings(content: Any) -> list[str]:
    """All texts in a figure except the coordinates of its boundaries."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, dict):
        return [s for key, part in content.items() if key != "geojson" for s in _strings(part)]
    if isinstance(content, (list, tuple)):
        return [s for part in content for s in _strings(part)]
    return []


def _jsonable(value: Any) -> Any:
    if hasattr(value, "to_plotly_json"):
        return value.to_plotly_json()
    return value.tolist() if hasattr(value, "tolist") else str(value)


def build_picture(figure: Any, context: FigureContext, format: Format) -> bytes:
    """The composed page as a file; `figure` is a light-theme plotly figure with its own boundaries.

    Raises RenderUnavailable, FigureNotDrawn and ValueError as picture.render_picture does.
    """
    page = compose(figure.to_dict(), context, format)
    scale = PNG_SCALE[is_map(page.figure)] if format == "png" else page.scale
    content = render_picture(page.figure, format, page.width, page.height, scale)
    if format != "svg":
        return content
    head, _, rest = content.decode("utf-8").partition(">")
    parts = [context.mark(), context.title, context.as_of_line()]
    title = escape(". ".join(part for part in parts if part), quote=False)
    return f"{head}><title>{title}</title>{rest}".encode()

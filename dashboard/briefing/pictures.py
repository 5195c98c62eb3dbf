"""Each map and chart of a briefing as PNG and SVG, drawn once for all formats that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, Final, Literal

from dashboard.briefing.content import Briefing, Picture
from dashboard.picture import FigureNotDrawn, RenderUnavailable, render_picture
from dashboard.watermark import watermark

PictureFormat = Literal["png", "svg"]
DOTS_PER_INCH: Final = 290
DEFAULT_HEIGHT: Final = 450  # px, as plotly has it
WIDEST: Final = 160.0  # mm between the margins of an upright page
TALLEST: Final = 192.0  # mm: a map as wide as the text, with its caption on the same page
_MM_PER_INCH: Final = 25.4
_OWN_ID: Final = re.compile(rb'<defs id="defs-([0-9a-f]{6})"')
_PATTERN_ID: Final = re.compile(rb"\bpfigure-[0-9a-f]{6}\b")


class Pictures(dict[tuple[str, PictureFormat], bytes]):
    """(key of a picture, format) -> file; `missing`: key -> why it could not be drawn.

    A reason is one of [briefing.paper.missing]: missing, broken, busy, failed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.missing: dict[str, str] = {}


def printed_size(width: float, height: float, room: float = TALLEST) -> tuple[float, float]:
    """mm on paper of `width` x `height` px: as wide as the text, at most `room` mm tall."""
    factor = min(WIDEST / width, room / height)
    return round(width * factor, 1), round(height * factor, 1)


def render_pictures(
    briefing: Briefing,
    formats: Collection[PictureFormat] = ("png", "svg"),
    step: Callable[[int, int], None] | None = None,
) -> Pictures:
    """All pictures of the briefing; what cannot be drawn stands in `missing`, nothing is raised.

    `step(done, total)` is told after each picture. Without a browser, no second one is waited for.
    The mark of made-up data lies across each.
    """
    made = Pictures()
    pictures = list(briefing.pictures())
    for place, picture in enumerate(pictures, start=1):
        try:
            for format, content in _render(picture, formats, briefing.mark).items():
                made[picture.key, format] = content
        except FigureNotDrawn:
            made.missing[picture.key] = "failed"
        except RenderUnavailable as error:
            made.missing |= {left.key: error.reason for left in pictures[place - 1 :]}
            break
        if step is not None:
            step(place, len(pictures))
    return made


def _render(
    picture: Picture, formats: Collection[PictureFormat], mark: str | None
) -> dict[PictureFormat, bytes]:
    figure: dict[str, Any] = picture.draw().to_dict()
    layout = figure["layout"]
    width, height = picture.width, round(layout.get("height") or DEFAULT_HEIGHT)
    if mark:
        across = watermark(mark, width, height)
        layout["annotations"] = [*(layout.get("annotations") or ()), across]
    scale = printed_size(width, height)[0] / _MM_PER_INCH * DOTS_PER_INCH / width
    made: dict[PictureFormat, bytes] = {}
    if "png" in formats:
        made["png"] = render_picture(figure, "png", width, height, scale)
    if "svg" in formats:
        made["svg"] = same_ids(render_picture(figure, "svg", width, height))
    return made


def same_ids(svg: bytes) -> bytes:
    """The SVG without the random part of plotly's ids, so that equal drawings are equal bytes."""
    found = _OWN_ID.search(svg)
    if found is None:
        return svg
    # Only where an id begins: the same six digits may stand within a coordinate or a colour.
    own = re.compile(rb'(?<=["#])((?:top)?defs-|clip|legend|p|g)' + found.group(1))
    svg = own.sub(rb"\1figure", svg)
    patterns = list(dict.fromkeys(_PATTERN_ID.findall(svg)))
    return _PATTERN_ID.sub(lambda hit: b"pfigure-%d" % patterns.index(hit[0]), svg)


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its header."""
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")

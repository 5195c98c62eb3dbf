"""The mark of made-up data across a figure, as an annotation of its layout."""

from __future__ import annotations

import math
from typing import Any, Final

from dashboard.typeface import FONT

# No class of any indicator is red (dashboard/colours.py), so the mark is never taken for one.
MARK_COLOUR: Final = "#b00020"
_SEEN_ON_BOTH_THEMES: Final = "#e2324f"
_ANGLE: Final = 30  # degrees, rising from left to right
_EM: Final = 0.78  # width of a bold capital as a share of the type size
_OPACITY: Final = 0.26
_SIZES: Final = (18.0, 64.0)  # px, smallest and largest type


def watermark(mark: str, width: float, height: float) -> dict[str, Any]:
    """A plotly annotation: `mark` across a drawing of `width` × `height` px, seen through."""
    angle = math.radians(_ANGLE)
    length = 0.9 * min(width / math.cos(angle), height / math.sin(angle))
    smallest, largest = _SIZES
    return {
        "text": f"<b>{mark}</b>", "showarrow": False, "textangle": -_ANGLE, "opacity": _OPACITY,
        "x": 0.5, "xref": "paper", "xanchor": "center",
        "y": 0.5, "yref": "paper", "yanchor": "middle",
        "font": {
            "family": FONT,
            "size": round(min(max(length / (_EM * len(mark)), smallest), largest)),
            "color": _SEEN_ON_BOTH_THEMES,
        },
    }  # fmt: skip

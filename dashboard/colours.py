"""How each class of each indicator looks: colours for both themes, plotly symbol, text glyph.

One *role* (good, partial, lapsed, unknown, ...) has one look everywhere, so that a reader who has
learnt one map can read all of them. The palette is blue to orange with grey for the unknown, which
people with protanopia, deuteranopia and tritanopia can tell apart (tests/test_colours.py simulates
all three); red is not used. No class rests on colour alone: within an indicator every class has
its own symbol and glyph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """The look of one class; colours are #RRGGBB.

    `colour`/`colour_dark` fill areas and bars; `ink`/`ink_dark` is the same hue, dark (light)
    enough for text and thin lines on the page and on the sea (contrast at least 4.5:1);
    `symbol` is a plotly marker symbol and `glyph` the same sign for text and tables.
    """

    colour: str
    colour_dark: str
    ink: str
    ink_dark: str
    symbol: str
    glyph: str

    def fill(self, dark: bool) -> str:
        """The area colour for the theme."""
        return self.colour_dark if dark else self.colour

    def text(self, dark: bool) -> str:
        """The colour of words about this class for the theme."""
        return self.ink_dark if dark else self.ink

    def on_fill(self, dark: bool) -> str:
        """Near-black or white, whichever stands out more on the area colour."""
        fill = self.fill(dark)
        return max((NEAR_BLACK, WHITE), key=lambda colour: contrast(colour, fill))


@dataclass(frozen=True, slots=True)
class Surface:
    """Colours of one theme that belong to no class."""

    page: str
    sea: str
    land: str
    land_line: str
    border: str
    frame: str
    text: str
    muted: str
    mark: str


NEAR_BLACK: Final = "#16191D"
WHITE: Final = "#FFFFFF"

LIGHT: Final = Surface(
    page="#FFFFFF", sea="#EEF4F8", land="#E4E3DD", land_line="#C2C0B8", border="#5F676E",
    frame="#AEB8C0", text="#1C2329", muted="#55606A", mark="#16191D",
)  # fmt: skip
DARK: Final = Surface(
    page="#12161C", sea="#131C26", land="#23272D", land_line="#3B424A", border="#A3ADB7",
    frame="#4A5560", text="#F1F4F7", muted="#A7B1BB", mark="#FFFFFF",
)  # fmt: skip

_GOOD: Final = ClassStyle("#1F6FB2", "#3A8FDE", "#1A5E98", "#6DB3F2", "circle", "●")
_GOOD_ENOUGH: Final = ClassStyle(
    "#7CC4E4", "#9AD8F2", "#17688A", "#9AD8F2", "triangle-up", "▲"
)  # fmt: skip
_PARTIAL: Final = ClassStyle("#F2C14E", "#F0C75A", "#7D5600", "#F0C75A", "diamond", "◆")
_LAPSED: Final = ClassStyle("#C8501E", "#D9622B", "#A83D12", "#F2915F", "triangle-down", "▼")
_MIXED: Final = ClassStyle("#632C5C", "#E87FA8", "#632C5C", "#F29BBD", "square-cross-open", "⊞")
_UNKNOWN: Final = ClassStyle("#C3C9CE", "#59616B", "#545D65", "#B4BDC6", "circle-open-dot", "⊙")
_OUTSIDE: Final = ClassStyle("#F5F4F0", "#1B2026", "#5F6870", "#98A2AC", "square-open", "□")
# Units that a map shows only to tell where others lie, and those that did not change.
AROUND_STYLE: Final = ClassStyle("#FBFAF8", "#171B21", "#5F6870", "#98A2AC", "square-open", "")
# The unit a locator marks: no class has this colour.
HERE_STYLE: Final = ClassStyle("#2B3238", "#E6EBF0", "#16191D", "#FFFFFF", "square-open", "")
_CHECKED: Final = ClassStyle("#E3D9EC", "#3C3350", "#6B4A8C", "#C3A6E0", "x-thin-open", "✕")

# Order as design.md section 4 lists them: best first, then what is only partly known, then mixed,
# unknown and not applicable. Legends, bars and tables keep it.
_STYLES: Final[dict[str, dict[str, ClassStyle]]] = {
    "regulation": {
        "current": _GOOD,
        "outdated": _LAPSED,
        "general_only": _PARTIAL,
        "mixed": _MIXED,
        "unverified": _UNKNOWN,
    },
    "human_rights_plan": {
        "adopted": _GOOD,
        "expired": _LAPSED,
        "mixed": _MIXED,
        "not_named": _UNKNOWN,
    },
    "annual_plan": {
        "issued_before": _GOOD,
        "issued_in": _GOOD_ENOUGH,
        "issued_after": _LAPSED,
        "known_undated": _PARTIAL,
        "mixed": _MIXED,
        "none_known": _UNKNOWN,
    },
    "border_route": {
        "complete": _GOOD,
        "partial": _PARTIAL,
        "mixed": _MIXED,
        "no_evidence": _UNKNOWN,
        "not_applicable": _OUTSIDE,
    },
    "result_report": {
        "on_time": _GOOD,
        "late": _LAPSED,
        "mixed": _MIXED,
        "none_known": _UNKNOWN,
        "not_due": _OUTSIDE,
    },
}

INDICATORS: Final[tuple[str, ...]] = tuple(_STYLES)
CLASS_ORDER: Final[dict[str, tuple[str, ...]]] = {
    indicator: tuple(styles) for indicator, styles in _STYLES.items()
}
UNKNOWN_CLASSES: Final = frozenset({"unverified", "not_named", "none_known", "no_evidence"})

# Three different absences, for tables and cells of any page.
ABSENCE_STYLES: Final[dict[str, ClassStyle]] = {
    "missing": _UNKNOWN,
    "not_applicable": _OUTSIDE,
    "being_verified": _CHECKED,
}


def class_style(indicator: str, class_name: str) -> ClassStyle:
    """The look of a class; KeyError with the known names if either is unknown."""
    try:
        return _STYLES[indicator][class_name]
    except KeyError:
        known = CLASS_ORDER.get(indicator, INDICATORS)
        raise KeyError(
            f"no style for class {class_name!r} of indicator {indicator!r}; known: {known}"
        ) from None


def surface(dark: bool) -> Surface:
    """Page, sea, land and text colours of the light or dark theme."""
    return DARK if dark else LIGHT


def relative_luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #RRGGBB, 0 to 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #RRGGBB colours, 1 to 21."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)

"""How the stages of money look in charts: colour, hatching and sign, the same in every one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dashboard.colours import surface

ROUNDED_HATCH: Final = "/"


@dataclass(frozen=True, slots=True)
class StageLook:
    """Fill and ink of both themes (#RRGGBB) and the sign that stands before the stage's name."""

    fill_light: str
    fill_dark: str
    ink_light: str
    ink_dark: str
    glyph: str

    def fill(self, dark: bool) -> str:
        """The colour of a bar."""
        return self.fill_dark if dark else self.fill_light

    def ink(self, dark: bool) -> str:
        """The same hue for lines and signs on the page (contrast at least 4.5:1)."""
        return self.ink_dark if dark else self.ink_light


STAGE_LOOKS: Final = {
    "planned": StageLook("#9CCFE8", "#2F6E8F", "#17688A", "#9AD8F2", "◇"),
    "allocated": StageLook("#1F6FB2", "#3A8FDE", "#1A5E98", "#6DB3F2", "■"),
    "disbursed": StageLook("#E0A526", "#F0C75A", "#7D5600", "#F0C75A", "●"),
    "donated": StageLook("#7A3E73", "#E87FA8", "#632C5C", "#F29BBD", "✚"),
}  # fmt: skip


def bar_marker(stage: str, is_rounded: bool, dark: bool) -> dict[str, Any]:
    """Colour of a bar; a rounded figure is hatched, so that it does not rest on its word alone."""
    look = STAGE_LOOKS[stage]
    marker: dict[str, Any] = {
        "color": look.fill(dark),
        "line": {"color": look.ink(dark), "width": 1},
    }
    if is_rounded:
        marker["pattern"] = {
            "shape": ROUNDED_HATCH, "fgcolor": surface(dark).page, "size": 7, "solidity": 0.25,
            "fillmode": "overlay",
        }  # fmt: skip
    return marker

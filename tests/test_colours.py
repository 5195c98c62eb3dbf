"""Colours can be told apart with three colour vision deficiencies, and never stand alone."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.colours import (
    ABSENCE_STYLES,
    CLASS_ORDER,
    INDICATORS,
    ClassStyle,
    class_style,
    contrast,
    surface,
)

# Machado, Oliveira, Fernandes 2009 (doi:10.1109/TVCG.2009.113), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
D65 = np.array([0.95047, 1.0, 1.08883])

# A just noticeable difference is about 2.3 (CIE76). Separate areas on a map, seen one after the
# other and with a line between them, need several times that; 15 is six just noticeable ones.
FAR_ENOUGH = 15.0

# What the classes of an indicator have to be told apart by: WCAG 2.2, 1.4.11 and 1.4.3.
GRAPHIC, TEXT = 3.0, 4.5


def lab(colour: str, vision: str) -> NDArray[np.float64]:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(VISION[vision] @ linear, 0, 1) / D65
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def styles(indicator: str) -> dict[str, ClassStyle]:
    return {name: class_style(indicator, name) for name in CLASS_ORDER[indicator]}


def test_simulation_gives_known_values() -> None:
    # Independent values: sRGB red is L*a*b* 53.2, 80.1, 67.2; greys do not change.
    assert lab("#FF0000", "normal") == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
    for vision in VISION:
        assert lab("#808080", vision) == pytest.approx([53.6, 0, 0], abs=0.1)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_classes_of_an_indicator_differ(indicator: str, vision: str, dark: bool) -> None:
    for one, other in combinations(styles(indicator).items(), 2):
        distance = np.linalg.norm(lab(one[1].fill(dark), vision) - lab(other[1].fill(dark), vision))
        assert distance >= FAR_ENOUGH, (one[0], other[0], round(float(distance), 1))


@pytest.mark.parametrize("indicator", INDICATORS)
def test_symbols_and_glyphs_are_distinct(indicator: str) -> None:
    looks = list(styles(indicator).values())
    assert len({look.symbol for look in looks}) == len(looks)
    assert len({look.glyph for look in looks}) == len(looks)
    assert all(len(look.glyph) == 1 for look in looks)


def test_three_absences_differ_without_colour() -> None:
    looks = list(ABSENCE_STYLES.values())
    assert len({look.symbol for look in looks}) == len({look.glyph for look in looks}) == 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("indicator", INDICATORS)
def test_contrast(indicator: str, dark: bool) -> None:
    around = surface(dark)
    for name, look in styles(indicator).items():
        assert contrast(look.on_fill(dark), look.fill(dark)) >= TEXT, f"glyph on {name}"
        for ground in (around.page, around.sea):
            assert contrast(look.text(dark), ground) >= TEXT, f"words about {name} on {ground}"
    for ground in (around.page, around.sea):
        assert contrast(around.border, ground) >= GRAPHIC
        assert contrast(around.text, ground) >= 7
        assert contrast(around.muted, ground) >= TEXT
    assert contrast(around.muted, around.land) >= TEXT


def test_unknown_name_says_what_is_known() -> None:
    with pytest.raises(KeyError, match="general_only"):
        class_style("regulation", "adopted")
    with pytest.raises(KeyError, match="border_route"):
        class_style("regulations", "current")

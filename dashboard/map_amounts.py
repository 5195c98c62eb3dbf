"""The map of amounts of money: one figure per unit in at most five classes with stated bounds.

A larger circle and a stronger colour mean more; a hollow circle is a rounded figure.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from dashboard.colours import ClassStyle, class_style
from dashboard.map_classes import AmountScale, class_bounds, class_of_amount
from dashboard.map_layers import MISSING, Group, Subject, Unit, legend_traces
from dashboard.map_national import (
    GeojsonBy,
    Sheet,
    describe_archipelagos,
    list_counts,
    national_figure,
)
from dashboard.map_subjects import checked_codes, column, every_unit, missing_group
from dashboard.words import format_date, format_number, word

# ColorBrewer's YlGnBu (Apache licence), which people with any colour vision deficiency and grey
# printers keep in order; on a dark page the most is the brightest.
RAMP: Final = ("#EAF3C0", "#A1DAB4", "#41B6C4", "#2C7FB8", "#253494")
RAMP_DARK: Final = ("#2B3C8F", "#2C7FB8", "#41B6C4", "#A1DAB4", "#F1F6C8")
INK, INK_DARK = "#1F3864", "#CFE6F5"
# Which steps of the ramp so many classes take, and how large their circles are.
STEPS: Final = {1: (3,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
SIZES: Final = (0.6, 0.8, 1.05, 1.3, 1.55)
BILLION: Final = 1000  # million VND
NOT_ADDED: Final = "not_added"  # a merged unit of which only figures of its parts are known


def plot_amount_map(
    amounts: pd.DataFrame,
    *,
    vintage: int,
    lang: str,
    dark: bool = False,
    selected: str | None = None,
    dimmed: Collection[str] = frozenset(),
    width: int | None = None,
    geojson: GeojsonBy = "url",
    narrow: bool | None = None,
    scale: AmountScale = "quantile",
) -> go.Figure:
    """Amounts by unit in "quantile" or "log" classes, the same whatever the filter.

    `amounts`: one row per unit that has a figure, with province_code_gso, amount_million_vnd, and
    optionally province_name, is_rounded, has_contradiction, hover. A unit without a row has no
    data, which is not zero; a row without an amount is a unit with figures that may not be added.
    Sizes as in plot_province_map. Raises ValueError for a unit that the vintage does not have or
    that comes twice, and for an amount below 0.
    """
    subject = _subject(amounts, vintage, lang, dark, frozenset(dimmed), scale)
    legend = legend_traces(subject)
    sheet = Sheet(width=width, narrow=narrow, geojson=geojson)
    title = word(f"map.scale.{scale}", lang)
    return national_figure(
        subject, legend, len(legend) + 1, sheet, selected=selected, legend_title=title
    )


def describe_amount_map(
    amounts: pd.DataFrame,
    *,
    vintage: int,
    as_of: date,
    lang: str,
    dimmed: Collection[str] = frozenset(),
    scale: AmountScale = "quantile",
) -> str:
    """The map in words: how many units have a figure, classes, the largest, archipelagos."""
    subject = _subject(amounts, vintage, lang, False, frozenset(dimmed), scale)
    known = [u for u in subject.counted if u.class_name not in (MISSING, NOT_ADDED)]
    start = word(
        "map.describe.amounts",
        lang,
        known=len(known),
        units=len(subject.counted),
        as_of=format_date(as_of, lang),
        scale=word(f"map.scale.{scale}", lang),
    )
    figures = dict(zip(checked_codes(amounts, vintage), amounts["amount_million_vnd"], strict=True))
    largest = sorted(known, key=lambda unit: -figures[unit.code])[:3]
    named = ", ".join(f"{u.name} {format_amount(figures[u.code], lang)}" for u in largest)
    parts = [start, list_counts(subject)]
    if largest:
        parts.append(word("map.describe.largest", lang, names=named))
    return " ".join([*parts, describe_archipelagos(subject)])


def format_amount(million_vnd: float, lang: str) -> str:
    """An amount in million or, from a billion on, billion VND with its unit."""
    if million_vnd >= BILLION:
        return word("map.amount.billion", lang, amount=_short(million_vnd / BILLION, lang))
    return word("map.amount.million", lang, amount=_short(million_vnd, lang))


def _short(number: float, lang: str) -> str:
    """With as many decimals as it has, at most three."""
    decimals = next((d for d in range(3) if round(number, d) == round(number, 3)), 3)
    return format_number(number, lang, decimals)


def _subject(
    amounts: pd.DataFrame,
    vintage: int,
    lang: str,
    dark: bool,
    dimmed: frozenset[str],
    scale: AmountScale,
) -> Subject:
    codes = checked_codes(amounts, vintage)
    figures = [None if f is None else float(f) for f in column(amounts, "amount_million_vnd")]
    known = [figure for figure in figures if figure is not None]
    bounds = class_bounds(known, scale)
    cells = zip(
        codes,
        figures,
        column(amounts, "province_name"),
        column(amounts, "hover"),
        column(amounts, "is_rounded"),
        column(amounts, "has_contradiction"),
        strict=True,
    )
    found = [
        Unit(
            code,
            name or code,
            NOT_ADDED if figure is None else str(class_of_amount(figure, bounds)),
            hover or ("" if figure is None else format_amount(figure, lang)),
            rounded is True and figure is not None,
            disputed is True,
        )
        for code, figure, name, hover, rounded, disputed in cells
    ]
    units = every_unit(found, vintage)
    groups = _groups(bounds, known, lang) if known else {}
    if len(known) < len(figures):
        groups[NOT_ADDED] = Group(
            class_style("regulation", "mixed"), word("map.amount.not_added", lang)
        )
    groups |= {MISSING: missing_group(lang)}
    return Subject(vintage, lang, dark, units, dimmed, groups, hollow="map.legend.is_rounded")


def _groups(bounds: tuple[float, ...], figures: list[float], lang: str) -> dict[str, Group]:
    steps = STEPS[len(bounds) + 1]
    return {
        str(number): Group(_look(step), label, sign=SIZES[step])
        for number, (step, label) in enumerate(
            zip(steps, _labels(bounds, figures, lang), strict=True)
        )
    }


def _look(step: int) -> ClassStyle:
    return ClassStyle(RAMP[step], RAMP_DARK[step], INK, INK_DARK, "circle", "●")


def _labels(bounds: tuple[float, ...], figures: list[float], lang: str) -> list[str]:
    """Bounds in words; all in one unit, billion where no bound is below one."""
    if not bounds:
        return [format_amount(figures[0], lang)]
    in_billion = bounds[0] >= BILLION
    key = "billion" if in_billion else "million"
    shown = [_short(bound / BILLION if in_billion else bound, lang) for bound in bounds]

    def unit(text: str) -> str:
        return word(f"map.amount.{key}", lang, amount=text)

    first = word("map.amount.below", lang, bound=unit(shown[0]))
    last = word("map.amount.from", lang, bound=unit(shown[-1]))
    middle = [
        word("map.amount.between", lang, low=low, high=unit(high)) for low, high in pairwise(shown)
    ]
    return [first, *middle, last]

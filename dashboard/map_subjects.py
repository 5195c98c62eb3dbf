"""Rows of a table → the units of a map with their classes; what a map of an indicator is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

import pandas as pd

from dashboard import boundaries
from dashboard.colours import ABSENCE_STYLES, CLASS_ORDER, UNKNOWN_CLASSES, class_style
from dashboard.map_layers import MISSING, Group, Subject, Unit
from dashboard.words import word

# These classes rest on no evidence of their own that could be too old.
AGELESS: Final = UNKNOWN_CLASSES | {MISSING, "not_applicable", "not_due"}


def indicator_subject(
    statuses: pd.DataFrame,
    indicator: str,
    vintage: int,
    lang: str,
    dark: bool,
    dimmed: Collection[str] = frozenset(),
) -> Subject:
    """The statuses of one indicator as the subject of a map.

    Raises ValueError for a unit code that the vintage does not have, KeyError for a class that the
    indicator does not have.
    """
    units = parse_units(statuses, vintage)
    for unit in units:
        if unit.class_name != MISSING:
            class_style(indicator, unit.class_name)  # KeyError with the known names
    groups = indicator_groups(indicator, lang)
    return Subject(vintage, lang, dark, units, frozenset(dimmed), groups)


def indicator_groups(indicator: str, lang: str) -> dict[str, Group]:
    """The classes of an indicator, then the units without a row.

    A unit off the route has no sign: most of them would hide the few that are on it.
    """
    groups = {
        name: Group(
            class_style(indicator, name),
            class_label(indicator, name, lang),
            sign=0.0 if name == "not_applicable" else 1.0,
            is_always_listed=name not in ("mixed", "not_applicable"),
        )
        for name in CLASS_ORDER[indicator]
    }
    return groups | {MISSING: missing_group(lang)}


def missing_group(lang: str) -> Group:
    """Units without a row."""
    return Group(ABSENCE_STYLES[MISSING], word("map.missing", lang), is_always_listed=False)


def class_label(indicator: str, class_name: str, lang: str) -> str:
    """A class, or the lack of one, in words."""
    if class_name == MISSING:
        return word("map.missing", lang)
    return word(f"class.{indicator}.{class_name}", lang)


def parse_units(statuses: pd.DataFrame, vintage: int) -> tuple[Unit, ...]:
    """Rows of statuses → one Unit for every unit of the vintage, by code.

    Needs province_code_gso and class; province_name, hover, is_old and has_contradiction may be
    missing. A unit without a row or class is `missing`; one without evidence is never old.
    ValueError for a unit that the vintage does not have or that comes twice.
    """
    codes = checked_codes(statuses, vintage)
    cells = zip(
        codes,
        column(statuses, "province_name"),
        column(statuses, "class"),
        column(statuses, "hover"),
        column(statuses, "is_old"),
        column(statuses, "has_contradiction"),
        strict=True,
    )
    found = [
        Unit(
            code,
            name or code,
            kind or MISSING,
            hover or "",
            old is True and (kind or MISSING) not in AGELESS,
            disputed is True,
        )
        for code, name, kind, hover, old, disputed in cells
    ]
    return every_unit(found, vintage)


def checked_codes(table: pd.DataFrame, vintage: int) -> list[str]:
    """province_code_gso of every row; ValueError for one that is unknown or comes twice."""
    codes = [str(code) for code in table["province_code_gso"]]
    unknown = sorted(set(codes) - boundaries.CODES[vintage])
    twice = sorted(code for code, count in Counter(codes).items() if count > 1)
    if unknown or twice:
        raise ValueError(
            f"table of a map: expected each unit of {vintage} at most once; "
            f"unknown {unknown}, repeated {twice}"
        )
    return codes


def column(table: pd.DataFrame, name: str) -> list[Any]:
    """The cells of a column, None where empty; all None where the table lacks it."""
    if name not in table:
        return [None] * len(table)
    return [None if pd.isna(value) else value for value in table[name].tolist()]


def every_unit(found: Sequence[Unit], vintage: int) -> tuple[Unit, ...]:
    """All units of the vintage by code, those without a row as `missing`."""
    by_code = {unit.code: unit for unit in found}
    names = boundaries.unit_names(vintage)
    return tuple(
        by_code.get(code) or Unit(code, names[code], MISSING, "", False, False)
        for code in sorted(boundaries.CODES[vintage])
    )

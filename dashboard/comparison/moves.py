"""Who moved between two days: rows for the map of changes and the table of moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import pandas as pd

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries.comparison import query_moves
from dashboard.statuses import describe_evidence, of_route, part_text
from dashboard.tables import (
    class_text,
    dates_or_none,
    first_address,
    flag_text,
    sort_by_name,
    strength_text,
    text_or_blank,
)
from dashboard.words import format_date, word
from domain.indicators import MIXED, NOT_APPLICABLE

_HOVER_COLUMNS: Final = ("nature", "strength", "document_number", "evidence_date")


@dataclass(frozen=True)
class Moves:
    """One indicator on two days: all units (`table`), and those in question (`shown`).

    `table` has province_code_gso, province_name, class_before, class_after, changed_on,
    document_number, issued_date, issuing_body, nature, strength, source_url, flags and hover (the
    evidence of those that moved). `since` is None where there is nothing to compare with.
    """

    indicator: str
    vintage: int
    since: date | None
    as_of: date
    table: pd.DataFrame
    shown: pd.DataFrame

    @cached_property
    def moved(self) -> pd.DataFrame:
        """The units left by the filter whose class differs between the two days."""
        return self.shown[self.shown["class_before"] != self.shown["class_after"]]


def load_moves(run: Run, indicator: str, scope: str, since: date) -> Moves:
    """Who moved between `since` and the as-of date of the view."""
    name = f"moves {indicator} {scope} {since}"
    return kept_for(run, name, lambda: _load(run, indicator, scope, since))


def _load(run: Run, indicator: str, scope: str, since: date) -> Moves:
    view = run.view
    found = query_moves(run.snapshot, view.vintage, indicator, scope, since, view.as_of)
    names = {code: unit.name for code, unit in run.facts.provinces[2008].items()}
    sides = {
        f"parts_{side}": [
            part_text(indicator, classes, names, view.lang)
            for classes in found[f"part_classes_{side}"]
        ]
        for side in ("before", "after")
    }
    is_moved = found["class_before"] != found["class_after"]
    hover = [
        describe_evidence(nature, strength, number, day, view.lang) if moved else ""
        for moved, nature, strength, number, day in zip(
            is_moved, *(found[c] for c in _HOVER_COLUMNS)
        )
    ]
    found = found.assign(hover=hover, **sides)
    # An indicator can be younger than `since`: then its first day is what is compared.
    compared_on = found["compared_on"].iloc[0].date() if len(found) else None
    shown = of_route(run, found)
    shown = shown[shown["class_after"] != NOT_APPLICABLE]
    return Moves(indicator, view.vintage, compared_on, view.as_of, found, shown)


def changes_note(moves: Moves, since: date, lang: str) -> str:
    """How many units moved, and from which day on where the indicator is younger than `since`."""
    if moves.moved.empty:
        note = word("comparison.none_moved", lang)
    else:
        note = word("comparison.moved", lang, moved=len(moves.moved), total=len(moves.shown))
    if moves.since is not None and moves.since > since:
        note += " " + word("comparison.later_start", lang, first=format_date(moves.since, lang))
    return note


def moves_table(moves: pd.DataFrame, indicator: str, lang: str) -> pd.DataFrame:
    """One row per unit that moved: before, after, since when, by which document, how strong."""
    rows = sort_by_name(moves, "province_name")
    table = pd.DataFrame(
        {
            word("column.province", lang): rows["province_name"],
            word("column.from_class", lang): _sides(rows, "before", indicator, lang),
            word("column.to_class", lang): _sides(rows, "after", indicator, lang),
            word("column.changed_on", lang): dates_or_none(rows["changed_on"]),
            word("column.number", lang): [text_or_blank(n) for n in rows["document_number"]],
            word("column.issued", lang): dates_or_none(rows["issued_date"]),
            word("column.issuer", lang): [text_or_blank(b) for b in rows["issuing_body"]],
            word("column.changed_by", lang): [_nature(n, lang) for n in rows["nature"]],
            word("column.strength", lang): [strength_text(s, lang) for s in rows["strength"]],
            word("column.flags", lang): [flag_text(f, lang) for f in rows["flags"]],
            word("column.source", lang): [first_address(u) for u in rows["source_url"]],
        }
    )
    return table.set_index(rows["province_code_gso"])


def _sides(rows: pd.DataFrame, side: str, indicator: str, lang: str) -> list[str]:
    """The class before or after, of a mixed unit with its parts."""
    return [
        class_text(indicator, name, lang) + (f" ({parts})" if name == MIXED else "")
        for name, parts in zip(rows[f"class_{side}"], rows[f"parts_{side}"], strict=True)
    ]


def _nature(nature: Any, lang: str) -> str:
    return word(f"nature.{nature}", lang) if text_or_blank(nature) else ""

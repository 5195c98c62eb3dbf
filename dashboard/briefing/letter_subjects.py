"""Whose status a letter tells: the unit's own, or that of the old provinces within it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.briefing.letter_words import unit_title
from dashboard.filters import Run
from dashboard.tables import text_or_blank
from dashboard.words import word
from domain.indicators import UNKNOWN_CLASS

OLD_VINTAGE: Final = 2008
Record = Mapping[Any, Any]


@dataclass(frozen=True)
class Subject:
    """Whose status is told: a unit, or an old province within a unit of 2025."""

    title: str
    class_name: str
    evidence: tuple[Record, ...]  # what supports it, the deciding piece first
    part: str = ""  # name of the old province


def subjects_of(
    run: Run, row: Record, evidence: pd.DataFrame | None, indicator: str
) -> list[Subject]:
    """The unit itself, or its parts where their classes were carried over to it.

    `row` is of load_statuses, `evidence` of query_evidence for the same unit.
    """
    lang, code = run.view.lang, str(row["province_code_gso"])
    records = [] if evidence is None else evidence.to_dict("records")
    parts = dict(p.split("=") for p in text_or_blank(row["part_classes"]).split(";") if p)
    if len(parts) < 2 or set(parts.values()) == {UNKNOWN_CLASS[indicator]}:
        mine = tuple(r for r in records if r["role"] == "supports")
        return [Subject(unit_title(run, code, lang), str(row["class"]), mine)]
    names = {part: unit.name for part, unit in run.facts.provinces[OLD_VINTAGE].items()}
    return [
        Subject(
            word("letters.part", lang, unit=unit_title(run, part, lang, OLD_VINTAGE)),
            class_name,
            tuple(
                r
                for r in records
                if r["evidence_province_name"] == names[part] and r["role"] == "supports"
            ),
            part=names[part],
        )
        for part, class_name in sorted(parts.items(), key=lambda item: names[item[0]])
    ]

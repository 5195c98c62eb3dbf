"""The lists behind a letter: the provinces one by one, and what the draft rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard.briefing.letter_points import LAGGING, Point
from dashboard.briefing.letter_words import document_text, official_date, unit_title
from dashboard.filters import Run
from dashboard.tables import date_or_blank, strength_text, text_or_blank
from dashboard.words import word


def province_list(
    run: Run, found: dict[str, tuple[Point, ...]], codes: Sequence[str]
) -> pd.DataFrame:
    """One row per province: what lags, by which document and since when, what is asked of it."""
    lang, rows = run.view.lang, []
    for number, code in enumerate(codes, start=1):
        lagging = [point for point in found[code] if point.need == LAGGING]
        others = [point.short for point in found[code] if point.need != LAGGING]
        unit = unit_title(run, code, lang)
        rows.append(
            (
                number,
                unit[:1].upper() + unit[1:],
                "\n".join(point.short for point in lagging),
                "\n".join(dict.fromkeys(point.basis for point in lagging)),
                "\n".join(
                    dict.fromkeys(
                        official_date(point.since, lang) for point in lagging if point.since
                    )
                ),
                "\n".join(others),
            )
        )
    names = ("number", "unit", "lagging", "basis", "since", "others")
    return pd.DataFrame(rows, columns=[word(f"letters.column.{name}", lang) for name in names])


def evidence_list(points: Sequence[Point], lang: str) -> pd.DataFrame:
    """The documents that the letter rests on, each once: for whoever checks the draft."""
    found: dict[Any, Any] = {}
    for point in points:
        for row in point.evidence:
            found.setdefault((row["document_id"], row["section"]), row)
    rows = list(found.values())
    columns = {
        "letters.column.document": [document_text({**row, "strength": None}, lang) for row in rows],
        "column.section": [text_or_blank(row["section"]) for row in rows],
        "column.counts_from": [date_or_blank(row["evidence_date"], lang) for row in rows],
        "column.strength": [strength_text(row["strength"], lang) for row in rows],
    }
    return pd.DataFrame({word(key, lang): cells for key, cells in columns.items()})

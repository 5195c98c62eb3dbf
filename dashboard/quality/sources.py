"""Where the data come from: age on the day shown, strength, licence, what a source cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.queries import query_sources
from dashboard.queries.quality import query_source_ages
from dashboard.tables import dates_or_none, text_or_blank
from dashboard.view import months_between
from dashboard.words import day_of, format_number, word
from domain.evidence import Strength


def source_table(run: Run) -> pd.DataFrame:
    """One row per input file, newest content first; those without dated content last."""
    return kept_for(run, "source table", partial(_table, run))


def _table(run: Run) -> pd.DataFrame:
    view, lang = run.view, run.view.lang
    ages = query_source_ages(run.snapshot, view.as_of)
    rows = query_sources(run.snapshot).merge(ages, on="source_id", how="left")
    rows = rows.sort_values("newest_date", ascending=False, na_position="last", kind="stable")
    title, cannot = ("title", "cannot_tell") if lang == "vi" else ("title_en", "cannot_tell_en")
    return pd.DataFrame(
        {
            word("column.title", lang): [
                text_or_blank(t) or f for t, f in zip(rows[title], rows["file"], strict=True)
            ],
            word("quality.column.newest", lang): dates_or_none(rows["newest_date"]),
            word("quality.column.age", lang): [
                _age_text(run, d, has_later=has_later)
                for d, has_later in zip(rows["newest_date"], rows["has_later_content"], strict=True)
            ],
            word("column.strength", lang): [_strength_text(s, lang) for s in rows["strengths"]],
            word("column.rows", lang): rows["row_count"],
            word("column.licence", lang): [text_or_blank(p) for p in rows["licence"]],
            word("column.cannot_tell", lang): [text_or_blank(p) for p in rows[cannot]],
            word("column.producer", lang): [text_or_blank(p) for p in rows["producer"]],
            word("column.received", lang): dates_or_none(rows["received_date"]),
            word("column.file", lang): rows["file"],
        }
    )


def _age_text(run: Run, newest: Any, *, has_later: bool) -> str:
    """Months from the newest content to the day shown; no content so far, or no dates, says so."""
    day = day_of(newest)
    if day is None:
        key = "later_content" if has_later else "no_dated_content"
        return word(f"quality.{key}", run.view.lang)
    return word("page.months", run.view.lang, count=months_between(day, run.view.as_of))


def _strength_text(strengths: Any, lang: str) -> str:
    """How many facts of each strength, strongest first; '' where strength does not apply."""
    if not isinstance(strengths, Iterable):
        return ""
    counts: Mapping[str, int] = {s["strength"]: int(s["facts"]) for s in strengths}
    return ", ".join(
        f"{word(f'strength.{s.value}', lang)}: {format_number(counts[s.value], lang)}"
        for s in Strength
        if s.value in counts
    )

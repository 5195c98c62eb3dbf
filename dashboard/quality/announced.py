"""Announced against evidenced totals: both numbers, the difference and what explains it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

import pandas as pd

from dashboard.filters import Run
from dashboard.headline import LAGGING
from dashboard.kept import kept_for
from dashboard.queries import query_announced_totals, query_statuses
from dashboard.tables import date_or_blank, text_or_blank
from dashboard.words import day_of, format_number, word
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION
from domain.vintages import vintage_at

# Which class of which indicator an announced total counts.
_COUNTED: Final = {
    "regulation_on_decision79_not_amended": (REGULATION, "outdated"),
    "only_general_foreign_affairs_regulation": (REGULATION, "general_only"),
}


class Comparison(NamedTuple):
    """`announced` and `evidenced` count the same thing on the day of the announcement.

    None where the dashboard does not follow the subject. `why` is a key of `quality.why`.
    """

    announced: int
    evidenced: int | None
    why: str
    contradicted: int = 0

    @property
    def difference(self) -> int | None:
        """Evidenced less announced."""
        return None if self.evidenced is None else self.evidenced - self.announced


def compare_total(run: Run, total: Any) -> Comparison:
    """One announced total (a row of query_announced_totals) with what documents show that day.

    Who lags is announced without names, so those who do not lag are compared: they can be found.
    """
    day = total.as_of_date.date()
    if total.indicator == LAGGING:
        announced = int(total.out_of) - int(total.announced_count)
        found = _count(run, HUMAN_RIGHTS_PLAN, "adopted", day)
        return Comparison(announced, found, _why_lagging(announced, found))
    if total.indicator in _COUNTED:
        indicator, class_name = _COUNTED[total.indicator]
        announced, found = int(total.announced_count), _count(run, indicator, class_name, day)
        contradicted = _contradicted(run, indicator, day) if class_name == "outdated" else 0
        why = "same" if found == announced else "other_documents"
        return Comparison(announced, found, why, contradicted)
    return Comparison(int(total.announced_count), None, "not_followed")


def _why_lagging(announced: int, found: int) -> str:
    if found == announced:
        return "same"
    return "not_named" if found < announced else "more_found"


def _count(run: Run, indicator: str, class_name: str, day: date) -> int:
    rows = query_statuses(run.snapshot, vintage_at(day).key, indicator, "", day)
    return int((rows["class"] == class_name).sum())


def _contradicted(run: Run, indicator: str, day: date) -> int:
    rows = query_statuses(run.snapshot, vintage_at(day).key, indicator, "", day)
    return int(rows["has_contradiction"].sum())


def announced_table(run: Run) -> pd.DataFrame:
    """One row per announced total up to the as-of date."""
    return kept_for(run, "announced table", partial(_table, run))


def _table(run: Run) -> pd.DataFrame:
    lang = run.view.lang
    totals = query_announced_totals(run.snapshot, run.view.as_of)
    rows = list(totals.itertuples())
    compared = [compare_total(run, total) for total in rows]
    return pd.DataFrame(
        {
            word("column.title", lang): [word(f"announced.{r.indicator}", lang) for r in rows],
            word("column.announced", lang): [
                _announced_text(r, c, lang) for r, c in zip(rows, compared, strict=True)
            ],
            word("column.evidenced", lang): [format_number(c.evidenced, lang) for c in compared],
            word("quality.column.difference", lang): [
                _signed(c.difference, lang) for c in compared
            ],
            word("quality.column.why", lang): [_why_text(c, lang) for c in compared],
            word("quality.column.now", lang): [_now_text(run, r) for r in rows],
            word("column.document", lang): [_document_text(r, lang) for r in rows],
        }
    )


def _document_text(total: Any, lang: str) -> str:
    parts = [text_or_blank(total.document_number), date_or_blank(total.issued_date, lang)]
    if text_or_blank(total.section):
        parts.append(word("evidence.section", lang, section=total.section))
    return ", ".join(part for part in parts if part)


def _announced_text(total: Any, comparison: Comparison, lang: str) -> str:
    printed = f"{total.announced_count}/{total.out_of}"
    if total.indicator == LAGGING:
        return word("quality.announced_rest", lang, printed=printed, rest=comparison.announced)
    return printed


def _signed(difference: int | None, lang: str) -> str:
    if difference is None:
        return "–"
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + format_number(abs(difference), lang)


def _why_text(comparison: Comparison, lang: str) -> str:
    count = abs(comparison.difference or 0)
    text = word(f"quality.why.{comparison.why}", lang, count=count)
    if comparison.contradicted:
        text += " " + word("quality.why.contradicted", lang, count=comparison.contradicted)
    return text


def _now_text(run: Run, total: Any) -> str:
    """What documents show on the day looked at, in the units of that day."""
    indicator, class_name = _COUNTED.get(total.indicator, (HUMAN_RIGHTS_PLAN, "adopted"))
    if total.indicator != LAGGING and total.indicator not in _COUNTED:
        return "–"
    day = run.view.as_of
    if day_of(total.as_of_date) == day:
        return word("quality.same_day", run.view.lang)
    units = len(run.facts.provinces[run.view.vintage])
    return f"{_count(run, indicator, class_name, day)}/{units}"

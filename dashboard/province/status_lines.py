"""The status of every indicator of one unit, in words: what the profile says first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.plans.deadline_rows import report_text
from dashboard.province.reports import report_status
from dashboard.queries.province import query_province_statuses
from dashboard.statuses import OLD_AFTER_MONTHS, part_text, scope_of
from dashboard.tables import class_text, date_or_blank, text_or_blank
from dashboard.view import months_between
from dashboard.words import day_of, format_date, word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    DECISION_1079_DATE,
    HUMAN_RIGHTS_PLAN,
    MIXED,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
)

_COLUMNS: Final = (
    "province_code_gso", "indicator", "scope", "class", "class_since", "strength", "evidence_date",
    "date_basis", "nature", "document_number", "issued_date", "issuing_body", "section",
    "source_url", "flags", "part_classes", "has_contradiction",
)  # fmt: skip
Key = tuple[str, str]


@dataclass(frozen=True)
class StatusLine:
    """One indicator of one unit on a day; `class_name` None: the warehouse holds no such status."""

    indicator: str
    scope: str
    class_name: str | None
    row: dict[str, Any]

    @property
    def is_unknown(self) -> bool:
        """No evidence says anything: neither for nor against the province."""
        return self.class_name in (None, UNKNOWN_CLASS[self.indicator])


def statuses_on(run: Run, vintage: int, day: date) -> dict[str, dict[Key, dict[str, Any]]]:
    """Rows of all units of a vintage on a day: by code, then by (indicator, scope)."""
    key = ("province statuses", run.snapshot.id, vintage, day)
    return kept(key, lambda: _by_unit(query_province_statuses(run.snapshot, vintage, day)))


def _by_unit(rows: pd.DataFrame) -> dict[str, dict[Key, dict[str, Any]]]:
    found: dict[str, dict[Key, dict[str, Any]]] = {}
    for values in zip(*(rows[name].tolist() for name in _COLUMNS), strict=True):
        row = dict(zip(_COLUMNS, values, strict=True))
        found.setdefault(row["province_code_gso"], {})[row["indicator"], row["scope"]] = row
    return found


def shown_scopes(run: Run, routes: Sequence[str]) -> list[Key]:
    """(indicator, scope) of every line of a profile: the plan year of the view, and its routes."""
    year = scope_of(run.view, run.facts, ANNUAL_PLAN)
    return [
        (REGULATION, ""),
        (HUMAN_RIGHTS_PLAN, ""),
        (ANNUAL_PLAN, year),
        *((BORDER_ROUTE, route) for route in routes),
        (RESULT_REPORT, year),
    ]


def load_lines(run: Run, code: str, routes: Sequence[str]) -> list[StatusLine]:
    """The lines of one unit of the view's vintage on its as-of date."""
    return [unit_line(run, code, *key) for key in shown_scopes(run, routes)]


def unit_line(run: Run, code: str, indicator: str, scope: str) -> StatusLine:
    """One line of a unit of the view's vintage on its as-of date; reports are judged on the day."""
    if indicator == RESULT_REPORT:
        row = report_status(run, code, int(scope)) if scope else {}
        return StatusLine(indicator, scope, row.get("class"), row)
    rows = statuses_on(run, run.view.vintage, run.view.as_of).get(code, {})
    return line_of(rows, indicator, scope)


def line_of(rows: dict[Key, dict[str, Any]], indicator: str, scope: str) -> StatusLine:
    """One line out of the rows of a unit."""
    row = rows.get((indicator, scope), {})
    return StatusLine(indicator, scope, row.get("class"), row)


def indicator_text(indicator: str, scope: str, lang: str) -> str:
    """The indicator with its year or route."""
    name = word(f"indicator.{indicator}", lang)
    if indicator == BORDER_ROUTE:
        return f"{name}: {word(f'route.{scope}', lang)}"
    return f"{name} {scope}".rstrip()


def state_text(line: StatusLine, as_of: date, lang: str) -> str:
    """Sign and word of the class; without a row, why there is none."""
    if line.class_name is not None and line.indicator == RESULT_REPORT:
        return report_text(line.class_name, lang)
    if line.class_name is not None:
        return class_text(line.indicator, line.class_name, lang)
    if line.indicator == HUMAN_RIGHTS_PLAN and as_of < DECISION_1079_DATE:
        return word("province.status.before_1079", lang, date=format_date(DECISION_1079_DATE, lang))
    return word("province.status.no_data", lang)


def since_text(line: StatusLine, as_of: date, lang: str) -> str:
    """Since when the class holds; for the unknown, up to when nothing was found."""
    if line.class_name is None:
        return ""
    if line.is_unknown:
        return word("province.status.nothing_until", lang, date=format_date(as_of, lang))
    if line.indicator == RESULT_REPORT:
        received = line.row["received"]
        return word("province.status.received", lang, date=received) if received else ""
    return word("province.status.since", lang, date=date_or_blank(line.row["class_since"], lang))


def deciding_text(line: StatusLine, tests: Sequence[str], lang: str) -> str:
    """What passes (of a route), number, date, issuing body and strength; "" for the unknown.

    `tests`: those of ROUTE_TESTS that evidence passes; an observed cluster has no number.
    """
    row = line.row
    if line.is_unknown:
        return ""
    if line.indicator == RESULT_REPORT:
        return text_or_blank(row["document_number"])
    if row["nature"] == "reference":
        return word("nature.reference", lang)
    number = text_or_blank(row["document_number"])
    if not number and not tests:
        number = word("evidence.no_number", lang)
    day = date_or_blank(row["evidence_date"], lang)
    if row["date_basis"] != "issued":
        day += f", {word('basis.' + row['date_basis'], lang)}"
    section = text_or_blank(row["section"])
    parts = [
        "; ".join(word(f"test.{test}", lang) for test in tests),
        number,
        day,
        text_or_blank(row["issuing_body"]),
        word("evidence.section", lang, section=section) if section else "",
        word(f"strength.{row['strength']}", lang),
    ]
    return " · ".join(part for part in parts if part)


def remark_text(line: StatusLine, run: Run) -> str:
    """What a reader must know beside it: contradiction, old evidence, parts, what it was before."""
    lang, as_of = run.view.lang, run.view.as_of
    if line.class_name is None:
        return _why_no_data(line, as_of, lang)
    if line.indicator == RESULT_REPORT:
        parts = line.row["parts"] if line.class_name == MIXED else ""
        return "; ".join(text for text in (_due_text(line, lang), parts) if text)
    remarks = []
    if line.row["has_contradiction"]:
        remarks.append(f"⚠ {word('evidence.contradiction', lang)}")
    day = day_of(line.row["evidence_date"])
    if day is not None and line.row["nature"] != "reference":
        months = months_between(day, as_of)
        if months > OLD_AFTER_MONTHS:
            remarks.append(word("province.status.old", lang, months=months))
    if line.class_name == MIXED:
        names = {code: unit.name for code, unit in run.facts.provinces[2008].items()}
        remarks.append(part_text(line.indicator, line.row["part_classes"], names, lang))
    return "; ".join([*remarks, *_before(line, run)])


def _before(line: StatusLine, run: Run) -> list[str]:
    """The class on the day compared with, where the reader chose one."""
    view = run.view
    if view.since is None:
        return []
    rows = statuses_on(run, view.vintage, view.since).get(line.row["province_code_gso"], {})
    before = line_of(rows, line.indicator, line.scope)
    if before.class_name is None:
        return []
    state = class_text(line.indicator, before.class_name, view.lang)
    day = format_date(view.since, view.lang)
    key = "same" if before.class_name == line.class_name else "changed"
    return [word(f"province.status.{key}", view.lang, date=day, state=state)]


def _due_text(line: StatusLine, lang: str) -> str:
    if line.row["due"] is None:
        return word("province.status.due_unknown", lang, year=line.scope)
    return word("province.status.due", lang, date=format_date(line.row["due"], lang))


def _why_no_data(line: StatusLine, as_of: date, lang: str) -> str:
    if line.indicator == HUMAN_RIGHTS_PLAN and as_of < DECISION_1079_DATE:
        return ""
    return word("province.status.no_row", lang, year=line.scope)

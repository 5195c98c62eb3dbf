"""Deadlines of a year and the reports received, as rows; no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.charts.deadlines import DeadlineLine
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.plans.rows import unit_name
from dashboard.queries.plans import (
    query_deadlines,
    query_report_statuses,
    query_reports_received,
)
from dashboard.tables import class_text, first_address, text_or_blank
from dashboard.words import day_of, format_date, word
from domain.deadlines import Deadline, due_dates
from domain.indicators import RESULT_REPORT, UNKNOWN_CLASS

SOURCES: Final = ("document_facts",)
RECEIVED: Final = "received"  # a report came, but no deadline is known to judge it by
_END: Final = "end"  # how the facts name the last lines of a document


@dataclass(frozen=True)
class YearDeadline:
    """One deadline with its days in the year in question; `row` is that of sql/deadlines.sql."""

    deadline: Deadline
    days: tuple[date, ...]
    row: Mapping[Any, Any]


def year_deadlines(run: Run, year: int) -> list[YearDeadline]:
    """Deadlines known on the as-of date with their days in a year, those for all provinces first.

    Of the others those of the chosen province, or on the chosen route.
    """
    return kept_for(run, f"plans deadlines {year}", lambda: _year_deadlines(run, year))


def _year_deadlines(run: Run, year: int) -> list[YearDeadline]:
    view = run.view
    units = run.facts.provinces[view.vintage]
    found = []
    for row in query_deadlines(run.snapshot, view.vintage, view.as_of).to_dict("records"):
        code = text_or_blank(row["province_code_gso"])
        if code and view.route and view.route not in units[code].routes:
            continue
        if code and view.province not in (None, code):
            continue
        deadline = Deadline(
            row["period"],
            day_of(row["due_date"]),
            text_or_blank(row["month_day"]) or None,
            bool(row["is_every_year"]),
            day_of(row["counts_from_date"]),
        )
        found.append(YearDeadline(deadline, due_dates(deadline, year), row))
    return found


def document_text(row: Mapping[Any, Any], lang: str) -> str:
    """The document that sets a deadline: number or plan year, date, province."""
    number = text_or_blank(row["document_number"])
    if not number and not pd.isna(row["plan_year"]):
        number = word("page.plans.deadlines.annual_plan", lang, year=int(row["plan_year"]))
    day = day_of(row["counts_from_date"])
    parts = [
        number or word("evidence.no_number", lang),
        word("evidence.undated", lang) if day is None else format_date(day, lang),
    ]
    if text_or_blank(row["province_code_gso"]):
        parts.append(unit_name(row, "own_name"))
    return ", ".join(parts)


def bodies_text(row: Mapping[Any, Any], lang: str) -> str:
    """Who reports to whom, as far as the data say."""
    unknown = word("page.plans.deadlines.unknown_body", lang)
    bodies = [text_or_blank(row[name]) for name in ("from_body", "to_body")]
    if not any(bodies):
        return word("page.plans.deadlines.unknown_bodies", lang)
    return " → ".join(body or unknown for body in bodies)


def deadline_lines(deadlines: Sequence[YearDeadline], lang: str) -> list[DeadlineLine]:
    """Those with a day in the year, for the chart."""
    return [
        DeadlineLine(bodies_text(d.row, lang), document_text(d.row, lang), d.days)
        for d in deadlines
        if d.days
    ]


def deadline_table(deadlines: Sequence[YearDeadline], year: int, lang: str) -> pd.DataFrame:
    """One row per deadline: days in the year, how often, from whom to whom, document, place."""
    rows = [d.row for d in deadlines]
    unknown = word("page.plans.deadlines.unknown_body", lang)
    return pd.DataFrame(
        {
            word("page.plans.column.due", lang, year=year): [
                ", ".join(format_date(day, lang) for day in d.days) or "–" for d in deadlines
            ],
            word("page.plans.column.repeat", lang): [
                word(f"page.plans.period.{d.deadline.period}", lang) for d in deadlines
            ],
            word("page.plans.column.from_body", lang): [
                text_or_blank(r["from_body"]) or unknown for r in rows
            ],
            word("page.plans.column.to_body", lang): [
                text_or_blank(r["to_body"]) or unknown for r in rows
            ],
            word("column.document", lang): [document_text(r, lang) for r in rows],
            word("column.section", lang): [section_text(r["section"], lang) for r in rows],
            word("column.passage", lang): [text_or_blank(r["quote"]) for r in rows],
            word("column.source", lang): [first_address(r["source_url"]) for r in rows],
        },
        index=pd.Index([text_or_blank(r["province_code_gso"]) for r in rows]),
    )


def section_text(section: Any, lang: str) -> str:
    """The place in the document."""
    text = text_or_blank(section)
    return word("page.plans.section_end", lang) if text == _END else text


def report_due(run: Run, year: int) -> date | None:
    """The day on which all provinces owe their report of the year, None where none is known."""
    found = _report_statuses(run, year)
    return day_of(found["due_date"].iloc[0]) if len(found) else None


def _report_statuses(run: Run, year: int) -> pd.DataFrame:
    view = run.view
    return kept_for(
        run,
        f"plans report statuses {year}",
        lambda: query_report_statuses(run.snapshot, view.vintage, year, view.as_of),
    )


def report_rows(run: Run, year: int) -> pd.DataFrame:
    """province_code_gso, province_name, class, parts, received_date, document_number, source_url.

    One row per unit on the route. `class` is that of the warehouse. It has none of a year of which
    no report and no deadline is known: nothing is due before that year begins, then none is known.
    RECEIVED stands for `not_due` where a report came and no deadline is known.
    """
    return kept_for(run, f"plans reports {year}", lambda: _report_rows(run, year))


def _report_rows(run: Run, year: int) -> pd.DataFrame:
    view, lang = run.view, run.view.lang
    has_due = report_due(run, year) is not None
    received: dict[tuple[int, str], Mapping[Any, Any]] = {}
    for row in query_reports_received(run.snapshot, year, view.as_of).to_dict("records"):
        received.setdefault((int(row["vintage"]), str(row["province_code_gso"])), row)

    def shown(class_name: str, has_report: bool) -> str:
        is_unjudged = class_name == "not_due" and has_report and not has_due
        return RECEIVED if is_unjudged else class_name

    statuses = {
        str(r["province_code_gso"]): r for r in _report_statuses(run, year).to_dict("records")
    }
    otherwise = "not_due" if view.as_of < date(year, 1, 1) else UNKNOWN_CLASS[RESULT_REPORT]
    names = run.facts.provinces[2008]
    rows = []
    for unit in run.facts.names(view.vintage):
        if view.route and view.route not in unit.routes:
            continue
        status = statuses.get(unit.code, {"class": otherwise})
        own = received.get((view.vintage, unit.code))
        reports = [r for code in unit.parts if (r := received.get((2008, code)))]
        if own is not None:
            reports = [own]
        pairs = [p.split("=") for p in text_or_blank(status.get("part_classes")).split(";") if p]
        rows.append(
            {
                "province_code_gso": unit.code,
                "province_name": unit.name,
                "class": shown(str(status["class"]), bool(reports)),
                "parts": "; ".join(
                    f"{names[code].name}: "
                    f"{report_text(shown(name, (2008, code) in received), lang)}"
                    for code, name in pairs
                ) if len(pairs) > 1 else "",
                "received": ", ".join(format_date(r["received_date"], lang) for r in reports),
                "number": ", ".join(text_or_blank(r["document_number"]) for r in reports),
                "source_url": reports[0]["source_url"] if reports else None,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def report_text(class_name: str, lang: str) -> str:
    """Sign and name of a class of result_report, or that the report cannot be judged."""
    if class_name == RECEIVED:
        return "◆ " + word("page.plans.reports.received", lang)
    return class_text(RESULT_REPORT, class_name, lang)


def report_table(reports: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per unit, those that have reported first: class, report received, number."""
    reports = reports.sort_values("received", key=lambda days: days == "", kind="stable")
    columns: dict[str, Any] = {
        word("column.province", lang): reports["province_name"],
        word("column.class", lang): [report_text(c, lang) for c in reports["class"]],
    }
    if reports["parts"].any():
        columns[word("column.part_classes", lang)] = reports["parts"]
    columns |= {
        word("page.plans.column.received", lang): reports["received"],
        word("column.number", lang): reports["number"],
        word("column.source", lang): [first_address(u) for u in reports["source_url"]],
    }
    return pd.DataFrame(columns).set_index(reports["province_code_gso"])

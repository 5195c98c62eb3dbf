"""The parts on regulations, human-rights plans, annual plans and reports of results."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from dashboard.announced_figures import load_reconciliation
from dashboard.briefing.content import Bars, Finding, Picture, Section, Table
from dashboard.briefing.matter import CHART_WIDTH, Matter
from dashboard.charts import describe_reconciliation, plot_reconciliation
from dashboard.colours import class_style
from dashboard.headline import LAGGING, adopted_at, announced
from dashboard.lists import BEHIND
from dashboard.queries import query_silent_provinces
from dashboard.queries.plans import query_guidance_letters
from dashboard.statuses import Statuses
from dashboard.tables import status_table, text_or_blank
from dashboard.words import word
from domain.indicators import (
    ANNUAL_PLAN,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
)


def regulation(matter: Matter) -> Section:
    """Who rests on what, who is behind by which letter, announced against evidenced."""
    found = matter.statuses(REGULATION)
    shown = found.shown
    matter.used("regulations", "letter_findings", "announced_totals", "ministry_guidance")
    parts = [_counted(matter, found, "regulation"), *_implied(matter, found)]
    parts += _behind(matter, found)
    disputed = shown[shown["has_contradiction"]]
    if len(disputed):
        names = matter.names(disputed["province_name"])
        parts.append(matter.finding("regulation_disputed", count=len(disputed), names=names))
    items = [matter.map("regulation_map", found), *_reconciled(matter, REGULATION)]
    return matter.section("regulation", *parts, *items, _behind_table(matter, found))


def human_rights_plan(matter: Matter) -> Section:
    """What the letter announces, what is evidenced, and whose plan has run out."""
    found = matter.statuses(HUMAN_RIGHTS_PLAN)
    shown = found.shown
    matter.used("human_rights_plans", "announced_totals", "ministry_guidance")
    parts = [*_announced_lagging(matter), _counted(matter, found, "human_rights_plan")]
    adopted = shown[shown["class"] == "adopted"]
    if len(adopted):
        parts.append(
            matter.finding(
                "human_rights_adopted",
                names=matter.names(adopted["province_name"]),
                evidence=matter.evidence(adopted),
            )
        )
    parts += _behind(matter, found)
    items = [matter.map("human_rights_map", found), *_reconciled(matter, HUMAN_RIGHTS_PLAN)]
    known = shown[shown["strength"].notna()]
    table = Table(
        "human_rights_known",
        word("briefing.table.human_rights_known", matter.lang),
        _printed(status_table(known, HUMAN_RIGHTS_PLAN, matter.lang), matter.lang),
        word("briefing.table.empty", matter.lang),
    )
    return matter.section("human_rights_plan", *parts, *items, table)


def annual_plan(matter: Matter) -> Section:
    """The plans of one year against the year's start and its guidance letter."""
    found = matter.statuses(ANNUAL_PLAN)
    matter.used("annual_plans", "ministry_guidance")
    parts = [_counted(matter, found, "annual_plan", year=found.scope)]
    letters = query_guidance_letters(matter.run.snapshot, matter.run.view.as_of)
    guiding = letters[letters["guides_year"].astype("Int64").astype(str) == found.scope]
    for letter in guiding.to_dict("records"):
        parts.append(
            matter.finding(
                "annual_plan_letter",
                year=found.scope,
                letter=_document(matter, letter),
            )
        )
    late = found.shown[found.shown["class"] == "issued_after"]
    if len(late):
        names = matter.names(late["province_name"])
        parts.append(matter.finding("annual_plan_late", count=len(late), names=names))
    known = found.shown[found.shown["strength"].notna()]
    table = Table(
        "annual_plan_known",
        word("briefing.table.annual_plan_known", matter.lang, year=found.scope),
        _printed(status_table(known, ANNUAL_PLAN, matter.lang), matter.lang),
        word("briefing.table.empty", matter.lang),
    )
    items = [matter.map("annual_plan_map", found), matter.counts("annual_plan_counts", found)]
    return matter.section("annual_plan", *parts, *items, table)


def result_report(matter: Matter) -> Section | None:
    """Who has reported on time; None where no year can be judged."""
    if not matter.run.facts.report_years:
        return None
    found = matter.statuses(RESULT_REPORT)
    matter.used("ministry_guidance")
    parts = [_counted(matter, found, "result_report", year=found.scope)]
    late = found.shown[found.shown["class"] == "late"]
    if len(late):
        names = matter.names(late["province_name"])
        parts.append(matter.finding("result_report_late", count=len(late), names=names))
    picture = matter.map("result_report_map", found)
    return matter.section("result_report", *parts, picture)


def _counted(matter: Matter, found: Statuses, key: str, **values: Any) -> Finding:
    """How many units have each class that occurs, in one sentence."""
    counts = found.counts
    said = "; ".join(
        matter.say(
            "class_count",
            count=matter.number(count),
            label=matter.label(found.indicator, name),
        )
        for name, count in counts.itertuples(index=False)
        if count
    )
    return matter.finding(
        f"{key}_counts",
        date=matter.day(found.as_of),
        total=matter.number(len(found.shown)),
        counts=said,
        evidence=matter.evidence(found.shown),
        **values,
    )


def _implied(matter: Matter, found: Statuses) -> list[Finding]:
    """What the current ones rest on: a document, or only the silence of a letter."""
    shown = found.shown
    implied = shown[(shown["class"] == "current") & (shown["strength"] == "implied")]
    if implied.empty:
        return []
    codes = set(implied["province_code_gso"])
    seen = 0
    if found.vintage == 2008:
        for day in implied["evidence_date"].dropna().unique():
            silent = query_silent_provinces(matter.run.snapshot, pd.Timestamp(day).date())
            silent = silent[silent["province_code_gso"].isin(codes)]
            seen += int((silent["has_document"] & ~silent["has_contradiction"]).sum())
    return [
        matter.finding(
            "regulation_implied",
            count=len(implied),
            proven=found.count("current") - len(implied),
            seen=seen,
            disputed=int(implied["has_contradiction"].sum()),
            letters=_documents(matter, implied),
            evidence=matter.evidence(implied),
        )
    ]


def _announced_lagging(matter: Matter) -> list[Finding]:
    """The headline of the letter, for the whole country whatever the scope, reconciled."""
    total = announced(matter.run, LAGGING)
    if total is None or matter.run.view.vintage != 2008:
        return []
    day = total["as_of_date"].date()
    return [
        matter.finding(
            "human_rights_announced",
            lagging=int(total["announced_count"]),
            out_of=int(total["out_of"]),
            document=total["document_number"],
            date=matter.day(day),
            named=adopted_at(matter.run, day),
            implied=int(total["out_of"]) - int(total["announced_count"]),
        )
    ]


def _behind(matter: Matter, found: Statuses) -> list[Finding]:
    """Units that evidence names as behind: a sentence per class, with document and names."""
    findings = []
    for name in BEHIND[found.indicator]:
        rows = found.shown[found.shown["class"] == name]
        if rows.empty:
            continue
        label = word(f"class.{found.indicator}.{name}", matter.lang)
        findings.append(
            matter.finding(
                f"{found.indicator}_{name}",
                label=label,
                count=len(rows),
                names="; ".join(_by_document(matter, rows)),
                evidence=matter.evidence(rows),
            )
        )
    return findings


def _by_document(matter: Matter, rows: pd.DataFrame) -> list[str]:
    """Names grouped by the document that says so, with the day since when."""
    keys = ["document_number", "evidence_date"]
    said = []
    for (number, day), group in rows.groupby(keys, dropna=False, sort=True):
        record = {"document_number": number, "issued_date": day}
        names = matter.names(_name_and_since(matter, row) for row in group.to_dict("records"))
        said.append(matter.say("by_document", names=names, document=_document(matter, record)))
    return said


def _name_and_since(matter: Matter, row: dict[Any, Any]) -> str:
    """The unit, with the day since when it is so where that is not the document's own."""
    name, since = str(row["province_name"]), row["class_since"]
    if pd.isna(since) or since == row["evidence_date"]:
        return name
    return matter.say("name_since", name=name, date=matter.day(since))


def _document(matter: Matter, record: dict[Any, Any]) -> str:
    number = text_or_blank(record["document_number"]) or word("evidence.no_number", matter.lang)
    if pd.isna(record["issued_date"]):
        return number
    return matter.say("document", number=number, date=matter.day(record["issued_date"]))


def _documents(matter: Matter, rows: pd.DataFrame) -> str:
    found = (
        rows[["document_number", "evidence_date"]].drop_duplicates().sort_values("evidence_date")
    )
    return ", ".join(
        _document(matter, {"document_number": r.document_number, "issued_date": r.evidence_date})
        for r in found.itertuples()
    )


def _behind_table(matter: Matter, found: Statuses) -> Table:
    """Who is behind or unknown, with the reason: what a reminder would name."""
    classes = (*BEHIND[found.indicator], UNKNOWN_CLASS[found.indicator])
    late = found.shown[found.shown["class"].isin(classes)]
    return Table(
        f"{found.indicator}_behind",
        word(f"briefing.table.{found.indicator}_behind", matter.lang),
        _printed(status_table(late, found.indicator, matter.lang), matter.lang),
        word("briefing.table.none_behind", matter.lang),
    )


def _printed(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Without the addresses: they are long, and the annex has them."""
    return table.drop(columns=word("column.source", lang))


def _reconciled(matter: Matter, indicator: str) -> list[Picture]:
    """Announced beside evidenced: of the whole country only, where a letter has come."""
    found = load_reconciliation(matter.run, indicator) if matter.is_country else None
    if found is None:
        return []
    lang = matter.lang
    draw = partial(plot_reconciliation, found.parts, indicator, lang, headings=found.headings)
    sides = [word(f"chart.reconciliation.{side}", lang) for side in ("announced", "evidenced")]
    rows = found.parts.to_dict("records")
    series = tuple(
        (
            str(row["label"]),
            class_style(indicator, row["class"]).fill(False),
            tuple(
                float(row["count"]) if row["column"] == side else None
                for side in ("announced", "evidenced")
            ),
        )
        for row in rows
    )
    return [
        Picture(
            key=f"{indicator}_reconciliation",
            title=found.title,
            note=found.caption,
            alt=describe_reconciliation(found.parts, lang),
            draw=draw,
            width=CHART_WIDTH,
            bars=Bars(tuple(sides), series, word("column.provinces", lang), is_stacked=True),
        )
    ]

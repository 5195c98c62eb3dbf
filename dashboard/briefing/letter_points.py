"""What a letter has to tell each province: what lags, what is not known, what sources disagree on.

Only what evidence names lags. The unknown is asked for: that nothing was received is no reproach.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

from dashboard.briefing.letter_subjects import OLD_VINTAGE, Record, Subject, subjects_of
from dashboard.briefing.letter_words import NationalBase, document_text, official_date, unit_title
from dashboard.filters import Run
from dashboard.headline import LAGGING as ANNOUNCED_LAGGING
from dashboard.headline import announced
from dashboard.lists import BEHIND
from dashboard.province.documents import load_documents
from dashboard.province.reports import report_status
from dashboard.queries import query_contradictions, query_evidence
from dashboard.queries.plans import query_guidance_letters
from dashboard.statuses import load_statuses
from dashboard.tables import contradiction_table, first_address, text_or_blank
from dashboard.words import day_of, word
from domain.indicators import (
    ANNUAL_PLAN,
    GENERAL_REGULATION,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
)

LAGGING, ASKED, DISPUTED = "lagging", "asked", "disputed"
NEEDS: Final = (LAGGING, ASKED, DISPUTED)
# What regulations and human-rights plans rest on (design.md section 4).
DECREE, CIRCULAR, AMENDMENT = "72/2015/NĐ-CP", "22/2016/TT-BTTTT", "148/2026/NĐ-CP"
OLD_DECISION, HUMAN_RIGHTS_DECISION = "79/2010/QĐ-TTg", "1079/QĐ-TTg"


@dataclass(frozen=True)
class Point:
    """One thing to tell a province: a whole sentence, and `short` for the cell of a list.

    `basis` names the documents that say so, `since` the day from which it is on record (None for
    what is only asked). `evidence` are rows of mart.evidence.
    """

    need: str  # one of NEEDS
    indicator: str
    text: str
    short: str
    basis: str = ""
    since: date | None = None
    evidence: tuple[Record, ...] = ()


def load_points(run: Run, codes: Iterable[str]) -> dict[str, tuple[Point, ...]]:
    """The points of each unit of the view's vintage, in the order of NEEDS; () for none."""
    base = NationalBase.of(run)
    wanted = set(codes)
    found: dict[str, list[Point]] = {code: [] for code in sorted(wanted)}
    for indicator, tell in _TELL.items():
        statuses = load_statuses(run, indicator)
        rows = statuses.table[statuses.table["province_code_gso"].isin(wanted)]
        evidence = query_evidence(
            run.snapshot, statuses.vintage, indicator, statuses.scope, statuses.as_of
        )
        by_code = {str(code): group for code, group in evidence.groupby("province_code_gso")}
        for row in rows.to_dict("records"):
            code = str(row["province_code_gso"])
            for subject in subjects_of(run, row, by_code.get(code), indicator):
                point = tell(run, base, subject, statuses.scope)
                if point is not None:
                    found[code].append(_with_undated(run, code, point, subject, statuses.scope))
    for code in found:
        found[code] += [*_report(run, code), *_disputed(run, code)]
        found[code].sort(key=lambda point: NEEDS.index(point.need))
    return {code: tuple(points) for code, points in found.items()}


def _regulation(run: Run, base: NationalBase, subject: Subject, scope: str) -> Point | None:
    """A regulation on an expired base, or none of its own; unverified is only asked for."""
    if not base.has(DECREE):
        return None  # nothing newer than Decision 79/2010 to rest on
    lang, as_of = run.view.lang, run.view.as_of
    values = {
        "unit": subject.title,
        "new": base.short(DECREE),
        "old": base.text(OLD_DECISION),
        "as_of": official_date(as_of, lang),
    }
    if subject.class_name == UNKNOWN_CLASS[REGULATION]:
        return _asked(REGULATION, "unverified", lang, **values)
    if subject.class_name not in BEHIND[REGULATION] or not subject.evidence:
        return None
    deciding, acts = subject.evidence[0], [r for r in subject.evidence if r["nature"] == "act"]
    is_report = deciding["nature"] == "report"
    since = day_of(deciding["evidence_date"])
    assert since is not None  # evidence without a date decides nothing
    key = f"{subject.class_name}_{'report' if is_report else 'act'}"
    said = [
        word(
            f"letters.point.{key}",
            lang,
            document=_with_section(deciding, lang),
            since=official_date(since, lang),
            **values,
        )
    ]
    if is_report and acts:
        own = "; ".join(dict.fromkeys(document_text(act, lang) for act in acts))
        said.append(word("letters.point.own", lang, documents=own))
    if is_report and as_of > since:
        said.append(word("letters.point.nothing_since", lang, **values))
    label = word(f"class.{REGULATION}.{subject.class_name}", lang)
    return Point(
        LAGGING, REGULATION, " ".join(said), _short(subject, REGULATION, label, lang),
        _with_section(deciding, lang), since, subject.evidence,
    )  # fmt: skip


def _human_rights_plan(run: Run, base: NationalBase, subject: Subject, scope: str) -> Point | None:
    """A plan whose printed period is over; a province that no source names is only asked."""
    lang, as_of = run.view.lang, run.view.as_of
    values: dict[str, Any] = {
        "unit": subject.title,
        "decision": base.short(HUMAN_RIGHTS_DECISION),
        "as_of": official_date(as_of, lang),
    }
    if subject.class_name == UNKNOWN_CLASS[HUMAN_RIGHTS_PLAN]:
        point = _asked(HUMAN_RIGHTS_PLAN, "not_named", lang, **values)
        total = announced(run, ANNOUNCED_LAGGING)
        if total is None:
            return point
        told = word(
            "letters.point.announced",
            lang,
            letter=document_text({**total, "issuing_body": None}, lang),
            lagging=int(total["announced_count"]),
            out_of=int(total["out_of"]),
        )
        return replace(point, text=f"{point.text} {told}")
    if subject.class_name not in BEHIND[HUMAN_RIGHTS_PLAN] or not subject.evidence:
        return None
    plan = subject.evidence[0]
    until = day_of(plan["until_date"])
    if until is None:
        return None
    since, document = until + timedelta(days=1), document_text(plan, lang)
    text = word(
        "letters.point.expired",
        lang,
        plan=document,
        until=official_date(until, lang),
        since=official_date(since, lang),
        **values,
    )
    label = word(f"class.{HUMAN_RIGHTS_PLAN}.expired", lang)
    short = _short(subject, HUMAN_RIGHTS_PLAN, label, lang)
    return Point(LAGGING, HUMAN_RIGHTS_PLAN, text, short, document, since, subject.evidence)


def _annual_plan(run: Run, base: NationalBase, subject: Subject, scope: str) -> Point | None:
    """The plan of the year: that none was received is no finding against the province."""
    lang = run.view.lang
    values: dict[str, Any] = {
        "unit": subject.title,
        "year": scope,
        "as_of": official_date(run.view.as_of, lang),
    }
    if subject.class_name == UNKNOWN_CLASS[ANNUAL_PLAN]:
        point = _asked(ANNUAL_PLAN, "none_known", lang, **values)
        letters = query_guidance_letters(run.snapshot, run.view.as_of)
        guiding = letters[letters["guides_year"].astype("Int64").astype(str) == scope]
        if guiding.empty:
            return point
        letter = document_text(guiding.to_dict("records")[0], lang)
        told = word("letters.point.guided", lang, letter=letter)
        return replace(point, text=f"{point.text} {told}")
    if subject.class_name == "known_undated" and subject.evidence:
        plan = document_text(subject.evidence[0], lang)
        point = _asked(ANNUAL_PLAN, "known_undated", lang, plan=plan, **values)
        return replace(point, evidence=subject.evidence)
    return None


_TELL: Final = {
    REGULATION: _regulation,
    HUMAN_RIGHTS_PLAN: _human_rights_plan,
    ANNUAL_PLAN: _annual_plan,
}


def _with_undated(run: Run, code: str, point: Point, subject: Subject, scope: str) -> Point:
    """The point with what is known without a date: it may be in force, so it cannot be ignored.

    What only the end of an earlier document says is then no longer certain, but to be asked.
    """
    lang = run.view.lang
    known = [
        row
        for row in load_documents(run, code).undated_records
        if row["topic"] == point.indicator
        and row["legal_base"] != GENERAL_REGULATION
        and subject.part in ("", row["province_name"])
        and (point.indicator != ANNUAL_PLAN or int(scope) in row["plan_years"])
    ]
    if not known:
        return point
    texts = [_undated_text(row, lang) for row in known]
    told = word("letters.point.undated", lang, documents="; ".join(dict.fromkeys(texts)))
    is_certain = point.need != LAGGING or point.evidence[0]["nature"] == "report"
    need = point.need if is_certain else ASKED
    return replace(point, need=need, text=f"{point.text} {told}")


def _undated_text(row: Record, lang: str) -> str:
    """A document without a date, with the years it is for where they are known."""
    kind = "decision" if row["topic"] == REGULATION else "plan"
    text = document_text({**row, "issued_date": None, "document_kind": kind}, lang)
    if pd.isna(row["first_year"]) or pd.isna(row["last_year"]):
        return text
    first, last = int(row["first_year"]), int(row["last_year"])
    return f"{text}, {word('letters.document.period', lang, first=first, last=last)}"


def _report(run: Run, code: str) -> list[Point]:
    """The report on results of a year whose day is over and of which nothing was received."""
    lang, as_of = run.view.lang, run.view.as_of
    years = [year for year in run.facts.report_years if year <= as_of.year]
    points = []
    for year in years[:1]:  # newest first
        row = report_status(run, code, year)
        if row["class"] == UNKNOWN_CLASS[RESULT_REPORT] and row["due"] and row["due"] < as_of:
            values = {
                "unit": unit_title(run, code, lang),
                "year": year,
                "due": official_date(row["due"], lang),
                "as_of": official_date(as_of, lang),
            }
            points.append(_asked(RESULT_REPORT, "no_report", lang, **values))
    return points


def _disputed(run: Run, code: str) -> list[Point]:
    """Both versions of what sources say against each other, for the province to settle."""
    lang = run.view.lang
    rows = query_contradictions(run.snapshot, run.view.vintage, run.view.as_of)
    rows = rows[rows["province_code_gso"] == code]
    table = contradiction_table(rows, lang)
    points = []
    for row, cells in zip(rows.to_dict("records"), table.to_dict("records"), strict=True):
        subject = word(f"indicator.{row['indicator']}", lang)
        if row["indicator"] == "budget":
            subject += f" ({word('province.programme.' + str(row['scope']), lang)})"
        if run.view.vintage != OLD_VINTAGE:
            subject += f", {row['province_name']}"
        stated = _version(row, "stated", str(cells[word("column.stated", lang)]))
        other = _version(row, "contradicted_by", str(cells[word("column.contradicted_by", lang)]))
        text = word("letters.point.disputed", lang, subject=subject, stated=stated, other=other)
        short = word("letters.short.disputed", lang, subject=subject)
        points.append(Point(DISPUTED, str(row["indicator"]), text, short))
    return points


def _version(row: Record, side: str, said: str) -> str:
    """What a side says, with the site that says it where no document is named."""
    site = urlsplit(text_or_blank(first_address(row[f"{side}_url"]))).netloc.removeprefix("www.")
    return said if text_or_blank(row[f"{side}_number"]) or not site else f"{said} – {site}"


def _asked(indicator: str, key: str, lang: str, **values: Any) -> Point:
    text = word(f"letters.point.{key}", lang, **values)
    return Point(ASKED, indicator, text, word(f"letters.short.{key}", lang, **values))


def _short(subject: Subject, indicator: str, label: str, lang: str) -> str:
    text = f"{word(f'indicator.{indicator}', lang)}: {label[:1].lower()}{label[1:]}"
    return f"{text} ({subject.title})" if subject.part else text


def _with_section(row: Record, lang: str) -> str:
    """The document with the place in it, where that is known."""
    text, section = document_text(row, lang), text_or_blank(row["section"])
    return f"{text}, {word('evidence.section', lang, section=section)}" if section else text

"""The documents of one unit: on a timeline by kind, the undated ones apart, and as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from dashboard.charts.province_timeline import (
    TimelineBand,
    TimelineItem,
    describe_province_timeline,
    plot_province_timeline,
)
from dashboard.document_figures import BASE_MARKS
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.province.sheet import Sheet
from dashboard.queries.province import query_province_documents, query_province_milestones
from dashboard.tables import dates_or_none, first_address, flag_text, text_or_blank
from dashboard.words import day_of, format_date, word
from domain.evidence import STRENGTH_OF_CONFIDENCE
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION

TOPICS: Final = (
    "regulation", "human_rights_plan", "annual_plan", "joint_programme", "related_plan",
    "other", "named_in_letter",
)  # fmt: skip
SOURCES: Final = (
    "regulations", "human_rights_plans", "annual_plans", "related_plans", "programme_5115",
    "ministry_guidance", "letter_findings",
)  # fmt: skip

LEAST_SPAN: Final = timedelta(days=365)
NO_DOCUMENT_SPAN: Final = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Documents:
    """Rows of query_province_documents, by what the as-of date lets be said of them."""

    dated: pd.DataFrame  # up to the as-of date, oldest first
    undated: pd.DataFrame
    later_count: int  # dated after the as-of date: they exist, but not on that day

    @cached_property
    def dated_records(self) -> list[dict[Any, Any]]:
        """The dated rows as records, made once."""
        return self.dated.to_dict("records")

    @cached_property
    def undated_records(self) -> list[dict[Any, Any]]:
        """The undated rows as records, made once."""
        return self.undated.to_dict("records")


def load_documents(run: Run, code: str) -> Documents:
    """The documents of one unit of the view's vintage."""
    return kept_for(run, f"province documents {code}", lambda: _load(run, code))


def _load(run: Run, code: str) -> Documents:
    rows = query_province_documents(run.snapshot, run.view.vintage, code, run.view.as_of)
    day = pd.to_datetime(rows["counts_from_date"])
    is_later = day > pd.Timestamp(run.view.as_of)
    return Documents(rows[day.notna() & ~is_later], rows[day.isna()], int(is_later.sum()))


def render_documents(run: Run, sheet: Sheet) -> None:
    """Timeline, then what could not be drawn on it."""
    lang, found = run.view.lang, load_documents(run, sheet.code)
    signs = word("province.timeline.caption", lang)
    st.caption(signs)
    if found.dated.empty:
        st.info(
            word("province.timeline.none", lang, date=format_date(run.view.as_of, lang)),
            icon=":material/search_off:",
        )
    bands = timeline_bands(run, found)
    first, last = _span(bands, run.view.as_of)
    bands[0] = replace(bands[0], items=tuple(i for i in bands[0].items if i.day >= first))
    sheet.figure(
        partial(plot_province_timeline, bands, first=first, last=last, lang=lang),
        name="timeline",
        title=word("province.timeline.title", lang, province=sheet.name),
        sources=SOURCES,
        note=signs,
        alt=partial(describe_province_timeline, bands[1:], sheet.name, len(found.undated), lang),
        table=partial(document_table, pd.concat([found.dated, found.undated]), lang),
        evidence=partial(document_table, _used(found.dated), lang),
    )
    if sheet.printed:
        sheet.table(
            partial(document_table, pd.concat([found.dated, found.undated]), lang),
            name="documents",
            title=word("province.timeline.title", lang, province=sheet.name),
            sources=SOURCES,
        )
    else:
        _render_undated(found, lang)
    if found.later_count:
        day = format_date(run.view.as_of, lang)
        st.caption(word("province.timeline.later", lang, count=found.later_count, date=day))


def _used(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[[len(names) > 0 for names in rows["used_for"]]]


def _render_undated(found: Documents, lang: str) -> None:
    if found.undated.empty:
        return
    lines = [f"**{word('province.timeline.undated', lang)}**", ""]
    for row in found.undated_records:
        lines.append(f"- {plain_line(row, lang)}")
    st.markdown("\n".join(lines))


def plain_line(row: dict[Any, Any], lang: str) -> str:
    """Kind, number and issuing body of a document without a date."""
    number = text_or_blank(row["document_number"]) or word("evidence.no_number", lang)
    parts = [topic_text(row, lang), number, text_or_blank(row["issuing_body"])]
    return " · ".join(part for part in parts if part)


def timeline_bands(run: Run, found: Documents) -> list[TimelineBand]:
    """Milestones first, then a band for each kind of document that the unit has."""
    lang = run.view.lang
    bands = [TimelineBand(word("province.timeline.milestones", lang), _milestones(run))]
    for topic in TOPICS:
        items = tuple(_item(row, lang) for row in found.dated_records if row["topic"] == topic)
        if items:
            bands.append(TimelineBand(word(f"province.topic.{topic}", lang), items))
    return bands


def _item(row: dict[Any, Any], lang: str) -> TimelineItem:
    number = text_or_blank(row["document_number"]) or word("evidence.no_number", lang)
    day = day_of(row["counts_from_date"])
    assert day is not None
    is_issued = row["date_basis"] == "issued"
    basis = "" if is_issued else f" ({word('basis.' + row['date_basis'], lang)})"
    used = used_text(row["used_for"], lang)
    lines = [
        f"{number}, {format_date(day, lang)}{basis}",
        topic_text(row, lang),
        text_or_blank(row["issuing_body"]),
        used and word("province.timeline.used", lang, indicators=used),
    ]
    label = number if is_issued else f"{number} *"
    return TimelineItem(day, label, "\n".join(p for p in lines if p), bool(len(row["used_for"])))


def _milestones(run: Run) -> tuple[TimelineItem, ...]:
    lang, as_of = run.view.lang, run.view.as_of
    marks = {
        day: word(name, lang)
        for indicator in (REGULATION, HUMAN_RIGHTS_PLAN)
        for day, name in BASE_MARKS[indicator]
        if day <= as_of
    }
    items = [
        TimelineItem(day, label, f"{label}, {format_date(day, lang)}", is_faint=True)
        for day, label in marks.items()
    ]
    for row in query_province_milestones(run.snapshot, as_of).to_dict("records"):
        day = day_of(row["issued_date"])
        assert day is not None
        hover = word(
            "province.timeline.letter",
            lang,
            number=row["document_number"],
            date=format_date(day, lang),
            year=row["guides_year"],
        )
        items.append(TimelineItem(day, str(row["guides_year"]), hover, is_faint=True))
    return tuple(items)


def _span(bands: list[TimelineBand], as_of: date) -> tuple[date, date]:
    """From the first document of the unit, not from the first milestone, to the as-of date."""
    days = [item.day for band in bands[1:] for item in band.items]
    first = min(days, default=as_of - NO_DOCUMENT_SPAN)
    return first, max(as_of, first + LEAST_SPAN)


def topic_text(row: dict[Any, Any], lang: str) -> str:
    """Kind of a document with what it says of itself: base, plan years, period."""
    name = word(f"province.topic_one.{row['topic']}", lang)
    detail = _detail(row, lang)
    return f"{name} ({detail})" if detail else name


def _detail(row: dict[Any, Any], lang: str) -> str:
    if row["topic"] == "regulation":
        return word(f"legal_base.{row['legal_base']}", lang)
    if row["topic"] == "annual_plan":
        return ", ".join(str(year) for year in row["plan_years"])
    first, last = (None if pd.isna(row[c]) else int(row[c]) for c in ("first_year", "last_year"))
    period = "" if last is None else str(last) if first in (None, last) else f"{first}–{last}"
    kind = text_or_blank(row["plan_kind"])
    if row["topic"] == "related_plan" and kind:
        return ", ".join(p for p in (word(f"province.plan_kind.{kind}", lang), period) if p)
    return period


def used_text(indicators: Any, lang: str) -> str:
    """The indicators that a document supports, in words."""
    return ", ".join(word(f"indicator.{name}", lang) for name in indicators)


def document_table(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per document: kind, number, date and what date it is, body, use, how known."""
    records = rows.to_dict("records")
    columns: dict[str, Any] = {
        word("province.column.kind", lang): [topic_text(r, lang) for r in records],
        word("column.number", lang): [text_or_blank(r["document_number"]) for r in records],
        word("column.counts_from", lang): dates_or_none(rows["counts_from_date"]),
        word("province.column.date_basis", lang): [
            # An issue date is what a reader expects: only another date is named.
            ""
            if r["date_basis"] == "issued" or pd.isna(r["date_basis"])
            else word(f"basis.{r['date_basis']}", lang)
            for r in records
        ],
        word("column.issuer", lang): [text_or_blank(r["issuing_body"]) for r in records],
        word("province.column.used_for", lang): [used_text(r["used_for"], lang) for r in records],
        word("column.strength", lang): [_strength(r, lang) for r in records],
        word("column.flags", lang): [flag_text(r["flags"], lang) for r in records],
        word("column.source", lang): [first_address(r["source_url"]) for r in records],
    }
    if rows["is_of_part"].any():  # a unit of 2025: whose document is it
        columns = {word("province.column.part", lang): list(rows["province_name"]), **columns}
    return pd.DataFrame(columns, index=pd.Index([""] * len(rows)))


def _strength(row: dict[Any, Any], lang: str) -> str:
    if row["topic"] == "named_in_letter":
        return word("strength.named_in_letter", lang)
    known = text_or_blank(row["confidence"])
    return word(f"strength.{STRENGTH_OF_CONFIDENCE[known]}", lang) if known else ""

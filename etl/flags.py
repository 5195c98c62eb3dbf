"""Coded flags: what a reader must know of a row, in place of maintainers' notes.

Notes are in English and not for the screen. Each flag has a text in both languages
(dashboard/text, section `flag`). Most follow from the typed values; the rest from fixed phrases of
the notes, listed here once, with their expected counts in tests/test_etl_flags.py.
"""

from __future__ import annotations

import re

from etl.harmonize import TypedRow

# (tables, phrase in the note, flag); tables '' means all.
_NOTE_RULES: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = tuple(
    (tuple(tables.split()), re.compile(pattern, re.IGNORECASE), flag)
    for tables, pattern, flag in (
        ("regulations", r"no (newer .*|)replacement found", "no_replacement_found"),
        ("regulations", r"effective date computed", "effective_date_computed"),
        ("regulations", r"coordination regulation", "coordination_regulation"),
        ("regulations", r"replacement clause was not visible", "replacement_not_seen"),
        ("regulations", r"presumably issued after the 2025", "perhaps_of_merged_unit"),
        ("regulations annual_plans", r"without suffix|full form with year not seen",
         "number_incomplete"),
        ("annual_plans", r"looks like a slip|apparent slip", "date_slip"),
        ("annual_plans", r"steering[- ]committee", "steering_committee_plan"),
        ("annual_plans", r"decision issuing the plan", "issued_by_decision"),
        ("annual_plans budgets programme_5115", r"machine[- ]translat", "machine_translated"),
        ("programme_5115", r"a notice, not", "notice_only"),
        ("programme_5115", r"^yearly", "one_year_only"),
        ("related_plans", r"title differs", "title_differs"),
        ("budgets", r"context only", "context_only"),
        ("budgets", r"one activity", "one_activity_only"),
        ("budgets", r"re-allocation", "reallocation"),
        ("budgets", r"three programmes together", "three_programmes_together"),
        ("budgets", r"year not (printed|stated)", "year_not_printed"),
        ("budgets", r"period inferred", "period_inferred"),
        ("budgets", r"area unclear|old or the merged area", "area_unclear"),
        ("budgets", r"may change", "source_may_change"),
        ("border_provinces", r"approximate", "approximate"),
        ("border_provinces", r"^figure of (about )?20\d\d", "old_figure"),
        ("border_provinces", r"(^|; )older figure|other pages say|another page",
         "other_figures_seen"),
        ("border_provinces", r"secondary source|weak source", "weak_source"),
        ("border_provinces", r"^km = .* merged|from the coast of the merged",
         "printed_for_merged_unit"),
        ("border_gates", r"not cross-checked", "class_not_cross_checked"),
        ("border_gates", r"class conflict", "class_conflict"),
        ("border_gates", r"^planned|opening not seen|not confirmed|from the day it operates",
         "opening_not_confirmed"),
        ("border_gates", r"province set by location", "province_by_location"),
        ("information_clusters", r"year not printed|date not printed", "date_not_printed"),
        ("information_clusters", r"year = year of the source", "year_of_source"),
        ("information_clusters", r"not a roadside cluster", "not_a_roadside_cluster"),
    )
)  # fmt: skip

_DOCUMENT_TABLES = {
    "regulations", "human_rights_plans", "annual_plans", "related_plans", "programme_5115",
    "border_activities", "result_reports",
}  # fmt: skip


def row_flags(row: TypedRow) -> list[str]:
    """Flags of one row, sorted; derived from its values and its note."""
    note = row["note"] or ""
    flags = {
        flag
        for tables, pattern, flag in _NOTE_RULES
        if row.table in tables and pattern.search(note)
    }
    if row.table in _DOCUMENT_TABLES:
        flags |= _document_flags(row)
    if row.table == "budgets":
        flags |= _budget_flags(row)
    if row.table == "border_provinces" and row["border_km"] is None:
        flags.add("length_not_found")
    if row.table == "border_gates":
        flags |= {"weak_source"} if row["confidence"] == "weak" else set()
        if row["placement"] in ("commune", "district"):
            flags.add("position_approximate")
        if row["placement"] == "none":
            flags.add("position_unknown")
    if row.table == "information_clusters" and row["reported_on"] is None:
        flags.add("year_only" if row["year"] else "undated")
    return sorted(flags)


def _document_flags(row: TypedRow) -> set[str]:
    flags = set()
    if row["document_number"] is None:
        flags.add("number_not_printed")
    if row["issued_on"] is None:
        flags.add("date_not_printed")
        if row["effective_on"] is None and row["reported_on"] is None:
            flags.add("undated")
    if row["confidence"] == "news" or row.table == "programme_5115":
        flags.add("news_only")
    if row["legal_base"] == "unknown":
        flags.add("base_not_seen")
    if row["legal_base"] == "foreign_affairs_general":
        flags.add("general_regulation")
    if row.table == "human_rights_plans" and row["period_end"] is None:
        flags.add("period_not_printed")
    return flags


def _budget_flags(row: TypedRow) -> set[str]:
    flags = set()
    if row["is_rounded"]:
        flags.add("rounded")
    if row["level"] == "district":
        flags.add("district_only")
    if row["year"] is None:
        flags.add("year_not_printed")
    elif row["year"][0] != row["year"][1]:
        flags.add("several_years")
    if row["funding_source"] is None:
        flags.add("funding_source_not_printed")
    return flags

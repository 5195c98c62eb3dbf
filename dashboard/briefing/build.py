"""A snapshot, a view and a scope → the content of a briefing; the same input gives the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import pandas as pd

from dashboard.briefing.budget import budget
from dashboard.briefing.changes import changes, snapshot_changes
from dashboard.briefing.content import SECTIONS, Briefing, Finding, Item, Section, Table
from dashboard.briefing.doubts import contradictions, unknown_line, unknowns
from dashboard.briefing.matter import Matter
from dashboard.briefing.office import load_office
from dashboard.briefing.province import province
from dashboard.briefing.routes import border_route
from dashboard.briefing.scope import PROVINCE, Scope, scope_name
from dashboard.briefing.statuses import annual_plan, human_rights_plan, regulation, result_report
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.queries import query_sources
from dashboard.warehouse import Snapshot
from dashboard.words import format_date, word

_PARTS: Final[dict[str, Callable[[Matter], Section | None]]] = {
    "province": province,
    "regulation": regulation,
    "human_rights_plan": human_rights_plan,
    "annual_plan": annual_plan,
    "border_route": border_route,
    "budget": budget,
    "result_report": result_report,
    "changes": changes,
    "snapshot_changes": snapshot_changes,
    "contradictions": contradictions,
    "unknowns": unknowns,
}
_AFTER_CHOSEN: Final = ("contradictions", "unknowns")
# Of one province its own section tells all of this in a line each.
_OF_ALL: Final = ("regulation", "human_rights_plan", "annual_plan", "result_report")
# What the summary repeats: the first so many findings of a section.
_SUMMARISED: Final = {
    "province": 12, "regulation": 4, "human_rights_plan": 2, "annual_plan": 1, "border_route": 4,
    "changes": 4, "snapshot_changes": 2, "contradictions": 2,
}  # fmt: skip


def sections_of(run: Run, scope: Scope, before: Snapshot | None = None) -> tuple[str, ...]:
    """The sections that a briefing of this scope and view can have, in order."""
    left_out = set(_OF_ALL if scope.kind == PROVINCE else ("province",))
    if run.view.since is None:
        left_out.add("changes")
    if before is None:
        left_out.add("snapshot_changes")
    if not run.facts.report_years:
        left_out.add("result_report")
    return tuple(name for name in SECTIONS if name not in left_out)


def build_briefing(
    run: Run,
    scope: Scope,
    sections: Collection[str] | None = None,
    before: Snapshot | None = None,
    chosen: Sequence[Item] = (),
) -> Briefing:
    """The content of a briefing on the view's dates, vintage and language.

    `sections` are keys of SECTIONS, None for all; sources always stand at the end. `before` is an
    earlier snapshot whose statuses of the same day are compared; `chosen` are figures of other
    pages. Raises office.BrokenSettings,
    and NoSnapshot where `before` has other tables.
    """
    matter = Matter.of(run, scope, before)
    view, lang = matter.run.view, matter.lang
    possible = sections_of(matter.run, scope, before)
    wanted = possible if sections is None else tuple(s for s in possible if s in sections)
    made = [_PARTS[name](matter) for name in wanted if name in _PARTS]
    parts = [part for part in made if part is not None]
    if chosen:
        place = next((i for i, part in enumerate(parts) if part.key in _AFTER_CHOSEN), len(parts))
        parts.insert(place, matter.section("chosen", *chosen))
    if "summary" in wanted:
        parts.insert(0, _summary(matter, parts))
    title = word("briefing.title", lang, scope=scope_name(run, scope))
    context = figure_context(
        matter.run, title, source_ids=tuple(matter.source_ids), is_map=True, vintage=view.vintage
    )
    parts.append(_sources(matter))
    facts = [
        (word("download.fact.as_of", lang), format_date(view.as_of, lang)),
        (word("download.fact.vintage", lang), context.vintage_label),
        (word("briefing.fact.scope", lang), scope_name(run, scope)),
        *context.filters[-1:] * bool(view.since),
        (word("download.fact.snapshot", lang), run.snapshot.id),
        (word("download.fact.unknowns", lang), unknown_line(matter)),
        (word("download.fact.notice", lang), word("map.notice", lang)),
    ]
    return Briefing(
        title=title,
        scope=str(scope),
        scope_name=scope_name(run, scope),
        lang=lang,
        as_of=view.as_of,
        since=view.since,
        vintage=view.vintage,
        vintage_label=context.vintage_label,
        snapshot_id=run.snapshot.id,
        facts=tuple(facts),
        map_notice=word("map.notice", lang),
        unknowns=unknown_line(matter),
        sources=context.sources,
        sections=tuple(parts),
        office=load_office(view.as_of),
        mark=context.mark(),
        mark_note=" ".join(context.mark_lines()[1:]),
    )


def _summary(matter: Matter, parts: list[Section]) -> Section:
    """The telling findings of the other sections, word for word, so that an edit is one edit."""
    findings: list[Finding] = []
    for part in parts:
        findings += part.findings[: _SUMMARISED.get(part.key, 0)]
    return matter.section("summary", *findings)


def _sources(matter: Matter) -> Section:
    """All sources that the briefing rests on: title, producer, date, address, licence."""
    lang = matter.lang
    found = query_sources(matter.run.snapshot)
    found = found[found["source_id"].isin(matter.source_ids)]
    is_vietnamese = lang == "vi"
    rows = pd.DataFrame(
        {
            word("column.title", lang): found["title" if is_vietnamese else "title_en"],
            word("column.producer", lang): found["producer"],
            word("column.received", lang): [
                None if pd.isna(d) else pd.Timestamp(d).date() for d in found["received_date"]
            ],
            word("briefing.column.address", lang): found["address"].fillna(""),
            word("column.licence", lang): found["licence"].fillna(""),
            word("column.cannot_tell", lang): found[
                "cannot_tell" if is_vietnamese else "cannot_tell_en"
            ].fillna(""),
        }
    )
    title = word("briefing.table.sources", lang)
    return matter.section("sources", Table("sources", title, rows, "", widths=(3, 2, 1.2, 2, 2, 4)))

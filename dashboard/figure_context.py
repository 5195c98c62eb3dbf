"""What a download says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.colours import class_style
from dashboard.download import FigureContext
from dashboard.filters import Run
from dashboard.kept import kept
from dashboard.queries import query_sources
from dashboard.statuses import Statuses
from dashboard.words import format_date, word

if TYPE_CHECKING:
    from dashboard.briefing.content import Briefing


def figure_context(
    run: Run,
    title: str,
    *,
    source_ids: tuple[str, ...],
    statuses: Statuses | None = None,
    is_map: bool = False,
    vintage: int | None = None,
) -> FigureContext:
    """What a download says of itself: title, filters, date, snapshot, sources, legend, notices.

    `vintage` where a figure is about other units than those of the view.
    """
    view, lang = run.view, run.view.lang
    legend: tuple[tuple[str, str, int], ...] = ()
    if statuses is not None and not is_map:  # a map carries its own legend
        legend = tuple(
            (
                class_style(statuses.indicator, c).glyph,
                word(f"class.{statuses.indicator}.{c}", lang),
                n,
            )
            for c, n in statuses.counts.itertuples(index=False)
        )
    unknowns = None
    if statuses is not None and statuses.unknown_count():
        unknowns = word("page.unknowns", lang, count=statuses.unknown_count())
    return FigureContext(
        title=title,
        as_of=view.as_of,
        vintage_label=word(f"page.vintage_{vintage or view.vintage}", lang),
        snapshot_id=run.snapshot.id,
        sources=kept(
            ("source lines", run.snapshot.id, lang, source_ids),
            lambda: _source_lines(run, source_ids),
        ),
        stem=title,
        lang=lang,
        filters=_filters(run),
        legend=legend,
        notices=(word("map.notice", lang),) if is_map else (),
        unknowns=unknowns,
        is_synthetic=run.facts.is_synthetic,
    )


def briefing_context(briefing: Briefing, title: str, note: str = "") -> FigureContext:
    """What the data file of a table of a briefing says of itself; `note` is a sentence or ""."""
    filters = [(word("briefing.fact.scope", briefing.lang), briefing.scope_name)]
    if briefing.since is not None:
        filters.append(
            (word("filter.since", briefing.lang), format_date(briefing.since, briefing.lang))
        )
    return FigureContext(
        title=title,
        as_of=briefing.as_of,
        vintage_label=briefing.vintage_label,
        snapshot_id=briefing.snapshot_id,
        sources=briefing.sources,
        stem=title,
        lang=briefing.lang,
        filters=tuple(filters),
        notices=(note,) if note else (),
        unknowns=briefing.unknowns,
        is_synthetic=briefing.mark is not None,
    )


def _filters(run: Run) -> tuple[tuple[str, str], ...]:
    view, lang = run.view, run.view.lang
    chosen = []
    if view.province:
        name = run.facts.provinces[view.vintage][view.province].name
        chosen.append((word("filter.province", lang), name))
    if view.route:
        chosen.append((word("filter.route", lang), word(f"route.{view.route}", lang)))
    if view.year:
        chosen.append((word("filter.year", lang), str(view.year)))
    if view.since:
        chosen.append((word("filter.since", lang), format_date(view.since, lang)))
    return tuple(chosen)


def _source_lines(run: Run, source_ids: tuple[str, ...]) -> tuple[str, ...]:
    lang = run.view.lang
    sources = query_sources(run.snapshot).set_index("source_id")
    title = "title" if lang == "vi" else "title_en"
    return tuple(
        word(
            "page.sources_line",
            lang,
            title=sources.at[s, title],
            producer=sources.at[s, "producer"],
        )
        for s in source_ids
        if s in sources.index and not pd.isna(sources.at[s, title])
    )

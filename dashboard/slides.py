"""What each page of a briefing shows on the wall: one figure, its numbers, its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from dashboard.announced_figures import Reconciliation, load_reconciliation
from dashboard.budget.amounts import load_amounts
from dashboard.budget.choice import load_choice
from dashboard.budget.controls import coverage_texts
from dashboard.budget.overview import SOURCES as BUDGET_SOURCES
from dashboard.budget.overview import amount_bars, choice_title
from dashboard.charts import describe_reconciliation, plot_reconciliation
from dashboard.charts.budget_bars import describe_budget_bars, plot_budget_bars
from dashboard.colours import CLASS_ORDER, UNKNOWN_CLASSES, class_style
from dashboard.comparison.moves import load_moves
from dashboard.document_figures import SOURCES
from dashboard.filters import Run
from dashboard.headline import headline_texts
from dashboard.map_changes import SIGNS, direction
from dashboard.province_map import map_figure, map_title
from dashboard.queries import query_sources
from dashboard.statuses import Statuses, load_statuses, map_indicators
from dashboard.tables import class_text
from dashboard.view import BOTH, CHANGES
from dashboard.words import format_date, format_number, sort_key, word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    NOT_APPLICABLE,
    REGULATION,
    RESULT_REPORT,
)

if TYPE_CHECKING:
    import plotly.graph_objects as go

MAP_SOURCES: Final = SOURCES | {
    ANNUAL_PLAN: ("annual_plans", "ministry_guidance"),
    BORDER_ROUTE: ("border_provinces", "programme_5115", "information_clusters", "document_facts"),
    RESULT_REPORT: ("ministry_guidance",),
}
MOST_NAMED: Final = 10  # units named in one line of a slide
MOST_PAIRS: Final = 4  # of classes before and after, with the names of who moved
UPRIGHT, FLAT = "upright", "flat"  # and BOTH
# px of a map before static/frame.css enlarges it, so that its type is as large as the rest.
COLUMNS_HEIGHT: Final = 400
MOST_BARS: Final = 3
WIDTHS: Final = {UPRIGHT: 358, BOTH: 680}


@dataclass(frozen=True)
class SlideNumber:
    """One number in large type.

    `note` says what it rests on, "" where the figure does; `symbol` is the sign of its class on the
    map, so that it can have the same colour (static/frame.css).
    """

    value: str
    label: str
    note: str = ""
    symbol: str = "none"


@dataclass(frozen=True)
class Slide:
    """One page of the briefing, ready to be shown.

    `draw(dark=…)` makes the figure, None where there is nothing to draw: then `lines` say why.
    `layout`: UPRIGHT stands beside the numbers, BOTH are two maps beside them, FLAT lies below.
    """

    title: str
    draw: Callable[..., go.Figure] | None
    alt: Callable[[], str]
    layout: str
    numbers: tuple[SlideNumber, ...]
    lines: tuple[str, ...]
    source_ids: tuple[str, ...]
    vintage: int
    figure_title: str = ""
    legend: tuple[SlideNumber, ...] = ()  # of the figure, where the numbers are about other things


def overview_slide(run: Run) -> Slide:
    """The map of the chosen indicator beside the four numbers of the overview."""
    maps = map_indicators(run.facts)
    chosen = run.view.indicator if run.view.indicator in maps else REGULATION
    # Four numbers leave room for one map.
    comparison = CHANGES if run.view.comparison == BOTH else run.view.comparison
    slide = status_slide(replace(run, view=replace(run.view, comparison=comparison)), chosen)
    numbers = tuple(SlideNumber(value, label, note) for label, value, note in headline_texts(run))
    name = word("present.map_of", run.view.lang, title=slide.figure_title)
    return replace(
        slide,
        title=word("page.overview.headline", run.view.lang),
        numbers=numbers,
        lines=(name,),
        legend=slide.numbers,
    )


def status_slide(run: Run, indicator: str) -> Slide:
    """The map of one indicator with the number of units of each class, or of each move."""
    statuses = load_statuses(run, indicator)
    shown = map_figure(run, statuses)
    is_both = shown.name == BOTH
    numbers, lines = (_moves if shown.name == CHANGES else _classes)(run, statuses)
    return Slide(
        title=map_title(statuses, run.view.lang),
        draw=partial(shown.draw, width=WIDTHS[BOTH if is_both else UPRIGHT]),
        alt=shown.alt,
        layout=BOTH if is_both else UPRIGHT,
        numbers=numbers,
        lines=() if is_both else lines,
        source_ids=MAP_SOURCES[indicator],
        vintage=statuses.vintage,
        figure_title=shown.title,
    )


def route_slide(run: Run, route: str) -> Slide:
    """The map of one border route, whatever route the view is filtered by."""
    return status_slide(replace(run, view=replace(run.view, route=route)), BORDER_ROUTE)


def _classes(run: Run, statuses: Statuses) -> tuple[tuple[SlideNumber, ...], tuple[str, ...]]:
    """How many units have each class, with the other date's number; who has the telling ones."""
    lang, indicator = run.view.lang, statuses.indicator
    before = statuses.shown["class_before"] if statuses.since is not None else None
    numbers, lines = [], []
    for name, count in statuses.counts.itertuples(index=False):
        label = class_text(indicator, name, lang)
        if name == NOT_APPLICABLE:
            lines.append(f"{label}: {format_number(count, lang)}")
            continue
        note = ""
        if before is not None:
            day, then = format_date(statuses.since, lang), int((before == name).sum())
            note = word("present.on_day", lang, date=day, count=format_number(then, lang))
        symbol = class_style(indicator, name).symbol
        numbers.append(SlideNumber(format_number(count, lang), label, note, symbol))
        units = statuses.shown.loc[statuses.shown["class"] == name, "province_name"]
        if name != CLASS_ORDER[indicator][0] and name not in UNKNOWN_CLASSES and count:
            lines.append(word("present.names", lang, label=label, names=_names(units, lang)))
    return tuple(numbers), (*lines, *_marks(statuses, lang))


def _marks(statuses: Statuses, lang: str) -> list[str]:
    """What a hollow sign and a ring on the map mean, where there are any."""
    lines, shown = [], statuses.shown
    for name in ("is_old", "has_contradiction"):
        count = int(shown[name].sum())
        if count:
            lines.append(word(f"map.legend.{name}", lang, count=count))
    return lines


def _moves(run: Run, statuses: Statuses) -> tuple[tuple[SlideNumber, ...], tuple[str, ...]]:
    """How many units moved from which class to which, and who they are."""
    view, lang = run.view, run.view.lang
    assert view.since is not None
    moves = load_moves(run, statuses.indicator, statuses.scope, view.since)
    pairs = moves.moved.groupby(["class_before", "class_after"], sort=False)["province_name"]
    numbers, lines = [], []
    for (before, after), units in sorted(pairs, key=lambda pair: -len(pair[1])):
        # As on the map: the sign of the direction, the colour of the class after.
        label = word(
            "present.move",
            lang,
            sign=SIGNS[direction(moves.indicator, before, after)][1],
            before=word(f"class.{moves.indicator}.{before}", lang),
            after=word(f"class.{moves.indicator}.{after}", lang),
        )
        symbol = class_style(moves.indicator, after).symbol
        numbers.append(SlideNumber(format_number(len(units), lang), label, symbol=symbol))
        lines.append(word("present.names", lang, label=label, names=_names(units, lang)))
    if not numbers:
        lines = [word("comparison.none_moved", lang)]
    elif len(numbers) > MOST_PAIRS:  # no room for names
        lines = []
    rest = format_number(len(moves.shown) - len(moves.moved), lang)
    numbers.append(SlideNumber(rest, word("present.unmoved", lang)))
    return tuple(numbers), tuple(lines)


def reconciliation_slide(run: Run, indicator: str) -> Slide:
    """What the newest letter announced beside what the evidence shows."""
    lang, found = run.view.lang, load_reconciliation(run, indicator)
    section = "regulations" if indicator == REGULATION else "human_rights"
    if found is None:
        until = format_date(run.view.as_of, lang)
        said = word(f"page.{section}.no_letter", lang, date=until)
        name = word(f"indicator.{indicator}", lang)
        return Slide(name, None, str, FLAT, (), (said,), SOURCES[indicator], run.view.vintage)
    return Slide(
        title=found.title,
        draw=partial(_draw_reconciliation, found, indicator, lang),
        alt=partial(describe_reconciliation, found.parts, lang),
        layout=FLAT,
        numbers=(),
        lines=(found.caption,),
        source_ids=SOURCES[indicator],
        vintage=2008,
    )


def _draw_reconciliation(found: Reconciliation, indicator: str, lang: str, dark: bool) -> go.Figure:
    figure = plot_reconciliation(found.parts, indicator, lang, dark, headings=found.headings)
    figure.layout.height = COLUMNS_HEIGHT
    return figure


def budget_slide(run: Run) -> Slide:
    """The largest amounts of what the budget page shows, and how many units have any."""
    lang, amounts = run.view.lang, load_amounts(run)
    title = choice_title(load_choice(run), lang)
    bars = amount_bars(run, amounts)
    told = [word("budget.coverage.caution", lang), word("budget.ranked_note", lang)]
    return Slide(
        title=title,
        draw=partial(plot_budget_bars, bars[:MOST_BARS], lang) if bars else None,
        alt=partial(describe_budget_bars, bars[:MOST_BARS], title, lang),
        layout=FLAT,
        numbers=tuple(
            SlideNumber(value, label, note) for label, value, note in coverage_texts(run)
        ),
        lines=(" ".join(told) if bars else word("budget.empty", lang),),
        source_ids=BUDGET_SOURCES,
        vintage=run.view.vintage,
    )


def _names(units: pd.Series, lang: str) -> str:
    names = sorted(units, key=sort_key)
    more = len(names) - MOST_NAMED
    said = ", ".join(names[:MOST_NAMED])
    return said if more <= 0 else word("present.and_more", lang, names=said, count=more)


def source_titles(run: Run, slide: Slide) -> list[str]:
    """The titles of the sources behind a slide, in the reader's language where there is one."""
    sources = query_sources(run.snapshot).set_index("source_id")
    column = "title" if run.view.lang == "vi" else "title_en"
    found = (sources.at[s, column] for s in slide.source_ids if s in sources.index)
    return [str(title) for title in found if not pd.isna(title)]


# The order of a briefing: page, which of its figures, and what makes it.
BRIEFING: Final[tuple[tuple[str, int, Callable[[Run], Slide]], ...]] = (
    ("", 1, overview_slide),
    ("regulations", 1, partial(status_slide, indicator=REGULATION)),
    ("regulations", 2, partial(reconciliation_slide, indicator=REGULATION)),
    ("human-rights", 1, partial(status_slide, indicator=HUMAN_RIGHTS_PLAN)),
    ("human-rights", 2, partial(reconciliation_slide, indicator=HUMAN_RIGHTS_PLAN)),
    ("plans", 1, partial(status_slide, indicator=ANNUAL_PLAN)),
    ("border-routes", 1, partial(route_slide, route="china")),
    ("border-routes", 2, partial(route_slide, route="laos")),
    ("border-routes", 3, partial(route_slide, route="cambodia")),
    ("border-routes", 4, partial(route_slide, route="sea")),
    ("budget", 1, budget_slide),
)

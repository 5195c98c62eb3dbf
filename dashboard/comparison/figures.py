"""The map of one indicator on two dates: who moved, or both dates side by side."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.comparison.moves import Moves, changes_note, load_moves, moves_table
from dashboard.filters import Run, set_view
from dashboard.map_changes import describe_change_map, plot_change_map
from dashboard.map_figure import MapFigure
from dashboard.map_layout import WIDE_WIDTH
from dashboard.map_multiples import describe_small_maps, plot_small_maps
from dashboard.queries import query_statuses
from dashboard.statuses import Statuses
from dashboard.tables import status_table
from dashboard.view import BOTH, CHANGES, COMPARISONS
from dashboard.words import format_date, word


def render_choice(run: Run, *, key: str) -> None:
    """What to show of the two dates; the choice goes to the address."""
    view, lang = run.view, run.view.lang
    chosen = f"{key}_comparison_{lang}"

    def apply() -> None:
        set_view(comparison=st.session_state[chosen])

    if st.session_state.get(chosen) != view.comparison:
        st.session_state[chosen] = view.comparison
    st.segmented_control(
        word("comparison.label", lang, **_days(view.since, view.as_of, lang)),
        COMPARISONS,
        format_func=lambda name: word(f"comparison.{name}", lang),
        key=chosen,
        required=True,
        on_change=apply,
    )


def compared_map(run: Run, statuses: Statuses, title: str) -> MapFigure:
    """Who moved, or both dates side by side, as the view has it.

    `title` names the map without its dates; needs `view.since` and a day to compare with.
    """
    since = run.view.since
    assert since is not None
    moves = load_moves(run, statuses.indicator, statuses.scope, since)
    note = changes_note(moves, since, run.view.lang)
    if run.view.comparison == BOTH:
        return _both_map(run, statuses, moves, title, note)
    return _change_map(run, statuses, moves, title, note)


def _change_map(run: Run, statuses: Statuses, moves: Moves, title: str, note: str) -> MapFigure:
    lang = run.view.lang
    days = _days(moves.since, moves.as_of, lang)
    return MapFigure(
        name=CHANGES,
        title=word("comparison.title_changes", lang, title=title, **days),
        note=note,
        draw=partial(
            plot_change_map,
            moves.table,
            indicator=moves.indicator,
            vintage=moves.vintage,
            lang=lang,
            selected=run.view.province,
            dimmed=statuses.dimmed,
        ),
        alt=partial(
            describe_change_map,
            moves.table,
            moves.indicator,
            moves.vintage,
            moves.since,
            moves.as_of,
            lang,
            dimmed=statuses.dimmed,
        ),
        table=partial(moves_table, moves.moved, moves.indicator, lang),
    )


def _both_map(run: Run, statuses: Statuses, moves: Moves, title: str, note: str) -> MapFigure:
    lang = run.view.lang
    tables = _both_days(run, statuses, moves)
    days = _days(moves.since, moves.as_of, lang)
    return MapFigure(
        name=BOTH,
        title=word("comparison.title_both", lang, title=title, **days),
        note=note,
        draw=partial(
            plot_small_maps,
            tables,
            indicator=moves.indicator,
            vintage=moves.vintage,
            lang=lang,
        ),
        width=WIDE_WIDTH,
        alt=partial(describe_small_maps, tables, moves.indicator, moves.vintage, lang),
        table=partial(status_table, statuses.shown, statuses.indicator, lang),
    )


def _both_days(run: Run, statuses: Statuses, moves: Moves) -> dict[str, pd.DataFrame]:
    """The statuses of both days under their dates, the earlier first."""
    lang, scope = run.view.lang, statuses.scope
    assert moves.since is not None
    before = query_statuses(run.snapshot, moves.vintage, moves.indicator, scope, moves.since)
    columns = ["province_code_gso", "province_name", "class"]
    return {
        format_date(moves.since, lang): before[columns],
        format_date(moves.as_of, lang): statuses.table[columns],
    }


def _days(since: date | None, as_of: date, lang: str) -> dict[str, str]:
    return {"since": format_date(since, lang), "as_of": format_date(as_of, lang)}

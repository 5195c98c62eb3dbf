"""As-of date, province, route, vintage, year <-> address; the only module of session keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from dashboard.facts import load_view_facts
from dashboard.view import (
    NAMES,
    ROUTES,
    View,
    ViewFacts,
    months_between,
    read_view,
    view_params,
    with_changes,
)
from dashboard.warehouse import NoSnapshot, Snapshot, current_snapshot, open_snapshot
from dashboard.words import DEFAULT_LANGUAGE, LANGUAGES, format_date, word
from domain.vintages import VINTAGES

_RUN: Final = "frame_run"
_LAST: Final = "frame_last_{}"
_LAST_PARAMS: Final = _LAST.format("params")
_LAST_PAGE: Final = _LAST.format("page")
_ROW: Final[dict[str, Any]] = {
    "horizontal": True, "vertical_alignment": "bottom", "gap": "xsmall",
}  # fmt: skip
_WIDTHS: Final = {
    "as_of": 142, "since": 156, "province": 200, "route": 152, "year": 120, "vintage": 272,
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """What one run of the script works on: one view of one snapshot."""

    view: View
    facts: ViewFacts
    snapshot: Snapshot


def begin_run() -> Run:
    """Resolve the snapshot and read the address; NoSnapshot when there is nothing to show."""
    params = st.query_params.to_dict()
    asked = params.get("snapshot", "").strip()
    snapshot = _asked_snapshot(asked)
    facts = load_view_facts(snapshot)
    if asked and snapshot.id != asked:
        facts = replace(facts, snapshots=())  # it was kept when these facts were read
    run = Run(read_view(params, facts), facts, snapshot)
    st.session_state[_RUN] = run
    st.session_state[_LAST_PARAMS] = params
    return run


def current_run() -> Run:
    """The view, facts and snapshot of this run of the script."""
    run: Run = st.session_state[_RUN]
    return run


def current_view() -> View:
    """What this page is asked to show."""
    return current_run().view


def current_facts() -> ViewFacts:
    """What the snapshot of this run lets a reader choose from."""
    return current_run().facts


def set_view(**changes: Any) -> bool:
    """Put a reader's choice into the address: set_view(province="01"); whether that changed it.

    For callbacks (`on_select`, `on_change`, `on_click`): the run that follows shows the new view.
    Names are those of View; None (or "") takes a choice back.
    """
    facts = current_facts()
    view = with_changes(read_view(st.query_params.to_dict(), facts), facts, **changes)
    params = view_params(view, facts)
    if params == st.query_params.to_dict():
        return False
    st.query_params.from_dict(params)
    return True


def is_view_stale() -> bool:
    """Whether a callback changed the address after this run of the script read it.

    A choice made inside a fragment reruns the fragment alone: it must then rerun the whole script.
    """
    return st.query_params.to_dict() != st.session_state.get(_LAST_PARAMS)


def restore_params(asked_page: str) -> None:
    """Keep the view when the menu changes the page: it drops the parameters of the address.

    Must run before st.navigation, and with the parameters as they were, so that the browser gets
    one history entry for the new page.
    """
    last: Mapping[str, str] = st.session_state.get(_LAST_PARAMS, {})
    kept = {name: value for name, value in last.items() if name in NAMES}
    last_page = st.session_state.get(_LAST_PAGE, asked_page)
    if asked_page != last_page and kept and not st.query_params.to_dict():
        st.query_params.from_dict(kept)


def remember_page(page: str) -> None:
    """Note which page this run shows (the framework's hash of it), for restore_params."""
    st.session_state[_LAST_PAGE] = page


def has_changed(name: str, value: object) -> bool:
    """Whether a value differs from that of the last run of the session; always in the first run."""
    key = _LAST.format(name)
    if key in st.session_state and st.session_state[key] == value:
        return False
    st.session_state[key] = value
    return True


def _asked_snapshot(asked: str) -> Snapshot:
    if asked:
        try:
            return open_snapshot(asked)
        except NoSnapshot as error:
            if error.code != "unknown_snapshot":
                raise
    return current_snapshot()


def is_older_snapshot(run: Run) -> bool:
    """Whether the address names a snapshot that is not the current one (any more)."""
    if run.view.snapshot is None:
        return False
    try:
        return run.snapshot.id != current_snapshot().id
    except NoSnapshot:
        return True


def render_filter_bar(run: Run, actions: Callable[[], None]) -> None:
    """The bar every page shares; each change goes to the address, and the bar follows it.

    `actions` renders what can be done with the view, beside the note on its date.
    """
    view, facts, lang = run.view, run.facts, run.view.lang
    with st.container(key="filter_bar", **_ROW):
        _date_widget("as_of", view, facts)
        units = {p.code: p.name for p in facts.names(view.vintage)}
        _select("province", list(units), units.__getitem__, view)
        with st.container(key="filter_toggle", width="content"):
            st.checkbox(word("filter.show", lang), key="filter_open")
        with st.container(key="filter_more", **_ROW):
            _date_widget("since", view, facts)
            _select("route", list(ROUTES), lambda r: word(f"filter.route_{r}", lang), view)
            _select("year", list(facts.years), str, view)
            _select(
                "vintage",
                list(VINTAGES),
                lambda v: word(f"filter.vintage_{v}", lang),
                view,
                clearable=False,
            )
            _language_widget(view)
    with st.container(key="filter_note", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(as_of_note(run), width="content")
        if set(view_params(view, facts)) - {"lang"}:
            st.button(
                word("filter.reset", lang),
                key="filter_reset",
                type="tertiary",
                icon=":material/filter_alt_off:",
                on_click=_reset,
            )
        actions()


def as_of_note(run: Run, today: date | None = None) -> str:
    """One sentence on the as-of date: whether it is the default, and how old it is."""
    view, facts, lang = run.view, run.facts, run.view.lang
    if not view.as_of_is_default:
        return word(
            "filter.as_of_chosen",
            lang,
            date=format_date(view.as_of, lang),
            newest=format_date(facts.newest_evidence, lang),
        )
    key = "as_of_default" if facts.default_document else "as_of_default_no_letter"
    return word(
        f"filter.{key}",
        lang,
        document=facts.default_document,
        date=format_date(view.as_of, lang),
        months=months_between(view.as_of, today or date.today()),
    )


def _follow(name: str, view: View) -> str:
    """Make the widget show what the address says; returns its key.

    The browser knows an option by its text, so a widget lives as long as its texts: one key per
    language, and per vintage for the names of provinces.
    """
    key = f"filter_{name}_{view.lang}" + (f"_{view.vintage}" if name == "province" else "")
    value = getattr(view, name)
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _apply(name: str, key: str) -> None:
    set_view(**{name: st.session_state[key]})


def _reset() -> None:
    lang = current_view().lang
    st.query_params.from_dict({} if lang == DEFAULT_LANGUAGE else {"lang": lang})


def _date_widget(name: str, view: View, facts: ViewFacts) -> None:
    key = _follow(name, view)
    st.date_input(
        word(f"filter.{name}", view.lang),
        value="today" if name == "as_of" else None,  # only the latter can be emptied
        key=key,
        min_value=VINTAGES[min(VINTAGES)].first_day,
        max_value=max(date.today(), facts.newest_evidence),
        format="DD/MM/YYYY",
        on_change=partial(_apply, name, key),
        width=_WIDTHS[name],
    )


def _select(
    name: str,
    options: list[Any],
    label: Callable[[Any], str],
    view: View,
    *,
    clearable: bool = True,
) -> None:
    key = _follow(name, view)
    st.selectbox(
        word(f"filter.{name}", view.lang),
        options,
        index=None if clearable else 0,
        format_func=label,
        key=key,
        placeholder=word(f"filter.{name}_all", view.lang) if clearable else None,
        on_change=partial(_apply, name, key),
        width=_WIDTHS[name],
    )


def _language_widget(view: View) -> None:
    key = _follow("lang", view)
    st.segmented_control(
        word("filter.language", view.lang),
        LANGUAGES,
        format_func=lambda lang: word(f"filter.language_{lang}", view.lang),
        key=key,
        on_change=partial(_apply, "lang", key),
        required=True,
        label_visibility="collapsed",
        width="content",
    )

"""The switches of the budget page and what they say of how much is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from dashboard.budget.choice import (
    INFORMATION_WORK,
    SCALES,
    Choice,
    Offer,
    choose,
    load_choice,
    load_offers,
    parse_asked,
    periods_of,
    units_in_view,
    units_of,
)
from dashboard.budget.wording import period_text
from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.words import escape_markdown, format_number, word
from domain.budgets import DONATED, PROGRAMMES, SCOPES, STAGES

_ALL = "all"


def render_controls(run: Run) -> None:
    """View, year or period, programme and stage: what the whole page shows."""
    lang, choice = run.view.lang, load_choice(run)
    unknown = parse_asked(run.view.programme).unknown
    if unknown:
        values = escape_markdown(", ".join(unknown))
        st.warning(word("budget.unknown_choice", lang, value=values), icon=":material/info:")
    options = kept_for(run, "budget options", lambda: _options(run, choice))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="budget_bar"):
        _segments(run, "scope", options["scope"], choice.scope)
        _box(run, "period", options["period"], choice.period, width=236)
        _box(run, "programme", options["programme"], choice.programme or _ALL, width=268)
        _segments(run, "stage", options["stage"], choice.stage)


def render_scale(run: Run) -> None:
    """How amounts are put into classes on the map."""
    labels = {str(scale): word(f"budget.scale.{scale}", run.view.lang) for scale in SCALES}
    _segments(run, "scale", labels, load_choice(run).scale)


def _options(run: Run, choice: Choice) -> dict[str, dict[str, str]]:
    """Per switch its options with their texts; times and stages with how many units they have."""
    lang, offers = run.view.lang, load_offers(run)
    programmes = PROGRAMMES if choice.scope != INFORMATION_WORK else (_ALL, *PROGRAMMES)
    of_choice = {"scope": choice.scope, "period": choice.period, "programme": choice.programme}
    has_donations = units_of(offers, scope=choice.scope, stage=DONATED) or choice.stage == DONATED
    stages = (*STAGES, DONATED) if has_donations else STAGES
    return {
        "scope": {scope: word(f"budget.scope.{scope}", lang) for scope in SCOPES},
        "programme": {name: word(f"budget.programme.{name}", lang) for name in programmes},
        "period": _periods(choice, offers, lang),
        "stage": {
            stage: word(
                "budget.with_count", lang, name=word(f"budget.stage.{stage}", lang),
                count=len(units_of(offers, **of_choice, stage=stage)),
            )
            for stage in stages
        },
    }  # fmt: skip


def _periods(choice: Choice, offers: list[Offer], lang: str) -> dict[str, str]:
    known = [offer.period for offer in periods_of(offers, choice.scope)]
    if choice.period is not None and choice.period not in known:
        known.insert(0, choice.period)
    return {
        period: word(
            "budget.with_count", lang, name=period_text(period, lang),
            count=len(units_of(offers, scope=choice.scope, period=period)),
        )
        for period in known
    }  # fmt: skip


def _follow(name: str, value: Any, labels: Mapping[str, str]) -> str:
    """The widget shows what the address says.

    The browser knows an option by its text, so a widget lives as long as its texts.
    """
    key = f"budget_{name}_{crc32('|'.join(labels.values()).encode()):08x}"
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _apply(run: Run, name: str, key: str) -> None:
    value = st.session_state[key]
    choose(run, **{name: None if value == _ALL else value})


def _segments(run: Run, name: str, labels: Mapping[str, str], value: str | None) -> None:
    key = _follow(name, value, labels)
    st.segmented_control(
        word(f"budget.control.{name}", run.view.lang),
        list(labels),
        format_func=labels.__getitem__,
        key=key,
        required=True,
        on_change=partial(_apply, run, name, key),
        width="content",
    )


def _box(run: Run, name: str, labels: Mapping[str, str], value: str | None, *, width: int) -> None:
    key = _follow(name, value, labels)
    st.selectbox(
        word(f"budget.control.{name}", run.view.lang),
        list(labels),
        index=None if value is None else 0,
        format_func=labels.__getitem__,
        key=key,
        on_change=partial(_apply, run, name, key),
        width=width,
    )


def coverage_texts(run: Run) -> list[tuple[str, str, str]]:
    """Per view: its name, how many units have a figure for the chosen time, and in all times."""
    lang, choice, offers = run.view.lang, load_choice(run), load_offers(run)
    total = format_number(len(units_in_view(run)), lang)
    texts = []
    for scope in SCOPES:
        of_time = units_of(offers, scope=scope, period=choice.period) if choice.period else ()
        ever = units_of(offers, scope=scope)
        label = word(
            "budget.coverage.label", lang,
            scope=word(f"budget.scope.{scope}", lang), period=period_text(choice.period, lang),
        )  # fmt: skip
        covering = _covering(offers, scope, choice.period)
        key = "budget.coverage.note_covering" if covering else "budget.coverage.note"
        note = word(key, lang, count=len(ever), total=total, covering=len(covering))
        value = word("budget.coverage.value", lang, count=len(of_time), total=total)
        texts.append((label, value, note))
    return texts


def _covering(offers: list[Offer], scope: str, period: str | None) -> frozenset[str]:
    """Units with figures of longer periods that hold the chosen year."""
    if period is None or not period.isdigit():
        return frozenset()
    year = int(period)
    found = [
        offer.units
        for offer in offers
        if offer.scope == scope and offer.first_year != offer.last_year
        if offer.first_year and offer.last_year and offer.first_year <= year <= offer.last_year
    ]
    return frozenset[str]().union(*found)


def render_coverage(run: Run) -> None:
    """How many units have any figure, for both views, so that nobody takes silence for zero."""
    for column, (label, value, note) in zip(st.columns(2, gap="small"), coverage_texts(run)):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{escape_markdown(label)}**")
            st.metric(label, value, label_visibility="collapsed")
            st.caption(note)
    st.caption(word("budget.coverage.caution", run.view.lang))

"""Presentation mode: the pages of a briefing one after another, each filling the screen.

The page in the address and the number in `present` say which one is shown, so that a link opens
it and the back button goes back. static/frame.js turns keys into clicks on the buttons made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st

from dashboard.figure import is_dark, plotly_config
from dashboard.figure_component import figure_message, render_chart
from dashboard.figure_context import figure_context
from dashboard.filters import Run, set_view
from dashboard.kept import kept
from dashboard.navigation import page_paths
from dashboard.slides import BRIEFING, FLAT, UPRIGHT, Slide, source_titles
from dashboard.synthetic_mark import synthetic_mark
from dashboard.view import BOTH, view_params, with_changes
from dashboard.words import escape_markdown, format_date, word

LONGEST_TITLE: Final = 72  # letters of one line in the usual size
BELOW: Final = {UPRIGHT: 24, BOTH: 32}  # px for the notices under a map


@dataclass(frozen=True)
class Step:
    """One page of the briefing by its address."""

    page: str
    number: int
    make: Callable[[Run], Slide]


def steps() -> tuple[Step, ...]:
    """The pages of the briefing in their order, of the pages there are."""
    known = page_paths()
    return tuple(Step(*step) for step in BRIEFING if step[0] in known)


def place_of(page: str, number: int) -> int | None:
    """Which of the steps an address shows; None for a page that is not in the briefing.

    A number beyond the page's figures means its last.
    """
    places = [place for place, step in enumerate(steps()) if step.page == page]
    return places[min(number, len(places)) - 1] if places else None


def start_presentation() -> None:
    """Show the page that is open on the whole screen."""
    set_view(present=1)


def render_presentation(
    run: Run, page: str, pages: Mapping[str, st.Page], notices: Sequence[str]
) -> None:
    """The page of the briefing, or the whole page where it is not in the briefing."""
    place = place_of(page, run.view.present)
    if place is None:
        with st.container(key="slide_page"):
            if notices:
                st.caption(escape_markdown(" ".join(notices)))
            pages[page].run()
    else:
        _render_slide(run, place, steps()[place].make(run), notices)
    _render_steps(run, page, place, pages)


def _render_slide(run: Run, place: int, slide: Slide, notices: Sequence[str]) -> None:
    lang = run.view.lang
    about = figure_context(run, slide.title, source_ids=slide.source_ids, vintage=slide.vintage)
    with st.container(key="slide"):
        long = "_long" if len(slide.title) > LONGEST_TITLE else ""
        with st.container(key=f"slide_head{long}"):
            st.title(escape_markdown(slide.title), anchor=False)
            said = [
                word("present.about", lang, date=format_date(about.as_of, lang),
                     vintage=about.vintage_label),
                *(f"{label}: {value}" for label, value in about.filters),
                *notices,
            ]  # fmt: skip
            st.caption(escape_markdown(" · ".join(said)))
        is_flat = slide.layout == FLAT
        with st.container(key=f"slide_{slide.layout}", horizontal=not is_flat):
            if is_flat:
                _render_told(slide)
            _render_figure(run, place, slide)
            if not is_flat:
                _render_told(slide)
        with st.container(key="slide_foot"):
            titles = "; ".join(source_titles(run, slide))
            sources = word("present.sources", lang, sources=titles)
            st.caption(escape_markdown(f"{about.snapshot_line()}. {sources}"))


def _render_told(slide: Slide) -> None:
    """The numbers in large type, and what else is to be said."""
    with st.container(key="slide_told"):
        with st.container(key="slide_numbers"):
            for place, number in enumerate(slide.numbers):
                with st.container(key=f"slide_sign_{number.symbol}_{place}", gap=None):
                    st.metric(number.label, number.value)
                    if number.note:
                        st.caption(escape_markdown(number.note))
        for line in slide.lines:
            st.markdown(escape_markdown(line))
        if slide.legend:
            with st.container(key="slide_legend"):
                for place, entry in enumerate(slide.legend):
                    with st.container(key=f"slide_sign_{entry.symbol}_legend_{place}"):
                        st.markdown(escape_markdown(f"{entry.label}: {entry.value}"))


def _render_figure(run: Run, place: int, slide: Slide) -> None:
    draw, dark = slide.draw, is_dark()
    if draw is None:
        return

    def make() -> bytes:
        figure = draw(dark=dark)
        if slide.layout != FLAT:
            # The numbers beside it are the legend, in type that can be read from afar.
            drawn = figure.layout.height - figure.layout.margin.b
            figure.layout.showlegend = False
            figure.layout.margin.b = BELOW[slide.layout]
            figure.layout.height = drawn + BELOW[slide.layout]
        config, mark = plotly_config(run.view.lang), synthetic_mark(run)
        return figure_message(figure, config, slide.alt(), mark)

    key = ("slide", place, run.snapshot.id, run.view, dark)
    with st.container(key="slide_figure"):
        render_chart(kept(key, make), key="slide_chart")


def _render_steps(run: Run, page: str, place: int | None, pages: Mapping[str, st.Page]) -> None:
    """Where we are, and the buttons that turn the page; keys press them."""
    lang, shown = run.view.lang, steps()
    number = "–" if place is None else place + 1
    with st.container(key="slide_steps", horizontal=True, vertical_alignment="center"):
        before = None if place is None else place - 1
        _turn_button("previous", ":material/chevron_left:", before, page, pages, run)
        st.markdown(word("present.step", lang, number=number, total=len(shown)))
        after = 0 if place is None else place + 1
        _turn_button("next", ":material/chevron_right:", after, page, pages, run)
        st.button(
            word("present.leave", lang),
            icon=":material/close:",
            key="slide_leave",
            on_click=_leave,
        )


def _turn_button(
    name: str, icon: str, place: int | None, page: str, pages: Mapping[str, st.Page], run: Run
) -> None:
    """Turns to another figure of this page, or to another page in one step of the history."""
    shown, label = steps(), word(f"present.{name}", run.view.lang)
    step = shown[place] if place is not None and 0 <= place < len(shown) else None
    with st.container(key=f"slide_{name}", width="content"):
        if step is None or step.page == page:
            st.button(
                label,
                icon=icon,
                key=f"slide_{name}_button",
                disabled=step is None,
                on_click=partial(_show_figure, step.number) if step else None,
            )
        else:
            view = with_changes(run.view, run.facts, present=step.number)
            params = view_params(view, run.facts)
            st.page_link(pages[step.page], label=label, icon=icon, query_params=params)


def _show_figure(number: int) -> None:
    set_view(present=number)


def _leave() -> None:
    set_view(present=0)

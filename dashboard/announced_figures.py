"""Announced totals against what documents show: the picture of five seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.charts import (
    describe_reconciliation,
    human_rights_parts,
    plot_reconciliation,
    regulation_parts,
)
from dashboard.document_figures import SOURCES
from dashboard.figure import render_figure
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.headline import LAGGING, adopted_at, announced
from dashboard.kept import kept_for
from dashboard.queries import query_evidence, query_silent_provinces
from dashboard.tables import evidence_table
from dashboard.words import format_date, word
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION


@dataclass(frozen=True)
class Reconciliation:
    """Announced and evidenced totals of the 63 on the day of the letter, with their words."""

    day: date
    parts: pd.DataFrame
    title: str
    caption: str
    headings: tuple[str, str]


def load_reconciliation(run: Run, indicator: str) -> Reconciliation | None:
    """The newest letter's totals against the evidence; None where no letter has come yet."""
    lang = run.view.lang
    total = announced(
        run, LAGGING if indicator == HUMAN_RIGHTS_PLAN else "regulation_on_decision79_not_amended"
    )
    if total is None:
        return None
    day = total["as_of_date"].date()
    values = {"document": total["document_number"], "date": format_date(day, lang)}
    make = _regulation_parts if indicator == REGULATION else _human_rights_parts
    parts, title, caption = kept_for(
        run, f"reconciliation {indicator}", partial(make, run, total, day, values)
    )
    headings = (
        word("page.regulations.heading_announced", lang, **values),
        word("page.regulations.heading_evidenced", lang),
    )
    return Reconciliation(day, parts, title, caption, headings)


def render_reconciliation(run: Run, indicator: str, *, key: str) -> None:
    """Announced against evidenced totals, compared on the letter's own date."""
    lang = run.view.lang
    section = "regulations" if indicator == REGULATION else "human_rights"
    found = load_reconciliation(run, indicator)
    if found is None:
        if indicator == REGULATION:
            st.subheader(word("page.regulations.reconciliation", lang), anchor=False)
        until = format_date(run.view.as_of, lang)
        st.info(word(f"page.{section}.no_letter", lang, date=until))
        return
    st.subheader(found.title, anchor=False)
    st.caption(found.caption)
    draw = partial(plot_reconciliation, found.parts, indicator, lang, headings=found.headings)
    render_figure(
        run,
        draw,
        key=key,
        alt=partial(describe_reconciliation, found.parts, lang),
        # The letter speaks of the 63, whatever units are on the map.
        context=partial(
            figure_context, run, found.title, source_ids=SOURCES[indicator], vintage=2008
        ),
        table=lambda: _parts_table(found.parts, lang),
        evidence=lambda: _letter_evidence(run, indicator, found.day),
        export=draw,
    )


def _parts_table(parts: pd.DataFrame, lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            word("column.reason", lang): [
                word(f"chart.reconciliation.{c}", lang) for c in parts["column"]
            ],
            word("column.title", lang): parts["label"],
            word("column.provinces", lang): parts["count"],
        }
    )


def _letter_evidence(run: Run, indicator: str, day: date) -> pd.DataFrame:
    """Evidence of the 63 on the day of the letter: what it names, implies and what contradicts."""
    found = query_evidence(run.snapshot, 2008, indicator, "", day)
    return evidence_table(found, indicator, run.view.lang)


def _regulation_parts(
    run: Run, total: dict[Any, Any], day: date, values: dict[str, str]
) -> tuple[pd.DataFrame, str, str]:
    lang = run.view.lang
    general = announced(run, "only_general_foreign_affairs_regulation")
    silent = query_silent_provinces(run.snapshot, day)
    parts = regulation_parts(
        int(total["announced_count"]),
        int(general["announced_count"]) if general else 0,
        int(total["out_of"]),
        int((silent["has_document"] & ~silent["has_contradiction"]).sum()),
        int(silent["has_contradiction"].sum()),
        lang,
    )
    title = word("page.regulations.reconciliation", lang)
    return parts, title, word("page.regulations.reconciliation_caption", lang, **values)


def _human_rights_parts(
    run: Run, total: dict[Any, Any], day: date, values: dict[str, str]
) -> tuple[pd.DataFrame, str, str]:
    lang, named = run.view.lang, adopted_at(run, day)
    lagging, out_of = int(total["announced_count"]), int(total["out_of"])
    parts = human_rights_parts(lagging, out_of, named, lang)
    title = word("page.human_rights.reconciliation_title", lang, lagging=lagging, out_of=out_of)
    caption = word(
        "page.human_rights.reconciliation_caption",
        lang,
        lagging=lagging,
        out_of=out_of,
        named=named,
        implied=out_of - lagging,
        **values,
    )
    return parts, title, caption

"""The chosen province: every printed amount behind its colour, and what else is known of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.budget.amounts import Amounts, load_amounts
from dashboard.budget.choice import load_choice, load_offers
from dashboard.budget.tables import evidence_lines, province_text, remarks
from dashboard.budget.wording import cover_text, period_text, printed_money
from dashboard.filters import Run, set_view
from dashboard.kept import kept_for
from dashboard.tables import first_address, text_or_blank
from dashboard.words import day_of, escape_markdown, format_date, word
from domain.budgets import BudgetLine

MOST_LINES = 12  # the evidence under the map has all


def render_province(run: Run) -> None:
    """The lines of the chosen province with document, day, source; else how to choose one."""
    lang, code = run.view.lang, run.view.province
    if code is None:
        st.info(word("budget.pick", lang), icon=":material/touch_app:")
        return
    lines = kept_for(run, "budget province", lambda: province_lines(run, code))
    with st.container(border=True, key="budget_why"):
        name = run.facts.provinces[run.view.vintage][code].name
        title = word("budget.why", lang, province=name)
        st.markdown(f"##### {escape_markdown(title)}")
        st.markdown("\n".join(lines))
        st.button(
            word("evidence.clear", lang),
            key="budget_clear",
            type="tertiary",
            icon=":material/close:",
            on_click=_clear_province,
        )


def _clear_province() -> None:
    set_view(province=None)


def province_lines(run: Run, code: str) -> list[str]:
    """Markdown: the amounts of the choice with their roles, then the other times that have any."""
    lang, amounts = run.view.lang, load_amounts(run)
    found = evidence_lines(amounts, code)
    figure = next((f for f in amounts.figures if f.unit_code == code), None)
    lines = [_line(role, line, amounts, run) for role, line in found[:MOST_LINES]]
    if not found:
        lines.append(word("budget.province_none", lang))
    if figure is not None and figure.amount_million_vnd is None:
        lines.insert(0, word("budget.not_added_why", lang) + "\n")
    if len(found) > MOST_LINES:
        lines.append(word("budget.more_lines", lang, count=len(found) - MOST_LINES))
    return lines + _other_times(run, code)


def _line(role: str, line: BudgetLine, amounts: Amounts, run: Run) -> str:
    lang, row = run.view.lang, amounts.rows[line.line_id]
    parts = [
        f"**{escape_markdown(printed_money(row, lang))}**",
        escape_markdown(cover_text(line, lang)),
        escape_markdown(word("budget.as_printed", lang, printed=row["as_printed"])),
        escape_markdown(_document(row, lang)),
        escape_markdown(remarks(row, run.view.as_of, lang)),
        _link(row, lang),
    ]
    name = province_text(row, run)
    unit = run.facts.provinces[run.view.vintage][line.unit_code].name
    if name != unit:
        parts.insert(0, escape_markdown(amounts.name(line)))
    said = word(f"budget.role.{role}", lang)
    return f"- {said}: " + " · ".join(part for part in parts if part)


def _document(row: dict[str, Any], lang: str) -> str:
    number, day = text_or_blank(row["document_number"]), day_of(row["document_date"])
    return ", ".join(part for part in (number, format_date(day, lang) if day else "") if part)


def _link(row: dict[str, Any], lang: str) -> str:
    address = first_address(row["source_url"])
    if address is None or not address.startswith(("http://", "https://")):
        return ""
    return f"[{word('evidence.link', lang)}](<{address.replace('>', '%3E')}>)"


def _other_times(run: Run, code: str) -> list[str]:
    """Other choices of the same view that have a figure of this unit."""
    lang, choice = run.view.lang, load_choice(run)
    others = [
        word(
            "budget.other_time", lang,
            period=period_text(offer.period, lang), stage=word(f"budget.stage.{offer.stage}", lang),
            programme=word(f"budget.programme.{offer.programme}", lang),
        )
        for offer in load_offers(run)
        if code in offer.units and offer.scope == choice.scope
        if (offer.period, offer.stage) != (choice.period, choice.stage)
        or choice.programme not in (None, offer.programme)
    ]  # fmt: skip
    if not others:
        return []
    texts = [escape_markdown(text) for text in others]
    return ["", word("budget.other_times", lang), "", *(f"- {text}" for text in texts[:MOST_LINES])]

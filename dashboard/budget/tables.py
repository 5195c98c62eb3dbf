"""Tables of printed amounts: every line with its document, day, source and what to know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.budget.amounts import Amounts, all_lines
from dashboard.budget.wording import (
    bare_period,
    component_text,
    money,
    printed_money,
    share_text,
    source_text,
    until_text,
)
from dashboard.filters import Run
from dashboard.tables import dates_or_none, first_address, flag_text, text_or_blank
from dashboard.words import day_of, sort_key, word
from domain.budgets import FUNDING_SOURCES, BudgetLine, UnitFigure, without_parts


def line_table(amounts: Amounts, lines: Iterable[tuple[str, BudgetLine]], run: Run) -> pd.DataFrame:
    """One row per printed amount; `lines` are (role or "", line). Index: the unit's code."""
    lang = run.view.lang
    shown = list(lines)
    records = [_record(role, amounts.rows[line.line_id], amounts, run) for role, line in shown]
    table = pd.DataFrame(records, columns=_columns(lang, any(role for role, _ in shown)))
    issued = word("column.issued", lang)
    table[issued] = dates_or_none(table[issued])
    table.index = pd.Index([line.unit_code for _, line in shown], dtype=object)
    return table


def _columns(lang: str, has_roles: bool) -> list[str]:
    names = ("period", "stage", "amount", "component", "funding", "programme", "kind", "printed",
             "million")  # fmt: skip
    return [
        word("column.province", lang),
        *([word("column.role", lang)] if has_roles else []),
        *(word(f"budget.column.{name}", lang) for name in names),
        *(word(f"column.{name}", lang) for name in ("number", "issued", "flags", "source")),
    ]


def _record(role: str, row: dict[str, Any], amounts: Amounts, run: Run) -> dict[str, Any]:
    lang = run.view.lang
    return {
        word("column.province", lang): province_text(row, run),
        word("column.role", lang): word(f"budget.role.{role}", lang) if role else "",
        word("budget.column.period", lang): bare_period(row["period"], lang),
        word("budget.column.stage", lang): word(f"budget.stage.{row['stage']}", lang),
        word("budget.column.amount", lang): printed_money(row, lang),
        word("budget.column.component", lang): component_text(row["component"], lang),
        word("budget.column.funding", lang): source_text(
            text_or_blank(row["funding_source"]), lang
        ),
        word("budget.column.programme", lang): word(f"budget.programme.{row['programme']}", lang),
        word("budget.column.kind", lang): _kind(row, lang),
        word("budget.column.printed", lang): row["as_printed"],
        word("budget.column.million", lang): int(row["amount_million_vnd"]),
        word("column.number", lang): text_or_blank(row["document_number"]),
        word("column.issued", lang): row["document_date"],
        word("column.flags", lang): remarks(row, run.view.as_of, lang),
        word("column.source", lang): first_address(row["source_url"]),
    }


def province_text(row: dict[str, Any], run: Run) -> str:
    """The province an amount was printed for; with the unit it is part of now, if another."""
    name = str(row["province_name"])
    unit = run.facts.provinces[run.view.vintage][str(row["province_code_gso"])].name
    return name if name == unit else f"{unit} ({name})"


def _kind(row: dict[str, Any], lang: str) -> str:
    if len(row["total_ids"]):
        return word("budget.kind.part", lang)
    return word("budget.kind.total" if row["is_total"] else "budget.kind.single", lang)


def remarks(row: dict[str, Any], as_of: date, lang: str) -> str:
    """Contradiction, unknown day, share disbursed and the row's flags, in one cell."""
    parts = []
    if len(row["disputed_ids"]):
        parts.append(word("evidence.contradiction", lang))
    if day_of(row["counts_from_date"]) is None:
        parts.append(word("budget.undated", lang))
    flags = [flag for flag in row["flags"] if flag not in _SAID_ELSEWHERE]
    parts += [printed_share(row, as_of, lang), flag_text(flags, lang)]
    return "; ".join(part for part in parts if part)


# The columns for amount, period and source of money say these already.
_SAID_ELSEWHERE: Final = frozenset(
    {"rounded", "several_years", "year_not_printed", "funding_source_not_printed"}
)


def printed_share(row: dict[str, Any], as_of: date, lang: str) -> str:
    """The share disbursed that the source prints, with its day; "" where that is to come."""
    until, share = day_of(row["counted_until"]), row["share_disbursed_pct"]
    if share is None or share != share or (until is not None and until > as_of):
        return ""
    text = share_text(float(share), text_or_blank(row["share_rounding"]) or None, lang)
    return word("budget.share.printed", lang, share=text, until=until_text(row, lang))


def unit_table(amounts: Amounts, run: Run) -> pd.DataFrame:
    """One row per unit with any figure: what stands for it, or why nothing does."""
    figures = [*amounts.coloured, *amounts.listed]
    table = pd.DataFrame([_unit_record(figure, amounts, run) for figure in figures])
    table.index = pd.Index([figure.unit_code for figure in figures], dtype=object)
    return table


def _unit_record(figure: UnitFigure, amounts: Amounts, run: Run) -> dict[str, Any]:
    lang = run.view.lang
    lines = [part.line for part in figure.parts]
    rows = [amounts.rows[line.line_id] for line in lines]
    disputed = [amounts.rows[line.line_id] for part in figure.parts for line in part.disputes]
    numbers = (text_or_blank(row["document_number"]) for row in rows)
    sources = dict.fromkeys(source_text(line.funding_source, lang) for line in lines)
    unit = run.facts.provinces[run.view.vintage][figure.unit_code]
    return {
        word("column.province", lang): unit.name,
        word("budget.column.amount", lang): _unit_amount(figure, rows, lang),
        word("budget.column.disputed", lang): "; ".join(printed_money(r, lang) for r in disputed),
        word("budget.column.component", lang): "; ".join(
            _part_text(row, len(unit.parts) > 1, lang) for row in rows
        ),
        word("budget.column.funding", lang): "; ".join(sources),
        word("budget.column.printed", lang): "; ".join(row["as_printed"] for row in rows),
        word("budget.column.million", lang): figure.amount_million_vnd,
        word("column.number", lang): "; ".join(number for number in numbers if number),
        word("column.issued", lang): day_of(rows[0]["document_date"]),
        word("column.flags", lang): "; ".join(
            dict.fromkeys(remarks(row, run.view.as_of, lang) for row in rows)
        ),
        word("column.source", lang): first_address(rows[0]["source_url"]),
    }


def _unit_amount(figure: UnitFigure, rows: list[dict[str, Any]], lang: str) -> str:
    if figure.amount_million_vnd is None:
        return word("budget.not_added", lang)
    if len(rows) > 1:
        return word("budget.added", lang, amount=money(figure.amount_million_vnd, lang))
    return printed_money(rows[0], lang)


def _part_text(row: dict[str, Any], is_of_merged: bool, lang: str) -> str:
    """What an amount is for; of a part of a merged unit with its name and amount."""
    text = component_text(row["component"], lang)
    return f"{row['province_name']}: {printed_money(row, lang)}, {text}" if is_of_merged else text


def evidence_lines(amounts: Amounts, unit: str | None) -> list[tuple[str, BudgetLine]]:
    """Every line behind the figures of all units, or of one, with its role."""
    return [
        pair
        for figure in amounts.figures
        if unit is None or figure.unit_code == unit
        for part in figure.parts
        for pair in all_lines(part)
    ]


def tree_order(amounts: Amounts) -> list[tuple[str, BudgetLine]]:
    """All lines: by province, period and stage, each total before its parts."""
    heads = {line.line_id for line in without_parts(amounts.lines)}

    def order(line: BudgetLine) -> tuple[Any, ...]:
        head = next((i for i in sorted(line.total_ids) if i in heads), line.line_id)
        return (
            sort_key(amounts.name(line)), line.period, line.programme, line.stage, head,
            len(line.total_ids), -line.amount_million_vnd, line.line_id,
        )  # fmt: skip

    return [("", line) for line in sorted(amounts.lines, key=order)]


def funding_table(amounts: Amounts, run: Run) -> pd.DataFrame:
    """One row per province, programme, period and stage: what is printed of each source."""
    lang = run.view.lang
    money_of: defaultdict[tuple[str, ...], defaultdict[str, list[BudgetLine]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for _, line in tree_order(amounts):
        if line.is_of_province:
            key = (
                line.unit_code, province_text(amounts.rows[line.line_id], run),
                bare_period(line.period, lang), word(f"budget.stage.{line.stage}", lang),
                word(f"budget.programme.{line.programme}", lang),
            )  # fmt: skip
            money_of[key][line.funding_source or ""].append(line)
    used = [s for s in (*FUNDING_SOURCES, "") if any(found[s] for found in money_of.values())]
    records = [
        {word(head, lang): text for head, text in zip(_FUNDING_HEADS, key[1:])}
        | {source_text(s or None, lang): _cell(amounts, found[s], lang) for s in used}
        for key, found in money_of.items()
    ]
    table = pd.DataFrame(records)
    table.index = pd.Index([key[0] for key in money_of], dtype=object)
    return table


_FUNDING_HEADS: Final = (
    "column.province", "budget.column.period", "budget.column.stage", "budget.column.programme",
)  # fmt: skip


def _cell(amounts: Amounts, lines: list[BudgetLine], lang: str) -> str:
    """Amounts of one source that are no part of another there; what for, if there are several."""
    heads = without_parts(lines)
    texts = [printed_money(amounts.rows[line.line_id], lang) for line in heads]
    if len(heads) > 1:
        texts = [f"{t} ({component_text(h.component, lang)})" for t, h in zip(texts, heads)]
    return "; ".join(texts)

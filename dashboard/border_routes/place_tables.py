"""Tables on places: gates, information clusters and their observations, lengths per source."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.border_routes.coverage_tables import unit_and_part
from dashboard.tables import dates_or_none, first_address, flag_text, text_or_blank
from dashboard.words import format_number, word

# What the columns on position and date say already.
_POSITION_FLAGS = frozenset({"position_approximate", "position_unknown"})
_DATE_FLAGS = frozenset({"undated", "year_only", "date_not_printed"})


def gate_table(gates: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per gate: name, province, class, transport, counterpart, position, source."""
    rows = list(gates.itertuples())
    key = "page.border_routes"
    table = pd.DataFrame(
        {
            word(f"{key}.column.gate", lang): [r.gate_name for r in rows],
            word("column.province", lang): [unit_and_part(r, lang) for r in rows],
            word(f"{key}.column.gate_class", lang): [
                word(f"{key}.gate_class.{r.gate_class}", lang) for r in rows
            ],
            word(f"{key}.column.transport", lang): [
                word(f"{key}.transport.{r.transport}", lang) for r in rows
            ],
            word(f"{key}.column.counterpart", lang): [text_or_blank(r.counterpart) for r in rows],
            word(f"{key}.column.place", lang): [
                ", ".join(p for p in map(text_or_blank, (r.commune, r.district)) if p) for r in rows
            ],
            word(f"{key}.column.position", lang): [
                word(f"{key}.placement.{r.placement}", lang) for r in rows
            ],
            word("column.strength", lang): [
                word(f"{key}.confidence.{r.confidence}", lang) for r in rows
            ],
            word("column.flags", lang): [
                flag_text([f for f in r.flags if f not in _POSITION_FLAGS], lang) for r in rows
            ],
            word("column.source", lang): [first_address(r.source_url) for r in rows],
            word("column.second_source", lang): [_second_address(r.source_url) for r in rows],
        }
    )
    # An airport has no other side and no commune: a column that says nothing is left out.
    silent = [word(f"{key}.column.{name}", lang) for name in ("counterpart", "place")]
    table = table.drop(columns=[c for c in silent if not table[c].any()])
    return table.set_index(gates["province_code_gso"])


def cluster_table(clusters: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per observation: cluster, province, gate, state, date, source."""
    rows = list(clusters.itertuples())
    key = "page.border_routes"
    table = pd.DataFrame(
        {
            word(f"{key}.column.cluster", lang): [r.cluster_name for r in rows],
            word("column.province", lang): [unit_and_part(r, lang) for r in rows],
            word(f"{key}.column.gate", lang): [_gate_of(r, lang) for r in rows],
            word(f"{key}.column.state", lang): [
                word(f"{key}.cluster_state.{r.state}", lang) for r in rows
            ],
            word(f"{key}.column.observed", lang): dates_or_none(clusters["observed_date"]),
            word(f"{key}.column.date_basis", lang): [
                word("evidence.undated" if pd.isna(r.date_basis) else f"basis.{r.date_basis}", lang)
                for r in rows
            ],
            word("column.flags", lang): [
                flag_text([f for f in r.flags if f not in _DATE_FLAGS], lang) for r in rows
            ],
            word("column.source", lang): [first_address(r.source_url) for r in rows],
        }
    )
    return table.set_index(clusters["province_code_gso"])


def activity_table(activities: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per activity: province, kind, title, days, partner, people reached, document."""
    rows = list(activities.itertuples())
    key = "page.border_routes"
    table = pd.DataFrame(
        {
            word("column.province", lang): [unit_and_part(r, lang) for r in rows],
            word("column.kind", lang): [
                word(f"{key}.activity_kind.{r.activity_kind}", lang) for r in rows
            ],
            word(f"{key}.column.activity", lang): [r.title for r in rows],
            word(f"{key}.column.first_date", lang): dates_or_none(activities["first_date"]),
            word(f"{key}.column.last_date", lang): dates_or_none(activities["last_date"]),
            word(f"{key}.column.partner", lang): [text_or_blank(r.partner) for r in rows],
            word(f"{key}.column.audience", lang): [
                "" if pd.isna(r.audience_count) else format_number(r.audience_count, lang)
                for r in rows
            ],
            word("column.document", lang): [text_or_blank(r.document_number) for r in rows],
            word("column.flags", lang): [flag_text(r.flags, lang) for r in rows],
            word("column.source", lang): [first_address(r.source_url) for r in rows],
        }
    )
    return table.set_index(activities["province_code_gso"])


def _gate_of(row: Any, lang: str) -> str:
    name = text_or_blank(row.gate_name)
    if pd.isna(row.gate_class):
        return word("page.border_routes.no_listed_gate", lang, name=name) if name else ""
    return f"{name} ({word(f'page.border_routes.gate_class.{row.gate_class}', lang).lower()})"


def length_table(parts: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per old province on the route: its length as its source gives it, never added up.

    Text, not numbers: figures of different sources, days and methods have no sum.
    """
    rows = list(parts.itertuples())
    key = "page.border_routes"
    columns: dict[str, Any] = {word("column.province", lang): [r.province_name for r in rows]}
    if (parts["province_name"] != parts["part_name"]).any():
        columns[word(f"{key}.column.old_province", lang)] = [r.part_name for r in rows]
    columns |= {
        word(f"{key}.column.length", lang): [_length(r.border_km, lang) for r in rows],
        word("column.flags", lang): [flag_text(r.flags, lang) for r in rows],
        word("column.source", lang): [first_address(r.source_url) for r in rows],
        word("column.second_source", lang): [_second_address(r.source_url) for r in rows],
    }
    return pd.DataFrame(columns).set_index(parts["province_code_gso"])


def _length(kilometres: float, lang: str) -> str:
    """With the decimals that its source prints."""
    if pd.isna(kilometres):
        return word("map.missing", lang)
    decimals = len(f"{kilometres:.3f}".rstrip("0").rpartition(".")[2])
    return format_number(kilometres, lang, decimals)


def _second_address(addresses: Any) -> str | None:
    """The second of the addresses in a cell ("a | b"), None where there is none."""
    parts = text_or_blank(addresses).split(" | ")
    return parts[1].strip() if len(parts) > 1 else None

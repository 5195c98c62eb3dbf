"""Rules that tie the cells of one row together, by table; a row that breaks one is rejected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.documents import split_citation
from domain.errors import BadValue

Values = Mapping[str, Any]
CITING_FACTS = ("guided_by", "carries_out")


def _check_count(values: Values) -> None:
    if values["count"] > values["out_of"]:
        raise BadValue("bad_value", where="count", expected=f"at most out_of = {values['out_of']}")


def _check_period(values: Values) -> None:
    first, last = values["period_start"], values["period_end"]
    if first and last and first > last:
        raise BadValue("bad_value", where="period_end", expected=f"{first} or later")


def _check_parent(values: Values) -> None:
    if values["parent_line_id"] == values["line_id"]:
        raise BadValue("unknown_reference", where="parent_line_id", expected="another line")


def _check_extent(values: Values) -> None:
    for low, high in (("lat_min", "lat_max"), ("lon_min", "lon_max")):
        if values[low] >= values[high]:
            raise BadValue("bad_value", where=high, expected=f"more than {low} = {values[low]}")


def _check_cited(values: Values) -> None:
    if values["fact"] not in CITING_FACTS:
        return
    try:
        split_citation(values["value"].partition(", ")[0])
    except BadValue as error:
        raise BadValue("impossible_date", where="value", expected=error.expected) from None


_RULES: Mapping[str, Callable[[Values], None]] = {
    "announced_totals": _check_count,
    "human_rights_plans": _check_period,
    "budgets": _check_parent,
    "archipelagos": _check_extent,
    "document_facts": _check_cited,
}


def check_row(table: str, values: Values) -> None:
    """Raises BadValue (what = reason code, where = column) for a row that breaks a rule."""
    if table in _RULES:
        _RULES[table](values)

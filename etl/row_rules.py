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


def _in_order(first: str, last: str) -> Callable[[Values], None]:
    def check(values: Values) -> None:
        if values[first] and values[last] and values[first] > values[last]:
            raise BadValue("bad_value", where=last, expected=f"{values[first]} or later")

    return check


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
    "human_rights_plans": _in_order("period_start", "period_end"),
    "plan_tasks": _in_order("due_from", "due_to"),
    "border_activities": _in_order("first_on", "last_on"),
    "result_reports": _in_order("issued_on", "received_on"),
    "budgets": _check_parent,
    "archipelagos": _check_extent,
    "document_facts": _check_cited,
}


def check_row(table: str, values: Values) -> None:
    """Raises BadValue (what = reason code, where = column) for a row that breaks a rule."""
    if table in _RULES:
        _RULES[table](values)

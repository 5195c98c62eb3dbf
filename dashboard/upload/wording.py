"""What was found in a document, worded: names of lists and fields, values as people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.highlight import Passage
from dashboard.words import format_date, format_number, has_word, word

HEAD: Final = "document"
# The lists of an extraction that are shown, with their fields in the order shown.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "regulation_statuses": ("province_code_gso", "class"),
    "announced_totals": ("indicator", "count", "out_of"),
    "regulations": ("province_code_gso", "number", "issued_date", "effective_date", "legal_base",
                    "replaces"),
    "human_rights_plans": ("province_code_gso", "number", "issued_date", "period_start",
                           "period_end"),
    "annual_plans": ("province_code_gso", "number", "issued_date", "plan_year"),
    "joint_programmes": ("province_code_gso", "number", "issued_date", "period_start",
                         "period_end"),
    "tasks": ("ordinal", "title", "lead_bodies", "partner_bodies", "due", "amount_million_vnd",
              "funding_source"),
    "budget_lines": ("task", "amount_million_vnd", "as_printed", "funding_source", "year", "stage",
                     "is_total"),
    "topics": ("topic", "border_route"),
    "information_clusters": ("place", "province_code_gso", "state", "operating_regulation"),
    "report_deadlines": ("date", "month_day", "period", "every_year", "from_body", "to_body"),
    "citations": ("number", "kind", "issued_date", "issuing_body", "relation", "expired"),
}  # fmt: skip
HEAD_FIELDS: Final = (
    "kind", "number", "issued_date", "issuing_body", "issuer_level", "province_code_gso", "title",
    "plan_year", "signer",
)  # fmt: skip
# Field → section of the catalogues that words its codes.
_CODES: Final = {
    "kind": "upload.kind", "issuer_level": "upload.level", "relation": "upload.relation",
    "class": "class.regulation", "legal_base": "legal_base", "border_route": "route",
    "state": "upload.state", "stage": "upload.stage", "period": "upload.period",
    "indicator": "upload.total", "topic": "upload.topic",
}  # fmt: skip


def field_text(field: str, value: Any, lang: str, names: Mapping[str, str]) -> str:
    """A value as people write it; "" for what was not found. `names`: province code → name."""
    if value is None or value == [] or value == "":
        return ""
    if isinstance(value, bool):
        return word("upload.yes" if value else "upload.no", lang)
    if field == "province_code_gso":
        return names.get(str(value), str(value))
    if field in _CODES and has_word(f"{_CODES[field]}.{value}", lang):
        return word(f"{_CODES[field]}.{value}", lang)
    if field.endswith("_date") or field == "date":
        return format_date(date.fromisoformat(value), lang)
    if field == "month_day":
        return f"{value[3:]}/{value[:2]}"
    if field == "due":
        return str(value.get("printed") or "")
    if field == "amount_million_vnd":
        return format_number(value, lang, 0 if float(value).is_integer() else 3)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(value)


def head_rows(
    document: Mapping[str, Any], lang: str, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """(label, value) of the head; what was not found says so."""
    missing = word("upload.not_found", lang)
    return [
        (word(f"upload.field.{f}", lang), field_text(f, document.get(f), lang, names) or missing)
        for f in HEAD_FIELDS
    ]


def list_table(
    name: str, items: Sequence[Mapping[str, Any]], lang: str, names: Mapping[str, str]
) -> pd.DataFrame:
    """The items of one list, worded; columns in which nothing was found are left out."""
    fields = [f for f in LISTS[name] if any(i.get(f) not in (None, "", []) for i in items)]
    rows = [
        {word(f"upload.field.{f}", lang): field_text(f, item.get(f), lang, names) for f in fields}
        | {word("upload.field.section", lang): (item.get("evidence") or {}).get("section") or ""}
        for item in items
    ]
    return pd.DataFrame(rows)


def passages(
    result: Mapping[str, Any], lang: str, chosen: Mapping[str, Any] | None = None
) -> list[Passage]:
    """Every passage of what was found; `chosen` is the evidence of the item that is looked at."""
    found: list[Passage] = []
    for name in (*LISTS, "warnings"):
        label = word(f"upload.list.{name}", lang)
        for item in result.get(name, ()):
            evidence = item.get("evidence")
            if evidence:
                found.append(Passage(evidence["start"], evidence["end"], label, evidence is chosen))
    head = result["document"].get("evidence")
    if head:
        label = word("upload.list.document", lang)
        found.append(Passage(head["start"], head["end"], label, head is chosen))
    return found

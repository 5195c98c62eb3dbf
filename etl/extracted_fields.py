"""What tells extracted rows apart, and the columns that items of one kind fill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from domain.provinces import fold
from etl.core_rows import Row
from etl.extracted_documents import Item

FIRST_MONTH_DAY: Final = (1, 1)
LAST_MONTH_DAY: Final = (12, 31)
FALLBACK_DAY: Final = dt.date(2025, 6, 30)
# What tells the rows of a table apart, as its primary key in etl/sql/core does.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "letter_finding": ("document_id", "finding", "province_code_gso"),
    "announced_total": ("indicator", "as_of_date", "document_id"),
    "guidance_letter": ("document_id",),
    "guidance_task": ("guidance_task_id",),
    "regulation": ("document_id",),
    "human_rights_plan": ("document_id",),
    "annual_plan": ("document_id", "plan_year"),
    "joint_programme": ("document_id",),
    "document_topic": ("document_id", "topic", "border_route"),
}


def regulation_fields(item: Item) -> Row:
    """Of core.regulation."""
    replaces = "; ".join(item["replaces"] or ()) or None
    return {"legal_base": item["legal_base"], "replaces": replaces}


def human_rights_plan_fields(item: Item) -> Row:
    """Of core.human_rights_plan; a printed period runs over whole years."""
    first, last = item["period_start"], item["period_end"]
    return {
        "plan_kind": "annual" if first and first == last else "scheme",
        "period_start": dt.date(first, *FIRST_MONTH_DAY) if first else None,
        "period_end": dt.date(last, *LAST_MONTH_DAY) if last else None,
    }


def annual_plan_fields(item: Item) -> Row:
    """Of core.annual_plan."""
    return {"plan_year": item["plan_year"]}


def joint_programme_fields(item: Item) -> Row:
    """Of core.joint_programme."""
    return {"is_counted": True}


def money_source(printed: str | None) -> str | None:
    """Whose money it is, by the words of the source; None where they do not tell."""
    words = fold(printed or "")
    has = {
        "central": "trung uong" in words,
        "local": any(w in words for w in ("ngan sach tinh", "ngan sach thanh pho", "dia phuong",
                                          "ngan sach huyen")),
        "donation": "tai tro" in words,
    }  # fmt: skip
    named = [name for name, is_named in has.items() if is_named]
    return named[0] if len(named) == 1 else "all" if len(named) > 1 else None

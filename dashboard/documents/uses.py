"""Where the dashboard uses one document: statuses, amounts, plans, totals, each with its page."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pandas as pd

from dashboard.filters import Run
from dashboard.kept import kept_for
from dashboard.navigation import page_paths
from dashboard.queries.documents import query_document_uses
from dashboard.tables import class_text, dates_or_none, text_or_blank
from dashboard.view import view_link
from dashboard.words import escape_markdown, format_number, sort_key, word
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
)

_PLACES: Final = (
    "status", "list", "contradiction", "announced_total", "guidance_letter", "report_deadline",
    "related_plan", "budget",
)  # fmt: skip
NAMED: Final = 4  # provinces named in one line of the card
_PAGE_OF_INDICATOR: Final = {
    REGULATION: "regulations",
    HUMAN_RIGHTS_PLAN: "human-rights",
    ANNUAL_PLAN: "plans",
    RESULT_REPORT: "plans",
    BORDER_ROUTE: "border-routes",
}
_PAGE_OF_PLACE: Final = {
    "related_plan": "plans", "guidance_letter": "plans", "report_deadline": "plans",
    "budget": "budget", "announced_total": "data-quality", "contradiction": "data-quality",
}  # fmt: skip


def document_uses(run: Run, document_id: str) -> pd.DataFrame:
    """One row per place on the as-of date, statuses first; see sql/document_uses.sql.

    A list of an indicator's documents is left out where a status of it rests on the document.
    """
    return kept_for(run, f"uses {document_id}", partial(_uses, run, document_id))


def _uses(run: Run, document_id: str) -> pd.DataFrame:
    view = run.view
    uses = query_document_uses(run.snapshot, view.vintage, document_id, view.as_of)
    statuses = uses[uses["place"] == "status"]
    decided = set(zip(statuses["indicator"], statuses["scope"], strict=True))
    pairs = zip(uses["place"], uses["indicator"], uses["scope"], strict=True)
    left = [p != "list" or (indicator, scope) not in decided for p, indicator, scope in pairs]
    return uses[pd.Series(left, index=uses.index, dtype=bool)].sort_values(
        "place", key=lambda names: names.map(_PLACES.index), kind="stable"
    )


def use_lines(run: Run, uses: pd.DataFrame) -> list[str]:
    """The places in Markdown, those of one kind in one line, each with a link to its page.

    Contradictions are left to a part of their own.
    """
    lines = []
    known = uses[uses["place"] != "contradiction"]
    known = known.fillna({"indicator": "", "scope": "", "class_name": "", "role": "", "test": ""})
    groups = known.groupby(
        ["place", "indicator", "scope", "class_name", "role", "test"], sort=False
    )
    for (place, indicator, scope, class_name, role, test), rows in groups:
        name = place_name(place, indicator, scope, run.view.lang)
        link = _link(run, rows, place, indicator, scope)
        label = escape_markdown(name)
        parts = [f"[{label}]({link})" if link else label]
        parts.append(_what(place, indicator, class_name, role, test, rows, run.view.lang))
        parts.append(_who(rows, run.view.lang))
        lines.append("- " + " · ".join(escape_markdown(p) if i else p
                                       for i, p in enumerate(parts) if p))  # fmt: skip
    return lines


def place_name(place: str, indicator: str, scope: str, lang: str) -> str:
    """The name of a place: an indicator with its year or route, the budget, a list."""
    if place in ("status", "list", "contradiction"):
        name = word(f"indicator.{indicator}", lang)
        if indicator == BORDER_ROUTE:
            name = f"{name}: {word(f'route.{scope}', lang)}"
        elif indicator in (ANNUAL_PLAN, RESULT_REPORT):
            name = f"{name} {scope}"
        return (
            f"{word('evidence.contradiction', lang)}: {name}" if place == "contradiction" else name
        )
    name = word(f"document.used_in.{place}", lang)
    if place == "announced_total":
        return f"{name}: {word(f'announced.{indicator}', lang)}"
    return f"{name} {scope}" if scope and place in ("guidance_letter", "budget") else name


def _what(
    place: str, indicator: str, class_name: str, role: str, test: str, rows: pd.DataFrame, lang: str
) -> str:
    if place == "status":
        said = word(f"test.{test}", lang) if test else class_text(indicator, class_name, lang)
        return said if role == "supports" else f"{word(f'role.{role}', lang)}: {said}"
    if place == "list":
        return word("document.listed_only", lang)
    if place == "announced_total":
        return ", ".join(text_or_blank(s) for s in rows["said"])
    if place == "related_plan":
        return word(f"document.related_plan.{rows['said'].iloc[0]}", lang)
    if place == "budget":
        return word("document.amounts", lang, count=format_number(len(rows), lang))
    return ""


def _who(rows: pd.DataFrame, lang: str) -> str:
    names = sorted({n for n in rows["province_name"] if isinstance(n, str)}, key=sort_key)
    if not names:
        return ""
    if len(names) > NAMED:
        return word("chart.provinces", lang, count=format_number(len(names), lang))
    return ", ".join(names)


def _link(run: Run, rows: pd.DataFrame, place: str, indicator: str, scope: str) -> str | None:
    """The page with the filters that show this place; None where there is no such page."""
    page = _PAGE_OF_PLACE.get(place) or _PAGE_OF_INDICATOR.get(indicator)
    if page is None or page not in page_paths():
        return None
    changes: dict[str, Any] = {"q": ""}
    codes = {c for c in rows["province_code_gso"] if isinstance(c, str)}
    units = run.facts.provinces[run.view.vintage]
    if len(codes) == 1 and (code := codes.pop()) in units:
        changes["province"] = code
    elif place != "announced_total":
        changes["province"] = run.view.province
    if scope.isdigit() and int(scope) in run.facts.years:
        changes["year"] = int(scope)
    if indicator == BORDER_ROUTE:
        changes["route"] = scope
    return view_link(page, run.view, run.facts, **changes)


def use_table(uses: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per place, all in words."""
    rows = list(uses.itertuples())
    places = [
        place_name(r.place, text_or_blank(r.indicator), text_or_blank(r.scope), lang) for r in rows
    ]
    return pd.DataFrame(
        {
            word("document.column.place", lang): places,
            word("column.province", lang): [text_or_blank(r.province_name) for r in rows],
            word("document.column.what", lang): [_row_says(r, lang) for r in rows],
            word("column.role", lang): [
                word(f"role.{r.role}", lang) if isinstance(r.role, str) else "" for r in rows
            ],
            word("column.since", lang): dates_or_none(uses["first_day"]),
        }
    )


def _row_says(row: Any, lang: str) -> str:
    if row.place == "status":
        test = text_or_blank(row.test)
        said = class_text(row.indicator, row.class_name, lang)
        return word(f"test.{test}", lang) if test else said
    if row.place == "list":
        return word("document.listed_only", lang)
    if row.place == "budget":
        amount = format_number(int(row.amount_million_vnd), lang)
        return word("evidence.amount", lang, amount=amount, printed=row.said)
    if row.place == "related_plan":
        return word(f"document.related_plan.{row.said}", lang)
    if row.place == "announced_total":
        return text_or_blank(row.said)
    return ""

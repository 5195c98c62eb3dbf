"""Tables on coverage: the matrix, what is known without counting, all routes side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.border_routes.coverage import IN_PART, Cell, RouteUnit, count_states
from dashboard.charts.coverage_matrix import CLASS_OF_STATE
from dashboard.colours import class_style
from dashboard.tables import class_text, dates_or_none, first_address, flag_text, text_or_blank
from dashboard.words import word
from domain.indicators import BORDER_ROUTE, MIXED, ROUTE_TESTS, UNKNOWN_CLASS

# What the column "reason" says already.
_REASON_FLAGS = frozenset({"undated", "notice_only"})

CLASSES = ("complete", "partial", MIXED, UNKNOWN_CLASS[BORDER_ROUTE])


def matrix_rows(units: Sequence[RouteUnit]) -> pd.DataFrame:
    """What plot_coverage_matrix draws: a unit's code, name and the state of each test."""
    return pd.DataFrame(
        [[u.code, u.name, *(u.cell(test).state for test in ROUTE_TESTS)] for u in units],
        columns=["province_code_gso", "province_name", *ROUTE_TESTS],
    )


def matrix_table(units: Sequence[RouteUnit], uncounted: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per unit: class, each test in words, how many facts are known without counting."""
    facts = uncounted["province_code_gso"].value_counts()
    columns = {
        word("column.province", lang): [u.name for u in units],
        word("column.class", lang): [class_text(BORDER_ROUTE, u.class_name, lang) for u in units],
    }
    for test in ROUTE_TESTS:
        title = word(f"chart.test.{test}", lang).replace("<br>", " ")
        columns[title] = [cell_text(u.cell(test), lang) for u in units]
    columns[word("page.border_routes.column.uncounted", lang)] = [
        str(facts.get(u.code, 0)) for u in units
    ]
    return pd.DataFrame(columns).set_index(pd.Index([u.code for u in units]))


def cell_text(cell: Cell, lang: str) -> str:
    """Sign and state of a cell; of a unit evidenced in part, by which of its old provinces."""
    glyph = class_style(BORDER_ROUTE, CLASS_OF_STATE[cell.state]).glyph
    text = f"{glyph} {word(f'page.border_routes.state.{cell.state}', lang)}"
    return f"{text}: {', '.join(cell.evidenced)}" if cell.state == IN_PART else text


def uncounted_table(uncounted: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One row per known fact that evidences nothing on the day, with the reason."""
    rows = list(uncounted.itertuples())
    table = pd.DataFrame(
        {
            word("column.province", lang): [unit_and_part(r, lang) for r in rows],
            word("page.border_routes.column.test", lang): [
                word(f"chart.test.{r.test}", lang).replace("<br>", " ") for r in rows
            ],
            word("column.document", lang): [fact_name(r, lang) for r in rows],
            word("page.border_routes.column.known", lang): dates_or_none(uncounted["known_date"]),
            word("column.issuer", lang): [text_or_blank(r.issuing_body) for r in rows],
            word("column.reason", lang): [
                word(f"page.border_routes.reason.{r.reason}", lang) for r in rows
            ],
            word("column.flags", lang): [
                flag_text([f for f in r.flags if f not in _REASON_FLAGS], lang) for r in rows
            ],
            word("column.source", lang): [first_address(r.source_url) for r in rows],
        }
    )
    return table.set_index(uncounted["province_code_gso"])


def fact_name(row: Any, lang: str) -> str:
    """Number of the document, name of the cluster, or the kind of what has neither."""
    kind = word(f"page.border_routes.unnamed.{row.test}", lang)
    return text_or_blank(row.cluster_name) or text_or_blank(row.number) or kind


def unit_and_part(row: Any, lang: str) -> str:
    """The unit, with the old province where that had another name: "Quảng Trị (Quảng Bình)"."""
    unit, old = str(row.province_name), str(row.old_province_name)
    return unit if unit == old else f"{unit} ({old})"


def summary_table(
    class_counts: pd.DataFrame, coverage: Mapping[str, Sequence[RouteUnit]], lang: str
) -> pd.DataFrame:
    """All routes side by side: units by class, and evidenced/applicable for each test.

    `class_counts`: rows of query_route_counts; `coverage`: route → its units.
    """
    counts = class_counts.set_index(["border_route", "class"])["province_count"]
    rows = []
    for route, units in coverage.items():
        row = {
            word("page.border_routes.column.route", lang): word(f"route.{route}", lang),
            word("column.provinces", lang): len(units),
        }
        for name in CLASSES:
            row[class_text(BORDER_ROUTE, name, lang)] = int(counts.get((route, name), 0))
        for test in ROUTE_TESTS:
            found, applicable = count_states(units, test)
            title = word(f"chart.test.{test}", lang).replace("<br>", " ")
            row[title] = f"{found}/{applicable}"
        rows.append(row)
    table = pd.DataFrame(rows)
    mixed = class_text(BORDER_ROUTE, MIXED, lang)
    return table if table[mixed].any() else table.drop(columns=mixed)

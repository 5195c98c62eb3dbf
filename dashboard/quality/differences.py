"""What differs between two snapshots: rows per table, statuses of a day, documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from dashboard.queries.quality import query_snapshot_documents, query_status_knowledge
from dashboard.tables import class_text, dates_or_none, text_or_blank
from dashboard.warehouse import Snapshot
from dashboard.words import has_word, sort_key, word

_KEY: Final = ["province_code_gso", "indicator", "scope"]


def count_table(
    counts: Mapping[str, Mapping[str, int]], lang: str, *, only_changed: bool = False
) -> pd.DataFrame:
    """One row per table in words, one column per snapshot (label -> table -> rows).

    `only_changed`, for two snapshots: tables whose numbers differ, with the difference.
    """
    names = {name for found in counts.values() for name in found}
    rows = []
    for name in sorted(names, key=lambda n: sort_key(table_name(n, lang))):
        values = [found.get(name) for found in counts.values()]
        if only_changed and len(set(values)) == 1:
            continue
        row: dict[str, Any] = {word("quality.column.table", lang): table_name(name, lang)}
        row |= dict(zip(counts, values, strict=True))
        if only_changed:
            change = (values[-1] or 0) - (values[0] or 0)
            row[word("quality.column.difference", lang)] = f"{change:+d}".replace("-", "−")
        rows.append(row)
    return pd.DataFrame(rows).astype(dict.fromkeys(counts, "Int64") if rows else {})


def table_name(name: str, lang: str) -> str:
    """A core table in words; its own name for one that an older version had."""
    key = f"quality.table.{name}"
    return word(key, lang) if has_word(key, lang) else name


def status_differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Statuses of one day whose class or deciding document differs between two snapshots.

    Both as query_status_knowledge gives them. Columns: the key, province_name, and class_name,
    document_number, strength with `_before` and `_after`; missing where a snapshot lacks it.
    """
    columns = [*_KEY, "province_name", "class_name", "document_number", "strength"]
    both = before[columns].merge(
        after[columns], on=_KEY, how="outer", suffixes=("_before", "_after")
    )
    differs = pd.Series(False, index=both.index)
    for name in ("class_name", "document_number"):
        one, other = both[f"{name}_before"], both[f"{name}_after"]
        differs |= (one != other) & ~(one.isna() & other.isna())
    found = both[differs].copy()
    found["province_name"] = found["province_name_after"].fillna(found["province_name_before"])
    return found.drop(columns=["province_name_before", "province_name_after"])


def status_difference_table(
    before: Snapshot, after: Snapshot, vintage: int, as_of: date, lang: str
) -> pd.DataFrame:
    """One row per status that differs on a day, both classes and both documents in words."""
    found = status_differences(
        query_status_knowledge(before, vintage, as_of),
        query_status_knowledge(after, vintage, as_of),
    )
    found = found.sort_values("province_name", key=lambda names: names.map(sort_key), kind="stable")
    rows = list(found.itertuples())
    return pd.DataFrame(
        {
            word("column.province", lang): found["province_name"],
            word("column.indicator", lang): [
                _indicator_text(r.indicator, r.scope, lang) for r in rows
            ],
            word("column.from_class", lang): [
                class_text(r.indicator, r.class_name_before, lang) for r in rows
            ],
            word("quality.column.document_before", lang): [
                text_or_blank(r.document_number_before) for r in rows
            ],
            word("column.to_class", lang): [
                class_text(r.indicator, r.class_name_after, lang) for r in rows
            ],
            word("quality.column.document_after", lang): [
                text_or_blank(r.document_number_after) for r in rows
            ],
        }
    ).reset_index(drop=True)


def _indicator_text(indicator: str, scope: str, lang: str) -> str:
    name = word(f"indicator.{indicator}", lang)
    if not scope:
        return name
    is_route = indicator == "border_route"
    return f"{name}: {word(f'route.{scope}', lang) if is_route else scope}"


def document_differences(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Documents that only one of two snapshots has, with `is_added`."""
    added = after[~after["document_id"].isin(before["document_id"])].assign(is_added=True)
    removed = before[~before["document_id"].isin(after["document_id"])].assign(is_added=False)
    return pd.concat([added, removed])


def document_difference_table(before: Snapshot, after: Snapshot, lang: str) -> pd.DataFrame:
    """One row per document added or removed."""
    found = document_differences(query_snapshot_documents(before), query_snapshot_documents(after))
    rows = list(found.itertuples())
    return pd.DataFrame(
        {
            word("quality.column.change", lang): [
                word("quality.added" if r.is_added else "quality.removed", lang) for r in rows
            ],
            word("column.number", lang): [text_or_blank(r.document_number) for r in rows],
            word("column.kind", lang): [word(f"document.kind.{r.kind}", lang) for r in rows],
            word("column.counts_from", lang): dates_or_none(found["counts_from_date"]),
            word("column.issuer", lang): [text_or_blank(r.issuing_body) for r in rows],
            word("column.province", lang): [text_or_blank(r.province_name) for r in rows],
        }
    )

"""The documents that a view asks for: loaded once, filtered by search and bar, sorted, chosen."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

import numpy as np
import pandas as pd

from dashboard.documents.search import DocumentSearch, folded_number, parse_search
from dashboard.filters import Run
from dashboard.kept import kept, kept_for
from dashboard.queries.documents import query_documents
from dashboard.tables import flag_text, text_or_blank
from dashboard.words import day_of, sort_key, word
from domain.provinces import fold

SORTS: Final = ("newest", "oldest", "number", "province", "issuer", "kind")


_folded = lru_cache(maxsize=50_000)(fold)


def load_documents(run: Run) -> pd.DataFrame:
    """All documents known, newest first, by document_id (also a column).

    With `haystack` (folded words to search in), `number_key` (the number for comparing) and
    `has_own_number` (no other document has it, and it can stand in an address).
    """
    key = ("documents", run.snapshot.id, run.view.vintage, run.view.lang)
    return kept(key, lambda: _load(run))


def _load(run: Run) -> pd.DataFrame:
    lang = run.view.lang
    rows = query_documents(run.snapshot, run.view.vintage)
    texts = ("document_number", "title", "issuing_body", "province_name")
    haystacks = []
    for *parts, kind, flags, used_in in zip(
        *(rows[name].tolist() for name in (*texts, "kind", "flags", "used_in")), strict=True
    ):
        words = [text_or_blank(part) for part in parts]
        words += [word(f"document.kind.{kind}", lang), flag_text(flags, lang)]
        words += [used_text(used_in, lang)]
        haystacks.append(" ".join(_folded(text) for text in words if text))
    printed = rows["document_number"].tolist()
    numbers = [folded_number(n) if isinstance(n, str) else "" for n in printed]
    keys = pd.Series(numbers, index=rows.index, dtype=object)
    one_word = [isinstance(n, str) and len(n.split()) == 1 for n in printed]
    return rows.assign(
        haystack=pd.Series(haystacks, index=rows.index, dtype=object),
        number_key=keys,
        has_own_number=~keys.duplicated(keep=False) & np.array(one_word, dtype=bool),
    ).set_index("document_id", drop=False)


def used_text(places: Any, lang: str) -> str:
    """Where a document is used, in words."""
    return ", ".join(word(f"document.used_in.{place}", lang) for place in places)


def document_search(run: Run) -> DocumentSearch:
    """What the address asks for."""
    return parse_search(run.view.q)


def chosen_document(run: Run) -> Any | None:
    """The one document that the address names, by id or by its whole number, as a row, else None.

    Where several have a number, those of the chosen province come first, then national ones.
    """
    return kept_for(run, "chosen document", partial(_choose, run))


def _choose(run: Run) -> Any | None:
    search, rows = document_search(run), load_documents(run)
    if search.document_id:
        found = rows[rows["document_id"] == search.document_id]
    elif search.words:
        found = rows[rows["number_key"] == folded_number(search.words)]
        if len(found) > 1 and run.view.province:
            found = found[found["province_code_gso"] == run.view.province]
    else:
        return None
    return next(found.itertuples(index=False)) if len(found) == 1 else None


def address_of(run: Run, document_id: str) -> str:
    """The `q` that chooses a document: its number where no other has it, else its id.

    The filters stay in it, for the way back to the list.
    """
    rows, search = load_documents(run), document_search(run).without_choice()
    if rows.at[document_id, "has_own_number"]:
        return search.with_filter("words", str(rows.at[document_id, "document_number"])).text()
    return DocumentSearch(**{**vars(search), "document_id": document_id}).text()


def find_documents(run: Run) -> pd.DataFrame:
    """The documents dated up to the as-of date, or undated, that search and bar leave."""
    # Only their places are kept: a large data set has thousands of them, and a view each.
    return load_documents(run).iloc[kept_for(run, "found documents", partial(_find, run))]


def is_later(row: Any, as_of: date) -> bool:
    """Whether a document (a row with counts_from_date) is dated after a day."""
    day = day_of(row.counts_from_date)
    return day is not None and day > as_of


def _find(run: Run) -> np.ndarray:
    left = matching(run, document_search(run))
    left &= ~is_dated_later(run)
    return np.flatnonzero(left)


def is_dated_later(run: Run) -> np.ndarray:
    """For each document whether it is dated after the as-of date."""
    rows = load_documents(run)
    return (rows["counts_from_date"] > pd.Timestamp(run.view.as_of)).to_numpy()


def matching(run: Run, search: DocumentSearch) -> np.ndarray:
    """For each document whether a search, the province and the route leave it, of any date."""
    rows, view = load_documents(run), run.view
    left = _matching(rows, search)
    if view.province:
        left &= (rows["province_code_gso"] == view.province).to_numpy()
    elif view.route:
        units = run.facts.provinces[view.vintage]
        on_route = {code for code, unit in units.items() if view.route in unit.routes}
        left &= rows["province_code_gso"].isin(on_route).to_numpy()
    return left


def _matching(rows: pd.DataFrame, search: DocumentSearch) -> np.ndarray:
    left = np.ones(len(rows), dtype=bool)
    for text in fold(search.words.replace('"', " ")).split():
        left &= np.fromiter((text in hay for hay in rows["haystack"]), bool, len(rows))
    if search.kind:
        left &= (rows["kind"] == search.kind).to_numpy()
    if search.level:
        left &= (rows["issuer_level"] == search.level).fillna(False).to_numpy(bool)
    if search.year:
        left &= (rows["counts_from_date"].dt.year == int(search.year)).to_numpy()
    if search.date:
        left &= (rows["counts_from_date"].isna() == (search.date == "none")).to_numpy()
    if search.file:
        left &= (rows["is_on_file"] == (search.file == "yes")).to_numpy()
    return left


def later_count(run: Run) -> int:
    """How many documents the search finds that are dated after the as-of date."""
    rows = load_documents(run)
    return int((_matching(rows, document_search(run)) & is_dated_later(run)).sum())


def document_years(run: Run) -> list[str]:
    """The years that documents count from, newest first."""
    days = load_documents(run)["counts_from_date"].dropna()
    return [str(year) for year in sorted({day.year for day in days}, reverse=True)]


def sort_documents(rows: pd.DataFrame, order: str, lang: str) -> pd.DataFrame:
    """The documents in an order of SORTS; words as the Vietnamese alphabet has them.

    What is missing comes last; within one value the newest comes first.
    """
    return rows.iloc[sorted_places(rows, order, lang)]


def sorted_places(rows: pd.DataFrame, order: str, lang: str) -> np.ndarray:
    """The places of the documents in an order of SORTS; see sort_documents."""
    days = rows["counts_from_date"].reset_index(drop=True)
    newest = days.sort_values(ascending=order == "oldest", na_position="last", kind="stable").index
    if order in ("newest", "oldest"):
        return newest.to_numpy()
    column = {"number": "document_number", "province": "province_name", "issuer": "issuing_body"}
    if order == "kind":
        texts = [word(f"document.kind.{kind}", lang) for kind in rows["kind"]]
    else:
        texts = [text_or_blank(value) for value in rows[column[order]]]
    key = _number_key if order == "number" else sort_key
    return np.array(sorted(newest, key=lambda i: (not texts[i], key(texts[i]))), dtype=int)


def _number_key(number: str) -> tuple[int, Any]:
    """Numbers by their figure first: 9/2020 comes before 10/2019."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return (int(digits) if digits else 0, sort_key(number))

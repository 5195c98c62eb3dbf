"""Words found in the texts of documents: which documents, and the excerpt that shows them best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd

from dashboard.documents.found import document_search, is_dated_later, load_documents, matching
from dashboard.documents.search import DocumentSearch, Place
from dashboard.filters import Run
from dashboard.highlight import Passage
from dashboard.kept import kept_for
from dashboard.queries.documents import query_text_search
from domain.searching import find_terms, search_terms

EXCERPT: Final = 340  # characters
_BEFORE: Final = 90  # of them, before the first word found


@dataclass(frozen=True)
class Excerpt:
    """A part of a text around the words that were looked for.

    `place`: from the first to the last word of the closest group, in the whole text; `marks`: the
    words, in `text`; `count`: how often any of the words stands in the whole text.
    """

    text: str
    place: Place
    marks: tuple[Passage, ...]
    count: int


def found_in_texts(run: Run) -> pd.DataFrame:
    """The documents dated up to the as-of date whose text has all words, best first; `is_together`.

    Those where the words follow one another come first, then the newest. attrs["later"]: how many
    more are dated later.
    """
    return kept_for(run, "found in texts", partial(_found, run))


def _found(run: Run) -> pd.DataFrame:
    search, rows = document_search(run), load_documents(run)
    terms = search_terms(search.words)
    if not terms:
        return rows.iloc[:0].assign(is_together=False)
    hits = query_text_search(run.snapshot, terms, " ".join(terms)).set_index("document_id")
    filters = DocumentSearch(**{**vars(search), "words": ""})
    left = matching(run, filters) & rows["document_id"].isin(hits.index).to_numpy()
    late = is_dated_later(run)
    found = rows[left & ~late]
    found = found.assign(is_together=hits["is_together"].reindex(found.index).to_numpy(bool))
    found = found.sort_values("is_together", ascending=False, kind="stable")  # newest first within
    found.attrs["later"] = int((left & late).sum())
    return found


def excerpt(text: str, terms: tuple[str, ...]) -> Excerpt | None:
    """The part of a text where most of the terms stand closest; None where none stands in it."""
    hits = find_terms(text, terms)
    if not hits:
        return None
    best, best_key = hits[:1], (0, 0)
    for first, (start, _, _) in enumerate(hits):
        group = []
        for hit in hits[first:]:
            if hit[1] - start > EXCERPT - _BEFORE:
                break
            group.append(hit)
            key = (len({place for _, _, place in group}), start - hit[1])
            if key > best_key or best_key == (0, 0):
                best, best_key = list(group), key
    place = (best[0][0], best[-1][1])
    first = _word_start(text, max(0, place[0] - _BEFORE))
    last = min(len(text), max(place[1], first + EXCERPT))
    last = len(text) if last == len(text) else max(place[1], text.rfind(" ", first, last))
    marks = tuple(
        Passage(start - first, end - first)
        for start, end, _ in hits
        if first <= start and end <= last
    )
    return Excerpt(text[first:last], place, marks, len(hits))


def _word_start(text: str, at: int) -> int:
    """The beginning of the next word from a place on, that of the text for its beginning."""
    if at == 0:
        return 0
    blank = text.find(" ", at, at + _BEFORE)
    return at if blank < 0 else blank + 1

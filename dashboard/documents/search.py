"""What the address's `q` asks of the documents: words, filters, and which one is chosen.

`q` is text for people with filters as `name:value` in it: "quy chế kind:decision date:none". A text
that is the whole number of one document chooses it; `id:` chooses one whose number is not printed
or belongs to several. `at:120-180` is the passage of it to be shown, in code points of its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from domain.documents import normalize_number
from domain.provinces import fold

# The values of each filter; the names stand in addresses and never change.
KINDS: Final = (
    "law", "resolution", "conclusion", "decree", "directive", "circular", "decision", "plan",
    "department_plan", "programme", "official_letter", "report", "guideline", "other",
)  # fmt: skip
LEVELS: Final = ("party", "government", "ministry", "province", "department")
DATES: Final = ("known", "none")
FILES: Final = ("yes", "no")
YEARS: Final = tuple(str(year) for year in range(1945, 2100))
FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS, "level": LEVELS, "year": YEARS, "date": DATES, "file": FILES,
}  # fmt: skip
_PLACE: Final = re.compile(r"(\d{1,8})-(\d{1,8})")
Place = tuple[int, int]


@dataclass(frozen=True)
class DocumentSearch:
    """One search; "" means no filter."""

    words: str = ""
    kind: str = ""
    level: str = ""
    date: str = ""
    file: str = ""
    document_id: str = ""
    year: str = ""  # of the day that a document counts from
    at: Place | None = None  # the passage to show

    def with_filter(self, name: str, value: str) -> DocumentSearch:
        """The search with one filter or its words changed; nothing chosen by id."""
        return replace(self, **{name: value}, document_id="", at=None)

    def without_choice(self) -> DocumentSearch:
        """The way back to the list: the filters, and the words that found the document."""
        words = self.words if self.document_id else ""
        return replace(self, words=words, document_id="", at=None)

    @property
    def is_empty(self) -> bool:
        """Whether it lets every document through."""
        return self == DocumentSearch()

    def text(self) -> str:
        """The `q` of an address; parse_search gives the same search back."""
        parts = [" ".join(self.words.split())]
        parts += [f"{name}:{getattr(self, name)}" for name in FILTERS if getattr(self, name)]
        parts += [f"id:{self.document_id}"] if self.document_id else []
        parts += [f"at:{self.at[0]}-{self.at[1]}"] if self.at else []
        return " ".join(part for part in parts if part)


def parse_search(q: str) -> DocumentSearch:
    """The search of a `q`; what is no known filter value is a word to look for. Never raises."""
    words: list[str] = []
    found: dict[str, str] = {}
    at: Place | None = None
    for part in q.split():
        name, colon, value = part.partition(":")
        if colon and value in FILTERS.get(name, ()):
            found[name] = value
        elif name == "id" and value:
            found["document_id"] = value
        elif name == "at" and (place := _PLACE.fullmatch(value)):
            at = (int(place[1]), int(place[2]))
        else:
            words.append(part)
    return DocumentSearch(words=" ".join(words), at=at, **found)


def passage_search(document_id: str, place: Place | None) -> str:
    """The `q` that leads to a document, at a passage of its text."""
    return DocumentSearch(document_id=document_id, at=place).text()


def folded_number(number: str) -> str:
    """A document number for comparing: case, marks, blanks and kinds of dashes do not matter."""
    return fold(normalize_number(number)).replace(" ", "-")

"""What the address's `q` asks of the documents: words, filters, and which one is chosen.

`q` is text for people with filters as `name:value` in it: "quy chế kind:decision date:none". A text
that is the whole number of one document chooses it; `id:` chooses one whose number is not printed
or belongs to several.
"""

from __future__ import annotations

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
FILTERS: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS, "level": LEVELS, "date": DATES, "file": FILES,
}  # fmt: skip


@dataclass(frozen=True)
class DocumentSearch:
    """One search; "" means no filter."""

    words: str = ""
    kind: str = ""
    level: str = ""
    date: str = ""
    file: str = ""
    document_id: str = ""

    def with_filter(self, name: str, value: str) -> DocumentSearch:
        """The search with one filter or its words changed; nothing chosen by id."""
        return replace(self, **{name: value}, document_id="")

    def without_choice(self) -> DocumentSearch:
        """The filters alone, for the way back to the list."""
        return replace(self, words="", document_id="")

    @property
    def is_empty(self) -> bool:
        """Whether it lets every document through."""
        return self == DocumentSearch()

    def text(self) -> str:
        """The `q` of an address; parse_search gives the same search back."""
        parts = [" ".join(self.words.split())]
        parts += [f"{name}:{getattr(self, name)}" for name in FILTERS if getattr(self, name)]
        parts += [f"id:{self.document_id}"] if self.document_id else []
        return " ".join(part for part in parts if part)


def parse_search(q: str) -> DocumentSearch:
    """The search of a `q`; what is no known filter value is a word to look for. Never raises."""
    words: list[str] = []
    found: dict[str, str] = {}
    for part in q.split():
        name, colon, value = part.partition(":")
        if colon and value in FILTERS.get(name, ()):
            found[name] = value
        elif name == "id" and value:
            found["document_id"] = value
        else:
            words.append(part)
    return DocumentSearch(words=" ".join(words), **found)


def folded_number(number: str) -> str:
    """A document number for comparing: case, marks, blanks and kinds of dashes do not matter."""
    return fold(normalize_number(number)).replace(" ", "-")

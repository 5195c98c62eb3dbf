"""What the documents page lists on a day, and who cites whom.

Written by `python -m tests.golden.documents`.
"""

from __future__ import annotations

import csv
import os
import tempfile
from datetime import date
from pathlib import Path

from dashboard import warehouse
from dashboard.documents.citations import citations_until
from dashboard.documents.found import find_documents, sort_documents
from dashboard.documents.listing import short_table
from dashboard.documents.relations import citation_table
from dashboard.documents.wording import state_text
from dashboard.facts import load_view_facts
from dashboard.filters import Run
from dashboard.view import read_view
from dashboard.words import sort_key
from etl.build import build

PROJECT = Path(__file__).resolve().parent.parent.parent
DAYS = (date(2023, 7, 31), date(2024, 12, 31))
COLUMNS = (
    "part",
    "number",
    "kind or relation",
    "date",
    "issuer or cited",
    "province",
    "known or state",
)


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"documents_{day.isoformat()}.csv")


def run_of(**params: str) -> Run:
    """A run of the current warehouse for an address."""
    snapshot = warehouse.current_snapshot()
    facts = load_view_facts(snapshot)
    return Run(read_view(params, facts), facts, snapshot)


def golden_rows(day: date) -> list[list[str]]:
    """The list by province and number, then the citations, of the current warehouse."""
    run = run_of(as_of=day.isoformat())
    found = sort_documents(find_documents(run), "number", "vi")
    listed = [
        ["document", *(str(cell) for cell in row[:6]), state_text(document, "vi")]
        for row, document in zip(
            short_table(found, "vi").itertuples(index=False), found.itertuples(), strict=True
        )
    ]
    cited = citation_table(run, citations_until(run)).fillna("")
    relations = [
        ["citation", row[0], row[3], str(row[2]), row[4], row[1], row[6]]
        for row in cited.itertuples(index=False)
    ]
    return [_six(row) for row in sorted(listed, key=_order)] + sorted(relations, key=_order)


def _six(row: list[str]) -> list[str]:
    """The state stands behind the strength, where there is one."""
    known = "; ".join(text for text in row[6:] if text)
    return [*row[:6], known]


def _order(row: list[str]) -> tuple[object, ...]:
    return (sort_key(row[5]), sort_key(row[1]), *row[2:])


def main() -> None:
    """Build, read, write."""
    with tempfile.TemporaryDirectory() as folder:
        build(PROJECT / "data", Path(folder))
        os.environ["TTDN_WAREHOUSE"] = folder
        for day in DAYS:
            with golden_path(day).open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(COLUMNS)
                writer.writerows(golden_rows(day))
            print(f"{golden_path(day)}; look at `git diff` before you commit")


if __name__ == "__main__":
    main()

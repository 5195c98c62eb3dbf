"""What the profiles of some provinces show on a day; `python -m tests.golden.province`.

One row per (province, section, item): statuses, documents, amounts, contradictions, what is not
known, neighbours on the route shown, the unit of 2025.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard import warehouse
from dashboard.facts import load_view_facts
from dashboard.filters import Run
from dashboard.province.budget import load_budget, period_text
from dashboard.province.contradictions import load_contradictions
from dashboard.province.documents import load_documents, topic_text
from dashboard.province.neighbours import shown_route, surroundings
from dashboard.province.sheet import Sheet
from dashboard.province.statuses import status_lines_table
from dashboard.province.succession import unit_of
from dashboard.province.unknowns import unknown_items
from dashboard.tables import contradiction_table, text_or_blank
from dashboard.view import read_view
from dashboard.words import day_of
from etl.build import build

PROJECT = Path(__file__).resolve().parent.parent.parent
DAYS = (date(2023, 7, 31), date(2024, 12, 31))
COLUMNS = ("code", "section", "item", "value")
# Two routes; contradicted; nothing on file; amounts in conflict; plan without date; a programme;
# a city off the routes with many documents; named in the letter.
PROVINCES = ("01", "04", "11", "34", "35", "40", "49", "91")


def golden_path(day: date) -> Path:
    """The golden file of a day."""
    return Path(__file__).with_name(f"province_{day.isoformat()}.csv")


def run_of(**params: str) -> Run:
    """A run of the current warehouse for an address."""
    snapshot = warehouse.current_snapshot()
    facts = load_view_facts(snapshot)
    return Run(read_view(params, facts), facts, snapshot)


def golden_rows(day: date) -> list[list[str]]:
    """The rows of a day from the current warehouse, by province."""
    rows = []
    for code in PROVINCES:
        run = run_of(as_of=day.isoformat(), province=code)
        for section, item, value in _profile(run, code):
            rows.append([code, section, item, value])
    return rows


def _profile(run: Run, code: str) -> Iterator[tuple[str, str, str]]:
    for row in status_lines_table(Sheet(run, code, False)).fillna("").to_dict("records"):
        said = [row[c] for c in ("Trạng thái", "Từ ngày", "Số văn bản", "Tính từ ngày", "Mức độ")]
        yield "status", row["Chỉ số"], " | ".join(str(cell) for cell in said)
    yield from _documents(run, code)
    for line in load_budget(run, code).to_dict("records"):
        said = [
            period_text(line, "vi"), line["stage"], str(line["amount_million_vnd"]),
            line["as_printed"], "≈" if line["is_rounded"] else "",
        ]  # fmt: skip
        yield "budget", line["line_id"], " | ".join(said)
    for row in contradiction_table(load_contradictions(run, code), "vi").to_dict("records"):
        yield "contradiction", row["Chỉ số"], f"{row['Nguồn thứ nhất']} ≠ {row['Nguồn thứ hai']}"
    for subject, what, _ in unknown_items(run, code):
        yield "unknown", subject, what
    units = run.facts.provinces[run.view.vintage]
    names = ", ".join(units[c].name for c in surroundings(run, code)[1:])
    yield "neighbours", shown_route(run, code) or "", names
    yield "unit 2025", unit_of(run, code).code, unit_of(run, code).name


def _documents(run: Run, code: str) -> Iterator[tuple[str, str, str]]:
    found = load_documents(run, code)
    for row in pd.concat([found.dated, found.undated]).to_dict("records"):
        day = day_of(row["counts_from_date"])
        said = [
            text_or_blank(row["document_number"]), day.isoformat() if day else "",
            text_or_blank(row["date_basis"]), " ".join(row["used_for"]),
        ]  # fmt: skip
        yield "document", topic_text(row, "vi"), " | ".join(said)
    yield "later documents", "", str(found.later_count)


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

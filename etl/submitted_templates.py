"""Filled-in templates that were submitted → rows of the input tables, checked at every build."""

from __future__ import annotations

import datetime as dt

from domain.provinces import ProvinceRegister
from etl.archive import Archive, Journal, Original
from etl.extraction_run import WORKBOOK_SUFFIX, load_contents
from etl.inputs import Inputs, reject_dangling
from etl.sources import Source
from etl.template_child import parse_sheets


def template_names(journal: Journal) -> dict[str, str]:
    """sha256 → name in the data of every submitted workbook: "documents/<its own name>".

    Of two with one name the later one has its first digits too.
    """
    names: dict[str, str] = {}
    for original in _workbooks(journal):
        name = f"documents/{original.name}"
        if name in names.values():
            name = f"documents/{original.sha256[:8]} {original.name}"
        names[original.sha256] = name
    return names


def _workbooks(journal: Journal) -> list[Original]:
    return [o for o in journal.originals.values() if o.name.lower().endswith(WORKBOOK_SUFFIX)]


def add_submitted_templates(
    inputs: Inputs, register: ProvinceRegister, archive: Archive, journal: Journal
) -> None:
    """Add the rows of all admitted templates in the order of their arrival.

    What does not fit the rows that are there is listed among the rejections of `inputs`.
    """
    states, names = journal.states(), template_names(journal)
    admitted = [o for o in _workbooks(journal) if states[o.sha256] == "admitted"]
    for original, extraction in load_contents(archive, admitted):
        if "template" not in extraction.content:
            continue
        file = names[original.sha256]
        sheets = parse_sheets(extraction.content["template"], file)
        source = Source(
            file, file, file, archive.read_original(original.sha256),
            texts={"title": sheets[0].template.title} if sheets else {},
            received_date=dt.datetime.fromisoformat(original.received_at).date(),
        )  # fmt: skip
        inputs.sources.append(source)
        inputs.add_sheets(source, sheets, register)
    if admitted:
        reject_dangling(inputs)

"""Submitted documents → core rows: what is admitted, what people corrected, what cannot be read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from domain.vintages import Crosswalk
from etl.archive import Archive, Decision, Journal, Original
from etl.core_rows import CoreRows, Documents, Row
from etl.extract.coverage import find_coverage, guidance_tasks
from etl.extract.pipeline import assemble
from etl.extract.text import DocumentText
from etl.extracted_documents import SOURCE_ID, Item
from etl.extracted_rows import ExtractedRows
from etl.extraction_cache import Extraction
from etl.extraction_run import load_contents
from etl.rejections import Rejection

PLAN_KINDS: Final = ("plan", "department_plan", "decision", "programme")


@dataclass
class Submitted:
    """What `add_submitted_documents` found: how many were added, and what was refused."""

    added: int
    rejections: list[Rejection]


def add_submitted_documents(
    core: CoreRows, documents: Documents, crosswalk: Crosswalk, archive: Archive, journal: Journal
) -> Submitted:
    """core rows of all admitted documents, and the state of every one that was submitted.

    Of two originals that are the same document the later one is read, the other is a copy.
    """
    states = journal.states()
    rows = ExtractedRows(core, documents, crosswalk)
    corrections = journal.corrections()
    rejections: list[Rejection] = []
    read: dict[str, tuple[Item, str, Row]] = {}
    by_document: dict[str, str] = {}
    # The latest first: it is the copy that is kept of a document that came twice.
    for original, extraction in load_contents(archive, list(reversed(journal.originals.values()))):
        state: str = states[original.sha256]
        document_id = reason = None
        if "error" in extraction.content:
            if state != "rejected":
                state, reason = "unreadable", extraction.content["reason"]
                rejections.append(_rejection(original, extraction))
        elif "template" in extraction.content:
            pass  # its rows are loaded by etl.submitted_templates
        elif state == "admitted":
            result = extraction_result(original, extraction)
            apply_corrections(result, corrections.get(original.sha256, ()))
            text = extraction.text or ""
            known = rows.find(original, result)
            if known is not None and known in by_document:
                state, document_id = "copy", known
            else:
                document = rows.add(original, text, result)
                document_id = document["document_id"]
                by_document[document_id] = original.sha256
                read[original.sha256] = result, text, document
        core.add(
            "submitted_document",
            sha256=original.sha256,
            original_name=original.name,
            received_at=_moment(original.received_at),
            arrived_by=original.arrived_by,
            person=original.person,
            state=state,
            document_id=document_id,
            reason=reason,
        )
    _add_coverage(rows, read, journal)
    _add_decisions(core, journal)
    return Submitted(len(read), rejections)


def extraction_result(original: Original, extraction: Extraction) -> Item:
    """The result of one readable original, with the keys of the interface.

    It is made of the extraction's own parts: who corrects it has corrected them.
    """
    return assemble(original.name, extraction.content["parts"])


def apply_corrections(result: Item, corrections: Iterable[Decision]) -> list[Decision]:
    """Put in what people corrected; returns the corrections that found nothing to correct.

    A correction names list, index and field, and holds {"was", "to"}: rules that change may give
    an item another index, so an item counts as the one that was meant only while it still says
    what was corrected. A rejected item is taken out.
    """
    lost: list[Decision] = []
    gone: list[tuple[str, Item]] = []
    for decision in corrections:
        _, _, name, index, field = decision.subject.split(":", 4)
        items = [result["document"]] if name == "document" else result.get(name, [])
        value = decision.value or {}
        at = int(index)
        candidates = [*items[at : at + 1], *items]
        item = next((i for i in candidates if i.get(field) == value.get("was")), None)
        if item is None:
            lost.append(decision)
        elif decision.action == "reject":
            gone.append((name, item))
        else:
            if decision.action == "correct":
                item[field] = value.get("to")
            item["corrected_by"] = decision.person
    for name, item in gone:
        result[name] = [i for i in result[name] if i is not item]
    return lost


def _rejection(original: Original, extraction: Extraction) -> Rejection:
    content = extraction.content
    return Rejection(
        f"documents/{original.name}", None, "", content["got"], content["expected"],
        content["reason"],
    )  # fmt: skip


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).astimezone(dt.UTC).replace(tzinfo=None)


def _add_coverage(
    rows: ExtractedRows, read: Mapping[str, tuple[Item, str, Row]], journal: Journal
) -> None:
    """core.task_coverage: each plan of a year against the guidance letter of that year.

    A person's word about one cell (subject `coverage:<sha256>:<letter>:<task>`) goes before the
    rule's.
    """
    said = {d.subject: d for d in journal.decisions if d.subject.startswith("coverage:")}
    guidance: defaultdict[int, list[Item]] = defaultdict(list)
    letters: dict[str, Row] = {}
    for result, text, document in read.values():
        header = result["document"]
        if header["kind"] == "official_letter" and header["plan_year"] is not None:
            doc = DocumentText(text)
            for letter in guidance_tasks(
                doc, header, result["tasks"], result["citations"], result["topics"]
            ):
                # Two originals can print one number; the first stands for it.
                if letter["number"] and letter["number"] not in letters:
                    guidance[header["plan_year"]].append(letter)
                    letters[letter["number"]] = document
    for sha256, (result, text, document) in read.items() if guidance else ():
        header = result["document"]
        letters_of_year = guidance.get(header["plan_year"] or 0)
        if header["kind"] not in PLAN_KINDS or not letters_of_year:
            continue
        coverage = find_coverage(
            DocumentText(text), header, result["citations"], result["tasks"], letters_of_year
        )
        for item in coverage:
            subject = f"coverage:{sha256}:{item['guidance_number']}:{item['task']}"
            if decision := said.get(subject):
                item["corrected_by"] = decision.person
                if decision.action == "correct":
                    item["class"] = decision.value["to"]
        rows.add_coverage(document, coverage, letters)


def _add_decisions(core: CoreRows, journal: Journal) -> None:
    for decision in journal.decisions:
        core.add(
            "decision",
            decision_id=decision.decision_id,
            decided_at=_moment(decision.decided_at),
            person=decision.person,
            is_verified_person=decision.is_verified_person,
            subject=decision.subject,
            action=decision.action,
            value=None if decision.value is None else str(decision.value),
            reason=decision.reason,
        )


def source_row(journal: Journal, fingerprint: str, added: int) -> Row:
    """The row of core.source that stands for all submitted documents."""
    return {
        "source_id": SOURCE_ID,
        "file": "documents",
        "is_declared": False,
        "is_synthetic": False,
        "title": "Văn bản đã nộp, đọc từ bản gốc",
        "title_en": "Submitted documents, read from the originals",
        "sha256": fingerprint,
        "row_count": added,
        "received_date": max(
            (_moment(o.received_at).date() for o in journal.originals.values()), default=None
        ),
    }

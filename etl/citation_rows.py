"""Citations that rows of facts imply: the base of a regulation, the decision a plan carries out.

Where a maintainer's note says in fixed words what a document cites or where it is cited, that is a
fact too; the phrases are listed here once, as those of etl/flags.py are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from domain.documents import document_kind, normalize_number, parse_date
from etl.core_rows import CoreRows, Documents, Row, document_id_of
from etl.harmonize import TypedRow

Rows = Sequence[TypedRow]
NATIONAL_COLUMNS: Final = (
    "document_number", "issued_on", "effective_on", "issuer", "issuer_level", "is_expired",
    "amends", "flags",
)  # fmt: skip
DECISION_1079: Final = "1079/QĐ-TTg"
# What each code of a regulation's legal base names.
LEGAL_BASES: Final[Mapping[str, tuple[str, ...]]] = {
    "decree72_circular22": ("72/2015/NĐ-CP", "22/2016/TT-BTTTT"),
    "decree72": ("72/2015/NĐ-CP",),
    "decision79_2010": ("79/2010/QĐ-TTg",),
}
# (tables, phrase in the note, relation): the phrase's first group is the number cited. The letters
# that annual plans cite are read where the plans are (etl/document_rows.py).
_CITING: Final = tuple(
    (frozenset(tables.split()), re.compile(pattern), relation)
    for tables, pattern, relation in (
        ("human_rights_plans", r"\bcites (\d+/BTTTT-[A-ZĐ]+)", "guided_by"),
        ("related_plans", r"\bplan for (?:Conclusion|Resolution|QĐ) ([\w/-]+)", "carries_out"),
        ("ministry_guidance", r"^guides (?:implementation of )?(?:QĐ|Decision) ([\w/-]+)",
         "carries_out"),
    )
)  # fmt: skip
# "cited in plans 88/KH-UBND (2020-03-13) and 34/KH-UBND (2021-01-29)": who cites this document.
_CITED_IN: Final = re.compile(r"\bcited in [^;]*")
_CITING_PLAN: Final = re.compile(r"(\d+/KH-[A-ZĐ]+) (?:of |\()(\d{4}-\d{2}-\d{2})")


def add_legal_bases(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.citation: the national documents that a regulation was seen to rest on."""
    for row in rows:
        for number in LEGAL_BASES.get(row["legal_base"], ()):
            _add(core, documents.of_row[row.file, row.row], number, "basis", row)


def add_carried_out(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.citation: plans on human rights are those that carry out Decision 1079/QĐ-TTg."""
    for row in rows:
        _add(core, documents.of_row[row.file, row.row], DECISION_1079, "carries_out", row)


def add_noted_citations(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.citation: what a note says in fixed words that the document of its row cites."""
    for row in rows:
        for tables, pattern, relation in _CITING:
            if row.table in tables:
                for number in pattern.findall(row["note"] or ""):
                    _add(core, documents.of_row[row.file, row.row], number, relation, row)


def add_citing_plans(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.citation: known plans of the same province in which a document was seen cited."""
    plans = {
        (d["province_code_gso"], d["document_number"], d["issued_date"]): d
        for d in documents.by_id.values()
    }
    for row in rows:
        cited = documents.of_row[row.file, row.row]
        for phrase in _CITED_IN.findall(row["note"] or ""):
            for number, day in _CITING_PLAN.findall(phrase):
                citing = plans.get((row["gso_code"], number, parse_date(day)))
                if citing is not None and cited["document_number"] is not None:
                    number, day = cited["document_number"], cited["issued_date"]
                    _add(core, citing, number, "mentions", row, day)


def _add(
    core: CoreRows,
    document: Row,
    number: str,
    relation: str,
    row: TypedRow,
    day: dt.date | None = None,
) -> None:
    """One citation; without a day it means the national document of that number."""
    core.add(
        "citation",
        document_id=document["document_id"],
        cited_number=normalize_number(number),
        cited_date=day,
        relation=relation,
        source_id=row.source_id,
        row_number=row.row,
    )


def add_national_documents(
    core: CoreRows, documents: Documents, records: Sequence[Mapping[str, str]]
) -> None:
    """core.document and core.citation from data/reference/national_documents.csv.

    Raises BadValue for a date that is none.
    """
    source = "national_documents"
    for line, record in enumerate(records, start=2):
        issued = parse_date(record["issued_on"])
        effective = parse_date(record["effective_on"]) if record["effective_on"] else None
        number = normalize_number(record["document_number"])
        document = documents.add_reference(
            {
                "document_id": document_id_of(None, number, issued, None),
                "vintage": None,
                "province_code_gso": None,
                "document_number": number,
                "kind": document_kind(number),
                "issued_date": issued,
                "effective_date": effective,
                "counts_from_date": issued,
                "date_basis": "issued",
                "issuing_body": record["issuer"],
                "issuer_level": record["issuer_level"],
                "confidence": "cited_by_other_document",
                "source_id": source,
                "row_number": line,
                "flags": record["flags"].split(),
            }
        )
        if record["amends"]:
            core.add(
                "citation",
                document_id=document["document_id"],
                cited_number=normalize_number(record["amends"]),
                cited_date=None,
                relation="amends",
                source_id=source,
                row_number=line,
            )


def finish_citations(core: CoreRows, records: Sequence[Mapping[str, str]]) -> None:
    """Keep each citation once, and mark those of national documents that have expired.

    Of other documents nothing is known. Call it when the citations are linked.
    """
    expired = {
        document_id_of(
            None, normalize_number(r["document_number"]), parse_date(r["issued_on"]), None
        )
        for r in records
        if r["is_expired"] == "true"
    }
    once: dict[tuple[object, ...], Row] = {}
    for citation in core["citation"]:
        key = ("document_id", "cited_number", "cited_date", "relation")
        kept = once.setdefault(tuple(citation.get(name) for name in key), citation)
        if kept.get("cited_document_id") in expired:
            kept["is_expired"] = True
    core.tables["citation"] = list(once.values())


CITING_TABLES: Final = (
    ("regulations", add_legal_bases),
    ("human_rights_plans", add_carried_out),
    ("human_rights_plans", add_noted_citations),
    ("related_plans", add_noted_citations),
    ("ministry_guidance", add_noted_citations),
    ("regulations", add_citing_plans),
    ("human_rights_plans", add_citing_plans),
)

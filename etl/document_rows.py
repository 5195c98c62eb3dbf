"""Typed rows about documents → core rows: regulations, plans, guidance, findings, citations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from domain.documents import normalize_number, parse_date, split_citation
from domain.errors import BadValue
from domain.evidence import stable_id
from etl.citation_rows import CITING_TABLES
from etl.core_rows import CoreRows, Documents, Row
from etl.harmonize import TypedRow
from etl.row_rules import CITING_FACTS
from etl.template_rows import TEMPLATE_TABLES

Rows = Sequence[TypedRow]
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Which ministry letters the text of a plan was seen to cite; its date is not in the note.
_CITED_LETTER = re.compile(r"\b(?:cites|and) (\d+/BTTTT-[A-ZĐ]+)")


def add_regulations(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.regulation and the citations of what each regulation replaces."""
    for row in rows:
        otherwise = f"regulation {row['effective_on']} {row['reported_on']} {row['source_url']}"
        document = documents.add_provincial(row, otherwise=otherwise, kind="decision")
        if not core.claim(row, "document_number", document["document_id"]):
            continue
        core.add(
            "regulation",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            legal_base=row["legal_base"],
            replaces=row["replaces"],
            replaced_by=row["replaced_by"],
        )
        for cited in (row["replaces"] or "").split(";"):
            if cited.strip():
                _add_citation(core, document, cited, "replaces", row)


def _add_citation(core: CoreRows, document: Row, cited: str, relation: str, row: TypedRow) -> None:
    number, day = split_citation(cited)
    core.add(
        "citation",
        document_id=document["document_id"],
        cited_number=normalize_number(number),
        cited_date=day,
        relation=relation,
        section=row["section"],
        source_id=row.source_id,
        row_number=row.row,
    )


def add_human_rights_plans(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.human_rights_plan; a printed period 2023-2028 runs from 1 January to 31 December."""
    for row in rows:
        otherwise = f"human rights {row['period_start']} {row['kind']} {row['source_url']}"
        document = documents.add_provincial(row, otherwise=otherwise, kind="plan")
        if not core.claim(row, "document_number", document["document_id"]):
            continue
        first, last = row["period_start"], row["period_end"]
        core.add(
            "human_rights_plan",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            plan_kind=row["kind"],
            period_start=dt.date(first, 1, 1) if first else None,
            period_end=dt.date(last, 12, 31) if last else None,
        )


def add_annual_plans(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.annual_plan, and the ministry letters that the plan cites."""
    for row in rows:
        otherwise = f"annual plan {row['plan_year']} {row['source_url']}"
        document = documents.add_provincial(row, otherwise=otherwise, kind="plan")
        if not core.claim(row, "document_number", document["document_id"], row["plan_year"]):
            continue
        core.add(
            "annual_plan",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            plan_year=row["plan_year"],
        )
        for cited in _CITED_LETTER.findall(row["note"] or ""):
            _add_citation(core, document, cited, "mentions", row)


def add_related_plans(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.related_plan: multi-year and special plans, never counted as annual plans."""
    for row in rows:
        otherwise = f"related plan {row['plan_year']} {row['source_url']}"
        document = documents.add_provincial(row, otherwise=otherwise)
        if not core.claim(row, "document_number", document["document_id"]):
            continue
        first, last = row["plan_year"] or (None, None)
        core.add(
            "related_plan",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            plan_kind=row["kind"],
            first_year=first,
            last_year=last,
        )


def add_joint_programmes(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.joint_programme; a notice that only passes the programme on is listed, not counted."""
    for row in rows:
        otherwise = f"joint programme {row['source_url']}"
        document = documents.add_provincial(row, otherwise=otherwise, kind="programme")
        if not core.claim(row, "document_number", document["document_id"]):
            continue
        core.add(
            "joint_programme",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            is_counted="notice_only" not in document["flags"],
        )


def add_guidance(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.guidance_letter: the annual letters (one whole year) and standing documents."""
    for row in rows:
        document = documents.add_national(row, row["issued_on"], row["issuer"])
        guides = row["guides_year"]
        core.add(
            "guidance_letter",
            document_id=document["document_id"],
            guides_year=int(guides) if guides and re.fullmatch(r"\d{4}", guides) else None,
            guides=guides,
        )


def add_letter_findings(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.letter_finding: the provinces that a ministry letter names."""
    for row in rows:
        document = documents.add_national(row, row["issued_on"], None)
        core.add(
            "letter_finding",
            document_id=document["document_id"],
            finding=row["finding"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            section=row["section"],
            implies_others=True,
        )


def add_announced_totals(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.announced_total, in the letter of that number, else in a letter of that day."""
    for row in rows:
        known = documents.national_of_number(row["document_number"])
        document = known or documents.add_national(row, row["as_of"], None)
        core.add(
            "announced_total",
            indicator=row["indicator"],
            as_of_date=row["as_of"],
            announced_count=row["count"],
            out_of=row["out_of"],
            document_id=document["document_id"],
            section=row["section"],
        )


def add_document_facts(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.document_fact, with the citations and deadlines that the facts state.

    A document without number and date is the annual plan of that province and year in which
    nothing else is printed either; where none is known it stands for itself.
    """
    years = {row["document"]: row["value"] for row in rows if row["fact"] == "plan_year"}
    for row in rows:
        document = _document_of_fact(core, documents, row, years.get(row["document"]))
        if not core.claim(row, "document", document["document_id"], row["fact"], row["value"]):
            continue
        core.add(
            "document_fact",
            document_id=document["document_id"],
            fact=row["fact"],
            value=row["value"],
            section=row["section"],
        )
        if row["fact"] in CITING_FACTS:
            _add_citation(core, document, row["value"].partition(", ")[0], row["fact"], row)
        if row["fact"] == "report_deadline":
            _add_deadline(core, document, row)


def _document_of_fact(
    core: CoreRows, documents: Documents, row: TypedRow, plan_year: str | None
) -> Row:
    if row["document_number"] is None and row["issued_on"] is None and plan_year:
        for plan in core["annual_plan"]:
            document = documents.by_id[plan["document_id"]]
            if (plan["province_code_gso"], str(plan["plan_year"])) == (row["gso_code"], plan_year):
                if not document["document_number"] and not document["issued_date"]:
                    return document
    return documents.add_provincial(row, otherwise=row["document"], kind=row["kind"])


def _add_deadline(core: CoreRows, document: Row, row: TypedRow) -> None:
    """core.report_deadline from "before 2023-11-15" or "before 10 November every year"."""
    once = re.search(r"before (\d{4}-\d{2}-\d{2})", row["value"])
    yearly = re.search(r"before (\d{1,2}) ([A-Z][a-z]+) every year", row["value"])
    try:
        due = parse_date(once[1]) if once else None
        # The year is only there to make a date of it; 2024 has a 29 February.
        every = dt.date(2024, MONTHS.index(yearly[2]) + 1, int(yearly[1])) if yearly else None
    except (BadValue, ValueError):
        return
    if due is None and every is None:
        return
    core.add(
        "report_deadline",
        report_deadline_id=stable_id("L", document["document_id"], row["value"]),
        document_id=document["document_id"],
        due_date=due,
        month_day=f"{every:%m-%d}" if every else None,
        period="yearly" if every else "once",
        is_every_year=every is not None,
        section=row["section"],
    )


def link_citations(core: CoreRows, documents: Documents) -> None:
    """Fill in which known document a citation means: same number and date, same province first.

    A citation without a date means the national document of its number, where only one is known.
    """
    index: dict[tuple[str | None, str | None, dt.date | None], str] = {}
    for document in documents.by_id.values():
        key = (document["province_code_gso"], document["document_number"], document["issued_date"])
        index[key] = document["document_id"]
    for citation in core["citation"]:
        citing = documents.by_id[citation["document_id"]]
        for code in (citing["province_code_gso"], None):
            found = index.get((code, citation["cited_number"], citation["cited_date"]))
            citation.setdefault("cited_document_id", found)
            if found:
                citation["cited_document_id"] = found
                break
        else:
            only = documents.national_of_number(citation["cited_number"])
            if only and citation["cited_date"] is None:
                citation["cited_document_id"] = only["document_id"]


DOCUMENT_TABLES: tuple[tuple[str, Callable[[CoreRows, Documents, Rows], None]], ...] = (
    ("ministry_guidance", add_guidance),
    ("letter_findings", add_letter_findings),
    ("announced_totals", add_announced_totals),
    ("regulations", add_regulations),
    ("human_rights_plans", add_human_rights_plans),
    ("annual_plans", add_annual_plans),
    ("related_plans", add_related_plans),
    ("programme_5115", add_joint_programmes),
    ("document_facts", add_document_facts),
    *CITING_TABLES,
    *TEMPLATE_TABLES,
)

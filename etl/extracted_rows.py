"""What was extracted from documents → core rows, beside those of the tables of facts.

A document adds evidence and replaces nothing: where a table of facts knows the same regulation or
plan, its row stays and gets the passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from domain.evidence import stable_id
from domain.vintages import Crosswalk, vintage_at
from etl.archive import Original
from etl.core_rows import CoreRows, Documents, Row
from etl.extracted_clusters import ClusterRows
from etl.extracted_documents import SOURCE_ID, ExtractedDocuments, Item, day
from etl.extracted_fields import (
    FALLBACK_DAY,
    KEYS,
    annual_plan_fields,
    human_rights_plan_fields,
    joint_programme_fields,
    money_source,
    regulation_fields,
)

FINDING_OF_CLASS: Final = {
    "outdated": "regulation_on_decision79_not_amended",
    "general_only": "only_general_foreign_affairs_regulation",
    "current": "regulation_current",
}
_COVERED: Final = ("covered", "partly", "not_found")  # best first
NATIONAL_LEVELS: Final = ("party", "government", "ministry")


class ExtractedRows:
    """Adds the core rows of one extracted document after another."""

    def __init__(self, core: CoreRows, documents: Documents, crosswalk: Crosswalk) -> None:
        self._core = core
        self._documents = ExtractedDocuments(core, documents)
        self._rows: dict[tuple[object, ...], Row] = {}
        for table, key in KEYS.items():
            for row in core[table]:
                self._rows[(table, *(row[name] for name in key))] = row
        self._clusters = ClusterRows(core, self._documents, crosswalk)

    def add(self, original: Original, text: str, result: Mapping[str, Any]) -> Row:
        """All rows of one document; returns its row of core.document."""
        header = result["document"]
        document = self._documents.read(original, header, text)
        self._citations(document, result["citations"])
        if header["issuer_level"] in ("ministry", "government"):
            self._letter(document, header, result)
        self._named("regulation", document, header, result["regulations"], regulation_fields)
        self._named(
            "human_rights_plan",
            document,
            header,
            result["human_rights_plans"],
            human_rights_plan_fields,
        )
        self._named("annual_plan", document, header, result["annual_plans"], annual_plan_fields)
        self._named(
            "joint_programme", document, header, result["joint_programmes"], joint_programme_fields
        )
        self._tasks(document, header, result["tasks"])
        self._budget(document, header, result["budget_lines"])
        self._topics(document, result["topics"])
        self._clusters.add(document, result["information_clusters"])
        self._deadlines(document, result["report_deadlines"])
        self._warnings(document, result["warnings"])
        return document

    def find(self, original: Original, result: Mapping[str, Any]) -> str | None:
        """Id of the known document that this one is; None where it is new."""
        known = self._documents.identify(result["document"])
        return known["document_id"] if known else None

    def add_coverage(
        self, document: Row, items: Iterable[Item], letters: Mapping[str, Row]
    ) -> None:
        """core.task_coverage of one plan; `letters`: guidance number → its document.

        A letter that numbers two tasks alike has one row for both: the better covered counts.
        """
        best: dict[str, Item] = {}
        for item in items:
            letter = letters[item["guidance_number"]]
            task_id = stable_id("G", letter["document_id"], item["task"])
            standing = best.get(task_id)
            if standing is None or _COVERED.index(item["class"]) < _COVERED.index(
                standing["class"]
            ):
                best[task_id] = item
        for task_id, item in best.items():
            self._core.add(
                "task_coverage",
                document_id=document["document_id"],
                guidance_task_id=task_id,
                **{"class": item["class"]},
                decided_by="person" if item.get("corrected_by") else "rule",
                passage_id=self._documents.add_passage(document, item.get("evidence")),
            )

    def _put(self, table: str, values: Row) -> Row:
        """Add a row, or give the known one of its key what it lacks (its passage, say)."""
        key = (table, *(values[name] for name in KEYS[table]))
        known = self._rows.get(key)
        if known is None:
            self._rows[key] = values
            self._core.tables[table].append(values)
            return values
        for name, value in values.items():
            if known.get(name) in (None, "unknown"):
                known[name] = value
        return known

    def _citations(self, document: Row, citations: Iterable[Item]) -> None:
        for item in citations:
            self._core.add(
                "citation",
                document_id=document["document_id"],
                cited_number=item["number"],
                cited_date=day(item["issued_date"]),
                relation=item["relation"],
                is_expired=item["expired"] or None,
                section=item["evidence"]["section"],
                passage_id=self._documents.add_passage(document, item["evidence"]),
                source_id=SOURCE_ID,
            )

    def _letter(self, document: Row, header: Item, result: Mapping[str, Any]) -> None:
        """A ministry's letter: which provinces it names with what, and what it announces."""
        if document["issued_date"] is None:
            return
        is_guidance = header["kind"] == "official_letter" and header["plan_year"] is not None
        vintage = vintage_at(document["issued_date"]).key
        for item in result["regulation_statuses"]:
            self._put(
                "letter_finding",
                {
                    "document_id": document["document_id"],
                    "finding": FINDING_OF_CLASS[item["class"]],
                    "vintage": vintage,
                    "province_code_gso": item["province_code_gso"],
                    "section": item["evidence"]["section"],
                    "passage_id": self._documents.add_passage(document, item["evidence"]),
                    # Only the letter to all provinces means, by naming some, that the others are
                    # in order (design.md section 4).
                    "implies_others": is_guidance,
                    "corrected_by": item.get("corrected_by"),
                },
            )
        for item in result["announced_totals"]:
            self._put(
                "announced_total",
                {
                    "indicator": item["indicator"],
                    "as_of_date": document["issued_date"],
                    "document_id": document["document_id"],
                    "announced_count": item["count"],
                    "out_of": item["out_of"],
                    "section": item["evidence"]["section"],
                    "passage_id": self._documents.add_passage(document, item["evidence"]),
                },
            )
        if is_guidance:
            guides = header["plan_year"]
            self._put(
                "guidance_letter",
                {"document_id": document["document_id"], "guides_year": guides,
                 "guides": str(guides)},
            )  # fmt: skip

    def _named(
        self, table: str, document: Row, header: Item, items: Iterable[Item], fields: Any
    ) -> None:
        """Regulations and plans: the document itself, or one that it names."""
        for item in items:
            if item["province_code_gso"] is None:
                continue
            is_itself = (item["number"], item["province_code_gso"]) == (
                header["number"], header["province_code_gso"],
            )  # fmt: skip
            target = document if is_itself else self._documents.named(item, document)
            if is_itself and item.get("effective_date") and not document.get("effective_date"):
                document["effective_date"] = day(item["effective_date"])
                if document["counts_from_date"] is None:
                    document["counts_from_date"] = document["effective_date"]
                    document["date_basis"] = "effective"
            counts_from = target["counts_from_date"]
            vintage = target["vintage"] or vintage_at(counts_from or FALLBACK_DAY).key
            target["vintage"] = vintage
            passage_id = self._documents.add_passage(document, item["evidence"])
            self._put(
                table,
                {
                    "document_id": target["document_id"],
                    "vintage": vintage,
                    "province_code_gso": item["province_code_gso"],
                    "passage_id": passage_id,
                    "corrected_by": item.get("corrected_by"),
                    **fields(item),
                },
            )

    def _tasks(self, document: Row, header: Item, items: Iterable[Item]) -> None:
        """core.plan_task, and core.guidance_task of a guidance letter."""
        is_guidance = header["kind"] == "official_letter" and header["plan_year"] is not None
        for ordinal, item in enumerate(items, 1):
            passage_id = self._documents.add_passage(document, item["evidence"])
            due = item["due"] or {}
            shared = {
                "document_id": document["document_id"],
                "ordinal": item["ordinal"] or str(ordinal),
                "title": item["title"],
                "passage_id": passage_id,
            }
            if is_guidance:
                task_id = stable_id("G", document["document_id"], shared["ordinal"])
                self._put("guidance_task", {"guidance_task_id": task_id,
                                            "guides_year": header["plan_year"],
                                            "topic": None, **shared})  # fmt: skip
                continue
            self._core.add(
                "plan_task",
                plan_task_id=stable_id("T", document["document_id"], ordinal),
                lead_bodies=item["lead_bodies"],
                partner_bodies=item["partner_bodies"],
                due_from=day(due.get("from")),
                due_to=day(due.get("to")),
                due_printed=due.get("printed"),
                amount_million_vnd=item["amount_million_vnd"],
                funding_source=item["funding_source"],
                **shared,
            )

    def _budget(self, document: Row, header: Item, items: list[Item]) -> None:
        code = document["province_code_gso"]
        if code is None or document["vintage"] is None:
            return
        ids = [stable_id("B", document["document_id"], number) for number in range(len(items))]
        for number, item in enumerate(items):
            parent = item["parent"]
            self._core.add(
                "budget_line",
                line_id=ids[number],
                parent_line_id=ids[parent] if isinstance(parent, int) else None,
                is_total=item["is_total"],
                vintage=document["vintage"],
                province_code_gso=code,
                first_year=item["year"],
                last_year=item["year"],
                programme="other",
                component=item["task"],
                funding_source=money_source(item["funding_source"]),
                stage=item["stage"] or "planned",
                scope="information_work",
                level="province" if header["issuer_level"] != "district" else "district",
                amount_million_vnd=item["amount_million_vnd"],
                as_printed=item["as_printed"],
                is_rounded=False,
                document_number=document["document_number"],
                document_date=document["issued_date"],
                passage_id=self._documents.add_passage(document, item["evidence"]),
                source_id=SOURCE_ID,
                row_number=number + 1,
                flags=[],
            )

    def _topics(self, document: Row, items: Iterable[Item]) -> None:
        for item in items:
            self._put(
                "document_topic",
                {
                    "document_id": document["document_id"],
                    "topic": item["topic"],
                    "border_route": item["border_route"] or "",
                    "section": item["evidence"]["section"],
                    "passage_id": self._documents.add_passage(document, item["evidence"]),
                    "corrected_by": item.get("corrected_by"),
                },
            )

    def _deadlines(self, document: Row, items: Iterable[Item]) -> None:
        stated = {
            (row["document_id"], row["due_date"], row["month_day"], row["period"]): row
            for row in self._core["report_deadline"]
            if row["document_id"] == document["document_id"]
        }
        for number, item in enumerate(items, 1):
            due = day(item["date"])
            passage_id = self._documents.add_passage(document, item["evidence"])
            more = {"from_body": item["from_body"], "to_body": item["to_body"],
                    "passage_id": passage_id}  # fmt: skip
            key = (document["document_id"], due, item["month_day"], item["period"])
            if known := stated.get(key):
                known.update(more)
                continue
            self._core.add(
                "report_deadline",
                report_deadline_id=stable_id("L", document["document_id"], "read", number),
                document_id=document["document_id"],
                due_date=due,
                month_day=item["month_day"],
                period=item["period"],
                is_every_year=item["every_year"],
                section=item["evidence"]["section"],
                **more,
            )

    def _warnings(self, document: Row, items: Iterable[Item]) -> None:
        for number, item in enumerate(items, 1):
            passage = self._documents.add_passage(document, item.get("evidence"))
            self._core.add(
                "extraction_warning", document_id=document["document_id"], ordinal=number,
                code=item["code"], message=item["message"], passage_id=passage,
            )  # fmt: skip

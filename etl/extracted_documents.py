"""Which core.document an extracted document is, and the passages read in it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any, Final

from domain.documents import document_kind, parse_date
from domain.evidence import decide_date, stable_id
from domain.provinces import fold
from domain.vintages import vintage_at
from etl.archive import Original
from etl.core_rows import CoreRows, Documents, Row, document_id_of

SOURCE_ID: Final = "documents"
Item = dict[str, Any]


def day(text: str | None) -> dt.date | None:
    """An ISO date of an extraction; those were checked when they were read."""
    return parse_date(text) if text else None


class ExtractedDocuments:
    """Finds or adds the core rows of documents that were read, and of those that they name."""

    def __init__(self, core: CoreRows, documents: Documents) -> None:
        self._core = core
        self._documents = documents
        # Numbers repeat every year, so the date belongs to the key wherever it is known.
        self._by_number: defaultdict[tuple[str | None, str], list[Row]] = defaultdict(list)
        for document in documents.by_id.values():
            self._index(document)
        self._unnumbered_plans = {
            (plan["province_code_gso"], plan["plan_year"]): documents.by_id[plan["document_id"]]
            for plan in core["annual_plan"]
            if not documents.by_id[plan["document_id"]]["document_number"]
            and not documents.by_id[plan["document_id"]]["issued_date"]
        }
        self._passages: set[str] = set()

    def _index(self, document: Row) -> None:
        if number := document["document_number"]:
            self._by_number[document["province_code_gso"], number].append(document)

    def known(
        self, code: str | None, number: str | None, issued: dt.date | None, issuer: str | None
    ) -> Row | None:
        """The known document of a number and date, the issuer's own first; None where none is.

        A number without a date means the only document of that number, if it carries its year or
        is national: others repeat every year.
        """
        if number is None:
            return None
        found = self._by_number[code, number]
        if issued is None:
            carries_year = code is None or any(part.isdigit() and len(part) == 4
                                               for part in number.split("/"))  # fmt: skip
            return found[0] if len(found) == 1 and carries_year else None
        same_day = [d for d in found if d["issued_date"] == issued]
        same_issuer = [d for d in same_day if fold(d["issuing_body"] or "") == fold(issuer or "")]
        best = same_issuer or same_day
        return best[0] if best else None

    def identify(self, header: Item) -> Row | None:
        """The known document that one with this header is; None where it is new.

        A plan without number and date is the one that is known of its province and year without
        either.
        """
        code, number = header["province_code_gso"], header["number"]
        issued = day(header["issued_date"])
        if number is None and issued is None and header["kind"] == "plan":
            return self._unnumbered_plans.get((code, header["plan_year"]))
        return self.known(code, number, issued, header["issuing_body"])

    def read(self, original: Original, header: Item, text: str) -> Row:
        """The core row of a document that was read itself, with its stored text."""
        code, number = header["province_code_gso"], header["number"]
        issued = day(header["issued_date"])
        document = self.identify(header)
        if document is None:
            document = self._add(
                code, number, issued, header["issuing_body"], f"read {original.sha256}",
                kind=header["kind"], confidence="seen_text",
            )  # fmt: skip
        document["confidence"] = "seen_text"
        for name, value in (
            ("issuing_body", header["issuing_body"]),
            ("issuer_level", header["issuer_level"]),
            ("title", header["title"]),
            ("signer", header["signer"]),
            ("plan_year", header["plan_year"]),
        ):
            document[name] = document.get(name) or value
        document["stored_text"] = text
        document["stored_sha256"] = original.sha256
        document["original_name"] = original.name
        return document

    def named(self, item: Item, citing: Row, *, kind: str | None = None) -> Row:
        """The core row of a document that another one names; it counts from its own date, else
        from the date of the document that names it."""
        code, number = item["province_code_gso"], item["number"]
        issued, effective = day(item["issued_date"]), day(item.get("effective_date"))
        document = self.known(code, number, issued, None)
        if document is None:
            document = self._add(
                code, number, issued, None, f"named in {citing['document_id']}",
                kind=kind or (document_kind(number) if number else "other"),
                confidence="cited_by_other_document", effective=effective,
                reported=citing["counts_from_date"],
            )  # fmt: skip
        return document

    def _add(
        self,
        code: str | None,
        number: str | None,
        issued: dt.date | None,
        issuer: str | None,
        otherwise: str,
        *,
        kind: str,
        confidence: str,
        effective: dt.date | None = None,
        reported: dt.date | None = None,
    ) -> Row:
        counted = decide_date(issued, effective, reported)
        if code and number and issuer is None:
            issuer = self._documents.issuer_of(code, number, counted[0] if counted else None)
        document = self._documents.add_reference(
            {
                "document_id": document_id_of(code, number, issued, issuer, otherwise),
                "vintage": vintage_at(counted[0]).key if code and counted else None,
                "province_code_gso": code,
                "document_number": number,
                "kind": kind,
                "issued_date": issued,
                "effective_date": effective,
                "reported_date": None if issued or effective else reported,
                "counts_from_date": counted[0] if counted else None,
                "date_basis": counted[1].value if counted else None,
                "issuing_body": issuer,
                "confidence": confidence,
                "source_id": SOURCE_ID,
                "row_number": None,
                "flags": [],
            }
        )
        self._index(document)
        return document

    def add_passage(self, document: Row, evidence: Item | None) -> str | None:
        """core.passage of a piece of evidence; returns its id, or None where there is none."""
        if not evidence:
            return None
        start, end = evidence["start"], evidence["end"]
        passage_id = stable_id("P", document["document_id"], start, end)
        if passage_id not in self._passages:
            self._passages.add(passage_id)
            self._core.add(
                "passage",
                passage_id=passage_id,
                document_id=document["document_id"],
                section=evidence["section"],
                start_offset=start,
                end_offset=end,
                quote=evidence["quote"],
            )
        return passage_id

"""Core rows → evidence: which fact bears on which status, with its date and strength.

The rules are those of design.md section 4; `domain.indicators` decides what follows from them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from domain.evidence import (
    STRENGTH_OF_CONFIDENCE,
    DateBasis,
    Evidence,
    Nature,
    Strength,
    stable_id,
)
from domain.indicators import (
    ANNUAL_PLAN,
    CLASS_OF_LEGAL_BASE,
    GENERAL_REGULATION,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    annual_plan_class,
)
from domain.vintages import vintage_at
from etl.core_rows import CoreRows, Row

# A letter that names provinces with such a finding says what the others are by its silence.
CLASS_OF_FINDING = {
    "regulation_on_decision79_not_amended": "outdated",
    "only_general_foreign_affairs_regulation": "general_only",
    "regulation_current": "current",
}
CLASS_OF_SILENCE = "current"


@dataclass(frozen=True)
class EvidenceRecord:
    """Evidence with where it was read; one row of core.evidence."""

    evidence: Evidence
    document_id: str | None
    section: str | None
    source_id: str
    row_number: int | None
    source_url: str | None
    flags: tuple[str, ...]
    passage_id: str | None = None

    def core_row(self) -> Row:
        """Its row of core.evidence."""
        e = self.evidence
        return {
            "evidence_id": e.evidence_id,
            "vintage": e.vintage,
            "province_code_gso": e.province_code_gso,
            "indicator": e.indicator,
            "scope": e.scope,
            "nature": e.nature.value,
            "class": e.status_class,
            "test": e.test,
            "evidence_date": e.date,
            "date_basis": e.date_basis.value,
            "until_date": e.until,
            "strength": e.strength.value,
            "document_id": self.document_id,
            "passage_id": self.passage_id,
            "section": self.section,
            "source_id": self.source_id,
            "row_number": self.row_number,
            "source_url": self.source_url,
            "flags": list(self.flags),
        }


class EvidenceCollector:
    """Collects evidence from the core rows; a document without any date gives none."""

    def __init__(self, core: CoreRows) -> None:
        self._core = core
        self._documents = {d["document_id"]: d for d in core["document"]}
        self._units = {(u["vintage"], u["province_code_gso"]) for u in core["administrative_unit"]}
        self.records: dict[str, EvidenceRecord] = {}

    def collect(self) -> list[EvidenceRecord]:
        """All evidence, by evidence id; that of border routes comes from etl.route_evidence."""
        self._regulations()
        self._letter_findings()
        self._human_rights_plans()
        self._annual_plans()
        return [self.records[key] for key in sorted(self.records)]

    def codes(self, vintage: int) -> list[str]:
        """Codes of a vintage, sorted."""
        return sorted(code for v, code in self._units if v == vintage)

    def document(self, document_id: str) -> Row:
        """A row of core.document."""
        return self._documents[document_id]

    def add(
        self,
        where: Row,
        *,
        indicator: str,
        scope: str = "",
        status_class: str | None,
        nature: Nature,
        date: dt.date,
        basis: DateBasis,
        strength: Strength,
        code: str,
        document_id: str | None = None,
        section: str | None = None,
        passage_id: str | None = None,
        **more: Any,
    ) -> None:
        """One piece of evidence; `where` is the core row that it was read in."""
        vintage = more.pop("vintage", vintage_at(date).key)
        evidence_id = stable_id(
            "E", indicator, scope, vintage, code, document_id, where["source_id"],
            None if document_id else where["row_number"], nature, status_class, more.get("test"),
        )  # fmt: skip
        evidence = Evidence(
            evidence_id, vintage, code, indicator, scope, nature, status_class, date, basis,
            strength, **more,
        )  # fmt: skip
        self.records[evidence_id] = EvidenceRecord(
            evidence, document_id, section, where["source_id"], where["row_number"],
            where.get("source_url"), tuple(where["flags"]), passage_id,
        )  # fmt: skip

    def add_act(self, row: Row, *, indicator: str, status_class: str | None, **more: Any) -> None:
        """An act of the province itself: a regulation, plan or programme that has a date."""
        document = self._documents[row["document_id"]]
        if document["counts_from_date"] is None:
            return
        strength = STRENGTH_OF_CONFIDENCE.get(document["confidence"], Strength.NEWS)
        if row.get("corrected_by"):
            strength = Strength.PERSON
        self.add(
            document,
            indicator=indicator,
            status_class=status_class,
            nature=Nature.ACT,
            date=document["counts_from_date"],
            basis=DateBasis(document["date_basis"]),
            strength=more.pop("strength", strength),
            code=row["province_code_gso"],
            document_id=row["document_id"],
            passage_id=more.pop("passage_id", row.get("passage_id")),
            **more,
        )

    def _regulations(self) -> None:
        for row in self._core["regulation"]:
            if row["legal_base"] != GENERAL_REGULATION:
                status_class = CLASS_OF_LEGAL_BASE[row["legal_base"]]
                self.add_act(row, indicator=REGULATION, status_class=status_class)

    def _letter_findings(self) -> None:
        """Named provinces get what the letter says; by its silence the others are in order."""
        by_letter: defaultdict[str, list[Row]] = defaultdict(list)
        for finding in self._core["letter_finding"]:
            by_letter[finding["document_id"]].append(finding)
        for document_id, findings in by_letter.items():
            letter = self._documents[document_id]
            shared: dict[str, Any] = {
                "indicator": REGULATION,
                "nature": Nature.REPORT,
                "date": letter["issued_date"],
                "basis": DateBasis.ISSUED,
                "document_id": document_id,
            }
            for finding in findings:
                self.add(
                    letter,
                    **shared,
                    status_class=CLASS_OF_FINDING[finding["finding"]],
                    strength=(
                        Strength.PERSON if finding.get("corrected_by") else Strength.NAMED_IN_LETTER
                    ),
                    code=finding["province_code_gso"],
                    section=finding["section"],
                    passage_id=finding.get("passage_id"),
                )
            if not any(f["implies_others"] for f in findings):
                continue
            sections = sorted({f["section"] for f in findings if f["section"]})
            named = {f["province_code_gso"] for f in findings}
            for code in self.codes(vintage_at(letter["issued_date"]).key):
                if code not in named:
                    self.add(
                        letter,
                        **shared,
                        status_class=CLASS_OF_SILENCE,
                        strength=Strength.IMPLIED,
                        code=code,
                        section=", ".join(sections) or None,
                    )

    def _human_rights_plans(self) -> None:
        for row in self._core["human_rights_plan"]:
            self.add_act(
                row, indicator=HUMAN_RIGHTS_PLAN, status_class="adopted", until=row["period_end"]
            )

    def _annual_plans(self) -> None:
        for row in self._core["annual_plan"]:
            issued = self._documents[row["document_id"]]["issued_date"]
            self.add_act(
                row,
                indicator=ANNUAL_PLAN,
                scope=str(row["plan_year"]),
                status_class=annual_plan_class(row["plan_year"], issued),
            )

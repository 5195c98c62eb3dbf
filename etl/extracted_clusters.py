"""Information clusters that documents tell of → core.information_cluster."""

from __future__ import annotations

from collections.abc import Iterable

from domain.evidence import stable_id
from domain.provinces import fold
from domain.vintages import Crosswalk, vintage_at
from etl.core_rows import CoreRows, Row
from etl.extracted_documents import SOURCE_ID, ExtractedDocuments, Item
from etl.extracted_fields import FALLBACK_DAY


class ClusterRows:
    """Adds the observations of clusters of one document after another."""

    def __init__(self, core: CoreRows, documents: ExtractedDocuments, crosswalk: Crosswalk) -> None:
        self._core = core
        self._documents = documents
        self._crosswalk = crosswalk
        self._gates: dict[str, list[tuple[str, Row]]] = {}
        for gate in core["border_gate"]:
            names = self._gates.setdefault(gate["province_code_gso"], [])
            names.append((fold(gate["gate_name"]), gate))

    def add(self, document: Row, items: Iterable[Item]) -> None:
        """core.information_cluster: one observation per item, at its gate where that is known."""
        for number, item in enumerate(items, 1):
            code = item["province_code_gso"] or document["province_code_gso"]
            observed = document["counts_from_date"]
            if code is None:
                continue
            vintage = vintage_at(observed or FALLBACK_DAY).key
            parts = self._crosswalk.parts(code) if vintage == 2025 else (code,)
            gate = self._gate(parts, item["place"] or "")
            self._core.add(
                "information_cluster",
                observation_id=stable_id("C", document["document_id"], number),
                cluster_name=item["place"] or "",
                vintage=vintage,
                province_code_gso=code,
                gate_name=gate.get("gate_name"),
                border_gate_id=gate.get("border_gate_id"),
                border_route=gate.get("border_route"),
                state=item["state"],
                observed_date=observed,
                date_basis="reported" if observed else None,
                document_number=document["document_number"],
                document_id=document["document_id"],
                passage_id=self._documents.add_passage(document, item["evidence"]),
                source_id=SOURCE_ID,
                row_number=number,
                flags=[],
            )

    def _gate(self, codes: Iterable[str], place: str) -> Row:
        """The one gate of those provinces whose name stands in the place; {} where none does."""
        folded = f" {fold(place)} "
        found = [
            gate
            for code in codes
            for name, gate in self._gates.get(code, ())
            if f" {name} " in folded.replace(",", " ")
        ]
        return found[0] if len(found) == 1 else {}

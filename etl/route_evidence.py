"""Core rows → evidence of the indicator border_route: who is off a route, and the tests passed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Set
from typing import Any

from domain.evidence import STRENGTH_OF_CONFIDENCE, DateBasis, Nature, Strength
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE, ROUTE_TESTS
from domain.vintages import VINTAGES, Crosswalk, vintage_at
from etl.core_rows import CoreRows, Row
from etl.evidence_rows import EvidenceCollector
from etl.place_rows import BORDER_ROUTES

# A cluster that stands counts as evidence even where it needs repair; one that is planned does not.
STANDING_STATES = ("operating", "needs_repair")


class RouteEvidence:
    """Adds the evidence of border routes to a collector."""

    def __init__(self, core: CoreRows, collector: EvidenceCollector, crosswalk: Crosswalk) -> None:
        self._core = core
        self._collector = collector
        self._routes: dict[int, defaultdict[str, set[str]]] = {
            v: defaultdict(set) for v in VINTAGES
        }
        for row in core["province_border_route"]:
            old = row["province_code_gso"]
            # A unit lies on every route on which one of its parts lies.
            for vintage, code in ((2008, old), (2025, crosswalk.successor_by_code[old])):
                self._routes[vintage][code].add(row["border_route"])

    def collect(self) -> None:
        """All of it."""
        self._memberships()
        self._activities()
        self._plans()
        self._joint_programmes()
        self._clusters()

    def _memberships(self) -> None:
        """Provinces off a route are `not_applicable` by the list of those on it.

        Units of 2025 inherit from their parts, so only the 63 need rows.
        """
        listed: dict[str, Row] = {}
        for row in self._core["province_border_route"]:
            listed.setdefault(row["border_route"], row)
        for route, row in listed.items():
            for code in self._collector.codes(2008):
                if route not in self._routes[2008][code]:
                    self._collector.add(
                        {**row, "row_number": None, "flags": []},
                        indicator=BORDER_ROUTE,
                        scope=route,
                        status_class=NOT_APPLICABLE,
                        nature=Nature.REFERENCE,
                        date=VINTAGES[2008].first_day,
                        basis=DateBasis.REPORTED,
                        strength=Strength.NEWS,
                        code=code,
                    )

    def _plans(self) -> None:
        """A plan that treats a route's content, by the fact read in it."""
        for fact in self._core["document_fact"]:
            if fact["fact"] != "border_routes_covered":
                continue
            document = self._collector.document(fact["document_id"])
            row = {**fact, "province_code_gso": document["province_code_gso"]}
            for route in (r.strip() for r in fact["value"].split(";")):
                self._add_test(
                    row, route, "plan", section=fact["section"], strength=Strength.OWN_DOCUMENT
                )

        for topic in self._core["document_topic"]:
            document = self._collector.document(topic["document_id"])
            if topic["border_route"] and document["province_code_gso"]:
                more: dict[str, Any] = {
                    "section": topic["section"],
                    "passage_id": topic["passage_id"],
                    "strength": Strength.OWN_DOCUMENT,
                }
                if topic["corrected_by"]:
                    more["strength"] = Strength.PERSON
                row = {**topic, "province_code_gso": document["province_code_gso"]}
                self._add_test(row, topic["border_route"], "plan", **more)

    def _activities(self) -> None:
        """A plan or joint programme that a province reports, on the route that it names, while it
        runs; propaganda alone passes no test (docs/decisions/0011-xlsx-templates.md)."""
        for row in self._core["border_activity"]:
            if row["activity_kind"] in ROUTE_TESTS:
                self._add_test(
                    row, row["border_route"], row["activity_kind"], until=row["last_date"]
                )

    def _joint_programmes(self) -> None:
        """A programme with the border guard treats border and sea alike: all routes it lies on.

        A yearly programme passes the test until the end of its year.
        """
        for row in self._core["joint_programme"]:
            if row["is_counted"]:
                document = self._collector.document(row["document_id"])
                until = None
                if "one_year_only" in document["flags"] and document["counts_from_date"]:
                    until = dt.date(document["counts_from_date"].year, 12, 31)
                for route in BORDER_ROUTES:
                    self._add_test(row, route, "joint_programme", until=until)

    def _add_test(self, row: Row, route: str, test: str, **more: Any) -> None:
        day = self._collector.document(row["document_id"])["counts_from_date"]
        if day is None:
            return
        if route in self._routes[vintage_at(day).key][row["province_code_gso"]]:
            self._collector.add_act(
                row, indicator=BORDER_ROUTE, scope=route, status_class=None, test=test, **more
            )

    def _clusters(self) -> None:
        """A cluster standing at an international gate of the route; a later closing ends it."""
        international = {
            g["border_gate_id"]
            for g in self._core["border_gate"]
            if g["gate_class"] == "international"
        }
        for row in self._core["information_cluster"]:
            if row["state"] not in STANDING_STATES or row["observed_date"] is None:
                continue
            if row["border_route"] is None or row["border_gate_id"] not in international:
                continue
            self._collector.add(
                row,
                indicator=BORDER_ROUTE,
                scope=row["border_route"],
                status_class=None,
                nature=Nature.REPORT,
                date=row["observed_date"],
                basis=DateBasis(row["date_basis"]),
                strength=STRENGTH_OF_CONFIDENCE.get(row.get("confidence") or "", Strength.NEWS),
                code=row["province_code_gso"],
                test="cluster",
                until=self._closed_on(row),
            )

    def _closed_on(self, row: Row) -> dt.date | None:
        """Last day on which the observed cluster still stood, where a later closing is known."""
        closings = [
            other["observed_date"]
            for other in self._core["information_cluster"]
            if other["state"] == "closed"
            and other["observed_date"] is not None
            and (other["province_code_gso"], other["cluster_name"])
            == (row["province_code_gso"], row["cluster_name"])
            and other["observed_date"] > row["observed_date"]
        ]
        return min(closings) - dt.timedelta(days=1) if closings else None


def applicable_route_tests(core: CoreRows, codes: Set[str], route: str) -> tuple[str, ...]:
    """The tests of the provinces `codes` on a route: the cluster only where they have an
    international gate there."""
    has_gate = any(
        g["border_route"] == route
        and g["gate_class"] == "international"
        and g["province_code_gso"] in codes
        for g in core["border_gate"]
    )
    return ("plan", "joint_programme", "cluster") if has_gate else ("plan", "joint_programme")

"""Evidence → core.status, status_evidence and contradiction, for both vintages."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from domain.evidence import Evidence
from domain.indicators import (
    ANNUAL_PLAN,
    BORDER_ROUTE,
    DECISION_1079_DATE,
    HUMAN_RIGHTS_PLAN,
    REGULATION,
    RESULT_REPORT,
    UNKNOWN_CLASS,
    Interval,
    border_route_timeline,
    find_contradictions,
    human_rights_timeline,
    latest_decides,
    merge_parts,
)
from domain.result_reports import is_deadline, result_report_timeline
from domain.vintages import VINTAGES, Crosswalk
from etl.core_rows import CoreRows, Row
from etl.evidence_rows import EvidenceRecord
from etl.place_rows import BORDER_ROUTES
from etl.report_evidence import report_years
from etl.route_evidence import applicable_route_tests

# Their evidence adds up; no piece of it denies another.
_WITHOUT_CONTRADICTION = (BORDER_ROUTE, RESULT_REPORT)
FIRST_DAYS = {HUMAN_RIGHTS_PLAN: DECISION_1079_DATE}


class StatusBuilder:
    """Builds every timeline of the 63 and of the 34 from the collected evidence."""

    def __init__(
        self, core: CoreRows, crosswalk: Crosswalk, records: Iterable[EvidenceRecord]
    ) -> None:
        self._core = core
        self._crosswalk = crosswalk
        self._by_key: defaultdict[tuple[int, str, str, str], list[Evidence]] = defaultdict(list)
        for record in records:
            e = record.evidence
            self._by_key[e.vintage, e.province_code_gso, e.indicator, e.scope].append(e)
        self._codes = {
            vintage: sorted(
                u["province_code_gso"]
                for u in core["administrative_unit"]
                if u["vintage"] == vintage
            )
            for vintage in VINTAGES
        }

    def scopes(self) -> list[tuple[str, str]]:
        """(indicator, scope) of every map.

        Plan years are those of plans and guidance letters, and the one after them, which is to be
        planned next: that nothing is known of it yet is shown, not left out. Years of reports are
        those of which a report or a deadline is known.
        """
        years = {p["plan_year"] for p in self._core["annual_plan"]}
        years |= {g["guides_year"] for g in self._core["guidance_letter"] if g["guides_year"]}
        span = range(min(years), max(years) + 2) if years else ()
        return [
            (REGULATION, ""),
            (HUMAN_RIGHTS_PLAN, ""),
            *((ANNUAL_PLAN, str(year)) for year in span),
            *((BORDER_ROUTE, route) for route in BORDER_ROUTES),
            *((RESULT_REPORT, str(year)) for year in report_years(self._core)),
        ]

    def build(self) -> None:
        """Add all rows of core.status, status_evidence and contradiction."""
        for indicator, scope in self.scopes():
            for code in self._codes[2008]:
                life = VINTAGES[2008]
                timeline = self._timeline(2008, code, indicator, scope, life.last_day)
                self._add_timeline(2008, code, indicator, scope, timeline)
            for code in self._codes[2025]:
                self._add_timeline(
                    2025, code, indicator, scope, self._unit_timeline(code, indicator, scope)
                )
        self._add_budget_contradictions()
        self._add_document_contradictions()

    def _timeline(
        self, vintage: int, code: str, indicator: str, scope: str, last_day: dt.date | None
    ) -> list[Interval]:
        evidence = self._by_key.get((vintage, code, indicator, scope), [])
        first_day = VINTAGES[vintage].first_day
        if vintage == 2008:
            first_day = FIRST_DAYS.get(indicator, first_day)
        if indicator == HUMAN_RIGHTS_PLAN:
            return human_rights_timeline(evidence, first_day, last_day)
        if indicator == RESULT_REPORT:
            return result_report_timeline(
                [*evidence, *self._other_deadlines(vintage, code, scope)], first_day, last_day
            )
        if indicator == BORDER_ROUTE:
            parts = frozenset(self._crosswalk.parts(code)) if vintage == 2025 else frozenset({code})
            tests = applicable_route_tests(self._core, parts, scope)
            return border_route_timeline(evidence, tests, first_day, last_day)
        return latest_decides(evidence, UNKNOWN_CLASS[indicator], first_day, last_day)

    def _unit_timeline(self, code: str, indicator: str, scope: str) -> list[Interval]:
        own = self._by_key.get((2025, code, indicator, scope), [])
        if indicator == RESULT_REPORT:
            own = [e for e in own if not is_deadline(e)]  # those bind the parts as well
        parts = {
            part: self._timeline(2008, part, indicator, scope, None)
            for part in self._crosswalk.parts(code)
        }
        own_timeline = self._timeline(2025, code, indicator, scope, None) if own else []
        return merge_parts(parts, own, own_timeline, VINTAGES[2025].first_day)

    def _other_deadlines(self, vintage: int, code: str, scope: str) -> list[Evidence]:
        """Deadlines that were set for a unit's parts, or for the unit that a part has become."""
        if vintage == 2025:
            key = (2008, self._crosswalk.parts(code)[0])
        else:
            key = (2025, self._crosswalk.successor_by_code[code])
        found = self._by_key.get((*key, RESULT_REPORT, scope), [])
        return [e for e in found if is_deadline(e)]

    def _add_timeline(
        self, vintage: int, code: str, indicator: str, scope: str, timeline: Sequence[Interval]
    ) -> None:
        evidence = self._by_key.get((vintage, code, indicator, scope), [])
        contradictions = (
            [] if indicator in _WITHOUT_CONTRADICTION else find_contradictions(evidence)
        )
        pairs = self._contradicting_pairs(vintage, code, indicator, scope)
        for interval in timeline:
            key = {
                "vintage": vintage,
                "province_code_gso": code,
                "indicator": indicator,
                "scope": scope,
                "valid_from": interval.valid_from,
            }
            decider = interval.evidence[0] if interval.evidence else None
            self._core.add(
                "status",
                **key,
                **{"class": interval.status_class},
                valid_to=interval.valid_to,
                strength=decider.strength.value if decider else None,
                evidence_id=decider.evidence_id if decider else None,
                part_classes=";".join(f"{c}={k}" for c, k in interval.part_classes) or None,
            )
            stated = {e.evidence_id for e in interval.evidence}
            against = {other for said, other in pairs if said in stated}
            roles = [(e, "supports") for e in interval.evidence]
            roles += [
                (e, "contradicts" if e.evidence_id in against else "overridden")
                for e in interval.overridden
            ]
            for ordinal, (item, role) in enumerate(roles, 1):
                self._core.add(
                    "status_evidence", **key, evidence_id=item.evidence_id, role=role,
                    ordinal=ordinal,
                )  # fmt: skip
        for found in contradictions:
            self._core.add(
                "contradiction",
                vintage=vintage,
                province_code_gso=code,
                indicator=indicator,
                scope=scope,
                as_of_date=found.stated.date,
                stated=found.stated.status_class,
                contradicted_by=found.contradicted_by.status_class,
                stated_reference=found.stated.evidence_id,
                contradicted_by_reference=found.contradicted_by.evidence_id,
            )

    def _contradicting_pairs(
        self, vintage: int, code: str, indicator: str, scope: str
    ) -> set[tuple[str, str]]:
        """(report, act) ids that contradict each other, of the unit and of its parts."""
        if indicator in _WITHOUT_CONTRADICTION:
            return set()
        keys = [(vintage, code)]
        if vintage == 2025:
            keys += [(2008, part) for part in self._crosswalk.parts(code)]
        return {
            (found.stated.evidence_id, found.contradicted_by.evidence_id)
            for v, c in keys
            for found in find_contradictions(self._by_key.get((v, c, indicator, scope), []))
        }

    def _add_budget_contradictions(self) -> None:
        """Two sources that print different amounts for the same money.

        Same province, programme, period, stage, scope and level, from different pages, neither a
        part of a printed total, and of the same or an unprinted source of money. Rounded figures
        agree within the last digit that is printed. Of lines read in documents only those that
        name the same task, or are both totals, speak of the same money.
        """
        lines = [b for b in self._core["budget_line"] if not b["parent_line_id"]]
        subjects: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
        for line in lines:
            if line["first_year"] is not None:
                columns = ("vintage", "province_code_gso", "programme", "first_year", "last_year",
                           "stage", "scope", "level")  # fmt: skip
                subjects[tuple(line[c] for c in columns)].append(line)
        for same in subjects.values():
            for a, b in combinations(sorted(same, key=lambda r: str(r["line_id"])), 2):
                if _amounts_contradict(a, b):
                    self._core.add(
                        "contradiction",
                        vintage=a["vintage"],
                        province_code_gso=a["province_code_gso"],
                        indicator="budget",
                        scope=a["programme"],
                        as_of_date=dt.date(a["last_year"], 12, 31),
                        stated=str(a["amount_million_vnd"]),
                        contradicted_by=str(b["amount_million_vnd"]),
                        stated_reference=a["line_id"],
                        contradicted_by_reference=b["line_id"],
                    )

    def _add_document_contradictions(self) -> None:
        """A document cited with another date than it is known by.

        Only numbers that carry their year (04/2013/QĐ-UBND) are compared: others repeat yearly.
        """
        known: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for document in self._core["document"]:
            if document["province_code_gso"] and document["issued_date"]:
                number = document["document_number"] or ""
                known[document["province_code_gso"], number].append(document)
        documents = {d["document_id"]: d for d in self._core["document"]}
        for citation in self._core["citation"]:
            citing = documents[citation["document_id"]]
            day, number = citation["cited_date"], citation["cited_number"]
            same = known.get((citing["province_code_gso"] or "", number), [])
            carries_year = any(str(d["issued_date"].year) in number.split("/") for d in same)
            if day is None or not carries_year or any(d["issued_date"] == day for d in same):
                continue
            self._core.add(
                "contradiction",
                vintage=citing["vintage"],
                province_code_gso=citing["province_code_gso"],
                indicator="document",
                scope=number,
                as_of_date=citing["counts_from_date"] or day,
                stated=day.isoformat(),
                contradicted_by=same[0]["issued_date"].isoformat(),
                stated_reference=citing["document_id"],
                contradicted_by_reference=same[0]["document_id"],
            )


def _rounding_million_vnd(line: Row) -> int:
    """Half-width within which a printed figure is meant: the value of its last non-zero digit."""
    if not line["is_rounded"]:
        return 0
    digits = f"{line['amount_million_vnd']:.0f}"
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def _amounts_contradict(a: Row, b: Row) -> bool:
    if _place_of(a) == _place_of(b):
        return False
    is_read = a.get("passage_id") or b.get("passage_id")
    if is_read and (a["is_total"], a["component"]) != (b["is_total"], b["component"]):
        return False
    sources = {a["funding_source"], b["funding_source"]} - {None}
    if len(sources) > 1:
        return False
    tolerance = max(_rounding_million_vnd(a), _rounding_million_vnd(b))
    return bool(abs(a["amount_million_vnd"] - b["amount_million_vnd"]) > tolerance)


def _place_of(line: Row) -> tuple[object, ...]:
    """Where a figure stands: the page, or the document that was read."""
    if line.get("passage_id"):
        return line["document_number"], line["document_date"]
    return (line["source_url"],)

"""The statuses of each indicator and how evidence decides one (design.md section 4).

Pure functions: evidence in, a gap-free timeline of intervals out. The order of input never
matters. Two rules cover all indicators:

- *latest decides* (regulation, annual_plan): the latest act or report up to a day, on one day the
  stronger, decides the class of that day.
- *all in force count* (human_rights_plan, border_route): each piece of evidence has a life of its
  own; the class of a day depends on all that is in force on it.

Reports on results have their own rule (domain.result_reports): a report and a deadline decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.evidence import Evidence, Nature

REGULATION = "regulation"
HUMAN_RIGHTS_PLAN = "human_rights_plan"
ANNUAL_PLAN = "annual_plan"
BORDER_ROUTE = "border_route"
RESULT_REPORT = "result_report"

# Classes of an indicator in the order in which they are listed everywhere; the unknown one is that
# which needs no evidence. `mixed` exists only for merged units of 2025.
CLASSES: Mapping[str, tuple[str, ...]] = {
    REGULATION: ("current", "outdated", "general_only", "unverified", "mixed"),
    HUMAN_RIGHTS_PLAN: ("adopted", "expired", "not_named", "mixed"),
    ANNUAL_PLAN: (
        "issued_before", "issued_in", "issued_after", "known_undated", "none_known", "mixed",
    ),
    BORDER_ROUTE: ("complete", "partial", "no_evidence", "not_applicable", "mixed"),
    RESULT_REPORT: ("on_time", "late", "none_known", "not_due", "mixed"),
}  # fmt: skip
UNKNOWN_CLASS: Mapping[str, str] = {
    REGULATION: "unverified",
    HUMAN_RIGHTS_PLAN: "not_named",
    ANNUAL_PLAN: "none_known",
    BORDER_ROUTE: "no_evidence",
    RESULT_REPORT: "none_known",
}
MIXED = "mixed"
NOT_APPLICABLE = "not_applicable"

# Decision 1079/QĐ-TTg of 2022-09-14 (communication on human rights): no such plan can be older.
DECISION_1079_DATE = dt.date(2022, 9, 14)

# What the legal base of a regulation says of it. `unknown` and the general foreign-affairs
# regulation show no class; the latter is no evidence on this subject at all.
CLASS_OF_LEGAL_BASE: Mapping[str, str | None] = {
    "decree72_circular22": "current",
    "decree72": "current",
    "decision79_2010": "outdated",
    "unknown": None,
}
GENERAL_REGULATION = "foreign_affairs_general"

# The tests of a border route: a plan that treats it, a joint programme 5115 with the border guard,
# an information cluster at an international gate of the route (where it has one).
ROUTE_TESTS = ("plan", "joint_programme", "cluster")


@dataclass(frozen=True)
class Interval:
    """One class for a run of days; `valid_to` is the last day included, None means still.

    `evidence` holds what supports the class, the deciding piece first; it is empty exactly when
    the class is the unknown one of its indicator.
    """

    status_class: str
    valid_from: dt.date
    valid_to: dt.date | None
    evidence: tuple[Evidence, ...] = ()
    overridden: tuple[Evidence, ...] = ()
    part_classes: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Contradiction:
    """A report that states one class where the latest act before it gives another."""

    stated: Evidence
    contradicted_by: Evidence


def annual_plan_class(plan_year: int, issued: dt.date | None) -> str:
    """Class of an annual plan by its issue date; without one it is `known_undated`."""
    if issued is None:
        return "known_undated"
    if issued.year < plan_year:
        return "issued_before"
    return "issued_in" if issued.year == plan_year else "issued_after"


def latest_decides(
    evidence: Iterable[Evidence], unknown: str, first_day: dt.date, last_day: dt.date | None
) -> list[Interval]:
    """Timeline in which on each day the latest evidence, on one date the stronger, decides.

    Evidence dated before `first_day` counts from `first_day`. Returns intervals without gap or
    overlap from `first_day` to `last_day`; evidence after `last_day` is left out.
    """
    ordered = sorted(
        (e for e in evidence if last_day is None or e.date <= last_day), key=lambda e: e.order
    )
    intervals: list[Interval] = []
    starts = sorted({first_day, *(max(e.date, first_day) for e in ordered)})
    for start in starts:
        known = [e for e in ordered if e.date <= start]
        decider = known[-1] if known else None
        status_class = decider.status_class if decider else None
        if decider is None or status_class is None or status_class == unknown:
            intervals.append(Interval(unknown, start, None))
            continue
        same = [e for e in known[-2::-1] if e.status_class == status_class]
        others = [e for e in known[:-1] if e.status_class not in (status_class, None)]
        intervals.append(
            Interval(status_class, start, None, (decider, *same), tuple(reversed(others)))
        )
    return close_intervals(intervals, last_day)


def close_intervals(intervals: Sequence[Interval], last_day: dt.date | None) -> list[Interval]:
    """End each interval on the day before the next; join neighbours that say the same."""
    closed: list[Interval] = []
    for interval in intervals:
        if closed and _says_the_same(closed[-1], interval):
            continue
        if closed:
            eve = interval.valid_from - dt.timedelta(days=1)
            closed[-1] = replace(closed[-1], valid_to=eve)
        closed.append(interval)
    if closed:
        closed[-1] = replace(closed[-1], valid_to=last_day)
    return closed


def _says_the_same(a: Interval, b: Interval) -> bool:
    return (a.status_class, a.evidence, a.overridden, a.part_classes) == (
        b.status_class, b.evidence, b.overridden, b.part_classes,
    )  # fmt: skip


def days_of_change(
    evidence: Iterable[Evidence], first_day: dt.date, last_day: dt.date | None
) -> list[dt.date]:
    """Days on which something begins or ends, within the life of the timeline."""
    days = {first_day}
    for item in evidence:
        days.add(max(item.date, first_day))
        if item.until is not None:
            days.add(max(item.until + dt.timedelta(days=1), first_day))
    return sorted(d for d in days if last_day is None or d <= last_day)


def human_rights_timeline(
    evidence: Iterable[Evidence], first_day: dt.date, last_day: dt.date | None
) -> list[Interval]:
    """`adopted` while a plan is in force, `expired` when all printed periods are over.

    A yearly plan does not end the scheme it carries out, so each plan lives for its own period;
    a plan without a printed period stays in force. Basis: Decision 1079/QĐ-TTg.
    """
    plans = sorted(evidence, key=lambda e: e.order, reverse=True)
    intervals = []
    for day in days_of_change(plans, first_day, last_day):
        issued = [e for e in plans if e.date <= day]
        in_force = [e for e in issued if e.until is None or e.until >= day]
        over = tuple(e for e in issued if e not in in_force)
        if in_force:
            intervals.append(Interval("adopted", day, None, tuple(in_force), over))
        elif over:
            last_over = tuple(
                sorted(over, key=lambda e: (e.until or e.date, e.order), reverse=True)
            )
            intervals.append(Interval("expired", day, None, last_over))
        else:
            intervals.append(Interval(UNKNOWN_CLASS[HUMAN_RIGHTS_PLAN], day, None))
    return close_intervals(intervals, last_day)


def border_route_timeline(
    evidence: Iterable[Evidence],
    applicable_tests: Sequence[str],
    first_day: dt.date,
    last_day: dt.date | None,
) -> list[Interval]:
    """`complete` when every applicable test is evidenced on a day, `partial` when some are.

    A province off the route is given as evidence of nature `reference` and is `not_applicable`.
    """
    items = sorted(evidence, key=lambda e: e.order, reverse=True)
    off_route = tuple(e for e in items if e.nature is Nature.REFERENCE)
    if off_route:
        return [Interval(NOT_APPLICABLE, first_day, last_day, off_route)]
    intervals = []
    for day in days_of_change(items, first_day, last_day):
        known = [e for e in items if e.date <= day and (e.until is None or e.until >= day)]
        passed = {e.test for e in known}
        if not known:
            intervals.append(Interval(UNKNOWN_CLASS[BORDER_ROUTE], day, None))
        elif passed >= set(applicable_tests):
            intervals.append(Interval("complete", day, None, tuple(known)))
        else:
            intervals.append(Interval("partial", day, None, tuple(known)))
    return close_intervals(intervals, last_day)


def find_contradictions(evidence: Iterable[Evidence]) -> list[Contradiction]:
    """Reports that state one class where the latest act before them gives another (design.md 4).

    An act whose base was not seen gives no class, so it contradicts nothing, and so does a report
    without a class; a later act never contradicts an earlier report. Sorted by date of the report.
    """
    items = sorted(evidence, key=lambda e: e.order)
    found = []
    for report in (e for e in items if e.nature is Nature.REPORT):
        acts = [e for e in items if e.nature is Nature.ACT and e.date < report.date]
        if not acts or None in (report.status_class, acts[-1].status_class):
            continue
        if acts[-1].status_class != report.status_class:
            found.append(Contradiction(report, acts[-1]))
    return found


def class_on(timeline: Sequence[Interval], day: dt.date) -> Interval:
    """The one interval of a gap-free timeline that holds on a day; raises ValueError outside."""
    for interval in timeline:
        if interval.valid_from <= day and (interval.valid_to is None or day <= interval.valid_to):
            return interval
    raise ValueError(f"{day} lies outside the timeline")


def merge_parts(
    parts: Mapping[str, Sequence[Interval]],
    own: Sequence[Evidence],
    own_timeline: Sequence[Interval],
    first_day: dt.date,
) -> list[Interval]:
    """Timeline of a merged unit: the common class of its parts, or `mixed`, until its own
    documents say more.

    `parts`: code of each old province → its open-ended timeline; `own`: evidence of the unit
    itself, `own_timeline` what that alone gives. For border routes, parts off the route do not
    count while another part lies on it.
    """
    own_from = min((max(e.date, first_day) for e in own), default=None)
    days = {first_day}
    for timeline in parts.values():
        days.update(i.valid_from for i in timeline if i.valid_from > first_day)
    intervals = [
        _merge_on(parts, day) for day in sorted(days) if own_from is None or day < own_from
    ]
    if own_from is not None:
        intervals += [
            replace(i, valid_from=max(i.valid_from, own_from))
            for i in own_timeline
            if i.valid_to is None or i.valid_to >= own_from
        ]
    return close_intervals(intervals, None)


def _merge_on(parts: Mapping[str, Sequence[Interval]], day: dt.date) -> Interval:
    on_day = {code: class_on(timeline, day) for code, timeline in sorted(parts.items())}
    counted = {c: i for c, i in on_day.items() if i.status_class != NOT_APPLICABLE} or on_day
    classes = tuple((code, i.status_class) for code, i in counted.items())
    supporting = sorted(
        {e for i in counted.values() for e in i.evidence}, key=lambda e: e.order, reverse=True
    )
    # One deciding piece per part comes first, so that no part is left unexplained.
    deciding = [i.evidence[0] for i in counted.values() if i.evidence]
    deciding.sort(key=lambda e: e.order, reverse=True)
    evidence = tuple(dict.fromkeys([*deciding, *supporting]))
    # What a part's sources contradict stays visible in the unit.
    older = [e for i in counted.values() for e in i.overridden]
    overridden = tuple(sorted(set(older), key=lambda e: e.order, reverse=True))
    names = {c for _, c in classes}
    status_class = names.pop() if len(names) == 1 else MIXED
    return Interval(status_class, day, None, evidence, overridden, classes)

"""Properties of the status rules, and hand-worked examples (design.md section 4)."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.evidence import DateBasis, Evidence, Nature, Strength
from domain.indicators import (
    CLASSES,
    UNKNOWN_CLASS,
    Interval,
    annual_plan_class,
    border_route_timeline,
    class_on,
    find_contradictions,
    human_rights_timeline,
    latest_decides,
    merge_parts,
)

FIRST = dt.date(2008, 8, 1)
LAST = dt.date(2025, 6, 30)
DAY = dt.timedelta(days=1)
UNKNOWN = "unverified"
MODERATE = settings(max_examples=60, deadline=None)

# Few days, so that equal dates, neighbours and the ends of the timeline come up often.
days = st.sampled_from(
    [
        *(FIRST - DAY, FIRST, FIRST + DAY),
        *(dt.date(year, month, 1) for year in (2012, 2013, 2023) for month in (1, 7)),
        *(LAST - DAY, LAST, LAST + DAY),
    ]
)


@st.composite
def evidence_items(draw: st.DrawFn, status: st.SearchStrategy[str | None]) -> Evidence:
    nature = draw(st.sampled_from([Nature.ACT, Nature.REPORT]))
    day = draw(days)
    return Evidence(
        evidence_id=draw(st.text("abcdef0123456789", min_size=12, max_size=12)),
        vintage=2008,
        province_code_gso="01",
        indicator="regulation",
        scope="",
        nature=nature,
        status_class=draw(status),
        date=day,
        date_basis=DateBasis.ISSUED,
        strength=draw(st.sampled_from(list(Strength))),
        until=draw(st.none() | days.filter(lambda d: d >= day)),
        test=draw(st.sampled_from(["plan", "joint_programme", "cluster"])),
    )


def many(status: st.SearchStrategy[str | None]) -> st.SearchStrategy[list[Evidence]]:
    return st.lists(evidence_items(status), max_size=7, unique_by=lambda e: e.evidence_id)


regulation_evidence = many(st.sampled_from(["current", "outdated", "general_only", None]))
plan_evidence = many(st.just("adopted"))
route_evidence = many(st.none())


def timelines(items: Sequence[Evidence], rule: str) -> list[Interval]:
    if rule == "latest":
        return latest_decides(items, UNKNOWN, FIRST, LAST)
    if rule == "in_force":
        return human_rights_timeline(items, FIRST, LAST)
    return border_route_timeline(items, ("plan", "joint_programme"), FIRST, LAST)


all_rules = st.one_of(
    st.tuples(st.just("latest"), regulation_evidence),
    st.tuples(st.just("in_force"), plan_evidence),
    st.tuples(st.just("route"), route_evidence),
)
UNKNOWN_OF = {"latest": "unverified", "in_force": "not_named", "route": "no_evidence"}


@MODERATE
@given(all_rules, st.randoms(use_true_random=False))
def test_order_of_input_never_matters(
    case: tuple[str, list[Evidence]], shuffler: random.Random
) -> None:
    rule, items = case
    shuffled = list(items)
    shuffler.shuffle(shuffled)
    assert timelines(shuffled, rule) == timelines(items, rule)
    assert find_contradictions(shuffled) == find_contradictions(items)


@MODERATE
@given(all_rules)
def test_intervals_partition_the_days(case: tuple[str, list[Evidence]]) -> None:
    """On each day exactly one class: the intervals touch, none is empty, nothing is left out."""
    rule, items = case
    timeline = timelines(items, rule)
    assert timeline[0].valid_from == FIRST
    assert timeline[-1].valid_to == LAST
    for interval in timeline:
        assert interval.valid_to is not None and interval.valid_from <= interval.valid_to
    for one, following in pairwise(timeline):
        assert one.valid_to is not None and one.valid_to + DAY == following.valid_from
    for day in {FIRST, LAST, *(e.date for e in items if FIRST <= e.date <= LAST)}:
        holding = [i for i in timeline if i.valid_from <= day <= (i.valid_to or LAST)]
        assert holding == [class_on(timeline, day)]


@MODERATE
@given(all_rules)
def test_known_classes_have_evidence_and_unknown_ones_none(
    case: tuple[str, list[Evidence]],
) -> None:
    rule, items = case
    for interval in timelines(items, rule):
        assert bool(interval.evidence) == (interval.status_class != UNKNOWN_OF[rule])
        ids = [e.evidence_id for e in (*interval.evidence, *interval.overridden)]
        assert len(ids) == len(set(ids))
        assert all(e.date <= max(interval.valid_from, FIRST) for e in interval.evidence)


@MODERATE
@given(regulation_evidence)
def test_latest_decides_by_a_plain_search(items: list[Evidence]) -> None:
    """The class of a day is that of the latest evidence up to it, on one date the strongest."""
    timeline = latest_decides(items, UNKNOWN, FIRST, LAST)
    for day in {FIRST, LAST, *(e.date for e in items if FIRST <= e.date <= LAST)}:
        known = [e for e in items if e.date <= day]
        if not known:
            assert class_on(timeline, day).status_class == UNKNOWN
            continue
        newest = max(e.date for e in known)
        rank = max(e.strength.rank for e in known if e.date == newest)
        best = {
            e.status_class or UNKNOWN for e in known if e.date == newest and e.strength.rank == rank
        }
        assert class_on(timeline, day).status_class in best


def weaker_and_older(data: st.DataObject, decider: Evidence) -> Evidence:
    """Any evidence that is not later and is weaker than another."""
    assume(decider.strength.rank > 0)
    weaker = [s for s in Strength if s.rank < decider.strength.rank]
    status = st.sampled_from([decider.status_class, "outdated", None])
    addition = data.draw(evidence_items(status))
    return replace(
        addition,
        evidence_id="added",
        date=data.draw(days.filter(lambda d: d <= decider.date)),
        strength=data.draw(st.sampled_from(weaker)),
    )


@MODERATE
@given(regulation_evidence.filter(len), days, st.data())
def test_weaker_older_evidence_changes_nothing(
    items: list[Evidence], day: dt.date, data: st.DataObject
) -> None:
    """Adding evidence that is older and weaker than what decides a day changes no such day."""
    day = min(max(FIRST, day), LAST)
    known = [e for e in items if e.date <= day]
    assume(known)
    decider = max(known, key=lambda e: (e.date, e.strength.rank))
    addition = weaker_and_older(data, decider)
    before = class_on(latest_decides(items, UNKNOWN, FIRST, LAST), day)
    after = class_on(latest_decides([*items, addition], UNKNOWN, FIRST, LAST), day)
    assert after.status_class == before.status_class
    assert after.evidence[:1] == before.evidence[:1]


@MODERATE
@given(plan_evidence.filter(len), days, st.data())
def test_weaker_older_plan_changes_nothing_while_the_decider_is_in_force(
    items: list[Evidence], day: dt.date, data: st.DataObject
) -> None:
    """Decision record 0002: an older plan matters only after the decider's period is over."""
    day = min(max(FIRST, day), LAST)
    before = class_on(human_rights_timeline(items, FIRST, LAST), day)
    assume(before.status_class == "adopted")
    decider = before.evidence[0]
    addition = replace(weaker_and_older(data, decider), status_class="adopted")
    after = class_on(human_rights_timeline([*items, addition], FIRST, LAST), day)
    assert after.status_class == "adopted"
    assert after.evidence[0] == decider


@MODERATE
@given(plan_evidence)
def test_human_rights_plan_by_a_plain_search(items: list[Evidence]) -> None:
    timeline = human_rights_timeline(items, FIRST, LAST)
    for day in {FIRST, LAST, *(e.date for e in items if FIRST <= e.date <= LAST)}:
        issued = [e for e in items if e.date <= day]
        if any(e.until is None or e.until >= day for e in issued):
            expected = "adopted"
        else:
            expected = "expired" if issued else "not_named"
        assert class_on(timeline, day).status_class == expected


@MODERATE
@given(route_evidence, st.sets(st.sampled_from(["plan", "joint_programme", "cluster"]), min_size=1))
def test_route_is_complete_when_all_applicable_tests_pass(
    items: list[Evidence], tests: set[str]
) -> None:
    timeline = border_route_timeline(items, sorted(tests), FIRST, LAST)
    for day in {FIRST, LAST, *(e.date for e in items if FIRST <= e.date <= LAST)}:
        passed = {e.test for e in items if e.date <= day and (e.until is None or e.until >= day)}
        expected = "complete" if tests <= passed else "partial" if passed else "no_evidence"
        assert class_on(timeline, day).status_class == expected


@MODERATE
@given(regulation_evidence)
def test_contradictions_by_a_plain_search(items: list[Evidence]) -> None:
    found = find_contradictions(items)
    for contradiction in found:
        report, act = contradiction.stated, contradiction.contradicted_by
        assert (report.nature, act.nature) == (Nature.REPORT, Nature.ACT)
        assert act.date < report.date, "a later act never contradicts an earlier report"
        assert report.status_class != act.status_class
        assert None not in (report.status_class, act.status_class)
        between = [e for e in items if e.nature is Nature.ACT and act.date < e.date < report.date]
        assert between == []
    assert len({c.stated.evidence_id for c in found}) == len(found)


@MODERATE
@given(regulation_evidence, evidence_items(st.sampled_from(["current", "outdated", None])))
def test_later_act_adds_no_contradiction(items: list[Evidence], act: Evidence) -> None:
    reports = [e for e in items if e.nature is Nature.REPORT]
    assume(act.nature is Nature.ACT and act.evidence_id not in {e.evidence_id for e in items})
    assume(all(act.date >= r.date for r in reports))
    assert find_contradictions([*items, act]) == find_contradictions(items)


def an(
    nature: Nature, status: str | None, day: str, strength: Strength, until: str = "", **more: str
) -> Evidence:
    identity = more.get("id", f"{nature}{status}{day}{strength}")
    last = dt.date.fromisoformat(until) if until else None
    return Evidence(
        identity, 2008, "34", "regulation", "", nature, status, dt.date.fromisoformat(day),
        DateBasis.ISSUED, strength, last, more.get("test", ""),
    )  # fmt: skip


def test_thai_binh_by_hand() -> None:
    """Decision 79/2010 in 2013, implied current in 2023: outdated, then current, contradicted."""
    act = an(Nature.ACT, "outdated", "2013-08-28", Strength.OWN_DOCUMENT)
    letter = an(Nature.REPORT, "current", "2023-07-31", Strength.IMPLIED)
    timeline = latest_decides([letter, act], UNKNOWN, FIRST, LAST)
    assert [(i.status_class, i.valid_from, i.valid_to) for i in timeline] == [
        ("unverified", dt.date(2008, 8, 1), dt.date(2013, 8, 27)),
        ("outdated", dt.date(2013, 8, 28), dt.date(2023, 7, 30)),
        ("current", dt.date(2023, 7, 31), dt.date(2025, 6, 30)),
    ]
    assert timeline[2].evidence == (letter,) and timeline[2].overridden == (act,)
    [contradiction] = find_contradictions([letter, act])
    assert (contradiction.stated, contradiction.contradicted_by) == (letter, act)


def test_act_between_ends_the_contradiction() -> None:
    act = an(Nature.ACT, "outdated", "2013-08-28", Strength.OWN_DOCUMENT)
    letter = an(Nature.REPORT, "current", "2023-07-31", Strength.IMPLIED)
    for status in ("current", None):
        between = an(Nature.ACT, status, "2018-01-01", Strength.NEWS)
        assert find_contradictions([act, between, letter]) == []


def test_act_with_unseen_base_ends_an_earlier_one() -> None:
    old = an(Nature.ACT, "outdated", "2014-07-07", Strength.OWN_DOCUMENT)
    unseen = an(Nature.ACT, None, "2018-04-12", Strength.NEWS)
    timeline = latest_decides([old, unseen], UNKNOWN, FIRST, LAST)
    assert class_on(timeline, dt.date(2018, 4, 11)).status_class == "outdated"
    assert class_on(timeline, dt.date(2018, 4, 12)) == Interval(UNKNOWN, dt.date(2018, 4, 12), LAST)


def test_on_one_date_the_stronger_decides() -> None:
    implied = an(Nature.REPORT, "current", "2023-07-31", Strength.IMPLIED)
    own = an(Nature.ACT, "outdated", "2023-07-31", Strength.OWN_DOCUMENT)
    timeline = latest_decides([own, implied], UNKNOWN, FIRST, LAST)
    assert class_on(timeline, dt.date(2023, 7, 31)).status_class == "outdated"


def test_lang_son_by_hand() -> None:
    scheme = an(Nature.ACT, "adopted", "2022-12-27", Strength.CITED, "2028-12-31")
    yearly = an(Nature.ACT, "adopted", "2023-09-03", Strength.OWN_DOCUMENT, "2023-12-31")
    timeline = human_rights_timeline([scheme, yearly], dt.date(2022, 9, 14), None)
    assert [(i.status_class, i.valid_from.isoformat(), i.evidence[:1]) for i in timeline] == [
        ("not_named", "2022-09-14", ()),
        ("adopted", "2022-12-27", (scheme,)),
        ("adopted", "2023-09-03", (yearly,)),
        ("adopted", "2024-01-01", (scheme,)),
        ("expired", "2029-01-01", (scheme,)),
    ]


@pytest.mark.parametrize(
    ("year", "issued", "expected"),
    [
        (2019, "2018-12-31", "issued_before"),
        (2019, "2019-01-01", "issued_in"),
        (2019, "2019-12-31", "issued_in"),
        (2019, "2020-01-01", "issued_after"),
        (2019, "", "known_undated"),
    ],
)
def test_annual_plan_class(year: int, issued: str, expected: str) -> None:
    day = dt.date.fromisoformat(issued) if issued else None
    assert annual_plan_class(year, day) == expected


def test_class_on_a_day_outside_is_an_error() -> None:
    timeline = latest_decides([], UNKNOWN, FIRST, LAST)
    with pytest.raises(ValueError, match="outside"):
        class_on(timeline, LAST + DAY)


def test_every_indicator_lists_its_unknown_class_and_mixed() -> None:
    for indicator, unknown in UNKNOWN_CLASS.items():
        assert unknown in CLASSES[indicator] and CLASSES[indicator][-1] == "mixed"


# Merged units

UNIT_DAY = dt.date(2025, 7, 1)
part_evidence = st.dictionaries(
    st.sampled_from(["30", "31", "33"]), regulation_evidence, min_size=1, max_size=3
)


def _parts(evidence: dict[str, list[Evidence]]) -> dict[str, list[Interval]]:
    # Evidence of two provinces is never the same piece.
    return {
        code: latest_decides(
            [replace(e, evidence_id=code + e.evidence_id, province_code_gso=code) for e in items],
            UNKNOWN, FIRST, None,
        )
        for code, items in evidence.items()
    }  # fmt: skip


@MODERATE
@given(part_evidence)
def test_unit_takes_the_common_class_or_is_mixed(evidence: dict[str, list[Evidence]]) -> None:
    parts = _parts(evidence)
    [*_, last] = timeline = merge_parts(parts, [], [], UNIT_DAY)
    assert timeline[0].valid_from == UNIT_DAY and last.valid_to is None
    for interval in timeline:
        classes = {
            code: class_on(part, interval.valid_from).status_class for code, part in parts.items()
        }
        names = set(classes.values())
        assert interval.status_class == (names.pop() if len(names) == 1 else "mixed")
        assert dict(interval.part_classes) == classes
        explained = {e.province_code_gso for e in interval.evidence}
        assert explained == {c for c, status in classes.items() if status != UNKNOWN}
        # Each part is explained before anything else is told.
        first = [e.province_code_gso for e in interval.evidence[: len(explained)]]
        assert set(first) == explained


@MODERATE
@given(part_evidence, evidence_items(st.sampled_from(["current", "outdated"])))
def test_own_document_of_a_unit_decides_from_its_date(
    evidence: dict[str, list[Evidence]], own: Evidence
) -> None:
    parts = _parts(evidence)
    own_timeline = latest_decides([own], UNKNOWN, UNIT_DAY, None)
    timeline = merge_parts(parts, [own], own_timeline, UNIT_DAY)
    begins = max(own.date, UNIT_DAY)
    assert class_on(timeline, begins).status_class == own.status_class
    assert class_on(timeline, begins).evidence == (own,)
    if begins > UNIT_DAY:
        alone = merge_parts(parts, [], [], UNIT_DAY)
        eve = begins - DAY
        assert class_on(timeline, eve).status_class == class_on(alone, eve).status_class
    for one, following in pairwise(timeline):
        assert one.valid_to is not None and one.valid_to + DAY == following.valid_from


def test_part_off_the_route_does_not_count() -> None:
    """Gia Lai (Cambodia) and Bình Định (no land border): judged by old Gia Lai alone."""
    listed = an(Nature.REFERENCE, "not_applicable", "2008-08-01", Strength.NEWS, id="ref")
    off = border_route_timeline([listed], ("plan",), FIRST, None)
    on = border_route_timeline([], ("plan",), FIRST, None)
    [merged] = merge_parts({"52": off, "64": on}, [], [], UNIT_DAY)
    assert (merged.status_class, merged.part_classes) == ("no_evidence", (("64", "no_evidence"),))
    [merged] = merge_parts({"52": off}, [], [], UNIT_DAY)
    assert merged.status_class == "not_applicable"


def test_what_a_part_overrides_stays_visible_in_the_unit() -> None:
    act = an(Nature.ACT, "outdated", "2013-08-28", Strength.OWN_DOCUMENT)
    letter = an(Nature.REPORT, "current", "2023-07-31", Strength.IMPLIED)
    part = latest_decides([act, letter], UNKNOWN, FIRST, None)
    [merged] = merge_parts({"34": part}, [], [], UNIT_DAY)
    assert (merged.evidence, merged.overridden) == ((letter,), (act,))

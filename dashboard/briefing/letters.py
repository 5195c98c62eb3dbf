"""Letters that remind provinces (công văn đôn đốc): their content, before it is a file.

One to a province, or one to all that lag, with a list. They are drafts: the office numbers, dates
and signs them. Nothing in them goes beyond the evidence (letter_points).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from dashboard.briefing.letter_points import (
    AMENDMENT,
    ASKED,
    CIRCULAR,
    DECREE,
    DISPUTED,
    HUMAN_RIGHTS_DECISION,
    LAGGING,
    NEEDS,
    Point,
    load_points,
)
from dashboard.briefing.letter_tables import evidence_list, province_list
from dashboard.briefing.letter_words import (
    NationalBase,
    official_date,
    unit_title,
)
from dashboard.briefing.office import Office, load_office
from dashboard.briefing.scope import Scope, units_in
from dashboard.download.context import file_stem
from dashboard.filters import Run
from dashboard.words import format_date, sort_key, word
from domain.indicators import HUMAN_RIGHTS_PLAN, REGULATION

MOST_ADDRESSEES: Final = 6  # named over the text
ALL: Final = "all"  # the key of the letter to all provinces that lag


@dataclass(frozen=True)
class LetterPart:
    """A numbered heading of a letter and the sentences under it."""

    need: str  # one of letter_points.NEEDS, or "requests"
    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A letter in one language, in the order of Decree 30/2020/NĐ-CP, annex I.

    `key` is the unit's code or ALL, `stem` the file name without extension. `table` lists the
    provinces of a letter to all, `evidence` what the draft rests on; both are for the annex.
    `facts` are (label, text): date, vintage, snapshot.
    """

    key: str
    stem: str
    lang: str
    as_of: date
    office: Office
    number_line: str
    subject: str
    addressees: tuple[str, ...]
    opening: str
    parts: tuple[LetterPart, ...]
    closing: tuple[str, ...]
    recipients: tuple[str, ...]
    table: pd.DataFrame | None
    evidence: pd.DataFrame
    facts: tuple[tuple[str, str], ...]
    mark: str | None = None


def load_lagging(run: Run, scope: Scope) -> dict[str, tuple[Point, ...]]:
    """The points of each unit of the scope that evidence names as behind, by code."""
    found = load_points(run, units_in(run, scope))
    return {code: points for code, points in found.items() if _lags(points)}


def make_letters(run: Run, scope: Scope, due: date | None = None) -> tuple[Letter, ...]:
    """One letter to each province that lags, by name; `due`: the day to answer by, None for open.

    A province that was asked for by its code gets one also where it does not lag but something is
    not known or disputed: that one asks, it does not remind. Raises office.BrokenSettings.
    """
    found = load_points(run, units_in(run, scope))
    units = run.facts.provinces[run.view.vintage]
    codes = [code for code, points in found.items() if _lags(points) or (scope.codes and points)]
    ordered = sorted(codes, key=lambda code: sort_key(units[code].name))
    return tuple(_letter(run, code, found[code], due) for code in ordered)


def make_joint_letter(run: Run, scope: Scope, due: date | None = None) -> Letter | None:
    """One letter to all provinces that lag, with a list; None where fewer than two do."""
    lang, found = run.view.lang, load_lagging(run, scope)
    if len(found) < 2:
        return None
    units = run.facts.provinces[run.view.vintage]
    codes = sorted(found, key=lambda code: sort_key(units[code].name))
    points = [point for code in codes for point in found[code]]
    office = load_office(run.view.as_of)
    counts = word("letters.joint.lagging", lang, count=len(codes))
    opening = _opening(run, points, office, counts)
    return _frame(
        run,
        office,
        key=ALL,
        name=word("letters.joint.name", lang),
        addressees=_committees(run, codes),
        opening=opening,
        parts=(
            *_summary_parts(run, found, codes),
            _requests(points, run, due, word("letters.joint.you", lang), 1 + _kinds(points)),
        ),
        points=points,
        table=province_list(run, found, codes),
        is_reminder=True,
    )


def _lags(points: Iterable[Point]) -> bool:
    return any(point.need == LAGGING for point in points)


def _kinds(points: Sequence[Point]) -> int:
    return len({point.need for point in points})


def _letter(run: Run, code: str, points: tuple[Point, ...], due: date | None) -> Letter:
    lang, unit = run.view.lang, unit_title(run, code, run.view.lang)
    office, is_reminder = load_office(run.view.as_of), _lags(points)
    parts: list[LetterPart] = []
    for need in NEEDS:
        items = tuple(point.text for point in points if point.need == need)
        if items:
            heading = word(f"letters.part_of.{need}", lang, number=len(parts) + 1)
            parts.append(LetterPart(need, heading, items))
    about = word(f"letters.about.{'reminder' if is_reminder else 'question'}", lang, unit=unit)
    committee = word("letters.committee_of", lang, unit=unit)
    return _frame(
        run,
        office,
        key=code,
        name=run.facts.provinces[run.view.vintage][code].name,
        addressees=(committee,),
        opening=_opening(run, points, office, about),
        parts=(*parts, _requests(points, run, due, committee, len(parts) + 1)),
        points=points,
        table=None,
        is_reminder=is_reminder,
    )


def _frame(
    run: Run,
    office: Office,
    *,
    key: str,
    name: str,
    addressees: tuple[str, ...],
    opening: str,
    parts: tuple[LetterPart, ...],
    points: Sequence[Point],
    table: pd.DataFrame | None,
    is_reminder: bool,
) -> Letter:
    """What every letter has around its body."""
    lang, view = run.view.lang, run.view
    kind = "reminder" if is_reminder else "question"
    mark = word("synthetic.mark", lang) if run.facts.is_synthetic else None
    facts = (
        (word("download.fact.as_of", lang), format_date(view.as_of, lang)),
        (word("download.fact.vintage", lang), word(f"page.vintage_{view.vintage}", lang)),
        (word("download.fact.snapshot", lang), run.snapshot.id),
    )
    return Letter(
        key=key,
        stem=file_stem(word(f"letters.stem.{kind}", lang, name=name), view.as_of, lang, mark),
        lang=lang,
        as_of=view.as_of,
        office=office,
        number_line=word("letters.number_line", lang, symbol=office.symbol),
        subject=word(f"letters.subject.{kind}", lang),
        addressees=addressees,
        opening=opening,
        parts=parts,
        closing=(word("letters.closing.copies", lang), word("letters.closing.thanks", lang)),
        recipients=(
            word("letters.recipient.as_above", lang),
            word("letters.recipient.leaders", lang),
            word("letters.recipient.archive", lang, symbol=office.symbol),
        ),
        table=table,
        evidence=evidence_list(points, lang),
        facts=facts,
        mark=mark,
    )


def _committees(run: Run, codes: Sequence[str]) -> tuple[str, ...]:
    """Each committee on a line of its own, of many all in one with the list for their names."""
    lang = run.view.lang
    if len(codes) > MOST_ADDRESSEES:
        return (word("letters.joint.to_many", lang),)
    return tuple(
        word("letters.committee_of", lang, unit=unit_title(run, code, lang)) for code in codes
    )


def _opening(run: Run, points: Sequence[Point], office: Office, about: str) -> str:
    """What the letter rests on, who looked, and up to which day."""
    lang, basis = run.view.lang, _basis(run, points)
    return word(
        f"letters.opening.{'with' if basis else 'without'}_basis",
        lang,
        documents="; ".join(basis),
        office=office.name_in_text if lang == "vi" else office.name_en,
        date=official_date(run.view.as_of, lang),
        about=about,
    )


def _basis(run: Run, points: Sequence[Point]) -> list[str]:
    """Only what the points are about and what was issued by then."""
    lang, base = run.view.lang, NationalBase.of(run)
    subjects = {point.indicator for point in points}
    keys = {}
    if REGULATION in subjects and base.has(DECREE):
        keys = {"decree": DECREE, "amendment": AMENDMENT, "circular": CIRCULAR}
    if HUMAN_RIGHTS_PLAN in subjects:
        keys["human_rights"] = HUMAN_RIGHTS_DECISION
    return [
        word(f"letters.basis.{key}", lang, document=base.text(number))
        for key, number in keys.items()
        if base.has(number)
    ]


def _requests(
    points: Sequence[Point], run: Run, due: date | None, you: str, number: int
) -> LetterPart:
    """What the addressee is asked to do, and by when."""
    lang, base, office = run.view.lang, NationalBase.of(run), load_office(run.view.as_of)
    needs = list(dict.fromkeys(point.need for point in points))
    places = {need: place for place, need in enumerate((n for n in NEEDS if n in needs), start=1)}
    lagging = {point.indicator for point in points if point.need == LAGGING}
    items = []
    if REGULATION in lagging:
        documents = [base.short(number) for number in (DECREE, CIRCULAR) if base.has(number)]
        joined = word("letters.and", lang).join(documents)
        items.append(word("letters.request.regulation", lang, documents=joined))
    if HUMAN_RIGHTS_PLAN in lagging:
        decision = base.short(HUMAN_RIGHTS_DECISION)
        items.append(word("letters.request.human_rights_plan", lang, decision=decision))
    for need in (ASKED, DISPUTED):
        if need in places:
            items.append(word(f"letters.request.{need}", lang, place=places[need]))
    name = office.name_in_text if lang == "vi" else office.name_en
    day = word("letters.due_open", lang) if due is None else official_date(due, lang)
    items.append(word("letters.request.answer", lang, office=name, due=day))
    return LetterPart(
        "requests", word("letters.part_of.requests", lang, number=number, you=you), tuple(items)
    )


def _summary_parts(
    run: Run, found: dict[str, tuple[Point, ...]], codes: Sequence[str]
) -> list[LetterPart]:
    """Of a letter to many: each kind of point with the names; the list has the rest."""
    lang, units = run.view.lang, run.facts.provinces[run.view.vintage]
    parts: list[LetterPart] = []
    for need in NEEDS:
        names: dict[str, list[str]] = {}
        for code in codes:
            for point in found[code]:
                if point.need == need:
                    named = names.setdefault(point.short, [])
                    named += [units[code].name] * (units[code].name not in named)
        items = tuple(
            word("letters.joint.item", lang, what=what, count=len(who), names=", ".join(who))
            for what, who in names.items()
        )
        if items:
            heading = word(f"letters.part_of.{need}", lang, number=len(parts) + 1)
            parts.append(LetterPart(need, heading, items))
    return parts

"""Made-up documents: the ministry's letters, regulations, plans, programmes, facts in them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from typing import Final

from benchmarks.synthetic.invention import (
    CONFIDENCES,
    LAST_DAY,
    Invention,
    Row,
    Unit,
    address,
    day_between,
    spread,
)

MINISTRY: Final = "Bộ Minh họa"
FIRST_REGULATION: Final = dt.date(2011, 1, 1)
DECREE_72: Final = dt.date(2015, 9, 7)
DECISION_1079: Final = dt.date(2022, 9, 14)
# Legal bases before and since Decree 72/2015, with their weights.
BASES_BEFORE: Final = (("decision79_2010", 85), ("unknown", 15))
BASES_SINCE: Final = (
    ("decree72_circular22", 50), ("decree72", 20), ("decision79_2010", 12), ("unknown", 10),
    ("foreign_affairs_general", 8),
)  # fmt: skip
RELATED_KINDS: Final = (
    "multi_year", "programme_KL57_NQ47", "national_programme_plan", "outside_period",
    "department_level", "programme_QD1191", "annual_task_letter", "database_plan",
    "related_annual_other_title",
)  # fmt: skip
WITHOUT_PLAN: Final = 0.15  # of all province-years
WITH_FACTS: Final = 0.15  # of all annual plans


def invent_letters(inventing: Invention) -> dict[str, list[Row]]:
    """The ministry's letters: guidance of each year, findings and totals of every second year."""
    chance, last = inventing.chance("letters"), inventing.years[-1]
    guidance: list[Row] = []
    for year in inventing.years:
        issued = day_between(chance, dt.date(year - 1, 9, 1), dt.date(year - 1, 12, 31))
        guidance.append(_letter(inventing, issued, str(year)))
    for guides in ("standing", "standing", f"{inventing.years[0]}-{last}"):
        issued = day_between(chance, dt.date(last - 6, 1, 1), dt.date(last - 1, 12, 31))
        guidance.append(_letter(inventing, issued, guides))
    findings: list[Row] = []
    totals: list[Row] = []
    # Each in the time of the 63, so that what opens first is comparable with the default data.
    for year in sorted(y for y in range(last - 2, inventing.years[0] - 1, -2)) or [last - 2]:
        letter = _letter(inventing, dt.date(year, 7, 31), "")
        guidance.append(letter)
        _add_findings(inventing, chance, letter, findings, totals)
    return {"ministry_guidance": guidance, "letter_findings": findings, "announced_totals": totals}


def _letter(inventing: Invention, issued: dt.date, guides: str) -> Row:
    number = inventing.number("")
    return {
        "document_number": number, "issued_on": issued, "guides_year": guides, "issuer": MINISTRY,
        "source_url": address("ministry_guidance", number), "note": "",
    }  # fmt: skip


def _add_findings(
    inventing: Invention,
    chance: random.Random,
    letter: Row,
    findings: list[Row],
    totals: list[Row],
) -> None:
    day = letter["issued_on"]
    assert isinstance(day, dt.date)
    units = [inventing.unit_on(code, day) for code in inventing.old]
    named = chance.sample(units, chance.randint(8, 20))
    cut = len(named) // 2
    said = {
        "regulation_on_decision79_not_amended": named[:cut],
        "only_general_foreign_affairs_regulation": named[cut:],
    }
    shared: Row = {"document_number": letter["document_number"], "issued_on": day}
    for finding, provinces in said.items():
        findings += [
            {**shared, "finding": finding, **unit.cells(), "section": "1"} for unit in provinces
        ]
    counts = {finding: len(provinces) for finding, provinces in said.items()}
    if day > DECISION_1079:
        # The others are more than have a plan in invent_human_rights_plans.
        counts["human_rights_plan_not_made"] = chance.randint(3, len(units) // 6)
    totals += [
        {
            "indicator": indicator, "count": count, "out_of": len(units), "as_of": day,
            "document_number": letter["document_number"], "section": "1", "note": "",
        }
        for indicator, count in counts.items()
    ]  # fmt: skip


def invent_regulations(inventing: Invention, count: int) -> list[Row]:
    """Chains of regulations, each replacing the one before it."""
    chance = inventing.chance("regulations")
    rows: list[Row] = []
    owners = sorted(spread(chance, list(inventing.old), count))
    for code in sorted(set(owners)):
        before: Row | None = None
        days = sorted(
            day_between(chance, FIRST_REGULATION, LAST_DAY) for _ in range(owners.count(code))
        )
        for day in days:
            row = _regulation(inventing, chance, code, day)
            if before is not None and chance.random() < 0.7:
                row["replaces"] = _cited(before)
                before["replaced_by"] = _cited(row)
            rows.append(row)
            before = row
    return rows


def _regulation(inventing: Invention, chance: random.Random, code: str, day: dt.date) -> Row:
    bases = BASES_BEFORE if day < DECREE_72 else BASES_SINCE
    number = inventing.number("QĐ")
    [base] = chance.choices([b for b, _ in bases], [w for _, w in bases])
    effective = day + dt.timedelta(days=10) if chance.random() < 0.6 else ""
    return {
        **inventing.unit_on(code, day).cells(), "document_number": number,
        **_dates(chance, day, {"effective_on": effective}),
        "legal_base": base, "replaces": "", "replaced_by": "",
        "source_url": address("regulations", number), "confidence": _confidence(chance),
        "note": "no replacement found" if chance.random() < 0.05 else "",
    }  # fmt: skip


def _cited(row: Row) -> str:
    day = f" ({row['issued_on']})" if row["issued_on"] else ""
    return f"{row['document_number']}{day}"


def _dates(chance: random.Random, day: dt.date, more: Row) -> Row:
    """Mostly an issue date; else only another date; a few documents have none."""
    kind = chance.random()
    if kind < 0.86:
        return {"issued_on": day, "reported_on": "", **more}
    blank: Row = {"issued_on": "", "reported_on": "", **dict.fromkeys(more, "")}
    # Without a date the vintage is that of the 63, so only their codes can stand there.
    return blank | {"reported_on": day} if kind < 0.98 or day >= dt.date(2025, 7, 1) else blank


def _confidence(chance: random.Random) -> str:
    return chance.choices(CONFIDENCES, (60, 25, 15))[0]


def invent_human_rights_plans(inventing: Invention, count: int) -> list[Row]:
    """Schemes and yearly plans under Decision 1079; every fifth province has none."""
    chance = inventing.chance("human_rights_plans")
    codes = chance.sample(list(inventing.old), len(inventing.old) * 4 // 5)
    rows: list[Row] = []
    for code in spread(chance, codes, count):
        day = day_between(chance, DECISION_1079 + dt.timedelta(days=1), LAST_DAY)
        unit, number = inventing.unit_on(code, day), inventing.number("KH")
        is_scheme = chance.random() < 0.4
        last = min(day.year + chance.randint(2, 5), 2030) if is_scheme else day.year
        period = ("", "") if is_scheme and chance.random() < 0.3 else (day.year, last)
        rows.append(
            {
                **unit.cells(), "document_number": number, "issued_on": day, "reported_on": "",
                "issuer": _issuer(unit), "period_start": period[0], "period_end": period[1],
                "kind": "scheme" if is_scheme else "annual",
                "source_url": address("human_rights_plans", number),
                "confidence": _confidence(chance), "note": "",
            }
        )  # fmt: skip
    return rows


def _issuer(unit: Unit) -> str:
    return f"Cơ quan minh họa {unit.name}"


def invent_annual_plans(
    inventing: Invention, count: int, letters: Iterable[Row]
) -> dict[str, list[Row]]:
    """Annual plans, and what is read in some of them: guidance, routes, deadlines."""
    chance = inventing.chance("annual_plans")
    guidance = {str(letter["guides_year"]): letter for letter in letters}
    pairs = [(code, year) for year in inventing.years for code in inventing.old]
    known = chance.sample(pairs, round(len(pairs) * (1 - WITHOUT_PLAN)))
    plans: list[Row] = []
    facts: list[Row] = []
    for place, (code, year) in enumerate(spread(chance, known, count)):
        day = _plan_day(chance, year)
        unit, is_first = inventing.unit_on(code, day), place < len(known)
        number = inventing.number("KH" if is_first else "KH-BCĐ")
        plan: Row = {
            **unit.cells(), "document_number": number, **_dates(chance, day, {}),
            "plan_year": year, "issuer": _issuer(unit) if is_first else "Ban Chỉ đạo minh họa",
            "source_url": address("annual_plans", number), "confidence": _confidence(chance),
            "note": "" if is_first else "steering-committee plan",
        }  # fmt: skip
        if plan["issued_on"] and is_first and chance.random() < WITH_FACTS:
            plan["issuer"] = ""  # a fact names its document by number and date only
            facts += _facts_of(chance, plan, unit, guidance.get(str(year)))
        plans.append(plan)
    return {"annual_plans": plans, "document_facts": facts}


def _plan_day(chance: random.Random, year: int) -> dt.date:
    """Before, in or after the plan's year."""
    spans = ((year - 1, 10, 12), (year, 1, 11), (year + 1, 1, 2))
    [(of_year, first, last)] = chance.choices(spans, (30, 60, 10))
    return min(
        day_between(chance, dt.date(of_year, first, 1), dt.date(of_year, last, 28)), LAST_DAY
    )


def _facts_of(chance: random.Random, plan: Row, unit: Unit, letter: Row | None) -> list[Row]:
    year = plan["plan_year"]
    found: dict[str, object] = {"plan_year": year}
    if letter is not None:
        found["guided_by"] = f"{letter['document_number']} ({letter['issued_on']})"
    if unit.routes:
        shown = chance.sample(unit.routes, chance.randint(1, len(unit.routes)))
        found["border_routes_covered"] = "; ".join(sorted(shown))
    if chance.random() < 0.6:
        found["report_deadline"] = chance.choice(
            (f"before {year}-11-15", f"before {year}-12-10", "before 10 November every year")
        )
    shared = {key: plan[key] for key in ("document_number", "issued_on", "gso_code", "province")}
    return [
        {
            "document": str(plan["document_number"]), "kind": "annual_plan", **shared,
            "fact": fact, "value": value, "section": "II",
        }
        for fact, value in found.items()
    ]  # fmt: skip


def invent_joint_programmes(inventing: Invention, count: int) -> list[Row]:
    """Programmes with the border guard in provinces on a route, some yearly, some only notices."""
    chance = inventing.chance("programme_5115")
    codes = [code for code, unit in inventing.old.items() if unit.routes]
    rows: list[Row] = []
    for code in spread(chance, chance.sample(codes, len(codes) * 4 // 5), count):
        day = day_between(chance, dt.date(inventing.years[0], 1, 15), LAST_DAY)
        number = inventing.number("CTr")
        note = chance.choices(("", "yearly programme", "a notice, not the programme"), (6, 3, 1))[0]
        rows.append(
            {
                **inventing.unit_on(code, day).cells(), "document_number": number,
                "issued_on": day, "reported_on": "",
                "source_url": address("programme_5115", number), "note": note,
            }
        )  # fmt: skip
    return rows


def invent_related_plans(inventing: Invention, count: int) -> list[Row]:
    """Other plans and programmes, never counted as annual plans."""
    chance = inventing.chance("related_plans")
    rows: list[Row] = []
    for code in spread(chance, list(inventing.old), count):
        first = chance.choice(inventing.years)
        day = day_between(chance, dt.date(first, 1, 5), dt.date(first, 12, 25))
        unit, number = inventing.unit_on(code, day), inventing.number("KH")
        period = chance.choice((str(first), f"{first}-{first + chance.randint(1, 4)}", ""))
        rows.append(
            {
                **unit.cells(), "document_number": number, "issued_on": day, "plan_year": period,
                "issuer": _issuer(unit), "source_url": address("related_plans", number),
                "confidence": _confidence(chance), "note": "", "kind": chance.choice(RELATED_KINDS),
            }
        )  # fmt: skip
    return rows

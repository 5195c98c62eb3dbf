"""A result of the extraction beside the gold: hits, misses, invented values, quotes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.gold.compare import (
    Same,
    accepts_null,
    agrees,
    holds_number,
    holds_place,
    plain,
    same_body,
    same_leads,
    same_number,
    same_text,
    same_title,
    same_value,
    title_likeness,
)  # fmt: skip

GOLD: Final = Path(__file__).resolve().parent
Item = Mapping[str, Any]
Fields = Mapping[str, Same]

HEADER: Final[Fields] = {
    "kind": same_value, "number": same_number, "issued_date": same_value,
    "issuing_body": same_body, "issuer_level": same_value, "province_code_gso": same_value,
    "title": same_title, "plan_year": same_value, "signer": same_text,
}  # fmt: skip
# A wrong one of these says something that no reader finds; a class or a wording is only wrong.
TELLING: Final = ("number", "issued_date", "province_code_gso", "plan_year", "signer")

NAMED: Final = {"province_code_gso": same_value, "number": same_number, "issued_date": same_value}
PERIOD: Final = {"period_start": same_value, "period_end": same_value}
# Lists whose score is matched / (gold + what the result has besides).
LISTS: Final[Mapping[str, Fields]] = {
    "regulation_statuses": {"province_code_gso": same_value, "class": same_value},
    "announced_totals": {"indicator": same_value, "count": same_value, "out_of": same_value},
    "report_deadlines": {
        "date": same_value, "month_day": same_value, "period": same_value,
        "every_year": same_value,
    },
    "regulations": {
        **NAMED, "effective_date": same_value, "legal_base": same_value, "replaces": holds_number
    },
    "human_rights_plans": {**NAMED, **PERIOD},
    "annual_plans": {**NAMED, "plan_year": same_value},
    "joint_programmes": {**NAMED, **PERIOD},
    "information_clusters": {"place": holds_place, "state": same_value},
    "budget_lines": {"amount_million_vnd": same_value, "is_total": same_value},
}  # fmt: skip
# What a result has here besides the gold is invented.
NEVER_INVENTED: Final = (
    "regulation_statuses", "announced_totals", "report_deadlines", "regulations",
    "human_rights_plans", "annual_plans", "joint_programmes",
)  # fmt: skip
CITATION: Final[Fields] = {"number": same_number, "issued_date": same_value}
TOPIC: Final[Fields] = {"topic": same_value, "border_route": same_value}
SAME_TASK: Final = 0.7  # of the words of the gold title


@dataclass
class Tally:
    """Counts by measure; `hits / out_of` is the score, `invented` has no share."""

    hits: Counter[str] = field(default_factory=Counter)
    out_of: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str]] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def count(self, measure: str, hits: int, out_of: int) -> None:
        self.hits[measure] += hits
        self.out_of[measure] += out_of

    def miss(self, measure: str, what: str) -> None:
        self.misses.append((measure, what))

    def add(self, name: str, other: Tally) -> None:
        """Take over the counts of one document."""
        self.hits.update(other.hits)
        self.out_of.update(other.out_of)
        self.misses += [(measure, f"{name}: {what}") for measure, what in other.misses]
        self.invented += [f"{name}: {what}" for what in other.invented]

    def share(self, measure: str) -> float | None:
        """Hits as a share (0-1); None where nothing was asked."""
        return self.hits[measure] / self.out_of[measure] if self.out_of[measure] else None


def load_gold(folder: Path = GOLD) -> dict[str, dict[str, Any]]:
    """Gold by document name, in the order of names."""
    files = sorted((folder / "expected").glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def score_document(gold: Item, result: Item, text: str | None) -> Tally:
    """Compare one result with its gold; `text` is the stored text, None where it is not known."""
    tally = Tally()
    _score_header(tally, gold["document"], result.get("document") or {})
    for name, fields in LISTS.items():
        _score_list(tally, name, fields, gold[name], result.get(name) or [])
    _score_citations(tally, gold["citations"], result.get("citations") or [])
    _score_tasks(tally, gold["tasks"], result.get("tasks") or [])
    _score_topics(tally, gold["topics"], result.get("topics") or [])
    _score_warnings(tally, gold["warnings"], result.get("warnings") or [])
    _score_evidence(tally, result, text)
    return tally


def _score_header(tally: Tally, gold: Item, got: Item) -> None:
    for name, same in HEADER.items():
        wanted, found = gold[name], got.get(name)
        is_right = agrees(wanted, found, same)
        tally.count("header", is_right, 1)
        if is_right:
            continue
        tally.miss("header", f"{name}: gold {_short(wanted)}, got {_short(found)}")
        if found is not None and (name in TELLING or accepts_null(wanted)):
            tally.invented.append(f"document.{name} {_short(found)}")


def match(
    gold: Sequence[Item], got: Sequence[Item], fields: Fields
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pairs, required gold without a pair, results without a pair; each item is used once."""
    left = list(got)
    pairs: list[tuple[Item, Item]] = []
    missing: list[Item] = []
    for wanted in sorted(gold, key=lambda item: bool(item.get("optional"))):
        place = next((n for n, one in enumerate(left) if _says(wanted, one, fields)), None)
        if place is not None:
            pairs.append((wanted, left.pop(place)))
        elif not wanted.get("optional"):
            missing.append(wanted)
    return pairs, missing, left


def _says(gold: Item, got: Item, fields: Fields) -> bool:
    return all(agrees(gold[name], got.get(name), same) for name, same in fields.items())


def _required(pairs: Sequence[tuple[Item, Item]]) -> int:
    return sum(not gold.get("optional") for gold, _ in pairs)


def _score_list(
    tally: Tally, name: str, fields: Fields, gold: Sequence[Item], got: Sequence[Item]
) -> None:
    pairs, missing, extra = match(gold, got, fields)
    matched = _required(pairs)
    tally.count(name, matched, matched + len(missing) + len(extra))
    for item in missing:
        tally.miss(name, f"not found: {_show(item, fields)}")
    for item in extra:
        tally.miss(name, f"not in the gold: {_show(item, fields)}")
        if name in NEVER_INVENTED:
            tally.invented.append(f"{name} {_show(item, fields)}")


def _score_citations(tally: Tally, gold: Sequence[Item], got: Sequence[Item]) -> None:
    numbered = [item for item in got if item.get("number")]
    pairs, missing, extra = match(gold, numbered, CITATION)
    matched = _required(pairs)
    tally.count("citation_recall", matched, matched + len(missing))
    tally.count("citation_precision", matched, matched + len(extra))
    for item in missing:
        tally.miss("citation_recall", _show(item, CITATION))
    for item in extra:
        tally.miss("citation_precision", _show(item, CITATION))
    for wanted, found in pairs:
        is_right = agrees(wanted["relation"], found.get("relation"))
        tally.count("relations", is_right, 1)
        if not is_right:
            what = f"{found['number']}: gold {_short(wanted['relation'])}"
            tally.miss("relations", f"{what}, got {_short(found.get('relation'))}")


def _score_tasks(tally: Tally, gold: Sequence[Item], got: Sequence[Item]) -> None:
    left = list(got)
    for wanted in gold:
        likeness = [(_likeness(wanted["title"], one), -n) for n, one in enumerate(left)]
        best, place = max(likeness, default=(0.0, 0))
        found = left.pop(-place) if best >= SAME_TASK else None
        leads = None if found is None else found.get("lead_bodies")
        is_right = found is not None and same_leads(wanted["lead_bodies"], leads)
        tally.count("leads", is_right, 1)
        if not is_right:
            got_text = "task not found" if found is None else f"got {_short(leads)}"
            title = _short(wanted["title"])
            tally.miss("leads", f"{title}: gold {_short(wanted['lead_bodies'])}, {got_text}")


def _likeness(gold: Any, got: Item) -> float:
    titles = gold["any_of"] if isinstance(gold, Mapping) else [gold]
    return max(title_likeness(title, got.get("title")) for title in titles)


def _score_topics(tally: Tally, gold: Sequence[Item], got: Sequence[Item]) -> None:
    """F1 as hits / out_of: 2 tp / (2 tp + fp + fn); what is found twice counts once."""
    # The gold was written at the level of the letters' items: of the twelve contents of "sea"
    # (sea_01 … sea_12) it says nothing, so they are neither asked for nor counted.
    got = [item for item in got if not str(item.get("topic")).startswith("sea_")]
    once = list({(item.get("topic"), item.get("border_route")): item for item in got}.values())
    pairs, missing, extra = match(gold, once, TOPIC)
    matched = _required(pairs)
    tally.count("topics", 2 * matched, 2 * matched + len(missing) + len(extra))
    for item in missing:
        tally.miss("topics", f"not found: {_show(item, TOPIC)}")
    for item in extra:
        tally.miss("topics", f"not in the gold: {_show(item, TOPIC)}")


def _score_warnings(tally: Tally, gold: Sequence[Item], got: Sequence[Item]) -> None:
    said = [
        plain(f"{item.get('message')} {(item.get('evidence') or {}).get('quote')}") for item in got
    ]
    for wanted in gold:
        is_there = any(plain(wanted["about"]) in text for text in said)
        tally.count("warnings", is_there, 1)
        if not is_there:
            tally.miss("warnings", f"none about {wanted['about']}")


def _score_evidence(tally: Tally, result: Item, text: str | None) -> None:
    for name, proof in _evidence_of(result):
        start, end, quote = proof.get("start"), proof.get("end"), proof.get("quote")
        is_range = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
        is_true = is_range and isinstance(quote, str) and len(quote) == end - start
        if is_true and text is not None:
            is_true = text[start:end] == quote
        tally.count("evidence", is_true, 1)
        if not is_true:
            tally.miss("evidence", f"{name} [{start}:{end}] {_short(quote)}")


def _evidence_of(result: Item) -> Iterator[tuple[str, Item]]:
    for name, value in result.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping) and isinstance(item.get("evidence"), Mapping):
                yield name, item["evidence"]
            elif isinstance(item, Mapping) and name in {*LISTS, "citations", "tasks", "topics"}:
                yield name, {}  # an item without evidence proves nothing


def _show(item: Item, fields: Fields) -> str:
    return ", ".join(f"{name}={_short(item.get(name))}" for name in fields)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 90 else text[:87] + "…"

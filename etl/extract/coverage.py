"""Which tasks of its year's guidance letter a plan covers: by cited numbers first, then by wording.

Numbers: a document that only one task of the letter cites, cited again in the body of the plan,
covers that task (the opening "Căn cứ …" cites everything and proves nothing). Wording: pairs of
neighbouring syllables, which is how Vietnamese words are written, weighed by how few tasks of the
letter have them; the share of a task's weight that one section of the plan holds decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from domain.documents import normalize_number
from etl.extract.tasks_sections import Node, section_tree, task_spans
from etl.extract.text import DocumentText, Item, fold_text

PLAN_KINDS: Final = frozenset({"plan", "department_plan", "decision"})

# Shares of a task's weight. Set on the plan and letter of ../shared/documents and on self-written
# ones: copies of a task lie above 0.6, shortened ones above 0.3, other subjects below 0.19.
COVERED_SHARE: Final = 0.45
PARTLY_SHARE: Final = 0.19
# A plan's heading that is the task's title (so much of their pairs in common) asks for less.
SAME_TITLE_SHARE: Final = 0.75
# With fewer pairs a share says nothing.
_FEWEST_PAIRS: Final = 3
_LONGEST_QUOTE: Final = 400
_LONGEST_TEXT: Final = 1500

_SYLLABLE = re.compile(r"[a-z0-9]+")
_ABBREVIATIONS: Final = (
    ("ttdn", "thong tin doi ngoai"), ("tttt", "thong tin va truyen thong"),
    ("mtqg", "muc tieu quoc gia"), ("dtts", "dan toc thieu so"),
)  # fmt: skip
# Frequent pairs that no task is about.
_EMPTY: Final = frozenset(
    """va cua cac cho trong theo ve voi tren den tu la duoc nhung mot so ngay thang nam tai do de
    thuc hien trien khai to chuc phoi hop chu tri tinh thanh pho ubnd uy ban nhan dan bo so nganh
    lien quan cong tac nhiem vu noi dung ke hoach""".split()  # noqa: SIM905
)
_PARAGRAPH = re.compile(r"\n(?=[ ]*\n|[ ]*[-+*•])")
_STOP = re.compile(r"[.;](?=\s)|\n[ ]*\n")

Pair = tuple[str, str]


@dataclass(frozen=True)
class _Guide:
    """A task of the letter: the weight of each of its pairs and all pairs of its title."""

    weights: Mapping[Pair, float]
    total: float
    title: frozenset[Pair]


def find_coverage(
    doc: DocumentText,
    header: Item,
    citations: Sequence[Item],
    tasks: Sequence[Item],
    guidance: Sequence[Item],
) -> list[Item]:
    """One item per task of the guidance letter of the plan's year; [] where that is not known.

    `guidance`: items of `guidance_tasks`. `task` is the letter's ordinal. Evidence is None for
    `not_found`.
    """
    year = header.get("plan_year")
    if header.get("kind") not in PLAN_KINDS or year is None:
        return []
    letter = next((g for g in guidance if g["guides_year"] == year), None)
    if letter is None:
        return []
    nodes = section_tree(doc)
    body = min((node.start for node in nodes), default=len(doc.text))
    guides = _guides(tuple((t["title"], t["text"]) for t in letter["tasks"]))
    known = frozenset[Pair]().union(*(guide.weights for guide in guides))
    sections = [(n, known & _all_pairs(doc.folded[n.start : n.own_end])) for n in nodes]
    shared = Counter(n for t in letter["tasks"] for n in set(t["cited_numbers"]))
    items = []
    for task, guide in zip(letter["tasks"], guides):
        own = [n for n in task["cited_numbers"] if shared[n] == 1]
        places = (next(find_number(doc, n, body, len(doc.text)), None) for n in own)
        place = next((span for span in places if span is not None), None)
        if place is not None:
            found: tuple[str, int, int] | None = ("covered", *_passage(doc, place, body))
        else:
            found = _by_wording(doc, guide, sections)
        fields = {"guidance_number": letter["number"], "task": task["ordinal"]}
        if found is None:
            items.append({**fields, "class": "not_found", "evidence": None})
        else:
            items.append(doc.item(found[1], found[2], **fields, **{"class": found[0]}))
    return items


def guidance_tasks(
    doc: DocumentText,
    header: Item,
    tasks: Sequence[Item],
    citations: Sequence[Item],
    topics: Sequence[Item] = (),
) -> list[Item]:
    """The tasks of a guidance letter as `find_coverage` takes them; [] for any other document.

    `topics`: the letter's topics; each task gets the ids of those with evidence in it.
    """
    year = header.get("plan_year")
    if header.get("kind") != "official_letter" or year is None or not tasks:
        return []
    # A document cited twice is listed once; where else it stands is looked up.
    cited = dict.fromkeys(c["number"] for c in citations if c.get("number"))
    rows = []
    for task, (start, end) in zip(tasks, task_spans(doc, tasks)):
        numbers = [n for n in cited if next(find_number(doc, n, start, end), None)]
        ids = [t["topic"] for t in topics if start <= t["evidence"]["start"] < end]
        row = {
            "ordinal": task["ordinal"],
            "title": task["title"],
            "text": doc.text[start : min(end, start + _LONGEST_TEXT)],
            "cited_numbers": numbers,
            "topics": list(dict.fromkeys(ids)),
        }
        rows.append(row)
    return [{"number": header.get("number"), "guides_year": year, "tasks": rows}]


def find_number(doc: DocumentText, number: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places of a document number in a range, with or without blanks in it."""
    for match in _number_pattern(number).finditer(doc.folded, start, end):
        yield match.span()


@lru_cache(maxsize=4096)
def _number_pattern(number: str) -> re.Pattern[str]:
    signs = re.findall(r"[a-z]+|[0-9]+|\S", fold_text(normalize_number(number)))
    return re.compile(r"(?<![0-9a-z/])" + r"\s?".join(map(re.escape, signs)) + r"(?![0-9a-z])")


def _passage(doc: DocumentText, place: tuple[int, int], body: int) -> tuple[int, int]:
    """The sentence or list item around a citation."""
    start, end = place
    begin = max(body, doc.folded.find(" ", max(0, start - _LONGEST_QUOTE // 2), start))
    for match in _STOP.finditer(doc.folded, begin, start):
        begin = match.end()
    line = doc.folded.rfind("\n- ", begin, start)
    begin = max(begin, line + 1)
    stop = _STOP.search(doc.folded, end, begin + _LONGEST_QUOTE)
    last = doc.folded.rfind(" ", end, begin + _LONGEST_QUOTE)
    return begin, max(end, stop.start() if stop else last)


def _all_pairs(folded: str) -> set[Pair]:
    """All pairs of neighbouring syllables."""
    for short, long in _ABBREVIATIONS:
        folded = folded.replace(short, long)
    syllables = _SYLLABLE.findall(folded)
    return set(pairwise(syllables))


def _pairs(folded: str) -> set[Pair]:
    """Pairs of neighbouring syllables that both say something."""
    return {p for p in _all_pairs(folded) if p[0] not in _EMPTY and p[1] not in _EMPTY}


@lru_cache(maxsize=16)
def _guides(texts: tuple[tuple[str, str], ...]) -> tuple[_Guide, ...]:
    """The weighed pairs of each task of a letter; worked out once per letter."""
    own = [_pairs(fold_text(f"{title}\n{text}")) for title, text in texts]
    counts = Counter(pair for pairs in own for pair in pairs)
    guides = []
    for (title, _), pairs in zip(texts, own):
        weights = {pair: math.log((len(texts) + 1) / counts[pair]) for pair in pairs}
        titled = frozenset(_all_pairs(fold_text(title)))
        guides.append(_Guide(weights, sum(weights.values()), titled))
    return tuple(guides)


def _by_wording(
    doc: DocumentText, guide: _Guide, sections: Sequence[tuple[Node, AbstractSet[Pair]]]
) -> tuple[str, int, int] | None:
    """The class and passage of the section that holds the most of a task; None below `partly`."""
    if guide.total == 0 or len(guide.weights) < _FEWEST_PAIRS:
        return None
    best, best_share = None, 0.0
    for node, pairs in sections:
        common = pairs & guide.weights.keys()
        if len(common) < _FEWEST_PAIRS:
            continue
        share = sum(guide.weights[pair] for pair in common) / guide.total
        if share > best_share:
            best, best_share = node, share
    if best is None or best_share < PARTLY_SHARE:
        return None
    title = _all_pairs(doc.folded[best.title_start : best.title_end])
    is_same = len(title & guide.title) >= SAME_TITLE_SHARE * len(title | guide.title)
    is_covered = best_share >= COVERED_SHARE or is_same
    return ("covered" if is_covered else "partly", *_best_passage(doc, best, guide))


def _best_passage(doc: DocumentText, node: Node, guide: _Guide) -> tuple[int, int]:
    """The paragraph of a section that has the most of a task, cut to a readable length."""
    cuts = [
        node.start,
        *(m.end() for m in _PARAGRAPH.finditer(doc.folded, node.start, node.own_end)),
    ]
    best, best_weight = (node.start, node.own_end), -1.0
    for start, end in zip(cuts, [*cuts[1:], node.own_end]):
        weight = sum(guide.weights.get(p, 0.0) for p in _pairs(doc.folded[start:end]))
        if weight > best_weight and doc.text[start:end].strip():
            best, best_weight = (start, end), weight
    start, end = best
    if end - start <= _LONGEST_QUOTE:
        return start, end
    stops = [m.end() for m in _STOP.finditer(doc.folded, start, start + _LONGEST_QUOTE)]
    space = doc.text.rfind(" ", start, start + _LONGEST_QUOTE)
    return start, stops[-1] if stops and stops[-1] > start + 80 else space

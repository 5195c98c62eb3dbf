"""Topics that a document treats (data/reference/topics.csv), each with the passage that shows it.

A topic is treated where the title, a task or a sentence of the content is about it. The opening
with its legal bases, aims and requirements, money, organisation and recipients only mention things.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from etl.extract.text import DocumentText, Item
from etl.extract.topics_rules import RULES, Rule
from etl.extract.wording import any_of

# Parts of one topic are looked for where it is treated: elsewhere such words are about something
# else. Contents of the ethnic-minority programme and of the sea.
PART_OF: Final = {
    "ethnic_products": "ethnic", "ethnic_training": "ethnic", "ethnic_promotion": "ethnic",
    **{f"sea_{number:02d}": "sea" for number in range(1, 13)},
}  # fmt: skip
ROUTES: Final = {
    "sea": "sea", "china": "china", "laos": "laos", "cambodia": "cambodia",
    "scheme_laos": "laos", "scheme_cambodia": "cambodia",
    **{f"sea_{number:02d}": "sea" for number in range(1, 13)},
}  # fmt: skip
# Parts of a document that treat nothing: short headings that begin so.
_OTHER_PART: Final = re.compile(
    r"\W*(?:(?:ve |cac |nhung )?(?:muc dich|yeu cau|muc tieu|quan diem|su can thiet|dac diem"
    r"|can cu(?: phap ly| xay dung| ban hanh| de)|(?:nguon )?kinh phi|du toan|kho khan|ton tai"
    r"|to chuc (?:thuc hien|trien khai)|phan cong(?: nhiem vu| trach nhiem| thuc hien| to chuc|$)"
    r"|trach nhiem|che do (?:thong tin )?bao cao|bao cao|hieu luc|dieu khoan|lien he"
    r"|nhiem vu cua cac (?:don vi|co quan|so)))\b"
)
_CONTENT: Final = re.compile(r"\b(?:noi dung|giai phap|nhiem vu trong tam)\b")
_LONGEST_HEADING: Final = 100
_KIND_LINE: Final = 30
_TITLE: Final = 200
# All anchors in one search: the text is read once, not once for each.
_ANCHORS: Final = re.compile(any_of({rule.anchor for rule in RULES}, " "))
_BY_ANCHOR: Final[defaultdict[str, list[Rule]]] = defaultdict(list)
for _rule in RULES:
    _BY_ANCHOR[_rule.anchor].append(_rule)
_MOST_TRIES: Final = 300  # of one word; no document of an office has it more often
_HEADING_END: Final = re.compile(r"[.;:\n](?=\s|$)")
# The opening ends where what is to be done is announced.
_OPENING_END: Final = re.compile(
    r"(?::|\bnhu\s+sau\b[.:]?|\b(?:ke\s+hoach|huong\s+dan|nghi\s+dinh|quyet\s+dinh)\.)[ *_]*\n"
)
_OPENING: Final = re.compile(
    r"\n[^\w\n]*(?:can\s+cu|thuc\s+hien|trien\s+khai|theo\s+de\s+nghi|xet|tiep\s+theo)\b"
)
_CLOSING: Final = re.compile(
    r"\n[ *#_>|]*+(?:noi nhan\b|(?:tm|kt|tl|tuq|t/m|k/t|t/l)[ ]?[./][ ]?[a-z])"
)
# What is attached behind the signature: the plan of a decision, the tasks of a plan.
_ATTACHED: Final = re.compile(
    r"\n[ *#_]*(?:phu\s+luc|ke\s+hoach|chuong\s+trinh|danh\s+muc|bang\s+(?:phan|tong)"
    r"|quy\s+dinh)\b[^\n]{0,40}\n"
)
_SENTENCE_END: Final = re.compile(r"[.;:](?=\s)|\n|\|")
_TREATING_KINDS: Final = frozenset({
    "official_letter", "plan", "department_plan", "programme", "guideline", "directive", "report",
    "decision", "conclusion", "resolution", "other", "circular", "decree",
})  # fmt: skip


def find_topics(doc: DocumentText, header: Item) -> list[Item]:
    """`topics`: one item per topic with the first heading, else the first passage, on it."""
    # An annex sent alone, as a workbook, prints no kind: its table says what is to be done.
    is_annex = header.get("kind") is None and bool(doc.tables)
    if header.get("kind") not in _TREATING_KINDS and not is_annex:
        return []
    # Bullets part sentences as ";" does; the length stays.
    flat = doc.folded.replace("\n- ", ";  ").replace("\n+ ", ";  ").replace("\n", " ")
    spans = list(_spans(doc, header))
    found: dict[str, tuple[int, int, tuple[int, int]]] = {}
    tries: Counter[str] = Counter()
    for span in spans:
        for anchor in _ANCHORS.finditer(flat, *span):
            tries[anchor[0]] += 1
            if tries[anchor[0]] > _MOST_TRIES:
                continue
            for rule in _BY_ANCHOR[anchor[0]]:
                if rule.topic not in found:
                    if match := _treated(flat, rule, anchor.start(), *span):
                        found[rule.topic] = (*match.span(), span)
    items = [
        doc.item(
            *_sentence(doc.folded, first, last, *span),
            topic=topic, border_route=ROUTES.get(topic),
        )
        for topic, (first, last, span) in found.items()
        if PART_OF.get(topic, topic) in found
    ]  # fmt: skip
    return sorted(items, key=lambda item: int(item["evidence"]["start"]))


def _treated(flat: str, rule: Rule, at: int, start: int, end: int) -> re.Match[str] | None:
    """What a rule finds around its anchor at a place; None where its clause says otherwise."""
    low = max(start, at - rule.before)
    match = rule.pattern.search(flat, low, min(end, at + rule.behind))
    if match is None or match.start() > at + len(rule.anchor):
        return None
    if rule.unless and rule.unless.search(flat[low : match.start()]):
        return None
    return match


def _spans(doc: DocumentText, header: Item) -> Iterator[tuple[int, int]]:
    title = (header.get("places") or {}).get("title")
    if title:
        # With the line of the kind above it: "CHƯƠNG TRÌNH PHỐI HỢP".
        yield max(0, title[0] - _KIND_LINE), title[1]
    content = list(content_spans(doc))
    # A heading shows a topic better than a mention that happens to stand before it.
    for section in doc.sections:
        if any(start <= section.title_start < end for start, end in content):
            yield section.title_start, min(section.title_end, section.title_start + _TITLE)
    yield from content


def content_spans(doc: DocumentText) -> Iterator[tuple[int, int]]:
    """The parts of the text that say what is to be done, or was done."""
    size = len(doc.text)
    closing = _CLOSING.search(doc.folded, size // 4)
    limit = closing.start() if closing else size
    yield from _treating(doc, 0, limit)
    attached = _ATTACHED.search(doc.folded, limit)
    while attached:
        behind = _CLOSING.search(doc.folded, attached.end())
        end = behind.start() if behind else size
        yield from _treating(doc, attached.end(), end)
        attached = _ATTACHED.search(doc.folded, end) if behind else None


def _treating(doc: DocumentText, start: int, limit: int) -> Iterator[tuple[int, int]]:
    """The treating parts between two positions: the outermost sections but for `_OTHER_PART`."""
    sections = [s for s in doc.sections if start <= s.start < limit]
    top = min((s.level for s in sections), default=0)
    outer = [s for s in sections if s.level == top]
    if not outer:
        yield (start or _opening_end(doc, limit)), limit
        return
    if start:
        yield start, outer[0].start
    for section, following in zip(outer, [*outer[1:], None]):
        if not _is_other_part(doc, section.title_start, section.title_end):
            # Bullets behind the last numbered item go on with it.
            end = following.start if following else section.end
            yield section.start, min(end, limit)


def _is_other_part(doc: DocumentText, start: int, end: int) -> bool:
    heading_end = _HEADING_END.search(doc.folded, start, min(end, start + 2 * _LONGEST_HEADING))
    stop = heading_end.start() if heading_end else end
    heading = " ".join(doc.folded[start:stop].split())
    if len(heading) > _LONGEST_HEADING:
        return False
    return bool(_OTHER_PART.match(heading)) and not _CONTENT.search(heading)


def _opening_end(doc: DocumentText, limit: int) -> int:
    """Where the content begins in a text without numbered parts: behind its legal bases."""
    openings = list(_OPENING.finditer(doc.folded, 0, limit // 2))
    if not openings:
        return 0
    end = _OPENING_END.search(doc.folded, openings[-1].end(), limit)
    line_end = doc.folded.find("\n", openings[-1].end())
    return end.end() if end else max(line_end, 0)


def _sentence(folded: str, start: int, end: int, lowest: int, highest: int) -> tuple[int, int]:
    """The sentence around a place, at most 160 code points before and 200 behind it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(folded, max(lowest, start - 160), start)]
    first = ends[-1] if ends else max(lowest, start - 160)
    last = _SENTENCE_END.search(folded, end, min(highest, end + 200))
    return first, last.start() if last else min(highest, end + 200)

"""Totals that a document announces: "39/63 tỉnh, thành phố chưa xây dựng Kế hoạch …".

Only what is printed: where a document counts the other side ("24/63 tỉnh đã ban hành"), the rest
is not worked out, a warning says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.vintages import VINTAGES
from etl.extract.named_provinces_counts import CountHead, count_heads
from etl.extract.statuses import vintage_of
from etl.extract.statuses_wording import GENERAL_ONLY, OUTDATED, is_left_out, regulation_class
from etl.extract.text import DocumentText, Item, squeeze
from etl.extract.wording import clause_cuts, readable, sentence_at, windows

HUMAN_RIGHTS = "human_rights_plan_not_made"
OF_CLASS = {
    OUTDATED: "regulation_on_decision79_not_amended",
    GENERAL_ONLY: "only_general_foreign_affairs_regulation",
}
DEMARCATED = "cambodia_border_demarcated_percent"

# A count of what is lacking has one of these words near it; the rest is not read.
_ANCHORS = (
    "chua", "/63", "/ 63", "/34", "/ 34", "79/2010", "thong nhat", "tong so", "van ap dung",
)  # fmt: skip
_REACH = 400
_RIGHTS = re.compile(r"\bquyen con nguoi\b|\bnhan quyen\b|\b1079\b")
_PLAN = re.compile(r"\bke hoach\b|\bde an\b")
_LACKING = re.compile(
    r"\bchua (?:\w+,? ){0,8}?"
    r"(?:xay dung|ban hanh|trien khai|co|lap|phe duyet|hoan thanh|thuc hien)\b"
)
_MADE = re.compile(
    r"\b(?:da|moi)(?: co)? (?:\w+,? ){0,6}?(?:xay dung|ban hanh|trien khai|co|lap|phe duyet)\b"
    r"|\bmoi co\b|\bmoi chi\b|\bda co\b"
)
# ": Vĩnh Phúc" before a ";": a name of a list that is parted so.
_ONLY_NAME = re.compile(
    r"[\s:,(*-]*(?:(?:gồm|tỉnh|thành phố|TP\.?)[\s:]*)*(?:[^\W\d_]+[\s-]*){1,4}"
)
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:%|phan\s+tram\b)")
_DEMARCATION = re.compile(r"\bphan\s+gioi\b|\bcam\s+moc\b")
_CAMBODIA = re.compile(r"\bcam\W?pu\W?chia\b|\bcpc\b")
_OTHER_COUNTRY = re.compile(r"\blao\b|\btrung\s+quoc\b")
_REMAINING = re.compile(r"\bcon lai\b|\bchua (?:\w+ ){0,4}?(?:phan gioi|cam moc|hoan thanh)\b")


def find_announced_totals(doc: DocumentText, header: Item) -> list[Item]:
    """Items with `indicator`, `count` and `out_of`, in the order of the text."""
    return read_announced_totals(doc, header)[0]


def read_announced_totals(doc: DocumentText, header: Item) -> tuple[list[Item], list[Item]]:
    """(items, warnings `total_of_the_other_side`)."""
    units = VINTAGES[vintage_of(header)].unit_count
    items: list[Item] = []
    warnings: list[Item] = []
    for window in windows(doc.folded, _ANCHORS, _REACH, _REACH):
        heads = list(count_heads(doc, *window))
        for i, head in enumerate(heads):
            before = heads[i - 1].end if i else 0
            behind = heads[i + 1].start if i + 1 < len(heads) else len(doc.text)
            indicator, span, is_other_side = _announced(doc, head, before, behind)
            if indicator:
                fields = {"count": head.count, "out_of": head.total or units}
                items.append(doc.item(*span, indicator=indicator, **fields))
            elif is_other_side:
                warnings.append(_other_side(doc, head, span))
    items += _demarcated(doc)
    items.sort(key=lambda item: item["evidence"]["start"])
    kept = {(i["indicator"], i["count"], i["out_of"]): i for i in reversed(items)}
    found = list(reversed(kept.values()))
    if any(item["indicator"] == HUMAN_RIGHTS for item in found):
        warnings = []
    return found, warnings


def _announced(
    doc: DocumentText, head: CountHead, before: int, behind: int
) -> tuple[str | None, tuple[int, int], bool]:
    """Indicator that a count is for, the passage, and whether it counts the other side."""
    sentence, sentence_end = sentence_at(doc, head.start)
    cuts = list(_clause_cuts(doc, head, sentence, sentence_end))
    start = max([sentence, *(c + 1 for c in cuts if c < head.start)])
    end = min([sentence_end, behind, *(c for c in cuts if c > head.start)])
    own_start = max(start, before)
    clause = squeeze(doc.folded[own_start:end])
    behind_head = squeeze(doc.folded[head.start : end])
    if is_left_out(squeeze(doc.folded[own_start : head.start])):
        return None, (own_start, end), False
    span = readable(doc, own_start, end, (head.start, head.end))
    own_span = readable(doc, head.start, end, (head.start, head.end))
    if (of_class := regulation_class(behind_head)) in OF_CLASS:
        return OF_CLASS[of_class], own_span, False
    if (of_class := regulation_class(clause)) in OF_CLASS:
        return OF_CLASS[of_class], span, False
    context = squeeze(doc.folded[sentence:end])
    if not _RIGHTS.search(clause):
        # "39 tỉnh chưa ban hành Kế hoạch" behind a sentence on the human-rights scheme.
        above = squeeze(doc.folded[max(0, sentence - _REACH) : end].rpartition("\n\n")[2])
        if "quy che" in behind_head or not _RIGHTS.search(above if own_start <= start else context):
            return None, span, False
        if "doi ngoai" in behind_head or not _is_on_plans(behind_head):
            return None, span, False
    if not _PLAN.search(context):
        return None, span, False
    if _RIGHTS.search(behind_head) and _LACKING.search(behind_head):
        return HUMAN_RIGHTS, own_span, False
    if _LACKING.search(behind_head) or (_LACKING.search(clause) and not _MADE.search(behind_head)):
        return HUMAN_RIGHTS, span, False
    return None, span, bool(_MADE.search(behind_head))


def _clause_cuts(doc: DocumentText, head: CountHead, start: int, end: int) -> Iterator[int]:
    """The ";" of a sentence, but for those between the names that a count announces."""
    at = head.end
    for cut in clause_cuts(doc, start, end):
        if cut > head.end and _ONLY_NAME.fullmatch(doc.text, at, cut):
            at = cut + 1
        else:
            yield cut


def _is_on_plans(behind_head: str) -> bool:
    """Whether "chưa ban hành" has the plans as its object, printed or left out at the end."""
    if re.search(r"\bke hoach\b", behind_head):
        return True
    lacking = _LACKING.search(behind_head)
    return lacking is not None and not behind_head[lacking.end() :].strip(" .;,)")


def _other_side(doc: DocumentText, head: CountHead, span: tuple[int, int]) -> Item:
    return {
        "code": "total_of_the_other_side",
        "message": f"{head.count} are said to have a human-rights plan; the others are not counted",
        "evidence": doc.evidence(*span),
    }


def _demarcated(doc: DocumentText) -> Iterator[Item]:
    """The share of the border with Campuchia that is demarcated, in percent."""
    if "phan" not in doc.folded or ("%" not in doc.folded and "phan tram" not in doc.folded):
        return
    near_signs = windows(doc.folded, ("%", "phan tram", "phan\ntram"), 8, 12)
    for percent in (m for w in near_signs for m in _PERCENT.finditer(doc.folded, *w)):
        near = (max(0, percent.start() - 200), percent.end() + 200)
        if not _DEMARCATION.search(doc.folded, *near):
            continue
        start, end = sentence_at(doc, percent.start())
        parts = re.split(r"[,;]|\bva\b", doc.folded[percent.end() : end])
        if _REMAINING.search(squeeze(parts[0])) or not _DEMARCATION.search(doc.folded, start, end):
            continue
        if not _is_on_cambodia(doc, percent.start(), start, end):
            continue
        whole, part = percent.groups()
        count: int | float = float(f"{whole}.{part}") if part else int(whole)
        if count <= 100:
            span = readable(doc, start, end, percent.span())
            yield doc.item(*span, indicator=DEMARCATED, count=count, out_of=100)


def _is_on_cambodia(doc: DocumentText, position: int, start: int, end: int) -> bool:
    """Whether a sentence, or else the section that it stands in, is about Campuchia."""
    if _CAMBODIA.search(doc.folded, start, end):
        return not _OTHER_COUNTRY.search(doc.folded, start, end) or bool(
            _CAMBODIA.search(doc.folded, position - 120, position + 120)
        )
    if _OTHER_COUNTRY.search(doc.folded, start, end):
        return False
    holding = [s for s in doc.sections if s.start <= position < s.end]
    return bool(holding) and bool(
        _CAMBODIA.search(doc.folded, holding[-1].title_start, holding[-1].title_end)
    )

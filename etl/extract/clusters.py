"""Information clusters at named places, with their state as a document tells it."""

from __future__ import annotations

import re
from typing import Final

from domain.provinces import ProvinceRegister
from etl.extract.text import DocumentText, Item, squeeze

_CLUSTER: Final = re.compile(r"\bcum\s+(?:thong\s+tin|ttdn|ttdt|pano)[^.;\n]{0,60}")
# A place with a name: a gate, a waterfall, an airport, a port, a border post.
_PLACE: Final = re.compile(
    r"\b(?:tai|o)\s+(?:khu\s+vuc\s+)?(?P<place>(?:cua\s+khau(?:\s+(?:quoc\s+te|chinh|phu))?|thac"
    r"|cang\s+hang\s+khong(?:\s+quoc\s+te)?|san\s+bay|cang|don\s+bien\s+phong|quan\s+dao|dao|xa"
    r"|nga\s+ba|moc|quang\s+truong)\s+)(?=(?P<name>[a-z]))"
)
_NAME: Final = re.compile(
    r"(?:[^\W\d_a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]"
    r"[^\W_]*[ \n-]*){1,5}"
)
_DISTRICT: Final = re.compile(r",?\s+(?:\((?:thuoc\s+)?)?(?:huyen|thi\s+xa|thanh\s+pho|xa)\s+")
_STATES: Final = (
    ("closed", re.compile(r"\b(?:dung|ngung|cham\s+dut)\s+hoat\s+dong|\bthao\s+do\b")),
    ("needs_repair", re.compile(r"\bsua\s+chua|\bhu\s+hong|\bxuong\s+cap|\bbao\s+duong,?\s+sua")),
    ("proposed", re.compile(r"\bde\s+xuat|\bkien\s+nghi")),
    ("planned", re.compile(r"\bthiet\s+lap|\bxay\s+dung|\blap\s+dat|\bdau\s+tu")),
    ("operating", re.compile(r"\bduy\s+tri|\bvan\s+hanh|\bhoat\s+dong|\bquan\s+ly|\bkhai\s+thac"
                             r"|\bdua\s+vao\s+su\s+dung")),
)  # fmt: skip
_REGULATION: Final = re.compile(
    r"quyet\s+dinh\s+(?:so\s+)?(?P<number>\d+/\d{4}/qd-ubnd|\d+/qd-ubnd)[^.;]{0,160}"
    r"quy\s+che[^.;]{0,60}(?:van\s+hanh|quan\s+ly)[^.;]{0,40}cum\s+thong\s+tin"
)
_CLAUSE_END: Final = re.compile(r"[.;](?=\s)|\n\s*\n|\n\s*[-+]\s")


def find_clusters(doc: DocumentText, header: Item, register: ProvinceRegister) -> list[Item]:
    """`information_clusters`: one item per named place and state; without a place there is none."""
    code = header.get("province_code_gso")
    if code is None:
        return []
    named = _REGULATION.search(doc.folded)
    regulation = squeeze(doc.text[slice(*named.span("number"))]) if named else None
    found: list[Item] = []
    seen: set[tuple[str, str]] = set()
    for match in _CLUSTER.finditer(doc.folded):
        start, end = _clause(doc.folded, match.start())
        place = _place(doc, match.start(), end)
        if place is None:
            continue
        text, last = place
        state = _state(doc.folded, start, match.start(), last)
        if state is None or (text, state) in seen:
            continue
        seen.add((text, state))
        found.append(
            doc.item(
                start, last, place=text, province_code_gso=code, state=state,
                operating_regulation=regulation,
            )
        )  # fmt: skip
    return found


def _clause(folded: str, position: int) -> tuple[int, int]:
    ends = [m.end() for m in _CLAUSE_END.finditer(folded, max(0, position - 300), position)]
    last = _CLAUSE_END.search(folded, position, position + 320)
    start = ends[-1] if ends else max(0, folded.rfind("\n", 0, position) + 1)
    return start, last.start() if last else min(len(folded), position + 320)


def _place(doc: DocumentText, start: int, end: int) -> tuple[str, int] | None:
    """The named place after the word cluster: (as printed with its district, where it ends)."""
    for match in _PLACE.finditer(doc.folded, start, end):
        name = _NAME.match(doc.text, match.end(), end)
        if name is None:
            continue
        last = name.end()
        if (district := _DISTRICT.match(doc.folded, last, end)) and (
            more := _NAME.match(doc.text, district.end(), end)
        ):
            last = more.end()
        return squeeze(doc.text[match.start("place") : last]).rstrip(" -"), last
    return None


def _state(folded: str, start: int, cluster: int, end: int) -> str | None:
    """By the words before the cluster in its clause, the nearest first; else by those behind."""
    best: tuple[int, str] | None = None
    for state, pattern in _STATES:
        for match in pattern.finditer(folded, start, cluster):
            if best is None or match.start() > best[0]:
                best = match.start(), state
    if best is not None:
        # "sửa chữa, thay thế thiết bị hư hỏng": damage is what counts; "đề xuất xây dựng": a wish.
        for state in ("closed", "needs_repair", "proposed"):
            near = folded[max(start, best[0] - 60) : cluster]
            if dict(_STATES)[state].search(near):
                return state
        return best[1]
    for state, pattern in _STATES:
        if pattern.search(folded, cluster, end + 80):
            return state
    return None

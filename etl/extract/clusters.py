"""Information clusters at named places, with their state as a document tells it.

The words before "cụm thông tin" say what is done ("sửa chữa", "đề xuất đầu tư", "duy trì"), those
behind the place how it is ("hoạt động ổn định", "đã hỏng"). Without a place there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.provinces import ProvinceRegister
from etl.extract.clusters_places import Place, places
from etl.extract.named_provinces import province_names
from etl.extract.statuses import vintage_of
from etl.extract.text import DocumentText, Item, fold_text, squeeze
from etl.extract.wording import readable

_CLUSTER: Final = re.compile(
    r"cum(?<![a-z]cum)\s+(?:(?:cac\s+)?(?:thiet\s+bi|man\s+hinh)\s+)?(?:thong\s+tin|ttdn|ttdt"
    r"|pano|tin)\b"
    r"(?:\s+(?:doi\s+ngoai|dien\s+tu|cong\s+cong|tuyen\s+truyen|co\s+so))*"
)
_BROKEN: Final = re.compile(
    r"\b(?:hu\s+hong|(?:bi|da|do|dang|deu)\s+hong|hong\s+(?:bang|man|thiet|he|loa|den|mot)"
    r"|xuong\s+cap|sua\s+chua|khong\s+hoat\s+dong"
    r"|thay\s+the\s+(?:thiet\s+bi|linh\s+kien|man\s+hinh)|khac\s+phuc\s+su\s+co|truc\s+trac)"
)
_REPAIRED: Final = re.compile(
    r"\b(?:da|vua)\s+(?:duoc\s+)?(?:hoan\s+thanh\s+(?:viec\s+)?)?(?:sua\s+chua|khac\s+phuc)"
)
_CLOSED: Final = re.compile(
    r"\b(?:dung|ngung|cham\s+dut)\s+(?:viec\s+)?(?:hoat\s+dong|van\s+hanh|su\s+dung)"
    r"|\bthao\s+(?:do|go)"
    r"|\bthanh\s+ly|\bkhong\s+con\s+(?:hoat\s+dong|su\s+dung)"
)
_PROPOSED: Final = re.compile(
    r"\bde\s+xuat|\bkien\s+nghi|\bkhao\s+sat|\bxin\s+chu\s+truong|\bnghien\s+cuu"
    r"|\bde\s+nghi\s+[^.;]{0,60}(?:dau\s+tu|ho\s+tro|xay\s+dung|thiet\s+lap|lap\s+dat)"
)
_BUILD = r"(?:thiet\s+lap|lap\s+dat|xay\s+(?:dung|lap)|dau\s+tu|trang\s+bi|dung\s+moi|bo\s+tri|dat)"
_NOT_OF_CLUSTER = (
    r"(?!\s+(?:noi\s+dung|quy\s+che|chuong\s+trinh|tin|bai|phuong\s+an|tai\s+lieu|can\s+bo))"
)
_BUILT: Final = re.compile(
    rf"\b(?:da|vua)\s+(?:duoc\s+)?(?:[\w,]+\s+){{0,4}}?(?:{_BUILD}|hoan\s+thanh|dua\s+vao)\b"
    r"|\bhoan\s+thanh\s+(?:viec\s+)?(?:lap\s+dat|xay\s+dung|thiet\s+lap|dau\s+tu)"
    r"|\bda\s+co\s+(?:\d+\s+)?cum\b"
)
_NOT_YET: Final = re.compile(
    r"\bchua\s+(?:duoc\s+|co\s+)?(?:\w+\s+){0,2}?(?:dau\s+tu|co|lap\s+dat|thiet\s+lap|xay)"
)
_APPROVED: Final = re.compile(r"\bphe\s+duyet\b|\bchu\s+truong\s+dau\s+tu\b|\bkhoi\s+cong")
_PLANNED: Final = re.compile(rf"\b{_BUILD}\b{_NOT_OF_CLUSTER}")
_OPERATING: Final = re.compile(
    r"\bduy\s+tri|\bvan\s+hanh|\bhoat\s+dong\b|\bquan\s+ly|\bkhai\s+thac|\bsu\s+dung|\bphat\s+huy"
    r"|\bbao\s+(?:duong|tri)|\bnang\s+cap|\bcap\s+nhat|\bthay\s+(?:doi\s+)?noi\s+dung|\bphat\s+song"
    r"|\bdang\s+phat|\btiep\s+nhan|\b(?:dang\s+tai|phat|chieu"
    r"|trinh\s+chieu)\s+(?:\w+\s+){0,4}?tren\b"
)
_REGULATION: Final = re.compile(
    r"quyet\s+dinh\s+(?:so\s*:?\s*)?(?P<number>\d+\s*/\s*(?:\d{4}\s*/\s*)?qd\s?-\s?ubnd)[^.;]{0,160}?"
    r"quy\s+che[^.;]{0,60}?(?:van\s+hanh|quan\s+ly|su\s+dung|khai\s+thac)[^.;]{0,60}?\bcum\b"
)
_CUT: Final = re.compile(
    r"[.;|](?=\s|/|$)|\n\s*\n|\n\s*(?:[-+*•]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\))\s"
)
_BACK, _AHEAD = 300, 320


@dataclass(frozen=True)
class _Mention:
    """A cluster that the text speaks of, in its own stretch of the sentence."""

    start: int
    cluster: tuple[int, int]
    end: int


def find_clusters(doc: DocumentText, header: Item, register: ProvinceRegister) -> list[Item]:
    """`information_clusters`: one item per named place and state; without a place there is none."""
    if "cum" not in doc.folded:
        return []
    found: list[Item] = []
    seen: set[tuple[str, str]] = set()
    regulation = _operating_regulation(doc, header)
    titled: tuple[str | None, list[Place]] = (None, [])
    for mention in _mentions(doc):
        named = places(doc, mention.cluster[1], mention.end)
        if not named and not titled[1]:
            continue
        first = named[0].start if named else mention.end
        told = _state(doc.folded, mention, named[-1].end if named else mention.cluster[1])
        section = doc.section_at(mention.start)
        if not named and told is not None and titled[0] == section:
            named = titled[1]  # "3. Cụm thông tin tại cửa khẩu A", then how it is
        if told is None:
            titled = (section, named) if named else titled
            continue
        titled = (None, [])
        state, place = told
        for one in named:
            code = _province(doc, header, register, mention, one)
            key = (fold_text(one.text), state)  # OCR may have lost marks in one of two places
            if code is None or key in seen:
                continue
            seen.add(key)
            last = max(place[1], one.end if one.start >= mention.start else 0, mention.cluster[1])
            span = readable(doc, mention.start, last, (min(first, place[0]), last))
            if one.start < mention.start:
                span = readable(doc, one.start, last, (one.start, last))
            found.append(
                doc.item(
                    *span, place=one.text, province_code_gso=code, state=state,
                    operating_regulation=regulation,
                )
            )  # fmt: skip
    return found


def _mentions(doc: DocumentText) -> Iterator[_Mention]:
    """Each mention with its stretch: from the mention before it, or a cut, to the next of them."""
    matches = list(_CLUSTER.finditer(doc.folded))
    before = 0
    for i, match in enumerate(matches):
        at = match.start()
        low = max(before, at - _BACK)
        start = max([low, *(m.end() for m in _CUT.finditer(doc.folded, low, at))])
        cut = _CUT.search(doc.folded, match.end(), match.end() + _AHEAD)
        end = cut.start() if cut else min(len(doc.text), match.end() + _AHEAD)
        if i + 1 < len(matches) and matches[i + 1].start() < end:
            end = _between(doc, match.end(), matches[i + 1].start())
        before = end
        yield _Mention(start, match.span(), end)


def _between(doc: DocumentText, start: int, end: int) -> int:
    """Where the first of two mentions in a sentence ends: behind its places."""
    named = places(doc, start, end)
    return named[-1].end if named else end


def _state(folded: str, mention: _Mention, last: int) -> tuple[str, tuple[int, int]] | None:
    """(state, place of the word that tells it) of a mention whose place ends at `last`."""
    start, (cluster, _), end = mention.start, mention.cluster, mention.end

    def told(
        state: str, pattern: re.Pattern[str], a: int = start, b: int = end
    ) -> tuple[str, tuple[int, int]] | None:
        matches = list(pattern.finditer(folded, a, b))
        return (state, matches[-1].span()) if matches else None

    if told("", _BROKEN):
        return told("operating", _REPAIRED) or told("needs_repair", _BROKEN)
    if closed := told("closed", _CLOSED):
        return closed
    if proposed := told("proposed", _PROPOSED, start, cluster):
        return proposed
    if told("", _NOT_YET):
        return None
    if approved := told("planned", _APPROVED):
        return approved
    if built := told("operating", _BUILT):
        return built
    return (
        told("planned", _PLANNED, start, cluster)
        or told("operating", _OPERATING, start, cluster)
        or told("proposed", _PROPOSED, last, end)
        or told("operating", _OPERATING, last, end)
        or told("planned", _PLANNED, last, end)
    )


def _province(
    doc: DocumentText, header: Item, register: ProvinceRegister, mention: _Mention, place: Place
) -> str | None:
    """The document's own province; in a letter of the ministry the one printed with the place.

    "Mộc Bài (Tây Ninh)", "Tỉnh Đồng Tháp đề xuất … tại Dinh Bà".
    """
    code: str | None = header.get("province_code_gso")
    if code is not None:
        return code
    vintage = vintage_of(header)
    for start, end in ((place.start, place.end + 40), (mention.start, mention.cluster[0])):
        near = {n.province.code_gso for n in province_names(doc, register, vintage, start, end)}
        if len(near) == 1:
            return near.pop()
    return None


def _operating_regulation(doc: DocumentText, header: Item) -> str | None:
    """Number of the decision on the clusters' operation: the document's own, or one it names."""
    title = squeeze(header.get("title") or "").lower()
    if "quy chế" in title and "cụm" in title and header.get("kind") == "decision":
        return header.get("number")
    named = _REGULATION.search(doc.folded)
    return "".join(doc.text[slice(*named.span("number"))].split()) if named else None

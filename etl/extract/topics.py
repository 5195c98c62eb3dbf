"""Topics that a document treats (data/reference/topics.csv), each with the passage that shows it.

A topic is treated where a task or a sentence of the content is about it. The opening with its
legal bases, aims and requirements, money, organisation and recipients only mention things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from etl.extract.text import DocumentText, Item

# Topic → words that say it is treated, on the folded text. Lines may break between words.
_PATTERNS: Final[Mapping[str, str]] = {
    "regulation": r"quy che[^.;]{0,80}(?:thong tin doi ngoai|ttdn|cum thong tin)",
    "kl57": r"57\s?- ?kl/tw",
    "d1191": r"1191/qd-ttg",
    "poverty": r"giam ngheo (?:ben vung|ve thong tin)|06/2022/tt-btttt",
    "ethnic": r"(?:chuong trinh|ctmtqg|tieu du an|du an 10)[^.;]{0,90}dong bao dan toc thieu so"
    r"|03/2023/tt-btttt",
    "ethnic_products": r"san pham thong tin[^.;]{0,60}dan toc thieu so",
    "ethnic_training": r"(?:boi duong|tap huan)[^.;]{0,90}(?:khu vuc|vung) bien gioi",
    "ethnic_promotion": r"long ghep[^.;]{0,120}(?:cac tinh|khu vuc) bien gioi",
    "cluster_proposals": r"(?:de xuat|thiet lap|dau tu|xay dung)[^.;]{0,40}cum (?:thong tin|ttdt)",
    "human_rights": r"quyen con nguoi|nhan quyen|1079/qd-ttg",
    "vietnam_vn": r"vietnam\.vn",
    "p5115": r"5115/ctr|chuong trinh phoi hop (?:so )?(?:5115|613)|\b613\b[^.;]{0,60}bien phong",
    "sea": r"(?:tuyen truyen|thong tin|truyen thong)[^.;]{0,60}\bbien,? (?:va )?(?:hai )?dao\b"
    r"|chu quyen[^.;]{0,30}\bbien\b[^.;]{0,10}\bdao\b|hoang sa[^.;]{0,12}truong sa"
    r"|truong sa[^.;]{0,12}hoang sa|\biuu\b",
    "china": r"viet nam ?- ?trung quoc|bien gioi[^.;]{0,40}trung quoc",
    "laos": r"viet nam ?- ?lao\b|bien gioi[^.;]{0,40}(?:voi|viet -?) ?lao\b",
    "cambodia": r"viet nam ?- ?cam-?pu-?chia|bien gioi[^.;]{0,40}cam-?pu-?chia",
    "scheme_laos": r"252/qd-ttg",
    "scheme_cambodia": r"\b30/qd-ttg|de an[^.;]{0,60}thong tin doi ngoai voi cam-?pu-?chia",
    "press": r"du luan bao chi|phan bac|du bao[^.;]{0,40}(?:du luan|tinh hinh)",
    "images": r"(?:co so|he thong|kho)?\s?du lieu[^.;]{0,40}(?:quang ba|hinh anh|anh)",
    "staff": r"(?:bo tri|phan cong|kien toan|cu)[^.;]{0,40}(?:can bo|cong chuc|nhan su|dau moi)"
    r"|(?:can bo|cong chuc)[^.;]{0,30}(?:phu trach|chuyen trach|lam dau moi)",
    "training": r"tap huan|boi duong|dao tao[^.;]{0,40}(?:nghiep vu|ky nang)",
    "internet": r"mang xa hoi|\binternet\b|moi truong mang|nen tang so",
    "clusters": r"cum (?:thong tin|ttdn|ttdt|pano)|273/qd-ttg",
    "integration": r"hoi nhap (?:kinh te )?quoc te|26/ct-ttg|1117/qd-ttg",
    "languages": r"tieng (?:cac )?(?:dan toc|khmer|h?mong|thai|cham|tay|nung|dao|e de|gia rai|jrai)"
    r"|ngon ngu (?:cac )?dan toc|song ngu",
    "exhibitions": r"trien lam|trung bay|(?:hop tac|phoi hop)[^.;]{0,30} san xuat"
    r"|san xuat[^.;]{0,20} phim",
    "promotion": r"xuc tien|quang ba|gioi thieu[^.;]{0,40}(?:tiem nang|hinh anh|the manh)",
    "emulation": r"(?:phong trao )?thi dua[^.;]{0,40}(?:thong tin doi ngoai|chuyen de|khen thuong)",
    "sea_01": r"vi tri,? vai tro[^.;]{0,30}bien",
    "sea_02": r"unclos|quyen va loi ich hop phap[^.;]{0,60}bien",
    "sea_03": r"bang chung lich su|co so phap ly[^.;]{0,60}(?:hoang sa|truong sa)",
    "sea_04": r"hiep dinh phan dinh|van ban phap luat ve bien",
    "sea_05": r"van hoa bien",
    "sea_06": r"\biuu\b|danh bat bat hop phap",
    "sea_07": r"nghien cuu khoa hoc[^.;]{0,60}bien",
    "sea_08": r"vung bien hoa binh",
    "sea_09": r"kinh nghiem quoc te[^.;]{0,60}bien",
    "sea_10": r"mo hinh[^.;]{0,120}vung bien",
    "sea_11": r"ket qua dau tranh,? bao ve[^.;]{0,40}chu quyen",
    "sea_12": r"san sang chien dau[^.;]{0,120}bien",
}
ROUTES: Final[Mapping[str, str]] = {
    "sea": "sea", "china": "china", "laos": "laos", "cambodia": "cambodia",
    "scheme_laos": "laos", "scheme_cambodia": "cambodia",
    **{f"sea_{number:02d}": "sea" for number in range(1, 13)},
}  # fmt: skip
# A blank of a pattern is any run of blanks and line breaks.
_COMPILED: Final = {
    topic: re.compile(pattern.replace(" ", r"\s+").replace(r"\s+?", r"\s?"))
    for topic, pattern in _PATTERNS.items()
}  # fmt: skip
_OTHER_PARTS: Final = re.compile(
    r"muc\s+dich|yeu\s+cau|muc\s+tieu|quan\s+diem|kinh\s+phi|to\s+chuc\s+thuc\s+hien"
    r"|trach\s+nhiem|phan\s+cong|can\s+cu|che\s+do\s+bao\s+cao"
)
_SENTENCE_END: Final = re.compile(r"[.;:](?=\s)|\n")
_CLOSING: Final = re.compile(r"\n\W*noi\s+nhan\b")
_TREATING_KINDS: Final = (
    "official_letter", "plan", "department_plan", "programme", "guideline", "directive", "report",
    "decision", "conclusion", "resolution", "other", "circular",
)  # fmt: skip


def find_topics(doc: DocumentText, header: Item) -> list[Item]:
    """`topics`: one item per topic with the first passage that treats it."""
    if header.get("kind") not in _TREATING_KINDS:
        return []
    found: dict[str, Item] = {}
    for start, end in content_spans(doc):
        for topic, pattern in _COMPILED.items():
            if topic in found:
                continue
            if match := pattern.search(doc.folded, start, end):
                first, last = _sentence(doc.folded, match.start(), match.end(), start, end)
                found[topic] = doc.item(first, last, topic=topic, border_route=ROUTES.get(topic))
    return sorted(found.values(), key=lambda item: int(item["evidence"]["start"]))


def content_spans(doc: DocumentText) -> Iterator[tuple[int, int]]:
    """The parts of the text that say what is to be done, or was done."""
    closing = _CLOSING.search(doc.folded)
    limit = closing.start() if closing else len(doc.text)
    sections = [s for s in doc.sections if s.start < limit]
    if not sections:
        yield 0, limit
        return
    top = min(s.level for s in sections)
    for section in sections:
        if section.level != top:
            continue
        title = doc.folded[section.title_start : min(section.title_end, section.title_start + 90)]
        if not _OTHER_PARTS.search(title):
            yield section.start, min(section.end, limit)


def _sentence(folded: str, start: int, end: int, lowest: int, highest: int) -> tuple[int, int]:
    """The sentence around a place, at most 160 code points before and 200 behind it."""
    ends = [m.end() for m in _SENTENCE_END.finditer(folded, max(lowest, start - 160), start)]
    first = ends[-1] if ends else max(lowest, start - 160)
    last = _SENTENCE_END.search(folded, end, min(highest, end + 200))
    return first, last.start() if last else min(highest, end + 200)

"""The kind a document calls itself, its title, and the year it plans for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.extract.header_numbers import Head, Span
from etl.extract.text import DocumentText, fold_text, squeeze

# Kind words of Decree 30/2020/NĐ-CP and of the party; what is no kind of the result is "other".
_KIND_WORDS = {
    "thong tu lien tich": "circular", "nghi quyet lien tich": "resolution",
    "chuong trinh hanh dong": "programme", "chuong trinh phoi hop": "programme",
    "ke hoach phoi hop": "plan", "ke hoach": "plan", "quyet dinh": "decision",
    "bao cao": "report", "chi thi": "directive", "thong tu": "circular", "nghi dinh": "decree",
    "ket luan": "conclusion", "nghi quyet": "resolution", "chuong trinh": "programme",
    "huong dan": "guideline", "thong bao": "other", "to trinh": "other", "quy che": "other",
    "quy dinh": "other", "cong dien": "other", "de an": "other", "phuong an": "other",
    "bien ban": "other", "giay moi": "other", "thong tri": "other", "luat": "other",
}  # fmt: skip
# A regulation is issued by a decision and known by its number.
ATTACHED_REGULATIONS = frozenset({"quy che", "quy dinh"})


def _spaced(words: str) -> str:
    """Letters may be set apart: "K Ế  H O Ạ C H"."""
    return r"\s+".join("[ ]?".join(word) for word in words.split())


_KIND = re.compile(
    r"(?:^|\n|[ ]{2}|\|)[ *#_|>\ufeff]*+(?P<kind>"
    + "|".join(_spaced(words) for words in _KIND_WORDS)
    + r")(?![a-z])(?!\s+va\s+dau\s+tu)(?P<rest>[^\n|]*)"
)
_SUBJECT = re.compile(
    r"(?:^|[\n |*(])(?:v\s?/\s?v\b|ve\s+viec\b)[ :.]*"
)  # fmt: skip
# Lines that a title never has.
_NO_TITLE = re.compile(
    r"[ *#_>|]*(?:$|[-_=*\u2014\u2500.\u2026~ ]{3,}$|can cu\b|kinh gui\b"
    r"|\(?(?:ban hanh )?kem theo\b"
    r"|xet de nghi\b|noi nhan\b|[ivx]{1,4}[.)/]"
    r"|[0-9]{1,2}[.)/] "
    r"|-{1,3}$|\*+$|uy ban nhan dan\b|ubnd\b|hoi dong nhan dan\b|chu tich\b|thu tuong\b"
    r"|bo truong\b|giam doc so\b|chinh phu$|trang \d)"
)
# A first line may say so too: "KẾ HOẠCH / Thực hiện Kết luận số 57-KL/TW".
_BODY_LINE = re.compile(r"[ *#_>|]*thuc hien (?:[a-z ]{3,30} )?so [0-9]")
_LONGEST_TITLE = 700
_LONGEST_LINE = 400

_YEAR = re.compile(r"\bnam\s*((?:19|20)\d\d)(?!\s*[-\u2013]\s*(?:nam\s*)?\d{4})(?!\s*den\b)(?!\d)")
_RANGE_BEFORE = re.compile(r"(?:den|tu|toi|truoc|sau|ky niem|ngay|thang \d{1,2})\s*$")
_GUIDED = re.compile(
    r"(?:xay\s+dung|lap)\s+(?:va\s+trien\s+khai\s+)?ke\s+hoach\b[^.;]{0,120}?\bnam\s+(20\d\d)"
)
_PLANNED = re.compile(
    r"(?:ban\s+hanh|xay\s+dung)\s+ke\s+hoach\b[^.;]{0,160}?\bnam\s+(20\d\d)[^.;\n]{0,60}?"
    r"(?:nhu\s+sau|cu\s+the|noi\s+dung)"
)
_GUIDES = re.compile(r"\b(?:huong dan|xay dung|dinh huong|lap)\b")

_CARRIES_OUT = re.compile(r"\btrien khai (?:thuc hien )?(?:cac )?(?:cong tac|nhiem vu|hoat dong)\b")
_STATED = re.compile(
    r"\b(?:uy\s+ban\s+nhan\s+dan|ubnd|so)\s[^.;\n]{0,80}?\b(?:ban\s+hanh|xay\s+dung)\s+"
    r"(?P<kind>ke\s+hoach)\b[^.;\n]{0,200}?(?:nhu\s+sau|cu\s+the|noi\s+dung)"
)
_OPENING = 3000


@dataclass(frozen=True)
class Heading:
    """`kind` and `word` are None for letters, which print no kind."""

    kind: str | None
    word: str | None
    word_span: Span | None
    title: str | None
    title_span: Span | None


def find_heading(doc: DocumentText, head: Head) -> Heading:
    """Kind word and the title under it, else the "V/v" line of a letter."""
    for match in _KIND.finditer(head.folded):
        start, end = match.span("kind")
        rest = match["rest"].strip(" *#_:.|")
        if not (head.text[start:end].isupper() or (not rest and head.text[start].isupper())):
            continue
        if rest and head.folded[start:end].count(" ") == 0:
            continue
        word = next(
            w for w in _KIND_WORDS if w.replace(" ", "") == re.sub(r"\s", "", match["kind"])
        )
        title, span = _title(doc, head, end)
        return Heading(_KIND_WORDS[word], word, (head.start + start, head.start + end), title, span)
    for match in _SUBJECT.finditer(head.folded):
        start = match.start() + (match[0][0] in "\n |*(")
        line = head.text[head.text.rfind("\n", 0, start) + 1 : start]
        if (
            line.strip(" *#_|(\t")
            and "  " not in line[-3:]
            and not match[0].lstrip().startswith("v")
        ):
            continue
        if head.text[start] not in "Vv":
            continue
        title, span = _title(doc, head, start)
        return Heading(None, None, None, title, span)
    return Heading(None, None, None, None, None)


def _title(doc: DocumentText, head: Head, position: int) -> tuple[str | None, Span | None]:
    """The lines from a position on, up to a separator, the body, or a blank line that ends them."""
    # The head ends where the body begins, but its last lines may be cut by a wrong section.
    lines: list[tuple[int, int]] = []
    blank_before = False
    start = position
    while start < len(head.text) and start - position < _LONGEST_TITLE:
        end = head.text.find("\n", start)
        end = len(head.text) if end < 0 else end
        shown = head.text[start:end].strip(" *#_:>|\t\xa0")
        was_blank = not doc.text[head.start + start : head.start + end].strip(" *#_:>|\t\xa0")
        folded = head.folded[start:end]
        if not shown:
            if was_blank and lines:
                blank_before = True
        elif (lines and _BODY_LINE.match(folded)) or (
            len(shown) > _LONGEST_LINE
            or (_NO_TITLE.match(folded) and start != position)
            or (
                lines
                and blank_before
                and not _continues(head.text[lines[-1][0] : lines[-1][1]], shown)
            )
        ):
            break
        else:
            lines.append((start, end))
            blank_before = False
        start = end + 1
    if not lines:
        return None, None
    text = " ".join(head.text[a:b] for a, b in lines)
    title = squeeze(re.sub(r"[*#|>]+", " ", text)).strip(" :_.-")
    if not any(c.isalpha() for c in title):
        return None, None
    first, last = lines[0][0], lines[-1][1]
    first += len(head.text[first:last]) - len(head.text[first:last].lstrip(" *#_:.>|\t\xa0"))
    last = first + len(head.text[first:last].rstrip(" *#_:|\t\xa0"))
    return title, (head.start + first, head.start + last)


def _continues(line: str, following: str) -> bool:
    return following[0].islower() and line.rstrip()[-1:] not in ".;:"


def stated_plan(doc: DocumentText) -> Heading | None:
    """A plan whose head is cut off but that says "UBND tỉnh ban hành Kế hoạch … như sau"."""
    match = _STATED.search(doc.folded, 0, _OPENING)
    if match is None:
        return None
    first = re.compile(r"\s*(?P<line>[^\n]{10,250}?)[ ]*\n\s*\n").match(doc.text)
    if first is None or first.end() > match.start() or not first["line"][0].isupper():
        return Heading("plan", None, match.span("kind"), None, None)
    line, folded = first["line"], fold_text(first["line"])
    if line[-1] in ".;:," or _NO_TITLE.match(folded) or _BODY_LINE.match(folded):
        return Heading("plan", None, match.span("kind"), None, None)
    return Heading("plan", None, match.span("kind"), squeeze(line), first.span("line"))


def plan_year(
    doc: DocumentText, kind: str | None, title: str | None, head: Head, is_ministry: bool
) -> tuple[int, Span] | None:
    """(year, place) that a plan is for, or a guidance letter guides; a period is no year.

    A ministry's letter on "triển khai công tác … năm 2026" guides that year, a province's does not.
    """
    folded = fold_text(title or "")
    if kind in ("plan", "department_plan", "programme"):
        return _title_year(folded) or _body_year(doc, head, _PLANNED)
    if kind == "decision":
        return _title_year(folded) if "ke hoach" in folded else None
    if kind == "guideline":
        return _title_year(folded)
    if kind in ("official_letter", "directive"):
        if _GUIDES.search(folded) or (is_ministry and _CARRIES_OUT.search(folded)):
            return _title_year(folded) or _body_year(doc, head, _GUIDED)
    return None


def _title_year(folded: str) -> tuple[int, Span] | None:
    years = {
        int(m[1]): m.span(1)
        for m in _YEAR.finditer(folded)
        if not _RANGE_BEFORE.search(folded, 0, m.start())
        and folded[max(0, m.start() - 10) : m.start()].find("doan") < 0
    }
    return next(iter(years.items())) if len(years) == 1 else None


def _body_year(doc: DocumentText, head: Head, pattern: re.Pattern[str]) -> tuple[int, Span] | None:
    """The year in the first paragraphs, where the title names none."""
    opening = doc.folded[head.end : head.end + 3000]
    years = {int(m[1]): (m.start(1), m.end(1)) for m in pattern.finditer(opening)}
    if len(years) != 1:
        return None
    year, (start, end) = next(iter(years.items()))
    return year, (head.end + start, head.end + end)

"""Provincial documents the dashboard tracks: the document itself or one that it names.

Regulations on managing foreign information (Decree 72/2015/NĐ-CP, Circular 22/2016/TT-BTTTT),
plans on human rights (Decision 1079/QĐ-TTg), annual plans, joint programmes with the border guard
(programme 5115 of 2021, 613 of 2011).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from etl.extract.citation_numbers import number_key
from etl.extract.named_documents_clauses import (
    FOREIGN_INFORMATION,
    NamedNumber,
    is_province_document,
    named_item,
    named_numbers,
    once,
    own_item,
    own_title,
)  # fmt: skip
from etl.extract.named_documents_regulations import regulations_in
from etl.extract.text import DocumentText, Item

Citations = Sequence[Mapping[str, Any]]
Numbers = Sequence[NamedNumber] | None

_HUMAN_RIGHTS = re.compile(
    r"truyen\s+thong[^;.()]{0,25}quyen\s+con\s+nguoi|quyet\s+dinh\s+(?:so\s+)?1079/qd"
)
# "… thực hiện Đề án giai đoạn 2023 - 2028": the scheme that was named before.
_OF_SCHEME = re.compile(
    r"(?:[\s,]|(?:ve|viec|cua|ubnd|uy\s+ban\s+nhan\s+dan|tinh|thanh\s+pho|trien\s+khai)\s"
    r"|\w+\s){0,8}?"
    r"thuc\s+hien\s+de\s+an(?:\s+(?:nay|tren|nay\s+tren))?\s*(?:giai\s+doan|tren\s+dia\s+ban"
    r"|den\s+nam|[;,.])"
)
_PASSAGE: Final = 600
_SUBJECTS = re.compile(
    rf"{_HUMAN_RIGHTS.pattern}|quan\s+ly[^;.()]{{0,40}}\b{FOREIGN_INFORMATION}"
    rf"|ke\s+hoach[^;.()]{{0,30}}\b{FOREIGN_INFORMATION}"
)
_ANNUAL = re.compile(
    rf"\b{FOREIGN_INFORMATION}[^;.]{{0,110}}?(?<!den\s)nam\s+(?P<year>20[0-9]{{2}})(?!\s?[-,]\s?20[0-9])"
)
_ABOUT = re.compile(rf"\b{FOREIGN_INFORMATION}")
_ANNUAL_YEAR = re.compile(r"(?<!den\s)nam\s+(?P<year>20[0-9]{2})(?!\s?[-,]\s?20[0-9])")
# "Ủy ban nhân dân tỉnh ban hành Kế hoạch công tác thông tin đối ngoại năm …" at the opening.
_OPENING: Final = 3000
_ISSUES = re.compile(
    rf"ban\s{{1,3}}hanh\s{{1,3}}ke\s{{1,3}}hoach[^;.]{{0,40}}?\b{FOREIGN_INFORMATION}"
    r"[^;.]{0,80}?(?<!den\s)nam\s+(?P<year>20[0-9]{2})(?!\s?[-,]\s?20[0-9])"
)
_NOT_ANNUAL = re.compile(
    r"giai\s+doan|den\s+nam|ket\s+luan|nghi\s+quyet|quyen\s+con\s+nguoi|\bcum\b|dan\s+toc|du\s+an"
    r"|phoi\s+hop\s+tuyen|bien\s+phong|chuong\s+trinh\s+(?:muc|phoi)|bao\s+cao|tong\s+ket|quy\s+che"
)
_JOINT_SUBJECT = re.compile(
    r"[\s,)\"]{0,4}(?:(?:ve|viec|v/v|trien\s+khai|thuc\s+hien|to\s+chuc|tiep\s+tuc|ban\s+hanh"
    r"|ke\s+hoach)"
    r"\s+){0,7}(?:chuong\s+trinh\s+|ke\s+hoach\s+)?phoi\s+hop\b"
)
_GUARD = re.compile(r"bien\s+phong|bdbp|\b5115\b|\b613\b")
# A plan that carries out the province's own programme is not a second programme.
_CARRIES_OUT = re.compile(r"thuc\s+hien\s+(?:chuong\s+trinh|ke\s+hoach)\s+phoi\s+hop")
_NATIONAL = re.compile(r"\b5115\b|\b613\b|bo\s+tu\s+lenh|btlbdbp")
_PERIOD = re.compile(
    r"(?P<start>20[0-9]{2})\s*(?:-|den(?:\s+(?:het\s+)?nam)?)\s*(?P<end>20[0-9]{2})"
)
_UNTIL = re.compile(r"den\s+(?:het\s+)?nam\s+(20[0-9]{2})")
_YEAR = re.compile(r"\bnam\s+(20[0-9]{2})")


def find_named_documents(
    doc: DocumentText, header: Mapping[str, Any], citations: Citations
) -> dict[str, list[Item]]:
    """All four lists by their key in the result; the numbers of the text are read once."""
    numbers = tuple(named_numbers(doc, header))
    return {
        "regulations": find_regulations(doc, header, citations, numbers),
        "human_rights_plans": find_human_rights_plans(doc, header, citations, numbers),
        "annual_plans": find_annual_plans(doc, header, citations, numbers),
        "joint_programmes": find_joint_programmes(doc, header, citations, numbers),
    }


def _named(doc: DocumentText, header: Mapping[str, Any], numbers: Numbers) -> Sequence[NamedNumber]:
    """The numbers already read, or read now."""
    return tuple(named_numbers(doc, header)) if numbers is None else numbers


def find_regulations(
    doc: DocumentText, header: Mapping[str, Any], citations: Citations, numbers: Numbers = None
) -> list[Item]:
    """Regulations on managing foreign information, and general ones on foreign affairs."""
    return regulations_in(doc, header, citations, _named(doc, header, numbers))


def find_human_rights_plans(
    doc: DocumentText, header: Mapping[str, Any], citations: Citations, numbers: Numbers = None
) -> list[Item]:
    """Plans that carry out the scheme of Decision 1079/QĐ-TTg in a province; years as printed."""
    items = []
    title = own_title(doc, header)
    if header.get("kind") in {"plan", "decision"} and is_province_document(header):
        if _HUMAN_RIGHTS.search(title):
            items.append(own_item(doc, header, _HUMAN_RIGHTS, **_period(title)))
    for named in _named(doc, header, numbers):
        if named.kind not in {"plan", "decision"} or not named.has("ubnd"):
            continue
        if found := _HUMAN_RIGHTS.search(named.behind):
            start, period = named.start, _period(named.behind)
            end = named.tail_end + _end_of_period(named.behind, found.end())
        elif found := _HUMAN_RIGHTS.search(named.before):
            start, end = named.before_start + found.start(), named.tail_end
            period = _period(named.before[found.start() :] + named.behind)
        elif (above := _scheme_above(doc, named)) is not None:
            start, period = max(above, named.tail_end - 300), _period(named.behind)
            end = named.tail_end + _end_of_period(named.behind, 0)
        elif _is_listed(doc, named):
            start, end, period = named.start, named.tail_end, _period("")
        else:
            continue
        items.append(named_item(doc, named, start, end, **period))
    return once(items)


def _scheme_above(doc: DocumentText, named: NamedNumber) -> int | None:
    """Where the scheme on human rights was named just before a plan "thực hiện Đề án"."""
    if not _OF_SCHEME.match(named.behind):
        return None
    low = max(0, named.start - _PASSAGE)
    passage = doc.folded[low : named.start]
    found = [m for m in _SUBJECTS.finditer(passage) if "\n\n" not in passage[m.end() :]]
    if not found or not _HUMAN_RIGHTS.search(found[-1][0]):
        return None
    return low + found[-1].start()


def _is_listed(doc: DocumentText, named: NamedNumber) -> bool:
    """A province's plan in brackets behind its name, where the passage is about these plans."""
    if doc.folded[named.start - 1 : named.start] != "(" or not named.behind.lstrip().startswith(
        ")"
    ):
        return False
    passage = doc.folded[max(0, named.start - _PASSAGE) : named.start]
    subjects = list(_SUBJECTS.finditer(passage))
    return bool(subjects) and bool(_HUMAN_RIGHTS.search(subjects[-1][0]))


def _period(folded: str) -> dict[str, int | None]:
    """First and last year printed: "giai đoạn 2023 - 2028", "đến năm 2028", "năm 2024"."""
    if found := _PERIOD.search(folded):
        return {"period_start": int(found["start"]), "period_end": int(found["end"])}
    if found := _UNTIL.search(folded):
        return {"period_start": None, "period_end": int(found[1])}
    found = _YEAR.search(folded)
    year = int(found[1]) if found else None
    return {"period_start": year, "period_end": year}


def _end_of_period(folded: str, end: int) -> int:
    """Where the years of a clause end, so that the passage shows them."""
    for pattern in (_PERIOD, _UNTIL, _YEAR):
        if found := pattern.search(folded):
            return max(end, found.end())
    return end


def find_annual_plans(
    doc: DocumentText, header: Mapping[str, Any], citations: Citations, numbers: Numbers = None
) -> list[Item]:
    """Plans of a province's people's committee for the foreign information of one year."""
    items = []
    if own := _own_annual(doc, header):
        items.append(own)
    for named in _named(doc, header, numbers):
        if named.kind not in {"plan", "decision"} or not named.has("ubnd"):
            continue
        if (found := _ANNUAL.search(named.behind)) and not _NOT_ANNUAL.search(
            named.behind[: found.end()]
        ):
            start, end = named.start, named.tail_end + found.end()
        elif (found := _ANNUAL.search(named.before)) and not _NOT_ANNUAL.search(named.before):
            start, end = named.before_start + found.start(), named.tail_end
        else:
            continue
        items.append(named_item(doc, named, start, end, plan_year=int(found["year"])))
    return once(items)


def _own_annual(doc: DocumentText, header: Mapping[str, Any]) -> Item | None:
    """The document itself: by its title, or by its opening where the head is cut off."""
    title = own_title(doc, header)
    own_key = number_key(str(header.get("number") or ""))
    # A province's steering committee (party and government) issues such plans too.
    is_committee = "/bcd" in own_key and header.get("province_code_gso") is not None
    if not (is_province_document(header) or is_committee):
        return None
    if header.get("kind") in {"plan", "decision"} and title:
        about = _ABOUT.search(title)
        year = _ANNUAL_YEAR.search(title, about.end()) if about else None
        if about is None or _NOT_ANNUAL.search(title):
            return None
        plan_year = header.get("plan_year") or (int(year["year"]) if year else None)
        return own_item(doc, header, _ANNUAL, plan_year=plan_year) if plan_year else None
    if title or header.get("kind") not in {None, "plan", "other"}:
        return None
    said = _ISSUES.search(doc.folded, 0, _OPENING)
    if said is None or _NOT_ANNUAL.search(said[0]):
        return None
    return own_item(doc, header, _ISSUES, plan_year=int(said["year"]))


def find_joint_programmes(
    doc: DocumentText, header: Mapping[str, Any], citations: Citations, numbers: Numbers = None
) -> list[Item]:
    """A province's own programmes and plans with its border guard under programme 5115 or 613."""
    items = []
    title = own_title(doc, header)
    own_key = number_key(str(header.get("number") or ""))
    is_local = header.get("province_code_gso") is not None
    signed_by_guard = "bdbp" in own_key and "btlbdbp" not in own_key
    if is_local and header.get("kind") in {"programme", "plan", "department_plan", "decision"}:
        joint = re.search(r"phoi\s+hop", title)
        is_joint = joint and _is_joint(title) and (_GUARD.search(title) or signed_by_guard)
        if is_joint or (header["kind"] == "programme" and signed_by_guard):
            items.append(own_item(doc, header, _GUARD, **_period(title)))
    for named in _named(doc, header, numbers):
        subject = _JOINT_SUBJECT.match(named.behind)
        guard = None
        if subject and _is_joint(named.behind):
            guard = _GUARD.search(named.behind, subject.end())
        if named.kind in {"plan", "programme", "department_plan"} and (guard or _by_guard(named)):
            end = named.tail_end + _end_of_period(named.behind, guard.end() if guard else 0)
            items.append(named_item(doc, named, named.start, end, **_period(named.behind)))
    return once(items)


def _is_joint(folded: str) -> bool:
    """Whether a title is not that of a plan for a programme that the province has already."""
    return not _CARRIES_OUT.search(folded) or bool(_NATIONAL.search(folded))


def _by_guard(named: NamedNumber) -> bool:
    """Whether the province's border-guard command signed with a department: CTrPH-STTTT-BCHBĐBP."""
    return any(named.has(part) for part in ("bdbp", "bch")) and any(
        named.has(part) for part in ("s", "ubnd")
    )

"""Regulations on managing foreign information that a document issues or names.

A decision of a province's people's committee issues one under Decree 72/2015/NĐ-CP and Circular
22/2016/TT-BTTTT (before: Decision 79/2010/QĐ-TTg); a regulation on foreign affairs in general is
another thing and is told apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from domain.documents import parse_date
from etl.extract.citation_numbers import date_at, number_key
from etl.extract.named_documents_clauses import (
    FOREIGN_INFORMATION,
    NamedNumber,
    named_item,
    once,
    own_item,
    own_title,
)
from etl.extract.text import DocumentText, Item

Citations = Sequence[Mapping[str, Any]]

_REGULATION = re.compile(
    rf"(?:quy\s+che|quy\s+dinh)[^;.()]{{0,40}}?quan\s+ly[^;.()]{{0,50}}?\b{FOREIGN_INFORMATION}"
)
_GENERAL = re.compile(
    r"(?:quy\s+che|quy\s+dinh)[^;.()]{0,40}?quan\s+ly[^;.()]{0,30}?hoat\s+dong\s+doi\s+ngoai"
)
_NOT_REGULATION = re.compile(r"\bcum\b|van\s+hanh|phat\s+ngon|trang\s+thong|cong\s+thong")
_CHANGES = re.compile(r"sua\s+doi|bo\s+sung|bai\s+bo")
_EFFECTIVE = re.compile(
    r"(?:quyet\s+dinh|quy\s+che|quy\s+dinh)\s+(?:nay\s+)?co\s+hieu\s+luc[a-z\s,]{0,25}?"
    r"(?:(?:ke\s+)?tu\s{0,3}(?:ngay\s{0,3})?(?P<day>(?=[0-9]|ky|ban))"
    r"|sau\s+(?P<count>[0-9]{1,2})\s*(?:\([a-z\s]{1,20}\)\s*)?ngay[\s,]+(?:ke\s+)?tu\s+ngay\s+"
    r"(?:ky|ban))"
)
_SAID_BASE = re.compile(
    r"(?:can\s+cu|tren\s+co\s+so|theo)\s+(?:theo\s+)?(?:quyet\s+dinh|nghi\s+dinh)\s+(?:so\s+)?"
    r"(72|79)/20"
)
_BASES: Final = {"72": "decree72", "79": "decision79_2010"}
_REPLACES = re.compile(r"thay\s+the\s+(?:cho\s+)?(?:quyet\s+dinh\s+)?(?:so\s+)?$")


def regulations_in(
    doc: DocumentText,
    header: Mapping[str, Any],
    citations: Citations,
    listed: Sequence[NamedNumber],
) -> list[Item]:
    """Regulations on managing foreign information, and general ones on foreign affairs."""
    items: list[Item] = []
    title = own_title(doc, header)
    own = _regulation_in(title)
    is_decision = header.get("kind") == "decision" and header.get("province_code_gso")
    if own and is_decision and not _CHANGES.search(title[: own.start()]):
        base = "foreign_affairs_general" if own.re is _GENERAL else _legal_base(citations)
        replaced = [
            c["number"]
            for c in citations
            if c["relation"] == "replaces" and c["kind"] == "decision"
        ]
        items.append(
            own_item(doc, header, own.re, effective_date=_effective(doc, header), legal_base=base,
                     replaces=replaced or None)
        )  # fmt: skip
    replaced_by_own = (items[0]["replaces"] or ()) if items else ()
    for index, named in enumerate(listed):
        # What the document itself replaces is said by its own item.
        if named.kind != "decision" or not named.has("ubnd") or named.number in replaced_by_own:
            continue
        found = _regulation_in(named.behind)
        if found and not _CHANGES.search(named.behind[: found.start()]):
            start, end = named.start, named.tail_end + found.end()
        elif behind := _regulation_in(named.before):
            found, start, end = behind, named.before_start + behind.start(), named.tail_end
        else:
            continue
        said = _SAID_BASE.search(named.behind)
        base = "foreign_affairs_general" if found.re is _GENERAL else "unknown"
        if base == "unknown" and said:
            base = _BASES[said[1]]
        replaced = [
            other.number for other in listed[index + 1 :]
            if other.start < named.clause_end
            and _REPLACES.search(doc.folded, named.tail_end, other.start)
        ]  # fmt: skip
        items.append(
            named_item(doc, named, start, end, effective_date=None, legal_base=base,
                       replaces=replaced or None)
        )  # fmt: skip
    return once(items)


def _regulation_in(folded: str) -> re.Match[str] | None:
    found = _REGULATION.search(folded) or _GENERAL.search(folded)
    return found if found and not _NOT_REGULATION.search(found[0]) else None


def _legal_base(citations: Citations) -> str:
    """By the national acts that it rests on; of an old and a new base the newer counts."""
    keys = {
        (number_key(c["number"]), c["issued_date"])
        for c in citations
        if c["relation"] in {"basis", "carries_out", "guided_by"}
    }
    numbers = {key for key, _ in keys}
    if "22/2016/tt-btttt" in numbers:
        return "decree72_circular22"
    if "72/2015/nd-cp" in numbers or ("72/nd-cp", "2015-09-07") in keys:
        return "decree72"
    return "decision79_2010" if "79/2010/qd-ttg" in numbers else "unknown"


def _effective(doc: DocumentText, header: Mapping[str, Any]) -> str | None:
    """ "… có hiệu lực từ ngày …": printed, the day of signing, or some days after it."""
    found = _EFFECTIVE.search(doc.folded)
    if found is None:
        return None
    if found["day"] is not None and (date := date_at(doc.folded, found.end())):
        return date.day.isoformat() if date.day else None
    if not header.get("issued_date") or (
        found["day"] is not None and doc.folded[found.end()].isdigit()
    ):
        return None
    signed = parse_date(str(header["issued_date"]))
    return (signed + dt.timedelta(days=int(found["count"] or 0))).isoformat()

"""The `document` object: what the head, the title and the signature of a document say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from domain.provinces import Province, ProvinceRegister
from domain.vintages import vintage_at
from etl.extract.header_dates import IssueDate, find_date
from etl.extract.header_numbers import (
    Head,
    PrintedNumber,
    Span,
    find_head,
    find_number,
    kind_of_symbol,
)
from etl.extract.header_titles import (
    ATTACHED_REGULATIONS,
    Heading,
    find_heading,
    plan_year,
    stated_plan,
)
from etl.extract.issuer_fallbacks import (
    attached_issuer,
    body_issuer,
    furniture_issuer,
    printed_name,
    province_of_text,
    signature_issuer,
    symbol_issuer,
    with_province,
)
from etl.extract.issuers import Issuer, head_issuer, province_at
from etl.extract.office_names import STEERING_COMMITTEE
from etl.extract.signers import find_signer
from etl.extract.text import DocumentText, Item

_LOCAL = ("province", "department", "district")
# Huế is run by the centre since then (Resolution 175/2024/QH15), before its province was 46.
_HUE_IS_CITY = dt.date(2025, 1, 1)
# Where the text names its own province, if head and title do not.
_OPENING = 3000


def parse_header(doc: DocumentText, register: ProvinceRegister) -> Item:
    """The `document` object with `evidence`, and two internal keys.

    `places`: {field: [start, end]} for highlighting; `warnings`: what is printed but cannot be.
    """
    head = find_head(doc)
    number = find_number(doc, head)
    if number and number.source == "printed":
        head = head.without(number.span)
    attached_after = number.span[1] if number and number.source == "attached" else None
    issued = find_date(doc, head, attached_after)
    if issued:
        first = issued.place_span[0] if issued.place_span else issued.span[0]
        head = head.without((first, issued.span[1]))
    heading = find_heading(doc, head)
    kind = _kind(doc, head, number, heading)
    if kind is None and (stated := stated_plan(doc)):
        heading, kind = stated, stated.kind
    told = symbol_issuer(number)
    is_ministry = told is not None and told.level == "ministry"
    year = plan_year(doc, kind, heading.title, head, is_ministry)
    day = issued.day if issued else None
    counted = day or (dt.date(year[0], 1, 1) if year else None)
    vintage = vintage_at(counted).key if counted else 2008
    hue = counted is not None and counted >= _HUE_IS_CITY
    issuer, province_span = _issuer(doc, head, number, issued, heading, register, vintage, hue)
    if kind == "plan" and issuer.level == "department":
        kind = "department_plan"
    signer = find_signer(doc)
    is_local = issuer.level in (*_LOCAL, "party")
    places: dict[str, Span | None] = {
        "kind": heading.word_span,
        "number": number.span if number and number.number else None,
        "issued_date": issued.span if issued and issued.day else None,
        "issuing_body": issuer.span if issuer.name else None,
        "issuer_level": issuer.span if issuer.level else None,
        "province_code_gso": province_span,
        "title": heading.title_span,
        "plan_year": _year_place(heading, year),
        "signer": signer[1] if signer else None,
    }
    return {
        "kind": kind,
        "number": number.number if number else None,
        "issued_date": day.isoformat() if day else None,
        "issuing_body": printed_name(issuer, hue),
        "issuer_level": issuer.level,
        "province_code_gso": issuer.province.code_gso if issuer.province and is_local else None,
        "title": heading.title,
        "plan_year": year[0] if year else None,
        "signer": signer[0] if signer else None,
        "evidence": _evidence(doc, number, places),
        "places": {name: list(span) for name, span in places.items() if span},
        "warnings": _warnings(doc, issued),
    }


def _kind(
    doc: DocumentText, head: Head, number: PrintedNumber | None, heading: Heading
) -> str | None:
    """The printed kind word rules, then the symbol of the number; a salutation makes a letter."""
    told = kind_of_symbol(number.symbol) if number else None
    if heading.word in ATTACHED_REGULATIONS and number and told:
        return told
    if heading.kind:
        return heading.kind
    if told:
        return told
    has_salutation = doc.folded[head.end : head.end + 30].lstrip(" *#_>|\n").startswith("kinh gui")
    return "official_letter" if has_salutation or heading.title else None


def _issuer(
    doc: DocumentText,
    head: Head,
    number: PrintedNumber | None,
    issued: IssueDate | None,
    heading: Heading,
    register: ProvinceRegister,
    vintage: int,
    hue: bool,
) -> tuple[Issuer, Span | None]:
    """The issuing office with its province, and where the province is printed."""
    head_end = head.end
    for span in (heading.word_span, heading.title_span):
        if span and span[0] > head.start + 40:
            head_end = min(head_end, span[0])
    title_end = heading.title_span[1] if heading.title_span else head.start
    printed = head_issuer(doc, head, head_end, register, vintage, hue)
    told = symbol_issuer(number)
    issuer = printed
    if issuer is None or (issuer.name == "Ban Chấp hành Trung ương"):
        if number and number.source == "attached":
            issuer = attached_issuer(doc, number.span[1], register, vintage)
        signed = signature_issuer(doc)
        issuer = (signed if signed and signed.level == "party" else None) or issuer
        issuer = issuer or (told if told and told.name else None)
        issuer = issuer or body_issuer(doc, head, title_end)
        issuer = issuer or signed or furniture_issuer(doc, register, vintage) or told
    issuer = issuer or Issuer(None, None)
    if told and told.name and ", " in told.name and issuer.level == told.level:
        issuer = replace(issuer, name=told.name)  # the number names both of two offices
    if issuer.province is not None:
        return with_province(issuer, None, vintage, hue), issuer.span
    if issuer.level not in (*_LOCAL, "party"):
        return issuer, None
    place = _province(doc, issuer, issued, heading, register, vintage)
    if place is None:
        return issuer, None
    if issuer.level == "party" and not issuer.is_joined and issuer.name != STEERING_COMMITTEE:
        return issuer, None
    return with_province(issuer, place[0], vintage, hue), place[1]


def _province(
    doc: DocumentText,
    issuer: Issuer,
    issued: IssueDate | None,
    heading: Heading,
    register: ProvinceRegister,
    vintage: int,
) -> tuple[Province, Span] | None:
    """Province of a local office: beside the date, in the title, else the only one of the text."""
    if issued and issued.place_span and issuer.level != "district":
        start, end = issued.place_span
        found = province_at(register, vintage, doc.text[:end], start)
        if found and not doc.text[found[1] : end].strip():
            return found[0], (start, end)
    if heading.title_span:
        if named := province_of_text(doc, register, vintage, *heading.title_span):
            return named
    opening = heading.title_span[1] if heading.title_span else 0
    if named := province_of_text(doc, register, vintage, opening, opening + _OPENING):
        return named
    return None


def _year_place(heading: Heading, year: tuple[int, Span] | None) -> Span | None:
    """Years of the title are placed by the title, for its lines may be broken."""
    if year is None:
        return None
    return heading.title_span or year[1]


def _evidence(
    doc: DocumentText, number: PrintedNumber | None, places: dict[str, Span | None]
) -> Item | None:
    if number and number.number:
        return doc.evidence(*number.span)
    for name in ("title", "kind", "issued_date", "issuing_body", "signer"):
        if span := places[name]:
            return doc.evidence(*span)
    return None


def _warnings(doc: DocumentText, issued: IssueDate | None) -> list[dict[str, Any]]:
    if issued is None or not issued.is_impossible:
        return []
    evidence = doc.evidence(*issued.span)
    return [
        {
            "code": "impossible_issue_date",
            "message": f"The date of issue cannot be: {' '.join(evidence['quote'].split())}",
            "evidence": evidence,
        }
    ]

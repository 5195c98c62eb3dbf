"""Typed rows that only templates bring → core rows: tasks of plans, border activities, reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from domain.evidence import stable_id
from etl.core_rows import CoreRows, Documents, Row
from etl.flags import row_flags
from etl.harmonize import TypedRow

Rows = Sequence[TypedRow]


def _bodies(text: str | None) -> list[str]:
    return [body.strip() for body in (text or "").split(";") if body.strip()]


def add_plan_tasks(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.plan_task, each under the one annual plan that it names; others are refused."""
    plans: defaultdict[tuple[object, ...], list[Row]] = defaultdict(list)
    for plan in core["annual_plan"]:
        key = (plan["vintage"], plan["province_code_gso"], plan["plan_year"])
        plans[key].append(documents.by_id[plan["document_id"]])
    for row in rows:
        wanted = {
            "document_number": row["document_number"],
            "issued_date": row["issued_on"],
            "issuing_body": row["issuer"],
        }
        found = [
            document
            for document in plans[row.vintage, row["gso_code"], row["plan_year"]]
            if all(value is None or document[name] == value for name, value in wanted.items())
        ]
        if len(found) != 1:
            column = "document_number" if row["document_number"] else "plan_year"
            expected = "one annual plan of that province, number and year"
            fault = row.reject(column, row[column], expected, "unknown_reference")
            core.refused.append((row, fault))
            continue
        document_id = found[0]["document_id"]
        if not core.claim(row, "ordinal", document_id, row["ordinal"]):
            continue
        core.add(
            "plan_task",
            plan_task_id=stable_id("T", document_id, "entered", row["ordinal"]),
            document_id=document_id,
            ordinal=row["ordinal"],
            title=row["title"],
            lead_bodies=_bodies(row["lead_bodies"]),
            partner_bodies=_bodies(row["partner_bodies"]),
            due_from=row["due_from"],
            due_to=row["due_to"],
            due_printed=row["due_printed"],
            amount_million_vnd=row["amount_million_vnd"],
            funding_source=row["funding_source"],
        )


def add_border_activities(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.border_activity; a row for a route on which the province does not lie is refused."""
    successors = {s["old_province_code_gso"]: s["new_province_code_gso"]
                  for s in core["succession"]}  # fmt: skip
    on_route = set()
    for lies in core["province_border_route"]:
        code = lies["province_code_gso"]
        on_route.add((2008, code, lies["border_route"]))
        on_route.add((2025, successors.get(code), lies["border_route"]))
    for row in rows:
        code, route, kind = row["gso_code"], row["route"], row["activity"]
        if (row.vintage, code, route) not in on_route:
            fault = row.reject("route", route, "a route on which the province lies", "bad_value")
            core.refused.append((row, fault))
            continue
        document_id = None
        if kind != "propaganda" or row["document_number"]:
            otherwise = f"border activity {row['title']} {row['first_on']} {row['source_url']}"
            document_kind = None if kind == "propaganda" else _DOCUMENT_KINDS[kind]
            document = documents.add_provincial(row, otherwise=otherwise, kind=document_kind)
            document_id = document["document_id"]
        activity = (code, route, kind, row["title"], document_id, row["first_on"])
        if not core.claim(row, "title", *activity):
            continue
        core.add(
            "border_activity",
            activity_id=stable_id("A", row.vintage, *activity),
            vintage=row.vintage,
            province_code_gso=code,
            border_route=route,
            activity_kind=kind,
            title=row["title"],
            document_id=document_id,
            first_date=row["first_on"],
            last_date=row["last_on"],
            partner=row["partner"],
            audience_count=row["audience_count"],
            confidence=row["confidence"],
            source_id=row.source_id,
            row_number=row.row,
            source_url=row["source_url"],
            flags=row_flags(row),
        )


_DOCUMENT_KINDS: Final = {"plan": "plan", "joint_programme": "programme"}


def add_result_reports(core: CoreRows, documents: Documents, rows: Rows) -> None:
    """core.result_report; a report without a date of its own counts from the day it came in."""
    for row in rows:
        dated = replace(row, values={**row.values, "reported_on": row["received_on"]})
        otherwise = f"result report {row['report_year']} {row['received_on']}"
        document = documents.add_provincial(dated, otherwise=otherwise, kind="report")
        if not core.claim(row, "document_number", document["document_id"]):
            continue
        core.add(
            "result_report",
            document_id=document["document_id"],
            vintage=row.vintage,
            province_code_gso=row["gso_code"],
            report_year=row["report_year"],
            received_date=row["received_on"],
        )


TEMPLATE_TABLES: Final[tuple[tuple[str, Callable[[CoreRows, Documents, Rows], None]], ...]] = (
    ("plan_tasks", add_plan_tasks),
    ("border_activities", add_border_activities),
    ("result_reports", add_result_reports),
)

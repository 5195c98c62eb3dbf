"""The baseline of the extraction benchmark: an afternoon's keyword search, marks and all."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FACTS = Path(__file__).resolve().parents[2] / "data" / "facts"
NUMBER = re.compile(r"\d+(?:/\d{4})?[/-][A-ZĐƯ][\wĐƯ/-]+")
CITED = re.compile(rf"số ({NUMBER.pattern})(?: ngày (\d{{1,2}})/(\d{{1,2}})/(\d{{4}}))?")
LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
BEFORE = re.compile(r"trước ngày (\d{1,2})/(\d{1,2})/(\d{4})")
KINDS = {
    "KẾ HOẠCH": "plan", "QUYẾT ĐỊNH": "decision", "BÁO CÁO": "report", "CHỈ THỊ": "directive",
    "KẾT LUẬN": "conclusion", "Kính gửi": "official_letter",
}  # fmt: skip
KEYWORDS = {
    "Quy chế quản lý": "regulation", "57-KL/TW": "kl57", "quyền con người": "human_rights",
    "Vietnam.vn": "vietnam_vn", "5115": "p5115", "Hoàng Sa": "sea", "Trung Quốc": "china",
    "Việt Nam - Lào": "laos", "Việt Nam - Campuchia": "cambodia", "dư luận": "press",
    "cán bộ phụ trách": "staff", "tập huấn": "training", "mạng xã hội": "internet",
    "cụm thông tin": "clusters", "hội nhập": "integration", "tiếng dân tộc": "languages",
    "triển lãm": "exhibitions", "xúc tiến": "promotion", "thi đua": "emulation",
}  # fmt: skip
ROUTES = {"sea", "china", "laos", "cambodia"}


def extract_naively(text: str) -> dict[str, Any]:
    """The same keys as the extractor gives, by the first idea that comes to mind."""
    number = re.search(rf"Số:? ?({NUMBER.pattern})", text)
    day = LONG_DAY.search(text)
    kind = next((kind for word, kind in KINDS.items() if word in text), None)
    year = re.search(r"ngoại.* năm (\d{4})", text)
    place = next((code for name, code in _provinces().items() if name in text[:400]), None)
    document = {
        "kind": kind, "number": number and number[1], "issued_date": day and _iso(*day.groups()),
        "issuing_body": text.strip().split("\n")[0], "province_code_gso": place,
        "title": None, "plan_year": int(year[1]) if year else None,
        "signer": text.strip().split("\n")[-1].strip(),
    }  # fmt: skip
    cited = {m[1]: _iso(*m.groups()[1:]) if m[2] else None for m in CITED.finditer(text)}
    return {
        "document": document,
        "citations": [{"number": n, "issued_date": d, "relation": "mentions"} for n, d in
                      cited.items() if n != document["number"]],
        "regulation_statuses": [
            {"province_code_gso": code, "class": "outdated"}
            for sentence in text.split(".\n") if "79/2010" in sentence and "gồm" in sentence
            for name, code in _provinces().items() if name in sentence
        ],
        "announced_totals": [
            {"indicator": "human_rights_plan_not_made", "count": int(m[1]), "out_of": int(m[2])}
            for m in re.finditer(r"(\d+)/(63|34) tỉnh", text)
        ],
        "report_deadlines": [
            {"date": _iso(*m.groups()), "month_day": None, "period": "once", "every_year": False}
            for m in BEFORE.finditer(text)
        ],
        "tasks": [
            {"title": before.strip(), "lead_bodies": [line.split("trì:")[1].strip(" .;")]}
            for before, line in zip(text.split("\n"), text.split("\n")[1:]) if "trì:" in line
        ],
        "topics": [{"topic": topic, "border_route": topic if topic in ROUTES else None}
                   for word, topic in KEYWORDS.items() if word in text],
    }  # fmt: skip


def _iso(day: str, month: str, year: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _provinces() -> Mapping[str, str]:
    with (FACTS / "provinces63.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["name"]: row["gso_code"] for row in csv.DictReader(file)}

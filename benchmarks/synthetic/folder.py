"""Rows → a data folder that `python -m etl build --data FOLDER` reads: CSV files, declarations."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from benchmarks.synthetic.clusters import invent_clusters
from benchmarks.synthetic.documents import (
    invent_annual_plans,
    invent_human_rights_plans,
    invent_joint_programmes,
    invent_letters,
    invent_regulations,
    invent_related_plans,
)
from benchmarks.synthetic.invention import SITE, Invention, Row
from benchmarks.synthetic.money import invent_budgets
from etl.tables import INPUT_TABLES

DATA: Final = Path(__file__).resolve().parents[2] / "data"
# Fewer cannot hold one letter for each year and a plan for some provinces.
FEWEST_DOCUMENTS: Final = 100
LAST_YEAR: Final = 2026
MOST_YEARS: Final = 15


def invent_tables(seed: int, documents: int, budget_lines: int, years: int) -> dict[str, list[Row]]:
    """All made-up tables by name; `documents` is the number of documents in all of them.

    Raises ValueError for numbers that cannot be kept.
    """
    if documents < FEWEST_DOCUMENTS:
        raise ValueError(f"{documents} documents: expected at least {FEWEST_DOCUMENTS}")
    if not 1 <= years <= MOST_YEARS:
        raise ValueError(f"{years} years: expected 1 to {MOST_YEARS}")
    span = range(LAST_YEAR - years + 1, LAST_YEAR + 1)
    inventing = Invention(seed, documents, budget_lines, span)
    tables = invent_letters(inventing)
    left = documents - len(tables["ministry_guidance"])
    # Most provinces have a few of each kind; what is left are plans of other kinds.
    provinces = len(inventing.old)
    regulations = min(left // 6, 6 * provinces)
    human_rights = min(left // 8, 6 * provinces)
    programmes = min(left // 20, 3 * provinces)
    annual = min(left // 4, provinces * years)
    others = left - regulations - human_rights - programmes - annual
    letters = tables["ministry_guidance"]
    return {
        **tables,
        "regulations": invent_regulations(inventing, regulations),
        "human_rights_plans": invent_human_rights_plans(inventing, human_rights),
        **invent_annual_plans(inventing, annual, letters),
        "programme_5115": invent_joint_programmes(inventing, programmes),
        "related_plans": invent_related_plans(inventing, others),
        "information_clusters": invent_clusters(inventing),
        "budgets": invent_budgets(inventing),
    }


def write_folder(folder: Path, tables: Mapping[str, Sequence[Row]], seed: int) -> None:
    """Write the made-up tables with their declarations, and copy what stands: provinces, gates, …

    Raises FileExistsError where the folder has content: nothing is ever overwritten.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    for name in ("facts", "sources", "boundaries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        _write_table(folder, name, rows, seed)
    for name in (table.name for table in INPUT_TABLES.values() if table.is_standing):
        shutil.copy(DATA / "facts" / f"{name}.csv", folder / "facts")
        shutil.copy(DATA / "sources" / f"{name}.toml", folder / "sources")
    shutil.copytree(DATA / "reference", folder / "reference")
    shutil.copy(DATA / "boundaries" / "gate_points.csv", folder / "boundaries")


def _write_table(folder: Path, name: str, rows: Sequence[Row], seed: int) -> None:
    columns = [column.name for column in INPUT_TABLES[name].columns]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    content = out.getvalue().encode()
    (folder / "facts" / f"{name}.csv").write_bytes(content)
    declared = tomllib.loads((DATA / "sources" / f"{name}.toml").read_text(encoding="utf-8"))
    says: dict[str, object] = {
        "file": f"facts/{name}.csv",
        "is_synthetic": True,
        "title": f"Minh họa: {declared['title']}",
        "title_en": f"Illustrative: {declared['title_en']}",
        "producer": f"Máy tạo ra (benchmarks.synthetic, số gieo {seed})",
        "address": f"{SITE}/",
        "licence": "Dữ liệu minh họa, không mô tả thực tế",
        "cannot_tell": "Không nói gì về thực tế: mọi văn bản, ngày và số tiền đều do máy tạo ra.",
        "cannot_tell_en": "Nothing about reality: every document, date and amount is made up.",
        "columns": columns,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in says.items()]
    lines.append("received_date = 2026-11-22")
    (folder / "sources" / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

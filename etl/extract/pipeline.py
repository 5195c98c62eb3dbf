"""Text of one document → everything that is found in it, part by part.

Each part has a version that changes with its code, so that a changed rule runs again only where
it matters: a cached part of the same version is taken over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from domain.provinces import ProvinceRegister
from etl.extract.announced_totals import find_announced_totals
from etl.extract.budget_lines import find_budget_lines
from etl.extract.citation_checks import check_citations
from etl.extract.citations import find_citations
from etl.extract.clusters import find_clusters
from etl.extract.deadlines import find_deadlines
from etl.extract.header import parse_header
from etl.extract.named_documents import find_named_documents
from etl.extract.statuses import find_regulation_statuses
from etl.extract.tasks import find_tasks
from etl.extract.text import DocumentText, Item
from etl.extract.topics import find_topics

CODE: Final = Path(__file__).parent
_DOMAIN: Final = CODE.parent.parent / "domain"
Parts = dict[str, Item]

# The keys of one object of `python -m etl extract --json`, in their order.
LISTS: Final = (
    "citations", "regulation_statuses", "announced_totals", "regulations", "human_rights_plans",
    "annual_plans", "joint_programmes", "tasks", "task_coverage", "budget_lines", "topics",
    "information_clusters", "report_deadlines", "warnings",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of the result: the modules that its rules begin in, and the parts it builds on."""

    name: str
    modules: tuple[str, ...]
    needs: tuple[str, ...]
    run: Callable[[DocumentText, ProvinceRegister, Parts], Item]


def _header(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header = parse_header(doc, register)
    return {"document": header, "warnings": header.pop("warnings", [])}


def _citations(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header = parts["header"]["document"]
    citations = find_citations(doc, header)
    return {"citations": citations, "warnings": check_citations(doc, header, citations, ())}


def _named(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header, citations = parts["header"]["document"], parts["citations"]["citations"]
    return find_named_documents(doc, header, citations)


def _statuses(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header = parts["header"]["document"]
    statuses, warnings = find_regulation_statuses(doc, header, register)
    return {"regulation_statuses": statuses, "warnings": warnings}


def _tasks(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header = parts["header"]["document"]
    tasks = find_tasks(doc, header)
    lines, warnings = find_budget_lines(doc, header, tasks)
    return {"tasks": tasks, "budget_lines": lines, "warnings": warnings}


def _topics(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    return {"topics": find_topics(doc, parts["header"]["document"])}


def _observations(doc: DocumentText, register: ProvinceRegister, parts: Parts) -> Item:
    header = parts["header"]["document"]
    return {
        "announced_totals": find_announced_totals(doc, header),
        "information_clusters": find_clusters(doc, header, register),
        "report_deadlines": find_deadlines(doc, header),
    }


PARTS: Final = (
    Part("header", ("header",), (), _header),
    Part("citations", ("citations", "citation_checks"), ("header",), _citations),
    Part("named", ("named_documents",), ("header", "citations"), _named),
    Part("statuses", ("statuses",), ("header",), _statuses),
    Part("tasks", ("tasks", "budget_lines"), ("header",), _tasks),
    Part("topics", ("topics",), ("header",), _topics),
    Part("observations", ("announced_totals", "clusters", "deadlines"), ("header",), _observations),
)  # fmt: skip
_IMPORT: Final = re.compile(
    r"^\s*(?:from|import) (etl\.extract|domain)(?:\.| import )(\w+)", re.MULTILINE
)


def module_files(modules: Sequence[str]) -> list[Path]:
    """The files of some modules of etl.extract with all that they import of it and of domain."""
    found: dict[Path, None] = {}
    left = [CODE / f"{module}.py" for module in modules]
    while left:
        path = left.pop()
        if path not in found:
            found[path] = None
            for package, module in _IMPORT.findall(path.read_text(encoding="utf-8")):
                left.append((CODE if package == "etl.extract" else _DOMAIN) / f"{module}.py")
    return sorted(found)


@cache
def part_versions() -> dict[str, str]:
    """Version of each part: the code that it runs, the reference data, the parts that it needs."""
    shared = hashlib.sha256()
    readers, reference = CODE.parent / "readers", CODE.parent.parent / "data" / "reference"
    for path in sorted([*readers.glob("*.py"), *reference.glob("*.csv")]):
        shared.update(path.read_bytes())
    versions: dict[str, str] = {}
    for part in PARTS:
        digest = shared.copy()
        for path in module_files(part.modules):
            digest.update(path.read_bytes())
        for needed in part.needs:
            digest.update(versions[needed].encode())
        versions[part.name] = digest.hexdigest()[:12]
    return versions


def all_versions() -> str:
    """The versions of all parts as one text, under which an extraction is cached."""
    return " ".join(f"{name}={version}" for name, version in part_versions().items())


def extract_parts(
    doc: DocumentText, register: ProvinceRegister, known: Mapping[str, Item] | None = None
) -> Parts:
    """All parts of a document; those of `known` (cached parts, each with its `version`) that are
    of the present version are taken over."""
    parts: Parts = {}
    for part in PARTS:
        version = part_versions()[part.name]
        cached = (known or {}).get(part.name)
        if cached and cached["version"] == version:
            parts[part.name] = dict(cached)
        else:
            parts[part.name] = {"version": version, **part.run(doc, register, parts)}
    return parts


def assemble(file: str, parts: Parts, more: Mapping[str, Sequence[Any]] | None = None) -> Item:
    """The result of one document with the keys of the interface; `more` adds to its lists."""
    document = dict(parts["header"]["document"])
    document.pop("places", None)
    result: Item = {"file": file, "error": None, "document": document}
    for name in LISTS:
        result[name] = [item for part in parts.values() for item in part.get(name, ())]
        result[name] += (more or {}).get(name, ())
    return result


def failed(file: str, error: str) -> Item:
    """The object of a file that could not be read."""
    return {"file": file, "error": error, "document": None, **{name: [] for name in LISTS}}

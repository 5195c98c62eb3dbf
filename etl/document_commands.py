"""python -m etl extract | ingest: documents in, from the command line."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import orjson

from domain.errors import TtdnError, UnreadableDocument
from etl.archive import Archive
from etl.build import BUILD_STEPS, build
from etl.extract.citation_checks import check_citations
from etl.extract.coverage import find_coverage, guidance_tasks
from etl.extract.pipeline import Parts, assemble, extract_parts, failed
from etl.extract.text import DocumentText
from etl.extraction_run import document_text
from etl.fingerprint import input_fingerprint, published_fingerprint
from etl.ingest import MAX_BYTES, receive_files
from etl.known_documents import known_documents
from etl.progress import Progress
from etl.readers.child import read_safely
from etl.reference import PROJECT_DATA, load_register
from etl.submitted_documents import PLAN_KINDS

Read = tuple[str, DocumentText, Parts]


def extract(options: argparse.Namespace) -> int:
    """Print what is found in each file; changes nothing. Always exit code 0."""
    warehouse: Path = options.warehouse_folder
    register = load_register(PROJECT_DATA)
    read: list[Read | dict[str, Any]] = []
    for name in options.file:
        try:
            doc = _read(name)
            read.append((name, doc, extract_parts(doc, register)))
        except UnreadableDocument as error:
            read.append(failed(name, str(error)))
        except (OSError, TtdnError) as error:
            read.append(failed(name, f"{type(error).__name__}: {error}"))
        except Exception as error:  # an unforeseen document must not hide the others' results
            print(f"error: {name}: {type(error).__name__}: {error}", file=sys.stderr)
            read.append(failed(name, f"{type(error).__name__}: {error}"))
    known = known_documents(warehouse)
    guidance = _guidance(read)
    for item in read:
        result = item if isinstance(item, dict) else _result(item, known, guidance)
        line = orjson.dumps(result, option=orjson.OPT_INDENT_2 if not options.json else 0)
        sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
    return 0


def _read(name: str) -> DocumentText:
    path = Path(name)
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    return document_text(read_safely(content, path.name), path.name)


def _guidance(read: list[Read | dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """Guidance letters among the files, by the year that they guide."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for item in read:
        if isinstance(item, dict):
            continue
        _, doc, parts = item
        header = parts["header"]["document"]
        if header["kind"] == "official_letter" and header["plan_year"] and header["number"]:
            tasks, citations = parts["tasks"]["tasks"], parts["citations"]["citations"]
            topics = parts["topics"]["topics"]
            found[header["plan_year"]] += guidance_tasks(doc, header, tasks, citations, topics)
    return found


def _result(
    read: Read, known: list[dict[str, Any]], guidance: dict[int, list[dict[str, Any]]]
) -> dict[str, Any]:
    name, doc, parts = read
    header = parts["header"]["document"]
    citations, tasks = parts["citations"]["citations"], parts["tasks"]["tasks"]
    letters = guidance.get(header["plan_year"] or 0)
    coverage = []
    if letters and header["kind"] in PLAN_KINDS:
        coverage = find_coverage(doc, header, citations, tasks, letters)
    parts["citations"]["warnings"] = check_citations(doc, header, citations, known)
    return assemble(name, parts, {"task_coverage": coverage})


def ingest(options: argparse.Namespace) -> int:
    """Keep the originals, extract and publish; unchanged files are passed over.

    Exit codes as those of build: 0 clean, 3 something was rejected, 1 nothing published.
    """
    began = time.monotonic()
    warehouse: Path = options.warehouse_folder
    archive = Archive(warehouse)
    progress = Progress(BUILD_STEPS)
    try:
        received = receive_files(archive, options.path, progress.step)
        for path, reason in received.failed:
            print(f"  {path}: {reason}", file=sys.stderr)
        fingerprint = input_fingerprint(options.data, archive)
        if not received.new and published_fingerprint(warehouse) == fingerprint:
            seconds = time.monotonic() - began
            print(f"nothing new: {received.unchanged} files unchanged ({seconds:.2f} s)")
            return 3 if received.failed else 0
        result = build(options.data, warehouse, progress.step, scheduler=options.scheduler)
    finally:
        progress.close()
    seconds = time.monotonic() - began
    print(f"snapshot {result.pointer.snapshot} published in {seconds:.2f} s")
    print(
        f"documents: {len(received.new)} new, {received.unchanged} unchanged, "
        f"{received.same_content} of known content, {len(received.failed)} not readable as files"
    )
    rejected = [r for r in result.rejections if r.file.startswith("documents/")]
    # A document is refused as a whole, of a filled-in template single cells.
    whole = sum(1 for r in rejected if r.row is None)
    print(f"rejected: {whole} documents, {len(result.rejections) - whole} rows")
    for rejection in rejected[:50]:
        print(f"  {rejection}")
    return 3 if received.failed or result.rejections else 0

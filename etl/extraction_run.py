"""Originals → cached extractions, on all cores or on a Dask cluster.

Files that a command ingested are trusted: plain texts are read by a pool of recycled workers.
Everything else (other formats, everything uploaded) is read in a child process of its own, with
limits on time and memory.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final

from domain.errors import BadValue, UnreadableDocument
from domain.provinces import ProvinceRegister
from etl.archive import Archive, Original
from etl.extract.pipeline import all_versions, extract_parts
from etl.extract.text import Cell, DocumentText, Table
from etl.extraction_cache import (
    Extraction,
    load_extractions,
    save_extractions,
    stale_originals,
)
from etl.readers.child import read_safely
from etl.readers.document import ReadDocument, read_document
from etl.reference import PROJECT_DATA, load_register

CHUNK: Final = 40  # documents per task: enough that its message costs nothing
TASKS_PER_WORKER: Final = 50  # then a worker is replaced, so that no leak grows
TRUSTED_SUFFIXES: Final = (".txt", ".md", ".text")
WORKBOOK_SUFFIX: Final = ".xlsx"
SECONDS_PER_DOCUMENT: Final = 30
# Reasons that may lie in the machine rather than in the file: the next run tries again.
TRIED_AGAIN: Final = ("reader_failed", "too_slow")
# Below this a pool costs more than it saves.
_INLINE: Final = 4

Say = Callable[[str], None]


@cache
def _register() -> ProvinceRegister:
    return load_register(PROJECT_DATA)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Stop a document that takes too long.

    Signals reach main threads only. A Dask worker runs its tasks in another one: there the limits
    of the child process that reads hold, and the cluster's own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def document_text(read: ReadDocument, name: str) -> DocumentText:
    """What the rules get of a document that was read."""
    return DocumentText(read.text, read.tables, name)


def _read(archive: Archive, original: Original) -> ReadDocument:
    content = archive.read_original(original.sha256)
    is_text = original.name.lower().endswith(TRUSTED_SUFFIXES)
    if original.arrived_by == "ingest" and is_text:
        return read_document(content, original.name)
    return read_safely(content, original.name)


def _read_template(archive: Archive, original: Original) -> Extraction | None:
    """The sheets of a filled-in template; None for everything else."""
    if not original.name.lower().endswith(WORKBOOK_SUFFIX):
        return None
    # Only where a workbook comes: documents are read without it.
    from etl.template_child import read_template_safely

    sheets = read_template_safely(archive.read_original(original.sha256))
    if sheets is None:
        return None
    return Extraction(original.sha256, _template_version(), None, {"template": sheets})


def _template_version() -> str:
    from etl.template_child import template_version

    return template_version()


def present_versions(originals: Sequence[Original]) -> tuple[str, ...]:
    """The versions under which extractions of the present rules are kept: of documents, and of
    templates where a workbook is among the originals."""
    has_workbook = any(o.name.lower().endswith(WORKBOOK_SUFFIX) for o in originals)
    return (all_versions(), _template_version()) if has_workbook else (all_versions(),)


def _extract(archive: Archive, original: Original, cached: Extraction | None) -> Extraction:
    """Read one original, unless its text is cached, and run the parts that are not current."""
    known: dict[str, Any] = dict(cached.content) if cached and cached.text is not None else {}
    reader = known.get("reader")
    try:
        if reader is None and (template := _read_template(archive, original)):
            return template
        if cached is not None and cached.text is not None and reader:
            tables = [
                Table(tuple(tuple(Cell(*cell) for cell in row) for row in table))
                for table in reader["tables"]
            ]
            doc = DocumentText(cached.text, tables, original.name)
        else:
            read = _read(archive, original)
            doc = document_text(read, original.name)
            reader = {
                "media_type": read.media_type,
                "encoding": read.encoding,
                "notes": list(read.notes),
                "tables": [[[[c.start, c.end] for c in row] for row in t.rows] for t in doc.tables],
            }
        parts = extract_parts(doc, _register(), known.get("parts"))
    except UnreadableDocument as error:
        return _failed(original, str(error), error.reason, error.expected or "", error.got or "")
    return Extraction(original.sha256, all_versions(), doc.text, {"reader": reader, "parts": parts})


def extract_chunk(warehouse: str, originals: Sequence[Original]) -> list[Extraction]:
    """Extract some originals; one that fails gets an extraction that says why.

    Runs in a worker process: on this machine or, sharing the folder, on a Dask cluster.
    """
    archive = Archive(Path(warehouse))
    with archive.cache() as con:
        cached = {e.sha256: e for e in load_extractions(con, [o.sha256 for o in originals])}
    return [_limited(archive, o, cached.get(o.sha256)) for o in originals]


def _limited(archive: Archive, original: Original, cached: Extraction | None) -> Extraction:
    try:
        with _time_limit(SECONDS_PER_DOCUMENT * 3):
            return _extract(archive, original, cached)
    except Exception as error:  # one document's trouble must not stop the others
        reason = "too_slow" if isinstance(error, TimeoutError) else "reader_failed"
        name = type(error).__name__
        return _failed(original, f"{name}: {error}", reason, "a readable document", name)


def _failed(original: Original, error: str, reason: str, expected: str, got: str) -> Extraction:
    """What is kept of an original that could not be read; without versions it is never current."""
    content = {"error": error, "reason": reason, "expected": expected, "got": got}
    versions = "" if reason in TRIED_AGAIN else all_versions()
    return Extraction(original.sha256, versions, None, content)


def extract_originals(
    archive: Archive,
    originals: Sequence[Original],
    say: Say = lambda text: None,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    again: bool = True,
) -> int:
    """Extract the originals that the present rules have not read; returns how many.

    `scheduler`: address of a Dask cluster whose workers share the warehouse folder. Without
    `again` those whose reader failed are left as they are.
    """
    versions = present_versions(originals)
    with archive.cache() as con:
        shas = [o.sha256 for o in originals]
        stale = set(stale_originals(con, shas, *versions, *([] if again else [""])))
    waiting = [o for o in originals if o.sha256 in stale]
    done = 0
    chunks = [waiting[i : i + CHUNK] for i in range(0, len(waiting), CHUNK)]
    warehouse = str(archive.folder.parent)
    for extractions in _run(warehouse, chunks, scheduler, workers):
        with archive.cache() as con:
            save_extractions(con, extractions)
        done += len(extractions)
        say(f"read {done} of {len(waiting)} documents")
    return done


def _run(
    warehouse: str,
    chunks: Sequence[Sequence[Original]],
    scheduler: str | None,
    workers: int | None,
) -> Iterable[list[Extraction]]:
    if scheduler:
        yield from _run_on_cluster(warehouse, chunks, scheduler)
    elif sum(map(len, chunks)) <= _INLINE:
        # In a process of its own all the same: a document must not bring down who asks.
        yield from _run_in_pool(warehouse, chunks, 1)
    else:
        yield from _run_in_pool(warehouse, chunks, workers or os.cpu_count() or 1)


def _run_in_pool(
    warehouse: str, chunks: Sequence[Sequence[Original]], workers: int
) -> Iterator[list[Extraction]]:
    """All chunks; those of a worker that died are tried again one document at a time."""
    again: list[Original] = []
    with _pool(workers) as pool:
        futures: dict[Future[list[Extraction]], Sequence[Original]] = {
            pool.submit(extract_chunk, warehouse, chunk): chunk for chunk in chunks
        }
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                again += futures[future]
    for original in again:
        with _pool(1) as pool:
            try:
                yield pool.submit(extract_chunk, warehouse, [original]).result()
            except BrokenProcessPool:
                expected = "a document that can be read"
                yield [_failed(original, "the reader died", "reader_failed", expected, "a crash")]


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.extraction_run"])
    return ProcessPoolExecutor(
        max_workers=workers, mp_context=context, max_tasks_per_child=TASKS_PER_WORKER
    )


def _run_on_cluster(
    warehouse: str, chunks: Sequence[Sequence[Original]], scheduler: str
) -> Iterator[list[Extraction]]:
    try:
        from distributed import Client
        from distributed import as_completed as each_completed
    except ImportError:
        raise BadValue(
            "Dask is not installed", expected="the package distributed", got=scheduler,
            fix="pip install -r requirements-dev.txt, or leave --scheduler out",
        ) from None  # fmt: skip
    with Client(scheduler) as client:
        futures = [client.submit(extract_chunk, warehouse, chunk, pure=False) for chunk in chunks]
        for future in each_completed(futures):
            yield future.result()


def load_contents(
    archive: Archive, originals: Sequence[Original]
) -> Iterator[tuple[Original, Extraction]]:
    """The originals with their cached extractions, in the order given."""
    by_sha: Mapping[str, Original] = {o.sha256: o for o in originals}
    with archive.cache() as con:
        for extraction in load_extractions(con, list(by_sha)):
            yield by_sha[extraction.sha256], extraction

"""One build: input files → rows → evidence → statuses → a published snapshot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from domain.errors import BrokenInput, CheckFailed, PublicationError
from etl import place_rows
from etl.archive import Archive, Journal
from etl.checks import run_checks
from etl.citation_rows import NATIONAL_COLUMNS, add_national_documents, finish_citations
from etl.core_rows import CoreRows, Documents
from etl.document_rows import DOCUMENT_TABLES, link_citations
from etl.evidence_rows import EvidenceCollector
from etl.fingerprint import GATE_POINTS, input_fingerprint
from etl.inputs import Inputs, read_inputs
from etl.load import SCHEMA_VERSION, build_marts, count_rows, create_schemas, load_core, load_raw
from etl.publish import (
    Pointer,
    Step,
    build_lock,
    file_sha256,
    open_read_only,
    publish,
    read_pointer,
    remove_leftovers,
    snapshot_path,
)
from etl.reference import (
    PROJECT_DATA,
    load_crosswalk,
    load_records,
    load_register,
    reference_file,
)
from etl.rejections import Rejection
from etl.report_evidence import ReportEvidence
from etl.route_evidence import RouteEvidence
from etl.status_rows import StatusBuilder

# The steps of a build in their order, as `step` is told them.
BUILD_STEPS = (
    "fingerprint", "read", "documents", "rules", "open", "raw", "core", "mart", "checks",
    "checkpoint", "verify", "sync", "rename", "pointer", "prune", "published",
)  # fmt: skip
LOCK_WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class BuildResult:
    """What a build did; `pointer` is the published snapshot, `is_new` False where it stood.

    `is_synthetic` says that some of its sources are made up.
    """

    pointer: Pointer
    is_new: bool
    row_counts: dict[str, int]
    rejections: tuple[Rejection, ...]
    contradictions: int
    is_synthetic: bool


def build_core(
    data: Path, inputs: Inputs, archive: Archive | None = None, journal: Journal | None = None
) -> CoreRows:
    """All core rows but load_run, from the inputs of a data folder and the submitted documents.

    `journal` stands in for the log of the archive: to see what a decision would change.

    Rows that do not fit the others are taken out of `inputs` and listed among its rejections.
    """
    register = load_register(data)
    crosswalk = load_crosswalk(data)
    cities = place_rows.load_city_codes(reference_file(data, "reference/cities.csv"))
    if archive is not None and archive.exists:
        from etl.submitted_templates import add_submitted_templates

        journal = journal or archive.read()
        add_submitted_templates(inputs, register, archive, journal)
    core = CoreRows()
    place_rows.add_units(core, register, cities)
    place_rows.add_provinces(core, inputs.rows)
    points = place_rows.load_gate_points(reference_file(data, GATE_POINTS))
    place_rows.add_gates(core, inputs.rows["border_gates"], points)
    documents = Documents(core, place_rows.unit_names(register, cities))
    for table, add in DOCUMENT_TABLES:
        add(core, documents, inputs.rows[table])
    national_file = reference_file(data, "reference/national_documents.csv")
    national = load_records(national_file, *NATIONAL_COLUMNS)
    add_national_documents(core, documents, national)
    place_rows.add_clusters(core, inputs.rows["information_clusters"], crosswalk)
    place_rows.add_budget_lines(core, inputs.rows["budgets"])
    if archive is not None and journal is not None:
        from etl.submitted_documents import add_submitted_documents, source_row

        submitted = add_submitted_documents(core, documents, crosswalk, archive, journal)
        inputs.rejections.extend(submitted.rejections)
        core.add("source", **source_row(journal, archive.fingerprint(), submitted.added))
    link_citations(core, documents)
    finish_citations(core, national)
    place_rows.add_map_facts(core, inputs.rows)
    collector = EvidenceCollector(core)
    RouteEvidence(core, collector, crosswalk).collect()
    ReportEvidence(core, collector).collect()
    records = collector.collect()
    for record in records:
        core.add("evidence", **record.core_row())
    StatusBuilder(core, crosswalk, records).build()
    inputs.reject(core.refused)
    _add_sources(core, inputs)
    for rejection in inputs.rejections:
        core.add("rejected_input", **vars(rejection))
    return core


def _add_sources(core: CoreRows, inputs: Inputs) -> None:
    counts = inputs.row_counts()
    for source in inputs.sources:
        core.add(
            "source",
            source_id=source.source_id,
            file=source.file,
            is_declared=source.is_declared,
            is_synthetic=source.is_synthetic,
            received_date=source.received_date,
            sha256=source.sha256,
            row_count=counts[source.source_id],
            **source.texts,
        )


def as_of_date(core: CoreRows) -> dt.date:
    """The newest date of any evidence; raises CheckFailed where there is no evidence at all."""
    days = [e["evidence_date"] for e in core["evidence"] if e["nature"] != "reference"]
    if not days:
        raise CheckFailed(
            "there is no evidence at all", expected="at least one dated document", got="none",
            fix="look at the rejected rows",
        )  # fmt: skip
    return max(days)


def new_snapshot_id(fingerprint: str) -> str:
    """Time of the build in UTC (sorts), then the input's fingerprint."""
    now = dt.datetime.now(dt.UTC)
    return f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{fingerprint[:8]}"


def build(
    data: Path,
    warehouse: Path,
    step: Step = lambda name: None,
    *,
    if_changed: bool = False,
    wait_seconds: float = LOCK_WAIT_SECONDS,
    scheduler: str | None = None,
) -> BuildResult:
    """Build and publish a snapshot of a data folder and of the documents of the warehouse.

    `step` is told each step before it begins. Raises SourceChanged, CheckFailed,
    PublicationError or BrokenInput; nothing is published then.
    """
    if not data.is_dir():
        raise BrokenInput("no such data folder", where=str(data), expected="a folder", got="none")
    try:
        with build_lock(warehouse, wait_seconds, step):
            return _build(data, warehouse, step, if_changed=if_changed, scheduler=scheduler)
    except (OSError, duckdb.Error) as error:
        raise PublicationError(
            "the snapshot could not be written", where=str(warehouse),
            expected="room and rights to write", got=f"{type(error).__name__}: {error}",
            fix="free some space or mend the rights, then build again; the old snapshot stands",
        ) from error  # fmt: skip


def _build(
    data: Path, warehouse: Path, step: Step, *, if_changed: bool, scheduler: str | None
) -> BuildResult:
    archive = Archive(warehouse)
    started = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    remove_leftovers(warehouse)
    step("fingerprint")
    fingerprint = input_fingerprint(data, archive)
    if if_changed and (standing := _standing(warehouse, fingerprint)):
        return standing
    step("read")
    inputs = read_inputs(data)
    _keep_synthetic_apart(inputs, warehouse)
    step("documents")
    if archive.exists:
        from etl.extraction_run import extract_originals

        originals = list(archive.read().originals.values())
        extract_originals(archive, originals, step, scheduler=scheduler)
    step("rules")
    core = build_core(data, inputs, archive)
    snapshot = new_snapshot_id(fingerprint)
    core.add(
        "load_run",
        snapshot=snapshot,
        started_at=started,
        finished_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        as_of_date=as_of_date(core),
        schema_version=SCHEMA_VERSION,
        input_fingerprint=fingerprint,
        rows_loaded=sum(inputs.row_counts().values()),
        rows_rejected=len(inputs.rejections),
        contradictions=len(core["contradiction"]),
    )
    counts: dict[str, int] = {}

    def fill(con: duckdb.DuckDBPyConnection) -> tuple[str, int]:
        counts.update(_fill(con, core, inputs, step))
        return as_of_date(core).isoformat(), SCHEMA_VERSION

    pointer = publish(warehouse, snapshot, fill, step)
    rejections = tuple(inputs.rejections)
    is_synthetic = any(source.is_synthetic for source in inputs.sources)
    return BuildResult(pointer, True, counts, rejections, len(core["contradiction"]), is_synthetic)


def _keep_synthetic_apart(inputs: Inputs, warehouse: Path) -> None:
    """Made-up data never become what the project shows by default; raises PublicationError."""
    synthetic = next((s.file for s in inputs.sources if s.is_synthetic), None)
    if synthetic is not None and warehouse.resolve() == PROJECT_DATA / "warehouse":
        raise PublicationError(
            "synthetic data are not published here", where=str(warehouse),
            expected="a folder of its own", got=f"{synthetic} is declared synthetic",
            fix="name another folder with --warehouse, or in TTDN_WAREHOUSE",
        )  # fmt: skip


def _fill(
    con: duckdb.DuckDBPyConnection, core: CoreRows, inputs: Inputs, step: Step
) -> dict[str, int]:
    # One transaction: a commit for every table would wait for the disk a hundred times.
    con.begin()
    step("raw")
    create_schemas(con)
    load_raw(con, inputs.raw)
    step("core")
    load_core(con, core.tables)
    step("mart")
    build_marts(con)
    con.commit()
    step("checks")
    failures = run_checks(con)
    if failures:
        raise CheckFailed("\n".join(str(f) for f in failures))
    return count_rows(con, ("raw", "core", "mart"))


def _standing(warehouse: Path, fingerprint: str) -> BuildResult | None:
    """The published snapshot, if it was built from the same input and is undamaged."""
    pointer = read_pointer(warehouse)
    if pointer is None:
        return None
    path = snapshot_path(warehouse, pointer.snapshot)
    try:
        if file_sha256(path) != pointer.sha256:
            return None
        with open_read_only(path) as con:
            [(built_from, contradictions, is_synthetic)] = con.execute(
                "SELECT input_fingerprint, contradictions, "
                "(SELECT bool_or(is_synthetic) FROM core.source) FROM core.load_run"
            ).fetchall()
            rejected = con.execute("SELECT * FROM core.rejected_input").fetchall()
            counts = count_rows(con, ("raw", "core", "mart"))
    except (OSError, duckdb.Error):
        return None
    if built_from != fingerprint:
        return None
    rejections = tuple(Rejection(*row) for row in rejected)
    return BuildResult(pointer, False, counts, rejections, contradictions, is_synthetic)

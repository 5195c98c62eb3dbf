"""One build: input files → rows → evidence → statuses → a published snapshot."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from domain.errors import BrokenInput, CheckFailed, PublicationError
from etl import place_rows
from etl.checks import run_checks
from etl.core_rows import CoreRows, Documents
from etl.document_rows import DOCUMENT_TABLES, link_citations
from etl.evidence_rows import EvidenceCollector
from etl.harmonize import TypedRow, harmonize_file
from etl.load import SCHEMA_VERSION, build_marts, count_rows, create_schemas, load_core, load_raw
from etl.publish import (
    Pointer,
    build_lock,
    publish,
    read_pointer,
    remove_leftovers,
    snapshot_path,
)
from etl.readers.csv_table import CsvTable, read_csv
from etl.reference import PROJECT_DATA, load_crosswalk, load_register, reference_file
from etl.rejections import Rejection
from etl.sources import Source, find_sources
from etl.status_rows import StatusBuilder
from etl.tables import INPUT_TABLES, table_of_file

LOCK_WAIT_SECONDS = 60.0


@dataclass
class Inputs:
    """Everything read from a data folder: typed rows, raw tables, rejections."""

    sources: list[Source]
    rows: defaultdict[str, list[TypedRow]] = field(default_factory=lambda: defaultdict(list))
    raw: defaultdict[str, list[tuple[str, CsvTable]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    rejections: list[Rejection] = field(default_factory=list)
    row_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class BuildResult:
    """What a build did; `pointer` is the published snapshot, `is_new` False where it stood."""

    pointer: Pointer
    is_new: bool
    row_counts: dict[str, int]
    rejections: tuple[Rejection, ...]
    contradictions: int


def read_inputs(data: Path) -> Inputs:
    """Read and harmonize every input file; raises SourceChanged for a changed declared source."""
    register = load_register(data)
    inputs = Inputs(find_sources(data))
    seen: dict[str, dict[tuple[object, ...], str]] = defaultdict(dict)
    for source in inputs.sources:
        file = source.path.name if source.is_declared else f"{source.source_id}.csv"
        inputs.row_counts[source.source_id] = 0
        table = table_of_file(source.path.stem)
        if table is None:
            expected = "a name such as " + ", ".join(sorted(INPUT_TABLES))
            inputs.rejections.append(
                Rejection(file, None, "", source.path.name, expected, "unknown_kind_of_table")
            )
            continue
        if table.is_reference and source.path.stem != table.name:
            inputs.rejections.append(
                Rejection(file, None, "", file, f"only {table.name}.csv itself", "reference_table")
            )
            continue
        try:
            content = read_csv(source.path)
        except BrokenInput as error:
            inputs.rejections.append(
                Rejection(file, None, "", error.got, error.expected, error.what)
            )
            continue
        found = harmonize_file(content, table, register, source.source_id, file, seen[table.name])
        inputs.raw[table.name].append((file, content))
        inputs.rows[table.name].extend(found.rows)
        inputs.rejections.extend(found.rejections)
        inputs.row_counts[source.source_id] = len(found.rows)
    _reject_dangling(inputs)
    return inputs


def _reject_dangling(inputs: Inputs) -> None:
    """Reject rows that name a row of another table which is not there, until none is left."""
    while True:
        rejected: list[tuple[str, TypedRow]] = []
        for name, rows in inputs.rows.items():
            for column, other, other_column in INPUT_TABLES[name].references:
                known = {r[other_column] for r in inputs.rows.get(other, ())}
                for row in rows:
                    if row[column] is not None and row[column] not in known:
                        rejected.append((name, row))
                        expected = f"a {other_column} of {other}"
                        inputs.rejections.append(
                            Rejection(
                                row.file,
                                row.row,
                                column,
                                str(row[column]),
                                expected,
                                "unknown_reference",
                            )  # fmt: skip
                        )
        if not rejected:
            return
        for name, row in rejected:
            if row in inputs.rows[name]:
                inputs.rows[name].remove(row)
                inputs.row_counts[row.source_id] -= 1


def build_core(data: Path, inputs: Inputs) -> CoreRows:
    """All core rows but load_run, from the inputs of a data folder."""
    register = load_register(data)
    crosswalk = load_crosswalk(data)
    cities = place_rows.load_city_codes(reference_file(data, "reference/cities.csv"))
    core = CoreRows()
    _add_sources(core, inputs)
    place_rows.add_units(core, register, cities)
    place_rows.add_provinces(core, inputs.rows)
    points = place_rows.load_gate_points(PROJECT_DATA / "boundaries" / "gate_points.csv")
    place_rows.add_gates(core, inputs.rows["border_gates"], points)
    documents = Documents(core, place_rows.unit_names(register, cities))
    for table, add in DOCUMENT_TABLES:
        add(core, documents, inputs.rows[table])
    link_citations(core, documents)
    place_rows.add_clusters(core, inputs.rows["information_clusters"])
    place_rows.add_budget_lines(core, inputs.rows["budgets"])
    place_rows.add_map_facts(core, inputs.rows)
    records = EvidenceCollector(core, crosswalk).collect()
    for record in records:
        core.add("evidence", **record.core_row())
    StatusBuilder(core, crosswalk, records).build()
    for rejection in inputs.rejections:
        core.add("rejected_input", **vars(rejection))
    return core


def _add_sources(core: CoreRows, inputs: Inputs) -> None:
    for source in inputs.sources:
        core.add(
            "source",
            source_id=source.source_id,
            file=source.path.name,
            is_declared=source.is_declared,
            received_date=source.received_date,
            sha256=source.sha256,
            row_count=inputs.row_counts[source.source_id],
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


def input_fingerprint(data: Path) -> str:
    """What a snapshot depends on: every data file and the code that reads it."""
    digest = hashlib.sha256(str(SCHEMA_VERSION).encode())
    code = Path(__file__).resolve().parent
    files = [
        *(p for folder in ("facts", "sources", "reference", "submitted", "boundaries")
          for p in (data / folder).rglob("*")),
        *code.rglob("*.py"), *code.rglob("*.sql"), *(code.parent / "domain").glob("*.py"),
    ]  # fmt: skip
    for path in sorted(p for p in files if p.is_file() and "__pycache__" not in p.parts):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def new_snapshot_id(fingerprint: str) -> str:
    """Time of the build in UTC (sorts), then the input's fingerprint."""
    now = dt.datetime.now(dt.UTC)
    return f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{fingerprint[:8]}"


def build(
    data: Path,
    warehouse: Path,
    step: Callable[[str], None] = lambda name: None,
    *,
    if_changed: bool = False,
    wait_seconds: float = LOCK_WAIT_SECONDS,
) -> BuildResult:
    """Build and publish a snapshot of a data folder.

    `step` is told each step before it begins. Raises SourceChanged, CheckFailed,
    PublicationError or BrokenInput; nothing is published then.
    """
    if not data.is_dir():
        raise BrokenInput("no such data folder", where=str(data), expected="a folder", got="none")
    started = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    with build_lock(warehouse, wait_seconds, step):
        remove_leftovers(warehouse)
        step("fingerprint")
        fingerprint = input_fingerprint(data)
        if if_changed and (standing := _standing(warehouse, fingerprint)):
            return standing
        step("read")
        inputs = read_inputs(data)
        step("rules")
        core = build_core(data, inputs)
        snapshot = new_snapshot_id(fingerprint)
        core.add(
            "load_run",
            snapshot=snapshot,
            started_at=started,
            finished_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
            as_of_date=as_of_date(core),
            schema_version=SCHEMA_VERSION,
            input_fingerprint=fingerprint,
            rows_loaded=sum(inputs.row_counts.values()),
            rows_rejected=len(inputs.rejections),
            contradictions=len(core["contradiction"]),
        )
        counts: dict[str, int] = {}

        def fill(con: duckdb.DuckDBPyConnection) -> tuple[str, int]:
            counts.update(_fill(con, core, inputs, step))
            return as_of_date(core).isoformat(), SCHEMA_VERSION

        try:
            pointer = publish(warehouse, snapshot, fill, step)
        except (OSError, duckdb.Error) as error:
            raise PublicationError(
                "the snapshot could not be written", where=str(warehouse),
                expected="room and rights to write", got=f"{type(error).__name__}: {error}",
                fix="free some space or mend the rights, then build again; the old snapshot stands",
            ) from error  # fmt: skip
    rejections = tuple(inputs.rejections)
    return BuildResult(pointer, True, counts, rejections, len(core["contradiction"]))


def _fill(
    con: duckdb.DuckDBPyConnection, core: CoreRows, inputs: Inputs, step: Callable[[str], None]
) -> dict[str, int]:
    step("raw")
    create_schemas(con)
    load_raw(con, inputs.raw)
    step("core")
    load_core(con, core.tables)
    step("mart")
    build_marts(con)
    step("checks")
    failures = run_checks(con)
    if failures:
        raise CheckFailed("\n".join(str(f) for f in failures))
    return count_rows(con, ("raw", "core", "mart"))


def _standing(warehouse: Path, fingerprint: str) -> BuildResult | None:
    """The published snapshot, if it was built from the same input and still answers."""
    pointer = read_pointer(warehouse)
    if pointer is None:
        return None
    try:
        con = duckdb.connect(str(snapshot_path(warehouse, pointer.snapshot)), read_only=True)
        try:
            run = con.execute(
                "SELECT input_fingerprint, contradictions FROM core.load_run"
            ).fetchall()
            rejected = con.execute("SELECT * FROM core.rejected_input").fetchall()
            counts = count_rows(con, ("raw", "core", "mart"))
        finally:
            con.close()
    except duckdb.Error:
        return None
    if run[0][0] != fingerprint:
        return None
    return BuildResult(pointer, False, counts, tuple(Rejection(*r) for r in rejected), run[0][1])

"""python -m etl build | ingest | extract | accept | check | rollback | …: the command line."""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from pathlib import Path

import duckdb

from domain.errors import TtdnError
from etl import publish, sources
from etl.build import BUILD_STEPS, BuildResult, build
from etl.changes import row_changes
from etl.checks import run_checks
from etl.progress import Progress

PROJECT = Path(__file__).resolve().parent.parent
EXIT_CLEAN, EXIT_FAILED, EXIT_REJECTED, EXIT_STOPPED = 0, 1, 3, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    # A terminal without Vietnamese letters must not turn a published snapshot into a failure.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TtdnError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_FAILED
    except KeyboardInterrupt:
        print("stopped; the published snapshot stands", file=sys.stderr)
        return EXIT_STOPPED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.add_argument(
            "--warehouse", type=Path, metavar="DIR",
            help="folder of the snapshots (else $TTDN_WAREHOUSE, else data/warehouse)",
        )  # fmt: skip
        sub.set_defaults(run=run)
        return sub

    sub = command("build", _build, "build and publish a snapshot; exit 0 clean, 3 rejected, 1 none")
    sub.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR")
    sub.add_argument(
        "--if-changed", action="store_true", help="do nothing if the input is the same"
    )
    sub.add_argument("--all", action="store_true", help="list all rejected rows, not the first 50")
    sub = command("ingest", _ingest, "keep documents, extract, publish; unchanged ones are skipped")
    sub.add_argument("path", type=Path, nargs="+", metavar="PATH", help="files or folders")
    sub.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR")
    sub.add_argument(
        "--scheduler", metavar="tcp://HOST:PORT",
        help="extract on this Dask cluster, whose workers share the warehouse folder",
    )  # fmt: skip
    sub = command("extract", _extract, "print what is found in documents; changes nothing")
    sub.add_argument("file", nargs="+", metavar="FILE")
    sub.add_argument("--json", action="store_true", help="JSON Lines, one object per file")
    sub = commands.add_parser("template", help=(text := "write an XLSX template to fill in"),
                              description=text)  # fmt: skip
    sub.set_defaults(run=_template)
    sub.add_argument("name", nargs="?", metavar="NAME", help="which; --list names them")
    sub.add_argument("--list", action="store_true", help="list the templates")
    sub.add_argument("--out", type=Path, metavar="FILE", help="else NAME.xlsx here")
    sub.add_argument("--data", type=Path, default=PROJECT / "data", metavar="DIR")
    command("check", _check, "run all checks on the published snapshot; exit 0 or 1")
    sub = command("accept", _accept, "accept a changed declared file, after showing the change")
    sub.add_argument("file", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--dry-run", action="store_true", help="only show the change")
    sub = command("rollback", _rollback, "point to the snapshot before the current one")
    sub.add_argument("--snapshot", metavar="ID", help="or to this one")
    sub.add_argument("--list", action="store_true", help="only list the kept snapshots")
    return parser


def warehouse_of(options: argparse.Namespace) -> Path:
    """--warehouse, else TTDN_WAREHOUSE, else data/warehouse of the project."""
    if options.warehouse:
        return Path(options.warehouse)
    return Path(os.environ.get("TTDN_WAREHOUSE") or PROJECT / "data" / "warehouse")


def _build(options: argparse.Namespace) -> int:
    began = time.monotonic()
    progress = Progress(BUILD_STEPS)
    try:
        result = build(
            options.data, warehouse_of(options), progress.step, if_changed=options.if_changed
        )
    finally:
        progress.close()
    _print_summary(result, time.monotonic() - began, show_all=options.all)
    return EXIT_REJECTED if result.rejections else EXIT_CLEAN


def _print_summary(result: BuildResult, seconds: float, *, show_all: bool) -> None:
    state = "published" if result.is_new else "unchanged"
    print(f"snapshot {result.pointer.snapshot} {state} in {seconds:.2f} s")
    print(f"as of {result.pointer.as_of_date}, schema version {result.pointer.schema_version}")
    if result.is_new:
        loaded = {n: c for n, c in result.row_counts.items() if n.startswith("core.") and c}
        print("rows loaded: " + ", ".join(f"{n[5:]} {c}" for n, c in loaded.items()))
    if result.is_synthetic:
        print(
            "synthetic data: every page and every export will carry the mark of illustrative data"
        )
    print(f"contradicting: {result.contradictions}")
    print(f"rejected: {len(result.rejections)}")
    unknown = sorted({r.value for r in result.rejections if r.reason == "unknown_province"})
    if unknown:
        print("unknown province names: " + ", ".join(repr(u) for u in unknown))
    shown = result.rejections if show_all else result.rejections[:50]
    for rejection in shown:
        print(f"  {rejection}")
    if len(shown) < len(result.rejections):
        print(f"  … and {len(result.rejections) - len(shown)} more (--all)")


def _extract(options: argparse.Namespace) -> int:
    # The rules of extraction are only loaded where documents are read: build starts without them.
    from etl import document_commands

    options.warehouse_folder = warehouse_of(options)
    return document_commands.extract(options)


def _ingest(options: argparse.Namespace) -> int:
    from etl import document_commands

    options.warehouse_folder = warehouse_of(options)
    return document_commands.ingest(options)


def _template(options: argparse.Namespace) -> int:
    from etl import template_command

    return template_command.run(options)


def _check(options: argparse.Namespace) -> int:
    warehouse = warehouse_of(options)
    pointer = publish.read_pointer(warehouse)
    if pointer is None:
        print(
            f"error: no snapshot; where: {warehouse}; expected: current.json and its file; "
            "what to do: python -m etl build",
            file=sys.stderr,
        )
        return EXIT_FAILED
    path = publish.snapshot_path(warehouse, pointer.snapshot)
    if publish.file_sha256(path) != pointer.sha256:
        print(f"error: {path} differs from the sha256 in current.json", file=sys.stderr)
        return EXIT_FAILED
    try:
        with publish.open_read_only(path) as con:
            failures = run_checks(con)
    except duckdb.Error as error:
        print(f"error: {path} cannot be checked: {error}", file=sys.stderr)
        return EXIT_FAILED
    for failure in failures:
        print(f"error: {failure}", file=sys.stderr)
    print(f"snapshot {pointer.snapshot}: " + ("failed" if failures else "all checks passed"))
    return EXIT_FAILED if failures else EXIT_CLEAN


def _accept(options: argparse.Namespace) -> int:
    for path in options.file:
        change = sources.describe_change(path)
        if not change:
            print(f"{path}: nothing has changed")
            continue
        print(f"{path}:\n{change}")
        print(row_changes(path, warehouse_of(options)))
        if not options.dry_run:
            sources.accept(path)
            print(f"{path}: accepted; {sources.declaration_of(path)} now declares it")
    return EXIT_CLEAN


def _rollback(options: argparse.Namespace) -> int:
    warehouse = warehouse_of(options)
    current = publish.read_pointer(warehouse)
    if options.list:
        for snapshot in publish.list_snapshots(warehouse):
            mark = "*" if current and current.snapshot == snapshot else " "
            print(f"{mark} {snapshot}")
        return EXIT_CLEAN
    with publish.build_lock(warehouse, 10.0, print):
        pointer = publish.roll_back(warehouse, options.snapshot)
    print(f"now at snapshot {pointer.snapshot}, as of {pointer.as_of_date}")
    return EXIT_CLEAN


if __name__ == "__main__":
    sys.exit(main())

"""python -m dashboard.briefing: the files of a briefing without the web page, for schedulers.

Exit code 0: all made; 3: made, but something is missing (said which and why); 1: nothing made;
2: wrong arguments.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

# The loaders share modules with the web pages; outside of a server the framework warns of that.
logging.getLogger("streamlit").setLevel(logging.ERROR)

from dashboard.briefing.build import build_briefing, sections_of  # noqa: E402
from dashboard.briefing.bundle import FORMATS, Made, make_files  # noqa: E402
from dashboard.briefing.files_out import remove_leftovers, write_whole  # noqa: E402
from dashboard.briefing.scope import Scope, UnknownScope, parse_scope  # noqa: E402
from dashboard.facts import load_view_facts  # noqa: E402
from dashboard.filters import Run  # noqa: E402
from dashboard.picture import stop  # noqa: E402
from dashboard.view import ViewFacts, read_view  # noqa: E402
from dashboard.warehouse import NoSnapshot, Snapshot, open_snapshot  # noqa: E402
from dashboard.words import DEFAULT_LANGUAGE, LANGUAGES  # noqa: E402
from domain.errors import TtdnError  # noqa: E402
from domain.vintages import VINTAGES  # noqa: E402

EXIT_MADE, EXIT_NOTHING, EXIT_ARGUMENTS, EXIT_GAPS, EXIT_STOPPED = 0, 1, 2, 3, 130
_DEFAULT_FORMATS: Final = "docx,pptx,pdf,xlsx"


class _WrongArgument(Exception):
    """What is wrong with the command line, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make and write the files; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Vietnamese letters
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    if options.warehouse is not None:
        os.environ["TTDN_WAREHOUSE"] = str(options.warehouse)
    try:
        return _run(options)
    except (_WrongArgument, UnknownScope) as error:
        _say(f"error: {error}")
        return EXIT_ARGUMENTS
    except TtdnError as error:
        _say(f"error: {error}; nothing was written")
        return EXIT_NOTHING
    except KeyboardInterrupt:
        _say("stopped; files that are there are whole")
        return EXIT_STOPPED
    finally:
        stop()


def _run(options: argparse.Namespace) -> int:
    formats = _listed(options.format, FORMATS, "--format")
    snapshot = open_snapshot()
    before = _before(options.before)
    run, scope = _read(options, snapshot)
    sections = None
    if options.sections is not None:
        sections = _listed(options.sections, sections_of(run, scope, before), "--sections")
    content = build_briefing(run, scope, sections, before)
    made = make_files(
        run, scope, formats, content=content, due=options.due, progress=_tell(options.quiet),
        keeps_warm=False,
    )  # fmt: skip
    return _write(made, options.out)


def _read(options: argparse.Namespace, snapshot: Snapshot) -> tuple[Run, Scope]:
    """The run and scope that the arguments ask for; what the page would only remark is an error."""
    facts: ViewFacts = load_view_facts(snapshot)
    params = {
        name: value
        for name, value in (
            ("as_of", options.as_of and options.as_of.isoformat()),
            ("since", options.since and options.since.isoformat()),
            ("vintage", options.vintage),
            ("year", options.year),
        )
        if value
    }
    if notices := read_view({**params, "lang": "en"}, facts).notices:
        raise _WrongArgument("; ".join(notices))
    view = read_view({**params, "lang": options.lang}, facts)
    run = Run(view, facts, snapshot)
    return run, parse_scope(options.scope, facts.provinces[view.vintage])


def _before(snapshot_id: str | None) -> Snapshot | None:
    if snapshot_id is None:
        return None
    try:
        return open_snapshot(snapshot_id)
    except NoSnapshot as error:
        raise _WrongArgument(f"--before: {error}") from error


def _listed(text: str, known: Sequence[str], option: str) -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        got = ", ".join(unknown) or "nothing"
        raise _WrongArgument(f"{option}: expected some of {', '.join(known)}; got {got}")
    return names


def _write(made: Made, folder: Path) -> int:
    """All files, each whole; a full disk ends the rest."""
    remove_leftovers(folder)
    written = 0
    try:
        for name, content in made.files.items():
            _say(f"written: {write_whole(folder, name, content)} ({len(content):,} bytes)")
            written += 1
    except OSError as error:
        _say(f"error: {error.strerror or error}; where: {folder}; the rest was not written")
        return EXIT_GAPS if written else EXIT_NOTHING
    for gap in made.gaps:
        _say(f"missing: {gap.text('en')}")
    if not written:
        _say("nothing was written")
        return EXIT_NOTHING
    return EXIT_GAPS if made.gaps else EXIT_MADE


def _tell(is_quiet: bool):  # type: ignore[no-untyped-def]
    if is_quiet or not sys.stderr.isatty():
        return None

    def progress(done: int, total: int, what: str) -> None:
        print(f"\r{done}/{total} {what:<10}", end="\n" if what == "done" else "", file=sys.stderr)

    return progress


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.briefing", description=(__doc__ or "").split("\n\n", 1)[0],
        epilog=(__doc__ or "").split("\n\n", 1)[1],
    )  # fmt: skip
    parser.add_argument(
        "--scope", default="country",
        help="country, route:NAME (china, laos, cambodia, sea), province:CODE or "
        "provinces:CODE,CODE with GSO codes (default country)",
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=_day, metavar="DATE",
        help="YYYY-MM-DD; default: the date that the dashboard opens on",
    )  # fmt: skip
    parser.add_argument("--since", type=_day, metavar="DATE", help="day to compare with")
    parser.add_argument("--before", metavar="ID", help="earlier snapshot to compare with")
    parser.add_argument(
        "--format", default=_DEFAULT_FORMATS, metavar="LIST",
        help=f"some of {','.join(FORMATS)} (default {_DEFAULT_FORMATS})",
    )  # fmt: skip
    parser.add_argument("--sections", metavar="LIST", help="default: all that the scope has")
    parser.add_argument("--due", type=_day, metavar="DATE", help="by when letters ask for answers")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--year", metavar="YEAR", help="plan year; default that of the date")
    parser.add_argument("--vintage", choices=[str(key) for key in VINTAGES])
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT_LANGUAGE)
    parser.add_argument("--warehouse", type=Path, metavar="DIR", help="else $TTDN_WAREHOUSE")
    parser.add_argument("--quiet", action="store_true", help="no progress on a terminal")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected YYYY-MM-DD, got {text!r}") from None


def _stopped(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stopped)  # a scheduler's stop cleans up like Ctrl+C
    sys.exit(main())

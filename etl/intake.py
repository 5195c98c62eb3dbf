"""What the upload page may do: receive, show, decide, publish. The only part of etl it calls."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from domain.documents import parse_date
from domain.errors import BadValue, TtdnError
from etl.archive import Archive, Decision, Original
from etl.extraction_run import extract_originals, load_contents
from etl.preview import Preview, preview_confirmation
from etl.reference import PROJECT_DATA, load_register
from etl.submitted_documents import apply_corrections, extraction_result
from etl.submitted_templates import template_names
from etl.template_child import mark_safely, parse_sheets
from etl.template_command import make_template
from etl.template_marks import Fault
from etl.template_sheets import TEMPLATES
from etl.templates import SheetContent

PUBLISH_SECONDS: Final = 600
# What a person may set, and how it is checked before it is written down.
DATES: Final = ("issued_date", "effective_date", "date")
YEARS: Final = ("plan_year", "period_start", "period_end", "year")
NUMBERS: Final = ("count", "out_of", "amount_million_vnd")


@dataclass(frozen=True)
class FilledSheetRows:
    """What stands in one sheet of a filled-in template: heads, and rows by their line."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class FilledTemplate:
    """A filled-in template that was submitted: which one, and what stands in it."""

    name: str
    sheets: tuple[FilledSheetRows, ...]


@dataclass(frozen=True)
class Submission:
    """One submitted original: what became of it, its stored text, and what was found.

    `result` has the keys of `python -m etl extract --json` with the corrections put in;
    `lost` are corrections that found nothing to correct any more. A filled-in template has
    `template` instead of text and result.
    """

    original: Original
    state: str
    text: str
    result: dict[str, Any]
    reason: str | None
    expected: str
    got: str
    lost: tuple[Decision, ...] = ()
    template: FilledTemplate | None = None


class Intake:
    """The documents of one warehouse folder, for the people who submit and confirm them."""

    def __init__(self, warehouse: Path, data: Path = PROJECT_DATA) -> None:
        self.warehouse = warehouse
        self._data = data
        self._archive = Archive(warehouse)

    def receive(self, content: bytes, name: str, person: str) -> Original:
        """Keep an uploaded file and read it; it waits until somebody confirms it.

        A file that is known already is returned as it first came. Raises BadValue without a name.
        """
        if not person.strip():
            raise BadValue("no name", expected="the name of who submits", got="nothing",
                           fix="type your name")  # fmt: skip
        original = self._archive.receive(content, name, person=person)
        extract_originals(self._archive, [original])
        return original

    def submissions(self, *states: str) -> list[Submission]:
        """Submitted originals, the latest first; only those in the states named, if any."""
        journal = self._archive.read()
        by_state = journal.states()
        wanted = [
            o for o in journal.originals.values() if not states or by_state[o.sha256] in states
        ]
        # A reader that failed is tried again by `receive` and by a build, not by looking at it.
        extract_originals(self._archive, wanted, again=False)
        corrections = journal.corrections()
        found = []
        for original, extraction in load_contents(self._archive, wanted[::-1]):
            content = extraction.content
            result: dict[str, Any] = {}
            lost: list[Decision] = []
            template = None
            if "template" in content:
                template = _filled(parse_sheets(content["template"], original.name))
            elif "error" not in content:
                result = extraction_result(original, extraction)
                lost = apply_corrections(result, corrections.get(original.sha256, ()))
            found.append(
                Submission(
                    original, by_state[original.sha256], extraction.text or "", result,
                    content.get("reason"), content.get("expected", ""), content.get("got", ""),
                    tuple(lost), template,
                )
            )  # fmt: skip
        return found

    def preview(self, sha256: str) -> Preview:
        """What confirming a document would change; see `preview_confirmation`."""
        return preview_confirmation(self._data, self._archive, sha256)

    def state(self) -> str:
        """Changes with every arrival and every decision."""
        return self._archive.fingerprint()

    def mark(self, sha256: str) -> tuple[bytes, list[Fault]]:
        """A filled-in template with its errors marked, and the errors cell by cell.

        They are what could not be loaded beside all data. Raises UnreadableDocument.
        """
        rejections = self.preview(sha256).rejections
        return mark_safely(self._archive.read_original(sha256), rejections)

    @staticmethod
    def templates() -> dict[str, str]:
        """Name -> title of the templates that people can fill in."""
        return {name: template.title for name, template in TEMPLATES.items()}

    def template(self, name: str) -> bytes:
        """An empty template."""
        return make_template(name, self._data)

    def decide(
        self, sha256: str, action: Literal["confirm", "reject"], person: str, reason: str = ""
    ) -> Decision:
        """Confirm or reject a whole document or template.

        Raises BadValue without name or needed reason, and for a template that has errors.
        """
        is_workbook = action == "confirm" and sha256 in template_names(self._archive.read())
        if is_workbook and self.preview(sha256).rejections:
            raise BadValue(
                "template has errors", expected="a template without errors", got="wrong cells",
                fix="correct the marked cells, then submit the file again",
            )  # fmt: skip
        return self._archive.decide(f"document:{sha256}", action, person=person, reason=reason)

    def correct(
        self, sha256: str, place: tuple[str, int, str], was: Any, to: Any, person: str, reason: str
    ) -> Decision:
        """Correct one field: `place` is (list, index, field), list "document" for the head.

        Raises BadValue for a value that the field cannot have, without name or reason.
        """
        name, index, field = place
        value = self._checked(field, to)
        return self._archive.decide(
            f"item:{sha256}:{name}:{index}:{field}", "correct",
            person=person, value={"was": was, "to": value}, reason=reason,
        )  # fmt: skip

    def remove(
        self, sha256: str, place: tuple[str, int, str], was: Any, person: str, reason: str
    ) -> Decision:
        """Take one found item out: what was found is not what the document says."""
        name, index, field = place
        return self._archive.decide(
            f"item:{sha256}:{name}:{index}:{field}", "reject",
            person=person, value={"was": was}, reason=reason,
        )  # fmt: skip

    def _checked(self, field: str, value: Any) -> Any:
        if value in ("", None):
            return None
        if field in DATES:
            return parse_date(str(value)).isoformat()
        if field in (*YEARS, *NUMBERS):
            try:
                return int(value) if field in YEARS else float(value)
            except ValueError:
                raise BadValue("not a number", expected="a number", got=repr(value),
                               fix="correct it") from None  # fmt: skip
        if field == "province_code_gso":
            register = load_register(self._data)
            try:
                register.by_code(str(value), 2008)
            except TtdnError:
                register.by_code(str(value), 2025)
        return value

    def publish(self) -> tuple[int, str]:
        """Build and publish in a process of its own: (exit code of the build, what it said).

        A process of its own, because DuckDB does not open one file twice in one process in
        different ways, and because a build must not slow down those who look at maps.
        """
        command = [sys.executable, "-m", "etl", "build", "--data", str(self._data),
                   "--warehouse", str(self.warehouse)]  # fmt: skip
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PUBLISH_SECONDS, check=False,
            cwd=PROJECT_DATA.parent,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def _filled(sheets: list[SheetContent]) -> FilledTemplate:
    """What stands in the sheets of a template, columns in which nothing stands left out."""
    found = []
    for sheet in sheets:
        page = sheet.template.sheet_of(sheet.table_name)
        given = sheet.given
        used = [i for i in range(len(given.header)) if any(cells[i] for _, cells in given.rows)]
        names = [given.header[i] for i in used]
        fields = page.by_name if page else {}
        found.append(
            FilledSheetRows(
                sheet.file.rpartition("#")[2],
                tuple(fields[n].head if n in fields else n for n in names),
                tuple((line, tuple(cells[i] for i in used)) for line, cells in given.rows),
            )
        )
    return FilledTemplate(sheets[0].template.name if sheets else "", tuple(found))

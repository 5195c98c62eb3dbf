"""All files of a briefing from one run and scope; pictures are drawn once for all of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from dashboard.briefing import bundle_data
from dashboard.briefing.build import build_briefing
from dashboard.briefing.content import Briefing, Picture, edited
from dashboard.briefing.docx_report import write_docx
from dashboard.briefing.letters import make_joint_letter, make_letters
from dashboard.briefing.letters_docx import write_letter
from dashboard.briefing.pdf_report import report_pages, write_pdf
from dashboard.briefing.pictures import PictureFormat, Pictures, render_pictures
from dashboard.briefing.pptx_slides import write_pptx
from dashboard.briefing.printing import print_html
from dashboard.briefing.scope import Scope
from dashboard.briefing.sheets import make_sheets
from dashboard.briefing.sheets_html import SheetTooLong, write_sheets
from dashboard.briefing.xlsx_book import write_xlsx
from dashboard.download.context import file_stem
from dashboard.filters import Run
from dashboard.picture import RenderUnavailable, rest, start_in_background
from dashboard.warehouse import Snapshot
from dashboard.words import format_number, word

FORMATS: Final = ("docx", "pptx", "pdf", "xlsx", "letters", "sheets", "zip")
# What ends up in the ZIP: everything else.
_ALL: Final = FORMATS[:-1]
_WITH_PICTURES: Final = frozenset({"docx", "pdf", "zip"})

# Browsers draw or print for one briefing at a time: together they would take more than 1 GB.
_turn: Final = threading.Lock()

# done, total, and what is being made: a key of [briefing.progress].
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Gap:
    """A part that could not be made: `key` of [briefing.gap] with its values."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Which part is missing and why."""
        values = dict(self.values)
        if reason := values.pop("reason", None):
            values["why"] = word(f"briefing.gap.why.{reason}", lang)
        return word(f"briefing.gap.{self.key}", lang, **values)


@dataclass(frozen=True)
class Made:
    """The files by name, and what is missing from them."""

    files: dict[str, bytes]
    gaps: tuple[Gap, ...]
    lang: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing and why, in the language of the briefing."""
        return tuple(gap.text(self.lang) for gap in self.gaps)


def make_files(
    run: Run,
    scope: Scope,
    formats: Collection[str],
    *,
    sections: Collection[str] | None = None,
    edits: Mapping[str, str] | None = None,
    due: date | None = None,
    content: Briefing | None = None,
    before: Snapshot | None = None,
    progress: Progress | None = None,
    keeps_warm: bool = True,
) -> Made:
    """The asked-for FORMATS as files; the same input gives the same bytes.

    `content` is a briefing that was built and edited already; without it one is built of
    `sections` and `before` (see build_briefing) with `edits` (see content.edited). `due` is the
    day by which the letters ask for an answer; `keeps_warm` starts the browser for pictures again
    when it had to make room. A part that this machine cannot make is left out
    and named in `gaps`. Raises ValueError for an unknown format, and what build_briefing raises.
    """
    if unknown := set(formats) - set(FORMATS):
        raise ValueError(f"formats {sorted(unknown)}: expected some of {', '.join(FORMATS)}")
    if content is None:
        content = edited(build_briefing(run, scope, sections, before), edits or {})
    work = _Work(run, scope, content, due, frozenset(formats), progress)
    try:
        return work.make()
    finally:
        if keeps_warm and work.has_rested:
            start_in_background()


class _Work:
    """One call of make_files."""

    def __init__(
        self,
        run: Run,
        scope: Scope,
        briefing: Briefing,
        due: date | None,
        formats: frozenset[str],
        progress: Progress | None,
    ) -> None:
        self.run, self.scope, self.briefing, self.due = run, scope, briefing, due
        self.formats, self.progress = formats, progress
        self.gaps: list[Gap] = []
        self.pictures = Pictures()
        has_zip = "zip" in formats
        self.wanted = [name for name in _ALL if has_zip or name in formats]
        has_pictures = bool(formats & _WITH_PICTURES) or (
            "pptx" in formats and any(_is_drawn_only(picture) for picture in briefing.pictures())
        )
        self.picture_count = len(list(briefing.pictures())) if has_pictures else 0
        self.total = self.picture_count + len(self.wanted) + has_zip
        self.done = 0
        self.has_rested = False

    def make(self) -> Made:
        """Pictures first, then format after format, the ZIP of them last."""
        if self.picture_count:
            self._draw()
        parts = {}
        for name in self.wanted:
            self._tell(name)
            parts[name] = _MAKERS[name](self)
            self.done += 1
        files: dict[str, bytes] = {}
        for name in self.wanted:
            if name in self.formats:
                files |= self._letter_files(parts[name]) if name == "letters" else parts[name]
        if "zip" in self.formats:
            self._tell("zip")
            files[f"{self.briefing.stem}.zip"] = self._zip(parts)
            self.done += 1
        self._tell("done")
        return Made(files, tuple(self.gaps), self.briefing.lang)

    def _tell(self, what: str) -> None:
        if self.progress is not None:
            self.progress(self.done, self.total, what)

    def _draw(self) -> None:
        # Office documents show the PNG, the PDF the drawing itself, the ZIP has both.
        wanted: dict[PictureFormat, frozenset[str]] = {
            "png": frozenset({"docx", "pptx", "zip"}), "svg": frozenset({"pdf", "zip"}),
        }  # fmt: skip
        drawn = tuple(kind for kind, formats in wanted.items() if formats & self.formats)
        start = self.done

        def step(done: int, total: int) -> None:
            self.done = start + done
            self._tell("pictures")

        self._tell("pictures")
        with _turn:
            self.pictures = render_pictures(self.briefing, drawn, step)
        self.done = start + self.picture_count
        missing = self.pictures.missing
        for reason in sorted(set(missing.values())):
            titles = [p.title for p in self.briefing.pictures() if missing.get(p.key) == reason]
            values = {
                "count": format_number(len(titles), self.briefing.lang),
                "titles": "; ".join(dict.fromkeys(titles)),
                "reason": reason,
            }
            self.gaps.append(Gap("pictures", values))

    @contextmanager
    def _printing(self) -> Iterator[None]:
        """A turn to print, for which the browser that draws makes room."""
        with _turn:
            rest()
            self.has_rested = True
            yield

    def docx(self) -> dict[str, bytes]:
        """The report; a picture that is missing is named in its place."""
        content = write_docx(self.briefing, self.pictures, pages=self.pages)
        return {f"{self.briefing.stem}.docx": content}

    @cached_property
    def pages(self) -> dict[str, int]:
        """Where chapters begin, for the contents of DOCX and PDF alike; {} without a browser."""
        with self._printing():
            return report_pages(self.briefing, self.pictures)

    def pdf(self) -> dict[str, bytes]:
        """The report, where there is a program that prints it."""
        try:
            pages = self.pages
            with self._printing():
                content = write_pdf(self.briefing, self.pictures, pages=pages)
            return {f"{self.briefing.stem}.pdf": content}
        except RenderUnavailable as error:
            self.gaps.append(Gap("pdf", {"reason": error.reason}))
            return {}

    def pptx(self) -> dict[str, bytes]:
        """The slides: shapes and charts of their own, no browser needed."""
        return {f"{self.briefing.stem}.pptx": write_pptx(self.briefing, self.pictures)}

    def xlsx(self) -> dict[str, bytes]:
        """The tables."""
        return {f"{self.briefing.stem}.xlsx": write_xlsx(self.briefing)}

    def letters(self) -> dict[str, bytes]:
        """A letter to each province, and one to all where there are several."""
        letters = list(make_letters(self.run, self.scope, self.due))
        if joint := make_joint_letter(self.run, self.scope, self.due):
            letters.insert(0, joint)
        if not letters:
            self.gaps.append(Gap("letters"))
        return {f"{letter.stem}.docx": write_letter(letter) for letter in letters}

    def _letter_files(self, letters: dict[str, bytes]) -> dict[str, bytes]:
        """Few letters one by one; of many the first, which is to all, and a ZIP of all."""
        if len(letters) <= 2:
            return letters
        lang = self.briefing.lang
        stem = self._stem(word("letters.stem.all", lang, scope=self.briefing.scope_name))
        first = next(iter(letters))
        return {first: letters[first], f"{stem}.zip": bundle_data.pack(letters)}

    def sheets(self) -> dict[str, bytes]:
        """One page per province in one PDF, where there is a browser that prints it."""
        lang = self.briefing.lang
        try:
            sheets = make_sheets(self.run, self.scope)
            with self._printing():
                content = write_sheets(sheets, print_html)
        except RenderUnavailable as error:
            self.gaps.append(Gap("sheets", {"reason": error.reason}))
            return {}
        except SheetTooLong:
            self.gaps.append(Gap("sheets", {"reason": "too_long"}))
            return {}
        stem = self._stem(word("sheets.stem", lang, scope=self.briefing.scope_name))
        return {f"{stem}.pdf": content}

    def _stem(self, title: str) -> str:
        briefing = self.briefing
        return file_stem(title, briefing.as_of, briefing.lang, briefing.mark)

    def _zip(self, parts: Mapping[str, Mapping[str, bytes]]) -> bytes:
        """Everything: the documents, pictures, tables, maps as data, and what they are."""
        files: dict[str, bytes] = {}
        for name, made in parts.items():
            folder = "letters/" if name == "letters" else ""
            files |= {f"{folder}{file}": content for file, content in made.items()}
        for (key, kind), content in self.pictures.items():
            files[f"pictures/{key}.{kind}"] = content
        for table in self.briefing.tables():
            files[f"tables/{table.key}.csv"] = bundle_data.table_csv(self.briefing, table)
        maps = bundle_data.status_maps(self.run, self.scope, self.briefing)
        files |= {f"maps/{name}": content for name, content in maps.items()}
        if licence := bundle_data.licence_file():
            files["maps/LICENSE-ODbL.md"] = licence
        missing = [gap.text("en") for gap in self.gaps]
        due = self.due.isoformat() if self.due else None
        files["manifest.json"] = bundle_data.manifest(
            self.briefing, files, due=due, missing=missing
        )
        return bundle_data.pack(files)


def _is_drawn_only(picture: Picture) -> bool:
    """Whether no format has shapes or charts of its own for it: a figure of another page."""
    return picture.subject is None and picture.bars is None


_MAKERS: Final[Mapping[str, Callable[[_Work], dict[str, bytes]]]] = {
    "docx": _Work.docx,
    "pptx": _Work.pptx,
    "pdf": _Work.pdf,
    "xlsx": _Work.xlsx,
    "letters": _Work.letters,
    "sheets": _Work.sheets,
}

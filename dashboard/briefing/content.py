"""What a briefing says, before it is known in which format: sections of findings, pictures, tables.

build.py makes it from a snapshot and a view; each writer (docx_*, pptx_*, pdf_*, xlsx_*) shows all
of it. Nothing here is markup: every text is plain, in the briefing's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from dashboard.briefing.office import Office
    from dashboard.map_layers import Subject

# In the order in which they stand; a reader chooses among them.
SECTIONS: Final = (
    "summary", "province", "regulation", "human_rights_plan", "annual_plan", "border_route",
    "budget", "result_report", "changes", "snapshot_changes", "chosen", "contradictions",
    "unknowns", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One sentence; `key` names it within the briefing, so that an edit finds it again.

    `evidence` are the documents it rests on, one line each (notes of a slide, annex).
    """

    key: str
    text: str
    evidence: tuple[str, ...] = ()
    is_edited: bool = False


@dataclass(frozen=True)
class Bars:
    """The numbers behind a chart, for native charts: one value per category and series.

    `series` are (label, #RRGGBB, values), a value of None is no bar; `colours` are of each category
    where there is one series. `unit` is what the values count ("tỉnh", "triệu đồng").
    """

    categories: tuple[str, ...]
    series: tuple[tuple[str, str, tuple[float | None, ...]], ...]
    unit: str
    is_stacked: bool = False
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A map or chart: drawn by Chromium from `draw`, or natively from `subject` or `bars`.

    `draw()` gives a light-theme plotly figure of `width` px with its boundaries inside; `alt` tells
    its message and numbers; `note` is the caption's second sentence or "". A map has `subject`.
    """

    key: str
    title: str
    alt: str
    draw: Callable[[], go.Figure]
    width: int
    note: str = ""
    subject: Subject | None = None
    bars: Bars | None = None
    evidence: tuple[str, ...] = ()

    @property
    def is_map(self) -> bool:
        """Whether the notice under maps is due and both archipelagos must be on it."""
        return self.subject is not None


@dataclass(frozen=True)
class Table:
    """Rows with worded columns; dates are dates, numbers are numbers, the index is not shown.

    `widths` weigh the columns (1 each where empty). `empty` is said where there is no row.
    """

    key: str
    title: str
    rows: pd.DataFrame
    empty: str
    note: str = ""
    widths: tuple[float, ...] = ()


Item = Picture | Table


@dataclass(frozen=True)
class Section:
    """One chapter: its findings first, then its pictures and tables in order."""

    key: str  # one of SECTIONS
    heading: str
    findings: tuple[Finding, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """All of a briefing in one language.

    `scope` is as on the command line (country, route:china, province:04, provinces:01,04);
    `scope_name` the same in words. `facts` are (label, text) rows: title, filters, as-of date,
    vintage, snapshot, notice under the maps, mark of synthetic data. `sources` are whole lines.
    """

    title: str
    scope: str
    scope_name: str
    lang: str
    as_of: date
    since: date | None
    vintage: int
    vintage_label: str
    snapshot_id: str
    facts: tuple[tuple[str, str], ...]
    map_notice: str
    unknowns: str  # one sentence on what is not known
    sources: tuple[str, ...]
    sections: tuple[Section, ...]
    office: Office
    mark: str | None = None  # of made-up data, on every page
    mark_note: str = ""

    def findings(self) -> Iterator[Finding]:
        """All findings in order."""
        for section in self.sections:
            yield from section.findings

    def pictures(self) -> Iterator[Picture]:
        """All maps and charts in order."""
        for section in self.sections:
            yield from (item for item in section.items if isinstance(item, Picture))

    def tables(self) -> Iterator[Table]:
        """All tables in order."""
        for section in self.sections:
            yield from (item for item in section.items if isinstance(item, Table))

    @property
    def stem(self) -> str:
        """The file name without extension: title and as-of date, nothing unsafe."""
        # Not above: the downloads import this module, by way of the button into the briefing.
        from dashboard.download.context import file_stem

        return file_stem(self.title, self.as_of, self.lang, self.mark)


def edited(briefing: Briefing, texts: Mapping[str, str]) -> Briefing:
    """The briefing with a person's wording of some findings, each marked as edited.

    `texts`: key of a finding -> its new text; an empty text takes the finding out. A text equal to
    the generated one is no edit; keys that the briefing does not have are passed over.
    """

    def of(finding: Finding) -> Finding:
        text = " ".join(texts.get(finding.key, finding.text).split())
        return finding if text == finding.text else replace(finding, text=text, is_edited=True)

    def section(given: Section) -> Section:
        findings = (of(finding) for finding in given.findings)
        return replace(given, findings=tuple(f for f in findings if f.text))

    return replace(briefing, sections=tuple(section(s) for s in briefing.sections))

"""The tables behind a briefing as a workbook: typed cells, native charts, no formula at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import pandas as pd
import xlsxwriter

from dashboard.briefing.content import Briefing, Table
from dashboard.briefing.flow import foot_line
from dashboard.briefing.xlsx_charts import add_charts
from dashboard.briefing.xlsx_sheets import SheetNames, Sheets
from dashboard.words import has_word, word

_UNKNOWN_SECTIONS: Final = ("contradictions", "unknowns")


def write_xlsx(briefing: Briefing) -> bytes:
    """The briefing as an XLSX file; the same briefing gives the same bytes.

    An overview first, then every table on a sheet of its own, the charts with their data, the data
    of the maps, what is not known, the evidence. Totals are values, text stays text.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False, "default_format_properties": {"font_name": "Arial"}},
    )  # fmt: skip
    made = datetime.combine(briefing.as_of, datetime.min.time())
    office = briefing.office
    book.set_properties(
        {
            "title": briefing.title,
            "author": office.name_en if briefing.lang == "en" else office.name,
            "subject": briefing.scope_name,
            "keywords": f"{briefing.snapshot_id}; {briefing.as_of.isoformat()}; {briefing.scope}",
            "comments": "\n".join(part for part in (briefing.mark, foot_line(briefing)) if part),
            "created": made,
        }
    )
    _write(Sheets(book, briefing))
    book.close()
    return out.getvalue()


def _write(sheets: Sheets) -> None:
    briefing, lang = sheets.briefing, sheets.briefing.lang
    tables = [*briefing.tables(), *_made_here(briefing)]
    names = SheetNames()
    overview = names.take(word("briefing.xlsx.overview", lang))
    named = [(names.take(_short_name(table, lang)), table) for table in tables]
    charts = [picture for picture in briefing.pictures() if picture.bars is not None]
    listed = [(name, table.title, len(table.rows)) for name, table in named]
    if charts:
        title = word("briefing.xlsx.charts_title", lang)
        chart_name = names.take(word("briefing.xlsx.charts", lang))
        listed.append((chart_name, title, len(charts)))
    sheets.overview(overview, listed)
    for name, table in named:
        sheets.table(name, table)
    if charts:
        add_charts(sheets, chart_name, title, charts)


def _short_name(table: Table, lang: str) -> str:
    key = f"briefing.xlsx.name.{table.key}"
    return word(f"briefing.xlsx.name.{table.key}", lang) if has_word(key, lang) else table.title


def _made_here(briefing: Briefing) -> list[Table]:
    """What other formats show as pictures, sentences and notes, as tables."""
    made = [_maps(briefing), _unknowns(briefing), _evidence(briefing)]
    if not any(table.key == "sources" for table in briefing.tables()):
        made.append(_sources(briefing))
    return [table for table in made if len(table.rows)]


def _table(briefing: Briefing, key: str, columns: Sequence[str], rows: Sequence[object]) -> Table:
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    return Table(f"own_{key}", word(f"briefing.xlsx.{key}_title", briefing.lang), frame, "")


def _maps(briefing: Briefing) -> Table:
    """Each unit with its class on each map: what the colours say."""
    lang = briefing.lang
    maps = [(p.title, p.subject) for p in briefing.pictures() if p.subject is not None]
    columns = [word(f"briefing.xlsx.{key}", lang) for key in ("code", "unit")]
    rows: dict[str, list[str]] = {}
    for _, subject in maps:
        for unit in subject.units:
            group = subject.groups[unit.class_name]
            text = group.label.replace("<br>", " ")
            if unit.code in subject.dimmed and group.sign:
                text = word("briefing.xlsx.outside", lang, label=text)
            rows.setdefault(unit.code, [unit.code, unit.name]).append(text)
    columns += [title for title, _ in maps]
    return _table(briefing, "maps", columns, list(rows.values()))


def _unknowns(briefing: Briefing) -> Table:
    """The sentences on what is not known or contradictory, even where no table tells more."""
    lang = briefing.lang
    rows = [(word("download.fact.unknowns", lang), briefing.unknowns)]
    rows += [
        (section.heading, finding.text)
        for section in briefing.sections
        if section.key in _UNKNOWN_SECTIONS
        for finding in section.findings
    ]
    columns = [word(f"briefing.xlsx.{key}", lang) for key in ("section", "finding")]
    return _table(briefing, "unknowns", columns, rows)


def _evidence(briefing: Briefing) -> Table:
    """One row per finding and document; what the summary repeats stands once."""
    lang = briefing.lang
    rows = [
        (section.heading, finding.text, line)
        for section in briefing.sections
        if section.key != "summary"
        for finding in section.findings
        for line in finding.evidence
    ]
    columns = [word(f"briefing.xlsx.{key}", lang) for key in ("section", "finding", "evidence")]
    return _table(briefing, "evidence", columns, rows)


def _sources(briefing: Briefing) -> Table:
    columns = [word("briefing.table.sources", briefing.lang)]
    rows = pd.DataFrame([(line,) for line in briefing.sources], columns=columns)
    return Table("sources", columns[0], rows, "")

"""Province sheets: everything known of one unit on one page, before it is a file.

Long lists are cut to what fits; each says how many more there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboard.briefing.letter_words import unit_title
from dashboard.briefing.scope import Scope, units_in
from dashboard.colours import CLASS_ORDER, LIGHT, class_style
from dashboard.figure_context import figure_context
from dashboard.filters import Run
from dashboard.map_zoom import describe_locator_map
from dashboard.province.budget import SOURCES as BUDGET_SOURCES
from dashboard.province.budget import budget_table, load_budget
from dashboard.province.contradictions import load_contradictions
from dashboard.province.documents import load_documents
from dashboard.province.places import SOURCES as PLACE_SOURCES
from dashboard.province.sheet import Sheet
from dashboard.province.statuses import SOURCES as STATUS_SOURCES
from dashboard.province.statuses import lines_of, status_lines_table
from dashboard.province.succession import FIRST_DAY, NEW, OLD, unit_of
from dashboard.province.unknowns import unknown_items
from dashboard.queries import query_sources
from dashboard.queries.province import query_province_places
from dashboard.tables import contradiction_table, date_or_blank
from dashboard.words import format_date, format_number, sort_key, word

SOURCE_IDS: Final = tuple(dict.fromkeys((*STATUS_SOURCES, *BUDGET_SOURCES, *PLACE_SOURCES)))


@dataclass(frozen=True)
class StatusRow:
    """One indicator: state with its sign and colour, since when, by what, how sure, remarks."""

    indicator: str
    state: str
    colour: str  # #RRGGBB of its text
    since: str
    document: str
    strength: str
    remark: str


@dataclass(frozen=True)
class ProvinceSheet:
    """One page; every text is plain, in one language. `facts` are (label, text)."""

    code: str
    vintage: int
    lang: str
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    map_alt: str
    succession: str
    statuses: tuple[StatusRow, ...]
    places: tuple[str, ...]
    budget: tuple[tuple[str, ...], ...]  # cells of a row, in the order of BUDGET_COLUMNS
    contradictions: tuple[tuple[str, str, str], ...]  # subject and both versions
    unknowns: tuple[tuple[str, str], ...]  # subject and what is not known
    sources: tuple[str, ...]
    notice: str
    snapshot: str
    mark: str | None = None


BUDGET_COLUMNS: Final = ("what", "period", "stage", "amount", "printed", "remark")


def make_sheets(run: Run, scope: Scope) -> tuple[ProvinceSheet, ...]:
    """The sheets of all units of a scope, by name in the order of the Vietnamese alphabet."""
    units = run.facts.provinces[run.view.vintage]
    codes = sorted(units_in(run, scope), key=lambda code: sort_key(units[code].name))
    return tuple(_sheet(run, code) for code in codes)


def _sheet(run: Run, code: str) -> ProvinceSheet:
    lang, view, sheet = run.view.lang, run.view, Sheet(run, code, printed=True)
    title = unit_title(run, code, lang)
    context = figure_context(run, sheet.name, source_ids=SOURCE_IDS, is_map=True)
    facts = (
        (word("download.fact.as_of", lang), format_date(view.as_of, lang)),
        (word("download.fact.vintage", lang), context.vintage_label),
        (word("sheets.fact.code", lang), code),
        (word("sheets.fact.routes", lang), _routes(run, code)),
        (word("sheets.fact.documents", lang), _documents(run, code)),
    )
    return ProvinceSheet(
        code=code,
        vintage=view.vintage,
        lang=lang,
        name=sheet.name,
        title=title[:1].upper() + title[1:],
        facts=facts,
        map_alt=describe_locator_map(vintage=view.vintage, code=code, lang=lang),
        succession=_succession(run, sheet),
        statuses=_statuses(sheet),
        places=_places(run, code),
        budget=_budget(load_budget(run, code), lang),
        contradictions=_contradictions(run, code),
        unknowns=tuple((subject, what) for subject, what, _ in unknown_items(run, code)),
        sources=_sources(run),
        notice=word("map.notice", lang),
        snapshot=context.snapshot_line(),
        mark=context.mark(),
    )


def _sources(run: Run) -> tuple[str, ...]:
    """Titles of the sources, without who made them: the report's annex has that."""
    rows = query_sources(run.snapshot).set_index("source_id")
    titles = rows["title" if run.view.lang == "vi" else "title_en"]
    return tuple(str(titles[name]) for name in SOURCE_IDS if name in titles.index)


def _routes(run: Run, code: str) -> str:
    lang, routes = run.view.lang, run.facts.provinces[run.view.vintage][code].routes
    names = [word(f"route.{route}", lang) for route in routes]
    return ", ".join(names) or word("sheets.no_route", lang)


def _documents(run: Run, code: str) -> str:
    """How many documents are known up to the day, and how many more without a date."""
    found = load_documents(run, code)
    key = "documents_undated" if len(found.undated) else "documents"
    values = {"count": len(found.dated), "undated": len(found.undated)}
    return word(f"sheets.{key}", run.view.lang, **values)


def _statuses(sheet: Sheet) -> tuple[StatusRow, ...]:
    lang, lines, table = sheet.run.view.lang, lines_of(sheet), status_lines_table(sheet)
    rows = []
    for line, row in zip(lines, table.to_dict("records"), strict=True):
        cells = {
            name: row[word(f"column.{name}", lang)]
            for name in ("indicator", "class", "since", "number", "counts_from", "issuer",
                         "section", "strength", "flags")
        }  # fmt: skip
        colour = LIGHT.text
        if line.class_name in CLASS_ORDER[line.indicator]:
            colour = class_style(line.indicator, str(line.class_name)).text(False)
        section = cells["section"]
        document = (
            cells["number"],
            date_or_blank(cells["counts_from"], lang),
            cells["issuer"],
            word("evidence.section", lang, section=section) if section else "",
        )
        rows.append(
            StatusRow(
                cells["indicator"],
                cells["class"],
                colour,
                date_or_blank(cells["since"], lang),
                " · ".join(part for part in document if part),
                cells["strength"],
                cells["flags"],
            )
        )
    return tuple(rows)


def _places(run: Run, code: str) -> tuple[str, ...]:
    """Gates by class and clusters by state, in counts, per route; those off all routes too."""
    lang = run.view.lang
    rows = query_province_places(run.snapshot, run.view.vintage, code, run.view.as_of)
    said = []
    for kind in ("gate", "cluster"):
        here = rows[rows["kind"] == kind]
        # A cluster seen twice is one cluster; the later observation tells its state.
        newest = here.sort_values("observed_date", na_position="first", kind="stable")
        once = newest.drop_duplicates("place_name", keep="last") if kind == "cluster" else here
        counts = Counter(
            (str(row.state), None if pd.isna(row.border_route) else str(row.border_route))
            for row in once.itertuples()
        )
        parts = [
            word(
                "sheets.place_count",
                lang,
                count=format_number(count, lang),
                state=_lower(word(f"province.place_state.{state}", lang)),
                where=word(f"route.{route}", lang) if route else word("sheets.off_route", lang),
            )
            for (state, route), count in sorted(counts.items(), key=lambda item: _place_key(*item))
        ]
        key = f"sheets.{kind}s" if parts else f"sheets.no_{kind}"
        said.append(word(key, lang, count=len(once), parts="; ".join(parts)))
    return tuple(said)


def _place_key(kind: tuple[str, str | None], count: int) -> tuple[Any, ...]:
    state, route = kind
    return (route is None, route or "", state, count)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _budget(lines: pd.DataFrame, lang: str) -> tuple[tuple[str, ...], ...]:
    """The printed amounts, those of information work and of later years first."""
    if lines.empty:
        return ()
    is_whole = lines["scope"] != "information_work"
    order = lines.assign(whole=is_whole, last=-lines["last_year"].fillna(0)).sort_values(
        ["whole", "last"], kind="stable"
    )
    rows = []
    for row in budget_table(order.drop(columns=["whole", "last"]), lang).to_dict("records"):
        cells = {
            name: str(row[word(f"province.column.{name}", lang)] or "")
            for name in ("scope", "programme", "period", "funding", "stage", "amount", "printed",
                         "role")
        }  # fmt: skip
        part = row.get(word("province.column.part", lang))
        what = (part, cells["scope"], cells["programme"])
        number = row[word("column.number", lang)]
        remark = (cells["role"], number, row[word("column.flags", lang)])
        rows.append(
            (
                " · ".join(str(text) for text in what if text),
                cells["period"],
                f"{cells['stage']}, {_lower(cells['funding'])}",
                cells["amount"],
                cells["printed"],
                "; ".join(str(text) for text in remark if text),
            )
        )
    return tuple(rows)


def _contradictions(run: Run, code: str) -> tuple[tuple[str, str, str], ...]:
    lang = run.view.lang
    table = contradiction_table(load_contradictions(run, code), lang)
    names = ("indicator", "stated", "contradicted_by")
    return tuple(
        (str(row[0]), str(row[1]), str(row[2]))
        for row in table[[word(f"column.{name}", lang) for name in names]].itertuples(
            index=False, name=None
        )
    )


def _succession(run: Run, sheet: Sheet) -> str:
    """What the unit became on 2025-07-01, or was made of."""
    lang, unit = run.view.lang, unit_of(run, sheet.code)
    is_new = run.view.vintage == NEW
    key = "kept" if len(unit.parts) == 1 else "merged"
    old = run.facts.provinces[OLD]
    return word(
        f"province.succession.{key}_{'new' if is_new else 'old'}",
        lang,
        province=sheet.name,
        unit=unit.name,
        parts=", ".join(old[part].name for part in unit.parts),
        first_day=format_date(FIRST_DAY, lang),
    )


def first_of(rows: Sequence[Any], limit: int) -> tuple[list[Any], int]:
    """The first so many and how many are left out; one that alone is left is shown instead."""
    if len(rows) <= limit + 1:
        return list(rows), 0
    return list(rows[:limit]), len(rows) - limit

"""Province sheets as one HTML page to print: a sheet of A4 for each, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final

import pypdfium2

from dashboard.briefing.printing import CONTENT_POLICY, PAPER_FONT
from dashboard.briefing.sheets import BUDGET_COLUMNS, ProvinceSheet, StatusRow, first_of
from dashboard.briefing.sheets_fit import (
    BUDGET_WIDTHS,
    LINE,
    MAP_WIDTH,
    SOURCE_SIZE,
    STATUS_WIDTHS,
    Limits,
    fitting,
)
from dashboard.briefing.sheets_map import country_symbol, locator
from dashboard.words import word

_STYLE: Final = f"""
@page {{ size: A4; margin: 11mm 12mm 9mm 14mm }}
* {{ box-sizing: border-box }}
html, body {{ margin: 0; padding: 0 }}
body {{ font-family: {PAPER_FONT}; color: #16191d;
  line-height: {LINE}; -webkit-print-color-adjust: exact; print-color-adjust: exact }}
section {{ break-before: page; position: relative }}
section:first-of-type {{ break-before: auto }}
.mark {{ color: #b00020; font-weight: bold; text-align: center; font-size: 11pt }}
h1 {{ font-size: 17pt; margin: 0 }}
.kind {{ font-size: 9.5pt; color: #444; margin: 0 0 1.5mm; border-bottom: .5mm solid #16191d;
  padding-bottom: 1mm }}
h2 {{ font-size: 10.5pt; margin: 2.6mm 0 .8mm }}
.top {{ display: flex; gap: 5mm }}
.top > div {{ flex: 1 }}
.map {{ width: {MAP_WIDTH}mm; height: auto; display: block }}
.map text {{ font-family: "Liberation Sans", Arial, sans-serif }}
.own {{ font-size: 12px; font-weight: bold; text-anchor: middle; fill: #1c2329 }}
.around {{ font-size: 12px; fill: #55606a }}
.here {{ font-size: 15px; font-weight: bold; fill: #16191d; stroke: #fff; stroke-width: 3px;
  paint-order: stroke }}
.notice {{ font-size: 6.6pt; color: #444; width: {MAP_WIDTH}mm; margin: .6mm 0 0 }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
th, td {{ border: .2mm solid #9aa3ab; padding: .45mm 1mm; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }}
th {{ background: #e7ecf2; font-weight: bold }}
td.n {{ text-align: right; white-space: nowrap }}
.facts td {{ border: 0; padding: .2mm 1mm .2mm 0 }}
.facts td:first-child {{ width: 27mm; color: #444 }}
ul {{ margin: 0; padding-left: 4.5mm }}
ul.two {{ columns: 2; column-gap: 8mm }}
ul.two li {{ break-inside: avoid }}
p {{ margin: .6mm 0 }}
.more, .none {{ font-style: italic; color: #444 }}
footer {{ margin-top: 2.4mm; border-top: .2mm solid #9aa3ab; padding-top: .8mm;
  font-size: {SOURCE_SIZE}pt; color: #444 }}
"""
_SLACKS: Final = (0.02, 0.1, 0.2, 0.3)  # shares of the page left empty, attempt by attempt

Print = Callable[[str], bytes]


def write_sheets(sheets: Sequence[ProvinceSheet], print_html: Print) -> bytes:
    """All sheets as one PDF, each on exactly one page; `print_html` makes a PDF of HTML.

    A sheet that runs over is set again with shorter lists and smaller type. Raises SheetTooLong
    where even the tightest does not fit, and what `print_html` raises.
    """
    codes = [sheet.code for sheet in sheets]
    attempts = dict.fromkeys(codes, 0)
    while True:
        limits = {sheet.code: fitting(sheet, _SLACKS[attempts[sheet.code]]) for sheet in sheets}
        content = print_html(sheets_html(sheets, limits))
        over = _too_long(content, codes, sheets[0].lang)
        if not over:
            return content
        for code in over:
            attempts[code] += 1
            if attempts[code] == len(_SLACKS):
                raise SheetTooLong(f"the sheet of unit {code} does not fit on one page")


class SheetTooLong(RuntimeError):
    """A sheet has more to say than fits on one page in the tightest setting."""


def _too_long(content: bytes, codes: Sequence[str], lang: str) -> list[str]:
    """Codes of the sheets that take more than one page, by the code that each begins with."""
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) == len(codes):
            return []
        over, place = [], -1
        label = word("sheets.fact.code", lang)
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_bounded()
            if place + 1 < len(codes) and f"{label} {codes[place + 1]}" in " ".join(text.split()):
                place += 1
            elif place >= 0 and codes[place] not in over:
                over.append(codes[place])
        return over or list(codes)
    finally:
        document.close()


def sheets_html(sheets: Sequence[ProvinceSheet], limits: Mapping[str, Limits]) -> str:
    """The page to print; `limits` of each sheet by unit code."""
    first = sheets[0]
    body = "".join(_section(sheet, limits[sheet.code]) for sheet in sheets)
    return (
        f'<!DOCTYPE html><html lang="{first.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        f"<title>{escape(word('sheets.title', first.lang))}</title><style>{_STYLE}</style></head>"
        f'<body><svg width="0" height="0" style="position:absolute" aria-hidden="true">'
        f"{country_symbol(first.vintage, first.lang)}</svg>{body}</body></html>"
    )


def _section(sheet: ProvinceSheet, limits: Limits) -> str:
    lang = sheet.lang
    mark = f'<div class="mark">{escape(sheet.mark)}</div>' if sheet.mark else ""
    facts = "".join(
        f"<tr><td>{escape(label)}</td><td>{escape(text)}</td></tr>" for label, text in sheet.facts
    )
    places = "".join(f"<p>{escape(text)}</p>" for text in sheet.places)
    disputed = [
        word("sheets.versions", lang, subject=subject, stated=stated, other=other)
        for subject, stated, other in sheet.contradictions
    ]
    unknown = [f"{subject}: {what}" for subject, what in sheet.unknowns]
    return (
        f'<section style="font-size:{limits.size}pt">{mark}<h1>{escape(sheet.title)}</h1>'
        f'<p class="kind">{escape(word("sheets.title", lang))}</p>'
        f'<div class="top"><div><table class="facts">{facts}</table>'
        f"{_heading('places', lang)}{places}"
        f"{_heading('succession', lang)}<p>{escape(sheet.succession)}</p></div>"
        f'<div style="flex:none">{locator(sheet.vintage, sheet.code, sheet.name, sheet.map_alt)}'
        f'<p class="notice">{escape(sheet.notice)}</p></div></div>'
        f"{_heading('statuses', lang)}{_statuses(sheet.statuses, lang)}"
        f"{_heading('budget', lang)}{_budget(sheet, limits.budget)}"
        f"{_heading('contradictions', lang)}"
        f"{_list(disputed, limits.contradictions, 'contradictions', lang)}"
        f"{_heading('unknowns', lang)}<p>{escape(word('sheets.unknown_note', lang))}</p>"
        f"{_list(unknown, limits.unknowns, 'unknowns', lang)}"
        f"<footer>{escape(word('sheets.sources', lang, sources='; '.join(sheet.sources)))}<br>"
        f"{escape(sheet.snapshot)}</footer></section>"
    )


def _heading(name: str, lang: str) -> str:
    return f"<h2>{escape(word(f'sheets.heading.{name}', lang))}</h2>"


def _list(texts: Iterable[str], limit: int, name: str, lang: str) -> str:
    shown, more = first_of(list(texts), limit)
    if not shown:
        return f'<p class="none">{escape(word(f"sheets.none.{name}", lang))}</p>'
    items = "".join(f"<li>{escape(text)}</li>" for text in shown)
    look = ' class="two"' if name == "unknowns" else ""
    return f"<ul{look}>{items}</ul>{_more(more, lang)}"


def _more(count: int, lang: str) -> str:
    if not count:
        return ""
    return f'<p class="more">{escape(word("sheets.more", lang, count=count))}</p>'


def _statuses(rows: Sequence[StatusRow], lang: str) -> str:
    names = ("indicator", "class", "since", "document", "strength", "remark")
    lines = [
        (
            escape(row.indicator),
            f'<b style="color:{row.colour}">{escape(row.state)}</b>',
            escape(row.since),
            escape(row.document),
            escape(row.strength),
            escape(row.remark),
        )
        for row in rows
    ]
    return _table([word(f"sheets.column.{name}", lang) for name in names], STATUS_WIDTHS, lines)


def _budget(sheet: ProvinceSheet, limit: int) -> str:
    lang = sheet.lang
    shown, more = first_of(sheet.budget, limit)
    if not shown:
        return f'<p class="none">{escape(word("sheets.none.budget", lang))}</p>'
    heads = [word(f"sheets.column.{name}", lang) for name in BUDGET_COLUMNS]
    lines = [tuple(escape(cell) for cell in row) for row in shown]
    place = BUDGET_COLUMNS.index("amount")
    note = f"<p>{escape(word('sheets.budget_note', lang))}</p>"
    return note + _table(heads, BUDGET_WIDTHS, lines, number=place) + _more(more, lang)


def _table(
    heads: Sequence[str],
    widths: Sequence[int],
    lines: Iterable[Sequence[Any]],
    number: int | None = None,
) -> str:
    """A table of cells that are markup already; `number` is the column of numbers."""
    columns = "".join(f'<col style="width:{width}%">' for width in widths)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    look = {number: ' class="n"'}
    body = "".join(
        "<tr>"
        + "".join(f"<td{look.get(place, '')}>{cell}</td>" for place, cell in enumerate(line))
        + "</tr>"
        for line in lines
    )
    return (
        f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )

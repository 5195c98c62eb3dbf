"""The report of a briefing as HTML for print: what the DOCX says, in the same order."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

from dashboard.briefing.columns import CELL_MARGIN, Columns
from dashboard.briefing.content import Briefing
from dashboard.briefing.docx_page import BODY, MARGINS, MARGINS_ACROSS
from dashboard.briefing.flow import (
    Block,
    Evidence,
    Heading,
    Letterhead,
    Listed,
    Sentence,
    Shown,
    Signature,
    caption,
    flow,
    foot_line,
    letterhead,
    title_lines,
)
from dashboard.briefing.pictures import Pictures, png_size, printed_size
from dashboard.briefing.printing import CONTENT_POLICY, PAPER_FONT
from dashboard.words import word

_STYLE: Final = """
html { font: %(body)spt %(font)s; line-height: 1.15; color: #000; }
body { margin: 0; }
p, ul { margin: 0 0 6pt; orphans: 2; widows: 2; }
.head { display: grid; grid-template-columns: 75.5mm 89.5mm; margin: 0 -2.5mm;
  text-align: center; row-gap: 6pt; }
.head p { margin: 0; }
.small { font-size: 12pt; }
.rule::after { content: ""; display: block; width: var(--rule); margin: 1pt auto 0;
  border-bottom: .75pt solid #000; }
.day { font-style: italic; }
h1 { font-size: 14pt; text-align: center; margin: 14pt 0 8pt; line-height: 1.3; }
h1 span { display: block; }
h2 { font-size: 14pt; margin: 14pt 0 6pt; break-after: avoid; }
h2.new { break-before: page; }
h3 { font-size: 13pt; margin: 8pt 0 4pt; break-after: avoid; }
.across h2.new { break-before: auto; }
.said { text-align: justify; text-indent: 10mm; }
ul { padding-left: 6mm; }
li { text-align: justify; margin-bottom: 4pt; }
.note { font-size: 10pt; }
.edited { font-size: 10pt; font-style: italic; color: #555; }
a { color: inherit; text-decoration: none; }
.contents { margin: 10pt 0; break-inside: avoid; }
.contents h2 { text-align: center; font-size: 13pt; margin: 0 0 4pt; }
.contents a { display: flex; gap: 1.5mm; margin-bottom: 2pt; }
.contents .number { min-width: 10mm; }
.contents .dots { flex: 1; border-bottom: 1pt dotted #555; margin-bottom: 3pt; }
.figure { break-inside: avoid; text-align: center; margin: 8pt 0 12pt; }
.figure img { display: block; margin: 0 auto; }
.caption { font-size: 12pt; text-align: center; margin: 6pt 0; }
.caption.above { break-after: avoid; }
.missing { border: .75pt solid #808080; padding: 4pt; text-align: left; }
table { border-collapse: collapse; table-layout: fixed; width: calc(100%% - 1pt);
  margin: 0 0 10pt; }
table.short { break-inside: avoid; }
th, td { border: .5pt solid #808080; padding: 1pt %(margin)smm; vertical-align: top;
  text-align: left; overflow-wrap: anywhere; }
thead th { background: #e7ecf2; text-align: center; }
tbody th { background: #e7ecf2; }
tr { break-inside: avoid; }
thead tr { break-after: avoid; }
td.number { text-align: right; }
.facts { font-size: 11pt; }
.facts th { width: 42mm; }
.signature { display: grid; grid-template-columns: 1fr 1fr; margin-top: 14pt; min-height: 40mm;
  break-inside: avoid; }
.signature p { margin: 0; font-size: 11pt; }
.signature .to { font-weight: bold; font-style: italic; font-size: 12pt; }
.signature .signer { font-weight: bold; font-size: 13pt; text-align: center; }
.across { page: across; }
"""
_SHORT: Final = 4  # rows of a table that is not cut


def report_html(
    briefing: Briefing,
    pictures: Pictures,
    pages: Mapping[str, int] | None = None,
    with_pictures: bool = True,
) -> str:
    """The whole document; `pages` are the numbers of the contents by anchor, where known.

    Without `with_pictures` each is left white in its size: enough to see what stands on which page.
    """
    blocks = flow(briefing)
    head = letterhead(briefing.office, briefing.as_of, briefing.lang)
    writer = _Writer(briefing, pictures, head, with_pictures)
    body = [writer.head(), writer.facts(), writer.contents(blocks, pages or {})]
    across = False
    for block in blocks:
        lies = isinstance(block, (Heading, Listed)) and writer.is_across(block)
        if lies != across:
            body.append('<div class="across">' if lies else "</div>")
            across = lies
        body.append(writer.block(block))
    if across:
        body.append("</div>")
    lang, title = escape(briefing.lang), escape(briefing.title)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        f"<title>{title}</title><style>{_style(briefing)}</style></head>"
        f"<body>{''.join(body)}</body></html>"
    )


def _style(briefing: Briefing) -> str:
    """The style sheet with the running lines of this briefing."""
    foot = css_string(foot_line(briefing))
    if briefing.mark and briefing.mark_note:
        foot += ' "\\a" ' + css_string(briefing.mark_note)
    mark = ""
    if briefing.mark:
        mark = (
            f"@top-left {{ content: {css_string(briefing.mark)}; color: #b00020; "
            f"font: bold 11pt {PAPER_FONT}; white-space: nowrap; }}"
        )
    upright, across = (
        f"{m['top']}mm {m['right']}mm {m['bottom']}mm {m['left']}mm"
        for m in (MARGINS, MARGINS_ACROSS)
    )
    return (
        f"@page {{ size: A4; margin: {upright}; {mark} @top-right {{ content: ''; }}"
        f"@top-center {{ content: counter(page); font: 13pt {PAPER_FONT}; }}"
        f"@bottom-center {{ content: {foot}; font: 9pt {PAPER_FONT}; color: #555; "
        "white-space: pre; } }"
        "@page :first { @top-center { content: ''; } }"
        f"@page across {{ size: A4 landscape; margin: {across}; }}"
        + _STYLE
        % {"body": BODY, "font": PAPER_FONT, "margin": CELL_MARGIN}
    )


def css_string(text: str) -> str:
    """A CSS string that nothing in the text can end."""
    safe = "".join(c if c.isalnum() or c in " .,:;·–()-/" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


class _Writer:
    """The pieces of one document."""

    def __init__(
        self, briefing: Briefing, pictures: Pictures, head: Letterhead, with_pictures: bool
    ) -> None:
        self.briefing, self.pictures, self.letterhead = briefing, pictures, head
        self.lang, self.with_pictures = briefing.lang, with_pictures

    def say(self, key: str, **values: object) -> str:
        return escape(word(f"briefing.paper.{key}", self.lang, **values))

    def is_across(self, block: Heading | Listed) -> bool:
        return block.is_across if isinstance(block, Heading) else block.columns.is_across

    def head(self) -> str:
        """Letterhead and title."""
        head = self.letterhead
        kind, about = title_lines(self.briefing)
        return (
            f'<div class="head"><div><p class="small">{escape(head.superior.upper())}</p>'
            f'<p class="small rule" style="--rule: 28mm"><b>{escape(head.name.upper())}</b></p>'
            "</div>"
            f'<div><p class="small"><b>{escape(head.country)}</b></p>'
            f'<p class="rule" style="--rule: 56mm"><b>{escape(head.motto)}</b></p></div>'
            f"<p>{_spaced(head.number)}</p>"
            f'<p class="day">{_spaced(head.place_date)}</p></div>'
            f"<h1><span>{escape(kind)}</span> <span>{escape(about)}</span></h1>"
        )

    def facts(self) -> str:
        rows = (
            f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>'
            for label, text in self.briefing.facts
        )
        return f'<table class="facts"><tbody>{"".join(rows)}</tbody></table>'

    def contents(self, blocks: Sequence[Block], pages: Mapping[str, int]) -> str:
        entries = []
        for block in blocks:
            if isinstance(block, Heading):
                number = f'<span class="number">{escape(block.number)}</span>'
                page = str(pages.get(block.anchor, ""))
                entries.append(
                    f'<a href="#{escape(block.anchor)}">{number if block.number else ""}'
                    f'<span>{escape(block.text)}</span><span class="dots"></span>'
                    f"<span>{page}</span></a>"
                )
        title = f'<p class="caption"><b>{self.say("contents")}</b></p>'
        return f'<div class="contents">{title}{"".join(entries)}</div>'

    def block(self, block: Block) -> str:
        match block:
            case Heading():
                number = f"{escape(block.number)} " if block.number else ""
                kind = ' class="new"' if block.is_annex or block.starts_page else ""
                return f'<h2 id="{escape(block.anchor)}"{kind}>{number}{escape(block.text)}</h2>'
            case Sentence():
                return self._sentence(block)
            case Shown():
                return self._picture(block)
            case Listed():
                return self._table(block)
            case Signature():
                return self._signature()
            case Evidence():
                lines = "".join(f"<li>{escape(line)}</li>" for line in block.lines)
                title = self.say("evidence_of", number=block.note)
                return f'<h3 id="note-{block.note}">{title}</h3><ul class="small">{lines}</ul>'

    def _sentence(self, sentence: Sentence) -> str:
        text = escape(sentence.finding.text)
        if sentence.note is not None:
            text += f' <a class="note" href="#note-{sentence.note}">[{sentence.note}]</a>'
        if sentence.finding.is_edited:
            text += f' <span class="edited">{self.say("edited")}</span>'
        return f"<ul><li>{text}</li></ul>" if sentence.is_listed else f'<p class="said">{text}</p>'

    def _caption(self, kind: str, number: int, text: str, place: str) -> str:
        return f'<p class="caption {place}"><b>{self.say(kind)} {number}.</b> {escape(text)}</p>'

    def _picture(self, shown: Shown) -> str:
        picture = shown.picture
        below = self._caption("figure", shown.number, caption(picture.title, picture.note), "below")
        return f'<div class="figure">{self._image(shown)}{below}</div>'

    def _image(self, shown: Shown) -> str:
        picture = shown.picture
        svg = self.pictures.get((picture.key, "svg"))
        png = self.pictures.get((picture.key, "png"))
        if svg is None and png is None:
            reason = self.pictures.missing.get(picture.key, "failed")
            return (
                f'<div class="missing"><p><b>{self.say("not_drawn", title=picture.title)}</b></p>'
                f"<p>{self.say(f'missing.{reason}')}</p>"
                f"<p>{self.say('not_drawn_shows', alt=picture.alt)}</p></div>"
            )
        across, down = png_size(png) if png else svg_size(svg or b"")
        width, height = printed_size(across, down, shown.room)
        size = f'style="width: {width}mm; height: {height}mm"'
        if not self.with_pictures:
            return f"<div {size}></div>"
        # The SVG stays sharp at any size, can be searched, and is the smaller of the two in a PDF.
        kind, content = ("svg+xml", svg) if svg is not None else ("png", png or b"")
        data = b64encode(content).decode("ascii")
        return f'<img alt="{escape(picture.alt)}" {size} src="data:image/{kind};base64,{data}">'

    def _table(self, listed: Listed) -> str:
        table, columns = listed.table, listed.columns
        above = self._caption("table", listed.number, caption(table.title, table.note), "above")
        if not columns.cells:
            return f"{above}<p>{escape(table.empty)}</p>"
        return above + _grid(columns)

    def _signature(self) -> str:
        return (
            f'<div class="signature"><div><p class="to">{self.say("recipients")}</p>'
            f"<p>{self.say('recipient_open')}</p><p>{self.say('recipient_file')}</p></div>"
            f'<p class="signer">{escape(self.letterhead.signer)}</p></div>'
        )


def _grid(columns: Columns) -> str:
    total = sum(columns.widths)
    # The last takes what is left: a table wider than the page by a rounding loses its right line.
    widths = "".join(f'<col style="width: {w / total:.2%}">' for w in columns.widths[:-1])
    widths += "<col>"
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in columns.heads)
    rows = []
    for texts in columns.cells:
        cells = (
            f"<td{' class=number' if is_number else ''}>{escape(text)}</td>"
            for text, is_number in zip(texts, columns.is_number, strict=True)
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    kind = ' class="short"' if len(columns.cells) <= _SHORT else ""
    return (
        f'<table{kind} style="font-size: {columns.size}pt"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _spaced(text: str) -> str:
    """Blanks left for a pen stay as wide as they are."""
    return escape(text).replace("  ", "&nbsp;&nbsp;")


def svg_size(content: bytes) -> tuple[float, float]:
    """Width and height of an SVG in px, from its first element."""
    head = content[: content.find(b">")].decode("utf-8", "replace")
    sizes = [head.partition(f' {name}="')[2].partition('"')[0] for name in ("width", "height")]
    return float(sizes[0]), float(sizes[1])

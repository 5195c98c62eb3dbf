"""What every downloaded file says of itself: title, filters, date, snapshot, sources, notices."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from dashboard.words import format_date, format_number, word

LONGEST_STEM: Final = 160  # bytes of UTF-8; file systems allow 255 for the whole name


@dataclass(frozen=True)
class FigureContext:
    """The words around one figure, all in `lang`; nothing in it is markup.

    `filters` are (label, value) pairs, `legend` (glyph, label, count) triples, `notices` whole
    sentences (the map notice is added to every map that lacks it), `unknowns` a sentence about what
    the figure cannot show, `stem` the Vietnamese file name without date and extension,
    `is_synthetic` that the data are made up and the file is to say so.
    """

    title: str
    as_of: date
    vintage_label: str
    snapshot_id: str
    sources: tuple[str, ...]
    stem: str
    lang: str
    filters: tuple[tuple[str, str], ...] = ()
    legend: tuple[tuple[str, str, int], ...] = ()
    notices: tuple[str, ...] = ()
    unknowns: str | None = None
    is_synthetic: bool = False

    def mark(self) -> str | None:
        """What marks the file of made-up data; None for real data."""
        return word("synthetic.mark", self.lang) if self.is_synthetic else None

    def mark_lines(self) -> list[str]:
        """The mark and what it means; empty for real data."""
        mark = self.mark()
        return [] if mark is None else [mark, word("synthetic.note", self.lang)]

    def as_of_line(self) -> str:
        """The as-of date and the administrative vintage."""
        day = format_date(self.as_of, self.lang)
        return f"{word('download.as_of', self.lang, date=day)} · {self.vintage_label}"

    def filter_line(self) -> str:
        """All filters, or that there are none."""
        if not self.filters:
            return word("download.no_filters", self.lang)
        pairs = "; ".join(f"{label}: {value}" for label, value in self.filters)
        return word("download.filters", self.lang, filters=pairs)

    def snapshot_line(self) -> str:
        """The snapshot, so that the same figure can be made again."""
        return word("download.snapshot", self.lang, id=self.snapshot_id)

    def legend_texts(self) -> list[str]:
        """One line per class: sign, label, number."""
        return [
            f"{glyph} {label}: {format_number(count, self.lang)}"
            for glyph, label, count in self.legend
        ]

    def facts(self) -> list[tuple[str, str]]:
        """Everything as (label, text) rows, for the data files."""
        key = "download.fact"
        rows = [
            *((word(f"{key}.notice", self.lang), text) for text in self.mark_lines()),
            (word(f"{key}.title", self.lang), self.title),
            (word(f"{key}.as_of", self.lang), format_date(self.as_of, self.lang)),
            (word(f"{key}.vintage", self.lang), self.vintage_label),
            *(self.filters or [(word(f"{key}.filter", self.lang), self.filter_line())]),
            (word(f"{key}.snapshot", self.lang), self.snapshot_id),
            *((word(f"{key}.legend", self.lang), text) for text in self.legend_texts()),
            *((word(f"{key}.notice", self.lang), text) for text in self.notices),
        ]
        if self.unknowns:
            rows.append((word(f"{key}.unknowns", self.lang), self.unknowns))
        return [*rows, *((word(f"{key}.source", self.lang), text) for text in self.sources)]


def file_name(context: FigureContext, extension: str) -> str:
    """`Quy-chế-thông-tin-đối-ngoại_2023-07-31.png`: as file_stem, with an extension."""
    stem = file_stem(context.stem, context.as_of, context.lang, context.mark())
    return f"{stem}.{extension}"


def file_stem(title: str, as_of: date, lang: str, mark: str | None = None) -> str:
    """A file name without extension: Vietnamese letters kept, nothing unsafe, then the date.

    Composed letters (NFC), digits and hyphens only, at most LONGEST_STEM bytes before the date.
    The name of a file of made-up data begins with its mark.
    """
    text = unicodedata.normalize("NFC", " ".join((mark or "", title)))
    stem = re.sub(r"[^\w]+", "-", text).replace("_", "-").strip("-")
    while len(stem.encode()) > LONGEST_STEM:
        stem = stem[:-1]
    stem = stem.rstrip("-") or word("download.default_stem", lang)
    return f"{stem}_{as_of.isoformat()}"

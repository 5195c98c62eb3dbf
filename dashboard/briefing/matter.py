"""What the parts of a briefing are made from: one run, one scope, and words for both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import pandas as pd

from dashboard.briefing.content import Bars, Finding, Picture, Section, Table
from dashboard.briefing.scope import COUNTRY, Scope, scoped_run, units_in
from dashboard.charts import describe_class_counts, plot_class_counts
from dashboard.colours import LIGHT, class_style
from dashboard.download import MAP_WIDTH
from dashboard.filters import Run
from dashboard.map_subjects import class_label, indicator_subject
from dashboard.maps import describe_map, plot_province_map
from dashboard.province_map import map_title
from dashboard.statuses import Statuses, load_statuses
from dashboard.tables import date_or_blank, text_or_blank
from dashboard.warehouse import Snapshot
from dashboard.words import format_date, format_number, sort_key, word
from domain.indicators import BORDER_ROUTE, NOT_APPLICABLE

CHART_WIDTH: Final = 720  # px of a chart on an upright page


@dataclass(frozen=True)
class Matter:
    """A run and what of it a briefing is about; `source_ids` gathers what its parts used.

    `before` is an earlier snapshot to compare with, None for none.
    """

    run: Run
    scope: Scope
    before: Snapshot | None
    source_ids: dict[str, None]

    @classmethod
    def of(cls, run: Run, scope: Scope, before: Snapshot | None = None) -> Matter:
        """The matter of a scope, with the view that the loaders need for it."""
        return cls(scoped_run(run, scope), scope, before, {})

    @property
    def lang(self) -> str:
        """The language of the briefing."""
        return self.run.view.lang

    @cached_property
    def units(self) -> frozenset[str]:
        """Codes of the units that the briefing is about."""
        return units_in(self.run, self.scope)

    @cached_property
    def others(self) -> frozenset[str]:
        """Codes of the units of the vintage that it is not about: paler on maps."""
        return frozenset(self.run.facts.provinces[self.run.view.vintage]) - self.units

    @property
    def is_country(self) -> bool:
        """Whether nothing is left out."""
        return self.scope.kind == COUNTRY

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the briefing: `key` without its table."""
        return word(f"briefing.say.{key}", self.lang, **values)

    def finding(self, key: str, *, evidence: Iterable[str] = (), **values: Any) -> Finding:
        """A finding from the sentence of the same key."""
        return Finding(key, self.say(key, **values), tuple(evidence))

    def section(self, key: str, *parts: Finding | Picture | Table, **values: Any) -> Section:
        """A section of findings and items in the given order."""
        findings = tuple(part for part in parts if isinstance(part, Finding))
        items = tuple(part for part in parts if not isinstance(part, Finding))
        heading = word(f"briefing.section.{key}", self.lang, **values)
        return Section(key, heading, findings, items)

    def day(self, value: Any) -> str:
        """A date in words."""
        return format_date(value, self.lang)

    def number(self, value: float | None) -> str:
        """A number in words."""
        return format_number(value, self.lang)

    def label(self, indicator: str, class_name: str) -> str:
        """A class within a sentence: without the capital it has on a legend."""
        text = word(f"class.{indicator}.{class_name}", self.lang)
        return text[:1].lower() + text[1:]

    def names(self, values: Iterable[str]) -> str:
        """All names in the order of the alphabet: a briefing leaves nobody out."""
        return ", ".join(sorted(set(values), key=sort_key))

    def mine(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows (province_code_gso) that are about the units of the scope."""
        return rows[rows["province_code_gso"].isin(self.units)]

    def used(self, *source_ids: str) -> None:
        """Note that a part rests on these sources."""
        self.source_ids.update(dict.fromkeys(source_ids))

    def statuses(self, indicator: str, route: str | None = None) -> Statuses:
        """The statuses of an indicator, with the units outside the scope dimmed."""
        run = self.run
        if route is not None:
            run = replace(run, view=replace(run.view, route=route))
        return replace(load_statuses(run, indicator), dimmed=self.others)

    def on_route(self, route: str) -> Statuses:
        """The coverage of one route, units that do not lie on it dimmed as well."""
        found = self.statuses(BORDER_ROUTE, route)
        off = found.table.loc[found.table["class"] == NOT_APPLICABLE, "province_code_gso"]
        return replace(found, dimmed=self.others | set(off))

    def evidence(self, shown: pd.DataFrame) -> tuple[str, ...]:
        """One line per document behind some statuses: number, date, body, place, strength, whom."""
        known = shown[shown["strength"].notna() & (shown["nature"] != "reference")]
        known = known.assign(section=known.get("section", None))
        keys = ["document_number", "evidence_date", "issuing_body", "section", "strength"]
        lines = []
        for values, rows in known.groupby(keys, dropna=False, sort=True):
            number, day, body, section, strength = values
            about = [
                text_or_blank(number) or word("evidence.no_number", self.lang),
                date_or_blank(day, self.lang),
                text_or_blank(body),
                word("evidence.section", self.lang, section=section)
                if text_or_blank(section)
                else "",
                word(f"strength.{strength}", self.lang),
            ]
            who = self.names(rows["province_name"])
            lines.append(f"{' · '.join(part for part in about if part)}: {who}")
        return tuple(lines)

    def map(self, key: str, statuses: Statuses) -> Picture:
        """The national map of an indicator, units outside the scope paler."""
        lang, given = self.lang, statuses
        chosen = self.scope.codes[0] if len(self.scope.codes) == 1 else None
        subject = indicator_subject(
            given.table, given.indicator, given.vintage, lang, False, given.dimmed
        )
        return Picture(
            key=key,
            title=map_title(given, lang),
            alt=describe_map(
                given.table, given.indicator, given.vintage, given.as_of, lang, dimmed=given.dimmed
            ),
            draw=lambda: plot_province_map(
                given.table,
                indicator=given.indicator,
                vintage=given.vintage,
                lang=lang,
                selected=chosen,
                dimmed=given.dimmed,
                width=MAP_WIDTH,
                geojson="inline",
            ),
            width=MAP_WIDTH,
            subject=subject,
            evidence=self.evidence(given.shown),
        )

    def counts(self, key: str, statuses: Statuses) -> Picture:
        """Bars: units of each class."""
        lang, counts, indicator = self.lang, statuses.counts, statuses.indicator
        names = list(counts["class"])
        fills = tuple(class_style(indicator, name).fill(False) for name in names)
        values = tuple(float(count) for count in counts["province_count"])
        label = word("column.provinces", lang)
        return Picture(
            key=key,
            title=self.say("counts_title", title=map_title(statuses, lang)),
            alt=describe_class_counts(counts, indicator, statuses.as_of, lang),
            draw=lambda: plot_class_counts(counts, indicator, lang),
            width=CHART_WIDTH,
            bars=Bars(
                categories=tuple(class_label(indicator, name, lang) for name in names),
                series=((label, LIGHT.mark, values),),
                unit=label,
                colours=fills,
            ),
        )

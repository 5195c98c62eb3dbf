"""Administrative vintages: 63 provinces until 2025-06-30, 34 units from 2025-07-01.

Source: Resolution 202/2025/QH15 (the 34 units), Resolution 15/2008/QH12 in force 2008-08-01 (63).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Vintage:
    """One life of the map of provinces; `last_day` is included, None means still."""

    key: int
    first_day: dt.date
    last_day: dt.date | None
    unit_count: int

    def contains(self, day: dt.date) -> bool:
        """Whether the vintage is in force on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


VINTAGES: Mapping[int, Vintage] = {
    2008: Vintage(2008, dt.date(2008, 8, 1), dt.date(2025, 6, 30), 63),
    2025: Vintage(2025, dt.date(2025, 7, 1), None, 34),
}


def vintage_at(day: dt.date) -> Vintage:
    """The vintage in force on a day; days before the first count to the first."""
    return VINTAGES[2025] if VINTAGES[2025].contains(day) else VINTAGES[2008]


@dataclass(frozen=True)
class Crosswalk:
    """Old province code → code of the unit of 2025-07-01 (whole-province mergers only)."""

    successor_by_code: Mapping[str, str]

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Crosswalk:
        """Build from (old code, new code) pairs; raises ValueError for two successors of one."""
        successors: dict[str, str] = {}
        for old, new in pairs:
            if successors.setdefault(old, new) != new:
                raise ValueError(f"province {old} has two successors: {successors[old]}, {new}")
        return cls(successors)

    def parts(self, code_2025: str) -> tuple[str, ...]:
        """Codes of the 63 that were merged into one unit of the 34, sorted."""
        return tuple(sorted(o for o, n in self.successor_by_code.items() if n == code_2025))

    def codes_2025(self) -> tuple[str, ...]:
        """Codes of the 34 units, sorted."""
        return tuple(sorted(set(self.successor_by_code.values())))

"""Made-up observations of information clusters at the international gates."""

from __future__ import annotations

import datetime as dt
from typing import Final

from benchmarks.synthetic.invention import LAST_DAY, Invention, Row, address, day_between

STATES: Final = ("proposed", "planned", "operating", "operating", "needs_repair", "closed")
WITH_CLUSTER: Final = 0.7  # of all international gates
MOST_OBSERVATIONS: Final = 5


def invent_clusters(inventing: Invention) -> list[Row]:
    """Up to five observations of a cluster, some dated to the day, some to the year."""
    chance = inventing.chance("information_clusters")
    rows: list[Row] = []
    for place, gate in enumerate(inventing.gates, 1):
        if chance.random() > WITH_CLUSTER:
            continue
        days = sorted(
            day_between(chance, dt.date(inventing.years[0], 1, 1), LAST_DAY)
            for _ in range(chance.randint(1, MOST_OBSERVATIONS))
        )
        for ordinal, (day, state) in enumerate(zip(days, STATES[chance.randint(0, 1) :]), 1):
            # An observation of a year counts from its last day, and that day decides the vintage.
            is_dated = chance.random() < 0.7 or day.year == LAST_DAY.year
            counted = day if is_dated else dt.date(day.year, 12, 31)
            rows.append(
                {
                    "name": f"Cụm thông tin minh họa {place:02d}",
                    **inventing.unit_on(gate.code, counted).cells(), "gate": gate.name,
                    "status": state, "year": day.year, "document_number": "",
                    "reported_on": day if is_dated else "",
                    "source_url": address("information_clusters", f"{place}-{ordinal}"), "note": "",
                }
            )  # fmt: skip
    return rows

"""Gates and information clusters of a route as places on its map."""

from __future__ import annotations

from typing import cast

import pandas as pd

from dashboard.map_places import Place, PlaceKind
from dashboard.words import format_date, word


def gate_places(gates: pd.DataFrame, lang: str) -> list[Place]:
    """The gates with a position; `gates`: rows of query_route_gates."""
    drawn = gates[gates["latitude"].notna() & gates["border_route"].notna()]
    return [
        Place(
            name=r.gate_name,
            kind=cast(PlaceKind, f"gate_{r.gate_class}"),
            longitude=r.longitude,
            latitude=r.latitude,
            hover=word(f"page.border_routes.transport.{r.transport}", lang),
            is_approximate=bool(r.is_approximate),
        )
        for r in drawn.itertuples()
    ]


def cluster_places(clusters: pd.DataFrame, lang: str) -> list[Place]:
    """Clusters in their latest dated state, at their gates; `clusters`: of query_route_clusters."""
    drawn = clusters[clusters["is_latest"] & clusters["latitude"].notna()]
    return [
        Place(
            name=r.cluster_name,
            kind=cast(PlaceKind, f"cluster_{r.state}"),
            longitude=r.longitude,
            latitude=r.latitude,
            hover=word(
                "page.border_routes.observed", lang, date=format_date(r.observed_date, lang)
            ),
            is_approximate=bool(r.is_approximate),
        )
        for r in drawn.itertuples()
    ]

"""Border routes: who lies on one, its gates and clusters, and what is known without counting."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.queries.asking import ask
from dashboard.warehouse import Snapshot


def query_route_provinces(snapshot: Snapshot, vintage: int) -> pd.DataFrame:
    """One row per (route, unit of the vintage, old province of it on the route).

    `border_km` (km, coastline for `sea`) and `has_international_gate` are of the old province.
    """
    return ask("route_provinces", snapshot, vintage=vintage)


def query_route_gates(snapshot: Snapshot, vintage: int, route: str) -> pd.DataFrame:
    """One row per gate of the route, then per airport (border_route is null: they lie on none).

    `latitude`, `longitude` in degrees, null where the gate is listed, not drawn.
    """
    return ask("route_gates", snapshot, vintage=vintage, route=route)


def query_route_clusters(snapshot: Snapshot, vintage: int, route: str, as_of: date) -> pd.DataFrame:
    """One row per observation of an information cluster up to a day, and per undated one.

    `is_latest` marks the observation that gives a cluster's state on the day.
    """
    return ask("route_clusters", snapshot, vintage=vintage, route=route, as_of=as_of)


def query_route_uncounted(
    snapshot: Snapshot, vintage: int, route: str, as_of: date
) -> pd.DataFrame:
    """One row per known fact on a test of the route that evidences nothing on a day, with why.

    What counts is decided in docs/decisions/0004.
    """
    return ask("route_uncounted", snapshot, vintage=vintage, route=route, as_of=as_of)


def query_border_activities(
    snapshot: Snapshot, vintage: int, route: str, as_of: date
) -> pd.DataFrame:
    """One row per activity on the route that a province reports, begun up to a day or undated."""
    return ask("border_activities", snapshot, vintage=vintage, route=route, as_of=as_of)

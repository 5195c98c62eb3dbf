"""The same money at several stages: planned, allocated, disbursed, with the share disbursed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.budget_looks import STAGE_LOOKS, bar_marker
from dashboard.charts.layout import layout, plain, unvalidated
from dashboard.colours import surface
from dashboard.words import word

MOST_GROUPS: Final = 12  # the table under the chart has all
BAR: Final = 40  # px of one stage: its words above its bar
HEADING: Final = 44  # px: province, and what money it is
SHARE: Final = 24  # px of the line with the share
LONGEST_NOTE: Final = 64  # characters of small text


@dataclass(frozen=True)
class StageAmount:
    """One stage of a group: amount in million VND and the same in words."""

    stage: str
    amount_million_vnd: int
    label: str
    is_rounded: bool = False


@dataclass(frozen=True)
class StageBars:
    """Comparable amounts of one province, all worded; `share` says what was disbursed by when."""

    name: str
    note: str
    amounts: tuple[StageAmount, ...]
    share: str = ""


def plot_budget_stages(groups: Sequence[StageBars], lang: str, dark: bool = False) -> go.Figure:
    """One block per group; the longest bar of each fills the width, so that shares compare."""
    shown = list(groups[:MOST_GROUPS])
    notes: list[dict[str, Any]] = []
    traces: list[dict[str, Any]] = []
    depth, muted = 0, surface(dark).muted
    for group in shown:
        note = group.note
        if len(note) > LONGEST_NOTE:
            note = f"{note[: LONGEST_NOTE - 1]}…"
        small = f"<span style='font-size:11px;color:{muted}'>{plain(note)}</span>"
        depth += HEADING
        notes.append({"text": f"<b>{plain(group.name)}</b><br>{small}", "y": depth, "x": 0})
        longest = max(amount.amount_million_vnd for amount in group.amounts) or 1
        for amount in group.amounts:
            depth += BAR
            look = STAGE_LOOKS[amount.stage]
            stage = plain(word(f"budget.stage.{amount.stage}", lang))
            sign = f"<span style='color:{look.ink(dark)}'>{look.glyph}</span>"
            notes.append({"text": f"{sign} {stage}", "y": depth - 15, "x": 0})
            notes.append({"text": plain(amount.label), "y": depth - 15, "x": 1, "xanchor": "right"})
            traces.append(
                {
                    "type": "bar", "x": [amount.amount_million_vnd / longest], "y": [depth - 8],
                    "marker": bar_marker(amount.stage, amount.is_rounded, dark),
                }
            )  # fmt: skip
        if group.share:
            depth += SHARE
            notes.append({"text": f"<b>{plain(group.share)}</b>", "y": depth, "x": 0})
        depth += 6
    content = layout(
        dark, lang, depth + 8, 4, 4,
        data={"bar": [{"orientation": "h", "width": 12, "hoverinfo": "skip"}]},
        notes={"xref": "paper", "xanchor": "left", "yanchor": "bottom", "align": "left"},
    )  # fmt: skip
    content |= {
        "barmode": "overlay",
        "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
        "yaxis": {"visible": False, "range": [depth, 0], "fixedrange": True},
        "annotations": notes,
    }
    return unvalidated(traces, content)


def describe_budget_stages(groups: Sequence[StageBars], lang: str) -> str:
    """Alt text: every group with its amounts and its share."""
    parts = []
    for group in groups:
        amounts = ", ".join(
            f"{word(f'budget.stage.{a.stage}', lang)} {a.label}" for a in group.amounts
        )
        parts.append(f"{group.name} ({group.note}): {amounts}. {group.share}".strip())
    return word("budget.alt.stages", lang, parts=" ".join(parts))

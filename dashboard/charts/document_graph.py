"""Which document rests on, carries out, replaces or amends which: boxes in layers, and arrows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import plotly.graph_objects as go

from dashboard.charts.document_layers import Layers, place_documents
from dashboard.charts.layout import Trace, layout, plain, unvalidated
from dashboard.colours import class_style, surface
from dashboard.words import format_number, word

RELATIONS: Final = ("basis", "carries_out", "guided_by", "replaces", "amends", "mentions")
# Dash and width tell the relations apart without colour.
_LINES: Final[dict[str, tuple[str, float]]] = {
    "basis": ("solid", 1.3), "carries_out": ("9px,3px", 1.8), "guided_by": ("5px,4px", 1.6),
    "replaces": ("solid", 3.2), "amends": ("dashdot", 2.2), "mentions": ("dot", 1.6),
}  # fmt: skip
_BOX: Final = 0.78  # of a layer's width; the rest is for the lines
_BOX_HEIGHT: Final = 0.8  # of a row
_ROW_PX: Final = {1: 31, 2: 46, 3: 60}  # by lines of text in a box
_TEXT_SIZE: Final = {1: 12, 2: 12, 3: 10}
_LETTER_PX: Final = 6.4  # of a letter in a box, about
_LEGEND_PX: Final = 24  # of a line of the legend


@dataclass(frozen=True)
class GraphDocument:
    """One box, in words; `is_known_by_number_only` has a broken border.

    `place` is "" for a national document, `state` where nothing is known of it.
    """

    document_id: str
    number: str
    place: str
    day: str
    state: str
    hover: str
    is_chosen: bool
    is_expired: bool
    is_known_by_number_only: bool


@dataclass(frozen=True)
class GraphRelation:
    """One arrow from the citing document to the cited one."""

    document_id: str
    cited_id: str
    relation: str


def plot_document_graph(
    documents: Sequence[GraphDocument],
    relations: Sequence[GraphRelation],
    lang: str,
    dark: bool = False,
    narrow: bool | None = None,
) -> go.Figure:
    """Cited documents left, citing ones right; a click gives document_id as `customdata`.

    Every relation joins two of the documents. `narrow`: True on a phone, None where the width is
    not known.
    """
    edges = [(r.document_id, r.cited_id) for r in relations]
    layers = place_documents([d.document_id for d in documents], edges)
    lines = 1 + (narrow is not False) + (layers.layer_count > 2)
    letters = _letters(layers.layer_count, narrow)
    kinds = [relation for relation in RELATIONS if any(r.relation == relation for r in relations)]
    traces = [
        _arrows(kind, [r for r in relations if r.relation == kind], layers, lang, dark)
        for kind in kinds
    ]
    traces.append(_boxes(documents, layers, lines, letters, dark))
    legend_rows = len(kinds) if narrow is not False else -(-len(kinds) // 3)
    bottom = 14 + _LEGEND_PX * legend_rows
    height = round(_ROW_PX[lines] * max(layers.row_count, 1)) + 8 + bottom
    content = layout(dark, lang, height, 8, bottom, has_hover=True)
    content |= {
        "barmode": "overlay",
        "showlegend": True,
        "hovermode": "closest",
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": -6 / max(height - bottom, 1),
            "yanchor": "top", "font": {"size": 12}, "itemclick": False, "itemdoubleclick": False,
            "itemwidth": 46, "entrywidthmode": "fraction",
            "entrywidth": 0.99 if narrow is not False else 0.32,
        },
        "xaxis": {
            "visible": False, "fixedrange": True,
            "range": [-0.01, layers.layer_count - 1 + _BOX + 0.01],
        },
        "yaxis": {"visible": False, "fixedrange": True, "range": [layers.row_count, 0]},
        "shapes": _borders(documents, layers, dark),
    }  # fmt: skip
    return unvalidated(traces, content)


def _lapsed_ink(dark: bool) -> str:
    """What has expired looks as it does on the map of regulations."""
    return class_style("regulation", "outdated").text(dark)


def _letters(layer_count: int, narrow: bool | None) -> int:
    """How many letters fit in a box on the smallest such screen."""
    px = (354 if narrow is not False else 640) / (layer_count - 1 + _BOX) * _BOX
    return max(8, int(px / _LETTER_PX))


def _clip(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip(" .,/-") + "…"


def _box_text(document: GraphDocument, lines: int, letters: int) -> str:
    """Number, place, day and state in so many lines; what does not fit is cut, with a sign."""
    about = [text for text in (document.place, document.day, document.state) if text]
    strong = f"<b>{plain(_clip(document.number, letters))}</b>"
    if lines == 1:
        quiet = _clip(", ".join(about), max(1, letters - len(document.number) - 1))
        return f"{strong} {plain(quiet)}"
    # Three lines: the shorter two of the rest share the last one.
    rest = [", ".join(about)] if lines == 2 else [about[0], ", ".join(about[1:])]
    return "<br>".join([strong, *(plain(_clip(text, letters + 2)) for text in rest if text)])


def _boxes(
    documents: Sequence[GraphDocument], layers: Layers, lines: int, letters: int, dark: bool
) -> Trace:
    """All documents as bars, which are boxes that can be pointed at as a whole."""
    colours = surface(dark)
    texts = [_box_text(d, lines, letters) for d in documents]
    inks = [_lapsed_ink(dark) if d.is_expired else colours.text for d in documents]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [layers.layer[d.document_id] for d in documents],
        "x": [_BOX] * len(documents),
        "y": [round(layers.row[d.document_id], 3) for d in documents],
        "width": _BOX_HEIGHT,
        "text": texts,
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": _TEXT_SIZE[lines], "color": inks},
        "customdata": [d.document_id for d in documents],
        "hovertext": [d.hover for d in documents],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
        "marker": {"color": [colours.sea if not d.is_chosen else colours.land for d in documents]},
    }


def _borders(
    documents: Sequence[GraphDocument], layers: Layers, dark: bool
) -> list[dict[str, Any]]:
    """Borders by kind, one shape for each: bold is chosen, broken is known by number only."""
    colours = surface(dark)
    looks = {
        (False, False): {"color": colours.frame, "width": 1},
        (False, True): {"color": colours.border, "width": 1.5, "dash": "dash"},
        (True, False): {"color": colours.mark, "width": 2.5},
        (True, True): {"color": colours.mark, "width": 2.5, "dash": "dash"},
    }
    shapes = []
    for look, line in looks.items():
        path = "".join(
            _rectangle(layers.layer[d.document_id], layers.row[d.document_id])
            for d in documents
            if (d.is_chosen, d.is_known_by_number_only) == look
        )
        if path:
            shapes.append({"type": "path", "path": path, "line": line})
    return shapes


def _rectangle(left: float, middle: float) -> str:
    top, bottom = round(middle - _BOX_HEIGHT / 2, 3), round(middle + _BOX_HEIGHT / 2, 3)
    right = round(left + _BOX, 3)
    return f"M{left},{top}L{right},{top}L{right},{bottom}L{left},{bottom}Z"


def _arrows(
    kind: str, relations: Sequence[GraphRelation], layers: Layers, lang: str, dark: bool
) -> Trace:
    """All arrows of one kind as one broken line; only the last point of each has a head."""
    colours = surface(dark)
    ink = {"replaces": _lapsed_ink(dark), "mentions": colours.muted}.get(kind, colours.text)
    dash, width = _LINES[kind]
    xs: list[float | None] = []
    ys: list[float | None] = []
    sizes: list[int] = []
    for r in relations:
        edge = (r.document_id, r.cited_id)
        points = [(float(layers.layer[r.document_id]), layers.row[r.document_id])]
        for level, row in layers.ways.get(edge, ()):
            points += [(level + _BOX, row), (float(level), row)]
        points.append((layers.layer[r.cited_id] + _BOX, layers.row[r.cited_id]))
        xs += [*(round(x, 3) for x, _ in points), None]
        ys += [*(round(y, 3) for _, y in points), None]
        sizes += [0] * (len(points) - 1) + [11, 0]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": xs,
        "y": ys,
        "name": word(
            "chart.count_of_class",
            lang,
            label=word(f"document.relation.{kind}", lang),
            count=format_number(len(relations), lang),
        ),
        "line": {"color": ink, "width": width, "dash": dash},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": sizes, "color": ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def describe_document_graph(
    documents: Sequence[GraphDocument], relations: Sequence[GraphRelation], lang: str
) -> str:
    """Alt text: how many documents and relations of each kind, and which bases have expired."""
    counts = Counter(r.relation for r in relations)
    parts = [
        word("chart.count_of_class", lang, label=word(f"document.relation.{kind}", lang),
             count=format_number(counts[kind], lang))
        for kind in RELATIONS if counts[kind]
    ]  # fmt: skip
    expired = [d.number for d in documents if d.is_expired]
    text = word(
        "document.graph_alt",
        lang,
        documents=format_number(len(documents), lang),
        relations=format_number(len(relations), lang),
        parts="; ".join(parts),
    )
    if expired:
        text += " " + word("document.graph_alt_expired", lang, numbers=", ".join(expired))
    return text

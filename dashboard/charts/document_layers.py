"""Where the documents of a graph stand: in layers, what is cited left of what cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Edge = tuple[str, str]  # citing, cited

_SWEEPS: Final = 4
_WAY_HEIGHT: Final = 0.5  # rows that a line takes where it passes a layer


@dataclass(frozen=True)
class Layers:
    """`layer` (0 is cited by all others) and `row` (from the top, in rows) of each document.

    `ways`: for an edge that passes layers, the rows at which it does, from the citing document on.
    """

    layer: Mapping[str, int]
    row: Mapping[str, float]
    ways: Mapping[Edge, Sequence[tuple[int, float]]]
    layer_count: int
    row_count: float


def assign_layers(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Longest way down to a document that cites nothing; an edge that closes a circle is left out.

    Every other edge leads to a lower layer.
    """
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in edges:
        if source != target:
            cited[source].append(target)
    layer: dict[str, int] = {}
    for start in nodes:
        # Depth first without recursion: a chain of documents may be long.
        path: list[tuple[str, int]] = [(start, 0)]
        on_path = {start}
        while path:
            node, place = path.pop()
            if node in layer:
                on_path.discard(node)
                continue
            targets = cited[node]
            while place < len(targets) and (targets[place] in layer or targets[place] in on_path):
                place += 1
            if place < len(targets):
                path += [(node, place + 1), (targets[place], 0)]
                on_path.add(targets[place])
                continue
            layer[node] = 1 + max((layer[t] for t in targets if t in layer), default=-1)
            on_path.discard(node)
    return layer


def place_documents(nodes: Sequence[str], edges: Sequence[Edge]) -> Layers:
    """Layers and rows; `nodes` in the order that decides where nothing else does.

    The rows of each layer are sorted by the middle of their neighbours, a few times to and fro, so
    that few lines cross. The same graph always gives the same picture.
    """
    layer = assign_layers(nodes, edges)
    count = 1 + max(layer.values(), default=0)
    columns: list[list[str | tuple[Edge, int]]] = [[] for _ in range(count)]
    for node in nodes:
        columns[layer[node]].append(node)
    neighbours: defaultdict[object, list[object]] = defaultdict(list)
    ways: dict[Edge, list[int]] = {}
    for edge in dict.fromkeys(edges):
        source, target = edge
        passed = list(range(layer[source] - 1, layer[target], -1))
        stops: list[object] = [source, *((edge, level) for level in passed), target]
        for one, other in pairwise(stops):
            neighbours[one].append(other)
            neighbours[other].append(one)
        if passed:
            ways[edge] = passed
            for level in passed:
                columns[level].append((edge, level))
    row = _rows(columns)
    for sweep in range(_SWEEPS):
        order = range(count) if sweep % 2 == 0 else range(count - 1, -1, -1)
        for level in order:
            columns[level].sort(key=lambda item: _middle(item, neighbours, row))
            row = _rows(columns)
    return Layers(
        layer,
        {node: row[node] for node in nodes},
        {edge: [(level, row[edge, level]) for level in passed] for edge, passed in ways.items()},
        count,
        max((_height(column) for column in columns), default=0),
    )


def _middle(
    item: object, neighbours: Mapping[object, list[object]], row: Mapping[object, float]
) -> float:
    beside = neighbours.get(item, [])
    return sum(row[n] for n in beside) / len(beside) if beside else row[item]


def _height(column: Sequence[object]) -> float:
    return sum(1.0 if isinstance(item, str) else _WAY_HEIGHT for item in column)


def _rows(columns: Sequence[Sequence[object]]) -> dict[object, float]:
    """The middle of each item; each layer stands in the middle of the tallest."""
    tallest = max((_height(column) for column in columns), default=0)
    row: dict[object, float] = {}
    for column in columns:
        top = (tallest - _height(column)) / 2
        for item in column:
            height = 1.0 if isinstance(item, str) else _WAY_HEIGHT
            row[item] = top + height / 2
            top += height
    return row

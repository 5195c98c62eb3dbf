"""Results that a snapshot and a view fix for good, kept in memory so that a rerun costs little."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence, Set, ValuesView
from dataclasses import is_dataclass
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from dashboard.filters import Run

T = TypeVar("T")

# Query results, tables, figures, texts: 30 KB or so each with the default data, but a list of all
# documents of a large data set has megabytes. Whichever is reached first.
MOST_RESULTS: Final = 650
MOST_BYTES: Final = 40_000_000
_OBJECT: Final = 100  # bytes of anything small
_CELL: Final = 24  # of a table, on average
_LOOKED_AT: Final = 20  # parts of a list

_results: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()  # each with its size
_bytes = 0
_making: dict[Hashable, threading.Event] = {}
_lock = threading.Lock()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """The result for a key, made once; the caller must not change it.

    The key must hold all that the result depends on, the snapshot's id among it. The least
    recently used result goes first. Many who ask at once wait for the one who makes it.
    """
    while True:
        with _lock:
            if key in _results:
                _results.move_to_end(key)
                found: T = _results[key][0]
                return found
            other = _making.get(key)
            if other is None:
                mine = _making[key] = threading.Event()
                break
        other.wait()  # where it failed, the next one tries
    try:
        made = make()
        _keep(key, made)
        return made
    finally:
        with _lock:
            del _making[key]
        mine.set()


def _keep(key: Hashable, made: object) -> None:
    global _bytes
    size = _size(made)
    with _lock:
        _bytes += size - _results.pop(key, (None, 0))[1]
        _results[key] = (made, size)
        while len(_results) > MOST_RESULTS or (_bytes > MOST_BYTES and len(_results) > 1):
            _bytes -= _results.popitem(last=False)[1][1]


def _size(result: object, depth: int = 4) -> int:
    """About how many bytes a result takes; quick rather than exact, long lists by their first."""
    if isinstance(result, (bytes, str)):
        return len(result) + _OBJECT
    shape = getattr(result, "shape", None)
    if isinstance(shape, tuple):  # a table; asking it for its bytes takes a millisecond
        return prod(shape) * _CELL + _OBJECT
    if is_dataclass(result):
        result = vars(result) if hasattr(result, "__dict__") else ()
    parts = result.values() if isinstance(result, Mapping) else result
    if not isinstance(parts, (Sequence, Set, ValuesView)) or not depth:
        return _OBJECT
    first = list(islice(parts, _LOOKED_AT))
    return _OBJECT + sum(_size(p, depth - 1) for p in first) * len(parts) // max(len(first), 1)


def kept_for(run: Run, name: str, make: Callable[[], T]) -> T:
    """What one snapshot and one view give under a name; see `kept`."""
    return kept((name, run.snapshot.id, run.view), make)


def forget() -> None:
    """Drop every result (end of the server, tests)."""
    global _bytes
    with _lock:
        _results.clear()
        _bytes = 0

"""Results that a snapshot and a view fix for good, kept in memory so that a rerun costs little."""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from dashboard.filters import Run

T = TypeVar("T")

# Query results, tables, figures, texts: 30 KB or so each with the default data, but a list of all
# documents of a large data set has megabytes. Whichever is reached first.
MOST_RESULTS: Final = 650
MOST_BYTES: Final = 40_000_000
_UNKNOWN_SIZE: Final = 40_000  # of what cannot be written down

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


def _size(result: object) -> int:
    """About how many bytes a result takes: as many as it has when it is written down."""
    if isinstance(result, bytes):
        return len(result)
    try:
        return len(pickle.dumps(result, protocol=5))
    except (pickle.PicklingError, AttributeError, RecursionError, TypeError, ValueError):
        return _UNKNOWN_SIZE


def kept_for(run: Run, name: str, make: Callable[[], T]) -> T:
    """What one snapshot and one view give under a name; see `kept`."""
    return kept((name, run.snapshot.id, run.view), make)


def forget() -> None:
    """Drop every result (end of the server, tests)."""
    global _bytes
    with _lock:
        _results.clear()
        _bytes = 0

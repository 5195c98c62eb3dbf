"""Results that a snapshot and a view fix for good, kept in memory so that a rerun costs little."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from dashboard.filters import Run

T = TypeVar("T")

MOST_RESULTS: Final = 650  # query results, and 40 KB or so each of tables, figures, texts

_results: OrderedDict[Hashable, Any] = OrderedDict()
_lock = threading.Lock()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """The result for a key, made once; the caller must not change it.

    The key must hold all that the result depends on, the snapshot's id among it. The least
    recently used result goes first.
    """
    with _lock:
        if key in _results:
            _results.move_to_end(key)
            found: T = _results[key]
            return found
    made = make()
    with _lock:
        _results[key] = made
        while len(_results) > MOST_RESULTS:
            _results.popitem(last=False)
    return made


def kept_for(run: Run, name: str, make: Callable[[], T]) -> T:
    """What one snapshot and one view give under a name; see `kept`."""
    return kept((name, run.snapshot.id, run.view), make)


def forget() -> None:
    """Drop every result (end of the server, tests)."""
    with _lock:
        _results.clear()

"""What was read and found in each original, kept in documents/cache.sqlite; it may be deleted."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True)
class Extraction:
    """What was read and found in one original; `content` is {"error": …} where nothing could be,
    {"template": its sheets} for a filled-in template.

    `versions` tells which rules found it (`etl.extraction_run.present_versions`).
    """

    sha256: str
    versions: str
    text: str | None
    content: dict[str, Any]


def save_extractions(con: sqlite3.Connection, extractions: Iterable[Extraction]) -> None:
    """Put extractions into the cache in place of older ones."""
    con.executemany(
        "INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?)",
        (
            (
                e.sha256,
                e.versions,
                None if e.text is None else zlib.compress(e.text.encode(), 1),
                orjson.dumps(e.content),
            )
            for e in extractions
        ),
    )


def stale_originals(con: sqlite3.Connection, originals: Sequence[str], *versions: str) -> list[str]:
    """Those originals that the present rules have not read, in the order given.

    `versions` are those under which an extraction may be kept.
    """
    fresh = {
        s
        for version in versions
        for (s,) in con.execute("SELECT sha256 FROM extraction WHERE versions = ?", [version])
    }
    return [sha256 for sha256 in originals if sha256 not in fresh]


def load_extractions(con: sqlite3.Connection, originals: Sequence[str]) -> Iterator[Extraction]:
    """The cached extractions of originals, in the order given; those not cached are left out."""
    for sha256 in originals:
        row = con.execute("SELECT * FROM extraction WHERE sha256 = ?", [sha256]).fetchone()
        if row is not None:
            text = None if row[2] is None else zlib.decompress(row[2]).decode()
            yield Extraction(row[0], row[1], text, orjson.loads(row[3]))

"""Documents that were submitted: their originals, what people decided of them, what was read.

    <warehouse>/documents/
        originals/ab/ab12…   the bytes as they came, named by their sha256
        log.jsonl            append-only: what came, when and how; what people decided
        cache.sqlite         what was read and extracted of each original; may be deleted

Originals and log are the truth: with `data/` they are all that a snapshot is built from. The cache
only saves time.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import orjson

from domain.errors import BadValue, BrokenInput
from domain.evidence import stable_id

FOLDER: Final = "documents"
ACTIONS: Final = ("confirm", "correct", "reject")
# One more than this would make a snapshot unreadable by its readers.
_MAX_TEXT_FIELD: Final = 2_000

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS extraction (
    sha256 TEXT PRIMARY KEY, versions TEXT NOT NULL, text BLOB, content BLOB NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Original:
    """One file that came: by `ingest` (a command, trusted) or `upload` (a person on the page)."""

    sha256: str
    name: str
    size: int
    received_at: str  # ISO, UTC
    arrived_by: Literal["ingest", "upload"]
    person: str | None = None  # as typed, not verified
    path: str | None = None  # where the command found it
    replaces: str | None = None  # sha256 of what was in that place before


@dataclass(frozen=True)
class Decision:
    """What a person confirmed, corrected or rejected; `subject` names a document or an item.

    Subjects: `document:<sha256>` (the whole document) or `item:<sha256>:<list>:<index>:<field>`.
    """

    decision_id: str
    decided_at: str
    person: str
    subject: str
    action: Literal["confirm", "correct", "reject"]
    value: Any = None
    reason: str | None = None
    is_verified_person: bool = False


@dataclass
class Journal:
    """The log, read: originals by sha256 in the order of arrival, decisions in their order."""

    originals: dict[str, Original] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)

    def states(self) -> dict[str, Literal["admitted", "waiting", "rejected", "replaced"]]:
        """What becomes of each original; the last decision about the whole document counts.

        What a command ingested is admitted, what was uploaded waits until somebody confirms it.
        """
        states: dict[str, Literal["admitted", "waiting", "rejected", "replaced"]] = {}
        for original in self.originals.values():
            states[original.sha256] = "admitted" if original.arrived_by == "ingest" else "waiting"
            if original.replaces in states:
                states[original.replaces] = "replaced"
        for decision in self.decisions:
            kind, _, sha256 = decision.subject.partition(":")
            if kind == "document" and sha256 in states:
                states[sha256] = "rejected" if decision.action == "reject" else "admitted"
        return states

    def corrections(self) -> dict[str, list[Decision]]:
        """Decisions about single items, by the sha256 of their document, in their order."""
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            kind, _, rest = decision.subject.partition(":")
            if kind == "item":
                found.setdefault(rest.partition(":")[0], []).append(decision)
        return found


def now() -> str:
    """This moment, ISO, UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


class Archive:
    """The documents of one warehouse folder."""

    def __init__(self, warehouse: Path) -> None:
        self.folder = warehouse / FOLDER

    @property
    def exists(self) -> bool:
        """Whether anything was ever submitted here."""
        return (self.folder / "log.jsonl").is_file()

    # Originals and log

    def original_path(self, sha256: str) -> Path:
        """Where the bytes of an original lie."""
        return self.folder / "originals" / sha256[:2] / sha256

    def read_original(self, sha256: str) -> bytes:
        """The bytes as they came; raises BrokenInput where they are gone or changed."""
        path = self.original_path(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BrokenInput(
                "an original is missing", where=str(path), expected="the file as submitted",
                got=str(error), fix="restore the folder documents/ from the backup",
            ) from None  # fmt: skip
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BrokenInput(
                "an original was changed", where=str(path), expected=f"sha256 {sha256}",
                got="other content", fix="restore it from the backup",
            )  # fmt: skip
        return content

    def keep_original(self, content: bytes, sha256: str) -> None:
        """Store bytes under their sha256, unless they are there; complete or not at all."""
        path = self.original_path(sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{sha256}.{os.getpid()}.{threading.get_ident()}.tmp")
        try:
            temporary.write_bytes(content)
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    def log_originals(self, originals: Iterable[Original]) -> None:
        """Write down that originals came, after all their bytes are on the disk."""
        os.sync()
        self._append({"event": "received", **asdict(o)} for o in originals)

    def receive(self, content: bytes, name: str, *, person: str) -> Original:
        """Keep one uploaded file; one that is known already is returned as it first came."""
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.read().originals.get(sha256)
        if known is not None:
            return known
        self.keep_original(content, sha256)
        # A name such as ../../x is only shown, never used as a path.
        shown = name.replace("\\", "/").rpartition("/")[2][:200] or "?"
        original = Original(sha256, shown, len(content), now(), "upload", person.strip() or None)
        self.log_originals([original])
        return original

    def decide(
        self,
        subject: str,
        action: Literal["confirm", "correct", "reject"],
        *,
        person: str,
        value: Any = None,
        reason: str | None = None,
    ) -> Decision:
        """Add a decision to the log; raises BadValue without a name, or a correction's reason."""
        person, reason = person.strip(), (reason or "").strip() or None
        if not person:
            raise BadValue("no name", expected="the name of who decides", got="nothing",
                           fix="type your name")  # fmt: skip
        if action not in ACTIONS or (action != "confirm" and not reason):
            raise BadValue("no reason", expected="why it is corrected or rejected", got="nothing",
                           fix="type a reason")  # fmt: skip
        at = now()
        decision = Decision(
            stable_id("C", subject, action, at, person, orjson.dumps(value)), at,
            person[:_MAX_TEXT_FIELD], subject, action, value, reason and reason[:_MAX_TEXT_FIELD],
        )  # fmt: skip
        self._append([{"event": "decided", **asdict(decision)}])
        return decision

    def _append(self, events: Iterable[dict[str, Any]]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log.jsonl").open("ab") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            # A crash may have left half a line; it must not swallow the next one.
            if log.tell() and not self._ends_with_newline():
                log.write(b"\n")
            for event in events:
                log.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")
            log.flush()
            os.fsync(log.fileno())

    def _ends_with_newline(self) -> bool:
        with (self.folder / "log.jsonl").open("rb") as log:
            log.seek(-1, os.SEEK_END)
            return log.read() == b"\n"

    def read(self) -> Journal:
        """The whole log; a line cut off by a crash was never acknowledged and is passed over."""
        journal = Journal()
        if not self.exists:
            return journal
        for line in (self.folder / "log.jsonl").read_bytes().splitlines():
            try:
                event = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            if event.pop("event") == "received":
                journal.originals.setdefault(event["sha256"], Original(**event))
            else:
                journal.decisions.append(Decision(**event))
        return journal

    def fingerprint(self) -> str:
        """Changes with every arrival and every decision."""
        path = self.folder / "log.jsonl"
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""

    # Cache

    @contextmanager
    def cache(self) -> Iterator[sqlite3.Connection]:
        """The cache, in one transaction; a broken one is thrown away and begun anew."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "cache.sqlite"
        try:
            con = _open_cache(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            con = _open_cache(path)
        try:
            with con:
                yield con
        finally:
            con.close()


def _open_cache(path: Path) -> sqlite3.Connection:
    con = sqlite3.connect(path, timeout=60)
    # It may be deleted at any time, so it need not survive a power failure.
    con.execute("PRAGMA synchronous = OFF")
    con.executescript(_TABLES)
    return con

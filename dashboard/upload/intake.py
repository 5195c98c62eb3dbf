"""What the upload page needs of the ETL, handed in by pages/upload.py: the only page that may
call it (design.md section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol


class Original(Protocol):
    """A file as it came."""

    sha256: str
    name: str
    received_at: str
    person: str | None
    arrived_by: str


class Submission(Protocol):
    """A submitted file: its state, its text and what was found in it."""

    original: Any
    state: str
    text: str
    result: dict[str, Any]
    reason: str | None
    expected: str
    got: str
    lost: tuple[Any, ...]
    template: Any  # what stands in a filled-in template, None for a document


class Preview(Protocol):
    """What a confirmation would change."""

    changes: Sequence[Any]
    contradictions: Sequence[dict[str, Any]]
    is_known_document: bool
    rejections: Sequence[Any]  # of a filled-in template


class Intake(Protocol):
    """Receive, show, decide, publish."""

    def receive(self, content: bytes, name: str, person: str) -> Any:
        """Keep an uploaded file."""

    def submissions(self, *states: str) -> Sequence[Any]:
        """Submitted files in some states, the latest first."""

    def preview(self, sha256: str) -> Any:
        """What confirming it would change."""

    def state(self) -> str:
        """Changes with every arrival and every decision."""

    def mark(self, sha256: str) -> tuple[bytes, Sequence[Any]]:
        """A filled-in template with its errors marked, and the errors cell by cell."""

    def templates(self) -> dict[str, str]:
        """Name -> title of the templates."""

    def template(self, name: str) -> bytes:
        """An empty template."""

    def decide(
        self, sha256: str, action: Literal["confirm", "reject"], person: str, reason: str = ""
    ) -> Any:
        """Confirm or reject it."""

    def correct(
        self, sha256: str, place: tuple[str, int, str], was: Any, to: Any, person: str, reason: str
    ) -> Any:
        """Correct one field of what was found."""

    def remove(
        self, sha256: str, place: tuple[str, int, str], was: Any, person: str, reason: str
    ) -> Any:
        """Take out one thing that was found."""

    def publish(self) -> tuple[int, str]:
        """Publish a new snapshot: exit code and output."""

"""What was submitted and could not be loaded: kept with its reason, never dropped silently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rejection:
    """One row of `core.rejected_input`.

    `row` is the line of the record in the file, counted from 1 with the header as line 1; None
    where the whole file is meant. `reason` is a code with texts in both languages
    (dashboard/text, section `rejection`).
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    reason: str

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}:{self.row}"
        column = f" {self.column}" if self.column else ""
        return f"{place}{column}: {self.reason}: got {self.value!r}, expected {self.expected}"

"""The errors of this product, as a tree; each says what, where, expected, got and what to do.

TtdnError
├── UnknownProvince      a spelling or code that no province of the vintage has
├── BadValue             a cell or argument that cannot be what it should be
├── SourceChanged        a declared source differs from its declaration
├── BrokenInput          a file that cannot be read at all
├── UnreadableDocument   a document that no reader may or can read
├── CheckFailed          a check of the warehouse returned offending rows
└── PublicationError     a snapshot could not be built, verified or published
"""

from __future__ import annotations


class TtdnError(Exception):
    """Base of all errors raised on purpose; `str()` is one English line for logs and the CLI."""

    def __init__(
        self, what: str, *, where: str = "", expected: str = "", got: str = "", fix: str = ""
    ) -> None:
        self.what, self.where, self.expected, self.got, self.fix = what, where, expected, got, fix
        parts = [what]
        for label, value in (
            ("where", where),
            ("expected", expected),
            ("got", got),
            ("what to do", fix),
        ):
            if value:
                parts.append(f"{label}: {value}")
        super().__init__("; ".join(parts))


class UnknownProvince(TtdnError):
    """A spelling or code that no province of the vintage has; never guessed."""


class BadValue(TtdnError):
    """A cell or argument that cannot be what it should be."""


class SourceChanged(TtdnError):
    """A declared source differs from its declaration in content or header."""


class BrokenInput(TtdnError):
    """A file that cannot be read at all (encoding, kind, emptiness)."""


class CheckFailed(TtdnError):
    """A check of the warehouse returned offending rows."""


class PublicationError(TtdnError):
    """A snapshot could not be built, verified or published."""


class UnreadableDocument(TtdnError):
    """A document that is refused; `reason` is a code that the screen puts into words."""

    def __init__(
        self,
        what: str,
        *,
        reason: str = "reader_failed",
        where: str = "",
        expected: str = "",
        got: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(what, where=where, expected=expected, got=got, fix=fix)
        self.reason = reason

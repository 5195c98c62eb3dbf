"""Broken and hostile documents: each is read or refused with a reason, whatever it holds."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest

from domain.errors import UnreadableDocument
from etl.readers.child import read_safely
from etl.readers.document import ReadDocument, read_document
from etl.readers.refusals import REFUSALS
from tests.hostile_documents import READ, REFUSED, mutation, mutations, swollen_pdf
from tests.written_documents import SAMPLES

MUTATED = 500
IN_ONE_TEST = 50
MOST_SECONDS = 20.0


def assert_sound(found: ReadDocument) -> None:
    """Stored text is NFC with LF, and tables lie in it cell by cell, in order."""
    text = found.text
    assert text.strip()
    assert unicodedata.is_normalized("NFC", text)
    assert not {"\r", "\0", "\x0b", "\x0c", "\u2028", "\x85", "\ufeff"} & set(text)
    at = 0
    for table in found.tables:
        for row in table.rows:
            for cell in row:
                assert at <= cell.start <= cell.end <= len(text)
                inside = text[cell.start : cell.end]
                assert inside == " ".join(inside.split())
                at = cell.end
            if row:
                line_start = text.rfind("\n", 0, row[0].start) + 1
                line_end = text.find("\n", row[-1].end)
                line = text[line_start : line_end if line_end >= 0 else len(text)]
                assert line.split("\t") == [text[c.start : c.end] for c in row]


def read_or_refuse(name: str, content: bytes) -> str:
    """ "" or the reason; anything else than UnreadableDocument is an error of the reader."""
    started = time.monotonic()
    try:
        assert_sound(read_document(content, name))
        reason = ""
    except UnreadableDocument as error:
        assert error.reason in REFUSALS
        assert error.what and error.expected and error.fix and error.where == name
        reason = error.reason
    assert time.monotonic() - started < MOST_SECONDS
    return reason


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_reason(case: str) -> None:
    name, make, reason = REFUSED[case]
    assert read_or_refuse(name, make()) == reason


@pytest.mark.parametrize("case", READ)
def test_odd_but_harmless_is_read(case: str) -> None:
    name, make, expected = READ[case]
    found = read_document(make(), name)
    assert_sound(found)
    assert expected in found.text


@pytest.mark.parametrize("first", range(0, MUTATED, IN_ONE_TEST))
def test_mutated_documents(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reasons = [read_or_refuse(*one) for one in mutations(first, IN_ONE_TEST)]
    assert "" in reasons and any(reasons), "mutations neither too mild nor too wild"
    assert list(tmp_path.iterdir()) == []
    # The reader carries nothing from one document to the next.
    for name, content in SAMPLES.items():
        if not name.endswith(".pdf"):
            assert read_document(content, name).text


@pytest.mark.soak
@pytest.mark.skipif("TTDN_SOAK" not in os.environ, reason="only with `make soak`")
def test_many_mutated_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in mutations(1_000_000, int(os.environ["TTDN_SOAK"] or 10_000)):
        read_or_refuse(name, content)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seed", (3, 17, 29, 40, 58, 77))
def test_the_child_says_the_same(seed: int) -> None:
    name, content = mutation(seed)
    try:
        expected: ReadDocument | str = read_document(content, name)
    except UnreadableDocument as error:
        expected = error.reason
    try:
        found: ReadDocument | str = read_safely(content, name)
    except UnreadableDocument as error:
        found = error.reason
        assert error.where == name
    assert found == expected


def test_swollen_pdf_ends_within_the_limits() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_safely(swollen_pdf(60), "a.pdf", seconds=3, memory_mb=400)
    assert caught.value.reason in ("too_slow", "too_large", "no_text", "reader_failed")

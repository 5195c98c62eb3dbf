"""Mutated CSV files never crash a build and never cost another file its rows."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BrokenInput, TtdnError
from etl.build import build
from etl.readers.csv_table import parse_csv
from tests.conftest import DATA, open_current
from tests.hostile_files import REG, lines, reg

MUTATED_FILES = 150
FILES_PER_BUILD = 30
TABLES = (
    "regulations", "human_rights_plans", "annual_plans", "related_plans", "letter_findings",
    "announced_totals", "ministry_guidance", "budgets", "information_clusters", "programme_5115",
    "document_facts", "border_gates", "map_rules",
)  # fmt: skip
PIECES = (
    b"", b",", b";", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"=1+1", b"-5",
    b"31/02/2023", b"1017-01-01", b"2045-12-31", b"1945-01-01", b"99999999999999", b"0", b"true",
    "Hà Nội".encode(), "Đ".encode(), b"gso_code", b"_row", b"NULL", b"'; DROP TABLE x; --",
    b"x" * 20_000, b"(2023-02-30)", b"china; laos", b"before 99 November every year",
)  # fmt: skip


def _flip(data: bytearray, dice: random.Random) -> None:
    data[dice.randrange(len(data))] = dice.randrange(256)


def _insert(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = dice.choice(PIECES)


def _delete(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.choice((1, 3, 40, 400))]


def _swap_cell(data: bytearray, dice: random.Random) -> None:
    """Another cell's content, or a piece, in place of a cell."""
    rows = data.split(b"\n")
    row = dice.randrange(len(rows))
    cells = rows[row].split(b",")
    other = dice.choice(dice.choice(rows).split(b","))
    cells[dice.randrange(len(cells))] = dice.choice((other, dice.choice(PIECES)))  # type: ignore[call-overload]
    rows[row] = bytearray(b",".join(cells))
    data[:] = b"\n".join(rows)


def _repeat_lines(data: bytearray, dice: random.Random) -> None:
    rows = data.split(b"\n")
    rows.insert(dice.randrange(len(rows)), dice.choice(rows))
    data[:] = b"\n".join(rows)


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def _recode(data: bytearray, dice: random.Random) -> None:
    text = bytes(data).decode("utf-8", "replace")
    data[:] = text.encode(dice.choice(("utf-16", "utf-16-le", "cp1258", "utf-7")), "replace")


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _insert, _insert, _delete, _swap_cell, _swap_cell, _swap_cell, _swap_cell,
    _repeat_lines, _cut, _recode,
)  # fmt: skip


def mutated(seed: int) -> tuple[str, bytes]:
    """(table, content) of a mutated facts file; the same for the same seed."""
    dice = random.Random(seed)
    table = dice.choice(TABLES)
    content = bytearray((DATA / "facts" / f"{table}.csv").read_bytes())
    # Keys differ from those of the other mutated files, so that the rows have to load.
    content = bytearray(content.replace(b"/KH-UBND", b"a%d/KH-UBND" % seed))
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        if content:
            dice.choice(MUTATIONS)(content, dice)
    return table, bytes(content)


def build_mutated(seeds: range, folder: Path) -> None:
    """One build of many mutated files beside two whole ones."""
    data = folder / "data"
    for name, numbers in (("facts", (1, 2)), ("submitted/zz", (3, 4))):
        (data / name).mkdir(parents=True)
        rows = [reg(f"{n}/1999/whole", issued="1999-01-01") for n in numbers]
        (data / name / "regulations.csv").write_bytes(lines(REG, *rows))
    for seed in seeds:
        table, content = mutated(seed)
        (data / "submitted" / f"{table}_{seed}.csv").write_bytes(content)
    warehouse = folder / "warehouse"
    build(data, warehouse)
    con = open_current(warehouse)
    whole = con.execute(
        "SELECT document_number FROM core.document WHERE issued_date = DATE '1999-01-01' "
        "AND document_number LIKE '%whole' ORDER BY ALL"
    ).fetchall()
    seen = con.execute(
        "SELECT file FROM core.rejected_input UNION SELECT file FROM core.source"
    ).fetchall()
    con.close()
    assert [number for (number,) in whole] == [f"{n}/1999/whole" for n in (1, 2, 3, 4)]
    # No file vanishes: it is a source, or rejected, or both.
    files = {str(file) for (file,) in seen}
    assert {f"submitted/{mutated(seed)[0]}_{seed}.csv" for seed in seeds} <= files


@pytest.mark.parametrize("first", range(0, MUTATED_FILES, FILES_PER_BUILD))
def test_mutated_files(tmp_path: Path, first: int) -> None:
    build_mutated(range(first, first + FILES_PER_BUILD), tmp_path)


@pytest.mark.soak
@pytest.mark.skipif("TTDN_SOAK" not in os.environ, reason="only with `make soak`")
def test_many_mutated_files(tmp_path: Path) -> None:
    for first in range(1_000_000, 1_000_000 + int(os.environ["TTDN_SOAK"] or 10_000), 50):
        build_mutated(range(first, first + 50), tmp_path / str(first))


@pytest.mark.parametrize("seed", range(12))
def test_mutated_declared_file_stops_cleanly_or_builds(
    declared_data: Path, tmp_path: Path, seed: int
) -> None:
    """Also where the mutation hits a table that the others are checked against."""
    dice = random.Random(seed)
    names = ("provinces63", "units_2025", "border_provinces", "archipelagos", "regulations")
    path = declared_data / "facts" / f"{names[seed % len(names)]}.csv"
    content = bytearray(path.read_bytes())
    dice.choice(MUTATIONS)(content, dice)
    path.write_bytes(bytes(content))
    (declared_data / "sources" / f"{path.stem}.toml").unlink()  # as if it were handed in
    try:
        build(declared_data, tmp_path / "warehouse")
    except TtdnError as error:
        assert str(error)
        assert not (tmp_path / "warehouse" / "current.json").exists()


cells = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=80) | st.text(',;"\n\r ab', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = parse_csv(data, "x")
    except BrokenInput as error:
        assert error.what and error.expected
    else:
        at = [line for line, _ in table.rows] + [line for line, _ in table.broken]
        assert len(at) == len(set(at))
        assert all(line >= 1 for line in at)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=5))
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import io
    import unicodedata

    text = io.StringIO()
    csv.writer(text).writerows([["a", "b"], *rows])
    expected = [tuple(unicodedata.normalize("NFC", c).strip() for c in row) for row in rows]
    found = parse_csv(text.getvalue().encode(), "x")
    assert found.header == ("a", "b") and found.broken == ()
    assert [c for _, c in found.rows] == [
        tuple(c.replace("\r\n", "\n").replace("\r", "\n") for c in row)
        for row in expected
        if any(row)
    ]

"""Submitted files: whatever is wrong is listed with its place, and everything else loads."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.build import BuildResult, build
from tests.conftest import SMALL_REGULATIONS, Query, open_current
from tests.hostile_files import HOSTILE, REG, lines, reg

pytestmark = pytest.mark.usefixtures("hostile_build")


@pytest.fixture(scope="module")
def hostile_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Query, BuildResult]:
    """All hostile files in one data folder, built once."""
    data = tmp_path_factory.mktemp("hostile")
    (data / "facts").mkdir()
    (data / "facts" / "regulations.csv").write_text(SMALL_REGULATIONS, encoding="utf-8")
    submitted = data / "submitted"
    submitted.mkdir()
    for name, hostile in HOSTILE.items():
        (submitted / name).write_bytes(hostile.content)
    _make_odd_entries(submitted)
    warehouse = data / "warehouse"
    result = build(data, warehouse)
    con = open_current(warehouse)
    return lambda sql, *p: con.execute(sql, list(p)).fetchall(), result


def _make_odd_entries(submitted: Path) -> None:
    (submitted / "regulations_folder.csv").mkdir()
    (submitted / "regulations_loop.csv").symlink_to("regulations_loop.csv")
    (submitted / "regulations_dangling.csv").symlink_to("nowhere.csv")
    os.mkfifo(submitted / "regulations_pipe.csv")
    (submitted / "loop").symlink_to(submitted, target_is_directory=True)
    (submitted / ".hidden.csv").write_bytes(b"\0")
    (submitted / "~$regulations.xlsx").write_bytes(b"\0")
    (submitted / "README.md").write_text("how to hand in files")
    deeper = submitted / "2024" / "Yên Bái"
    deeper.mkdir(parents=True)
    (deeper / "regulations.CSV").write_bytes(lines(REG, reg("190/2019")))
    not_utf8 = submitted / os.fsdecode(b"regulations_\xff.csv")
    not_utf8.write_bytes(lines(REG, reg("191/2019"), reg("192/2019", issued="x")))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(hostile_build: tuple[Query, BuildResult], name: str) -> None:
    query, _ = hostile_build
    hostile = HOSTILE[name]
    found = query(
        'SELECT "row", "column", value, reason FROM core.rejected_input WHERE file = ? '
        'ORDER BY "row" NULLS FIRST, "column"',
        f"submitted/{name}",
    )
    expected = sorted(hostile.expected, key=lambda e: (e[0] or 0, e[1]))
    assert [(row, column, reason) for row, column, _, reason in found] == [
        (row, column, reason) for row, column, _, reason in expected
    ]
    for (*_, value, _), (*_, wanted, _) in zip(found, expected):
        assert wanted is None or value == wanted
    source = name.removesuffix(".csv")
    if not name.endswith(".xlsx"):
        loaded = query(
            "SELECT row_count FROM core.source WHERE source_id = ?", f"submitted/{source}"
        )
        assert loaded == [(hostile.loaded,)]


def test_everything_else_loads(hostile_build: tuple[Query, BuildResult]) -> None:
    query, result = hostile_build
    own = query("SELECT count(*) FROM core.document WHERE source_id = 'regulations'")
    assert own == [(2,)]
    assert query("SELECT count(*) FROM core.administrative_unit") == [(97,)]
    # Each loaded row is where it belongs.
    regulations = sum(h.loaded for n, h in HOSTILE.items() if n.startswith("regulations"))
    assert query("SELECT count(*) FROM core.regulation") == [(2 + regulations + 2,)]
    assert query("SELECT count(*) FROM core.rejected_input") == [(len(result.rejections),)]


def test_every_rejection_says_what_was_expected(
    hostile_build: tuple[Query, BuildResult],
) -> None:
    _, result = hostile_build
    assert all(r.expected and r.reason and r.file for r in result.rejections)
    assert all(len(r.value) <= 200 and len(r.column) <= 200 for r in result.rejections)


def test_odd_entries(hostile_build: tuple[Query, BuildResult]) -> None:
    query, _ = hostile_build
    found = query(
        "SELECT file, value FROM core.rejected_input WHERE reason = 'unreadable_file' ORDER BY file"
    )
    assert found == [
        ("submitted/regulations_dangling.csv", "a link to nothing"),
        ("submitted/regulations_folder.csv", "a folder"),
        ("submitted/regulations_loop.csv", "a link to nothing"),
        ("submitted/regulations_pipe.csv", "no regular file"),
    ]
    assert query(
        "SELECT source_id, row_count FROM core.source WHERE source_id LIKE '%2024%' OR "
        "source_id LIKE '%xff%' ORDER BY ALL"
    ) == [("submitted/2024/Yên Bái/regulations.CSV", 1), ("submitted/regulations_\\xff", 1)]
    assert query("SELECT count(*) FROM core.rejected_input WHERE file LIKE '%hidden%'") == [(0,)]


def test_unreadable_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root reads everything, so the refusal is simulated at the only place that reads."""
    data = tmp_path / "data"
    (data / "submitted").mkdir(parents=True)
    secret = data / "submitted" / "regulations_secret.csv"
    secret.write_bytes(lines(REG, reg("1/2019")))
    (data / "submitted" / "regulations.csv").write_bytes(lines(REG, reg("2/2019")))
    original = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    result = build(data, tmp_path / "warehouse")
    assert [(r.file, r.reason, r.value) for r in result.rejections] == [
        ("submitted/regulations_secret.csv", "unreadable_file", "Permission denied")
    ]
    assert result.row_counts["core.regulation"] == 1


def test_raw_keeps_what_was_handed_in(hostile_build: tuple[Query, BuildResult]) -> None:
    query, _ = hostile_build
    rows = query(
        "SELECT document_number, _row, _other FROM raw.regulations "
        "WHERE _file = 'submitted/regulations_unknown_column.csv'"
    )
    assert rows == [("101/2019", 2, '[["colour", "red"]]')]
    [(other,)] = query("SELECT _other FROM raw.regulations WHERE document_number = '106/2019'")
    assert other == (
        '[["_file", "a"], ["_row", "b"], ["x\\" ); DROP TABLE raw.regulations; --", "c"], '
        '["NOTE", "d"]]'
    )


def test_formula_in_a_text_cell_is_data(hostile_build: tuple[Query, BuildResult]) -> None:
    query, _ = hostile_build
    assert query("SELECT note FROM raw.regulations WHERE document_number = '123/2019'") == [
        ("=HYPERLINK(A1)",)
    ]


def test_new_unit_s_cluster_stands_at_its_part_s_gate(
    hostile_build: tuple[Query, BuildResult],
) -> None:
    """Gates keep the old code; the unit Lào Cai (15) took over the gates of old Lào Cai (10)."""
    query, _ = hostile_build
    rows = query(
        "SELECT vintage, border_route FROM core.information_cluster WHERE gate_name = 'Lào Cai'"
    )
    assert rows == [(2025, "china")]
    assert query(
        "SELECT vintage, province_code_gso, evidence_date::TEXT FROM core.evidence "
        "WHERE test = 'cluster'"
    ) == [(2025, "15", "2025-12-31")]


def test_an_unknown_spelling_is_listed_beside_other_faults(small_data: Path) -> None:
    with (small_data / "facts" / "regulations.csv").open("a", encoding="utf-8") as file:
        file.write("99,Atlantis,1/QĐ-UBND,2023-02-31,,decree72,,,,,seen_text,\n")
        file.write("30,Hải Dương,2/QĐ-UBND,2023-02-31,,decree72,,,,,seen_text,\n")
    result = build(small_data, small_data / "warehouse")
    assert [(r.row, r.column, r.reason) for r in result.rejections] == [
        (4, "issued_on", "impossible_date"),
        (4, "province", "unknown_province"),
        (5, "issued_on", "impossible_date"),
    ]

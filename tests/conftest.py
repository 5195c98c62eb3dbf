"""Fixtures that several test modules share: data folders and the default warehouse."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

from etl.build import BuildResult, build
from etl.publish import read_pointer, snapshot_path

# Speed is measured by benchmarks/; a busy machine must not fail a rule.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"

Query = Callable[..., list[tuple[object, ...]]]


def read_facts(name: str) -> list[dict[str, str]]:
    """Rows of data/facts/<name>.csv by the csv module alone, for results worked out by hand."""
    with (DATA / "facts" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def default_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    """The warehouse folder of the project's own data, built once, and what the build said."""
    warehouse = tmp_path_factory.mktemp("default") / "warehouse"
    return warehouse, build(DATA, warehouse)


@pytest.fixture(scope="session")
def default_warehouse(default_build: tuple[Path, BuildResult]) -> Path:
    """The warehouse folder of the project's own data."""
    return default_build[0]


def open_current(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published snapshot of a warehouse."""
    pointer = read_pointer(warehouse)
    assert pointer is not None, f"no snapshot in {warehouse}"
    return duckdb.connect(str(snapshot_path(warehouse, pointer.snapshot)), read_only=True)


@pytest.fixture(scope="session")
def query(default_warehouse: Path) -> Iterator[Query]:
    """Rows of a SELECT on the default warehouse."""
    con = open_current(default_warehouse)

    def run(sql: str, *parameters: object) -> list[tuple[object, ...]]:
        return con.execute(sql, list(parameters)).fetchall()

    yield run
    con.close()


SMALL_REGULATIONS = """\
gso_code,province,document_number,issued_on,effective_on,legal_base,replaces,replaced_by,reported_on,source_url,confidence,note
01,Hà Nội,16/2020/QĐ-UBND,2020-08-17,,decree72_circular22,,,,https://example.org/1,seen_text,
34,Thái Bình,14/2013/QĐ-UBND,2013-08-28,,decision79_2010,,,,https://example.org/2,seen_text,
"""
SMALL_FINDINGS = """\
document_number,issued_on,finding,gso_code,province,section
3089/BTTTT-TTĐN,2023-07-31,regulation_on_decision79_not_amended,30,Hải Dương,1
"""


def write_small_data(data: Path) -> Path:
    """A data folder with two regulations and a letter; all else is the project's own reference."""
    (data / "facts").mkdir(parents=True)
    (data / "facts" / "regulations.csv").write_text(SMALL_REGULATIONS, encoding="utf-8")
    (data / "facts" / "letter_findings.csv").write_text(SMALL_FINDINGS, encoding="utf-8")
    return data


@pytest.fixture
def small_data(tmp_path: Path) -> Path:
    """A fresh small data folder."""
    return write_small_data(tmp_path / "data")


@pytest.fixture
def declared_data(tmp_path: Path) -> Path:
    """A writable copy of the project's data folder without what was built from it."""
    data = tmp_path / "data"
    for folder in ("facts", "sources", "reference"):
        (data / folder).mkdir(parents=True)
        for path in (DATA / folder).iterdir():
            (data / folder / path.name).write_bytes(path.read_bytes())
    return data


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: they are the slowest, and Playwright keeps an event loop running."""
    items.sort(key=lambda item: "browser" in item.path.parts)

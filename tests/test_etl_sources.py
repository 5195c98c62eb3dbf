"""Declared sources stop the build when they change; what a data folder lacks is not needed."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest

from domain.errors import BrokenInput, CheckFailed, SourceChanged, TtdnError
from etl.build import build
from etl.inputs import read_inputs
from etl.sources import accept, describe_change
from tests.conftest import DATA, read_facts
from tests.hostile_files import REG, lines, reg


def test_every_fact_is_declared() -> None:
    facts = {p.stem for p in (DATA / "facts").glob("*.csv")}
    declarations = {p.stem: tomllib.loads(p.read_text()) for p in (DATA / "sources").glob("*.toml")}
    assert facts <= set(declarations)
    for stem in facts:
        declared = declarations[stem]
        content = (DATA / "facts" / f"{stem}.csv").read_bytes()
        assert declared["sha256"] == hashlib.sha256(content).hexdigest(), stem
        assert declared["file"] == f"facts/{stem}.csv"
        for key in ("title", "title_en", "producer", "address", "licence", "cannot_tell",
                    "cannot_tell_en", "received_date"):  # fmt: skip
            assert declared[key], (stem, key)
        header = content.decode("utf-8-sig").splitlines()[0].split(",")
        assert declared["columns"] == header


def _stopped(data: Path, tmp_path: Path) -> TtdnError:
    with pytest.raises(TtdnError) as caught:
        build(data, tmp_path / "warehouse")
    assert not (tmp_path / "warehouse" / "current.json").exists()
    assert list((tmp_path / "warehouse").glob("*.duckdb*")) == []
    return caught.value


def test_changed_content_stops_and_names_the_command(declared_data: Path, tmp_path: Path) -> None:
    path = declared_data / "facts" / "regulations.csv"
    path.write_bytes(path.read_bytes().replace(b"2020-08-17", b"2020-08-18", 1))
    error = _stopped(declared_data, tmp_path)
    assert isinstance(error, SourceChanged)
    assert f"python -m etl accept {path}" in str(error)
    assert hashlib.sha256(path.read_bytes()).hexdigest() in error.got


def test_changed_header_stops(declared_data: Path, tmp_path: Path) -> None:
    """Even where the sha256 was corrected by hand."""
    path = declared_data / "facts" / "regulations.csv"
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes().replace(b"confidence", b"trust", 1))
    declaration = declared_data / "sources" / "regulations.toml"
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    declaration.write_text(declaration.read_text().replace(old, new))
    error = _stopped(declared_data, tmp_path)
    assert "header" in error.what and "trust" in error.got and "accept" in error.fix


@pytest.mark.parametrize("how", ["deleted", "folder", "link"])
def test_missing_declared_file_stops(declared_data: Path, tmp_path: Path, how: str) -> None:
    path = declared_data / "facts" / "budgets.csv"
    path.unlink()
    if how == "folder":
        path.mkdir()
    if how == "link":
        path.symlink_to(path.name)
    error = _stopped(declared_data, tmp_path)
    assert isinstance(error, SourceChanged) and str(path) in error.where


@pytest.mark.parametrize(
    "text",
    [
        "file = ", "\udcff", 'file = "facts/budgets.csv"\ncolumns = 3', "received_date = 'x'",
        "is_synthetic = 'no'",
    ],
)  # fmt: skip
def test_broken_declaration_stops(declared_data: Path, tmp_path: Path, text: str) -> None:
    declaration = declared_data / "sources" / "budgets.toml"
    declaration.write_bytes(text.encode("utf-8", "surrogateescape"))
    error = _stopped(declared_data, tmp_path)
    assert isinstance(error, SourceChanged) and error.where == str(declaration)


def test_file_without_declaration_is_submitted(small_data: Path) -> None:
    inputs = read_inputs(small_data)
    declared = {s.source_id: s.is_declared for s in inputs.sources}
    assert declared["regulations"] is False
    assert declared["provinces63"] is True  # the project's own


def test_folder_without_most_tables(small_data: Path, tmp_path: Path) -> None:
    """Neither reference nor most facts: provinces, units, routes, gates are the project's own."""
    result = build(small_data, tmp_path / "warehouse")
    assert result.rejections == ()
    counts = result.row_counts
    assert counts["core.administrative_unit"] == 97
    assert counts["core.province_border_route"] == len(read_facts("border_provinces"))
    assert counts["core.border_gate"] == len(read_facts("border_gates"))
    assert counts["core.regulation"] == 2
    assert counts["core.budget_line"] == counts["core.annual_plan"] == 0


def test_folder_without_facts_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "submitted").mkdir(parents=True)
    (data / "submitted" / "regulations.csv").write_bytes(lines(REG, reg("1/2019")))
    assert build(data, tmp_path / "warehouse").row_counts["core.regulation"] == 1


def test_empty_folder_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    error = _stopped(tmp_path / "data", tmp_path)
    assert isinstance(error, CheckFailed) and "evidence" in error.what


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BrokenInput, match="no such data folder"):
        build(tmp_path / "nowhere", tmp_path / "warehouse")


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("facts/provinces63.csv", b"a,b\n1,2\n", "gso_code"),
        ("facts/provinces63.csv", b"\xff\xfeg\0", "UTF-16"),
        ("facts/units_2025.csv", b"", "empty_file"),
        ("reference/province_aliases.csv", b"spelling\nx\n", "official_name"),
        (
            "reference/province_aliases.csv",
            "spelling,official_name\nHà Giang,Hà Nội\n".encode(),
            "Hà Giang",
        ),
        (
            "reference/province_aliases.csv",
            "spelling,official_name\nSài Gòn,Sài Gòn cũ\n".encode(),
            "Sài Gòn cũ",
        ),
        ("reference/province_aliases.csv", b"spelling,official_name\na\n", "cells"),
        ("reference/cities.csv", b"x\n", "vintage"),
        ("reference/cities.csv", b"vintage,gso_code,name\n1999,01,x\n", "1999"),
        (
            "boundaries/gate_points.csv",
            b"name,gso_code,lat,lon,is_approximate\na,01,x,1,true\n",
            "'x'",
        ),
    ],
)
def test_broken_reference_stops_cleanly(
    small_data: Path, tmp_path: Path, file: str, content: bytes, says: str
) -> None:
    path = small_data / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    error = _stopped(small_data, tmp_path)
    assert isinstance(error, BrokenInput) and says in str(error)


def test_own_reference_with_a_province_too_few_stops(small_data: Path, tmp_path: Path) -> None:
    path = small_data / "facts" / "provinces63.csv"
    path.write_bytes(b"".join((DATA / "facts" / path.name).read_bytes().splitlines(True)[:-1]))
    error = _stopped(small_data, tmp_path)
    assert isinstance(error, TtdnError)


def test_own_aliases_are_used(small_data: Path, tmp_path: Path) -> None:
    (small_data / "reference").mkdir()
    (small_data / "reference" / "province_aliases.csv").write_text(
        "spelling,official_name\nYên Báy,Yên Bái\n", encoding="utf-8"
    )
    facts = small_data / "facts" / "regulations.csv"
    facts.write_bytes(lines(REG, reg("1/2019", name="Yên Báy"), reg("2/2019", name="TPHCM")))
    [rejection] = build(small_data, tmp_path / "warehouse").rejections
    assert (rejection.row, rejection.reason) == (3, "unknown_province")


def test_accept_writes_sha256_and_header_and_nothing_else(declared_data: Path) -> None:
    path = declared_data / "facts" / "regulations.csv"
    assert describe_change(path) == ""
    path.write_bytes(path.read_bytes().replace(b"confidence", b'"a ""b"" \\c"', 1))
    text = describe_change(path)
    assert "- sha256" in text and "+ sha256" in text
    assert "- confidence" in text and '+ a "b" \\c' in text
    declaration = declared_data / "sources" / "regulations.toml"
    before = tomllib.loads(declaration.read_text())
    accept(path)
    after = tomllib.loads(declaration.read_text())
    assert describe_change(path) == ""
    assert after["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert after["columns"][-2] == 'a "b" \\c'
    assert {k: v for k, v in after.items() if k not in ("sha256", "columns")} == {
        k: v for k, v in before.items() if k not in ("sha256", "columns")
    }
    assert list(declaration.parent.glob("*.tmp")) == []


def test_accept_refuses_a_declaration_written_otherwise(declared_data: Path) -> None:
    path = declared_data / "facts" / "regulations.csv"
    declaration = declared_data / "sources" / "regulations.toml"
    text = declaration.read_text().replace("columns = [", "columns = [\n")
    declaration.write_text(text)
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SourceChanged, match=r"by hand|not readable"):
        accept(path)
    assert declaration.read_text() == text
    assert list(declaration.parent.glob("*.tmp")) == []

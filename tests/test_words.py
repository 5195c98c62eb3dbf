"""Every word on the screen is in both catalogues, and every coded value has a text."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.words import LANGUAGES, catalogue
from domain.evidence import DateBasis, Nature, Strength
from domain.indicators import CLASSES, ROUTE_TESTS
from etl.readers.refusals import REFUSALS

ROOT = Path(__file__).resolve().parent.parent
CODE = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")]


def asked_keys(path: Path) -> tuple[set[str], set[str]]:
    """Keys named in full and patterns (f-strings) in calls of word(…), by reading the code."""
    whole, patterns = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word" and node.args
        ):
            continue
        for part in ast.walk(node.args[0]):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                whole.add(part.value)
        if isinstance(node.args[0], ast.JoinedStr):
            pieces = [
                re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[^ ]+"
                for v in node.args[0].values
            ]
            patterns.add("".join(pieces))
            whole -= {str(v.value) for v in node.args[0].values if isinstance(v, ast.Constant)}
    return whole, patterns


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", CODE, ids=lambda p: p.name)
def test_every_key_in_the_code_is_in_the_catalogue(path: Path, lang: str) -> None:
    whole, patterns = asked_keys(path)
    known = catalogue(lang)
    prefixes = {k for k in whole if k.endswith(".")}
    assert not {k for k in whole - prefixes if k not in known}
    for pattern in patterns:
        assert any(re.fullmatch(pattern, key) for key in known), pattern


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_coded_value_has_a_text(lang: str) -> None:
    wanted = {f"class.{i}.{c}" for i, classes in CLASSES.items() for c in classes}
    wanted |= {f"indicator.{i}" for i in (*CLASSES, "budget", "document")}
    wanted |= {f"strength.{s.value}" for s in Strength}
    wanted |= {f"basis.{b.value}" for b in DateBasis}
    wanted |= {f"nature.{n.value}" for n in Nature if n is not Nature.ACT}
    wanted |= {f"test.{t}" for t in ROUTE_TESTS}
    wanted |= {f"role.{r}" for r in ("supports", "overridden", "contradicts")}
    assert not wanted - set(catalogue(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_of_the_default_data_has_a_text(
    lang: str, query: Callable[..., list[tuple[object, ...]]]
) -> None:
    known = set(catalogue(lang))
    flags = {
        flag
        for table in ("document", "evidence", "budget_line", "border_gate", "information_cluster")
        for (flag,) in query(f"SELECT DISTINCT unnest(flags) FROM core.{table}")
    }
    assert flags and not {f"flag.{f}" for f in flags} - known
    with (ROOT / "data/facts/announced_totals.csv").open(encoding="utf-8") as file:
        names = {f"announced.{row['indicator']}" for row in csv.DictReader(file)}
    assert not names - known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_a_rejection_has_a_text(lang: str) -> None:
    reasons = set()
    for path in (ROOT / "etl").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        reasons |= set(re.findall(r'(?:BadValue|BrokenInput)\(\s*"([a-z_]+)"', text))
    rejection = re.compile(r'Rejection\([^()]*?"([a-z]+_[a-z_]+)"\s*,?\s*\)', re.DOTALL)
    for path in (ROOT / "etl").rglob("*.py"):
        reasons |= set(rejection.findall(path.read_text(encoding="utf-8")))
    assert len(reasons) >= 15
    assert not {f"rejection.{r}" for r in reasons} - set(catalogue(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_of_a_reader_has_a_text(lang: str) -> None:
    wanted = {f"rejection.{r}" for r in REFUSALS} | {f"rejection.wanted.{r}" for r in REFUSALS}
    assert not wanted - set(catalogue(lang))


def doubt_codes() -> set[str]:
    """Codes of the warnings of the extraction, by reading the code that makes them.

    They stand in {"code": …} and as first argument of `_warning`, as text, as a name of the module
    or as a choice.
    """
    codes: set[str] = set()
    for path in (ROOT / "etl" / "extract").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                given.setdefault(node.targets[0].id, []).append(node.value)
        asked: list[ast.expr] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                asked += [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "code"]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_warning":
                asked.append(node.args[0])
        for value in asked:
            values = given.get(value.id, []) if isinstance(value, ast.Name) else [value]
            codes |= {
                part.value
                for each in values
                for part in ast.walk(each)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return codes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_doubt_of_the_extraction_has_a_text(lang: str) -> None:
    codes = doubt_codes()
    assert {"impossible_year", "impossible_day", "base_expired", "status_without_class"} <= codes
    assert len(codes) >= 15
    assert not {f"doubt.{code}" for code in codes} - set(catalogue(lang))
    worded = {key for key in catalogue(lang) if key.startswith("doubt.")}
    assert worded == {f"doubt.{code}" for code in codes}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_left_over(lang: str) -> None:
    asked: set[str] = set()
    patterns: set[str] = set()
    constants: set[str] = set()
    for path in CODE:
        whole, shapes = asked_keys(path)
        asked |= whole
        patterns |= shapes
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
    unused = [
        key
        for key in catalogue(lang)
        if not key.startswith("framework.")  # asked for as a whole by static_files
        and key not in asked
        and key not in constants
        and not any(re.fullmatch(p, key) for p in patterns)
        and not any(key.startswith(c) for c in constants if c.endswith(".") and len(c) > 3)
    ]
    assert unused == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_topics_are_named_as_in_their_register(lang: str) -> None:
    path = ROOT / "data" / "reference" / "topics.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = {row["topic"]: row[f"name_{lang}"] for row in csv.DictReader(file)}
    known = catalogue(lang)
    found = {k.removeprefix("upload.topic."): v for k, v in known.items()
             if k.startswith("upload.topic.")}  # fmt: skip
    assert found == expected

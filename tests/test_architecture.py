"""Rules of design.md section 2 that a machine can check: imports, sizes, SQL, docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PROJECT

FOLDERS = ("domain", "etl", "dashboard", "pages")
MODULES = sorted(
    [p for folder in FOLDERS for p in (PROJECT / folder).rglob("*.py")] + [PROJECT / "app.py"]
)
MOST_LINES = 320  # "modules of about 300 lines"

# What each part may import of this project; pages/upload.py alone may also import etl.
MAY_IMPORT = {
    "domain": {"domain"},
    "etl": {"domain", "etl"},
    "dashboard": {"domain", "dashboard"},
    "pages": {"domain", "dashboard"},
    "app.py": {"domain", "dashboard"},
}
DRAWING = ("dashboard/maps.py", "dashboard/map_", "dashboard/charts", "dashboard/picture.py",
           "dashboard/download", "dashboard/enlargement.py",
           "dashboard/figure_component.py")  # fmt: skip
# Library → where it may be imported (path prefixes).
ONLY_IN = {
    "plotly": DRAWING,
    "kaleido": ("dashboard/picture.py",),
    "geopandas": ("etl/boundaries.py",),
    "shapely": ("etl/boundaries.py",),
    "duckdb": ("etl/", "dashboard/warehouse.py"),
}
WITHOUT_STREAMLIT = ("domain/", "etl/", "dashboard/queries/", "dashboard/maps.py",
                     "dashboard/map_", "dashboard/charts", "dashboard/warehouse.py")  # fmt: skip
CONNECTING = {"etl/publish.py", "dashboard/warehouse.py"}
DRAWER_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> Iterator[str]:
    """Dotted names that a module imports at run time (not those for type checkers alone)."""
    for_types = {
        id(inner)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(path)):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{relative(path)}: imports are absolute"
            yield str(node.module)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_imports_go_one_way(path: Path) -> None:
    part = path.relative_to(PROJECT).parts[0]
    allowed = set(MAY_IMPORT[part])
    if relative(path) == "pages/upload.py":
        allowed.add("etl")
    own = {"domain", "etl", "dashboard", "pages", "app", "tests", "benchmarks"}
    found = {name.split(".")[0] for name in imported(path)} & own
    assert found <= allowed, f"{relative(path)} may import {sorted(allowed)}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_libraries_stay_in_their_place(path: Path) -> None:
    where = relative(path)
    libraries = {name.split(".")[0] for name in imported(path)}
    for library, places in ONLY_IN.items():
        assert library not in libraries or where.startswith(places), f"{where} imports {library}"
    if where.startswith(WITHOUT_STREAMLIT):
        assert "streamlit" not in libraries, f"{where} imports streamlit"


def test_domain_needs_the_standard_library_alone() -> None:
    import sys

    for path in MODULES:
        if relative(path).startswith("domain/"):
            found = {name.split(".")[0] for name in imported(path)}
            assert found <= sys.stdlib_module_names | {"domain"}, relative(path)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_size_name_and_first_sentence(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{relative(path)} has {lines} lines"
    assert not DRAWER_NAMES & set(path.stem.split("_")), relative(path)
    assert ast.get_docstring(tree(path)), f"{relative(path)} opens with one sentence"


def _calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in names:
                yield node


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_only_two_modules_open_the_warehouse(path: Path) -> None:
    opens = [
        call
        for call in _calls(path, "connect")
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "duckdb"
    ]
    assert not opens or relative(path) in CONNECTING


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_sql_is_never_put_together(path: Path) -> None:
    for call in _calls(path, "execute", "executemany", "sql", "query"):
        for part in ast.walk(call.args[0]) if call.args else ():
            is_built = isinstance(part, ast.JoinedStr | ast.BinOp) or (
                isinstance(part, ast.Attribute) and part.attr in ("format", "join", "replace")
            )
            assert not is_built, f"{relative(path)}:{call.lineno}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_public_functions_have_docstrings(path: Path) -> None:
    for node in tree(path).body:
        members = node.body if isinstance(node, ast.ClassDef) else []
        for item in (node, *members):
            if not isinstance(item, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                continue
            if item.name.startswith("_") or (item is not node and node.name.startswith("_")):
                continue
            assert ast.get_docstring(item), f"{relative(path)}:{item.lineno} {item.name}"


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_html_by_hand_and_nothing_left_to_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in text
    assert "TODO" not in text and "FIXME" not in text


SQL_FILES = sorted(p for folder in ("etl", "dashboard") for p in (PROJECT / folder).rglob("*.sql"))


@pytest.mark.parametrize("path", SQL_FILES, ids=relative)
def test_sql_files_open_with_their_question(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- "), "the first line says the question and the grain"
    assert text.count("\n") <= 80
    if relative(path).startswith("etl/sql/core/"):
        table = path.stem.split("_", 1)[1]
        grain = text.split("\n", 1)[0].removeprefix("-- ")
        assert f"CREATE TABLE core.{table} (" in text
        assert f"COMMENT ON TABLE core.{table} IS '{grain.replace(chr(39), chr(39) * 2)}'" in text
    if relative(path).startswith("dashboard/sql/"):
        assert sum(line.startswith("SELECT") for line in text.splitlines()) >= 1
        assert not any(word in text for word in ("INSERT ", "UPDATE ", "DELETE ", "CREATE "))

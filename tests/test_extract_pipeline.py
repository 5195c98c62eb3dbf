"""The whole extraction: evidence of every item, hostile texts, versions of the parts."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.gold.score import GOLD
from domain.provinces import ProvinceRegister
from etl.extract import pipeline
from etl.extract.text import DocumentText
from etl.extraction_run import document_text
from etl.readers.document import read_document
from etl.reference import PROJECT_DATA, load_register

DOCUMENTS = sorted((GOLD / "documents").iterdir())
REGISTER: ProvinceRegister = load_register(PROJECT_DATA)
LISTS = ("tasks", "topics", "citations", "information_clusters", "report_deadlines")


def extract(doc: DocumentText) -> dict[str, Any]:
    return pipeline.assemble(doc.file, pipeline.extract_parts(doc, REGISTER))


def proofs(result: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and evidence of everything found; an item without evidence fails."""
    for name in pipeline.LISTS:
        for item in result[name]:
            if name != "warnings" or item["evidence"] is not None:
                yield name, item["evidence"]
    if result["document"].get("evidence"):
        yield "document", result["document"]["evidence"]


def assert_true(result: dict[str, Any], text: str) -> None:
    for name, proof in proofs(result):
        assert set(proof) == {"section", "start", "end", "quote"}, name
        assert 0 <= proof["start"] < proof["end"] <= len(text), name
        assert text[proof["start"] : proof["end"]] == proof["quote"], name


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_every_quote_is_its_slice(file: Path) -> None:
    doc = document_text(read_document(file.read_bytes(), file.name), file.name)
    result = extract(doc)
    assert_true(result, doc.text)
    assert any(result[name] for name in LISTS) or result["document"]["number"]


@settings(max_examples=150)
@given(
    st.sampled_from([f for f in DOCUMENTS if f.suffix == ".txt"]),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(["\n", " ", "\n\n", "\n2\n", "**", "-", "("])),
        max_size=25,
    ),
    st.floats(0, 1),
)  # fmt: skip
def test_quotes_stay_true_under_noise(
    file: Path, marks: list[tuple[float, str]], cut: float
) -> None:
    text = read_document(file.read_bytes(), file.name).text
    text = text[: max(1, int(len(text) * (0.2 + 0.8 * cut)))]
    for place, mark in marks:
        at = int(place * len(text))
        text = text[:at] + mark + text[at:]
    assert_true(extract(DocumentText(text)), text)


HEAD = (
    "BỘ THÔNG TIN VÀ TRUYỀN THÔNG\nSố: 1/BTTTT-TTĐN\nHà Nội, ngày 5 tháng 4 năm 2018\n"
    "V/v hướng dẫn kế hoạch năm 2019\n\nQuy chế quản lý hoạt động thông tin đối ngoại chưa sửa đổi"
    " theo Quyết định số 79/2010/QĐ-TTg\n"
)


@pytest.mark.parametrize(
    "unit",
    ["a", "1.1.1.", "1234567890", " ", "\n", "tỉnh ", "gồm: ", "(", ")", '"', "“”", ", ", "- x\n",
     "trừ các tỉnh ", "Căn cứ ", "chủ trì ", "**", "|"],
)  # fmt: skip
@pytest.mark.parametrize("head", ["", HEAD], ids=["bare", "letter"])
def test_hostile_texts_take_no_time(unit: str, head: str) -> None:
    doc = DocumentText(head + unit * (1_000_000 // len(unit)))
    known: pipeline.Parts = {}
    assert doc.folded and doc.sections is not None
    for part in pipeline.PARTS:
        began = time.thread_time()
        known[part.name] = part.run(doc, REGISTER, known)
        # A second on a free machine; others may use this one.
        assert time.thread_time() - began < 2, part.name


@pytest.mark.parametrize("part", pipeline.PARTS, ids=lambda part: part.name)
def test_the_version_of_a_part_covers_all_its_code(part: pipeline.Part) -> None:
    files = {file.name for file in pipeline.module_files(part.modules)}
    left = [f"{module}.py" for module in part.modules]
    seen: set[str] = set()
    while left:
        name = left.pop()
        if name in seen or not (pipeline.CODE / name).is_file():
            continue
        seen.add(name)
        for node in ast.walk(ast.parse((pipeline.CODE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("etl.extract"):
                own = node.module.removeprefix("etl.extract").strip(".")  # type: ignore[union-attr]
                left += [f"{own}.py"] if own else [f"{alias.name}.py" for alias in node.names]
    assert seen <= files


def test_parts_are_touched_by_their_own_rules_only() -> None:
    def of(name: str) -> set[str]:
        part = next(p for p in pipeline.PARTS if p.name == name)
        return {file.stem for file in pipeline.module_files(part.modules)}

    assert "signers" in of("header") and "wording" in of("statuses")
    assert "topics_rules" in of("topics") and "topics_rules" not in of("tasks")
    assert "clusters" not in of("statuses") | of("topics")

"""Extraction of many originals: what is kept of failures, and the same results on a cluster."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from domain.errors import UnreadableDocument
from etl import extraction_run
from etl.archive import Archive, Original
from etl.extract.pipeline import all_versions
from etl.extraction_cache import stale_originals
from etl.extraction_run import extract_chunk, extract_originals, load_contents

PLAN = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: {number}/KH-UBND
Nghệ An, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Công tác thông tin đối ngoại năm 2024

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ;
1. Sở Thông tin và Truyền thông chủ trì, phối hợp với Sở Ngoại vụ thực hiện.
"""


def keep(archive: Archive, count: int) -> list[Original]:
    """Plans that differ in their number, as `ingest` keeps them."""
    originals = []
    for number in range(count):
        content = PLAN.format(number=number + 1).encode()
        sha256 = hashlib.sha256(content).hexdigest()
        archive.keep_original(content, sha256)
        originals.append(
            Original(sha256, f"plan-{number}.txt", len(content), "2024-01-01T00:00:00Z", "ingest")
        )
    return originals


def stale(archive: Archive, originals: list[Original]) -> list[str]:
    with archive.cache() as con:
        return stale_originals(con, [o.sha256 for o in originals], all_versions())


@pytest.mark.parametrize(
    ("trouble", "is_tried_again"),
    [
        (RuntimeError("the machine ran out of something"), True),
        (TimeoutError(), True),
        (UnreadableDocument("x", reason="too_slow", expected="a", got="b"), True),
        (UnreadableDocument("x", reason="reader_failed", expected="a", got="b"), True),
        (UnreadableDocument("x", reason="encrypted", expected="a", got="b"), False),
    ],
)
def test_only_what_lies_in_the_file_is_kept_as_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception, is_tried_again: bool
) -> None:
    archive = Archive(tmp_path)
    originals = keep(archive, 1)

    def fail(*arguments: Any) -> None:
        raise trouble

    with monkeypatch.context() as patched:
        patched.setattr(extraction_run, "_read", fail)
        failed = extract_chunk(str(tmp_path), originals)
    with archive.cache() as con:
        extraction_run.save_extractions(con, failed)
    assert failed[0].text is None and failed[0].content["reason"]
    assert (stale(archive, originals) == [originals[0].sha256]) is is_tried_again
    assert extract_originals(archive, originals) == int(is_tried_again)
    [(_, found)] = load_contents(archive, originals)
    assert (found.text is not None) is is_tried_again


@pytest.fixture
def cluster() -> Iterator[str]:
    """Two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1",
    ) as running:  # fmt: skip
        yield running.scheduler_address


def test_a_cluster_finds_the_same(tmp_path: Path, cluster: str) -> None:
    here, there = Archive(tmp_path / "here"), Archive(tmp_path / "there")
    found = []
    for archive, scheduler in ((here, None), (there, cluster)):
        originals = keep(archive, 90)  # three tasks
        assert extract_originals(archive, originals, scheduler=scheduler) == 90
        assert stale(archive, originals) == []
        found.append(
            [
                (o.name, e.text, orjson.dumps(e.content))
                for o, e in load_contents(archive, originals)
            ]
        )
    assert found[0] == found[1]
    assert len({text for _, text, _ in found[0]}) == 90

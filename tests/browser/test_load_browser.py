"""The load test's visitors understand the real server: they see every page and change filters."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from conftest import AppServer  # tests/browser/conftest.py

from benchmarks.load_visitors import Visit, visit
from dashboard.navigation import PAGES


async def visit_all(url: str) -> list[Visit]:
    return await asyncio.gather(
        *(
            visit(url, page.path, place, after_s=0, until=monotonic() + 8, think_s=(0.1, 0.3))
            for place, page in enumerate(PAGES)
        )
    )


def test_every_page_serves_visitors_without_a_browser(server: AppServer) -> None:
    with ThreadPoolExecutor(1) as own:  # Playwright's event loop runs in this thread
        visits = own.submit(asyncio.run, visit_all(server.url)).result()
    assert [(v.page, v.problem) for v in visits] == [(p.path, "") for p in PAGES]
    assert all(v.first_s is not None for v in visits)
    assert sum(len(v.changes) for v in visits) >= len(PAGES)


def test_a_page_that_is_not_there_is_a_failed_visit(server: AppServer) -> None:
    async def lost() -> Visit:
        until = monotonic() + 1
        return await visit(server.url, "nowhere", 1, after_s=0, until=until, think_s=(0.1, 0.2))

    with ThreadPoolExecutor(1) as own:
        assert "/nowhere" in own.submit(asyncio.run, lost()).result().problem

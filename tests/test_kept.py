"""What is kept in memory: made once, bounded in number and bytes, whatever happens while making."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from time import sleep

import pandas as pd
import pytest

from dashboard import kept as module
from dashboard.kept import MOST_BYTES, MOST_RESULTS, forget, kept


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


def test_made_once_and_the_least_used_goes_first() -> None:
    made = []

    def make(name: str) -> str:
        made.append(name)
        return name

    for name in ("first", "second", "first"):
        assert kept(name, lambda name=name: make(name)) == name
    assert made == ["first", "second"]
    for number in range(MOST_RESULTS - 1):  # one has to go, and "first" was asked for last
        kept(number, lambda: "")
    kept("first", lambda: make("first"))
    kept("second", lambda: make("second"))
    assert made == ["first", "second", "second"]


def test_few_large_results_are_bounded_by_their_bytes() -> None:
    large = MOST_BYTES // 4 - 1_000
    for number in range(10):
        kept(number, lambda: bytes(large))
    assert len(module._results) == 4
    assert module._bytes <= MOST_BYTES
    kept("too large to keep anything beside it", lambda: bytes(2 * MOST_BYTES))
    assert len(module._results) == 1
    kept("small", lambda: lambda: "no bytes")
    assert module._bytes < MOST_BYTES


@dataclass
class Holder:
    table: pd.DataFrame
    more: dict[str, list[str]]


@pytest.mark.parametrize(
    ("result", "least", "most"),
    [
        (b"x" * 1_000, 1_000, 1_200),
        (None, 0, 200),
        (lambda: 1, 0, 200),
        (["x" * 100] * 10_000, 1_000_000, 2_500_000),
        ({"a": ["x" * 100] * 1_000}, 100_000, 300_000),
        (pd.DataFrame({"a": ["x" * 20] * 1_000, "n": range(1_000)}), 30_000, 60_000),
        (Holder(pd.DataFrame({"n": range(10_000)}), {"k": ["v"]}), 80_000, 250_000),
        ((Holder(pd.DataFrame({"n": range(10_000)}), {}), 1), 80_000, 250_000),
        (pd.DataFrame(), 0, 400),
    ],
)
def test_how_large_a_result_is(result: object, least: int, most: int) -> None:
    assert least <= module._size(result) <= most


def test_many_who_ask_at_once_wait_for_one() -> None:
    made, found = [], []

    def make() -> int:
        made.append(1)
        sleep(0.1)
        return 7

    def ask() -> None:
        found.append(kept("same", make))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert (len(made), found) == (1, [7] * 20)


def test_where_the_first_fails_the_next_one_tries() -> None:
    began, answers = threading.Event(), []

    def fail() -> int:
        began.set()
        sleep(0.1)
        raise ValueError("not today")

    def first() -> None:
        with pytest.raises(ValueError, match="not today"):
            kept("same", fail)

    thread = threading.Thread(target=first)
    thread.start()
    began.wait(5)
    answers.append(kept("same", lambda: 3))
    thread.join(5)
    assert answers == [3]
    assert kept("same", lambda: 4) == 3


def test_making_one_result_may_ask_for_another() -> None:
    assert kept("outer", lambda: kept("inner", lambda: 1) + 1) == 2
    assert kept("inner", lambda: 9) == 1

"""The pages of a briefing and the links to a view, without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import warehouse
from dashboard.copy_link import shared_address
from dashboard.navigation import page_paths
from dashboard.presentation import place_of, steps
from dashboard.slides import BOTH, FLAT, UPRIGHT, Slide, source_titles
from dashboard.view import presented_figure, read_view, view_params, with_changes
from dashboard.warehouse import Snapshot
from tests.golden.border_routes import run_of


@pytest.fixture(scope="module")
def snapshot(
    default_warehouse: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Snapshot]:
    # A copy: DuckDB opens a file once per process with one configuration.
    folder = tmp_path_factory.mktemp("presentation") / "warehouse"
    shutil.copytree(default_warehouse, folder)
    patch = pytest.MonkeyPatch()
    patch.setenv("TTDN_WAREHOUSE", str(folder))
    yield warehouse.current_snapshot()
    warehouse.close_all()
    patch.undo()


def slide_at(snapshot: Snapshot, page: str, number: int = 1, **params: str) -> Slide:
    place = place_of(page, number)
    assert place is not None
    return steps()[place].make(run_of(**params))


def told(slide: Slide) -> dict[str, str]:
    return {number.label: number.value for number in slide.numbers}


# --- the order of the pages


def test_a_briefing_goes_through_pages_that_exist_each_figure_once() -> None:
    shown = [(step.page, step.number) for step in steps()]
    assert len(set(shown)) == len(shown) >= 5
    assert shown[0] == ("", 1)
    assert {page for page, _ in shown} <= page_paths()
    for page in {page for page, _ in shown}:
        numbers = [number for other, number in shown if other == page]
        assert numbers == list(range(1, len(numbers) + 1))


def test_an_address_names_its_place_in_the_briefing() -> None:
    assert place_of("", 1) == 0
    assert place_of("regulations", 2) == place_of("regulations", 1) + 1  # type: ignore[operator]
    assert place_of("regulations", 9) == place_of("regulations", 2)  # it has two figures
    assert place_of("data-quality", 1) is None


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("true", 1), ("3", 3), ("0", 0), ("", 0), ("x", 0), ("-1", 0)]
)
def test_the_number_of_the_figure_is_read_from_the_address(text: str, number: int) -> None:
    assert presented_figure(text) == number


def test_the_figure_stays_in_the_address(snapshot: Snapshot) -> None:
    facts = run_of().facts
    view = read_view({"present": "2", "province": "19"}, facts)
    assert view_params(view, facts) == {"province": "19", "present": "2"}
    assert view_params(with_changes(view, facts, present=0), facts) == {"province": "19"}


# --- what a page says


def test_the_regulations_of_the_letter(snapshot: Snapshot) -> None:
    slide = slide_at(snapshot, "regulations")
    assert list(told(slide).values()) == ["53", "5", "5", "0"]  # design.md section 4
    assert slide.layout == UPRIGHT and slide.vintage == 2008
    behind = [line for line in slide.lines if line.startswith("▼")]
    assert len(behind) == 1
    for name in ("Hải Dương", "Nghệ An", "Đồng Tháp", "Long An", "Thanh Hóa"):
        assert name in behind[0]
    assert any("mâu thuẫn (6)" in line for line in slide.lines)


def test_with_two_dates_the_moves_are_told(snapshot: Snapshot) -> None:
    dates = {"as_of": "2024-12-31", "since": "2023-07-31"}
    slide = slide_at(snapshot, "regulations", **dates)
    assert sorted(told(slide).values()) == ["1", "2", "60"]
    assert any("Hải Dương" in line for line in slide.lines)
    both = slide_at(snapshot, "regulations", as_of="2024-12-31", since="2023-07-31~both")
    assert both.layout == BOTH
    assert [number.value for number in both.numbers] == ["56", "4", "3", "0"]
    assert [number.note for number in both.numbers] == [
        "31/07/2023: 53", "31/07/2023: 5", "31/07/2023: 5", "31/07/2023: 0",
    ]  # fmt: skip
    still = slide_at(snapshot, "regulations", since="2023-07-30", as_of="2023-07-31")
    assert still.numbers  # the letter itself moved them
    quiet = slide_at(snapshot, "regulations", as_of="2023-08-31", since="2023-07-31")
    assert list(told(quiet).values()) == ["63"]


def test_announced_and_evidenced_are_about_the_63(snapshot: Snapshot) -> None:
    slide = slide_at(snapshot, "human-rights", 2, as_of="2026-01-01")
    assert slide.layout == FLAT and slide.vintage == 2008
    assert "39/63" in slide.title
    early = slide_at(snapshot, "human-rights", 2, as_of="2022-12-31")
    assert early.draw is None and "31/12/2022" in early.lines[0]


def test_every_page_can_be_drawn_in_both_vintages_and_languages(snapshot: Snapshot) -> None:
    for params in (
        {},
        {"lang": "en", "since": "2022-12-31"},
        {"as_of": "2026-01-01", "since": "2025-07-31~both"},
        {"as_of": "2008-08-01"},
        {"route": "laos", "province": "40"},
    ):
        for step in steps():
            run = run_of(**params)
            slide = step.make(run)
            assert slide.title and (slide.numbers or slide.lines)
            assert source_titles(run, slide)
            if slide.draw is not None:
                assert slide.draw(dark=True).layout.height
                assert len(slide.alt()) > 40


# --- links


def test_a_copied_link_holds_the_date_and_the_snapshot_if_asked(snapshot: Snapshot) -> None:
    run = run_of(province="40", since="2022-12-31~both")
    pinned = urlsplit(shared_address(run, "regulations", is_pinned=True))
    assert pinned.path == "/regulations"
    assert parse_qs(pinned.query) == {
        "as_of": ["2023-07-31"],
        "since": ["2022-12-31~both"],
        "province": ["40"],
        "snapshot": [snapshot.id],
    }
    assert "snapshot" not in shared_address(run, "", is_pinned=False)
    assert shared_address(run, "", is_pinned=False).startswith("/?as_of=2023-07-31&")

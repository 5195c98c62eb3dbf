"""The parts of the load test that need no server: what a visitor understands, what is reported."""

from __future__ import annotations

import os
import random
from datetime import date
from time import process_time

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load_protocol import Screen, choose, date_state, deep_link, option_state
from benchmarks.load_report import LoadFacts, load_figures, slowest_pages
from benchmarks.load_visitors import Visit
from benchmarks.processes import ProcessorTime, memory_mb
from benchmarks.results import Budget, Figure


def screen() -> Screen:
    return Screen("http://127.0.0.1:1", "regulations", "province=01")


def asked(of: Screen) -> BackMsg:
    message = BackMsg()
    message.ParseFromString(of.ask())
    return message


def element(**settings: str) -> ForwardMsg:
    message = ForwardMsg(hash="a" * 32)
    message.metadata.cacheable = True
    box = message.delta.new_element.selectbox
    box.id, box.label = "$$ID-0f0f-filter_province_vi_2008", "Tỉnh"
    box.options.extend(["Hà Nội", "Hà Giang"])
    return message


def take(of: Screen, *messages: ForwardMsg) -> list[bool]:
    return [of.take(message.SerializeToString()) for message in messages]


def finished(status: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    return ForwardMsg(script_finished=status)  # type: ignore[arg-type]


def test_a_visit_begins_with_the_address_and_goes_on_with_the_page() -> None:
    here = screen()
    first = asked(here).rerun_script
    assert (first.page_name, first.query_string) == ("regulations", "province=01")
    page, told = ForwardMsg(), ForwardMsg()
    page.navigation.page_script_hash = "f00"
    told.page_info_changed.query_string = "province=02"
    assert take(here, page, told, finished()) == [False, False, True]
    then = asked(here).rerun_script
    assert (then.page_name, then.page_script_hash) == ("", "f00")
    assert then.query_string == "province=02"


def test_messages_are_remembered_as_long_as_a_browser_does() -> None:
    here = screen()
    take(here, element(), finished())
    assert list(asked(here).rerun_script.cached_message_hashes) == ["a" * 32]
    take(here, ForwardMsg(ref_hash="a" * 32), finished(), finished(), finished())
    assert list(asked(here).rerun_script.cached_message_hashes) == []
    assert here.problem == ""
    take(here, ForwardMsg(ref_hash="a" * 32))
    assert "not kept" in here.problem


def test_filters_are_known_by_their_keys() -> None:
    here = screen()
    take(here, element())
    state = option_state(here, "filter_province_", "Hà Giang")
    assert state is not None and state.string_value == "Hà Giang"
    assert state.id.endswith("filter_province_vi_2008")
    assert option_state(here, "filter_route_", 0) is None
    assert date_state(here, date(2024, 1, 2)) is None
    for seed in range(20):  # only what is on the screen
        kind, state = choose(here, random.Random(seed))
        assert kind == "province" and state.string_value in ("Hà Nội", "Hà Giang", "")
    with pytest.raises(ValueError, match="no filter"):
        choose(screen(), random.Random(1))


def test_what_goes_wrong_is_noticed() -> None:
    failed, thrown = ForwardMsg(), ForwardMsg()
    failed.delta.new_element.alert.format = Alert.ERROR
    failed.delta.new_element.alert.body = "Mã lỗi: 12"
    thrown.delta.new_element.exception.message = "KeyError"
    for message, words in (
        (failed, "Mã lỗi: 12"), (thrown, "KeyError"),
        (finished(ForwardMsg.FINISHED_WITH_COMPILE_ERROR), "could not be run"),
    ):  # fmt: skip
        here = screen()
        take(here, message)
        assert words in here.problem
    here, told = screen(), ForwardMsg()
    told.delta.new_element.alert.format = Alert.WARNING
    take(here, told)
    assert here.problem == ""


def test_links_are_such_as_people_send() -> None:
    links = {deep_link(random.Random(seed)) for seed in range(200)}
    assert "" in links and len(links) > 30
    assert any("vintage=2025" in link for link in links)
    assert not any("vintage=2025" in link and "as_of=" in link for link in links)


def facts(*visits: Visit, memory_peak_mb: float = 350) -> LoadFacts:
    return LoadFacts(visits, 10, 0.5, 300, memory_peak_mb, 320, 5, 8)


def test_the_slow_ones_are_what_counts() -> None:
    quick = [Visit("", "client", 1.0, [("date", 0.1)] * 19) for _ in range(10)]
    slow = Visit("budget", "browser", 9.0, [("date", 0.7)] * 30)
    named = {figure.name: figure for figure in load_figures(facts(*quick))}
    assert named["first load, everybody"].verdict == "within"
    assert named["filter change, everybody"].verdict == "goal"
    assert named["failed visits"].verdict == named["more memory, at most"].verdict == "within"
    named = {figure.name: figure for figure in load_figures(facts(*quick, slow))}
    assert named["first load, everybody"].verdict == "MISSED"  # the median is 1 s
    assert named["filter change, everybody"].verdict == "MISSED"
    assert named["first load, Chromium"].values == (9.0,)
    assert slowest_pages([*quick, slow]).splitlines()[1].startswith("  date (browser): p50 700")


def test_a_failed_visit_and_too_much_memory_are_missed_budgets() -> None:
    found = facts(Visit("", problem="TimeoutError"), memory_peak_mb=401)
    named = {figure.name: figure for figure in load_figures(found)}
    assert named["failed visits"].verdict == named["more memory, at most"].verdict == "MISSED"
    assert named["first load, everybody"].values == ()


def test_a_budget_can_be_about_the_slow_ones() -> None:
    values = (1.0,) * 90 + (9.0,) * 10
    assert Figure("x", "s", values, Budget(5)).verdict == "within"
    assert Figure("x", "s", values, Budget(5, percentile=0.95)).verdict == "MISSED"


def test_memory_and_processor_time_of_this_process() -> None:
    assert 10 < memory_mb(os.getpid()) < 10_000
    spent = ProcessorTime()
    spent.look(os.getpid())
    spent.begin()
    until = process_time() + 0.1
    while process_time() < until:
        pass
    spent.look(os.getpid())
    assert 0.05 < spent.total_s < 5
    with pytest.raises(OSError):
        memory_mb(2**22 + 1)

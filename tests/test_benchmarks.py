"""The pure parts of the benchmark harness; nothing here measures time."""

from __future__ import annotations

import socket
import threading

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.messages import bytes_by_kind, format_breakdown
from benchmarks.relay import Relay
from benchmarks.results import Budget, Figure, format_table, format_value, percentile
from benchmarks.servers import ScriptRun, pair_events


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5.0], 0.95, 5.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([float(i) for i in range(1, 21)], 0.95, 19.0),
        ([float(i) for i in range(1, 21)], 1.0, 20.0),
    ],
)
def test_percentile_is_a_measured_value(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_percentile_refuses_what_has_no_answer() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.95)
    with pytest.raises(ValueError, match="share 0"):
        percentile([1.0], 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (1234.4, "1,234"), (12.34, "12.3"), (1.234, "1.23"), (0.1234, "0.123"), (2, "2")],
)
def test_three_digits_that_count(value: float | None, text: str) -> None:
    assert format_value(value) == text


@pytest.mark.parametrize(
    ("values", "verdict"), [((80, 90, 300), "goal"), ((150,), "within"), ((201,), "MISSED")]
)
def test_verdict_rests_on_the_median(values: tuple[float, ...], verdict: str) -> None:
    assert Figure("redraw", "ms", values, Budget(200, 100)).verdict == verdict


def test_verdict_counts_the_share_of_the_baseline() -> None:
    budget = Budget(200, 100, share_of_baseline=0.6)
    assert Figure("redraw", "ms", (90,), budget, (100,), "naive").verdict == "MISSED"
    assert Figure("redraw", "ms", (90,), budget, (150,), "naive").verdict == "goal"


def test_no_budget_no_verdict() -> None:
    assert Figure("redraw", "ms", (90,)).verdict == ""
    assert Figure("redraw", "ms", (), Budget(200)).verdict == ""


def test_table_has_a_line_for_each_figure() -> None:
    table = format_table(
        [
            Figure("bytes", "KB", (4.0, 6.0), Budget(10, 5), (410.0,), "naive"),
            Figure("nothing measured", "s", ()),
        ]
    )
    heading, _, first, second = table.splitlines()
    assert heading.split()[:4] == ["what", "unit", "median", "p95"]
    assert first.split() == [
        "bytes",
        "KB",
        "5",
        "6",
        "2",
        "10",
        "5",
        "goal",
        "410",
        "0.012",
        "naive",
    ]
    assert second.split() == ["nothing", "measured", "s", "-", "-", "0"]


def test_events_become_runs_in_order_and_only_complete_ones() -> None:
    events = [
        ("received", 1.0, 0.1), ("began", 1.01, 0.0), ("ended", 1.03, 0.015), ("sent", 1.05, 0.2),
        ("received", 2.0, 0.3), ("began", 2.01, 0.0),
    ]  # fmt: skip
    (run,) = pair_events(events)
    assert isinstance(run, ScriptRun)
    measured = (run.script_ms, run.script_cpu_ms, run.served_ms)
    assert measured == pytest.approx((20, 15, 50))


def test_breakdown_sums_messages_by_kind() -> None:
    heading, reference, block = ForwardMsg(), ForwardMsg(), ForwardMsg()
    heading.delta.new_element.heading.body = "x" * 50
    reference.ref_hash = "a" * 32
    block.delta.add_block.allow_empty = True
    payloads = [m.SerializeToString() for m in (heading, reference, reference, block)]
    rows = bytes_by_kind(payloads)
    assert [row[:2] for row in rows] == [
        ("reference to an unchanged element", 2), ("heading", 1), ("container", 1),
    ]  # fmt: skip
    assert sum(row[2] for row in rows) == sum(map(len, payloads))
    assert format_breakdown("a change", payloads).startswith("  a change: ")


@pytest.mark.parametrize(("path", "counted"), [(b"/_stcore/stream", True), (b"/healthz", False)])
def test_relay_counts_websockets_only(path: bytes, counted: bool) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        connection.recv(100)
        connection.sendall(b"ok")
        connection.recv(100)
        connection.close()

    thread = threading.Thread(target=answer)
    thread.start()
    relay = Relay(listener.getsockname()[1])
    request = b"GET " + path + b" HTTP/1.1\r\n\r\n"
    with socket.create_connection(("127.0.0.1", relay.port), timeout=5) as client:
        client.sendall(request)
        assert client.recv(100) == b"ok"
        client.sendall(b"four")
        assert client.recv(100) == b""
    thread.join(5)
    relay.close()
    listener.close()
    assert relay.down == (2 if counted else 0)
    assert relay.up == (4 if counted else 0)

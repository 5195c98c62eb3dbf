"""What the bytes of a filter change consist of, by kind of message and element."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def kind_of(payload: bytes) -> str:
    """The kind of one message: "plotly_chart regulations_map_chart", "block", "reference", …"""
    message = ForwardMsg()
    message.ParseFromString(payload)
    kind = message.WhichOneof("type") or "unknown"
    if kind == "ref_hash":
        return "reference to an unchanged element"
    if kind != "delta":
        return kind
    if message.delta.WhichOneof("type") != "new_element":
        return "container"
    element = message.delta.new_element
    name = element.WhichOneof("type") or "element"
    key = str(getattr(getattr(element, name), "id", "") or "").rsplit("-", 1)[-1]
    return f"{name} {key}".rstrip()


def bytes_by_kind(payloads: Iterable[bytes]) -> list[tuple[str, int, int]]:
    """(kind, messages, bytes), most bytes first."""
    found: dict[str, list[int]] = defaultdict(list)
    for payload in payloads:
        found[kind_of(payload)].append(len(payload))
    rows = [(kind, len(sizes), sum(sizes)) for kind, sizes in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def format_breakdown(title: str, payloads: Iterable[bytes]) -> str:
    """The breakdown as lines of text."""
    rows = bytes_by_kind(payloads)
    total = sum(row[2] for row in rows)
    lines = [f"  {title}: {total:,} bytes"]
    return "\n".join(
        [*lines, *(f"    {size:>7,}  {count:>3} x  {kind}" for kind, count, size in rows)]
    )

"""Websocket compression that remembers the last screen.

A change of a filter sends a screen much like the one before. uvicorn compresses with a window of
4 KB, in which nothing of it is left, and has no setting for it; with the protocol's largest window
(RFC 7692: 32 KB) the same change is a tenth of the size, for 0.25 MB of memory per reader.
"""

from __future__ import annotations

from typing import Any, Final

from uvicorn.protocols.websockets import websockets_sansio_impl as implementation
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

WINDOW_BITS: Final = 15


def use_large_window() -> None:
    """For the connections that are opened from now on."""
    # mypy sees a class there; uvicorn only calls it.
    implementation.ServerPerMessageDeflateFactory = _factory  # type: ignore[assignment,misc]


def _factory(**settings: Any) -> ServerPerMessageDeflateFactory:
    wide = {
        "server_max_window_bits": WINDOW_BITS,
        "client_max_window_bits": WINDOW_BITS,
        "compress_settings": {"memLevel": 8},
    }
    return ServerPerMessageDeflateFactory(**settings | wide)

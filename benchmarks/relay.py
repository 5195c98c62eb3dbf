"""A TCP relay before a server that counts what really travels on websocket connections."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Final

SOCKET_PATH: Final = b"/_stcore/stream"
CHUNK: Final = 65_536


class Relay:
    """Listens on a free port; `down` and `up` are bytes on the wire of websockets so far.

    They include the frames' headers and are what compression leaves; TCP's own are not included.
    """

    def __init__(self, target_port: int) -> None:
        self.down = 0
        self.up = 0
        self._target_port = target_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Take no more connections; open ones end with their peers."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            first = client.recv(CHUNK)
            server = socket.create_connection(("127.0.0.1", self._target_port))
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.sendall(first)
            is_socket = SOCKET_PATH in first.split(b"\r\n", 1)[0]
            back = threading.Thread(target=self._pump, args=(server, client, is_socket, True))
            back.daemon = True
            back.start()
            self._pump(client, server, is_socket, False)

    def _pump(
        self, source: socket.socket, sink: socket.socket, is_socket: bool, is_down: bool
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(CHUNK):
                if is_socket and is_down:
                    self.down += len(data)
                elif is_socket:
                    self.up += len(data)
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

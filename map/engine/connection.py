"""The engine's end of the socket: lines in, messages out."""

from collections.abc import Callable

from qgis.PyQt.QtNetwork import QLocalSocket

from map.protocol import (
    MAX_LINE,
    BadMessage,
    Refused,
    ToEngine,
    ToWindow,
    decode_for_engine,
    encode,
)

CONNECT_MILLISECONDS = 5_000


class Connection:
    """Connects to the window's socket, calls ``on_message`` for each message and answers bad
    ones itself. ``on_closed`` is called once, when the window is gone.
    """

    def __init__(
        self, on_message: Callable[[ToEngine], None], on_closed: Callable[[], None]
    ) -> None:
        self._on_message = on_message
        self._on_closed = on_closed
        self._buffer = b""
        self._skipping = False
        self._socket = QLocalSocket()
        self._socket.readyRead.connect(self._on_ready_read)
        self._socket.disconnected.connect(self._on_disconnected)

    def open(self, path: str) -> bool:
        """Connect to the window listening at ``path``; False if nobody does."""
        self._socket.connectToServer(path)
        return bool(self._socket.waitForConnected(CONNECT_MILLISECONDS))

    def send(self, message: ToWindow) -> None:
        """Write a message; written at once, because a frame's news should not wait."""
        self._socket.write(encode(message))
        self._socket.flush()

    def _on_ready_read(self) -> None:
        self._buffer += bytes(self._socket.readAll())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            if self._skipping:
                self._skipping = False
            else:
                self._read(line)
        if len(self._buffer) > MAX_LINE:
            if not self._skipping:
                self._read(self._buffer)
            self._skipping = True
            self._buffer = b""

    def _read(self, line: bytes) -> None:
        try:
            message = decode_for_engine(line)
        except BadMessage as error:
            self.send(Refused(error.request, "bad-message", str(error)))
            return
        self._on_message(message)

    def _on_disconnected(self) -> None:
        self._on_closed()

"""The window's end of the socket: requests out, answers by their ids, silence as an outcome."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from map.protocol import (
    MAX_LINE,
    PROTOCOL,
    BadMessage,
    Done,
    Drawn,
    Found,
    Hello,
    Notice,
    Ping,
    Refused,
    Release,
    Request,
    Superseded,
    ToWindow,
    decode_for_window,
    encode,
)

SILENCE_SECONDS = 20.0
"""An engine that has not answered a request for so long counts as hung."""

PING_MILLISECONDS = 5_000

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lost:
    """The outcome of a request whose engine went away."""

    id: int


class Link(QObject):
    """Listens for one engine at a time and talks to it. Every method runs in the UI thread."""

    greeted = Signal(object)
    """The engine has connected and speaks our protocol: its `Hello`."""

    answered = Signal(object)
    """An answer of the protocol, or `Lost`: exactly one for each id given out by `ask`."""

    told = Signal(object)
    """A `Notice` of the engine."""

    failed = Signal(str)
    """The engine must be ended: it hung, hung up or spoke nonsense (a sentence for the log)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._on_connected)
        self._socket: QLocalSocket | None = None
        self._buffer = b""
        self._next_id = 1
        self._asked: dict[int, float] = {}
        self._is_greeted = False
        self._pulse = QTimer(self)
        self._pulse.setInterval(PING_MILLISECONDS)
        self._pulse.timeout.connect(self._on_pulse)

    def listen(self, path: str) -> bool:
        """Wait for an engine at ``path``; False where that is not possible."""
        QLocalServer.removeServer(path)
        return self._server.listen(path)

    @property
    def is_open(self) -> bool:
        """Whether an engine is there and may be asked."""
        return self._is_greeted

    def ask(self, make: Callable[[int], Request]) -> int:
        """Send the request that ``make`` builds from its id; the id comes back in `answered`."""
        number = self._next_id
        self._next_id += 1
        self._asked[number] = time.monotonic()
        self._write(encode(make(number)))
        return number

    def release(self, file: str, slot: int) -> None:
        """Give a frame's slot back."""
        self._write(encode(Release(file, slot)))

    def hang_up(self) -> None:
        """Close the connection; the engine leaves. What was asked is `Lost`."""
        self._pulse.stop()
        self._is_greeted = False
        self._buffer = b""
        if self._socket is not None:
            socket, self._socket = self._socket, None
            socket.disconnected.disconnect(self._on_disconnected)
            socket.readyRead.disconnect(self._on_ready_read)
            socket.abort()
            socket.deleteLater()
        asked, self._asked = self._asked, {}
        for number in asked:
            self.answered.emit(Lost(number))

    def close(self) -> None:
        """Hang up and stop listening."""
        self.hang_up()
        self._server.close()

    def _write(self, line: bytes) -> None:
        if self._socket is not None:
            self._socket.write(line)
            self._socket.flush()

    @Slot()
    def _on_connected(self) -> None:
        socket = self._server.nextPendingConnection()
        if self._socket is not None:
            socket.abort()
            return
        self._socket = socket
        socket.readyRead.connect(self._on_ready_read)
        socket.disconnected.connect(self._on_disconnected)
        self._write(encode(Hello(PROTOCOL, "wanmi", os.getpid())))
        self._on_ready_read()

    @Slot()
    def _on_ready_read(self) -> None:
        if self._socket is None:
            return
        self._buffer += bytes(self._socket.readAll().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            try:
                self._hear(decode_for_window(line))
            except BadMessage as error:
                self.failed.emit(f"the engine sent what is no message: {error}")
                return
        if len(self._buffer) > MAX_LINE:
            self.failed.emit("the engine sent a line without end")

    def _hear(self, message: ToWindow) -> None:
        if isinstance(message, Hello):
            self._greet(message)
        elif isinstance(message, Notice):
            self.told.emit(message)
        else:
            self._take_answer(message)

    def _take_answer(self, answer: Done | Drawn | Superseded | Found | Refused) -> None:
        if answer.id is None or self._asked.pop(answer.id, None) is None:
            log.info("the engine answered what was not asked: %s", answer)
            return
        self.answered.emit(answer)

    def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            self.failed.emit(f"the engine speaks protocol {hello.protocol}, not {PROTOCOL}")
            return
        self._is_greeted = True
        self._pulse.start()
        self.greeted.emit(hello)

    @Slot()
    def _on_disconnected(self) -> None:
        self.failed.emit("the engine hung up")

    @Slot()
    def _on_pulse(self) -> None:
        oldest = min(self._asked.values(), default=None)
        if oldest is not None and time.monotonic() - oldest > SILENCE_SECONDS:
            self.failed.emit("the engine does not answer")
        elif oldest is None:
            self.ask(Ping)

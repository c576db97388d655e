"""Plays the window for a real map engine: a plain socket, no Qt; for tests and benchmarks."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from map.frames import FrameReader
from map.protocol import (
    PROTOCOL,
    Draw,
    Drawn,
    Hello,
    Message,
    Release,
    ToWindow,
    View,
    decode_for_window,
    encode,
)

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
T = TypeVar("T", bound=Message)


class EnginePeer:
    """Starts an engine that connects back, and talks to it step by step."""

    def __init__(self, directory: Path, *arguments: str, python: str = "/usr/bin/python3") -> None:
        self.directory = directory
        self.reader = FrameReader(directory)
        self.heard: list[ToWindow] = []
        self._buffer = b""
        path = directory / "engine.sock"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(path))
        listener.listen(1)
        listener.settimeout(SECONDS)
        command = [python, "-m", "map.engine"]
        self.process = subprocess.Popen(
            [*command, "--socket", str(path), "--runtime", str(directory), *arguments],
            cwd=ROOT,
            env=_environment(directory),
            stderr=sys.stderr,
        )
        self.socket, _ = listener.accept()
        self.socket.settimeout(SECONDS)
        listener.close()

    def __enter__(self) -> "EnginePeer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> int:
        """Hang up and wait for the engine to end; its exit code."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        return self.process.wait(SECONDS)

    def greet(self) -> Hello:
        """Exchange hellos."""
        hello = self.wait_for(Hello)
        self.send(Hello(PROTOCOL, "test", os.getpid()))
        return hello

    def send(self, message: Message) -> None:
        """Send one message."""
        self.socket.sendall(encode(message))

    def send_line(self, line: bytes) -> None:
        """Send raw bytes and a line end."""
        self.socket.sendall(line + b"\n")

    def next(self) -> ToWindow:
        """The next message of the engine."""
        while b"\n" not in self._buffer:
            data = self.socket.recv(65536)
            if not data:
                raise EOFError("the engine hung up")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        message = decode_for_window(line)
        self.heard.append(message)
        return message

    def wait_for(self, kind: type[T], condition: Callable[[T], bool] | None = None) -> T:
        """Read on until a message of this kind comes."""
        while True:
            message = self.next()
            if isinstance(message, kind) and (condition is None or condition(message)):
                return message

    def draw(self, request: int, view: View) -> bytes:
        """Draw a view, copy its pixels, give the slot back."""
        self.send(Draw(request, view))
        drawn = self.wait_for(Drawn, lambda message: message.id == request)
        pixels = bytes(self.pixels(drawn))
        self.send(Release(drawn.file, drawn.slot))
        return pixels

    def pixels(self, drawn: Drawn) -> memoryview:
        """The pixels of a frame that has not been released yet."""
        return self.reader.pixels(
            drawn.file, drawn.size, drawn.slot, drawn.stride, drawn.view.height
        )


def _environment(directory: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_FONT_DPI": "96",
        "XDG_RUNTIME_DIR": str(directory),
    }

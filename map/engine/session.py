"""Carries out the window's requests, one answer each."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from qgis.core import QgsCoordinateReferenceSystem, QgsCsException

from map.engine import qgis_app
from map.engine.canvas import Canvas
from map.engine.connection import Connection
from map.engine.identify import identify
from map.engine.layers import Layers
from map.frames import FrameWriter
from map.protocol import (
    PROTOCOL,
    Done,
    Draw,
    Found,
    Hello,
    Identify,
    Notice,
    Ping,
    Refused,
    Release,
    Request,
    SetScene,
    SetTokens,
    SetVisible,
    ToEngine,
    ToWindow,
)
from map.scene import Scene


class Session:
    """One window's engine: ends (``on_closed``) when the window goes away."""

    def __init__(self, directory: Path, patience: float, on_closed: Callable[[], None]) -> None:
        self._scene: Scene | None = None
        self._greeted = False
        self._on_closed = on_closed
        self._frames = FrameWriter(directory)
        self._connection = Connection(self._on_message, self._on_closed)
        self._layers = Layers(self._notify)
        self._canvas = Canvas(self._layers, self._frames, self._send, patience)

    def open(self, socket: str) -> bool:
        """Connect to the window and greet it; False if it is not there."""
        if not self._connection.open(socket):
            return False
        self._send(Hello(PROTOCOL, f"QGIS {qgis_app.version()}", os.getpid()))
        return True

    @property
    def is_stuck(self) -> bool:
        """Whether a layer hangs that cannot be waited for."""
        return self._canvas.is_stuck

    def close(self) -> None:
        """Stop drawing and remove the frame files."""
        self._frames.close()
        self._canvas.close()
        self._layers.close()

    def _send(self, message: ToWindow) -> None:
        self._connection.send(message)

    def _notify(self, code: str, layer: str, detail: str) -> None:
        self._send(Notice(code, layer, detail))

    def _on_message(self, message: ToEngine) -> None:
        if isinstance(message, Hello):
            self._greet(message)
        elif not self._greeted:
            request = None if isinstance(message, Release) else message.id
            self._send(Refused(request, "no-hello", "the first message must be hello"))
        else:
            self._try(message)

    def _greet(self, hello: Hello) -> None:
        if hello.protocol != PROTOCOL:
            reason = f"the window speaks protocol {hello.protocol}, the engine {PROTOCOL}"
            self._send(Refused(None, "protocol", reason))
            return
        self._greeted = True

    def _try(self, message: Request | Release) -> None:
        try:
            self._carry_out(message)
        except Exception as error:  # noqa: BLE001 - PyQt ends the process on what escapes a slot
            qgis_app.say("engine", traceback.format_exc())
            request = None if isinstance(message, Release) else message.id
            self._send(Refused(request, "failed", f"{type(error).__name__}: {error}"))

    def _carry_out(self, message: Request | Release) -> None:
        match message:
            case Draw():
                self._draw(message)
            case Release():
                if self._frames.release(message.file, message.slot):
                    self._canvas.released()
            case Ping():
                self._send(Done(message.id))
            case Identify():
                self._identify(message)
            case SetVisible():
                self._set_visible(message)
            case SetTokens():
                self._set_tokens(message)
            case SetScene():
                self._set_scene(message)
            case _:
                assert_never(message)

    def _draw(self, message: Draw) -> None:
        if self._scene is None:
            self._send(Refused(message.id, "no-scene", "there is no scene to draw yet"))
            return
        self._canvas.draw(message.id, message.view)

    def _identify(self, message: Identify) -> None:
        shown = {layer.spec.id: layer for layer in self._layers.drawn_at(message.mpp)}
        layers = [shown[name] for name in message.layers if name in shown]
        try:
            features = identify(message, layers, self._canvas.crs)
        except QgsCsException as error:
            self._send(Refused(message.id, "no-place", str(error)))
            return
        self._send(Found(message.id, features))

    def _set_visible(self, message: SetVisible) -> None:
        if not self._layers.set_visible(message.layer, message.visible):
            reason = f"the scene has no layer {message.layer}"
            self._send(Refused(message.id, "no-layer", reason))
            return
        self._canvas.redraw()
        self._send(Done(message.id))

    def _set_tokens(self, message: SetTokens) -> None:
        if self._scene is None:
            self._send(Refused(message.id, "no-scene", "there is no scene to colour yet"))
            return
        self._layers.recolour(message.tokens)
        self._canvas.set_background(_colour(self._scene.background, message.tokens))
        self._canvas.redraw()
        self._send(Done(message.id))

    def _set_scene(self, message: SetScene) -> None:
        scene = message.scene
        crs = QgsCoordinateReferenceSystem(scene.crs)
        if not crs.isValid():
            self._send(Refused(message.id, "no-crs", f"QGIS does not know {scene.crs}"))
            return
        self._scene = scene
        self._canvas.set_scene(crs, _colour(scene.background, scene.tokens))
        self._layers.show(scene)
        self._canvas.redraw()
        self._send(Done(message.id))


def _colour(name: str, tokens: dict[str, str]) -> str:
    return tokens.get(name, name)

"""The map engine as the window sees it: always there, started again when it dies."""

import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from map.client import sentences
from map.client.engine_process import KILLED, PYTHON, EngineProcess
from map.client.link import Link, Lost
from map.client.own_folder import OwnFolder
from map.frames import BadFrame, FrameReader
from map.protocol import (
    Done,
    Draw,
    Drawn,
    Found,
    Hello,
    Identify,
    Notice,
    Refused,
    SetScene,
    SetTokens,
    SetVisible,
    Superseded,
    View,
)
from map.scene import Scene

MOST_CRASHES = 4
CRASH_WINDOW_SECONDS = 60.0
RESTART_MILLISECONDS = (0, 200, 500, 1_000)
"""How long to wait before the first, second, … restart in a row."""

GREETING_MILLISECONDS = 25_000
"""How long QGIS may take to start; cold from a slow disk it takes ten seconds."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Frame:
    """A sharp picture of ``view``, the window's own copy."""

    number: int
    view: View
    image: QImage
    engine_milliseconds: float


class MapEngine(QObject):
    """Holds the scene and brings every new engine process to it."""

    ready = Signal()
    """An engine with the scene loaded is there; ask it for a view."""

    frame = Signal(object)
    """A `Frame` asked for by `draw`."""

    undrawn = Signal(int)
    """The view of this number will not come: superseded, refused or lost."""

    found = Signal(int, object)
    """The answer to `identify`: its number and a tuple of `map.protocol.Feature`."""

    lost = Signal(str)
    """The engine died and is being started again (a sentence)."""

    gave_up = Signal(str)
    """The engine cannot be kept running (a sentence); `retry` starts it again."""

    notice = Signal(str)
    """Something about a layer (a sentence)."""

    def __init__(
        self, runtime: Path, *, python: str = PYTHON, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runtime = runtime
        self._scene: Scene | None = None
        self._setting: int | None = None
        self._is_ready = False
        self._crashes: list[float] = []
        self._folder: OwnFolder | None = None
        self.frames = 0
        """Frames that the engine has drawn for this window so far."""
        self.restarts = 0
        """How often the engine had to be started again."""
        self.program = ""
        """The engine's name for itself, like ``QGIS 3.40.6-Bratislava``."""
        self.failure = ""  # the sentence of `gave_up` for as long as it holds
        self._socket_path = ""
        self._reader: FrameReader | None = None
        self._link = Link(self)
        self._link.greeted.connect(self._on_greeted)
        self._link.answered.connect(self._on_answered)
        self._link.told.connect(self._on_told)
        self._link.failed.connect(self._on_failed)
        self._process = EngineProcess(python, self)
        self._process.ended.connect(self._on_ended)
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self._on_restart)
        self._greeting = QTimer(self, singleShot=True, interval=GREETING_MILLISECONDS)
        self._greeting.timeout.connect(self._on_silent_start)

    @property
    def pid(self) -> int:
        """The engine's process id, 0 while there is none."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether an engine with the scene loaded is there."""
        return self._is_ready

    @property
    def scene(self) -> Scene | None:
        """The scene that every engine is brought to."""
        return self._scene

    def start(self) -> None:
        """Start the engine; `ready`, `lost` or `gave_up` follows."""
        self.failure = ""
        try:
            self._folder = OwnFolder(self._runtime)
        except OSError as error:
            log.info("the runtime directory cannot be used: %s", error)
            self._give_up(sentences.no_room(str(self._runtime)))
            return
        folder = self._folder.path
        self._reader = FrameReader(folder)
        self._socket_path = str(folder / "engine.sock")
        if not self._link.listen(self._socket_path):
            self._give_up(sentences.no_room(str(folder)))
            return
        self._process.start(self._socket_path, folder)
        self._greeting.start()

    def stop(self) -> None:
        """End the engine and wait for it; call it before the window goes away."""
        self._restart.stop()
        self._greeting.stop()
        self._is_ready = False
        self._link.close()
        self._process.stop()
        self._reader = None
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def retry(self) -> None:
        """Start again after `gave_up`."""
        self.stop()
        self._crashes.clear()
        self.restarts += 1
        self.start()

    def set_scene(self, scene: Scene) -> None:
        """Show this scene from now on, in this engine and in every later one."""
        self._scene = scene
        if self._link.is_open:
            self._is_ready = False
            self._setting = self._link.ask(lambda number: SetScene(number, scene))

    def set_tokens(self, tokens: dict[str, str]) -> None:
        """Change the theme's colours."""
        if self._scene is None:
            return
        self._scene = replace(self._scene, tokens=dict(tokens))
        if self._link.is_open:
            self._link.ask(lambda number: SetTokens(number, dict(tokens)))

    def set_layer_visible(self, layer: str, visible: bool) -> None:
        """Show or hide a layer of the scene; a layer the scene has not is passed over."""
        if self._scene is None:
            return
        layers = tuple(
            replace(spec, visible=visible) if spec.id == layer else spec
            for spec in self._scene.layers
        )
        if layers != self._scene.layers:
            self._scene = replace(self._scene, layers=layers)
            if self._link.is_open:
                self._link.ask(lambda number: SetVisible(number, layer, visible))

    def draw(self, view: View) -> int | None:
        """Ask for a view; the number comes back in `frame` or `undrawn`. None: no engine now."""
        if not self._is_ready:
            return None
        return self._link.ask(lambda number: Draw(number, view))

    def identify(
        self, x: float, y: float, radius: float, mpp: float, layers: tuple[str, ...]
    ) -> int | None:
        """Ask what lies within ``radius`` metres of a point (map CRS); None: no engine now."""
        if not self._is_ready:
            return None
        return self._link.ask(lambda number: Identify(number, x, y, radius, mpp, layers))

    @Slot(object)
    def _on_greeted(self, hello: Hello) -> None:
        self._greeting.stop()
        self.program = hello.program
        if self._scene is not None:
            self.set_scene(self._scene)

    @Slot(object)
    def _on_answered(self, answer: Done | Drawn | Superseded | Found | Refused | Lost) -> None:
        match answer:
            case Drawn():
                self._take_frame(answer)
            case Found():
                self.found.emit(answer.id, answer.features)
            case Done(id=number) if number == self._setting:
                self._is_ready = True
                self.ready.emit()
            case Refused(id=number, code="no-room") if number is not None:
                self.undrawn.emit(number)
                self._give_up(sentences.no_room(str(self._runtime)))
            case Refused(id=number, reason=reason) if number is not None:
                log.warning("the map engine refused request %d: %s", number, reason)
                self.undrawn.emit(number)
            case Superseded(id=number) | Lost(id=number):
                self.undrawn.emit(number)

    def _take_frame(self, drawn: Drawn) -> None:
        view = drawn.view
        if self._reader is None:
            return
        try:
            pixels = self._reader.pixels(
                drawn.file, drawn.size, drawn.slot, drawn.stride, view.height
            )
        except (BadFrame, OSError) as error:
            log.warning("a picture of the map was lost: %s", error)
            self._link.release(drawn.file, drawn.slot)
            self.undrawn.emit(drawn.id)
            return
        image = QImage(
            pixels, view.width, view.height, drawn.stride, QImage.Format.Format_RGB32
        ).copy()
        self._link.release(drawn.file, drawn.slot)
        image.setDevicePixelRatio(view.ratio)
        self.frames += 1
        self.failure = ""
        self.frame.emit(Frame(drawn.id, view, image, drawn.milliseconds))

    @Slot(object)
    def _on_told(self, heard: Notice) -> None:
        self.notice.emit(sentences.notice(heard))

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        log.info("%s", reason)
        self._process.kill()

    @Slot(int)
    def _on_ended(self, code: int) -> None:
        log.info("the map engine ended: %s", "killed" if code == KILLED else f"exit code {code}")
        self._greeting.stop()
        self._is_ready = False
        self._clear_away()
        sentence = sentences.beyond_restart(code)
        now = time.monotonic()
        recent = [when for when in self._crashes if now - when < CRASH_WINDOW_SECONDS]
        self._crashes = [*recent, now]
        if sentence is None and len(self._crashes) > MOST_CRASHES:
            sentence = sentences.gave_up(len(self._crashes))
        if sentence is not None:
            self._give_up(sentence)
            return
        self._restart.start(RESTART_MILLISECONDS[len(self._crashes) - 1])
        self.lost.emit(sentences.restarting())

    def _clear_away(self) -> None:
        self._link.hang_up()
        if self._folder is not None:
            self._folder.sweep()

    def _give_up(self, sentence: str) -> None:
        self.failure = sentence
        self.gave_up.emit(sentence)

    @Slot()
    def _on_silent_start(self) -> None:
        """Not started again by itself: what hung once for so long would only hang again."""
        self._process.stop(at_once=True)
        self._clear_away()
        self._give_up(sentences.silent_start(GREETING_MILLISECONDS // 1000))

    @Slot()
    def _on_restart(self) -> None:
        if self._folder is not None:
            self.restarts += 1
            self._process.start(self._socket_path, self._folder.path)
            self._greeting.start()

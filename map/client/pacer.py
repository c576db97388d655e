"""Decides when the engine is asked for a picture: the newest view wins, no step waits."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from map.client.map_engine import Frame, MapEngine
from map.client.viewport import Viewport
from map.protocol import View

PATIENCE_SECONDS = 0.15
"""While panning, a picture this young is awaited rather than replaced: else, over a slow layer,
every picture would be given up for the next one and none would ever come."""

IDLE_MILLISECONDS = 300
"""After so long without a movement the surroundings are drawn too."""

MARGIN = 0.25
"""Of the view's size, on each side: the surroundings that keep a pan from meeting blank edges."""


@dataclass(frozen=True)
class _Flight:
    number: int
    view: View
    started: float
    is_surroundings: bool


class Pacer(QObject):
    """Asks a `MapEngine` for the pictures of one map."""

    sharp = Signal(object)
    """A `Frame` of a view that was wanted; perhaps not any more the newest one."""

    surroundings = Signal(object)
    """A `Frame` of the last view and what lies around it."""

    def __init__(self, engine: MapEngine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._viewport: Viewport | None = None
        self._wanted: View | None = None
        self._flight: _Flight | None = None
        engine.frame.connect(self._on_frame)
        engine.undrawn.connect(self._on_undrawn)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._consider)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MILLISECONDS)
        self._idle.timeout.connect(self._on_idle)

    def want(self, viewport: Viewport) -> None:
        """A picture of this viewport is wanted now, instead of any earlier one."""
        self._idle.stop()
        self._viewport = viewport
        self._wanted = viewport.view()
        self._consider()

    def forget(self) -> None:
        """Nothing is wanted any more, because nobody looks."""
        self._idle.stop()
        self._again.stop()
        self._wanted = None

    @Slot()
    def _consider(self) -> None:
        if self._wanted is None:
            return
        wait = self._worth_waiting(self._wanted)
        if wait > 0:
            self._again.start(int(wait * 1000) + 1)
            return
        self._again.stop()
        number = self._engine.draw(self._wanted)
        if number is not None:
            self._flight = _Flight(number, self._wanted, time.monotonic(), is_surroundings=False)

    def _worth_waiting(self, wanted: View) -> float:
        """Seconds that the picture under way still deserves."""
        flight = self._flight
        if flight is None or flight.is_surroundings or flight.view.mpp != wanted.mpp:
            return 0.0
        if flight.view == wanted:
            return PATIENCE_SECONDS
        return flight.started + PATIENCE_SECONDS - time.monotonic()

    @Slot(object)
    def _on_frame(self, frame: Frame) -> None:
        flight = self._flight
        if flight is None or flight.number != frame.number:
            return
        self._flight = None
        if flight.is_surroundings:
            self.surroundings.emit(frame)
            return
        if frame.view == self._wanted:
            self._wanted = None
            self._again.stop()
            self._idle.start()
        self.sharp.emit(frame)
        self._consider()

    @Slot(int)
    def _on_undrawn(self, number: int) -> None:
        if self._flight is not None and self._flight.number == number:
            self._flight = None

    @Slot()
    def _on_idle(self) -> None:
        if self._viewport is None or self._wanted is not None or self._flight is not None:
            return
        view = self._viewport.view(MARGIN)
        number = self._engine.draw(view)
        if number is not None:
            self._flight = _Flight(number, view, time.monotonic(), is_surroundings=True)

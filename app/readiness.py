"""Tells whoever started a desk when it is ready to be worked with: list filled, map sharp."""

import json
import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from map.client.map_canvas import MapCanvas
from ui.desk.window import DeskWindow


class Readiness(QObject):
    """Watches a desk from its start.

    Signals:
        ready: the rows of the first queue and a sharp picture of the map were painted.
    """

    ready = Signal()

    def __init__(self, window: DeskWindow) -> None:
        super().__init__(window)
        self._is_loaded = self._is_filled = self._is_sharp = False
        self._rows = window.frame.queue.view.viewport()
        self._rows.installEventFilter(self)
        window.frame.queue.model.loaded.connect(self._on_loaded)
        window.frame.map_view.made.connect(self._on_map)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the rows painted; the event goes its way."""
        if self._is_loaded and event.type() == QEvent.Type.Paint and watched is self._rows:
            self._rows.removeEventFilter(self)
            self._is_filled = True
            QTimer.singleShot(0, self._tell)  # it is painted when the event has been handled
        return False

    @Slot()
    def _on_loaded(self) -> None:
        self._is_loaded = True

    @Slot(object)
    def _on_map(self, canvas: MapCanvas) -> None:
        canvas.frame_drawn.connect(self._on_frame)

    @Slot()
    def _on_frame(self) -> None:
        if not self._is_sharp:
            self._is_sharp = True
            self._tell()

    @Slot()
    def _tell(self) -> None:
        if self._is_filled and self._is_sharp:
            self.ready.emit()


def announce(engine_pid: int) -> None:
    """One JSON line on the standard output: the desk is ready, and these are its processes."""
    sys.stdout.write(json.dumps({"ready": True, "window": os.getpid(), "engine": engine_pid}))
    sys.stdout.write("\n")
    sys.stdout.flush()

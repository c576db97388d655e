"""Finds out which layer holds up a view, by drawing each one alone for a short while."""

from collections.abc import Callable

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QTimer

from map.engine.layers import OpenLayer

SECONDS_PER_LAYER = 1.5


class SlownessProbe:
    """Draws the layers one after the other and reports the ids of those that do not finish.

    A layer that hangs inside its provider cannot be stopped, only left behind: its job is kept
    until it ends by itself.
    """

    def __init__(self, on_finished: Callable[[list[str]], None]) -> None:
        self._on_finished = on_finished
        self._settings: QgsMapSettings | None = None
        self._waiting: list[OpenLayer] = []
        self._slow: list[str] = []
        self._job: QgsMapRendererParallelJob | None = None
        self._abandoned: list[QgsMapRendererParallelJob] = []
        self.is_running = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(SECONDS_PER_LAYER * 1000))
        self._timer.timeout.connect(self._on_time_up)

    def start(self, settings: QgsMapSettings, layers: list[OpenLayer]) -> None:
        """Try each of ``layers`` with these settings."""
        self._settings = QgsMapSettings(settings)
        self._waiting = list(layers)
        self._slow = []
        self.is_running = True
        self._next()

    def cancel(self) -> None:
        """Give up without a report."""
        self._timer.stop()
        self._drop_job()
        self.is_running = False

    def _next(self) -> None:
        self._abandoned = [job for job in self._abandoned if job.isActive()]
        if not self._waiting:
            self.is_running = False
            self._on_finished(self._slow)
            return
        assert self._settings is not None
        self._settings.setLayers([self._waiting[0].qgis])
        self._job = QgsMapRendererParallelJob(self._settings)
        self._job.finished.connect(self._on_drawn)
        self._timer.start()
        self._job.start()

    def _on_drawn(self) -> None:
        if self._job is None:
            return
        self._timer.stop()
        self._job.finished.disconnect(self._on_drawn)
        self._abandoned.append(self._job)  # not deleted inside its own signal
        self._job = None
        self._waiting.pop(0)
        self._next()

    def _on_time_up(self) -> None:
        self._slow.append(self._waiting.pop(0).spec.id)
        self._drop_job()
        self._next()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.finished.disconnect(self._on_drawn)
            self._job.cancelWithoutBlocking()
            self._abandoned.append(self._job)
            self._job = None

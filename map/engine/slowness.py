"""Finds out which layer holds up a view, by drawing each one alone for a short while."""

from collections.abc import Callable

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QThreadPool, QTimer

from map.engine.layers import OpenLayer


class SlownessProbe:
    """Draws the layers one after the other and reports the ids of those that take longer than
    ``seconds``.

    A layer that hangs inside its provider cannot be stopped, only left behind: its job is kept
    until it ends by itself.
    """

    def __init__(self, seconds: float, on_finished: Callable[[list[str]], None]) -> None:
        self._on_finished = on_finished
        self._settings: QgsMapSettings | None = None
        self._waiting: list[OpenLayer] = []
        self._slow: list[str] = []
        self._job: QgsMapRendererParallelJob | None = None
        self._abandoned: list[QgsMapRendererParallelJob] = []
        self._threads = QThreadPool.globalInstance().maxThreadCount()
        self.is_running = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(seconds * 1000))
        self._timer.timeout.connect(self._on_time_up)

    @property
    def is_stuck(self) -> bool:
        """Whether a layer left behind still has not ended."""
        self._abandoned = [job for job in self._abandoned if job.isActive()]
        return bool(self._abandoned)

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
        if not self._waiting:
            self.is_running = False
            self._make_room()
            self._on_finished(self._slow)
            return
        assert self._settings is not None
        self._make_room()
        self._settings.setLayers([self._waiting[0].qgis])
        self._job = QgsMapRendererParallelJob(self._settings)
        self._job.finished.connect(self._on_drawn)
        self._timer.start()
        self._job.start()

    def _make_room(self) -> None:
        """Threads for the layers that hang, else the sound ones would wait behind them: one for
        each job left behind and one for what the canvas itself was drawing.
        """
        stuck = len(self._abandoned) + 1 if self.is_stuck or self.is_running else 0
        QThreadPool.globalInstance().setMaxThreadCount(self._threads + stuck)

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

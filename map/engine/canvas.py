"""The real QgsMapCanvas, offscreen: draws one view at a time, the newest request wins."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLabelingEngineSettings,
    QgsMapLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from map.engine.layers import Layers
from map.engine.slowness import SlownessProbe
from map.frames import BYTES_PER_PIXEL, FrameWriter
from map.protocol import Drawn, Notice, Refused, Superseded, ToWindow, View

FORGIVE_SECONDS = 60.0
"""After this long a layer that was too slow or could not be opened is tried again."""


@dataclass(frozen=True)
class _Job:
    id: int
    view: View
    started: float


class Canvas:
    """Draws views into the frame file and tells the window.

    Nothing is drawn unless asked for: between requests the canvas's render flag is off, because
    QgsMapCanvas refreshes by itself half a second after a resize and whenever a layer changes.
    A view that takes longer than ``patience`` seconds is stopped to see which layer holds it up.
    """

    def __init__(
        self,
        layers: Layers,
        frames: FrameWriter,
        send: Callable[[ToWindow], None],
        patience: float,
    ) -> None:
        self._layers = layers
        self._frames = frames
        self._send = send
        self._job: _Job | None = None
        self._is_ready = False
        self._complained: set[str] = set()
        self._canvas = QgsMapCanvas()
        self._canvas.setRenderFlag(False)
        self._canvas.setFrameStyle(0)
        self._canvas.setParallelRenderingEnabled(True)
        # A layer cache costs 60 MB and saves nothing, since nearly every view is a new one.
        self._canvas.setCachingEnabled(False)
        self._canvas.setPreviewJobsEnabled(False)
        # Half-drawn pictures are never shown, so they need not be composed.
        self._canvas.setMapUpdateInterval(60_000)
        self._canvas.setLabelingEngineSettings(labelling())
        self._canvas.mapCanvasRefreshed.connect(self._on_refreshed)
        self._canvas.renderErrorOccurred.connect(self._on_render_error)
        self._canvas.show()
        self._probe = SlownessProbe(patience / 2, self._on_probed)
        self._patience = _single_shot(patience, self._on_patience_ended)
        self._forgive = _single_shot(FORGIVE_SECONDS, self._on_forgiven)

    def set_scene(self, crs: QgsCoordinateReferenceSystem, background: str) -> None:
        """Draw in this CRS over this colour from now on."""
        self._complained.clear()
        self._forgive.start()
        self._canvas.setDestinationCrs(crs)
        self.set_background(background)

    def set_background(self, colour: str) -> None:
        """Paint empty ground in ``#rrggbb``."""
        self._canvas.setCanvasColor(QColor(colour))

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS the scene is drawn in."""
        return self._canvas.mapSettings().destinationCrs()

    def draw(self, request: int, view: View) -> None:
        """Draw this view instead of whatever is being drawn or waits for a slot."""
        if self._job is not None:
            self._send(Superseded(self._job.id))
        self._job = _Job(request, view, perf_counter())
        if not self._probe.is_running:
            self._start()

    def redraw(self) -> None:
        """Start the running job again, because the scene changed under it."""
        if self._job is not None and not self._probe.is_running:
            self._start()

    def released(self) -> None:
        """A slot has become free: a finished picture may be waiting for it."""
        if self._is_ready:
            self._deliver()

    @property
    def is_stuck(self) -> bool:
        """Whether a layer hangs that QGIS could not be ended without waiting for."""
        return self._probe.is_stuck

    def close(self) -> None:
        """Stop drawing."""
        self._patience.stop()
        self._probe.cancel()
        self._canvas.stopRendering()
        self._canvas.setLayers([])
        sip.delete(self._canvas)

    def _start(self) -> None:
        assert self._job is not None
        view = self._job.view
        self._is_ready = False
        self._canvas.setRenderFlag(False)
        if (self._canvas.width(), self._canvas.height()) != (view.width, view.height):
            self._canvas.resize(view.width, view.height)
        if self._canvas.magnificationFactor() != view.ratio:
            self._canvas.setMagnificationFactor(view.ratio)
        layers = self._layers.drawn_at(view.mpp * view.ratio)
        self._canvas.setLayers([layer.qgis for layer in layers])
        self._canvas.setExtent(extent_of(view), magnified=True)
        self._patience.start()
        self._canvas.setRenderFlag(True)

    def _on_refreshed(self) -> None:
        if self._job is None or self._is_ready:
            return
        self._patience.stop()
        self._canvas.setRenderFlag(False)
        self._is_ready = True
        self._deliver()

    def _deliver(self) -> None:
        assert self._job is not None
        job, view = self._job, self._job.view
        stride = view.width * BYTES_PER_PIXEL
        try:
            slot = self._frames.take(stride, view.height)
        except OSError as error:
            self._finish(Refused(job.id, "no-room", f"no room for a picture: {error.strerror}"))
            return
        if slot is None:
            return  # both slots are still being read; `released` comes back here
        name, size, number, memory = slot
        self._paint(memory, view.width, view.height, stride)
        milliseconds = (perf_counter() - job.started) * 1000
        self._finish(Drawn(job.id, view, name, size, number, stride, milliseconds))

    def _paint(self, memory: memoryview, width: int, height: int, stride: int) -> None:
        # A bare address: PyQt takes a voidptr that knows its size for read-only bytes, and QImage
        # copies those before drawing into them.
        bits = sip.voidptr(int(sip.voidptr(memory)))
        image = QImage(bits, width, height, stride, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self._canvas.render(painter)
        painter.end()

    def _finish(self, answer: ToWindow) -> None:
        self._job = None
        self._is_ready = False
        self._send(answer)

    def _on_render_error(self, error: str, layer: QgsMapLayer) -> None:
        title = str(layer.name())
        if title not in self._complained:
            self._complained.add(title)
            self._send(Notice("layer-error", title, error))

    def _on_patience_ended(self) -> None:
        if self._job is None:
            return
        self._canvas.setRenderFlag(False)
        view = self._job.view
        self._probe.start(self._canvas.mapSettings(), self._layers.drawn_at(view.mpp * view.ratio))

    def _on_forgiven(self) -> None:
        self._layers.forgive()
        if self._layers.has_dead:
            self._forgive.start()

    def _on_probed(self, slow: list[str]) -> None:
        for name in slow:
            self._layers.skip(name)
        if slow:
            self._forgive.start()
        if self._job is not None:
            self._start()


def extent_of(view: View) -> QgsRectangle:
    """The view as a rectangle of the map."""
    half_width = view.width * view.mpp / 2
    half_height = view.height * view.mpp / 2
    return QgsRectangle(
        view.x - half_width, view.y - half_height, view.x + half_width, view.y + half_height
    )


def labelling() -> QgsLabelingEngineSettings:
    """A third of the usual candidates: half the time, and no label looks worse for it."""
    settings = QgsLabelingEngineSettings()
    settings.setMaximumLineCandidatesPerCm(1.0)
    settings.setMaximumPolygonCandidatesPerCmSquared(0.2)
    return settings


def _single_shot(seconds: float, slot: Callable[[], None]) -> QTimer:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.setInterval(int(seconds * 1000))
    timer.timeout.connect(slot)
    return timer

"""The engine's pictures as the map shows them: moved and scaled until a sharp one comes."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QRegion

from map.client.map_engine import Frame
from map.client.viewport import Viewport
from map.protocol import View


class Pictures:
    """The last sharp picture, and under it a larger one of the surroundings."""

    def __init__(self) -> None:
        self._sharp: Frame | None = None
        self._surroundings: Frame | None = None

    @property
    def sharp(self) -> Frame | None:
        """The newest sharp picture."""
        return self._sharp

    def set_sharp(self, frame: Frame) -> None:
        """Show this one from now on."""
        self._sharp = frame

    def set_surroundings(self, frame: Frame | None) -> None:
        """Show this one where the sharp one does not reach."""
        self._surroundings = frame

    def paint(self, painter: QPainter, viewport: Viewport, background: QColor) -> None:
        """Fill the viewport: with the pictures where they reach, else with the background."""
        whole = QRect(0, 0, viewport.width, viewport.height)
        bare = QRegion(whole)
        if self._sharp is not None:
            # One pixel less on each side, so that a scaled picture's soft edge lies over ground.
            inner = _place(self._sharp.view, viewport).toAlignedRect()
            if not inner.contains(whole):
                inner.adjust(1, 1, -1, -1)
            bare -= QRegion(inner)
        if not bare.isEmpty():
            painter.save()
            painter.setClipRegion(bare)
            painter.fillRect(whole, background)
            if self._surroundings is not None:
                _draw(painter, self._surroundings, viewport)
            painter.restore()
        if self._sharp is not None:
            _draw(painter, self._sharp, viewport)


def _place(view: View, viewport: Viewport) -> QRectF:
    """Where a picture lies in the viewport, in logical pixels."""
    scale = view.mpp / viewport.mpp
    width, height = view.width * scale, view.height * scale
    left, top = viewport.to_screen(view.x, view.y)
    return QRectF(left - width / 2, top - height / 2, width, height)


def _draw(painter: QPainter, frame: Frame, viewport: Viewport) -> None:
    place = _place(frame.view, viewport)
    scale = frame.view.mpp * viewport.ratio / viewport.mpp
    if abs(scale - 1) < 1e-9:
        ratio = viewport.ratio
        # On a whole device pixel, so that it is copied and stays sharp.
        left, top = round(place.left() * ratio) / ratio, round(place.top() * ratio) / ratio
        painter.drawImage(QRectF(left, top, place.width(), place.height()), frame.image)
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
    painter.drawImage(place, frame.image)

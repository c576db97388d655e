"""The map's own buttons: in, out, the whole city."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from map.client.colours import Colours

SIDE = 34
GAP = 8

Glyph = Callable[[QPainter, QPointF], None]


class MapButton(QAbstractButton):
    """A small plate with a drawn sign; the theme's colours, no icon file."""

    def __init__(self, glyph: Glyph, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._glyph = glyph
        self._colours = Colours.of({})
        self._is_hovered = False
        self.setFixedSize(SIDE, SIDE)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # The map keeps the keyboard: it has keys for all three.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_colours(self, colours: Colours) -> None:
        """Wear the theme's colours."""
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._colours
        is_strong = self._is_hovered or self.isDown()
        painter.setPen(QPen(colours.accent if is_strong else colours.border, 1))
        painter.setBrush(colours.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(colours.accent if is_strong else colours.text, 1.7))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._glyph(painter, QPointF(SIDE / 2, SIDE / 2))
        painter.end()


def plus(painter: QPainter, middle: QPointF) -> None:
    """Zoom in."""
    minus(painter, middle)
    painter.drawLine(middle - QPointF(0, 6), middle + QPointF(0, 6))


def minus(painter: QPainter, middle: QPointF) -> None:
    """Zoom out."""
    painter.drawLine(middle - QPointF(6, 0), middle + QPointF(6, 0))


def whole(painter: QPainter, middle: QPointF) -> None:
    """Back to the whole city: a target."""
    painter.drawEllipse(middle, 5, 5)
    for x, y in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        painter.drawLine(middle + QPointF(5 * x, 5 * y), middle + QPointF(8.5 * x, 8.5 * y))

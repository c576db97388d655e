"""How a list shows that its chosen row has the keyboard."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme.tokens import Tokens

WIDTH = 3


def paint_focus(painter: QPainter, row: QRectF, theme: Tokens) -> None:
    """Draw a bar at the left edge of a row."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(row.left(), row.top() + 4, WIDTH, row.height() - 8), 1.5, 1.5)

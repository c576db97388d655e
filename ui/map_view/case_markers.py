"""Cases as markers: the lamp's shape and colour, inside it a dot for components, ◆ for events."""

from datetime import datetime

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from map.client.markers import Markers
from ui.map_view.case_table import LAMPS, CaseTable
from ui.theme.lamps import lamp_colour, square, triangle
from ui.theme.tokens import Tokens
from workflow.clock import Lamp

SIZE, URGENT_SIZE = 15, 20
"""Diameter in pixels."""

EDGE = 1.5


class CaseSprites:
    """The pictures of one theme at one pixel ratio: lamp × kind × urgency."""

    def __init__(self, theme: Tokens, ratio: float) -> None:
        self._images = tuple(
            _draw(lamp, is_event, is_urgent, theme, ratio)
            for lamp in LAMPS
            for is_event in (False, True)
            for is_urgent in (False, True)
        )

    def place(self, cases: CaseTable, now: datetime) -> Markers:
        """The cases as markers as they look now."""
        keys, lons, lats, sprites = cases.drawn(now)
        return Markers(keys, lons, lats, sprites, self._images)


def _draw(lamp: Lamp, is_event: bool, is_urgent: bool, theme: Tokens, ratio: float) -> QImage:
    size = URGENT_SIZE if is_urgent else SIZE
    side = size + 8
    pixels = round(side * ratio)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(side / 2, side / 2)
    edge, fill = QColor(theme.panel), QColor(lamp_colour(lamp, theme))
    painter.setPen(QPen(edge, EDGE))
    painter.setBrush(QBrush(fill))
    _outline(painter, lamp, centre, size / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(edge))
    _kind(painter, is_event, _inner(lamp, centre, size), size)
    painter.end()
    return image


def _outline(painter: QPainter, lamp: Lamp, centre: QPointF, half: float) -> None:
    if lamp is Lamp.YELLOW:
        painter.drawPolygon(triangle(centre, half))
    elif lamp is Lamp.RED:
        painter.drawRect(square(centre, half))
    else:
        painter.drawEllipse(centre, half, half)


def _inner(lamp: Lamp, centre: QPointF, size: float) -> QPointF:
    """The middle of the shape as the eye sees it; a triangle's lies lower."""
    return centre + QPointF(0, size * 0.13) if lamp is Lamp.YELLOW else centre


def _kind(painter: QPainter, is_event: bool, centre: QPointF, size: float) -> None:
    if not is_event:
        painter.drawEllipse(centre, size * 0.14, size * 0.14)
        return
    half = size * 0.24
    corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))

"""What lies over the map: scale bar, attribution, the ring of the chosen place, the pin."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from map.client.colours import Colours
from map.client.viewport import Viewport

MARGIN = 14.0
LONGEST_BAR = 120.0
RING_RADIUS = 20.0
ATTRIBUTION_PIXELS = 11
SCALE_PIXELS = 12


def round_length(metres: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not longer than ``metres``."""
    power = 10.0 ** math.floor(math.log10(metres))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= metres * (1 + 1e-9))


def length_text(metres: float) -> str:
    """A round length with its unit."""
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


def paint_scale_bar(painter: QPainter, viewport: Viewport, colours: Colours) -> None:
    """A bar of round length with its text, at the bottom right above the attribution."""
    metres = round_length(LONGEST_BAR * viewport.mpp)
    width = metres / viewport.mpp
    right, bottom = viewport.width - MARGIN, viewport.height - MARGIN - 18.0
    bar = QPainterPath(QPointF(right - width, bottom - 6))
    for point in ((right - width, bottom), (right, bottom), (right, bottom - 6)):
        bar.lineTo(*point)
    pen = QPen(colours.halo, 4.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.strokePath(bar, pen)
    painter.strokePath(bar, QPen(colours.text, 1.6))
    centre = right - width / 2
    _paint_text(
        painter, colours, length_text(metres), centre, bottom - 8, SCALE_PIXELS, colours.text
    )


def paint_attribution(painter: QPainter, viewport: Viewport, colours: Colours, text: str) -> None:
    """Whose data the map is made of, at the bottom right."""
    metrics = QFontMetricsF(_font(painter, ATTRIBUTION_PIXELS))
    centre = viewport.width - MARGIN - metrics.horizontalAdvance(text) / 2
    baseline = viewport.height - MARGIN + 2
    _paint_text(painter, colours, text, centre, baseline, ATTRIBUTION_PIXELS, colours.label)


def paint_ring(painter: QPainter, place: QPointF, colours: Colours) -> None:
    """The ring around what is chosen."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.halo, 5.5))
    painter.drawEllipse(place, RING_RADIUS, RING_RADIUS)
    painter.setPen(QPen(colours.accent, 2.5))
    painter.drawEllipse(place, RING_RADIUS, RING_RADIUS)


def paint_pin(painter: QPainter, place: QPointF, colours: Colours) -> None:
    """A pin whose tip stands on the place of a new report."""
    head = QRectF(place.x() - 9, place.y() - 31, 18, 18)
    pin = QPainterPath(place)
    pin.quadTo(
        QPointF(place.x() - 2, place.y() - 9), QPointF(head.left() + 1.2, head.center().y() + 4)
    )
    pin.arcTo(head, 207, -234)
    pin.quadTo(QPointF(place.x() + 2, place.y() - 9), place)
    painter.setPen(QPen(colours.halo, 2))
    painter.setBrush(colours.accent)
    painter.drawPath(pin)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.halo)
    painter.drawEllipse(head.center(), 3.2, 3.2)


def paint_words(painter: QPainter, viewport: Viewport, colours: Colours, text: str) -> None:
    """A line in the middle of a map that has no picture yet."""
    middle = viewport.height / 2
    _paint_text(painter, colours, text, viewport.width / 2, middle, 14, colours.label)


def _font(painter: QPainter, pixels: int) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    return font


def _paint_text(
    painter: QPainter,
    colours: Colours,
    text: str,
    centre: float,
    baseline: float,
    pixels: int,
    colour: QColor,
) -> None:
    font = _font(painter, pixels)
    width = QFontMetricsF(font).horizontalAdvance(text)
    path = QPainterPath()
    path.addText(QPointF(centre - width / 2, baseline), font, text)
    halo = QPen(colours.halo, 3)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, halo)
    painter.fillPath(path, colour)

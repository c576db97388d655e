"""The lamps: green ● in time, yellow ▲ soon due, red ■ overdue, blue ● paused, grey ○ ended."""

from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from ui.theme.tokens import Tokens
from workflow.clocks import Lamp
from workflow.states import State


class Timed(Protocol):
    """Whatever has a running clock: a queue row, a marker."""

    @property
    def due_at(self) -> datetime | None: ...
    @property
    def warn_at(self) -> datetime | None: ...
    @property
    def paused(self) -> bool: ...


def lamp_of(case: Timed, now: datetime) -> Lamp:
    """The lamp of a case at an instant, by the rule of `workflow.clocks.lamp`."""
    state: State | None = getattr(case, "state", None)
    if case.due_at is None or (state is not None and state.is_ended):
        return Lamp.GREY
    if case.paused:
        return Lamp.BLUE
    if now > case.due_at:
        return Lamp.RED
    is_soon = case.warn_at is not None and now >= case.warn_at
    return Lamp.YELLOW if is_soon else Lamp.GREEN


def lamp_colour(lamp: Lamp, theme: Tokens) -> str:
    """The lamp's colour as "#RRGGBB"."""
    return {
        Lamp.GREEN: theme.green,
        Lamp.YELLOW: theme.yellow,
        Lamp.RED: theme.red,
        Lamp.BLUE: theme.blue,
        Lamp.GREY: theme.grey,
    }[lamp]


def paint_lamp(painter: QPainter, lamp: Lamp, theme: Tokens, centre: QPointF, size: float) -> None:
    """Draw a lamp's mark; `size` is the diameter of the disc, the other marks weigh the same."""
    colour = QColor(lamp_colour(lamp, theme))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    half = size / 2
    if lamp is Lamp.YELLOW:
        painter.drawPolygon(triangle(centre, half))
    elif lamp is Lamp.RED:
        painter.drawRect(square(centre, half))
    elif lamp is Lamp.GREY:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(1.5, size / 7)))
        painter.drawEllipse(centre, half - 0.75, half - 0.75)
    else:
        painter.drawEllipse(centre, half, half)
    painter.restore()


def triangle(centre: QPointF, half: float) -> QPolygonF:
    """The yellow lamp's outline around a centre."""
    top, base, side = half * 1.12, half * 0.88, half * 1.15
    return QPolygonF(
        [
            QPointF(centre.x(), centre.y() - top),
            QPointF(centre.x() + side, centre.y() + base),
            QPointF(centre.x() - side, centre.y() + base),
        ]
    )


def square(centre: QPointF, half: float) -> QRectF:
    """The red lamp's outline around a centre."""
    side = half * 1.78
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)


def lamp_pixmap(lamp: Lamp, theme: Tokens, size: int = 12, ratio: float = 1.0) -> QPixmap:
    """A lamp's mark as a picture of `size` + 4 pixels, for labels and menus."""
    side = size + 4
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_lamp(painter, lamp, theme, QPointF(side / 2, side / 2), size)
    painter.end()
    return pixmap

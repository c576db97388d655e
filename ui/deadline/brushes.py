"""How a stretch of time looks: a colour for its meaning, and a pattern beside the colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from resources.language import tr
from ui.deadline.cells import Look
from ui.theme.tokens import Tokens

AHEAD_OPACITY = 0.38
"""What still lies ahead is drawn paler than what is past."""

_PATTERNS = {
    Look.WARN: Qt.BrushStyle.VerPattern,
    Look.LATE: Qt.BrushStyle.FDiagPattern,
    Look.PAUSED: Qt.BrushStyle.HorPattern,
    Look.NIGHT: Qt.BrushStyle.Dense6Pattern,
    Look.WEEKEND: Qt.BrushStyle.BDiagPattern,
    Look.HOLIDAY: Qt.BrushStyle.DiagCrossPattern,
    Look.FOLDED: Qt.BrushStyle.Dense5Pattern,
}
_STRENGTH = {
    Look.COUNTED: 0.85,
    Look.WARN: 0.85,
    Look.LATE: 0.85,
    Look.EXTRA: 0.3,
    Look.PAUSED: 0.8,
    Look.LUNCH: 0.3,
    Look.NIGHT: 0.42,
    Look.WEEKEND: 0.5,
    Look.HOLIDAY: 0.6,
    Look.FOLDED: 0.55,
}


def colour_of(look: Look, theme: Tokens) -> str:
    """The token that a look is drawn in."""
    return {
        Look.COUNTED: theme.green,
        Look.FOLDED: theme.green,
        Look.WARN: theme.yellow,
        Look.LATE: theme.red,
        Look.EXTRA: theme.accent,
        Look.PAUSED: theme.blue,
    }.get(look, theme.grey)


def paint_look(
    painter: QPainter,
    box: QRectF,
    look: Look,
    theme: Tokens,
    *,
    past: bool = True,
    late: bool = False,
) -> None:
    """Fill a box with what a stretch is."""
    painter.save()
    painter.setOpacity(1.0 if past or look is Look.EXTRA else AHEAD_OPACITY)
    if look is Look.UNCOUNTED:
        painter.setPen(QPen(QColor(theme.grey), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()
        return
    meant = Look.LATE if late and look is Look.FOLDED else look
    painter.fillRect(box, blended(colour_of(meant, theme), theme.panel, _STRENGTH[look]))
    if (pattern := _PATTERNS.get(look)) is not None:
        lines = QColor(theme.panel)
        lines.setAlphaF(0.55)
        painter.fillRect(box, QBrush(lines, pattern))
    if look is Look.EXTRA:
        painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


def paint_break(painter: QPainter, box: QRectF, theme: Tokens) -> None:
    """Two slanted strokes through the middle: here is much more time than is drawn."""
    if box.width() < 9:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, top, bottom = box.center().x(), box.top() - 2, box.bottom() + 2
    gap = [QPointF(x - 4, bottom), QPointF(x, top), QPointF(x + 4, top), QPointF(x, bottom)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.panel))
    painter.drawPolygon(QPolygonF(gap))
    painter.setPen(QPen(QColor(theme.secondary), 1.2))
    painter.drawLine(gap[0], gap[1])
    painter.drawLine(gap[3], gap[2])
    painter.restore()


def blended(front: str, back: str, strength: float) -> QColor:
    """A colour on another one, opaque."""
    one, other = QColor(front), QColor(back)
    rest = 1 - strength
    return QColor(
        round(one.red() * strength + other.red() * rest),
        round(one.green() * strength + other.green() * rest),
        round(one.blue() * strength + other.blue() * rest),
    )


def look_name(look: Look) -> str:
    """What the legend calls it."""
    return {
        Look.COUNTED: tr("Counted in time"),
        Look.WARN: tr("Last fifth of the limit"),
        Look.LATE: tr("Beyond the limit"),
        Look.EXTRA: tr("Would be added"),
        Look.PAUSED: tr("Standing still"),
        Look.LUNCH: tr("Midday break"),
        Look.NIGHT: tr("Night"),
        Look.WEEKEND: tr("Weekend"),
        Look.HOLIDAY: tr("Holiday"),
        Look.UNCOUNTED: tr("No clock"),
        Look.FOLDED: tr("Drawn short"),
    }[look]

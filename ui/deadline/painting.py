"""Draws the rows of the ruler: who held the case, what the time was, which clocks ran."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.deadline.brushes import blended, look_name, paint_break, paint_look
from ui.deadline.cells import Look
from ui.deadline.placing import GUTTER, Label, PlacedRow
from ui.deadline.spans import Mark, MarkKind, RowKind, Span
from ui.theme.fonts import SECONDARY, font
from ui.theme.tokens import Tokens

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
SWATCH, LEGEND_GAP = 14, 14


def paint_row(painter: QPainter, placed: PlacedRow, theme: Tokens) -> None:
    """A row with its title."""
    painter.setFont(font(SECONDARY))
    painter.setPen(QColor(theme.secondary))
    title = QRectF(0, placed.box.top(), GUTTER - 8, placed.box.height())
    painter.drawText(title, _MIDDLE | Qt.AlignmentFlag.AlignLeft, placed.row.title)
    paint = {
        RowKind.HOLDERS: _paint_holder,
        RowKind.TIME: _paint_time,
        RowKind.CLOCKS: _paint_clock,
        RowKind.PAUSES: _paint_pause,
        RowKind.MOVES: _paint_move,
        RowKind.SIDE: _paint_side,
    }[placed.row.kind]
    for number, (span, box) in enumerate(zip(placed.row.spans, placed.spans, strict=True)):
        following = placed.spans[number + 1 :]
        free = following[0].left() if following else placed.box.right()
        paint(painter, span, box, QRectF(placed.box), theme, free)


def _paint_holder(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    inside = box.adjusted(0.5, 1.5, -1.5, -1.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(QColor(theme.selection if span.past else theme.raised))
    painter.drawRoundedRect(inside, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    lines = inside.adjusted(5, 2, -3, -2)
    half = lines.height() / 2
    upper = QRectF(lines.left(), lines.top(), lines.width(), half)
    if _say(painter, (span.text, span.short), upper if span.below else lines, theme.text):
        _say(painter, (span.below,), upper.translated(0, half), theme.secondary)


def _paint_time(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    look = span.look or Look.UNCOUNTED
    paint_look(painter, box, look, theme, past=span.past, late=span.late)
    if span.broken:
        paint_break(painter, box, theme)
    if span.text:
        _say(painter, (span.text,), box.adjusted(3, 0, -3, 0), theme.text, plate=theme.panel)


def _paint_clock(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    """A bracket under the stretch, red where the limit was exceeded, with a notch at its due."""
    colour = QColor(theme.red if span.late else theme.secondary)
    top = box.top() + 2
    painter.setPen(QPen(colour, 1.4))
    painter.drawLine(QPointF(box.left() + 1, top), QPointF(box.right() - 2, top))
    for x in (box.left() + 1, box.right() - 2):
        painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
    if span.due is not None and span.late:
        _flag(painter, row.left() + span.due * row.width(), top, colour)
    text = box.adjusted(5, 5, -2, 0)
    _say(painter, (span.text, span.short), text, theme.red if span.late else theme.text)


def _paint_pause(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    paint_look(painter, box.adjusted(0, 1, 0, -1), Look.PAUSED, theme)
    texts = span.text, span.short
    _say(painter, texts, box.adjusted(4, 0, -3, 0), theme.text, plate=theme.panel)


def _paint_move(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    x, middle = box.center().x(), box.center().y()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    points = [(x, middle - 5), (x + 5, middle), (x, middle + 5), (x - 5, middle)]
    painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if span.due is not None:
        old = row.left() + span.due * row.width()
        painter.setPen(QPen(QColor(theme.secondary), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x + 6, middle), QPointF(old, middle))
        painter.drawLine(QPointF(old, row.top() + 2), QPointF(old, row.bottom() - 2))
    metrics = QFontMetricsF(font(SECONDARY))
    size = metrics.horizontalAdvance(span.text) + 4
    left = x + 9 if x + 9 + size <= free else x - 9 - size
    place = QRectF(left, row.top(), size, row.height())
    _say(painter, (span.text,), place, theme.text, plate=theme.panel)


def _paint_side(
    painter: QPainter, span: Span, box: QRectF, row: QRectF, theme: Tokens, free: float
) -> None:
    """A thin bar from start to stop, its limit written beside it, a flag where it was due."""
    colour = theme.red if span.late else theme.secondary
    bar = QRectF(box.left(), box.center().y() - 3, box.width(), 6)
    painter.fillRect(bar, blended(colour, theme.panel, 0.75))
    if span.due is not None:
        _flag(painter, row.left() + span.due * row.width(), row.top() + 1, QColor(colour))
    metrics = QFontMetricsF(font(SECONDARY))
    size = metrics.horizontalAdvance(span.text) + 6
    if box.right() + 6 + size <= free:
        place = QRectF(box.right() + 6, row.top(), size, row.height())
        _say(painter, (span.text,), place, theme.secondary)


def _flag(painter: QPainter, x: float, top: float, colour: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x - 4, top), QPointF(x + 4, top), QPointF(x, top + 6)]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _say(
    painter: QPainter, texts: tuple[str, ...], box: QRectF, colour: str, *, plate: str = ""
) -> bool:
    """The first of the texts that fits into a box, else the last one cut; False for none."""
    painter.setFont(font(SECONDARY))
    metrics = QFontMetricsF(painter.font())
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= box.width() + 1)
    shown = next(fitting, metrics.elidedText(texts[-1], _CUT, box.width()))
    if not shown or (len(shown) < 4 and shown not in texts):
        return False
    if plate:
        size = metrics.horizontalAdvance(shown) + 4
        ground = QColor(plate)
        ground.setAlphaF(0.82)
        painter.fillRect(QRectF(box.left() - 2, box.top() + 1, size, box.height() - 2), ground)
    painter.setPen(QColor(colour))
    painter.drawText(box, _MIDDLE | Qt.AlignmentFlag.AlignLeft, shown)
    return True


def paint_mark(
    painter: QPainter, mark: Mark, label: Label, bottom: float, theme: Tokens, *, unsure: bool
) -> None:
    """A line through all rows with its words on top."""
    colour = {
        MarkKind.NOW: theme.text,
        MarkKind.DUE: theme.yellow if unsure else theme.secondary,
        MarkKind.EXTENDED: theme.accent,
        MarkKind.ENDED: theme.secondary,
    }[mark.kind]
    is_sure = mark.kind is MarkKind.NOW or (mark.kind is not MarkKind.EXTENDED and not unsure)
    style = Qt.PenStyle.SolidLine if is_sure else Qt.PenStyle.DashLine
    painter.setFont(font(SECONDARY, bold=True))
    painter.setPen(QColor(colour))
    painter.drawText(label.box, _MIDDLE | Qt.AlignmentFlag.AlignHCenter, label.text)
    painter.setPen(QPen(QColor(colour), 2, style))
    painter.drawLine(QPointF(label.at, 34), QPointF(label.at, bottom))
    if mark.kind is MarkKind.NOW:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(label.at, 36), 3.5, 3.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_tick(painter: QPainter, label: Label, theme: Tokens) -> None:
    """A time with a short stroke down to the edge it belongs to."""
    painter.setFont(font(SECONDARY))
    painter.setPen(QColor(theme.secondary))
    painter.drawText(label.box, _MIDDLE | Qt.AlignmentFlag.AlignHCenter, label.text)
    painter.drawLine(QPointF(label.at, 34), QPointF(label.at, 38))


def paint_legend(
    painter: QPainter, looks: tuple[Look, ...], top: float, width: float, theme: Tokens
) -> None:
    """Every look on this ruler with its name."""
    painter.setFont(font(SECONDARY))
    metrics = QFontMetricsF(painter.font())
    left = float(GUTTER)
    for look in looks:
        name = look_name(look)
        size = SWATCH + 5 + metrics.horizontalAdvance(name) + LEGEND_GAP
        if left + size > width + LEGEND_GAP:
            return
        paint_look(painter, QRectF(left, top + 5, SWATCH, 10), look, theme)
        painter.setPen(QColor(theme.secondary))
        words = QRectF(left + SWATCH + 5, top, size, 20)
        painter.drawText(words, _MIDDLE | Qt.AlignmentFlag.AlignLeft, name)
        left += size

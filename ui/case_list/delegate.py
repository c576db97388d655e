"""Paints a row of the queue: lamp, class, condition, place, source, remaining time, number."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from resources.language import tr
from ui.case_list.model import QueueRole
from ui.case_list.remaining import remaining_text
from ui.case_list.row_list import AnyIndex
from ui.theme.focus import paint_focus
from ui.theme.fonts import BODY, ROW_TITLE, SECONDARY, font
from ui.theme.lamps import lamp_colour, lamp_of, paint_lamp
from ui.theme.tokens import Tokens
from workflow.clock import Lamp
from workflow.queries import QueueRow

ROW_HEIGHT = 60
LAMP_X, TEXT_X, RIGHT_PAD = 16, 36, 12
FIRST_LINE, SECOND_LINE, LINE = 8, 32, 20
GAP = 8

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(QStyledItemDelegate):
    """Draws rows in the theme's colours at the session's time.

    Attributes:
        theme: colours in force.
        shows_holder: say who must act, where the box mixes cases of several holders.
    """

    def __init__(
        self, theme: Tokens, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shows_holder = False
        self._now = now
        self._title = font(ROW_TITLE, bold=True)
        self._body = font(BODY)
        self._small = font(SECONDARY)
        self._metrics = {
            id(one): QFontMetricsF(one) for one in (self._title, self._body, self._small)
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Every row is as high as every other."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        row: QueueRow | None = index.data(QueueRole.ROW)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, option)
        if row is None:
            self._blank(painter, box)
            painter.restore()
            return
        now = self._now()
        lamp = lamp_of(row, now)
        paint_lamp(painter, lamp, self.theme, QPointF(box.left() + LAMP_X, box.top() + 18), 10)
        right = self._right_column(painter, box, row, lamp, now)
        self._first_line(painter, box, row, right)
        self._second_line(painter, box, row)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            colour = self.theme.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            colour = self.theme.raised
        else:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, box.adjusted(0, 2, 0, -2), self.theme)

    def _blank(self, painter: QPainter, box: QRectF) -> None:
        """A row that is being read: where its words will stand."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.border))
        for top, width in ((FIRST_LINE, 0.35), (SECOND_LINE, 0.6)):
            line = QRectF(box.left() + TEXT_X, box.top() + top + 5, box.width() * width, 10)
            painter.drawRoundedRect(line, 4, 4)

    def _right_column(
        self, painter: QPainter, box: QRectF, row: QueueRow, lamp: Lamp, now: datetime
    ) -> float:
        """Draw the remaining time; answers where its left edge is."""
        text = remaining_text(row, now)
        colour = self.theme.secondary if lamp is Lamp.GREY else lamp_colour(lamp, self.theme)
        edge = box.right() - RIGHT_PAD
        width = self._width(self._title, text)
        line = QRectF(edge - width, box.top() + FIRST_LINE, width, LINE)
        self._say(painter, line, text, self._title, colour, _RIGHT)
        return edge - width

    def _first_line(self, painter: QPainter, box: QRectF, row: QueueRow, right: float) -> None:
        left, top = box.left() + TEXT_X, box.top() + FIRST_LINE
        for text, chosen, colour in (
            (row.class_name, self._title, self.theme.text),
            *((mark, self._small, self.theme.text) for mark in marks_of(row)),
            (row.condition, self._small, self.theme.secondary),
        ):
            room = right - GAP - left
            if not text or room < GAP * 2:
                continue
            is_mark = chosen is self._small and colour == self.theme.text
            width = min(room, self._width(chosen, text) + (GAP if is_mark else 0))
            line = QRectF(left, top, width, LINE)
            if is_mark:
                painter.setPen(QPen(QColor(self.theme.secondary), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(line.adjusted(0.5, 2.5, -0.5, -1.5), 3, 3)
                self._say(painter, line, text, chosen, colour, Qt.AlignmentFlag.AlignCenter)
            else:
                self._say(painter, line, text, chosen, colour, _LEFT)
            left += width + GAP

    def _second_line(self, painter: QPainter, box: QRectF, row: QueueRow) -> None:
        top, edge = box.top() + SECOND_LINE, box.right() - RIGHT_PAD
        number = self._width(self._small, row.number)
        line = QRectF(edge - number, top, number, LINE)
        self._say(painter, line, row.number, self._small, self.theme.secondary, _RIGHT)
        tail = " · " + row.source + (" · " + row.holder if self.shows_holder else "")
        left = box.left() + TEXT_X
        room = edge - number - GAP - left
        place = self._elided(row.address, room - self._width(self._small, tail))
        line = QRectF(left, top, room, LINE)
        self._say(painter, line, place + tail, self._small, self.theme.secondary, _LEFT)

    def _say(
        self,
        painter: QPainter,
        line: QRectF,
        text: str,
        chosen: QFont,
        colour: str,
        align: Qt.AlignmentFlag,
    ) -> None:
        painter.setFont(chosen)
        painter.setPen(QColor(colour))
        metrics = self._metrics[id(chosen)]
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width() + 1)
        painter.drawText(line, align, shown)

    def _elided(self, text: str, room: float) -> str:
        metrics = self._metrics[id(self._small)]
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _width(self, chosen: QFont, text: str) -> float:
        return self._metrics[id(chosen)].horizontalAdvance(text)


def marks_of(row: QueueRow) -> tuple[str, ...]:
    """The marks beside the class: 急 for urgent, 返工 with how often."""
    marks = []
    if row.urgent:
        marks.append(tr("urgent"))
    if row.rework_count:
        marks.append(tr("rework {n}", n=row.rework_count))
    return tuple(marks)

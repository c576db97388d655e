"""Paints a row of the queue: lamp, class, marks, condition, place, source, time left, number.

In the problem library the second line says whose a case is, since when and why it is suspended,
and the review date stands in the place of the time left.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui.case_list.found_words import found_line, paint_marked, words_in
from ui.case_list.library_words import (
    age_words,
    reason_words,
    review_lamp,
    review_words,
    unit_words,
)
from ui.case_list.model import QueueRole
from ui.case_list.remaining import remaining_text
from ui.case_list.row_list import AnyIndex
from ui.case_list.row_marks import ICON, RowMark, mark_pixmap, marks_of
from ui.theme.focus import paint_focus
from ui.theme.fonts import BODY, ROW_TITLE, SECONDARY, font
from ui.theme.lamps import lamp_colour, lamp_of, paint_lamp
from ui.theme.tokens import Tokens
from workflow.clock import Lamp
from workflow.queries import QueueRow

ROW_HEIGHT = 60
LAMP_X, TEXT_X, RIGHT_PAD = 16, 36, 12
FIRST_LINE, SECOND_LINE, LINE = 8, 32, 20
GAP, MARK_GAP = 8, 5
UNIT_WIDTH, AGE_WIDTH = 76, 106

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(QStyledItemDelegate):
    """Draws rows in the theme's colours at the session's time.

    Attributes:
        theme: colours in force.
        shows_holder: say who must act, where the box mixes cases of several holders.
        is_library: the box is the problem library.
    """

    def __init__(
        self, theme: Tokens, now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shows_holder = self.is_library = False
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
        self._second_line(painter, box, row, now)
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
        """Draw the remaining time, or the review date; answers where its left edge is."""
        text = remaining_text(row, now)
        if self.is_library:
            text, lamp = review_words(row), review_lamp(row, now)
        colour = self.theme.secondary if lamp is Lamp.GREY else lamp_colour(lamp, self.theme)
        edge = box.right() - RIGHT_PAD
        width = self._width(self._title, text)
        line = QRectF(edge - width, box.top() + FIRST_LINE, width, LINE)
        self._say(painter, line, text, self._title, colour, _RIGHT)
        return edge - width

    def _first_line(self, painter: QPainter, box: QRectF, row: QueueRow, right: float) -> None:
        left, top = box.left() + TEXT_X, box.top() + FIRST_LINE
        width = min(right - GAP - left, self._width(self._title, row.class_name))
        line = QRectF(left, top, width, LINE)
        self._mark(painter, line, row.class_name, row, self._title, self.theme.text)
        left = line.right() + GAP
        ratio = painter.device().devicePixelRatioF()
        for mark, place in self._mark_places(box, row, right):
            colour = mark.colour(self.theme)
            at = QPointF(place.left(), place.top() + (LINE - ICON) / 2)
            painter.drawPixmap(at, mark_pixmap(mark.icon, colour, ratio))
            words = place.adjusted(ICON + 2, 0, 0, 0)
            self._say(painter, words, mark.text, self._small, colour, _LEFT)
            left = place.right() + GAP
        room = right - GAP - left
        if row.condition and room >= GAP * 2:
            line = QRectF(left, top, room, LINE)
            self._say(painter, line, row.condition, self._small, self.theme.secondary, _LEFT)

    def _mark_places(
        self, box: QRectF, row: QueueRow, right: float
    ) -> Iterator[tuple[RowMark, QRectF]]:
        """Where the marks stand behind the class, as many as there is room for."""
        left = box.left() + TEXT_X + self._width(self._title, row.class_name) + GAP
        for mark in marks_of(row):
            width = ICON + (2 + self._width(self._small, mark.text) if mark.text else 0)
            if left + width > right - GAP:
                return
            yield mark, QRectF(left, box.top() + FIRST_LINE, width, LINE)
            left += width + MARK_GAP

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: AnyIndex,
    ) -> bool:
        """Over a mark say what it means, elsewhere what the model says of the row."""
        row: QueueRow | None = index.data(QueueRole.ROW)
        if row is not None:
            box = QRectF(option.rect)
            for mark, place in self._mark_places(box, row, box.right()):
                if place.adjusted(-2, -4, 2, 4).contains(QPointF(event.pos())):
                    QToolTip.showText(event.globalPos(), mark.tip, view, place.toRect())
                    return True
        return super().helpEvent(event, view, option, index)

    def _second_line(self, painter: QPainter, box: QRectF, row: QueueRow, now: datetime) -> None:
        top, edge = box.top() + SECOND_LINE, box.right() - RIGHT_PAD
        if self.is_library:
            left = box.left() + TEXT_X
            self._library_line(painter, QRectF(left, top, edge - left, LINE), row, now)
            return
        number = self._width(self._small, row.number)
        line = QRectF(edge - number, top, number, LINE)
        self._say(painter, line, row.number, self._small, self.theme.secondary, _RIGHT)
        left = box.left() + TEXT_X
        room = edge - number - GAP - left
        line = QRectF(left, top, room, LINE)
        text = found_line(row)
        if not text:
            tail = " · " + row.source
            tail += " · " + row.holder if self.shows_holder and row.holder else ""
            text = self._elided(row.address, room - self._width(self._small, tail)) + tail
        self._mark(painter, line, text, row, self._small, self.theme.secondary)

    def _library_line(self, painter: QPainter, line: QRectF, row: QueueRow, now: datetime) -> None:
        """Whose, since when and why: in columns, so that the eye can run down them."""
        columns = (
            (unit_words(row), self.theme.text, UNIT_WIDTH),
            (age_words(row, now), self.theme.secondary, AGE_WIDTH),
            (reason_words(row), self.theme.secondary, line.width()),
        )
        left = line.left()
        for text, colour, width in columns:
            room = QRectF(left, line.top(), min(width, line.right() - left), LINE)
            if room.width() > GAP:
                self._say(painter, room, text, self._small, colour, _LEFT)
            left += width + GAP

    def _mark(
        self, painter: QPainter, line: QRectF, text: str, row: QueueRow, chosen: QFont, colour: str
    ) -> None:
        """Say it with the searched words in the accent's colour."""
        painter.setFont(chosen)
        colours = (colour, self.theme.accent)
        paint_marked(painter, line, text, words_in(row), self._metrics[id(chosen)], colours)

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

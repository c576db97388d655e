"""Who consumed the time: a bar of what counted, and a small table whose lines add up."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.language import tr
from ui.deadline.brushes import blended, paint_look
from ui.deadline.cells import Look
from ui.deadline.responsibility import ShareLine, ShareTable
from ui.deadline.words import exact
from ui.theme.fonts import SECONDARY, font
from ui.theme.tokens import Tokens

BAR, BAR_GAP, LINE = 18, 8, 21
NUMBER = 22
LEAST_PART = 3.0
COLUMNS = (0.21, 0.09, 0.22, 0.2, 0.28)
"""Shares of the width: holder, clock, counted, limit, not counted. The sum has a line."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ShareView(QWidget):
    """Draws a ShareTable; numbers join the parts of the bar to their lines."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table: ShareTable | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_table(self, table: ShareTable) -> None:
        """Show these lines."""
        if table != self._table:
            self._table = table
            self.setFixedHeight(self.sizeHint().height())
            self.setAccessibleName("; ".join(" ".join(_words(line)) for line in table.lines))
            self.update()

    def sizeHint(self) -> QSize:
        lines = len(self._table.lines) if self._table else 0
        return QSize(520, BAR + BAR_GAP + LINE * (lines + 2) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, the head, the lines and their sum."""
        if self._table is None:
            return
        painter = QPainter(self)
        self._paint_bar(painter, self._table)
        painter.setFont(font(SECONDARY))
        top = float(BAR + BAR_GAP)
        self._paint_line(painter, top, "", _head(), self._theme.secondary)
        for number, line in enumerate(self._table.lines, 1):
            top += LINE
            colour = self._theme.red if line.is_late else self._theme.text
            self._paint_line(painter, top, str(number), _words(line), colour)
        top += LINE
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.drawLine(QPointF(0, top), QPointF(self.width(), top))
        painter.setFont(font(SECONDARY, bold=True))
        self._paint_line(painter, top, "", _words(self._table.total), self._theme.text)
        painter.end()

    def _paint_line(
        self, painter: QPainter, top: float, number: str, words: tuple[str, ...], colour: str
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        painter.setPen(QColor(self._theme.secondary))
        painter.drawText(QRectF(0, top, NUMBER - 6, LINE), _RIGHT, number)
        painter.setPen(QColor(colour))
        left, room = float(NUMBER), self.width() - NUMBER
        for place, (share, text) in enumerate(zip(COLUMNS, words, strict=True)):
            box = QRectF(left, top, share * room - 8, LINE)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _LEFT if place < 2 else _RIGHT, shown)
            left += share * room

    def _paint_bar(self, painter: QPainter, table: ShareTable) -> None:
        total = max(1, table.total.counted)
        painter.setFont(font(SECONDARY, bold=True))
        left = 0.0
        for number, line in enumerate(table.lines, 1):
            size = self.width() * line.counted / total
            if line.counted:
                size = max(size, LEAST_PART)
            box = QRectF(left, 0, min(size, self.width() - left), BAR)
            if box.width() > 0:
                self._paint_part(painter, box, line, number)
            left += size

    def _paint_part(self, painter: QPainter, box: QRectF, line: ShareLine, number: int) -> None:
        """One holder's part; what was beyond the limit lies hatched at its end."""
        strength = 0.62 if number % 2 else 0.38
        painter.fillRect(box, blended(self._theme.accent, self._theme.panel, strength))
        if line.late:
            late = box.width() * line.late / line.counted
            paint_look(
                painter,
                QRectF(box.right() - late, box.top(), late, box.height()),
                Look.LATE,
                self._theme,
            )
        painter.setPen(QPen(QColor(self._theme.panel), 1))
        painter.drawLine(box.topRight(), box.bottomRight())
        if box.width() >= 12:
            painter.setPen(QColor(self._theme.text))
            painter.drawText(box.adjusted(4, 0, 0, 0), _LEFT, str(number))


def _head() -> tuple[str, ...]:
    return tr("Holder"), tr("Clocks"), tr("Counted"), tr("Limit"), tr("Not counted")


def _words(line: ShareLine) -> tuple[str, ...]:
    """The cells of a line."""
    counted = _tight(line.counted) if line.counted else "—"
    limit = line.limit or "—"
    if line.is_late:
        limit = tr("late {time}", time=_tight(line.late)) if line.late else tr("Overdue")
    return line.name, line.clock, counted, limit, " + ".join(_rest(line)) or "—"


def _rest(line: ShareLine) -> Iterator[str]:
    if line.paused:
        yield tr("paused {time}", time=_tight(line.paused, days=True))
    if line.idle:
        yield _tight(line.idle, days=True)


def _tight(seconds: int, *, days: bool = False) -> str:
    """A length without its spaces: the lines of a table stand close."""
    return exact(seconds, days=days).replace(" ", "")

"""The ruler on the screen: pointed at or walked through with the arrow keys, it explains itself."""

from datetime import datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.language import tr
from ui.deadline.painting import paint_legend, paint_mark, paint_row, paint_tick
from ui.deadline.placing import (
    ROW_GAP,
    PlacedRow,
    free_ticks,
    height_of,
    mark_labels,
    placed_rows,
    tick_labels,
)
from ui.deadline.ruler import LifeRuler
from ui.deadline.spans import RowKind, Span
from ui.theme.fonts import SECONDARY, font
from ui.theme.tokens import Tokens

Spot = tuple[RowKind, str, datetime]
"""A span by its row and start: stays the same while the ruler is made anew every second."""


class RulerCanvas(QWidget):
    """Draws a LifeRuler.

    Signals:
        explained(str): the sentence of what is pointed at or chosen; empty for nothing.
    """

    explained = Signal(str)

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ruler: LifeRuler | None = None
        self._unsure = False
        self._hovered: Spot | None = None
        self._chosen: Spot | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(tr("← → walk through the stretches, ↑ ↓ change the row"))

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_ruler(self, ruler: LifeRuler, *, unsure: bool) -> None:
        """Show this life; `unsure` marks a deadline that may still move."""
        is_higher = self._ruler is None or height_of(ruler) != height_of(self._ruler)
        self._ruler, self._unsure = ruler, unsure
        if is_higher:
            self.setFixedHeight(height_of(ruler))
            self.updateGeometry()
        self._tell()
        self.update()

    def forget(self) -> None:
        """Choose nothing: another case is shown."""
        self._hovered = self._chosen = None

    def sizeHint(self) -> QSize:
        return QSize(800, height_of(self._ruler) if self._ruler else 160)

    @property
    def sentence(self) -> str:
        """What is said about the span that is pointed at, else about the chosen one."""
        found = self._span(self._hovered) or self._span(self._chosen)
        return found.sentence if found else ""

    # -- pointing and choosing ------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is under the pointer explains itself."""
        self._hover(self._spot_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click keeps the explanation while the pointer goes elsewhere."""
        self._chosen = self._spot_at(event.position())
        self._tell()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Back to what is chosen."""
        super().leaveEvent(event)
        self._hover(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard the stretch that runs now is chosen first."""
        super().focusInEvent(event)
        if self._chosen is None and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._chosen = self._current()
            self._tell()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through spans and rows."""
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -100_000),
            Qt.Key.Key_End: (0, 100_000),
        }.get(Qt.Key(event.key()))
        if step is None or self._ruler is None:
            super().keyPressEvent(event)
            return
        self._hovered = None
        self._chosen = self._step(*step)
        self._tell()
        self.update()

    def _hover(self, spot: Spot | None) -> None:
        if spot != self._hovered:
            self._hovered = spot
            self._tell()
            self.update()

    def _tell(self) -> None:
        self.setAccessibleName(self.sentence)
        self.explained.emit(self.sentence)

    def _placed(self) -> tuple[PlacedRow, ...]:
        return placed_rows(self._ruler, self.width()) if self._ruler else ()

    def _spot_at(self, point: QPointF) -> Spot | None:
        for placed in self._placed():
            if placed.box.top() - 2 <= point.y() <= placed.box.bottom() + 2:
                for span, box in reversed(list(zip(placed.row.spans, placed.spans, strict=True))):
                    if box.left() - 1 <= point.x() < box.right() + 1:
                        return placed.row.kind, placed.row.title, span.start
        return None

    def _place(self, spot: Spot | None) -> tuple[int, int] | None:
        """Row and number of a span; of a stretch that has moved on, the one it lies in now."""
        if spot is None or self._ruler is None:
            return None
        kind, title, start = spot
        for number, row in enumerate(self._ruler.rows):
            if (row.kind, row.title) == (kind, title):
                earlier = [one for one, span in enumerate(row.spans) if span.start <= start]
                return (number, earlier[-1]) if earlier else None
        return None

    def _span(self, spot: Spot | None) -> Span | None:
        place = self._place(spot)
        if place is None or self._ruler is None:
            return None
        return self._ruler.rows[place[0]].spans[place[1]]

    def _spot(self, row: int, number: int) -> Spot:
        assert self._ruler is not None
        found = self._ruler.rows[row]
        return found.kind, found.title, found.spans[number].start

    def _current(self) -> Spot | None:
        """The last stretch of time that is past."""
        if self._ruler is None or not self._ruler.rows[1].spans:
            return None
        past = [n for n, span in enumerate(self._ruler.rows[1].spans) if span.past]
        return self._spot(1, past[-1] if past else 0)

    def _step(self, down: int, right: int) -> Spot | None:
        place = self._place(self._chosen)
        if place is None or self._ruler is None:
            return self._current()
        row, number = place
        spans = self._ruler.rows[row].spans
        if not down:
            return self._spot(row, max(0, min(number + right, len(spans) - 1)))
        middle = (spans[number].left + spans[number].right) / 2
        wanted = max(0, min(row + down, len(self._ruler.rows) - 1))
        there = self._ruler.rows[wanted].spans
        if not there:
            return self._chosen
        nearest = min(
            range(len(there)), key=lambda n: abs((there[n].left + there[n].right) / 2 - middle)
        )
        return self._spot(wanted, nearest)

    # -- drawing --------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, marks, ticks, legend, and a frame round what is being explained."""
        if self._ruler is None:
            return
        painter = QPainter(self)
        placed = self._placed()
        bottom = placed[-1].box.bottom()
        for row in placed:
            paint_row(painter, row, self._theme)
        small, bold = QFontMetricsF(font(SECONDARY)), QFontMetricsF(font(SECONDARY, bold=True))
        for label in tick_labels(free_ticks(self._ruler), small, self.width()):
            paint_tick(painter, label, self._theme)
        labels = mark_labels(self._ruler.marks, bold, self.width())
        for mark, label in zip(self._ruler.marks, labels, strict=True):
            paint_mark(painter, mark, label, bottom, self._theme, unsure=self._unsure)
        paint_legend(painter, self._ruler.looks, bottom + ROW_GAP, self.width(), self._theme)
        self._paint_frame(painter, placed)
        painter.end()

    def _paint_frame(self, painter: QPainter, placed: tuple[PlacedRow, ...]) -> None:
        shown = self._hovered or (self._chosen if self.hasFocus() or self._chosen else None)
        place = self._place(shown)
        if place is None:
            return
        box = QRectF(placed[place[0]].spans[place[1]])
        painter.setPen(QPen(QColor(self._theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-1, -1, 1, 1))

"""The deadline ruler: what counted, what did not, where now is and when the time is up."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.case_form.ruler_model import Paint, Ruler, Stretch
from ui.theme.fonts import font
from ui.theme.tokens import Tokens

BAR_TOP, BAR_HEIGHT, TEXT_TOP, HEIGHT = 7, 10, 22, 38
AHEAD_OPACITY = 0.35
"""What still lies ahead is drawn paler than what is past."""


class RulerBar(QWidget):
    """Draws a Ruler; every stretch says on hover what it is, the rest says the whole deadline."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ruler: Ruler | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_ruler(self, ruler: Ruler | None) -> None:
        """Show this deadline; nothing is shown where no clock runs."""
        self._ruler = ruler
        self.setVisible(ruler is not None)
        self.setAccessibleName(ruler.summary if ruler else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    def tip_at(self, x: float, y: float) -> str:
        """What the ruler says at a point of the widget."""
        if self._ruler is None:
            return ""
        if BAR_TOP - 4 <= y <= BAR_TOP + BAR_HEIGHT + 4:
            share = x / max(1, self.width())
            for stretch in self._ruler.stretches:
                if stretch.left <= share < stretch.right:
                    return f"{stretch.tip}\n\n{self._ruler.summary}"
        return self._ruler.summary

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            tip = self.tip_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ruler is None:
            return
        painter = QPainter(self)
        for stretch in self._ruler.stretches:
            self._paint_stretch(painter, stretch)
        self._paint_marks(painter, self._ruler)
        self._paint_words(painter, self._ruler)

    def _paint_stretch(self, painter: QPainter, stretch: Stretch) -> None:
        left, right = round(stretch.left * self.width()), round(stretch.right * self.width())
        bar = QRectF(left, BAR_TOP, max(1, right - left), BAR_HEIGHT)
        painter.setOpacity(1.0 if stretch.past else AHEAD_OPACITY)
        painter.fillRect(bar, QColor(self._colour(stretch.paint)))
        if stretch.paint in (Paint.WEEKEND, Paint.HOLIDAY):
            hatch = QColor(self._theme.grey)
            painter.fillRect(bar, hatch)
            pattern = (
                Qt.BrushStyle.BDiagPattern
                if stretch.paint is Paint.WEEKEND
                else Qt.BrushStyle.DiagCrossPattern
            )
            brush = painter.brush()
            brush.setStyle(pattern)
            brush.setColor(QColor(self._theme.panel))
            painter.fillRect(bar, brush)
        painter.setOpacity(1.0)

    def _paint_marks(self, painter: QPainter, ruler: Ruler) -> None:
        due = min(self.width() - 2.0, ruler.due * self.width())
        painter.fillRect(QRectF(due, BAR_TOP - 3, 2, BAR_HEIGHT + 6), QColor(self._theme.secondary))
        now = min(self.width() - 2.0, max(0.0, ruler.now * self.width()))
        painter.fillRect(QRectF(now, BAR_TOP - 6, 2, BAR_HEIGHT + 12), QColor(self._theme.red))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.red))
        painter.drawEllipse(QPointF(now + 1, BAR_TOP - 4), 3, 3)

    def _paint_words(self, painter: QPainter, ruler: Ruler) -> None:
        painter.setFont(font(12))
        painter.setPen(QColor(self._theme.secondary))
        line = QRectF(0, TEXT_TOP, self.width(), HEIGHT - TEXT_TOP)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, ruler.start_text)
        due_width = painter.fontMetrics().horizontalAdvance(ruler.due_text) + 4
        right = min(float(self.width()), max(ruler.due * self.width() + due_width / 2, 0))
        start_width = painter.fontMetrics().horizontalAdvance(ruler.start_text) + 12
        place = QRectF(max(right - due_width, start_width), TEXT_TOP, due_width, HEIGHT - TEXT_TOP)
        painter.setPen(QColor(self._theme.yellow if ruler.provisional else self._theme.secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, ruler.due_text)

    def _colour(self, paint: Paint) -> str:
        theme = self._theme
        return {
            Paint.COUNTED: theme.green,
            Paint.WARN: theme.yellow,
            Paint.OVERDUE: theme.red,
            Paint.PAUSED: theme.blue,
        }.get(paint, theme.grey)

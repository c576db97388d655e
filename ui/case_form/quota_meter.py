"""The quota meter: what a department's month has extended, this one more, and the mark."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from resources.language import tr
from ui.case_form.quota_words import is_over, quota_counts, quota_verdict
from ui.theme.fonts import font
from ui.theme.tokens import Tokens
from workflow.surroundings import Quota

BAR_HEIGHT, TRACK_TOP, TRACK = 30, 4, 9
BEYOND = 2.0
"""The scale ends at twice the quota, or a little behind what is reached."""


class QuotaBar(QWidget):
    """Draws shares of the month on one scale: granted grey, this one hatched, the mark a line."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._quota: Quota | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_quota(self, quota: Quota, theme: Tokens) -> None:
        """Draw this month in these colours."""
        self._quota, self._theme = quota, theme
        self.setAccessibleName(f"{quota_counts(quota)} {quota_verdict(quota)}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, BAR_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        quota, theme = self._quota, self._theme
        if quota is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0.5, TRACK_TOP, self.width() - 1, TRACK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(track, 3, 3)
        most = max(quota.percent * BEYOND, quota.after() * 1.15, 0.1)
        colour = QColor(theme.red if is_over(quota) else theme.green)
        painter.setClipRect(track)
        granted = track.width() * quota.after(0) / most
        after = track.width() * quota.after() / most
        before = QRectF(track.left(), track.top(), granted, TRACK)
        painter.fillRect(before, QColor(theme.red if quota.left < 0 else theme.grey))
        this = QRectF(track.left() + granted, track.top(), after - granted, TRACK)
        pale = QColor(colour)
        pale.setAlphaF(0.22)
        painter.fillRect(this, pale)
        self._hatch(painter, this, colour)
        painter.setClipping(False)
        self._mark(painter, track, track.left() + track.width() * quota.percent / most)

    def _hatch(self, painter: QPainter, room: QRectF, colour: QColor) -> None:
        painter.save()
        painter.setClipRect(room)
        painter.setPen(QPen(colour, 1.2))
        left = room.left() - TRACK
        while left < room.right():
            painter.drawLine(QPointF(left, room.bottom()), QPointF(left + TRACK, room.top()))
            left += 4
        painter.restore()

    def _mark(self, painter: QPainter, track: QRectF, at: float) -> None:
        """The quota's own line, with a small arrow and its number below."""
        assert self._quota is not None
        painter.setPen(QPen(QColor(self._theme.text), 1.6))
        painter.drawLine(QPointF(at, track.top() - 3), QPointF(at, track.bottom() + 3))
        painter.setBrush(QColor(self._theme.text))
        painter.setPen(Qt.PenStyle.NoPen)
        tip = track.bottom() + 2
        corners = [QPointF(at, tip), QPointF(at - 3.5, tip + 5), QPointF(at + 3.5, tip + 5)]
        painter.drawPolygon(QPolygonF(corners))
        words = tr("quota {percent} %", percent=self._quota.percent)
        chosen = font(11)
        width = QFontMetrics(chosen).horizontalAdvance(words)
        left = min(max(0.0, at + 8), self.width() - width - 1)
        painter.setFont(chosen)
        painter.setPen(QColor(self._theme.secondary))
        painter.drawText(QPointF(left, BAR_HEIGHT - 4), words)


class QuotaMeter(QFrame):
    """A card with the counts, the bar and what one more extension comes to."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quota-meter")
        self.setProperty("panel", "raised")
        self._theme = theme
        self._quota: Quota | None = None
        self._counts = _label("quota-counts")
        self._bar = QuotaBar(theme, self)
        self._verdict = _label("quota-verdict")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(5)
        for widget in (self._counts, self._bar, self._verdict):
            column.addWidget(widget)
        self.hide()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        if self._quota is not None:
            self.show_quota(self._quota)

    def show_quota(self, quota: Quota | None) -> None:
        """Show this month; None where no extension is spoken of."""
        self._quota = quota
        self.setVisible(quota is not None)
        if quota is None:
            return
        self._counts.setText(quota_counts(quota))
        self._bar.setVisible(quota.base > 0)
        self._bar.show_quota(quota, self._theme)
        self._verdict.setText(quota_verdict(quota))
        lamp = "red" if is_over(quota) else "green"
        if self._verdict.property("lamp") != lamp:
            self._verdict.setProperty("lamp", lamp)
            self._verdict.style().polish(self._verdict)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label

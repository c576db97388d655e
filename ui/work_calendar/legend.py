"""What the colours of the year mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import SECONDARY, font
from ui.theme.tokens import Tokens
from ui.work_calendar.sheet import DayKind, kind_words
from ui.work_calendar.year_view import paint_ground, paint_hatch, provisional_words

SWATCH = QSize(18, 14)
GAP = 14


class YearLegend(QWidget):
    """One swatch for each kind of day, and the hatching of a provisional year."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[tuple[DayKind | None, str], ...] = (
            *((kind, kind_words(kind)) for kind in DayKind),
            (None, provisional_words()),
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("  ".join(words for _, words in self._entries))

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (kind, words), width in zip(self._entries, self._widths(), strict=True):
            swatch = QRectF(left + 1, 3, SWATCH.width(), SWATCH.height())
            if kind is None:
                paint_hatch(painter, swatch, self._theme)
            else:
                paint_ground(painter, swatch, kind, self._theme)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.border), 1))
            painter.drawRoundedRect(swatch, 3, 3)
            painter.setPen(QColor(self._theme.secondary))
            painter.setFont(font(SECONDARY))
            text = QRectF(swatch.right() + 6, 0, width, self.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, words)
            left += width
        painter.end()

    def _widths(self) -> list[int]:
        self.ensurePolished()
        metrics = self.fontMetrics()
        return [
            SWATCH.width() + 6 + metrics.horizontalAdvance(words) + GAP
            for _, words in self._entries
        ]

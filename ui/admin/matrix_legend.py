"""What the marks of the matrix mean, beside each other in one line."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.language import tr
from ui.admin.matrix_model import Mark
from ui.admin.matrix_view import paint_apart, paint_mark
from ui.session import DeskSession
from ui.theme.fonts import SECONDARY, font

SIGN, GAP = 22, 14


class MatrixLegend(QWidget):
    """The marks; those of a comparison only while there is one."""

    def __init__(self, session: DeskSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._compares = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(font(SECONDARY))

    def set_comparing(self, compares: bool) -> None:
        """Whether two profiles are laid over each other."""
        self._compares = compares
        self.setAccessibleName("  ".join(words for _, words in self._entries()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        metrics = self.fontMetrics()
        widths = (SIGN + metrics.horizontalAdvance(words) + GAP for _, words in self._entries())
        return QSize(sum(widths), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, words, mark, words."""
        theme, left = self._session.theme, 0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark, words in self._entries():
            at = QPointF(left + 9, self.height() / 2)
            if mark is None:
                paint_apart(painter, at, theme)
            else:
                paint_mark(painter, at, mark, theme)
            width = self.fontMetrics().horizontalAdvance(words)
            painter.setPen(QColor(theme.secondary))
            place = QRect(left + SIGN, 0, width + GAP, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            left += SIGN + width + GAP
        painter.end()

    def _entries(self) -> list[tuple[Mark | None, str]]:
        always: list[tuple[Mark | None, str]] = [
            (Mark.ALLOWED, tr("allowed")),
            (None, tr("refused to who dispatched or handled the case")),
        ]
        if not self._compares:
            return always
        return [
            (Mark.ALLOWED, tr("as now")),
            (Mark.ADDED, tr("added")),
            (Mark.REMOVED, tr("taken away")),
            (Mark.OTHER, tr("other conditions")),
            *always[1:],
        ]

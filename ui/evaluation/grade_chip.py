"""The grades A to E in the evaluation's own colours (绿 蓝 黄 红 黑); not the lamps' meaning."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import font
from ui.theme.tokens import Tokens

BLACK, WHITE = "#0A0A0A", "#FFFFFF"
CHIP = QSize(24, 18)


def grade_colour(grade: str, theme: Tokens) -> str:
    """The colour of a grade as "#RRGGBB"; grey where there is none."""
    colours = {"A": theme.green, "B": theme.blue, "C": theme.yellow, "D": theme.red, "E": BLACK}
    return colours.get(grade, theme.grey)


def paint_grade(painter: QPainter, place: QRect, grade: str, theme: Tokens) -> None:
    """Draw a grade as a chip in the middle of a place; nothing where there is no grade."""
    if not grade:
        return
    chip = QRectF(0, 0, CHIP.width(), CHIP.height())
    chip.moveCenter(QRectF(place).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.secondary if grade == "E" else grade_colour(grade, theme)), 1))
    painter.setBrush(QColor(grade_colour(grade, theme)))
    painter.drawRoundedRect(chip, 4, 4)
    painter.setPen(QColor(WHITE if grade == "E" else theme.on_accent))
    painter.setFont(font(12, bold=True))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, grade)
    painter.restore()


class GradeLegend(QWidget):
    """Says which scores each grade stands for."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_entries(self, entries: tuple[tuple[str, str], ...]) -> None:
        """Show these grades with their scores."""
        self._entries = entries
        self.setAccessibleName("  ".join(f"{grade} {scores}" for grade, scores in entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = QPainter(self), 0
        for (grade, scores), width in zip(self._entries, self._widths(), strict=True):
            paint_grade(painter, QRect(left, 0, CHIP.width(), self.height()), grade, self._theme)
            painter.setFont(font(12))
            painter.setPen(QColor(self._theme.secondary))
            words = QRect(left + CHIP.width() + 6, 0, width, self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, scores)
            left += width

    def _widths(self) -> list[int]:
        self.ensurePolished()
        metrics = self.fontMetrics()
        return [CHIP.width() + 20 + metrics.horizontalAdvance(words) for _, words in self._entries]

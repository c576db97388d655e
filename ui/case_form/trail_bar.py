"""The seven steps as a trail, the current one emphasised."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.case_form.panel_model import StepPlace, TrailStep
from ui.theme.fonts import font
from ui.theme.tokens import Tokens

HEIGHT, GAP, ARROW = 22, 8, "›"


class TrailBar(QWidget):
    """Draws the steps in a row; the current one says its state on hover."""

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: Sequence[TrailStep] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def set_steps(self, steps: Sequence[TrailStep]) -> None:
        """Show this trail."""
        self._steps = steps
        self.setAccessibleName(f" {ARROW} ".join(_spoken(step) for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for step, place in zip(self._steps, self._places(), strict=True):
            painter.setFont(font(13, bold=step.place is StepPlace.NOW))
            painter.setPen(QColor(self._colour(step)))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, step.name)
            if step is not self._steps[-1]:
                arrow = QRect(place.right() + GAP, 0, 3 * GAP, HEIGHT)
                painter.setFont(font(13))
                painter.setPen(QColor(self._theme.grey))
                painter.drawText(arrow, Qt.AlignmentFlag.AlignVCenter, ARROW)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _show_tip(self, here: QPoint, on_screen: QPoint) -> None:
        for step, place in zip(self._steps, self._places(), strict=True):
            if step.tip and place.contains(here):
                QToolTip.showText(on_screen, step.tip, self, place)
                return
        QToolTip.hideText()

    def _places(self) -> list[QRect]:
        places, left = [], 0
        arrow = QFontMetrics(font(13)).horizontalAdvance(ARROW)
        for step in self._steps:
            metrics = QFontMetrics(font(13, bold=step.place is StepPlace.NOW))
            width = metrics.horizontalAdvance(step.name) + 1
            places.append(QRect(left, 0, width, HEIGHT))
            left += width + 2 * GAP + arrow
        return places

    def _colour(self, step: TrailStep) -> str:
        return {
            StepPlace.DONE: self._theme.text,
            StepPlace.NOW: self._theme.accent,
            StepPlace.AHEAD: self._theme.secondary,
        }[step.place]


def _spoken(step: TrailStep) -> str:
    return f"[{step.name}]" if step.place is StepPlace.NOW else step.name

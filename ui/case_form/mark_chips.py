"""The marks of a case as chips: icon and words, the reason on hover, a click where it leads on."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from ui.case_form.flag_words import CaseMark
from ui.case_form.flow_layout import FlowLayout
from ui.theme.icons import icon
from ui.theme.tokens import Tokens


class MarkChips(QWidget):
    """A line of chips that breaks where it is full.

    Signals:
        opened(CaseId): a mark that leads to another case was clicked.
    """

    opened = Signal(object)

    def __init__(self, theme: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks: tuple[CaseMark, ...] = ()
        self._chips: list[QToolButton] = []
        self._flow = FlowLayout(self, gap=5)
        self.hide()

    def set_theme(self, theme: Tokens) -> None:
        """Draw in these colours."""
        self._theme, marks = theme, self._marks
        self._marks = ()
        self.set_marks(marks)

    def set_marks(self, marks: Sequence[CaseMark]) -> None:
        """Show these marks; the same ones again change nothing."""
        if tuple(marks) == self._marks:
            return
        self._marks = tuple(marks)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(mark) for mark in marks]
        self.setVisible(bool(marks))
        self.updateGeometry()

    def _chip(self, mark: CaseMark) -> QToolButton:
        chip = QToolButton(self)
        chip.setObjectName(f"mark-{mark.name}")
        chip.setText(mark.text)
        chip.setToolTip(mark.tip or mark.text)
        chip.setProperty("mark", "true")
        if mark.lamp:
            chip.setProperty("lamp", mark.lamp)
        if mark.icon:
            colour = getattr(self._theme, mark.lamp) if mark.lamp else self._theme.secondary
            chip.setIcon(icon(mark.icon, colour, 13))
            chip.setIconSize(QSize(13, 13))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if mark.target is None:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            chip.setProperty("case", int(mark.target))
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(self._on_clicked)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    @Slot()
    def _on_clicked(self) -> None:
        chip = self.sender()
        if chip is not None:
            self.opened.emit(chip.property("case"))

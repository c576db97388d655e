"""The foot of the report form: what is missing, and the buttons that send or put away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.language import tr


class ReportFoot(QWidget):
    """One line and three buttons.

    Signals:
        submit_pressed, cancel_pressed, clear_pressed
    """

    submit_pressed = Signal()
    cancel_pressed = Signal()
    clear_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLabel(self)
        self._line.setObjectName("report-missing")
        self._line.setProperty("role", "secondary")
        self._line.setWordWrap(True)
        self._submit = _button(tr("Submit  Ctrl+Enter"), "report-submit")
        self._submit.setProperty("tone", "main")
        self._submit.clicked.connect(self.submit_pressed)
        cancel = _button(tr("Put away  Esc"), "report-cancel")
        cancel.clicked.connect(self.cancel_pressed)
        clear = _button(tr("Clear"), "report-clear")
        clear.clicked.connect(self.clear_pressed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._submit, cancel, clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addLayout(buttons)

    def set_open(self, is_open: bool) -> None:
        """Whether the report can be sent at all now."""
        self._submit.setEnabled(is_open)

    def say(self, text: str, *, warn: bool = False) -> None:
        """Say a sentence beside the buttons; in the warning colour where sending was refused."""
        self._line.setText(text)
        self._line.setVisible(bool(text))
        colour = "red" if warn else ""
        if self._line.property("lamp") != colour:
            self._line.setProperty("lamp", colour)
            self._line.style().polish(self._line)


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    return button

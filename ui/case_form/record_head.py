"""The line over the process record: its title, and the button that prints the case."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from resources.language import tr


class RecordHead(QWidget):
    """A title with a button at its right.

    Signals:
        print_pressed: the case shall be printed.
    """

    print_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(tr("Process record"), self)
        title.setObjectName("record-title")
        title.setProperty("role", "strong")
        button = QPushButton(tr("Print  Ctrl+P"), self)
        button.setObjectName("print-case")
        button.setProperty("tone", "quiet")
        button.setToolTip(tr("Print the case as a PDF of A4 pages"))
        button.clicked.connect(self.print_pressed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(title, 1)
        line.addWidget(button)

"""The words below one side of the comparison: what it is, then a line for each thing to know."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget


class Caption(QWidget):
    """A title and lines; the right one stands at the right edge."""

    def __init__(self, name: str, *, at_right: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        self._title = QLabel(self)
        self._title.setProperty("role", "strong")
        self._lines = QLabel(self)
        self._lines.setObjectName(name)
        self._lines.setProperty("role", "secondary")
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for label in (self._title, self._lines):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        column.addStretch(1)

    def say(self, title: str, lines: Sequence[str]) -> None:
        """Show these words."""
        self._title.setText(title)
        self._lines.setText("\n".join(lines))

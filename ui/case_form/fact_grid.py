"""The facts of a case: quiet labels on the left, what they say on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.case_form.fact import Fact

LABEL_WIDTH = 62


class FactGrid(QWidget):
    """Shows facts line by line; the text of each can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; labels are kept and only their texts change."""
        while len(self._lines) < len(facts):
            self._add_line()
        for index, (label, text) in enumerate(self._lines):
            is_used = index < len(facts)
            label.setVisible(is_used)
            text.setVisible(is_used)
            if is_used:
                fact = facts[index]
                label.setText(fact.label)
                text.setText(breakable(fact.text))
                text.setToolTip(fact.tip)
                if (text.property("lamp") or "") != fact.lamp:
                    text.setProperty("lamp", fact.lamp)
                    text.style().polish(text)

    def _add_line(self) -> None:
        row = len(self._lines)
        label, text = QLabel(self), QLabel(self)
        label.setProperty("role", "secondary")
        label.setFixedWidth(LABEL_WIDTH)
        label.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        text.setObjectName(f"fact-{row}")
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.append((label, text))


def breakable(text: str) -> str:
    """The text as it is, short of runs that no line can hold: those get places to break."""
    return " ".join(
        word if len(word) <= 40 or not word.isascii() else "\u200b".join(word)
        for word in text.split(" ")
    )

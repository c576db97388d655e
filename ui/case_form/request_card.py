"""The card of a request in progress, over what this post decides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.case_form.request_words import RequestWords


class RequestCard(QFrame):
    """Who asks for what and why, what it would come to, and who rules."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("request-card")
        self.setProperty("panel", "request")
        self._title = _label("request-title", role="strong")
        self._asked = _label("request-asked", role="secondary")
        self._reason = _label("request-reason")
        self._outcome = _label("request-outcome", lamp="yellow")
        self._ruled_by = _label("request-ruled-by", role="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(3)
        for label in (self._title, self._reason, self._outcome, self._asked):
            column.addWidget(label)
        column.addWidget(self._ruled_by)
        self.hide()

    def show_words(self, words: RequestWords | None) -> None:
        """Show these lines; None hides the card."""
        self.setVisible(words is not None)
        if words is None:
            return
        for label, text in (
            (self._title, words.title),
            (self._asked, words.asked),
            (self._reason, words.reason),
            (self._outcome, words.outcome),
            (self._ruled_by, words.ruled_by),
        ):
            label.setText(text)
            label.setVisible(bool(text))


def _label(name: str, role: str = "", lamp: str = "") -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    for key, value in (("role", role), ("lamp", lamp)):
        if value:
            label.setProperty(key, value)
    return label

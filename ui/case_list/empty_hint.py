"""What a queue says when a filter leaves nothing: what was looked for, and what would be found."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from resources.language import tr


class EmptyHint(QWidget):
    """Shown in the place of the rows.

    Signals:
        text_wanted(str): search this text instead.
        filters_unwanted: the same text without the other conditions.
    """

    text_wanted = Signal(str)
    filters_unwanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._said.setProperty("role", "secondary")
        self._buttons: list[QToolButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 48, 24, 0)
        self._column.addWidget(self._said)
        self._column.addStretch()
        self.hide()

    @property
    def said(self) -> str:
        """The sentence."""
        return self._said.text()

    @property
    def offers(self) -> list[QToolButton]:
        """The buttons."""
        return self._buttons

    def show_nothing_found(self, text: str, conditions: Sequence[str]) -> None:
        """Say what was looked for."""
        self._clear()
        shown = text if len(text) <= 40 else text[:40] + "…"
        where = tr(
            "Searched in numbers, classes, places, descriptions, sources, component codes, "
            "callers, people and departments; in pinyin too."
        )
        if not text:
            self._said.setText(
                tr("No case has all of: {conditions}.", conditions="、".join(conditions))
            )
        elif conditions:
            self._said.setText(
                tr(
                    "No case says “{text}” and has all of: {conditions}.",
                    text=shown,
                    conditions="、".join(conditions),
                )
                + "\n"
                + where
            )
            self._offer(tr("Search “{text}” without conditions", text=shown), None)
        else:
            self._said.setText(tr("No case says “{text}”.", text=shown) + "\n" + where)
        self.show()

    def offer_texts(self, texts: Sequence[str]) -> None:
        """Texts that do find something."""
        for text in texts:
            self._offer(tr("Search “{text}”", text=text), text)

    def put_away(self) -> None:
        """There is something to show."""
        self._clear()
        self.hide()

    def _offer(self, words: str, text: str | None) -> None:
        button = QToolButton(self)
        button.setText(words)
        button.setProperty("role", "link")
        button.setProperty("offered", text)
        button.clicked.connect(self._on_clicked)
        self._buttons.append(button)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.insertWidget(len(self._buttons), button, 0, centre)

    def _clear(self) -> None:
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        text = None if button is None else button.property("offered")
        if isinstance(text, str):
            self.text_wanted.emit(text)
        else:
            self.filters_unwanted.emit()
